"""Every kind of flag on cases that its rules had never seen: how well it does on other texts.

A file of `blind/` is named after a kind and reads like one of `cases/` (see test_flag_cases.py).
The cases were written and committed before anybody looked at what the rules say of them; the
scores of that first run are `[measured.flags_blind]` of floors.toml and stand in docs/flags.md.
`also` lists the flags of other kinds that are right too: they were read after that run.

Which words a flag quotes is a matter of taste, and nothing hangs on it here: a flag is right where
it stands at the same place as the words that a reader would quote.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flagging import EVERYTHING

from dedup import Article, Span, compare
from dedup.diff.flags import DEFAULTS, FlagKind

BLIND = Path(__file__).parent / "blind"
FILES = sorted(BLIND.glob("*.toml"))
#: Fewest cases of a kind, of them true ones, and near misses.
FEWEST, FEWEST_TRUE, FEWEST_NEAR_MISSES = 20, 10, 8
#: Least precision of a kind that is on unless a settings file says otherwise.
LEAST_PRECISION = 0.9


@dataclass(frozen=True, slots=True)
class Mark:
    """A flag that was raised, or one that a reader would raise: its kind and its two places."""

    kind: FlagKind
    a: Span | None
    b: Span | None

    def meets(self, other: Mark) -> bool:
        """Tell whether both are of one kind and overlap on each side where both have words.

        There has to be such a side. "killed" for "may have killed" is the same finding as the
        "may" that was added.
        """
        sides = [
            one.start < two.end and two.start < one.end
            for one, two in ((self.a, other.a), (self.b, other.b))
            if one and two
        ]
        return self.kind is other.kind and any(sides) and all(sides)


def place(text: str, words: str) -> Span | None:
    """Return where some words stand: they do so once; None if there are none."""
    if not words:
        return None
    assert text.count(words) == 1, words
    start = text.index(words)
    return Span(start, start + len(words))


def expected(kind: FlagKind, case: dict[str, Any]) -> list[Mark]:
    """Return the flags that a reader would raise, those of the kind first."""
    rows = [(kind, *words) for words in case["flags"]] + case.get("also", [])
    return [Mark(FlagKind(k), place(case["a"], x), place(case["b"], y)) for k, x, y in rows]


def raised(case: dict[str, Any]) -> list[Mark]:
    """Return the flags that are raised; a span without words is none."""
    a, b = (Article(case[side], date=case.get(f"date_{side}")) for side in "ab")
    return [
        Mark(flag.kind, *(s if s and s.start < s.end else None for s in (flag.a, flag.b)))
        for flag in compare(a, b, flags=EVERYTHING).flags
    ]


def right(found: list[Mark], wanted: list[Mark]) -> int:
    """Return how many flags are right, where each that is wanted can be found once."""
    left = list(wanted)
    for mark in found:
        hit = next((one for one in left if mark.meets(one)), None)
        if hit:
            left.remove(hit)
    return len(wanted) - len(left)


def cases(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_kind_is_right_on_texts_it_has_not_seen(path: Path, floors: dict[str, Any]) -> None:
    kind = FlagKind(path.stem)
    true = sum(bool(case["flags"]) for case in cases(path))
    assert len(cases(path)) >= FEWEST
    assert true >= FEWEST_TRUE
    assert len(cases(path)) - true >= FEWEST_NEAR_MISSES
    hits = found = wanted = 0
    for case in cases(path):
        marks = [mark for mark in raised(case) if mark.kind is kind]
        sought = [mark for mark in expected(kind, case) if mark.kind is kind]
        hits, found, wanted = hits + right(marks, sought), found + len(marks), wanted + len(sought)
    precision, recall = hits / found if found else 1.0, hits / wanted
    print(f"{kind}: {len(cases(path))} cases, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    least_precision, least_recall = floors["flags_blind"][kind.value]
    assert precision >= least_precision
    assert recall >= least_recall
    assert precision >= LEAST_PRECISION or kind not in DEFAULTS


def test_all_that_is_raised_is_right(floors: dict[str, Any]) -> None:
    hits = found = 0
    for path in FILES:
        for case in cases(path):
            marks = raised(case)
            hits += right(marks, expected(FlagKind(path.stem), case))
            found += len(marks)
    print(f"all: {found} flags, {hits} right, {hits / found:.3f}")  # noqa: T201
    assert hits / found >= floors["flags_blind"]["all"]


def test_every_kind_has_blind_cases() -> None:
    assert [path.stem for path in FILES] == sorted(FlagKind)


@pytest.mark.parametrize(
    ("found", "meant", "same"),
    [
        pytest.param((Span(0, 5), None), (Span(3, 9), None), True, id="they overlap"),
        pytest.param((Span(0, 5), None), (Span(5, 9), None), False, id="they only touch"),
        pytest.param((None, Span(0, 3)), (Span(0, 3), Span(0, 9)), True, id="one side is enough"),
        pytest.param((None, Span(0, 3)), (Span(0, 3), None), False, id="no side has both"),
        pytest.param((Span(0, 3), Span(0, 3)), (Span(0, 3), Span(4, 9)), False, id="one is apart"),
    ],
)
def test_when_two_flags_are_the_same(
    found: tuple[Span | None, Span | None], meant: tuple[Span | None, Span | None], same: bool
) -> None:
    kind = FlagKind.NAME_CHANGED
    assert Mark(kind, *found).meets(Mark(kind, *meant)) is same
    assert not Mark(kind, *found).meets(Mark(FlagKind.PLACE_CHANGED, *meant))
