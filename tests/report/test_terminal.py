"""The report at a terminal: what it says, that it fits, and that an article cannot break it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hand_made import AGENCY, DAILY, Joined, comparison
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from dedup.article import Kind
from dedup.detect import Label
from dedup.diff import LinkKind, Op
from dedup.report.build import build
from dedup.report.terminal import render
from dedup.report.view import View

REPORT = build(comparison())
ESCAPE = re.compile(r"\x1b\[[\d;]*m")


def body(text: str) -> str:
    """Return what stands below the rule."""
    return re.split(r"\n[─-]{30,}\n", text)[1]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (Label.IDENTICAL, "SAME WIRE STORY: word for word the same"),
        (Label.NEAR_IDENTICAL, "SAME WIRE STORY: nearly word for word the same"),
        (Label.SAME_STORY, "SAME WIRE STORY: two versions of one article"),
        (Label.SHARED_PASSAGES, "SHARED PASSAGES: part of one is taken from the other"),
        (Label.SAME_EVENT, "SAME EVENT: each told in its own words"),
        (Label.UNRELATED, "UNRELATED: neither story nor words in common"),
    ],
)
def test_the_first_line_is_the_verdict(label: Label, expected: str) -> None:
    assert render(build(comparison(label=label)), View(width=120)).startswith(expected)


def test_the_head_names_documents_credits_reason_and_evidence() -> None:
    head = render(REPORT, View(summary=True))
    for expected in [
        "A  agency.txt  89 words · AP in dateline",
        "B  daily.txt  81 words",
        "They share 60% of their own words.",
        "longest passage      9 words; outside quotations none",
        "4, covering 55% of A and 70% of B",
        "0.30 (MinHash: 0.31)",
        "5 matches: 1 the same, 3 reworded, 1 fuller in one",
        "1 moved, 1 merged, 1 split",
        "only in A  4 sentences (23 of 89 words)",
        "A 1 caption, 1 furniture; B 1 furniture",
    ]:
        assert expected in head
    assert "¶" not in head


ROWS = [
    "+ only in B  ¶1\n  Cracks close Old Wharf Bridge\n",
    "- only in A: 2 sentences  ¶1-2\n  Port Hale shuts its oldest bridge\n  PORT HALE (AP) —\n",
    "~ reworded  ¶3 → ¶3\n  [-The city of-] Port Hale shut the Old Wharf Bridge [~to traffic~] on "
    "Monday\n  {~to all traffic~} after",
    "~ merged: 2 sentences of A → 1 of B, reworded  ¶4+¶5 → ¶4\n  A ┌ Mayor [=Ines=] Calder",
    "    └ [-They would take-] 14 months[-, she said-].\n  B   Mayor {=Inés=} Calder",
    "= same  ¶7 → ¶5\n  “We will not gamble with lives,” Calder told reporters.\n",
    "~ reworded, moved: ¶8 in A → ¶2 in B\n",
    "~ split: 1 sentence of A → 2 of B, fuller in B  ¶9 → ¶6+¶7\n",
    "  B ┌ Ferries will run until it reopens.\n    └ {+They will leave every 20 minutes+}.\n",
]


@pytest.mark.parametrize("row", ROWS)
def test_rows_in_one_text(row: str) -> None:
    assert row in render(REPORT, View(width=80))


def test_rows_in_two_columns() -> None:
    wide = body(render(REPORT, View(width=120)))
    assert re.search(
        r"¶3   \[-The city of-\] Port Hale shut .* │  ¶3   Port Hale shut the Old", wide
    )
    merge = wide[wide.index("~ merged") : wide.index("= same")]
    assert re.search(r"┐ .*\n.*[├┘]", merge)
    split = wide[wide.index("~ split") : wide.index("+ only in B  ¶8")]
    assert re.search(r" ┌ ¶6 .*\n.* └ ¶7 ", split)


def test_the_order_of_b() -> None:
    told = body(render(REPORT, View(order="b")))
    assert told.index("Cracks close") < told.index("moved: ¶8 in A") < told.index("¶3 → ¶3")


def test_only_changes_hides_what_is_the_same_and_counts_it() -> None:
    told = body(render(REPORT, View(context=0)))
    assert "= same" not in told
    assert "... 1 unchanged sentence\n" in told


def test_what_was_skipped_is_listed_with_its_reason() -> None:
    told = render(REPORT, View(show_skipped=True))
    assert "A ¶6 caption: made as a caption\n  A ferry passes under the bridge." in told
    assert "Sign up for our newsletter" in told
    assert "Sign up for our newsletter" not in render(REPORT)


LINES = [
    *AGENCY,
    (Kind.BODY, "首相は東京で記者会見を開き、来年度の予算案について説明した。" * 4),
    (Kind.BODY, "Донаудампфшиффартсгезельшафтскапитэн" * 5),
    (Kind.BODY, "e\u0301" * 90 + " 👩\u200d🚀 went up"),
]


@pytest.mark.parametrize("width", [30, 60, 80, 99, 100, 120, 200, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, encoding: str, color: bool) -> None:
    report = build(comparison(LINES, DAILY))
    view = View(width=width, encoding=encoding, color=color, show_skipped=True)
    for line in ESCAPE.sub("", render(report, view)).splitlines():
        assert cell_len(line) <= width


@pytest.mark.parametrize("width", [100, 140, 200])
def test_columns_stay_in_line_with_wide_characters(width: int) -> None:
    wide = [(Kind.BODY, "首相は東京で記者会見を開き、来年度の予算案について説明した。" * 4)]
    report = build(comparison(wide, wide, [Joined((1,), (1,), LinkKind.IDENTICAL)]))
    lines = [line for line in body(render(report, View(width=width))).splitlines() if "│" in line]
    assert len(lines) > 1
    assert len({cell_len(line[: line.index("│")]) for line in lines}) == 1


def test_right_to_left_text_never_stands_in_columns() -> None:
    lines = [(Kind.BODY, "قال رئيس البلدية إن الجسر سيغلق يوم الاثنين.")]
    report = build(comparison(lines, DAILY, []))
    assert "│" not in render(report, View(width=160))


ATTACKS = [
    "\x1b]0;owned\x07 the mayor \x1b[2J said",
    "a\x9b31m b \x08\x08 c",
    "[bold red]not markup[/bold red] [link=https://x.example]x[/link]",
    "abc \u202egnihton\u2066",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("color", [False, True])
def test_an_article_cannot_reach_the_terminal(attack: str, color: bool) -> None:
    lines = [(Kind.BODY, f"{attack} it"), (Kind.FURNITURE, attack)]
    made = comparison(lines, [(Kind.BODY, attack)], [])
    article = replace(made.a.article, path=attack, outlet=attack)
    report = build(replace(made, a=replace(made.a, article=article)))
    text = ESCAPE.sub("", render(report, View(color=color, show_skipped=True, width=200)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    if attack.startswith("["):
        assert attack in text


def test_colour_only_repeats_the_signs() -> None:
    plain, colored = render(REPORT, View()), render(REPORT, View(color=True))
    assert ESCAPE.search(colored)
    bare = ESCAPE.sub("", colored)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_plain_text_has_no_escapes_whatever_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in render(REPORT, View())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" in render(REPORT, View(color=True))


def test_ascii_where_the_output_takes_no_more() -> None:
    text = render(REPORT, View(encoding="ascii", width=120))
    assert text.isascii()
    assert "#8 in A -> #2 in B" in text
    assert '"We will not gamble with lives," Calder' in text


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from([60, 120]))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_shown(a: str, b: str, width: int) -> None:
    first, second = (f"x{text}x".replace("\n", " ") for text in (a, b))
    edit = (Op.REPLACE, first, second)
    report = build(
        comparison(
            [(Kind.BODY, first)],
            [(Kind.BODY, second)],
            [Joined((1,), (1,), LinkKind.REWORDED, (edit,))],
        )
    )
    for line in render(report, View(width=width)).splitlines():
        assert cell_len(line) <= width
