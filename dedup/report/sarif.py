"""Flags as SARIF 2.1.0, the format of OASIS that code scanning reads.

Lines end with `\\n` or `\\r\\n`; columns count Unicode code points, and say so (`columnKind`). A
region is given only where the text is the file's own: a page was read for its article, and the
lines of that are not the page's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, TypeAlias

from dedup.diff.flags.model import DEFAULTS, FlagKind
from dedup.report.annotations import LEVELS, Annotation, Level, Region, annotate
from dedup.report.flagwords import FLAGS
from dedup.report.model import ComparisonReport

Json: TypeAlias = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

#: Rules that are about the two articles as a whole.
_PAIR: Mapping[str, tuple[str, str]] = {
    "verdict": ("verdict ruled out", "The verdict is one that the policy rules out."),
    "expect": ("verdict not reached", "The articles are further apart than the policy expects."),
    "min_coverage": ("words missing", "B has fewer of A's words than the policy asks for."),
}

#: What a viewer would take for a link, and for the place of an argument (SARIF 3.11.5, 3.11.6).
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_ARGUMENT = re.compile(r"\{(\d+)\}")


def render(reports: Sequence[ComparisonReport]) -> str:
    """Return the comparisons as one log with one run, with a line end after the last brace.

    A result points into B, or into A where B has no place for it; the place in the other article
    is a related location. What the policy lets pass is suppressed. `partialFingerprints` hold the
    kind and the words, so that a result is known again when lines move. At least one comparison.
    """
    import json

    found = [annotation for report in reports for annotation in annotate(report)]
    rules = [*FlagKind, *_PAIR]
    tool = reports[0].tool
    run: Json = {
        "tool": {
            "driver": {
                "name": tool.name,
                "version": tool.version,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "exitCode": max(report.policy.exit_code for report in reports),
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": _results(found, rules),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: str) -> Json:
    kind = FlagKind(rule) if rule in FLAGS else None
    name, meaning = _PAIR[rule] if kind is None else FLAGS[kind]
    severity = None if kind is None else DEFAULTS.get(kind)
    level = Level.ERROR if kind is None else LEVELS[severity] if severity else Level.NOTE
    return {
        "id": rule,
        "shortDescription": {"text": f"{name.capitalize()}."},
        "fullDescription": {"text": meaning},
        "help": {
            "text": f"{meaning} A is the first article, B the second. The policy decides whether "
            f"it fails: --fail-on, --allow {rule}."
            if kind
            else meaning
        },
        "defaultConfiguration": {"level": level, "enabled": kind is None or severity is not None},
    }


def _results(found: Sequence[Annotation], rules: Sequence[str]) -> list[Json]:
    numbers: Counter[str] = Counter()
    results = []
    for annotation in found:
        print_ = _fingerprint(annotation)
        numbers[print_] += 1
        result: Json = {
            "ruleId": annotation.rule,
            "ruleIndex": rules.index(annotation.rule),
            "level": annotation.level,
            "message": {"text": _literal(annotation.message)},
            "locations": [_location(annotation.region)],
            "partialFingerprints": {"changedWords/v1": f"{print_}:{numbers[print_]}"},
        }
        if annotation.other:
            result["relatedLocations"] = [
                _location(annotation.other) | {"id": 1, "message": {"text": "The other article"}}
            ]
        if any(other.allowed for other in found):  # all results have it, or none (SARIF 3.27.23)
            justified = {"kind": "external", "justification": "The policy lets it pass."}
            result["suppressions"] = [justified] if annotation.allowed else []
        results.append(result)
    return results


def _location(region: Region) -> Json:
    place: Json = {"artifactLocation": _artifact(region)}
    if region.start and region.end:
        place["region"] = {
            "startLine": region.start.line,
            "startColumn": region.start.column,
            "endLine": region.end.line,
            "endColumn": region.end.column,
        }
    return {"physicalLocation": place}


def _artifact(region: Region) -> Json:
    if region.path is None:
        return {"description": {"text": _literal(region.name)}}
    return {"uri": _uri(region.path)}


def _uri(path: str) -> str:
    """Return a path as a reference: relative ones as they are, so that a repository resolves them.

    >>> _uri("wire/30% off.txt")
    'wire/30%25%20off.txt'
    """
    from urllib.parse import quote

    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix(), errors="replace")


def _fingerprint(annotation: Annotation) -> str:
    """Return a digest of what was seen, whatever its line."""
    from hashlib import sha256

    words = (" ".join(words.split()) for words in annotation.words)
    parts = (annotation.rule, annotation.region.path or "", *words)
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _literal(text: str) -> str:
    """Return a text that a viewer shows as it is.

    >>> _literal("see [here](x) or {0} [sic]")
    'see \\\\[here](x) or {{0}} [sic]'
    """
    return _ARGUMENT.sub(r"{{\1}}", _LINK.sub(r"\\[", text))
