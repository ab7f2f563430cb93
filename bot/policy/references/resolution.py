"""Finds what a clause refers to: 前款, 本办法第五条, 《某某办法》第三条."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.policy.anchor import ROOT, ArticleKey, Kind
from bot.policy.clause import Clause
from bot.policy.references.catalogue import Catalogue
from bot.policy.references.mentions import Mention, Naming, mentions
from bot.policy.references.reference import (
    Reference,
    dead_reference,
    open_reference,
    to_clause,
    to_place,
)

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
    """The references of a clause, in text order. The number 第五条 that it opens with is no reference."""
    return tuple(_Reader(clause, catalogue).read())


@dataclass(frozen=True, slots=True)
class _Antecedent:
    """What the last mention meant; `end` is where it ends.

    None: the document is not held; the document as a whole is meant, or its article cannot be told.
    """

    document_id: str | None
    article: ArticleKey | None
    end: int


class _Reader:
    """Reads one clause, and remembers what the last mention meant."""

    def __init__(self, clause: Clause, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._clause = clause
        self._text = clause.text
        self._own = catalogue.structures[clause.document_id]
        self._key = clause.anchor.article
        self._quoted = [found.span() for found in _QUOTED.finditer(clause.text)]
        self._sentence_ends = [found.start() for found in _SENTENCE_END.finditer(clause.text)]
        self._amended = {self._sentence(found.start()) for found in _AMENDS.finditer(clause.text)}
        self._of_others = {self._sentence(found.start()) for found in _OTHER_TEXT.finditer(clause.text)}
        self._last: _Antecedent | None = None

    def read(self) -> Iterator[Reference]:
        for mention in mentions(self._text):
            if not self._is_own_number(mention):
                yield self._reference(mention)

    def _is_own_number(self, mention: Mention) -> bool:
        """Whether the clause, or a line of it, opens with it: 第五条　甲."""
        line = self._text.rfind("\n", 0, mention.start) + 1
        before = self._text[line : mention.start]
        if self._text[mention.start] != "第" or any(map(str.isalnum, before)):
            return False
        return line == 0 or self._text[mention.end : mention.end + 1].isspace()

    def _reference(self, mention: Mention) -> Reference:
        if mention.naming is Naming.ANNEX:
            return self._annex(mention)
        if mention.naming is Naming.TITLED:
            return self._elsewhere(mention, self._catalogue.titled(mention.name, self._clause.document_id))
        if mention.naming is Naming.NAMED:
            return self._named(mention)
        if mention.naming is Naming.SAME or self._continues_a_list(mention):
            return self._same(mention)
        if self._speaks_of_another_text(mention):
            return open_reference(mention)
        return self._back(mention) if mention.naming is Naming.BACK else self._here(mention)

    def _named(self, mention: Mention) -> Reference:
        """依照某某法第五条: the reference begins with the name, not with the words in front of it."""
        name, document_id = self._held_name(mention.name)
        if document_id is None:
            return self._elsewhere(mention, None)
        begin = self._text.rindex(name, 0, mention.start)
        if _BEHIND_NAME.fullmatch(self._text, begin + len(name), mention.start):
            mention = replace(mention, start=begin)
        return self._elsewhere(mention, document_id)

    def _held_name(self, words: str) -> tuple[str, str | None]:
        """The longest end of some words that names a held document, and its id; "" and None without one."""
        for start in range(len(words)):
            if not _IN_FRONT_OF_A_NAME.search(words[:start]):
                continue
            if document_id := self._catalogue.titled(words[start:], self._clause.document_id):
                return words[start:], document_id
        return "", None

    def _speaks_of_another_text(self, mention: Mention) -> bool:
        """Whether it is quoted, or is what an amendment changes, or follows a place of another text."""
        quote = bisect_left(self._quoted, (mention.start,)) - 1
        if quote >= 0 and mention.start < self._quoted[quote][1]:
            return True
        if self._is_explicit(mention):
            return False
        if mention.naming is Naming.BACK and _PLACE_END.search(
            self._text, max(0, mention.start - _LONGEST_NUMBER), mention.start
        ):
            return True
        return self._follows_another_text(mention) or self._sentence(mention.start) in self._amended

    def _follows_another_text(self, mention: Mention) -> bool:
        """依照《…》第三条……，第五条: the sentence does not tell which text the 第五条 is in."""
        last = self._last
        if last is None or last.document_id == self._clause.document_id or mention.naming is Naming.BACK:
            return False
        return self._sentence(last.end) == self._sentence(mention.start)

    def _is_explicit(self, mention: Mention) -> bool:
        return self._text.startswith("本", mention.start)

    def _continues_a_list(self, mention: Mention) -> bool:
        """Whether it is in the same text as the mention before it: …法第五条规定的……、第七条."""
        return (
            self._last is not None
            and mention.naming is Naming.OWN
            and not self._is_explicit(mention)
            and _JOINED.fullmatch(self._text, self._last.end, mention.start) is not None
        )

    def _sentence(self, offset: int) -> int:
        """Index of the sentence in which an offset lies."""
        return bisect_right(self._sentence_ends, offset)

    def _elsewhere(self, mention: Mention, document_id: str | None) -> Reference:
        """A place in a document that is named, or the document as a whole. None: it is not held."""
        place = mention.place
        key = ArticleKey(0, place.article, place.inserted) if place.article else None
        self._last = _Antecedent(document_id, key, mention.end)
        if document_id is None or key is None:
            return Reference(mention.start, mention.end, document_id)
        found = to_place(mention, self._catalogue.structures[document_id], key)
        return replace(found, elsewhere=document_id != self._clause.document_id)

    def _same(self, mention: Mention) -> Reference:
        """该法第五条, 同条第二款: a place in the document, or in the article, of the last mention."""
        last = self._last
        if last is None or last.document_id is None:
            return open_reference(mention)
        if mention.place.article:
            is_own = last.document_id == self._clause.document_id
            return self._own_article(mention) if is_own else self._elsewhere(mention, last.document_id)
        if last.article is None:
            return open_reference(mention)
        return to_place(mention, self._catalogue.structures[last.document_id], last.article)

    def _annex(self, mention: Mention) -> Reference:
        """附件1, or 附件 of a text with a single annex. Within an annex it does not mean the annex itself."""
        annexes = self._own.annexes
        number = mention.number or (next(iter(annexes)) if len(annexes) == 1 else 0)
        if number not in annexes or number == self._clause.anchor.annex:
            return open_reference(mention)
        return to_clause(mention, annexes[number])

    def _here(self, mention: Mention) -> Reference:
        """第五条, 第二款, 第（三）项 of the clause's own document."""
        place = mention.place
        if place.article:
            return self._own_article(mention)
        if self._key is None:
            return open_reference(mention)
        if place.paragraph is None:
            article = self._own.articles[self._key]
            index = article.paragraph_at(self._clause.start + mention.start)
            if not article.paragraphs[index].subparagraphs:
                return open_reference(mention)
            mention = replace(mention, place=replace(place, paragraph=index + 1))
        return to_place(mention, self._own, self._key)

    def _own_article(self, mention: Mention) -> Reference:
        """An article of the clause's own document: of its annex, else of the main text."""
        place, articles = mention.place, self._own.articles
        annex, number = self._clause.anchor.annex, place.article or 0
        division = self._key.division if self._key else ""
        keys = [ArticleKey(annex, number, place.inserted, division), ArticleKey(0, number, place.inserted)]
        key = next((key for key in keys if key in articles), None)
        self._last = _Antecedent(self._clause.document_id, key, mention.end)
        if key:
            return to_place(mention, self._own, key)
        if self._is_explicit(mention):
            return to_place(mention, self._own, keys[0]) if articles else self._heading(mention)
        if self._sentence(mention.start) in self._of_others:
            self._last = _Antecedent(None, None, mention.end)
            return open_reference(mention)
        return to_place(mention, self._own, keys[0])

    def _heading(self, mention: Mention) -> Reference:
        """本通知第三条 in a text without 条 means what stands under 三、."""
        place = mention.place
        heading = ROOT.below(Kind.NUMBERED, place.article or 0)
        wanted = [heading.below(Kind.LOWER, place.subparagraph), heading] if place.subparagraph else [heading]
        for anchor in wanted:
            for clause in self._own.holding.outline.clauses:
                if anchor.holds(clause.anchor):
                    return to_clause(mention, clause)
        return open_reference(mention)

    def _back(self, mention: Mention) -> Reference:
        """前条, 前两款, 前项: counted from where the clause speaks."""
        key = self._key
        if key is None:
            return open_reference(mention)
        if mention.counted is Kind.SUBPARAGRAPH:
            return self._subparagraphs_back(mention, key)
        if mention.counted is Kind.PARAGRAPH:
            return self._paragraphs_back(mention, key)
        beside = [each for each in self._own.articles if each.annex == key.annex]
        before = [each for each in beside if each.division == key.division and each < key]
        if len(before) < mention.number:
            no_such = self._own.is_whole
            return dead_reference(mention, "前面没有这么多条") if no_such else open_reference(mention)
        return to_place(mention, self._own, before[-mention.number])

    def _paragraphs_back(self, mention: Mention, key: ArticleKey) -> Reference:
        """前款, with a 项 of it: 前款第（三）项."""
        here = self._own.articles[key].paragraph_at(self._clause.start + mention.start) + 1
        if here <= mention.number:
            return dead_reference(mention, "这一条里前面没有这么多款")
        place = replace(mention.place, paragraph=here - mention.number)
        return to_place(replace(mention, place=place), self._own, key)

    def _subparagraphs_back(self, mention: Mention, key: ArticleKey) -> Reference:
        """前项 inside a 项."""
        offset = self._clause.start + mention.start
        article = self._own.articles[key]
        paragraph = article.paragraphs[article.paragraph_at(offset)]
        before = [each.start for each in paragraph.subparagraphs if each.start <= offset]
        if not before:
            return open_reference(mention)
        if len(before) <= mention.number:
            return dead_reference(mention, "这一款里前面没有这么多项")
        return to_clause(mention, self._own.clause_at(before[-1 - mention.number]))
