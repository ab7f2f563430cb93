"""Invalid requests to the JSON interface, explained in Chinese."""

from collections.abc import Mapping

from flask import Response, request
from pydantic import ValidationError

from bot.channels.http import ProblemRow, problem, refusal_sentence

_NO_OBJECT = '不是 JSON 对象，请发送 {{"question": "…"}}'

_SENTENCES = {
    "missing": "没有写，请补上这一项",
    "model_type": _NO_OBJECT,
    "model_attributes_type": _NO_OBJECT,
    "dict_type": _NO_OBJECT,
    "string_type": "不是文字，请写成字符串",
    "bool_type": "不是 true 或 false，请改写",
    "bool_parsing": "不是 true 或 false，请改写",
    "greater_than_equal": "太小，最小是 {ge}，请改大",
    "less_than_equal": "太大，最大是 {le}，请改小",
}
"""What to say for a type of pydantic's errors; `{ge}` and the like stand for the bounds of the field."""

_ANY_NUMBER = ("int_type", "int_parsing", "int_parsing_size", "int_from_float")


def api_refusal(status: int, danger: str) -> Response:
    """The refusal for a program. A program may show the detail to a resident.

    Args:
        danger: the numbers to call in danger, told in the detail; empty if the request was no question.
    """
    return problem(status, f"{refusal_sentence(status)}{danger}")


def sent_question() -> str:
    """What is asked in a request that may be unusable otherwise; empty where nothing is."""
    body = request.get_json(force=True, silent=True)
    sent = body.get("question") if isinstance(body, dict) else request.args.get("q")
    return sent if isinstance(sent, str) else ""


def unusable(error: ValidationError, first_aid: str = "") -> Response:
    """The 422 for a request with invalid fields. It repeats neither the values sent nor unknown names.

    Args:
        first_aid: the numbers to call, where what was sent tells of danger; the detail begins with them.
    """
    found = error.errors(include_url=False, include_input=False)
    rows = [
        ProblemRow(field=".".join(map(str, row["loc"])) or "body", problem=_sentence(row))
        for row in found
        if row["type"] != "extra_forbidden"
    ]
    if len(rows) < len(found):
        rows.append(ProblemRow(field="body", problem="有这个接口不认识的字段，请删去"))
    said = "；".join(f"{row.field}：{row.problem.rstrip('。')}" for row in rows)
    return problem(422, f"{first_aid}{said}。", rows)


def _sentence(error: Mapping[str, object]) -> str:
    """The sentence for an invalid field: what is wrong with it, and what to do."""
    kind = str(error["type"])
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    if kind in _ANY_NUMBER:
        return "不是整数，请写一个整数"
    bounds = error.get("ctx")
    sentence = _SENTENCES.get(kind, "不能用，请对照 /openapi.json 改正")
    return sentence.format(**bounds if isinstance(bounds, dict) else {})
