"""The sets of the articles that have candidates are those of their texts, however they are read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from newsdesk import corpus, write_jsonl

from dedup.crew import Crew
from dedup.detect.bands import Layout
from dedup.detect.batch import distinct, pack
from dedup.detect.buckets import pack_pairs
from dedup.detect.engine import Engine, NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.errors import InputError
from dedup.progress import Silent
from dedup.scanning.ingesting.corpus import Corpus, bring_together
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.ingesting.intake import Plan, Task, take_in
from dedup.scanning.ingesting.source import open_source
from dedup.scanning.rereading.setfile import Sets, drop_sets, keep_sets, parts_for
from dedup.scanning.spool import spool_folder
from dedup.scanning.watch import Watch

try:
    import numba  # noqa: F401

    ENGINES: list[Engine] = [NumpyEngine(), KernelEngine()]
except ImportError:
    ENGINES = [NumpyEngine()]


@pytest.fixture
def folder() -> Iterator[str]:
    with spool_folder() as name:
        yield name


def taken_in(desk: Desk, path: Path) -> Corpus:
    given = open_source(path, desk.plan.folder, "new", None, None)
    tasks = (Task(number, piece, desk.plan) for number, piece in enumerate(given.pieces))
    return bring_together(map(take_in, tasks))


def desk_of(folder: str, engine: Engine, workers: int = 1, layout: Layout | None = None) -> Desk:
    return Desk(Crew(workers), Plan(folder, engine, 3, layout), Watch(Silent()))


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("engine", ENGINES)
def test_each_has_the_set_of_its_text(
    folder: str, tmp_path: Path, engine: Engine, workers: int, parts: int
) -> None:
    articles = corpus()
    half = len(articles) // 2
    write_jsonl(tmp_path / "a.jsonl", articles[:half])
    packed = write_jsonl(tmp_path / "b.jsonl", articles[half:])
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(packed.read_bytes()))
    packed.unlink()
    texts = {record["id"]: record["text"] for record in articles}
    desk = desk_of(folder, engine, workers, Layout(4, 2) if parts == 1 else None)
    with desk.crew:
        found = taken_in(desk, tmp_path)
        rows = np.arange(len(found) - 1, -1, -3)
        sets = keep_sets(desk, found, rows, parts)
    held = [open_part() for open_part in sets.parts]
    assert len(held) == parts
    assert (sets.number >= 0).sum() == len(rows)
    for row in rows.tolist():
        whole = NumpyEngine().shingles(pack([texts[found.names[row].id]]), 3)
        mine = np.concatenate([np.sort(part[sets.number[row]]) for part in held])
        assert mine.tolist() == distinct(whole).hashes.tolist()
    drop_sets(folder, sets)
    assert not list(Path(folder).glob("sets-*"))


def test_many_sets_are_in_parts_but_not_in_more_than_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dedup.scanning.rereading.setfile.PART_BYTES", 400)
    found = replace(bring_together([]), words=np.array([0, 100, 101, 100_000]))
    numbers = [parts_for(found, np.arange(count)) for count in range(5)]
    assert numbers == [1, 1, 1, 3, 8]


def test_pairs_of_rows_are_pairs_of_sets_in_their_order() -> None:
    sets = Sets(np.array([2, -1, 0, 1], np.int32), [])
    pairs = pack_pairs(np.array([0, 2]), np.array([3, 3]))
    assert sets.pairs(pairs).tolist() == [2 << 32 | 1, 0 << 32 | 1]


def test_a_line_that_says_something_else_than_before_is_an_error(
    folder: str, tmp_path: Path
) -> None:
    pytest.importorskip("numba")
    path = write_jsonl(tmp_path / "a.jsonl", corpus())
    desk = desk_of(folder, KernelEngine())
    found = taken_in(desk, path)
    path.write_bytes(path.read_bytes().replace(b" said ", b" saed "))
    with pytest.raises(InputError, match="was changed while it was read"):
        keep_sets(desk, found, np.arange(len(found)))
