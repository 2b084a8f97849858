"""Candidates of the stories mode: articles that share sampled shingles, however few of theirs.

A version may keep a tenth of the agency's report, and bands of a signature do not find such a
pair among a million without letting everything in. Sampled shingles do (Manber 1994, Finding
similar files in a large file system): of all shingles of five words those count whose hash is in
the lowest eighth, about 60 of an article of 500 words, so that a pair which shares a tenth of its
wording shares about 6. An inverted index gives the pairs that share one, and the samples of a
pair estimate its containment without bias, furniture aside (`furniture`): chance encounters are
cut before anything is verified.

On 6,960 real articles of eleven outlets, all 101 pairs that a reader called one story and all 64
of the same page on two days are among the candidates, which are 1.4 an article. In a generated
corpus of 20,000 (`benchmarks/corpus.py`) the candidates of one story, were all of them verified,
join 0.998 of its pairs of 3-gram Jaccard 0.08 to 0.15, and 0.9999 of those above.

Memory: 4 bytes a sampled shingle are kept, 250 an article of 500 words; while a part of the
index is sorted, about 50 bytes for each of its entries; 8 bytes for each pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles
from dedup.detect.buckets import ROW_BITS, bucket_pairs, tally, unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.furniture import Hot, find_furniture, find_hot, without
from dedup.detect.linking import Links

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: One shingle in so many is sampled. With 12 a pair of 200 words that shares 0.15 of them is lost
#: once in a hundred; with 4 twice the memory finds nothing more on real news.
SAMPLE_RATE = 8
#: Hashes below this are in the sample.
SAMPLE_BELOW = (1 << 32) // SAMPLE_RATE
#: Least share of the smaller sample that a pair must have in common. Far below any verdict's
#: threshold, as samples are small: of 60, two will do.
LEAST_SHARED = 0.03
#: Entries of the index to sort at once (some 200 MB).
PART_ENTRIES = 1 << 22


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the hash space gives.

    Attributes:
        pairs: Pairs of articles that share a sampled shingle, sorted, as often as they do.
        hot: The shingles that more than `HOT_ARTICLES` articles hold.
    """

    pairs: NDArray[np.uint64]
    hot: Hot


def story_candidates(sample: Shingles, engine: Engine) -> Links:
    """Return the pairs that may be versions of one story, with the containment to expect.

    The strength of a pair is the share of the smaller sample that both have, furniture aside: an
    estimate of containment without bias.

    Args:
        sample: The sampled shingles of every article, `engine.distinct(pieces, SAMPLE_BELOW)`.
            Number the articles in the order of their ids, and the pairs do not depend on the
            order of the input.
        engine: What counts the shared ones.

    Time: O(n log n) in the sampled shingles.
    """
    parts = list(each_part(sample))
    furniture = find_furniture([part.hot for part in parts], sample, engine)
    return cut([part.pairs for part in parts], without(sample, furniture.hashes), engine)


def each_part(sample: Shingles) -> Iterator[Part]:
    """Yield the pairs that share a sampled shingle, one part of the hash space after another."""
    import numpy as np

    parts = max(1, -(-len(sample.hashes) // PART_ENTRIES))
    rows = np.repeat(np.arange(len(sample), dtype=np.uint32), sample.sizes)
    for part in range(parts):
        low, high = (number * SAMPLE_BELOW // parts for number in (part, part + 1))
        kept = np.flatnonzero((sample.hashes >= low) & (sample.hashes < high))
        keys = sample.hashes[kept].astype(np.uint64) << np.uint64(ROW_BITS) | rows[kept]
        keys.sort()
        yield Part(bucket_pairs(keys, 64 - ROW_BITS, ROW_BITS), find_hot(keys))


def cut(parts: Sequence[NDArray[np.uint64]], sample: Shingles, engine: Engine) -> Links:
    """Keep the pairs whose samples have enough in common.

    A pair that met once only is mostly a chance encounter: where its samples are so large that
    one is not enough, it goes before its samples are looked at.
    """
    import numpy as np

    kept_pairs, kept_shares = [], []
    for met, times in tally(parts):
        least = np.maximum(1, np.ceil(LEAST_SHARED * _smaller(sample, met)))
        pairs, least = met[times >= np.minimum(2, least)], least[times >= np.minimum(2, least)]
        shared = engine.shared(sample, *unpack_pairs(pairs))
        kept = shared >= least
        kept_pairs.append(pairs[kept])
        kept_shares.append((shared[kept] / _smaller(sample, pairs[kept])).astype(np.float32))
    return Links(
        np.concatenate([np.empty(0, dtype=np.uint64), *kept_pairs]),
        np.concatenate([np.empty(0, dtype=np.float32), *kept_shares]),
    )


def _smaller(sample: Shingles, pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the size of the smaller sample of each pair."""
    import numpy as np

    a, b = unpack_pairs(pairs)
    sizes = sample.sizes
    return np.asarray(np.minimum(sizes[a], sizes[b]))
