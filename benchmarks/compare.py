"""Time and memory of a cold `dedup compare`, beside its peers, and where the time goes.

    python benchmarks/compare.py [A B] [--prosediff PYTHON] [--rounds N]

Each command runs in a process of its own, in turn, `--rounds` times; the smallest CPU time and
its wall time and peak memory are printed, and each as a ratio to a bare `import datasketch`.
`wdiff` and `prosediff` take part where they are found (`--prosediff` names a Python that has it).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took: seconds and mebibytes."""

    wall: float
    cpu: float
    memory: float


def run(command: list[str]) -> Cost:
    """Run a command to its end, with its output thrown away, and return what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # a diff exits with 1 where it finds differences
        raise SystemExit(f"{' '.join(command)} exited with {process.returncode}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def commands(a: str, b: str, prosediff: str | None, scratch: Path) -> dict[str, list[str]]:
    """Return the commands to measure by name; peers that are not installed are left out."""
    python = sys.executable
    found = {
        "python -c pass": [python, "-c", "pass"],
        "import datasketch": [python, "-c", "import datasketch"],
        "dedup compare": [python, "-m", "dedup", "compare", a, b],
        "dedup compare --format json": [
            *(python, "-m", "dedup", "compare", a, b),
            *("--format", "json"),
        ],
        "dedup --help": [python, "-m", "dedup", "--help"],
    }
    if wdiff := shutil.which("wdiff"):
        found["wdiff"] = [wdiff, a, b]
    if prosediff:
        found["prosediff"] = [
            *(prosediff, "-m", "prosediff", "--files", a, b),
            *("--split", "both", "-o", str(scratch / "prosediff.html")),
        ]
    return found


def warm(a: str, b: str, rounds: int) -> dict[str, float]:
    """Return milliseconds of each stage in a process that has run before (smallest of rounds)."""
    from dedup import compare, read_article
    from dedup.detect import Thresholds, gather, judge
    from dedup.diff import diff
    from dedup.text import segment

    limits = Thresholds()
    first, second = segment(read_article(a)), segment(read_article(b))
    evidence = gather(first, second, limits)
    stages = {
        "read": lambda: (read_article(a), read_article(b)),
        "segment": lambda: (segment(first.article), segment(second.article)),
        "evidence": lambda: gather(first, second, limits),
        "verdict": lambda: judge(evidence, limits),
        "diff": lambda: diff(first, second),
        "read and compare, whole": lambda: compare(read_article(a), read_article(b)),
    }
    taken = {}
    for name, stage in stages.items():
        stage()
        best = float("inf")
        for _ in range(rounds):
            start = time.perf_counter()
            stage()
            best = min(best, time.perf_counter() - start)
        taken[name] = best * 1000
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    seeds = sorted(map(str, (ROOT / "seeds").glob("*.txt")))
    parser.add_argument("articles", nargs="*", default=seeds, help="two articles (the seeds)")
    parser.add_argument("--prosediff", metavar="PYTHON", help="a Python that has prosediff")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    a, b = options.articles

    with tempfile.TemporaryDirectory() as scratch:
        todo = commands(a, b, options.prosediff, Path(scratch))
        costs: dict[str, Cost] = {}
        for _ in range(options.rounds):
            for name, command in todo.items():
                cost = run(command)
                if name not in costs or cost.cpu < costs[name].cpu:
                    costs[name] = cost

    base = costs["import datasketch"]
    print(f"{'cold':30} {'wall s':>7} {'CPU s':>7} {'MiB':>6} {'CPU / import datasketch':>24}")
    for name, cost in costs.items():
        ratio = cost.cpu / base.cpu
        print(f"{name:30} {cost.wall:7.3f} {cost.cpu:7.3f} {cost.memory:6.0f} {ratio:24.2f}")
    above = costs["dedup compare"].cpu - base.cpu
    print(f"\ndedup compare above a bare import of datasketch: {above:.3f} s of CPU\n")

    print(f"{'warm, in process':30} {'ms':>7}")
    for name, taken in warm(a, b, options.rounds * 3).items():
        print(f"{name:30} {taken:7.2f}")


if __name__ == "__main__":
    main()
