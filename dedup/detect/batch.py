"""Many articles as a few arrays: the values that engines take and give.

Texts lie end to end in one array of UTF-8 bytes, as in an Arrow column; shingle hashes likewise.
Whatever an engine gives is held to `plain_shingles`, the slow reference, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.detect.shingles import shingle_hashes, token_hash
from dedup.text.tokens import tokenize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A lone surrogate, which broken JSON can hold, has a place in UTF-8 too.
SURROGATES = "surrogatepass"
#: The lowest hash and the highest.
ALL_HASHES = (0, 0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts end to end.

    Attributes:
        data: Their UTF-8 bytes; uint8.
        offsets: Text `i` is `data[offsets[i]:offsets[i + 1]]`; shape `(n + 1,)`, int64.
    """

    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> str:
        start, end = int(self.offsets[row]), int(self.offsets[row + 1])
        return self.data[start:end].tobytes().decode("utf-8", SURROGATES)


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingle hashes of articles, end to end.

    Attributes:
        hashes: uint32; 4 bytes a shingle, so about 2,000 bytes for an article of 500 words.
        offsets: Those of article `i` are `hashes[offsets[i]:offsets[i + 1]]`; shape `(n + 1,)`,
            int64.
        tokens: How many tokens each article has; shape `(n,)`, int64.
    """

    hashes: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    tokens: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> NDArray[np.uint32]:
        return self.hashes[self.offsets[row] : self.offsets[row + 1]]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many shingles each article has; O(n) each time."""
        import numpy as np

        return np.diff(self.offsets)

    def sizes_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many shingles some articles have; O(rows)."""
        sizes: NDArray[np.int64] = self.offsets[rows + 1] - self.offsets[rows]
        return sizes


def pack(texts: Iterable[str]) -> Texts:
    """Lay texts end to end.

    >>> packed = pack(["Dam holds", "", "Levée"])
    >>> packed.offsets.tolist(), packed[2]
    ([0, 9, 9, 15], 'Levée')
    """
    return lay(list(map(encode, texts)))


def encode(text: str) -> bytes:
    """Return the bytes of a text, as engines take it."""
    return text.encode("utf-8", SURROGATES)


def lay(encoded: Sequence[bytes]) -> Texts:
    """Do what `pack` does, with texts whose bytes are at hand."""
    import numpy as np

    return Texts(np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets_of(map(len, encoded)))


def offsets_of(sizes: Iterable[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each of the pieces of the given sizes begins, and where the last ends."""
    import numpy as np

    counts = sizes if isinstance(sizes, np.ndarray) else np.fromiter(sizes, dtype=np.int64)
    offsets = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def join(parts: Sequence[Shingles]) -> Shingles:
    """Lay the shingles of several batches end to end, in the given order."""
    import numpy as np

    return Shingles(
        np.concatenate([np.empty(0, dtype=np.uint32), *(part.hashes for part in parts)]),
        offsets_of(np.concatenate([np.empty(0, np.int64), *(part.sizes for part in parts)])),
        np.concatenate([np.empty(0, dtype=np.int64), *(part.tokens for part in parts)]),
    )


def plain_tokens(text: str) -> NDArray[np.uint64]:
    """Return the hash of every token of a text, by way of the definition; shape `(tokens,)`."""
    import numpy as np

    words = tokenize(text).words
    return np.fromiter(map(token_hash, words), dtype=np.uint64, count=len(words))


def plain_shingles(texts: Iterable[str], size: int) -> Shingles:
    """Return the shingle hashes of each text, one text at a time: the reference of all engines.

    >>> plain_shingles(["The dam holds", "It"], 2).sizes.tolist()
    [2, 0]
    """
    import numpy as np

    words = [tokenize(text).words for text in texts]
    parts = [shingle_hashes(of_text, size) for of_text in words]
    return Shingles(
        np.concatenate([np.empty(0, dtype=np.uint32), *parts]),
        offsets_of(map(len, parts)),
        np.fromiter(map(len, words), dtype=np.int64, count=len(words)),
    )


def take(pieces: Shingles, rows: NDArray[np.int64]) -> Shingles:
    """Return the shingles of the given articles alone, in the given order."""
    import numpy as np

    sizes = pieces.sizes[rows]
    offsets = offsets_of(sizes)
    places = np.arange(offsets[-1]) + np.repeat(pieces.offsets[rows] - offsets[:-1], sizes)
    return Shingles(pieces.hashes[places], offsets, pieces.tokens[rows])


def above(pieces: Shingles, least: int) -> Shingles:
    """Return the shingles of each article with a hash of at least `least`."""
    if not least:
        return pieces
    kept = pieces.hashes >= least
    offsets = offsets_of(kept)[pieces.offsets]
    return Shingles(pieces.hashes[kept], offsets, pieces.tokens)


def distinct(pieces: Shingles, below: int = 1 << 32) -> Shingles:
    """Return the set of each article's shingles with a hash less than `below`, sorted.

    With `below` at 2^32 / s this is a sample of about one shingle in s that all articles share:
    a shingle is in the sample of every article that holds it, or of none (Manber 1994, Finding
    similar files in a large file system; Broder 1997). O(n log n) in the shingles kept.

    >>> import numpy as np
    >>> distinct(Shingles(np.array([7, 3, 7, 5], np.uint32), offsets_of([3, 1]),
    ...     np.array([3, 1]))).hashes.tolist()
    [3, 7, 5]
    """
    import numpy as np

    kept = pieces.hashes < below
    rows = np.repeat(np.arange(len(pieces), dtype=np.uint64), pieces.sizes)[kept]
    keys = (rows << np.uint64(32)) | pieces.hashes[kept]
    keys.sort()
    fresh = np.ones(len(keys), dtype=np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    keys = keys[fresh]
    edges = np.arange(len(pieces) + 1, dtype=np.uint64) << np.uint64(32)
    offsets = np.searchsorted(keys, edges).astype(np.int64)
    return Shingles(keys.astype(np.uint32), offsets, pieces.tokens)
