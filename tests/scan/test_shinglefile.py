"""Sets that are read a part of the hash space after another are, all in all, the sets."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect.engine import Engine, KernelEngine, NumpyEngine
from dedup.scanning import shinglefile
from dedup.scanning.intake import SHINGLES
from dedup.scanning.shinglefile import each_part
from dedup.scanning.spool import Places, SpoolError, spool_file, writing

ENGINES: list[Engine] = [NumpyEngine()]
if importlib.util.find_spec("numba") is not None:
    ENGINES += [KernelEngine(), KernelEngine(threads=3)]

#: Few are drawn often; some lie where a part ends, for any number of parts up to four.
HASHES = st.one_of(
    st.integers(0, 8),
    st.sampled_from([edge + step for edge in (1 << 30, 1 << 31, 3 << 30) for step in (-1, 0, 1)]),
    st.sampled_from([2**32 // 3, 2**32 // 3 + 1, 2 * 2**32 // 3, 2**32 - 1]),
    st.integers(0, 2**32 - 1),
)
#: Files of articles of shingles.
FILES = st.lists(st.lists(st.lists(HASHES, max_size=12), max_size=9), max_size=4)


def laid_out(folder: str, files: list[list[list[int]]]) -> Places:
    """Write the shingles of articles to spool files, and return where they lie."""
    where = []
    for number, articles in enumerate(files):
        with writing(folder, SHINGLES, number) as spool:
            start = 0
            for hashes in articles:
                spool.write(np.array(hashes, dtype=np.uint32).tobytes())
                where.append((number, start, 4 * len(hashes)))
                start += 4 * len(hashes)
    file, start_at, size = np.array(where, dtype=np.int64).reshape(-1, 3).T.copy()
    return Places(file.astype(np.int32), start_at, size)


@settings(max_examples=80, deadline=None)
@given(
    FILES,
    st.sets(HASHES, max_size=6),
    st.tuples(st.integers(1, 200), st.integers(1, 60), st.integers(1, 5)),
    st.data(),
)
def test_the_parts_hold_each_shingle_of_an_article_once(
    files: list[list[list[int]]],
    furniture: set[int],
    sizes: tuple[int, int, int],
    data: st.DataObject,
) -> None:
    articles = [hashes for one in files for hashes in one]
    rows = [row for row in range(len(articles)) if data.draw(st.booleans())]
    known = np.array(sorted(furniture), dtype=np.uint32)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name, size in zip(("PART_BYTES", "READ_BYTES", "MOST_PARTS"), sizes, strict=True):
            patch.setattr(shinglefile, name, size)
        places = laid_out(folder, files)[np.array(rows, dtype=np.int64)]
        for engine in ENGINES:
            found: list[list[int]] = [[] for _ in rows]
            for sets in each_part(folder, places, engine, known):
                assert len(sets) == len(rows)
                for number in range(len(rows)):
                    found[number] += sets[number].tolist()
            wanted = [sorted(set(articles[row]) - furniture) for row in rows]
            assert [sorted(hashes) for hashes in found] == wanted


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_file_that_became_shorter_is_an_error(engine: Engine, tmp_path: Path) -> None:
    places = laid_out(str(tmp_path), [[[1, 2, 3], [4, 5]]])
    with spool_file(str(tmp_path), SHINGLES, 0).open("r+b") as spool:
        spool.truncate(16)
    with pytest.raises(SpoolError, match="shorter"):
        list(each_part(str(tmp_path), places, engine, np.empty(0, dtype=np.uint32)))
