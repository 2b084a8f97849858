"""What is set aside of an article for its segmentation: its text and all else that this depends on.

The bytes of the text come first, then its title, its language and its address, each behind a byte
that stands in no text. So what was read compiled is set aside as it is, and no object is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dedup.article import Article
from dedup.detect.batch import SURROGATES, encode, lay
from dedup.detect.engine import Engine
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.machine import Compiled
from dedup.scanning.gathering import SPOKEN, TITLED, Group, edges_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What the address stands behind.
PLACED = b"\xfd"

WEAVE_ROWS = Compiled("dedup.scanning.asidekernel", "weave_rows")


class Aside(NamedTuple):
    """An article as bytes of UTF-8.

    Attributes:
        text: Its text.
        title: Its title; None where there is none.
        language: Its language; empty where it is not known.
        url: Its address; empty where it is not known.
    """

    text: bytes
    title: bytes | None = None
    language: bytes = b""
    url: bytes = b""

    @property
    def article(self) -> Article:
        """The article.

        >>> Aside(b"It holds.", b"Dam", b"en").article.language
        'en'
        """
        title = None if self.title is None else decode(self.title)
        return Article(
            decode(self.text),
            title=title,
            language=decode(self.language) or None,
            url=decode(self.url) or None,
        )


def decode(data: bytes) -> str:
    """Return the text whose bytes `batch.encode` gave."""
    return data.decode("utf-8", SURROGATES)


@dataclass(frozen=True, slots=True)
class Asides:
    """Some articles that were set aside.

    Attributes:
        data: What they lie in; uint8.
        starts: Where each article begins; int64.
        sizes: Bytes of each; int64.
        pages: Digests of the pages that they stand at, 0 for unknown; uint64.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    pages: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, rows: slice) -> Asides:
        return Asides(self.data, self.starts[rows], self.sizes[rows], self.pages[rows])

    def __iter__(self) -> Iterator[Aside]:
        return map(self._at, range(len(self)))

    def read(self, row: int) -> Article:
        """Return an article."""
        return self._at(row).article

    def _at(self, row: int) -> Aside:
        start = int(self.starts[row])
        return read_aside(self.data[start : start + int(self.sizes[row])].tobytes())


def set_aside(group: Group, pages: NDArray[np.uint64], engine: Engine) -> Asides:
    """Return the articles of a group end to end.

    Args:
        group: The articles.
        pages: Digests of the pages that they stand at.
        engine: What lays them.
    """
    import numpy as np

    texts, tails = group.texts, group.tails
    places = lay([encode(url or "") for url in group.urls])
    sizes = np.diff(texts.offsets) + np.diff(tails.offsets) + len(PLACED) + np.diff(places.offsets)
    if isinstance(engine, KernelEngine):
        out = np.empty(int(sizes.sum()), dtype=np.uint8)
        laid = (texts.data, texts.offsets, tails.data, tails.offsets, places.data, places.offsets)
        WEAVE_ROWS(*laid, PLACED[0], out)
    else:
        parts: list[memoryview | bytes] = []
        for (start, end), (first, last), (begin, stop) in zip(
            edges_of(texts), edges_of(tails), edges_of(places), strict=True
        ):
            parts += [texts.data.data[start:end], tails.data.data[first:last], PLACED]
            parts.append(places.data.data[begin:stop])
        out = np.frombuffer(b"".join(parts), dtype=np.uint8)
    return Asides(out, np.cumsum(sizes) - sizes, sizes, pages)


def warm_up() -> None:
    """Compile or load what lays articles, on none."""
    import numpy as np

    nothing = Group(lay([]), b"", np.empty(0, dtype=np.int64), lay([]))
    set_aside(nothing, np.empty(0, dtype=np.uint64), KernelEngine())


def read_aside(data: bytes) -> Aside:
    r"""Return what was set aside of an article.

    >>> read_aside(b"It holds.\xffDam\xfeen\xfdhttps://daily.example/dam").title
    b'Dam'
    """
    rest, _, url = data.rpartition(PLACED)
    rest, _, language = rest.rpartition(SPOKEN)
    text, titled, title = rest.partition(TITLED)
    return Aside(text, title if titled else None, language, url)
