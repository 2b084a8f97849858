"""The last stage: from candidates to the roles of all articles, and the pairs that show why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.clusters import Choice
from dedup.detect.linking import Links
from dedup.detect.marking import Furniture
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
    likeness_by_sheets,
    measuring_at_hand,
    measuring_sets,
    measuring_sheets,
)
from dedup.scanning.parts import Part, joined, only, parts_of
from dedup.scanning.sheetfile import SHEETS
from dedup.scanning.sieve import kin_by_samples
from dedup.scanning.spool import Places

if TYPE_CHECKING:
    from dedup.scanning.judging import Likeness

#: With more words in its articles a part is not held in memory, but shared out pair by pair.
HELD_WORDS = 1 << 23


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

    def judged_with(measure: Measure, likeness: Likeness, here: Corpus, among: Links) -> Judged:
        near = kin_by_samples(here.sample, furniture, desk.plan.engine)
        return judged(here, among, choice, Judge(Book(measure), None, near, likeness))

    def at_hand(part: Part) -> Judged:
        by_hand = measuring_at_hand(shelf, scale, places[part.rows])
        return judged_with(*by_hand, only(corpus, part.rows), part.candidates)

    def by_crew(here: Corpus, among: Links, where: Places) -> Judged:
        measure = measuring_sheets(crew, shelf, scale, where, watch)
        likeness = likeness_by_sheets(crew, shelf, scale, where)
        return judged_with(measure, likeness, here, among)

    def in_parts() -> Iterator[tuple[Part, Judged]]:
        small, large = list[Part](), list[Part]()
        for part in parts_of(corpus, candidates):
            fits = corpus.words[part.rows].sum() <= HELD_WORDS
            (small if fits else large).append(part)
        watch.expect(sum(len(part.candidates) for part in small))
        for part, found in zip(small, crew.map_here(at_hand, small), strict=True):
            watch.advance(len(part.candidates))
            yield part, found
        for part in large:
            yield part, by_crew(only(corpus, part.rows), part.candidates, places[part.rows])

    watch.start("verifying", 0, "pairs")
    found = joined(corpus, in_parts()) if scale.compiled else by_crew(corpus, candidates, places)
    return found.articles, verified_pairs(corpus, found, None)
