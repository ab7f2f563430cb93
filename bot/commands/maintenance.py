"""`maintenance`: the notice that the service is being worked on, without a restart."""

import click

from bot.commands import terminal
from bot.maintenance import maintenance_of
from bot.settings import read_settings


@click.command("maintenance")
@click.argument("state", type=click.Choice(["on", "off"]), required=False)
def maintenance(state: str | None) -> None:
    """Answer questions with a maintenance notice, or answer them again; without STATE: say which."""
    notice = maintenance_of(read_settings())
    if state:
        notice.switch(on=state == "on")
    terminal.say(f"maintenance={'on' if notice.is_on() else 'off'}")
    if state == "off" and notice.is_on():
        terminal.say("MAINTENANCE=1 is set; take it out and restart")
