"""Errors of the JSON interface, as `application/problem+json` (RFC 9457)."""

from http import HTTPStatus

from flask import Response
from pydantic import ValidationError

from bot.channels.api.description import PROBLEM_JSON
from bot.channels.api.models import Problem, ProblemRow

_ADVICE = {
    "missing": "is missing; send it",
    "model_type": 'is no JSON object; send {"question": "…"}',
    "model_attributes_type": 'is no JSON object; send {"question": "…"}',
    "dict_type": 'is no JSON object; send {"question": "…"}',
}


def problem(status: int, detail: str, errors: list[ProblemRow] | None = None) -> Response:
    """A problem response; `detail` tells a person what is wrong and what to do."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors)
    return Response(body.model_dump_json(exclude_none=True), status=status, content_type=PROBLEM_JSON)


def unusable(error: ValidationError) -> Response:
    """The 422 for a request whose fields are not usable; never repeats what was sent, nor unknown names."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    rows = [
        ProblemRow(
            field=".".join(str(part) for part in row["loc"]) or "body",
            problem=_ADVICE.get(row["type"], row["msg"].removeprefix("Value error, ")),
        )
        for row in found
        if row["type"] != "extra_forbidden"
    ]
    if len(rows) < len(found):
        rows.append(ProblemRow(field="body", problem="holds unknown fields; leave them out"))
    return problem(422, "; ".join(f"{row.field}: {row.problem}" for row in rows), rows)
