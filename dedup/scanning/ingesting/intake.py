"""A piece of the corpus, read and digested by one worker: what is known of its articles, and what
finds their likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from dedup.detect.address import page_digest
from dedup.detect.bands import Layout, band_keys, sketches
from dedup.detect.batch import Shingles, join, offsets_of
from dedup.detect.engine import Engine
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.postings import SAMPLE_BELOW
from dedup.reading.corpus import read_piece
from dedup.reading.piece import BadRecord, Piece, Record
from dedup.scanning.columns import Names
from dedup.scanning.ingesting.aside import set_aside
from dedup.scanning.ingesting.gathering import Group, groups_of, prints_of
from dedup.scanning.ingesting.lines import ANYWHERE, UnreadError, moved, read_groups
from dedup.scanning.ingesting.ordering import id_bytes
from dedup.scanning.spool import spool_file, writing
from dedup.text.tokens import tokenize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Articles of at most so many words are found by all of them too: few of their shingles are
#: sampled, perhaps none, and those shorter than a shingle have none.
SHORT_WORDS = 64
#: The kind of spool file that holds what is set aside of each article (`aside`).
TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Plan:
    """How articles are digested.

    Attributes:
        folder: Where to set things aside.
        engine: What hashes.
        shingle_words: Words a shingle.
        layout: Of the bands in classic mode; None for stories.
    """

    folder: str
    engine: Engine
    shingle_words: int
    layout: Layout | None


@dataclass(frozen=True, slots=True)
class Spooled:
    """Records that came from an iterable, in a spool file."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to digest, and its number in the order of the corpus."""

    number: int
    piece: Piece | Spooled
    plan: Plan


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a piece with n articles.

    Attributes:
        heap: What is known of each, a MessagePack of `Known` after another.
        known: Bytes of each there; shape `(n,)`, int64, as the next but one.
        ids: Of each, as rows of bytes (`ordering.id_bytes`); None where some do not fit.
        words: Tokens of each.
        places: Where each begins in the spool file, and its bytes there; or the same of its line in
            the corpus. Shape `(2, n)`, int64.
        lines: Of how many lines they were, bad ones among them; 0 where nobody knows.
        again: What holds the lines, where they are to be read again; else None.
        prints: 128-bit digests of what a verdict depends on; shape `(n, 2)`, uint64.
        shorts: 64-bit digests of the words of short articles, 0 for others; uint64.
        pages: 64-bit digests of the pages that articles stand at, 0 for unknown; uint64.
        keys: Band keys in classic mode; shape `(n, bands)`, uint32.
        sketches: Of signatures in classic mode; shape `(n, permutations)`, uint8.
        sample: Sampled shingles in stories mode.
        bad: What was no record.
    """

    heap: bytes | bytearray
    known: NDArray[np.int64]
    ids: NDArray[np.bytes_] | None
    words: NDArray[np.int64]
    places: NDArray[np.int64]
    lines: int
    again: Piece | None
    prints: NDArray[np.uint64]
    shorts: NDArray[np.uint64]
    pages: NDArray[np.uint64]
    keys: NDArray[np.uint32]
    sketches: NDArray[np.uint8]
    sample: Shingles
    bad: list[BadRecord]


def take_in(task: Task) -> Intake | None:
    """Read and digest a piece. Memory: a group of articles, and some 400 bytes for each.

    Returns:
        None of a piece that begins `ANYWHERE` and cannot be read without counting its lines.
    """
    bad: list[BadRecord] = []
    if isinstance(task.piece, Piece) and is_compiled(task.piece, task.plan.engine):
        again = task.piece.source.packing is None
        with suppress(UnreadError):
            return _digested(task, read_groups(task.piece, bad), bad, task.piece if again else None)
        if task.piece.first == ANYWHERE:
            return None
        bad = []
    return _digested(task, groups_of(_records(task), bad), bad)


def settled(task: Task, intake: Intake | None, first: int) -> Intake:
    """Return what became of a piece that begins `ANYWHERE`, now that its lines are counted.

    Args:
        task: The piece.
        intake: What `take_in` returned.
        first: The number of its first line.
    """
    assert isinstance(task.piece, Piece)
    piece = replace(task.piece, first=first)
    if intake is None:
        intake = take_in(replace(task, piece=piece))
        assert intake is not None
        return intake
    shift = first - ANYWHERE
    return replace(
        intake,
        heap=moved(intake.heap, intake.known, shift),
        bad=[replace(one, place=one.place and one.place + shift) for one in intake.bad],
        again=piece if intake.again else None,
    )


def is_compiled(piece: Piece, engine: Engine) -> bool:
    """Say whether the compiled engine reads a piece, all but what is not ordinary in it."""
    known = piece.source.format == "jsonl" and piece.problem is None
    return known and isinstance(engine, KernelEngine)


def _digested(
    task: Task, groups: Iterable[Group], bad: list[BadRecord], again: Piece | None = None
) -> Intake:
    """Return what becomes of a piece; `again` holds the lines that need not be set aside."""
    import numpy as np

    plan = task.plan
    heap: list[bytes] = []
    known, prints, shorts, pages, words, places, keys, sketched, samples = ([] for _ in range(9))
    taken = lines = 0
    with ExitStack() as files:
        if not again:
            spool = files.enter_context(writing(plan.folder, TEXTS, task.number))
        for group in groups:
            hashed = plan.engine.shingles(group.texts, plan.shingle_words, kept=False)
            if plan.layout:
                signed = plan.engine.signatures(hashed, plan.layout.permutations)
                keys.append(band_keys(signed, plan.layout))
                sketched.append(sketches(signed, plan.layout))
                pages.append(np.zeros(len(hashed), dtype=np.uint64))  # nobody asks for them
            else:
                samples.append(plan.engine.distinct(hashed, SAMPLE_BELOW))
                pages.append(_pages(group.urls))
            if again:
                assert group.lines is not None
                places.append(group.lines)
            else:
                aside = set_aside(group)
                spool.write(aside.data.data)
                places.append(np.stack([taken + aside.offsets[:-1], np.diff(aside.offsets)]))
                taken += len(aside.data)
            lines += group.count
            words.append(hashed.tokens)
            heap.append(group.heap)
            known.append(group.known)
            prints.append(prints_of(group.texts, group.tails, plan.engine))
            digests = np.zeros(len(hashed), dtype=np.uint64)
            for row in (hashed.tokens <= SHORT_WORDS).nonzero()[0].tolist():
                digests[row] = _short(group.texts[row])
            shorts.append(digests)
    bands, values = (plan.layout.bands, plan.layout.permutations) if plan.layout else (0, 0)
    everything = b"".join(heap)
    edges = offsets_of(np.concatenate([np.empty(0, dtype=np.int64), *known]))
    return Intake(
        everything,
        np.diff(edges),
        id_bytes(Names(everything, edges[:-1], edges[1:])),
        np.concatenate([np.empty(0, dtype=np.int64), *words]),
        np.concatenate([np.empty((2, 0), dtype=np.int64), *places], axis=1),
        lines,
        again,
        np.concatenate([np.empty((0, 2), dtype=np.uint64), *prints]),
        np.concatenate([np.empty(0, dtype=np.uint64), *shorts]),
        np.concatenate([np.empty(0, dtype=np.uint64), *pages]),
        np.concatenate([np.empty((0, bands), dtype=np.uint32), *keys]),
        np.concatenate([np.empty((0, values), dtype=np.uint8), *sketched]),
        join(samples),
        bad,
    )


def keep_records(records: Iterable[Record | BadRecord], to: Spooled, folder: str) -> Spooled:
    """Keep records in a spool file, to be taken in by any worker."""
    import msgspec

    with writing(folder, to.kind, to.number) as spool:
        spool.write(msgspec.msgpack.encode(list(records)))
    return to


def _records(task: Task) -> Iterator[Record | BadRecord]:
    if isinstance(task.piece, Piece):
        return read_piece(task.piece)
    import msgspec

    path = spool_file(task.plan.folder, task.piece.kind, task.piece.number)
    entries = msgspec.msgpack.decode(path.read_bytes())
    path.unlink()
    return (_entry(fields) for fields in entries)


def _entry(fields: dict[str, Any]) -> Record | BadRecord:
    return Record(**fields) if "text" in fields else BadRecord(**fields)


def _pages(urls: Iterable[str | None]) -> NDArray[np.uint64]:
    import numpy as np

    return np.array([page_digest(url) if url else 0 for url in urls], dtype=np.uint64)


def _short(text: str) -> int:
    """Return a digest of the words of a text, 0 where it has none."""
    words = tokenize(text).words
    if not words:
        return 0
    data = "\0".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little") or 1
