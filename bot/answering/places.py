"""Finds whose rules a question asks for, by the asker's place and the places that the question names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Status
from bot.answering.inquiry import Inquiry, Verdict
from bot.answering.ranking import DEPTH, MIN_SUPPORT, document_id_of
from bot.answering.sisters import sister
from bot.policy.jurisdiction import COUNTRY, Jurisdiction, PlaceName
from bot.search.meaning.answer_kind import AnswerKind
from bot.search.searcher import Hit

OWN_RULE_BONUS = 1.2
"""What a rule of the very place counts for its rank: it goes before the general rule."""

NAMED_RULE_BONUS = 1.5
"""The same where the question names the place: it is its rule that is asked for."""

OWN_AMOUNT_BONUS = 1.6
"""The same where an amount is asked for and stated: the state leaves most amounts to the provinces."""

GENERAL_RULE = 0.95
"""Share of the score of another place's rule from which the general rule answers in its stead."""

PLACE_DEPTH = 300
"""Hits that are looked through where rules of other places fill the first ones."""

OWN_PLACE = re.compile(r"(?:我|咱|俺|本)们?(?:这个?)?[省市县区]|(?:我|咱|俺)们?这(?!种|个|样|情况|些)")
"""Words by which an asker means the own place without naming it."""

SOME_PLACE = re.compile(rf"{OWN_PLACE.pattern}|[省市县]里|(?<![\u4e00-\u9fff])区里|这边|这里|当地|本地")
"""Words by which an asker means some place without naming it."""

_AMOUNT = re.compile(r"[\d〇零一二两三四五六七八九十百千万]元")
_OWN_BEFORE = re.compile(
    r"(?:(?:我|咱|俺|本人)们?(?:现在|一直|目前|家|人)?(?:住在|住|在|是|来自)?|(?<!老)家[住在]|人在|住在?)$"
)
_OWN_BEHIND = re.compile(r"这边|这里|这儿|这头|本地|当地|户口|户籍")
_UNKNOWN_PLACE = re.compile(
    r"(?:请问|问下|我们|咱们|我在|咱在|我是|我|咱|在)?"
    r"(?![我咱本全各哪这那外同所几某每一省市县城乡镇农])(?!(?:直辖|县级|地级|设区|[\u4e00-\u9fff]{1,2}[城超菜夜股楼门都集])市)"
    r"(?![\u4e00-\u9fff]{1,2}的)([\u4e00-\u9fff]{2,3}[市县])(?![场民级区内里长政委城容面])"
)
"""A name at the beginning that only can be a division's, though the table lacks it: 北岭市低保多少."""


def locate(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the asker's place and the places that the question names.

    The asker's place is that of the request or the site, else what the asker says in this question or before.
    """
    asked, context, text = inquiry.question, inquiry.context, inquiry.basis.index.fold(inquiry.question.text)
    known = asked.jurisdiction
    if known is None and context.jurisdiction is not None:
        known = Jurisdiction(context.jurisdiction)
    names = inquiry.basis.gazetteer.names_in(text)
    read = [(text[name.start : name.end], _meant(inquiry, name, text, known)) for name in names]
    said = [
        meant[0]
        for name, (_, meant) in zip(names, read, strict=True)
        if len(meant) == 1 and _is_own(text, name)
    ]
    located = replace(
        inquiry,
        place=asked.jurisdiction or (said[-1] if said else known),
        named=tuple(dict.fromkeys(division for _, meant in read for division in meant)),
        names=tuple(name for name, _ in read),
        unheld_names=tuple(_unheld(inquiry, read)),
        said=said[-1] if said else None,
    )
    if names or not (unknown := _UNKNOWN_PLACE.match(text)):
        return located
    return replace(
        located, named=(Jurisdiction((unknown[1],)),), names=(unknown[1],), unheld_names=(unknown[1],)
    )


def _unheld(inquiry: Inquiry, read: Iterable[tuple[str, tuple[Jurisdiction, ...]]]) -> Iterator[str]:
    """The names of places for which no rule is held, in the asker's words."""
    for name, meant in read:
        if not any(_is_held(inquiry, place) for place in meant):
            yield name


def keep_to_place(inquiry: Inquiry) -> Inquiry:
    """The inquiry without hits that are rules of other places; a rule of the very place goes first.

    Nothing changes if neither the asker's place nor a name in the question tells whose rules are asked for.
    """
    wanted = places_asked_for(inquiry)
    if not wanted:
        return inquiry
    k = inquiry.question.k
    own, foreign = _parted(inquiry, inquiry.ranking.pool, wanted)
    if len(foreign) > len(own):
        deeper = inquiry.basis.index.search(inquiry.ranking.query, PLACE_DEPTH)
        own, foreign = _parted(inquiry, deeper, wanted)
    order = sorted(own, key=lambda hit: -_bonus(inquiry, hit) * hit.score)[:DEPTH]
    if foreign and order and foreign[0].score > order[0].score:
        local = (hit for hit in own if jurisdiction_of_hit(inquiry, hit) != COUNTRY)
        if same := sister(inquiry, local, foreign[0]):
            order = [same, *(hit for hit in order if hit.entry_id != same.entry_id)]
    aside = [(hit, f"a rule of {jurisdiction_of_hit(inquiry, hit)}") for hit in foreign[:k]]
    if not foreign or not order or not _is_unheld(inquiry, order[0], foreign[0]):
        return replace(inquiry, ranking=inquiry.ranking.chosen_from(order, k, aside))
    related = [hit._replace(support=max(hit.support, MIN_SUPPORT)) for hit in order]
    return replace(
        inquiry,
        ranking=inquiry.ranking.chosen_from(related, k, aside),
        verdict=Verdict(Status.RELATED, wording.no_rule_of(str(wanted[0]))),
    )


def places_to_tell(inquiry: Inquiry) -> dict[str, list[int]]:
    """Places whose rules are quoted although the asker did not name them, with the numbers of the passages.

    The asker's own place is left out.
    """
    found: dict[str, list[int]] = {}
    for number, hit in enumerate(inquiry.hits, start=1):
        rule = jurisdiction_of_hit(inquiry, hit)
        known = (inquiry.place,) if inquiry.place else inquiry.named
        if rule != COUNTRY and not any(rule.covers(place) for place in known):
            found.setdefault(str(rule), []).append(number)
    return found


def places_asked_for(inquiry: Inquiry) -> tuple[Jurisdiction, ...]:
    """The places whose rules are asked for; empty: not known, and rules of any place may be shown.

    A question that names the asker's own place beside others asks for that one: 上海有没有像厦门那样的奖.
    """
    place, named = inquiry.place, inquiry.named
    if not named:
        return (place,) if place else ()
    if place and any(name.covers(place) for name in named):
        return (place,)
    return named


def applies(rule: Jurisdiction, wanted: tuple[Jurisdiction, ...]) -> bool:
    """Whether a rule applies in one of the places asked for; True if no place is asked for."""
    return not wanted or any(rule.covers(place) for place in wanted)


def jurisdiction_of_hit(inquiry: Inquiry, hit: Hit) -> Jurisdiction:
    """Where the document of a hit applies."""
    return inquiry.basis.library.jurisdictions[document_id_of(hit)]


def _parted(
    inquiry: Inquiry, hits: Iterable[Hit], wanted: tuple[Jurisdiction, ...]
) -> tuple[list[Hit], list[Hit]]:
    """The hits that apply in one of the places, and the other hits."""
    own: list[Hit] = []
    foreign: list[Hit] = []
    for hit in hits:
        rule = jurisdiction_of_hit(inquiry, hit)
        (own if applies(rule, wanted) else foreign).append(hit)
    return own, foreign


def _bonus(inquiry: Inquiry, hit: Hit) -> float:
    """The factor for the score of a hit, for its rank only."""
    if jurisdiction_of_hit(inquiry, hit) == COUNTRY:
        return 1.0
    if AnswerKind.AMOUNT in inquiry.ranking.query.kinds:
        text = inquiry.basis.library.clauses_by_id[hit.entry_id].text
        return OWN_AMOUNT_BONUS if _AMOUNT.search(text) else OWN_RULE_BONUS
    return NAMED_RULE_BONUS if inquiry.named else OWN_RULE_BONUS


def _is_unheld(inquiry: Inquiry, own: Hit, foreign: Hit) -> bool:
    """Whether only another place has such a rule: it fits better than the best national one."""
    if foreign.support < MIN_SUPPORT:
        return False
    return jurisdiction_of_hit(inquiry, own) == COUNTRY and own.score < GENERAL_RULE * foreign.score


def _meant(
    inquiry: Inquiry, name: PlaceName, text: str, place: Jurisdiction | None
) -> tuple[Jurisdiction, ...]:
    """The divisions that a name may mean to this asker, at least one.

    Divisions that contain the asker's place go first, then those with held rules; a division goes before its
    parts of the same name (吉林: the province).
    """
    if place and (own := _own_part(place, text[name.start : name.end])):
        return (own,)
    candidates = [c for c in name.candidates if not any(o != c and o.covers(c) for o in name.candidates)]
    near = [c for c in candidates if place and c.path[:1] == place.path[:1]]
    held = [c for c in candidates if _is_held(inquiry, c)]
    return tuple(near or held or candidates)


def _own_part(place: Jurisdiction, text: str) -> Jurisdiction | None:
    """The part of the asker's place down to the division that a text names; None: it names none."""
    for depth, division in enumerate(place.path, start=1):
        if division.startswith(text) and len(division) - len(text) <= 1:
            return Jurisdiction(place.path[:depth])
    return None


def _is_held(inquiry: Inquiry, place: Jurisdiction) -> bool:
    """Whether rules of a place, or of a part of it, are held."""
    return any(
        rule != COUNTRY and place.covers(rule) for rule in inquiry.basis.library.jurisdictions.values()
    )


def _is_own(text: str, name: PlaceName) -> bool:
    """Whether the asker calls a place their own: 我在厦门, 咱江苏, 厦门这边."""
    return bool(_OWN_BEFORE.search(text[: name.start]) or _OWN_BEHIND.match(text[name.end :]))
