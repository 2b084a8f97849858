"""A message is one line that shows what it names, whatever a file is called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dedup.errors import (
    ConfigError,
    DedupError,
    InputError,
    MissingExtraError,
    OutputError,
    one_line,
)


@given(st.text(st.characters()))
def test_a_line_for_a_message_is_printable(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert len(line.splitlines()) <= 1


@given(st.text(st.characters(categories=["L", "N", "P"])))
def test_a_printable_text_is_shown_as_it_is(text: str) -> None:
    assert one_line(text) == text


def test_every_error_that_a_user_can_mend_has_one_base() -> None:
    for error in (InputError, OutputError, ConfigError, MissingExtraError):
        assert issubclass(error, DedupError)


def test_a_missing_extra_says_how_to_install_it() -> None:
    assert str(MissingExtraError("a.html", "reading a web page", "html")) == (
        "a.html: reading a web page needs an extra: pip install 'dedup[html]'"
    )
