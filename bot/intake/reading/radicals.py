"""Radicals that stand for characters in PDF files: ⼈ → 人, ⻓ → 长.

NFKC of a whole text would turn （ into ( and ① into 1, so single characters are mapped.
Source: Unicode's EquivalentUnifiedIdeograph.txt for U+2E80-2EF3; NFKC for U+2F00-2FD5.
"""

import unicodedata

_FIRST = 0x2E80
# One character for each code point from U+2E80 on; · where there is none.
_SUPPLEMENT = (
    "丶厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄心扌攵·旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁㓁罒羊羊羊耂肀聿"
    "月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_TABLE = {
    **{_FIRST + index: to for index, to in enumerate(_SUPPLEMENT) if to != "·"},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}


def without_radicals(text: str) -> str:
    """A text in which radicals are ordinary characters.

    >>> without_radicals("⽼年⼈⻓期⻔诊⺠政⻅义⻋⻛⻬")
    '老年人长期门诊民政见义车风齐'
    """
    return text.translate(_TABLE)
