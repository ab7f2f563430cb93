"""`/metrics`, from the real service, on a port of its own."""

import os
import re
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.answering.answer import Status
from bot.serving.metrics import CHANNEL_NAMES, STEP_NAMES, channel_name
from tests.channels.server_process import (
    ServerProcess,
    environment,
    failing_start,
    free_port,
    serving,
    wait_until,
)
from tests.channels.wire import BONUS, MARK
from tests.conftest import ROOT

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks workers")

Sample = tuple[str, tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module")
def measured(
    tmp_path_factory: pytest.TempPathFactory, prepare: Callable[[Path], Path]
) -> Iterator[tuple[ServerProcess, str]]:
    """A service of two workers, and the address of its metrics."""
    port, folder = free_port(), tmp_path_factory.mktemp("metrics")
    prepare(folder / "data")
    with serving(folder, metrics_port=port, workers=2) as server:
        yield server, f"http://127.0.0.1:{port}/metrics"


def scrape(address: str) -> dict[Sample, float]:
    """All samples, read by the parser of Prometheus' own client."""
    with urllib.request.urlopen(address, timeout=5) as response:
        text = response.read().decode()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def requests_of(samples: dict[Sample, float], channel: str, status: str) -> float:
    """How many responses a channel has given with a status."""
    key = ("policy_qa_requests_total", (("channel", channel), ("status", status)))
    return samples.get(key, 0.0)


@linux
def test_requests_of_all_workers_are_counted_also_after_one_died(measured: tuple[ServerProcess, str]) -> None:
    """By channel and status, with a latency each; a replaced worker's counts stay."""
    server, address = measured
    before = scrape(address)
    workers = server.workers()

    statuses = [server.get(f"/api/v1/ask?q={quote(BONUS)}") for _ in range(8)] + [server.get("/nothing")]
    os.kill(min(workers), signal.SIGKILL)
    wait_until(lambda: len(server.workers()) == 2 and server.workers() != workers, "it is replaced")
    wait_until(server.is_ready, "it answers")
    after = scrape(address)

    assert statuses == [200] * 8 + [404]
    assert requests_of(after, "api", "200") - requests_of(before, "api", "200") == 8
    assert requests_of(after, "web", "404") - requests_of(before, "web", "404") == 1
    assert requests_of(after, "operation", "200") > 0
    count = ("policy_qa_request_seconds_count", (("channel", "api"),))
    whole = ("policy_qa_request_seconds_bucket", (("channel", "api"), ("le", "+Inf")))
    assert after[count] == after[whole] == requests_of(after, "api", "200")
    assert after["policy_qa_request_seconds_sum", (("channel", "api"),)] > 0
    given = [after["policy_qa_answers_total", (("given", each),)] for each in ("again", "anew")]
    assert (
        sum(given) - sum(before["policy_qa_answers_total", (("given", g),)] for g in ("again", "anew")) == 8
    )
    assert given[0] > 0
    answered = ("policy_qa_outcomes_total", (("outcome", "answered"),))
    assert after[answered] - before[answered] == 8
    for step in ("mask", "search", "conclude"):
        assert after["policy_qa_step_seconds_count", (("step", step),)] > 0
        assert 0 < after["policy_qa_step_seconds_sum", (("step", step),)] < 10


@linux
def test_it_tells_how_the_service_fares(measured: tuple[ServerProcess, str]) -> None:
    """Nothing is wrong with this one; it has just begun."""
    _, address = measured

    samples = scrape(address)

    assert samples["policy_qa_records_in_order", ()] == 1
    assert samples["policy_qa_clauses", ()] > 0
    assert 0 < samples["policy_qa_edition_age_seconds", ()] < 600
    for name in ("maintenance", "records_deletions_pending", "troubles"):
        assert samples[f"policy_qa_{name}", ()] == 0


@linux
def test_nothing_in_it_is_of_anybody(measured: tuple[ServerProcess, str]) -> None:
    """No label but ours, with values of ours: no path, no question, no address."""
    server, address = measured
    server.get(f"/{quote(MARK)}?q={quote(MARK)}")

    for _, labels in scrape(address):
        for label, value in labels:
            assert label in ("channel", "status", "le", "given", "outcome", "step")
            assert value in (*CHANNEL_NAMES, "again", "anew", *Status, *STEP_NAMES) or re.fullmatch(
                r"[\d.]+|\+Inf", value
            )


@linux
def test_it_is_not_on_the_port_of_residents(measured: tuple[ServerProcess, str]) -> None:
    """There, no such page."""
    server, _ = measured

    assert server.get("/metrics") == 404


def test_a_port_that_is_taken_stops_the_start(tmp_path: Path) -> None:
    """The setting is named; so where it is PORT itself."""
    port = free_port()

    status, said = failing_start(tmp_path, environment(tmp_path, port=port, metrics_port=port))

    assert status == 1
    assert said.startswith("policy-qa: setting 'METRICS_PORT': ")


@pytest.mark.parametrize("path", ["*", "http://elsewhere/x", "", "//", "/policy/x"])
def test_every_path_has_a_channel(path: str) -> None:
    """Also what no page has: a client may send anything."""
    assert channel_name(path) == "web"


def test_the_documentation_names_every_metric_and_no_other() -> None:
    """The table of docs/operation.md."""
    page = (ROOT / "docs" / "operation.md").read_text("utf-8")
    code = (ROOT / "bot" / "serving" / "metrics.py").read_text("utf-8")

    listed = set(re.findall(r"^\| `policy_qa_(\w+?)(?:_total)?[`{]", page, re.MULTILINE))

    families = re.findall(r'"policy_qa_(\w+)"', code)
    gauges = re.findall(r'^ +\("(\w+)", "', code, re.MULTILINE)
    assert listed == {*families, *gauges}
