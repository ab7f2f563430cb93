"""The issuers of a document, its number, and where it applies."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.intake.guessing.frame import IMPRINT, Frame
from bot.intake.guessing.guess import Guess
from bot.intake.guessing.patterns import (
    NUMBER,
    ORDER,
    ORDER_HEAD,
    ORDER_NUMBER,
    close_up,
    number_of,
    offices_in,
    order_number,
)
from bot.intake.reading.source import LineRole, SourceLine
from bot.policy.jurisdiction import Gazetteer

_RED_HEAD = re.compile(r"(?P<offices>.+?)\s*文\s*件$")
_HISTORY_BY = re.compile(
    r"日\s*(?P<office>[\u4e00-\u9fff、 ]{2,40}?)(?:令|公告)?"
    r"(?:第?\s*[〔\[（(]?[\d〇一二三四五六七八九十百零]+[〕\]）)]?\s*号)?\s*"
    r"(?:公布|发布|颁布|印发|批准|第[一二三四五六七八九十]+次会议)"
)
_CONGRESS = re.compile(r"第[一二三四五六七八九十]+届")
_NUMBER_FACTS = ("发文字号", "文号", "发文号", "文　　号")
_ISSUER_FACTS = ("发文机关", "发布机构", "制发机关", "发布单位", "发文单位", "信息来源单位", "ContentSource")
_NATIONAL = re.compile(
    r"^(?:中共中央|国务院|全国|中华人民共和国|国家|最高人民|中国|中央|财政部|[\u4e00-\u9fff]{1,12}部$)"
)
_LOOK_BELOW = 12


def number_guess(frame: Frame, facts: Mapping[str, str]) -> Guess | None:
    """The document number 发文字号; None: the frame shows none."""
    for line in _masthead(frame):
        for found in NUMBER.finditer(line.text):
            if len(line.text) <= 60 or line.role is LineRole.BOX:
                return Guess.read_in(line, number_of(found))
    for name in _NUMBER_FACTS:
        if found_fact := NUMBER.search(facts.get(name, "")):
            return Guess(number_of(found_fact), f"网页的“{name}”", found_fact[0])
    return _order_guess(frame)


def _order_guess(frame: Frame) -> Guess | None:
    """国务院令第649号: in one line, in two, or in brackets below the title."""
    lines = [line for line in _masthead(frame) if len(line.text) <= 300]
    for index, line in enumerate(lines):
        text = close_up(line.text)
        found = ORDER.fullmatch(text) if not text.startswith(("（", "(")) else _in_brackets(text)
        if found:
            return Guess.read_in(line, order_number(_office(found["office"]), found, found["kind"]))
        head = ORDER_HEAD.fullmatch(text)
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        number = ORDER_NUMBER.fullmatch(close_up(below).strip())
        if head and number:
            return Guess.read_in(line, order_number(_office(head["office"]), number, head["kind"]))
    return None


def _in_brackets(text: str) -> re.Match[str] | None:
    """The order that first published a text: （2014年2月21日国务院令第649号公布）."""
    parts = re.split(r"日|[，。　 ]", text)
    matches = (ORDER.match(part.strip()) for part in parts if re.search(r"号(?:公布|发布|$)", part))
    return next((found for found in matches if found), None)


def _office(name: str) -> str:
    return re.sub(r"\s", "", name).removeprefix("中华人民共和国") or name


def issuers_guess(frame: Frame, facts: Mapping[str, str]) -> Guess | None:
    """The issuers, by signature, title, red head, order, history or web page.

    None: none of these names one.
    """
    return next(_issuers(frame, facts), None)


def _issuers(frame: Frame, facts: Mapping[str, str]) -> Iterator[Guess]:
    signed: list[str] = []
    for line in frame.signature_lines():
        signed += offices_in(re.sub(r"\d.*$|[二一].{3}年.*$", "", line.text))
    if signed:
        yield Guess.read_in(frame.signature_lines()[0], _distinct(signed))
    titled = "".join(close_up(line.text) + " " for line in frame.title_lines())
    named = offices_in(re.split(r"关于|印发|公告|通告|令\s", titled)[0])
    if named and frame.title:
        yield Guess.read_in(frame.title_lines()[0], _distinct(named))
    for line in _masthead(frame):
        red = _RED_HEAD.fullmatch(close_up(line.text))
        order = ORDER.fullmatch(line.text) or ORDER_HEAD.fullmatch(close_up(line.text))
        name = red["offices"] if red else _office(order["office"]) if order else ""
        if name and (offices := offices_in(name)):
            yield Guess.read_in(line, _distinct(offices))
    for line in _masthead(frame):
        if line.text.startswith(("（", "(")) and (by := _HISTORY_BY.search(line.text)):
            yield Guess.read_in(line, _distinct(_history_offices(by["office"])))
    yield from _weaker(frame, facts)


def _weaker(frame: Frame, facts: Mapping[str, str]) -> Iterator[Guess]:
    for line in _masthead(frame):
        if offices := offices_in(line.text):
            yield Guess.read_in(line, _distinct(offices), "只见于标题上方的一行；对照原文看一眼")
    for name in _ISSUER_FACTS:
        if offices := offices_in(facts.get(name, "")):
            yield Guess(_distinct(offices), f"网页的“{name}”", facts[name], "取自网页；对照原文看一眼")
    for line in frame.lines[-_LOOK_BELOW:]:
        if (imprint := IMPRINT.search(line.text)) and (offices := offices_in(imprint["office"])):
            yield Guess.read_in(line, _distinct(offices), "取自版记的印发机关，可能不是发文机关")


def _history_offices(office: str) -> tuple[str, ...]:
    if congress := _CONGRESS.match(office):
        office = office[congress.end() :]
    return offices_in(_office(office)) or (_office(office),)


def _masthead(frame: Frame) -> Sequence[SourceLine]:
    """The lines of the front but the title, and text boxes wherever they stand near the beginning."""
    boxes = [
        line for line in frame.lines[:40] if line.role is LineRole.BOX and line not in frame.front_lines()
    ]
    return [*frame.front_lines(), *boxes]


def _distinct(offices: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(offices))


def jurisdiction_guess(issuers: Guess | None, title: Guess, gazetteer: Gazetteer) -> Guess | None:
    """The place where it applies, by its first issuer, else by its title; None: neither names a place.

    An office of the whole country is known by its name; a place that several divisions bear is doubtful.
    """
    sources = ([(issuers, issuers.value[0])] if issuers else []) + [(title, str(title.value))]
    for guess, name in sources:
        office = re.sub(r"^(?:中共|中国共产党|国家税务总局)(?!中央)", "", name)
        found = gazetteer.names_in(office[:24])
        if found and found[0].start == 0:
            candidates = found[0].candidates
            doubt = (
                "" if len(candidates) == 1 else f"有几个地方叫这个名字：{'、'.join(map(str, candidates[:4]))}"
            )
            return Guess(str(candidates[0]), guess.place, name, doubt or guess.doubt)
        if _NATIONAL.match(office) and guess is issuers:
            return Guess("全国", guess.place, name, guess.doubt)
        if guess is title and re.match(r"(?:中华人民共和国|中共中央|国务院)", name):
            return Guess("全国", guess.place, name)
    return None
