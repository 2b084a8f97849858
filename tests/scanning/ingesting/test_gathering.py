"""Digests say which articles are the same."""

from __future__ import annotations

import importlib.util

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect.batch import lay
from dedup.detect.engine import Engine, NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.reading.piece import Record
from dedup.scanning.ingesting.gathering import groups_of, prints_of, tail_of

ENGINES: list[Engine] = [NumpyEngine()]
if importlib.util.find_spec("numba"):
    ENGINES.append(KernelEngine())

#: Bytes that differ in little: in length, in the last of eight, in where a text ends.
BYTES = st.one_of(
    st.binary(max_size=20), st.sampled_from([b"", b"\0", b"\0" * 8, b"\0" * 9, b"dam", b"dam\0"])
)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@settings(deadline=None)
@given(rows=st.lists(st.tuples(BYTES, BYTES.map(lambda tail: b"\xfe" + tail)), max_size=12))
def test_digests_are_equal_where_text_and_tail_are(
    engine: Engine, rows: list[tuple[bytes, bytes]]
) -> None:
    found = prints_of(lay([text for text, _ in rows]), lay([tail for _, tail in rows]), engine)
    prints = list(map(tuple, found.tolist()))
    assert [[a == b for a in rows] for b in rows] == [[a == b for a in prints] for b in prints]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@pytest.mark.parametrize("size", [45, 64, 65, 127, 128, 131, 192, 250])
def test_a_single_other_byte_makes_another_digest(engine: Engine, size: int) -> None:
    text = bytes(range(1, size + 1)).replace(b"?", b"!")
    others = [text[:place] + b"?" + text[place + 1 :] for place in range(len(text))]
    found = prints_of(lay([text, *others]), lay([b"\xfe"] * (size + 1)), engine)
    assert {len(set(half)) for half in found.T.tolist()} == {size + 1}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_what_changes_places_makes_another_digest(engine: Engine) -> None:
    parts = [bytes([letter]) * 8 for letter in b"abcdefghijklmnopqrstuvwxyz"]
    texts = [b"".join([*parts[turn:], *parts[:turn]]) for turn in range(len(parts))]
    found = prints_of(lay(texts), lay([b"\xfe"] * len(texts)), engine)
    assert {len(set(half)) for half in found.T.tolist()} == {len(texts)}


def record(title: str | None = None, language: str | None = None) -> Record:
    return Record("a1", "It holds.", title, "Post", "2024", None, language, "", 0)


def test_a_tail_tells_titles_and_languages_apart() -> None:
    records = [record(), record(""), record("en"), record(None, "en"), record("en", "en")]
    assert len({tail_of(one) for one in records}) == len(records)


def test_a_group_ends_before_it_is_too_large() -> None:
    sizes = [len(group.texts) for group in groups_of([record()] * 600, [])]
    assert sizes == [256, 256, 88]
