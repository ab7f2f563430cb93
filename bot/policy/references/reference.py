"""References: the clause or document that a mention leads to, or what is wrong with the mention."""

from dataclasses import dataclass

from bot.policy.anchor import ArticleKey
from bot.policy.clause import Clause
from bot.policy.references.articles import Structure
from bot.policy.references.mentions import Mention


@dataclass(frozen=True, slots=True)
class Reference:
    """`clause.text[start:end]` refers to a clause, or to a document as a whole.

    Document as a whole: `clause_id` is None. Dead reference: both ids are None, and `problem` says what the
    text lacks; `elsewhere` is set if that is another text. Open reference: both ids and `problem` are None;
    the text is not held, or the words do not tell which text is meant.
    """

    start: int
    end: int
    document_id: str | None = None
    clause_id: str | None = None
    problem: str | None = None
    elsewhere: bool = False


def open_reference(mention: Mention) -> Reference:
    """The text is not held, or nobody can tell which one is meant."""
    return Reference(mention.start, mention.end)


def dead_reference(mention: Mention, problem: str) -> Reference:
    """The text is held and lacks the place. `problem` is Chinese, for the person who checks the text."""
    return Reference(mention.start, mention.end, problem=problem)


def to_clause(mention: Mention, clause: Clause) -> Reference:
    """The mention means a clause."""
    return Reference(mention.start, mention.end, clause.document_id, clause.clause_id)


def to_place(mention: Mention, structure: Structure, key: ArticleKey) -> Reference:
    """The mention means its 款 and 项 in an article, or the article as a whole.

    A 项 without its 款 is in the first 款 that has 项.
    """
    article = structure.articles.get(key)
    if article is None:
        is_known = structure.is_whole and not (structure.is_divided and not key.division)
        return dead_reference(mention, "没有这一条") if is_known else open_reference(mention)
    place, paragraphs = mention.place, article.paragraphs
    if (place.paragraph or 1) > len(paragraphs):
        return dead_reference(mention, f"这一条只有{len(paragraphs)}款")
    chosen = paragraphs[(place.paragraph or 1) - 1]
    if place.subparagraph is None:
        return to_clause(mention, structure.clause_at(chosen.start))
    if place.paragraph is None:
        chosen = next((each for each in paragraphs if each.subparagraphs), chosen)
    for subparagraph in chosen.subparagraphs:
        if subparagraph.number == place.subparagraph:
            return to_clause(mention, structure.clause_at(subparagraph.start))
    if chosen.subparagraphs and not structure.prints(article, place.subparagraph):
        return dead_reference(mention, f"那里只有{len(chosen.subparagraphs)}项")
    return to_clause(
        mention, structure.clause_at(chosen.start)
    )  # its 项 have no numbers, or stand in one line
