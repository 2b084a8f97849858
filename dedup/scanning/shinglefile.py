"""The shingles that were set aside: where those of each article lie, and how they are read."""

from __future__ import annotations

from dedup.detect.batch import Shingles, offsets_of
from dedup.scanning.corpus import Corpus
from dedup.scanning.intake import SHINGLES
from dedup.scanning.spool import Places, Reader

#: Bytes of a shingle.
WIDTH = 4


def shingle_places(corpus: Corpus, size: int) -> Places:
    """Return where the shingles of each article lie: in the order of the texts.

    Args:
        corpus: All that was taken in.
        size: Words of a shingle.
    """
    import numpy as np

    texts = corpus.places
    order = texts.order()
    sizes = np.maximum(0, corpus.words - size + 1) * WIDTH
    ends = np.cumsum(sizes[order])
    files = texts.file[order]
    opens = np.searchsorted(files, files)  # the first article of each file
    start = np.empty(len(order), dtype=np.int64)
    start[order] = ends - sizes[order] - (ends - sizes[order])[opens]
    return Places(texts.file, start, sizes)


def read_shingles(folder: str, places: Places) -> Shingles:
    """Return the shingles that lie at some places, as often as each occurs in an article.

    Args:
        folder: The spool.
        places: Some of `shingle_places`, or in classic mode of `Corpus.places`.
    """
    import numpy as np

    with Reader(folder, SHINGLES) as spool:
        data = b"".join(spool.each(places))
    sizes = places.size // WIDTH
    return Shingles(np.frombuffer(data, dtype=np.uint32), offsets_of(sizes), sizes)
