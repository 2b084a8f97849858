"""Thresholds: numbers that a user may set, and is told about when they have no meaning."""

import math
from dataclasses import fields, replace

import pytest

from dedup.detect import Thresholds
from dedup.errors import ConfigError

NAMES = [field.name for field in fields(Thresholds)]


@pytest.mark.parametrize("name", NAMES)
def test_every_threshold_is_a_number_with_a_line_of_its_own_in_the_docstring(name: str) -> None:
    assert isinstance(getattr(Thresholds(), name), int | float)
    assert f"        {name}: " in (Thresholds.__doc__ or "")


@pytest.mark.parametrize("name", NAMES)
def test_what_lies_below_every_range_is_refused_by_name(name: str) -> None:
    with pytest.raises(ConfigError, match=f"threshold {name}: -1 "):
        replace(Thresholds(), **{name: -1})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("same_story_coverage", 46),
        ("same_event_topic", math.nan),
        ("shingle_words", 0),
        ("shingle_words", 4.5),
        ("shared_passages_run", math.inf),
        ("passage_words", 0),
    ],
)
def test_a_value_without_meaning_is_refused(name: str, value: float) -> None:
    with pytest.raises(ConfigError, match=name):
        replace(Thresholds(), **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("same_story_coverage", 0), ("same_story_coverage", 1), ("own_words", 0), ("permutations", 1)],
)
def test_the_ends_of_a_range_belong_to_it(name: str, value: float) -> None:
    assert getattr(replace(Thresholds(), **{name: value}), name) == value
