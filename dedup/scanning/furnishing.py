"""Furniture that only the whole corpus shows: found once, kept in the spool for every worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedup.detect.engine import Engine
from dedup.detect.furniture import Hot, find_furniture, whole_furniture
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
from dedup.scanning.setfile import drop_sets, keep_sets, parts_for
from dedup.scanning.spool import spool_file, writing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FURNITURE = "furniture"


def keep_furniture(
    desk: Desk, corpus: Corpus, hot: Sequence[Hot], engine: Engine
) -> NDArray[np.uint32]:
    """Find the furniture of a corpus, and keep all of its shingles in the spool.

    The sample knows an eighth of them; the rest is looked up among those of some articles that
    have it.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        hot: What may be furniture.
        engine: What counts; with threads, if it has any.

    Returns:
        The sampled shingles that are furniture, sorted.
    """
    import numpy as np

    found = find_furniture(hot, corpus.sample, engine)
    rows = np.unique(found.witnesses)
    desk.watch.start("furniture", len(rows), "articles")
    sets = keep_sets(desk, corpus, rows, parts_for(corpus, rows))
    witnesses = sets.number[found.witnesses].astype(np.int64)
    whole = whole_furniture(Hot(found.hashes, witnesses), sets.parts, engine)
    drop_sets(desk.plan.folder, sets)
    with writing(desk.plan.folder, FURNITURE, 0) as file:
        file.write(whole.tobytes())
    return found.hashes


def load_furniture(folder: str) -> NDArray[np.uint32]:
    """Return every shingle of furniture, sorted."""
    import numpy as np

    return np.fromfile(spool_file(folder, FURNITURE, 0), dtype=np.uint32)
