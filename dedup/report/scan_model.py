"""The JSON contract of a scan, as values: a row an article, a row a pair, and the counts.

The same rows stand in `.jsonl`, `.csv` and `.parquet` files, with the same names. Unknown is None
(`null`), never a missing key; keys are only ever added within a major version. Nothing in here
depends on the machine or the time: the same corpus gives the same file. The docstrings below are
published: they become the descriptions of the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dedup.detect.clusters import Choice
from dedup.detect.verdict import Label
from dedup.report.tool import ToolReport
from dedup.scanning.values import Apart, Mode, Role

__all__ = [
    "Apart",
    "ArticleReport",
    "Choice",
    "ClusterReport",
    "CountsReport",
    "Label",
    "Mode",
    "PairReport",
    "Role",
    "ScanReport",
    "SkippedReport",
    "ToolReport",
]


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """One article of the corpus, and what became of it.

    Attributes:
        id: What the corpus calls it; unique.
        cluster: The story that it is a version of: the smallest id of its versions; null for a
            single article and for a digest. Of a scan against an older corpus: the id of the
            article there that it is a version of.
        role: What it is in the corpus: the representative or another member of a cluster, single,
            or a digest, which holds passages of several stories and joins none.
        representative: Id of the member that stands for the story.
        similarity: Jaccard similarity of its shingles and the representative's, 0 to 1.
        stories: Of a digest, the stories that it holds passages of: clusters, or single articles
            by their ids.
        path: The file that holds it.
        place: Where in the file: line, row or item, counted from 1; first byte of a WARC record;
            0 for a file of its own.
        title: Its headline.
        outlet: Who published it.
        date: When, as written.
        url: Where.
        language: ISO 639 code that its record states.
        words: Its words.
    """

    id: str
    cluster: str | None
    role: Role
    representative: str | None
    similarity: float | None
    stories: tuple[str, ...]
    path: str | None
    place: int
    title: str | None
    outlet: str | None
    date: str | None
    url: str | None
    language: str | None
    words: int


@dataclass(frozen=True, slots=True)
class PairReport:
    """Two articles that were compared exactly, with what they share.

    Attributes:
        a: Id of the first; against an older corpus, of the article there.
        b: Id of the second.
        label: What `dedup compare` says of the two; null with a threshold on Jaccard similarity.
        same_story: Whether the two, taken by themselves, are versions of one story: by the label,
            or by the threshold.
        jaccard: Jaccard similarity of their shingles, 0 to 1, as all ratios.
        containment: Shared shingles over those of the article that has fewer.
        coverage_unquoted: Share of the words of the one that has fewer outside quotations that
            stand there in wording that the other has too; null with a threshold.
        longest_run_unquoted: Words of the longest common passage outside quotations; null with
            a threshold.
        joined: Whether the pair ties the two into one cluster.
        apart: Why not, although by themselves they look like versions of one story.
        cluster: The cluster that it ties them into.
    """

    a: str
    b: str
    label: Label | None
    same_story: bool
    jaccard: float
    containment: float
    coverage_unquoted: float | None
    longest_run_unquoted: int | None
    joined: bool
    apart: Apart | None
    cluster: str | None


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """The versions of one story.

    Attributes:
        id: The smallest id of its members; against an older corpus, that of the article there.
        representative: Id of the member that stands for it.
        members: Ids of all members, the representative among them, sorted.
    """

    id: str
    representative: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkippedReport:
    """A record that could not be used.

    Attributes:
        path: The file.
        place: Where in it, as of an article; null where it concerns the whole file.
        reason: Why, for people.
        id: What the corpus calls it, where that much could be read.
    """

    path: str
    place: int | None
    reason: str
    id: str | None


@dataclass(frozen=True, slots=True)
class CountsReport:
    """What became of everything that was read; `read` is the sum of the next four.

    Attributes:
        read: Articles in, skipped records included.
        clustered: Articles in a cluster.
        single: Articles that are versions of nothing.
        digests: Articles that hold passages of several stories.
        skipped: Records that could not be used.
        clusters: Stories of more than one version.
        pairs: Pairs that were compared exactly.
        joined: Pairs that tie two articles together.
        against: Articles of the older corpus, which are not in `read`.
    """

    read: int
    clustered: int
    single: int
    digests: int
    skipped: int
    clusters: int
    pairs: int
    joined: int
    against: int


@dataclass(frozen=True, slots=True)
class ScanReport:
    """A corpus scanned: which articles are versions of one story, and on what evidence.

    Attributes:
        schema_version: Major version of this contract.
        kind: Always `scan`.
        tool: The program that wrote the report.
        mode: `stories`: versions of one story, by the verdict of `dedup compare`; `classic`:
            near-duplicates, by a threshold on Jaccard similarity.
        threshold: That threshold; null in stories mode.
        thresholds: The limits that the verdicts were decided with, by name; in classic mode only
            `shingle_words` counts.
        representative: How the member that stands for a story was chosen.
        counts: What became of everything that was read.
        clusters: Every story of more than one version, the largest first.
        articles: Every article, in order of the ids.
        pairs: Every pair that was compared exactly, in order of the ids.
        skipped: Every record that could not be used.
    """

    schema_version: Literal["1"]
    kind: Literal["scan"]
    tool: ToolReport
    mode: Mode
    threshold: float | None
    thresholds: dict[str, int | float]
    representative: Choice
    counts: CountsReport
    clusters: Sequence[ClusterReport]
    articles: Sequence[ArticleReport]
    pairs: Sequence[PairReport]
    skipped: Sequence[SkippedReport]
