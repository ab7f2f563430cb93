"""The words of the kiosk's keyboard as one file for the browser, made once for each edition."""

import hashlib
import json
from dataclasses import dataclass
from threading import Lock

from flask import Blueprint, Response, request

from bot.channels.desk import Desk
from bot.content.topics import Topics
from bot.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class _Made:
    """A file, and the edition from which it was made."""

    index: Searcher
    topics: Topics
    body: bytes


class KeyboardFile:
    """The keyboard file of the edition that was asked for last. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: _Made | None = None

    def of(self, index: Searcher, topics: Topics) -> bytes:
        """The words of an index, with the topics first, as JSON."""
        with self._lock:
            if self._made is None or self._made.index is not index or self._made.topics != topics:
                self._made = _Made(index, topics, _written(index, topics))
            return self._made.body


def _written(index: Searcher, topics: Topics) -> bytes:
    questions = [question for topic in topics for question in topic.questions]
    first = [*(topic.name for topic in topics), *topics.follow_ups, *questions]
    words = index.keyboard_words(list(dict.fromkeys(first)))
    content = {"words": " ".join(words.words), "characters": words.characters}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def add_keyboard(kiosk: Blueprint, desk: Desk) -> None:
    """The route of the keyboard's words. A browser may keep them and asks whether they have changed."""
    file = KeyboardFile()

    @kiosk.get("/kiosk/words.json")
    def words() -> Response:
        """The words of the current edition, named by their digest."""
        body = file.of(desk.answerer().basis.index, desk.offers().topics)
        response = Response(body, content_type="application/json")
        response.headers["Cache-Control"] = "public, no-cache"
        response.set_etag(hashlib.sha256(body).hexdigest()[:16])
        response.make_conditional(request)
        return response
