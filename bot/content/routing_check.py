"""The findings of `check` in the routing: questions of ours that would get a sentence instead of a clause."""

from collections.abc import Iterator

from bot.content.finding import Finding
from bot.content.kind import Surroundings
from bot.content.known_questions import load_question_rows
from bot.content.lines import is_there
from bot.content.routing import FILE, Routing
from bot.content.topics import FILE as TOPICS_FILE
from bot.content.topics import read_topics
from bot.errors import DocumentError
from bot.policy.lint.inspection import Severity


def check_routing(routing: Routing, around: Surroundings) -> Iterator[Finding]:
    """Findings on questions of menus, and known questions, that fit a rule."""
    for question in dict.fromkeys(_questions(around)):
        rule = routing.urgent_rule(question) or routing.rule(question)
        if rule:
            said = f"“{question}”是菜单或问法里的问题，却会被“{rule.name}”接走，查不到条文"
            path = around.knowledge / FILE
            yield Finding(
                path, rule.line, Severity.WARNING, "routed-question", said, "在 unless 里加上它的说法"
            )


def _questions(around: Surroundings) -> Iterator[str]:
    path = around.knowledge / TOPICS_FILE
    try:
        topics = read_topics(path) if is_there(path) else ()
    except DocumentError:
        topics = ()  # its own check tells
    for topic in topics:
        yield from topic.questions
    for row in load_question_rows(around.knowledge).value:
        yield from row.similar
