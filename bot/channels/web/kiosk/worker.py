"""The service worker: a kiosk that is opened without a network shows our screen, not the browser's error."""

import hashlib
import json
from collections.abc import Callable

from flask import Blueprint, Response, url_for

from bot.channels.web.assets import STATIC, asset

LOADED = ("style.css", "kiosk.css", "icon.svg", "aloud.js", "kiosk.js", "keyboard.js")
"""What every screen of the kiosk loads."""


def add_worker(kiosk: Blueprint, show: Callable[[], Response]) -> None:
    """The screen for a broken network, and the worker that keeps it. `show` renders the screen."""

    @kiosk.get("/kiosk/offline")
    def offline() -> Response:
        """The screen for a broken network."""
        return show()

    @kiosk.get("/kiosk/worker.js")
    def worker() -> Response:
        """The script. It changes with the screen, so that browsers then fetch the screen again."""
        digest = hashlib.sha256(show().get_data()).hexdigest()[:16]
        shell = [url_for("kiosk.offline"), *map(asset, LOADED)]
        said = f"var SHELL = {json.dumps(shell)};\nvar KEPT = 'kiosk-{digest}';\n"
        response = Response(said + (STATIC / "worker.js").read_text("utf-8"), mimetype="text/javascript")
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Service-Worker-Allowed"] = "/kiosk"  # its own folder does not hold /kiosk itself
        return response
