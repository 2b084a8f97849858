"""A menu is told by the names of sections in it; a list in a story is text."""

from __future__ import annotations

import pytest

from dedup.article import Article, Kind
from dedup.text import segment
from dedup.text.data import table
from dedup.text.menus import menus, section_names

STORY = "The ferry to Merrow sank in the storm on Monday night, the harbour master said."


def furniture(text: str) -> list[str]:
    document = segment(Article(text))
    return [document.text_of(unit) for unit in document.units if unit.kind is Kind.FURNITURE]


@pytest.mark.parametrize("language", table("menus")["sections"])
def test_every_name_of_a_section_stands_in_a_menu(language: str) -> None:
    names = table("menus")["sections"][language]
    for first in range(0, len(names), 5):
        run = (names[first:] + names)[:5]
        lines = [STORY, *run, STORY]
        assert list(menus(lines)) == [range(1, 6)], run


@pytest.mark.parametrize("name", sorted(section_names()))
def test_a_name_of_a_section_by_itself_is_text(name: str) -> None:
    assert list(menus([STORY, name, STORY])) == []


def test_a_menu_is_furniture_and_the_headline_next_to_it_is_not() -> None:
    menu = ["News", "Sports", "Moss TV", "Weather", "World"]
    text = "\n".join([*menu, "Ferry sinks off Merrow", STORY])
    assert furniture(text) == menu


LISTS = [
    ["Ann Moss", "Bo Reed", "Cy Lund", "Di Hart", "Eli Kerr", "Flo Marsh", "Gus Pine"],
    ["Merrow", "Port Hale", "Calder", "Sport", "Oxmoor", "Health", "Lund", "Kerr", "Hale"],
    ["1. Norway", "2. Germany", "3. Canada", "4. France", "5. Sweden", "6. World"],
    ["News.", "Sports.", "Weather.", "World.", "Politics."],
]


@pytest.mark.parametrize("lines", LISTS)
def test_a_list_in_a_story_is_text(lines: list[str]) -> None:
    assert list(menus([STORY, *lines, STORY])) == []
