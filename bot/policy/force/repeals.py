"""Which documents or articles a text repeals: 《…》（民发〔2012〕220号）同时废止."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.policy.anchor import ArticleKey
from bot.policy.clause import Outline
from bot.policy.document import Document
from bot.policy.force.closing import ClosingSentence, closing_sentences
from bot.policy.force.dates import DAY, first_day
from bot.policy.places import CitedPlace, cited_places
from bot.policy.titles import NUMBER, TITLE

_REPEALED = re.compile(r"(?:废止|失效)(?!的)|(?:停止|不再|终止)(?:执行|施行|使用)(?!的)")
_REPEALS = re.compile(r"废止(?=[^《》。；]{0,20}《)")
_NOT_ALL_OF_IT = re.compile(r"不一致|抵触|冲突|不符|有关规定的?$")
_NOT_REPEALED = re.compile(
    r"施行|实施(?!细则|办法|意见|方案|条例)|修改|修正(?!案)|根据|依据|依照|按照|参照|可以|或者|规定的|应当|不得"
)
_GROUNDS = re.compile(r"(?:根据|依据|依照|按照|参照|适用|贯彻|落实|执行)\s*$")
_TITLE = re.compile(TITLE)
_NUMBER_BEHIND = re.compile(rf"\s*[（(]\s*({NUMBER}|[^（()）]{{0,30}}令第?\s*\d+\s*号)[^（()）]{{0,20}}[）)]")
_NUMBER_BEFORE = re.compile(rf"({NUMBER})[^《》。；]{{0,8}}$")
_ISSUED_ON = re.compile(
    rf"({DAY})(?:(?!{DAY})[^《》]){{0,60}}(?:公布|发布|印发|颁布|下发|发出|制定|通过|批准|施行的|实施的)"
)
_PART = re.compile(r"\s*(?:中|内)(?:的|关于|有关)")


@dataclass(frozen=True, slots=True)
class Repeal:
    """A document that a text repeals, in the words of that text.

    `part`: only a part is repealed. `articles` are the articles that are repealed then. They are empty if the
    text names smaller pieces than articles.
    """

    title: str
    clause_id: str
    document_number: str | None = None
    issued_on: date | None = None
    part: bool = False
    articles: frozenset[ArticleKey] = frozenset()


def read_repeals(document: Document, outline: Outline) -> list[Repeal]:
    """The documents that the closing of a text repeals, in text order. News repeals nothing.

    If the title of the text says 废止, the titles behind 废止 count too: 决定废止《甲》、《乙》.
    """
    if document.is_news:
        return []
    found = [repeal for sentence in closing_sentences(outline) for repeal in _repealed(sentence)]
    if "废止" in document.title:
        found += [repeal for sentence in closing_sentences(outline) for repeal in _named_behind(sentence)]
    return list(dict.fromkeys(found))


def _repealed(sentence: ClosingSentence) -> Iterator[Repeal]:
    """《甲》、《乙》同时废止: the titles in front of the verb, read backwards to where the list begins."""
    repeals, begin = [], 0
    for verb in _REPEALED.finditer(sentence.text):
        until = verb.start()
        for title in reversed(list(_TITLE.finditer(sentence.text, begin, verb.start()))):
            repeal, behind = _read(sentence, title, begin)
            between = sentence.text[behind:until]
            if _NOT_ALL_OF_IT.search(between) or _NOT_REPEALED.search(between):
                break
            if _GROUNDS.search(sentence.text[: title.start()]):
                break
            repeals.append(repeal)
            until = title.start()
        begin = verb.end()
    yield from reversed(repeals)


def _named_behind(sentence: ClosingSentence) -> Iterator[Repeal]:
    """决定废止《甲》、《乙》: the titles behind the verb."""
    verb = _REPEALS.search(sentence.text)
    if verb:
        for title in _TITLE.finditer(sentence.text, verb.end()):
            yield _read(sentence, title, 0)[0]


def _read(sentence: ClosingSentence, title: re.Match[str], begin: int) -> tuple[Repeal, int]:
    """The repeal of a title, and the offset where its words end."""
    text = sentence.text
    before = text[begin : title.start()].rpartition("》")[2]
    behind = _NUMBER_BEHIND.match(text, title.end())
    number = behind or _NUMBER_BEFORE.search(before)
    issued = [found[1] for found in _ISSUED_ON.finditer(before)]
    end = behind.end() if behind else title.end()
    cited = list(cited_places(text, end))
    part = bool(cited) or _PART.match(text, end) is not None
    repeal = Repeal(
        title=title[1],
        clause_id=sentence.clause.clause_id,
        document_number=number[1] if number else None,
        issued_on=first_day(issued[-1]) if issued else None,
        part=part,
        articles=frozenset(_whole_articles(cited)),
    )
    return repeal, cited[-1].end if cited else end


def _whole_articles(cited: list[CitedPlace]) -> Iterator[ArticleKey]:
    """The articles that are cited as a whole. 第三条至第五条 has 第四条 too."""
    previous = 0
    for each in cited:
        place = each.place
        if place.article is None or place.paragraph or place.subparagraph:
            continue
        if each.through:
            yield from (ArticleKey(0, number) for number in range(previous + 1, place.article))
        yield ArticleKey(0, place.article, place.inserted)
        previous = place.article
