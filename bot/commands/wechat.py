"""`wechat-menu` and `chat`: the menu of a 公众号, and a rehearsal of the chat."""

import json

import click

from bot.channels.wechat.account import Platform, account_of
from bot.channels.wechat.menu import platform_menu
from bot.channels.wechat.rehearsal import Rehearsal
from bot.commands import terminal
from bot.content.table import TOPICS
from bot.errors import SettingsError
from bot.settings import read_settings


@click.command()
def wechat_menu() -> None:
    """Print the platform's menu JSON, made from topics.yaml."""
    menu = platform_menu(TOPICS.load(read_settings().knowledge_dir).value)
    terminal.say(json.dumps(menu, ensure_ascii=False, indent=2))


@click.command()
@click.option(
    "--as",
    "platform",
    type=click.Choice(list(Platform)),
    default=Platform.WECHAT,
    show_default=True,
    help="platform",
)
@click.option("--url", help="address of the service  [default: http://HOST:PORT]")
@click.option("--person", default="rehearsal", show_default=True, help="who is chatting")
def chat(platform: str, url: str | None, person: str) -> None:
    """Chat with the running service as one person would, through the platform's real protocol.

    Type words, or /subscribe [scene], /scan scene, /click key, /voice words, /image, /unsubscribe.
    """
    settings = read_settings()
    account = account_of(settings, Platform(platform))
    if account is None:
        raise SettingsError(
            f"setting '{platform.upper()}_TOKEN': is empty; set it for both, here and for the service"
        )
    rehearsal = Rehearsal(account, url or f"http://{settings.host}:{settings.port}", person)
    for typed in terminal.typed_lines():
        reply = rehearsal.say(typed)
        terminal.say(reply if reply is not None else "(taken note of, no reply)")
