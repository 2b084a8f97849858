"""Sheets lie where the places say, whatever engine made them, from texts of several files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from newsdesk import story

from dedup.article import Article
from dedup.crew import Crew
from dedup.detect.address import page_digest
from dedup.detect.engine import Engine, NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.marking import Furniture
from dedup.progress import Silent
from dedup.reading.piece import Record
from dedup.scanning.ingesting.aside import set_aside
from dedup.scanning.ingesting.corpus import Corpus, bring_together
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.ingesting.gathering import groups_of
from dedup.scanning.ingesting.intake import TEXTS, Plan
from dedup.scanning.outlining.packing import pack_sheet
from dedup.scanning.outlining.sheetfile import SHEETS, make_sheets
from dedup.scanning.outlining.sheets import make_sheet
from dedup.scanning.spool import Places, Reader, SpoolError, writing
from dedup.scanning.watch import Watch
from dedup.text import outline

#: The last has a combining mark, which the compiled engine leaves to the plain way.
TEXTS_OF_FILES = [
    [" ".join(story(number)) for number in range(5)],
    ["", "Advertisement", "\n".join(story(9)), "The leve\u0301e holds."],
]
URL = "https://daily.example/dam"


def taken_in(folder: Path) -> tuple[list[Record], Corpus]:
    """Set articles aside as `intake` does; only what sheets depend on is known of them."""
    records, files, starts, sizes = [], [], [], []
    pages = np.full(9, page_digest(URL), dtype=np.uint64)
    for number, texts in enumerate(TEXTS_OF_FILES):
        of_file = [Record("a1", text, "Dam", None, None, URL, "en", "", 0) for text in texts]
        with writing(str(folder), TEXTS, number) as spool:
            (group,) = groups_of(of_file, [])
            laid = set_aside(group)
            spool.write(laid.data.data)
        starts.append(laid.offsets[:-1])
        sizes.append(np.diff(laid.offsets))
        files += [number] * len(texts)
        records += of_file
    places = Places(np.array(files, dtype=np.int32), np.concatenate(starts), np.concatenate(sizes))
    words = np.zeros(len(records), dtype=np.int64)
    return records, replace(
        bring_together([]), words=words, places=places, prints=pages, pages=pages
    )


def sheets_of(folder: Path, corpus: Corpus, rows: list[int], engine: Engine) -> list[bytes]:
    with Crew(1) as crew:
        desk = Desk(crew, Plan(str(folder), engine, 3, None), Watch(Silent()))
        none = Furniture(np.empty(0, dtype=np.uint32), 3)
        places = make_sheets(desk, corpus, np.array(rows, dtype=np.int64), none)
    others = np.setdiff1d(np.arange(len(corpus)), rows)
    assert (places.file[others] == -1).all()
    asked = places[np.array(rows, dtype=np.int64)]
    room = bytearray(int(asked.size.sum()))
    with Reader(str(folder), SHEETS) as spool:
        spool.fill(asked, memoryview(room))
    ends = np.cumsum(asked.size)
    edges = zip((ends - asked.size).tolist(), ends.tolist(), strict=True)
    return [bytes(room[start:end]) for start, end in edges]


@pytest.mark.parametrize("rows", [[], [6], [8, 0, 5, 3], list(range(9))])
@pytest.mark.parametrize("engine", [NumpyEngine(), KernelEngine()])
def test_each_row_has_its_sheet(tmp_path: Path, rows: list[int], engine: Engine) -> None:
    if isinstance(engine, KernelEngine):
        pytest.importorskip("numba")
    records, corpus = taken_in(tmp_path)
    expected = [
        pack_sheet(
            make_sheet(
                outline(Article(record.text, title=record.title, url=record.url)),
                np.empty(0, dtype=np.uint32),
                3,
            )
        )
        for record in (records[row] for row in rows)
    ]
    assert sheets_of(tmp_path, corpus, rows, engine) == expected


def test_texts_that_became_shorter_are_an_error(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    _, corpus = taken_in(tmp_path)
    path = tmp_path / f"{TEXTS}-1"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SpoolError, match="became shorter"):
        sheets_of(tmp_path, corpus, [8], KernelEngine())
