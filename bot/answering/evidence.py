"""What the best clauses of a ranking say about the question."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import permutations

from bot.answering import wording
from bot.answering.basis import Basis
from bot.answering.inquiry import Inquiry
from bot.answering.places import OWN_PLACE
from bot.answering.ranking import without
from bot.content.particulars import Particular
from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.jurisdiction import Jurisdiction
from bot.policy.splitting.sentences import sentences
from bot.search.query import Query
from bot.search.searcher import Hit

ON_THE_MATTER = 0.3
"""Share of the question's words, by idf, from which a sentence speaks of its matter. From 0, 0.05, 0.15, 0.3
a helpful clause is shown for 72, 72, 72, 74 of 108 questions of `choose`."""

UNSPOKEN = 0.55
"""Share of the question's words, by idf, from which a clause that lacks them speaks of something else."""

UNSPOKEN_BESIDE_KIND = 0.7
"""The same where question and clause are both about figures of one kind, such as fines."""

COVERED = 0.6
"""Support from which it does not: its other words say the same, even where it calls the matter otherwise.
From 0.8 on answered questions are lost by the dozen: 中彩票的钱要上多少税 is answered by 偶然所得."""

MOSTLY_UNHEARD_OF = 0.4
"""Share of the question's words, by idf, that no text holds, from which it is about something unheard of."""

_DENIALS = ("不", "没", "未")
"""How a word begins that says what is not done, and so names no matter: 没休的给钱吗."""

LEFT_OPEN = re.compile(
    "由(?:(?:(?!按照|依照|依据|根据)[^。；，]){2,40}?(?<!相关)(?<!有关)规定"
    "|[^。；，]{2,40}?(?:制定|确定|公布|设定|制订|决定))"
)
"""Whom a text leaves a figure to: 由省、自治区、直辖市人民政府确定; not 由财政部门按照规定处罚. Language of
law, in any field."""

DECIDES = re.compile(r"由[^。；]{2,100}?(?:规定|制定|确定|公布|设定|制订|决定)")
"""The same where the words between say by what it is decided: 由省级人民政府，根据…确定."""

MEASURE = re.compile("标准|数额|金额|比例|办法|水平|费用|期限|待遇|人民政府确定")
"""What texts leave to somebody. Language of law, in any field."""

DISCRETION = re.compile(
    "鼓励|提倡|逐步|有条件|因地制宜|[地各当]地|根据.{0,4}实际|实际情况|参照|可以(?:适当|根据|结合)"
    "|按照?(?:国家)?(?:有关)?规定"
)
"""Words by which a text leaves room for rules of places. Language of law, in any field."""

_MOST_REMEMBERED = 50_000
"""Texts of which it is known whether they may leave something to somebody."""


@dataclass(frozen=True, slots=True)
class ClauseSentence:
    """A sentence of a clause, word for word and folded, and how much of the question's words it holds."""

    text: str
    folded: str
    coverage: float


def is_unheard_of(query: Query, basis: Basis) -> bool:
    """Whether no text and no rule of the thesaurus knows any word that tells the matter of a question.

    General words (能不能吃螃蟹), single characters (抵多少) and what is denied (没休的) do not tell it. If
    they make up most of the question, it is not unheard of.
    """
    index, general = basis.index, basis.general
    words = index.words(query.text)
    naming = {
        word: idf for word, idf in words.items() if not (general.make_up(word) or word.startswith(_DENIALS))
    }
    is_known = query.recognized or any(not general.make_up(group[0].said) for group in query.expansions)
    if is_known or max(map(len, naming), default=0) < 2 or min(naming.values()) < index.highest_idf:
        return False
    return math.fsum(naming.values()) >= MOSTLY_UNHEARD_OF * math.fsum(words.values())


@dataclass(frozen=True)
class Evidence:
    """What the kept hits of an inquiry say about the question. There is at least one hit."""

    inquiry: Inquiry

    @property
    def best(self) -> Hit:
        """The best hit."""
        return self.inquiry.ranking.kept[0]

    @cached_property
    def asked(self) -> tuple[Particular, ...]:
        """The figures and details that the question asks for."""
        return self.inquiry.basis.particulars.asked_for(self.inquiry.asked)

    def states(self, particulars: Sequence[Particular]) -> bool:
        """Whether a kept clause states any of some particulars.

        A particular that varies counts only in the best clause, and only if that clause speaks of the
        question; a rule of a place that was asked for always does. If texts never state one of the
        particulars, none of them counts.
        """
        if any(row.stated is None for row in particulars):
            return False
        best = self.best
        is_general = not self.jurisdiction(best).path
        unspoken = self.unspoken(best) if is_general and best.support < COVERED else 0.0
        for row in particulars:
            least = UNSPOKEN_BESIDE_KIND if self._is_of_one_kind(row) else UNSPOKEN
            hits = self.inquiry.ranking.kept if not row.varies else () if unspoken >= least else (best,)
            if any(row.is_stated(self.folded(hit), self.inquiry.asked) for hit in hits):
                return True
        return False

    def _is_of_one_kind(self, row: Particular) -> bool:
        """Whether the question and the best clause are both about figures that are told apart: 罚多少."""
        texts = (self.inquiry.asked, self.folded(self.best))
        return row.apart is not None and all(row.apart.search(text) for text in texts)

    def unspoken(self, hit: Hit) -> float:
        """How much of the question a clause and its headings leave out, by the idf of the words, 0-1.

        A clause also covers a word by a term that the word stands for. Words that ask for a particular,
        single characters and names of places do not count. If only one word is left, 当地, it is 0.
        """
        inquiry = self.inquiry
        query, text, rest = inquiry.ranking.query, self.folded_whole(hit), inquiry.understood_as
        for row in self.asked:
            rest = row.asked.sub(" ", rest)
        places = "".join(name for place in inquiry.named for name in place.path)
        words = [
            term
            for term in dict.fromkeys(query.terms)
            if len(term) > 1 and term in rest and term.removeprefix("#") not in places
        ]
        meant = [e.said for group in query.expansions for e in group if e.term in text]
        idfs = dict(zip(words, inquiry.basis.index.idfs(words), strict=True))
        left = [idfs[word] for word in words if word not in text and not any(word in said for said in meant)]
        return math.fsum(left) / math.fsum(idfs.values()) if len(words) > 1 else 0.0

    def left_open_to(self, particulars: Sequence[Particular]) -> str | None:
        """To whom the best clause leaves what is asked: 由省级人民政府规定; None: to nobody.

        The sentence must say more about the question than any sentence that states a particular.
        """
        said = self._sentences(self.best)
        asked = self.inquiry.asked
        writing = [s.coverage for s in said if any(row.is_stated(s.folded, asked) for row in particulars)]
        for sentence in sorted(said, key=lambda sentence: -sentence.coverage):
            if found := LEFT_OPEN.search(sentence.text):
                return found[0] if sentence.coverage > max(writing, default=0.0) else None
        return None

    @cached_property
    def matter(self) -> Query:
        """The question without names of places, and without expansions of words for a measure.

        These tell whose rule and which kind of answer is meant, but not the matter: 补多少 stands for 标准.
        """
        query, names = self.inquiry.ranking.query, self.inquiry.names
        query = without(query, names) if names else query
        groups = (tuple(e for e in group if not MEASURE.search(e.term)) for group in query.expansions)
        return replace(query, expansions=tuple(group for group in groups if group))

    def matter_in_title(self, hit: Hit) -> float:
        """The share of the matter that the title of a clause's document names, by idf, ≥ 0."""
        document = self.document(hit)
        return (
            self._coverage_of_title(f"{document.title}\n{document.reports_on or ''}") / self._weight_of_matter
        )

    def says_who_decides(self, hit: Hit) -> bool:
        """Whether a sentence about the matter leaves figures or rules to somebody."""
        text, index = self._clause(hit).text, self.inquiry.basis.index
        if not _may_leave_to_somebody(text):
            return False
        enough = ON_THE_MATTER * self._weight_of_matter
        return any(
            DECIDES.search(piece)
            and MEASURE.search(piece)
            and index.idf_coverage(self.matter, piece) > enough
            for piece in (text[start:end] for start, end in sentences(text))
        )

    def leaves_open(self, hit: Hit) -> bool:
        """Whether a clause leaves something to others."""
        return bool(DECIDES.search(self._clause(hit).text))

    def leaves_room(self, hit: Hit) -> bool:
        """Whether a clause leaves room for rules of places."""
        return bool(DISCRETION.search(self._clause(hit).text))

    @cached_property
    def unheld_place(self) -> str | None:
        """The first place that the question names, in its words, if no kept clause is a rule of it.

        None: no place is named, or a kept clause is a rule of a named place or of a place around it. A
        question with two separate places (户口湖南，在广东交了养老) asks what holds between them, and no
        place lays that down.
        """
        inquiry = self.inquiry
        if _stand_apart(inquiry.named) and len(set(inquiry.names)) > 1:
            return None
        local = [where for hit in inquiry.ranking.kept if (where := self.jurisdiction(hit)).path]
        is_held = any(where.covers(one) or one.covers(where) for where in local for one in inquiry.named)
        return None if is_held else next(iter(inquiry.names), None)

    @cached_property
    def unheld_own_place(self) -> str | None:
        """The words by which the question means the asker's own place: 我们县.

        None: it does not mean it, or a kept clause is a rule of some place, which may be the asker's.
        """
        meant = OWN_PLACE.search(self.inquiry.understood_as)
        is_local = any(self.jurisdiction(hit).path for hit in self.inquiry.ranking.kept)
        return wording.YOUR_PLACE if meant and not is_local and not self.inquiry.names else None

    @property
    def is_of_named_place(self) -> bool:
        """Whether the best clause is a rule of a place that the question names."""
        rule = self.jurisdiction(self.best)
        return bool(rule.path) and any(rule.covers(place) for place in self.inquiry.named)

    def jurisdiction(self, hit: Hit) -> Jurisdiction:
        """Where a clause applies."""
        return self.inquiry.basis.library.jurisdictions[self._clause(hit).document_id]

    @cached_property
    def _weight_of_matter(self) -> float:
        """The idf of the words of the matter; at least the idf of one rare word."""
        words = {term for term in self.matter.terms if not term.startswith("#")}
        index = self.inquiry.basis.index
        return max(math.fsum(index.idfs(sorted(words))), index.highest_idf)

    @cached_property
    def _coverage_of_title(self) -> Callable[[str], float]:
        return cache(lambda title: self.inquiry.basis.index.idf_coverage(self.matter, title))

    def _sentences(self, hit: Hit) -> list[ClauseSentence]:
        """The sentences of a clause."""
        index, query = self.inquiry.basis.index, self.inquiry.ranking.query
        text = self._clause(hit).text
        pieces = [text[start:end] for start, end in sentences(text)]
        return [
            ClauseSentence(piece, index.fold(piece), index.idf_coverage(query, piece)) for piece in pieces
        ]

    def folded(self, hit: Hit) -> str:
        """The text of a clause, folded."""
        return self.inquiry.basis.index.fold(self._clause(hit).text)

    def folded_whole(self, hit: Hit) -> str:
        """A clause, folded, with its title, the document that it reports on, its headings and its lead-in."""
        clause = self._clause(hit)
        document = self.document(hit)
        above = [document.title, document.reports_on or "", *(piece.text for piece in clause.context)]
        return self.inquiry.basis.index.fold("\n".join([*above, clause.text]))

    def document(self, hit: Hit) -> Document:
        """The document of a clause."""
        return self.inquiry.basis.library.by_id[self._clause(hit).document_id].document

    def _clause(self, hit: Hit) -> Clause:
        return self.inquiry.basis.library.clauses_by_id[hit.entry_id]


@lru_cache(maxsize=_MOST_REMEMBERED)
def _may_leave_to_somebody(text: str) -> bool:
    """Whether a text may leave a measure to somebody, as few do."""
    return bool(DECIDES.search(text) and MEASURE.search(text))


def _stand_apart(places: Sequence[Jurisdiction]) -> bool:
    """Whether there are some places, none of which lies in another."""
    return len(places) > 1 and not any(one.covers(other) for one, other in permutations(places, 2))
