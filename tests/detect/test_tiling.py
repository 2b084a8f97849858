"""Tiling: the passages that Wise's definition gives, found fast."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect.tiling import Tile, longest_run, passages, windows

Rooms = list[int]


def whole(words: list[str]) -> Rooms:
    return list(range(len(words), 0, -1))


def broken(words: list[str], breaks: list[bool]) -> Rooms:
    """Room where the tokens that `breaks` marks belong to no run."""
    room: Rooms = []
    for at in reversed(range(len(words))):
        room.append(0 if breaks[at] else 1 + (room[-1] if room else 0))
    return room[::-1]


def tiles(a: list[str], b: list[str], minimum: int, rooms: tuple[Rooms, Rooms]) -> list[Tile]:
    room = np.array(rooms[0] + rooms[1], dtype=np.int64)
    return passages(windows(a, b, room), room, minimum)


def longest(a: list[str], b: list[str], rooms: tuple[Rooms, Rooms]) -> Tile | None:
    room = np.array(rooms[0] + rooms[1], dtype=np.int64)
    return longest_run(windows(a, b, room), room)


def by_definition(
    a: list[str], b: list[str], minimum: int, rooms: tuple[Rooms, Rooms]
) -> list[Tile]:
    """Wise (1993) word for word: the longest run of free tokens, marked, again and again."""
    marked_a, marked_b, found = [False] * len(a), [False] * len(b), list[Tile]()
    while True:
        best = Tile(0, 0, 0)
        for i in range(len(a)):
            for j in range(len(b)):
                length = 0
                while (
                    length < min(rooms[0][i], rooms[1][j])
                    and a[i + length] == b[j + length]
                    and not marked_a[i + length]
                    and not marked_b[j + length]
                ):
                    length += 1
                if length > best.length:
                    best = Tile(length, i, j)
        if best.length < minimum:
            return found
        found.append(best)
        for offset in range(best.length):
            marked_a[best.a + offset] = marked_b[best.b + offset] = True


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[str], list[str], tuple[Rooms, Rooms]]:
    """Two texts over few words, so that runs repeat, overlap and compete; some words are barred."""
    words = st.lists(st.sampled_from(draw(st.sampled_from(["ab", "abcd"]))), max_size=18)
    a, b = draw(words), draw(words)
    barred = [
        draw(
            st.lists(st.sampled_from([False] * 9 + [True]), min_size=len(side), max_size=len(side))
        )
        for side in (a, b)
    ]
    return a, b, (broken(a, barred[0]), broken(b, barred[1]))


@settings(max_examples=300)
@given(pairs(), st.integers(1, 5))
def test_passages_are_those_of_the_definition(
    pair: tuple[list[str], list[str], tuple[Rooms, Rooms]], minimum: int
) -> None:
    a, b, rooms = pair
    assert tiles(a, b, minimum, rooms) == by_definition(a, b, minimum, rooms)


@settings(max_examples=150)
@given(pairs())
def test_the_longest_run_is_the_first_tile_of_any_length(
    pair: tuple[list[str], list[str], tuple[Rooms, Rooms]],
) -> None:
    a, b, rooms = pair
    first = by_definition(a, b, 1, rooms)[:1]
    assert longest(a, b, rooms) == (first[0] if first else None)


@pytest.mark.parametrize(
    ("a", "b", "minimum", "expected"),
    [
        ("a b c x d e f", "d e f y a b c", 3, [(3, 0, 4), (3, 4, 0)]),  # moved
        ("a b c a b c", "a b c", 3, [(3, 0, 0)]),  # repeated on one side: taken once
        ("a b a b a", "a b a b", 2, [(4, 0, 0)]),  # a run that overlaps itself
        ("a b c d e", "a b x c d e", 3, [(3, 2, 3)]),  # too short a rest is no passage
        ("a b c d", "e f g h", 1, []),
        ("", "a", 1, []),
        ("", "", 1, []),
    ],
)
def test_cases_to_read(a: str, b: str, minimum: int, expected: list[tuple[int, int, int]]) -> None:
    one, two = a.split(), b.split()
    assert tiles(one, two, minimum, (whole(one), whole(two))) == [Tile(*tile) for tile in expected]


def test_a_run_ends_where_its_room_ends() -> None:
    words = ["one", "two", "three", "four", "five"]
    barred = broken(words, [False, False, True, False, False])
    assert longest(words, words, (barred, whole(words))) == Tile(2, 0, 0)


def _same() -> tuple[list[str], list[str]]:
    words = [f"w{number * 7919 % 3001}" for number in range(20_000)]
    return words, list(words)


def _one_word() -> tuple[list[str], list[str]]:
    return ["a"] * 20_000, ["a"] * 20_000


def _template() -> tuple[list[str], list[str]]:
    return (
        [
            word
            for number in range(2500)
            for word in ("the", "side", "won", "by", "two", f"a{number}")
        ],
        [
            word
            for number in range(2500)
            for word in ("the", "side", "won", "by", "two", f"b{number}")
        ],
    )


def _every_length() -> tuple[list[str], list[str]]:
    """Blocks of 1, 2, 3 … words in opposite order: as many rounds as there can be."""
    sizes = range(1, 200)
    return (
        [f"{size}.{at}" for size in sizes for at in range(size)],
        [f"{size}.{at}" for size in reversed(sizes) for at in range(size)],
    )


@pytest.mark.parametrize("make", [_same, _one_word, _template, _every_length])
@pytest.mark.usefixtures("no_hang")
def test_texts_of_20_000_words_take_near_linear_time(
    make: Callable[[], tuple[list[str], list[str]]],
) -> None:
    a, b = make()
    rooms = (whole(a), whole(b))
    found = tiles(a, b, 5, rooms)
    assert all(a[t.a : t.a + t.length] == b[t.b : t.b + t.length] for t in found)
    taken = [at for t in found for at in range(t.a, t.a + t.length)]
    assert len(taken) == len(set(taken)) > 10_000
