"""The last stage: from candidates to the roles of all articles, and the pairs that show why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.buckets import paired
from dedup.detect.clusters import Choice
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.linking import Links
from dedup.detect.marking import Furniture
from dedup.scanning.columns import Articles, Pairs
from dedup.scanning.deciding.book import Book
from dedup.scanning.deciding.grouping import Judged, judged, verified_pairs
from dedup.scanning.deciding.judging import Judge
from dedup.scanning.deciding.measuring import (
    Counter,
    Scale,
    Shelf,
    likeness_by_sheets,
    measuring_at_hand,
    measuring_sets,
    measuring_sheets,
)
from dedup.scanning.deciding.parts import Part, joined, only, parts_of, unnamed, words_at_hand
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.outlining.sheetfile import SHEETS, make_sheets, sheets_at_hand
from dedup.scanning.proposing.sieve import HELD_WORDS, kin_among, kin_by_samples

if TYPE_CHECKING:
    from dedup.detect.digests import Kin


class Terms(NamedTuple):
    """By what sheets are made and weighed.

    Attributes:
        scale: How they are weighed.
        furniture: Shingles that do not count.
    """

    scale: Scale
    furniture: Furniture


def verify_sets(
    desk: Desk, corpus: Corpus, candidates: Links, counter: Counter, choice: Choice
) -> tuple[Articles, Pairs]:
    """Return all articles with their roles, and the pairs that were measured: classic mode."""
    desk.watch.start("verifying", 0, "pairs")  # how many is known when they are asked for
    judge = Judge(Book(measuring_sets(desk.crew, counter, desk.watch)), counter.threshold)
    found = judged(corpus, candidates, choice, judge)
    return found.articles, verified_pairs(corpus, found, counter.threshold)


def verify_sheets(
    desk: Desk, corpus: Corpus, candidates: Links, by: Terms, choice: Choice
) -> tuple[Articles, Pairs]:
    """Do what `verify_sets` does in stories mode."""
    compiled = by.scale.compiled and isinstance(desk.plan.engine, KernelEngine)
    near = kin_by_samples(corpus.sample, by.furniture, desk.plan.engine)
    judge_all = _in_parts if compiled else _as_a_whole
    found = judge_all(desk, corpus, candidates, by, near, choice)
    return found.articles, verified_pairs(corpus, found, None)


def _in_parts(  # noqa: PLR0913, PLR0917
    desk: Desk, corpus: Corpus, candidates: Links, by: Terms, near: Kin, choice: Choice
) -> Judged:
    """Judge part by part, each by one worker; a part that is too large by all of them."""
    import numpy as np

    def at_hand(part: Part) -> Judged:
        here = only(corpus, part.rows)
        asked = np.flatnonzero(here.is_first)
        flat, order = sheets_at_hand(here, asked, desk.plan, by.furniture)
        number = np.zeros(len(here), dtype=np.int64)
        number[order] = np.arange(len(order))
        measure, likeness = measuring_at_hand(flat, number, by.scale.limits)
        judge = Judge(Book(measure), None, kin_among(part.rows, near), likeness)
        return unnamed(judged(here, part.candidates, choice, judge))

    def one_by_one() -> Iterator[tuple[Part, Judged]]:
        small, large = list[Part](), list[Part]()
        for part in parts_of(corpus, candidates):
            fits = words_at_hand(corpus, part.rows).sum() <= HELD_WORDS
            (small if fits else large).append(part)
        desk.watch.start("verifying", sum(len(part.candidates) for part in small), "pairs")
        for part, found in zip(small, desk.crew.map_with(at_hand, small), strict=True):
            desk.watch.advance(len(part.candidates))
            yield part, found
        for part in large:
            here, kin = only(corpus, part.rows), kin_among(part.rows, near)
            yield part, _as_a_whole(desk, here, part.candidates, by, kin, choice)

    return joined(corpus, one_by_one())


def _as_a_whole(  # noqa: PLR0913, PLR0917
    desk: Desk, corpus: Corpus, candidates: Links, by: Terms, near: Kin, choice: Choice
) -> Judged:
    """Judge all at once, with sheets in files: all workers share what there is to do."""
    import numpy as np

    wanted = paired(candidates.pairs, len(corpus))
    wanted[corpus.twin_of[corpus.twins]] = True
    rows = np.flatnonzero(wanted)
    desk.watch.start("segmenting", len(rows), "articles")
    places = make_sheets(desk, corpus, rows, by.furniture)
    desk.watch.start("verifying", 0, "pairs")  # how many is known when they are asked for
    shelf = Shelf(desk.plan.folder, SHEETS)
    measure = measuring_sheets(desk.crew, shelf, by.scale, places, desk.watch)
    likeness = likeness_by_sheets(desk.crew, shelf, by.scale, places)
    return judged(corpus, candidates, choice, Judge(Book(measure), None, near, likeness))
