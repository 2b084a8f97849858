"""The largest stories of a scan and what was skipped, as a person wants to hear of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from dedup.reading.piece import BadRecord
from dedup.report.quantities import count
from dedup.scanning import Articles, Cluster, Counts, Mode, Scan, Scanned
from dedup.scanning.columns import Known

#: The part of a date that sorts as text; dates in other forms are not compared.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

#: What differs from record to record in a reason: what stands in brackets, which article had the
#: id before, and the mend.
_DETAIL = re.compile(r" \(.*\)| as .*, place .*|;.*", re.DOTALL)

#: Stories, and of each the versions, that an error of one line names.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Story:
    """One story and its versions.

    Attributes:
        representative: The version that stands for it: one of an older corpus, if there is one.
        versions: How many versions there are: the representative included, or besides it where
            it is in an older corpus.
        outlets: Who published it: the one with most versions first, then by name.
        days: The first and the last day, where dates in ISO 8601 are known.
        similarity: Median of the Jaccard similarity of the others to the representative.
        pair: The representative and the version least like it: the pair to look at.
    """

    representative: Known
    versions: int
    outlets: tuple[str, ...]
    days: tuple[str, str] | None
    similarity: float | None
    pair: tuple[Known, Scanned] | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some records were skipped.

    Attributes:
        reason: Why.
        count: How many.
        first: The first of them.
    """

    reason: str
    count: int
    first: BadRecord


def largest(scan: Scan, limit: int) -> list[Story]:
    """Return the stories with most versions, the largest first."""
    return [_story(members, scan.articles) for members in scan.members(limit)]


def _story(members: Sequence[Scanned], articles: Articles) -> Story:
    head = articles.names[int(articles.representative[articles.row_of(members[0].id)])]
    others = [found for found in members if articles.old or found.id != head.id]
    alike = [found.similarity for found in others if found.similarity is not None]
    outlets = Counter(found.outlet for found in members if found.outlet)
    days = sorted(found.date[:10] for found in members if found.date and _DAY.match(found.date))
    # The older corpus may call its article as this one does.
    least = min((found for found in others if found.id != head.id), key=_likeness, default=None)
    return Story(
        representative=head,
        versions=len(members),
        outlets=tuple(sorted(outlets, key=lambda name: (-outlets[name], name))),
        days=(days[0], days[-1]) if days else None,
        similarity=median(alike) if alike else None,
        pair=(head, least) if least else None,
    )


def _likeness(found: Scanned) -> tuple[float, str]:
    return (1.0 if found.similarity is None else found.similarity, found.id)


def digests(scan: Scan, limit: int) -> list[Scanned]:
    """Return the digests that hold passages of most stories, those of most first."""
    articles = scan.articles
    rows = sorted(articles.stories, key=lambda row: (-len(articles.stories[row]), row))
    return [articles[row - articles.old] for row in rows[:limit]]


def reasons(skipped: Iterable[BadRecord]) -> list[Reason]:
    """Return why records were skipped, the most frequent reason first.

    >>> bad = [BadRecord("a", 3, "is not valid JSON (column 5)"), BadRecord("a", 4, "is empty"),
    ...        BadRecord("a", 9, "is not valid JSON (column 8)")]
    >>> [(reason.count, reason.reason, reason.first.place) for reason in reasons(bad)]
    [(2, 'is not valid JSON', 3), (1, 'is empty', 4)]
    """
    firsts: dict[str, BadRecord] = {}
    counts: Counter[str] = Counter()
    for bad in skipped:
        reason = _DETAIL.sub("", bad.reason)
        firsts.setdefault(reason, bad)
        counts[reason] += 1
    return [Reason(reason, count, firsts[reason]) for reason, count in counts.most_common()]


def refusal(scan: Scan) -> str:
    """Return why a corpus with records that cannot be used is refused: the first of them."""
    bad = scan.skipped[0]
    place = bad.path if bad.place is None else f"{bad.path}:{bad.place}"
    more = f" (and {len(scan.skipped) - 1:,} more)" if len(scan.skipped) > 1 else ""
    mend = "; mend it, or leave out --strict" if len(scan.articles) else ""
    return f"{place}: {bad.reason}{more}{mend}"


def accusation(scan: Scan) -> str:
    """Return what is there more than once: the largest stories, or groups, by name.

    Against an older corpus the article there is named first.
    """
    counts = scan.counts
    named = [_versions(cluster, counts.against > 0) for cluster in scan.clusters(_NAMED)]
    more = f"; and {counts.clusters - _NAMED:,} more" if counts.clusters > _NAMED else ""
    return f"{_charge(scan.mode, counts)}: {'; '.join(named)}{more}"


def _charge(mode: Mode, counts: Counts) -> str:
    if counts.against:
        there = count(counts.clustered, "article is", "articles are")
        return f"{there} there already"
    if mode is Mode.CLASSIC:
        return count(counts.clusters, "group of near-duplicates", "groups of near-duplicates")
    there = count(counts.clusters, "story is", "stories are")
    return f"{there} there in several versions"


def _versions(cluster: Cluster, old: bool) -> str:
    first = [cluster.id] if old else []
    more = [f"{len(cluster) - _NAMED:,} more"] if len(cluster) > _NAMED else []
    return " = ".join([*first, *cluster.members[:_NAMED], *more])
