"""The compiler is waited for once, before there are workers, and announced."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from dedup.detect.engine import NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.progress import Silent
from dedup.scanning import warming
from dedup.scanning.comparing import batchweighing
from dedup.scanning.outlining import batchsheets
from dedup.scanning.warming import (
    COMPILE_SECONDS,
    compiling_seconds,
    pays,
    warm_up,
    warm_up_weighing,
)
from dedup.scanning.watch import Watch

pytest.importorskip("numba")


def told_that_nothing_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming.batchweighing, "is_compiled", lambda: False)
    monkeypatch.setattr(warming.batchsheets, "is_compiled", lambda: False)
    monkeypatch.setattr(warming, "kernel_is_compiled", lambda: False)


@dataclass
class Told:
    """Remembers which stages were begun."""

    stages: list[tuple[str, int]] = field(default_factory=list)

    def start(self, stage: str, total: int, unit: str) -> None:
        self.stages.append((stage, total))

    def expect(self, more: int) -> None:
        pass

    def advance(self, done: int) -> None:
        pass

    def close(self) -> None:
        pass


def test_what_was_warmed_up_lies_on_disk_and_is_not_announced_again() -> None:
    warm_up(KernelEngine(), True, Watch(Silent()))
    assert batchsheets.is_compiled()
    assert batchweighing.is_compiled()
    told = Told()
    warm_up(KernelEngine(), True, Watch(told))
    warm_up_weighing(Watch(told))
    assert told.stages == []


def test_a_wait_for_the_compiler_is_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    told_that_nothing_is_compiled(monkeypatch)
    told = Told()
    warm_up(KernelEngine(), True, Watch(told))
    warm_up(KernelEngine(), False, Watch(told))
    warm_up_weighing(Watch(told))
    assert told.stages == [("compiling", 5), ("compiling", 2), ("compiling", 1)]


def test_numpy_has_nothing_to_compile(monkeypatch: pytest.MonkeyPatch) -> None:
    told_that_nothing_is_compiled(monkeypatch)
    told = Told()
    warm_up(NumpyEngine(), True, Watch(told))
    assert told.stages == []


def test_the_compiled_engine_is_taken_where_its_start_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming.batchweighing, "is_compiled", lambda: True)
    monkeypatch.setattr(warming.batchsheets, "is_compiled", lambda: True)
    monkeypatch.setattr(warming, "kernel_is_compiled", lambda: True)
    assert not pays(200, 1)
    assert pays(1000, 1)
    assert not pays(1000, 4)
    told_that_nothing_is_compiled(monkeypatch)
    assert not pays(10_000, 1)
    assert pays(100_000, 2)
    monkeypatch.setattr(warming, "find_spec", lambda name: None)
    assert not pays(10**9, 1)


def test_how_long_the_wait_will_be_is_known_before(monkeypatch: pytest.MonkeyPatch) -> None:
    warm_up(KernelEngine(), True, Watch(Silent()))
    assert compiling_seconds(KernelEngine(), True, 2) == 0
    told_that_nothing_is_compiled(monkeypatch)
    assert compiling_seconds(KernelEngine(), True, 1) == COMPILE_SECONDS
    assert [compiling_seconds(KernelEngine(), True, n) for n in (2, 8)] == [COMPILE_SECONDS / 2] * 2
    assert 0 < compiling_seconds(KernelEngine(), False, 2) < COMPILE_SECONDS / 2
    assert compiling_seconds(NumpyEngine(), True, 2) == 0
