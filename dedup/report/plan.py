"""What a scan would read, how, and about how long it would take: answered without doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING

from dedup.reading.corpus import raw_records, read_piece
from dedup.reading.formats import ARTICLES, LIST
from dedup.reading.jsonl import numbered
from dedup.reading.piece import Columns, Piece, Record, Source
from dedup.report.painter import Painter, drawn, painter_for
from dedup.report.quantities import count, duration
from dedup.report.view import View

if TYPE_CHECKING:
    from rich.text import Text

#: Articles that are read to judge the rest by.
SAMPLE = 1000
#: Text packs to about a third.
_PACKED = 3

_FORMATS = {LIST: "JSON list", "jsonl": "JSON lines", "parquet": "Parquet", "warc": "web archive"}
_FILES = "articles in files"


@dataclass(frozen=True, slots=True)
class Part:
    """The files of one format.

    Attributes:
        format: What they are called.
        files: How many there are.
        bytes: Their size on disk.
        columns: Of records, the fields that were found for each purpose in the first file.
    """

    format: str
    files: int
    bytes: int
    columns: Columns


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan would read.

    Attributes:
        parts: Its files by format, the largest part first.
        articles: About how many articles there are.
        exact: Whether that is their number.
        problems: Files that cannot be read, with the reason.
        seconds: About how long it takes: if its processes shared all of the work, and if one
            did it alone. The truth lies between.
    """

    parts: tuple[Part, ...]
    articles: int
    exact: bool
    problems: tuple[tuple[str, str], ...]
    seconds: tuple[float, float]


def sample(pieces: Iterable[Piece]) -> list[Record]:
    """Return the first articles of a corpus; all of them, if they are fewer than `SAMPLE`."""
    entries = (entry for piece in numbered(pieces) for entry in read_piece(piece))
    return list(islice((entry for entry in entries if isinstance(entry, Record)), SAMPLE))


def plan(
    pieces: Sequence[Piece], sampled: Sequence[Record], seconds: float, processes: int
) -> Plan:
    """Return what a scan would read.

    Args:
        pieces: The corpus.
        sampled: What `sample` returned.
        seconds: How long a scan of the sample took, on one process.
        processes: How many would share the work.
    """
    whole = [piece for piece in pieces if not piece.problem]
    exact = len(sampled) < SAMPLE
    articles = len(sampled) if exact else max(len(sampled), _articles(whole))
    alone = seconds * articles / max(len(sampled), 1)
    return Plan(
        parts=_parts(whole),
        articles=articles,
        exact=exact,
        problems=tuple((p.source.path, p.problem) for p in pieces if p.problem),
        seconds=(alone if exact else alone / processes, alone),
    )


def _parts(pieces: Iterable[Piece]) -> tuple[Part, ...]:
    sources: dict[str, dict[str, Source]] = {}
    columns: dict[str, Columns] = {}
    for piece in pieces:
        format = _format(piece)
        columns.setdefault(format, piece.columns)
        sources.setdefault(format, {}).update({source.path: source for source in piece.sources})
    parts = [
        Part(format, len(found), sum(source.size for source in found.values()), columns[format])
        for format, found in sources.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-part.bytes, part.format)))


def _format(piece: Piece) -> str:
    format = piece.source.format
    return _FILES if format in ARTICLES else _FORMATS.get(format, format.upper())


def _articles(pieces: Sequence[Piece]) -> int:
    """Return about how many articles there are, from the size of the first records."""
    total = 0.0
    mean: dict[str, float] = {}
    for piece in pieces:
        format = piece.source.format
        if format in ARTICLES:
            total += len(piece.sources)
        elif format == "parquet":
            total += _parquet_rows(piece)
        else:
            if format not in mean:
                sizes = [len(raw) for raw in islice(raw_records(piece, lambda _: True), SAMPLE)]
                mean[format] = sum(sizes) / len(sizes) if sizes else 1.0
            size = (piece.end - piece.start) * (_PACKED if piece.source.packing else 1)
            total += size / mean[format]
    return round(total)


def _parquet_rows(piece: Piece) -> int:
    from pyarrow.parquet import read_metadata

    metadata = read_metadata(piece.source.file)
    return sum(metadata.row_group(at).num_rows for at in range(piece.start, piece.end))


def render(found: Plan, view: View | None = None) -> str:
    """Return the plan as text, no line wider than the view and each with its line end."""
    view = view or View()
    return drawn(_lines(found, painter_for(view)), view)


def _lines(found: Plan, painter: Painter) -> Iterator[Text]:
    about = "" if found.exact else "about "
    told = f": {about}{count(_rounded(found.articles, found.exact), 'article')}"
    yield from painter.wrapped([("DRY RUN", "bold yellow"), (told, "bold")])
    yield painter.line()
    rows = [(part.format, _told(part)) for part in found.parts]
    soonest, latest = map(duration, found.seconds)
    rows.append(("will take", f"about {soonest}" + (f" to {latest}" * (soonest != latest))))
    rows += [("skipped", f"{path}: {problem}") for path, problem in found.problems[:5]]
    if len(found.problems) > 5:
        rows.append(("skipped", count(len(found.problems) - 5, "more file")))
    yield from painter.table(rows)


def _told(part: Part) -> str:
    told = f"{count(part.files, 'file')}, {_size(part.bytes)}"
    roles = [
        role.name if role.name == name else f"{role.name} in {name}"
        for role in fields(part.columns)
        for name in getattr(part.columns, role.name)[:1]
    ]
    return f"{told}; {', '.join(roles)}" if roles else told


def _rounded(number: int, exact: bool) -> int:
    """Return an estimate with two figures, which is all that it is good for.

    >>> _rounded(123456, False), _rounded(123456, True)
    (120000, 123456)
    """
    return number if exact else int(float(f"{number:.2g}"))


def _size(size: int) -> str:
    """Return a size as people say it.

    >>> [_size(size) for size in (512, 3_400_000, 2_900_000_000)]
    ['1 kB', '3 MB', '2.9 GB']
    """
    if size >= 1e9:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3)):,} kB"
