"""A scan as its report: rows made when they are asked for, so that a million fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import starmap
from math import isnan
from typing import IO, TYPE_CHECKING, Any, Generic, TypeVar, overload

from dedup.crew import Crew
from dedup.detect.kernelengine import KernelEngine
from dedup.report.scan_model import (
    ArticleReport,
    ClusterReport,
    CountsReport,
    PairReport,
    ScanReport,
    SkippedReport,
)
from dedup.report.tables import write_json_values
from dedup.report.tool import this_tool
from dedup.scanning.columns import APARTS, LABELS, NOBODY, ROLES, Names
from dedup.scanning.rowlines import BATCH, lines_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.scanning import Scan

Row = TypeVar("Row")

#: Rows that are taken out of the columns of a scan at a time.
_BATCH = 4096
#: Ids that are remembered: those of a story are asked for again and again.
_REMEMBERED = 1 << 16


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row], Generic[Row]):
    """Rows that are made when they are asked for.

    Attributes:
        length: How many there are.
        between: Makes the rows from one place to another, exclusive, counted from 0.
    """

    length: int
    between: Callable[[int, int], Iterator[Row]]

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self.length))]
        place = range(self.length)[index]
        return next(self.between(place, place + 1))

    def __iter__(self) -> Iterator[Row]:
        return self.between(0, self.length)


def build(scan: Scan) -> ScanReport:
    """Return the report of a scan: a pure function of it and of the program's version.

    Its rows are views: they take no memory, and time when they are read.
    """
    return ScanReport(
        schema_version="1",
        kind="scan",
        tool=this_tool(),
        mode=scan.mode,
        threshold=scan.threshold,
        thresholds=asdict(scan.thresholds),
        representative=scan.choice,
        counts=CountsReport(**asdict(scan.counts)),
        clusters=tuple(ClusterReport(c.id, c.representative, c.members) for c in scan.clusters()),
        articles=articles(scan),
        pairs=pairs(scan),
        skipped=skipped(scan),
    )


def articles(scan: Scan) -> Rows[ArticleReport]:
    """Return a row for each article of a scan, in order of the ids."""

    def between(start: int, stop: int) -> Iterator[ArticleReport]:
        return starmap(ArticleReport, article_values(scan, start, stop))

    return Rows(len(scan.articles), between)


def article_values(scan: Scan, start: int, stop: int) -> Iterator[tuple[Any, ...]]:
    """Yield the values of the rows of articles from one place to another, exclusive."""
    found = scan.articles
    names, stories = found.names, found.stories
    columns = (found.role, found.cluster, found.representative, found.similarity, found.words)
    known = _known(names)
    id_of = _id_of(names)
    rows = _batches((names.starts, names.ends, *columns), start + found.old, stop + found.old)
    for row, (first, last, role, cluster, representative, similarity, words) in rows:
        id, *rest = known(first, last)
        yield (
            id,
            None if cluster == NOBODY else id_of(cluster),
            ROLES[role],
            None if representative == NOBODY else id_of(representative),
            None if isnan(similarity) else similarity,
            tuple(names[story].id for story in stories[row]) if row in stories else (),
            *rest,
            words,
        )


def write_articles(scan: Scan, file: IO[bytes]) -> None:
    """Write a line of JSON for each article, by the engine that the scan was made with."""
    count = len(scan.articles)
    if scan.engine != KernelEngine().name:
        write_json_values(article_values(scan, 0, count), ArticleReport, file)
        return

    def lines(start: int) -> NDArray[np.uint8]:
        return lines_of(scan.articles, start, min(start + BATCH, count))

    with Crew(scan.workers) as crew:
        for written in crew.map_here(lines, range(0, count, BATCH)):
            file.write(written.data)


def pairs(scan: Scan) -> Rows[PairReport]:
    """Return a row for each verified pair of a scan, in order of the ids."""
    found = scan.pairs
    columns = (
        found.a, found.b, found.label, found.same, found.jaccard, found.containment,
        found.coverage, found.run, found.joined, found.apart,
    )  # fmt: skip

    def between(start: int, stop: int) -> Iterator[PairReport]:
        id_of = _id_of(found.names)
        for _, values in _batches(columns, start, stop):
            a, b, label, same, jaccard, containment, coverage, run, joined, apart = values
            # Against an older corpus the first is an article there, which has no cluster.
            cluster = int(scan.articles.cluster[b]) if joined else NOBODY
            yield PairReport(
                a=id_of(a) or "",
                b=id_of(b) or "",
                label=None if label < 0 else LABELS[label],
                same_story=same,
                jaccard=jaccard,
                containment=containment,
                coverage_unquoted=None if isnan(coverage) else coverage,
                longest_run_unquoted=None if run < 0 else run,
                joined=joined,
                apart=APARTS[apart],
                cluster=id_of(cluster),
            )

    return Rows(len(found), between)


def _batches(
    columns: Sequence[NDArray[Any]], start: int, stop: int
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the number of each row with its values, as Python has them."""
    for begin in range(start, stop, _BATCH):
        end = min(begin + _BATCH, stop)
        values = (column[begin:end].tolist() for column in columns)
        yield from zip(range(begin, end), zip(*values, strict=True), strict=True)


def _known(names: Names) -> Callable[[int, int], Sequence[Any]]:
    """Return a function from a place in the heap of names to what is known of an article."""
    import msgspec

    decode, heap = msgspec.msgpack.Decoder().decode, memoryview(names.heap)
    return lambda first, last: decode(heap[first:last])


def _id_of(names: Names) -> Callable[[int], str | None]:
    """Return a function from a row to its id; None for no row."""
    return lru_cache(_REMEMBERED)(lambda row: None if row == NOBODY else names[row].id)


def skipped(scan: Scan) -> tuple[SkippedReport, ...]:
    """Return a row for each record that could not be used."""
    return tuple(SkippedReport(bad.path, bad.place, bad.reason, bad.id) for bad in scan.skipped)
