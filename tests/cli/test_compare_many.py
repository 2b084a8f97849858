"""`dedup compare --pairs` and two folders: one report, one exit code, and nothing half-written."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
PAIRS = ("compare", "--pairs", "pairs.csv")

TOLD = r"comparing: \d pairs in [^\n]+\n"


def table(folder: Path, *rows: str) -> None:
    (folder / "pairs.csv").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def test_each_pair_is_a_line_of_one_report(run: Run) -> None:
    code, out, err = run(*PAIRS)
    assert code == 0
    assert out.startswith("2 PAIRS OF ARTICLES: 2 the same wire story\n")
    assert re.search(r"^agency\.txt +daily\.txt +same_story ", out, re.MULTILINE)
    assert re.fullmatch(TOLD, err)


@pytest.mark.parametrize("workers", ["1", "2", "3"])
def test_each_pair_is_what_it_is_alone(run: Run, workers: str) -> None:
    code, out, _ = run(*PAIRS, "-f", "json", "--workers", workers, "--fail-on", "any")
    report = json.loads(out)
    assert report["kind"] == "comparisons"
    alone = [
        json.loads(run("compare", pair["a"], pair["b"], "-f", "json", "--fail-on", "any")[1])
        for pair in report["pairs"]
    ]
    assert [pair["comparison"] for pair in report["pairs"]] == alone
    assert code == max(one["policy"]["exit_code"] for one in alone)


def test_the_number_of_workers_changes_nothing(run: Run, folder: Path) -> None:
    table(folder, "agency.txt,daily.txt", "no.txt,daily.txt", *["daily.html,agency.txt"] * 5)
    formats = ("terminal", "json", "markdown", "github", "junit", "sarif")
    found = []
    for workers in ("1", "2"):
        options = [part for f in formats for part in ("--report", f"{f}={workers}.{f}")]
        assert run(*PAIRS, "-q", "--workers", workers, *options)[0] == 2
        found.append([(folder / f"{workers}.{f}").read_bytes() for f in formats])
    assert found[0] == found[1]


def test_a_folder_beside_a_folder(run: Run, folder: Path) -> None:
    (folder / "wire" / "alone.txt").write_text("Nobody ran this.", encoding="utf-8")
    code, out, _ = run("compare", "wire", "published", "-f", "json")
    report = json.loads(out)
    assert code == 0
    assert [(pair["a"], pair["b"]) for pair in report["pairs"]] == [
        ("wire/again.txt", "published/again.md"),
        ("wire/port/bridge.txt", "published/port/bridge.md"),
    ]
    assert report["unmatched"] == {"a": ["wire/alone.txt"], "b": []}


def test_what_cannot_be_read_ends_with_2_and_a_report(run: Run, folder: Path) -> None:
    table(folder, "agency.txt,daily.txt", "no.txt,daily.txt", "agency.txt,agency.txt")
    code, out, err = run(*PAIRS, "-f", "json", "--fail-on", "verdict:identical")
    assert code == 2
    report = json.loads(out)
    reason = "no.txt: no such file; check the name and the current folder"
    assert [pair["error"] for pair in report["pairs"]] == [None, reason, None]
    assert report["policy"]["exit_code"] == 2
    told = f"dedup: no.txt and daily.txt: not compared: {reason}\n"
    assert re.fullmatch(TOLD + re.escape(told) + r"dedup: agency\.txt and .+identical\]\n", err)


def test_a_failure_ends_with_1_and_names_the_pair(run: Run) -> None:
    code, out, err = run(*PAIRS, "--expect", "identical", "-q")
    assert (code, out) == (1, "")
    assert re.fullmatch(
        r"dedup: agency\.txt and daily\.txt: same_story\. .+ \[expect:identical\]\n"
        r"dedup: daily\.txt and agency\.txt: same_story\. .+ \[expect:identical\]\n",
        err,
    )


def test_a_flag_that_one_article_has_names_the_other_too(run: Run, folder: Path) -> None:
    text = (folder / "agency.txt").read_text(encoding="utf-8")
    note = "Correction: An earlier version of this article misstated the cost of the repairs."
    (folder / "mended.txt").write_text(f"{text}{note}\n", encoding="utf-8")
    table(folder, "agency.txt,mended.txt")
    code, _, err = run(*PAIRS, "--fail-on", "correction_added", "-q")
    assert code == 1
    assert err.startswith("dedup: agency.txt and mended.txt: correction_added (medium): mended.txt")


def test_settings_and_style_reach_the_workers(run: Run, folder: Path) -> None:
    (folder / "house.toml").write_text('[[rule]]\nname = "ours"\ngroups = "wharf = quay"\n')
    text = (folder / "agency.txt").read_text(encoding="utf-8")
    (folder / "quay.txt").write_text(text.replace("$12", "$13").replace("Wharf", "Quay"))
    (folder / "dedup.toml").write_text(
        'style = "house.toml"\n[flags]\nnumber_changed = "low"\n[policy]\nfail-on = ["any"]\n'
    )
    table(folder, *["agency.txt,quay.txt"] * 4)
    code, out, _ = run(*PAIRS, "-f", "json", "--workers", "2")
    assert code == 1
    alone = json.loads(run("compare", "agency.txt", "quay.txt", "-f", "json")[1])
    assert [pair["comparison"] for pair in json.loads(out)["pairs"]] == [alone] * 4
    styles = {edit["style"] for link in alone["links"] for edit in link["edits"]}
    assert "ours" in styles
    assert [flag["severity"] for flag in alone["flags"]] == ["low"]


def test_a_table_or_an_article_from_standard_input(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder / "pairs.csv").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run("compare", "--pairs", "-", "-f", "json")[1] == run(*PAIRS, "-f", "json")[1]
    article = (folder / "agency.txt").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(article)))
    table(folder, "agency.txt,agency.txt", "agency.txt,-")
    code, out, _ = run(*PAIRS, "--expect", "identical", "-f", "json", "--workers", "2")
    assert code == 0
    assert json.loads(out)["pairs"][1]["b"] == "-"


MISTAKES = [
    (("compare",), "name two articles, two folders, or a table with --pairs FILE"),
    (("compare", "agency.txt"), "name two articles, two folders"),
    ((*PAIRS, "agency.txt"), "--pairs names the articles; leave A and B out"),
    (("compare", "wire", "agency.txt"), "agency.txt: is no folder; name two folders"),
    (("compare", "wire", "articles"), "wire and articles: no article has one name in both"),
    (("compare", "--pairs", "no.csv"), "no.csv: no such file"),
    ((*PAIRS, "-o", "pairs.csv"), "pairs.csv: is one of the articles"),
    ((*PAIRS, "--report", "json=./daily.txt"), "daily.txt: is one of the articles"),
    ((*PAIRS, "--workers", "0"), "--workers"),
]


@pytest.mark.parametrize(("args", "told"), MISTAKES)
def test_mistakes(run: Run, folder: Path, args: tuple[str, ...], told: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert told in " ".join(err.split())
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_report_that_fails_to_be_written_leaves_no_other(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("dedup.report.pairs_sarif.whole", broken)
    with pytest.raises(ZeroDivisionError):
        run(*PAIRS, "--report", "json=a.json", "--report", "sarif=a.sarif", "-o", "a.txt")
    assert not [path for path in folder.iterdir() if path.name.lstrip(".").startswith("a.")]


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_an_interrupt_leaves_nothing_behind(folder: Path) -> None:
    table(folder, "agency.txt,daily.txt", "-,daily.txt", "agency.txt,daily.txt")
    before = {path.name for path in folder.iterdir()}
    process = subprocess.Popen(
        [sys.executable, "-m", "dedup", *PAIRS, "--report", "json=a.json", "-o", "a.txt"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(folder)},
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(b"The dam holds. " * 20_000)  # more than a pipe takes: it is being read
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert err.endswith(b"dedup: interrupted while comparing, 1 of 3 pairs done\n")
    assert {path.name for path in folder.iterdir()} == before
