"""House style: every rule of the data, and what must not pass for style."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import document

from dedup.diff import LinkKind, Style, diff
from dedup.diff.rules import Rule, groups_in
from dedup.diff.style import is_courtesy, is_title, key_of, rule_between, same_name
from dedup.diff.surface import surface_words

BUILTIN = Style.builtin()
FORMS = [
    (rule.name, group[0], form)
    for rule in BUILTIN.rules.values()
    for group in rule.groups
    for form in rule.forms(group)
]
CASES = tomllib.loads((Path(__file__).with_name("data") / "house_style.toml").read_text("utf-8"))
#: Fewest cases of a rule, of either sort.
FEWEST = 5


def in_sentence(words: str) -> str:
    """Return a sentence that is linked with any other of its kind."""
    return f"Officials told reporters after the long meeting on the hill that {words} mattered most"


def styles_between(a: str, b: str) -> tuple[LinkKind, set[str | None]]:
    """Return how two sentences differ that have the given words in one place."""
    (link,) = diff(document(in_sentence(a)), document(in_sentence(b))).links
    return link.kind, {edit.style for edit in link.edits}


def test_every_rule_has_its_cases() -> None:
    assert set(CASES) == set(BUILTIN.rules)
    for cases in CASES.values():
        assert min(len(cases["same"]), len(cases["differ"])) >= FEWEST


@pytest.mark.parametrize(
    ("rule", "a", "b"), [(rule, *pair) for rule, cases in CASES.items() for pair in cases["same"]]
)
def test_one_meaning_in_two_styles(rule: str, a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        kind, styles = styles_between(one, other)
        assert kind is LinkKind.HOUSE_STYLE
        assert rule in styles


@pytest.mark.parametrize(
    ("rule", "a", "b"), [(rule, *pair) for rule, cases in CASES.items() for pair in cases["differ"]]
)
def test_a_change_of_meaning_is_no_style(rule: str, a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        kind, _ = styles_between(one, other)
        assert kind not in {LinkKind.HOUSE_STYLE, LinkKind.IDENTICAL}, rule


@pytest.mark.parametrize("name", BUILTIN.rules)
def test_every_form_is_one_word_of_the_page(name: str) -> None:
    for rule, _, form in FORMS:
        if rule == name and form not in {"''", "``"}:
            words = surface_words(document(f"so {form} there"), (0,))
            assert [word.text for word in words] == ["so", form, "there"]


@pytest.mark.parametrize("name", BUILTIN.rules)
def test_every_form_has_the_key_of_its_group(name: str) -> None:
    for rule, first, form in FORMS:
        if rule == name:
            assert key_of(form).form == key_of(first).form
            assert form == first or rule_between(first, form) in {rule, "case", "quote_marks"}


def test_no_form_stands_in_two_groups() -> None:
    assert {
        form for form, times in Counter(form for *_, form in FORMS).items() if times > 1
    } == set()


def test_every_rule_says_what_it_is_about() -> None:
    for rule in BUILTIN.rules.values():
        assert rule.about
        assert not rule.about.endswith(".")


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organise", "organize"),
        ("organisations", "organizations"),
        ("analysed", "analyzed"),
        ("neighbour", "neighbor"),
        ("favourites", "favorites"),
        ("honourable", "honorable"),
    ],
)
def test_british_endings_are_spelling(british: str, american: str) -> None:
    assert rule_between(british, american) == "spelling"


@pytest.mark.parametrize(
    ("one", "other"),
    [("5", "6"), ("$5", "€5"), ("Jan. 6", "Jan. 7"), ("us", "US"), ("four", "our"), ("who", "WHO")],
)
def test_a_change_of_fact_has_two_keys(one: str, other: str) -> None:
    assert key_of(one).form != key_of(other).form
    assert rule_between(one, other) is None


@pytest.mark.parametrize("name", BUILTIN.rules)
def test_a_rule_that_is_off_says_nothing(name: str) -> None:
    rules = [rule for rule in BUILTIN.rules.values() if rule.name != name]
    style = Style.of(rules)
    for a, b in CASES[name]["same"]:
        first, second = document(in_sentence(a)), document(in_sentence(b))
        (link,) = diff(first, second, style).links
        assert name not in {edit.style for edit in link.edits}
        assert link.kind is not LinkKind.IDENTICAL


def test_styles_do_not_mix() -> None:
    own = Style.of([Rule("name", groups=groups_in("Dornland = Dornia"))])
    assert key_of("Dornia", style=own).form == key_of("Dornland", style=own).form
    assert key_of("Dornia").form != key_of("Dornland").form
    assert key_of("Kiev", style=own).form != key_of("Kyiv", style=own).form


def test_a_rule_without_rules_leaves_words_as_they_are() -> None:
    nothing = Style.of([])
    assert [key_of(text, style=nothing).form for text in ("Colour", "5%", "“")] == [
        "colour",
        "5%",
        "“",
    ]


@given(st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_two_groups_have_two_keys(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    same_group = one[:2] == other[:2]
    assert (key_of(one[2]).form == key_of(other[2]).form) is same_group


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zelensky", "Zelenskyy", True),
        ("Zelensky’s", "Zelenskiy’s", True),
        ("Yevgeny", "Yevgeniy", True),
        ("Aleksandr", "Alexandr", False),
        ("Muhammad", "Mohammed", True),
        ("Peña", "Pena", True),
        ("Well", "We'll", False),
        ("Boeing-737", "Boeing-747", False),
        ("Zelensky", "Zelensky’s", False),
        ("Austria", "Australia", False),
        ("Slovakia", "Slovenia", False),
        ("Johnson", "Johnston", False),
        ("Maria", "Mario", False),
        ("Georgia", "Georgian", False),
        ("Niger", "Nigeria", False),
        ("Li", "Lee", False),
    ],
)
def test_a_name_in_two_transliterations(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_titles() -> None:
    assert is_courtesy("Mr.")
    assert not is_courtesy("President")
    assert is_title("President")
    assert is_title("Sen.")
    assert not is_title("Berg")


def test_rules_of_english_do_not_touch_other_languages() -> None:
    assert key_of("one", "it").form == "one"
    assert key_of("1,000", "de").form == key_of("1000", "de").form
