"""The report as JSON, and its JSON Schema: what a program reads, and what it may rely on."""

from __future__ import annotations

import inspect
import re
import sys
from typing import Any

from dedup.report.model import ComparisonReport

#: An entry of an `Attributes:` section: a name, then text that may go on in deeper lines.
_ENTRY = re.compile(r"^ {4}(\w+): (.+(?:\n {5,}.+)*)", re.MULTILINE)


def to_json(report: ComparisonReport) -> str:
    """Return the report as indented JSON, with a line end after the last brace.

    >>> from dedup import Article, compare
    >>> from dedup.report.build import build
    >>> same = compare(Article("The bridge is shut."), Article("The bridge is shut."))
    >>> to_json(build(same)).splitlines()[:3]
    ['{', '  "schema_version": "1",', '  "kind": "comparison",']
    """
    import msgspec

    encoded = msgspec.json.format(msgspec.json.encode(report), indent=2)
    return encoded.decode("utf-8") + "\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every report of a comparison meets.

    Every key is required, and more keys are allowed: a later version may add some.

    >>> schema()["title"]
    'ComparisonReport'
    """
    return schema_of(ComparisonReport, "comparison")


def schema_of(report: type, name: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of report, described by the docstrings of its module."""
    import msgspec

    found = msgspec.json.schema(report)
    definitions = {title: _described(part, report) for title, part in found["$defs"].items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:dedup:schema:{name}:1",
        **definitions.pop(report.__name__),
        "$defs": definitions,
    }


def schema_json() -> str:
    """Return the schema as indented JSON, with a line end after the last brace."""
    import json

    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _described(part: dict[str, Any], report: type) -> dict[str, Any]:
    """Give a definition and each of its properties the description from the docstring."""
    # A report of many comparisons is made of parts that the report of one has.
    places = (sys.modules[report.__module__], sys.modules[ComparisonReport.__module__])
    owner = next(getattr(place, part["title"]) for place in places if hasattr(place, part["title"]))
    text = inspect.getdoc(owner) or ""
    lead, _, attributes = text.partition("\n\nAttributes:\n")
    described = {**part, "description": _joined(lead)}
    if "properties" in part:
        notes = {name: _joined(note) for name, note in _ENTRY.findall(attributes)}
        described["properties"] = {
            name: {"description": notes.get(name, ""), **property_}
            for name, property_ in part["properties"].items()
        }
    return described


def _joined(text: str) -> str:
    return " ".join(text.split())
