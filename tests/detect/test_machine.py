"""Machine code of compiled functions: made once, then loaded without numba."""

from __future__ import annotations

import re
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("numba")

from dedup.detect import kept, machine
from dedup.detect.batch import pack
from dedup.detect.engine import NumpyEngine, warm_up
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.machine import Compiled

CAPTURED: Any = {"capture_output": True, "text": True}
TWICE = """
import sys
from dedup.detect.batch import pack
from dedup.detect.engine import warm_up
from dedup.detect.kernelengine import KernelEngine
warm_up(KernelEngine())
texts = ["The dam holds the river", *sys.argv[1:]]
print(KernelEngine().shingles(pack(texts), 2).hashes.tolist())
print("numba" in sys.modules)
"""


def test_the_second_start_needs_no_compiler(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    first, second = (
        subprocess.run([sys.executable, "-c", TWICE, *more], check=True, **CAPTURED)
        for more in ([], ["\u212b"])  # the second takes the plain path as well
    )
    assert first.stdout.splitlines() == [second.stdout.splitlines()[0], "True"]
    assert second.stdout.endswith("False\n")


def test_where_nothing_can_be_kept_it_is_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/dev/null/nowhere")
    count = Compiled("dedup.detect.indexkernel", "count_bins")
    assert not count.is_there
    hashes, out = np.array([0, 2, 3, 4, 4, 5, 5], dtype=np.uint32), np.zeros(3, dtype=np.int64)
    count(hashes, 0, 7, 1, out)
    assert out.tolist() == [1, 2, 4]
    assert not count.is_there


#: Counts hashes by twos; prints what comes of it, whether numba was needed, and whether the code
#: counts as kept.
COUNTS = """
import sys
import numpy as np
from dedup.detect import machine
{change}
count = machine.Compiled("dedup.detect.indexkernel", "count_bins")
out = np.zeros(3, dtype=np.int64)
for _ in range(2):
    count(np.array([0, 2, 3, 4, 4, 5, 5], dtype=np.uint32), 0, 7, 1, out)
print(out.tolist(), "numba" in sys.modules, count.is_there)
"""


def counts(change: str = "") -> list[str]:
    """Return what a new process says, which must say nothing else."""
    command = [sys.executable, "-c", COUNTS.format(change=change)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda code: code[:100], id="cut off"),
        pytest.param(
            lambda code: code[: len(code) // 2] + b"?" + code[len(code) // 2 + 1 :], id="bits"
        ),
        pytest.param(lambda code: b"", id="empty"),
        pytest.param(lambda code: b"\x7fELF" * 300, id="something else"),
    ],
)
def test_a_damaged_file_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert counts() == ["[1, 2, 4] True True"]
    (path,) = tmp_path.glob("*.count_bins-*.o")
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert counts() == ["[1, 2, 4] True True"]
    assert path.read_bytes()[-8:] == whole[-8:]
    assert counts() == ["[1, 2, 4] False True"]


#: Two modules, of which one calls the other.
CALLING = """
from called import step
from dedup.detect.kernel import compiled

@compiled
def walk(out):
    out[0] = step(out[0])
"""
CALLED = """
from dedup.detect.kernel import compiled

@compiled
def step(place):
    return place + {}
"""
#: As if what is called were one of the sources of the package.
WALKS = """
import numpy as np
from dedup.detect import machine
machine.source_stamp = lambda: "{}"
out = np.zeros(1, dtype=np.int64)
machine.Compiled("calling", "walk")(out)
print(out[0])
"""


def test_what_is_called_is_compiled_as_it_is_now(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "calling.py").write_text(CALLING)
    for step in (1, 20):
        (tmp_path / "called.py").write_text(CALLED.format(step))
        for path in (tmp_path / "cache").glob("*.o"):
            path.unlink()
        command = [sys.executable, "-c", WALKS.format(step)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        assert done.stdout == f"{step}\n"


#: LLVM without one of its functions, for us and not for numba.
WITHOUT = """
import types
import llvmlite.binding
part = types.SimpleNamespace(**vars(llvmlite.binding))
del part.{name}
machine._llvm = lambda: part
"""


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("create_mcjit_compiler", True),
        ("get_host_cpu_features", True),
        ("ObjectFileRef", False),  # it shows when the code is loaded
        ("parse_assembly", False),
    ],
)
def test_where_llvm_cannot_load_it_numba_runs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, is_known: bool
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    (said,) = counts(WITHOUT.format(name=name))
    assert said.startswith("[1, 2, 4] True")
    assert not is_known or said.endswith("True")  # nobody waits for a compiler of ours


def test_a_function_that_calls_others_is_left_to_numba(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert counts("machine.NEVER_CALLED = ()") == ["[1, 2, 4] True False"]


def test_processes_that_compile_at_once_do_not_disturb_each_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    command = [sys.executable, "-c", COUNTS.format(change="")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0] for process in both] == ["[1, 2, 4] True True\n"] * 2
    assert counts() == ["[1, 2, 4] False True"]
    assert len(list(tmp_path.glob("*.o*"))) == 1  # and nothing half written


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("get_host_cpu_name", lambda: "abacus"),
        ("get_host_cpu_features", lambda: types.SimpleNamespace(flatten=lambda: "+beads")),
        ("llvm_version_info", (99, 0, 0)),
    ],
)
def test_another_processor_or_llvm_has_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, name: str, other: object
) -> None:
    here = machine._version.__wrapped__()
    monkeypatch.setattr(machine._llvm(), name, other)
    assert machine._version.__wrapped__() != here


def test_another_release_of_llvmlite_has_code_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    import llvmlite

    here = machine._version.__wrapped__()
    monkeypatch.setattr(llvmlite, "__version__", "99.0")
    assert machine._version.__wrapped__() != here


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


def test_what_numba_keeps_depends_on_every_source_file() -> None:
    numba = pytest.importorskip("numba")
    from dedup.detect import kernel

    assert isinstance(kernel._below, numba.core.registry.CPUDispatcher)
    assert kernel._below._cache._cache_file._source_stamp == machine.source_stamp()


def test_machine_code_depends_on_all_that_its_functions_import() -> None:
    imported = {
        f"{name.removeprefix('dedup.').replace('.', '/')}.py"
        for path in machine.PACKAGE.glob("**/*kernel.py")
        for name in re.findall(r"^from (dedup\.\S+) import", path.read_text("utf-8"), re.MULTILINE)
        if not name.endswith("kernel")
    }
    assert imported <= {*machine.CONSTANTS}
