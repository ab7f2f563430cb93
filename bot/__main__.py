"""The command line, `python -m bot`: its commands, and how their errors are shown.

Exit status: 0 done, 1 something is wrong with the service or the knowledge, 2 the command was called wrongly.
"""

import sys
from importlib import import_module

from bot.errors import BotError, SettingsError, not_installed, reason_of

try:
    import click

    from bot.commands import terminal
    from bot.logs import LogFormat, start_logging
    from bot.processes import collecting_seldom
    from bot.settings import read_settings
except ModuleNotFoundError as missing:
    sys.exit(f"error: {not_installed(missing)}")

COMMANDS = {
    "ask": "asking.ask",
    "search": "asking.search",
    "check": "knowledge.check",
    "index": "knowledge.index",
    "evaluate": "evaluation.evaluate",
    "import": "intake.import_files",
    "accept": "intake.accept",
    "export": "exporting.export",
    "embed": "models.embed",
    "suggest-questions": "models.suggest_questions",
    "forget": "records.forget",
    "backup": "backup.backup",
    "restore": "backup.restore_backup",
    "doctor": "doctor.doctor",
    "maintenance": "maintenance.maintenance",
    "wechat-menu": "wechat.wechat_menu",
    "chat": "wechat.chat",
}
"""Where each command stands in `bot.commands`."""


class Commands(click.Group):
    """The commands. Only the one that is called is imported: `ask` needs no web framework."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's own signature
        """Their names, as help shows them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(".")
        try:
            command: click.Command = getattr(import_module(f"bot.commands.{module}"), name)
        except ModuleNotFoundError as missing:
            sys.exit(f"error: {not_installed(missing)}")
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """政策问答: quotes the clauses of policy documents that answer a question."""
    start_logging("WARNING", _log_format())


def _log_format() -> LogFormat:
    """How lines are logged. If the settings are wrong, the command that needs them says so."""
    try:
        return read_settings().log_format
    except SettingsError:
        return "text"


def main() -> None:
    """Runs the command line. An error is told in one line on standard error."""
    try:
        with collecting_seldom():
            cli(prog_name="python -m bot")
    except BotError as error:
        terminal.complain(f"error: {error}")
        sys.exit(1)
    except OSError as error:
        if not error.filename:
            raise
        terminal.complain(f"错误：{error.filename}：{reason_of(error)}")
        sys.exit(1)


if __name__ == "__main__":
    main()
