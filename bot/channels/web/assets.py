"""Style, scripts and icon: their addresses name what is in them, so that browsers keep them for a year."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, request, url_for

STATIC = Path(__file__).with_name("static")
KEPT_SECONDS = 365 * 24 * 60 * 60


@cache
def _version(filename: str) -> str:
    """The first digits of a digest of a file."""
    return hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:8]


def asset(filename: str) -> str:
    """The address of a file in `static/`; another one when the file changes."""
    return url_for("pages.static", filename=filename, v=_version(filename))


def keep_versioned(response: Response) -> Response:
    """Lets browsers keep a file whose address names its content. A whole file is read, to be compressed."""
    if request.endpoint == "pages.static" and response.status_code == 200:
        response.direct_passthrough = False
        response.make_sequence()
        if request.args.get("v"):
            response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, immutable"
    return response
