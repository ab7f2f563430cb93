"""`doctor`: what is wrong with this installation."""

import sys
from collections import Counter
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.commands import terminal
from bot.doctor.examination import examine
from bot.doctor.finding import State

_MARKS = {State.GOOD: "好　", State.ADVICE: "提醒", State.WRONG: "错　"}


@click.command("doctor")
@click.option("--problems", is_flag=True, help="leave out what is well")
def doctor(problems: bool) -> None:
    """Tell what is wrong with this installation, and what to do; exit status 1: it has to be mended."""
    counted: Counter[State] = Counter()
    for finding in examine(Path(".env"), SystemClock()):
        counted[finding.state] += 1
        if problems and finding.state is State.GOOD:
            continue
        terminal.say(f"{_MARKS[finding.state]}  {finding.thing}：{finding.said}")
        if finding.todo:
            terminal.say(f"      怎么办：{finding.todo}")
    terminal.say(f"{counted[State.WRONG]} 处错，{counted[State.ADVICE]} 处提醒")
    if counted[State.WRONG]:
        sys.exit(1)
