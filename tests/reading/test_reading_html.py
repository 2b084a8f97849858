"""Pages of the layouts that news sites use: what must be in the article, and what must not."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass

import pytest

from dedup.errors import InputError, MissingExtraError
from dedup.reading.html import read_html

LEDE = (
    "PORT HALE (AP) — The harbour bridge of Port Hale will stay shut until the summer, the city’s "
    "mayor said on Tuesday, after engineers found cracks in two of its piers."
)
QUOTE = "“We will not hurry this,” Mayor Lena Brandt told reporters."
PULL = "The cracks are deeper than we thought in autumn, and nobody should drive over them."
SHORT = "Yes."
LIST = ["Engineers report by the end of May.", "The council votes in June."]
COST = (
    "The project is expected to cost 40 million euros, a third more than was planned in 2019, and "
    "the city council has asked the state for help with half of it."
)
END = "Residents of the old town have waited eleven years for a new crossing. Is that too long?"
TITLE = "Harbour bridge to stay shut until summer"
COMMENT = "Typical of this council, I will take the ferry and never vote for them again."

PARAGRAPHS = (
    f"<p>{LEDE}</p><p>{QUOTE}</p><blockquote><p>{PULL}</p></blockquote><p>{SHORT}</p>"
    f"<ul><li>{LIST[0]}</li><li>{LIST[1]}</li></ul>"
    f"<p>The project is <a href='/m'>expected</a> to cost 40 million&nbsp;euros, a third more than "
    f"was planned <em>in 2019</em>, and\n   the city council has asked the state for help with "
    f"half of it.</p><p>{END}</p>"
)
WANTED = (LEDE, QUOTE, PULL, SHORT, *(f"- {item}" for item in LIST), COST, END)


@dataclass(frozen=True)
class Page:
    """A page, the lines that its article has, and strings that it must not have."""

    html: str
    lines: tuple[str, ...]
    without: tuple[str, ...] = ()


PAGES = {
    "article with everything around it": Page(
        f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
        <title>{TITLE} | The Coast Courier</title></head><body>
        <header><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
        </header><main><article><h1>{TITLE}</h1><p class="byline">By Ada Quill</p>
        <figure><img src="b.jpg"><figcaption>The bridge in March. (Jo Lens)</figcaption></figure>
        {PARAGRAPHS}
        <aside class="related"><h3>Related</h3><a href="/y">Ferry timetable changed</a></aside>
        </article><section id="comments" class="comments"><h3>Comments</h3>
        <div class="comment"><p>{COMMENT}</p></div></section></main>
        <footer><p>© 2024 The Coast Courier. All rights reserved.</p></footer></body></html>""",
        (TITLE, *WANTED),
        (COMMENT, "All rights reserved", "Sport", "Ferry timetable"),
    ),
    "divisions for paragraphs": Page(
        f"""<html><head><title>{TITLE} - Hale Post</title></head><body>
        <div id="nav"><a href="/">Home</a> <a href="/n">News</a></div>
        <div class="story"><h1>{TITLE}</h1><div class="p">{LEDE}</div><div class="p">{QUOTE}</div>
        <div class="p">{COST}</div><div class="p">{END}</div></div>
        <div id="comments"><div class="comment">{COMMENT}</div></div></body></html>""",
        (TITLE, LEDE, QUOTE, COST, END),
        (COMMENT, "Home"),
    ),
    "line breaks for paragraphs": Page(
        f"<html><body><h1>{TITLE}</h1><div>{LEDE}<br><br>{QUOTE}<br><br>{COST}</div></body></html>",
        (TITLE, LEDE, QUOTE, COST),
    ),
    "headline outside of the article": Page(
        f"""<html><head><title>Hale Post</title><meta property="og:title" content="Bridge news">
        </head><body><header class="top"><h1>{TITLE}</h1></header>
        <div class="article-body">{PARAGRAPHS}</div></body></html>""",
        (TITLE, *WANTED),
        ("Bridge news",),
    ),
    "a logo for a heading": Page(
        f"""<html><head><meta property="og:title" content="{TITLE}">
        <meta property="og:site_name" content="Hale Post"></head><body>
        <h1><img src="logo.png"></h1><article>{PARAGRAPHS}</article></body></html>""",
        (TITLE, *WANTED),
    ),
    "boxes in the middle": Page(
        f"""<html><body><article><h1>{TITLE}</h1><p>{LEDE}</p>
        <div class="newsletter-signup"><p>Sign up for our newsletter</p><input name="mail"></div>
        <p>{QUOTE}</p><div class="ad" data-ad="1">Advertisement</div><p>{COST}</p>
        <div class="social-share"><a href="https://x.example">Share on X</a></div><p>{END}</p>
        </article></body></html>""",
        (TITLE, LEDE, QUOTE, COST, END),
        ("Share on X",),
    ),
    "short": Page(
        f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{QUOTE}</p>"
        "</article></body></html>",
        (TITLE, QUOTE),
    ),
    "Russian": Page(
        """<html lang="ru"><body><article><h1>Мост закрыт до лета</h1><p>Мост в Порт-Хейле останется
        закрытым до лета, заявил мэр во вторник.</p><p>«Мы не будем спешить», — сказал он.</p>
        </article></body></html>""",
        (
            "Мост закрыт до лета",
            "Мост в Порт-Хейле останется закрытым до лета, заявил мэр во вторник.",
            "«Мы не будем спешить», — сказал он.",
        ),
    ),
    "Japanese": Page(
        """<html lang="ja"><body><main><h1>橋は夏まで閉鎖</h1>
        <p>市長は火曜日、橋の再建は夏より前には始まらないと述べた。</p>
        <p>旧市街の住民は十一年にわたって解決を待っている。</p></main></body></html>""",
        (
            "橋は夏まで閉鎖",
            "市長は火曜日、橋の再建は夏より前には始まらないと述べた。",
            "旧市街の住民は十一年にわたって解決を待っている。",
        ),
    ),
    "XHTML that declares an encoding": Page(
        f"""<?xml version="1.0" encoding="utf-16"?><html xmlns="http://www.w3.org/1999/xhtml"
        xml:lang="en"><body><div><h1>{TITLE}</h1><p>{LEDE}</p><p>{COST}</p></div></body></html>""",
        (TITLE, LEDE, COST),
    ),
    "tags never closed": Page(
        f"<html><body><article><h1>{TITLE}</h1><p>{LEDE}<p>{QUOTE}<p>{COST}<b><i>",
        (TITLE, LEDE, COST),
    ),
    "a fragment": Page(f"<p>{LEDE}</p>", (LEDE,)),
    "text for search engines only": Page(
        f"""<html><head><script type="application/ld+json">{{"@graph": [{{"@type": "WebPage"}},
        {{"@type": "NewsArticle", "headline": "{TITLE}", "articleBody": "{LEDE}\\n\\n{COST}"}}]}}
        </script></head><body><div id="root"></div></body></html>""",
        (TITLE, LEDE, COST),
    ),
    "text for search engines, with tags": Page(
        f"""<html><head><script type="application/ld+json">[{{"@type": "NewsArticle", "headline":
        "{TITLE}", "articleBody": "&lt;p&gt;{LEDE}&lt;/p&gt;<p>Fish &amp; <b>chips</b>.</p>"}}]
        </script></head><body></body></html>""",
        (TITLE, LEDE, "Fish & chips."),
        ("<", "&amp;"),
    ),
    "the beginning shown, the whole for search engines": Page(
        f"""<html><head><script type="application/ld+json">{{"@type": "NewsArticle",
        "articleBody": "{LEDE}\\n{QUOTE}\\n{COST}\\n{END}"}}</script></head><body><article>
        <h1>{TITLE}</h1><p>{LEDE}</p><p>Subscribe to read on.</p></article></body></html>""",
        (TITLE, LEDE, QUOTE, COST, END),
        ("Subscribe",),
    ),
    "broken data for search engines": Page(
        f"""<html><head><script type="application/ld+json">{{"articleBody": </script>
        <script type="application/ld+json">{"[" * 20_000}</script></head><body><article>
        <h1>{TITLE}</h1><p>{LEDE}</p><p>{COST}</p></article></body></html>""",
        (TITLE, LEDE, COST),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_article_has_its_paragraphs_as_lines_and_nothing_around_it(name: str) -> None:
    page = PAGES[name]
    text = read_html(page.html, "a.html").text
    lines = [line.strip() for line in text.splitlines()]
    assert [line for line in page.lines if line not in lines] == []
    assert [lines.index(line) for line in page.lines] == sorted(map(lines.index, page.lines))
    assert lines.count(page.lines[0]) == 1
    for unwanted in page.without:
        assert unwanted not in text


def test_what_the_page_says_of_itself() -> None:
    page = f"""<html lang="en-GB"><head><title>{TITLE} | The Coast Courier</title>
    <meta property="og:site_name" content="The Coast Courier">
    <link rel="canonical" href="https://courier.example/news/bridge">
    <meta property="og:url" content="https://courier.example/news/bridge?from=home">
    <meta property="article:published_time" content="2024-03-12T09:30:00Z"></head>
    <body><article><h1>{TITLE}</h1>{PARAGRAPHS}</article></body></html>"""
    article = read_html(page, "a.html")
    assert article.title == TITLE
    assert article.outlet == "The Coast Courier"
    assert article.date == "2024-03-12"
    assert article.url == "https://courier.example/news/bridge"
    assert article.language == "en"


def test_a_date_is_never_guessed_from_the_words() -> None:
    page = (
        f"<html><body><article><p>On 3 May 2019 it began.</p>{PARAGRAPHS}</article></body></html>"
    )
    assert read_html(page, "a.html").date is None


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<html lang="de"><head>', "de"),
        ('<html xml:lang="pt-BR"><head>', "pt"),
        ('<html><head><meta property="og:locale" content="fr_FR">', "fr"),
        ('<html><head><meta http-equiv="content-language" content="es">', "es"),
        ('<html lang=""><head>', None),
        ("<html><head>", None),
    ],
)
def test_language_that_the_page_states(head: str, language: str | None) -> None:
    page = f"{head}</head><body><article>{PARAGRAPHS}</article></body></html>"
    assert read_html(page, "a.html").language == language


NO_ARTICLE = {
    "a form": "<html><head><title>Log in</title></head><body><form><input></form></body></html>",
    "a menu": "<body><ul><li><a href='1'>One</a></li><li><a href='2'>Two</a></li></ul></body>",
    "nothing": "<html></html>",
    "a comment": "<!-- only a comment -->",
    "never closed": "<html><!-- only a comment",
    "a script": "<html><body><script>var text = 'The ferry ran.';</script></body></html>",
    "punctuation": "<html><body><p>* * *</p></body></html>",
    "pictures": "<html><body><img src='a.png' alt='A'><img src='b.png' alt='B'></body></html>",
    "frames": "<html><frameset><frame src='a.html'></frameset></html>",
}


@pytest.mark.parametrize("case", NO_ARTICLE)
def test_a_page_without_an_article_is_refused(case: str) -> None:
    with pytest.raises(InputError) as caught:
        read_html(NO_ARTICLE[case], "a.html")
    assert str(caught.value) == (
        "a.html: has no article in its HTML; save the page whole, or its text as a .txt file"
    )


@pytest.mark.parametrize("error", [ValueError, RecursionError, AttributeError, KeyError])
def test_whatever_trafilatura_raises_is_a_page_without_an_article(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise error("inside")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    with pytest.raises(InputError, match="has no article"):
        read_html(PAGES["short"].html, "a.html")


def test_without_trafilatura_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError) as caught:
        read_html(PAGES["short"].html, "a.html")
    assert str(caught.value).endswith("pip install 'dedup[html]'")
    assert str(caught.value).startswith("a.html: ")


def test_odd_pages_write_nothing_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    for page in NO_ARTICLE.values():
        with pytest.raises(InputError):
            read_html(page, "a.html")
    assert logging.getLogger("trafilatura").handlers
    assert capfd.readouterr() == ("", "")
