"""One hash definition, two engines: what either does, and which is sooner done.

Both give the same bits. Numpy is always there and quick to start; the compiled one
(`kernelengine`) takes a while to be so once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from dedup.detect import furniture as plain_furniture
from dedup.detect import meetings, vectors
from dedup.detect.batch import ALL_HASHES, Shingles, Texts, above, distinct, pack, take
from dedup.detect.kernelengine import KernelEngine, kernel_is_compiled
from dedup.detect.marking import Furniture, no_furniture
from dedup.detect.meetings import Part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Seconds an article of 500 words takes of one core to be hashed, signed (51 permutations) and
#: compared with the few that are like it.
NUMPY_SECONDS = 120e-6
KERNEL_SECONDS = 15e-6
#: Seconds to load the kernel's machine code, and to compile it when there is none.
KERNEL_LOAD_SECONDS = 0.06
COMPILE_SECONDS = 19.0
#: It is compiled for all runs to come; one takes this share of it on itself.
COMPILE_SHARE = 0.2


class Engine(Protocol):
    """What hashes articles and signs them."""

    @property
    def name(self) -> str:
        """What to call it in a report: `numpy` or `numba`."""

    def shingles(self, texts: Texts, size: int, kept: bool = True) -> Shingles:
        """Return the shingle hashes of `size` tokens of each text, in order, repeats kept.

        Where they are not `kept`, they may be gone when this thread asks for others.
        """

    def signatures(self, pieces: Shingles, permutations: int) -> NDArray[np.uint32]:
        """Return the MinHash signature of each article; shape `(n, permutations)`, uint32.

        Bit for bit those of `datasketch.MinHash(scheme="affine32")`; all ones for an article
        without shingles, which must not be compared.
        """

    def distinct(self, pieces: Shingles, below: int = 1 << 32) -> Shingles:
        """Return the set of each article's shingles below a hash, sorted: see `batch.distinct`."""

    def sets(self, pieces: Shingles, between: tuple[int, int] = ALL_HASHES) -> Shingles:
        """Return the set of each article's shingles, in the order that suits `shared` best.

        Args:
            pieces: The shingles.
            between: The lowest and the highest hash that counts.
        """

    def shared(
        self,
        sets: Shingles,
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        furniture: Furniture | None = None,
    ) -> NDArray[np.int64]:
        """Return how many shingles the articles `a[i]` and `b[i]` share, exactly, for each `i`.

        `sets` are without repeats, as `sets` or `distinct` gives them. Furniture does not count.
        O(shingles of the pairs).
        """

    def count(self, pieces: Shingles, furniture: Furniture) -> NDArray[np.int64]:
        """Return how many shingles each article has that are no furniture."""

    def common(self, sets: Shingles, groups: NDArray[np.int64], least: int) -> Shingles:
        """Return what so many articles of each group hold: see `furniture.common`."""

    def parts(self, sample: Shingles, below: int) -> list[Part]:
        """Return which articles meet in an index of their samples: see `meetings.parts`."""

    def frequent(
        self, found: Sequence[Part], least: NDArray[np.number], often: int | NDArray[np.int64]
    ) -> NDArray[np.uint64]:
        """Return the pairs that may share enough: see `meetings.frequent`."""


@dataclass(frozen=True, slots=True)
class NumpyEngine:
    """The engine of the base install.

    >>> NumpyEngine().shingles(pack(["The dam holds", "It"]), 2).sizes.tolist()
    [2, 0]
    """

    @property
    def name(self) -> str:
        """What to call it in a report."""
        return "numpy"

    def shingles(self, texts: Texts, size: int, kept: bool = True) -> Shingles:
        """Return the shingle hashes of each text."""
        return vectors.shingles(texts, size)

    def signatures(self, pieces: Shingles, permutations: int) -> NDArray[np.uint32]:
        """Return the MinHash signature of each article."""
        return vectors.signatures(pieces, permutations)

    def distinct(self, pieces: Shingles, below: int = 1 << 32) -> Shingles:
        """Return the set of each article's shingles below a hash."""
        return distinct(pieces, below)

    def sets(self, pieces: Shingles, between: tuple[int, int] = ALL_HASHES) -> Shingles:
        """Return the set of each article's shingles, sorted."""
        low, high = between
        return above(distinct(pieces, high + 1), low)

    def shared(
        self,
        sets: Shingles,
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        furniture: Furniture | None = None,
    ) -> NDArray[np.int64]:
        """Return how many shingles each pair of articles shares."""
        import numpy as np

        if furniture is None:
            return vectors.shared(sets, a, b)
        rows, places = np.unique(np.concatenate([a, b]), return_inverse=True)
        some = plain_furniture.without(take(sets, rows), furniture.shingles)
        return vectors.shared(some, *places.reshape(2, -1))

    def count(self, pieces: Shingles, furniture: Furniture) -> NDArray[np.int64]:
        """Return how many shingles each article has that are no furniture."""
        return plain_furniture.without(pieces, furniture.shingles).sizes

    def common(self, sets: Shingles, groups: NDArray[np.int64], least: int) -> Shingles:
        """Return what so many articles of each group hold."""
        return plain_furniture.common(sets, groups, least)

    def parts(self, sample: Shingles, below: int) -> list[Part]:
        """Return which articles meet."""
        return meetings.parts(sample, below)

    def frequent(
        self, found: Sequence[Part], least: NDArray[np.number], often: int | NDArray[np.int64]
    ) -> NDArray[np.uint64]:
        """Return the pairs that may share enough."""
        return meetings.frequent(found, least, often)


def choose_engine(articles: int, threads: int = 1, processes: int = 1) -> Engine:
    """Return the engine that finishes sooner, by what each was measured to cost.

    Args:
        articles: About how many articles will come.
        threads: Threads that the compiled engine may use.
        processes: Processes that share the articles, each of which has to load it.

    >>> choose_engine(100).name
    'numpy'
    """
    if find_spec("numba") is None:
        return NumpyEngine()
    share = articles / processes
    compiling = COMPILE_SECONDS * COMPILE_SHARE / min(processes, 2)  # some parts take long
    start = KERNEL_LOAD_SECONDS if kernel_is_compiled() else compiling
    if start + share * KERNEL_SECONDS / threads < share * NUMPY_SECONDS:
        return KernelEngine(threads)
    return NumpyEngine()


def warm_up(engine: Engine) -> None:
    """Compile or load whatever the engine needs, on a text of three words."""
    import numpy as np

    pieces = engine.shingles(pack(["The dam holds"]), 2)
    engine.signatures(pieces, 1)
    first = np.zeros(1, dtype=np.int64)
    engine.shared(engine.sets(engine.distinct(pieces)), first, first)


def warm_up_index(engine: Engine) -> None:
    """Compile or load whatever the index of samples needs."""
    import numpy as np

    pieces = engine.distinct(engine.shingles(pack(["The dam holds"]), 2))
    engine.common(pieces, np.zeros((1, 1), dtype=np.int64), 1)
    engine.count(pieces, no_furniture())
    found = engine.parts(pieces, 1 << 32)
    engine.frequent(found, np.ones(1, dtype=np.int64), 1)
