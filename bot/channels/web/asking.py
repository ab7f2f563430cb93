"""The conversation: the first page, a question and its answer, whether it helped."""

from flask import Blueprint, Response, abort, render_template, request, url_for

from bot.answering.question import LONGEST_QUESTION, Question
from bot.channels.desk import Desk
from bot.channels.http import answer_status
from bot.channels.web.kept_page import KeptPage, keep, load, page_of, turns_up_to
from bot.channels.web.response import page_response, see
from bot.errors import QuestionError

LONGEST_REASON = 200
LONGEST_ID = 64


def add_asking(pages: Blueprint, desk: Desk) -> None:
    """The first page, the question, and the conversation by the id of its last answer."""

    @pages.get("/")
    def home() -> str:
        return render_template("chat.html", offers=desk.offers(), thanks="judged" in request.args)

    @pages.route("/ask", methods=["GET", "POST"])
    def ask() -> Response:
        """The answer to a question: posted, it is shown at an address of its own for half an hour."""
        typed, before = request.values.get("q", ""), _before(desk)
        conversation_id = request.form.get("conversation_id", "")[:LONGEST_ID]
        try:
            answer = desk.ask(Question.of(typed), "web", conversation_id)
        except QuestionError as error:
            refused = desk.first_aid(typed) or str(error)
            return _shown(desk, before, 422, typed=typed[: 2 * LONGEST_QUESTION], unusable=refused)
        page, status = page_of(answer, before), answer_status(answer.status)
        is_kept = status == 200 and keep(desk, page)
        if request.form.get("part") == "turn":
            return page_response("turn.html", status, page=page, is_kept=is_kept, at=page.answer_id)
        if is_kept and request.method == "POST":
            return see(url_for("pages.answered", answer_id=page.answer_id, _anchor=f"t-{page.answer_id}"))
        typed = "" if status == 200 else page.answer.question
        return _shown(desk, page, status, is_kept=is_kept, typed=typed)

    @pages.get("/ask/<answer_id>")
    def answered(answer_id: str) -> Response:
        """A conversation up to an answer that was given in the last half hour."""
        page = load(desk, answer_id)
        if page is None:
            abort(404)
        judged, asks_why = request.args.get("judged", ""), "why" in request.args
        return _shown(desk, page, 200, is_kept=True, judged=judged, asks_why=asks_why)


def add_judging(pages: Blueprint, desk: Desk) -> None:
    """Whether an answer helped."""

    @pages.post("/feedback")
    def feedback() -> Response:
        """Keeps a judgement, and shows the conversation again, at the answer that was judged."""
        answer_id = request.form.get("answer_id", "")[:LONGEST_ID]
        reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
        helpful = request.form.get("helpful")
        if helpful not in ("1", "0"):
            abort(400)
        desk.judge(answer_id, reason or None, helpful=helpful == "1")
        at = request.form.get("at", "")[:LONGEST_ID] or answer_id
        asks_why = helpful == "0" and not reason
        page = load(desk, answer_id)
        if page and request.form.get("part") == "judged":
            told = {"page": page, "at": at, "judged": answer_id, "asks_why": asks_why}
            return page_response("judged.html", 200, **told)
        if load(desk, at) is None:
            return see(url_for("pages.home", judged=1))
        why = 1 if asks_why else None
        anchor = f"j-{answer_id}"
        return see(url_for("pages.answered", answer_id=at, judged=answer_id, why=why, _anchor=anchor))


def _shown(desk: Desk, page: KeptPage | None, status: int, **more: str | bool) -> Response:
    """The page of a conversation up to a turn."""
    turns = turns_up_to(desk, page) if page else []
    return page_response("chat.html", status, offers=desk.offers(), turns=turns, **more)


def _before(desk: Desk) -> KeptPage | None:
    """The page on which the previous question was asked; None: this is the first question."""
    before = request.form.get("after", "")[:LONGEST_ID]
    return load(desk, before) if before else None
