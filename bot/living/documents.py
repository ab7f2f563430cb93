"""The documents of a knowledge folder: each file is read once, and again when it has changed.

Whoever edits a file may break it. Its last good version stands in until the file is mended.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.documents import FOLDER, read_document
from bot.content.library import document_states
from bot.content.states import State
from bot.content.stray_files import stray_files
from bot.errors import DocumentError
from bot.living.announcer import Announcer
from bot.living.last_good import LastGoodVersions
from bot.living.memo import Memo, MemoTable
from bot.policy.holding import Holding
from bot.policy.library import Library

_MANY = 20
"""Above so many changes at once the log counts them, and names none."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A file's state and what it gives: a document, or an error and the last good version if there is one."""

    holding: Holding | None
    error: DocumentError | None = None


class DocumentFolder:
    """The document files of a knowledge folder. Used by one thread.

    Args:
        knowledge: the knowledge folder.
        last_good: folder for the last good version of each file.
    """

    def __init__(self, knowledge: Path, last_good: Path) -> None:
        self._knowledge = knowledge
        self._last_good = LastGoodVersions(last_good)
        self._versions = MemoTable[DocumentVersion]()
        self._library = Memo[Library]()
        self._strays: tuple[str, ...] = ()
        self._states: Mapping[str, State] | None = None
        self._telling = Announcer(last_good / ".told")

    def library(self) -> Library:
        """The library of the present files: the same object if nothing has changed.

        Holdings of files that have not changed are the same objects too.

        Raises:
            KnowledgeError: there is no folder of documents.
        """
        states = document_states(self._knowledge)
        self._tell_of_strays()
        return self._library.of(states, lambda: self._made(states))

    def _made(self, states: Mapping[str, State]) -> Library:
        versions = self._versions.of(states, lambda name: self._version(name, states[name])).values()
        self._last_good.forget_all_but(states)
        self._tell_of_changes(states)
        return Library.holding(
            (version.holding for version in versions if version.holding),
            (version.error for version in versions if version.error),
        )

    def _tell_of_changes(self, states: Mapping[str, State]) -> None:
        """Logs which documents came, changed or went since the last look. The first look compares nothing."""
        before, self._states = self._states, states
        if before is None:
            return
        changes = [("came", name) for name in states.keys() - before.keys()]
        changes += [
            ("changed", name) for name in states.keys() & before.keys() if states[name] != before[name]
        ]
        changes += [("went", name) for name in before.keys() - states.keys()]
        news = [
            each for each in sorted(changes) if self._is_news(each, before.get(each[1]), states.get(each[1]))
        ]
        if len(news) > _MANY:
            counts = Counter(change for change, _ in news)
            _log.info("documents=changed %s", " ".join(f"{word}={count}" for word, count in counts.items()))
            return
        for change, name in news:
            _log.info("document=%s name=%s", change, name)

    def _is_news(self, *what: object) -> bool:
        """Whether this process should log. It always logs what it finds at its start."""
        return self._states is None or self._telling.is_first(*what)

    def _tell_of_strays(self) -> None:
        """Logs the files that lie beside the documents and are not read: once, and after each change."""
        strays = tuple(map(str, stray_files(self._knowledge)))
        for stray in strays if strays != self._strays else ():
            if self._is_news("stray", stray):
                _log.warning("document=not_read reason=%s", stray)
        self._strays = strays

    def _version(self, name: str, state: State) -> DocumentVersion:
        path = self._knowledge / FOLDER / name
        try:
            holding = Holding.of(read_document(path))
        except DocumentError as error:
            stand_in = self._last_good.of(name)
            if self._is_news("broken", name, state):
                _log.error("document=%s reason=%s", "last_good_kept" if stand_in else "left_out", error)
            return DocumentVersion(stand_in, error)
        self._last_good.keep(path, state)
        return DocumentVersion(holding)
