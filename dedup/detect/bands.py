"""Candidates of the classic mode: articles whose signatures agree in a band (Broder 1997; Indyk
and Motwani 1998, Approximate nearest neighbors).

A pair of Jaccard similarity `j` agrees in a band of `r` values with probability `j^r`, and in at
least one of `b` bands with `1 - (1 - j^r)^b`. Every candidate is verified exactly, so the layout
is chosen for recall: at the threshold, one true pair in a thousand may be missed, not more. The
signatures, of which a byte a value is kept (Li and König 2010, b-bit minwise hashing), say which of
the candidates are not worth verifying: a fifth, where stories have many versions.

Memory: 4 bytes a band and article are kept, and 1 a permutation (68 and 51 at a threshold of 0.7),
and 8 bytes an article and the pairs found while one band is sorted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, comb, log
from typing import TYPE_CHECKING

from dedup.detect.buckets import bucket_pairs, unpack_pairs
from dedup.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Share of the pairs at the threshold that may be missed.
MISSED = 0.001
#: Longest signature worth its time.
MOST_PERMUTATIONS = 256
#: Lowest threshold that bands of two values keep the promise at: in full hundredths.
LOWEST = ceil(100 * (1 - MISSED ** (2 / MOST_PERMUTATIONS)) ** 0.5) / 100
#: Jaccard similarity that 99 in 100 pairs of real articles stay below (6,960 of eleven outlets; the
#: median is 0.0006), and the share of such pairs that may become candidates: at a million articles,
#: a few for each, if all were so much alike.
STRANGERS = 0.006
STRANGERS_LET_IN = 1e-5
#: Above this threshold most versions of a story are no pair that is wanted, and of a story that
#: hundreds carry they would crowd narrow bands: bands are made as wide as fits in so many
#: permutations. With bands of three, 461 of 1,297 pairs of 0.95 in a generated corpus were lost.
CROWDED, PERMUTATIONS_IF_CROWDED = 0.7, 128
#: Share of the pairs at the threshold that may be passed over for what their sketches say.
PASSED_OVER = MISSED / 20
#: Bits of the next band's key, which say who are neighbours in a large bucket.
ORDER_BITS = 12
MIX_FACTOR = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Layout:
    """How a signature is cut: `bands` bands of `width` values.

    Attributes:
        bands: How many.
        width: Values of each.
        agreeing: In how many values a candidate has to agree to be verified.
    """

    bands: int
    width: int
    agreeing: int = 0

    @property
    def permutations(self) -> int:
        """How long the signature has to be."""
        return self.bands * self.width

    def candidate(self, jaccard: float) -> float:
        """Return the probability that a pair of the given Jaccard similarity is a candidate."""
        return float(1 - (1 - jaccard**self.width) ** self.bands)


def choose_layout(threshold: float) -> Layout:
    """Return a layout that finds 999 in 1,000 pairs at the threshold.

    Wider bands keep strangers apart better and need more of them. The first width is taken that
    lets few enough strangers in; where none does within 256 permutations, the widest that fits.
    Above a threshold of 0.7 bands keep apart too what is alike, but less: the widest within 128.

    Args:
        threshold: Jaccard similarity from which on pairs are wanted, 0 to 1.

    Raises:
        ConfigError: No layout of 256 permutations finds pairs so little alike.

    >>> choose_layout(0.7)
    Layout(bands=17, width=3, agreeing=22)
    """
    if not 0 < threshold <= 1:
        raise ConfigError(f"threshold {threshold}: it must lie above 0 and not above 1")
    chosen = None
    for width in range(2, MOST_PERMUTATIONS + 1):
        certain = threshold**width > 1 - MISSED
        bands = 1 if certain else ceil(log(MISSED) / log(1 - threshold**width))
        layout = Layout(bands, width)
        enough = chosen is not None and chosen.candidate(STRANGERS) <= STRANGERS_LET_IN
        most = PERMUTATIONS_IF_CROWDED if threshold > CROWDED else 0
        if layout.permutations > (most if enough else MOST_PERMUTATIONS):
            break
        chosen = layout
    if chosen is None:
        raise ConfigError(
            f"threshold {threshold}: near-duplicates are looked for from {LOWEST} on; "
            "leave it out to find versions, however little they share"
        )
    return replace(chosen, agreeing=_agreeing(chosen.permutations, threshold))


def _agreeing(permutations: int, threshold: float) -> int:
    """Return in how many values pairs at the threshold agree, all but few: a binomial count."""
    below = 0.0
    for count in range(permutations):
        share = threshold**count * (1 - threshold) ** (permutations - count)
        below += comb(permutations, count) * share
        if below > PASSED_OVER:
            return count
    return permutations


def sketches(signatures: NDArray[np.uint32], layout: Layout) -> NDArray[np.uint8]:
    """Return the lowest byte of every value that the bands use; shape `(n, permutations)`."""
    import numpy as np

    return signatures[:, : layout.permutations].astype(np.uint8)


def agreeing(known: NDArray[np.uint8], pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return in how many values the sketches of each pair agree.

    Values that differ share a byte once in 256: no pair is taken for less alike than it is.
    """
    import numpy as np

    a, b = unpack_pairs(pairs)
    return np.asarray(np.count_nonzero(known[a] == known[b], axis=1))


def band_keys(signatures: NDArray[np.uint32], layout: Layout) -> NDArray[np.uint32]:
    """Return a hash of every band of every signature; shape `(n, bands)`, uint32.

    Two bands that differ share a hash once in 2^32.
    """
    import numpy as np

    used = signatures[:, : layout.permutations].reshape(len(signatures), layout.bands, layout.width)
    state = np.zeros((len(signatures), layout.bands), dtype=np.uint64)
    for number in range(layout.width):
        state ^= used[:, :, number]
        state *= np.uint64(MIX_FACTOR)
        state ^= state >> np.uint64(32)
    return state.astype(np.uint32)


def pairs_of_band(
    keys: NDArray[np.uint32], rows: NDArray[np.int64], band: int
) -> NDArray[np.uint64]:
    """Return the candidate pairs of one band, sorted, for `buckets.ranges`.

    Args:
        keys: Of the articles that have a shingle; shape `(n, bands)`.
        rows: Their rows. Number them in the order of the articles' ids, and the pairs do not
            depend on the order of the input.
        band: Which.

    O(n log n). Of all bands a pair is missed only where it shares none or only large buckets.
    """
    import numpy as np

    row_bits = max(1, int(rows.max(initial=0)).bit_length())
    bucket_bits = min(32, 64 - row_bits - ORDER_BITS)
    order = keys[:, (band + 1) % keys.shape[1]].astype(np.uint64)
    packed = keys[:, band].astype(np.uint64) << np.uint64(64 - bucket_bits)
    packed |= (order & np.uint64((1 << ORDER_BITS) - 1)) << np.uint64(row_bits)
    packed |= rows.astype(np.uint64)
    packed.sort()
    return bucket_pairs(packed, bucket_bits, row_bits)
