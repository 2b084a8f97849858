"""What a scan would read and about how long it takes: near the truth, and told in few words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dedup.reading.corpus import find_pieces
from dedup.report import plan as planning
from dedup.report.forecast import Forecast
from dedup.report.plan import plan, render
from dedup.report.view import View

WORDS = "The ferry of Upper Hale runs again after the flood of the spring, the mayor said."


def lines(number: int) -> bytes:
    """Return so many records of slightly different lengths."""
    records = ({"nr": n, "body": f"{WORDS} {'Rain. ' * (n % 7)}"} for n in range(number))
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def planned(path: Path, found: Forecast) -> planning.Plan:
    return plan(find_pieces([path]), found)


def judged(
    seconds: float = 1.0, *, compiling: float = 0.0, articles: int = 4936, exact: bool = False
) -> Forecast:
    return Forecast(seconds, compiling, articles, exact)


def test_records_are_as_many_as_was_judged(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(lines(30))
    found = planned(tmp_path, judged(articles=31))
    assert (found.articles, found.exact, found.seconds) == (31, False, 1.0)


@pytest.mark.parametrize("rows", [30, 7])
def test_rows_and_files_are_counted(rows: int, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"body": [WORDS] * 30})
    write = pytest.importorskip("pyarrow.parquet").write_table
    write(table, tmp_path / "news.parquet", row_group_size=rows)
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text(f"{WORDS} {number}")
    assert planned(tmp_path, judged()).articles == 37
    (tmp_path / "news.jsonl").write_bytes(lines(30))
    assert planned(tmp_path, judged()).articles == 4936, "lines are not counted"


def test_what_was_read_to_its_end_is_known_best(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(WORDS)
    found = planned(tmp_path, judged(articles=2, exact=True))
    assert (found.articles, found.exact) == (2, True)


def test_the_plan_is_told(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(lines(5000))
    (tmp_path / "page.txt").write_text(WORDS)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    out = render(planned(tmp_path, judged(17.83)))
    assert out.startswith("DRY RUN: about 4,900 articles\n")
    assert "  JSON lines         1 file, " in out
    assert "; text in body\n" in out
    assert "  articles in files  1 file, 1 kB\n" in out
    assert "  will take          about 18 s\n" in out
    wide = render(planned(tmp_path, judged()), View(width=200))
    assert "picture.png: has no suffix of an article or corpus" in wide
    assert max(map(len, render(planned(tmp_path, judged()), View(width=40)).splitlines())) <= 40


def test_an_older_corpus_is_told_apart(tmp_path: Path) -> None:
    for name in ("old/1.txt", "old/2.txt", "new/1.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(WORDS)
    new, old = (find_pieces([tmp_path / name]) for name in ("new", "old"))
    found = plan(new, judged(), old)
    assert (found.articles, found.older) == (1, 2)
    out = render(found)
    assert out.startswith("DRY RUN: about 1 article, to be held beside about 2 older articles\n")
    assert "  articles in files  3 files, 1 kB\n" in out


def test_a_file_of_nothing_is_empty(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").touch()
    assert "  JSON lines  1 file, empty\n" in render(planned(tmp_path, judged()))


#: What was judged, and the line that says so.
TIMES = [
    (judged(0.0834), "about 0.08 s"),
    (judged(0.996), "about 1.0 s"),
    (judged(2.345), "about 2.3 s"),
    (judged(9.96), "about 10 s"),
    (judged(59.7), "about 1 min 0 s"),
    (judged(139.0), "about 2 min 20 s"),
    (judged(44.2, compiling=26.0), "about 44 s, 26 s of it to compile the engine, this once"),
]


@pytest.mark.parametrize(("found", "line"), TIMES)
def test_a_time_is_told_in_two_figures(found: Forecast, line: str, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(WORDS)
    out = render(planned(tmp_path, found))
    told = re.search(r"  will take +(.*)\n", out)
    assert told is not None
    assert told[1] == line


def test_nothing_to_read(tmp_path: Path) -> None:
    found = planned(tmp_path, judged(articles=0, exact=True))
    assert (found.articles, found.exact, found.parts) == (0, True, ())
    assert render(found).startswith("DRY RUN: 0 articles\n")
