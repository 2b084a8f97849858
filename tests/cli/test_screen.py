"""What the output can show, as environment and terminal say."""

from __future__ import annotations

import sys

import pytest

from dedup.cli.screen import screen


@pytest.mark.parametrize(
    ("color", "terminal", "environment", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {}, False),
    ],
)
def test_color(
    color: str,
    terminal: bool,
    environment: dict[str, str],
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert screen(False, None, color).color is expected  # type: ignore[arg-type]


def test_a_file_has_no_colour_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert not screen(to_file=True).color
    assert screen(to_file=True, color="always").color


def test_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "133")
    assert screen(to_file=False).width == 133
    assert screen(to_file=False, width=70).width == 70
    assert screen(to_file=True).width == 80


def test_a_file_is_utf8() -> None:
    assert screen(to_file=True).encoding == "utf-8"
