"""Makes `knowledge/lexicon/official-words.txt` anew: `python -m benchmarks.official_words > FILE`.

It needs the laws beside the project, scipy, and a quarter of an hour. The laws that `law-questions.tsv` asks
about are parted into six libraries by subject. Each question is asked of the library that holds its law or of
another one, and every third one of the 88 policies, which hold none of these laws.

Questions that are answered, and rightly first, are told from those that are answered though their law is not
held, by logistic regression: by the support of the best clause, by the share of the best ones that one
document has, and by the words that the best one leaves unsaid. What a word counts follows from how laws use
it and, if several questions have it, from these. Of the questions that the policies answer only those of
`choose` are used.

Prints also how many are lost and found, each fifth of the subjects by what the others give.
"""

import json
import math
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.conversation_bench import bench
from benchmarks.law_questions import pairs_on_laws
from benchmarks.laws import Held, local_clauses, national_laws
from benchmarks.ordering import TEN_PEOPLE
from benchmarks.questions import (
    POLICIES,
    RESIDENTS,
    answers,
    nearness_among,
    plain_glossary,
    read_questions,
    with_questions,
)
from benchmarks.residents import by_halves
from benchmarks.word_use import WordUse
from bot.answering.answer import Answer, Status
from bot.answering.answerer import COMMAND_LINE
from bot.answering.basis import Basis
from bot.answering.evidence import Evidence
from bot.answering.inquiry import Inquiry
from bot.answering.judging import judge
from bot.answering.path import STEPS
from bot.answering.question import Question
from bot.answering.unsaid import BY_SUPPORT, is_said, log_odds, needed, share_of_one_document
from bot.assembly import analyzer
from bot.clock import SystemClock
from bot.content.official_words import OfficialWords
from bot.content.table import THESAURUS
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.arrays import Floats, Table
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.settings import read_settings

LIBRARIES, FOLDS = 6, 5
FEW = 4
"""Questions from which a word has a weight of its own."""

RIDGE, WORD_RIDGE = 0.3, 4.0
STEP, HEAVIEST = 0.5, 3.0
A_LINE = 30

_OPENING = 25
_BLANK = re.compile(r"\s|^第[^条]{1,8}条")
_USUAL = re.compile(
    "中华人民共和国|最高人民法院|最高人民检察院|《|》|（.*?）|^.{2,3}?[省市]|实施|办法|条例|细则|规定|若干|暂行|试行"
    "|管理|关于|解释|适用|法律|问题|具体|应用|审理|办理|案件|促进|保护|保障|工作|监督|规则|[和的与及、]|法$"
)

Right = Callable[[str], bool]
"""Tells whether the text of a clause answers a question."""


class Case(NamedTuple):
    """A question that is answered: whether its law is not held; the support of the best clause; the share of
    the best ones that one document has; the words unsaid; its fold."""

    is_unheld: bool
    support: float
    share: float
    unsaid: tuple[str, ...]
    fold: int


def main() -> None:
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1  # every so manieth question only, to try it
    terms, laws = analyzer(read_settings()), read_laws()
    use = WordUse(laws, terms)
    cases = [*of_laws(laws, terms, every), *of_policies(every)]
    show(cases, use)
    write(weights(cases, use))


def read_laws() -> dict[str, list[str]]:
    """Title → paragraphs of the laws beside the project; none is one of the policies."""
    found, held = defaultdict[str, list[str]](list), Held(POLICIES)
    for law in national_laws():
        found[law["title"]] = [each.lstrip("# ") for each in law["paragraphs"]]
    for clause in local_clauses():
        title, first, number = clause["title"].rpartition("第")
        found[title].append(f"{first}{number} {clause['text']}")
    return {title: found[title] for title in found if title and not held.has_title(title)}


def of_laws(laws: dict[str, list[str]], terms: Analyzer, every: int) -> Iterator[Case]:
    """The questions on laws, each asked of the library that holds its law or of another one."""
    pairs = [each for each in pairs_on_laws() if each.document in laws]
    subjects = _subjects({each.document for each in pairs})
    for number in range(LIBRARIES):
        held = [
            Document(f"law-{n}", title, "\n".join([title, *laws[title]]))
            for n, title in enumerate(subjects)
            if _hash(subjects[title]) % LIBRARIES == number
        ]
        basis = _basis(held, terms)
        for pair in pairs[::every]:
            subject, chance = subjects[pair.document], _hash(pair.question)
            away = chance % 2 * (1 + chance // 2 % (LIBRARIES - 1))
            if (_hash(subject) + away) % LIBRARIES == number:
                opening = _BLANK.sub("", pair.clause)[:_OPENING]
                yield from _case(pair.question, basis, None if away else partial(_begins, opening), subject)


def _begins(opening: str, text: str) -> bool:
    return opening in _BLANK.sub("", text)


def _subjects(titles: Iterable[str]) -> dict[str, str]:
    """Title → its subject: what is not in all titles; of several of which one has another, the shortest."""
    cores = {title: _USUAL.sub("", title) or title for title in sorted(titles)}
    shortest = sorted({core for core in cores.values() if len(core) > 2}, key=len)
    return {title: next((each for each in shortest if each in core), core) for title, core in cores.items()}


def _basis(held: Iterable[Document], terms: Analyzer) -> Basis:
    """A library of laws, with all that is known of words but the official ones."""
    settings, library = read_settings(), Library.of(held)
    entries = list(entries_of(library))
    thesaurus = THESAURUS.load(settings.knowledge_dir).value
    glossary = replace(plain_glossary(), thesaurus=thesaurus)
    glossary = with_questions(glossary, entries, library, settings)
    index = Index(entries, terms, glossary=glossary, nearness=nearness_among(entries, settings))
    return replace(bench().answerer.basis, library=library, index=index, official=OfficialWords())


def of_policies(every: int) -> Iterator[Case]:
    """Questions that the policies answer, and each third one on laws."""
    basis = replace(bench().answerer.basis, official=OfficialWords())
    for posed in [each for each in by_halves(read_questions(RESIDENTS))["choose"] if each.evidence][::every]:
        yield from _case(posed.text, basis, partial(answers, posed), posed.document)
    for row in [json.loads(line) for line in TEN_PEOPLE.read_text("utf-8").splitlines()][::every]:
        if row["split"] == "choose":
            texts = {basis.library.clauses_by_id[each].text for each in row["clause_ids"]}
            yield from _case(row["question"], basis, texts.__contains__, row["question"])
    for pair in [each for each in pairs_on_laws() if _hash(each.question) % 3 == 0][::every]:
        yield from _case(pair.question, basis, None, pair.document)


def _case(question: str, basis: Basis, right: Right | None, subject: str) -> Iterator[Case]:
    """The case of a question, if it is answered, and rightly first. `right` None: its law is not held."""
    inquiry = Inquiry("", Question(question), basis, SystemClock().today(), COMMAND_LINE)
    for step in STEPS[: STEPS.index(judge) + 1]:
        if isinstance(result := step(inquiry), Answer):
            return
        inquiry = result
    if inquiry.verdict.status is not Status.ANSWERED or not inquiry.ranking.kept:
        return
    evidence, query = Evidence(inquiry), inquiry.ranking.query
    if right is None or right(basis.library.clauses_by_id[evidence.best.entry_id].text):
        text = evidence.folded_whole(evidence.best)
        words = (word for word in basis.index.words(query.text) if len(word) > 1)
        unsaid = tuple(word for word in words if not is_said(word, text, query))
        share = share_of_one_document(inquiry.ranking)
        yield Case(right is None, evidence.best.support, share, unsaid, _hash(subject) % FOLDS)


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())


def weights(cases: Sequence[Case], use: WordUse) -> dict[str, float]:
    """The weight of each official word: what its use and the questions say, in steps."""
    counts = Counter(word for case in cases for word in set(case.unsaid))
    numbers = {word: n for n, word in enumerate(sorted(word for word in counts if counts[word] >= FEW))}
    rows = [[numbers[word] for word in set(case.unsaid) if word in numbers] for case in cases]
    ends = np.cumsum([0, *map(len, rows)])
    own = csr_matrix((np.ones(ends[-1]), [n for row in rows for n in row], ends), (len(cases), len(numbers)))
    used = [np.sum([use.of(word) for word in case.unsaid], axis=0) if case.unsaid else 0.0 for case in cases]
    shared: Table = np.array(
        [
            [log_odds(case.support), case.share, *np.broadcast_to(row, len(use.of("")))]
            for case, row in zip(cases, used, strict=True)
        ]
    )
    by_column, by_word = _fitted(
        shared, own, len(numbers), np.array([case.is_unheld for case in cases], float)
    )
    scale = BY_SUPPORT / -by_column[0]
    found = {}
    for word in filter(use.is_official, use.laws):
        itself = by_word[numbers[word]] if word in numbers else 0.0
        worth = float(np.dot(use.of(word), by_column[2:])) + itself
        if (weight := min(HEAVIEST, STEP * round(scale * worth / STEP))) > 0:
            found[word] = weight
    return found


def _fitted(shared: Table, own: csr_matrix, words: int, unheld: Floats) -> tuple[Floats, Floats]:
    """Logistic regression: the slope of each shared column, and of each word."""
    middle, spread = shared.mean(axis=0), shared.std(axis=0) + 1e-9
    scaled, columns = (shared - middle) / spread, shared.shape[1]
    ridge = np.concatenate([[0.0], np.full(columns, RIDGE), np.full(words, WORD_RIDGE)])

    def loss(slopes: Floats) -> tuple[float, Floats]:
        raw = slopes[0] + scaled @ slopes[1 : 1 + columns] + own @ slopes[1 + columns :]
        over = 1 / (1 + np.exp(-raw)) - unheld
        slope = np.concatenate([[over.sum()], scaled.T @ over, own.T @ over]) + ridge * slopes
        return float((np.logaddexp(0, raw) - unheld * raw).sum() + (ridge * slopes**2).sum() / 2), slope

    slopes = minimize(loss, np.zeros(len(ridge)), jac=True, method="L-BFGS-B").x
    return slopes[1 : 1 + columns] / spread, slopes[1 + columns :]


def show(cases: Sequence[Case], use: WordUse) -> None:
    """How many are lost and found, each fold by the weights of the others."""
    told: dict[bool, list[bool]] = {False: [], True: []}
    for fold in range(FOLDS):
        fitted = weights([case for case in cases if case.fold != fold], use)
        for case in (case for case in cases if case.fold == fold):
            worth = math.fsum(fitted.get(word, 0.0) for word in case.unsaid)
            told[case.is_unheld].append(worth >= needed(case.support, case.share))
    lost, found = (f"{sum(each)} of {len(each)}" for each in (told[False], told[True]))
    print(f"lost {lost}, found {found}", file=sys.stderr)


def write(found: dict[str, float]) -> None:
    """The lines of the file, the heaviest words first."""
    for weight in sorted(set(found.values()), reverse=True):
        words = sorted(word for word in found if found[word] == weight)
        print(f"\n# 分量 {weight:g}")
        for start in range(0, len(words), A_LINE):
            print(f"{weight:g}: {', '.join(words[start : start + A_LINE])}")


if __name__ == "__main__":
    main()
