"""Article numbers that are lost, repeated, or printed so that they open no article."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from bot.policy.holding import Holding
from bot.policy.lint.inspection import Inspection, Remark, lines
from bot.policy.numerals import NUMERAL, to_chinese
from bot.policy.references.articles import Structure

_ARTICLE_LINE = re.compile(rf"\W*(第\s*[{NUMERAL}]+\s*条(?:之[一二三四五六七八九十]+)?)[\s\u3000]")


def no_clauses(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """A text with nothing but headings: nothing can be quoted."""
    if not holding.outline.clauses:
        yield Remark(0, "正文没有分出任何条款，答不出问题", "检查正文是否完整，一段一行")


def article_gap(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """第三条 is followed by 第五条."""
    articles = Structure(holding).articles
    for _annex, keys in groupby(articles, key=lambda key: key[0]):
        for before, after in pairwise(list(keys)):
            if after[1] > before[1] + 1:
                first, last = (f"第{to_chinese(number)}条" for number in (before[1] + 1, after[1] - 1))
                lost = first if first == last else f"{first}至{last}"
                yield Remark(articles[after].start, f"缺{lost}", "对照原文补上，或改正条号")


def stray_article(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """A line opens with 第三条 and a blank, but the number does not fit between its neighbours."""
    starts = {clause.start for clause in holding.outline.clauses}
    blocks = [(block.start, block.end) for block in holding.outline.blocks]
    quoted = False
    for at, line in lines(holding.document.text):
        found = _ARTICLE_LINE.match(line)
        begin = at + len(line) - len(line.lstrip())
        if found and not quoted and "“" not in line[: found.start(1)]:
            in_block = any(start <= begin < end for start, end in blocks)
            if begin not in starts and not in_block:
                yield Remark(at, f"段首的“{found[1]}”接不上前后的条号，没有分成一条", "对照原文改正条号")
        if "“" in line or "”" in line:
            quoted = line.rfind("“") > line.rfind("”")
