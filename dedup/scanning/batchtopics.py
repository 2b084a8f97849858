"""How alike the topics of many pairs of sheets are, on the compiled engine.

Held to `weighing.likeness` by a property test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.detect.batch import offsets_of
from dedup.detect.machine import Compiled
from dedup.detect.room import own_room, places_for
from dedup.scanning.flatsheets import Flat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIKEN = Compiled("dedup.scanning.topickernel", "liken")
#: Arrays of a sheet, as in `packing.ARRAYS`.
TOKENS, SINGLES = 0, 4


def topics(
    flat: Flat, pairs: NDArray[np.int64], stops: NDArray[np.uint8], left_out: int
) -> NDArray[np.float64]:
    """Return how alike the topics of each pair of sheets are, from 0 to 1; float64.

    Args:
        flat: The sheets.
        pairs: Two rows each; shape `(n, 2)`, int64, contiguous.
        stops: Of each token, of what kinds it is left out (`windowkernel`); uint8.
        left_out: The kinds to heed, 0 for none.
    """
    import numpy as np

    room, sheets = own_room(), len(flat.begin)
    asked = np.zeros(sheets, dtype=np.bool_)
    asked[pairs] = True
    sizes = (flat.lengths[:, TOKENS] + flat.lengths[:, SINGLES]) * asked
    begin, longest = offsets_of(sizes), int(sizes.max(initial=1))
    product, squares = np.empty(len(pairs)), np.zeros(sheets)
    LIKEN(
        pairs,
        flat.wide,
        flat.inner,
        flat.narrow,
        flat.starts,
        flat.lengths,
        flat.offsets,
        stops,
        left_out,
        np.log(np.arange(longest + 1).clip(1)),
        tuple(room.take("tables", np.uint32, 2, places_for(longest))),
        room.take("words", np.uint64, int(begin[-1])),
        room.take("weights", np.float64, int(begin[-1]), 2),
        begin,
        np.empty(sheets, dtype=np.int64),
        squares,
        product,
    )
    norms = np.sqrt(squares[pairs[:, 0]]) * np.sqrt(squares[pairs[:, 1]])
    return np.minimum(1.0, product / np.where(norms > 0, norms, 1.0))
