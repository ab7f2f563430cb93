"""Editions of plain terms in a cluster: what the tests of the engine share."""

import itertools
import time
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from bot.search.analysis import Analyzer
from bot.search.engine.embedded.building import Corpus
from bot.search.engine.opensearch.cluster import Cluster, ClusterAddress
from bot.search.engine.opensearch.editions import Editions
from bot.search.engine.opensearch.engine import OpenSearchEngine
from bot.search.engine.opensearch.publishing import Publisher
from bot.search.entry import Batch, Entries, Entry

Texts = Mapping[str, Sequence[str]]
"""Entry id → its terms, in the order of the library."""

PATIENCE = 30.0
"""Seconds for a search: a machine that runs all tests at once may take longer than residents wait."""

_numbers = itertools.count()


class Blanks(Analyzer):
    """Terms stand in a text with blanks between them. Another name counts as another way to cut."""

    def __init__(self, name: str = "blanks") -> None:
        self.digest = name

    def terms(self, text: str) -> list[str]:
        """The terms of a text."""
        return text.split()


def corpus_of(texts: Texts, analyzer: Blanks) -> Corpus:
    """A corpus with these entries: a batch for each document."""
    documents = groupby(texts, key=lambda entry_id: entry_id.partition(":")[0])
    batches = [
        Batch.of([Entry(entry_id, (), " ".join(texts[entry_id])) for entry_id in ids], document)
        for document, ids in documents
    ]
    return Corpus(batches, analyzer, Path("/nowhere"))


BLANKS = Blanks()


class Shelf:
    """Publishes one edition after another into a cluster of some address, under a name of its own.

    Its time stands still: no base is removed, however long ago a test read it.
    """

    def __init__(self, urls: Sequence[str], name: str = "") -> None:
        self.urls, self.url = list(urls), urls[0]
        name = name or f"test-{next(_numbers)}-{time.time_ns()}"
        self.cluster = Cluster(ClusterAddress(tuple(urls)), name, PATIENCE)
        self.editions = Editions(self.cluster)
        began = time.time()
        self.publisher = Publisher(self.editions, "the only one", lambda: began)

    def engine_of(self, texts: Texts, analyzer: Blanks = BLANKS) -> OpenSearchEngine:
        """The engine of some texts, published as a change of what was there before where that is small.

        By an analyzer of another name they are published whole.
        """
        corpus = corpus_of(texts, analyzer)
        published = self.publisher.publish(corpus)
        assert published
        manifest = self.editions.manifest(published.name)
        assert manifest
        base = self.editions.base(manifest.base)
        assert base
        statistics = self.editions.statistics(manifest, base)
        return OpenSearchEngine(self.cluster, manifest, statistics, Entries(corpus.batches))
