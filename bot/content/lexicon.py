"""The word lists of a knowledge folder, `lexicon/`: whole terms, stop words, characters that look alike."""

from collections.abc import Iterator
from pathlib import Path

from bot.content.lines import is_there, read_lines
from bot.errors import DocumentError
from bot.search.lexicon import Lexicon, Term

TERMS = "lexicon/terms.txt"
STOP_WORDS = "lexicon/stopwords.txt"
LOOK_ALIKES = "lexicon/lookalikes.txt"


def load_lexicon(knowledge: Path) -> Lexicon:
    """The lexicon of a knowledge folder; a file that does not exist is an empty list.

    A line of TERMS is `word [frequency [tag]]`, as in a jieba user dictionary. Blanks part STOP_WORDS, and
    groups of LOOK_ALIKES. What follows a # is a remark.

    Raises:
        DocumentError: a file is not UTF-8, or a frequency is no number.
    """
    return Lexicon(
        terms=tuple(_terms(knowledge / TERMS)),
        stop_words=frozenset(word for _, words in _rows(knowledge / STOP_WORDS) for word in words),
        look_alikes=tuple(group for _, groups in _rows(knowledge / LOOK_ALIKES) for group in groups),
    )


def _terms(path: Path) -> Iterator[Term]:
    for line, (word, *rest) in _rows(path):
        if rest and not rest[0].isdecimal():
            raise DocumentError(path, line, f"词频“{rest[0]}”：不是数字；写成“{word} 100”，或者只写词")
        yield Term(word, int(rest[0]) if rest else None)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The words of each line that has any, with its 1-based number."""
    if is_there(path):
        for line, row in enumerate(read_lines(path).lines, start=1):
            if words := row.partition("#")[0].split():
                yield line, words
