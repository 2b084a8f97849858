"""What is set aside is read as it was written, or an error says that it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from dedup.scanning.spool import Places, Reader, SpoolError, spool_file, writing, writing_over

PIECES = [[b"The dam", b" holds."], [b"", b"The levee", b" does not."]]


def set_aside(folder: Path) -> Places:
    for number, pieces in enumerate(PIECES):
        with writing(str(folder), "texts", number) as file:
            file.writelines(pieces)
    sizes = [[len(piece) for piece in pieces] for pieces in PIECES]
    return Places(
        np.repeat(np.arange(2, dtype=np.int32), [len(size) for size in sizes]),
        np.concatenate([np.cumsum(size) - size for size in sizes]),
        np.concatenate(sizes),
    )


@pytest.mark.parametrize("at_once", [True, False], ids=["preadv", "without preadv"])
def test_pieces_are_read_one_by_one_or_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.delattr(os, "preadv", raising=False)
    places = set_aside(tmp_path)[np.array([4, 0, 2, 3, 1])]
    with Reader(str(tmp_path), "texts") as reader:
        pieces = list(reader.each(places))
        together = bytearray(sum(map(len, pieces)))
        reader.fill(places, memoryview(together))
    assert pieces == [b" does not.", b"The dam", b"", b"The levee", b" holds."]
    assert bytes(together) == b"".join(pieces)


def test_what_became_shorter_is_an_error(tmp_path: Path) -> None:
    places = set_aside(tmp_path)
    spool_file(str(tmp_path), "texts", 1).write_bytes(b"The")
    with Reader(str(tmp_path), "texts") as reader:
        with pytest.raises(SpoolError, match="shorter"):
            list(reader.each(places))
        with pytest.raises(SpoolError, match="shorter"):
            reader.fill(places, memoryview(bytearray(int(places.size.sum()))))


@pytest.mark.parametrize("spent", [b"", b"An old and long piece.", None])
def test_a_file_that_nobody_needs_is_written_over(tmp_path: Path, spent: bytes | None) -> None:
    folder = str(tmp_path)
    if spent is not None:
        spool_file(folder, "shingles", 3).write_bytes(spent)
    with writing_over("shingles", folder, "sheets", 3) as file:
        file.writelines([b"The levee", b" holds."])
    places = Places(np.array([3, 3], dtype=np.int32), np.array([0, 9]), np.array([9, 7]))
    with Reader(folder, "sheets") as reader:
        assert list(reader.each(places)) == [b"The levee", b" holds."]
    assert not spool_file(folder, "shingles", 3).exists()
