"""`dedup scan` and its peers side by side, on one generated corpus: time, memory, right or wrong.

    python benchmarks/scan.py 100000 --folder FOLDER [--limit 600] [--only gaoya,rensa] [--rounds 1]
    python benchmarks/scan.py --table FOLDER/scan-100000.json

Everything is made under `--folder` and used again: the corpus, an environment for each peer, the
clusters that each one found, the results as JSON. Each runs alone, in turn, in a process of its
own, at a Jaccard of 0.7 and in its own way (`benchmarks/peers/`, each with the page that it
follows); one that takes longer than `--limit` seconds is stopped. Of several rounds the fastest
counts. Wall time has everything in it: start, reading the JSON lines, writing the clusters. CPU
time and memory are those of the whole process tree, memory as its proportional set size, sampled.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus import read_clusters, write
from newsroom.days import Corpus
from newsroom.scoring import Score, score
from newsroom.truth import NEVER, Truth, read_truth

PEERS = Path(__file__).resolve().parent / "peers"
THRESHOLD = 0.7
#: Seconds between two looks at a process tree, at least; how many times as long as a look, which
#: holds up what it looks at: of a process of several gigabytes it takes long.
PERIOD, APART = 0.05, 50
#: Up to this many articles, pairs as alike as versions are looked for between events too.
COMPLETE = 100_000


@dataclass(frozen=True, slots=True)
class Tool:
    """What takes part.

    Attributes:
        name: What it is called in the table.
        packages: What its environment needs, the tool itself first; none for dedup, which runs in
            the environment of this script.
        mode: What it looks for: `classic` or `stories`.
        arguments: Of `dedup scan`; for a peer its runner.
    """

    name: str
    packages: tuple[str, ...]
    mode: str
    arguments: tuple[str, ...]


TOOLS = (
    Tool("dedup scan --threshold 0.7", (), "classic", ("--threshold", str(THRESHOLD))),
    Tool("dedup scan", (), "stories", ()),
    Tool("daft", ("daft", "pyarrow"), "classic", ("daft_runner.py",)),
    Tool("gaoya", ("gaoya",), "classic", ("gaoya_runner.py",)),
    Tool("rensa", ("rensa",), "classic", ("rensa_runner.py",)),
    Tool("datasketch", ("datasketch>=2", "xxhash"), "classic", ("datasketch_runner.py",)),
    Tool("text-dedup", ("text-dedup",), "classic", ("text_dedup_runner.py",)),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What one tool took, and how well it did.

    Attributes:
        name: Of the tool.
        version: Of its package.
        mode: What it was scored on.
        outcome: `done`, or why there are no figures.
        wall: Seconds.
        cpu: Seconds, of the process and all it waited for.
        memory: MiB at the peak.
        recall: By lower end of the range of Jaccard; None where there is nothing to find.
        found: Recall of all true pairs of the mode.
        precision: Of all pairs in one cluster, by the same notion of truth.
        mixed: Share of all pairs in one cluster that are not versions of one story.
        rand: Adjusted Rand index.
    """

    name: str
    version: str
    mode: str
    outcome: str
    wall: float | None = None
    cpu: float | None = None
    memory: float | None = None
    recall: dict[str, float | None] | None = None
    found: float | None = None
    precision: float | None = None
    mixed: float | None = None
    rand: float | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds, seconds, MiB; and how it ended."""

    wall: float
    cpu: float
    memory: float
    outcome: str


def measure(command: list[str], limit: float, log: Path) -> Cost:
    """Run a command to its end, or to the limit in seconds, and return what it took."""
    with log.open("wb") as talk:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=talk, stderr=subprocess.STDOUT, start_new_session=True
        )
        memory, late = 0.0, False
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            began = time.perf_counter()
            memory = max(memory, sum(map(proportional, tree(process.pid))))
            took = time.perf_counter() - began
            if not late and time.perf_counter() - start > limit:
                late = True
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(max(PERIOD, APART * took))
    wall = time.perf_counter() - start
    _, status, usage = ended
    code = process.returncode = os.waitstatus_to_exitcode(status)
    outcome = f"over {limit:g} s" if late else f"exit {code}, see {log}" if code else "done"
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory, outcome)


def tree(root: int) -> list[int]:
    """Return the ids of a process and all its descendants."""
    found = [root]
    for process in found:
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            with suppress(OSError):  # the thread ended while we looked
                found.extend(map(int, path.read_text().split()))
    return found


def proportional(process: int) -> float:
    """Return the proportional set size of a process in MiB; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def environment(tool: Tool, folder: Path) -> tuple[str, str]:
    """Return the Python of a tool's environment, made where it is not there, and its version.

    Raises:
        subprocess.CalledProcessError: The tool cannot be installed.
    """
    name = tool.packages[0].partition(">")[0] if tool.packages else "dedup"
    python = sys.executable
    if tool.packages:
        home = folder / "environments" / name
        python = str(home / "bin" / "python")
        if not (home / "made").exists():
            if uv := shutil.which("uv"):
                make = [uv, "venv", "--clear", "--python", sys.executable, str(home)]
                install = [uv, "pip", "install", "--python", python, *tool.packages]
            else:
                make = [sys.executable, "-m", "venv", "--clear", str(home)]
                install = [python, "-m", "pip", "install", *tool.packages]
            for command in (make, install):
                subprocess.run(command, check=True, capture_output=True, text=True)
            (home / "made").touch()
    ask = f"import importlib.metadata as m; print(m.version({name!r}))"
    asked = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True)
    return python, asked.stdout.strip()


def run(tool: Tool, news: Path, folder: Path, limit: float, rounds: int) -> tuple[Result, Path]:
    """Run a tool on a corpus; return what it took, and where its clusters are."""
    clusters = folder / f"{news.stem}-{tool.name.replace(' ', '')}.jsonl"
    blank = Result(tool.name, "", tool.mode, "")
    try:
        python, version = environment(tool, folder)
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or str(error)).strip().splitlines()[-1]
        return replace(blank, outcome=f"cannot be installed: {reason}"), clusters
    blank = replace(blank, version=version)
    if tool.packages:
        runner = str(PEERS / tool.arguments[0])
        command = [python, runner, str(news), str(clusters), str(THRESHOLD)]
    else:
        command = [python, "-m", "dedup", "scan"]
        if subprocess.run([*command, "--help"], check=False, capture_output=True).returncode:
            return replace(blank, outcome="not there yet"), clusters
        command += [str(news), *tool.arguments, "--output", str(clusters)]
    log = clusters.with_suffix(".log")
    costs = []
    for _ in range(rounds):
        clusters.unlink(missing_ok=True)
        costs.append(measure(command, limit, log))
        if costs[-1].outcome != "done":
            return replace(blank, **asdict(costs[-1])), clusters
    return replace(blank, **asdict(min(costs, key=lambda cost: cost.wall))), clusters


def judged(result: Result, truth: Truth, clusters: Path) -> Result:
    """Return a result with the figures of its clusters."""
    found = read_clusters(clusters)
    own: Score = score(truth, found, result.mode, THRESHOLD)
    stories = own if result.mode == "stories" else score(truth, found, "stories")
    return replace(
        result,
        recall={f"{part.low:g}": part.recall for part in own.bins},
        found=own.recall,
        precision=own.precision,
        mixed=1 - stories.precision,
        rand=own.rand,
    )


def table(report: dict[str, object]) -> str:
    """Return kept results as a table, wall times also as ratios to the first tool that is done."""
    results = [Result(**row) for row in report["results"]]  # type: ignore[attr-defined]
    articles = int(str(report["articles"]))
    rows = [
        f"{report['date']}, {report['machine']}",
        f"{report['command']}: {articles:,} articles, {report['megabytes']} MB",
        "",
        f"{'':26} {'version':8} {'mode':8} {'wall s':>8} {'/first':>6} {'art./s':>8} {'CPU s':>8} "
        f"{'MiB':>7} {'recall':>7} {'prec.':>7} {'mixed':>7} {'Rand':>7}",
    ]
    first = next((result.wall for result in results if result.outcome == "done"), None)
    for r in results:
        start = f"{r.name:26} {r.version:8} {r.mode:8}"
        if r.outcome != "done" or r.wall is None or first is None:
            rows.append(f"{start} {r.outcome}")
            continue
        rows.append(
            f"{start} {r.wall:8.2f} {r.wall / first:6.2f} {articles / r.wall:8,.0f} {r.cpu:8.2f} "
            f"{r.memory:7,.0f} {r.found:7.4f} {r.precision:7.4f} {r.mixed:7.4f} {r.rand:7.4f}"
        )
    return "\n".join(rows)


def main() -> None:
    """Make what is missing, measure, judge, print and keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int, nargs="?", help="how many articles")
    parser.add_argument("--folder", type=Path, help="where everything is made and kept")
    parser.add_argument("--limit", type=float, default=600, help="seconds a tool may take")
    parser.add_argument("--only", help="names of tools, by commas: their beginnings are enough")
    parser.add_argument("--rounds", type=int, default=1, help="runs of each tool")
    parser.add_argument("--seed", type=int, default=1, help="of the corpus")
    parser.add_argument("--table", type=Path, help="only print the table of kept results")
    options = parser.parse_args()
    if options.table:
        print(table(json.loads(options.table.read_text("utf-8"))))
        return
    if not (options.articles and options.folder):
        parser.error("name the number of articles and a folder, or kept results with --table")

    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    news = folder / f"news-{options.articles}-{options.seed}.jsonl"
    if not news.with_suffix(".truth.jsonl").exists():
        write(Corpus(options.seed, options.articles), news)
    wanted = options.only.split(",") if options.only else [""]
    tools = [tool for tool in TOOLS if any(tool.name.startswith(part) for part in wanted)]
    runs = []
    for tool in tools:
        print(f"{tool.name} …", file=sys.stderr, flush=True)
        runs.append(run(tool, news, folder, options.limit, options.rounds))
    truth = read_truth(news, THRESHOLD if options.articles <= COMPLETE else NEVER)
    report = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {sys.version.split()[0]}",
        "command": f"python benchmarks/scan.py {' '.join(sys.argv[1:])}",
        "articles": options.articles,
        "megabytes": round(news.stat().st_size / 1e6),
        "results": [
            asdict(judged(result, truth, path) if result.outcome == "done" else result)
            for result, path in runs
        ],
    }
    (folder / f"scan-{options.articles}.json").write_text(json.dumps(report, indent=1), "utf-8")
    print(table(report))


if __name__ == "__main__":
    main()
