"""The engine of the base install: tokens, shingles and signatures of many articles, in numpy.

A chunk of articles becomes an array of code points, and every step is a handful of operations on
all of it: classes from a table, runs of letters as tokens, their folded UTF-8 bytes eight at a
time, windows of token hashes as shingles. An article that NFC would alter takes the plain path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dedup.detect.batch import SURROGATES, Shingles, Texts, join, offsets_of, plain_tokens, take
from dedup.detect.codepoints import (
    ALONE,
    APOSTROPHE,
    LETTER,
    MARK,
    SEPARATOR,
    UNSEEN,
    UNSTABLE,
    tables,
)
from dedup.detect.permutations import draw, premix
from dedup.detect.shingles import FINAL_FACTOR, MASK, SHINGLE_FACTOR, TOKEN_FACTOR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes of text to take at once: the arrays of a chunk stay in the processor's cache.
CHUNK_BYTES = 1 << 17
#: Shingles to permute at once, for the same reason.
CHUNK_SHINGLES = 1 << 16
#: Continues a token that began with a letter (a mark, an apostrophe, something unseen) …
IN_WORD = 7
#: … and one that is a character of its own.
IN_ALONE = 8


def shingles(texts: Texts, size: int) -> Shingles:
    """Return the shingle hashes of `size` tokens of each text, as `batch.plain_shingles` does.

    O(bytes); about 60 µs for an article of 500 words, where the plain path takes 400.
    """
    parts = []
    for rows in _chunks(texts.offsets, CHUNK_BYTES):
        tokens, counts = token_hashes([texts[row] for row in rows])
        parts.append(windows(tokens, counts, size))
    return join(parts)


def signatures(pieces: Shingles, permutations: int) -> NDArray[np.uint32]:
    """Return the MinHash signature of each article; shape `(n, permutations)`, uint32.

    Bit for bit those of `datasketch.MinHash(scheme="affine32")`; all ones for an article without
    shingles. O(shingles · permutations).
    """
    import numpy as np

    factors, terms = draw(permutations)
    out = np.full((len(pieces), permutations), 0xFFFFFFFF, dtype=np.uint32)
    for rows in _chunks(pieces.offsets, CHUNK_SHINGLES):
        filled = np.flatnonzero(pieces.sizes[rows.start : rows.stop]) + rows.start
        if not len(filled):
            continue
        first = int(pieces.offsets[rows.start])
        mixed = premix(pieces.hashes[first : pieces.offsets[rows.stop]])
        starts = pieces.offsets[filled] - first
        permuted = np.empty_like(mixed)
        found = np.empty((permutations, len(filled)), dtype=np.uint32)
        for number in range(permutations):
            np.multiply(mixed, factors[number], out=permuted)
            permuted += terms[number]
            np.minimum.reduceat(permuted, starts, out=found[number])
        out[filled] = found.T
    return out


def windows(tokens: NDArray[np.uint64], counts: NDArray[np.int64], size: int) -> Shingles:
    """Return the shingles of texts whose token hashes lie end to end, `counts` of each text."""
    import numpy as np

    sizes = np.maximum(counts - size + 1, 0)
    hashes = hash_windows(tokens, size)
    offsets = offsets_of(sizes)
    shifts = np.repeat(offsets_of(counts)[:-1] - offsets[:-1], sizes)  # windows across two texts
    return Shingles(hashes[np.arange(offsets[-1]) + shifts], offsets, counts)


def hash_windows(tokens: NDArray[np.uint64], size: int) -> NDArray[np.uint32]:
    """Return the hash of every `size` consecutive tokens of one text: `shingles.shingle_hash`.

    Two windows side by side make one of twice the size: O(tokens log size).
    """
    import numpy as np

    count = max(0, len(tokens) - size + 1)
    state, width = tokens, 1
    for bit in bin(size)[3:]:
        factor = np.uint64(pow(SHINGLE_FACTOR, width, 1 << 64))
        state = state[:-width] * factor + state[width:]
        width *= 2
        if bit == "1":
            state = state[:-1] * np.uint64(SHINGLE_FACTOR) + tokens[width : width + len(state) - 1]
            width += 1
    state = state[:count] ^ (state[:count] >> np.uint64(32))
    state *= np.uint64(FINAL_FACTOR)
    return (state >> np.uint64(32)).astype(np.uint32)


def token_hashes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the hashes of the tokens of all texts, end to end, and how many each text has."""
    import numpy as np

    known = tables()
    joined = "\n".join([*texts, ""])
    codes = np.frombuffer(joined.encode("utf-32-le", SURROGATES), dtype="<u4")
    edges = offsets_of([len(text) + 1 for text in texts])
    given = known.classes[codes]
    roles = _roles(given)
    word = (roles == LETTER) | (roles == IN_WORD)
    alone = roles == ALONE
    begins = alone.copy()
    begins[1:] |= word[1:] & ~word[:-1]
    begins[:1] |= word[:1]
    member = word | alone | (roles == IN_ALONE)
    member &= given != UNSEEN
    hashes = _hash_tokens(known.folds[codes[member]], np.flatnonzero(begins[member]))
    counts = np.diff(np.searchsorted(np.flatnonzero(begins), edges))
    unstable = np.unique(np.searchsorted(edges, _unstable(codes, given), side="right") - 1)
    return _replace(hashes, counts, texts, unstable.tolist()) if len(unstable) else (hashes, counts)


def shared(sets: Shingles, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many shingles the articles `a[i]` and `b[i]` share, for each `i`; int64.

    Sets of a pair are laid side by side under the pair's number and sorted: what stands twice is
    shared.
    """
    import numpy as np

    sizes = sets.sizes
    out = np.zeros(len(a), dtype=np.int64)
    for pairs in _chunks(offsets_of(sizes[a] + sizes[b]), CHUNK_SHINGLES):
        chunk = slice(pairs.start, pairs.stop)
        both = take(sets, np.concatenate([a[chunk], b[chunk]]))
        numbers = np.tile(np.arange(len(pairs), dtype=np.uint64), 2)
        keys = np.repeat(numbers, both.sizes) << np.uint64(32) | both.hashes
        keys.sort()
        twice = keys[1:][keys[1:] == keys[:-1]] >> np.uint64(32)
        out[chunk] = np.bincount(twice.astype(np.int64), minlength=len(pairs))
    return out


def _roles(given: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Settle what depends on the neighbours: whether an inner character continues a token."""
    import numpy as np

    roles = given.copy()
    inner = np.flatnonzero((given == UNSEEN) | (given == MARK))
    if len(inner):
        opens = np.ones(len(inner), dtype=np.bool_)
        opens[1:] = np.diff(inner) > 1
        before = given[inner[opens] - 1]  # for the first character the last: a separator
        continued = np.where(before == LETTER, IN_WORD, SEPARATOR)
        continued[before == ALONE] = IN_ALONE
        roles[inner] = continued[np.cumsum(opens) - 1]
    marks = np.flatnonzero(given == APOSTROPHE)
    before, after = roles[marks - 1], roles[(marks + 1) % len(roles)]
    joins = ((before == LETTER) | (before == IN_WORD)) & (after == LETTER)
    roles[marks] = np.where(joins, IN_WORD, SEPARATOR)
    return roles


def _unstable(codes: NDArray[np.uint32], given: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the places where NFC may alter a token; none is missed, a few are harmless."""
    import numpy as np

    known = tables()
    marks = np.flatnonzero(given == MARK)
    before = codes[marks - 1]
    pairs = (before.astype(np.uint64) << np.uint64(32)) | codes[marks]
    composes = np.isin(pairs, known.composing) | (given[marks - 1] == UNSEEN)
    reorders = known.ordered[before] & known.ordered[codes[marks]]
    return np.concatenate([np.flatnonzero(given == UNSTABLE), marks[composes | reorders]])


def _hash_tokens(folded: NDArray[np.uint32], firsts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return `shingles.token_hash` of each token, given its characters and where each begins."""
    import numpy as np

    if len(folded) and int(folded.max()) >= 0x80:
        widths = 1 + (folded >= 0x80) + (folded >= 0x800) + (folded >= 0x10000)
        places = offsets_of(widths)
        text = folded.astype("<u4").tobytes().decode("utf-32-le", SURROGATES)
        data = text.encode("utf-8", SURROGATES)
        starts, end = places[firsts], int(places[-1])
    else:
        data, starts, end = folded.astype(np.uint8).tobytes(), firsts, len(folded)
    eights = np.ndarray(end + 1, dtype="<u8", buffer=data + bytes(8), strides=(1,))
    lengths = np.diff(starts, append=end)
    keep = np.array([(1 << 8 * count) - 1 & MASK for count in range(9)], dtype=np.uint64)
    states = np.zeros(len(starts), dtype=np.uint64)
    left: NDArray[np.int64] | slice = slice(None)
    while len(starts):
        state = states[left] ^ (eights[starts] & keep[np.minimum(lengths, 8)])
        state *= np.uint64(TOKEN_FACTOR)
        state ^= state >> np.uint64(32)
        states[left] = state
        longer = np.flatnonzero(lengths > 8)
        left = longer if isinstance(left, slice) else left[longer]
        starts, lengths = starts[longer] + 8, lengths[longer] - 8
    return states


def _replace(
    hashes: NDArray[np.uint64], counts: NDArray[np.int64], texts: Sequence[str], rows: list[int]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Put the tokens that the plain path finds in the place of those of the given texts."""
    import numpy as np

    parts = np.split(hashes, np.cumsum(counts)[:-1])
    for row in rows:
        parts[row] = plain_tokens(texts[row])
    return np.concatenate(parts), np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))


def _chunks(offsets: NDArray[np.int64], room: int) -> Iterator[range]:
    """Cut rows into runs that have at most `room` items, or one row."""
    import numpy as np

    first, rows = 0, len(offsets) - 1
    while first < rows:
        stop = int(np.searchsorted(offsets, offsets[first] + room, side="right")) - 1
        stop = min(max(stop, first + 1), rows)
        yield range(first, stop)
        first = stop
