"""Many comparisons for the page of a job: a table of all, and each folded below it.

GitHub shows no summary of a step that is larger than 1 MiB. Pairs that somebody must look at
come first; what does not fit is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from dedup.report import markdown
from dedup.report.markdown import escaped, in_html
from dedup.report.pairs_build import PairLine, RunReport
from dedup.report.pairs_model import PairReport
from dedup.report.pairs_wording import cells, columns, counts, headline
from dedup.report.quantities import count
from dedup.report.view import View

#: Bytes of a report, with some room for what is said of the rest.
LARGEST = 1024 * 1024 - 4096
#: Bytes of the table, and of each list of articles without a partner.
_LARGEST_TABLE = 512 * 1024
_LARGEST_LIST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A pair in the table, and the whole of it."""

    line: PairLine
    details: str


def part(pair: PairReport, line: PairLine, view: View) -> Part:
    """Return what is told of a pair."""
    if pair.comparison is None:
        return Part(line, "")
    return Part(line, markdown.render(pair.comparison, view))


def whole(parts: Collection[Part], run: RunReport, view: View) -> Iterator[str]:
    """Yield the report, piece by piece: GitHub Markdown of less than 1 MiB in UTF-8."""
    title, rest = headline(run)
    head = [f"## {escaped(title)}: {escaped(rest)}\n"]
    if run.policy.failed_pairs:
        head.append(f"\n**Policy failed by {count(run.policy.failed_pairs, 'pair')}**\n")
    head.append(_counts(run))
    head.append(_above(run))
    left = LARGEST
    for text in chain(head, _bounded(_rows(parts, run), _LARGEST_TABLE, "pair")):
        left -= _size(text)
        yield text
    for name, paths in (("A", run.unmatched.a), ("B", run.unmatched.b)):
        for text in _alone(name, paths):
            left -= _size(text)
            yield text
    if not view.summary:
        yield from _folded(parts, left)


def _counts(run: RunReport) -> str:
    told = ((escaped(label.strip()), escaped(value)) for label, value in counts(run))
    rows = "".join(f"| {label} | {value} |\n" for label, value in told)
    return f"\n| Counts | |\n| --- | --- |\n{rows}"


def _above(run: RunReport) -> str:
    titles = ("A", "B", *columns(run))
    rules = ("---", "---", "---", "---", "---:", "---:", "---:", "---")
    return f"\n| {' | '.join(titles)} |\n| {' | '.join(rules)} |\n"


def _rows(parts: Iterable[Part], run: RunReport) -> Iterator[str]:
    for one in parts:
        line = one.line
        values = map(escaped, (line.a, line.b, *cells(line, run)))
        if line.error is None:
            yield f"| {' | '.join(values)} |\n"
        else:
            a, b, verdict, *others = values
            told = f"**{verdict}**: {escaped(line.error)}"
            yield f"| {' | '.join((a, b, told, *others))} |\n"


def _alone(side: str, paths: Collection[str]) -> Iterator[str]:
    if paths:
        yield f"\n### Only in {side}: {len(paths):,}\n\n"
        yield from _bounded((f"- {escaped(path)}\n" for path in paths), _LARGEST_LIST, "article")


def _bounded(lines: Iterable[str], most: int, noun: str) -> Iterator[str]:
    """Yield as many lines as fit, and how many more there are."""
    left_out = 0
    for line in lines:
        most -= _size(line)
        if most >= 0:
            yield line
        else:
            left_out += 1
    if left_out:
        yield f"\n_… and {count(left_out, f'more {noun}')}_\n"


def _folded(parts: Collection[Part], left: int) -> Iterator[str]:
    """Yield each pair folded, those first that must be looked at, as many as there is room for."""
    left_out = 0
    for pressing in (True, False):
        for one in parts:
            if one.details and one.line.pressing is pressing:
                text = _fold(one)
                if _size(text) <= left:
                    left -= _size(text)
                    yield text
                else:
                    left_out += 1
    if left_out:
        yield f"\n_{count(left_out, 'more comparison')} left out: a summary holds no more._\n"


def _fold(one: Part) -> str:
    line = one.line
    names = f"{in_html(line.a)} → {in_html(line.b)}"
    sign = "❌ " if line.failures else "⚠️ " if line.grave else ""
    return (
        f"\n<details><summary>{sign}<b>{names}</b>: {line.label}</summary>\n\n"
        f"{one.details}\n</details>\n"
    )


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
