"""A JSON record is read by the usual names of its fields, and told what is wrong with it."""

from __future__ import annotations

import json

import pytest

from dedup.errors import InputError
from dedup.reading.records import TEXT_FIELDS, language_code, looks_like_record, read_record


def record(**fields: object) -> str:
    return json.dumps(fields)


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_text_is_found_under_its_usual_names(field: str) -> None:
    assert read_record(record(**{field: "The ferry ran."}), "a").text == "The ferry ran."


#: A record as someone keeps it, and what is known of the article then.
KNOWN = {
    "our own names": (
        record(
            text="T", title="H", outlet="O", date="2024-03-12", url="http://x.example/",
            language="en",
        ),
        ("H", "O", "2024-03-12", "http://x.example/", "en"),
    ),
    "a crawler's": (
        record(
            maintext="T", title="H", source_domain="x.example", date_publish="2024-03-12 09:30:00",
            url="http://x.example/", language="de",
        ),
        ("H", "x.example", "2024-03-12 09:30:00", "http://x.example/", "de"),
    ),
    "schema.org": (
        record(
            articleBody="T", headline="H", publisher={"@type": "Organization", "name": "O"},
            datePublished="2024-03-12T09:30Z", inLanguage="pt-BR",
        ),
        ("H", "O", "2024-03-12T09:30Z", None, "pt"),
    ),
    "a feed's": (
        record(content="T", title="H", source={"name": "O"}, publishedAt="x", lang="EN"),
        ("H", "O", "x", None, "en"),
    ),
    "spaces and nothing": (
        record(text="T", title="  A\n headline ", outlet=" ", date=None, url=7, language="English"),
        ("A headline", None, None, None, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KNOWN)
def test_what_is_known_is_found_under_its_usual_names(case: str) -> None:
    text, known = KNOWN[case]
    article = read_record(text, "a")
    assert known == (article.title, article.outlet, article.date, article.url, article.language)


def test_headline_becomes_the_first_line() -> None:
    assert (
        read_record(record(title="Ferry runs", text="It ran."), "a").text == "Ferry runs\nIt ran."
    )


@pytest.mark.parametrize(
    "text", ["Ferry runs\nIt ran.", "FERRY  RUNS\r\nIt", "WORLD\n\nFerry runs\nIt"]
)
def test_headline_that_the_text_opens_with_is_not_repeated(text: str) -> None:
    assert read_record(record(title="Ferry runs", text=text), "a").text == text


def test_text_keeps_its_line_ends_and_invisible_characters() -> None:
    text = "It\u00a0ran.\r\n\r\nIt co\u00adoperated.\u200b\n "
    assert read_record(record(text=text), "a").text == text


def test_an_empty_field_gives_way_to_the_next() -> None:
    assert read_record(record(text="", content=None, body="It ran."), "a").text == "It ran."


def test_numbers_of_any_size_are_no_error() -> None:
    text = '{"text": "It ran.", "views": ' + "9" * 10_000 + ', "x": 1e999999, "y": NaN}'
    assert read_record(text, "a").text == "It ran."


def test_half_of_a_surrogate_pair_becomes_a_replacement() -> None:
    article = read_record(r'{"text": "It ran \ud83d. \ud83d\ude00", "title": "\udc00 Ferry"}', "a")
    assert article.text == "\ufffd Ferry\nIt ran \ufffd. 😀"
    assert article.title == "\ufffd Ferry"


REFUSED = {
    "no JSON": ('{"text":\n  nope}', "is not valid JSON (line 2, column 3: Expecting value); mend"),
    "empty lines": ("\n\n{", "is not valid JSON (line 3"),
    "two objects": ('{"text": "a"}\n{"text": "b"}', "is not valid JSON (line 2, column 1: Extra"),
    "a list": ('[{"text": "It ran."}, {}]', "is a list of 2 where one article is wanted; save one"),
    "a string": ('"It ran."', 'is JSON but no object; write {"text": "…"}'),
    "a number": ("12", "is JSON but no object"),
    "no text": ('{"title": "T", "id": 3}', 'has no article text (fields: "title", "id"); write'),
    "nothing": ("{}", "has no article text (fields: none); write"),
    "a list of paragraphs": (
        '{"text": ["It ran."]}',
        'the field "text" is not a string but a list',
    ),
    "an object": (
        '{"content": {"rendered": "x"}}',
        'the field "content" is not a string but an obj',
    ),
    "a number as text": ('{"text": 12, "body": "It ran."}', 'the field "text" is not a string'),
    "true": ('{"text": true}', 'the field "text" is not a string but true or false'),
    "empty text": ('{"text": "", "title": "T"}', 'the field "text" has no words in it; write'),
    "null text": ('{"text": null}', 'the field "text" has no words in it; write'),
    "nested": ('{"text": ' + "[" * 100_000, "is JSON nested too deeply"),
    "a name with a line break": ('{"a\\nb": 1}', 'has no article text (fields: "a\\nb")'),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_record_of_an_article_is_refused(case: str) -> None:
    text, reason = REFUSED[case]
    with pytest.raises(InputError) as caught:
        read_record(text, "a.json")
    assert str(caught.value).startswith(f"a.json: {reason}")
    assert "\n" not in str(caught.value)


def test_a_long_list_of_fields_is_cut() -> None:
    with pytest.raises(InputError) as caught:
        read_record(json.dumps({f"field {n}" * 20: n for n in range(500)}), "a.json")
    assert len(str(caught.value)) < 1000
    assert ", …)" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('  {"body": "x"}', True),
        ('{"headline": "x"}', False),
        ("[]", False),
        ("{not json", False),
        ('{"text": ' + "[" * 100_000, False),
    ],
)
def test_a_record_is_an_object_with_a_text(text: str, expected: bool) -> None:
    assert looks_like_record(text) is expected


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh_Hant_TW", "zh"),
        (" DE ", "de"),
        ("eng", "en"),
        ("fil", "fil"),
        ("English", None),
        ("en GB", None),
        ("e", None),
        ("", None),
        (None, None),
    ],
)
def test_language_code_is_the_beginning_of_a_tag(tag: str | None, code: str | None) -> None:
    assert language_code(tag) == code


def test_tags_are_taken_out_of_a_field_that_holds_html() -> None:
    text = "<p>Fish &amp; chips.</p>\n<p>A <a href='x'>second</a> line,<br>a third.</p>"
    assert read_record(record(content=text), "a").text == (
        "Fish & chips.\nA second line,\na third."
    )


def test_a_text_that_only_has_a_sign_like_a_tag_is_kept() -> None:
    text = "Costs rose by <3 %> &amp; more."
    assert read_record(record(content=text), "a").text == text
