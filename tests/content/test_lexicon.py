"""The word lists that staff edit."""

from pathlib import Path

import pytest

from bot.content.lexicon import load_lexicon
from bot.errors import KnowledgeError
from bot.search.lexicon import Lexicon, Term
from tests.conftest import KNOWLEDGE


def lexicon_of(folder: Path, terms: bytes = b"", stop_words: bytes = b"") -> Lexicon:
    """The lexicon of a folder with these two files."""
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "terms.txt").write_bytes(terms)
    (folder / "lexicon" / "stopwords.txt").write_bytes(stop_words)
    return load_lexicon(folder)


def test_remarks_and_blank_lines_are_no_words(tmp_path: Path) -> None:
    """What follows # is for people."""
    lexicon = lexicon_of(
        tmp_path, "# 专名\n五社联动 100 n # 宁夏\n\n社工站\n".encode(), "的 了 # 助词\n\n吗".encode()
    )

    assert lexicon.terms == (Term("五社联动", 100), Term("社工站"))
    assert lexicon.stop_words == {"的", "了", "吗"}


def test_look_alikes_come_in_groups(tmp_path: Path) -> None:
    """Each group is one word of the file."""
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "lookalikes.txt").write_text("# 形近字\n己已巳 未末\n人入\n", "utf-8")

    assert load_lexicon(tmp_path).look_alikes == ("己已巳", "未末", "人入")


def test_missing_files_are_empty_lists(tmp_path: Path) -> None:
    """A community may start without a lexicon."""
    assert load_lexicon(tmp_path) == Lexicon()


@pytest.mark.parametrize(
    ("terms", "where", "what"),
    [
        (
            "五社联动\n社工站 many\n".encode(),
            "terms.txt:2",
            "词频“many”：不是数字；写成“社工站 100”",
        ),  # a frequency is a number
        ("五社联动".encode("gb18030"), "terms.txt:1", "UTF-8"),  # saved by an old editor
    ],
)
def test_an_unusable_line_is_named(tmp_path: Path, terms: bytes, where: str, what: str) -> None:
    """File, line and what to do."""
    with pytest.raises(KnowledgeError, match=what) as caught:
        lexicon_of(tmp_path, terms)

    assert where in str(caught.value)


def test_the_shipped_stop_words_keep_what_is_asked_for() -> None:
    """Places, people, amounts and matters are never stop words."""
    stop_words = load_lexicon(KNOWLEDGE).stop_words

    assert not stop_words & {
        "厦门",
        "老人",
        "补贴",
        "申请",
        "材料",
        "条件",
        "社区",
        "8",
        "万元",
        "年",
        "月",
        "岁",
    }
