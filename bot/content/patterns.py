"""How staff write what people say: （钱/元） is 钱 or 元, … is up to 8 characters, <家人> a word of a list.

All texts here are folded. A choice may be empty: 着火（了/） is 着火 and 着火了. In phrases that are
looked for in a text, 。 is the end of a sentence or question, <数> any number, <号码> three digits or more,
<分数> a fraction in digits.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

GAP = 8
"""… stands for so many characters at most, and never for the end of a sentence."""

_GAP = rf"[^。!?;\n]{{0,{GAP}}}?"
_END = r"[吗呢啊呀嘛吧哦嘞]?(?=[,。!?;、\s]|$)"
_MARK = re.compile(r"(…|。|<[^<>]*>|[()/])")
_MARKS = {
    "…": _GAP,
    "。": _END,
    "(": "(?:",
    ")": ")",
    "/": "|",
    "<数>": r"(?:[\d.,]+|[〇零一二两三四五六七八九十百千万亿半]+)[多余]?",
    "<号码>": r"\d{3,}",
    "<分数>": r"\d+/\d+",
}
_REFERENCE = re.compile("<([^<>]*)>")
_CHOICE = re.compile(r"\(([^()]*)\)")
_MOST_SPELLINGS = 10_000

WordLists = Mapping[str, Sequence[str]]
"""Name of a list → its words."""


_NO_LISTS: WordLists = {}


def regex_of(phrase: str, lists: WordLists = _NO_LISTS) -> str:
    """A regular expression that finds a phrase in a text.

    Raises:
        ValueError: the phrase cannot be read; the message says what is wrong and what to do.

    >>> regex_of("<谁>…掉(河/井)里", {"谁": ["孩子"]})
    '(?:孩子)[^。!?;\\\\n]{0,8}?掉(?:河|井)里'
    >>> re.findall(regex_of("(补/给)多少。"), "给多少,补多少天,补多少呢")
    ['给多少', '补多少呢']
    """
    _check(phrase)
    return "".join(_piece(piece, lists) for piece in _MARK.split(phrase))


def beginnings_of(phrase: str, lists: WordLists = _NO_LISTS) -> frozenset[str] | None:
    """The characters with which a match of the phrase may begin; None: any character, or no character.

    >>> sorted(beginnings_of("(着/起/)火…<谁>", {}) or ())
    ['火', '着', '起']
    >>> beginnings_of("…着火"), beginnings_of("<数>元")
    (None, None)
    """
    found: set[str] = set()
    pieces = [piece for piece in _MARK.split(phrase) if piece]
    while pieces:
        alternatives = [pieces[:1]]
        if pieces[0] == "(":
            end = pieces.index(")")
            alternatives = _alternatives(pieces[1:end])
            pieces = pieces[end:]
        for first in (alternative[0] for alternative in alternatives if alternative):
            words = [first] if first not in _MARKS and first[0] != "<" else lists.get(first[1:-1], ())
            if not words or not all(words):
                return None
            found.update(word[0] for word in words)
        if all(alternatives):
            return frozenset(found)
        pieces = pieces[1:]
    return None


def openings_of(phrase: str) -> frozenset[str] | None:
    """What a phrase finds begins with one of these: two characters, or one where any may follow. None: any.

    >>> sorted(openings_of("(着/起)火") or ()), sorted(openings_of("查…档案") or ())
    (['着火', '起火'], ['查'])
    >>> openings_of("…着火"), sorted(openings_of("(着/)火") or ())
    (None, ['火', '着火'])
    """
    found, begun = set[str](), {""}
    for words in _places(phrase):
        if not words:
            break
        grown = {start + word for start in begun for word in words}
        found |= {text[:2] for text in grown if len(text) > 1}
        begun = {text for text in grown if len(text) < 2}
    found |= begun
    return None if "" in found else frozenset(found)


def _places(phrase: str) -> Iterator[list[str]]:
    """What may stand at each place of a phrase, one after the other; empty: anything."""
    for number, part in enumerate(_CHOICE.split(phrase)):
        if number % 2:
            words = part.split("/")
            yield [] if any(map(_MARK.search, words)) else words
        else:
            yield from ([] if _MARK.search(piece) else [piece] for piece in _MARK.split(part) if piece)


def _alternatives(pieces: Sequence[str]) -> list[list[str]]:
    """The pieces of each alternative of a choice."""
    alternatives: list[list[str]] = [[]]
    for piece in pieces:
        if piece == "/":
            alternatives.append([])
        else:
            alternatives[-1].append(piece)
    return alternatives


def spellings_of(phrase: str, lists: WordLists) -> list[str]:
    """Every text that a phrase stands for. A phrase with … has none, for it stands for too many.

    Raises:
        ValueError: the phrase cannot be read; the message says what is wrong and what to do.

    >>> spellings_of("(多/太)谢了", {})
    ['多谢了', '太谢了']
    """
    _check(phrase)
    if "…" in phrase:
        raise ValueError("整句话里不能有“…”；写出整句话，或者移到 contains")
    listed = _REFERENCE.sub(lambda found: f"({'/'.join(_words(found[1], lists))})", phrase)
    if "((" in listed or "))" in listed:
        raise ValueError("整句话的括号里不能用 <…>；分成几行写")
    parts = _CHOICE.split(listed)
    alternatives = [part.split("/") if number % 2 else [part] for number, part in enumerate(parts)]
    spellings = ["".join(chosen) for chosen in product(*alternatives)]
    if len(spellings) > _MOST_SPELLINGS or not all(spellings):
        raise ValueError("写法太多，或者有一种是空的；分成几行写")
    return spellings


def _check(phrase: str) -> None:
    if re.search("[()]", _CHOICE.sub("", phrase)):
        raise ValueError("括号没有成对，或者括号里还有括号；写成“掉（河/井）里”")
    if "/" in _CHOICE.sub("", phrase):
        raise ValueError("“/”只能写在括号里；写成“掉（河/井）里”")


def _piece(piece: str, lists: WordLists) -> str:
    if piece in _MARKS:
        return _MARKS[piece]
    reference = _REFERENCE.fullmatch(piece)
    if reference is None:
        return re.escape(piece)
    return "(?:" + "|".join(map(re.escape, _words(reference[1], lists))) + ")"


def _words(name: str, lists: WordLists) -> Sequence[str]:
    if name not in lists:
        raise ValueError(f"<{name}>：没有这张词表；在 words 下面写上，或者改成 {'、'.join(lists) or '词'}")
    return lists[name]
