"""After the faults: what was acknowledged is asked for again, and looked for in the records."""

import http.client
import random
import sqlite3
import time
from contextlib import closing

import psycopg

from benchmarks.chaos.ledger import Ledger
from benchmarks.chaos.machine import Machine, NotRecoveredError, wait_until
from benchmarks.chaos.traffic import Traffic
from bot.records.address import DATABASE_FILE
from bot.records.person import People
from bot.records.secret import secret_key

MOST_REPEATED = 300
"""Messages that are delivered again at the end."""

Rows = list[tuple[object, ...]]


def judge(machine: Machine, ledger: Ledger, traffic: Traffic) -> None:
    """Accuses the service of whatever is not as it was acknowledged. The service runs still."""
    try:
        wait_until(machine.is_ready, "the service is ready at the end")
        time.sleep(1)
        _repeat_messages(ledger, traffic)
        look_for_questions(machine, ledger)
        _look_for_people_who_left(machine, ledger)
    except (NotRecoveredError, OSError, http.client.HTTPException) as error:
        ledger.accuse(f"cannot be judged: {error}")


def _repeat_messages(ledger: Ledger, traffic: Traffic) -> None:
    """A repeated delivery gets the reply that was kept."""
    kept = [
        message
        for message in ledger.messages
        if message.openid not in ledger.leaving and not ledger.is_excused(message.since, message.until)
    ]
    for message in random.Random(1).sample(kept, min(len(kept), MOST_REPEATED)):  # noqa: S311  # no secret
        _, reply = traffic.deliver(message.body)
        ledger.count("messages repeated")
        if reply != message.reply:
            ledger.accuse(
                f"a repeated message got another reply: {message.reply[:40]!r}, then {reply[:40]!r}"
            )


def look_for_questions(machine: Machine, ledger: Ledger) -> None:
    """Every answer that was given, and the last word on it."""
    kept = {str(row[0]) for row in _rows(machine, "SELECT answer_id FROM questions")}
    for answer_id, since, until in ledger.questions:
        if answer_id in kept:
            ledger.count("questions found")
        elif not ledger.is_excused(since, until):
            ledger.accuse(f"a question was lost, answered {time.monotonic() - until:.0f} s ago: {answer_id}")
    votes = {str(row[0]): bool(row[1]) for row in _rows(machine, "SELECT answer_id, helpful FROM feedback")}
    for answer_id, last_words in ledger.votes.items():
        if votes.get(answer_id) not in last_words:
            ledger.accuse(f"a vote was lost: {answer_id} said {last_words}, kept {votes.get(answer_id)}")


def _look_for_people_who_left(machine: Machine, ledger: Ledger) -> None:
    """They are deleted at the latest a minute after the records are in order."""
    people = People(secret_key("", machine.data))
    gone = {people.person("wechat", openid).key for openid in ledger.left}

    def are_forgotten() -> bool:
        tables = ("receipts", "questions", "chats")
        return not any(
            gone & {str(row[0]) for row in _rows(machine, f"SELECT person FROM {table}")}  # noqa: S608  # ours
            for table in tables
        )

    deadline = time.monotonic() + 90
    while not are_forgotten() and time.monotonic() < deadline:
        machine.ask("/readyz")  # somebody uses the records, and does what is still to be done
        time.sleep(2)
    if not are_forgotten():
        ledger.accuse("somebody who has left is still in the records")


def _rows(machine: Machine, query: str) -> Rows:
    if machine.database_url:
        with psycopg.connect(machine.database_url) as server:
            return server.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(machine.data / DATABASE_FILE, timeout=10)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise NotRecoveredError("the database is damaged")
        return connection.execute(query).fetchall()
