"""The manual of the JSON interface: `/openapi.json` as a page for people."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app

from bot.answering.question import Question
from bot.channels.api.answers import AnswerModel
from bot.channels.api.description import DESCRIPTION
from bot.channels.desk import Desk
from bot.channels.web.reader.response import public_page

Schema = Mapping[str, Any]
"""JSON Schema as the description writes it."""

_REF = "#/components/schemas/"
_ALIKE = {"null": None, "integer": 1, "number": 0.5, "boolean": True}
_DATE = "2024-07-01"


@dataclass(frozen=True, slots=True)
class ValueKind:
    """What a value is: its JSON type or the name of its shape, and its bounds."""

    word: str
    shape: str | None = None
    is_list: bool = False
    bounds: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a shape."""

    name: str
    kinds: tuple[ValueKind, ...]
    is_required: bool
    description: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of the description: its fields, or its possible words."""

    name: str
    description: str
    fields: tuple[Field, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManualReply:
    """A status that an operation may return, and the shape of its body."""

    status: str
    media: str
    shape: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path. `example` is a body that can be sent; empty: the operation takes no body."""

    method: str
    path: str
    summary: str
    group: str
    is_for_staff: bool
    fields: tuple[Field, ...]
    body: str
    example: str
    replies: tuple[ManualReply, ...]

    @property
    def id(self) -> str:
        """For links within the page."""
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "")


def add_manual(pages: Blueprint, desk: Desk) -> None:
    """The route `/docs`."""

    @pages.get("/docs")
    def manual() -> Response:
        """The page: routes, parameters, an example, responses."""
        described = current_app.extensions[DESCRIPTION]()
        asked = next(iter(desk.offers().examples), "")
        return public_page(
            "manual.html",
            groups={tag["name"]: tag["description"] for tag in described["tags"]},
            operations=list(operations(described, {"question": asked, "q": asked})),
            shapes=list(shapes(described)),
            asked=asked,
            answer=_answer_to(desk, asked) if asked else "",
        )


def _answer_to(desk: Desk, asked: str) -> str:
    """An example answer, as the interface gives it. It leaves no record."""
    answer = desk.answerer().answer(Question(asked, k=1))
    return AnswerModel.of(answer).model_dump_json(indent=2)


def operations(described: Schema, known: Mapping[str, str]) -> Iterator[Operation]:
    """The operations of a description.

    Args:
        known: values for the examples, by the names of fields.
    """
    all_shapes = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            body = next((_name(each["schema"]) for each in content.values()), "")
            sample = _sample(all_shapes[body], all_shapes, known) if body else ""
            yield Operation(
                method=method.upper(),
                path=path,
                summary=operation.get("summary", ""),
                group=operation.get("tags", [""])[0],
                is_for_staff=bool(operation.get("security")),
                fields=tuple(_parameter(row) for row in operation.get("parameters", ())),
                body=body,
                example=json.dumps(sample, ensure_ascii=False, indent=2) if body else "",
                replies=tuple(_replies(operation["responses"])),
            )


def shapes(described: Schema) -> Iterator[Shape]:
    """The shapes of a description, by name."""
    for name, schema in sorted(described["components"]["schemas"].items()):
        required = schema.get("required", ())
        fields = (
            Field(field, _kinds(each), field in required, each.get("description", ""))
            for field, each in schema.get("properties", {}).items()
        )
        yield Shape(
            name, schema.get("description", ""), tuple(fields), tuple(map(str, schema.get("enum", ())))
        )


def _parameter(row: Schema) -> Field:
    described = row.get("description") or row["schema"].get("description", "")
    return Field(row["name"], _kinds(row["schema"]), row.get("required", False), described, row["in"])


def _replies(responses: Schema) -> Iterator[ManualReply]:
    for status, response in sorted(responses.items()):
        for media, content in response.get("content", {}).items():
            yield ManualReply(status, media, _name(content["schema"]))


def _name(schema: Schema) -> str:
    """The name of the shape that a schema refers to; empty: it refers to no shape."""
    return str(schema.get("$ref", "")).removeprefix(_REF)


def _kinds(schema: Schema) -> tuple[ValueKind, ...]:
    """The possible kinds of a value."""
    if "anyOf" in schema:
        return tuple(kind for each in schema["anyOf"] for kind in _kinds(each))
    if name := _name(schema):
        return (ValueKind(name, name),)
    if "allOf" in schema:
        return _kinds(schema["allOf"][0])
    if schema.get("type") == "array":
        items = _kinds(schema.get("items", schema.get("prefixItems", [{}])[0]))
        return tuple(ValueKind(item.word, item.shape, is_list=True) for item in items)
    return (ValueKind(schema.get("format") or schema.get("type", "object"), bounds=_bounds(schema)),)


def _bounds(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f"{least:g}–{most:g}"
    longest = schema.get("maxLength")
    return f"≤ {longest}" if longest else ""


def _sample(schema: Schema, all_shapes: Schema, known: Mapping[str, str]) -> object:
    """A body that can be sent: the required fields, and those with a default of their own."""
    required = schema.get("required", ())
    return {
        name: known.get(name) or _value(each, all_shapes, known)
        for name, each in schema.get("properties", {}).items()
        if name in required or each.get("default") is not None
    }


def _value(schema: Schema, all_shapes: Schema, known: Mapping[str, str]) -> object:
    if schema.get("default") is not None:
        return schema["default"]
    if name := _name(schema):
        return _sample(all_shapes[name], all_shapes, known)
    if schema.get("format") == "date":
        return _DATE
    return _ALIKE.get(str(schema.get("type")), "…")
