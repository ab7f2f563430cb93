"""What an answer looks like in a chat: pieces of text that a reply is cut between, never inside.

A passage begins with its citation, so that it stands in the first screen, whatever is cut off below.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from bot.answering import wording
from bot.answering.answer import Answer, Passage
from bot.policy.splitting.sentences import sentences

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")


def answer_pieces(answer: Answer, links: bool) -> Iterator[str]:
    """The pieces of an answer: what we say, then each passage under its citation.

    Args:
        links: whether the citation's address can be opened from outside.
    """
    yield f"{harmless(answer.message)}\n"
    for number, passage in enumerate(answer.passages, start=1):
        yield f"\n【{number}】{_source(passage, links)}\n"
        yield from _quoted(passage)


def option_pieces(questions: Sequence[str], tappable: bool) -> Iterator[str]:
    """A line for each question that can be chosen by its number, or by a tap where the app can.

    The number alone works everywhere: old apps show the tappable words as plain text.
    """
    yield f"\n{wording.CHOOSE}\n"
    for number, question in enumerate(questions, start=1):
        shown = harmless(question)
        if tappable:
            asked = quote(question, safe="")
            shown = f'<a href="weixin://bizmsgmenu?msgmenucontent={asked}&msgmenuid={number}">{shown}</a>'
        yield f"{number}. {shown}\n"


def harmless(text: str) -> str:
    """A text that no app takes for a link: < before a letter becomes full-width.

    >>> harmless('<a href="x">点我</a> 收入<3000元')
    '＜a href="x">点我＜/a> 收入<3000元'
    """
    return _MARKUP.sub("＜", text)


def _source(passage: Passage, links: bool) -> str:
    line = harmless(wording.source_line(passage.citation))
    return f"{line}\n{passage.citation.url}" if links else line


def _quoted(passage: Passage) -> Iterator[str]:
    """The context and the whole clause, a sentence a piece; nothing of the clause is lost between them."""
    for above in passage.clause.context:
        yield f"{harmless(above.text)}\n"
    text = passage.clause.text
    starts = [start for start, _ in sentences(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield harmless(text[start:end])
    yield "\n"
