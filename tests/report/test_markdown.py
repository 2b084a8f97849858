"""The report for a pull request: readable as Markdown, and inert whatever an article holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import FLAGS, Joined, Raised, comparison

from dedup.article import Kind
from dedup.conditions import parse_conditions
from dedup.diff import LinkKind
from dedup.diff.flags import FlagKind
from dedup.policy import Policy, check
from dedup.report.build import build
from dedup.report.markdown import LONGEST, escaped, render
from dedup.report.view import View

REPORT = build(comparison())

CASES = [
    ("plain words, 12.5 per cent (net)", "plain words, 12.5 per cent (net)"),
    ("*bold* _it_ `code` ~~cut~~", r"\*bold\* \_it\_ \`code\` \~\~cut\~\~"),
    ("a | b", r"a \| b"),
    ("<script>alert(1)</script> & co", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"),
    ("[x](javascript:y)", r"\[x\](javascript:y)"),
    ("![x](y)", r"!\[x\](y)"),
    ("# Title", r"\# Title"),
    ("- item", r"\- item"),
    ("1. item", "1<!-- -->. item"),
    ("back\\slash", r"back\\slash"),
    ("ask @editor", "ask @<!-- -->editor"),
    ("see #12", "see #<!-- -->12"),
    ("http://x.example", "http:<!-- -->//x.example"),
    ("www.x.example", "www<!-- -->.x.example"),
    ("$5 to $6", "<span>$</span>5 to <span>$</span>6"),
    (":tada:", ":<!-- -->tada:"),
    ("a\nb", "a b"),
    ("a\x1b[0m", r"a\\x1b\[0m"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_an_article_says_is_shown_as_it_is(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_the_head() -> None:
    text = render(REPORT)
    assert text.startswith("## Same wire story: two versions of one article\n\n**A: agency.txt**")
    assert "\n| Evidence | |\n| --- | --- |\n" in text
    assert "\n| Counts | |\n| --- | --- |\n" in text
    assert "They share 60% of their own words." in text


CHANGES = [
    "**only in B  ¶8**\n\n> Shop owners on the north bank fear for their trade.",
    "> <del>The city of</del> Port Hale shut the Old Wharf Bridge <del>⇄ to traffic</del> on "
    "Monday <ins>⇄ to all traffic</ins> after divers",
    "> A Mayor <del>Ines</del> Calder said repairs would cost <del><span>$</span>12 million</del>.",
    "> B Mayor <ins>Inés</ins> Calder said repairs would cost <ins>12 million dollars</ins>",
    "moved: ¶8 in A → ¶2 in B",
]


@pytest.mark.parametrize("change", CHANGES)
def test_changes(change: str) -> None:
    assert change in render(REPORT)


def test_what_is_the_same_is_counted_unless_asked_for() -> None:
    assert "_… 1 unchanged sentence_" in render(REPORT)
    assert "We will not gamble" not in render(REPORT)
    assert "We will not gamble" in render(REPORT, View(context=1))


def test_summary_and_skipped() -> None:
    assert "### Changes" not in render(REPORT, View(summary=True))
    assert "- **A ¶6 caption**: A ferry passes under the bridge." in render(
        REPORT, View(show_skipped=True)
    )


def test_a_comment_is_never_longer_than_github_takes() -> None:
    lines = [(Kind.BODY, f"Sentence {n} has *stars* and | pipes. " * 5) for n in range(800)]
    other = [(Kind.BODY, f"Line {n} is *another* one. " * 5) for n in range(800)]
    links = [Joined((n + 1,), (n + 1,), LinkKind.REWORDED) for n in range(800)]
    text = render(build(comparison(lines, other, links)))
    assert LONGEST // 2 < len(text) <= LONGEST
    assert text.endswith(" more left out: a comment holds no more._\n")


def test_flags_and_failures_stand_at_the_top() -> None:
    made = comparison(flags=FLAGS)
    text = render(build(made, check(made, Policy(min_coverage=0.9))))
    top = text[: text.index("They share")]
    assert "**Policy failed: 1 failure**\n\n- 55% of the words of agency.txt" in top
    assert (
        "| Severity | Flag | Where | Before | After |\n| --- | --- | --- | --- | --- |\n"
        "| !!! high | attribution dropped | ¶5 → ¶4 | she said | (none) |\n" in top
    )
    assert "**reworded, moved: ¶8 in A → ¶2 in B** · !! hedge added · ! raised\n" in text


@pytest.mark.parametrize("number", [1, 400])
def test_hundreds_of_flags_in_hostile_words_leave_room(number: int) -> None:
    line = [(Kind.BODY, f"{'$' * 150} | @everyone [x](y)\x1b")]
    made = comparison(line, line, [], flags=[Raised(FlagKind.NAME_CHANGED, None, line[0][1])])
    made = replace(made, flags=made.flags * number)
    text = render(build(made, check(made, Policy(fail_on=parse_conditions(["any"], "")))))
    assert len(text) <= LONGEST
    assert "### Changes" in text
    assert "\x1b" not in text
    assert "@<!-- -->everyone" in text
    assert text.count("more_") == (2 if number > 1 else 0)
