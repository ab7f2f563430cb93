"""The exchanges that README shows are real."""

import re

import pytest

from bot.answering.question import Question
from bot.channels.service import Service
from bot.commands import terminal
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
EXCHANGES = re.findall(r"\$ python -m bot ask (\S+)\n(.*?)```", README, re.DOTALL)


def test_readme_shows_an_answer_a_correction_a_refusal_and_an_emergency() -> None:
    """What it answers stands before how to run it."""
    assert len(EXCHANGES) == 4
    assert README.index(EXCHANGES[-1][0]) < README.index("## 运行")


@pytest.mark.parametrize(("question", "shown"), EXCHANGES, ids=[question for question, _ in EXCHANGES])
def test_an_exchange_in_readme_is_what_the_service_says(
    service: Service, capsys: pytest.CaptureFixture[str], question: str, shown: str
) -> None:
    """Word for word, as far as it is shown."""
    terminal.show_answer(service.answerer.answer(Question(question)))

    assert capsys.readouterr().out.startswith(shown)
