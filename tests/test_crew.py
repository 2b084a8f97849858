"""Results come in order from any number of processes, and no process outlives its crew."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from dedup.crew import CHUNK_BYTES, Crew, WorkerError, start_method
from dedup.errors import DedupError, InputError, MissingExtraError


def slow_square(number: int) -> int:
    time.sleep(0.01 * (number % 3))
    return number * number


def fail(number: int) -> int:
    if number == 3:
        raise InputError("c.txt: is empty")
    return number


def fail_awkwardly(number: int) -> int:
    raise MissingExtraError("a.html", "reading a web page", "html")


def fail_by_a_bug(number: int) -> int:
    return 1 // (number - number)


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def interrupt_parent(number: int) -> int:
    if number == 3:
        os.kill(os.getppid(), signal.SIGINT)
        time.sleep(60)
    return number


def ignores_interrupts(number: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return number


@pytest.mark.parametrize("size", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(size: int) -> None:
    with Crew(size) as crew:
        assert list(crew.map(slow_square, range(20))) == [n * n for n in range(20)]
        assert list(crew.map(slow_square, [])) == []
        assert list(crew.map(slow_square, [7])) == [49]
    assert not active_children()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_threads_give_their_results_in_the_order_of_the_tasks(size: int) -> None:
    with Crew(size) as crew:
        assert list(crew.map_here(slow_square, range(20))) == [n * n for n in range(20)]
        assert list(crew.map_here(slow_square, [])) == []
    assert threading.active_count() == 1


def test_threads_are_given_few_tasks_ahead() -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(20):
            taken.append(number)
            yield number

    with Crew(2) as crew:
        assert next(crew.map_here(abs, tasks())) == 0
    assert len(taken) < 6


def test_what_a_thread_raises_is_raised_here_and_ends_the_others() -> None:
    with Crew(2) as crew, pytest.raises(InputError, match=r"c\.txt"):
        list(crew.map_here(fail, range(9)))
    assert threading.active_count() == 1


def test_processes_have_what_they_are_given_without_its_crossing_over() -> None:
    held = {"a": threading.Lock()}  # cannot be pickled
    ours = os.getpid()

    def with_held(number: int) -> tuple[int, bool]:
        return number + len(held), os.getpid() == ours

    here = start_method() != "fork"
    with Crew(2) as crew:
        assert list(crew.map_with(with_held, range(20))) == [(n + 1, here) for n in range(20)]
        assert list(crew.map(abs, [-1])) == [1]  # by processes that were given nothing
        assert list(crew.map_with(with_held, [])) == []
    with Crew(1) as crew:
        assert list(crew.map_with(with_held, [3])) == [(4, True)]
    assert not active_children()


def test_where_other_threads_run_the_work_is_theirs() -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        with Crew(2) as crew:
            assert list(crew.map_with(lambda _: os.getpid(), range(4))) == [os.getpid()] * 4
    finally:
        stop.set()
        other.join()


def test_what_a_process_with_something_given_raises_is_raised_here() -> None:
    with Crew(2) as crew, pytest.raises(InputError, match=r"c\.txt"):
        list(crew.map_with(fail, range(9)))
    assert not active_children()


@pytest.mark.skipif(start_method() != "fork", reason="threads do it, and there is none to kill")
def test_a_process_with_something_given_that_dies_is_an_error_at_once() -> None:
    with Crew(2) as crew, pytest.raises(WorkerError, match="killed by signal 9"):
        list(crew.map_with(die, range(9)))
    assert not active_children()


def test_large_things_cross_over() -> None:
    with Crew(2) as crew:
        sizes = [0, CHUNK_BYTES - 1, CHUNK_BYTES, 3 * CHUNK_BYTES + 7]
        assert list(crew.map(bytes, sizes)) == [bytes(size) for size in sizes]
        assert list(crew.map(len, [bytes(size) for size in sizes])) == sizes


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_processes_may_begin_in_any_way(method: str) -> None:
    with Crew(2, method) as crew:
        assert list(crew.map(abs, [-1, -2, -3])) == [1, 2, 3]
    assert not active_children()


@pytest.mark.parametrize("size", [1, 2])
def test_what_a_task_raises_is_raised_here(size: int) -> None:
    with Crew(size) as crew, pytest.raises(InputError, match=r"c\.txt"):
        list(crew.map(fail, range(9)))
    assert not active_children()


@pytest.mark.parametrize("size", [1, 2])
def test_an_error_with_other_arguments_arrives_too(size: int) -> None:
    with Crew(size) as crew, pytest.raises(DedupError, match=r"dedup\[html\]"):
        list(crew.map(fail_awkwardly, [1]))


def test_a_bug_in_a_worker_keeps_its_traceback() -> None:
    with Crew(2) as crew, pytest.raises(ZeroDivisionError) as caught:
        list(crew.map(fail_by_a_bug, [1]))
    assert "in fail_by_a_bug" in caught.value.__notes__[0]


def test_a_worker_that_dies_is_an_error_at_once() -> None:
    with Crew(2) as crew, pytest.raises(WorkerError, match="killed by signal 9"):
        list(crew.map(die, range(9)))
    assert not active_children()


def test_an_interrupt_ends_all_processes() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Crew(2) as crew:
        list(crew.map(interrupt_parent, range(9)))
    assert not active_children()
    assert time.monotonic() - began < 10


def test_workers_do_not_heed_interrupts_themselves() -> None:
    with Crew(2) as crew:
        assert list(crew.map(ignores_interrupts, range(4))) == [0, 1, 2, 3]


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = []

    def tasks() -> object:
        for number in range(1000):
            taken.append(number)
            yield number

    with Crew(2) as crew:
        assert next(crew.map(abs, tasks())) == 0  # type: ignore[arg-type]
        assert len(taken) < 20


def test_a_process_with_one_thread_is_forked_on_linux() -> None:
    assert start_method() in {"fork", "forkserver", "spawn"}
