"""The whole furniture of a corpus: samples tell of an eighth of it, its witnesses of the rest.

Most of what many unlike articles share is a phrase of a few words, and no longer than the shingle
that is known of it: a few of its witnesses say so, and the others are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles
from dedup.detect.engine import Engine
from dedup.detect.furniture import Hot, first_witnesses, size_by_few, whole_furniture
from dedup.detect.marking import Furniture
from dedup.detect.thresholds import Thresholds
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.rereading.setfile import drop_sets, keep_sets, parts_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def find_whole(
    desk: Desk, corpus: Corpus, hot: Hot, limits: Thresholds, engine: Engine
) -> Furniture:
    """Return the furniture of which the samples know a part.

    A phrase of fewer shingles than half of what makes a passage is left at what is known of it.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        hot: What the samples tell (`candidates.versions`).
        limits: What the verdict turns on.
        engine: What counts; with threads, if it has any.
    """
    import numpy as np

    desk.watch.start("gathering", 0, "articles")
    sizes = np.zeros(len(hot.hashes), dtype=np.int64)
    for sets, few in _sets(desk, corpus, first_witnesses(hot)):
        sizes += size_by_few(few, sets, engine)
    long = 2 * sizes >= limits.passage_shingles
    found = [hot.hashes]
    for sets, all_of_them in _sets(desk, corpus, hot.witnesses[long]):
        found.append(whole_furniture(Hot(hot.hashes[long], all_of_them), sets, engine))
    return Furniture(np.unique(np.concatenate(found)), limits.shingle_words)


def _sets(
    desk: Desk, corpus: Corpus, witnesses: NDArray[np.int64]
) -> Iterator[tuple[Shingles, NDArray[np.int64]]]:
    """Yield the sets of witnesses, a part of the hash space after another, and who has which."""
    import numpy as np

    rows = np.unique(witnesses)
    desk.watch.expect(len(rows))
    sets = keep_sets(desk, corpus, rows, parts_for(corpus, rows))
    numbers = sets.number[witnesses].astype(np.int64)
    for open_part in sets.parts:
        yield open_part(), numbers
    drop_sets(desk.plan.folder, sets)
