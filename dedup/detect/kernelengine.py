"""The compiled engine: how the kernels are called, by one thread or several.

It gives the same bits as `NumpyEngine` (`detect.engine`), fifteen times as fast; it takes the extra
`fast`, and has to be compiled once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dedup.detect import indexing
from dedup.detect.batch import ALL_HASHES, Shingles, Texts, offsets_of, plain_shingles
from dedup.detect.codepoints import PLAIN, tables
from dedup.detect.machine import Compiled
from dedup.detect.marking import Furniture, no_furniture
from dedup.detect.meetings import Part
from dedup.detect.permutations import draw
from dedup.detect.room import own_room, places_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Articles below which a second thread costs more than it brings.
THREAD_ARTICLES = 64
#: Groups of articles to look at together: what their sets may have in common fits in a cache.
GROUPS = 64
#: Hashes that fit in a bucket of `shared_pairs`, and that may be written behind those of a sample.
BUCKET = VECTOR = 16

SHINGLE_ROWS = Compiled("dedup.detect.shinglekernel", "shingle_rows")
SIGN_ROWS = Compiled("dedup.detect.shinglekernel", "sign_rows")
DISTINCT_ROWS = Compiled("dedup.detect.setkernel", "distinct_rows")
SET_ROWS = Compiled("dedup.detect.setkernel", "set_rows")
SHARED_PAIRS = Compiled("dedup.detect.setkernel", "shared_pairs")
COUNT_WITHOUT = Compiled("dedup.detect.furniturekernel", "count_without")
COMMON_HASHES = Compiled("dedup.detect.furniturekernel", "common_hashes")


@dataclass(frozen=True, slots=True)
class KernelEngine:
    """The compiled engine. `threads` work on one batch at a time; the result is the same."""

    threads: int = 1

    @property
    def name(self) -> str:
        """What to call it in a report."""
        return "numba"

    def shingles(self, texts: Texts, size: int, kept: bool = True) -> Shingles:
        """Return the shingle hashes of each text."""
        import numpy as np

        known = tables()
        places = offsets_of((np.diff(texts.offsets) + 1) // 2)  # most tokens: "a b c d e"
        loose = own_room().take("loose", np.uint32, int(places[-1]))
        sizes, counts = np.zeros((2, len(texts)), dtype=np.int64)
        longest = int(np.diff(places).max(initial=0))
        self._run(
            len(texts),
            lambda first, stop: SHINGLE_ROWS(
                texts.data,
                texts.offsets,
                places,
                first,
                stop,
                size,
                (known.classes, known.folds, known.ordered, known.composing),
                np.empty(longest, dtype=np.uint64),
                loose,
                sizes,
                counts,
            ),
        )
        ends = places[:-1] + sizes
        plain = np.flatnonzero(counts == PLAIN)
        replaced = plain_shingles((texts[row] for row in plain.tolist()), size)
        sizes[plain], counts[plain] = replaced.sizes, replaced.tokens
        found = _spliced(loose, places[:-1], ends, plain, replaced)
        hashes = np.concatenate(found) if kept or len(found) != 1 else found[0]
        return Shingles(hashes, offsets_of(sizes), counts)

    def signatures(self, pieces: Shingles, permutations: int) -> NDArray[np.uint32]:
        """Return the MinHash signature of each article."""
        import numpy as np

        factors, terms = draw(permutations)
        out = np.empty((len(pieces), permutations), dtype=np.uint32)
        longest = int(pieces.sizes.max(initial=0))
        self._run(
            len(pieces),
            lambda first, stop: SIGN_ROWS(
                pieces.hashes,
                pieces.offsets,
                first,
                stop,
                factors,
                terms,
                np.empty(longest + 16, dtype=np.uint32),
                out,
            ),
        )
        return out

    def distinct(self, pieces: Shingles, below: int = 1 << 32) -> Shingles:
        """Return the set of each article's shingles below a hash."""
        import numpy as np

        room = own_room()
        hashes = room.take("distinct", np.uint32, len(pieces.hashes))
        sizes = np.empty(len(pieces), dtype=np.int64)
        longest = VECTOR + int(pieces.sizes.max(initial=0))
        spare = room.take("spare", np.uint32, 2, longest)
        tally = room.take("tally", np.int64, 4, 256)
        DISTINCT_ROWS(pieces.hashes, pieces.offsets, below, *spare, tally, hashes, sizes)
        offsets = offsets_of(sizes)
        return Shingles(hashes[: offsets[-1]].copy(), offsets, pieces.tokens)

    def sets(self, pieces: Shingles, between: tuple[int, int] = ALL_HASHES) -> Shingles:
        """Return the set of each article's shingles, as they come."""
        import numpy as np

        hashes = np.empty(len(pieces.hashes), dtype=np.uint32)
        sizes = np.empty(len(pieces), dtype=np.int64)
        marks = marks_for(int(pieces.sizes.max(initial=1)))
        SET_ROWS(pieces.hashes, pieces.offsets, *between, marks, hashes, sizes)
        return _cut(hashes, sizes, pieces.tokens)

    def shared(
        self,
        sets: Shingles,
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        furniture: Furniture | None = None,
    ) -> NDArray[np.int64]:
        """Return how many shingles each pair of articles shares."""
        import numpy as np

        known = (furniture or no_furniture()).laid_out
        a, b = np.ascontiguousarray(a), np.ascontiguousarray(b)
        out = np.empty(len(a), dtype=np.int64)
        longest = 2 + int(sets.sizes_of(a).max(initial=0))
        self._run(
            len(a),
            lambda first, stop: SHARED_PAIRS(
                sets.hashes,
                sets.offsets,
                a,
                b,
                first,
                stop,
                *known,
                np.empty(BUCKET * longest, dtype=np.uint32),
                np.empty(longest, dtype=np.int64),
                np.empty(longest, dtype=np.uint32),
                out,
            ),
        )
        return out

    def count(self, pieces: Shingles, furniture: Furniture) -> NDArray[np.int64]:
        """Return how many shingles each article has that are no furniture."""
        import numpy as np

        sizes = np.empty(len(pieces), dtype=np.int64)
        self._run(
            len(pieces),
            lambda first, stop: COUNT_WITHOUT(
                pieces.hashes, pieces.offsets, first, stop, *furniture.laid_out, sizes
            ),
        )
        return sizes

    def common(self, sets: Shingles, groups: NDArray[np.int64], least: int) -> Shingles:
        """Return what so many articles of each group hold."""
        import numpy as np

        # Only what one of these holds is counted: without them, too few are left.
        held = sets.sizes[groups[:, : groups.shape[1] - least + 1]].sum(axis=1)
        sizes = np.zeros(len(groups), dtype=np.int64)
        found: dict[int, NDArray[np.uint32]] = {}

        def find(first: int, stop: int) -> None:
            for start in range(first, stop, GROUPS):
                some = slice(start, min(stop, start + GROUPS))
                table = np.zeros(places_for(int(held[some].max())), dtype=np.uint64)
                out = np.empty(held[some].sum(), dtype=np.uint32)
                COMMON_HASHES(
                    sets.hashes, sets.offsets, groups[some], least, table,
                    np.empty(len(table), dtype=np.uint8), out, sizes[some],
                )  # fmt: skip
                found[start] = out[: sizes[some].sum()].copy()

        self._run(len(groups), find)
        hashes = [np.empty(0, dtype=np.uint32), *(found[start] for start in sorted(found))]
        return Shingles(np.concatenate(hashes), offsets_of(sizes), sizes)

    def parts(self, sample: Shingles, below: int) -> list[Part]:
        """Return which articles meet."""
        return indexing.parts(sample, below, self.threads)

    def frequent(
        self, found: Sequence[Part], least: NDArray[np.number], often: int | NDArray[np.int64]
    ) -> NDArray[np.uint64]:
        """Return the pairs that may share enough."""
        return indexing.frequent(found, least, often, self.threads)

    def _run(self, rows: int, work: Callable[[int, int], None]) -> None:
        """Share rows out among the threads; each writes to places of its own."""
        if self.threads == 1 or rows < THREAD_ARTICLES:
            work(0, rows)
            return
        edges = [rows * part // self.threads for part in range(self.threads + 1)]
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(work, edges[:-1], edges[1:]))


def _spliced(
    loose: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    plain: NDArray[np.int64],
    replaced: Shingles,
) -> list[NDArray[np.uint32]]:
    """Return stretches of hashes that make up those of all articles, end to end.

    Args:
        loose: Where most of them are.
        starts: Where those of each article begin there; mostly right behind the one before it.
        ends: Where they end.
        plain: The articles that have none there.
        replaced: Those of these.
    """
    import numpy as np

    opens = np.flatnonzero(starts[1:] != ends[:-1]) + 1
    edges = np.unique(np.concatenate([[0], opens, plain, plain + 1, [len(starts)]]))
    instead = {row: replaced[number] for number, row in enumerate(plain.tolist())}
    found = [loose[:0]]
    for first, stop in pairwise(edges.tolist()):
        found.append(instead[first] if first in instead else loose[starts[first] : ends[stop - 1]])
    return found[1:] or found


def _cut(
    hashes: NDArray[np.uint32], sizes: NDArray[np.int64], tokens: NDArray[np.int64]
) -> Shingles:
    """Return the sets that lie end to end where an array begins, which is kept if most of it is."""
    offsets = offsets_of(sizes)
    kept = hashes[: offsets[-1]]
    return Shingles(kept if 2 * len(kept) > len(hashes) else kept.copy(), offsets, tokens)


def marks_for(hashes: int) -> NDArray[np.uint64]:
    """Return room to mark so many hashes, as `setkernel.set_rows` wants it."""
    import numpy as np

    return np.empty(1 << max(0, hashes - 1).bit_length(), dtype=np.uint64)


def kernel_is_compiled() -> bool:
    """Say whether machine code of the kernel lies on disk, so that a caller can announce a wait."""
    return SIGN_ROWS.is_there


def index_is_compiled() -> bool:
    """Say the same of what stories take besides."""
    return indexing.FREQUENT_PAIRS.is_there
