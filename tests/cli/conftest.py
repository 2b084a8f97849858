"""Two small versions of a story in a folder, and the program run on them in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dedup.cli import main

AGENCY = """PORT HALE (AP) — The city of Port Hale shut the Old Wharf Bridge to traffic on Monday.
Divers found cracks in two of its piers, Mayor Ines Calder said.
Repairs will cost $12 million and take 14 months, she told reporters at the town hall.
“We will not gamble with lives,” Calder said.
"""

DAILY = """Port Hale shut the Old Wharf Bridge to traffic on Monday.
Divers found cracks in two of its piers, Mayor Ines Calder said.
Repairs will cost $12 million and take 14 months, she told reporters at the town hall.
Shop owners on the north bank fear for their trade.
"""

PAGE = "".join(
    ["<html><head><title>Bridge shut</title></head><body><article><h1>Bridge shut</h1>"]
    + [f"<p>{line}</p>" for line in DAILY.splitlines() * 3]
    + ["</article></body></html>"]
)

#: A corpus: the two versions, another story, and a record that cannot be used.
NEWS = [
    {"id": "n1", "outlet": "AP", "date": "2031-03-03", "title": "Bridge shut", "text": AGENCY},
    {"id": "n2", "outlet": "Hale Post", "date": "2031-03-04", "text": DAILY},
    {"id": "n3", "outlet": "Vale Times", "text": "The ferry of Upper Hale runs again in April."},
    {"id": "n4", "text": ""},
]

#: Exit code, standard output and standard error of a run.
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that holds two articles, the second as a page too, and small corpora."""
    (tmp_path / ".git").mkdir()  # settings of other folders are none of ours
    (tmp_path / "agency.txt").write_text(AGENCY, encoding="utf-8")
    (tmp_path / "daily.txt").write_text(DAILY, encoding="utf-8")
    (tmp_path / "daily.html").write_text(PAGE, encoding="utf-8")
    lines = [json.dumps(record) + "\n" for record in NEWS]
    (tmp_path / "news.jsonl").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "today.jsonl").write_text(lines[1].replace("n2", "t1"), encoding="utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "agency.txt").write_text(AGENCY, encoding="utf-8")
    (tmp_path / "articles" / "daily.txt").write_text(DAILY, encoding="utf-8")
    for name, text, suffix in (("wire", AGENCY, ".txt"), ("published", DAILY, ".md")):
        (tmp_path / name / "port").mkdir(parents=True)
        (tmp_path / name / "port" / f"bridge{suffix}").write_text(text, encoding="utf-8")
        (tmp_path / name / f"again{suffix}").write_text(text, encoding="utf-8")
    (tmp_path / "pairs.csv").write_text("a,b\nagency.txt,daily.txt\ndaily.txt,agency.txt\n")
    return tmp_path


@pytest.fixture
def run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Return a function that runs the program in the folder with some arguments."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run_with(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["dedup", *args])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsysbinary.readouterr()
        return int(end.value.code or 0), out.decode(), err.decode()

    return run_with
