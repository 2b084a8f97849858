"""Every kind of flag on cases written for it, true ones and near misses: precision and recall.

A file of `cases/` is named after a kind. Its cases have two texts and, in `flags`, what the kind
must say of them: pairs of the words before and after, `""` where there are none on that side.
Texts are the body of an article unless they begin with a headline and a blank line.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dedup import Article, compare
from dedup.diff.flags import DEFAULTS, FlagKind, FlagSettings, Severity

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.toml"))
#: Fewest cases of a kind.
FEWEST = 40
#: Least precision of a kind that is on unless a settings file says otherwise.
LEAST_PRECISION = 0.9
EVERYTHING = FlagSettings(dict.fromkeys(FlagKind, Severity.MEDIUM))


def said(kind: FlagKind, case: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a kind says of a case: the words before and after of each flag, sorted."""
    a, b = (Article(case[side], date=case.get(f"date_{side}")) for side in "ab")
    found = [flag for flag in compare(a, b, flags=EVERYTHING).flags if flag.kind is kind]
    return sorted(
        (a.text[f.a.start : f.a.end] if f.a else "", b.text[f.b.start : f.b.end] if f.b else "")
        for f in found
    )


def score(kind: FlagKind, cases: list[dict[str, Any]]) -> tuple[float, float]:
    """Return precision and recall: a flag is right where it quotes the words that it should."""
    right = raised = wanted = 0
    for case in cases:
        expected = sorted(tuple(words) for words in case["flags"])
        found = said(kind, case)
        raised, wanted = raised + len(found), wanted + len(expected)
        right += sum(min(found.count(one), expected.count(one)) for one in set(found))
    return right / raised if raised else 1.0, right / wanted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_kind_says_what_a_reader_would(path: Path, floors: dict[str, Any]) -> None:
    kind = FlagKind(path.stem)
    cases = tomllib.loads(path.read_text("utf-8"))["case"]
    assert len(cases) >= FEWEST
    near_misses = sum(not case["flags"] for case in cases)
    assert min(near_misses, len(cases) - near_misses) >= FEWEST // 4
    precision, recall = score(kind, cases)
    print(f"{kind}: {len(cases)} cases, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    least_precision, least_recall = floors["flags"][kind.value]
    assert precision >= least_precision
    assert recall >= least_recall
    assert precision >= LEAST_PRECISION or kind not in DEFAULTS
