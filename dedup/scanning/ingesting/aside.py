"""What is set aside of an article for its segmentation: its text and all else that this depends on.

The bytes of the text come first, then its title, its language and its address, each behind a byte
that stands in no text. What has just been read is taken where it lies: all but the address, of
which a digest is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dedup.article import Article
from dedup.detect.batch import SURROGATES, Texts, encode, lay
from dedup.scanning.ingesting.gathering import SPOKEN, TITLED, Group, edges_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What the address stands behind.
PLACED = b"\xfd"


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


def decode(data: bytes | memoryview) -> str:
    """Return the text whose bytes `batch.encode` gave."""
    return str(data, "utf-8", SURROGATES)


@dataclass(frozen=True, slots=True)
class Asides:
    """Some articles of which all is known that their segmentation depends on.

    Attributes:
        data: What their texts lie in; uint8.
        starts: Where each text begins; int64, as the next.
        sizes: Bytes of each.
        tails: What the tails lie in (`gathering.tail_of`), perhaps with addresses; uint8.
        begins: Where each tail begins; int64, as the next.
        lengths: Bytes of each.
        pages: Digests of the pages that they stand at, 0 for unknown; uint64.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    tails: NDArray[np.uint8]
    begins: NDArray[np.int64]
    lengths: NDArray[np.int64]
    pages: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> Asides:
        return Asides(
            self.data,
            self.starts[rows],
            self.sizes[rows],
            self.tails,
            self.begins[rows],
            self.lengths[rows],
            self.pages[rows],
        )

    def __iter__(self) -> Iterator[Aside]:
        return map(self._at, range(len(self)))

    def read(self, row: int) -> Article:
        """Return an article."""
        return self._at(row).article

    def title(self, row: int) -> str | None:
        """Return the title of an article."""
        title = read_tail(self._tail(row)).title
        return None if title is None else decode(title)

    def line(self, row: int, first: int, stop: int) -> str:
        """Return a part of a text, from and up to some byte of it."""
        start = int(self.starts[row])
        return decode(self.data.data[start + first : start + stop])

    def _at(self, row: int) -> Aside:
        start, end = int(self.starts[row]), int(self.starts[row] + self.sizes[row])
        return read_tail(self._tail(row))._replace(text=self.data[start:end].tobytes())

    def _tail(self, row: int) -> bytes:
        begin = int(self.begins[row])
        return self.tails[begin : begin + int(self.lengths[row])].tobytes()


def read_tail(tail: bytes) -> Aside:
    r"""Return an article without its text.

    >>> read_tail(b"\xffDam\xfeen\xfdhttps://daily.example/dam").title
    b'Dam'
    """
    rest, _, url = tail.partition(PLACED)
    title, _, language = rest.partition(SPOKEN)
    return Aside(b"", title[len(TITLED) :] if title else None, language, url)


def where_they_lie(group: Group, pages: NDArray[np.uint64]) -> Asides:
    """Return the articles of a group, which are good as long as it is; none is copied.

    Args:
        group: The articles.
        pages: Digests of the pages that they stand at.
    """
    import numpy as np

    texts, tails = group.texts, group.tails
    return Asides(
        texts.data,
        texts.offsets[:-1],
        np.diff(texts.offsets),
        tails.data,
        tails.offsets[:-1],
        np.diff(tails.offsets),
        pages,
    )


def set_aside(group: Group) -> Texts:
    """Return the articles of a group as they are set aside, end to end."""
    texts, tails = group.texts, group.tails
    data, more = texts.data.data, tails.data.data
    rows = zip(edges_of(texts), edges_of(tails), group.urls, strict=True)
    return lay(
        [
            b"".join([data[start:end], more[first:last], PLACED, encode(url or "")])
            for (start, end), (first, last), url in rows
        ]
    )


def from_spool(
    data: NDArray[np.uint8],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    pages: NDArray[np.uint64],
) -> Asides:
    """Return articles that were set aside.

    Args:
        data: What they lie in.
        starts: Where each begins.
        sizes: Bytes of each.
        pages: Digests of the pages that they stand at.
    """
    import numpy as np

    edges = zip(starts.tolist(), (starts + sizes).tolist(), strict=True)
    ends = [_text_end(data[start:end].tobytes()) for start, end in edges]
    texts = np.array(ends, dtype=np.int64)
    return Asides(data, starts, texts, data, starts + texts, sizes - texts, pages)


def _text_end(data: bytes) -> int:
    """Return where the text of an article ends that was set aside."""
    end = data.find(TITLED)
    return data.index(SPOKEN) if end < 0 else end
