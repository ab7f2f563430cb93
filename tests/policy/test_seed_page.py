"""The three shipped documents are the newspaper page they come from: all of it, once, and nothing else."""

import re
from collections.abc import Callable
from itertools import accumulate, groupby

import pytest

from bot.content.documents import read_document
from bot.policy.document import Document, Genre
from tests.conftest import KNOWLEDGE, SHARED

PAGE = SHARED / "seeds" / "000_bcdd2b9e74aeebaf.txt"
pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason=f"the page {PAGE} is not part of the project")

XIAMEN, JIANGSU, NINGXIA = "厦门社工人才奖金", "江苏社区服务规划", "宁夏五社联动"

BYLINES = {XIAMEN: "（据厦门市民政局）", JIANGSU: "■ 本报记者 皮磊", NINGXIA: "（据宁夏民政）"}
"""As printed. Only ■ and the brackets are not part of a `source`."""

LAYOUT = [
    (JIANGSU, 2),  # its lead opens the page, then its byline
    (XIAMEN, 7),  # six paragraphs and the byline
    (JIANGSU, 3),  # the rest of its body
    (XIAMEN, 1),  # headlines follow the bodies
    (JIANGSU, 1),
    (NINGXIA, 6),  # four paragraphs, the byline, the headline
]
"""Whose the pieces of the page are, from its top to its end."""


@pytest.fixture(scope="module")
def page() -> str:
    """The page as extracted, with its line breaks and blanks."""
    return PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """The three documents as shipped."""
    return [read_document(KNOWLEDGE / "policies" / f"{name}.md") for name in BYLINES]


def blankless(text: str) -> str:
    return re.sub(r"\s", "", text)


def pieces_of(document: Document) -> list[str]:
    """What a document takes from the page, as printed but without blanks: paragraphs, byline, headline."""
    printed = [*document.text.split("\n"), BYLINES[document.document_id], document.title]
    return [blankless(piece) for piece in printed]


def test_the_page_is_the_pieces_of_the_documents_laid_end_to_end(
    page: str, documents: list[Document]
) -> None:
    """Each paragraph, byline and headline is one slice of the page; together they are the page."""
    printed = blankless(page)
    pieces = [piece for document in documents for piece in pieces_of(document)]

    assert [1] * len(pieces) == [printed.count(piece) for piece in pieces]
    assert "".join(sorted(pieces, key=printed.index)) == printed


def test_a_source_is_the_byline_without_its_sign_or_brackets(documents: list[Document]) -> None:
    """Nothing of the page vanishes but ■ and the brackets around （据…）."""
    for document in documents:
        assert document.source == BYLINES[document.document_id].strip("■ （）")


def test_every_piece_is_made_of_whole_lines(page: str, documents: list[Document]) -> None:
    """A paragraph never begins or ends within a line of the page, and ends with a full stop."""
    printed = blankless(page)
    line_ends = {0, *accumulate(len(blankless(line)) for line in page.split("\n"))}

    for document in documents:
        for piece in pieces_of(document):
            start = printed.index(piece)
            assert {start, start + len(piece)} <= line_ends, piece
        assert all(paragraph.endswith("。") for paragraph in document.text.split("\n"))


def test_interleaved_articles_are_sorted_out(page: str, documents: list[Document]) -> None:
    """Each piece belongs to its own article, and stands there in the order of the page."""
    printed = blankless(page)
    owner = {piece: document.document_id for document in documents for piece in pieces_of(document)}
    in_order = sorted(owner, key=printed.index)

    assert [(name, len(list(run))) for name, run in groupby(owner[piece] for piece in in_order)] == LAYOUT
    for document in documents:
        own = [piece for piece in in_order if owner[piece] == document.document_id]
        paragraphs = [blankless(paragraph) for paragraph in document.text.split("\n")]
        assert paragraphs == [piece for piece in own if piece in paragraphs]


def test_a_headline_of_two_lines_is_joined_with_one_blank(page: str, documents: list[Document]) -> None:
    """The blank in a title stands where the line of the headline broke."""
    for document in documents:
        assert f"\n{document.title.replace(' ', chr(10))}\n" in page
        assert document.title.count(" ") == 1


def test_the_only_blank_of_a_text_is_the_one_within_a_title(documents: list[Document]) -> None:
    """Blanks and breaks of typesetting are gone; the one that the Opinions' own title holds is kept."""
    blanks = [
        document.text[found.start() - 2 : found.end() + 2]
        for document in documents
        for found in re.finditer(r"[^\S\n]", document.text)
    ]

    assert blanks == ["机制 创新"]
    assert sum("《关于完善“五社联动”机制 创新基层治理的指导意见》" in d.text for d in documents) == 1


ABSENT: list[tuple[str, Callable[[Document], object]]] = [
    # 日前 and 近日 are no dates
    ("dates", lambda d: d.signed_on or d.published_on or d.effective_on or d.expires_on),
    # the page prints none
    ("document number", lambda d: d.document_number),
    ("contact", lambda d: d.contact),
    ("address", lambda d: d.source_url),
    # 在原有…政策基础上 does not say that a document is repealed
    ("superseded documents", lambda d: d.supersedes),
]


@pytest.mark.parametrize(("what", "known"), ABSENT, ids=[what for what, _ in ABSENT])
def test_front_matter_says_nothing_the_page_does_not(
    what: str, known: Callable[[Document], object], documents: list[Document]
) -> None:
    """What the page leaves open stays open."""
    assert not any(known(document) for document in documents), what


def test_front_matter_repeats_words_of_its_text(documents: list[Document]) -> None:
    """Issuer, place, audience and the reported document are named in the very text, which is news."""
    for document in documents:
        assert document.genre is Genre.NEWS
        assert f"《{document.reports_on}》" in document.text
        assert document.issuers
        assert document.jurisdiction
        place = re.split("(?<=省)(?=.)", document.jurisdiction)[-1]
        for word in (place, *document.issuers, *document.audience):
            assert word in document.text
