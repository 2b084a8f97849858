"""What a policy does not let pass, and how it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import Article, Comparison, ConfigError, Label, Span, compare
from dedup.conditions import CONDITIONS, parse_allowances, parse_conditions
from dedup.diff.flags import DEFAULTS, Flag, FlagKind, Severity
from dedup.policy import Policy, check

AGENCY = """Ferry runs aground
UPPER HALE (AP) — A ferry with 13 people on board ran aground on Monday.
“We felt a bump and then nothing moved,” passenger Lia Moro said.
Nobody was hurt, the coast guard said.
"""

DAILY = """Ferry runs aground
A ferry with 31 people on board ran aground on Monday.
“We felt a bump and nothing moved,” passenger Lia Moro said.
Nobody was hurt.
"""


def span(text: str, words: str | None) -> Span | None:
    if words is None:
        return None
    at = text.index(words)
    return Span(at, at + len(words))


def raised(kind: FlagKind, before: str | None, after: str | None) -> Flag:
    return Flag(kind, DEFAULTS[kind], None, span(AGENCY, before), span(DAILY, after))


FLAGS = (
    raised(FlagKind.NUMBER_CHANGED, "13", "31"),
    raised(FlagKind.QUOTE_ALTERED, "“We felt a bump and then", "“We felt a bump and"),
    raised(FlagKind.ATTRIBUTION_ADDED, None, "Nobody"),
)


def comparison(flags: tuple[Flag, ...] = FLAGS, verbatim: bool = True) -> Comparison:
    """Return two articles compared, with flags raised by hand."""
    a = Article(AGENCY, path="wire/ferry.txt")
    b = Article(DAILY, path="site/ferry.html", verbatim=verbatim)
    return replace(compare(a, b), flags=flags)


def policy(fail_on: str = "", allow: str = "", **more: object) -> Policy:
    conditions, let_pass = parse_conditions([fail_on], ""), parse_allowances([allow], "")
    return Policy(conditions, let_pass, **more)  # type: ignore[arg-type]


def failed(asked: Policy) -> list[str]:
    return [str(failure) for failure in check(comparison(), asked).failures]


def test_nothing_is_asked_by_default() -> None:
    outcome = check(comparison(), Policy())
    assert (outcome.failures, outcome.allowed, outcome.exit_code) == ((), frozenset(), 0)


def test_a_failure_says_what_and_where() -> None:
    assert failed(policy("number_changed,quote_altered")) == [
        'number_changed (high): wire/ferry.txt:2:32 "13" -> site/ferry.html:2:14 "31" '
        "[number_changed]",
        'quote_altered (high): wire/ferry.txt:3:1 "“We felt a bump and then" -> '
        'site/ferry.html:3:1 "“We felt a bump and" [quote_altered]',
    ]


def test_of_long_words_what_differs_stays_in_sight() -> None:
    long = "We have looked at the engine, the hull and the charts, and we do not know why it " * 2
    a, b = (Article(f"The ferry. {long}{last}.", path=last) for last in ("stopped", "sank"))
    spans = [Span(11, len(article.text)) for article in (a, b)]
    flag = Flag(FlagKind.QUOTE_ALTERED, Severity.HIGH, None, *spans)
    (failure,) = check(replace(compare(a, b), flags=(flag,)), policy("any")).failures
    assert failure.message == (
        'quote_altered (high): stopped:1:12 "… why it stopped." -> sank:1:12 "… why it sank."'
    )


def test_where_something_is_missing_that_is_said() -> None:
    flag = raised(FlagKind.ATTRIBUTION_DROPPED, ", the coast guard said", "")
    (failure,) = check(comparison((flag,)), policy("any")).failures
    assert failure.message.endswith('", the coast guard said" -> site/ferry.html:1:1 (none)')


def test_a_flag_fails_once_whatever_the_number_of_conditions() -> None:
    outcome = check(comparison(), policy("severity:high,number_changed"))
    assert [failure.conditions for failure in outcome.failures] == [
        ("severity:high", "number_changed"),
        ("severity:high",),
    ]
    assert [failure.flag for failure in outcome.failures] == [0, 1]
    assert outcome.exit_code == 1


@pytest.mark.parametrize(("severity", "number"), [("high", 2), ("medium", 2), ("low", 3)])
def test_a_severity_means_that_one_and_graver_ones(severity: str, number: int) -> None:
    assert len(failed(policy(f"severity:{severity}"))) == number


def test_any_is_every_flag() -> None:
    assert failed(policy("any")) == failed(policy("severity:low"))


def test_what_is_let_pass_fails_nothing_and_is_told() -> None:
    outcome = check(comparison(), policy("any", "number_changed:13->31,attribution_added"))
    assert [failure.flag for failure in outcome.failures] == [0, 1, 2]  # `:` begins words
    outcome = check(comparison(), policy("any", "attribution_added,number_changed:13->31"))
    assert [failure.flag for failure in outcome.failures] == [1]
    assert outcome.allowed == {0, 2}


def test_a_verdict_fails_by_its_own_label_alone() -> None:
    label = comparison().verdict.label
    others = [other for other in Label if other is not label]
    (failure,) = check(comparison(), policy(f"verdict:{label}")).failures
    assert str(failure).startswith(f"wire/ferry.txt and site/ferry.html: {label}. ")
    assert str(failure).endswith(f" [verdict:{label}]")
    assert check(comparison(), Policy(fail_on=tuple(others))).failures == ()


@pytest.mark.parametrize("expected", list(Label))
@pytest.mark.parametrize("label", list(Label))
def test_an_expected_label_is_met_by_a_closer_one(label: Label, expected: Label) -> None:
    made = comparison()
    made = replace(made, verdict=replace(made.verdict, label=label))
    order = list(Label)
    met = order.index(label) <= order.index(expected)
    failures = check(made, Policy(expect=expected)).failures
    assert (failures == ()) is met
    if not met:
        assert failures[0].conditions == (f"expect:{expected}",)
        assert f": {label}. " in failures[0].message


def test_coverage_is_rounded_so_that_it_never_looks_met() -> None:
    made = comparison()
    evidence = replace(made.verdict.evidence, coverage_a=0.79999)
    made = replace(made, verdict=replace(made.verdict, evidence=evidence))
    (failure,) = check(made, Policy(min_coverage=0.8)).failures
    assert failure.message == (
        "79.9% of the words of wire/ferry.txt stand in passages that site/ferry.html has too"
    )
    assert failure.conditions == ("min_coverage:0.8",)
    assert check(made, Policy(min_coverage=0.79)).failures == ()


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), float("inf")])
def test_coverage_is_a_share(share: float) -> None:
    with pytest.raises(ConfigError, match="from 0 to 1"):
        Policy(min_coverage=share)


def test_of_a_page_the_paragraph_is_told_because_its_lines_are_not_those_of_the_file() -> None:
    made = comparison(verbatim=False)
    (failure,) = check(made, policy("number_changed")).failures
    assert failure.message.endswith('site/ferry.html paragraph 2 "31"')


def test_a_failure_is_one_line_whatever_an_article_holds() -> None:
    made = comparison()
    article = replace(made.a.article, path="a\nb\x1b[2J.txt")
    made = replace(made, a=replace(made.a, article=article))
    whole = Flag(FlagKind.QUOTE_ALTERED, Severity.HIGH, None, Span(0, len(AGENCY)), None)
    (failure,) = check(replace(made, flags=(whole,)), policy("any")).failures
    assert str(failure).isprintable()
    assert len(str(failure)) < 280
    assert "…" in failure.message


@given(st.sets(st.sampled_from(CONDITIONS)), st.sets(st.sampled_from(list(FlagKind))))
def test_allowing_never_adds_a_failure_and_asking_never_takes_one_away(
    fail_on: set[str], allow: set[FlagKind]
) -> None:
    made, asked = comparison(), ",".join(sorted(fail_on))
    strict = {str(failure) for failure in check(made, policy(asked)).failures}
    lenient = {str(f) for f in check(made, policy(asked, ",".join(sorted(allow)))).failures}
    assert lenient <= strict
    everything = check(made, policy(",".join(CONDITIONS))).failures
    assert {f.message for f in check(made, policy(asked)).failures} <= {
        f.message for f in everything
    }
