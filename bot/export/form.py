"""The input of an export: a held document, the library around it, the day, the address of the site."""

from dataclasses import dataclass
from datetime import date

from bot.answering import attribution
from bot.errors import ExportError
from bot.markup import unwritable
from bot.policy.clause import Block, Clause
from bot.policy.document import Document
from bot.policy.holding import Holding
from bot.policy.library import Library


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A held document on a day. `site` is the address of the site without a slash at its end, or empty."""

    library: Library
    holding: Holding
    on: date
    site: str = ""

    @property
    def document(self) -> Document:
        """The document."""
        return self.holding.document

    @property
    def pieces(self) -> list[Clause | Block]:
        """Its clauses and blocks in text order."""
        outline = self.holding.outline
        pieces: list[Clause | Block] = [*outline.clauses, *outline.blocks]
        return sorted(pieces, key=lambda piece: piece.start)

    def text_of(self, piece: Clause | Block) -> str:
        """The words of a clause or block."""
        return self.document.text[piece.start : piece.end]

    @property
    def force(self) -> str:
        """The force of the document as a whole, in words."""
        document_id = self.document.document_id
        successors = self.library.successors(document_id, self.on)
        return attribution.document_force(self.library.validity[document_id], successors, self.on)

    def must_fit_xml(self) -> None:
        """Checks that XML can hold title and text.

        Raises:
            ExportError: it cannot.
        """
        if found := unwritable(self.document.title + self.document.text):
            problem = f"文件“{self.document.document_id}”：有 XML 写不了的字符 {found}；改正文，或换一种格式"
            raise ExportError(problem)
