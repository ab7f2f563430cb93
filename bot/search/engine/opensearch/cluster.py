"""An OpenSearch cluster over HTTP. The only door to opensearch-py, an optional package."""

import json
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import ClusterError, SettingsError

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

NAME = "policy-qa"
"""The alias of what is in use. The names of all indexes begin with it."""

PATIENCE = 1.0
"""Seconds for a search at a node; a node that is frozen, not dead, holds a question up for so long."""

READ_PATIENCE = 3.0
"""Seconds for what is read while nobody waits for an answer."""

WRITE_PATIENCE = 10.0
"""Seconds for a document that is written: it has to reach every copy, of which one may be frozen."""

ADMIN_PATIENCE = 60.0
"""Seconds for what may take long, and nobody waits for: making an index, copying it."""

DEAD_SECONDS = 5
"""A node that failed is not asked for so long; twice and four times as long if it fails again."""

TOTAL = "total"
"""Stands for a key where a search asks how many there are."""

_WAITED_IN_VAIN = 408

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """The nodes' addresses and our user. `ca`: file with the certificate that signed theirs."""

    urls: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None


class Cluster:
    """A client of a cluster. Threads and forks may share it: each process has connections of its own.

    Every node is listed and none is looked up (sniffing makes a frozen node worse); a request goes to one
    node after another until one answers.

    Args:
        name: the names of all indexes begin with it.
        patience: seconds for a search at a node.

    Raises:
        SettingsError: the client is not installed.
    """

    def __init__(self, address: ClusterAddress, name: str = NAME, patience: float = PATIENCE) -> None:
        try:
            import opensearchpy  # noqa: PLC0415  # optional
        except ImportError:
            raise SettingsError(
                "package 'opensearch-py': is not installed, SEARCH_URL cannot be used; "
                "run pip install -r requirements-opensearch.txt"
            ) from None
        for logger in ("opensearch", "urllib3"):
            logging.getLogger(logger).setLevel(logging.ERROR)  # below, they log what is asked
        self._opensearch = opensearchpy
        self._address = address
        self._client: tuple[int, OpenSearch] | None = None
        self.name = name
        self._patience = patience

    def ask(
        self,
        method: str,
        path: str,
        body: Json | str | None = None,
        params: Mapping[str, str | int | float] | None = None,
        seconds: float = READ_PATIENCE,
    ) -> Any:
        """The cluster's answer to a request.

        Raises:
            ClusterError: it does not answer, or refuses; `status` is that of the last node.
        """
        asked = {**(params or {}), "request_timeout": seconds}
        try:
            return self._connected().transport.perform_request(method, path, params=asked, body=body)
        except self._opensearch.ConnectionTimeout:
            raise ClusterError("timeout") from None
        except self._opensearch.SSLError:
            raise ClusterError("certificate") from None
        except self._opensearch.ConnectionError:
            raise ClusterError("unreachable") from None
        except self._opensearch.TransportError as error:
            raise ClusterError(f"status={error.status_code}", status=int(error.status_code)) from None
        except (self._opensearch.OpenSearchException, ValueError) as error:
            raise ClusterError("malformed") from error

    def version(self) -> str:
        """The version of OpenSearch, such as 2.19.1.

        Raises:
            ClusterError: it does not answer, or is something else.
        """
        told = self.ask("GET", "/")
        try:
            return str(told["version"]["number"])
        except (KeyError, TypeError):
            raise ClusterError("malformed") from None

    def search(self, searches: Sequence[tuple[str, Json]]) -> list[list[tuple[str, float]]]:
        """For each search, an index and its body, the keys of what was found with their scores, best first.

        A key is read from a column of its own: for the id, the node would unpack the whole document, in twice
        the processor time.

        Scores follow the statistics of the whole index, whichever of its parts is asked. The node that is
        asked answers by itself where it can, so that no other one is waited for.

        Raises:
            ClusterError: also where a part of an index did not answer.
        """
        how = {"preference": "_local", "search_type": "dfs_query_then_fetch"}
        keys = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["key"]}
        lines = [line for index, body in searches for line in ({"index": index, **how}, {**body, **keys})]
        answers = self.ask("POST", "/_msearch", _lines(lines), seconds=self._patience)["responses"]
        return [_hits(answer) for answer in answers]

    def count(self, index: str, query: Json) -> int:
        """How many documents of an index match a query."""
        return int(self.ask("POST", f"/{index}/_count", {"query": query}, seconds=ADMIN_PATIENCE)["count"])

    def sources(self, places: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """What stands in some documents, each named by its index and id; those that are not there are left
        out."""
        asked = [{"_index": index, "_id": doc_id} for index, doc_id in places]
        if not asked:
            return {}
        how = {"realtime": "false", "preference": "_local"}
        found = self.ask("POST", "/_mget", {"docs": asked}, how, self._patience)
        return {row["_id"]: row["_source"] for row in found["docs"] if row.get("found")}

    def create_all(self, index: str, rows: Iterable[tuple[str, Json]], *, refresh: bool = False) -> None:
        """Adds documents, each an id and its content. Documents that exist stay unchanged.

        Args:
            refresh: waits until they can be found.

        Raises:
            ClusterError: one of them was refused.
        """
        lines = [line for doc_id, row in rows for line in ({"create": {"_id": doc_id}}, row)]
        if not lines:
            return
        params = {"refresh": "true"} if refresh else {}
        told = self.ask("POST", f"/{index}/_bulk", _lines(lines), params, WRITE_PATIENCE)
        statuses = {item["create"]["status"] for item in told["items"]} if told["errors"] else set()
        if refused := statuses - {201, 409}:
            raise ClusterError(f"status={min(refused)}", status=min(refused))

    def is_green(self, index: str, seconds: int) -> bool:
        """Whether all copies of an index are there within some seconds."""
        params = {"wait_for_status": "green", "timeout": f"{seconds}s"}
        try:
            self.ask("GET", f"/_cluster/health/{index}", params=params, seconds=seconds + READ_PATIENCE)
        except ClusterError as error:
            if error.status == _WAITED_IN_VAIN:
                return False
            raise
        return True

    def remove_all(self, index: str, query: Json) -> None:
        """Removes the documents that match a query, a thousand at most."""
        body = {"size": 1000, "_source": False, "query": query}
        found = self.ask("POST", f"/{index}/_search", body, seconds=ADMIN_PATIENCE)["hits"]["hits"]
        lines = [{"delete": {"_id": hit["_id"]}} for hit in found]
        if lines:
            self.ask("POST", f"/{index}/_bulk", _lines(lines), seconds=ADMIN_PATIENCE)

    def _connected(self) -> "OpenSearch":
        """The client of this process: a fork must not share connections."""
        process = os.getpid()
        if self._client is None or self._client[0] != process:
            self._client = process, self._made()
        return self._client[1]

    def _made(self) -> "OpenSearch":
        address = self._address
        return self._opensearch.OpenSearch(
            list(address.urls),
            http_auth=(address.user, address.password) if address.user else None,
            ca_certs=str(address.ca) if address.ca else None,
            timeout=self._patience,
            max_retries=max(1, len(address.urls) - 1),
            retry_on_timeout=True,
            retry_on_status=(429, 502, 503, 504),
            dead_timeout=DEAD_SECONDS,
            timeout_cutoff=2,
            pool_maxsize=32,
        )


def _lines(rows: Iterable[Json]) -> str:
    return "".join(f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n" for row in rows)


def _hits(answer: Any) -> list[tuple[str, float]]:
    if "error" in answer:
        raise ClusterError(f"status={answer['status']}", status=answer["status"])
    if answer["_shards"]["failed"] or answer["timed_out"]:
        raise ClusterError("partial")
    if total := answer["hits"].get("total"):
        return [(TOTAL, float(total["value"]))]
    return [(hit["fields"]["key"][0], hit["_score"]) for hit in answer["hits"]["hits"]]
