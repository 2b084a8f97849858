"""Candidates of the stories mode: articles that share sampled shingles, however few of theirs.

A version may keep a tenth of the agency's report, and bands of a signature do not find such a
pair among a million without letting everything in. Sampled shingles do (Manber 1994, Finding
similar files in a large file system): of all shingles of five words those count whose hash is in
the lowest eighth, about 60 of an article of 500 words, so that a pair which shares a tenth of its
wording shares about 6. An inverted index gives the pairs that share one, and the samples of a
pair estimate its containment without bias, furniture aside (`furniture`): chance encounters are
cut before anything is verified.

On 6,960 real articles of eleven outlets, all 101 pairs that a reader called one story and all 64
of the same page on two days are joined by way of the candidates, which are 0.4 an article; of a
million generated articles (`benchmarks/corpus.py`) they are 1.6.

Memory: 4 bytes a sampled shingle are kept, 250 an article of 500 words; 4 bytes for each time that
two articles meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles
from dedup.detect.buckets import unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.furniture import Hot, find_furniture
from dedup.detect.linking import Links
from dedup.detect.marking import Furniture
from dedup.detect.meetings import Part

if TYPE_CHECKING:
    from dedup.detect.furniture import OfFew

#: One shingle in so many is sampled. With 12 a pair of 200 words that shares 0.15 of them is lost
#: once in a hundred; with 4 twice the memory finds nothing more on real news.
SAMPLE_RATE = 8
#: Hashes below this are in the sample.
SAMPLE_BELOW = (1 << 32) // SAMPLE_RATE
#: Least share of the smaller sample that a pair must have in common: below any verdict's
#: threshold, as samples are small. From 0.03 to 0.08 the recall of generated corpora falls by
#: 0.0001 at most, and 6,960 real articles give the same stories; the candidates of a million are
#: 1.6 million pairs, 2.6 with 0.03. Of 608 generated live pages 170 join a story, 142 with 0.05.
LEAST_SHARED = 0.08
#: In a smaller sample a single shingle in common counts. Elsewhere it is mostly chance, as two that
#: have one hash: of 14,366 such pairs of a million articles 702 share a tenth of their shingles.
ONE_ENOUGH = 8
#: So often articles have met at least that are looked at, where a sample is so large: of smaller
#: ones once is enough, as those that share a full bucket do not all meet in it.
OFTEN, LARGE_SAMPLE = 2, 34
#: Pairs to look at together (some 12 MB): more take memory that is fresh, which costs more to get
#: than to fill.
STRETCH = 1 << 18


def story_candidates(
    sample: Shingles, engine: Engine, of_few: OfFew | None = None
) -> tuple[Links, Hot]:
    """Return the pairs that may be versions of one story, with the containment to expect.

    The strength of a pair is the share of the smaller sample that both have, furniture aside: an
    estimate of containment without bias. The sampled shingles that are furniture come with them.

    Args:
        sample: The sampled shingles of every article, `engine.distinct(pieces, SAMPLE_BELOW)`.
            Number the articles in the order of their ids, and the pairs do not depend on the
            order of the input.
        engine: What counts the shared ones.
        of_few: As `find_furniture` takes it.

    Time: O(n log n) in the sampled shingles.
    """
    parts = engine.parts(sample, SAMPLE_BELOW)
    furniture = find_furniture([part.hot for part in parts], sample, engine, of_few)
    return _cut(parts, sample, Furniture(furniture.hashes), engine), furniture


def _cut(parts: Sequence[Part], sample: Shingles, furniture: Furniture, engine: Engine) -> Links:
    """Keep the pairs whose samples have enough in common.

    A pair that met once only is mostly a chance encounter: where its samples are so large that
    one is not enough, it goes before its samples are looked at.
    """
    import numpy as np

    sizes = engine.count(sample, furniture)
    # The smaller of two samples asks for less.
    least = np.maximum(np.where(sizes < ONE_ENOUGH, 1, 2), np.ceil(LEAST_SHARED * sizes))
    met = engine.frequent(parts, least, np.where(sizes < LARGE_SAMPLE, 1, OFTEN))
    kept_pairs = [np.empty(0, dtype=np.uint64)]
    kept_shares = [np.empty(0, dtype=np.float32)]
    for start in range(0, len(met), STRETCH):
        pairs = met[start : start + STRETCH]
        a, b = unpack_pairs(pairs)
        shared = engine.shared(sample, a, b, furniture)
        kept = shared >= np.minimum(least[a], least[b])
        kept_pairs.append(pairs[kept])
        smaller = np.minimum(sizes[a[kept]], sizes[b[kept]])
        kept_shares.append((shared[kept] / smaller).astype(np.float32))
    return Links(np.concatenate(kept_pairs), np.concatenate(kept_shares))
