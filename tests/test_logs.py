"""Logs: one line a record, as text or as JSON, with the zone of its time and the id of its request."""

import json
import logging
import re
from datetime import datetime, timedelta

import pytest

from bot.logs import REQUEST_ID, LogFormat, formatter

FORMATS: list[LogFormat] = ["text", "json"]


def record(message: str, *values: object) -> logging.LogRecord:
    """A record as the code logs it."""
    return logging.LogRecord("bot.room", logging.INFO, __file__, 1, message, values, None)


FIELDS = [
    # numbers stay numbers, words are words
    ("request=%s status=%d ms=%.1f", ("GET", 200, 1.26), {"request": "GET", "status": 200, "ms": 1.3}),
    # a word of the code's own, and a value of two parts
    ("worker=up at=http://%s:%d", ("h", 80), {"worker": "up", "at": "http://h:80"}),
    # what looks like a number in text is text
    ("code=%s", ("0012",), {"code": "0012"}),
    # a value cannot pass for another field, or for the time
    ("file=%s", ("a time=1 level=FORGED",), {"file": "a time=1 level=FORGED"}),
    # no number of JSON
    ("share=%f", (float("nan"),), {"share": "nan"}),
    # a value outside of a pair: only the message
    ("said %s status=%d", ("x", 200), {}),
    # other libraries' sentences
    ("100% done", (), {}),
]


@pytest.mark.parametrize(("message", "values", "fields"), FIELDS)
def test_json_has_each_pair_of_the_message(
    message: str, values: tuple[object, ...], fields: dict[str, object]
) -> None:
    """Beside time, level, logger and the message itself."""
    line = record(message, *values)

    told = json.loads(formatter("json").format(line))

    assert told == fields | {
        "time": told["time"],
        "level": "INFO",
        "logger": "bot.room",
        "message": line.getMessage(),
    }


@pytest.mark.parametrize("form", FORMATS)
def test_a_record_is_one_line_whatever_it_names(form: LogFormat) -> None:
    """Line ends of every kind, and what cannot be written as UTF-8."""
    line = formatter(form).format(record("file=%s", "a\nb\r\u2028c\ud800\x1b"))

    assert len(line.splitlines()) == 1
    assert line.encode("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_a_time_has_its_zone(form: LogFormat) -> None:
    """So that lines of two machines can be laid side by side."""
    made = record("a=b")

    written = re.findall(r"20\d\d-[\d:T.+-]+", formatter(form).format(made))

    moment = datetime.fromisoformat(written[0])
    assert moment.tzinfo
    assert abs(moment.timestamp() - made.created) < timedelta(milliseconds=1).total_seconds()


@pytest.mark.parametrize("form", FORMATS)
def test_a_line_within_a_request_has_its_id(form: LogFormat) -> None:
    """And none outside of one."""
    before = REQUEST_ID.set("a" * 32)
    within = formatter(form).format(record("a=b"))
    REQUEST_ID.reset(before)

    assert "request_id" in within
    assert "a" * 32 in within
    assert "request_id" not in formatter(form).format(record("a=b"))
