"""The stopwatch of the side-by-side runs, and the table that it fills."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from scan import TOOLS, Result, measure, table, tree

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no /proc")

HOLD = "import time; held = b'x' * (60 << 20); time.sleep(0.4)"


def test_a_command_is_measured_to_its_end(tmp_path: Path) -> None:
    cost = measure([sys.executable, "-c", f"print('talk'); {HOLD}"], 60, tmp_path / "log")
    assert cost.outcome == "done"
    assert cost.wall >= 0.4
    assert 0 < cost.cpu < cost.wall + 1
    assert 60 < cost.memory < 200
    assert (tmp_path / "log").read_text() == "talk\n"


def test_memory_is_that_of_the_whole_tree(tmp_path: Path) -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}]); {HOLD}"
    both = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {HOLD!r}]); {HOLD}"
    apart = measure([sys.executable, "-c", child], 60, tmp_path / "log")
    together = measure([sys.executable, "-c", f"{both}; p.wait()"], 60, tmp_path / "log")
    assert 60 < apart.memory < 110  # one after the other
    assert together.memory > 120


def test_a_command_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    cost = measure([sys.executable, "-c", "import time; time.sleep(60)"], 0.3, tmp_path / "log")
    assert cost.outcome == "over 0.3 s"
    assert cost.wall < 10


def test_a_command_that_fails_says_so(tmp_path: Path) -> None:
    cost = measure([sys.executable, "-c", "raise SystemExit(3)"], 60, tmp_path / "log")
    assert cost.outcome.startswith("exit 3")


def test_a_tree_has_its_children() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert {os.getpid(), child.pid} <= set(tree(os.getpid()))
    finally:
        child.communicate(b"\n")
    assert child.pid not in tree(os.getpid())


def test_every_peer_has_a_runner_that_names_its_page() -> None:
    peers = Path(__file__).parents[2] / "benchmarks" / "peers"
    for tool in TOOLS:
        if tool.packages:
            assert "Follows https://" in (peers / tool.arguments[0]).read_text("utf-8")


def test_the_table_shows_figures_ratios_and_reasons() -> None:
    figures = {"recall": {"0.7": 1.0}, "found": 1.0, "precision": 0.99, "mixed": 0.0, "rand": 0.98}
    results = [
        Result("dedup scan", "0.1.0", "stories", "not there yet"),
        Result("one", "1.0", "classic", "done", 2.0, 3.0, 150.0, **figures),
        Result("two", "2.0", "classic", "done", 5.0, 3.0, 150.0, **figures),
    ]
    report = {
        "date": "2026-01-01",
        "machine": "2 cores",
        "command": "scan.py 10",
        "articles": 1000,
        "megabytes": 3,
        "results": [asdict(result) for result in results],
    }
    lines = table(report).splitlines()
    assert "not there yet" in lines[-3]
    assert lines[-2].split()[3:6] == ["2.00", "1.00", "500"]
    assert lines[-1].split()[3:6] == ["5.00", "2.50", "200"]
