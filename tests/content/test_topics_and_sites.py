"""What staff write beside the policies: topics to choose from, and sites."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels.wechat.menu import platform_menu
from bot.content.sites import Site, load_sites
from bot.content.topics import load_topics
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE

TOPICS = (
    "menus:\n  - name: 社工\n    topics:\n      - key: a\n        name: 奖金\n        questions: [奖金多少]\n"
)


def test_the_shipped_topics_become_the_platforms_menu() -> None:
    """Click buttons with the keys that come back."""
    topics = load_topics(KNOWLEDGE)

    first = platform_menu(topics)["button"][0]

    assert first["name"] == topics.menus[0].name
    assert {"type": "click", "name": "高级社工师奖金", "key": "jiangjin"} in list(first["sub_button"])  # type: ignore[call-overload]


def test_sites_are_found_by_the_scene_of_their_code(tmp_path: Path) -> None:
    """What a site does not say is None."""
    (tmp_path / "sites.yaml").write_text('sites:\n  haicang:\n    name: 海沧\n    hotline: "0592"\n', "utf-8")

    assert load_sites(tmp_path) == {"haicang": Site("haicang", "海沧", hotline="0592")}


def test_neither_file_need_exist(tmp_path: Path) -> None:
    """A community may have no menu and no sites."""
    assert list(load_topics(tmp_path)) == []
    assert load_sites(tmp_path) == {}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "topics.yaml",
            TOPICS.replace("社工", "社会工作者待遇"),
            "topics.yaml:2: menus.0.name",
        ),
        (
            "topics.yaml",
            TOPICS.replace("[奖金多少]", "[]"),
            "topics.yaml:6: menus.0.topics.0.questions",
        ),
        ("topics.yaml", TOPICS + TOPICS[7:], "key 'a': stands twice"),
        ("topics.yaml", TOPICS.replace("key: a", "kye: a"), "topics.yaml:4:"),
        ("sites.yaml", "sites:\n  a:\n    hotline: 1\n", "key 'name': is missing"),  # a site without a name
        ("sites.yaml", "- a\n", "sites.yaml:1: content: is no list of keys"),  # another form
    ],
)
def test_an_unusable_file_is_named_with_its_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    """As for documents."""
    load: Callable[[Path], object] = load_topics if name == "topics.yaml" else load_sites
    (tmp_path / name).write_text(text, "utf-8")

    with pytest.raises(DocumentError) as caught:
        load(tmp_path)

    assert said in str(caught.value)
