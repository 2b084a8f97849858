"""A scan as its report: rows made when they are asked for, so that a million fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from dedup.report.model import ToolReport
from dedup.report.scan_model import (
    ArticleReport,
    ClusterReport,
    CountsReport,
    PairReport,
    ScanReport,
    SkippedReport,
)

if TYPE_CHECKING:
    from dedup.scanning import Scan

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row], Generic[Row]):
    """Rows that are made when they are asked for.

    Attributes:
        length: How many there are.
        at: Makes the row at a place, counted from 0.
    """

    length: int
    at: Callable[[int], Row]

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self.at(place) for place in range(*index.indices(self.length))]
        return self.at(range(self.length)[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self.at, range(self.length))


def build(scan: Scan) -> ScanReport:
    """Return the report of a scan: a pure function of it and of the program's version.

    Its rows are views: they take no memory, and time when they are read.
    """
    return ScanReport(
        schema_version="1",
        kind="scan",
        tool=ToolReport("dedup", version("dedup")),
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

    def at(place: int) -> ArticleReport:
        found = scan.articles[place]
        return ArticleReport(
            id=found.id,
            cluster=found.cluster,
            role=found.role,
            representative=found.representative,
            similarity=found.similarity,
            stories=found.stories,
            path=found.path,
            place=found.place,
            title=found.title,
            outlet=found.outlet,
            date=found.date,
            url=found.url,
            language=found.language,
            words=found.words,
        )

    return Rows(len(scan.articles), at)


def pairs(scan: Scan) -> Rows[PairReport]:
    """Return a row for each verified pair of a scan, in order of the ids."""

    def at(place: int) -> PairReport:
        found = scan.pairs[place]
        # Against an older corpus the first of the two is an article there, which has no cluster.
        row = int(scan.pairs.b[place])
        cluster = int(scan.articles.cluster[row]) if found.joined else -1
        return PairReport(
            a=found.a,
            b=found.b,
            label=found.label,
            same_story=found.same_story,
            jaccard=found.jaccard,
            containment=found.containment,
            coverage_unquoted=found.coverage_unquoted,
            longest_run_unquoted=found.longest_run_unquoted,
            joined=found.joined,
            apart=found.apart,
            cluster=scan.articles.name_of(cluster),
        )

    return Rows(len(scan.pairs), at)


def skipped(scan: Scan) -> tuple[SkippedReport, ...]:
    """Return a row for each record that could not be used."""
    return tuple(SkippedReport(bad.path, bad.place, bad.reason, bad.id) for bad in scan.skipped)
