"""How near `dedup scan --dry-run` comes to the time that a scan takes.

    python benchmarks/forecast.py PATH... [--rounds 3] [-- OPTIONS OF THE SCAN]

Of each path, in stories mode and with `--threshold 0.7`, the forecast and the scan take turns, so
that other work on the machine slows both; the medians are printed, and their ratio.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from statistics import median
from time import perf_counter

UNITS = {"h": 3600, "min": 60, "s": 1}


def run(command: list[str]) -> tuple[float, str]:
    """Return the seconds that a command took, and what it printed."""
    begun = perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return perf_counter() - begun, done.stdout


def told(plan: str) -> float:
    """Return the seconds that a dry run says the scan will take.

    >>> told("  will take  about 1 min 20 s, 26 s of it to compile the engine, this once")
    80.0
    """
    (line,) = re.findall(r"will take +about ([^,\n]*)", plan)
    return sum(float(n) * UNITS[unit] for n, unit in re.findall(r"([\d.]+) (h|min|s)\b", line))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--rounds", type=int, default=3)
    mine, _, others = " ".join(sys.argv[1:]).partition(" -- ")
    options = parser.parse_args(mine.split())
    print(f"{'forecast':>10} {'scan':>8} {'ratio':>6} {'dry run':>8}  seconds")
    for path in options.paths:
        for mode in ([], ["--threshold", "0.7"]):
            scan = [sys.executable, "-m", "dedup", "scan", path, *mode, *others.split()]
            forecasts, dry, took = [], [], []
            for _ in range(options.rounds):
                seconds, out = run([*scan, "--dry-run"])
                dry.append(seconds)
                forecasts.append(told(out))
                took.append(run(scan)[0])
            said, true = median(forecasts), median(took)
            name = " ".join([path, *mode, *others.split()])
            print(f"{said:10.2f} {true:8.2f} {said / true:6.2f} {median(dry):8.2f}  {name}")


if __name__ == "__main__":
    main()
