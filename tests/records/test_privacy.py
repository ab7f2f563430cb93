"""What of a person is in the records, and on the disk."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.records.person import People
from bot.records.records import Turn
from bot.records.secret import KEY_FILE, secret_key
from bot.records.sql import SqlRecords
from bot.settings import Settings
from tests.records.examples import PERSON, receipt, turn


@pytest.fixture
def address() -> str:
    """SQLite: its files are ours to look into."""
    return ""


def test_a_person_is_known_again() -> None:
    """By channel, id and key: the same person on the same channel, nobody else."""
    people = People(b"secret")

    assert people.person("wechat", "oA1") == people.person("wechat", "oA1")
    others = [
        people.person("wechat", "oA2"),  # somebody else
        people.person("wecom", "oA1"),  # another channel
        people.person("wecha", "toA1"),  # the same letters
        People(b"other").person("wechat", "oA1"),  # another key
    ]
    assert len({person.key for person in others} | {PERSON.key}) == 5


def test_a_key_is_of_one_thing_only() -> None:
    """A person, a conversation and a page have different keys, even where their ids are alike."""
    people, other = People(b"secret"), People(b"other")
    keys = [
        *(people.person("", "a1").key, people.conversation_key("a1"), people.page_key("a1")),
        *(people.conversation_key("a2"), people.page_key("a2")),
        *(other.conversation_key("a1"), other.page_key("a1")),
    ]

    assert len(set(keys)) == len(keys)


def test_an_update_loses_no_conversation_and_no_page() -> None:
    """Keys that were kept by an earlier release are found again."""
    people, conversation_id = People(b"secret"), "0f" * 16

    assert people.conversation_key(conversation_id) == "TYVQE7SGCAUXSEBI7NTZZU3J7X7R7XZGWP3MSMB337UYCITZSWAA"
    assert people.page_key("a1") == "E3P5HYLXKK25URIDEQZKR5UVNBY7SGPSFHIGEVQPEFXRJ2TYU2GQ"
    assert people.sealed(conversation_id, "a1") == "a5dee3b2fe1671a4fd50bd72956e7bb3"


def test_an_id_may_be_any_text() -> None:
    """Half an emoji has a key, too: a strange id is no reason to answer nobody."""
    people = People(b"secret")

    assert people.person("wechat", "\ud83d").key != people.person("wechat", "\ud83e").key
    assert people.conversation_key("\ud83d") != people.conversation_key("\ud83e")


def test_an_id_is_in_no_file(records: SqlRecords, tmp_path: Path) -> None:
    """Nor in the log: a person is never written otherwise than as a hash."""
    openid = "oLVPpjqs9BhvzwPj5A-vTYAX3GLc"
    person = People(b"secret").person("wechat", openid)
    records.finish(receipt("1", person), turn("您好", "a1", person))

    assert openid not in repr(person)
    assert openid.encode() not in _bytes_in(tmp_path)
    assert person.key.encode() in _bytes_in(tmp_path)


def test_what_was_deleted_is_on_the_disk_no_more(records: SqlRecords, tmp_path: Path) -> None:
    """Neither in free pages nor in the write-ahead log."""
    words = "这一句只有这个人说过"
    records.finish(receipt(), Turn(turn(words).reply, turn().question, words))
    assert words.encode() in _bytes_in(tmp_path)

    records.delete_person(PERSON)

    assert words.encode() not in _bytes_in(tmp_path)
    assert PERSON.key.encode() not in _bytes_in(tmp_path)


def test_only_the_service_reads_the_records(records: SqlRecords, tmp_path: Path) -> None:
    """Whatever the umask, also for the files that SQLite makes beside."""
    assert records.ping()

    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(["records.sqlite3", "records.sqlite3-wal", "records.sqlite3-shm"], 0o600)


def _bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_a_key_that_is_set_is_the_key(tmp_path: Path) -> None:
    """And no file is made."""
    assert secret_key("a key", tmp_path) == b"a key"
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """A restart finds it again; another folder has another."""
    made = secret_key("", tmp_path / "data")

    assert len(made) == 64
    assert secret_key("", tmp_path / "data") == made
    assert secret_key("", tmp_path / "else") != made


def test_a_key_that_cannot_be_kept_stops_the_start(tmp_path: Path) -> None:
    """A key of this process alone would make strangers of everybody."""
    (tmp_path / "data").write_text("in the way")

    with pytest.raises(SettingsError, match=r"setting 'SECRET_KEY': cannot be kept in .*; make the folder"):
        secret_key("", tmp_path / "data")


def test_an_empty_key_stops_the_start(tmp_path: Path) -> None:
    """It would hide nobody."""
    (tmp_path / KEY_FILE).write_text("\n")

    with pytest.raises(SettingsError, match="is empty"):
        secret_key("", tmp_path)


def test_secrets_are_not_shown() -> None:
    """Settings may stand in a log or a traceback."""
    settings = Settings(secret_key="the-key-of-hashes", database_url="postgresql://a:pass-word@b/c")

    assert "the-key" not in repr(settings)
    assert "pass-word" not in repr(settings)
