"""Shared by all channels over HTTP: the status of an answer, refusals for programs, the staff guard."""

import hmac
from http import HTTPStatus

from flask import Response, request
from pydantic import BaseModel

from bot.answering.answer import Status
from bot.channels.limiting import WRONG_TOKENS_PER_MINUTE, Limiter, party_of

LARGEST_BODY = 64 * 1024
"""Bytes of a request's body; more are refused with 413 before anything is parsed."""

LEAST_COMPRESSED = 1400
"""Bytes of a response from which it is compressed for who asks for it; less is one packet anyway."""

STATUS_CODES = {Status.MAINTENANCE: 503, Status.FAILED: 500}
"""HTTP status of an answer; 200 for the others."""

RETRY_AFTER_SECONDS = 300
"""When to come again during maintenance, or while there is nothing to answer from."""

LEAVE_UNREAD = frozenset({408, 413, 429, 431, 500, 503})
"""Statuses of questions that were not read. The asker may be in danger, so the numbers to call are told."""

PROBLEM_JSON = "application/problem+json"

REFUSALS = {
    400: "请求不完整或不合规，请检查后再发。",
    404: "没有这个地址，请对照 /openapi.json。",
    405: "这个地址不接受这种请求方法，可用的方法见 Allow。",
    413: "内容太长，请求最多 64 KiB，请缩短后再发。",
    429: "请求太多，请过 Retry-After 说的秒数再发。",
    500: "系统出了点问题，请稍后再试。",
}
"""What a program is told where its channel says nothing more precise."""

CLOSED = "系统正在维护，请稍后再试。"
STAFF_CLOSED = "工作人员接口没有开放；请设置 STAFF_TOKEN 后重启。"
NO_STAFF = "Authorization 缺少口令或口令不对；请发送 Bearer <STAFF_TOKEN>。"


def content_security_policy(framed_by: str = "'none'", frames: str = "") -> str:
    """The policy of a page: only our own style, scripts and pictures; forms and requests go to this service.

    Args:
        framed_by: which sites may show the page in a frame.
        frames: what the page itself may show in a frame; empty: nothing.
    """
    own = "".join(f"{kind}-src 'self'; " for kind in ("script", "style", "img", "connect"))
    frame = f"frame-src {frames}; " if frames else ""
    return f"default-src 'none'; {own}{frame}form-action 'self'; base-uri 'none'; frame-ancestors {framed_by}"


class ProblemRow(BaseModel):
    """A field that is not usable."""

    field: str
    problem: str


class Problem(BaseModel):
    """An error as RFC 9457 describes it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[ProblemRow] | None = None


def json_response(body: BaseModel, status: int = 200) -> Response:
    """A model as JSON."""
    return Response(body.model_dump_json(), status=status, content_type="application/json")


def answer_status(status: Status) -> int:
    """The HTTP status of an answer."""
    return STATUS_CODES.get(status, 200)


def refusal_sentence(status: int) -> str:
    """The usual sentence for a status."""
    return REFUSALS.get(status, "请求没能完成，请检查后再发。")


def problem(status: int, detail: str = "", errors: list[ProblemRow] | None = None) -> Response:
    """A problem response.

    Args:
        detail: one Chinese sentence: what is wrong, what to do; empty: the usual one for the status.
        errors: the fields that are not usable.
    """
    said = detail or refusal_sentence(status)
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=said, errors=errors)
    return Response(body.model_dump_json(exclude_none=True), status=status, content_type=PROBLEM_JSON)


def refuse_while_closed(*, is_closed: bool) -> Response | None:
    """The refusal for requests of staff during maintenance; None: there is no maintenance."""
    return problem(503, CLOSED) if is_closed else None


def refuse_strangers(staff_token: str, limiter: Limiter) -> Response | None:
    """The refusal for a request without the staff token; None: it carries the token.

    An address that has tried too many tokens is refused with the right one too, or trying would tell.

    Args:
        staff_token: STAFF_TOKEN; empty: nobody is let in.
    """
    if not staff_token:
        return problem(403, STAFF_CLOSED)
    given = request.headers.get("Authorization", "").encode()
    who = party_of(request.remote_addr or "")
    tried = limiter.look("token", who, WRONG_TOKENS_PER_MINUTE)
    if tried.is_used_up:
        refusal = problem(429)
        refusal.headers.update(tried.headers)
        return refusal
    if hmac.compare_digest(given, f"Bearer {staff_token}".encode()):
        return None
    if given:
        limiter.use("token", who, WRONG_TOKENS_PER_MINUTE)
    refusal = problem(401, NO_STAFF)
    refusal.headers["WWW-Authenticate"] = "Bearer"
    return refusal
