"""An answer as pieces of text. A message is cut between pieces, never inside one.

A passage begins with its citation: so it stands in the first screen, whatever is cut off below.
"""

from collections.abc import Iterator, Sequence

from bot.answering import wording
from bot.answering.answer import Answer, Option, Passage, Status
from bot.answering.telephones import stretches
from bot.chat.manner import Manner
from bot.policy.splitting.sentences import sentences


def answer_pieces(answer: Answer, manner: Manner) -> Iterator[str]:
    """What we say and what else may be meant, then each passage under its citation.

    Where we ask back, no passage is shown.
    """
    yield f"{spoken(answer.message, manner)}\n"
    if answer.options and answer.status is not Status.CLARIFY:
        yield f"{wording.NOT_MEANT}\n"
    yield from _option_pieces(answer.options, manner)
    if answer.status is Status.CLARIFY:
        return
    if answer.status is Status.RELATED:
        yield f"\n—— {wording.RELATED} ——\n"
    for number, passage in enumerate(answer.passages, start=1):
        yield f"\n【{number}】{_source(passage, manner)}\n"
        yield from _quote(passage, manner)


def spoken(sentence: str, manner: Manner) -> str:
    """A sentence of ours, its telephone numbers ready to be tapped."""
    shown = (
        manner.call(stretch.text) if stretch.is_number else manner.escape(stretch.text)
        for stretch in stretches(sentence)
    )
    return "".join(shown)


def _option_pieces(options: Sequence[Option], manner: Manner) -> Iterator[str]:
    """A line for each reading that can be chosen by its number."""
    for number, option in enumerate(options, start=1):
        yield f"{manner.choice(number, option.label, option.question)}\n"


def choice_pieces(questions: Sequence[str], manner: Manner) -> Iterator[str]:
    """A line for each question that can be chosen by its number."""
    if questions:
        yield f"\n{wording.CHOOSE}\n"
    for number, question in enumerate(questions, start=1):
        yield f"{manner.choice(number, question, question)}\n"


def _source(passage: Passage, manner: Manner) -> str:
    line = manner.escape(wording.source_line(passage.citation))
    return f"{line}\n{passage.citation.url}" if manner.has_links else line


def _quote(passage: Passage, manner: Manner) -> Iterator[str]:
    """The context and the whole clause, a sentence a piece. Nothing of the clause is lost between them."""
    for above in passage.clause.context:
        yield f"{manner.escape(above.text)}\n"
    text = passage.clause.text
    starts = [start for start, _ in sentences(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield manner.escape(text[start:end])
    yield "\n"
