"""Fields of a body: hostile XML is one error, and what passes is flat."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.fields import LARGEST_BODY, Fields, read_fields
from bot.errors import MalformedMessageError

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def xml(inside: str) -> bytes:
    return f"<xml>{inside}</xml>".encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",  # nothing
        b"   \n",  # blanks
        b"success",  # no XML
        b'{"Content": "x"}',  # JSON
        b"<xml>",  # cut off
        b"<xml><Content>x</xml>",  # badly nested
        b"<xml/><xml/>",  # two roots
        b"<html><Content>x</Content></html>",  # another root
        b'<xml xmlns="urn:x"><Content>x</Content></xml>',  # a root in a namespace
        b"<XML><Content>x</Content></XML>",  # a root in capitals
        b"<!DOCTYPE xml><xml><Content>x</Content></xml>",  # a DTD, however empty
        b'<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/x.dtd"><xml/>',  # a DTD elsewhere
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><C>&e;</C></xml>',  # external entity
        b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]><xml/>',  # parameter entity
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]><xml><C>&e9;</C></xml>'.encode(),  # billion laughs
        xml("<Content>&undefined;</Content>"),  # entity that nobody defined
        xml("<Content>\x00</Content>"),  # NUL
        xml("<Content>&#0;</Content>"),  # NUL as a reference
        xml("<Content>\x08</Content>"),  # control character
        xml("<Content>&#xD800;</Content>"),  # lone surrogate as a reference
        b"<xml><Content>\xed\xa0\x80</Content></xml>",  # lone surrogate in what is nearly UTF-8
        b"<xml><Content>\xc0\xaf</Content></xml>",  # overlong UTF-8
        "<xml><Content>奖金</Content></xml>".encode("gb18030"),  # GB18030
        "<xml><Content>x</Content></xml>".encode("utf-16"),  # UTF-16 with its mark
        "<xml><Content>x</Content></xml>".encode("utf-16-le"),  # UTF-16 without: expat would read it
        "<xml><Content>x</Content></xml>".encode("utf-16-be"),  # the other way round
        '<?xml version="1.0" encoding="utf-16"?><xml/>'.encode("utf-16"),  # UTF-16, and says so
        b'<?xml version="1.0" encoding="utf-16"?><xml/>',  # says UTF-16, is not
        b'<?xml version="1.0" encoding="GBK"?><xml/>',  # says GBK
        b"<?xml version='1.0' encoding = 'iso-8859-1'?><xml/>",  # says Latin-1, in another way of writing
        b'<?xml version="1.0" encoding="no-such-thing"?><xml/>',  # says something that does not exist
        b'<?xml version="1.0" encoding="rot13"?><xml/>',  # a codec of Python's that is no encoding
        b'<?xml version="1.0" encoding="zlib"?><xml/>',  # another
        b'<?xml version="1.0" encoding=""?><xml/>',  # says nothing
        xml("<" + "a" * 100_000 + ">"),  # a tag without end
        b"<xml><a>" * 16_000,  # nested too deep, and cut off
        xml("<Content>" + "x" * 1_000_000 + "</Content>"),  # 1 MB
        b"<xml>" + b" " * LARGEST_BODY + b"</xml>",  # blanks over the limit
    ],
    ids=lambda body: ascii(body[:40]),
)
def test_a_hostile_body_is_malformed(body: bytes) -> None:
    """One error for all, which repeats nothing of the body."""
    with pytest.raises(MalformedMessageError, match=r"^body: [^&:]*; ignored$"):
        read_fields(body)


@given(st.binary(max_size=200))
def test_noise_is_malformed(body: bytes) -> None:
    """Nothing that is not XML passes, and nothing but the one error escapes."""
    with pytest.raises(MalformedMessageError):
        read_fields(body)


@given(st.text(max_size=100))
def test_any_text_within_a_field_is_read_or_malformed(text: str) -> None:
    """Markup, references and surrogates included."""
    body = f"<xml><Content>{text}</Content></xml>".encode("utf-8", "surrogatepass")

    with suppress(MalformedMessageError):
        assert isinstance(read_fields(body), Fields)


def test_a_body_of_the_largest_size_is_read() -> None:
    """The limit counts bytes, and is itself allowed."""
    body = xml("<Content>" + "x" * (LARGEST_BODY - 30) + "</Content>")

    assert len(body) == LARGEST_BODY
    assert len(read_fields(body).values["Content"]) == LARGEST_BODY - 30
    with pytest.raises(MalformedMessageError, match="is larger than 131072 bytes"):
        read_fields(body + b" ")


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (b"<xml/>", {}),  # nothing in it
        (b"<xml>text</xml>", {}),  # only text
        (xml("<A>1</A>"), {"A": "1"}),  # the usual
        (xml("<A/><B></B>"), {"A": "", "B": ""}),  # empty fields are there
        (xml("<A>1</A><A>2</A>"), {"A": "1"}),  # twice: the first counts
        (xml("<A/><A>2</A>"), {"A": ""}),  # twice, the first empty: still the first
        (xml("<A><MsgType>text</MsgType></A>"), {}),  # a nested field does not count
        (xml("<A><A>1</A></A><B>2</B>"), {"B": "2"}),  # nor what holds it
        (xml("<A>1<!-- c -->2</A>"), {"A": "12"}),  # comments vanish
        (xml("<A><![CDATA[<B>1</B>]]></A>"), {"A": "<B>1</B>"}),  # markup as text
        (xml("<A><![CDATA[a]]]]><![CDATA[>b]]></A>"), {"A": "a]]>b"}),  # a divided end mark
        (xml("<A>&lt;&amp;&#20013;</A>"), {"A": "<&中"}),  # XML's own references
        (xml("<A>👵🏽</A>"), {"A": "👵🏽"}),  # emoji
        (xml("<A>  1 </A>"), {"A": "  1 "}),  # blanks stay
        (xml('<A b="2">1</A>'), {"A": "1"}),  # attributes are ignored
        ("\ufeff<xml><A>1</A></xml>".encode(), {"A": "1"}),  # a byte order mark
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<xml><A>1</A></xml>', {"A": "1"}),  # a declaration
        (b"<?xml version='1.0' encoding='utf8'?><xml><A>1</A></xml>", {"A": "1"}),  # as people write it
    ],
)
def test_first_level_fields_are_read(body: bytes, values: dict[str, str]) -> None:
    """Children without children, the first of each name."""
    assert read_fields(body).values == values


def test_deep_nesting_is_harmless() -> None:
    """18,000 levels of well-formed XML are neither a crash nor a field."""
    body = xml("<a>" * 18_000 + "</a>" * 18_000 + "<B>1</B>")

    assert read_fields(body).values == {"B": "1"}


def test_a_field_may_be_absent_where_it_decides_nothing() -> None:
    """Absent is empty for `text`, an error for the others."""
    fields = Fields({"Empty": ""})

    assert (fields.text("Absent"), fields.text("Empty"), fields.required("Empty")) == ("", "", "")
    for read in (fields.required, fields.identifier, fields.integer, fields.decimal):
        with pytest.raises(MalformedMessageError, match=r"^field 'Absent': is missing; ignored$"):
            read("Absent")


@pytest.mark.parametrize(
    ("reader", "value", "read"),
    [
        ("identifier", "\n oyOR-nuP_8q7 ", "oyOR-nuP_8q7"),  # blanks around it go
        ("identifier", "x" * 128, "x" * 128),  # the longest
        ("integer", "0001409735668", 1_409_735_668),  # zeros in front
        ("integer", "9" * 19, 9_999_999_999_999_999_999),  # the longest
        ("decimal", "-23.134521", -23.134521),  # south
        ("decimal", "40", 40.0),  # no point
    ],
)
def test_a_fit_value_is_read(reader: str, value: str, read: object) -> None:
    """Identifiers, whole numbers and decimal numbers."""
    assert getattr(Fields({"F": value}), reader)("F") == read


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("text", "x" * 4_097),  # over-long
        ("required", "x" * 4_097),  # over-long
        ("identifier", ""),  # empty
        ("identifier", "x" * 129),  # over-long
        ("identifier", "a b"),  # a blank within
        ("identifier", "a\nlevel=error"),  # a line end: would forge a log line
        ("identifier", "用户"),  # no ASCII
        ("identifier", "a\x7f"),  # control character
        ("integer", ""),  # empty
        ("integer", "-1"),  # negative
        ("integer", "1.0"),  # decimal
        ("integer", "1_000"),  # int() would take it
        ("integer", "１７９５"),  # full-width: int() would take it
        ("integer", "9" * 20),  # over 64 bits
        ("integer", "9" * 4_096),  # huge: int() raises ValueError over 4,300 digits
        ("decimal", ""),  # empty
        ("decimal", "nan"),  # float() would take it
        ("decimal", "-inf"),  # float() would take it
        ("decimal", "1e999"),  # float() would make it infinite
        ("decimal", "1."),  # no digits behind the point
        ("decimal", "9" * 4_096),  # huge
    ],
)
def test_an_unfit_value_is_malformed(reader: str, value: str) -> None:
    """One error, which names the field and not its value."""
    with pytest.raises(MalformedMessageError, match=r"^field 'F': [a-z0-9 ]+; ignored$"):
        getattr(Fields({"F": value}), reader)("F")
