"""Editions in a real cluster: whole or as changes, read by several front ends, removed when not read."""

import json
import os
import time
import urllib.request
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from bot.errors import ClusterError
from bot.search.engine.embedded.postings import Chunk
from bot.search.engine.opensearch.cluster import Cluster, ClusterAddress
from bot.search.engine.opensearch.editions import Editions
from bot.search.engine.opensearch.lease import LEASE_SECONDS, Lease
from bot.search.engine.opensearch.publishing import READ_FOR, SWEEP_EVERY, Publisher
from bot.search.engine.reference import ReferenceEngine
from bot.search.entry import Entries
from tests.opensearch.cluster import BLANKS, Blanks, Shelf, Texts, corpus_of

BEFORE = {"办法:t1": ["甲", "甲", "乙"], "办法:t2": ["甲"], "条例:t1": ["丙"]}
AFTER = {"办法:t1": ["丁"], "办法:t2": ["甲"], "条例:t1": ["丙"], "条例:t2": ["甲", "丁"]}
ASKED = [("甲", 1.0), ("丁", 1.0), ("丙", 0.5)]


class SetTime:
    """Seconds since 1970, to be moved."""

    def __init__(self) -> None:
        self.seconds = time.time()

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def shelf(search_urls: list[str]) -> Iterator[Shelf]:
    """A cluster without any edition under the name of the shelf."""
    shelf = Shelf(search_urls)
    yield shelf
    shelf.cluster.ask("DELETE", f"/{shelf.cluster.name}-*", seconds=60)


def indexes(shelf: Shelf) -> set[str]:
    """The indexes under the name of a shelf, but for that of the state."""
    asked = f"{shelf.url}/_cat/indices/{shelf.cluster.name}-*?format=json"
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return {row["index"] for row in json.load(answer)} - {shelf.editions.index}


def front_end(shelf: Shelf, owner: str, now: SetTime) -> Publisher:
    """A publisher of another front end on the same cluster."""
    cluster = Cluster(ClusterAddress(tuple(shelf.urls)), shelf.cluster.name)
    return Publisher(Editions(cluster), owner, now)


def expected(texts: Texts) -> list[tuple[str, Any]]:
    """What the reference finds in some texts."""
    return [(entry_id, pytest.approx(score)) for entry_id, score in ReferenceEngine(texts).best(ASKED, 9)]


def test_a_changed_document_is_found_and_the_base_stays(shelf: Shelf) -> None:
    """Only its entries are sent; whoever still answers from the edition before gets that one."""
    before = shelf.engine_of(BEFORE)
    bases = indexes(shelf)

    after = shelf.engine_of(AFTER)

    assert indexes(shelf) == bases
    assert after.best(ASKED, 9) == expected(AFTER)
    assert before.best(ASKED, 9) == expected(BEFORE)
    assert (before.count(), after.count()) == (3, 4)


def test_a_document_that_comes_back_is_found_again(shelf: Shelf) -> None:
    """What was taken away and put back has the edition that it had."""
    shelf.engine_of(BEFORE)
    shelf.engine_of({"条例:t1": ["丙"]})

    again = shelf.engine_of(BEFORE)

    assert again.best(ASKED, 9) == expected(BEFORE)


def test_another_way_to_cut_is_published_whole(shelf: Shelf) -> None:
    """Terms of two analyzers never stand in one base; the alias goes over to the new one."""
    shelf.engine_of(BEFORE)
    bases = indexes(shelf)

    engine = shelf.engine_of(BEFORE, Blanks("other blanks"))

    assert engine.best(ASKED, 9) == expected(BEFORE)
    (new,) = (index for index in indexes(shelf) - bases if not index.endswith("-changes"))
    with urllib.request.urlopen(f"{shelf.url}/_alias/{shelf.cluster.name}", timeout=10) as answer:
        assert set(json.load(answer)) == {new, f"{new}-changes"}


def test_front_ends_with_the_same_texts_see_one_edition(shelf: Shelf) -> None:
    """One publishes, the other finds that edition and sends nothing."""
    shelf.engine_of(BEFORE)
    bases = indexes(shelf)

    other = Shelf(shelf.urls, shelf.cluster.name)
    engine = other.engine_of(BEFORE)

    assert indexes(other) == bases
    assert engine.best(ASKED, 9) == expected(BEFORE)


def test_one_front_end_at_a_time_publishes(shelf: Shelf) -> None:
    """The lease of one that died ends by itself."""
    now = SetTime()
    shelf.editions.prepare()
    assert Lease(shelf.editions, "dies", now).take()
    other = front_end(shelf, "other", now)

    assert other.publish(corpus_of(BEFORE, BLANKS)) is None
    now.seconds += LEASE_SECONDS + 1
    assert other.publish(corpus_of(BEFORE, BLANKS))


def test_a_lease_that_another_one_took_cannot_be_renewed(shelf: Shelf) -> None:
    """A front end that slept too long stops sending."""
    now = SetTime()
    shelf.editions.prepare()
    slept = Lease(shelf.editions, "slept", now)
    assert slept.take()
    now.seconds += LEASE_SECONDS + 1
    assert Lease(shelf.editions, "other", now).take()

    with pytest.raises(ClusterError, match="lease_lost"):
        slept.renew()


def test_forks_of_a_front_end_are_not_one_owner(shelf: Shelf) -> None:
    """Its workers were given the same name before they were forked."""
    now = SetTime()
    shelf.editions.prepare()
    ours = Lease(shelf.editions, "front end", now)
    assert ours.take()

    fork = os.fork()
    if not fork:
        os._exit(int(Lease(shelf.editions, "front end", now).take()))

    assert os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) == 0
    assert ours.take()


def test_a_publication_that_broke_off_goes_on(shelf: Shelf) -> None:
    """What was sent is not sent again, and the edition is whole in the end."""
    texts = {f"办法{n // 10}:t{n % 10}": ["甲"] * (n % 4) + [f"词{n}"] for n in range(1200)}
    corpus = corpus_of(texts, BLANKS)
    assert shelf.publisher.takes_long(corpus)

    def breaking(chunks: Iterable[Chunk], total: int) -> Iterator[Chunk]:
        chunks = iter(chunks)
        yield next(chunks)
        raise ClusterError("unreachable")

    with pytest.raises(ClusterError):
        shelf.publisher.publish(corpus, breaking)
    assert shelf.editions.manifest(corpus.identity.name) is None
    (begun,) = (index for index in indexes(shelf) if not index.endswith("-changes"))
    sent = shelf.editions.get(f"progress:{begun}")["sent"]
    assert 0 < sent < 1200

    engine = shelf.engine_of(texts)

    assert indexes(shelf) == {begun, f"{begun}-changes"}
    assert engine.count() == 1200
    assert [entry_id for entry_id, _ in engine.best([("词7", 1.0)], 3)] == ["办法0:t7"]


def test_a_base_that_nobody_reads_is_removed(shelf: Shelf) -> None:
    """One that a front end still reads stays, until it reads another one."""
    now = SetTime()
    first, second, third = (Blanks(f"analyzer {n}") for n in range(3))
    ours, theirs = front_end(shelf, "ours", now), front_end(shelf, "theirs", now)
    read, left = ours.publish(corpus_of(BEFORE, first)), ours.publish(corpus_of(BEFORE, second))
    assert read and left
    now.seconds += READ_FOR + SWEEP_EVERY
    theirs.say_read(read.base)

    current = ours.publish(corpus_of(BEFORE, third))

    assert current
    assert indexes(shelf) == {
        index for base in (read.base, current.base) for index in (base, f"{base}-changes")
    }
    assert shelf.editions.base(left.base) is None
    assert shelf.editions.manifest(left.name) is None


def test_an_index_with_a_missing_part_is_an_error(shelf: Shelf) -> None:
    """Half of an answer would be an answer from half of the library."""
    engine = shelf.engine_of(BEFORE)
    (base,) = (index for index in indexes(shelf) if not index.endswith("-changes"))
    shelf.cluster.ask("POST", f"/{base}/_close", seconds=60)

    with pytest.raises(ClusterError):
        engine.best(ASKED, 3)


def test_a_node_that_missed_a_change_is_told_from_one_that_has_it(shelf: Shelf) -> None:
    """One that was frozen answers from what it knew, until it learns that the others went on."""
    shelf.engine_of(BEFORE)
    after = shelf.engine_of(AFTER)
    (changes,) = (index for index in indexes(shelf) if index.endswith("-changes"))
    shelf.cluster.remove_all(changes, {"match_all": {}})
    shelf.cluster.ask("POST", f"/{changes}/_refresh")

    with pytest.raises(ClusterError, match="stale"):
        after.best(ASKED, 9)


def test_entries_are_held_in_order(shelf: Shelf) -> None:
    """An empty document between others moves no entry."""
    texts = {"甲:t1": ["甲"], "乙:t1": [], "丙:t1": ["甲"]}
    engine = shelf.engine_of(texts)

    assert [entry_id for entry_id, _ in engine.best([("甲", 1.0)], 2)] == ["甲:t1", "丙:t1"]
    assert engine.shares(["甲"], list(texts)).tfs.tolist() == [[1, 0, 1]]
    assert len(engine) == len(Entries(corpus_of(texts, BLANKS).batches))
