"""Folds spellings into one: width, case, traditional characters. The only door to opencc."""

import re
from functools import lru_cache

from opencc import OpenCC

_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TO_HALF_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}

_MOST_REMEMBERED = 64
"""Texts that were folded lately: a question is folded by ten steps on its way."""


class Folding:
    """Folds a text for comparing; what is quoted stays as it is written."""

    def __init__(self) -> None:
        self._converter = OpenCC("t2s")
        self._lately = lru_cache(maxsize=_MOST_REMEMBERED)(self._folded)

    def fold(self, text: str) -> str:
        """The text in simplified characters, half-width and lower case. The length may change.

        A lone surrogate becomes U+FFFD, so that every term can be written as UTF-8.

        >>> Folding().fold("廈門２０２５年ＡＢＣ")
        '厦门2025年abc'
        """
        return self._lately(text)

    def _folded(self, text: str) -> str:
        simplified: str
        try:
            simplified = self._converter.convert(text)
        except UnicodeEncodeError:  # opencc refuses lone surrogates; they are rare
            simplified = self._converter.convert(_SURROGATE.sub("\ufffd", text))
        return _FULL_WIDTH.sub(lambda wide: _TO_HALF_WIDTH[wide[0]], simplified).lower()
