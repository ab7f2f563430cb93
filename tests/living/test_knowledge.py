"""The knowledge folder, alive: editions follow its files; what is wrong leaves the one before in place."""

import gc
import logging
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from bot.assembly import engine_of, knowledge_of
from bot.content.table import SITES, TOPICS
from bot.living.edition import Edition, SearchFactories
from bot.living.knowledge import Knowledge
from bot.search.analysis import Analyzer
from bot.search.progress import unseen
from bot.settings import Settings
from tests.conftest import KNOWLEDGE


@pytest.fixture
def copied(tmp_path: Path, prepare: Callable[[Path], Path]) -> Settings:
    """Settings for a copy of the shipped knowledge, which is indexed already."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    return Settings(knowledge_dir=tmp_path / "knowledge", data_dir=prepare(tmp_path / "data"))


@pytest.fixture
def knowledge(copied: Settings) -> Knowledge:
    """The copy, with its first edition."""
    return knowledge_of(copied)


def write(copied: Settings, name: str, content: str) -> None:
    """Writes a file of the knowledge folder."""
    (copied.knowledge_dir / name).write_text(content, "utf-8")


def best(edition: Edition, question: str) -> str:
    """Id of the best clause for a question; empty where none matches."""
    hits = edition.index.search(edition.index.query(question), 1)
    return hits[0].entry_id if hits else ""


NEW = "---\ntitle: 月球补贴办法\n---\n第一条 登月每次补贴一元。\n"


def test_a_new_document_is_found_with_the_scores_of_a_new_start(
    knowledge: Knowledge, copied: Settings, tmp_path: Path, prepare: Callable[[Path], Path]
) -> None:
    """What was spliced is what would have been built."""
    write(copied, "policies/月球.md", NEW)

    edition = knowledge.refresh()

    assert best(edition, "登月补贴") == "月球:t1"
    elsewhere = copied.model_copy(update={"data_dir": prepare(tmp_path / "other")})
    shutil.rmtree(elsewhere.data_dir / "index")
    anew = knowledge_of(elsewhere).edition
    for question in ("登月补贴", "高级社会工作师奖金", "五社联动示范社区"):
        one, other = (e.index.search(e.index.query(question), 50) for e in (edition, anew))
        assert one == other


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files in /proc")
def test_the_files_of_replaced_editions_are_closed(knowledge: Knowledge, copied: Settings) -> None:
    """At once, and not only when the collector happens to come by: each would keep its memory too."""
    gc.disable()
    try:
        for number in range(6):
            write(copied, "policies/月球.md", NEW.replace("一元", f"{number + 2}元"))
            knowledge.look(lambda _: None)
            if number == 1:
                after_two = open_files()
        assert open_files() <= after_two
    finally:
        gc.enable()


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files in /proc")
def test_an_edition_that_somebody_still_answered_from_is_closed_at_the_next_look(
    knowledge: Knowledge, copied: Settings
) -> None:
    """Without another change."""
    gc.collect()
    gc.disable()
    try:
        answering = [knowledge.edition]
        write(copied, "policies/月球.md", NEW)
        knowledge.look(lambda _: None)
        held = open_files()
        answering.clear()
        knowledge.look(lambda _: None)
        assert open_files() < held
    finally:
        gc.enable()


def open_files() -> int:
    """Of this process."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_changed_thesaurus_and_known_questions_take_effect(
    knowledge: Knowledge, copied: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """No clause is cut again; a line that is no rule is told and left out."""
    write(copied, "policies/月球.md", NEW)
    document = knowledge.refresh().library.by_id["月球"]
    caplog.set_level(logging.INFO)
    assert best(knowledge.edition, "蹦高") == best(knowledge.edition, "嫦娥邀我作客") == ""

    write(copied, "lexicon/thesaurus/月球.txt", "蹦高 → 登月\n蹦高 登月\n")
    digest = document.outline.clauses[0].digest[:8]
    row = f"{{clause: '月球:t1', digest: {digest}, similar: [嫦娥邀我作客]}}"
    write(copied, "questions/月球.yaml", f"questions:\n  - {row}\n")
    edition = knowledge.refresh()

    assert best(edition, "蹦高") == best(edition, "嫦娥邀我作客") == "月球:t1"
    assert "月球.txt:2" in caplog.text
    assert "index=rebuilt entries=178 counted=1 " in caplog.text


def test_where_nothing_changed_the_edition_is_the_same(knowledge: Knowledge) -> None:
    """Nobody swaps what is as good."""
    assert knowledge.refresh() is knowledge.edition


def test_an_old_edition_goes_on_answering_as_before(knowledge: Knowledge, copied: Settings) -> None:
    """An answer that was begun with it is finished with it, though its files are gone."""
    before = knowledge.edition
    write(copied, "policies/月球.md", NEW)
    knowledge.refresh()

    assert best(before, "登月补贴") != "月球:t1"
    assert best(before, "高级社会工作师奖金").startswith("厦门社工人才奖金:")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lexicon/terms.txt", "登月 许多\n"),  # no number
        ("topics.yaml", "menus: 5\n"),  # no list
        ("sites.yaml", "- a: *b\n"),  # no YAML of ours
    ],
)
def test_what_is_unusable_is_logged_once_and_changes_nothing(
    knowledge: Knowledge, copied: Settings, caplog: pytest.LogCaptureFixture, name: str, content: str
) -> None:
    """The edition before answers on, until the file is mended; new documents come with the mended one."""
    swapped: list[Edition] = []
    good = (copied.knowledge_dir / name).read_text("utf-8")
    write(copied, name, content)
    write(copied, "policies/月球.md", NEW)

    knowledge.look(swapped.append)
    knowledge.look(swapped.append)

    assert swapped == []
    assert caplog.text.count("knowledge=not_refreshed") == 1
    assert f"{Path(name).name}:1" in caplog.text
    write(copied, name, good)
    knowledge.look(swapped.append)
    assert {best(edition, "登月补贴") for edition in swapped} == {"月球:t1"}


def test_an_edition_that_could_not_be_made_is_made_at_the_next_look(
    copied: Settings, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever was wrong; nothing need change in the folder for that."""
    troubles: list[OSError] = []

    class Troubled:
        """Nearness of no clause."""

        def takes_long(self, texts: Sequence[str]) -> bool:
            return False

        def of(self, texts: Sequence[str]) -> None:
            if troubles:
                raise troubles.pop()

    factories = SearchFactories(lambda _: analyzer, partial(engine_of, copied.data_dir), Troubled())
    knowledge = Knowledge(copied, factories, unseen)
    write(copied, "policies/月球.md", NEW)
    troubles.append(OSError(5, "disk"))
    swapped: list[Edition] = []

    knowledge.look(swapped.append)
    knowledge.look(swapped.append)

    assert [best(edition, "登月补贴") for edition in swapped] == ["月球:t1"]
    assert caplog.text.count("knowledge=not_refreshed") == 1


def test_a_new_term_changes_what_is_found(knowledge: Knowledge, copied: Settings) -> None:
    """A changed lexicon is a new analyzer, for clauses and questions alike."""
    before = knowledge.edition.index.query("示范社区").terms
    write(copied, "lexicon/terms.txt", "示范社区\n")

    after = knowledge.refresh()

    assert "示范社区" not in before
    assert "示范社区" in after.index.query("示范社区").terms
    assert best(after, "示范社区").startswith("宁夏五社联动:")


def test_new_topics_and_sites_are_there(knowledge: Knowledge, copied: Settings) -> None:
    """Without a new index."""
    before = knowledge.edition
    write(copied, "topics.yaml", "menus: []\n")
    (copied.knowledge_dir / "sites.yaml").unlink()

    after = knowledge.refresh()

    assert (tuple(after.contents.of(TOPICS)), dict(after.contents.of(SITES))) == ((), {})
    assert tuple(before.contents.of(TOPICS))


def test_a_broken_document_keeps_its_last_good_version_and_says_so(
    knowledge: Knowledge, copied: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """While the service runs and after a restart, in one line each."""
    path = "policies/厦门社工人才奖金.md"
    write(copied, path, "高级社会工作师")

    assert best(knowledge.refresh(), "高级社会工作师奖金").startswith("厦门社工人才奖金:")
    assert caplog.text.count("document=last_good_kept") == 1
    assert "厦门社工人才奖金.md:1: 说明：没有写" in caplog.text
    knowledge.refresh()
    assert caplog.text.count("document=last_good_kept") == 1
    assert best(knowledge_of(copied).edition, "高级社会工作师奖金").startswith("厦门社工人才奖金:")
    assert caplog.text.count("document=last_good_kept") == 2


def test_an_index_that_is_damaged_while_it_is_used_is_built_anew(
    knowledge: Knowledge, copied: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """With one line in the log, at the next look; and so at a start."""
    for look in (knowledge.refresh, lambda: knowledge_of(copied).edition):
        (path,) = (copied.data_dir / "index").glob("*/terms.npy")
        path.write_bytes(path.read_bytes()[:-1])
        caplog.clear()

        edition = look()

        assert caplog.text.count("reason=corrupt") == 1
        assert best(edition, "高级社会工作师奖金").startswith("厦门社工人才奖金:")


def test_other_processes_open_what_the_first_one_wrote(
    knowledge: Knowledge, copied: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Only one of them cuts the new clauses into terms."""
    other = knowledge_of(copied)
    write(copied, "policies/月球.md", NEW)
    caplog.set_level(logging.INFO, "bot")

    editions = [knowledge.refresh(), other.refresh()]

    assert caplog.text.count("index=changes") == 1
    assert "counted=1 " in caplog.text
    assert [best(edition, "登月补贴") for edition in editions] == ["月球:t1"] * 2


def test_many_new_clauses_are_cut_by_another_process(
    knowledge: Knowledge, copied: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """The one that answers has other things to do."""
    clauses = "\n".join(f"第{number}条 登月第{number}次补贴。" for number in range(1, 1200))
    write(copied, "policies/月球.md", f"---\ntitle: 月球补贴办法\n---\n{clauses}\n")
    caplog.set_level(logging.INFO, "bot")

    edition = knowledge.refresh()

    assert best(edition, "登月补贴").startswith("月球:")
    assert "index=rebuilt" not in caplog.text
