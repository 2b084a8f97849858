"""Articles that are hashed at once, as their bytes: what a group of records comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from dedup.detect.batch import Texts, encode, lay
from dedup.detect.engine import Engine
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.machine import Compiled
from dedup.reading.piece import BadRecord, Record
from dedup.scanning.columns import Known

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Articles, or characters, that are hashed at once: few enough to stay in the processor's cache.
GROUP_ARTICLES, GROUP_CHARACTERS = 256, 4 << 20
#: What the title and the language of a tail stand behind: bytes that no text has.
TITLED, SPOKEN = b"\xff", b"\xfe"
#: What a list of so many values begins with in MessagePack.
ARRAY_32 = b"\xdd"

PRINT_ROWS = Compiled("dedup.scanning.ingesting.printkernel", "print_rows")


@dataclass(frozen=True, slots=True)
class Group:
    """Some articles of a piece, in order: good until the next group is asked for.

    Attributes:
        texts: Their texts.
        heap: What is known of each, a MessagePack of `Known` after another.
        known: Bytes of each there; shape `(n,)`, int64.
        tails: What else the verdict on each depends on (`tail_of`).
        lines: Where the line of each begins in its file, and its bytes; shape `(2, n)`, int64; None
            where articles are no lines.
        count: How many lines these are, bad ones and blank ones among them; 0 where none are lines.
        placed: Whether any of them may have an address.
    """

    texts: Texts
    heap: bytes
    known: NDArray[np.int64]
    tails: Texts
    lines: NDArray[np.int64] | None = None
    count: int = 0
    placed: bool = True

    @property
    def urls(self) -> list[str | None]:
        """The address of each, which is among what is known."""
        if not self.placed:
            return [None] * len(self.known)
        import msgspec

        several = ARRAY_32 + len(self.known).to_bytes(4, "big")
        return [
            known.url for known in msgspec.msgpack.decode(several + self.heap, type=list[Known])
        ]


def groups_of(records: Iterable[Record | BadRecord], bad: list[BadRecord]) -> Iterator[Group]:
    """Yield records in groups; put aside what is none."""
    import msgspec
    import numpy as np

    pack = msgspec.msgpack.Encoder().encode
    for group in _batches(records, bad):
        packed = [pack(known_of(record)) for record in group]
        yield Group(
            lay([encode(record.text) for record in group]),
            b"".join(packed),
            np.fromiter(map(len, packed), dtype=np.int64, count=len(packed)),
            lay(list(map(tail_of, group))),
        )


def _batches(records: Iterable[Record | BadRecord], bad: list[BadRecord]) -> Iterator[list[Record]]:
    group: list[Record] = []
    characters = 0
    for record in records:
        if isinstance(record, BadRecord):
            bad.append(record)
            continue
        group.append(record)
        characters += len(record.text)
        if len(group) == GROUP_ARTICLES or characters >= GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def known_of(record: Record) -> Known:
    """Return what is known of an article, its text apart."""
    return Known(
        record.id,
        record.path or None,
        record.place,
        record.title,
        record.outlet,
        record.date,
        record.url,
        record.language,
    )


def tail_of(record: Record) -> bytes:
    """Return all but the text that the verdict on an article depends on.

    >>> tail_of(Record("a1", "It holds.", "Dam", None, None, None, "en", "", 0))
    b'\\xffDam\\xfeen'
    """
    title = b"" if record.title is None else TITLED + encode(record.title)
    return title + SPOKEN + encode(record.language or "")


def prints_of(texts: Texts, tails: Texts, engine: Engine) -> NDArray[np.uint64]:
    """Return 128-bit digests of texts and their tails; shape `(n, 2)`, uint64.

    Within a scan one engine makes them all: they say nothing but which articles are the same.
    """
    import numpy as np

    out = np.empty((len(texts), 2), dtype=np.uint64)
    if isinstance(engine, KernelEngine):
        PRINT_ROWS(texts.data, texts.offsets, tails.data, tails.offsets, 0, len(texts), out)
        return out
    # Processors have instructions for SHA-256, which make it twice as fast as any other.
    digests = []
    data, more = texts.data.data, tails.data.data
    for (first, last), (begin, end) in zip(edges_of(texts), edges_of(tails), strict=True):
        digest = sha256(data[first:last], usedforsecurity=False)
        digest.update(more[begin:end])
        digests.append(digest.digest()[:16])
    out[:] = np.frombuffer(b"".join(digests), dtype=np.uint64).reshape(-1, 2)
    return out


def edges_of(texts: Texts) -> Iterator[tuple[int, int]]:
    """Yield where each text begins and where it ends."""
    return pairwise(texts.offsets.tolist())
