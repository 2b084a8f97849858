"""How long a scan would take, judged by scans of small parts of the corpus, each larger than the
one before.

A part is read by the reader and worked on by the engine and the workers that the whole would have.
What takes its time once, however large the corpus, falls out of the difference of two parts.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from time import perf_counter, process_time
from typing import NamedTuple

from dedup.crew import Crew
from dedup.detect.engine import KERNEL_SECONDS, Engine
from dedup.detect.kernelengine import KernelEngine
from dedup.reading.corpus import read_piece
from dedup.reading.jsonl import numbered
from dedup.reading.piece import Piece, Record
from dedup.reading.portion import bytes_of, portion
from dedup.scan import means_for
from dedup.scanning.comparing import batchweighing
from dedup.scanning.ingesting.source import open_source
from dedup.scanning.result import Scan
from dedup.scanning.spool import spool_folder
from dedup.scanning.warming import compiling_seconds

#: Bytes of the part that loads what is needed, and of the first that tells anything (300 articles,
#: or 15 pages); how many times as large the next one is.
LOADING_BYTES, FIRST_BYTES, STEP = 1 << 16, 1 << 20, 4
#: Seconds that a part has to take to tell enough, and that all of them may take together.
ENOUGH, PATIENCE = 0.4, 2.5
#: Seconds of one core that the compiled engine takes for an article of 500 words in a scan for
#: stories, all but reading it: only where it was never compiled, and cannot be tried.
STORY_SECONDS = 35e-6

#: Works on pieces with so many workers, and says how many articles they hold: of the corpus, and
#: of an older one.
Work = Callable[[Sequence[Piece], int], tuple[int, int]]


class Run(NamedTuple):
    """A part that was worked on.

    Attributes:
        share: Its share of the corpus.
        seconds: How long it took.
        read: Its articles.
        older: Those of an older corpus.
    """

    share: float
    seconds: float
    read: int
    older: int = 0


class Forecast(NamedTuple):
    """How long a scan would take.

    Attributes:
        seconds: About how long, the next among them.
        compiling: How long the engine is compiled before, this once.
        articles: About how many there are.
        exact: Whether all of the corpus was worked on.
        older: About how many articles an older corpus has.
    """

    seconds: float
    compiling: float
    articles: int
    exact: bool
    older: int = 0


def forecast(  # noqa: PLR0913
    pieces: Sequence[Piece],
    scan: Callable[..., Scan],
    *,
    against: Sequence[Piece] = (),
    engine: str,
    workers: int | None,
    stories: bool,
) -> Forecast:
    """Return how long a scan would take. Takes some 2 s itself, and compiles nothing.

    Args:
        pieces: The corpus.
        scan: Scans pieces; `against`, `engine` and `workers` are said to it anew.
        against: The older corpus, as `find_pieces` returns it.
        engine: As `dedup.scan` takes it, and so the next.
        workers: See there.
        stories: Whether no threshold is given.

    Raises:
        DedupError: Whatever a scan raises.
    """
    before = process_time()  # a scan has to start as this process had
    pieces = [piece for piece in pieces if not piece.problem]
    against = [piece for piece in against if not piece.problem]
    # A file that is held against itself counts once.
    apart = {piece.source.path for piece in against} - {piece.source.path for piece in pieces}
    with spool_folder() as folder:
        given = [open_source(some, folder, "new", None, None) for some in (pieces, against)]
        chosen, size = means_for(*given, engine=engine, workers=workers, stories=stories)
        compiling = compiling_seconds(chosen, stories, size)
        name = _engine_to_try(chosen, engine)

        def scanned(some: Sequence[Piece], workers: int) -> tuple[int, int]:
            new, old = _parted(some, apart)
            found = scan(new, against=old or None, engine=name, workers=workers)
            return len(found.articles), found.counts.against

        def read(some: Sequence[Piece], workers: int) -> tuple[int, int]:
            new, old = _parted(some, apart)
            return read_only(new, workers), read_only(old, workers)

        both = [*pieces, *(piece for piece in against if piece.source.path in apart)]
        start, runs = try_parts(both, read if compiling else scanned, size, folder, apart=apart)
    articles, older = (round(number / runs[-1].share) for number in runs[-1][2:])
    hashing = STORY_SECONDS if stories else KERNEL_SECONDS
    rest = compiling and compiling + (articles + older) * hashing / size
    seconds = before + whole(start, runs) + rest
    return Forecast(seconds, compiling, articles, runs[-1].share == 1, older)


def _parted(pieces: Sequence[Piece], apart: Container[str]) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of the corpus, and those of the older one."""
    old = [piece for piece in pieces if piece.source.path in apart]
    return [piece for piece in pieces if piece.source.path not in apart], old


def try_parts(  # noqa: PLR0913
    pieces: Sequence[Piece],
    work: Work,
    workers: int,
    folder: str,
    *,
    clock: Callable[[], float] = perf_counter,
    apart: Container[str] = (),
) -> tuple[float, list[Run]]:
    """Return what parts of a corpus took: two at least, unless one is all or takes too long.

    Args:
        pieces: The corpus.
        work: What is done with it.
        workers: How many do it.
        folder: Where parts may be written.
        clock: Tells the time, in seconds.
        apart: Paths of the files of an older corpus, of which parts are as large a share.

    Returns:
        The seconds of loading what is needed, and the parts. A corpus of less than `FIRST_BYTES` is
        worked on at once, loading and all.
    """

    def timed(size: int, workers: int) -> Run:
        part = portion(pieces, size, folder, workers, apart)
        begun = clock()
        read, older = work(part.pieces, workers)
        return Run(part.share, clock() - begun, read, older)

    end, start = clock() + PATIENCE, 0.0
    if sum(map(bytes_of, pieces)) > FIRST_BYTES:
        # By this process, which workers are forked from with all that was loaded.
        start = timed(LOADING_BYTES, 1).seconds
    size, runs = FIRST_BYTES, list[Run]()
    while True:
        last = timed(size, workers)
        runs.append(last)
        more = min(STEP, 1 / last.share)
        told = last.share == 1 or (len(runs) > 1 and last.seconds > ENOUGH)
        if told or clock() + more * last.seconds > end:
            return start, runs
        size *= STEP


def whole(start: float, runs: Sequence[Run]) -> float:
    """Return how long all of a corpus takes, by the last two parts of it, or the only one.

    Args:
        start: What was taken once, before.
        runs: Each of a larger share than the one before.

    >>> whole(0.5, [Run(0.01, 1.0, 10), Run(0.02, 1.25, 20), Run(0.04, 1.75, 40)])
    26.25
    """
    *_, before, last = Run(0.0, 0.0, 0), *runs
    if before.share >= last.share:  # of pieces of very different sizes
        before = Run(0.0, 0.0, 0)
    slope = (last.seconds - before.seconds) / (last.share - before.share)
    return start + last.seconds + max(slope, 0.0) * (1 - last.share)


def read_only(pieces: Sequence[Piece], workers: int) -> int:
    """Read pieces without the compiled engine, and do no more with them."""
    with Crew(workers) as crew:
        return sum(crew.map(_articles, numbered(pieces)))


def _articles(piece: Piece) -> int:
    return sum(isinstance(entry, Record) for entry in read_piece(piece))


def _engine_to_try(chosen: Engine, engine: str) -> str:
    """Return by which name a part has the engine that was chosen for the whole."""
    if isinstance(chosen, KernelEngine):
        return "numba"
    # Many pairs would have the part that weighs them compiled.
    return engine if batchweighing.is_compiled() else "numpy"
