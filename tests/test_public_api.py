"""The names that the package promises, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

import dedup

PUBLIC = {
    "Apart", "Article", "Articles", "BadRecord", "Choice", "Cluster", "ComparedPair", "Comparison",
    "ConfigError", "Counts", "Credit", "CreditPlace", "DedupError", "Diff", "Document", "Edit",
    "Evidence", "Fields", "Flag", "FlagKind", "FlagSettings", "InputError", "Kind", "Label",
    "Link", "LinkKind",
    "MissingExtraError", "Mode", "Op", "OutputError", "Pair", "Pairs", "Quotation", "Record",
    "Role", "Run", "Scan", "Scanned", "Severity", "Shape", "Span", "Style", "Thresholds", "Unit",
    "Verdict", "__version__", "compare", "compare_pairs", "load_style", "read_article", "scan",
}  # fmt: skip


def test_the_names() -> None:
    assert sorted(dedup.__all__) == sorted(PUBLIC)
    assert all(getattr(dedup, name) is not None for name in dedup.__all__)


def test_the_version() -> None:
    assert re.match(r"\d+\.\d+\.\d+", dedup.__version__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'comparison'"):
        dedup.comparison  # noqa: B018


@pytest.mark.parametrize(
    ("name", "of_its_module"), [("compare", "Comparison"), ("scan", "ENGINES")]
)
def test_a_function_stays_one_after_the_module_of_its_name_is_imported(
    name: str, of_its_module: str
) -> None:
    code = (
        f"import dedup.{name}, dedup\n"
        f"from dedup.{name} import {of_its_module}\n"
        f"from dedup import {name}\n"
        f"assert callable(dedup.{name}), dedup.{name}\n"
        f"assert {name} is dedup.{name} is dedup.__dict__['{name}']"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_package_imports_nothing_heavy() -> None:
    code = "import dedup, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    heavy = {
        "dedup.scan",
        "multiprocessing",
        "numpy",
        "datasketch",
        "scipy",
        "rich",
        "typer",
        "msgspec",
        "rapidfuzz",
        "sentencex",
    }
    assert heavy.isdisjoint(done.stdout.split())
