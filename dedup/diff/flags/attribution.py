"""Flag claims that lost, gained, changed or moved the words that say who makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dedup.article import Span
from dedup.diff.flags.lexicon import lexicon
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.sides import Side, around, counterpart
from dedup.diff.flags.sources import same_source
from dedup.diff.flags.speech import Attribution, Place, attributions
from dedup.text.language import stopwords

#: Least share of a claim's telling words that the other side must have kept.
KEPT = 0.6
#: And the least number of them.
FEWEST = 2
_ENDS = {Place.FRONT, Place.END}


def find(pair: Pair) -> Iterator[Finding]:
    """Yield the attributions that were added, dropped, changed or moved, in English articles.

    A source that still speaks in the link has not been dropped, nor has one whose claim went too.
    """
    if not pair.english:
        return
    for place in pair.reworded():
        a, b = pair.sides(place)
        yield from _in_link(pair, place, (a, b), (_said(a), _said(b)))


def _said(side: Side) -> list[Attribution]:
    """Return the attributions of a side; those that are unsure only where their verb is new."""
    return [one for one in attributions(side) if one.sure or side.twins[one.end - 1] < 0]


def _in_link(
    pair: Pair,
    place: int,
    sides: tuple[Side, Side],
    said: tuple[Sequence[Attribution], Sequence[Attribution]],
) -> Iterator[Finding]:
    (a, b), (said_a, said_b) = sides, said
    alike = [(x, y) for x in said_a for y in said_b if same_source(pair, x.source, y.source)]
    kept_a, kept_b = {x.start for x, _ in alike}, {y.start for _, y in alike}
    left_a = [x for x in said_a if x.start not in kept_a and x.source]
    left_b = [y for y in said_b if y.start not in kept_b and y.source]
    for x, y in _moved(a, b, alike):
        yield Finding(FlagKind.ATTRIBUTION_MOVED, place, _span(a, x), _span(b, y))
    taken = set()
    for x in left_a:
        other = next((y for y in left_b if y.start not in taken and _vouches(a, b, x, y)), None)
        if other is not None:
            taken.add(other.start)
            if x.sure and other.sure:
                yield Finding(FlagKind.ATTRIBUTION_CHANGED, place, _span(a, x), _span(b, other))
        elif _is_gone(a, b, x, said_b, left_b) and not _quoted_nearby(pair, place, a, x, of_a=True):
            yield Finding(FlagKind.ATTRIBUTION_DROPPED, place, _span(a, x), _hole(a, b, x))
    for y in left_b:
        if (
            y.start not in taken
            and _is_gone(b, a, y, said_a, left_a)
            and not _quoted_nearby(pair, place, b, y, of_a=False)
        ):
            yield Finding(FlagKind.ATTRIBUTION_ADDED, place, _hole(b, a, y), _span(b, y))


def _moved(
    a: Side, b: Side, alike: Sequence[tuple[Attribution, Attribution]]
) -> list[tuple[Attribution, Attribution]]:
    """Return the attributions of one claim that lead it on one side and end it on the other."""
    one_claim = [(x, y) for x, y in alike if x.sure and y.sure and _vouches(a, b, x, y)]
    stayed = [(x, y) for x, y in one_claim if x.place is y.place]
    still_a, still_b = {x.start for x, _ in stayed}, {y.start for _, y in stayed}
    return [
        (x, y)
        for x, y in one_claim
        if {x.place, y.place} == _ENDS and not _is_vague(x, y) and x.start not in still_a and y.start not in still_b
    ]


def _is_vague(x: Attribution, y: Attribution) -> bool:
    """Whether a pronoun speaks on one side, and the other is no speech: "according to"."""
    return not (x.spoken and y.spoken) and (x.is_anybody or y.is_anybody)


def _vouches(a: Side, b: Side, x: Attribution, y: Attribution) -> bool:
    """Whether both vouch for the same words, in part."""
    claimed = set(y.claimed)
    return any(_tells(a, i) and counterpart(a, b, i) in claimed for i in x.claimed)


def _is_gone(
    here: Side,
    there: Side,
    one: Attribution,
    others: Sequence[Attribution],
    left: Sequence[Attribution],
) -> bool:
    """Whether a claim stands on the other side, and nobody new vouches for it there."""
    if not one.sure or _is_named(here, there, one):
        return False
    telling = [i for i in one.claimed if _tells(here, i)]
    kept = {j for i in telling if (j := counterpart(here, there, i)) >= 0}
    if len(kept) < max(FEWEST, KEPT * len(telling)):
        return False
    return all(kept.isdisjoint(y.claimed) for y in (*left, *(y for y in others if not y.sure)))


def _is_named(here: Side, there: Side, one: Attribution) -> bool:
    """Whether the other side names the source in new words: it may speak in another way."""
    names = {w for w in one.source if w not in stopwords("en")} - lexicon("speech")["light"]
    return any(there.twins[j] < 0 and word in names for j, word in enumerate(there.words))


def _tells(side: Side, i: int) -> bool:
    return side.words[i] not in stopwords("en")


def _quoted_nearby(pair: Pair, place: int, here: Side, one: Attribution, *, of_a: bool) -> bool:
    """Whether the claim is a quotation, and a sentence beside it on the other side says whose."""
    claimed = list(one.claimed)
    if 2 * sum(map(here.is_quoted, claimed)) <= len(claimed):
        return False
    link = pair.diff.links[place]
    document, units = (pair.b, link.b) if of_a else (pair.a, link.a)
    for beside in {units[0] - 1, units[-1] + 1}:
        if not 0 <= beside < len(document.units):
            continue
        unit = document.units[beside]
        if unit.paragraph == document.units[units[0]].paragraph:
            side = pair.alone(beside, of_a=not of_a)
            if any(same_source(pair, one.source, other.source) for other in attributions(side)):
                return True
    return False


def _span(side: Side, one: Attribution) -> Span:
    return side.span(one.start, one.end)


def _hole(here: Side, there: Side, one: Attribution) -> Span:
    """Return the empty place on the other side where the attribution would stand."""
    at, _ = around(here, there, one.start)
    return there.span(at, at)
