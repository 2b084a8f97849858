"""Golden reports: `pytest tests/report --renew-golden` writes them anew, to be read as text."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write the reports in tests/golden anew"
    )
