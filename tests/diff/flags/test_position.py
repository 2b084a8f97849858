"""Another lede, a buried sentence, a raised one; and the headline above them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import Article, compare
from dedup.diff.flags import Flag, FlagKind, FlagSettings, Severity

SENTENCES = (
    "A ferry with 40 people on board ran aground off Port Hale on Monday.",
    "The coast guard brought all passengers ashore within two hours.",
    "Three children were treated for cold in a school gymnasium.",
    "The captain told investigators that the engine had failed twice.",
    "Divers will look for holes in the hull before the next tide.",
    "Harbor workers laid a boom in case oil leaks from the tanks.",
    "A second ship will carry commuters until the end of the month.",
    "The mayor praised fishermen who had sailed out in the dark.",
    "An inspector had found rust on the lifeboats last spring.",
    "Schools on the island stayed shut because teachers could not cross.",
)
SHAPE = (FlagKind.LEDE_REWRITTEN, FlagKind.BURIED, FlagKind.RAISED, FlagKind.HEADLINE_CHANGED)
ALONE = FlagSettings(dict.fromkeys(SHAPE, Severity.LOW))
MIRROR = {FlagKind.BURIED: FlagKind.RAISED, FlagKind.RAISED: FlagKind.BURIED}

orders = st.permutations(SENTENCES)


def flags(a: str, b: str, language: str | None = None) -> tuple[Flag, ...]:
    """Return the flags about the shape of two stories."""
    return compare(Article(a, language=language), Article(b, language=language), flags=ALONE).flags


def kinds(a: str, b: str, language: str | None = None) -> list[str]:
    """Return the kinds of those flags."""
    return [flag.kind.value for flag in flags(a, b, language)]


@given(orders, st.integers(1, 10))
@settings(max_examples=30, deadline=None)
def test_a_story_against_itself_raises_nothing(order: list[str], size: int) -> None:
    text = " ".join(order[:size])
    assert flags(text, text) == ()


@given(orders, orders, st.integers(7, 10))
@settings(max_examples=30, deadline=None)
def test_what_is_buried_one_way_is_raised_the_other(a: list[str], b: list[str], size: int) -> None:
    first, second = " ".join(a[:size]), " ".join(b)
    there, back = flags(first, second), flags(second, first)
    assert {(flag.kind, flag.a, flag.b) for flag in there if flag.kind in MIRROR} == {
        (MIRROR[flag.kind], flag.b, flag.a) for flag in back if flag.kind in MIRROR
    }
    for flag in there:
        assert flag.a is not None and flag.b is not None
        assert first[flag.a.start : flag.a.end] in SENTENCES
        assert second[flag.b.start : flag.b.end] in SENTENCES


def test_the_third_sentence_is_of_the_top_and_the_seventh_of_nine_of_the_last_third() -> None:
    nine = list(SENTENCES[:9])
    moved = [*nine[:2], *nine[3:7], nine[2], *nine[7:]]
    assert kinds(" ".join(nine), " ".join(moved)) == ["buried"]
    moved = [*nine[:2], *nine[3:6], nine[2], *nine[6:]]
    assert kinds(" ".join(nine), " ".join(moved)) == []


def test_eight_sentences_have_no_last_third() -> None:
    eight = list(SENTENCES[:8])
    assert kinds(" ".join(eight), " ".join([eight[0], *eight[2:], eight[1]])) == []


def test_nothing_is_said_of_the_ledes_of_two_stories_that_share_no_sentence() -> None:
    other = "Thieves took a gold crown from the museum. They fled on two motorcycles."
    assert kinds(" ".join(SENTENCES[:4]), other) == []


def test_a_lede_is_rewritten_in_any_language() -> None:
    a = "Ein Schiff ist am Montag vor dem Hafen auf Grund gelaufen. Niemand wurde verletzt."
    b = "Es sollte die letzte Fahrt des Sommers werden, und die Kinder sangen. "
    assert kinds(a, b + "Niemand wurde verletzt.", "de") == ["lede_rewritten"]


def test_a_lede_that_comes_second_is_no_lede() -> None:
    a, b = " ".join(SENTENCES[:5]), " ".join((SENTENCES[4], *SENTENCES[:4]))
    assert kinds(a, b) == ["lede_rewritten"]


def test_a_note_of_correction_above_the_lede_is_no_lede() -> None:
    a = " ".join(SENTENCES[:5])
    assert kinds(a, "CORRECTS: The ferry had 40 people on board, not 14.\n\n" + a) == []


def test_a_lede_that_lost_a_quotation_mark_alone_is_the_same() -> None:
    a = "“Our boats are rotten.” The union's leader spoke on the quay at dawn."
    assert kinds(a, a.replace("”", "")) == []


def test_a_headline_is_compared_without_house_style_and_the_name_of_the_outlet() -> None:
    story = "\n\n" + " ".join(SENTENCES[:4])
    for a, b, changed in (
        ("Ferry runs aground", "Ferry Runs Aground | Harbor Post", False),
        ("Ferry runs aground", "Ferry runs aground – Harbor News", False),
        ("Ferry runs aground", "Ferry runs aground – two dead", True),
        ("Ferry with 13 aboard sinks", "Ferry with thirteen aboard sinks", False),
        ("Ferry with 13 aboard sinks", "Ferry with 30 aboard sinks", True),
    ):
        assert kinds(a + story, b + story) == (["headline_changed"] if changed else [])
