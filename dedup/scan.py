"""Scan a corpus: which articles are versions of one story, and which of them stands for it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from itertools import count
from typing import TYPE_CHECKING

from dedup.crew import Crew, cores
from dedup.detect.bands import choose_layout
from dedup.detect.buckets import paired
from dedup.detect.clusters import Choice
from dedup.detect.engine import Engine, NumpyEngine, choose_engine
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.thresholds import Thresholds
from dedup.errors import ConfigError, MissingExtraError
from dedup.progress import Progress, Silent
from dedup.reading.jsonl import UNCOUNTED, line_ends
from dedup.reading.piece import Fields, Piece
from dedup.scanning.comparing import batchweighing
from dedup.scanning.deciding.measuring import Counter, Scale
from dedup.scanning.deciding.verifying import Terms, verify_sets, verify_sheets
from dedup.scanning.ingesting.corpus import Corpus, bring_together
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.ingesting.intake import Intake, Plan, Task, is_compiled, settled, take_in
from dedup.scanning.ingesting.lines import ANYWHERE, are_ordinary
from dedup.scanning.ingesting.source import Given, Source, open_source
from dedup.scanning.proposing.candidates import near_duplicates, versions
from dedup.scanning.proposing.furnishing import find_whole
from dedup.scanning.proposing.sieve import sift
from dedup.scanning.rereading.setfile import keep_sets
from dedup.scanning.result import Scan
from dedup.scanning.spool import spool_folder
from dedup.scanning.values import Mode
from dedup.scanning.warming import pays, warm_up, warm_up_weighing
from dedup.scanning.watch import Watch

if TYPE_CHECKING:
    from dedup.detect.linking import Links

#: Words a shingle in classic mode, as is usual.
CLASSIC_WORDS = 3
STORY_WORDS = Thresholds().shingle_words
#: Fewer articles than this are read sooner by this process alone.
WORTH_WORKERS = 1500
#: Pieces whose beginning tells how the others are to be read, at most.
LOOKED_AT = 4
ENGINES = ("auto", "numpy", "numba")


def scan(  # noqa: PLR0913
    source: Source,
    *,
    threshold: float | None = None,
    fields: Fields | None = None,
    input_format: str | None = None,
    representative: Choice | str = Choice.LONGEST,
    against: Source | None = None,
    thresholds: Thresholds | None = None,
    engine: str = "auto",
    workers: int | None = None,
    progress: Progress | None = None,
) -> Scan:
    """Find the versions of every story in a corpus.

    Without a threshold two articles belong together where `compare` calls them one story; with
    one, where the Jaccard similarity of their shingles reaches it. Every pair that counts was
    verified exactly. The result depends on the articles and their ids alone: not on the order of
    the files, the number of workers, or the engine.

    Args:
        source: A path, several (files, folders, patterns, `-`), or any iterable of articles or
            records. It is read once.
        threshold: Jaccard similarity, above 0 and at most 1, for classic near-duplicates.
        fields: Which fields of records hold what; None to guess.
        input_format: What every file is; None to tell by name and content.
        representative: Which article stands for its story: `longest`, `earliest` or `central`.
        against: An older corpus: only what of `source` is already there is looked for, and each
            such article joins the old one that it shares most with.
        thresholds: What the verdict turns on. In classic mode only `shingle_words` counts, 3
            unless said otherwise.
        engine: What hashes: `numpy`, `numba` (extra `fast`), or `auto` for the quicker one.
        workers: Processes; None for as many as are worth their while, at most one a core.
        progress: Is told how far the scan is.

    Returns:
        Every article with its role, every verified pair, and everything that was skipped.

    Raises:
        InputError: The corpus cannot be read; a single bad record is skipped instead.
        ConfigError: A setting has no meaning.
        MissingExtraError: An optional library is needed.
        SpoolError: The temporary folder has no room.
        WorkerError: A worker process was killed.
        ScanInterrupted: Ctrl-C (a `KeyboardInterrupt`); nothing is left behind.

    >>> from dedup import Article
    >>> a = "PORT HALE (AP) - The old bridge over the Hale was shut to traffic on Monday night."
    >>> found = scan([Article(a), Article("Nothing new."), Article(a + " It is rusty.")])
    >>> [cluster.members for cluster in found.clusters()]
    [('1', '3')]
    """
    choice = _choice(representative)
    classic = threshold is not None
    limits = thresholds or Thresholds(shingle_words=CLASSIC_WORDS if classic else STORY_WORDS)
    layout = choose_layout(threshold) if threshold is not None else None
    watch = Watch(progress or Silent())
    try:
        with spool_folder() as folder:
            watch.start("finding", 1, "corpus")
            new = open_source(source, folder, "new", fields, input_format)
            old = open_source(against or (), folder, "old", fields, input_format)
            watch.advance(1)
            chosen, size = means_for(new, old, engine=engine, workers=workers, stories=not classic)
            plan = Plan(folder, chosen, limits.shingle_words, layout)
            if size > 1 or isinstance(plan.engine, KernelEngine):
                warm_up(plan.engine, not classic, watch, size)  # once, and not by each worker
            with Crew(size) as crew:
                desk = Desk(crew, plan, watch)
                corpus = _read(desk, old, new, against is not None)
                if threshold is not None and plan.layout:
                    pairs = near_duplicates(desk, corpus, plan.layout)
                    sets = _gather(desk, corpus, pairs, threshold)
                    found, verified = verify_sets(desk, corpus, pairs, sets, choice)
                else:
                    threaded = _threaded(plan.engine, size)
                    pairs, hot = versions(desk, corpus, threaded)
                    furniture = find_whole(desk, corpus, hot, limits, threaded)
                    pairs = sift(desk, corpus, pairs, furniture, limits)
                    terms = Terms(_scale(desk, len(pairs), limits, engine), furniture)
                    found, verified = verify_sheets(desk, corpus, pairs, terms, choice)
        watch.stop()
    except KeyboardInterrupt as interrupt:
        raise watch.interrupted() from interrupt
    finally:
        watch.progress.close()
    return Scan(
        mode=Mode.CLASSIC if classic else Mode.STORIES,
        threshold=threshold,
        thresholds=limits,
        choice=choice,
        articles=found,
        pairs=verified,
        skipped=corpus.bad,
        stages=watch.seconds,
        engine=plan.engine.name,
        workers=size,
    )


def means_for(*given: Given, engine: str, workers: int | None, stories: bool) -> tuple[Engine, int]:
    """Return what will hash the articles of a scan, and how many processes will work.

    Args:
        given: What is scanned.
        engine: As `scan` takes it, and so the next.
        workers: See there.
        stories: Whether no threshold is given.

    Raises:
        ConfigError: There is no such engine.
        MissingExtraError: It is not installed.
    """
    work, articles = sum(one.work for one in given), sum(one.articles for one in given)
    size = workers or (cores() if work >= WORTH_WORKERS else 1)
    return _engine(engine, articles, size, stories=stories), size


def _read(desk: Desk, old: Given, new: Given, against: bool) -> Corpus:
    """Take in every piece, those of the older corpus first."""
    desk.watch.start("reading", old.articles + new.articles, "articles")
    read = _read_here if _mostly_compiled(desk.plan, old, new) else _read_by_workers
    numbers = count()
    return bring_together(read(desk, new, numbers), read(desk, old, numbers) if against else None)


def _read_by_workers(desk: Desk, given: Given, numbers: Iterator[int]) -> Iterator[Intake]:
    """Yield what becomes of each piece of a corpus."""
    tasks = (Task(next(numbers), piece, desk.plan) for piece in given.pieces)
    for intake in desk.crew.map(take_in, tasks):
        assert intake is not None  # the lines before each piece were counted
        desk.watch.advance(len(intake.known) + len(intake.bad))
        yield intake


def _read_here(desk: Desk, given: Given, numbers: Iterator[int]) -> Iterator[Intake]:
    """Do what `_read_by_workers` does of JSON lines, by threads; read nothing only to count it."""
    first = 1
    tasks = [Task(next(numbers), _from_anywhere(piece), desk.plan) for piece in given.files]
    for task, taken in zip(tasks, desk.crew.map_here(take_in, tasks), strict=True):
        assert isinstance(task.piece, Piece)
        if task.piece.first == ANYWHERE:
            intake = settled(task, taken, first)
        else:
            assert taken is not None
            intake, first = taken, task.piece.first
        first += intake.lines or line_ends(task.piece)
        desk.watch.advance(len(intake.known) + len(intake.bad))
        yield intake


def _from_anywhere(piece: Piece) -> Piece:
    """Return a piece to be read before the lines before it are counted."""
    return replace(piece, first=ANYWHERE) if piece.first == UNCOUNTED else piece


def _mostly_compiled(plan: Plan, *given: Given) -> bool:
    """Say whether hardly anything is left to Python where the corpus is read."""
    pieces = [piece for corpus in given for piece in corpus.files]
    if not pieces or not all(is_compiled(piece, plan.engine) for piece in pieces):
        return False
    looked_at = pieces[:: -(-len(pieces) // LOOKED_AT)]
    return all(map(are_ordinary, looked_at))


def _gather(desk: Desk, corpus: Corpus, pairs: Links, threshold: float) -> Counter:
    """Return the sets of every article in a pair."""
    import numpy as np

    rows = np.flatnonzero(paired(pairs.pairs, len(corpus)))
    desk.watch.start("gathering", len(rows), "articles")
    sets = keep_sets(desk, corpus, rows)
    (open_whole,) = sets.parts
    return Counter(sets, open_whole(), desk.plan.engine, threshold)


def _scale(desk: Desk, pairs: int, limits: Thresholds, engine: str) -> Scale:
    """Return how so many pairs of sheets are weighed, when that is ready."""
    # What was loaded for the articles costs nothing more.
    engine = "numba" if isinstance(desk.plan.engine, KernelEngine) else engine
    compiled = batchweighing.choose(engine, limits, pairs, desk.crew.size)
    if compiled:
        warm_up_weighing(desk.watch)
    return Scale(limits, compiled)


def _engine(name: str, articles: int, workers: int, *, stories: bool) -> Engine:
    if name not in ENGINES:
        raise ConfigError(f"engine {name!r}: there is none; use one of {', '.join(ENGINES)}")
    if name == "numba" and find_spec("numba") is None:
        raise MissingExtraError("engine numba", "the compiled engine", "fast")
    if name == "auto" and not stories:
        return choose_engine(articles, processes=workers)
    if name == "auto":
        return KernelEngine() if pays(articles, workers) else NumpyEngine()
    return NumpyEngine() if name == "numpy" else KernelEngine()


def _threaded(engine: Engine, threads: int) -> Engine:
    """Return the engine for work of this process, while the workers wait."""
    return replace(engine, threads=threads) if isinstance(engine, KernelEngine) else engine


def _choice(name: Choice | str) -> Choice:
    try:
        return Choice(name)
    except ValueError:
        raise ConfigError(
            f"representative {name!r}: there is none; use one of {', '.join(Choice)}"
        ) from None
