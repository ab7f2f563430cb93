"""What scanning, copying and converting leave behind in a text."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from bot.policy.holding import Holding
from bot.policy.lint.inspection import Inspection, Remark, lines

_MOJIBAKE = re.compile(r"\ufffd|锟斤拷|烫烫烫|屯屯屯|[ÃÂâ][\x80-\xbf€™œ]|&(?:nbsp|amp|lt|gt|quot|#\d+);")
_RADICAL = re.compile(r"[\u2e80-\u2fd5]")
_HAN = r"\u4e00-\u9fff"
_SPACED = re.compile(rf"(?<![{_HAN}])(?:[{_HAN}][ \u3000]+){{3,}}[{_HAN}](?![{_HAN}])")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[—－–-]+\s*\d{1,4}\s*[—－–-]+|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}|\d{1,3})\s*"
)
_LETTER_IN_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?:\d+[lIO]+\d*|[lO]+\d+)(?=\s*[元年月日岁人天个万亿周倍条%％])"
)
_SENTENCE_STOPS = re.compile(r"[\u4e00-\u9fff，、]$")
_OPENS = re.compile(
    r"\s*(?:第.{1,8}[编章节条]|[一二三四五六七八九十]+、|[（(]?[一二三四五六七八九十\d]{1,3}[）)]|\d+[.．、]|[①-⑳]|附件|附：|\|)"
)
_CONTINUES = re.compile(r"\s*[\u4e00-\u9fff，、；。）”][^\n]*[。；：]\s*$")
_LONG_LINE = 24
_MARKDOWN = re.compile(r"(?<![\d*)])\*{1,2}(?=\S)[^*\n]{1,40}(?<=\S)\*{1,2}|^\s*#{1,6}\s+\S|\]\(https?://")


def mojibake(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """Characters that come from a wrong encoding or a web page: �, 锟斤拷, &nbsp;."""
    for at, line in lines(holding.document.text):
        if found := _MOJIBAKE.search(line):
            yield Remark(at, f"有乱码“{found[0]}”", "对照原文改正")


def radical(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """A radical instead of the character. PDF files have them, and a search does not find them."""
    for at, line in lines(holding.document.text):
        found = _RADICAL.findall(line)
        if found:
            printed = "".join(dict.fromkeys(found))
            usual = unicodedata.normalize("NFKC", printed)
            yield Remark(at, f"有部首字符“{printed}”，检索不到", f"换成普通汉字，如“{usual}”")


def spaced_words(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """Blanks between all characters of a phrase: 申 请 条 件. Short headings such as 总　则 are allowed."""
    for at, line in lines(holding.document.text):
        if found := _SPACED.search(line):
            yield Remark(at, f"“{found[0]}”字间有空格，检索不到", "删去空格")


def page_number(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """A line with nothing but a page number: — 3 —."""
    for at, line in lines(holding.document.text):
        if line.strip() and _PAGE_NUMBER.fullmatch(line):
            yield Remark(at, f"“{line.strip()}”像是页码", "删去这一行")


def letter_in_number(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """8OO元, l2个月: a letter instead of a digit, as text recognition makes them."""
    for at, line in lines(holding.document.text):
        if found := _LETTER_IN_NUMBER.search(line):
            yield Remark(at, f"“{found[0]}”里的字母像是数字", "对照原文改成数字")


def broken_paragraph(holding: Holding, _inspection: Inspection) -> Iterator[Remark]:
    """A line ends within a sentence and the next one goes on: a page or line break cut the paragraph."""
    rows = [(at, line) for at, line in lines(holding.document.text) if line.strip()]
    for (at, line), (_, after) in pairwise(rows):
        if len(line) < _LONG_LINE or not _SENTENCE_STOPS.search(line) or _OPENS.match(after):
            continue
        if line.endswith(("，", "、")) or (_CONTINUES.match(after) and "。" in line):
            yield Remark(at, f"段末“{line[-6:]}”没有说完，下一段接着说", "一段一行：把两行接起来")


def markdown(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """Signs of Markdown: the text is plain, and residents would see them."""
    for at, line in lines(holding.document.text):
        if found := _MARKDOWN.search(line):
            yield Remark(
                at, f"有 Markdown 的记号“{found[0].strip()}”，居民会照样看到", "删去记号；正文是纯文本"
            )
