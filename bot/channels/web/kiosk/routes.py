"""The kiosk's screens: attract, home, answer. All work without JavaScript, and browsers keep none of them.

With the script, a screen is asked for with `part=screen` and put in the place of the one before: the browser
has no history to go back to. Without it, an answer has an address until the person leaves.
"""

import logging
from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, Response, request, url_for

from bot.answering import wording
from bot.answering.answer import Status
from bot.answering.question import LONGEST_QUESTION, Question
from bot.channels.desk import Desk
from bot.channels.http import answer_status
from bot.channels.web.asking import LONGEST_ID
from bot.channels.web.kept_page import KeptPage, forget, keep, load, page_of
from bot.channels.web.kiosk.code import clause_address, code_of
from bot.channels.web.kiosk.keyboard import add_keyboard
from bot.channels.web.kiosk.screen import SIZES, Contact, carry_screen, current_screen
from bot.channels.web.kiosk.worker import add_worker
from bot.channels.web.response import page_response, see
from bot.errors import QuestionError, UnknownPlaceError

IDLE_SECONDS = 40
"""Without a touch for so long, the kiosk asks whether anybody is there."""

GRACE_SECONDS = 20
"""Then it waits so long, and wipes. Source: WCAG 2.2, 2.2.1: at least 20 s to ask for more time."""

NO_SCRIPT_SECONDS = 120
"""Without JavaScript nothing can ask; the screen is left after so long."""

ANSWER_LIFE = timedelta(seconds=NO_SCRIPT_SECONDS + 30)

FOLLOWED_UP = {Status.ANSWERED, Status.RELATED, Status.NOT_IN_FORCE}
"""Answers after which the follow-ups of `topics.yaml` make sense."""

_log = logging.getLogger(__name__)


def kiosk_blueprints(desk: Desk) -> tuple[Blueprint]:
    """The kiosk's screens."""
    kiosk = Blueprint("kiosk", __name__)
    kiosk.url_defaults(carry_screen)
    _add_screens(kiosk, desk)
    _add_answers(kiosk, desk)
    add_keyboard(kiosk, desk)
    add_worker(kiosk, lambda: _shown(desk, "offline"))
    if not desk.settings.public_url:
        _log.info("kiosk=no_codes reason=PUBLIC_URL_is_empty")
    return (kiosk,)


def _add_screens(kiosk: Blueprint, desk: Desk) -> None:
    """The screens before a question is asked, and the way out."""

    @kiosk.get("/kiosk")
    def attract() -> Response:
        """The screen that passers-by see."""
        return _shown(desk, "attract")

    @kiosk.get("/kiosk/home")
    def home() -> Response:
        """Topics to tap, a field to write in."""
        return _shown(desk, "home")

    @kiosk.route("/kiosk/leave", methods=["GET", "POST"])
    def leave() -> Response:
        """Forgets the answer and shows the first screen in the usual size."""
        answer_id = request.values.get("answer_id", "")[:LONGEST_ID]
        if answer_id:
            forget(desk, answer_id)
        return see(url_for("kiosk.attract", size=None))


def _add_answers(kiosk: Blueprint, desk: Desk) -> None:
    """A question and its answer."""

    @kiosk.post("/kiosk/ask")
    def ask() -> Response:
        """The answer to a question. It is kept only if the browser has to request it again."""
        typed = request.form.get("q", "")
        conversation_id = request.form.get("conversation_id", "")[:LONGEST_ID]
        try:
            answer = desk.ask(_question(desk, typed), "kiosk", conversation_id)
        except QuestionError as error:
            refused = desk.first_aid(typed) or str(error)
            more = {"typed": typed[:LONGEST_QUESTION], "conversation_id": conversation_id}
            return _shown(desk, "home", 422, unusable=refused, **more)
        page, status = page_of(answer), answer_status(answer.status)
        forget(desk, request.form.get("after", "")[:LONGEST_ID])
        if status == 200 and request.form.get("part") != "screen" and keep(desk, page):
            return see(url_for("kiosk.answered", answer_id=page.answer_id))
        return _answer_shown(desk, page, status)

    @kiosk.get("/kiosk/answer/<answer_id>")
    def answered(answer_id: str) -> Response:
        """The answer once more, until the person leaves; for browsers without JavaScript."""
        page = load(desk, answer_id, ANSWER_LIFE)
        if page is None:
            return _shown(desk, "gone", 404)
        return _answer_shown(desk, page, 200, kept_id=answer_id)


def kiosk_refusal(status: int, danger: str) -> Response:
    """A screen that says politely that this page does not exist, and leads back."""
    sentence = wording.KIOSK_ERRORS.get(status, wording.ERROR_PAGE)
    return page_response("kiosk/gone.html", status, sentence=sentence, danger=danger, **_frame(None))


def _question(desk: Desk, typed: str) -> Question:
    """A question at the site of this kiosk. If the site's place is unknown, the question has no place."""
    asked, site_key = Question.of(typed), current_screen().site_key
    try:
        return desk.question(asked, site=site_key or None)
    except UnknownPlaceError:
        site = desk.offers().sites.get(site_key)
        if site:
            _log.warning("kiosk=place_unknown site=%s", site.key)
        return replace(asked, site=site)


def _answer_shown(desk: Desk, page: KeptPage, status: int, kept_id: str = "") -> Response:
    """The screen of an answer. `kept_id`: the id under which it is kept; it is forgotten at the end."""
    follow_ups = desk.offers().topics.follow_ups if page.answer.status in FOLLOWED_UP else ()
    quoted = [passage.clause_id for passage in page.answer.passages]
    return _shown(
        desk,
        "answer",
        status,
        page=page,
        answer=page.answer,
        follow_ups=follow_ups,
        addresses={clause_id: clause_address(desk, clause_id) for clause_id in quoted},
        conversation_id=page.conversation_id,
        kept_id=kept_id,
        today=desk.today(),
    )


def _shown(desk: Desk, name: str, status: int = 200, **more: object) -> Response:
    """A screen; if no such site is registered, a screen that says so."""
    site_key = current_screen().site_key
    site = desk.offers().sites.get(site_key)
    frame = _frame(Contact(site, desk.settings.hotline))
    if site_key and site is None:
        return page_response("kiosk/gone.html", 404, sentence=wording.NO_SUCH_SITE, **frame)
    return page_response(f"kiosk/{name}.html", status, offers=desk.offers(), **frame, **more)


def _frame(contact: Contact | None) -> dict[str, object]:
    """The values that every screen needs. `contact` is None if the place has no telephone number."""
    return {
        "screen": current_screen(),
        "contact": contact,
        "sizes": SIZES,
        "idle_seconds": IDLE_SECONDS,
        "grace_seconds": GRACE_SECONDS,
        "no_script_seconds": NO_SCRIPT_SECONDS,
        "same_screen": _same_screen,
        "code_of": code_of,
    }


def _same_screen(size: int) -> str:
    """This screen with letters of another size; the first screen if this one cannot be requested again."""
    if request.method == "GET" and request.endpoint in ("kiosk.home", "kiosk.answered"):
        return url_for(request.endpoint, size=size, **(request.view_args or {}))
    return url_for("kiosk.home", size=size)
