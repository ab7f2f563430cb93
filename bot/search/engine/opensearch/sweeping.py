"""Sweeping: removes bases that no process reads any more, with their documents."""

import logging

from bot.search.engine.opensearch.cluster import ADMIN_PATIENCE, Json
from bot.search.engine.opensearch.editions import Editions

_log = logging.getLogger(__name__)


def sweep(editions: Editions, current: str, since: float) -> None:
    """Removes all bases except the current one that no process has claimed to read since a time.

    Args:
        since: seconds since 1970.

    Raises:
        ClusterError: the cluster does not answer, or refuses.
    """
    cluster, state = editions.cluster, editions.index
    cluster.ask("POST", f"/{state}/_refresh", seconds=ADMIN_PATIENCE)
    for index in _indexes(editions):
        base = index.removesuffix("-changes")
        if base in (current, state) or _is_read(editions, base, since):
            continue
        _log.info("search=removed index=%s", index)
        cluster.ask("DELETE", f"/{index}", seconds=ADMIN_PATIENCE)
        cluster.remove_all(state, {"term": {"base": base}})


def _indexes(editions: Editions) -> list[str]:
    """The names of all indexes of ours, a base before its changes."""
    shown = {"format": "json", "h": "index"}
    rows = editions.cluster.ask("GET", f"/_cat/indices/{editions.cluster.name}-*", params=shown)
    return sorted(row["index"] for row in rows)


def _is_read(editions: Editions, base: str, since: float) -> bool:
    """Whether a process has lately said that it answers from a base."""
    recent: Json = {"range": {"reader_at": {"gte": since}}}
    query = {"bool": {"filter": [{"term": {"base": base}}, recent]}}
    found = editions.cluster.ask("POST", f"/{editions.index}/_search", {"size": 0, "query": query})
    return bool(found["hits"]["total"]["value"])
