"""The service with SEARCH_URL: it answers as it does without, also while the cluster is away."""

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from benchmarks.questions import SEED_QUESTIONS, read_questions
from bot.answering.answer import Answer
from bot.answering.question import Question
from bot.assembly import analyzer_of, desk_of, engine_of, nearness_of, question_nearness_of, service_of
from bot.channels.app import build_app
from bot.channels.service import Service
from bot.commands.knowledge import check_knowledge, checked_cluster
from bot.errors import SettingsError
from bot.living.edition import SearchFactories, Upkeep
from bot.living.knowledge import Knowledge
from bot.search.engine.opensearch.opening import cluster_search
from bot.search.progress import unseen
from bot.settings import Settings
from tests.channels.server_process import environment, free_port, wait_until
from tests.conftest import KNOWLEDGE, ROOT
from tests.opensearch.cluster import PATIENCE
from tests.opensearch.door import Door, door_before

ASKED = [posed.text for posed in read_questions(SEED_QUESTIONS)][:30]
NEW = "---\ntitle: 月球补贴办法\n---\n第一条 登月每次补贴一元。\n"


@pytest.fixture
def door(search_urls: list[str]) -> Iterator[Door]:
    """A door before a node."""
    with door_before(search_urls[0]) as door:
        yield door


@pytest.fixture
def knowledge(tmp_path: Path, prepare: Callable[[Path], Path], door: Door) -> Knowledge:
    """A copy of the shipped knowledge, followed with a cluster behind the door; it is published already."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    folders = {"knowledge_dir": tmp_path / "knowledge", "data_dir": prepare(tmp_path / "data")}
    settings = Settings(search_url=door.url, **folders)
    search = cluster_search(settings, PATIENCE)
    assert search
    made = partial(analyzer_of, settings.data_dir), partial(engine_of, settings.data_dir)
    nearness = nearness_of(settings, settings.data_dir / "vectors", unseen)
    questions = partial(question_nearness_of, settings.data_dir, unseen)
    chosen = SearchFactories(*made, nearness, questions, search.engine_of)
    knowledge = Knowledge(settings, chosen, unseen)
    knowledge.edition.upkeep.publish(lambda chunks, _: chunks)
    knowledge.edition.upkeep.tend()
    return knowledge


def followed(knowledge: Knowledge) -> Path:
    """The folder that is followed."""
    return knowledge.settings.knowledge_dir


def tended(knowledge: Knowledge) -> Upkeep:
    """The upkeep of the edition of this moment, after what is due was done."""
    knowledge.edition.upkeep.tend()
    return knowledge.edition.upkeep


def served(knowledge: Knowledge, door: Door) -> Service:
    """What answers from the edition of this moment."""
    return service_of(Settings(search_url=door.url), knowledge.edition)


def answer(service: Service, asked: str) -> Answer:
    """What a service answers."""
    return service.answerer.answer(Question.of(asked))


def run(command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """How a command ended."""
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )


def told(given: Answer) -> tuple[object, ...]:
    """What must not depend on the engine."""
    return given.status, given.message, [(p.clause.clause_id, round(p.score, 9)) for p in given.passages]


def test_answers_are_those_of_the_embedded_index(knowledge: Knowledge, door: Door, service: Service) -> None:
    """Status, sentence, clauses and scores; and every factor of an explanation."""
    clustered = served(knowledge, door)

    assert [told(answer(clustered, asked)) for asked in ASKED] == [
        told(answer(service, asked)) for asked in ASKED
    ]
    assert not clustered.troubles()
    ours, theirs = service.basis.index, clustered.basis.index
    for asked in ASKED[:10]:
        query = ours.query(asked)
        for hit in ours.search(query, 3):
            assert theirs.explain(query, hit.entry_id) == ours.explain(query, hit.entry_id)


def test_while_the_cluster_is_away_the_embedded_index_answers(
    knowledge: Knowledge, door: Door, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing fails; the log has a line when it goes and one when it comes back; /readyz says why."""
    caplog.set_level(logging.INFO, "bot.search.engine.opensearch.keeping")
    clustered = served(knowledge, door)
    client = build_app(desk_of(Settings(search_url=door.url), lambda: clustered)).test_client()
    caplog.clear()

    door.is_open = False
    for asked in ASKED[:10]:
        assert told(answer(clustered, asked)) == told(answer(service, asked))

    ready = client.get("/readyz")
    assert (ready.status_code, json.loads(ready.data)["status"]) == (200, "degraded")
    assert "search_embedded=unreachable" in json.loads(ready.data)["why"]
    door.is_open = True
    wait_until(lambda: not tended(knowledge).troubles(), "the cluster answers again")
    assert told(answer(clustered, ASKED[0])) == told(answer(service, ASKED[0]))
    assert [record.getMessage() for record in caplog.records if record.name.endswith(".keeping")] == [
        "search=embedded reason=unreachable",
        "search=cluster",
    ]


def test_a_new_document_is_published_by_who_follows(knowledge: Knowledge, door: Door) -> None:
    """It answers at once, and the cluster holds it as soon as the edition is tended."""
    folder = followed(knowledge)
    (folder / "policies" / "月球.md").write_text(NEW, "utf-8")

    knowledge.look(lambda _: None)

    assert not tended(knowledge).troubles()
    best = answer(served(knowledge, door), "登月补贴多少").passages[0]
    assert best.clause.clause_id == "月球:t1"
    settings = Settings(knowledge_dir=folder, data_dir=folder.parent / "data", search_url=door.url)
    library, _ = check_knowledge(settings)
    assert checked_cluster(settings, library) == []


def test_check_says_that_the_cluster_lacks_the_edition(knowledge: Knowledge, door: Door) -> None:
    """With the command that puts it there; and that it cannot be asked, with the reason."""
    folder = followed(knowledge)
    (folder / "policies" / "另一份.md").write_text(NEW, "utf-8")
    settings = Settings(knowledge_dir=folder, data_dir=folder.parent / "data", search_url=door.url)
    library, _ = check_knowledge(settings)

    (lacking,) = checked_cluster(settings, library)
    door.is_open = False
    (away,) = checked_cluster(settings, library)

    assert "没有知识文件夹现在这一版；运行 python -m bot index --to opensearch" in lacking.sentence
    assert "问不到（unreachable）" in away.sentence


def test_index_puts_the_edition_into_the_cluster(
    tmp_path: Path, prepare: Callable[[Path], Path], search_urls: list[str]
) -> None:
    """A second time it finds it there."""
    prepare(tmp_path / "data")
    env = environment(tmp_path, search_url=" ".join(search_urls))
    command = [sys.executable, "-m", "bot", "index", "--to", "opensearch"]

    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "published=policy-qa-1-" in done.stdout


BAD = [
    ({"search_url": "http://10.0.0.1:9200", "search_user": "a", "search_password": "b"}, "plain text"),
    ({"search_url": "https://10.0.0.1:9200", "search_user": "a"}, "belong together"),
    ({"search_url": "https://10.0.0.1:9200", "search_ca": "/nowhere/ca.pem"}, "no file"),
]


@pytest.mark.parametrize(("given", "problem"), BAD)
def test_settings_that_cannot_be_used_stop_the_start(given: dict[str, str], problem: str) -> None:
    """A password in plain text, half of a login, a certificate that is not there."""
    with pytest.raises(SettingsError, match=problem):
        cluster_search(Settings.model_validate(given))


@pytest.mark.parametrize("package", ["opensearchpy", "circuitbreaker"])
def test_without_the_client_it_says_what_to_install(tmp_path: Path, package: str) -> None:
    """One line; without SEARCH_URL nothing is missed."""
    env = environment(tmp_path, search_url=f"http://127.0.0.1:{free_port()}")
    hide = f"import sys; sys.modules[{package!r}] = None; from bot.__main__ import main; "
    command = [sys.executable, "-c", hide + "sys.argv = ['bot', 'index']; main()"]

    done = run(command, env)

    assert done.returncode == 1
    assert "run pip install -r requirements-opensearch.txt" in done.stderr
    assert done.stderr.count("\n") == 1
