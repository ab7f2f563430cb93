"""A document's text, divided into clauses and blocks.

Lines become paragraphs with the marks they open with (paragraphs, marks). The texts in it that are numbered
anew are told apart (texts, frame). The marks that make the best sequence open articles and items (sequence,
structure). What is too long to be quoted is cut (cutting).
"""

from bot.policy.clause import Block, Clause, Outline
from bot.policy.document import Document
from bot.policy.splitting.cutting import WHOLE, Cutter
from bot.policy.splitting.structure import structure_of


def split(document: Document, whole: int = WHOLE) -> Outline:
    """Clauses and blocks of a document, each in text order.

    The clauses are the articles 第…条; without articles the items 一、（一）1.（1）①; and every paragraph
    that stands under no number. Takes linear time.

    Args:
        document: its `title` tells the masthead from the text.
        whole: characters up to which an article or item is not cut.
    """
    cutter = Cutter(document, whole)
    clauses: list[Clause] = []
    blocks: list[Block] = []
    for part in structure_of(document):
        for piece in [part] if isinstance(part, Block) else cutter.pieces(part):
            if isinstance(piece, Clause):
                clauses.append(piece)
            else:
                blocks.append(piece)
    return Outline(tuple(clauses), tuple(blocks))
