"""Workers that share tasks, give the results in order, and leave nothing behind.

The pools of processes of the standard library wait for ever for a worker that was killed, or leave
workers running after Ctrl-C. Here a task goes to whoever is idle, a worker that dies is an error at
once, and leaving the `with` block ends every process. Work of compiled functions, which let go of
the interpreter's lock, is shared by threads instead: nothing has to cross over. Work that is partly
compiled, on what lies in memory, is shared by processes that are forked from this one with all of
it: threads would wait for each other.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from dedup.errors import DedupError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Results that may wait for an earlier one to arrive, for each worker.
AHEAD = 4
#: Bytes that cross over at once: for what is still to come of a message, `Connection` takes fresh
#: memory at each read, as much as all of it.
CHUNK_BYTES = 1 << 18


class WorkerError(DedupError):
    """A worker process ended before its work did."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: int | None = None


@dataclass(slots=True)
class Crew:
    """Some processes that work, or this one alone. They begin when they are first needed.

    Attributes:
        size: How many; 1 to work in this process.
        method: How processes begin (`fork`, `forkserver`, `spawn`); None for the quickest safe.
        given: What forked processes have from the beginning; see `map_with`.

    >>> with Crew(1) as crew:
    ...     list(crew.map(len, ["dam", "levee"]))
    [3, 5]
    """

    size: int
    method: str | None = None
    given: Callable[[Any], Any] | None = None
    _workers: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task, in order of the tasks.

        Args:
            function: Of a module, so that other processes find it.
            tasks: Taken one by one as workers get idle, the next one a little before.

        Raises:
            WorkerError: A worker died.
            Exception: Whatever `function` raised.
        """
        if self.size == 1:
            yield from map(function, tasks)
            return
        if not self._workers:
            self._begin()
        sent = None if function is self.given else function
        numbered = enumerate(tasks)
        # One is at hand while all work: making it may take as long as a worker should not wait.
        following = next(numbered, None)
        done: dict[int, Any] = {}
        for wanted in count():
            while wanted not in done:
                for worker in self._workers:
                    within = len(done) < AHEAD * len(self._workers)
                    if worker.task is None and within and following is not None:
                        worker.task, task = following
                        self._send(worker, (sent, task))
                        following = next(numbered, None)
                busy = [worker for worker in self._workers if worker.task is not None]
                if not busy:
                    return
                for worker in self._ready(busy):
                    assert worker.task is not None
                    done[worker.task] = self._receive(worker)
                    worker.task = None
            yield done.pop(wanted)

    def map_here(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result]:
        """Do what `map` does, by threads of this process: for work that is mostly compiled.

        Raises:
            Exception: Whatever `function` raised.
        """
        if self.size == 1:
            yield from map(function, tasks)
            return
        waiting: deque[Future[Result]] = deque()
        with ThreadPoolExecutor(self.size) as pool:
            try:
                for task in tasks:
                    waiting.append(pool.submit(function, task))
                    if len(waiting) > self.size:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def map_with(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result]:
        """Do what `map` does, by processes that begin with all that is in memory now: for a
        function that holds much, of which only tasks and results cross over. Where no process can
        begin so, threads do it.

        Raises:
            WorkerError: A worker died.
            Exception: Whatever `function` raised.
        """
        if self.size == 1 or start_method() != "fork":
            yield from self.map_here(function, tasks)
            return
        with Crew(self.size, "fork", function) as forked:
            yield from forked.map(function, tasks)

    def _begin(self) -> None:
        """Start the processes, all of them or none."""
        context = multiprocessing.get_context(self.method or start_method())
        try:
            for _ in range(self.size):
                ours, theirs = context.Pipe()
                others = [ours, *(worker.pipe for worker in self._workers)]
                inherited = others if context.get_start_method() == "fork" else []
                process = context.Process(  # type: ignore[attr-defined]
                    target=_work, args=(theirs, inherited, self.given), daemon=True
                )
                with warnings.catch_warnings():
                    # Of Python 3.12 on, where a library keeps threads: ours run none of theirs.
                    warnings.simplefilter("ignore", DeprecationWarning)
                    process.start()
                theirs.close()
                self._workers.append(_Worker(process, ours))
        except BaseException:
            self._end()
            raise

    def _ready(self, busy: list[_Worker]) -> list[_Worker]:
        ready = wait([worker.pipe for worker in busy])
        return [worker for worker in busy if worker.pipe in ready]

    def _send(self, worker: _Worker, work: object) -> None:
        try:
            _put(worker.pipe, work)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise self._died(worker) from error

    def _receive(self, worker: _Worker) -> Any:
        try:
            result, error = _taken(worker.pipe)
        except (EOFError, ConnectionResetError) as gone:
            raise self._died(worker) from gone
        if error is not None:
            raise error
        return result

    def _died(self, worker: _Worker) -> WorkerError:
        worker.process.join(1)
        code = worker.process.exitcode
        how = f"killed by signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return WorkerError(
            f"a worker process ended before its work did ({how}); if memory ran out, "
            "use fewer workers"
        )

    def _end(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()
        self._workers.clear()


def start_method() -> str:
    """Return how new processes begin best.

    A fork is at work at once with all that is loaded. With other threads in this process it is
    not safe, and macOS does not bear it.
    """
    methods = multiprocessing.get_all_start_methods()
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    return "forkserver" if "forkserver" in methods else "spawn"


def cores() -> int:
    """Return how many processors this process may use.

    >>> cores() > 0
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _work(
    pipe: Connection, inherited: list[Connection], given: Callable[[Any], Any] | None
) -> None:
    """Do what comes through the pipe until it is closed; what was given is not sent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:  # or we would never see that the parent is gone
        other.close()
    try:
        while True:
            sent, task = _taken(pipe)
            function = sent or given
            assert function is not None
            answer: tuple[Any, Exception | None]
            try:
                answer = function(task), None
            except MemoryError:
                answer = None, WorkerError("memory ran out; use fewer workers")
            except Exception as error:
                answer = None, _portable(error)
            _put(pipe, answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _put(pipe: Connection, value: object) -> None:
    """Send a value, however large."""
    data = memoryview(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    pipe.send(len(data))
    for start in range(0, len(data), CHUNK_BYTES):
        pipe.send_bytes(data[start : start + CHUNK_BYTES])


def _taken(pipe: Connection) -> Any:
    """Return the value that comes."""
    data = bytearray(pipe.recv())
    start = 0
    while start < len(data):
        start += pipe.recv_bytes_into(data, start)
    return pickle.loads(data)


def _portable(error: Exception) -> Exception:
    """Return what stands for an error in another process; a bug keeps its traceback as a note.

    An error whose arguments are not its message cannot be pickled and read back.
    """
    if not isinstance(error, DedupError):
        error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        kind = DedupError if isinstance(error, DedupError) else RuntimeError
        return kind(
            f"{error}" if kind is DedupError else "".join(traceback.format_exception(error))
        )
    return error
