"""How alike the topics of many pairs of sheets are, on the compiled engine.

Held to `weighing.likeness` by a property test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.detect.machine import Compiled
from dedup.detect.room import own_room, places_for
from dedup.scanning.comparing.figures import NONE, ROUND, SINGLES, TOKENS
from dedup.scanning.outlining.flatsheets import Flat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIKEN = Compiled("dedup.scanning.comparing.topickernel", "liken")


class Topics(NamedTuple):
    """The topics of some sheets, each found once a pair asks for it.

    Attributes:
        flat: The sheets.
        longest: The most words of any of them.
        logs: Logarithms of the whole numbers up to so many; of 0 it is 0; float64.
        squares: The square of the length of each topic with furniture, and without it; float64.
        found: As `topickernel` takes them: how much of the room is taken, where each topic is, its
            words and their weights.
    """

    flat: Flat
    longest: int
    logs: NDArray[np.float64]
    squares: NDArray[np.float64]
    found: tuple[NDArray[Any], ...]


def open_topics(flat: Flat) -> Topics:
    """Return topics that are yet to be found; good until this thread opens others."""
    import numpy as np

    room, sheets = own_room(), len(flat.begin)
    sizes = flat.lengths[:, TOKENS] + flat.lengths[:, SINGLES]
    most = 2 * int(sizes.sum()) + ROUND  # it costs what is written to
    found = (
        np.zeros(1, dtype=np.int64),
        np.full((2, sheets, 2), NONE),
        room.take("words", np.uint64, most),
        room.take("weights", np.float64, most),
    )
    longest = int(sizes.max(initial=1))
    logs = np.log(np.arange(longest + 1).clip(1))
    return Topics(flat, longest, logs, np.zeros((2, sheets)), found)


def likeness_of(topics: Topics, pairs: NDArray[np.int64], bare: bool) -> NDArray[np.float64]:
    """Return how alike the topics of each pair of sheets are, from 0 to 1; float64.

    Args:
        topics: Of the sheets.
        pairs: Two rows each; shape `(n, 2)`, quickest where those of one row lie side by side.
        bare: Whether furniture is left out.

    O(words of the sheets that no pair asked for before), and of the pairs.
    """
    import numpy as np

    room, flat, longest = own_room(), topics.flat, topics.longest
    product, squares = np.empty(len(pairs)), topics.squares
    LIKEN(
        np.ascontiguousarray(pairs),
        int(bare),
        flat.wide,
        flat.inner,
        flat.narrow,
        flat.starts,
        flat.lengths,
        topics.logs,
        tuple(room.take("tables", np.uint32, 2, places_for(longest))),
        room.take("often", np.int32, longest),
        *topics.found,
        squares,
        product,
    )
    norms = np.sqrt(squares[int(bare), pairs[:, 0]]) * np.sqrt(squares[int(bare), pairs[:, 1]])
    return np.minimum(1.0, product / np.where(norms > 0, norms, 1.0))
