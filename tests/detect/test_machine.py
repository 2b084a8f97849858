"""Machine code of compiled functions: made once, then loaded without numba."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba")

from dedup.detect import kept, machine
from dedup.detect.batch import pack
from dedup.detect.engine import KernelEngine, NumpyEngine, warm_up
from dedup.detect.machine import Compiled

TWICE = """
import sys
from dedup.detect.batch import pack
from dedup.detect.engine import KernelEngine, warm_up
warm_up(KernelEngine())
print(KernelEngine().shingles(pack(["The dam holds the river"]), 2).hashes.tolist())
print("numba" in sys.modules)
"""


def test_the_second_start_needs_no_compiler(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    first, second = (
        subprocess.run([sys.executable, "-c", TWICE], check=True, capture_output=True, text=True)
        for _ in range(2)
    )
    assert first.stdout.splitlines() == [second.stdout.splitlines()[0], "True"]
    assert second.stdout.endswith("False\n")


def test_where_nothing_can_be_kept_it_is_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/dev/null/nowhere")
    compact = Compiled("dedup.detect.kernel", "compact_rows")
    assert not compact.is_there
    places, offsets = np.array([1, 4]), np.array([0, 2, 3])
    loose, out = np.arange(6, dtype=np.uint32), np.zeros(3, dtype=np.uint32)
    compact(loose, places, offsets, 0, 2, out)
    assert out.tolist() == [1, 2, 4]
    assert not compact.is_there


def test_elsewhere_numba_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pack(["The dam holds the river", "It", "東京"])
    found = KernelEngine().shingles(texts, 2)
    monkeypatch.setattr(machine, "LOADABLE", False)
    again = KernelEngine().shingles(texts, 2)
    assert np.array_equal(found.hashes, again.hashes)
    assert found.sizes.tolist() == again.sizes.tolist()


def test_the_name_of_machine_code_changes_with_its_sources(tmp_path: Path) -> None:
    source = tmp_path / "kernel.py"
    source.write_text("a")
    first = kept.fingerprint([source], "cpu")
    assert first == kept.fingerprint([source], "cpu") != kept.fingerprint([source], "gpu")
    source.write_text("b")
    assert first != kept.fingerprint([source], "cpu")


def test_an_array_that_is_not_of_one_piece_is_refused() -> None:
    warm_up(KernelEngine())
    with pytest.raises(AssertionError):
        machine._lay_out(np.arange(10)[::2], [])


def test_what_is_kept_is_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "new"))
    assert kept.read_kept("a.bin") is None
    assert not kept.is_kept("a.bin")
    kept.keep("a.bin", b"dam")
    found = kept.read_kept("a.bin")
    assert found is not None
    assert bytes(found) == b"dam"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.bin"]
    kept.keep("empty.bin", b"")
    assert kept.read_kept("empty.bin") is None  # as if it was not there


def test_engines_agree_in_a_process_that_loaded_code() -> None:
    texts = pack(["The dam holds", "", "DAM"])
    one, two = (engine.shingles(texts, 1) for engine in (KernelEngine(), NumpyEngine()))
    assert np.array_equal(one.hashes, two.hashes)
