"""The rows of articles as JSON lines, written by the compiled engine from the columns of a scan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from dedup.detect.batch import offsets_of
from dedup.detect.machine import Compiled
from dedup.scanning.columns import NOBODY, ROLES, Articles, Known, Names

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Articles whose lines are made at once: they are still in the processor's cache when written.
BATCH = 1024
#: What a line has of an article, in this order; all after the stories is known of it.
COLUMNS = (
    *("id", "cluster", "role", "representative", "similarity", "stories"),
    *Known._fields[1:],
    "words",
)
#: Bytes behind what is copied, and behind where it is copied to.
BEHIND = 64
#: Bytes that become of one in a text, at most; of all numbers and nulls of a line.
ESCAPED, ROOM = 6, 128

WRITE_ROWS = Compiled("dedup.scanning.rowkernel", "write_rows")


def lines_of(articles: Articles, start: int, stop: int) -> NDArray[np.uint8]:
    """Return the lines of articles from one place to another, exclusive.

    A line is what `msgspec.json` makes of the values of `COLUMNS`, bit for bit.
    """
    import msgspec
    import numpy as np

    first, stop = start + articles.old, stop + articles.old
    names, edges, roles, role_edges = _texts()
    part = slice(first, stop)
    similarity = articles.similarity[part]
    alike = ~np.isnan(similarity)
    cluster, chosen, words = (
        column[part].astype(np.int64)
        for column in (articles.cluster, articles.representative, articles.words)
    )
    held = [articles.stories.get(row, ()) for row in range(first, stop)]
    stories = np.fromiter(chain.from_iterable(held), dtype=np.int64)
    rows = (np.arange(first, stop), cluster, chosen, stories)
    size = sum(_size(articles.names, some[some != NOBODY]) for some in rows)
    room = ESCAPED * size + (stop - first) * (len(names) + ROOM) + 4 * len(stories) + BEHIND
    out, end = np.empty(room, dtype=np.uint8), np.empty(1, dtype=np.int64)
    WRITE_ROWS(
        np.frombuffer(articles.names.heap, dtype=np.uint8),
        np.ascontiguousarray(articles.names.starts),
        (cluster, articles.role[part], chosen, alike, words),
        (offsets_of(map(len, held)), stories),
        first,
        stop,
        names,
        edges,
        roles,
        role_edges,
        np.frombuffer(msgspec.json.encode(similarity[alike].tolist()), dtype=np.uint8),
        out,
        end,
    )
    return out[: int(end[0])]


def warm_up() -> None:
    """Compile or load what writes lines, on a corpus of no article."""
    import numpy as np

    rows = np.empty(0, dtype=np.int32)
    none = np.empty(0, dtype=np.int64)
    names = Names(b"", none, none)
    lines_of(Articles(names, rows, rows.astype(np.uint8), rows, rows, np.empty(0)), 0, 0)


def _size(names: Names, rows: NDArray[np.int64]) -> int:
    """Return how many bytes are known of the articles."""
    return int((names.ends[rows] - names.starts[rows]).sum())


@lru_cache(maxsize=1)
def _texts() -> tuple[NDArray[np.generic], ...]:
    """Return what stands between the values of a line, and the roles; see `rowkernel`."""
    before = [f',"{name}":' for name in COLUMNS]
    before[0] = "{" + before[0][1:]
    stories = COLUMNS.index("stories")
    before[stories] += "["
    before[stories + 1] = "]" + before[stories + 1]
    return (*_laid([*before, "}\n", "null"]), *_laid([f'"{role}"' for role in ROLES]))


def _laid(texts: Sequence[str]) -> tuple[NDArray[np.generic], NDArray[np.int64]]:
    """Return texts end to end, with more bytes behind them, and where each begins."""
    import numpy as np

    encoded = [text.encode() for text in texts]
    data = b"".join([*encoded, bytes(BEHIND)])
    return np.frombuffer(data, dtype=np.uint8), offsets_of(map(len, encoded))
