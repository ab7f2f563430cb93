"""What a day brings, for tests."""

from bot.records.masking import mask
from bot.records.person import People, Person
from bot.records.records import QuestionRecord, Receipt, Reply, Turn

PERSON = People(b"secret").person("wechat", "oA1")
OTHER = People(b"secret").person("wechat", "oB2")


def receipt(key: str = "1", person: Person = PERSON) -> Receipt:
    """A message that somebody sent."""
    return Receipt(person, key)


def asked(answer_id: str = "a1", person: Person | None = PERSON) -> QuestionRecord:
    """A question that was answered."""
    return QuestionRecord(answer_id, "wechat", person, mask("公积金怎么提取"), "answered", ("厦门:p2",))


def turn(text: str = "您好", answer_id: str = "a1", person: Person = PERSON) -> Turn:
    """What comes of a message that asks something."""
    return Turn(Reply(text, "answered"), asked(answer_id, person), '{"more": 3}')
