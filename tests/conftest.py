"""What tests of every part share: the quality gate."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def floors() -> dict[str, Any]:
    """The scores that may not fall, by section of `tests/floors.toml`."""
    text = Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["floors"]
