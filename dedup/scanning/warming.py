"""Machine code that a scan needs, compiled once and loaded before there are workers.

Forked workers have what was loaded before them; each would load it for half a second otherwise, or
compile it for ten. A wait for the compiler is announced as a stage of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect import engine as engines
from dedup.detect.engine import Engine, KernelEngine, note_compiled, was_compiled
from dedup.detect.machine import load_compiler
from dedup.detect.thresholds import Thresholds
from dedup.scanning import lines, rowlines, shingleparts
from dedup.scanning.aside import Aside
from dedup.scanning.batchsheets import packed_sheets
from dedup.scanning.batchweighing import weigh_batch
from dedup.scanning.packing import pack_sheet
from dedup.scanning.sheets import make_sheet
from dedup.text import outline

if TYPE_CHECKING:
    from dedup.scanning.watch import Watch

#: Seconds that the compiled engine saves on an article of a scan for stories, of about 500 words of
#: which half have a candidate; to load all of its code; to compile it.
SAVED_SECONDS, LOAD_SECONDS, COMPILE_SECONDS = 0.9e-3, 0.6, 16.0
#: What is done once to compile or load: all that counts are the types of what is passed.
ASIDE = Aside(b"The dam holds.")


class _Code(NamedTuple):
    """A part of the machine code: whether it lies on disk, and what compiles or loads it."""

    is_there: bool
    warm: Callable[[], None]


def warm_up(engine: Engine, stories: bool, watch: Watch) -> None:
    """Load whatever the engine and the compiled work on sheets need; compile what never was.

    Args:
        engine: What hashes.
        stories: Whether there will be sheets.
        watch: Is told of a wait.
    """
    code = list(_code(engine, stories))
    new = not all(one.is_there for one in code)
    if new:
        watch.start("compiling", len(code), "parts of the engine, this once")
    for one in code:
        one.warm()
        if new:
            watch.advance(1)


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
    new = not all(one.is_there for one in _code(KernelEngine(), True))
    return (COMPILE_SECONDS if new else LOAD_SECONDS) < articles / processes * SAVED_SECONDS


def warm_up_weighing(watch: Watch) -> None:
    """Compile what weighs pairs, if it never was: for workers that are there already."""
    if not was_compiled("weighkernel"):
        watch.start("compiling", 1, "parts of the engine, this once")
        _weigh()
        watch.advance(1)


def _code(engine: Engine, stories: bool) -> Iterator[_Code]:
    if not isinstance(engine, KernelEngine):
        engines.warm_up(engine)
        return
    yield _Code(engines.kernel_is_compiled(), lambda: engines.warm_up(engine))
    yield _Code(lines.READ_LINES.is_there, lines.warm_up)
    if stories:
        yield _Code(shingleparts.PART_ROWS.is_there, lambda: _index(engine))
        yield _Code(was_compiled("sheetkernel"), _outline)
        yield _Code(was_compiled("weighkernel"), _weigh)
    if not rowlines.WRITE_ROWS.is_there:  # it is loaded where rows are written
        yield _Code(False, rowlines.warm_up)


def _index(engine: Engine) -> None:
    engines.warm_up_index(engine)
    shingleparts.warm_up()  # last: where it is there, all is


def _outline() -> None:
    import numpy as np

    load_compiler()
    list(packed_sheets([ASIDE], np.empty(0, dtype=np.uint32), 5))
    note_compiled("sheetkernel")


def _weigh() -> None:
    import numpy as np

    load_compiler()
    sheet = pack_sheet(make_sheet(outline(ASIDE.article)))
    weigh_batch([sheet], np.zeros((1, 2), dtype=np.int64), Thresholds())
    note_compiled("weighkernel")
