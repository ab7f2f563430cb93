"""Whether an expression is made of a question's own words, or is torn out of other words."""

from collections.abc import Mapping, Sequence


class Borders:
    """The words of a folded question, as the analyzer cuts it.

    Only words that a dictionary has are trusted: what is guessed (能告, 会关) is as often wrong as right.

    Args:
        words: in their order; together they are the question.
        frequencies: how often words stand in general Chinese; 0 for what is none.
    """

    def __init__(self, question: str, words: Sequence[str], frequencies: Mapping[str, int]) -> None:
        self._question, self._frequencies = question, frequencies
        self._around: dict[int, tuple[int, int]] = {}
        """Place inside of a word → where the word begins and ends."""
        end = 0
        for word in words:
            start, end = end, end + len(word)
            if end - start > 1 and self._frequency(start, end) > 0:
                self._around.update(dict.fromkeys(range(start + 1, end), (start, end)))

    def tear(self, start: int, end: int) -> bool:
        """Whether the stretch that begins at `start` is torn out of other words.

        It begins inside a word that ends inside it, as in 小区|里, 没有|劳动能力; or it is cut out of two, as
        in 支出|家庭; or a word that is as usual reaches into it inside a longer one, as 火车 in 火车票, and
        not 进网 in 进网吧. The last character of a longer word may begin it: 身份证|丢了. What begins with 不
        is left as it is: who asks 准不准 often needs what denies.
        """
        if self._question[start] == "不":
            return False
        before = self._around.get(start)
        if before is None:
            return False
        first, last = before
        if last < end:
            return end in self._around or last - first == 2 or last - start > 1
        usual = max(1, self._frequency(start, end))
        return any(self._frequency(first, b) >= usual for b in range(start + 1, min(end, last)))

    def _frequency(self, start: int, end: int) -> int:
        return self._frequencies.get(self._question[start:end], 0)
