"""Each of many pairs compared, in parallel; one that cannot be read does not stop the rest."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from dedup.article import Article
from dedup.compare import Comparison, compare
from dedup.crew import Crew, cores
from dedup.errors import DedupError
from dedup.reading import MAX_BYTES, read_article
from dedup.reading.source import STANDARD_INPUT, as_written

if TYPE_CHECKING:
    from dedup.detect import Thresholds
    from dedup.diff import Style
    from dedup.diff.flags import FlagSettings

#: One of a pair: a path, `"-"` for standard input, or an article that was read already.
Side: TypeAlias = str | os.PathLike[str] | Article

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class How:
    """How every pair is read and compared.

    Attributes:
        thresholds: What the verdict turns on; None for the usual ones.
        style: House style; None for the built-in one.
        flags: Which kinds of flags are raised; None for the usual ones.
        format: What every file is read as; None to go by name and content.
        language: The language of every article; None to recognise it.
        max_bytes: A larger file is refused.
    """

    thresholds: Thresholds | None = None
    style: Style | None = None
    flags: FlagSettings | None = None
    format: str | None = None
    language: str | None = None
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """What became of a pair.

    Attributes:
        a: What the first article is called: its path, as it was given.
        b: The second, likewise.
        comparison: The comparison; None where an article cannot be read.
        error: Why it cannot, on one line that names the file; None where both can.
    """

    a: str
    b: str
    comparison: Comparison | None
    error: str | None = None


def compare_pairs(
    pairs: Iterable[tuple[Side, Side]],
    thresholds: Thresholds | None = None,
    *,
    style: Style | None = None,
    flags: FlagSettings | None = None,
    workers: int | None = None,
) -> Iterator[ComparedPair]:
    """Compare each of many pairs as `dedup.compare` does, and yield what became of it, in order.

    A pair of which an article cannot be read is yielded with the reason, and the rest goes on. The
    result does not depend on the number of workers. A few pairs are in memory at a time: those
    that are worked on, and those that wait for an earlier one.

    Args:
        pairs: Paths (`"-"` for standard input, once) or articles; taken as they are needed.
        thresholds: What the verdict turns on.
        style: House style; None for the built-in rules.
        flags: Which kinds of flags are raised, and how grave they are.
        workers: Processes; None for one a core.

    Raises:
        WorkerError: A worker process was killed.

    >>> pair = Article("The bridge is shut."), Article("The bridge is shut.")
    >>> [found.comparison.verdict.label.value for found in compare_pairs([pair], workers=1)]
    ['identical']
    >>> [found.error for found in compare_pairs([("no.txt", "no.html")], workers=1)]
    ['no.txt: no such file; check the name and the current folder']
    """
    return each_pair(_as_it_is, pairs, How(thresholds, style, flags), workers)


def each_pair(
    then: Callable[[ComparedPair], Result],
    pairs: Iterable[tuple[Side, Side]],
    how: How,
    workers: int | None = None,
) -> Iterator[Result]:
    """Yield what `then` makes of each pair, in order; it is called where the pair is compared.

    A result that is smaller than the comparison spares the way between processes, and memory.

    Args:
        then: A function of a module, or a `partial` of one, so that other processes find it.
        pairs: What is compared; taken as workers get idle.
        how: How.
        workers: Processes; None for one a core.

    Raises:
        WorkerError: A worker process was killed.
        Exception: Whatever `then` raised.
    """
    job = pickle.dumps((then, how))
    tasks = ((job, _at_hand(a, how), _at_hand(b, how)) for a, b in pairs)
    # The first one is done here: what it loads, processes that are forked from this have already.
    yield from map(_done, islice(tasks, 1))
    with Crew(workers or cores()) as crew:
        yield from crew.map(_done, tasks)


def _as_it_is(pair: ComparedPair) -> ComparedPair:
    return pair


#: A path or article, and where standard input could not be read, why.
_Given: TypeAlias = Side | DedupError


def _at_hand(side: Side, how: How) -> _Given:
    """Return what a worker can do with: it has no standard input."""
    if side != STANDARD_INPUT:
        return side
    try:
        return read_article(side, format=how.format, max_bytes=how.max_bytes)
    except DedupError as error:
        return error


def _done(task: tuple[bytes, _Given, _Given]) -> Any:
    job, a, b = task
    then, how = _job(job)
    return then(_compared(a, b, how))


@lru_cache(maxsize=1)
def _job(job: bytes) -> tuple[Callable[[ComparedPair], Any], How]:
    """Return the job of a run: a style of its own is brought to a process once, not a pair."""
    then, how = pickle.loads(job)
    return then, how


def _compared(a: _Given, b: _Given, how: How) -> ComparedPair:
    names = _name(a), _name(b)
    try:
        first, second = _read(a, how), _read(b, how)
    except DedupError as error:
        return ComparedPair(*names, None, str(error))
    found = compare(first, second, how.thresholds, style=how.style, flags=how.flags)
    return ComparedPair(*names, found)


def _read(side: _Given, how: How) -> Article:
    if isinstance(side, DedupError):
        raise side
    if not isinstance(side, Article):
        side = read_article(side, format=how.format, max_bytes=how.max_bytes)
    return replace(side, language=how.language) if how.language else side


def _name(side: _Given) -> str:
    if isinstance(side, Article):
        return side.name
    return STANDARD_INPUT if isinstance(side, DedupError) else as_written(side) or ""
