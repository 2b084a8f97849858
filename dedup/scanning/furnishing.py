"""Furniture that only the whole corpus shows: found once, kept in the spool for every worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedup.detect.batch import lay
from dedup.detect.furniture import Hot, find_furniture, whole_furniture
from dedup.scanning.aside import read_aside
from dedup.scanning.corpus import Corpus
from dedup.scanning.intake import TEXTS, Plan
from dedup.scanning.spool import Reader, spool_file, writing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FURNITURE = "furniture"


def keep_furniture(corpus: Corpus, hot: Sequence[Hot], plan: Plan) -> NDArray[np.uint32]:
    """Find the furniture of a corpus, and keep all of its shingles in the spool.

    The sample knows an eighth of them; the rest is read off the texts of a few articles that have
    it, some thousand in all.

    Returns:
        The sampled shingles that are furniture, sorted.
    """
    import numpy as np

    found = find_furniture(hot, corpus.sample, plan.engine)
    rows, which = np.unique(found.witnesses, return_inverse=True)
    with Reader(plan.folder, TEXTS) as spool:
        texts = lay([read_aside(data).text for data in spool.each(corpus.places[rows])])
    sets = plan.engine.distinct(plan.engine.shingles(texts, plan.shingle_words))
    witnesses = which.reshape(found.witnesses.shape).astype(np.int64)
    with writing(plan.folder, FURNITURE, 0) as file:
        file.write(whole_furniture(Hot(found.hashes, witnesses), sets).tobytes())
    return found.hashes


def load_furniture(folder: str) -> NDArray[np.uint32]:
    """Return every shingle of furniture, sorted."""
    import numpy as np

    return np.fromfile(spool_file(folder, FURNITURE, 0), dtype=np.uint32)
