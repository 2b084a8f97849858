"""What a scan would read and about how long it takes: near the truth, and told in few words."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from dedup.reading.corpus import find_pieces
from dedup.report import plan as planning
from dedup.report.plan import SAMPLE, plan, render, sample
from dedup.report.view import View

WORDS = "The ferry of Upper Hale runs again after the flood of the spring, the mayor said."


def lines(number: int) -> bytes:
    """Return so many records of slightly different lengths."""
    records = ({"nr": n, "body": f"{WORDS} {'Rain. ' * (n % 7)}"} for n in range(number))
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def planned(path: Path, seconds: float = 1.0, processes: int = 2) -> planning.Plan:
    pieces = find_pieces([path])
    return plan(pieces, sample(pieces), seconds, processes)


def test_a_small_corpus_is_counted(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(lines(30))
    found = planned(tmp_path)
    assert (found.articles, found.exact) == (30, True)
    assert found.seconds == (1.0, 1.0), "all of it was just scanned"


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz", "news.csv", "news.parquet"])
def test_a_large_corpus_is_estimated(name: str, tmp_path: Path) -> None:
    number = 5 * SAMPLE
    if name.endswith(".csv"):
        rows = (json.loads(line) for line in lines(number).splitlines())
        data = "nr,body\n" + "".join(f'{row["nr"]},"{row["body"]}"\n' for row in rows)
        (tmp_path / name).write_text(data)
    elif name.endswith(".parquet"):
        pa = pytest.importorskip("pyarrow")
        rows = [json.loads(line) for line in lines(number).splitlines()]
        table = pa.Table.from_pylist(rows)
        pytest.importorskip("pyarrow.parquet").write_table(table, tmp_path / name)
    else:
        packed = gzip.compress(lines(number), 1) if name.endswith(".gz") else lines(number)
        (tmp_path / name).write_bytes(packed)
    found = planned(tmp_path)
    assert not found.exact
    if name.endswith(".gz"):  # how well a text packs is not known before
        assert found.articles >= SAMPLE
    else:
        assert found.articles == pytest.approx(number, rel=0.05)
    alone = found.articles / SAMPLE
    assert found.seconds == pytest.approx((alone / 2, alone))


def test_files_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SAMPLE", 3)
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text(f"{WORDS} {number}")
    found = planned(tmp_path)
    assert (found.articles, found.exact) == (7, False)


def test_the_plan_is_told(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(lines(5 * SAMPLE))
    (tmp_path / "page.txt").write_text(WORDS)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    out = render(planned(tmp_path, seconds=24.0))
    assert re.match(r"DRY RUN: about (4,9|5,[01])00 articles\n", out)
    assert "  JSON lines         1 file, " in out
    assert "; text in body\n" in out
    assert "  articles in files  1 file, 1 kB\n" in out
    assert re.search(
        r"  will take          about (59 s|1 min \d s) to (1 min 58|2 min \d) s\n", out
    )
    wide = render(planned(tmp_path), View(width=200))
    assert "picture.png: has no suffix of an article or corpus" in wide
    assert max(map(len, render(planned(tmp_path), View(width=40)).splitlines())) <= 40


def test_nothing_to_read(tmp_path: Path) -> None:
    found = planned(tmp_path)
    assert (found.articles, found.exact, found.parts) == (0, True, ())
    assert render(found).startswith("DRY RUN: 0 articles\n")
