"""The page on flags: every kind with its meaning, and how well it is found."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dedup.config import load_config
from dedup.diff.flags import DEFAULTS, FlagKind
from dedup.report.flagwords import FLAGS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "flags.md"
TABLE = re.compile(r"(?<=<!-- kinds -->\n).*(?=<!-- /kinds -->)", re.DOTALL)

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="not part of the source distribution")


def measured() -> dict[str, Any]:
    """Return the scores of the first run on the blind cases: they are told, and hold nothing."""
    text = (ROOT / "tests" / "floors.toml").read_text(encoding="utf-8")
    scores: dict[str, Any] = tomllib.loads(text)["measured"]["flags_blind"]
    return scores


def row(kind: FlagKind, gate: dict[str, Any], blind: dict[str, Any]) -> str:
    """Return the line of the table for a kind, with the scores of the gate and the blind ones."""
    severity = DEFAULTS[kind].value if kind in DEFAULTS else "off"
    cases = ROOT / "tests" / "diff" / "flags" / "cases" / f"{kind}.toml"
    count = len(tomllib.loads(cases.read_text(encoding="utf-8"))["case"])
    scores = " | ".join(f"{score:.2f}" for score in (*gate[kind.value], *blind[kind.value]))
    return f"| `{kind}` | {FLAGS[kind][1]} | {severity} | {count} | {scores} |"


def test_every_kind_is_told_with_its_scores(
    floors: dict[str, Any], pytestconfig: pytest.Config
) -> None:
    blind = measured()
    columns = ["kind", "meaning", "severity", "cases", "precision", "recall"]
    columns += ["blind precision", "blind recall"]
    head = [f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
    table = "\n".join([*head, *(row(kind, floors["flags"], blind) for kind in FlagKind)]) + "\n"
    text = PAGE.read_text(encoding="utf-8")
    found = TABLE.sub(lambda _: table, text)
    if pytestconfig.getoption("--renew-golden", default=False):
        PAGE.write_text(found, encoding="utf-8", newline="\n")
    assert found == PAGE.read_text(encoding="utf-8")


def test_the_share_of_right_flags_is_told() -> None:
    assert f"{measured()['all']:.2f} of all flags" in " ".join(PAGE.read_text("utf-8").split())


def test_the_example_of_settings_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "dedup.toml").write_text(example, encoding="utf-8")
    found = load_config(path=tmp_path / "dedup.toml")
    assert found.flags == {"tense_changed": "off", "headline_changed": "high"}
