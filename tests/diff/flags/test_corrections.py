"""Which paragraphs are notes of the editors, and which of them were added."""

from __future__ import annotations

import pytest

from dedup import Article, compare
from dedup.diff.flags import FlagKind
from dedup.diff.flags.corrections import notes
from dedup.text import segment

STORY = "The ferry carried 40 people to the island. Nobody was hurt, its owner said.\n"

NOTES = (
    "Correction: The ferry carried 40 people.",
    "CLARIFICATION (June 3): The ferry is owned by two sisters.",
    "Corrections and clarifications: The owner is Ann Moss.",
    "An earlier version of this article misstated the number of people.",
    "In an earlier version of this story, the owner was misidentified.",
    "Due to an editing error, an earlier version of this post gave a wrong number.",
    "This story has been corrected to say that 40 people were on board.",
    "This story was revised to correct the name of the ferry.",
    "This version corrects the spelling of the owner's name.",
    "(Corrects number of people in first paragraph)",
    "Editors’ Note: The names of the children were changed.",
    "The article incorrectly identified the owner of the ferry.",
    "Reuters incorrectly reported on Monday that a child had died.",
    "We regret the error.",
)
NO_NOTES = (
    "Correction officers were on board.",
    "Corrections to the timetable will follow.",
    "An earlier version of the ferry sank in 1921.",
    "This story has been updated with remarks of the owner.",
    "This story has been told before.",
    "The story was corrected by nobody: it is a legend.",
    "The article of the law is clear.",
    "Reporters incorrectly called it a ship.",
    "Note to editors: pictures are available.",
)


@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_seen_from_its_first_word_to_its_end(note: str) -> None:
    text = STORY + note
    assert [text[span.start : span.end] for span in notes(segment(Article(text)))] == [note]


@pytest.mark.parametrize("sentence", NO_NOTES)
def test_other_sentences_with_such_words_are_none(sentence: str) -> None:
    assert notes(segment(Article(STORY + sentence))) == []


def test_a_heading_and_the_paragraph_below_it_are_one_note() -> None:
    text = STORY + "Correction June 3, 2019\nAn earlier version of this story misnamed the ferry."
    found = notes(segment(Article(text)))
    assert [text[span.start : span.end].splitlines()[0] for span in found] == [
        "Correction June 3, 2019"
    ]
    assert found[0].end == len(text)


def test_a_note_is_added_where_the_first_article_has_no_such_note() -> None:
    def added(a: str, b: str) -> int:
        flags = compare(Article(STORY + a), Article(STORY + b)).flags
        return sum(flag.kind is FlagKind.CORRECTION_ADDED for flag in flags)

    note, reworded = NOTES[3], "An earlier version of this story misstated how many people it took."
    other = "Editor's note: The court has since released the captain, who was not at fault."
    assert added("", note) == 1
    assert added(note, "") == 0
    assert added(note, reworded) == 0
    assert added(note, f"{reworded}\n{other}") == 1
