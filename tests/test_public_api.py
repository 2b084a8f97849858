"""The names that the package promises, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

import dedup

PUBLIC = {
    "Apart", "Article", "Articles", "BadRecord", "Choice", "Cluster", "Comparison",
    "ConfigError", "Counts", "Credit", "CreditPlace", "DedupError", "Diff", "Document", "Edit",
    "Evidence", "Fields", "InputError", "Kind", "Label", "Link", "LinkKind",
    "MissingExtraError", "Mode", "Op", "OutputError", "Pair", "Pairs", "Quotation", "Record",
    "Role", "Run", "Scan", "Scanned", "Shape", "Span", "Thresholds", "Unit", "Verdict",
    "__version__", "compare", "read_article", "scan",
}  # fmt: skip


def test_the_names() -> None:
    assert sorted(dedup.__all__) == sorted(PUBLIC)
    assert all(getattr(dedup, name) is not None for name in dedup.__all__)


def test_the_version() -> None:
    assert re.match(r"\d+\.\d+\.\d+", dedup.__version__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'comparison'"):
        dedup.comparison  # noqa: B018


def test_compare_is_the_function_even_after_its_module_is_imported() -> None:
    code = (
        "import dedup.compare, dedup\n"
        "from dedup.compare import Comparison\n"
        "assert callable(dedup.compare), dedup.compare"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_package_imports_nothing_heavy() -> None:
    code = "import dedup, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    heavy = {"numpy", "datasketch", "scipy", "rich", "typer", "msgspec", "rapidfuzz", "sentencex"}
    assert heavy.isdisjoint(done.stdout.split())
