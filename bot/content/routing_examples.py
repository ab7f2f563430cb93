"""Examples of what people in danger say between the lines, `routing-examples.yaml`.

examples:                # by the name of an urgent rule of routing.yaml
  着火: [灶台火苗窜上来了]
ordinary: [火灾烧了家当怎么申请救济]     # what people say who are in no danger
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.content.finding import Finding
from bot.content.kind import Surroundings
from bot.content.lines import is_there, read_lines
from bot.content.routing import FILE as ROUTING_FILE
from bot.content.routing import read_routing
from bot.content.yaml_lines import read_numbered_yaml
from bot.errors import DocumentError
from bot.policy.lint.inspection import Severity
from bot.search.folding import Folding
from bot.search.meaning.likeness import ExampleCounts, KindGuess, Likeness

FILE = "routing-examples.yaml"

SURE = 1.0
"""Strength from which a message that asks about no rules is a cry for help. Of 963 examples, a fifth left out
at a time, 83 % got a number alone, by this or by a phrase, and 10 % in front of an answer; of 12,000 everyday
questions on clauses 0.8 and 1.9 %."""

CERTAIN = 1.5
"""The same where it asks about rules: 拿命换钱行不行."""

LIKELY = 0.0
"""Strength from which a number to call stands in front of the answer."""

CLEAR = 1.0
"""Lead of the likeliest kind of danger from which its own sentence is said; below, the line with all numbers.
Of examples that are left out and are SURE, the kind is right for 86 %, from this lead for 93 %."""

ORDINARY = -2.0
"""Strength up to which a message is no cry, whatever phrases it has: 自杀未遂的医疗费医保报吗. The number to
call stands in front of its answer. A whole message that is a saying is always one: 120."""

DOUBTFUL = -1.6
"""The same where a message does not say so plainly: 虐待 may be what somebody asks about."""

ASKING = -1.2
"""The same where a message asks something: 家里着火烧光了有救助吗. Of 63 cries that ask and have a phrase one
is below, of 430 everyday questions on clauses that have one 262."""


_NO_GUESS = KindGuess("", 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class RoutingExamples:
    """Examples of messages of people in danger. Without examples, no message is like them.

    Args:
        lines: the name of a rule → the line where its examples begin.
    """

    likeness: Likeness = field(default_factory=Likeness)
    lines: Mapping[str, int] = field(default_factory=dict)

    def likeliest(self, folded: str) -> KindGuess:
        """The kind of danger that a folded message is most like; strength 0 if there are no examples."""
        return self.likeness.likeliest(folded) or _NO_GUESS


_Example = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)]
_LIST = "一个清单，一行一句话，2 到 100 个字"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    examples: dict[_Example, tuple[_Example, ...]] = Field(
        description="routing.yaml 里一条的名字，下面一个清单，一行一句话"
    )
    ordinary: tuple[_Example, ...] = Field(description=_LIST, min_length=1)


def read_routing_examples(path: Path) -> RoutingExamples:
    """The examples of a file.

    Raises:
        DocumentError: the file is unusable.
    """
    file, line_of = read_numbered_yaml(read_lines(path), _File)
    fold = Folding().fold

    def folded(texts: tuple[str, ...]) -> list[str]:
        return ["".join(fold(text).split()) for text in texts]

    examples = {name: folded(texts) for name, texts in file.examples.items()}
    lines = {name: line_of["examples", name] for name in examples}
    return RoutingExamples(Likeness(ExampleCounts.of(examples, folded(file.ordinary))), lines)


def check_routing_examples(examples: RoutingExamples, around: Surroundings) -> Iterator[Finding]:
    """Findings on names that no urgent rule has: their examples have no effect."""
    path = around.knowledge / ROUTING_FILE
    try:
        rules = read_routing(path).rules if is_there(path) else ()
    except DocumentError:
        return  # its own check tells
    urgent = {rule.name for rule in rules if rule.is_urgent}
    for name, line in examples.lines.items():
        if name not in urgent:
            problem = f"“{name}”：routing.yaml 里没有这个名字的 urgent 一条，下面的例子不起作用"
            advice = "改成它里面的名字，或在那里加上这一条"
            yield Finding(around.knowledge / FILE, line, Severity.ERROR, "unknown-route", problem, advice)
