"""The service over HTTP: `create_app(settings)` for any WSGI server, `python webhook.py` to serve."""

import sys

from bot.errors import BotError, not_installed

try:
    from flask import Flask

    from bot.assembly import TALLY, assemble, desk_of, living_service
    from bot.channels.app import build_app
    from bot.channels.state import state_of
    from bot.channels.table import check_channels
    from bot.commands.terminal import indexing
    from bot.living.arrivals import follow_arrivals
    from bot.serving.service import LivingApp, serve
    from bot.settings import Settings, read_settings
except ModuleNotFoundError as missing:
    sys.exit(f"policy-qa: {not_installed(missing)}")


def create_app(settings: Settings | None = None) -> Flask:
    """The application, with its index loaded; it answers from the knowledge folder as it is now.

    Args:
        settings: None reads the environment and `.env`.

    Raises:
        BotError: a setting or the knowledge folder is unusable.
    """
    settings = settings or read_settings()
    service = assemble(settings)
    return build_app(desk_of(settings, lambda: service))


def living(settings: Settings) -> LivingApp:
    """The application that follows the changes of its knowledge folder.

    Raises:
        BotError: a setting or the knowledge folder is unusable.
    """
    check_channels(settings)
    service = living_service(settings, indexing)
    desk = desk_of(settings, lambda: service.now)

    def follow() -> None:
        service.follow()
        follow_arrivals(settings)

    return LivingApp(
        build_app(desk),
        follow,
        service.ring,
        state=lambda: state_of(desk, service.age),
        danger=desk.danger,
        tally=TALLY.numbers,
    )


def main() -> int:
    """Serves until it is told to stop; 1 where it cannot start."""
    try:
        return serve(living, read_settings())
    except BotError as error:
        print(f"policy-qa: {error}", file=sys.stderr)  # noqa: T201  # the operator reads it on the terminal
        return 1


if __name__ == "__main__":
    sys.exit(main())
