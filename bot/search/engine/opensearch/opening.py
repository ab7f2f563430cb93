"""Settings → a cluster for editions."""

import re
import sys
import uuid
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.errors import SettingsError
from bot.processes import run_niced
from bot.search.engine.opensearch.cluster import PATIENCE, Cluster, ClusterAddress
from bot.search.engine.opensearch.editions import Editions
from bot.search.engine.opensearch.keeping import ClusterSearch
from bot.search.engine.opensearch.publishing import Publisher
from bot.settings import Settings, environment, variable

_OPEN = re.compile(r"http://(?!127\.|localhost\b|\[::1\])")


def cluster_search(settings: Settings, patience: float = PATIENCE) -> ClusterSearch | None:
    """The cluster for publishing and searching editions; None: SEARCH_URL is empty.

    Nothing is asked yet.

    Args:
        patience: seconds for a search at a node.

    Raises:
        SettingsError: it cannot be used so, or its client is not installed.
    """
    if not settings.search_url:
        return None
    editions = Editions(Cluster(_address_of(settings), patience=patience))
    command = [sys.executable, "-m", "bot", "index", "--to", "opensearch"]
    build = partial(run_niced, command, Path(__file__).parents[4], _environment(settings))
    return ClusterSearch(editions, Publisher(editions, uuid.uuid4().hex), build)


def nodes_of(settings: Settings) -> dict[str, Cluster]:
    """Each node by its address, as a cluster of its own. Nothing is asked yet.

    Raises:
        SettingsError: they cannot be used so, or the client is not installed.
    """
    address = _address_of(settings)
    return {url: Cluster(replace(address, urls=(url,))) for url in address.urls}


def _address_of(settings: Settings) -> ClusterAddress:
    if settings.search_password and _OPEN.search(settings.search_url):
        raise SettingsError(
            "setting 'SEARCH_URL': the password would go over the network in plain text; use https addresses"
        )
    if bool(settings.search_user) != bool(settings.search_password):
        raise SettingsError("setting 'SEARCH_USER': user and password belong together; set both")
    if settings.search_ca and not settings.search_ca.is_file():
        raise SettingsError(f"setting 'SEARCH_CA': there is no file '{settings.search_ca}'; give a PEM file")
    urls = tuple(settings.search_url.split())
    return ClusterAddress(urls, settings.search_user, settings.search_password, settings.search_ca)


def _environment(settings: Settings) -> dict[str, str]:
    """The environment for another process of ours that uses the same cluster."""
    fields = ("search_url", "search_user", "search_password", "search_ca")
    chosen = {variable(field): str(value) for field in fields if (value := getattr(settings, field))}
    return {**environment(settings), **chosen}
