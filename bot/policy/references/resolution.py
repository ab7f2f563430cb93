"""What the clauses refer to: 前款, 本办法第五条, 《某某办法》第三条, as clauses of the library."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.policy.anchor import ROOT, ArticleKey, Kind
from bot.policy.clause import Clause
from bot.policy.references.articles import Structure
from bot.policy.references.catalogue import Catalogue
from bot.policy.references.mentions import Mention, Source, Unit, mentions


@dataclass(frozen=True, slots=True)
class Reference:
    """`clause.text[start:end]` refers to a clause, or to a document as a whole.

    Both ids are None where nothing is found: `problem` then says what is wrong, of another document where
    `elsewhere` is set; it is None where what is meant is not held, or cannot be told.
    """

    start: int
    end: int
    document_id: str | None = None
    clause_id: str | None = None
    problem: str | None = None
    elsewhere: bool = False


_QUOTED = re.compile(r"“[^“”]*”")
_AMENDS = re.compile(r"修改为|改为|删去|删除|增加|作为第|修正为")
_SENTENCE_END = re.compile(r"[。；\n]")
_JOINED = re.compile(r"[^。；\n]{0,60}(?:、|和|或者|或|及|以及|与)")
_PLACE_END = re.compile(r"条(?:之[一二三四五六七八九十])?$")
_LONGEST_NUMBER = 8
_BEHIND_NAME = re.compile(r"\s*的?\s*")
_OTHER_TEXT = re.compile(r"《|(?<!本)法(?:分则|总则)?第")
_IN_FRONT_OF_A_NAME = re.compile(
    r"(?:^|依照|按照|根据|依据|违反|适用|符合|实施|触犯|参照|遵守|执行|属于|构成|规定|贯彻|履行|行使|具备|享受"
    r"|[、和与及或者原据照在对将由因的以于国是指为])$"
)


def read_references(clause: Clause, catalogue: Catalogue) -> tuple[Reference, ...]:
    """The references of a clause, in text order; its own number 第五条 is none."""
    return tuple(_Reader(clause, catalogue).read())


@dataclass(frozen=True, slots=True)
class _Meant:
    """The document and article that a mention meant; None where they are not held or cannot be told."""

    document_id: str | None
    article: ArticleKey | None
    end: int


class _Reader:
    """Reads one clause, remembering what was mentioned last."""

    def __init__(self, clause: Clause, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._clause = clause
        self._text = clause.text
        self._own = catalogue.structures[clause.document_id]
        self._article = clause.anchor.article
        self._quoted = [found.span() for found in _QUOTED.finditer(clause.text)]
        self._sentence_ends = [found.start() for found in _SENTENCE_END.finditer(clause.text)]
        self._amended = {self._sentence(found.start()) for found in _AMENDS.finditer(clause.text)}
        self._of_others = {self._sentence(found.start()) for found in _OTHER_TEXT.finditer(clause.text)}
        self._last: _Meant | None = None

    def read(self) -> Iterator[Reference]:
        for mention in mentions(self._text):
            if not self._is_own_number(mention):
                yield self._reference(mention)

    def _is_own_number(self, mention: Mention) -> bool:
        """Whether it is a number that the clause, or a line of it, opens with, as in 第五条　甲."""
        line = self._text.rfind("\n", 0, mention.start) + 1
        before = self._text[line : mention.start]
        if self._text[mention.start] != "第" or any(map(str.isalnum, before)):
            return False
        return line == 0 or self._text[mention.end : mention.end + 1].isspace()

    def _reference(self, mention: Mention) -> Reference:
        if mention.source is Source.ANNEX:
            return self._annex(mention)
        if mention.source in (Source.TITLED, Source.NAMED):
            return self._named(mention)
        if mention.source is Source.SAME or self._continues_a_list(mention):
            return self._same(mention)
        if self._speaks_of_another_text(mention):
            return _nothing(mention)
        return self._back(mention) if mention.source is Source.BACK else self._here(mention)

    def _named(self, mention: Mention) -> Reference:
        """《某某办法》第五条; 某某法第五条, of whose words only the name becomes part of the reference."""
        own = self._clause.document_id
        if mention.source is Source.TITLED:
            return self._elsewhere(mention, self._catalogue.titled(mention.name, own))
        name = self._held_name(mention.name)
        if not name:
            return self._elsewhere(mention, None)
        begin = self._text.rindex(name, 0, mention.start)
        if _BEHIND_NAME.fullmatch(self._text, begin + len(name), mention.start):
            mention = replace(mention, start=begin)
        return self._elsewhere(mention, self._catalogue.titled(name, own))

    def _held_name(self, words: str) -> str:
        """The longest end of some words that is a held title or a short form, "" where none is."""
        for start in range(len(words)):
            name = words[start:]
            if not _IN_FRONT_OF_A_NAME.search(words[:start]):
                continue
            if self._catalogue.titled(name, self._clause.document_id):
                return name
        return ""

    def _speaks_of_another_text(self, mention: Mention) -> bool:
        """Whether it stands in a quote, tells what an amendment changes, or follows another text's place."""
        quote = bisect_left(self._quoted, (mention.start,)) - 1
        if quote >= 0 and mention.start < self._quoted[quote][1]:
            return True
        if self._is_explicit(mention):
            return False
        if mention.source is Source.BACK and _PLACE_END.search(
            self._text, max(0, mention.start - _LONGEST_NUMBER), mention.start
        ):
            return True
        return self._follows_another_text(mention) or self._sentence(mention.start) in self._amended

    def _follows_another_text(self, mention: Mention) -> bool:
        """依照《…》第三条……，第五条: whose fifth article it is, the sentence leaves open."""
        last = self._last
        if last is None or last.document_id == self._clause.document_id or mention.source is Source.BACK:
            return False
        return self._sentence(last.end) == self._sentence(mention.start)

    def _is_explicit(self, mention: Mention) -> bool:
        return self._text.startswith("本", mention.start)

    def _continues_a_list(self, mention: Mention) -> bool:
        """Whether the last mention tells whose place it is: …法第五条规定的……、第七条."""
        return (
            self._last is not None
            and mention.source is Source.OWN
            and not self._is_explicit(mention)
            and _JOINED.fullmatch(self._text, self._last.end, mention.start) is not None
        )

    def _sentence(self, offset: int) -> int:
        """Index of the sentence in which an offset lies."""
        return bisect_right(self._sentence_ends, offset)

    def _elsewhere(self, mention: Mention, document_id: str | None) -> Reference:
        """A place of a document that is named, or the document as a whole."""
        place = mention.place
        key = ArticleKey(0, place.article, place.inserted) if place.article else None
        self._last = _Meant(document_id, key, mention.end)
        if document_id is None or key is None:
            return Reference(mention.start, mention.end, document_id)
        found = self._at(mention, self._catalogue.structures[document_id], key)
        return replace(found, elsewhere=document_id != self._clause.document_id)

    def _same(self, mention: Mention) -> Reference:
        """该法第五条, 同条第二款: of what was mentioned last."""
        last = self._last
        if last is None or last.document_id is None:
            return _nothing(mention)
        if mention.place.article:
            is_own = last.document_id == self._clause.document_id
            return self._own_article(mention) if is_own else self._elsewhere(mention, last.document_id)
        if last.article is None:
            return _nothing(mention)
        return self._at(mention, self._catalogue.structures[last.document_id], last.article)

    def _annex(self, mention: Mention) -> Reference:
        annexes = self._own.annexes
        number = mention.back or (next(iter(annexes)) if len(annexes) == 1 else 0)
        clause = annexes.get(number)
        if clause is None or clause.anchor.annex == self._clause.anchor.annex:
            return _nothing(mention)
        return Reference(mention.start, mention.end, clause.document_id, clause.clause_id)

    def _here(self, mention: Mention) -> Reference:
        """第五条, 第二款, 第（三）项 of the clause's own document."""
        place = mention.place
        if place.article:
            return self._own_article(mention)
        if self._article is None:
            return _nothing(mention)
        if place.paragraph is None:
            article = self._own.articles[self._article]
            paragraph = article.paragraph_at(self._clause.start + mention.start)
            if not article.paragraphs[paragraph].subparagraphs:
                return _nothing(mention)
            mention = replace(mention, place=replace(place, paragraph=paragraph + 1))
        return self._at(mention, self._own, self._article)

    def _own_article(self, mention: Mention) -> Reference:
        place, articles = mention.place, self._own.articles
        number = place.article or 0
        annex = self._article.annex if self._article else 0
        keys = [ArticleKey(annex, number, place.inserted), ArticleKey(0, number, place.inserted)]
        key = next((key for key in keys if key in articles), None)
        self._last = _Meant(self._clause.document_id, key, mention.end)
        if key:
            return self._at(mention, self._own, key)
        if self._is_explicit(mention):
            return self._at(mention, self._own, keys[0]) if articles else self._heading(mention)
        if self._sentence(mention.start) in self._of_others:
            self._last = _Meant(None, None, mention.end)
            return _nothing(mention)
        return self._at(mention, self._own, keys[0])

    def _heading(self, mention: Mention) -> Reference:
        """本通知第三条 of a text without 条 is what stands under 三、."""
        place = mention.place
        wanted = ROOT.below(Kind.NUMBERED, place.article or 0)
        for clause in self._own.holding.outline.clauses:
            if wanted.holds(clause.anchor):
                return Reference(mention.start, mention.end, clause.document_id, clause.clause_id)
        return _nothing(mention)

    def _back(self, mention: Mention) -> Reference:
        """前条, 前两款, 前项, counted from where the clause speaks."""
        article = self._article
        if article is None:
            return _nothing(mention)
        if mention.unit is Unit.SUBPARAGRAPH:
            return self._items_back(mention, article)
        if mention.unit is Unit.PARAGRAPH:
            here = self._own.articles[article].paragraph_at(self._clause.start + mention.start)
            number = here - mention.back + 1
            if number < 1:
                return _dead(mention, "这一条里前面没有这么多款")
            place = replace(mention.place, paragraph=number)
            return self._at(replace(mention, place=place), self._own, article)
        before = [key for key in self._own.articles if key.annex == article.annex and key < article]
        if len(before) < mention.back:
            return _dead(mention, "前面没有这么多条") if self._own.is_whole else _nothing(mention)
        return self._at(mention, self._own, before[-mention.back])

    def _items_back(self, mention: Mention, article: ArticleKey) -> Reference:
        """前项 inside a 项."""
        offset = self._clause.start + mention.start
        own = self._own.articles[article]
        paragraph = own.paragraphs[own.paragraph_at(offset)]
        before = [each.start for each in paragraph.subparagraphs if each.start <= offset]
        if not before:
            return _nothing(mention)
        if len(before) <= mention.back:
            return _dead(mention, "这一款里前面没有这么多项")
        return self._to(mention, self._own, before[-1 - mention.back])

    def _at(self, mention: Mention, structure: Structure, key: ArticleKey) -> Reference:
        """A reference to a place of an article."""
        place = mention.place
        if key not in structure.articles:
            return _dead(mention, "没有这一条") if structure.is_whole else _nothing(mention)
        paragraphs = structure.articles[key].paragraphs
        if (place.paragraph or 1) > len(paragraphs):
            return _dead(mention, f"这一条只有{len(paragraphs)}款")
        chosen = paragraphs[(place.paragraph or 1) - 1]
        if place.subparagraph is None:
            return self._to(mention, structure, chosen.start)
        if place.paragraph is None:
            chosen = next((each for each in paragraphs if each.subparagraphs), chosen)
        items = chosen.subparagraphs
        if item := next((each for each in items if each.number == place.subparagraph), None):
            return self._to(mention, structure, item.start)
        if items and not structure.prints(structure.articles[key], place.subparagraph):
            return _dead(mention, f"那里只有{len(items)}项")
        return self._to(mention, structure, chosen.start)  # its 项 bear no numbers, or stand in one line

    def _to(self, mention: Mention, structure: Structure, offset: int) -> Reference:
        clause = structure.clause_at(offset)
        return Reference(mention.start, mention.end, clause.document_id, clause.clause_id)


def _nothing(mention: Mention) -> Reference:
    return Reference(mention.start, mention.end)


def _dead(mention: Mention, problem: str) -> Reference:
    return Reference(mention.start, mention.end, problem=problem)
