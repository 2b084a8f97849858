"""Pages that hold passages of several stories: news in brief, and live pages."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from newsroom.edits import Edition, Paragraph, length
from newsroom.phrasebook import Voice

#: A passage in a digest ends with the sentence that brings it to so many words.
PASSAGE = (30, 90)


def digest(rng: Random, news: Sequence[Edition], day: str) -> Edition:
    """Return a page of news in brief: the beginning of each story under its headline."""
    paragraphs: list[Paragraph] = []
    for story in news:
        paragraphs += [(story.headline,), passage(story, rng.randint(*PASSAGE))]
    return Edition(f"News in brief: {day}", tuple(paragraphs), None)


def passage(story: Edition, words: int) -> Paragraph:
    """Return the first sentences of a story: at least so many words, if it has them."""
    taken: list[str] = []
    for sentence in (sentence for paragraph in story.paragraphs for sentence in paragraph):
        taken.append(sentence)
        words -= length(sentence)
        if words <= 0:
            break
    return tuple(taken)


def live(rng: Random, news: Sequence[Edition], voice: Voice, snapshots: int) -> list[Edition]:
    """Return the snapshots of a live page, first to last: each holds the one before it.

    Entries are dated by the minute, the newest first; some are passages of the stories, some
    the page's own.
    """
    entries: list[Paragraph] = []
    for story in news:
        start = rng.randrange(max(1, len(story.paragraphs) - 4))
        entries += story.paragraphs[start : start + rng.randrange(2, 6)]
    entries += [(voice.say(), voice.say()) for _ in range(rng.randrange(2, 10))]
    rng.shuffle(entries)
    dated = [
        (f"{7 + i // 6}:{i % 6 * 10 + i % 7:02d} a.m.", *entry) for i, entry in enumerate(entries)
    ]
    headline = f"Live updates: {news[0].headline}"
    counts = [len(dated) * (i + 1) // snapshots for i in range(snapshots)]
    return [Edition(headline, tuple(reversed(dated[: max(1, n)])), None) for n in counts]
