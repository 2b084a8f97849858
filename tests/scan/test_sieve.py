"""What the sieve says of candidates without a verdict."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from newsdesk import POLICY, story

from dedup.detect.batch import pack
from dedup.detect.buckets import pack_pairs
from dedup.detect.engine import NumpyEngine
from dedup.detect.linking import Links
from dedup.detect.postings import SAMPLE_BELOW
from dedup.scanning.corpus import bring_together
from dedup.scanning.furnishing import FURNITURE
from dedup.scanning.shinglefile import shingle_places
from dedup.scanning.sieve import kin_by_samples
from dedup.scanning.spool import Places, writing

ENGINE = NumpyEngine()


def kin(texts: list[str], folder: Path, furniture: str = "") -> dict[tuple[int, int], bool]:
    """Ask of all pairs of texts whether their samples make them kin."""
    sample = ENGINE.distinct(ENGINE.shingles(pack(texts), 5), SAMPLE_BELOW)
    with writing(str(folder), FURNITURE, 0) as file:
        known = ENGINE.distinct(ENGINE.shingles(pack([furniture]), 5))
        file.write(known.hashes.tobytes())
    a, b = np.array(list(combinations(range(len(texts)), 2))).T
    pairs = pack_pairs(a, b)
    corpus = replace(bring_together([]), sample=sample)
    candidates = Links(pairs, np.ones(len(pairs), np.float32))
    found = kin_by_samples(corpus, candidates, str(folder), ENGINE)(pairs)
    return dict(zip(zip(a.tolist(), b.tolist(), strict=True), found.tolist(), strict=True))


def test_texts_that_share_half_their_wording_are_kin_and_others_are_not(tmp_path: Path) -> None:
    whole = story(1, 40)
    found = kin([" ".join(whole), " ".join(whole[:20]), " ".join(story(2, 40))], tmp_path)
    assert found == {(0, 1): True, (0, 2): False, (1, 2): False}


def test_furniture_makes_no_kin(tmp_path: Path) -> None:
    policy = " ".join([POLICY, *story(9, 20)])
    texts = [f"{policy} {' '.join(story(number, 10))}" for number in (1, 2)]
    assert kin(texts, tmp_path) == {(0, 1): True}
    assert kin(texts, tmp_path, policy) == {(0, 1): False}


def test_a_text_without_a_shingle_is_kin_to_nobody(tmp_path: Path) -> None:
    assert kin(["", "Short.", " ".join(story(1))], tmp_path) == {
        (0, 1): False,
        (0, 2): False,
        (1, 2): False,
    }


def test_shingles_lie_in_the_order_of_the_texts_file_by_file() -> None:
    texts = Places(
        np.array([1, 0, 0, 1, 0], dtype=np.int32),
        np.array([90, 0, 200, 0, 70], dtype=np.int64),
        np.array([10, 70, 30, 90, 130], dtype=np.int64),
    )
    words = np.array([7, 10, 2, 5, 6], dtype=np.int64)
    found = shingle_places(replace(bring_together([]), words=words, places=texts), 5)
    assert found.file.tolist() == [1, 0, 0, 1, 0]
    assert found.size.tolist() == [4 * 3, 4 * 6, 0, 4 * 1, 4 * 2]
    assert found.start.tolist() == [4 * 1, 0, 4 * 8, 0, 4 * 6]
