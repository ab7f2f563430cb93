"""A web page → the paragraphs of the document on it."""

import re
from collections.abc import Iterator

from bot.errors import SourceError
from bot.intake.reading.detection import FileFormat
from bot.intake.reading.encoding import decoded
from bot.intake.reading.source import Omission, SourceLine, SourceText, refuse_endless
from bot.intake.reading.tables import table_lines
from bot.intake.reading.web.content import content_of, facts_of
from bot.intake.reading.web.tree import TEXT, Node, inside, is_centered, parse, tag, text_of

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "section",
        "article",
        "main",
        "center",
        "form",
        "fieldset",
        "tr",
        "td",
        "th",
        "header",
        "figure",
        "figcaption",
        "address",
        "hr",
    )
)
_AROUND = re.compile(
    r"\[?\s*(?:字号|字体)\s*[：:]?\s*[\[【]?\s*(?:大|小|默认).{0,12}"
    r"|[【\[]?(?:打印|关闭|收藏|返回顶部|我要纠错|纠错|关闭窗口|打印本页|打印此页|关闭本页|关闭此页)[】\]]?"
    r"|[【\[](?:打印|关闭)[^。]{0,12}[】\]]|分享(?:到|至)?[：:]?.{0,20}|扫一扫.{0,20}|责任编辑.{0,12}|折叠|展开|编辑"
    r"|当前位置.{0,80}|(?:浏览次数|点击数|阅读次数).{0,12}|(?:上一篇|下一篇).{0,60}"
    r"|相关(?:链接|解读|附件|文章|稿件).{0,10}"
)
_CITATION = re.compile(r"\[\d{1,3}(?:-\d{1,3})?\]")
_LEFTOVER = re.compile(r"&(?:nbsp|sp|emsp|ensp);?")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|rar|zip)(?:$|[?#])", re.IGNORECASE)
_DEEPEST = 300


def read_html(data: bytes, name: str) -> SourceText:
    """The paragraphs of a page's document.

    Raises:
        SourceError: there is no text in it.
    """
    del name
    charset = _CHARSET.search(data[:4096])
    declared = charset[1].decode().lower() if charset else None
    page, doubt = decoded(data, "gb18030" if declared in ("gb2312", "gbk") else declared)
    return page_source(page, [doubt] if doubt else [])


def page_source(page: str, doubts: list[str]) -> SourceText:
    """The paragraphs of a page, wherever it comes from.

    Raises:
        SourceError: there is no text in it.
    """
    refuse_endless(len(page) // 4)
    root = parse(page)
    facts, tables = facts_of(root)
    content = content_of(root)
    files = _attached(content)
    reader = _PageReader({table.mem_id for table in tables})
    reader.read(content)
    lines = _with_title(reader.lines, root, facts)
    if not lines:
        raise SourceError("网页里没有文字，可能要运行脚本才有；在浏览器里全选、复制，粘贴成文本再导入")
    if files:
        doubts.append(f"网页上有附件（{'、'.join(files[:5])}），没有下载；需要的下载后一起导入")
    return SourceText(FileFormat.HTML, tuple(lines), facts, tuple(reader.left_out), tuple(doubts))


def _attached(content: Node) -> list[str]:
    """Names of the files that a page links to."""
    found = [
        text_of(link).strip() or "附件"
        for link in content.css("a")
        if _FILE.search(link.attributes.get("href") or "")
    ]
    return list(dict.fromkeys(found))


def _with_title(lines: list[SourceLine], root: Node, facts: dict[str, str]) -> list[SourceLine]:
    """The lines with the title of the page above them, where the document itself does not show it."""
    heading = root.css_first("h1")
    title = facts.get("ArticleTitle") or facts.get("标题") or (text_of(heading) if heading else "")
    title = re.sub(r"\s+", " ", title).strip()
    shown = re.sub(r"\W", "", "".join(line.text for line in lines[:30]))
    if not title or re.sub(r"\W", "", title) in shown or not lines:
        return lines
    facts.setdefault("ArticleTitle", title)
    return [SourceLine(title, "网页的标题", is_centered=True), *lines]


class _PageReader:
    """Reads an element as a browser lays it out: blocks are lines, other elements stand within them."""

    def __init__(self, skipped: set[int]) -> None:
        self.lines: list[SourceLine] = []
        self.left_out: list[Omission] = []
        self._skipped = skipped
        self._words: list[str] = []
        self._is_centered = False

    def read(self, node: Node) -> None:
        """The blocks of an element."""
        self._inside(node, 0, keep_lines=False)
        self._end_line()

    def _inside(self, node: Node, depth: int, *, keep_lines: bool) -> None:
        if depth > _DEEPEST:
            raise SourceError("网页套得太深，像是圈套；在浏览器里全选、复制，粘贴成文本再导入")
        for child in inside(node):
            self._read(child, depth, keep_lines=keep_lines)

    def _read(self, node: Node, depth: int, *, keep_lines: bool) -> None:
        name = tag(node)
        if name == TEXT:
            text = node.text_content or ""
            self._words.append(text if keep_lines else re.sub(r"[ \t\r\n]+", " ", text))
        elif name == "br":
            self._words.append("\n")
        elif name == "table":
            self._end_line()
            self._table(node, depth)
        elif name in ("sup", "a") and _CITATION.fullmatch(text_of(node).strip()):
            self.left_out.append(Omission(text_of(node).strip(), self._place, "网页的注释号"))
        elif name in _BLOCKS:
            self._end_line()
            self._is_centered = is_centered(node)
            self._words.append(_list_number(node) if name == "li" else "")
            self._inside(node, depth + 1, keep_lines=name == "pre" or keep_lines)
            self._end_line()
        else:
            self._inside(node, depth + 1, keep_lines=keep_lines)

    @property
    def _place(self) -> str:
        return f"第{len(self.lines) + 1}段"

    def _end_line(self) -> None:
        for row in "".join(self._words).split("\n"):
            text = _CITATION.sub("", _LEFTOVER.sub(" ", row)).strip()
            if _AROUND.fullmatch(text):
                self.left_out.append(Omission(text, self._place, "网页上文件周围的文字"))
            elif text:
                self.lines.append(SourceLine(text, self._place, is_centered=self._is_centered))
        self._words = []

    def _table(self, table: Node, depth: int) -> None:
        if table.mem_id in self._skipped:
            told = re.sub(r"\s+", " ", text_of(table)).strip()
            self.left_out.append(Omission(told, self._place, "网页的信息表"))
            return
        place = f"{self._place}起的表格"
        rows = [[self._cell(cell, depth) for cell in _cells(row)] for row in _rows(table)]
        headed = bool(table.css_first("th"))
        self.lines += table_lines(rows, place, has_header=headed)

    def _cell(self, cell: Node, depth: int) -> list[SourceLine]:
        outer, self.lines = self.lines, []
        self._inside(cell, depth + 1, keep_lines=False)
        self._end_line()
        inner, self.lines = self.lines, outer
        return inner


def _rows(table: Node) -> Iterator[Node]:
    for each in inside(table):
        if tag(each) == "tr":
            yield each
        elif tag(each) in ("tbody", "thead", "tfoot"):
            yield from (row for row in inside(each) if tag(row) == "tr")


def _cells(row: Node) -> list[Node]:
    return [each for each in inside(row) if tag(each) in ("td", "th")]


def _list_number(item: Node) -> str:
    """The number that a browser prints before an item of an ordered list; "" for a bullet."""
    above = item.parent
    if above is None or tag(above) != "ol":
        return ""
    start = above.attributes.get("start") or "1"
    number = int(start) if start.isdecimal() else 1
    before = item.prev
    while before is not None:
        number += tag(before) == "li"
        before = before.prev
    return f"{number}."
