"""The line that says where a quote stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answering.attribution import source_line
from bot.policy.citation import cite
from bot.policy.document import Document, Genre
from bot.policy.library import Library


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({}, "《某某办法》第一条。效力未注明，请以原文为准"),  # nothing but the text is known
        (  # a policy with everything
            {
                "document_number": "民发〔2024〕5号",
                "issuers": ("民政部", "财政部"),
                "effective_on": date(2024, 7, 1),
                "source": "民政部网站",
            },
            "《某某办法》第一条（民发〔2024〕5号），民政部、财政部，来源：民政部网站。现行有效",
        ),
        (
            {"effective_on": date(2030, 1, 1)},
            "《某某办法》第一条。尚未施行，2030年1月1日起施行",
        ),  # adopted, not yet in force
        ({"expires_on": date(2020, 1, 1)}, "《某某办法》第一条。已经失效，有效期到2020年1月1日"),  # run out
        (  # a report says that it is one, and on what
            {"genre": Genre.NEWS, "issuers": ("民政部",), "reports_on": "某某细则", "source": "某报"},
            "据报道：《某某办法》第一条（报道的是民政部《某某细则》），来源：某报。效力未注明，请以原文为准",
        ),
    ],
)
def test_a_source_is_named_in_one_line(
    document: Callable[..., Document], known: dict[str, Any], line: str
) -> None:
    """What is unknown is left out, the force never."""
    source = replace(document("第一条 每人每月发给津贴。"), **known)
    library = Library.of([source])
    (clause,) = library.holdings[0].outline.clauses

    assert source_line(cite(library, clause, date(2026, 11, 23))) == line
