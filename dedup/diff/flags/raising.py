"""Run every detector over a pair, and say how grave each finding is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dedup.diff.flags import (
    attribution,
    corrections,
    dates,
    headline,
    hedges,
    names,
    negation,
    numbers,
    places,
    position,
    quotes,
    tense,
    titles,
)
from dedup.diff.flags.model import Finding, Flag, FlagSettings
from dedup.diff.flags.pair import Pair
from dedup.diff.model import Diff
from dedup.diff.rules import Style
from dedup.text.document import Document

#: A detector takes a pair and yields what it sees, each kind by one detector alone.
Detector = Callable[[Pair], Iterator[Finding]]

DETECTORS: tuple[Detector, ...] = (
    quotes.find,
    numbers.find,
    dates.find,
    attribution.find,
    hedges.find,
    negation.find,
    tense.find,
    corrections.find,
    headline.find,
    position.find,
    names.find,
    titles.find,
    places.find,
)


def raise_flags(
    a: Document,
    b: Document,
    diff: Diff,
    settings: FlagSettings | None = None,
    style: Style | None = None,
) -> tuple[Flag, ...]:
    """Return the changes that matter, in order of the first article, then of the second.

    Linear in the words of both articles, but for what the diff itself costs.
    """
    severities = (settings or FlagSettings()).severities
    pair = Pair(a, b, diff, style or Style.builtin())
    found = {finding for detector in DETECTORS for finding in detector(pair)}
    flags = [
        Flag(finding.kind, severities[finding.kind], finding.link, finding.a, finding.b)
        for finding in found
        if finding.kind in severities
    ]
    return tuple(sorted(flags, key=_place))


def _place(flag: Flag) -> tuple[int, int, int, int, str]:
    a, b = ((-1, -1) if span is None else (span.start, span.end) for span in (flag.a, flag.b))
    return (*a, *b, flag.kind.value)
