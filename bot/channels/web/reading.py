"""Texts cut into runs at their highlights and links, for showing."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import url_for

from bot.channels.api.answers import PassageModel
from bot.policy.citation import Link
from bot.policy.link import VERSION_LENGTH


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is shown in one way. `href` is the target of a link; None: no link."""

    text: str
    href: str | None
    highlighted: bool


def marked(passage: PassageModel) -> Iterator[Run]:
    """The clause's text in runs. Joined, the runs are the text."""
    text = passage.text
    return runs(text, (0, len(text)), passage.references, passage.highlights)


def permanent(passage: PassageModel) -> str:
    """The permanent address of a clause: it finds the clause wherever it stands, or says that it changed."""
    version = hashlib.sha256(passage.text.encode()).hexdigest()[:VERSION_LENGTH]
    return url_for("pages.clause_link", clause_id=passage.clause_id, v=version, look=None)


def answering(passage: PassageModel) -> str:
    """The sentence of the clause that answers; the whole clause if it answers as a whole."""
    start, end = passage.sentence or (0, len(passage.text))
    return passage.text[start:end]


def runs(
    text: str, span: tuple[int, int], links: Sequence[Link], highlights: Sequence[tuple[int, int]] = ()
) -> Iterator[Run]:
    """A span of a text in runs, cut where a link or a highlight begins or ends."""
    first, last = span
    ends = {place for link in links for place in (link.start, link.end)}
    ends |= {place for highlight in highlights for place in highlight}
    cuts = [first, *sorted(place for place in ends if first < place < last), last]
    for start, end in pairwise(cuts):
        href = next((link.url for link in links if link.start <= start < link.end), None)
        highlighted = any(begin <= start < stop for begin, stop in highlights)
        yield Run(text[start:end], href, highlighted)
