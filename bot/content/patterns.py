"""How staff write what people say: （钱/元） is 钱 or 元, … is up to 8 characters, <家人> a word of a list.

All texts here are folded. A choice may be empty: 着火（了/） is 着火 and 着火了. In phrases that are
looked for in a text, 。 is the end of a sentence or question, <数> any number, <号码> three digits or more,
<分数> a fraction in digits.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_OPENING = 2

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
    check_phrase(phrase, lists)
    return "".join(_piece(piece, lists) for piece in _MARK.split(phrase))


def check_phrase(phrase: str, lists: WordLists) -> None:
    """Raises ValueError where a phrase cannot be read: it says what is wrong and what to do."""
    _check(phrase)
    for name in _REFERENCE.findall(phrase):
        if f"<{name}>" not in _MARKS:
            _words(name, lists)


def needs_of(phrase: str) -> tuple[tuple[str, ...], ...]:
    """What a text needs to have a phrase: one text of each of these groups.

    >>> needs_of("着火"), needs_of("(快/)查…档(案/卷)<谁>"), needs_of("(/着)")
    ((('着火',),), (('查',), ('档',), ('案', '卷')), ())
    """
    needs: list[tuple[str, ...]] = []
    for alternatives in _places(phrase):
        texts = [
            [piece for piece in pieces if piece not in _MARKS and piece[0] != "<"] for pieces in alternatives
        ]
        if len(texts) == 1:
            needs += [(text,) for text in texts[0]]
        elif all(texts):
            needs.append(tuple(max(each, key=len) for each in texts))
    return tuple(needs)


def openings_of(phrase: str, lists: WordLists = _NO_LISTS) -> frozenset[str] | None:
    """The first two characters of what a phrase finds; one, if any other may follow. None: any characters.

    >>> sorted(openings_of("(着/起)火…<谁>") or ()), sorted(openings_of("查…档案") or ())
    (['着火', '起火'], ['查'])
    >>> openings_of("…着火"), openings_of("<数>元"), sorted(openings_of("(着/)火") or ())
    (None, None, ['火', '着火'])
    """
    if _MARK.search(phrase) is None:  # most of thousands
        return frozenset((phrase[:_OPENING],)) if phrase else None
    found, begun = set[str](), {""}
    for alternatives in _places(phrase):
        if not begun:
            break
        grown = [_grown(begun, pieces, lists) for pieces in alternatives]
        found |= {text for finished, _ in grown for text in finished}
        begun = {text for _, unfinished in grown for text in unfinished}
    found |= begun
    return None if "" in found else frozenset(found)


def _places(phrase: str) -> Iterator[list[list[str]]]:
    """What stands at each place of a phrase: one or several alternatives, each with its pieces."""
    for number, part in enumerate(_CHOICE.split(phrase)):
        yield [_pieces(written) for written in (part.split("/") if number % 2 else [part])]


def _pieces(written: str) -> list[str]:
    return [piece for piece in _MARK.split(written) if piece]


def _grown(begun: set[str], pieces: Iterable[str], lists: WordLists) -> tuple[set[str], set[str]]:
    """Openings with further pieces behind them: those that are finished, and those that may still grow."""
    found = set[str]()
    for piece in pieces:
        words = [piece] if piece not in _MARKS and piece[0] != "<" else lists.get(piece[1:-1], ())
        if not words:
            return found | begun, set()
        grown = {(start + word)[:_OPENING] for start in begun for word in words}
        found |= {text for text in grown if len(text) == _OPENING}
        begun = {text for text in grown if len(text) < _OPENING}
    return found, begun


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
    bare = _CHOICE.sub("", phrase)
    if "(" in bare or ")" in bare:
        raise ValueError("括号没有成对，或者括号里还有括号；写成“掉（河/井）里”")
    if "/" in bare:
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
