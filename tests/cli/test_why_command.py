"""`dedup why`: the question is answered from what `dedup scan` wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["scan.json", "scan.jsonl", "scan.csv", "scan.parquet"])
def saved(request: pytest.FixtureRequest, run: Run) -> str:
    """Return the file that a scan was written to, with its pairs beside it."""
    name: str = request.param
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    assert run("scan", "news.jsonl", "-q", "-o", name, "--pairs", "scan.pairs.csv")[0] == 0
    return name


def test_two_versions_are_together(saved: str, run: Run) -> None:
    code, out, err = run("why", "n1", "n2", "--from", saved)
    assert (code, err) == (0, "")
    assert out.startswith("TOGETHER: a pair that was compared word for word ties them together\n")
    assert "A  n1  Bridge shut · AP · 2031-03-03 · " in out
    assert "  verdict              same wire story: two versions of one article\n" in out
    assert max(map(len, out.splitlines())) <= 80


def test_two_stories_are_not(saved: str, run: Run) -> None:
    code, out, _ = run("why", "n3", "n1", "--from", saved)
    assert code == 0
    assert out.startswith("NOT TOGETHER: they were not compared, for nothing hinted")


def test_pairs_are_named_where_they_lie_elsewhere(run: Run, folder: Path) -> None:
    run("scan", "news.jsonl", "-q", "-o", "scan.csv", "--pairs", "elsewhere.jsonl")
    _, out, _ = run("why", "n1", "n2", "--from", "scan.csv")
    assert "The pairs are not at hand: scan again with --pairs pairs.jsonl" in out
    _, out, _ = run("why", "n1", "n2", "--from", "scan.csv", "--pairs", "elsewhere.jsonl")
    assert "Jaccard similarity" in out


ERRORS = [
    (("n1", "zz", "--from", "scan.json"), "scan.json: has no article zz; check the id"),
    (("n1", "n4", "--from", "scan.json"), 'no article n4; it was skipped: the field "text"'),
    (("n1", "n2", "--from", "missing.json"), "missing.json: no such file"),
    (("n1", "n2", "--from", "news.jsonl"), "news.jsonl: is not what dedup scan writes"),
    (("n1", "n2", "--from", "agency.txt"), "agency.txt: unknown ending"),
    (("n1", "n2", "--from", "."), ".: unknown ending"),
    (("n1", "n2", "--from", "/"), "/: unknown ending"),
    (("n1", "n2", "--from", "scan.json", "--pairs", "news.jsonl"), "news.jsonl: is not what"),
]


@pytest.mark.parametrize(("args", "message"), ERRORS)
def test_what_a_user_can_mend_is_one_line_and_exit_2(
    args: tuple[str, ...], message: str, run: Run
) -> None:
    run("scan", "news.jsonl", "-q", "-o", "scan.json")
    code, out, err = run("why", *args)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"dedup: .+\n", err)
    assert message in err


@pytest.mark.parametrize("args", [("n1",), ("n1", "n2"), ("n1", "n1", "--from", "scan.json")])
def test_usage_errors_are_exit_2(args: tuple[str, ...], run: Run) -> None:
    code, out, err = run("why", *args)
    assert (code, out) == (2, "")
    assert "Usage: dedup why" in err
