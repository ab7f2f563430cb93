"""The present state of the knowledge folder: all kinds of files, read again after a change."""

import logging
from pathlib import Path

from bot.content.kind import Contents, FileKind
from bot.content.states import State, state_of, states_in
from bot.content.table import CONTENT, DOCUMENTS
from bot.living.announcer import Announcer
from bot.living.documents import DocumentFolder
from bot.living.memo import Memo

_log = logging.getLogger(__name__)


class KnowledgeFolder:
    """A knowledge folder. Used by one thread.

    Args:
        last_good: folder for the last good version of each document.
        kept: folder for what is made of other files, where that takes time.
    """

    def __init__(self, knowledge: Path, last_good: Path, kept: Path) -> None:
        self._knowledge = knowledge
        self._kept = kept
        self._documents = DocumentFolder(knowledge, last_good)
        self._values = {kind: Memo[object]() for kind in CONTENT}
        self._telling = Announcer(last_good / ".told")

    def contents(self) -> Contents:
        """The present contents. The values of unchanged files are the same objects as before.

        Raises:
            KnowledgeError: there is no folder of documents.
            DocumentError: a file of a strict kind is unusable.
        """
        return Contents({kind: self._value(kind) for kind in CONTENT})

    def _value(self, kind: FileKind[object]) -> object:
        if kind is DOCUMENTS:
            return self._documents.library()  # the others need no last good version, and are few
        states = [_states(self._knowledge, pattern) for pattern in kind.patterns]
        return self._values[kind].of(states, lambda: self._load(kind))

    def _load(self, kind: FileKind[object]) -> object:
        loaded = kind.load_beside(self._knowledge, self._kept)
        for error in loaded.left_out:
            if self._values[kind].is_empty or self._telling.is_first(str(error)):
                _log.error("%s=left_out reason=%s", kind.name, error)
        return loaded.value


def _states(knowledge: Path, pattern: str) -> dict[str, State] | State | None:
    """The states of the files that match a pattern; None: there is no such file."""
    path = knowledge / pattern
    if "*" not in path.name:
        return state_of(path)
    try:
        return states_in(path.parent, path.name)
    except OSError:  # not there, or unreadable: whoever loads it tells of it
        return state_of(path.parent)
