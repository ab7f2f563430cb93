"""The widget: a button on other sites that opens the conversation in a frame. EMBED_ORIGINS lists them."""

import json

from flask import Blueprint, Response, render_template

from bot.channels.desk import Desk
from bot.channels.http import content_security_policy
from bot.channels.web.assets import STATIC
from bot.channels.web.response import page_response

SCRIPT_SECONDS = 60 * 60
"""How long sites keep the script; its address never changes."""

_NO_ORIGINS = "var ORIGINS = [];"


def add_widget(pages: Blueprint, desk: Desk) -> None:
    """The script, the conversation in a frame, and a page that shows how."""
    origins = desk.settings.embed_origins.split()

    @pages.get("/widget.js")
    def widget_script() -> Response:
        """The script for other sites. It knows on which sites the frame may open."""
        source = (STATIC / "widget.js").read_text("utf-8")
        source = source.replace(_NO_ORIGINS, f"var ORIGINS = {json.dumps(origins)};", 1)
        response = Response(source, content_type="text/javascript; charset=utf-8")
        response.headers["Cache-Control"] = f"public, max-age={SCRIPT_SECONDS}"
        return response

    @pages.get("/embed")
    def embed() -> Response:
        """The conversation, for the frame. The only page that another site may frame."""
        response = page_response("embed.html", 200, offers=desk.offers())
        framed_by = " ".join(origins) or "'none'"
        response.headers["Content-Security-Policy"] = content_security_policy(framed_by=framed_by)
        return response

    @pages.get("/widget")
    def widget() -> Response:
        """The page that explains how to add the button, with the button itself if this site is listed."""
        page = render_template(
            "widget.html", title="放到您的网站上", site=desk.settings.public_url, origins=origins
        )
        response = Response(page)
        response.headers["Content-Security-Policy"] = content_security_policy(frames="'self'")
        return response
