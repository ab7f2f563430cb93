"""The residents' pages: a conversation, and the documents that its quotes come from."""

from flask import Blueprint, Response

from bot.answering import attribution, wording
from bot.answering.question import LONGEST_QUESTION
from bot.answering.telephones import stretches
from bot.channels.desk import Desk
from bot.channels.web.about import TOLD, add_about
from bot.channels.web.asking import LONGEST_REASON, add_asking, add_judging
from bot.channels.web.assets import asset, keep_versioned
from bot.channels.web.look import carry_look, current_look, looked, same_page
from bot.channels.web.manual import add_manual
from bot.channels.web.reader.crawling import add_crawling
from bot.channels.web.reader.listing import add_listing
from bot.channels.web.reader.reading import add_reading
from bot.channels.web.reading import answering, marked, permanent
from bot.channels.web.response import page_response
from bot.channels.web.widget import add_widget
from bot.policy.citation import page_url


def web_blueprints(desk: Desk) -> tuple[Blueprint]:
    """The residents' pages."""
    pages = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    add_asking(pages, desk)
    add_judging(pages, desk)
    add_about(pages, desk)
    add_widget(pages, desk)
    add_reading(pages, desk)
    add_listing(pages, desk)
    add_crawling(pages, desk)
    add_manual(pages, desk)
    pages.url_defaults(carry_look)
    pages.add_app_template_filter(looked)
    pages.after_request(keep_versioned)

    @pages.app_context_processor
    def words() -> dict[str, object]:
        return {
            "site": desk.settings.public_url,
            "hotline": desk.settings.hotline,
            "longest": LONGEST_QUESTION,
            "longest_reason": LONGEST_REASON,
            "look": current_look(),
            "same_page": same_page,
            "told": TOLD,
            "asset": asset,
            "marked": marked,
            "answering": answering,
            "permanent": permanent,
            "page_url": page_url,
            "stretches": stretches,
            "attribution": attribution,
            "wording": wording,
        }

    return (pages,)


def error_page(status: int, danger: str) -> Response:
    """A page that says politely that the requested page does not exist."""
    sentence = wording.ERROR_PAGES.get(status, wording.ERROR_PAGE)
    return page_response("error.html", status, sentence=sentence, danger=danger)
