"""Finds the document in a page: by the content rule of government sites, else where the sentences are."""

import re
from collections.abc import Mapping

from bot.intake.reading.web.tree import Node, inside, tag, text_of

RULES = (
    "#UCAP-CONTENT", ".trs_editor_view", ".TRS_Editor", ".TRS_UEDITOR", "#zoom", "#Zoom", ".pages_content",
    ".Custom_UnionStyle", ".wp_articlecontent", ".article-content", ".article_con", ".articleContent",
    ".content_body", "#mainText", ".detail-content", ".xxgk_content", "#content", ".view", "article",
)  # fmt: skip
"""CSS selectors of the element that holds the document on sites of government, and of the web at large."""

_STOP = re.compile("[。；：，]")
_BLOCKS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "blockquote", "table"])
_FACT_NAMES = (
    "索引号|主题分类|发文机关|发布机构|制发机关|发文单位|发布单位|成文日期|发文日期|生成日期|制发日期|标题|名称"
    "|发文字号|文号|发布日期|发布时间|公开日期|主题词|有效性|效力状态|废止日期|公文种类|体裁分类|信息分类|公开方式|组配分类|来源"
)
_FACT = re.compile(rf"[【\[]?\s*({_FACT_NAMES})\s*[】\]]?\s*[：:]\s*(.*)", re.DOTALL)
_ONLY_NAME = re.compile(rf"[【\[]?\s*({_FACT_NAMES})\s*[】\]]?\s*[：:]?")
_FEWEST_FACTS = 3
_MOST = 0.9
_DEEPEST = 60


def content_of(root: Node) -> Node:
    """The element that holds the document."""
    body = root.css_first("body") or root
    total = _weight(body)
    for rule in RULES:
        found = max(root.css(rule), key=_weight, default=None)
        if found is not None and _weight(found) >= max(total * 0.4, 3):
            return found
    return _densest(body)


def _weight(node: Node) -> int:
    """The amount of prose in an element: its full stops, without those in links."""
    links = sum(len(_STOP.findall(text_of(link))) for link in node.css("a"))
    return len(_STOP.findall(text_of(node))) - links


def _densest(node: Node) -> Node:
    """Goes down from the body while one child holds nearly all of the prose."""
    for _ in range(_DEEPEST):
        children = [child for child in inside(node) if not tag(child).startswith("-")]
        if sum(tag(child) in _BLOCKS for child in children) > 2:
            break
        best = max(children, key=_weight, default=None)
        if best is None or _weight(best) < _MOST * max(_weight(node), 1) or tag(best) in _BLOCKS:
            break
        node = best
    return node


def facts_of(root: Node) -> tuple[dict[str, str], list[Node]]:
    """The data of the document on the page, by name; and the tables that hold them."""
    facts: dict[str, str] = {}
    for meta in root.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property")
        if name and (content := (meta.attributes.get("content") or "").strip()):
            facts.setdefault(name, content)
    canonical = root.css_first('link[rel="canonical"]')
    if canonical and (address := canonical.attributes.get("href")):
        facts.setdefault("Url", address)
    tables = []
    for table in [*root.css("table"), *root.css("ul"), *root.css("dl")]:
        told = _told(table)
        if len(told) >= _FEWEST_FACTS and len(text_of(table)) < 1500:
            tables.append(table)
            for name, value in told.items():
                facts.setdefault(name, value)
    return facts, tables


def _told(table: Node) -> Mapping[str, str]:
    """Names with values in the cells of a table: in the same cell, or in the next one."""
    cells = [_plain(text_of(cell)) for cell in table.css("td, th, li, dt, dd")]
    found: dict[str, str] = {}
    for index, cell in enumerate(cells):
        squeezed = re.sub(r"\s", "", cell[:12]) + cell[12:]
        if _ONLY_NAME.fullmatch(squeezed) and index + 1 < len(cells):
            name = _ONLY_NAME.fullmatch(squeezed)
            if name and not _FACT.match(re.sub(r"\s", "", cells[index + 1])):
                found.setdefault(name[1], cells[index + 1])
        elif (both := _FACT.match(squeezed)) and both[2].strip():
            found.setdefault(both[1], both[2].strip())
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
