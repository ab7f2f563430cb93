"""TLS, an authority of one's own and a password: as they stand before a cluster with the security plugin."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import ClusterError
from bot.search.engine.opensearch.cluster import Cluster, ClusterAddress
from tests.conftest import ROOT
from tests.opensearch.door import Door, door_before

USER, PASSWORD = "policy-qa", "correct horse"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What deploy/certificates.sh makes."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl")
    folder = tmp_path_factory.mktemp("certificates")
    subprocess.run(
        [ROOT / "deploy" / "certificates.sh", folder, "127.0.0.1"], check=True, capture_output=True
    )
    return folder


@pytest.fixture
def door(search_urls: list[str], certificates: Path) -> Iterator[Door]:
    """A node that is reached by TLS and with a password."""
    pair = certificates / "127.0.0.1.pem", certificates / "127.0.0.1.key"
    with door_before(search_urls[0], pair, f"{USER}:{PASSWORD}") as door:
        yield door


def health(address: ClusterAddress) -> object:
    """What a cluster says of itself."""
    return Cluster(address).ask("GET", "/_cluster/health", seconds=10)["cluster_name"]


def test_with_authority_and_password_it_answers(door: Door, certificates: Path) -> None:
    """Over TLS, whose certificate is checked."""
    assert health(ClusterAddress((door.url,), USER, PASSWORD, certificates / "ca.pem")) == "test"


def test_a_certificate_of_somebody_else_is_refused(door: Door) -> None:
    """Without SEARCH_CA only the authorities of the system are trusted; the password is not sent."""
    with pytest.raises(ClusterError, match="certificate"):
        health(ClusterAddress((door.url,), USER, PASSWORD))


def test_a_wrong_password_is_told(door: Door, certificates: Path) -> None:
    """By the status, which stands in the log and in /readyz."""
    with pytest.raises(ClusterError, match="status=401"):
        health(ClusterAddress((door.url,), USER, "wrong", certificates / "ca.pem"))
