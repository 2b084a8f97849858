"""What is set aside of articles, laid end to end by compiled code: see `aside`."""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import U64, lean
from dedup.detect.lanekernel import copy_64


@lean
def _copied(data, at, end, out, to):
    """Copy `data[at:end]` and nothing more; return the place after it."""
    while at + 64 <= end:
        copy_64(data, U64(at), out, U64(to))
        at += 64
        to += 64
    for place in range(at, end):
        out[to] = data[place]
        to += 1
    return to


@lean
def weave_rows(texts, edges, tails, tail_edges, urls, url_edges, placed, out):
    """Write text, tail, `placed` and address of each article, one article behind the other."""
    to = 0
    for row in range(len(edges) - 1):
        to = _copied(texts, edges[row], edges[row + 1], out, to)
        to = _copied(tails, tail_edges[row], tail_edges[row + 1], out, to)
        out[to] = placed
        to = _copied(urls, url_edges[row], url_edges[row + 1], out, to + 1)
