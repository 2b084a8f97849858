"""Furniture that only the whole corpus shows: found once, kept in the spool for every worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedup.detect.furniture import Hot, find_furniture, whole_furniture
from dedup.scanning.corpus import Corpus
from dedup.scanning.intake import Plan
from dedup.scanning.shinglefile import each_part, shingle_places
from dedup.scanning.spool import spool_file, writing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FURNITURE = "furniture"


def keep_furniture(corpus: Corpus, hot: Sequence[Hot], plan: Plan) -> NDArray[np.uint32]:
    """Find the furniture of a corpus, and keep all of its shingles in the spool.

    The sample knows an eighth of them; the rest is looked up among those of some articles that
    have it.

    Returns:
        The sampled shingles that are furniture, sorted.
    """
    import numpy as np

    found = find_furniture(hot, corpus.sample, plan.engine)
    places = shingle_places(corpus, plan.shingle_words)
    rows = np.unique(found.witnesses)
    rows = rows[places[rows].order()]
    which = np.empty(len(corpus), dtype=np.int64)
    which[rows] = np.arange(len(rows))
    parts = each_part(plan.folder, places[rows], plan.engine, np.empty(0, dtype=np.uint32))
    whole = whole_furniture(Hot(found.hashes, which[found.witnesses]), parts, plan.engine)
    with writing(plan.folder, FURNITURE, 0) as file:
        file.write(whole.tobytes())
    return found.hashes


def load_furniture(folder: str) -> NDArray[np.uint32]:
    """Return every shingle of furniture, sorted."""
    import numpy as np

    return np.fromfile(spool_file(folder, FURNITURE, 0), dtype=np.uint32)
