"""A segmented article as a few arrays: what a scan keeps of it, in about 9 bytes a word.

`compare` shows where two articles agree; a scan asks millions of times whether they do. A sheet
is made once of each `Document` and holds what the verdict needs; `weighing` measures two of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.address import page_digest
from dedup.detect.furniture import is_furniture
from dedup.detect.shingles import SHINGLE_FACTOR, token_hash
from dedup.detect.topic import GRAMMAR_LETTERS, PAIR_WEIGHT
from dedup.detect.vectors import hash_windows, windows
from dedup.text.document import Document, Outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Table(NamedTuple):
    """The windows of one size in an article, each with all the places where it begins.

    Attributes:
        hashes: Of the different windows, sorted; uint32.
        places: Where windows begin, in order of the text; int64.
        which: Of each place, the index of its hash.
        first: Of each hash, the first place.
        repeated: Of each hash, whether it has several places.
    """

    hashes: NDArray[np.uint32]
    places: NDArray[np.int64]
    which: NDArray[np.int64]
    first: NDArray[np.int64]
    repeated: NDArray[np.bool_]


@dataclass(frozen=True)
class Sheet:
    """What the verdict needs of one article.

    Attributes:
        tokens: 64-bit hashes of the tokens that are compared; shape `(n,)`, uint64.
        letters: Characters of each token, at most 65,535; uint16.
        breaks: Tokens before which something is left out, sorted; int32.
        quotes: First token and end of each quotation; shape `(m, 2)`, int32.
        pairs: Tokens that stand, one character long, right before another such; int32.
        furniture: Tokens that the corpus tells to be furniture, sorted; int32.
        page: Digest of the page it stands at; uint64, empty where that is unknown.
    """

    tokens: NDArray[np.uint64]
    letters: NDArray[np.uint16]
    breaks: NDArray[np.int32]
    quotes: NDArray[np.int32]
    pairs: NDArray[np.int32]
    furniture: NDArray[np.int32]
    page: NDArray[np.uint64]

    @cached_property
    def stripped(self) -> Sheet:
        """The sheet of the article without its furniture."""
        import numpy as np

        kept = np.ones(len(self.tokens) + 1, dtype=np.bool_)
        kept[self.furniture] = False
        place: NDArray[np.int64] = (
            np.cumsum(kept) - kept
        )  # of each token, and of the end, in what is left
        pairs = self.pairs[kept[self.pairs] & kept[self.pairs + 1]]
        breaks = np.concatenate([self.breaks, self.furniture])
        return Sheet(
            self.tokens[kept[:-1]],
            self.letters[kept[:-1]],
            np.unique(place[breaks]).astype(np.int32),
            place[self.quotes].astype(np.int32),
            place[pairs].astype(np.int32),
            self.furniture[:0],
            self.page,
        )

    @cached_property
    def room(self) -> NDArray[np.int64]:
        """How many tokens in one piece follow from each token on, itself included."""
        import numpy as np

        here = np.arange(len(self.tokens))
        ends = np.append(self.breaks, len(here))
        return ends[np.searchsorted(ends, here, side="right")] - here

    @cached_property
    def own_room(self) -> NDArray[np.int64]:
        """The same for tokens outside quotations; 0 for one inside."""
        import numpy as np

        here = np.arange(len(self.tokens))
        depth = np.zeros(len(here) + 1, dtype=np.int64)
        np.add.at(depth, self.quotes[:, 0], 1)
        np.subtract.at(depth, self.quotes[:, 1], 1)
        stops = np.append(np.flatnonzero(np.cumsum(depth[:-1])), len(here))
        return np.minimum(self.room, stops[np.searchsorted(stops, here)] - here)

    @cached_property
    def own_words(self) -> int:
        """Tokens outside quotations."""
        import numpy as np

        return int(np.count_nonzero(self.own_room))

    @cached_property
    def tables(self) -> dict[tuple[int, bool], Table]:
        """The tables that were asked for so far."""
        return {}

    def table(self, size: int, own: bool) -> Table:
        """Return the windows of `size` tokens, or those of them outside quotations."""
        import numpy as np

        key = size, own
        if key not in self.tables:
            every = hash_windows(self.tokens, size)
            room = (self.own_room if own else self.room)[: len(every)]
            places = np.flatnonzero(room >= size)
            self.tables[key] = _tabulate(every[places], places)
        return self.tables[key]

    @cached_property
    def topic(self) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
        """Telling words by hash, sorted, and their weights: `topic.topic_vector`."""
        import numpy as np

        words, first, counts = np.unique(self.tokens, return_index=True, return_counts=True)
        letters = self.letters[first].astype(np.int64) - GRAMMAR_LETTERS
        long = letters > 0
        weights = letters[long] * (1 + np.log(counts[long]))
        words = words[long]
        if len(self.pairs):
            both = self.tokens[self.pairs] * np.uint64(SHINGLE_FACTOR)
            both += self.tokens[self.pairs + 1]
            more, counts = np.unique(both, return_counts=True)
            words = np.concatenate([words, more])
            weights = np.concatenate([weights, PAIR_WEIGHT * (1 + np.log(counts))])
            order = np.argsort(words)
            words, weights = words[order], weights[order]
        norm = sqrt(float(weights @ weights)) or 1.0
        return words, weights / norm


def _tabulate(hashes: NDArray[np.uint32], places: NDArray[np.int64]) -> Table:
    """Return a table; a hash and its place are sorted as one number, which is quicker."""
    import numpy as np

    keys = hashes.astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    ordered = (keys >> np.uint64(32)).astype(np.uint32)
    order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    opens = np.ones(len(keys), dtype=np.bool_)
    opens[1:] = ordered[1:] != ordered[:-1]
    firsts = np.flatnonzero(opens)
    which = np.empty(len(keys), dtype=np.int64)
    which[order] = np.cumsum(opens) - 1
    repeated = np.append(firsts[1:], len(keys)) - firsts > 1
    return Table(ordered[firsts], places, which, places[order[firsts]], repeated)


def make_sheet(
    document: Document | Outline, furniture: NDArray[np.uint32] | None = None, size: int = 1
) -> Sheet:
    """Return the sheet of a document.

    Args:
        document: An article, segmented or outlined: the sheet is the same.
        furniture: Shingles that the corpus tells to be furniture, sorted; uint32.
        size: Words of such a shingle.

    O(tokens).
    """
    import numpy as np

    tokens = document.tokens
    starts = np.fromiter(tokens.starts, dtype=np.int64, count=len(tokens))
    spans = [(quotation.start, quotation.end) for quotation in document.quotations]
    letters = np.fromiter(map(len, tokens.words), dtype=np.int64, count=len(tokens))
    single = np.flatnonzero((letters[:-1] == 1) & (letters[1:] == 1)).tolist()
    pairs = [place for place in single if tokens.ends[place] == tokens.starts[place + 1]]
    page = page_digest(document.article.url)
    hashes = np.fromiter(map(token_hash, tokens.words), dtype=np.uint64, count=len(tokens))
    return Sheet(
        hashes,
        np.minimum(letters, 0xFFFF).astype(np.uint16),
        np.unique(np.searchsorted(starts, document.gaps)).astype(np.int32),
        np.searchsorted(starts, np.array(spans).reshape(-1, 2)).astype(np.int32),
        np.array(pairs, dtype=np.int32),
        _in_furniture(hashes, furniture, size),
        np.array([page] if page else [], dtype=np.uint64),
    )


def _in_furniture(
    tokens: NDArray[np.uint64], furniture: NDArray[np.uint32] | None, size: int
) -> NDArray[np.int32]:
    """Return the tokens that stand in a shingle of furniture."""
    import numpy as np

    if furniture is None or not len(furniture):
        return np.empty(0, dtype=np.int32)
    starts = np.flatnonzero(is_furniture(windows(tokens, np.array([len(tokens)]), size), furniture))
    places = starts[:, None] + np.arange(size)
    return np.unique(places).astype(np.int32)
