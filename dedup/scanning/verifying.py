"""The last stage: from candidates to the roles of all articles, and the pairs that show why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dedup.detect.clusters import Choice
from dedup.detect.linking import Links
from dedup.detect.marking import Furniture
from dedup.progress import Silent
from dedup.scanning.book import Book, Measure
from dedup.scanning.columns import Articles, Pairs
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
from dedup.scanning.grouping import Judged, judged, verified_pairs
from dedup.scanning.judging import Judge
from dedup.scanning.measuring import (
    Counter,
    Scale,
    Shelf,
    measuring_at_hand,
    measuring_sets,
    measuring_sheets,
)
from dedup.scanning.parts import Part, joined, only, parts_of
from dedup.scanning.sheetfile import SHEETS
from dedup.scanning.sieve import kin_by_samples
from dedup.scanning.spool import Places
from dedup.scanning.watch import Watch

#: With more articles a part is not held in memory, but shared out pair by pair.
HELD_ROWS = 1 << 14


class Sheets(NamedTuple):
    """The sheets of the articles that have candidates.

    Attributes:
        scale: How they are weighed.
        places: Where they lie, by row.
        furniture: Shingles that do not count.
    """

    scale: Scale
    places: Places
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
    desk: Desk, corpus: Corpus, candidates: Links, sheets: Sheets, choice: Choice
) -> tuple[Articles, Pairs]:
    """Do what `verify_sets` does in stories mode; where sheets are compiled, part by part."""
    scale, places, furniture = sheets
    crew, watch, shelf = desk.crew, desk.watch, Shelf(desk.plan.folder, SHEETS)

    def judged_part(part: Part) -> Judged:
        here, lie = only(corpus, part.rows), places[part.rows]
        if len(part.rows) <= HELD_ROWS:
            measure = measuring_at_hand(shelf, scale, lie)
        else:
            measure = measuring_sheets(crew, shelf, scale, lie, Watch(Silent()))
        return judged_with(measure, here, part.candidates)

    def judged_with(measure: Measure, here: Corpus, candidates: Links) -> Judged:
        near = kin_by_samples(here.sample, furniture, desk.plan.engine)
        return judged(here, candidates, choice, Judge(Book(measure), None, near))

    def in_parts() -> Iterator[tuple[Part, Judged]]:
        watch.start("verifying", len(candidates), "pairs")
        parts = list(parts_of(corpus, candidates))
        for part, found in zip(parts, crew.map_here(judged_part, parts), strict=True):
            watch.advance(len(part.candidates))
            yield part, found

    if scale.compiled:
        found = joined(corpus, in_parts())
    else:
        watch.start("verifying", 0, "pairs")
        measure = measuring_sheets(crew, shelf, scale, places, watch)
        found = judged_with(measure, corpus, candidates)
    return found.articles, verified_pairs(corpus, found, None)
