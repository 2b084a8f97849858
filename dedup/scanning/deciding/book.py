"""What is known of pairs so far: each is measured once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dedup.detect.buckets import sorted_once

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What is written down of a pair, as columns of a record array: an index into `LABELS` or -1,
#: ratios, words of the longest run outside quotations or -1, and the label that is left when the
#: corpus's furniture is taken off both.
FIGURES = [
    ("label", "i1"),
    ("jaccard", "f8"),
    ("containment", "f8"),
    ("coverage", "f8"),
    ("run", "i4"),
    ("bare", "i1"),
]
#: How many times as long a page is as the next, at least.
PAGES = 8


class Page(NamedTuple):
    """Some measured pairs: sorted, each once, and of each its record of `FIGURES`."""

    pairs: NDArray[np.uint64]
    figures: NDArray[np.void]


#: Measures pairs, which come sorted and each once; they may stand in another order on the page.
Measure: TypeAlias = Callable[["NDArray[np.uint64]"], Page]


@dataclass(slots=True)
class Book:
    """The measured pairs.

    Attributes:
        measure: Is asked of each pair once.
        pages: What is known, each pair on one of them. Each page is several times as long as the
            next, so that a few more pairs are not laid among all (O'Neil et al. 1996, The
            log-structured merge-tree).
    """

    measure: Measure
    pages: list[Page] = field(default_factory=list)

    def ask(self, pairs: NDArray[np.uint64]) -> NDArray[np.void]:
        """Return the figures of each pair, to be read only; a pair of a row with itself is one."""
        import numpy as np

        figures: NDArray[Any] = np.empty(len(pairs), FIGURES)
        unknown = self._look_up(pairs, np.arange(len(pairs)), self.pages, figures)
        if not len(unknown):
            return figures
        page = _merged([self.measure(sorted_once(pairs[unknown]))])
        self._add(page)
        if np.array_equal(page.pairs, pairs):
            return page.figures
        self._look_up(pairs, unknown, [page], figures)
        return figures

    def _add(self, page: Page) -> None:
        """Write down what was measured."""
        self.pages.append(page)
        while len(self.pages) > 1 and len(self.pages[-2].pairs) < PAGES * len(self.pages[-1].pairs):
            self.pages[-2:] = [_merged(self.pages[-2:])]

    def all(self) -> Page:
        """Return all that is known."""
        return _merged([blank_page(), *self.pages])

    def _look_up(
        self,
        pairs: NDArray[np.uint64],
        asked: NDArray[np.int64],
        pages: list[Page],
        figures: NDArray[np.void],
    ) -> NDArray[np.int64]:
        """Write down the figures of those asked for that stand on some pages; return the others."""
        import numpy as np

        for page in pages:
            if not len(page.pairs) or not len(asked):
                continue
            wanted = pairs[asked]
            places = np.minimum(np.searchsorted(page.pairs, wanted), len(page.pairs) - 1)
            there = page.pairs[places] == wanted
            if there.all() and len(asked) == len(figures):
                # Of records, `take` is ten times as fast as an index.
                page.figures.take(places, out=figures, mode="clip")  # or it is copied twice
                return asked[:0]
            figures[asked[there]] = page.figures.take(places[there])
            asked = asked[~there]
        return asked


def blank_page() -> Page:
    """Return a page without pairs."""
    import numpy as np

    return Page(np.empty(0, np.uint64), np.empty(0, FIGURES))


def _merged(pages: list[Page]) -> Page:
    """Return one page of several, which need not be in order."""
    import numpy as np

    pages = [page for page in pages if len(page.pairs)] or pages[:1]
    if len(pages) > 1:
        pages = [Page(*map(np.concatenate, zip(*pages, strict=True)))]
    (page,) = pages
    if (page.pairs[1:] > page.pairs[:-1]).all():
        return page
    order = np.argsort(page.pairs, kind="stable")  # quick, as most are sorted
    return Page(page.pairs[order], page.figures.take(order))
