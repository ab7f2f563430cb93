"""The formats of an export, and the code that writes each."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from bot.errors import ExportError
from bot.export.akoma_ntoso import akoma_ntoso_of
from bot.export.form import Exhibit
from bot.export.linked_data import linked_data
from bot.export.page import html_of
from bot.export.table import csv_of

TABLE_NAME = "政策库"
"""Name of the file that holds all documents."""


class File(NamedTuple):
    """A file that an export makes. Its content is made when it is asked for."""

    name: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format, with the ending of its files. A table holds all documents in one file."""

    suffix: str
    make: Callable[[Sequence[Exhibit]], bytes]
    is_table: bool = False

    def files(self, exhibits: Sequence[Exhibit]) -> Iterator[File]:
        """The files that documents are exported to, one for each or one for all."""
        groups = [exhibits] if self.is_table else [[exhibit] for exhibit in exhibits]
        for group in groups:
            name = group[0].document.document_id if len(group) == 1 else TABLE_NAME
            yield File(f"{name}{self.suffix}", partial(self.make, group))


def json_ld_of(exhibit: Exhibit) -> str:
    """JSON-LD as the document's page has it, with the whole text.

    Source: https://schema.org/text
    """
    node = linked_data(exhibit.library, exhibit.document, exhibit.on, exhibit.site)
    return json.dumps({**node, "text": exhibit.document.text}, ensure_ascii=False, indent=2) + "\n"


def _alone(make: Callable[[Exhibit], str]) -> Callable[[Sequence[Exhibit]], bytes]:
    """The function that makes the file of a single document."""

    def made(exhibits: Sequence[Exhibit]) -> bytes:
        (exhibit,) = exhibits
        return make(exhibit).encode()

    return made


def _docx(exhibits: Sequence[Exhibit]) -> bytes:
    (exhibit,) = exhibits
    made: bytes = _module("docx", "bot.export.word").docx_of(exhibit)
    return made


def _xlsx(exhibits: Sequence[Exhibit]) -> bytes:
    made: bytes = _module("xlsx", "bot.export.workbook").xlsx_of(exhibits)
    return made


def _module(name: str, module: str) -> ModuleType:
    """The module that writes a format. It is imported when needed: its package is optional."""
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        problem = f"格式“{name}”：没有装 {missing.name}；先运行 pip install -r requirements-export.txt"
        raise ExportError(problem) from None


FORMATS = {
    "html": ExportFormat(".html", _alone(html_of)),
    "jsonld": ExportFormat(".jsonld", _alone(json_ld_of)),
    "akn": ExportFormat(".akn.xml", _alone(akoma_ntoso_of)),
    "docx": ExportFormat(".docx", _docx),
    "csv": ExportFormat(".csv", lambda exhibits: csv_of(exhibits).encode(), is_table=True),
    "xlsx": ExportFormat(".xlsx", _xlsx, is_table=True),
}
"""What stands behind --to. Word and Excel need packages of their own."""
