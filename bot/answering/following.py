"""Follows a conversation: completes a question that leaves something out from the earlier turns.

No language model decides. The signals are: words that tie (那, 它, 不是，我问的是), whether the turn asks
something, and how much it finds by itself. A question that finds enough alone is never changed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Status
from bot.answering.before import counterparts_of, documents_meant, exchange_before, pointed_to, quoted_in
from bot.answering.clarifying import is_vague
from bot.answering.completeness import Turn, is_about_something_else, names_unheld, share_of, takes_up
from bot.answering.completion import Completer, Completion
from bot.answering.context import Exchange
from bot.answering.fusion import rank_completed
from bot.answering.inquiry import Inquiry
from bot.answering.ranking import DEPTH
from bot.answering.utterance import Utterance, asking_in, read_utterance
from bot.content.follow_up import PAUSES, FollowUpGroup
from bot.search.query import Query
from bot.search.searcher import Hit

FEWEST_WORDS = 4
"""From so many words of its own on, a question without a tie is complete. Of 260 residents' questions that
followed one about something else, each was left alone, and of 31 follow-ups without a tie all had fewer."""

MOST_OF_THE_BEST = 0.7
"""Share of the best score from which a question that finds nothing by itself goes on from the documents that
were quoted: that of their best clause."""

MOST_CONFIRMED = 2
"""Words beside 没记错吧 that only name what is to be true. With more it is another question."""

FOUND_ENOUGH = 0.25
"""Support of the best clause from which a question that takes up what was said has found enough by itself."""

SHORTEST = 3
"""Characters from which a question says something, whatever its words: 能出来吗, 该给不, 还能拖？"""

_ANSWERED = (Status.ANSWERED, Status.NOT_IN_FORCE)

_FIRM_TIES = (FollowUpGroup.CORRECTING, FollowUpGroup.RETURNING, FollowUpGroup.POINTING)


def follow_up(inquiry: Inquiry) -> Inquiry | Answer:
    """The inquiry with its question completed, if it leaves something out.

    If the same question is asked again, or taken back with words such as 不是这个意思, it is taken as typed.
    A turn that cannot be understood is answered by a question back.
    """
    if _is_taken_as_typed(inquiry):
        return inquiry
    exchanges, basis, typed = inquiry.context.exchanges, inquiry.basis, inquiry.question.text
    if basis.is_undo(typed):
        return _undone(inquiry, exchanges[-1])
    folded = basis.index.fold(typed)
    rest = basis.follow_up.confirmed_in(folded) if exchanges[-1].clause_ids else None
    if rest is not None and len(basis.index.words(rest)) <= MOST_CONFIRMED:
        return replace(inquiry, completion=_again(inquiry, exchanges[-1], rest))
    return _completed(inquiry, read_utterance(folded, basis.follow_up))


def go_on(inquiry: Inquiry) -> Inquiry:
    """The inquiry with its question completed after all, if it finds little by itself.

    Even a long question continues the conversation, if it takes up what was said. So does one that finds
    nothing, if the documents quoted before have nearly the best of the little there is: 民非登记证发下来了,
    and then 副本几年要换一回.
    """
    kept = inquiry.ranking.kept
    finds_enough = bool(kept) and kept[0].support >= FOUND_ENOUGH
    if finds_enough or inquiry.completion or _is_taken_as_typed(inquiry):
        return inquiry
    basis, index = inquiry.basis, inquiry.basis.index
    said = read_utterance(index.fold(inquiry.question.text), basis.follow_up)
    before = exchange_before(inquiry, said)
    is_taken_up = takes_up(said.text, index.fold(before.understood_as), basis)
    if kept and not is_taken_up:
        return inquiry
    own = index.query(said.text)
    hits = tuple(index.search(own, DEPTH))
    if is_taken_up:
        is_new = names_unheld(own, basis)
    else:
        is_of_quoted = share_of(quoted_in(inquiry, before), hits) >= MOST_OF_THE_BEST
        is_new = not is_of_quoted or is_about_something_else(own, basis, before.clause_ids)
    if is_new:
        return inquiry
    completion = _completion(inquiry, said, own, hits, before)
    ranking = rank_completed(basis, completion, inquiry.question.k)
    return replace(inquiry, completion=completion, ranking=ranking)


def _is_taken_as_typed(inquiry: Inquiry) -> bool:
    """Whether there are no earlier turns, or the question was asked just before, or was offered."""
    last = inquiry.context.exchanges[-1:]
    return not last or inquiry.question.text in (last[0].asked, *last[0].options)


def _completed(inquiry: Inquiry, said: Utterance) -> Inquiry | Answer:
    """The inquiry with its question completed; unchanged if the question is complete."""
    index, last = inquiry.basis.index, inquiry.context.exchanges[-1]
    words = index.words(said.text)
    before = exchange_before(inquiry, said)
    is_firm = _is_firm(said) or (_narrows(said, last) and len(words) < FEWEST_WORDS)
    is_loose = _is_joined(said) or inquiry.basis.general.make_up(said.text)
    turn = _turn(inquiry, said, words, before)
    if len(words) >= FEWEST_WORDS and not (is_firm or is_loose):
        return _continued(inquiry, said, turn, before) if turn.may_go_on else inquiry
    own = index.query(said.text)
    if not said.number and not _says_anything(words, own, said, index.highest_idf):
        return _asked_back(inquiry, last)
    hits = tuple(index.search(own, DEPTH))
    if not (is_firm or _is_joined(said)) and _begins_something_else(inquiry, said, words, own, before):
        return inquiry
    stands_alone = turn.is_complete(hits, is_loose=is_loose) and not turn.goes_on(hits)
    is_tied = is_firm or _changes_the_thing(inquiry, said, words, before)
    if stands_alone and not is_tied and not is_vague(own, inquiry.basis):
        return inquiry
    return replace(inquiry, completion=_completion(inquiry, said, own, hits, before))


def _continued(inquiry: Inquiry, said: Utterance, turn: Turn, before: Exchange) -> Inquiry:
    """The inquiry with a long question completed, if that goes on from what was said: 我就让二叔帮种半年.

    It is searched for as typed: if it is complete, that is its search.
    """
    own = inquiry.basis.index.query(inquiry.question.text)
    if is_about_something_else(own, inquiry.basis, before.clause_ids):
        return inquiry
    hits = tuple(inquiry.basis.index.search(own, DEPTH))
    if not turn.goes_on(hits):
        return inquiry
    return replace(inquiry, completion=_completion(inquiry, said, own, hits, before))


def _turn(inquiry: Inquiry, said: Utterance, words: Mapping[str, float], before: Exchange) -> Turn:
    return Turn(
        words=len(words),
        asks=said.asks,
        has_pause=re.search(f"[{PAUSES}]", said.text) is not None,
        names_a_title=_names_a_title(inquiry, words),
        quoted=quoted_in(inquiry, before),
        highest_idf=inquiry.basis.index.highest_idf,
    )


def _names_a_title(inquiry: Inquiry, words: Iterable[str]) -> bool:
    """Whether one of some words names a matter that a document is called by: 低保, 退役军人."""
    counterparts, general = counterparts_of(inquiry), inquiry.basis.general
    return any(len(word) > 1 and not general.make_up(word) and counterparts.is_titled(word) for word in words)


def _is_firm(said: Utterance) -> bool:
    """Whether an utterance cannot stand alone: 特困呢; 不是，我问的是…; 拿着它…; 第二条说的…"""
    return said.closes or said.refers or said.number is not None or said.opens_with(_FIRM_TIES)


def _narrows(said: Utterance, last: Exchange) -> bool:
    """Whether an utterance answers our own question back: 补贴怎么申请, and then 残疾孩子的."""
    return last.status == Status.CLARIFY and not said.asks


def _again(inquiry: Inquiry, last: Exchange, rest: str) -> Completion:
    """The inquiry with the previous question as understood: the person asks whether the answer is true.

    Args:
        rest: the part that may be true or not: 45天，没记错吧. Empty: the answer as a whole.
    """
    own = inquiry.basis.index.query(rest or last.understood_as)
    return Completion(
        text=last.understood_as,
        own=own,
        own_hits=tuple(inquiry.basis.index.search(own, DEPTH)),
        subject=last.subject[0] if last.subject else last.understood_as,
        aspect=last.aspect,
        asked=last.understood_as,
        documents=documents_meant(inquiry, "", "", last),
        quoted=last.first_quoted,
        pointed=None if rest else last.first_quoted,
        is_behind_answer=last.status in _ANSWERED,
    )


def _is_joined(said: Utterance) -> bool:
    return said.opens_with([FollowUpGroup.JOINING])


def _undone(inquiry: Inquiry, last: Exchange) -> Inquiry | Answer:
    """The previous question as typed; asks back if it had not been completed."""
    if not last.subject:
        return _asked_back(inquiry, last)
    return replace(inquiry, question=replace(inquiry.question, text=last.asked))


def _asked_back(inquiry: Inquiry, last: Exchange) -> Inquiry | Answer:
    """A question back, if there is an earlier question; else the turn is taken as it is."""
    if last.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE):
        return inquiry
    return inquiry.answer(Status.NOT_FOUND, wording.unclear(last.understood_as))


def _says_anything(words: Mapping[str, float], own: Query, said: Utterance, highest_idf: float) -> bool:
    """Whether an utterance can be understood together with the earlier turns.

    It can, if it has a word that some text or the thesaurus knows, or if it asks for a kind of answer. It
    also can, if it asks something, or names what the same is asked of, in some characters: 我自己那份呢. And
    if it is tied to earlier turns, and has any word; 怎么办 needs no other word.
    """
    if own.expansions or own.kinds or any(idf < highest_idf for idf in words.values()):
        return True
    if said.asks:
        return bool(words) or said.is_asking or len(said.text) >= SHORTEST
    if (said.closes or said.is_marked) and len(said.text) >= SHORTEST:
        return True
    if not any(len(word) > 1 for word in words):
        return False
    return _is_firm(said) or _is_joined(said) or _names_one_thing(said, words)


def _names_one_thing(said: Utterance, words: Iterable[str]) -> bool:
    """Whether an utterance has one word and asks nothing: 门票？ behind 清明想带学生去烈士陵园.

    It is asked about what was said, though no text may have it. What is stammered says nothing.
    """
    word, *others = words or [""]
    return not said.asks and not others and word.isalpha() and said.text.count(word) == 1


def _begins_something_else(
    inquiry: Inquiry, said: Utterance, words: Iterable[str], own: Query, before: Exchange
) -> bool:
    """Whether an utterance is about something that no text knows; one word alone may be asked of anything."""
    if _names_one_thing(said, words):
        return names_unheld(own, inquiry.basis)
    return is_about_something_else(own, inquiry.basis, before.clause_ids)


def _changes_the_thing(inquiry: Inquiry, said: Utterance, words: Iterable[str], before: Exchange) -> bool:
    """Whether an utterance is another thing of which the same is asked: 低保怎么申请, and then 特困."""
    asks = asking_in(inquiry.basis.index.fold(before.understood_as), inquiry.basis.follow_up) is not None
    return asks and _names_one_thing(said, words)


def _completion(
    inquiry: Inquiry, said: Utterance, own: Query, hits: tuple[Hit, ...], before: Exchange
) -> Completion:
    basis, counterparts = inquiry.basis, counterparts_of(inquiry, before)
    completer = Completer(basis.index, basis.follow_up, counterparts, basis.general)
    complete = completer.wording(said, before)
    text, documents = complete.text, documents_meant(inquiry, said.text, complete.replaced, before)
    if _narrows(said, before):
        text, documents = f"{said.text.removesuffix('的')}，{before.understood_as}", frozenset[str]()
    return Completion(
        text=text,
        own=own,
        own_hits=hits,
        subject=complete.subject,
        aspect=complete.aspect,
        asked=text if complete.replaced or not said.text else own.text,
        documents=documents,
        quoted=before.first_quoted,
        is_corrected=said.opens_with([FollowUpGroup.CORRECTING]) and not complete.replaced,
        pointed=pointed_to(inquiry, said.number, before) if said.number else None,
        is_behind_answer=before.status in _ANSWERED,
    )
