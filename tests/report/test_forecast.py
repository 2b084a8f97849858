"""How long a scan takes: parts worked on as the whole would be, and a line through them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import scan
from dedup.detect.engine import NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.reading.corpus import find_pieces
from dedup.reading.piece import Piece, Source
from dedup.reading.portion import bytes_of
from dedup.report import forecast as forecasting
from dedup.report.forecast import (
    ENOUGH,
    FIRST_BYTES,
    LOADING_BYTES,
    PATIENCE,
    Run,
    forecast,
    read_only,
    try_parts,
    whole,
)
from dedup.scanning.comparing import batchweighing
from dedup.scanning.ingesting.intake import is_compiled
from dedup.scanning.result import Scan

MB = 1 << 20


def of_size(size: int, pieces: int = 40) -> list[Piece]:
    """Return the pieces of a file of lines that only its size is asked of."""
    source = Source("news.jsonl", "news.jsonl", "jsonl", None, size)
    edges = [size * number // pieces for number in range(pieces + 1)]
    return [Piece((source,), start=a, end=b) for a, b in pairwise(edges)]


class Bench:
    """A clock, and work that takes its time: some at all, some once, and some for each byte."""

    def __init__(self, a_byte: float, at_all: float = 0.0, once: float = 0.0) -> None:
        self.now = 100.0
        self.a_byte, self.at_all, self.once = a_byte, at_all, once
        self.asked: list[tuple[int, int]] = []

    def clock(self) -> float:
        return self.now

    def work(self, pieces: Sequence[Piece], workers: int) -> tuple[int, int]:
        size = round(sum(map(bytes_of, pieces)))
        self.now += self.at_all + self.once * (not self.asked) + self.a_byte * size
        self.asked.append((size, workers))
        return size // 1000, 0


def tried(bench: Bench, size: int) -> tuple[float, list[Run]]:
    return try_parts(of_size(size), bench.work, 2, "", clock=bench.clock)


@given(
    st.floats(min_value=1e-9, max_value=1e-6),
    st.floats(min_value=0, max_value=0.2),
    st.floats(min_value=0, max_value=1.0),
    st.integers(min_value=1, max_value=10_000),
)
def test_what_takes_as_long_for_each_byte_is_forecast(
    a_byte: float, at_all: float, once: float, megabytes: int
) -> None:
    bench = Bench(a_byte, at_all, once)
    found = whole(*tried(bench, megabytes * MB))
    loading = at_all + a_byte * LOADING_BYTES
    least = once + a_byte * megabytes * MB
    assert least * 0.99 <= found <= (least + at_all + loading) * 1.01 or len(bench.asked) == 2


def test_parts_grow_until_one_tells_enough() -> None:
    bench = Bench(a_byte=7e-9, once=0.4)
    start, runs = tried(bench, 1000 * MB)
    assert start == pytest.approx(0.4, abs=0.01)
    sizes = [LOADING_BYTES, FIRST_BYTES, *(n * FIRST_BYTES for n in (4, 16, 64))]
    assert [size for size, _ in bench.asked] == pytest.approx(sizes, rel=0.01)
    assert [workers for _, workers in bench.asked] == [1, 2, 2, 2, 2], "loaded by this process"
    assert runs[-2].seconds < ENOUGH < runs[-1].seconds
    shares = [run.share for run in runs]
    assert shares == pytest.approx([0.001, 0.004, 0.016, 0.064], rel=0.01)
    assert [run.read for run in runs] == [size // 1000 for size, _ in bench.asked[1:]]


@pytest.mark.parametrize(("a_byte", "parts"), [(2e-7, 2), (1e-6, 1), (1e-4, 1)])
def test_where_articles_take_long_there_are_few_parts(a_byte: float, parts: int) -> None:
    bench = Bench(a_byte)
    _, runs = tried(bench, 1000 * MB)
    assert len(runs) == parts
    least = (LOADING_BYTES + FIRST_BYTES) * a_byte
    assert bench.now - 100 <= max(PATIENCE, 1.01 * least)
    assert whole(0, runs) == pytest.approx(1000 * MB * a_byte, rel=0.01)


def test_a_small_corpus_is_worked_on_at_once() -> None:
    bench = Bench(a_byte=1e-7, once=0.4)
    start, runs = tried(bench, FIRST_BYTES - 1)
    assert bench.asked == [(FIRST_BYTES - 1, 2)]
    assert (start, [run.share for run in runs]) == (0.0, [1.0])
    assert whole(start, runs) == pytest.approx(0.4 + 1e-7 * FIRST_BYTES)


def test_a_corpus_that_is_soon_done_is_worked_on_to_its_end() -> None:
    _, runs = tried(Bench(a_byte=1e-8), 30 * MB)
    assert [run.share for run in runs] == pytest.approx([1 / 30, 4 / 30, 16 / 30, 1], rel=0.01)
    assert runs[-1].share == 1


def test_a_corpus_of_nothing() -> None:
    assert try_parts([], Bench(1.0).work, 2, "") == (0.0, [Run(1.0, pytest.approx(0, abs=1), 0)])


def test_a_smaller_part_that_took_longer_tells_nothing() -> None:
    assert whole(1.0, [Run(0.1, 3.0, 10), Run(0.4, 2.0, 40)]) == 3.0


def test_of_two_parts_of_one_size_the_last_counts() -> None:
    assert whole(1.0, [Run(0.2, 3.0, 10), Run(0.2, 2.0, 10)]) == pytest.approx(11.0)


def test_what_cannot_be_read_takes_no_time(tmp_path: Path) -> None:
    (tmp_path / "news.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "ferry.txt").write_text("The ferry runs.")
    found = forecast(find_pieces([tmp_path]), scan, engine="numpy", workers=1, stories=True)
    assert (found.articles, found.exact) == (1, True)


WORDS = "The ferry of Upper Hale runs again after the flood, the mayor of the town said on {}."


@pytest.fixture
def news(tmp_path: Path) -> list[Piece]:
    """Return a corpus of 3 MB: too large to be small."""
    lines = [
        json.dumps({"id": str(n), "text": " ".join(WORDS.format(n * k) for k in range(40))})
        for n in range(800)
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines))
    return find_pieces([tmp_path / "news.jsonl"])


class Scanner:
    """Scans, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.found: list[Scan] = []
        self.asked: list[Sequence[Piece]] = []
        self.engines: list[str] = []

    def __call__(
        self,
        pieces: Sequence[Piece],
        *,
        against: Sequence[Piece] | None,
        engine: str,
        workers: int,
    ) -> Scan:
        self.asked.append(pieces)
        self.engines.append(engine)
        found = scan(pieces, threshold=0.7, against=against, engine=engine, workers=workers)
        self.found.append(found)
        return found


@pytest.mark.parametrize("engine", ["numpy", "auto", "numba"])
def test_parts_are_scanned_as_the_whole_would_be(
    engine: str, news: list[Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "numba":
        pytest.importorskip("numba")
        monkeypatch.setattr(forecasting, "compiling_seconds", lambda *_: 0.0)
    scanner = Scanner()
    found = forecast(news, scanner, engine=engine, workers=2, stories=False)
    everything = scan(news, threshold=0.7, engine=engine, workers=2)
    assert len(scanner.found) > 1
    assert {(part.engine, part.workers) for part in scanner.found[1:]} == {
        (everything.engine, everything.workers)
    }
    hashed = KernelEngine() if everything.engine == "numba" else NumpyEngine()
    read_so = {is_compiled(piece, hashed) for piece in news}
    for pieces in scanner.asked:
        assert {is_compiled(piece, hashed) for piece in pieces} == read_so
    assert found.seconds > 0
    assert found.compiling == 0
    assert found.articles == pytest.approx(len(everything.articles), rel=0.05)


@pytest.mark.parametrize("compiling", [0.0, 26.0])
def test_of_two_corpora_each_is_what_it_is(
    compiling: float, news: list[Piece], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecasting, "compiling_seconds", lambda *_: compiling)
    (tmp_path / "today.jsonl").write_text(
        "".join(f'{{"text": "{WORDS.format(n)}"}}\n' for n in range(90))
    )
    today, scanner = find_pieces([tmp_path / "today.jsonl"]), Scanner()
    found = forecast(today, scanner, against=news, engine="numpy", workers=1, stories=False)
    assert found.articles == pytest.approx(90, abs=4)
    assert found.older == pytest.approx(800, rel=0.05)
    assert all(part.counts.against for part in scanner.found)


def test_a_corpus_against_itself_is_counted_once(news: list[Piece]) -> None:
    found = forecast(news, Scanner(), against=news, engine="numpy", workers=1, stories=False)
    assert (found.articles, found.older) == (pytest.approx(800, rel=0.05), 0)


@pytest.mark.parametrize("stories", [True, False])
def test_nothing_is_compiled(
    stories: bool, news: list[Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(forecasting, "compiling_seconds", lambda *_: 26.0)

    def refuse(*_: object, **__: object) -> Scan:
        raise AssertionError("a scan would compile")

    found = forecast(news, refuse, engine="numba", workers=2, stories=stories)
    assert found.compiling == 26.0
    assert found.seconds > 26.0
    assert found.articles == pytest.approx(800, rel=0.05)


def test_pairs_are_not_weighed_by_what_was_never_compiled(
    news: list[Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecasting, "means_for", lambda *_, **__: (NumpyEngine(), 1))
    monkeypatch.setattr(batchweighing, "is_compiled", lambda: False)
    scanner = Scanner()
    forecast(news, scanner, engine="auto", workers=1, stories=True)
    assert set(scanner.engines) == {"numpy"}


@pytest.mark.parametrize("workers", [1, 2])
def test_articles_are_counted_by_reading(workers: int, news: list[Piece]) -> None:
    assert read_only(news, workers) == 800
