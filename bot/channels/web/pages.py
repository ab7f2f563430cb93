"""The pages: ask a question, read the answer, judge it, read the document a quote comes from."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.question import LONGEST_QUESTION, Question
from bot.answering.telephones import stretches
from bot.channels.desk import Desk
from bot.channels.http import answer_status
from bot.channels.web.kept_page import KeptPage, keep, load, page_of
from bot.channels.web.reading import answering, marked, pieces
from bot.errors import QuestionError
from bot.policy.citation import page_url

LONGEST_REASON = 200
LONGEST_ID = 64


def web_blueprints(desk: Desk) -> tuple[Blueprint]:
    """The residents' pages."""
    pages = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    _add_asking(pages, desk)
    _add_judging(pages, desk)
    _add_reading(pages, desk)

    @pages.app_context_processor
    def words() -> dict[str, object]:
        return {
            "hotline": desk.settings.hotline,
            "longest": LONGEST_QUESTION,
            "longest_reason": LONGEST_REASON,
            "marked": marked,
            "answering": answering,
            "source_line": wording.source_line,
            "page_url": page_url,
            "stretches": stretches,
            "wording": wording,
        }

    return (pages,)


def _add_asking(pages: Blueprint, desk: Desk) -> None:
    """The first page, the question, and its answer by id."""

    @pages.get("/")
    def home() -> str:
        return render_template("ask.html", examples=desk.offers().examples, thanks="judged" in request.args)

    @pages.route("/ask", methods=["GET", "POST"])
    def ask() -> Response:
        """The answer to a question: posted, it is shown at an address of its own for half an hour."""
        typed = request.values.get("q", "")
        try:
            answer = desk.ask(Question.of(typed), "web", request.form.get("conversation_id", "")[:LONGEST_ID])
        except QuestionError as error:
            refused = _first_aid(desk, typed) or str(error)
            return _page("ask.html", 422, typed=typed[: 2 * LONGEST_QUESTION], unusable=refused)
        page, status = page_of(answer, _fragment(answer)), answer_status(answer.status)
        is_kept = status == 200 and keep(desk, page)
        if is_kept and request.method == "POST":
            return _see(url_for("pages.answered", answer_id=answer.answer_id))
        return _page("ask.html", status, page=page, typed=page.question)

    @pages.get("/ask/<answer_id>")
    def answered(answer_id: str) -> Response:
        """An answer that was given in the last half hour."""
        page = load(desk, answer_id)
        if page is None:
            abort(404)
        return _page("ask.html", 200, page=page, typed=page.question, thanks="judged" in request.args)


def _add_judging(pages: Blueprint, desk: Desk) -> None:
    """Whether an answer helped."""

    @pages.post("/feedback")
    def feedback() -> Response:
        """Keeps a judgement, and shows the answer again."""
        answer_id = request.form.get("answer_id", "")[:LONGEST_ID]
        reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
        helpful = request.form.get("helpful")
        if helpful not in ("1", "0"):
            abort(400)
        desk.judge(answer_id, reason or None, helpful=helpful == "1")
        is_kept = load(desk, answer_id) is not None
        shown = url_for("pages.answered", answer_id=answer_id, judged=1) if is_kept else None
        return _see(shown or url_for("pages.home", judged=1))


def _add_reading(pages: Blueprint, desk: Desk) -> None:
    """The documents."""

    @pages.get("/policy/<document_id>")
    def policy(document_id: str) -> str:
        library, today = desk.answerer().basis.library, desk.today()
        holding = library.by_id.get(document_id)
        if holding is None:
            abort(404)
        validity, successors = library.validity[document_id], library.successors(document_id, today)
        force = wording.force_line(validity.force(today), validity.begins, validity.ends)
        if successors:
            since = validity.ended(today)[0].since
            force = wording.superseded([new.title for new in successors], since)
        return render_template(
            "policy.html",
            document=holding.document,
            validity=validity,
            force=force,
            successors=successors,
            pieces=pieces(document_id, library),
        )


def error_page(status: int) -> Response:
    """A page that says politely that there is nothing to see."""
    return _page("error.html", status, sentence=wording.ERROR_PAGES.get(status, wording.ERROR_PAGE))


def _first_aid(desk: Desk, typed: str) -> str:
    """What a message says that is too long to be a question, and tells of danger; else empty."""
    basis = desk.answerer().basis
    rule = basis.routing.urgent_rule(typed)
    return rule.sentence.replace("{hotline}", basis.hotline) if rule else ""


def _fragment(answer: Answer) -> str:
    return render_template("answer.html", answer=answer)


def _see(address: str) -> Response:
    """Sends the browser on; what was posted is not posted again."""
    response = make_response(redirect(address, 303))
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(template: str, status: int, **values: str | bool | KeptPage) -> Response:
    response = make_response(render_template(template, **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response
