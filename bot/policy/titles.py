"""Titles and numbers of documents: how two ways of writing them are compared."""

import re
import unicodedata

TITLE = r"《((?:[^《》\n]|《[^《》\n]*》){1,120})》"
"""A pattern: a title in its brackets. Its only group is the title."""

NUMBER = r"[\u4e00-\u9fff]{1,12}[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*第?\s*\d{1,5}\s*号"
"""A pattern: 发文字号 such as 民发〔2024〕5号. It has no group."""

_ISSUES = re.compile(r"印发(?:修订后的|新修订的|修订的)?[《〈](.+)[》〉]的(?:通知|公告|通告|函)")


def title_key(title: str) -> str:
    """A key that is the same for all ways of writing a title. Empty if the title has no letters.

    Brackets, blanks, signs and 中华人民共和国 do not count.

    >>> title_key("中华人民共和国 慈善法") == title_key("慈善法")
    True
    >>> title_key("审核审批办法（试行）") == title_key("审核审批办法(试行)")
    True
    """
    folded = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", title))
    return folded.replace("中华人民共和国", "") or folded


def title_keys(title: str) -> set[str]:
    """The keys under which a document is found: of its title, and of the title of the text it issues.

    >>> sorted(title_keys("民政部关于印发《特困人员认定办法》的通知"))
    ['民政部关于印发特困人员认定办法的通知', '特困人员认定办法']
    """
    issued = _ISSUES.search(title)
    return {title_key(title), *([title_key(issued[1])] if issued else [])}


def number_key(number: str) -> str:
    """A key that is the same for all ways of writing a document number.

    >>> number_key("民发[2012] 220号") == number_key("民发〔2012〕220号")
    True
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", number)).replace("第", "")
