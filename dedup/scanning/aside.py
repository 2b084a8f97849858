"""What is set aside of an article for its segmentation: its text and all else that this depends on.

The bytes of the text come first, then its title, its language and its address, each behind a byte
that stands in no text. So what was read compiled is set aside as it is, and no object is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, NamedTuple

from dedup.article import Article
from dedup.detect.batch import SURROGATES, encode, lay
from dedup.detect.engine import Engine, KernelEngine
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


def keep_articles(
    group: Group, urls: Sequence[str | None], spool: IO[bytes], engine: Engine
) -> NDArray[np.int64]:
    """Write the articles of a group end to end; return the bytes of each.

    Args:
        group: The articles.
        urls: Their addresses, `group.urls`.
        spool: Where to write.
        engine: What lays them.
    """
    import numpy as np

    texts, tails, places = group.texts, group.tails, lay([encode(url or "") for url in urls])
    sizes = np.diff(texts.offsets) + np.diff(tails.offsets) + len(PLACED) + np.diff(places.offsets)
    if isinstance(engine, KernelEngine):
        out = np.empty(int(sizes.sum()), dtype=np.uint8)
        laid = (texts.data, texts.offsets, tails.data, tails.offsets, places.data, places.offsets)
        WEAVE_ROWS(*laid, PLACED[0], out)
        spool.write(out.data)
        return sizes
    for (start, end), (first, last), (begin, stop) in zip(
        edges_of(texts), edges_of(tails), edges_of(places), strict=True
    ):
        spool.writelines((texts.data.data[start:end], tails.data.data[first:last], PLACED))
        spool.write(places.data.data[begin:stop])
    return sizes


def warm_up() -> None:
    """Compile or load what lays articles, on none."""
    import io

    import numpy as np

    nothing = Group(lay([]), b"", np.empty(0, dtype=np.int64), lay([]))
    keep_articles(nothing, (), io.BytesIO(), KernelEngine())


def read_aside(data: bytes) -> Aside:
    r"""Return what was set aside of an article.

    >>> read_aside(b"It holds.\xffDam\xfeen\xfdhttps://daily.example/dam").title
    b'Dam'
    """
    rest, _, url = data.rpartition(PLACED)
    rest, _, language = rest.rpartition(SPOKEN)
    text, titled, title = rest.partition(TITLED)
    return Aside(text, title if titled else None, language, url)
