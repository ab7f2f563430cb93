"""The command line, `python -m bot`: its commands, and what happens where one goes wrong.

Exit status: 0 done, 1 something is wrong with the service or the knowledge, 2 the command was called wrongly.
"""

import sys

from bot.errors import BotError, SettingsError, not_installed

try:
    import click

    from bot.commands import (
        asking,
        backup,
        doctor,
        evaluation,
        exporting,
        intake,
        knowledge,
        maintenance,
        models,
        records,
        terminal,
        wechat,
    )
    from bot.logs import LogFormat, start_logging
    from bot.settings import read_settings
except ModuleNotFoundError as missing:
    sys.exit(f"error: {not_installed(missing)}")

COMMANDS = (
    asking.ask,
    asking.search,
    knowledge.check,
    knowledge.index,
    evaluation.evaluate,
    intake.import_files,
    intake.accept,
    exporting.export,
    models.embed,
    models.suggest_questions,
    records.forget,
    backup.backup,
    backup.restore_backup,
    doctor.doctor,
    maintenance.maintenance,
    wechat.wechat_menu,
    wechat.chat,
)


@click.group(commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """政策问答: quotes the clauses of policy documents that answer a question."""
    start_logging("WARNING", _log_format())


def _log_format() -> LogFormat:
    """How lines are logged. What is wrong with the settings is said by the command that needs them."""
    try:
        return read_settings().log_format
    except SettingsError:
        return "text"


def main() -> None:
    """Runs the command line; what is wrong is told in one line on standard error."""
    try:
        cli(prog_name="python -m bot")
    except BotError as error:
        terminal.complain(f"error: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
