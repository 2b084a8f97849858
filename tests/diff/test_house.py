"""A house's own rules: what they add, what they turn off, and what is answered to a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from marking import document

from dedup.diff import LinkKind, Style, diff
from dedup.diff.house import load_style
from dedup.diff.style import key_of, rule_between
from dedup.errors import ConfigError


@pytest.fixture
def house(tmp_path: Path):
    """Return a function that writes a house file and reads it."""

    def write(text: str) -> Style:
        (tmp_path / "house.toml").write_text(text, encoding="utf-8")
        return load_style(tmp_path / "house.toml")

    return write


def test_without_a_file_the_built_in_rules_hold(house) -> None:
    assert load_style(None) is Style.builtin()
    assert house("").rules == Style.builtin().rules


def test_a_rule_of_one_s_own(house) -> None:
    style = house('[[rule]]\nname = "parties"\ngroups = [["Green Party", "Greens"]]')
    assert rule_between("Greens", "Green Party", style=style) == "parties"
    assert rule_between("Greens", "Green Party") is None
    a, b = document("The Greens won in Dorn."), document("The Green Party won in Dorn.")
    assert diff(a, b, style).links[0].kind is LinkKind.HOUSE_STYLE
    assert diff(a, b).links[0].kind is not LinkKind.HOUSE_STYLE


def test_groups_may_stand_as_text(house) -> None:
    style = house('[[rule]]\nname = "towns"\ngroups = """\nDorn = Doorn\nHale = Hail Bay\n"""')
    assert style.rules["towns"].groups == (("Dorn", "Doorn"), ("Hale", "Hail Bay"))


def test_a_group_that_shares_a_form_adds_to_the_built_in_one(house) -> None:
    style = house('[[rule]]\nname = "name"\ngroups = [["Kyyiv", "Kiev"], ["Dorn", "Doorn"]]')
    assert len({key_of(form, style=style).form for form in ("Kyiv", "Kiev", "Kyyiv")}) == 1
    assert ("Kyyiv", "Kiev", "Kyiv") in style.rules["name"].groups
    assert rule_between("Bombay", "Mumbai", style=style) == "name"


def test_built_in_rules_can_be_turned_off(house) -> None:
    style = house('off = ["spelling", "percent"]')
    assert rule_between("colour", "color", style=style) is None
    assert rule_between("5%", "5 percent", style=style) is None
    assert rule_between("Kiev", "Kyiv", style=style) == "name"
    assert set(house("builtin = false").rules) == set()


def test_a_rule_that_is_off_may_be_written_anew(house) -> None:
    style = house('off = ["percent"]\n[[rule]]\nname = "percent"\ngroups = [["percent", "pct"]]')
    assert rule_between("pct", "percent", style=style) == "percent"
    assert key_of("%", style=style).form != key_of("percent", style=style).form


def test_what_a_house_prefers(house) -> None:
    style = house('[[rule]]\nname = "spelling"\nprefer = "British"\n')
    assert style.rules["spelling"].prefer == ("British",)
    style = house('[[rule]]\nname = "abbreviation"\nprefer = ["US", "UK"]\n')
    assert style.rules["abbreviation"].prefer == ("US", "UK")


def test_a_form_may_end_as_a_possessive_does(house) -> None:
    style = house('[[rule]]\nname = "shops"\ngroups = [["Orla\'s", "Orlas"], ["Dorn", "Doorn"]]')
    assert rule_between("Orla’s", "Orlas", style=style) == "shops"
    assert rule_between("Dorn’s", "Doorn’s", style=style) == "shops"
    assert key_of("Dorn’s", style=style).form != key_of("Dorn", style=style).form


def test_the_may_stand_before_a_form(house) -> None:
    style = house('[[rule]]\nname = "own"\nthe = true\ngroups = [["DFC", "Dorn Ferry Company"]]')
    assert rule_between("the Dorn Ferry Company", "DFC", style=style) == "own"


#: What stands in the file, and what the message must say.
MISTAKES = {
    "unknown key": ("offf = []", ['unknown key "offf"', 'mean "off"']),
    "unknown rule": ('off = ["speling"]', ["off: unknown rule", 'mean "spelling"']),
    "off no list": ("off = 3", ["off must be a list of texts"]),
    "builtin no truth": ("builtin = 1", ["builtin must be true or false"]),
    "rule no table": ("rule = 3", ["write [[rule]]"]),
    "rule without a name": ("[[rule]]\nabout = 'x'", ["rule 1 has no name"]),
    "name no text": ("[[rule]]\nname = 3", ["rule 1: name must be a text"]),
    "rule twice": (
        "[[rule]]\nname = 'case'\n[[rule]]\nname = 'case'",
        ["rule case stands twice"],
    ),
    "unknown key of a rule": (
        "[[rule]]\nname = 'towns'\ngroup = [['Dorn', 'Doorn']]",
        ["rule towns: unknown key", 'mean "groups"'],
    ),
    "no groups": ("[[rule]]\nname = 'towns'", ["rule towns: has no groups"]),
    "groups no list": ("[[rule]]\nname = 'towns'\ngroups = 3", ["groups must be a list"]),
    "group of one": (
        "[[rule]]\nname = 'towns'\ngroups = [['Dorn', 'Doorn'], ['Hale']]",
        ["rule towns: group 2 must have two forms"],
    ),
    "form no text": ("[[rule]]\nname = 'towns'\ngroups = [['Dorn', 3]]", ["group 1", "a text"]),
    "form in two groups": (
        "[[rule]]\nname = 'towns'\ngroups = [['Dorn', 'Doorn'], ['Dorne', 'Doorn']]",
        ['"Doorn" stands in two groups'],
    ),
    "form of another rule": (
        "[[rule]]\nname = 'towns'\ngroups = [['Kiev', 'Kief']]",
        ['"Kiev" stands in a group of the rule name too', "turn it off"],
    ),
    "two groups made one": (
        "[[rule]]\nname = 'name'\ngroups = [['Kyiv', 'Mumbai']]",
        ['joins the groups of "Kyiv" and "Mumbai"'],
    ),
    "prefers what it does not know": (
        "[[rule]]\nname = 'spelling'\nprefer = 'Britsh'",
        ["rule spelling: prefer: unknown form", 'mean "British"'],
    ),
    "no TOML": ("a = 1\nb = = 2", ["line 2", "mend the TOML"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_in_one_line_that_names_the_place(
    house, tmp_path: Path, mistake: str
) -> None:
    text, parts = MISTAKES[mistake]
    with pytest.raises(ConfigError) as caught:
        house(text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'house.toml'}: ")
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_a_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read"):
        load_style(tmp_path / "none.toml")
