"""Languages: as given, or told by script and function words."""
# ruff: noqa: E501 - the lines are the texts

from __future__ import annotations

import pytest

from dedup.article import Article
from dedup.text.data import table
from dedup.text.language import language_of, recognise, stopwords
from dedup.text.normalize import fold
from dedup.text.tokens import tokenize

TEXTS = {
    "en": "The ferry sank on Monday, and the captain was not on board when it went down.",
    "de": "Die Fähre ist am Montag gesunken, und der Kapitän war nicht an Bord, als sie unterging.",
    "fr": "Le ferry a coulé lundi, et le capitaine n’était pas à bord quand il a sombré dans la baie.",
    "es": "El ferry se hundió el lunes y el capitán no estaba a bordo cuando se fue a pique.",
    "it": "Il traghetto è affondato lunedì e il capitano non era a bordo quando è andato a fondo.",
    "pt": "A balsa afundou na segunda-feira e o capitão não estava a bordo quando ela foi ao fundo.",
    "ru": "Паром затонул в понедельник, и капитана не было на борту, когда это случилось.",
    "uk": "Пором затонув у понеділок, і капітана не було на борту, коли це сталося з ним.",
    "ar": "غرقت العبارة يوم الاثنين ولم يكن القبطان على متنها عندما حدث ذلك في الميناء.",
    "zh": "渡轮星期一沉没，出事时船长不在船上。",
    "ja": "フェリーは月曜日に沈没し、船長は乗っていなかった。",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert recognise(text) == language


@pytest.mark.parametrize("text", ["", "1 2 3", "Qwx zrt plk vbn", "Ελλάδα είναι ωραία", "🚢🚢"])
def test_what_cannot_be_told_is_unknown(text: str) -> None:
    assert recognise(text) == "und"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("en-US", "en"), ("DE", "de"), ("pt_BR", "pt"), (" fr ", "fr"), ("zh-Hans-CN", "zh")],
)
def test_a_given_language_is_normalised(given: str, expected: str) -> None:
    assert language_of(Article("La la la", language=given)) == expected


@pytest.mark.parametrize("given", [None, "", "und", "english please", "??"])
def test_a_language_that_says_nothing_is_told_from_the_text(given: str | None) -> None:
    assert language_of(Article(TEXTS["de"], language=given)) == "de"


@pytest.mark.parametrize("language", table("stopwords"))
def test_function_words_are_folded_tokens(language: str) -> None:
    words = stopwords(language)
    assert len(words) >= (30 if language in ("zh", "ja") else 40)
    for word in words:
        assert word == fold(word)
        assert tokenize(word).words == (word,)


def test_an_unknown_language_has_no_function_words() -> None:
    assert stopwords("tlh") == frozenset()
