"""Spellings folded into one: width, case, traditional characters. The only door to opencc."""

from opencc import OpenCC

_TO_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class Folding:
    """Folds a text for comparing; what is quoted stays as it is written."""

    def __init__(self) -> None:
        self._converter = OpenCC("t2s")

    def fold(self, text: str) -> str:
        """The text in simplified characters, half-width and lower case. The length may change.

        >>> Folding().fold("廈門２０２５年ＡＢＣ")
        '厦门2025年abc'
        """
        simplified: str = self._converter.convert(text)
        return simplified.translate(_TO_HALF_WIDTH).lower()
