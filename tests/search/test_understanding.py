"""What understanding remembers of the words that it looks up."""

from collections.abc import Sequence

from bot.search.understanding import TextTerms


class CountingIndex:
    """Knows how rare terms are, and how often it was asked."""

    def __init__(self) -> None:
        self.times_asked = 0

    def idfs(self, terms: Sequence[str]) -> Sequence[float]:
        """The length of each term, as if longer ones were rarer."""
        self.times_asked += 1
        return [float(len(term)) for term in terms]


def test_the_terms_of_many_texts_are_looked_up_together_and_once() -> None:
    """The index is asked when something new is learnt, once for all of it."""
    index = CountingIndex()
    texts = TextTerms(str.split, index.idfs)

    texts.learn(["低保 补贴 低保", "补贴", "低保 补贴 低保"])
    texts.learn(["补贴"])

    assert texts.terms("低保 补贴 低保") == (("低保", "补贴"), 4.0)
    assert texts.terms("补贴") == (("补贴",), 2.0)
    assert index.times_asked == 1


def test_terms_of_a_text_that_was_not_learnt_are_looked_up() -> None:
    """Whoever asks for one text alone gets it, too."""
    assert TextTerms(str.split, CountingIndex().idfs).terms("高龄 津贴") == (("高龄", "津贴"), 4.0)
