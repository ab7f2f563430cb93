"""`forget`: deletes old records."""

from dataclasses import asdict
from datetime import timedelta

import click

from bot.clock import SystemClock
from bot.commands import terminal
from bot.records.address import database_at
from bot.records.sql import SqlRecords
from bot.settings import read_settings


@click.command("forget")
@click.option(
    "--older-than", "days", type=click.IntRange(0, 36500), metavar="DAYS", help="[default: RETENTION_DAYS]"
)
def forget(days: int | None) -> None:
    """Delete what the records have kept for more than DAYS."""
    settings, clock = read_settings(), SystemClock()
    kept = SqlRecords(database_at(settings.database_url, settings.data_dir), clock)
    age = timedelta(days=settings.retention_days if days is None else days)
    forgotten = kept.forget_before(clock.now() - age)
    terminal.say(" ".join(f"{kind}={count}" for kind, count in asdict(forgotten).items()))
