"""An answer as pieces of text. A message is cut between pieces, never inside one.

A passage begins with its citation: so it stands in the first screen, whatever is cut off below.
"""

from collections.abc import Iterator, Sequence

from bot.answering import attribution, wording
from bot.answering.answer import Answer, Option, Passage, Status
from bot.answering.telephones import stretches
from bot.chat.manner import Manner
from bot.policy.clause import Role
from bot.policy.splitting.sentences import sentences

_LARGEST_SHARE = 0.5
"""Of a clause's length; a message has room for 600 characters, and half a clause is found soon enough."""


def answer_pieces(answer: Answer, manner: Manner) -> Iterator[str]:
    """Our message and the options; each passage under its citation, with the part that it answers.

    Where we ask back, no passage is shown.
    """
    yield f"{spoken(answer.message, manner)}\n"
    if answer.is_completed:
        yield f"{wording.NOT_MEANT}\n"
    yield from _option_pieces(answer.options, manner)
    if answer.status is Status.CLARIFY:
        return
    if answer.status is Status.RELATED:
        yield f"\n—— {wording.RELATED} ——\n"
    told: str | None = None
    for number, passage in enumerate(answer.passages, start=1):
        if passage.part and passage.part != told:
            yield f"\n{manner.escape(wording.about_part(passage.part))}"
        told = passage.part
        yield f"\n【{number}】{_source(passage, manner)}\n"
        yield from quoted(passage, manner)


def spoken(sentence: str, manner: Manner) -> str:
    """One of our sentences, with telephone numbers that can be tapped."""
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
    line = manner.escape(attribution.source_line(passage.citation))
    return f"{line}\n{passage.citation.url}" if manner.has_links else line


def quoted(passage: Passage, manner: Manner) -> Iterator[str]:
    """The answering sentence, the context, the whole clause, and the clauses that the sentence refers to.

    The clause is a sentence a piece. Nothing of it is lost between them.
    """
    text = passage.clause.text
    if passage.sentence and _is_worth_telling(passage.sentence, text):
        start, end = passage.sentence
        yield f"{manner.escape(wording.answers(text[start:end]))}\n"
    for above in passage.context:
        if above.role is not Role.REFERENCE:
            yield f"{manner.escape(above.text)}\n"
    starts = [start for start, _ in sentences(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield manner.escape(text[start:end])
    yield "\n"
    for below in passage.context:
        if below.role is Role.REFERENCE:
            yield f"{manner.escape(wording.leant_on(below.text))}\n"


def _is_worth_telling(sentence: tuple[int, int], text: str) -> bool:
    """Whether the sentence is so short a part of the clause that it is shown twice: first, and in place."""
    start, end = sentence
    return end - start <= _LARGEST_SHARE * len(text)
