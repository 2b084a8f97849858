"""Who carries what many articles have: few sites on many pages, or many on a page each?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from dedup.detect.address import page_of
from dedup.scanning.columns import Known, Names
from dedup.scanning.ingesting.corpus import Corpus

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.detect.furniture import OfFew

#: Articles of a group for each site that they are of, at least, where the sites are few. Of 16
#: articles of a generated corpus that hold a shingle of one story there are 9 sites and more, of
#: furniture 3.
TO_A_SITE = 4
#: Articles for each page, and for each title, at most: if there are more, they are states of a few
#: pages.
TO_A_PAGE = 2
#: Articles that tell whether there are several sites, at most.
LOOKED_AT = 256


def of_few_sites(corpus: Corpus) -> OfFew:
    """Return what says which groups of articles are different pages of a few sites.

    An article of which no site is known is taken to be of one of its own; and where all seem to be
    of one site, nobody knows: it may be the name of an archive.
    """
    import numpy as np

    def of_few(groups: NDArray[np.int64]) -> NDArray[np.bool_]:
        rows, places = np.unique(groups, return_inverse=True)
        places = places.reshape(groups.shape)
        known = [(row, corpus.names[row]) for row in rows.tolist()]
        sites = _numbered(site_of(one) or row for row, one in known)
        titles = _numbered(one.title or row for row, one in known)
        pages = np.where(corpus.pages[rows] > 0, corpus.pages[rows], rows.astype(np.uint64))
        few: NDArray[np.bool_] = TO_A_SITE * _different(sites[places]) <= groups.shape[1]
        for numbers in (titles, pages):
            few &= TO_A_PAGE * _different(numbers[places]) >= groups.shape[1]
        return few & _are_several(corpus.names)

    return of_few


def site_of(known: Known) -> tuple[str, str] | None:
    """Return what an article's site is called: its outlet and its host, None if neither is known.

    >>> site_of(Known("1", None, 0, None, "Daily ", None, "https://www.daily.example/dam", None))
    ('daily', 'daily.example')
    """
    outlet = (known.outlet or "").strip().casefold()
    host = (page_of(known.url) or "").split("/")[0]
    return (outlet, host) if outlet or host else None


def _are_several(names: Names) -> bool:
    """Say whether articles from all over a corpus are of more than one site."""
    step = -(-len(names) // LOOKED_AT) or 1
    return len({site_of(names[row]) for row in range(0, len(names), step)}) > 1


def _numbered(names: Iterable[Hashable]) -> NDArray[np.int64]:
    """Return a number for each name, the same for equal ones."""
    import numpy as np

    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _different(rows: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return how many different values each row has."""
    import numpy as np

    ordered = np.sort(rows, axis=1)
    changes: NDArray[np.int64] = (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1)
    return changes + 1
