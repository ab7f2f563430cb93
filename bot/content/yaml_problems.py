"""A validation error of pydantic as a Chinese sentence: *key “value”：what is wrong；what to do*."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

_LONGEST_VALUE = 40
_WRONG = {
    "value_error": "{error}",
    "string_too_short": "太短，至少 {min_length} 个字",
    "string_too_long": "太长，最多 {max_length} 个字",
    "too_short": "太少，至少 {min_length} 项",
    "too_long": "太多，最多 {max_length} 项",
    "string_type": "不是文字",
    "tuple_type": "不是清单",
    "dict_type": "下面没有键",
    "model_type": "下面没有键",
}
"""pydantic's type of an error → what staff read, with the limits that the error names."""

_OF_A_KEY = "[key]"
"""How pydantic marks that a key of a mapping is wrong, and not its value."""


def problem_of(model: type[BaseModel], error: ErrorDetails) -> str:
    """One error of a model as a sentence. The description of the field says what to write."""
    names = [step for step in error["loc"] if isinstance(step, str) and step != _OF_A_KEY]
    owner, field = _field_at(model, names)
    if field is None:
        alike = get_close_matches(names[-1], owner.model_fields, 1)
        meant = f"是不是 {alike[0]}？" if alike else ""
        return f"键“{names[-1]}”：没有这个键；{meant}可以写的有 {'、'.join(owner.model_fields)}"
    if error["type"] == "missing":
        return f"键“{names[-1]}”：没有写；写{field.description}"
    return f"{_named(names[-1], error)}：{_what_is_wrong(error)}；写{field.description}"


def _named(key: str, error: ErrorDetails) -> str:
    """The key, the index of the list item, and the value if it is a text to recognise it by."""
    *_, last = error["loc"]
    item = f"第 {last + 1} 项" if isinstance(last, int) else ""
    value = error["input"]
    shown = f"“{value[:_LONGEST_VALUE]}”" if isinstance(value, str) and value.strip() else ""
    return f"{key}{item}{shown}"


def _what_is_wrong(error: ErrorDetails) -> str:
    limits, value = error.get("ctx", {}), error["input"]
    if value is None or (isinstance(value, str) and not value.strip()):
        return "是空的"
    return _WRONG.get(error["type"], "这样写不行").format(**limits)


def _field_at(model: type[BaseModel], names: Sequence[str]) -> tuple[type[BaseModel], FieldInfo | None]:
    """The innermost model on a path of names, and its field; None: the field is unknown."""
    remaining, field = list(names), None
    while remaining:
        field = model.model_fields.get(remaining.pop(0))
        inner = _model_in(field.annotation) if field else None
        if field is None or inner is None or not remaining:
            break
        if get_origin(field.annotation) is dict:
            remaining.pop(0)  # a key of staff's own
        if remaining:
            model = inner
    return model, field


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model of a field, or of the items of its list; None: it holds plain values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)
