"""Web pages: the document on the page, and nothing of what stands around it."""

import pytest

from bot.errors import SourceError
from bot.intake.importing import drafts_of
from bot.intake.reading.formats import read_bytes
from bot.policy.jurisdiction import Gazetteer

PAGE = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>某办法_青石市民政局</title>
<meta name="ArticleTitle" content="青石市民政局关于发放高龄津贴的通知">
<meta name="PubDate" content="2024-06-15 10:00">
</head><body>
<div class="nav"><a href="/">首页</a> &gt; 政策，文件。</div><nav>菜单</nav>
<table><tr><td>索&nbsp;引&nbsp;号：</td><td>000014349/2024</td><td>发文机关：</td><td>青石市民政局</td></tr>
<tr><td>标　　题：</td><td>青石市民政局关于发放高龄津贴的通知</td>
<td>成文日期：</td><td>2024年06月12日</td></tr>
<tr><td>发文字号：</td><td>青民发〔2024〕5号</td><td>发布日期：</td><td>2024年06月15日</td></tr></table>
<h1>青石市民政局关于发放高龄津贴的通知</h1>
<div class="bar">字号：[大 中 小] <span>打印</span></div>
<div id="UCAP-CONTENT">
<p style="text-align:center">青石市民政局关于发放高龄津贴的通知</p>
<p>各区民政局：</p>
<p>　　一、对象。年满<b>八十</b>周岁的老年人<sup>[1]</sup>，按<a href="/x">标准</a>发放。</p>
<p>　　二、标准如下：<br>　　（一）每月100元；<br>　　（二）九十周岁以上每月200元。</p>
<table><tr><th>年龄</th><th>每月</th></tr><tr><td>80</td><td>100元</td></tr></table>
<table><tr><td><p>三、本通知自2024年7月1日起施行。</p><p>四、由民政局负责解释。</p></td></tr></table>
<p style="display:none">分享，。；到朋友圈</p><script>var a = "。。。";</script>
<p style="text-align:right">青石市民政局</p><p>2024年6月12日</p>
<p>【打印】</p><p>附件：<a href="a.docx">申请表</a></p>
</div>
<footer>版权所有，青石市民政局。</footer></body></html>"""

LINES = [
    "青石市民政局关于发放高龄津贴的通知",
    "各区民政局：",
    "一、对象。年满八十周岁的老年人，按标准发放。",
    "二、标准如下：",
    "（一）每月100元；",
    "（二）九十周岁以上每月200元。",
    "| 年龄 | 每月 |",
    "| --- | --- |",
    "| 80 | 100元 |",
    "三、本通知自2024年7月1日起施行。",
    "四、由民政局负责解释。",
    "青石市民政局",
    "2024年6月12日",
    "附件：申请表",
]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_document_of_a_page_is_read(encoding: str) -> None:
    """Without bars, menus, hidden words, citations; tables of figures stay tables."""
    page = PAGE if encoding != "gb18030" else PAGE.replace("utf-8", "gb2312")

    assert [line.text for line in read_bytes(page.encode(encoding), "a.htm").lines] == LINES


def test_the_page_tells_what_the_text_does_not() -> None:
    """Number and days of its table; the attached file is named, and not fetched."""
    (draft,) = drafts_of(read_bytes(PAGE.encode(), "a.htm"), Gazetteer())

    assert draft.document.document_number == "青民发〔2024〕5号"
    assert draft.guesses["document_number"].place == "网页的“发文字号”"
    assert str(draft.document.signed_on) == "2024-06-12"
    assert any("申请表" in warning.what for warning in draft.warnings)


def test_a_page_of_an_unknown_site_is_read_where_its_sentences_are() -> None:
    """No content rule fits; links count as none."""
    links = "".join(f'<li><a href="/{n}">新闻，标题。{n}</a></li>' for n in range(30))
    text = "".join(f"<p>第{n}条　居民可以申请，由街道受理。</p>" for n in "一二三四五")
    page = (
        f"<html><body><ul>{links}</ul><div><div class='x'><h2>救助办法</h2>{text}</div></div></body></html>"
    )

    lines = [line.text for line in read_bytes(page.encode(), "a.html").lines]

    assert lines[0] == "救助办法"
    assert len(lines) == 6


def test_the_title_of_a_page_stands_above_a_text_that_lacks_it() -> None:
    """As the page shows it."""
    text = "<p>第一条　甲，乙。</p><p>第二条　丙，丁。</p>"
    page = f"<html><body><h1>青石市救助办法</h1><div id='zoom'>{text}</div></body></html>"

    assert read_bytes(page.encode(), "a.html").lines[0].text == "青石市救助办法"


def test_a_page_without_text_says_what_to_do() -> None:
    """Made by scripts in the browser."""
    with pytest.raises(SourceError, match="粘贴成文本"):
        read_bytes(b"<html><body><script>go()</script></body></html>", "a.html")


def test_a_page_that_is_nested_without_end_is_refused() -> None:
    """Not followed down."""
    with pytest.raises(SourceError):
        read_bytes(("<html><body>" + "<div>" * 5000 + "甲，乙。").encode(), "a.html")
