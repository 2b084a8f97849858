"""A million articles and their pairs as columns: what looks like a list and fits in memory.

A row costs some 25 bytes and what is known of the article (id, path, title …) as one short
MessagePack; the values of `values` are made when a row is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import TYPE_CHECKING, NamedTuple, overload

from dedup.detect.verdict import SAME_STORY_LABELS, Label
from dedup.scanning.values import Apart, Pair, Role, Scanned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Codes of the columns: an index into these.
ROLES = tuple(Role)
LABELS = tuple(Label)
APARTS = (None, *Apart)
#: Codes of the labels that mean one story, of those that mean copied passages, and of the one that
#: means nothing in common.
SAME = tuple(place for place, label in enumerate(LABELS) if label in SAME_STORY_LABELS)
SHARING = (*SAME, LABELS.index(Label.SHARED_PASSAGES))
UNRELATED = LABELS.index(Label.UNRELATED)
#: In a column of rows: none.
NOBODY = -1


class Known(NamedTuple):
    """What is known of an article, in the order in which it is packed."""

    id: str
    path: str | None
    place: int
    title: str | None
    outlet: str | None
    date: str | None
    url: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of every article, by row.

    Attributes:
        heap: MessagePack of one `Known` after another, in the order of reading.
        starts: Where that of each row begins; shape `(n,)`, int64.
        ends: Where it ends.
    """

    heap: bytes | bytearray
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)

    def __repr__(self) -> str:
        """Say how many there are: whoever prints a result wants no megabytes."""
        return f"<Names: {len(self):,}>"

    def __getitem__(self, row: int) -> Known:
        import msgspec

        packed = memoryview(self.heap)[int(self.starts[row]) : int(self.ends[row])]
        return Known(*msgspec.msgpack.decode(packed))


@dataclass(frozen=True, slots=True, eq=False)
class Articles(Sequence[Scanned]):
    """The articles of a scan, in order of their ids.

    Attributes:
        names: What is known of each; of an older corpus's articles, which come first, too.
        words: Their tokens; shape `(n,)`, int32, as the next columns.
        role: An index into `ROLES`; uint8.
        cluster: The row that names the cluster, or -1; int32.
        representative: The row that stands for it, or -1; int32.
        similarity: Towards the representative, NaN where there is none; float64.
        stories: Of digests, the rows that name their clusters.
        old: How many rows belong to the older corpus.
    """

    names: Names
    words: NDArray[np.int32]
    role: NDArray[np.uint8]
    cluster: NDArray[np.int32]
    representative: NDArray[np.int32]
    similarity: NDArray[np.float64]
    stories: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    old: int = 0

    def __len__(self) -> int:
        return len(self.words) - self.old

    def __repr__(self) -> str:
        return f"<Articles: {len(self):,}>"

    @overload
    def __getitem__(self, index: int) -> Scanned: ...
    @overload
    def __getitem__(self, index: slice) -> list[Scanned]: ...
    def __getitem__(self, index: int | slice) -> Scanned | list[Scanned]:
        if isinstance(index, slice):
            return [self._at(row + self.old) for row in range(*index.indices(len(self)))]
        return self._at(range(self.old, len(self.words))[index])

    def __iter__(self) -> Iterator[Scanned]:
        return map(self._at, range(self.old, len(self.words)))

    def name_of(self, row: int) -> str | None:
        """Return the id of a row of the columns; None for -1."""
        return None if row == NOBODY else self.names[row].id

    def row_of(self, id: str) -> int:
        """Return the row of an article of this corpus. O(log n).

        Raises:
            KeyError: There is no such article.
        """
        low, high = self.old, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.names[middle].id < id:
                low = middle + 1
            else:
                high = middle
        if low == len(self.words) or self.names[low].id != id:
            raise KeyError(id)
        return low

    def _at(self, row: int) -> Scanned:
        known = self.names[row]
        similarity = float(self.similarity[row])
        return Scanned(
            *known,
            words=int(self.words[row]),
            role=ROLES[self.role[row]],
            cluster=self.name_of(int(self.cluster[row])),
            representative=self.name_of(int(self.representative[row])),
            similarity=None if isnan(similarity) else similarity,
            stories=tuple(self.names[story].id for story in self.stories.get(row, ())),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pairs(Sequence[Pair]):
    """The verified pairs of a scan, in order of their rows.

    Attributes:
        names: What is known of the articles.
        a: Row of the first article; shape `(n,)`, int32, as the next columns.
        b: Row of the second.
        label: An index into `LABELS`, or -1; int8.
        same: Whether the pair belongs together by itself; bool.
        jaccard: float64.
        containment: float64.
        coverage: Share of own words of the shorter, or NaN; float64.
        run: Words of the longest common run outside quotations, or -1; int32.
        joined: Whether the pair ties the two together; bool.
        apart: An index into `APARTS`; uint8.
    """

    names: Names
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    label: NDArray[np.int8]
    same: NDArray[np.bool_]
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    coverage: NDArray[np.float64]
    run: NDArray[np.int32]
    joined: NDArray[np.bool_]
    apart: NDArray[np.uint8]

    def __repr__(self) -> str:
        return f"<Pairs: {len(self):,}>"

    def __len__(self) -> int:
        return len(self.a)

    @overload
    def __getitem__(self, index: int) -> Pair: ...
    @overload
    def __getitem__(self, index: slice) -> list[Pair]: ...
    def __getitem__(self, index: int | slice) -> Pair | list[Pair]:
        if isinstance(index, slice):
            return [self._at(place) for place in range(*index.indices(len(self)))]
        return self._at(range(len(self))[index])

    def of(self, row: int) -> list[Pair]:
        """Return the pairs that an article is in. O(n)."""
        import numpy as np

        return [self._at(int(place)) for place in np.flatnonzero((self.a == row) | (self.b == row))]

    def _at(self, place: int) -> Pair:
        label, coverage, run = (
            int(self.label[place]), float(self.coverage[place]), int(self.run[place])
        )  # fmt: skip
        return Pair(
            a=self.names[int(self.a[place])].id,
            b=self.names[int(self.b[place])].id,
            label=None if label < 0 else LABELS[label],
            same_story=bool(self.same[place]),
            jaccard=float(self.jaccard[place]),
            containment=float(self.containment[place]),
            coverage_unquoted=None if isnan(coverage) else coverage,
            longest_run_unquoted=None if run < 0 else run,
            joined=bool(self.joined[place]),
            apart=APARTS[self.apart[place]],
        )
