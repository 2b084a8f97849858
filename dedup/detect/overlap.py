"""What two articles share, measured exactly: the evidence that the verdict rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.article import Span
from dedup.detect.address import same_page
from dedup.detect.shingles import shingle_hashes
from dedup.detect.sketch import containment, estimate, jaccard, signature
from dedup.detect.thresholds import Thresholds
from dedup.detect.tiling import Tile, longest_run, passages, windows
from dedup.detect.topic import likeness, topic_vector
from dedup.detect.verdict import Evidence, Run
from dedup.text.document import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Side:
    """One article, made ready to be measured against another.

    `room` says for every token how many tokens from it on stand in one piece: no run, passage or
    shingle goes beyond. `own_room` says the same of what is outside quotations. `shingles` and
    `own_shingles` are the sets that they leave, sorted; `places` are the tokens at which the
    shingles outside quotations begin, `hashes` those shingles, repeats kept.
    """

    words: tuple[str, ...]
    room: NDArray[np.int64]
    own_room: NDArray[np.int64]
    shingles: NDArray[np.uint32]
    own_shingles: NDArray[np.uint32]
    places: NDArray[np.int64]
    hashes: NDArray[np.uint32]

    @property
    def own_words(self) -> int:
        return int((self.own_room > 0).sum())


def gather(a: Document, b: Document, limits: Thresholds) -> Evidence:
    """Return the evidence on a pair of articles.

    Everything is counted on the compared units. Runs, passages and shingles keep to consecutive
    text: a unit that is not compared ends them, so that a passage has exactly the words that
    stand at its place. Where it says "unquoted", a quotation ends them too.

    An article with fewer tokens than a shingle has no shingle to count. Its Jaccard similarity
    and containment are 1 with an article of the same tokens, and 0 with any other.

    Only `shingle_words`, `permutations` and `passage_words` of `limits` matter here. O(n log² n)
    in the tokens of both; two articles of 1,000 words take a few milliseconds.

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> one = segment(Article("The old mill by the river burned down on Monday night."))
    >>> two = segment(Article("Police say the old mill by the river burned down."))
    >>> gather(one, two, Thresholds()).longest_run.words
    8
    """
    import numpy as np

    one, two = _side(a, limits), _side(b, limits)
    room = np.concatenate([one.room, two.room])
    own_room = np.concatenate([one.own_room, two.own_room])
    common = windows(one.words, two.words, room)
    tiles = passages(common, room, limits.passage_words)
    covered = sum(tile.length for tile in tiles)
    identical = bool(one.words) and one.words == two.words
    short = not (len(one.shingles) and len(two.shingles))
    return Evidence(
        minhash_jaccard=float(identical) if short else _estimate(one, two, limits),
        jaccard=float(identical) if short else jaccard(one.shingles, two.shingles),
        containment=float(identical) if short else containment(one.shingles, two.shingles),
        containment_unquoted=containment(one.own_shingles, two.own_shingles),
        coverage_unquoted=_coverage(one, two, limits.shingle_words),
        longest_run=_run(longest_run(common, room), a, b),
        longest_run_unquoted=_run(longest_run(common, own_room), a, b),
        passages=len(tiles),
        coverage_a=_ratio(covered, len(one.words)),
        coverage_b=_ratio(covered, len(two.words)),
        identical=identical,
        words_a=len(one.words),
        words_b=len(two.words),
        unquoted_a=one.own_words,
        unquoted_b=two.own_words,
        topic=likeness(topic_vector(a), topic_vector(b)),
        same_page=same_page(a.article.url, b.article.url),
    )


def _side(document: Document, limits: Thresholds) -> _Side:
    import numpy as np

    words, size = document.tokens.words, limits.shingle_words
    hashes = shingle_hashes(words, size)
    room, own_room = _rooms(document)
    places = np.flatnonzero(own_room[: len(hashes)] >= size)
    return _Side(
        words,
        room,
        own_room,
        shingles=np.unique(hashes[room[: len(hashes)] >= size]),
        own_shingles=np.unique(hashes[places]),
        places=places,
        hashes=hashes[places],
    )


def _rooms(document: Document) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many tokens in one piece follow from each token on: at all, and unquoted."""
    import numpy as np

    starts = np.array(document.tokens.starts, dtype=np.int64)
    count = len(starts)
    here = np.arange(count)
    skipped = [unit.start for unit in document.units if not unit.kind.compared]
    ends = np.append(np.searchsorted(starts, skipped), count)
    room = ends[np.searchsorted(ends, here, side="right")] - here
    quoted = np.zeros(count, dtype=bool)
    spans = [(quotation.start, quotation.end) for quotation in document.quotations]
    for low, high in np.searchsorted(starts, spans).tolist():
        quoted[low:high] = True
    stops = np.append(np.flatnonzero(quoted), count)
    return room, np.minimum(room, stops[np.searchsorted(stops, here)] - here)


def _estimate(one: _Side, two: _Side, limits: Thresholds) -> float:
    count = limits.permutations
    return estimate(signature(one.shingles, count), signature(two.shingles, count))


def _coverage(one: _Side, two: _Side, size: int) -> float:
    """Return the share of the shorter side's own words that stand in a shingle the other has.

    Of two sides with as many own words, the share of the one that shares more.
    """
    fewest = min(one.own_words, two.own_words)
    return max(
        _ratio(_taken(side, other, size), fewest)
        for side, other in ((one, two), (two, one))
        if side.own_words == fewest
    )


def _taken(side: _Side, other: _Side, size: int) -> int:
    """Return how many tokens outside quotations stand in a shingle that the other side has too."""
    import numpy as np

    starts = side.places[np.isin(side.hashes, other.own_shingles)]
    taken = np.zeros(len(side.words), dtype=bool)
    for offset in range(size):
        taken[starts + offset] = True
    return int(taken.sum())


def _run(found: Tile | None, a: Document, b: Document) -> Run | None:
    if found is None:
        return None
    places = (
        Span(tokens.starts[first], tokens.ends[first + found.length - 1])
        for tokens, first in ((a.tokens, found.a), (b.tokens, found.b))
    )
    return Run(found.length, *places)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
