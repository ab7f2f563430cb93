"""The pages: ask a question, read the answer, read the document a quote comes from."""

from flask import Blueprint, Response, abort, make_response, render_template, request

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.question import LONGEST_QUESTION, Question
from bot.channels.desk import Desk
from bot.channels.http import answer_status
from bot.channels.web.reading import answering, marked, pieces
from bot.errors import QuestionError
from bot.policy.citation import page_url


def web_blueprints(desk: Desk) -> tuple[Blueprint]:
    """The residents' pages."""
    pages = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )

    @pages.get("/")
    def home() -> str:
        first = [holding.document for holding in desk.answerer().basis.library.holdings][:3]
        return render_template("ask.html", examples=[wording.suggestion(document) for document in first])

    @pages.route("/ask", methods=["GET", "POST"])
    def ask() -> Response:
        typed = request.values.get("q", "")
        try:
            answer = desk.ask(Question.of(typed), "web")
        except QuestionError as error:
            return _page("ask.html", 422, typed=typed[: 2 * LONGEST_QUESTION], unusable=str(error))
        return _page("ask.html", answer_status(answer.status), typed=answer.question, answer=answer)

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

    @pages.app_context_processor
    def words() -> dict[str, object]:
        return {
            "hotline": desk.settings.hotline,
            "longest": LONGEST_QUESTION,
            "marked": marked,
            "answering": answering,
            "about_part": wording.about_part,
            "whole_clause": wording.whole_clause,
            "leant_on": wording.leant_on,
            "source_line": wording.source_line,
            "page_url": page_url,
        }

    return (pages,)


def error_page(status: int) -> Response:
    """A page that says politely that there is nothing to see."""
    return _page("error.html", status, sentence=wording.ERROR_PAGES.get(status, wording.ERROR_PAGE))


def _page(template: str, status: int, **values: str | Answer) -> Response:
    response = make_response(render_template(template, **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response
