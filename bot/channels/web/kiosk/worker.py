"""The service worker: a kiosk that is opened while its line is down says so, instead of the browser."""

import hashlib
import json
from collections.abc import Callable

from flask import Blueprint, Response, url_for

from bot.channels.web.assets import STATIC, asset

LOADED = ("style.css", "kiosk.css", "icon.svg", "aloud.js", "kiosk.js", "keyboard.js")
"""What every screen of the kiosk loads."""


def add_worker(kiosk: Blueprint, show: Callable[[], Response]) -> None:
    """The screen for a line that is down, and the worker that keeps it. `show` makes the screen."""

    @kiosk.get("/kiosk/offline")
    def offline() -> Response:
        """What is shown when the line is down."""
        return show()

    @kiosk.get("/kiosk/worker.js")
    def worker() -> Response:
        """Another script when the screen has changed: browsers keep the screen anew then."""
        digest = hashlib.sha256(show().get_data()).hexdigest()[:16]
        shell = [url_for("kiosk.offline"), *map(asset, LOADED)]
        said = f"var SHELL = {json.dumps(shell)};\nvar KEPT = 'kiosk-{digest}';\n"
        response = Response(said + (STATIC / "worker.js").read_text("utf-8"), mimetype="text/javascript")
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Service-Worker-Allowed"] = "/kiosk"  # its own folder does not hold /kiosk itself
        return response
