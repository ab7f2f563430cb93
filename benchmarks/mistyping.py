"""Makes the mistakes of people who type, from questions without any. Knows nothing of how they are corrected.

Characters that sound alike are drawn by how often they stand in jieba's dictionary, as an input method offers
them; words likewise. Every choice follows from the question.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jieba
from pypinyin import lazy_pinyin

NEIGHBOURS = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f")]
"""Beginnings of syllables that dialects do not part."""

ENDINGS = [("ing", "in"), ("eng", "en"), ("ang", "an")]

LOOK_ALIKES = """
己已巳 未末 士土 晴睛 人入 千干于 刀力 日曰 大太犬 天夫 午牛 今令 木本术 问间 贷货
借措 住往 辨辩辫 拔拨 折拆 析折 侯候 即既 竞竟 治冶 兔免 没设 抢枪 渴喝 请清情
申甲由 老考 市布 体休 代伐 失矢 买卖 孤弧 幕慕墓 薄簿 撤撒 戴载 徒徙 微徵 环坏 晚挽
根恨 扶抚 材村 使便 传转 佑估 准淮 母毋 历厉 师帅 抵低 底低 投没 社杜 保呆 残浅
养羊 伤份 退迟 户尸 险检 验检 医匠 疗辽
"""
"""Characters that are mistaken for each other by shape, from primary-school lists and scanned forms."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A kind of mistake. `make` gives the mistyped question, None where this cannot happen to it."""

    name: str
    make: Callable[[str], str | None]


Mistyping = Callable[[str, random.Random], str | None]
"""What becomes of a word; None where this cannot happen to it."""


class Keyboard:
    """Mistypes questions.

    Args:
        stop_words: words that are not mistyped: nobody looks for them.
        cache: folder for jieba's compiled dictionary.
    """

    def __init__(self, stop_words: frozenset[str], cache: Path) -> None:
        self._stop_words = stop_words
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.tmp_dir = str(cache)
        self._tokenizer.cache_file = "general.cache"
        self._tokenizer.initialize()
        self._words: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._characters: dict[str, list[tuple[str, int]]] = defaultdict(list)
        weights: dict[str, int] = defaultdict(int)
        for word, frequency in self._tokenizer.FREQ.items():
            if frequency and _is_han(word):
                for character in word:
                    weights[character] += frequency
                if 1 < len(word) <= 4 and frequency >= 50:
                    self._words[_sound(word)].append((word, frequency))
        for character, weight in weights.items():
            self._characters[_sound(character)].append((character, weight))
        self._shapes = {a: group.replace(a, "") for group in LOOK_ALIKES.split() for a in group}

    def mistakes(self) -> list[Mistake]:
        """Every kind of mistake: of the rarest word that it can happen to, then of the whole question."""
        of_a_word: dict[str, Mistyping] = {
            "homophone": self._homophone,
            "other word": self._other_word,
            "neighbour": self._neighbour,
            "look-alike": self._look_alike,
            "left out": _left_out,
            "doubled": _doubled,
            "swapped": _swapped,
            "pinyin": lambda word, _: "".join(lazy_pinyin(word)),
            "half pinyin": _half_pinyin,
        }
        return [
            *(Mistake(name, partial(self._mistype, name, make)) for name, make in of_a_word.items()),
            Mistake("all pinyin", partial(self._spell_out, " ")),
            Mistake("all pinyin, joined", partial(self._spell_out, "")),
        ]

    def _mistype(self, name: str, make: Mistyping, question: str) -> str | None:
        draw = random.Random(f"{question} {name}")  # noqa: S311  # no secret
        words = list(self._tokenizer.cut(question, HMM=False))
        places = [i for i, word in enumerate(words) if self._is_typed(word)]
        for place in sorted(places, key=lambda i: self._tokenizer.FREQ.get(words[i], 0)):
            typed = make(words[place], draw)
            if typed and typed != words[place]:
                return "".join([*words[:place], typed, *words[place + 1 :]])
        return None

    def _spell_out(self, blank: str, question: str) -> str:
        """The whole question in letters, a blank or nothing between the words."""
        return blank.join("".join(lazy_pinyin(word)) for word in self._tokenizer.cut(question))

    def _is_typed(self, word: str) -> bool:
        return len(word) > 1 and word not in self._stop_words and _is_han(word)

    def _homophone(self, word: str, draw: random.Random) -> str | None:
        return self._resounded(word, draw, lambda sound: [sound])

    def _neighbour(self, word: str, draw: random.Random) -> str | None:
        return self._resounded(word, draw, _neighbours)

    def _resounded(
        self, word: str, draw: random.Random, sounds: Callable[[str], Sequence[str]]
    ) -> str | None:
        """The word with one character that has another of some sounds."""
        syllables = lazy_pinyin(word)
        for place in draw.sample(range(len(word)), len(word)):
            offered = [pair for sound in sounds(syllables[place]) for pair in self._characters.get(sound, ())]
            offered = [pair for pair in offered if pair[0] != word[place]]
            if offered:
                return word[:place] + _drawn(offered, draw) + word[place + 1 :]
        return None

    def _other_word(self, word: str, draw: random.Random) -> str | None:
        offered = [pair for pair in self._words.get(_sound(word), ()) if pair[0] != word]
        return _drawn(offered, draw) if offered else None

    def _look_alike(self, word: str, draw: random.Random) -> str | None:
        places = [place for place in range(len(word)) if word[place] in self._shapes]
        if not places:
            return None
        place = draw.choice(places)
        return word[:place] + draw.choice(self._shapes[word[place]]) + word[place + 1 :]


def _is_han(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)


def _sound(text: str) -> str:
    return " ".join(lazy_pinyin(text))


def _drawn(offered: Sequence[tuple[str, int]], draw: random.Random) -> str:
    texts, weights = zip(*offered, strict=True)
    return str(draw.choices(texts, weights)[0])


def _neighbours(sound: str) -> list[str]:
    """The syllables that dialects mix up with one.

    >>> _neighbours("zhang")
    ['zang', 'zhan']
    """
    found = []
    for long, short in NEIGHBOURS:
        if sound.startswith(long):
            found.append(short + sound.removeprefix(long))
        elif sound.startswith(short) and not sound.startswith(f"{short}h"):
            found.append(long + sound.removeprefix(short))
    for long, short in ENDINGS:
        if sound.endswith(long):
            found.append(sound.removesuffix(long) + short)
        elif sound.endswith(short):
            found.append(sound.removesuffix(short) + long)
    return found


def _left_out(word: str, draw: random.Random) -> str | None:
    if len(word) < 3:
        return None
    place = draw.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _doubled(word: str, draw: random.Random) -> str:
    place = draw.randrange(len(word))
    return word[:place] + word[place] + word[place:]


def _swapped(word: str, draw: random.Random) -> str:
    place = draw.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _half_pinyin(word: str, draw: random.Random) -> str:
    place = draw.randrange(len(word))
    return word[:place] + lazy_pinyin(word)[place] + word[place + 1 :]
