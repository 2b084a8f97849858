"""Overlap: what two articles share, counted on what is compared, and outside quotations."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Article, Kind, Span, Unit
from dedup.detect import Evidence, Thresholds, gather
from dedup.detect.shingles import shingle_hash
from dedup.text import Document, Quotation
from dedup.text.tokens import Tokens, tokenize

LIMITS = Thresholds(permutations=32)


def document(*parts: str) -> Document:
    """One unit a part: `#` marks one that is not compared, `"…"` is a quotation."""
    units, quotations, kept, text = list[Unit](), list[Quotation](), list[Tokens](), ""
    for number, part in enumerate(parts, 1):
        start = len(text)
        text += f"{part}\n"
        kind = Kind.FURNITURE if part.startswith("#") else Kind.BODY
        units.append(Unit(start, len(text) - 1, kind, number, "as the test says"))
        marks = [start + at for at, char in enumerate(part) if char == '"']
        quotations += [
            Quotation(opening, closing + 1, closed=True, depth=0)
            for opening, closing in zip(marks[::2], marks[1::2], strict=True)
        ]
        if kind.compared:
            kept.append(tokenize(text, start))
    tokens = Tokens(
        *(
            tuple(value for side in kept for value in getattr(side, name))
            for name in ("words", "starts", "ends")
        )
    )
    return Document(Article(text), "en", tuple(units), tuple(quotations), (), tokens)


parts = st.lists(st.sampled_from(["a", "b", "c", '"d e f"', '"a b"']), max_size=12).map(" ".join)
units = st.tuples(st.sampled_from(["", "", "# "]), parts).map("".join)
texts = st.lists(units, max_size=5).map(lambda found: document(*found))


def swapped(evidence: Evidence) -> Evidence:
    """The same evidence, seen from the other side."""
    return replace(
        evidence,
        **{
            f"{name}_{side}": getattr(evidence, f"{name}_{other}")
            for name in ("coverage", "words", "unquoted")
            for side, other in ("ab", "ba")
        },
    )


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_every_ratio_is_one_and_the_order_of_the_articles_does_not_matter(
    a: Document, b: Document
) -> None:
    one, other = gather(a, b, LIMITS), swapped(gather(b, a, LIMITS))
    for field in fields(Evidence):
        value, mirrored = getattr(one, field.name), getattr(other, field.name)
        if isinstance(value, float):
            assert 0 <= value <= 1
        # Equal runs tie by order; tiles then may differ, and with them what is covered.
        if field.name.startswith("longest_run"):
            assert (value and value.words) == (mirrored and mirrored.words)
        elif not field.name.startswith(("coverage_a", "coverage_b", "passages")):
            assert value == mirrored, field.name


@settings(max_examples=60, deadline=None)
@given(texts)
def test_an_article_is_identical_to_itself_if_it_has_any_words(a: Document) -> None:
    found = gather(a, a, LIMITS)
    assert found.identical == (len(a.tokens) > 0)
    assert found.jaccard == found.minhash_jaccard == found.containment == found.identical
    assert found.topic == pytest.approx(1) or found.topic == 0


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_figures_outside_quotations_are_those_of_the_plain_definition(
    a: Document, b: Document
) -> None:
    found = gather(a, b, LIMITS)
    one, other = (_own_shingles(side, LIMITS.shingle_words) for side in (a, b))
    sets = [{shingle_hash(words) for words in side.values()} for side in (one, other)]
    smaller = min(map(len, sets))
    shared = len(sets[0] & sets[1])
    assert found.containment_unquoted == (shared / smaller if smaller else 0)

    shares = []
    for side, mine, theirs in ((a, one, other), (b, other, one)):
        own = sum(not quoted for quoted in _quoted(side))
        wording = set(theirs.values())
        taken = {
            at + offset
            for at, words in mine.items()
            if words in wording
            for offset in range(LIMITS.shingle_words)
        }
        shares.append((own, len(taken) / own if own else 0.0))
    assert (found.unquoted_a, found.unquoted_b) == (shares[0][0], shares[1][0])
    fewest = min(own for own, _ in shares)
    assert found.coverage_unquoted == max(share for own, share in shares if own == fewest)


def _quoted(side: Document) -> list[bool]:
    return [
        any(quotation.start <= start < quotation.end for quotation in side.quotations)
        for start in side.tokens.starts
    ]


def _own_shingles(side: Document, size: int) -> dict[int, tuple[str, ...]]:
    """Shingles by their first token: in one piece of compared text, and outside quotations."""
    tokens, quoted = side.tokens, _quoted(side)
    skipped = [unit.start for unit in side.units if not unit.kind.compared]
    return {
        at: tokens.words[at : at + size]
        for at in range(len(tokens) - size + 1)
        if not any(quoted[at : at + size])
        and not any(tokens.starts[at] < place < tokens.ends[at + size - 1] for place in skipped)
    }


def test_a_run_is_told_with_its_place_in_both_texts() -> None:
    a = document("Rain fell on the hills above Orlo all night long.")
    b = document("Officials said it was dry.", "But rain fell on the hills above Orlo.")
    run = gather(a, b, LIMITS).longest_run
    assert run is not None
    assert run.words == 7
    assert a.text[run.a.start : run.a.end] == "Rain fell on the hills above Orlo"
    assert b.text[run.b.start : run.b.end] == "rain fell on the hills above Orlo"


def test_a_quotation_ends_a_run_outside_quotations_only() -> None:
    a = document('The mayor said "we shall rebuild the old bridge" before the vote was taken.')
    found = gather(a, a, LIMITS)
    assert found.longest_run is not None
    assert found.longest_run.words == 14
    assert found.longest_run_unquoted is not None
    assert found.longest_run_unquoted.words == 5
    assert found.unquoted_a == 8


def test_a_unit_that_is_not_compared_ends_a_run() -> None:
    plain = document("Rain fell on the hills all night.", "The river rose by a metre.")
    broken = document(
        "Rain fell on the hills all night.", "# Advertisement", "The river rose by a metre."
    )
    found = gather(plain, broken, LIMITS)
    assert found.identical
    assert found.longest_run is not None
    assert found.longest_run.words == 7
    assert found.passages == 2
    assert found.coverage_a == found.coverage_b == 1


@pytest.mark.parametrize(
    ("a", "b", "jaccard"),
    [
        ("Fire out.", "Fire out!", 1.0),
        ("Fire out.", "Fire on.", 0.0),
        ("Fire out.", "", 0.0),
        ("", "", 0.0),
    ],
)
def test_texts_shorter_than_a_shingle_are_compared_whole(a: str, b: str, jaccard: float) -> None:
    found = gather(document(a), document(b), LIMITS)
    assert found.jaccard == found.minhash_jaccard == found.containment == jaccard
    assert found.identical == bool(jaccard)


def test_no_common_word_is_no_run() -> None:
    found = gather(document("One two three."), document("Four five six."), LIMITS)
    assert found.longest_run is None
    assert found.longest_run_unquoted is None


def test_a_word_shared_is_a_run_of_one_whatever_the_shortest_passage() -> None:
    found = gather(document("One two three."), document("Four two six."), LIMITS)
    assert found.longest_run is not None
    assert (found.longest_run.words, found.longest_run.a) == (1, Span(4, 7))
    assert found.passages == 0
