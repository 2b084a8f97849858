"""What a scan would read, how, and about how long it would take: answered without doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dedup.reading.formats import ARTICLES, LIST
from dedup.reading.parquet import rows_of
from dedup.reading.piece import Columns, Piece, Source
from dedup.report.forecast import Forecast
from dedup.report.painter import Painter, drawn, painter_for
from dedup.report.quantities import count, duration
from dedup.report.view import View

if TYPE_CHECKING:
    from rich.text import Text

_FORMATS = {LIST: "JSON list", "jsonl": "JSON lines", "parquet": "Parquet", "warc": "web archive"}
_FILES = "articles in files"
#: Formats whose articles are counted without reading them.
COUNTED = {*ARTICLES, "parquet"}


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
        seconds: About how long it takes, the next among them.
        compiling: How long of it the engine is compiled, which happens once.
        older: About how many articles the older corpus has.
    """

    parts: tuple[Part, ...]
    articles: int
    exact: bool
    problems: tuple[tuple[str, str], ...]
    seconds: float
    compiling: float
    older: int = 0


def plan(pieces: Sequence[Piece], found: Forecast, against: Sequence[Piece] = ()) -> Plan:
    """Return what a scan would read.

    Args:
        pieces: The corpus.
        found: How long it takes.
        against: The older corpus.
    """
    both = [*against, *pieces]
    new, old = (None if found.exact else _counted(some) for some in (pieces, against))
    return Plan(
        parts=_parts(piece for piece in both if not piece.problem),
        articles=found.articles if new is None else new,
        exact=found.exact,
        problems=tuple((p.source.path, p.problem) for p in both if p.problem),
        seconds=found.seconds,
        compiling=found.compiling,
        older=found.older if old is None else old,
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


def _counted(pieces: Sequence[Piece]) -> int | None:
    """Return how many articles there are; None where only reading them would tell."""
    pieces = [piece for piece in pieces if not piece.problem]
    if not all(piece.source.format in COUNTED for piece in pieces):
        return None
    parquet = (piece for piece in pieces if piece.source.format == "parquet")
    files = (piece for piece in pieces if piece.source.format in ARTICLES)
    return sum(rows_of(piece)[0] for piece in parquet) + sum(len(piece.sources) for piece in files)


def render(found: Plan, view: View | None = None) -> str:
    """Return the plan as text, no line wider than the view and each with its line end."""
    view = view or View()
    return drawn(_lines(found, painter_for(view)), view)


def _lines(found: Plan, painter: Painter) -> Iterator[Text]:
    about = "" if found.exact else "about "
    told = f": {about}{count(_rounded(found.articles, found.exact), 'article')}"
    if found.older:
        older = count(_rounded(found.older, found.exact), "older article")
        told += f", to be held beside {about}{older}"
    yield from painter.wrapped([("DRY RUN", "bold yellow"), (told, "bold")])
    yield painter.line()
    rows = [(part.format, _told(part)) for part in found.parts]
    rows.append(("will take", _time(found)))
    rows += [("skipped", f"{path}: {problem}") for path, problem in found.problems[:5]]
    if len(found.problems) > 5:
        rows.append(("skipped", count(len(found.problems) - 5, "more file")))
    yield from painter.table(rows)


def _time(found: Plan) -> str:
    told = f"about {_duration(found.seconds)}"
    if not found.compiling:
        return told
    return f"{told}, {_duration(found.compiling)} of it to compile the engine, this once"


def _duration(seconds: float) -> str:
    """Return a time of which two figures are known.

    >>> [_duration(seconds) for seconds in (0.234, 2.34, 17.8, 143, 4180)]
    ['0.23 s', '2.3 s', '18 s', '2 min 20 s', '1 h 10 min']
    """
    rounded = float(f"{seconds:.2g}")
    return f"{rounded:.0f} s" if 10 <= rounded < 60 else duration(rounded)


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

    >>> [_size(size) for size in (0, 512, 3_400_000, 2_900_000_000)]
    ['empty', '1 kB', '3 MB', '2.9 GB']
    """
    if not size:
        return "empty"
    if size >= 1e9:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3)):,} kB"
