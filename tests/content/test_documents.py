"""Document files: what is broken is named with its line and a way out, what is sound is read."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from bot.content.documents import read_document
from bot.errors import DocumentError
from bot.policy.document import Document, Genre

Reads = Callable[..., Document]


@pytest.fixture
def read(tmp_path: Path) -> Reads:
    """Reads the document of a file with the given bytes."""

    def read_bytes(content: bytes, stem: str = "某某办法") -> Document:
        path = tmp_path / f"{stem}.md"
        path.write_bytes(content)
        return read_document(path)

    return read_bytes


def front(*lines: str, text: str = "正文。\n") -> bytes:
    """A file with the given lines of front matter; the first of them is line 2."""
    return "\n".join(["---", *lines, "---", text]).encode()


BROKEN = [
    # --- encoding ---
    # what Notepad on a Chinese Windows once saved; the first Han character stands on line 2
    (front("title: 某某办法").decode().encode("gb18030"), 2, "编码：是 GB18030，不是 UTF-8；另存为 UTF-8"),
    # cut in the middle of a character, and no other encoding either
    (front("title: 某某办法", text="正\xff")[:-1] + b"\xff", 4, "编码：不是 UTF-8；另存为 UTF-8"),
    # UTF-16 begins with bytes that no other encoding has
    (front("title: 某某办法").decode().encode("utf-16"), 1, "编码：不是 UTF-8；另存为 UTF-8"),
    # --- front matter as a whole ---
    # an empty file
    (b"", 1, "说明：没有写；文件第一行写 ---"),
    # only a text
    ("第一条　甲。\n".encode(), 1, "说明：没有写；文件第一行写 ---"),
    # a blank line above it
    (b"\n" + front("title: 甲"), 1, "说明：没有写；文件第一行写 ---"),
    # never closed: the last line is named
    ("---\ntitle: 甲\n正文。".encode(), 3, "说明：没有结尾；写完各个键，加一行 ---"),
    # no keys at all: the first that is needed is named
    (front("- 甲", "- 乙"), 2, "内容：不是一行一个键；写成“title: …”这样的行"),
    (front(), 2, "内容：不是一行一个键；写成“title: …”这样的行"),
    # YAML's own errors: a bracket left open, a colon inside a value
    (front("title: 甲", "issuers: [民政部"), 3, "内容：方括号没有成对；把带 : [ ] { } # * 或引号的值"),
    (front("genre: news", "title: 解读: 新政"), 3, "内容：值里有冒号；把带 : [ ] { } # * 或引号的值放进引号"),
    # a tab where YAML wants blanks
    (front("title: 甲", "\tgenre: news"), 3, "内容：行首是制表符，不是空格；"),
    # nested so deep that no one wrote it by hand
    (front("title: " + "[" * 1000), 2, "内容：套得太深；"),
    # a value that holds itself
    (front("title: 甲", "issuers: &a [*a]"), 3, "内容：有 * 开头的值；把带"),
    # --- keys ---
    # an input method left in Chinese
    (front("title: 甲", "genre：news"), 3, "键“genre”：冒号是全角的“：”；写成“genre: ”"),
    # no blank behind the colon: YAML would take the line for a part of the value
    (front("title:甲", "genre: news"), 2, "键“title”：冒号后面没有空格；写成“title: ”"),
    # a slip of the pen
    (front("title: 甲", "isuers: [乙]"), 3, "键“isuers”：没有这个键；是不是 issuers？可以写的有 title、"),
    (front("titel: 甲"), 2, "键“titel”：没有这个键；是不是 title？"),
    # a key that only the service may tell
    (front("title: 甲", "legal_force: in_force"), 3, "键“legal_force”：没有这个键；可以写的有 title、"),
    # pasted twice; YAML alone would keep the last
    (front("title: 甲", "genre: news", "title: 乙"), 4, "键“title”：写了两次；留一个"),
    # the one key that must be there
    (front("genre: news"), 1, "键“title”：没有写；写标题，照印"),
    # --- values ---
    # given, but empty
    (front("title:"), 2, "title：是空的；写标题，照印"),
    (front("title: '  '"), 2, "写标题，照印"),
    # a genre in Chinese
    (front("title: 甲", "genre: 通知"), 3, "genre“通知”：这样写不行；写其中一个：law、"),
    # the most natural mistake: one issuer, no brackets
    (
        front("title: 甲", "issuers: 民政部"),
        3,
        "issuers“民政部”：不是清单；写一个清单，如 [民政部, 财政部]",
    ),
    # a list with an empty place
    (front("title: 甲", "audience: [老年人, '']"), 3, "audience第 2 项：是空的；写一个清单，如 [老年人]"),
    # dates: as printed, without dashes, with a time, short, and of a day that never was
    (front("title: 甲", "signed_on: 2024年6月12日"), 3, "不是日期；写一个日期，如 2024-06-12，没有"),
    (front("title: 甲", "signed_on: 20240612"), 3, "不是日期；写一个日期，如 2024-06-12，没有"),
    (
        front("title: 甲", "effective_on: 2024-06-12 08:00:00"),
        3,
        "不是日期；写一个日期，如 2024-06-12，没有",
    ),
    (front("title: 甲", "expires_on: 2024-6-1"), 3, "不是日期；写一个日期，如 2024-06-12，没有"),
    (
        front("title: 甲", "genre: news", "published_on: 2023-02-29"),
        4,
        "没有这一天；写一个日期，如",
    ),
    # an address without its scheme
    (
        front("title: 甲", "source_url: www.mca.gov.cn"),
        3,
        "source_url“www.mca.gov.cn”：这样写不行；写以 http:// 或 https:// 开头的网址，没有就写 null",
    ),
    # --- text ---
    # nothing below the front matter, or only blanks, full-width ones among them
    (front("title: 甲", text=""), 3, "正文：没有写；写在第二行 --- 下面"),
    (front("title: 甲", text="\n  \n　\n"), 3, "正文：没有写；写在第二行 --- 下面"),
    # what copying out of a PDF leaves behind: a form feed, a NUL, a backspace
    (front("title: 甲", text="正文。\n\f第二页"), 5, "控制字符“U+000C”：不是文字；删去"),
    (front("title: 甲\0"), 2, "控制字符“U+0000”：不是文字；删去"),
    (front("title: 甲", text="正\b文。"), 4, "控制字符“U+0008”：不是文字；删去"),
    # the same, hidden in one of YAML's escapes
    (front('title: "甲\\0"'), 2, "写标题，照印"),
]


@pytest.mark.parametrize(("content", "line", "words"), BROKEN, ids=[words[:40] for *_, words in BROKEN])
def test_a_broken_file_is_named_with_its_line_and_a_way_out(
    content: bytes, line: int, words: str, read: Reads, tmp_path: Path
) -> None:
    """A clerk who sees only the message can mend the file."""
    with pytest.raises(DocumentError) as caught:
        read(content)

    message = str(caught.value)
    assert message.startswith(f"{tmp_path / '某某办法.md'}:{line}: ")
    assert words in message
    assert re.fullmatch(r"[^：；]+：[^；]+；.+", caught.value.problem), "thing：what is wrong；what to do"
    assert not re.search(r"\b(is|not|write|found)\b", caught.value.problem), "no English sentence is left"
    assert caught.value.line == line


BAD_NAMES = [
    # blanks would have to be quoted in every link
    "某某 办法",
    # brackets and title marks come with a copied title
    "《某某办法》",
    "办法（试行）",
    # a colon ends the document's part of a clause id
    "某:某",
    # longer than a file name can be kept on every system
    "长" * 81,
]


@pytest.mark.parametrize("stem", BAD_NAMES)
def test_a_file_name_that_is_no_document_id_is_refused(stem: str, read: Reads) -> None:
    """The name becomes part of every link, so it is plain."""
    with pytest.raises(DocumentError, match="不能当编号；改成 1 到 80 个汉字") as caught:
        read(front("title: 甲"), stem)

    assert caught.value.line == 1


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder with the name of a document is an error of that document, not a crash."""
    (tmp_path / "某.md").mkdir()

    with pytest.raises(DocumentError, match="文件：是一个文件夹；换成文件"):
        read_document(tmp_path / "某.md")


TEXTS = [
    # as it should be
    ("第一条　甲。\n第二条　乙。\n", "第一条　甲。\n第二条　乙。"),
    # no line end at the end
    ("第一条　甲。", "第一条　甲。"),
    # blank lines go, also those of full-width blanks
    ("\n\n第一条　甲。\n\n　　\n \t\n第二条　乙。\n\n\n", "第一条　甲。\n第二条　乙。"),
    # blanks at line ends go, those at line starts stay: they are printed
    ("　　第一条　甲。　 \t\n  第二条　乙。  \n", "　　第一条　甲。\n  第二条　乙。"),
    # CRLF and bare CR
    ("第一条　甲。\r\n\r\n第二条　乙。\r\n", "第一条　甲。\n第二条　乙。"),
    ("第一条　甲。\r第二条　乙。", "第一条　甲。\n第二条　乙。"),
    # Markdown, a comment and a third fence are plain text
    ("# 一\n**甲**\n---\ntitle: 乙\n", "# 一\n**甲**\n---\ntitle: 乙"),
    # tabs within a line stay
    ("甲\t乙", "甲\t乙"),
]


@pytest.mark.parametrize(("written", "text"), TEXTS)
def test_the_text_is_kept_but_for_blank_lines_and_line_ends(written: str, text: str, read: Reads) -> None:
    """One paragraph a line, joined by \\n, whatever editor wrote it."""
    assert read(front("title: 甲", text=written)).text == text


def test_a_byte_order_mark_and_crlf_are_accepted(read: Reads) -> None:
    """Notepad's UTF-8 reads like any other."""
    plain = front("title: 甲", "issuers: [乙]", text="正文。\n附则。\n")

    assert read(plain) == read(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n"))


def test_the_digest_is_that_of_the_text_as_kept(read: Reads) -> None:
    """SHA-256 of the UTF-8: blank lines and the front matter do not enter it."""
    expected = hashlib.sha256("甲。\n乙。".encode()).hexdigest()

    assert read(front("title: 甲", text="甲。\n\n乙。\n")).digest == expected
    assert expected == read(front("title: 乙", "genre: news", text="甲。  \r\n乙。")).digest
    assert expected != read(front("title: 甲", text="甲。\n　乙。")).digest


def test_offsets_count_code_points(read: Reads) -> None:
    """A Han character outside the BMP counts once, as in 𠮷, not twice as in UTF-16."""
    text = read(front("title: 甲", text="𠮷田社区。\n乙。")).text

    assert text.index("乙") == 6


def test_absent_keys_are_none_or_empty(read: Reads) -> None:
    """The file of least effort: a title and a text."""
    document = read(front("title: 甲", text="乙"))

    assert Document("某某办法", "甲", "乙") == document
    assert {None, ()} == {getattr(document, field.name) for field in fields(document)[3:]}


def test_null_is_the_same_as_absent(read: Reads) -> None:
    """The shipped files list every key; those without a value say null or []."""
    lists = ("issuers", "audience", "supersedes")
    keys = [field.name for field in fields(Document) if field.name not in ("document_id", "title", "text")]
    empty = [f"{key}: {'[]' if key in lists else 'null'}" for key in keys]

    assert read(front("title: 甲")) == read(front("title: 甲", *empty))


def test_what_yaml_would_take_for_a_number_is_text(read: Reads) -> None:
    """Staff need no quotes around a year in a title or a telephone number."""
    document = read(front("title: 2024", "contact: 12345", "source: yes"))

    assert (document.title, document.contact, document.source) == ("2024", "12345", "yes")


def test_every_key_is_read(read: Reads) -> None:
    """Each key of the contract reaches its field; comments and quotes are YAML's."""
    document = read(
        front(
            "title: '解读: 新政'",
            "issuers: [民政部, 财政部]",
            "document_number: 民发〔2024〕5号   # as printed",
            "genre: notice",
            "reports_on: 某某办法",
            "jurisdiction: 福建省厦门市",
            "audience:",
            "  - 老年人",
            "signed_on: 2024-06-12",
            "published_on: 2024-06-13",
            "effective_on: 2024-07-01",
            "expires_on: 2029-06-30",
            "supersedes: [旧办法]",
            "contact: '0592-1234567'",
            "source: 民政部网站",
            "source_url: https://www.mca.gov.cn/a?b=1",
            text="乙",
        ),
        stem="民发2024-5号",
    )

    assert document == Document(
        document_id="民发2024-5号",
        title="解读: 新政",
        text="乙",
        issuers=("民政部", "财政部"),
        document_number="民发〔2024〕5号",
        genre=Genre.NOTICE,
        reports_on="某某办法",
        jurisdiction="福建省厦门市",
        audience=("老年人",),
        signed_on=date(2024, 6, 12),
        published_on=date(2024, 6, 13),
        effective_on=date(2024, 7, 1),
        expires_on=date(2029, 6, 30),
        supersedes=("旧办法",),
        contact="0592-1234567",
        source="民政部网站",
        source_url="https://www.mca.gov.cn/a?b=1",
    )


def test_a_full_width_colon_within_a_value_is_fine(read: Reads) -> None:
    """Two of the shipped titles hold one."""
    assert read(front("title: 宁夏：完善机制")).title == "宁夏：完善机制"


def test_the_name_of_a_file_is_normalized(read: Reads) -> None:
    """A compatibility ideograph in a file's name gives the id that everyone types."""
    assert read(front("title: 甲"), stem="\uf90a").document_id == "金"
