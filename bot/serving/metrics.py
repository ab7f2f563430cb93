"""`/metrics` for Prometheus, on its own address; nothing in it is personal. The only door to its client."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from itertools import accumulate
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
    SummaryMetricFamily,
)
from prometheus_client.registry import Collector

from bot.answering.path import STEPS
from bot.answering.tally import Tally, Totals
from bot.channels.state import ServiceState
from bot.channels.table import CHANNELS, channel_of
from bot.serving.counts import BOUNDS, Counts

OPERATION = "operation"
"""The channel of those who look whether the service is well, who would hide how residents fare."""

CHANNEL_NAMES = (*(channel.name for channel in CHANNELS), OPERATION)

STEP_NAMES = tuple(step.__name__ for step in STEPS)

TALLIES = len(Tally().numbers()) + 2 * len(STEP_NAMES)
"""Numbers that a worker tallies: answers, then runs and seconds of each step."""

_PROBES = {"/healthz", "/readyz"}

_log = logging.getLogger(__name__)


def channel_name(path: str) -> str:
    """The label of a request.

    >>> channel_name("/readyz"), channel_name("/api/v1/ask"), channel_name("/about")
    ('operation', 'api', 'web')
    """
    return OPERATION if path in _PROBES else channel_of(f"/{path.lstrip('/')}").name


class _Metrics(Collector):
    """The metrics. They are read when Prometheus asks."""

    def __init__(self, counts: Counts, state: Callable[[], ServiceState]) -> None:
        self._counts = counts
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Counts and latencies of all workers, then the state of the service."""
        requests = CounterMetricFamily(
            "policy_qa_requests", "responses, by channel and HTTP status", labels=["channel", "status"]
        )
        latencies = HistogramMetricFamily(
            "policy_qa_request_seconds",
            "from the end of a request to its response, with waiting for a turn",
            labels=["channel"],
        )
        for counts in self._counts.read():
            for status, count in counts.statuses.items():
                requests.add_metric([counts.channel, str(status)], count)
            bounds = [*map(str, BOUNDS), "+Inf"]
            buckets = list(zip(bounds, map(float, accumulate(counts.latencies)), strict=True))
            latencies.add_metric([counts.channel], buckets, counts.seconds)
        yield requests
        yield latencies
        yield from _tallied(Totals.of(self._counts.all_tallied()))
        yield from self._gauges()

    def _gauges(self) -> Iterator[Metric]:
        state = self._state()
        for name, told, value in (
            ("edition_age_seconds", "since the knowledge that answers was made", state.edition_age),
            ("clauses", "clauses that can be quoted", state.clauses),
            ("maintenance", "1: questions are answered with a notice", state.is_closed),
            ("records_in_order", "0: what is asked is not kept", state.are_records_in_order),
            ("records_deletions_pending", "people who are still to be deleted", state.pending_deletions),
            ("troubles", "what /readyz names besides, such as a damaged database", state.troubles),
        ):
            yield GaugeMetricFamily(f"policy_qa_{name}", told, value=float(value))


def _tallied(totals: Totals) -> Iterator[Metric]:
    """The numbers that the workers have tallied of their answers."""
    answers = CounterMetricFamily(
        "policy_qa_answers", "answers, by whether they were given before", labels=["given"]
    )
    answers.add_metric(["again"], totals.again)
    answers.add_metric(["anew"], totals.anew)
    yield answers
    statuses = CounterMetricFamily("policy_qa_outcomes", "answers, by what they are", labels=["outcome"])
    for status, count in totals.statuses.items():
        statuses.add_metric([status.value], count)
    yield statuses
    steps = SummaryMetricFamily(
        "policy_qa_step_seconds", "steps on the way of a question that is worked out", labels=["step"]
    )
    for name, step in zip(STEP_NAMES, totals.steps, strict=True):
        steps.add_metric([name], int(step.runs), step.seconds)
    yield steps


class _Server(ThreadingMixIn, WSGIServer):
    """Answers each client in a thread, which ends with the process."""

    daemon_threads = True


class _Handler(WSGIRequestHandler):
    """Writes nothing to the log, and limits how long it waits for a client."""

    timeout = 5

    def log_message(self, *_: object) -> None:
        """Does nothing: the log is for the service."""


def serve_metrics(on: socket.socket, counts: Counts, state: Callable[[], ServiceState]) -> None:
    """Answers on a listening socket from a thread of this process."""
    registry = CollectorRegistry()
    registry.register(_Metrics(counts, state))
    host, port = on.getsockname()[:2]
    server = _Server((host, port), _Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = on
    server.server_name, server.server_port = host, port
    server.setup_environ()
    server.set_app(make_wsgi_app(registry))
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    _log.info("metrics=listening address=http://%s:%d/metrics", host, port)
