"""Find the versions of a wire story and say exactly what each outlet changed.

>>> from io import BytesIO
>>> from dedup import compare, read_article
>>> a = read_article(BytesIO(b"PORT HALE (AP) - The old bridge was shut to traffic on Monday."))
>>> b = read_article(BytesIO(b"PORT HALE (AP) - The bridge was shut to traffic on Monday."))
>>> [edit.op for link in compare(a, b).diff.links for edit in link.edits]
[<Op.DELETE: 'delete'>]
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from dedup.article import Article, Kind, Span, Unit
from dedup.compare import Comparison, compare
from dedup.detect import Evidence, Label, Run, Thresholds, Verdict
from dedup.diff import Diff, Edit, Link, LinkKind, Op, Shape, Style
from dedup.diff.flags import Flag, FlagKind, FlagSettings, Severity
from dedup.errors import ConfigError, DedupError, InputError, MissingExtraError, OutputError
from dedup.reading import read_article
from dedup.reading.piece import BadRecord, Fields, Record
from dedup.text import Credit, CreditPlace, Document, Quotation

if TYPE_CHECKING:
    from dedup.diff.house import load_style
    from dedup.pairs import ComparedPair, compare_pairs
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


def __getattr__(name: str) -> object:
    """Import what not every comparison needs when it is asked for: two articles start sooner."""
    found: object
    if name == "__version__":
        from importlib.metadata import version

        found = version("dedup")
    elif name == "scan":
        from dedup.scan import scan

        found = scan
    elif name == "load_style":
        from dedup.diff.house import load_style

        found = load_style
    elif name in ("ComparedPair", "compare_pairs"):
        from dedup import pairs

        found = getattr(pairs, name)
    elif name in __all__:
        from dedup import scanning

        found = getattr(scanning, name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


class _Package(ModuleType):
    """The package, whose `scan` is the function also after the module of that name is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if name != "scan" or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
