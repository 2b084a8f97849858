"""House style: every rule of the data, and what must not pass for style."""

import tomllib
from importlib.resources import files

import pytest

from dedup.diff.style import is_courtesy, is_title, key_of, rule_between, same_name

DATA = tomllib.loads(files("dedup.diff").joinpath("style.toml").read_text("utf-8"))
FORMS = [
    (rule["name"], group[0], form)
    for rule in DATA["rule"]
    for group in rule["groups"]
    for form in group[1:]
]


@pytest.mark.parametrize(("rule", "first", "form"), FORMS)
def test_every_form_has_the_key_of_its_group(rule: str, first: str, form: str) -> None:
    assert key_of(form).form == key_of(first).form
    assert rule_between(first, form) in {rule, "case", "number", "quote_marks"}


@pytest.mark.parametrize(("form", "meant"), DATA["punctuation"].items())
def test_every_mark_is_compared_by_its_plain_form(form: str, meant: str) -> None:
    assert key_of(form).form == key_of(meant).form


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
    ("one", "other", "rule"),
    [
        ("The", "the", "case"),
        ("It’s", "It's", "quote_marks"),
        ("five", "5", "number"),
        ("twenty-one", "21", "number"),
        ("third", "3rd", "number"),
        ("$5 million", "5 million dollars", "number"),
        ("US$3bn", "$3 billion", "number"),
        ("Jan. 6", "6 January", "date"),
        ("co-operate", "cooperate", "hyphenation"),
        ("Zelensky", "Zelenskyy", "name"),
        ("Kiev’s", "Kyiv’s", "name"),
        ("advisors", "advisers", "spelling"),
    ],
)
def test_a_rule_is_named(one: str, other: str, rule: str) -> None:
    assert rule_between(one, other) == rule
    assert rule_between(other, one) == rule


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5", "6"),
        ("5 percent", "5"),
        ("$5 million", "$5 billion"),
        ("$5", "€5"),
        ("Jan. 6", "Jan. 7"),
        ("3.5", "35"),
        ("us", "US"),
        ("four", "our"),
        ("Iran", "Iraq"),
    ],
)
def test_a_change_of_fact_is_no_style(one: str, other: str) -> None:
    assert key_of(one).form != key_of(other).form
    assert rule_between(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zelensky", "Zelenskyy", True),
        ("Zelensky’s", "Zelenskiy’s", True),
        ("Yevgeny", "Yevgeniy", True),
        ("Aleksandr", "Alexandr", False),
        ("Muhammad", "Mohammed", True),
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
