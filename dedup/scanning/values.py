"""What a scan says of one article, one pair and one story: plain values, made when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dedup.detect.verdict import Label


class Mode(StrEnum):
    """What counts as belonging together."""

    STORIES = "stories"
    CLASSIC = "classic"


class Role(StrEnum):
    """What an article is in its corpus."""

    REPRESENTATIVE = "representative"
    MEMBER = "member"
    SINGLE = "single"
    DIGEST = "digest"


class Apart(StrEnum):
    """Why two articles that are versions of each other, taken by themselves, were not joined.

    `digest`: one of them holds passages of stories that share nothing. `split`: the chain that
    they stand in joined articles that share nothing, and was cut here. `furniture`: what they
    share stands on many pages that share nothing else, which no two articles alone can show.
    """

    DIGEST = "digest"
    SPLIT = "split"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Scanned:
    """One article after the scan.

    Attributes:
        id: What the corpus calls it; unique in the result.
        path: The file that holds it; None for an article that came from no file.
        place: Where in the file, as in `reading.Record`; 0 for a file of its own.
        title: Its headline, where known, as are the next four.
        outlet: Who published it.
        date: When, as written.
        url: Where.
        language: ISO 639 code that the record states.
        words: Its tokens.
        role: What it is in the corpus.
        cluster: The story it is a version of: the smallest id of its members; None for a single
            article and for a digest. Compared `against` an older corpus: the id of the article
            there that it is a version of.
        representative: Id of the member that stands for the story; its own for that member.
        similarity: Jaccard similarity of its shingles and the representative's, 0 to 1; None
            where there is no representative.
        stories: Of a digest, the stories that it holds passages of, sorted: clusters, or single
            articles by their ids.
    """

    id: str
    path: str | None
    place: int
    title: str | None
    outlet: str | None
    date: str | None
    url: str | None
    language: str | None
    words: int
    role: Role
    cluster: str | None
    representative: str | None
    similarity: float | None
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that were compared exactly, with what they share.

    Attributes:
        a: Id of the one that comes first in order of ids (against an older corpus: of the old
            one).
        b: Id of the other.
        label: What `compare` says of the two; None in classic mode. Where it says that they share
            passages, but are one story without the furniture that only the corpus shows, this and
            the figures are those of the two without it.
        same_story: Whether they belong together by themselves: by `label`, or in classic mode by
            `jaccard`.
        jaccard: Of the shingle sets, 0 to 1, as all ratios.
        containment: Shared shingles over those of the article that has fewer.
        coverage_unquoted: Share of the shorter's words outside quotations that stand in wording
            of the other (`Evidence.coverage_unquoted`); None in classic mode.
        longest_run_unquoted: Words of the longest common run outside quotations; None in classic
            mode.
        joined: Whether the pair ties the two into one story.
        apart: Why not, where they belong together by themselves and were not joined.
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


@dataclass(frozen=True, slots=True)
class Cluster:
    """The versions of one story.

    Attributes:
        id: The smallest id of its members; against an older corpus, that of the old article.
        representative: Id of the member that stands for it.
        members: Ids of all in this corpus, the representative among them, sorted.
    """

    id: str
    representative: str
    members: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of everything that was read; `read` is the sum of the next four.

    Attributes:
        read: Articles in, bad records included.
        clustered: Articles in a cluster.
        single: Articles that are versions of nothing.
        digests: Articles that hold passages of several stories.
        skipped: Bad records.
        clusters: How many stories of more than one version.
        pairs: How many pairs were compared exactly.
        joined: How many of them tie two articles together.
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
    against: int = 0
