"""What a scan found, and the questions that people ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dedup.detect.clusters import Choice
from dedup.detect.thresholds import Thresholds
from dedup.reading.piece import BadRecord
from dedup.scanning.columns import NOBODY, ROLES, Articles, Pairs
from dedup.scanning.values import Cluster, Counts, Mode, Role, Scanned


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The result of a scan.

    Attributes:
        mode: Stories, or classic near-duplicates.
        threshold: Least Jaccard similarity in classic mode; None in stories mode.
        thresholds: What the verdicts of stories mode turn on; in classic mode only
            `shingle_words` counts.
        choice: How the member that stands for a story was chosen.
        articles: Every article, in order of the ids.
        pairs: Every pair that was compared exactly, in order of the ids.
        skipped: Every record that could not be read, and why; records whose id had come before
            are among them.
        stages: Seconds that each stage took, in their order.
        engine: What hashed the articles: `numpy` or `numba`.
        workers: Processes that worked, this one included where it did.
    """

    mode: Mode
    threshold: float | None
    thresholds: Thresholds
    choice: Choice
    articles: Articles
    pairs: Pairs
    skipped: tuple[BadRecord, ...]
    stages: Mapping[str, float]
    engine: str
    workers: int

    def __repr__(self) -> str:
        """Return what a notebook shows: a line, however many articles there are."""
        return f"Scan(mode={self.mode.value!r}, threshold={self.threshold}, counts={self.counts})"

    @property
    def counts(self) -> Counts:
        """What became of everything that was read."""
        import numpy as np

        rows = slice(self.articles.old, None)
        roles = np.bincount(self.articles.role[rows], minlength=len(ROLES)).tolist()
        of = dict(zip(ROLES, roles, strict=True))
        clusters = self.articles.cluster[rows]
        return Counts(
            read=len(self.articles) + len(self.skipped),
            clustered=of[Role.REPRESENTATIVE] + of[Role.MEMBER],
            single=of[Role.SINGLE],
            digests=of[Role.DIGEST],
            skipped=len(self.skipped),
            clusters=int(np.count_nonzero(np.bincount(clusters[clusters != NOBODY]))),
            pairs=len(self.pairs),
            joined=int(self.pairs.joined.sum()),
            against=self.articles.old,
        )

    def clusters(self, most: int | None = None) -> list[Cluster]:
        """Return every story of more than one version, or the first: the largest, then by id."""
        return [self._cluster(rows) for rows in self._groups(most)]

    def members(self, most: int | None = None) -> list[list[Scanned]]:
        """Return the versions of each of these stories, in order of the ids."""
        old = self.articles.old
        return [[self.articles[row - old] for row in rows] for rows in self._groups(most)]

    def _groups(self, most: int | None) -> list[list[int]]:
        """Return the rows of the versions of each story, as `clusters` orders them."""
        import numpy as np

        cluster = self.articles.cluster
        rows = np.flatnonzero(cluster != NOBODY)
        rows = rows[rows >= self.articles.old]
        rows = rows[np.argsort(cluster[rows], kind="stable")]
        firsts = np.flatnonzero(np.diff(cluster[rows], prepend=NOBODY))
        sizes = np.diff(firsts, append=len(rows))
        # A stable sort: those of one size stay in order of the ids.
        largest = np.argsort(-sizes, kind="stable")[:most]
        edges = zip(firsts[largest].tolist(), sizes[largest].tolist(), strict=True)
        return [rows[first : first + size].tolist() for first, size in edges]

    def cluster_of(self, id: str) -> Cluster | None:
        """Return the story that an article is a version of; None for a single one or a digest.

        Raises:
            KeyError: There is no such article.
        """
        import numpy as np

        row = self.articles.row_of(id)
        name = int(self.articles.cluster[row])
        if name == NOBODY:
            return None
        rows = np.flatnonzero(self.articles.cluster == name)
        return self._cluster(rows[rows >= self.articles.old].tolist())

    def _cluster(self, rows: list[int]) -> Cluster:
        names = self.articles.names
        return Cluster(
            names[int(self.articles.cluster[rows[0]])].id,
            names[int(self.articles.representative[rows[0]])].id,
            tuple(names[row].id for row in rows),
        )
