"""The residents' pages: a conversation, and the documents that its quotes come from."""

from flask import Blueprint, Response, abort, render_template

from bot.answering import wording
from bot.answering.question import LONGEST_QUESTION
from bot.answering.telephones import stretches
from bot.channels.desk import Desk
from bot.channels.web.about import TOLD, add_about
from bot.channels.web.asking import LONGEST_REASON, add_asking, add_judging
from bot.channels.web.assets import asset, keep_versioned
from bot.channels.web.look import carry_look, current_look, looked, same_page
from bot.channels.web.reading import answering, marked, pieces
from bot.channels.web.response import page_response
from bot.policy.citation import page_url


def web_blueprints(desk: Desk) -> tuple[Blueprint]:
    """The residents' pages."""
    pages = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    add_asking(pages, desk)
    add_judging(pages, desk)
    add_about(pages, desk)
    _add_reading(pages, desk)
    pages.url_defaults(carry_look)
    pages.add_app_template_filter(looked)
    pages.after_request(keep_versioned)

    @pages.app_context_processor
    def words() -> dict[str, object]:
        return {
            "hotline": desk.settings.hotline,
            "longest": LONGEST_QUESTION,
            "longest_reason": LONGEST_REASON,
            "look": current_look(),
            "same_page": same_page,
            "told": TOLD,
            "asset": asset,
            "marked": marked,
            "answering": answering,
            "page_url": page_url,
            "stretches": stretches,
            "wording": wording,
        }

    return (pages,)


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
    return page_response("error.html", status, sentence=wording.ERROR_PAGES.get(status, wording.ERROR_PAGE))
