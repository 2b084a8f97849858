"""Quotations: how marks pair, across styles, nestings and paragraphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup.text import quotations as module
from dedup.text.paragraphs import paragraphs
from dedup.text.quotations import quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” he said. “I left.”", ["“We won,”", "“I left.”"]),
        ('"We won," he said. "I left."', ['"We won,"', '"I left."']),
        ('He said: "No." Then "yes."', ['"No."', '"yes."']),
        ("He called it “brave.”", ["“brave.”"]),
        ("“They said ‘no’ twice,” she said.", ["“They said ‘no’ twice,”", "‘no’"]),
        ("\"They said 'no' twice,\" she said.", ["\"They said 'no' twice,\"", "'no'"]),
        ("“He told us, ‘Go.’ ” She left.", ["“He told us, ‘Go.’ ”", "‘Go.’"]),
        ("“He told us, ‘Go.’”", ["“He told us, ‘Go.’”", "‘Go.’"]),
        ("‘It is over,’ she said. ‘Go.’", ["‘It is over,’", "‘Go.’"]),
        ("'It is over,' she said. 'Go.'", ["'It is over,'", "'Go.'"]),
        ("‘The workers’ union is here,’ he said.", ["‘The workers’ union is here,’"]),
        ("The workers’ union met the drivers’ union.", []),
        ("The workers' union met the drivers' union.", []),
        ("It’s Moss’s boat, isn't it?", []),
        ("He is 6'2\" tall and she is 5' 10\".", []),
        ("A 12\" pipe and a 3' plank.", []),
        ("“He is 6’2” and fast,” she said.", ["“He is 6’2”"]),
        ("In the ’90s, rock ’n’ roll was 'em.", []),
        ("In the '90s it was 'big'.", ["'big'"]),
        ("«Мы победили», — сказал он.", ["«Мы победили»"]),
        ("« Nous avons gagné », dit-il.", ["« Nous avons gagné »"]),
        ("„Wir haben gewonnen“, sagte er.", ["„Wir haben gewonnen“"]),
        ("„Er sagte ‚nein‘ dazu“, sagte sie.", ["„Er sagte ‚nein‘ dazu“", "‚nein‘"]),
        ("»Wir haben gewonnen«, sagte er.", ["»Wir haben gewonnen«"]),
        ("「勝った」と彼は言った。『本』も。", ["「勝った」", "『本』"]),
        ("「彼は『勝った』と言った」", ["「彼は『勝った』と言った」", "『勝った』"]),
        ("他说：“我们赢了。”", ["“我们赢了。”"]),
        ("قال «لقد فزنا» ثم غادر.", ["«لقد فزنا»"]),
        ("The so-called “deal of the century” died.", ["“deal of the century”"]),
        ("He spoke of a“beautiful soul” here.", ["“beautiful soul”"]),
        ('She (the "boss") left.', ['"boss"']),
        ('It is over—"forever," he said.', ['"forever,"']),
        ("“Hello“ he said.", ["“Hello“"]),
        ('“Hello," he said.', ['“Hello,"']),
        ("Nothing is closed here.” He left.", []),
        (
            '"One of them," he said. "Two more." And "three."',
            ['"One of them,"', '"Two more."', '"three."'],
        ),
    ],
)
def test_marks_pair(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_speech_of_several_paragraphs_is_one_quotation() -> None:
    text = "“We came early.\n\n“We stayed late.\n\n“We left,” Moss said.\n\nThen it rained."
    (speech,) = quotations(text, paragraphs(text))
    assert text[speech.start : speech.end] == "“We came early.\n\n“We stayed late.\n\n“We left,”"
    assert speech.closed


def test_a_straight_speech_of_several_paragraphs_is_one_quotation() -> None:
    text = 'Moss said: "We came early.\n"We stayed late."\nThen it "rained."'
    assert quoted(text) == ['"We came early.\n"We stayed late."', '"rained."']


def test_what_is_never_closed_ends_with_its_paragraph() -> None:
    text = "He said: “We came early.\nThen it rained for days.\n“We left,” he said."
    first, second = quotations(text, paragraphs(text))
    assert text[first.start : first.end] == "“We came early."
    assert not first.closed
    assert text[second.start : second.end] == "“We left,”"


def test_a_straight_mark_that_opens_again_ends_what_was_not_closed() -> None:
    text = 'He said, "We won, and left. "I lost," she said.'
    first, second = quotations(text, paragraphs(text))
    assert not first.closed
    assert text[second.start : second.end] == '"I lost,"'


def test_depth_counts_what_is_around() -> None:
    text = "“They said ‘no’ twice,” she said. “Yes.”"
    assert [q.depth for q in quotations(text, paragraphs(text))] == [0, 1, 0]


MARKS = "\"“”'‘’„«»‹›「」『』‚"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=MARKS + " \nab.,0s", max_size=80))
@example('"« "0')
def test_quotations_nest_and_stay_in_the_text(text: str) -> None:
    found = quotations(text, paragraphs(text))
    around: list[int] = []
    for before, after in pairwise(found):
        assert (before.start, -before.end) < (after.start, -after.end)
    for quotation in found:
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert text[quotation.start] in MARKS
        while around and around[-1] <= quotation.start:
            around.pop()
        assert quotation.depth == len(around)
        assert not around or quotation.end <= around[-1]
        around.append(quotation.end)


#: Pieces of paragraphs in which marks stand in every surrounding.
MARKED = ["“", "”", '"', "’", "'", "‘", " ", " ", "a", "s", "5", ".", ",", "(", "—", "\n", "\u00a0"]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(MARKED), max_size=24).map("".join))
def test_marks_without_doubt_are_read_as_all_others_are(text: str) -> None:
    spans = paragraphs(text)
    quick = quotations(text, spans)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "plain_pairs", lambda text, marks: None)
        assert quotations(text, spans) == quick
