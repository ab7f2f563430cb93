"""The service over HTTP: `create_app(settings)` for any WSGI server, `python webhook.py` to serve."""

import sys

from flask import Flask

from bot.assembly import assemble, services_of
from bot.channels.app import build_app
from bot.errors import BotError
from bot.server import serve
from bot.settings import Settings, read_settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application, with its index loaded.

    Args:
        settings: None reads the environment and `.env`.

    Raises:
        BotError: a setting or the knowledge folder is unusable.
    """
    return build_app(services_of(assemble(settings or read_settings())))


def main() -> int:
    """Serves until it is told to stop; 1 where it cannot start."""
    try:
        serve(create_app, read_settings())
    except BotError as error:
        print(f"policy-qa: {error}", file=sys.stderr)  # noqa: T201  # the operator reads it on the terminal
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
