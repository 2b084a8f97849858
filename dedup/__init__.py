"""Find the versions of a wire story and say exactly what each outlet changed.

>>> from io import BytesIO
>>> from dedup import compare, read_article
>>> a = read_article(BytesIO(b"PORT HALE (AP) - The old bridge was shut to traffic on Monday."))
>>> b = read_article(BytesIO(b"PORT HALE (AP) - The bridge was shut to traffic on Monday."))
>>> [edit.op for link in compare(a, b).diff.links for edit in link.edits]
[<Op.DELETE: 'delete'>]
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedup.article import Article, Kind, Span, Unit
    from dedup.compare import Comparison, compare
    from dedup.detect import Evidence, Label, Run, Thresholds, Verdict
    from dedup.diff import Diff, Edit, Link, LinkKind, Op, Shape, Style
    from dedup.diff.flags import Flag, FlagKind, FlagSettings, Severity
    from dedup.diff.house import load_style
    from dedup.errors import ConfigError, DedupError, InputError, MissingExtraError, OutputError
    from dedup.pairs import ComparedPair, compare_pairs
    from dedup.reading import read_article
    from dedup.reading.piece import BadRecord, Fields, Record
    from dedup.scan import scan
    from dedup.scanning import (
        Apart,
        Articles,
        Choice,
        Cluster,
        Counts,
        Mode,
        Pair,
        Pairs,
        Role,
        Scan,
        Scanned,
    )
    from dedup.text import Credit, CreditPlace, Document, Quotation

    __version__: str

__all__ = [
    "Apart",
    "Article",
    "Articles",
    "BadRecord",
    "Choice",
    "Cluster",
    "ComparedPair",
    "Comparison",
    "ConfigError",
    "Counts",
    "Credit",
    "CreditPlace",
    "DedupError",
    "Diff",
    "Document",
    "Edit",
    "Evidence",
    "Fields",
    "Flag",
    "FlagKind",
    "FlagSettings",
    "InputError",
    "Kind",
    "Label",
    "Link",
    "LinkKind",
    "MissingExtraError",
    "Mode",
    "Op",
    "OutputError",
    "Pair",
    "Pairs",
    "Quotation",
    "Record",
    "Role",
    "Run",
    "Scan",
    "Scanned",
    "Severity",
    "Shape",
    "Span",
    "Style",
    "Thresholds",
    "Unit",
    "Verdict",
    "__version__",
    "compare",
    "compare_pairs",
    "load_style",
    "read_article",
    "scan",
]


#: Where the names are at home. Each is imported when it is asked for: a scan does without the
#: differ, and help without either.
_HOMES = {
    "dedup.article": ("Article", "Kind", "Span", "Unit"),
    "dedup.compare": ("Comparison", "compare"),
    "dedup.detect": ("Evidence", "Label", "Run", "Thresholds", "Verdict"),
    "dedup.diff": ("Diff", "Edit", "Link", "LinkKind", "Op", "Shape", "Style"),
    "dedup.diff.flags": ("Flag", "FlagKind", "FlagSettings", "Severity"),
    "dedup.diff.house": ("load_style",),
    "dedup.errors": (
        "ConfigError", "DedupError", "InputError", "MissingExtraError", "OutputError"
    ),
    "dedup.pairs": ("ComparedPair", "compare_pairs"),
    "dedup.reading": ("read_article",),
    "dedup.reading.piece": ("BadRecord", "Fields", "Record"),
    "dedup.scan": ("scan",),
    "dedup.scanning": (
        "Apart", "Articles", "Choice", "Cluster", "Counts", "Mode", "Pair", "Pairs", "Role",
        "Scan", "Scanned",
    ),
    "dedup.text": ("Credit", "CreditPlace", "Document", "Quotation"),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import what is asked for."""
    found: object
    if name == "__version__":
        from importlib.metadata import version

        found = version("dedup")
    elif name in _HOME:
        found = getattr(import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


class _Package(ModuleType):
    """The package, whose functions stay what they are when the modules of their names come in."""

    def __setattr__(self, name: str, value: object) -> None:
        if name not in ("compare", "scan") or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
