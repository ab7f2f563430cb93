"""What is exported: every character of a text, in the structure that each format has."""

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given

from bot.content.library import load_library
from bot.errors import ExportError
from bot.export.akoma_ntoso import akoma_ntoso_of
from bot.export.form import Exhibit
from bot.export.formats import FORMATS, json_ld_of
from bot.export.page import html_of
from bot.export.table import COLUMNS, csv_of
from bot.markup import read_xml
from bot.policy.document import Document, Genre
from bot.policy.library import Library
from tests.conftest import KNOWLEDGE, ROOT
from tests.policy.test_splitting_invariants import LINES, Line, made_of, repeatably

DAY = date(2026, 11, 23)
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.txt"))
SHIPPED = load_library(KNOWLEDGE)
MEASURES = (ROOT / "tests" / "golden" / "青石市临时救助办法.txt").read_text("utf-8")
_RULE = re.compile(r"^[\s#>]*\|[|\s:：]*-[|\s:：-]*$", re.MULTILINE)


def exhibit_of(document: Document, site: str = "") -> Exhibit:
    """A document that is held alone."""
    library = Library.of([document])
    return Exhibit(library, library.holdings[0], DAY, site)


def letters(text: str) -> str:
    """A text without blanks."""
    return re.sub(r"[\s\u200b\u2060\ufeff]", "", text)


def tableless(text: str) -> str:
    """A text without blanks, and without the signs that draw its tables."""
    return letters(_RULE.sub("", text)).replace("|", "")


class Words(HTMLParser):
    """The words of the text in a page, and the ids in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.ids = "", list[str]()
        self.feed(page.split("<main>")[1].split("</main>", maxsplit=1)[0])

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]


def words_of(root: Element) -> str:
    """What a reader reads of an Akoma Ntoso document."""
    return letters("".join("".join(part.itertext()) for part in root[0] if part.tag != f"{AKN}meta"))


def is_in_each_format(document: Document) -> None:
    """Every character but blanks is in each export, in text order; the table repeats headings."""
    exhibit = exhibit_of(document)
    text = letters(document.text)

    page = Words(html_of(exhibit))
    assert tableless(page.text) == tableless(document.text)
    assert page.ids == [clause.anchor for clause in exhibit.holding.outline.clauses]

    xml = read_xml(akoma_ntoso_of(exhibit))
    assert words_of(xml) == text
    eids = [found for node in xml.iter() if (found := node.get("eId"))]
    assert len(set(eids)) == len(eids)
    assert_order(xml)

    assert json.loads(json_ld_of(exhibit))["text"] == document.text

    rows = list(csv.DictReader(io.StringIO(csv_of([exhibit]).removeprefix("\ufeff"), newline="")))
    held = "\n".join(row["内容"] + "\n" + row["所在章节"] for row in rows)
    for piece in exhibit.pieces:
        assert exhibit.text_of(piece) in held


def assert_order(node: Element) -> None:
    """The content model of Akoma Ntoso: number, heading, then content, or an intro and what is held."""
    tags = [child.tag.removeprefix(AKN) for child in node]
    tag = node.tag.removeprefix(AKN)
    if tag in ("act", "doc"):
        assert re.fullmatch(r"meta (preface )?(body|mainBody)( conclusions)?", " ".join(tags))
    elif tag in ("body", "mainBody"):
        assert tags
        assert not {"p", "content", "intro"} & set(tags)
    elif tag in ("content", "intro", "preface", "conclusions"):
        assert set(tags) == {"p"}
    elif node.get("eId") and tag != "TLCOrganization":
        held = r"\w+( (?!num|heading|intro|content)\w+)*"
        assert re.fullmatch(rf"(num )?(heading )?(content|(intro )?{held})", " ".join(tags))
    for child in node:
        assert_order(child)


@repeatably
@given(LINES)
def test_every_character_of_any_text_is_in_each_format(lines: list[Line]) -> None:
    """However strange its numbers, tables, quotations and annexes are."""
    document = made_of(lines)
    if "\ufffe" not in document.text and "\uffff" not in document.text:
        is_in_each_format(document)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_character_of_a_real_layout_is_in_each_format(path: Path) -> None:
    """Chapters, sections, annexes, items."""
    is_in_each_format(Document(path.stem, path.stem, path.read_text("utf-8")))


@pytest.mark.parametrize("holding", SHIPPED.holdings, ids=lambda holding: holding.document.document_id)
def test_every_character_of_a_shipped_document_is_in_each_format(holding: object) -> None:
    """With its front matter."""
    document = holding.document  # type: ignore[attr-defined]
    is_in_each_format(document)


def test_akoma_ntoso_has_chapters_articles_points_and_annexes_with_their_eids() -> None:
    """Named by the naming convention; articles are counted through the chapters, and anew in an annex."""
    xml = read_xml(akoma_ntoso_of(exhibit_of(Document("办法", "青石市临时救助办法", MEASURES))))
    found = {node.get("eId"): node for node in xml.iter() if node.get("eId")}

    assert found["chp_2__sec_1"].tag == f"{AKN}section"
    assert found["chp_2__sec_1"].findtext(f"{AKN}heading") == "救助对象"
    assert found["art_5-1"].findtext(f"{AKN}num") == "第五条之一"
    assert found["art_4__para_1__point_1"].findtext(f"{AKN}num") == "（一）"
    assert "art_5__point_1" not in found, "一、二级残疾人 are grades"
    assert found["annex_2"].findtext(f"{AKN}heading") == "文书格式"
    assert found["annex_1"].get("name") == "annex"
    assert found["annex_1__art_2"].findtext(f".//{AKN}p") == "审核意见应当公示三日。"
    assert found["art_4"] in list(found["chp_2__sec_1"])


def test_a_paragraph_of_an_article_is_an_element() -> None:
    """第二款 is para_2, and its items are below it."""
    text = "第一条　甲。\n第二条　乙。\n有下列情形的：\n（一）丙；\n1.丁；\n（二）戊。\n己。"
    xml = read_xml(akoma_ntoso_of(exhibit_of(Document("办法", "办法", text))))
    eids = [node.get("eId") for node in xml.iter() if (node.get("eId") or "").startswith("art_2")]

    assert eids == [
        "art_2",
        "art_2__para_1",
        "art_2__para_2",
        "art_2__para_2__point_1",
        "art_2__para_2__point_1__indent_1",
        "art_2__para_2__point_2",
        "art_2__para_3",
    ]


def test_a_news_report_is_no_act_and_its_issuers_did_not_write_it() -> None:
    """It is a doc; who published it is its author."""
    news = Document("报", "新政", "今日发布。", issuers=("某局",), genre=Genre.NEWS, source="某报")
    xml = read_xml(akoma_ntoso_of(exhibit_of(news)))

    assert xml[0].tag == f"{AKN}doc"
    assert {node.get("href") for node in xml.iter(f"{AKN}FRBRauthor")} == {"#editor"}
    assert [node.get("showAs") for node in xml.iter(f"{AKN}TLCOrganization")] == ["某报"]


def test_a_character_that_xml_cannot_hold_is_named() -> None:
    """It is neither dropped nor written."""
    with pytest.raises(ExportError, match=r"文件“坏”：有 XML 写不了的字符 U\+FFFE"):
        akoma_ntoso_of(exhibit_of(Document("坏", "坏", "甲\ufffe乙。")))


def test_a_page_needs_no_network_and_escapes_what_it_shows() -> None:
    """No script, no address that a browser would load."""
    text = "第一条　<script>甲</script>\n| 年龄 | 金额 |\n| 80 | 100 |"
    page = html_of(exhibit_of(Document("办法", "<b>办法", text)))

    assert "<script" not in page
    assert "<title>&lt;b&gt;办法</title>" in page
    assert not re.search(r"<(link|img|iframe)|src=|url\(|@import", page)
    assert "<td>年龄</td><td>金额</td>" in page


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    """UTF-8 with its mark; a cell that would be a formula is text; a row says where it comes from."""
    text = "第一章　总则\n第一条　甲。\n第二条　乙。"
    formula = Document(
        "办法", "=1+1", text, issuers=("甲局", "乙局"), document_number="甲发〔2024〕5号", audience=("老人",)
    )
    written = csv_of([exhibit_of(formula, "https://example.org")])
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline="")))

    assert written.startswith("\ufeff标题,条款,")
    assert tuple(rows[0]) == COLUMNS
    row = next(row for row in rows if row["条款"] == "第二条")
    assert row["标题"] == "'=1+1"
    assert (row["所在章节"], row["内容"]) == ("第一章　总则", "第二条　乙。")
    assert (row["发文机关"], row["发文字号"]) == ("甲局、乙局", "甲发〔2024〕5号")
    assert row["效力"].startswith("效力未注明")
    assert row["出处"] == "《=1+1》第二条（甲发〔2024〕5号），甲局、乙局。"
    assert row["关键词"].endswith("老人")
    assert re.fullmatch(r"https://example\.org/c/.+\?v=[0-9a-f]{8}", row["链接"])


def test_every_format_makes_files_of_the_shipped_documents() -> None:
    """One for each document, or one for all."""
    exhibits = [Exhibit(SHIPPED, holding, DAY) for holding in SHIPPED.holdings]
    for form in FORMATS.values():
        files = list(form.files(exhibits))
        assert len(files) == (1 if form.is_table else len(exhibits))
        assert all(file.content() for file in files)
