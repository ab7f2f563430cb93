"""The fields of a body: XML, read so that no body can harm us."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import MalformedMessageError, MarkupError
from bot.markup import read_xml

LARGEST_BODY = 128 * 1024
"""Bytes of a body; larger ones are refused unread. The largest real ones, in 兼容模式, take some 10 KiB."""

LONGEST_IDENTIFIER = 128
LONGEST_VALUE = 4_096

_IDENTIFIER = re.compile(r"[!-~]+")
_INTEGER = re.compile(r"[0-9]{1,19}")
_DECIMAL = re.compile(r"-?[0-9]{1,7}(\.[0-9]{1,20})?")
_DECLARED_ENCODING = re.compile(r"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands directly under `<xml>`, by name. Reading a field that is missing or unfit is an error."""

    values: Mapping[str, str] = field(repr=False)

    def text(self, name: str, longest: int = LONGEST_VALUE) -> str:
        """A field's text as sent; "" where the field is missing.

        Args:
            longest: characters it may have.

        Raises:
            MalformedMessageError: it is longer.
        """
        value = self.values.get(name, "")
        if len(value) > longest:
            raise MalformedMessageError(f"field '{name}': is longer than {longest} characters; ignored")
        return value

    def required(self, name: str, longest: int = LONGEST_VALUE) -> str:
        """A field's text as sent, which may be empty.

        Raises:
            MalformedMessageError: there is no such field, or it is longer than `longest`.
        """
        if name not in self.values:
            raise MalformedMessageError(f"field '{name}': is missing; ignored")
        return self.text(name, longest)

    def identifier(self, name: str) -> str:
        """A field of 1-128 visible ASCII characters, such as an openid, without the blanks around it.

        Raises:
            MalformedMessageError: it is missing or something else.
        """
        value = self.required(name).strip()
        if len(value) > LONGEST_IDENTIFIER or not _IDENTIFIER.fullmatch(value):
            raise MalformedMessageError(f"field '{name}': is no identifier; ignored")
        return value

    def integer(self, name: str) -> int:
        """A field of 1-19 ASCII digits.

        Raises:
            MalformedMessageError: it is missing or something else.
        """
        value = self.required(name).strip()
        if not _INTEGER.fullmatch(value):
            raise MalformedMessageError(f"field '{name}': is no number; ignored")
        return int(value)

    def decimal(self, name: str) -> float:
        """A field such as -23.134521, its absolute value below 10,000,000.

        Raises:
            MalformedMessageError: it is missing or something else.
        """
        value = self.required(name).strip()
        if not _DECIMAL.fullmatch(value):
            raise MalformedMessageError(f"field '{name}': is no decimal number; ignored")
        return float(value)


def read_fields(body: bytes) -> Fields:
    """The fields of a body: children of `<xml>` that have no children themselves, the first of each name.

    Args:
        body: XML in UTF-8, at most LARGEST_BODY.

    Raises:
        MalformedMessageError: whatever else it is. What it says is never repeated in the message.
    """
    if len(body) > LARGEST_BODY:
        raise MalformedMessageError(f"body: is larger than {LARGEST_BODY} bytes; ignored")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise MalformedMessageError("body: is not UTF-8; ignored") from None
    if "\0" in text:  # no XML; expat would take it for UTF-16, whatever encoding it is told
        raise MalformedMessageError("body: holds NUL; ignored")
    declared = _DECLARED_ENCODING.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8"):
        raise MalformedMessageError("body: declares an encoding other than UTF-8; ignored")
    try:
        root = read_xml(text)
    except MarkupError as error:
        raise MalformedMessageError(f"body: is no safe XML ({error}); ignored") from None
    if root.tag != "xml":
        raise MalformedMessageError("body: does not begin with <xml>; ignored")
    values: dict[str, str] = {}
    for child in root:
        if len(child) == 0:
            values.setdefault(child.tag, child.text or "")
    return Fields(values)
