"""What staff write beside the policies: topics to choose from, and sites."""

from datetime import date
from pathlib import Path

import pytest

from bot.channels.wechat.menu import platform_menu
from bot.content.kind import FileKind, Surroundings
from bot.content.sites import Site
from bot.content.table import SITES, TOPICS
from bot.content.topics import Topics
from bot.errors import DocumentError
from bot.policy.library import Library
from tests.conftest import KNOWLEDGE

TOPIC_LINES = (
    "menus:\n  - name: 社工\n    topics:\n      - key: a\n        name: 奖金\n        questions: [奖金多少]\n"
)


def test_the_shipped_topics_become_the_platforms_menu() -> None:
    """Click buttons with the keys that come back."""
    topics = TOPICS.load(KNOWLEDGE).value

    first = platform_menu(topics)["button"][0]

    assert first["name"] == topics.menus[0].name
    assert {"type": "click", "name": "高级社工师奖金", "key": "jiangjin"} in list(first["sub_button"])  # type: ignore[call-overload]


def test_sites_are_found_by_the_scene_of_their_code(tmp_path: Path) -> None:
    """What a site does not say is None."""
    (tmp_path / "sites.yaml").write_text('sites:\n  haicang:\n    name: 海沧\n    hotline: "0592"\n', "utf-8")

    assert SITES.load(tmp_path).value == {"haicang": Site("haicang", "海沧", hotline="0592")}


def test_neither_file_need_exist(tmp_path: Path) -> None:
    """A community may have no menu and no sites."""
    assert TOPICS.load(tmp_path).value == Topics()
    assert SITES.load(tmp_path).value == {}


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        # a name that the platform would cut
        (
            TOPICS,
            TOPIC_LINES.replace("社工", "社会工作者待遇"),
            "topics.yaml:2: name“社会工作者待遇”：有 21 个字节，最多 16 个（一个汉字 3 个）；写菜单的名字",
        ),
        # a topic without questions
        (
            TOPICS,
            TOPIC_LINES.replace("[奖金多少]", "[]"),
            "topics.yaml:6: questions：太少，至少 1 项；写一个清单，1 到 4 个问题",
        ),
        # two topics with one key: the second is named
        (TOPICS, TOPIC_LINES + TOPIC_LINES[7:], "topics.yaml:9: key“a”：写了两次；每个主题写一个不同的"),
        # a slip of the pen
        (
            TOPICS,
            TOPIC_LINES.replace("key: a", "kye: a"),
            "topics.yaml:4: 键“kye”：没有这个键；是不是 key？",
        ),
        (
            TOPICS,
            TOPIC_LINES + "        hint: 多少\n",
            "topics.yaml:7: 键“hint”：没有这个键；可以写的有 key、name、questions",
        ),
        # four menus
        (
            TOPICS,
            TOPIC_LINES + 3 * TOPIC_LINES[7:],
            "topics.yaml:1: menus：太多，最多 3 项；写一个清单，最多 3 个菜单",
        ),
        # a site without a name
        (SITES, "sites:\n  a:\n    hotline: 1\n", "sites.yaml:2: 键“name”：没有写；写居民认得的名字"),
        # a site that has the name of a key
        (SITES, "sites:\n  name:\n    hotline:\n", "sites.yaml:2: 键“name”：没有写"),
        # a site with nothing below it
        (SITES, "sites:\n  a: 海沧\n", "sites.yaml:2: a“海沧”：下面没有键；写一个站点一个键"),
        # a key that is too long for a scene
        (SITES, f"sites:\n  {'a' * 61}:\n    name: 海沧\n", "太长，最多 60 个字"),
        # another form
        (SITES, "- a\n", "sites.yaml:1: 内容：不是一行一个键；写成“sites: …”这样的行"),
    ],
)
def test_an_unusable_file_is_named_with_its_line(
    tmp_path: Path, kind: FileKind[object], text: str, said: str
) -> None:
    """As for documents."""
    (tmp_path / kind.patterns[0]).write_text(text, "utf-8")

    with pytest.raises(DocumentError) as caught:
        kind.load(tmp_path)

    assert said in str(caught.value)


def test_a_site_at_a_place_that_nobody_knows_is_found(tmp_path: Path) -> None:
    """With its line; a place that has one meaning, or none at all, is fine."""
    places = {"甲": "亚特兰蒂斯市", "乙": "福建省厦门市", "丙": "全国", "丁": "鼓楼区", "己": "亚特兰蒂斯市"}
    sites = [f"  {name}:\n    name: {name}\n    jurisdiction: {place}\n" for name, place in places.items()]
    (tmp_path / "sites.yaml").write_text("sites:\n  戊:\n    name: 戊\n" + "".join(sites), "utf-8")
    around = Surroundings(tmp_path, Library.of([]), date(2026, 11, 23), lambda holdings, _: holdings)

    found = list(SITES.check(SITES.load(tmp_path).value, around))

    assert [(finding.rule, finding.line) for finding in found] == [
        ("unknown-place", 6),
        ("unknown-place", 15),
        ("unknown-place", 18),
    ]
    assert "“亚特兰蒂斯市”：没有这个地方" in found[0].message
    assert "不止一个" in found[1].message
