"""Logs: English key=value lines, or JSON, on standard error, without residents' words."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import datetime
from typing import Literal

from bot.errors import one_line

LogFormat = Literal["text", "json"]

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""Id of the request that is being answered, empty outside of one. Each line logged meanwhile has it."""

_PAIR = re.compile(r"(\w+)=(\S+)")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_PLACEHOLDER = re.compile(r"%[-+#0-9.]*[a-z]")


class _Text(logging.Formatter):
    """Writes each record as one line, whatever it names: a file's name may hold line ends."""

    def format(self, record: logging.LogRecord) -> str:
        request = f" request_id={REQUEST_ID.get()}" if REQUEST_ID.get() else ""
        head = f"time={_time(record)} level={record.levelname} room={record.name}{request}"
        return one_line(f"{head} {super().format(record)}".replace("\n", "\\n"))


class _Json(logging.Formatter):
    """Writes each record as one JSON object in one line. Each key=value of its message becomes a field."""

    def format(self, record: logging.LogRecord) -> str:
        told = fields(record) | {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if REQUEST_ID.get():
            told["request_id"] = REQUEST_ID.get()
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return one_line(json.dumps(told, ensure_ascii=False))


def start_logging(level: str, form: LogFormat = "text") -> None:
    """Sends the logs of this process to standard error, from a level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(form))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def formatter(form: LogFormat) -> logging.Formatter:
    """The formatter for a form of log."""
    return _Json() if form == "json" else _Text()


def fields(record: logging.LogRecord) -> dict[str, str | int | float]:
    """The key=value pairs of a message, numbers as numbers.

    They are read off the message as the code has it, before values are put in: a value cannot pass for
    another field. Empty where a value stands outside of a pair.
    """
    template, values = record.msg, record.args or ()
    if not isinstance(template, str) or not isinstance(values, tuple):
        return {}
    pairs = _PAIR.findall(template)
    if sum(len(_PLACEHOLDER.findall(pattern)) for _, pattern in pairs) != len(values):
        return {}
    found: dict[str, str | int | float] = {}
    for key, pattern in pairs:
        count = len(_PLACEHOLDER.findall(pattern))
        own, values = values[:count], values[count:]
        written = pattern % own if count else pattern
        is_number = _PLACEHOLDER.fullmatch(pattern) and isinstance(own[0], int | float)
        found[key] = json.loads(written) if is_number and _NUMBER.fullmatch(written) else written
    return found


def _time(record: logging.LogRecord) -> str:
    """When a record was made, by this machine's clock with its zone: 2026-03-01T08:00:00.000+08:00."""
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")


def place_of(error: BaseException) -> str:
    """Type and frames of an error, innermost first; never its message, which may hold residents' words."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}@" + "<".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
