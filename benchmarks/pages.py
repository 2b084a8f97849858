"""How much of the time of a scan of saved pages is the extraction library's own.

    python benchmarks/pages.py [N] [--folder FOLDER] [--weight 60]

Writes N pages of a generated corpus as news sites build them: menus, teasers of other stories,
a style sheet and scripts, about `--weight` KiB each (a page of a real news site has more). Then
takes the CPU time of two processes, each with all its children: one that reads the pages and gives
them to trafilatura, and `dedup scan` on the folder (stories). Both run with one worker.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from random import Random

from corpus import write
from newsroom.days import Corpus

SECTIONS = ("news", "world", "politics", "business", "sport", "culture", "weather", "video")

EXTRACT = """
import pathlib, sys, trafilatura
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    page = trafilatura.load_html(path.read_text("utf-8"))
    trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
"""


def page(record: dict[str, str], titles: list[str], weight: int, random: Random) -> str:
    """Return an article as a page of so many KiB, with teasers of other stories."""
    menu = "".join(
        f'<li><a href="/{name}">{name}</a><ul>'
        + "".join(f'<li><a href="/{name}/{n}">{name} {n}</a></li>' for n in range(6))
        + "</ul></li>"
        for name in SECTIONS
    )
    teasers = "".join(
        f'<div class="card"><a href="/{n}"><img src="{n}.jpg" alt=""><h3>{escape(title)}</h3></a>'
        '<time datetime="2024-01-01">1 January</time></div>'
        for n, title in enumerate(random.sample(titles, min(24, len(titles))))
    )
    paragraphs = "".join(
        f"<p>{escape(line)}</p>" for line in record["text"].split("\n") if line.strip()
    )
    head = (
        f'<meta charset="utf-8"><title>{escape(record["title"])} | {escape(record["outlet"])}'
        f'</title><meta property="og:site_name" content="{escape(record["outlet"])}">'
        f'<meta property="article:published_time" content="{record["date"]}">'
    )
    body = (
        f"<header><nav><ul>{menu}</ul></nav></header><main><article>"
        f"<h1>{escape(record['title'])}</h1>{paragraphs}</article><aside>{teasers}</aside></main>"
        "<footer><p>All rights reserved.</p></footer>"
    )
    rest = max(0, weight * 1024 - len(head) - len(body))
    rule = ".card-{0}{{margin:0 {0}px;padding:{0}px}}"
    style = "".join(rule.format(n) for n in range(rest // 3 // len(rule)))
    script = "".join(
        f'w.push({{"slot":{n},"sizes":[[300,250],[728,90]]}});' for n in range(rest // 68)
    )
    return (
        f'<!doctype html><html lang="en"><head>{head}<style>{style}</style>'
        f"<script>{script}</script></head><body>{body}</body></html>"
    )


def write_pages(folder: Path, count: int, weight: int) -> None:
    """Write a folder of so many pages; one that has them is left as it is."""
    if folder.exists() and sum(1 for _ in folder.iterdir()) == count:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch) / "news.jsonl"
        write(Corpus(1, count), corpus)
        records = [json.loads(line) for line in corpus.open(encoding="utf-8")]
    titles, random = [record["title"] for record in records], Random(1)
    for number, record in enumerate(records):
        html = page(record, titles, weight, random)
        (folder / f"{number:06}.html").write_text(html, "utf-8")


def cpu(command: list[str]) -> float:
    """Run a command to its end and return the CPU seconds of its process tree."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} exited with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="?", type=int, default=5000, metavar="N")
    parser.add_argument("--folder", type=Path, help="where to keep the pages for another run")
    parser.add_argument("--weight", type=int, default=60, help="KiB a page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.folder or Path(scratch)) / f"pages-{options.pages}-{options.weight}"
        write_pages(folder, options.pages, options.weight)
        size = sum(path.stat().st_size for path in folder.iterdir()) / options.pages / 1024
        bare = cpu([sys.executable, "-c", EXTRACT, str(folder)])
        whole = cpu([sys.executable, "-m", "dedup", "scan", str(folder), "--workers", "1"])
    print(f"{options.pages:,} pages of {size:.0f} KiB, seconds of CPU, one worker")
    print(f"trafilatura alone  {bare:7.1f}  {bare / options.pages * 1000:.2f} ms a page")
    print(f"dedup scan         {whole:7.1f}  {whole / options.pages * 1000:.2f} ms a page")
    print(f"trafilatura's own  {bare / whole:7.1%}")


if __name__ == "__main__":
    main()
