"""Many comparisons as annotations: the ten worst of each kind, over all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from dedup.report.annotations import Level, annotate
from dedup.report.github import Commands, commands, merged, told
from dedup.report.pairs_build import PairLine, RunReport
from dedup.report.pairs_model import PairReport
from dedup.report.quantities import count
from dedup.report.view import View

Part: TypeAlias = Mapping[Level, Commands]


def part(pair: PairReport, line: PairLine, view: View) -> Part:
    """Return what there is to say of a pair: no more than GitHub shows."""
    if pair.comparison is None:
        return told(Level.ERROR, f"{pair.a} and {pair.b} are not compared", pair.error or "")
    return commands(annotate(pair.comparison))


def whole(parts: Iterable[Part], run: RunReport, view: View) -> Iterator[str]:
    """Yield the workflow commands, one a line."""
    alone = [*run.unmatched.a, *run.unmatched.b]
    more = []
    if alone:
        title = f"{count(len(alone), 'article')} without a partner"
        more.append(told(Level.NOTE, title, "\n".join(alone)[:_LONGEST]))
    yield from merged(chain(more, parts))


#: GitHub cuts a message at 4,096 characters.
_LONGEST = 4000
