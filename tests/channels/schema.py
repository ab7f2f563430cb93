"""JSON values against JSON Schema: the keywords that pydantic writes for our models, and no others."""

import re
from collections.abc import Iterator
from typing import Any

from tests.channels.wire import Json

_TYPES: dict[str, tuple[type[object], ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
_CHECKED = {"$ref", "anyOf", "enum", "format", "items", "maxItems", "minItems", "prefixItems"}
_CHECKED |= {"additionalProperties", "maximum", "minimum", "properties", "required", "type"}
_CHECKED |= {"maxLength", "minLength"}
_REMARKS = {"default", "description", "title"}


def mismatches(value: Any, schema: Json, schemas: Json, at: str = "$") -> Iterator[str]:
    """Where a JSON value is not what a schema says; a key that the schema does not name is one, too.

    Args:
        schemas: what `#/components/schemas/…` refers to.

    Raises:
        ValueError: the schema has a keyword that is not checked here: none is passed over.
    """
    if unknown := schema.keys() - _CHECKED - _REMARKS:
        raise ValueError(f"schema at {at}: {unknown} is not checked; add it here")
    if "$ref" in schema:
        yield from mismatches(value, schemas[schema["$ref"].rpartition("/")[2]], schemas, at)
    elif "anyOf" in schema:
        choices = [list(mismatches(value, choice, schemas, at)) for choice in schema["anyOf"]]
        yield from () if [] in choices else choices[0]
    elif type(value) not in _TYPES[schema["type"]]:
        yield f"{at}: {value!r} is no {schema['type']}"
    elif isinstance(value, dict):
        yield from _object_mismatches(value, schema, schemas, at)
    elif isinstance(value, list):
        yield from _list_mismatches(value, schema, schemas, at)
    else:
        yield from _scalar_mismatches(value, schema, at)


def _object_mismatches(value: Json, schema: Json, schemas: Json, at: str) -> Iterator[str]:
    fields = schema["properties"]
    yield from (f"{at}.{key}: is missing" for key in schema.get("required", []) if key not in value)
    yield from (f"{at}.{key}: is not described" for key in value if key not in fields)
    for key in value.keys() & fields.keys():
        yield from mismatches(value[key], fields[key], schemas, f"{at}.{key}")


def _list_mismatches(value: list[object], schema: Json, schemas: Json, at: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at}: has {len(value)} items"
    places = schema.get("prefixItems") or [schema["items"]] * len(value)
    for number, (item, place) in enumerate(zip(value, places, strict=False)):
        yield from mismatches(item, place, schemas, f"{at}[{number}]")


def _scalar_mismatches(value: Any, schema: Json, at: str) -> Iterator[str]:
    if value not in schema.get("enum", [value]):
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if schema.get("format") == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        yield f"{at}: {value!r} is no date"
    if "maxLength" in schema and not schema.get("minLength", 0) <= len(value) <= schema["maxLength"]:
        yield f"{at}: has {len(value)} characters"
    if "minimum" in schema and not schema["minimum"] <= value <= schema["maximum"]:
        yield f"{at}: {value!r} is out of bounds"
