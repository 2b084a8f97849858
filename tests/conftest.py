"""What the tests of every part share: the quality gate, and how golden reports are renewed."""

from __future__ import annotations

import os
import signal
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# CI tries the same examples on every run, so that it fails for a change and not by chance; at a
# desk hypothesis goes on looking for new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

#: No doctests are looked for here: two modules named `conftest` could not be told apart.
collect_ignore_glob = ["conftest.py", "*/conftest.py"]


# What runs in the background is started with Ctrl-C ignored, and hands that on to all it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def floors() -> dict[str, Any]:
    """The scores that may not fall, by section of `tests/floors.toml`."""
    text = Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["floors"]


@pytest.fixture
def no_hang() -> Iterator[None]:
    """End a test that hangs: for inputs on which a careless pattern takes minutes.

    No test of speed (those are in `benchmarks/`): what should take a second has a minute.
    """

    def stop(*_: object) -> None:
        pytest.fail("it hangs: something takes more than linear time")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the reports in `tests/golden` anew, to be read as text."""
    parser.addoption("--renew-golden", action="store_true", help="write golden reports anew")
