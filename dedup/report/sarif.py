"""Flags as SARIF 2.1.0, the format of OASIS that code scanning reads.

Lines end with `\\n` or `\\r\\n`; columns count Unicode code points, and say so (`columnKind`). A
region is given only where the text is the file's own: a page was read for its article, and the
lines of that are not the page's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, TypeAlias

from dedup.diff.flags.model import DEFAULTS, FlagKind
from dedup.report.annotations import LEVELS, Annotation, Level, Region, annotate
from dedup.report.flagwords import FLAGS
from dedup.report.model import ComparisonReport
from dedup.report.tool import ToolReport

Json: TypeAlias = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

#: Rules that are about the two articles as a whole.
_PAIR: Mapping[str, tuple[str, str]] = {
    "verdict": ("verdict ruled out", "The verdict is one that the policy rules out."),
    "expect": ("verdict not reached", "The articles are further apart than the policy expects."),
    "min_coverage": ("words missing", "B has fewer of A's words than the policy asks for."),
}

#: What a result may be of, in the order in which the log lists them.
_RULES: Sequence[str] = (*FlagKind, *_PAIR)

#: What a result is known again by.
_PRINT = "changedWords/v1"

#: What a viewer would take for a link, and for the place of an argument (SARIF 3.11.5, 3.11.6).
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_ARGUMENT = re.compile(r"\{(\d+)\}")


def render(reports: Sequence[ComparisonReport]) -> str:
    """Return the comparisons as one log with one run, with a line end after the last brace.

    A result points into B, or into A where B has no place for it; the place in the other article
    is a related location. What the policy lets pass is suppressed. `partialFingerprints` hold the
    kind and the words, so that a result is known again when lines move. At least one comparison.
    """
    found = [annotation for report in reports for annotation in annotate(report)]
    allowing = any(annotation.allowed for annotation in found)
    done = {
        "executionSuccessful": True,
        "exitCode": max(report.policy.exit_code for report in reports),
    }
    return "".join(log(reports[0].tool, results(found, allowing), done))


def log(tool: ToolReport, found: Iterable[Json], done: Json) -> Iterator[str]:
    """Yield the parts of a log with one run, a line end after it.

    Args:
        tool: The program.
        found: The results; those that `results` could not tell apart are numbered here.
        done: The invocation (SARIF 3.20): whether it succeeded, its exit code, what went wrong.
    """
    rules = [_rule(rule) for rule in _RULES]
    driver = {"name": tool.name, "version": tool.version, "rules": rules}
    run: Json = {
        "tool": {"driver": driver},
        "invocations": [done],
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    before, after = _written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, 0).rsplit(
        '"results": []', 1
    )
    yield f'{before}"results": ['
    for number, result in enumerate(_numbered(found)):
        yield f"{',' if number else ''}\n{' ' * _DEPTH}{_written(result, _DEPTH)}"
    yield f"\n{' ' * (_DEPTH - 2)}]{after}\n"


#: Columns before a result in the log.
_DEPTH = 8


def _written(value: Json, depth: int) -> str:
    """Return a value as JSON that is indented as what stands at this depth."""
    import json

    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + " " * depth)


def _numbered(found: Iterable[Json]) -> Iterator[Json]:
    """Yield results, those with the same words in the same file told apart by a number."""
    numbers: Counter[str] = Counter()
    for result in found:
        print_ = result["partialFingerprints"][_PRINT]
        numbers[print_] += 1
        yield result | {"partialFingerprints": {_PRINT: f"{print_}:{numbers[print_]}"}}


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


def results(found: Iterable[Annotation], allowing: bool) -> list[Json]:
    """Return annotations as results.

    `allowing` says whether any of the log may be suppressed: all results say whether they are, or
    none does (SARIF 3.27.23).
    """
    made = []
    for annotation in found:
        result: Json = {
            "ruleId": annotation.rule,
            "ruleIndex": _RULES.index(annotation.rule),
            "level": annotation.level,
            "message": {"text": _literal(annotation.message)},
            "locations": [_location(annotation.region)],
            "partialFingerprints": {_PRINT: _fingerprint(annotation)},
        }
        if annotation.other:
            result["relatedLocations"] = [
                _location(annotation.other) | {"id": 1, "message": {"text": "The other article"}}
            ]
        if allowing:
            justified = {"kind": "external", "justification": "The policy lets it pass."}
            result["suppressions"] = [justified] if annotation.allowed else []
        made.append(result)
    return made


def notification(level: Level, message: str) -> Json:
    """Return what is to be said of the run itself (SARIF 3.58)."""
    return {"level": level, "message": {"text": _literal(message)}}


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
