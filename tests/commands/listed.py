"""Every command of the command line, by its name."""

import click

from bot.__main__ import cli

_CONTEXT = click.Context(cli)

COMMANDS: dict[str, click.Command] = {
    name: command for name in cli.list_commands(_CONTEXT) if (command := cli.get_command(_CONTEXT, name))
}
