"""The comparison stage by stage, each with the time it took: what `--verbose` runs."""

from __future__ import annotations

from dedup import Article, Comparison
from dedup.cli.settings import Rules
from dedup.cli.talk import Talk
from dedup.detect import gather, judge
from dedup.diff import diff
from dedup.diff.flags import raise_flags
from dedup.text import Document, segment


def compare_aloud(a: Article, b: Article, rules: Rules, talk: Talk) -> Comparison:
    """Return what `dedup.compare` returns, and say what each stage decided."""
    with talk.stage("sentences"):
        first, second = segment(a), segment(b)
    for name, document in (("A", first), ("B", second)):
        _describe(name, document, talk)
    with talk.stage("evidence"):
        evidence = gather(first, second, rules.thresholds)
    with talk.stage("verdict"):
        verdict = judge(evidence, rules.thresholds)
    talk.say(f"label {verdict.label}: {verdict.reason}")
    with talk.stage("alignment"):
        found = diff(first, second, rules.style)
    moved = sum(link.moved for link in found.links)
    talk.say(
        f"{len(found.links)} links, {moved} of them moved; "
        f"{len(found.only_a)} units only in A, {len(found.only_b)} only in B"
    )
    with talk.stage("flags"):
        flags = raise_flags(first, second, found, rules.flags, rules.style)
    return Comparison(first, second, verdict, rules.thresholds, found, flags)


def _describe(name: str, document: Document, talk: Talk) -> None:
    compared = sum(unit.kind.compared for unit in document.units)
    origin = "as given" if document.article.language else "recognised"
    credits = ", ".join(dict.fromkeys(credit.agency for credit in document.credits)) or "none"
    talk.say(
        f"{name}: language {document.language} ({origin}), {compared} of {len(document.units)} "
        f"units compared, {len(document.tokens)} words, agencies: {credits}"
    )
