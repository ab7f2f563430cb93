"""From the text of a file to drafts: what is guessed, from where, and what a person must look at."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.documents import read_document
from bot.intake.draft import Draft, distinct_id
from bot.intake.draft_files import DraftFolder, Origin
from bot.intake.importing import drafts_of
from bot.intake.reading.plain_text import read_text
from bot.policy.jurisdiction import Gazetteer

GAZETTEER = Gazetteer()
TODAY = date(2026, 11, 23)

NOTICE = """\
厦门市民政局文件
厦民〔2024〕5号
厦门市民政局关于印发《厦门市高龄
津贴发放办法》的通知
各区民政局：
现将《厦门市高龄津贴发放办法》印发给你们，请遵照执行。
厦门市民政局
2024年6月12日
厦门市高龄津贴发放办法
第一条　为了发放津贴，制定本办法。
第二条　年满八十周岁的老年人可以申领。
第三条　本办法自2024年7月1日起施行，有效期5年。
"""


def drafts(text: str) -> list[Draft]:
    """The drafts of a text file."""
    return drafts_of(read_text(text.encode(), "a.txt"), GAZETTEER)


def test_a_notice_and_the_measures_that_it_issues_are_two_drafts() -> None:
    """The measures have the number, issuer and day of the notice, and name it as their source."""
    notice, measures = (draft.document for draft in drafts(NOTICE))

    assert notice.title == "厦门市民政局关于印发《厦门市高龄津贴发放办法》的通知"
    assert "《厦门市高龄津贴发放办法》" in notice.text
    assert (measures.title, measures.genre) == ("厦门市高龄津贴发放办法", "measures")
    assert measures.source == f"《{notice.title}》（厦民〔2024〕5号）"
    for document in (notice, measures):
        assert document.issuers == ("厦门市民政局",)
        assert document.document_number == "厦民〔2024〕5号"
        assert document.jurisdiction == "福建省厦门市"
        assert document.signed_on == date(2024, 6, 12)
    assert (measures.effective_on, measures.expires_on) == (date(2024, 7, 1), date(2029, 6, 30))


def test_every_guess_says_where_it_was_read() -> None:
    """The place in the file, and its words."""
    guess = drafts(NOTICE)[0].guesses["document_number"]

    assert (guess.place, guess.words, guess.doubt) == ("第2行", "厦民〔2024〕5号", "")


ORDER = """\
中华人民共和国国务院令
第 649 号
《社会救助暂行办法》已经2014年2月19日国务院第40次常务会议通过，现予公布，自2014年5月1日起施行。
总理　李克强
2014年2月21日
社会救助暂行办法
第一章　总　则
第一条　为了加强社会救助，制定本办法。
第二条　本办法自2014年5月1日起施行。
"""


def test_an_order_stands_above_the_text_that_it_publishes() -> None:
    """The title is that of the text; number, issuer and day are those of the order."""
    (document,) = (draft.document for draft in drafts(ORDER))

    assert document.title == "社会救助暂行办法"
    assert (document.document_number, document.issuers) == ("国务院令第649号", ("国务院",))
    assert (document.published_on, document.effective_on) == (date(2014, 2, 21), date(2014, 5, 1))
    assert document.jurisdiction == "全国"


HEADS = [
    # offices apart by a blank, in the title
    ("民政部 财政部关于加强救助的通知\n各省：\n一、甲。\n二、乙。", {"issuers": ("民政部", "财政部")}),
    # signed by two, below the body
    (
        "关于加强救助的通知\n一、甲。\n二、乙。\n民政部　财政部\n2023年1月5日",
        {"issuers": ("民政部", "财政部"), "signed_on": date(2023, 1, 5)},
    ),
    # the history in brackets
    (
        "志愿服务条例\n（2017年8月22日国务院令第685号公布）\n第一条　甲。\n第二条　自2017年12月1日起施行。",
        {"issuers": ("国务院",), "published_on": date(2017, 8, 22), "document_number": "国务院令第685号"},
    ),
    # spaced out, full-width brackets of another kind
    ("公　告\n民政部公告 [2021] 第 3 号\n一、甲。\n二、乙。", {}),
    # the number in other brackets, with blanks
    ("青石市发展规划\n青政发[2024] 7 号\n一、甲。\n二、乙。", {"document_number": "青政发〔2024〕7号"}),
    # the number beside the name of who signs
    (
        "青石市民政局文件\n青民〔2024〕7号　　　签发人：李某某\n关于加强救助的报告\n"
        "市政府：\n一、甲。\n二、乙。",
        {"document_number": "青民〔2024〕7号", "title": "关于加强救助的报告"},
    ),
    # the office below the title, number and day in brackets
    (
        "救助实施细则（试行）\n国家医疗保障局\n（医保发〔2023〕18号　2023年12月1日）\n"
        "第一条　甲。\n第二条　乙。",
        {"title": "救助实施细则（试行）", "issuers": ("国家医疗保障局",), "signed_on": date(2023, 12, 1)},
    ),
    # a day in Chinese numerals
    (
        "关于加强救助的意见\n一、甲。\n二、乙。\n民政部\n二〇二三年十一月五日",
        {"signed_on": date(2023, 11, 5)},
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADS, ids=lambda value: str(value)[:20])
def test_heads_as_offices_print_them(text: str, expected: dict[str, object]) -> None:
    """Each row a way to print the frame."""
    document = drafts(text)[0].document

    assert {key: getattr(document, key) for key in expected} == expected


def test_a_lost_article_is_warned_of_with_its_line() -> None:
    """第七条 was skipped by whoever typed it."""
    text = "救助办法\n" + "\n".join(f"第{number}条　甲。" for number in "一二三四五六八")

    (warning,) = [each for each in drafts(text)[0].warnings if "缺第七条" in each.what]

    assert warning.at == 7


def test_several_texts_in_one_file_are_taken_apart_and_doubted() -> None:
    """About thirty rules stood in one file."""
    one = "第一章　总则\n第一条　甲。\n第二条　乙。\n"
    found = drafts(f"青石市救助办法\n{one}青石市补贴办法\n{one}")

    assert [draft.document.title for draft in found] == ["青石市救助办法", "青石市补贴办法"]
    assert any("2 份文件" in warning.what for warning in found[0].warnings)


def test_an_annex_stays_with_its_text() -> None:
    """It has articles of its own, and is no document."""
    text = "青石市救助办法\n第一条　甲。\n第二条　乙。\n附件1\n救助标准细则\n第一条　丙。\n第二条　丁。\n"

    assert len(drafts(text)) == 1


def test_a_draft_reads_as_a_document_and_its_review_lists_everything(tmp_path: Path) -> None:
    """Both files; the document is as `accept` will take it."""
    draft = drafts(NOTICE)[1]
    path = DraftFolder(tmp_path).write(draft, Origin("通知.docx", "0" * 64, "文本", TODAY))

    assert read_document(path) == draft.document
    review = (tmp_path / f"{path.stem}.review.yaml").read_text("utf-8")
    assert '  file: "通知.docx"' in review
    assert 'effective_on: {value: "2024-07-01", place: "第三条"' in review
    assert DraftFolder(tmp_path).made_from("0" * 64) == [path.stem]


def test_ids_do_not_collide() -> None:
    """The next one gets a number."""
    assert distinct_id("办法", ["办法", "办法-2"]) == "办法-3"
