"""The words of a report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import AGENCY, DAILY, Joined, comparison

from dedup.article import Kind
from dedup.diff import LinkKind
from dedup.report.build import build
from dedup.report.model import CreditReport
from dedup.report.sequence import Row, sequence
from dedup.report.wording import counts, credits_of, heading
from dedup.text import CreditPlace

REPORT = build(comparison())


def titles(*links: Joined) -> list[str]:
    """Return the headings of the rows that join something."""
    report = build(comparison(AGENCY, DAILY, list(links)))
    rows = [entry for entry in sequence(report) if isinstance(entry, Row) and entry.link]
    return [" ".join(heading(row, "¶", "→")) for row in rows]


HEADINGS = [
    (Joined((7,), (5,), LinkKind.IDENTICAL), "= same  ¶7 → ¶5"),
    (Joined((7,), (5,), LinkKind.HOUSE_STYLE), "~ house style only  ¶7 → ¶5"),
    (Joined((3,), (8,), LinkKind.PARTIAL), "~ fuller in A  ¶3 → ¶8"),
    (Joined((7,), (3,), LinkKind.PARTIAL), "~ fuller in B  ¶7 → ¶3"),
    (
        Joined((7,), (5,), LinkKind.IDENTICAL, moved=True),
        "= same, moved: ¶7 in A → ¶5 in B",
    ),
    (
        Joined((4, 5), (4,), LinkKind.REWORDED),
        "~ merged: 2 sentences of A → 1 of B, reworded  ¶4+¶5 → ¶4",
    ),
    (
        Joined((9,), (6, 7), LinkKind.REWORDED),
        "~ split: 1 sentence of A → 2 of B, reworded  ¶9 → ¶6+¶7",
    ),
    (
        Joined((4, 5), (6, 7), LinkKind.REWORDED, moved=True),
        "~ recast: 2 sentences of A → 2 of B, reworded, moved: ¶4+¶5 in A → ¶6+¶7 in B",
    ),
]


@pytest.mark.parametrize(("joined", "expected"), HEADINGS)
def test_headings(joined: Joined, expected: str) -> None:
    assert titles(joined) == [expected]


def test_credits_name_each_agency_once_with_its_places() -> None:
    credits = tuple(
        CreditReport(agency, place, 0, 2)
        for agency, place in [
            ("AP", CreditPlace.DATELINE),
            ("AP", CreditPlace.TEXT),
            ("AP", CreditPlace.TEXT),
            ("AFP", CreditPlace.BYLINE),
        ]
    )
    document = replace(REPORT.documents[0], credits=credits)
    assert credits_of(document) == "AP in dateline and text; AFP in byline"


def test_counts_of_nothing() -> None:
    lines = [(Kind.BODY, "One sentence.")]
    told = dict(counts(build(comparison(lines, lines, []))))
    assert told["in both"] == "nothing"
    assert told["only in A"] == "1 sentence (2 of 2 words)"
    assert told["skipped"] == "A nothing; B nothing"
    same = dict(counts(build(comparison(lines, lines, [Joined((1,), (1,), LinkKind.IDENTICAL)]))))
    assert same["in both"] == "1 match: 1 the same"
    assert same["only in B"] == "nothing"


def test_counts_have_plurals() -> None:
    lines = [(Kind.CAPTION, "A ferry."), (Kind.CAPTION, "A pier."), (Kind.BODY, "It sank.")]
    lines += [(Kind.FURNITURE, "Share"), (Kind.FURNITURE, "Print")]
    told = dict(counts(build(comparison(lines, lines, []))))
    assert told["skipped"] == "A 2 captions, 2 furniture; B 2 captions, 2 furniture"
