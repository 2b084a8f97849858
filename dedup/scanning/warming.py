"""Machine code that a scan needs, compiled once and loaded before there are workers.

Forked workers have what was loaded before them; each would load it for half a second otherwise, or
compile it for ten. A wait for the compiler is announced as a stage of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from dedup.crew import Crew
from dedup.detect import engine as engines
from dedup.detect.engine import Engine
from dedup.detect.kernelengine import KernelEngine, index_is_compiled, kernel_is_compiled
from dedup.scanning import rowlines
from dedup.scanning.comparing import batchweighing
from dedup.scanning.outlining import batchsheets
from dedup.scanning.rereading import again

if TYPE_CHECKING:
    from dedup.scanning.watch import Watch

#: Seconds that the compiled engine saves on an article of a scan for stories, of about 500 words of
#: which half have a candidate; to load all of its code; to compile it.
SAVED_SECONDS, LOAD_SECONDS, COMPILE_SECONDS = 0.9e-3, 0.3, 52.0


class _Code(NamedTuple):
    """A part of the machine code: whether it lies on disk, and what compiles or loads it."""

    is_there: bool
    warm: Callable[[], None]


def warm_up(engine: Engine, stories: bool, watch: Watch, workers: int = 1) -> None:
    """Load whatever the engine and the compiled work on sheets need; compile what never was.

    Args:
        engine: What hashes.
        stories: Whether there will be sheets.
        watch: Is told of a wait.
        workers: Processes to share what is to be compiled.
    """
    code = list(_code(engine, stories))
    if not all(one.is_there for one in code):
        watch.start("compiling", len(code), "parts of the engine, this once")
        with Crew(workers) as crew:
            for _ in crew.map(partial(_compile, engine, stories), range(len(code))):
                watch.advance(1)
    for one in code:
        one.warm()


def _compile(engine: Engine, stories: bool, number: int) -> None:
    """Compile one part of the machine code."""
    parts = list(_code(engine, stories))
    if number < len(parts):  # the last is none any more where another process was quicker
        parts[number].warm()


def pays(articles: int, processes: int) -> bool:
    """Say whether a scan for stories is over sooner with the compiled engine.

    Args:
        articles: About how many will come.
        processes: That share them.

    >>> pays(100, 1)
    False
    """
    if find_spec("numba") is None:
        return False
    start = compiling_seconds(KernelEngine(), True, processes) or LOAD_SECONDS
    return start < articles / processes * SAVED_SECONDS


def compiling_seconds(engine: Engine, stories: bool, processes: int) -> float:
    """Return about how long a scan first waits for the compiler; 0 where all is compiled.

    Args:
        engine: What hashes.
        stories: Whether there will be sheets.
        processes: That share what is to be compiled.
    """
    if all(one.is_there for one in _code(engine, stories)):
        return 0.0
    seconds = COMPILE_SECONDS if stories else engines.COMPILE_SECONDS
    return seconds / min(processes, 2)  # some parts take long


def warm_up_weighing(watch: Watch) -> None:
    """Compile what weighs pairs, if it never was: for workers that are there already."""
    if not batchweighing.is_compiled():
        watch.start("compiling", 1, "parts of the engine, this once")
        batchweighing.warm_up()
        watch.advance(1)


def _code(engine: Engine, stories: bool) -> Iterator[_Code]:
    if not isinstance(engine, KernelEngine):
        engines.warm_up(engine)
        return
    yield _Code(kernel_is_compiled(), lambda: engines.warm_up(engine))
    yield _Code(again.PICK_LINES.is_there, again.warm_up)
    if stories:
        yield _Code(index_is_compiled(), lambda: engines.warm_up_index(engine))
        yield _Code(batchsheets.is_compiled(), batchsheets.warm_up)
        yield _Code(batchweighing.is_compiled(), batchweighing.warm_up)
    if not rowlines.WRITE_ROWS.is_there:  # it is loaded where rows are written
        yield _Code(False, rowlines.warm_up)
