"""A document's text, divided into clauses and blocks.

1. lines, marks: the lines of the text, each with the number that it may open with.
2. texts, frame: where one text ends and another begins; masthead, contents, imprint.
3. sequence, units, structure: which numbers open articles and items; these make a tree.
4. cutting: a piece that is too long to be quoted is cut.
"""

from bot.policy.anchor import Kind
from bot.policy.article import Article
from bot.policy.clause import Block, Clause, Outline
from bot.policy.document import Document
from bot.policy.splitting.cutting import WHOLE, Cutter
from bot.policy.splitting.structure import TopUnit, structure_of


def split(document: Document, whole: int = WHOLE) -> Outline:
    """Clauses, blocks and articles of a document, each in text order. Takes linear time.

    Clauses are the articles 第…条. In a text without articles they are the items 一、（一）1.（1）①. A 段
    under no number is a clause too.

    Args:
        document: its `title` tells the masthead from the text.
        whole: characters; a longer article or item is cut.
    """
    cutter = Cutter(document, whole)
    clauses: list[Clause] = []
    blocks: list[Block] = []
    articles: list[Article] = []
    for part in structure_of(document):
        if isinstance(part, TopUnit) and part.unit.kind is Kind.ARTICLE:
            articles.append(part.unit.article(part.position.anchor))
        for piece in [part] if isinstance(part, Block) else cutter.pieces(part):
            if isinstance(piece, Clause):
                clauses.append(piece)
            else:
                blocks.append(piece)
    return Outline(tuple(clauses), tuple(blocks), tuple(articles))
