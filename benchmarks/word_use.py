"""How laws, and all texts, use each word: what `benchmarks.official_words` weighs words by."""

import math
import re
from collections import Counter
from collections.abc import Mapping

import jieba

from bot.search.analysis import Analyzer

LAWS = 6
"""Laws from which a word is official."""

_HEADING = re.compile("第.{1,4}[编章节]")
_NUMBER = re.compile(
    "[第零〇一二两三四五六七八九十百千万亿几半]+[条款项个年天月日号岁元名人次类种份级倍位家户章节]?"
)
_HAN = re.compile("[\u3400-\u9fff]{2,}")
_NAMES = ("nr", "ns", "nt")


class WordUse:
    """What is counted in some laws.

    Args:
        laws: title → paragraphs.
    """

    def __init__(self, laws: Mapping[str, list[str]], terms: Analyzer) -> None:
        self._number = len(laws)
        self.laws = Counter[str]()
        """Laws that have a word."""
        self._paragraphs = Counter[str]()
        self._most = Counter[str]()
        """Paragraphs of the law that has most."""
        self._titles = Counter[str]()
        self._headings = Counter[str]()
        for title, paragraphs in laws.items():
            within = Counter[str]()
            for paragraph in paragraphs:
                words = set(terms.cut(terms.fold(paragraph)))
                within.update(words)
                if _HEADING.match(paragraph):
                    self._headings.update(words)
            self.laws.update(within.keys())
            self._paragraphs.update(within)
            self._most |= within
            self._titles.update(set(terms.cut(terms.fold(title))))
        with jieba.dt.get_dict_file() as lines:
            rows = (line.decode().split() for line in lines)
            self._general = {word: (int(frequency), kind) for word, frequency, kind in rows}

    def of(self, word: str) -> list[float]:
        """How rare a word is in laws, how heaped, in titles and headings; how common in general Chinese."""
        laws, common = self.laws[word], math.log(self._general.get(word, (0, ""))[0] + 1) / 5
        if not laws:
            return [0.0] * 7 + [common, common**2]
        rarity = math.log((laws + 0.5) / self._number)
        heaped = math.log((self._paragraphs[word] + 0.5) / (laws + 0.5))
        counts = (math.log(each[word] + 1) for each in (self._most, self._titles, self._headings))
        return [1.0, rarity, rarity**2 / 10, heaped, *counts, common, common**2]

    def is_official(self, word: str) -> bool:
        """Whether a word stands in some laws, and is no name and no number."""
        is_name = self._general.get(word, (0, ""))[1].startswith(_NAMES)
        is_number = _NUMBER.fullmatch(word) is not None
        return self.laws[word] >= LAWS and _HAN.fullmatch(word) is not None and not is_name and not is_number
