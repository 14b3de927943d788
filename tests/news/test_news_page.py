"""Press and news pages as sources: titles, days and links, after the forms of many systems."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.news.discover import find
from pipeline.news.fetch import FetchOptions
from pipeline.news.parse import FeedBody, Parsed, parse
from pipeline.news.update import update_feeds
from pipeline.records import FeedState, NewsSettings, Reading
from tests.environment import at_most

from .conftest import Server, reply

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
PAGE = "https://www.acme.example/en/news"

ENGLISH = (
    ("Acme opens a second terminal in Gdansk", "2026-11-24"),
    ("Acme and Halden sign a five-year contract", "2026-10-05"),
    ("Third quarter 2026: revenue up by nine per cent", "2026-09-30"),
)
GERMAN = (
    ("Acme eröffnet zweites Terminal in Danzig", "2026-11-24"),
    ("Neuer Vertrag über fünf Jahre mit Halden", "2026-03-05"),
    ("Geschäftsbericht 2025 veröffentlicht", "2026-01-30"),
)
FRENCH = (
    ("Acme ouvre un deuxième terminal à Gdansk", "2026-11-24"),
    ("Un nouveau contrat de cinq ans avec Halden", "2026-08-05"),
    ("Résultats du troisième trimestre", "2026-02-28"),
)
SPANISH = (
    ("Acme abre una segunda terminal en Gdansk", "2026-11-24"),
    ("Nuevo contrato de cinco años con Halden", "2026-08-05"),
    ("Resultados del tercer trimestre", "2026-01-30"),
)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}

FORMS = {
    row[0]: (row[1], row[2])
    for line in Path(__file__).with_name("page_forms.tsv").read_text("utf-8").splitlines()
    if len(row := line.split("\t")) == 3
}
LISTED = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
HEAD = """<!DOCTYPE html><html lang={lang}><head><title>News | Acme</title>
<meta property='og:site_name' content='Acme'></head><body><header><nav><ul><li><a href='/'>Home</a>
<li><a href='/en/about'>About us and our long history</a></ul></nav></header><main>
<h1>News and press releases</h1><ul>
<li><a href='/en/news?year=2025'>2025</a></ul><div class=list>"""
FOOT = """</div><a href='/en/news?page=2'>Next page</a></main><aside>
<a href='https://other.example/a'>A long headline on another site of the group</a></aside><footer>
<p>© 2026 Acme. Last change: 29 November 2026</p>
<a href='/en/terms'>Terms and conditions of use</a></footer></body></html>"""


def page(form: str, names: tuple[tuple[str, str], ...], lang: str) -> str:
    entries = []
    for number, (title, day) in enumerate(names):
        year, month, date = day.split("-")
        name = MONTHS[lang].split()[int(month) - 1]
        values = {"t": title, "s": f"{number}-story", "Y": year, "m": month, "d": date}
        values |= {"D": str(int(date)), "M": str(int(month)), "B": name, "b": name[:3]}
        entries.append(re.sub(r"\{([tsYmdDMBb])\}", lambda x: values[x[1]], form))  # noqa: B023
    if form.startswith("<url>"):
        return f"<?xml version='1.0'?><urlset>{''.join(entries)}</urlset>"
    if form.startswith("<tr>"):
        entries = ["<table><tbody>", *entries, "</tbody></table>"]
    return HEAD.format(lang=lang) + "\n".join(entries) + FOOT


def read(text: str, address: str = PAGE) -> Parsed:
    return parse(FeedBody(text.encode(), address, "text/html; charset=utf-8", is_page=True), NOW)


def listed(parsed: Parsed) -> list[tuple[str, str]]:
    return [(article.title, article.published.date().isoformat()) for article in parsed.articles]


@pytest.mark.parametrize("system", FORMS)
def test_titles_days_and_links_are_read(system: str) -> None:
    """On a page after the form of each system, with navigation, pages of a list, and a footer."""
    lang, form = FORMS[system]
    parsed = read(page(form, LISTED[lang], lang))
    assert listed(parsed) == list(LISTED[lang])
    assert all(f"{n}-story" in article.link for n, article in enumerate(parsed.articles))
    assert {article.dated for article in parsed.articles} == {"feed"}


def test_there_are_forty_systems() -> None:
    """As many as the promise says."""
    assert len(FORMS) >= 40


def rows(*entries: str) -> str:
    return "<html lang=en><body><ul>" + "".join(f"<li>{entry}</li>" for entry in entries)


LONG = "A headline of several words"


@pytest.mark.parametrize(
    ("entries", "titles"),
    [
        (["<a href='javascript:go(1)'>{} a</a> {day}", "<a href='/b'>{} b</a> {day}"], "b"),
        (["<a href='data:text/html,x'>{} a</a> {day}", "<a href='//b'>{} b</a> {day}"], ""),
        (["<a href='https://x.example/a'>{} a</a> {day}"], ""),
        (["<a href='https://notacme.example/a'>{} a</a> {day}"], ""),
        (["<a href='https://ir.acme.example/a'>{} a</a> {day}"], "a"),
        (["<a href='https://acme.example@x.example/a'>{} a</a> {day}"], ""),
        (["<a href='/a'>{} a</a> 24 Nov 2027", "<a href='/b'>{} b</a> {day}"], "b"),
        (["<a href='/a'>{} a</a> 31/02/2026", "<a href='/b'>{} b</a> {day}"], "b"),
        (["<a href='/a.jpg'>{} a</a> {day}", "<a href='#b'>{} b</a> {day}"], ""),
        (["<a href='/a'>{} a</a>", "<a href='/b'>{} b</a>"], ""),
        (["<a href='/n/a'>{} a</a>", "<a href='/n/b'>{} b</a>", "<a href='/n/c'>{} c</a>"], "abc"),
        (["<a href='/a'>{} a<script>{} x</script></a> {day}"], "a"),
        (["<a href='/a' title='{day}'>{} a"] * 2 + ["<b>{day}"], "a"),
    ],
)  # fmt: skip
def test_only_links_to_dated_articles_of_the_same_domain_count(
    entries: list[str], titles: str
) -> None:
    """No scripts, other domains, pictures, nothing ahead; without any date three of a kind."""
    parsed = read(rows(*entries).replace("{}", LONG).replace("{day}", "24 Nov 2026"))
    assert [article.title for article in parsed.articles] == [f"{LONG} {x}" for x in titles]
    assert parsed.trouble == ("" if titles else "no articles")


@pytest.mark.parametrize(
    ("lang", "dates", "days"),
    [
        ("en", ["3/5/2026", "11/24/2026"], ["03-05", "11-24"]),
        ("en", ["3/5/2026", "24/11/2026"], ["05-03", "11-24"]),
        ("en-US", ["3/5/2026"], ["03-05"]),
        ("en-GB", ["3/5/2026"], ["05-03"]),
        ("fr", ["3/5/2026"], ["05-03"]),
    ],
)
def test_three_figures_are_read_as_the_page_writes_them(
    lang: str, dates: list[str], days: list[str]
) -> None:
    """As its other dates tell, else its language."""
    text = "".join(f"<li><a href='/{n}'>{LONG}</a> {day}" for n, day in enumerate(dates))
    parsed = read(f"<html lang='{lang}'><ul>{text}</ul>")
    assert [day for _, day in listed(parsed)] == [f"2026-{day}" for day in days]


NESTED = "<div><a href='/n/1'>" * 5_000
MANY = "".join(f"<li><a href='/n/{n}'>{LONG} {n}</a> <i>24 Nov 2026</i>" for n in range(10_000))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (MANY, 200),
        (f"<a href='/n/1'>{LONG}</a>" * 5_000, 0),
        (NESTED, 0),
        ('<a href="' * 20_000, 0),
        ("<b>" * 200 + "</i>" * 40_000, 0),
        ("<script type='application/json'>" * 20_000 + "[" * 20_000 + "</script>", 0),
        ("<i>24.11.2026</i>" * 5_000 + f"<a href='/n/1'>{LONG}</a>" * 2_000, 1),
    ],
    ids="many same nested quotes ends data dates".split(),
)
def test_no_page_takes_long(text: str, count: int) -> None:
    """Ten thousand links, and what makes parsers slow."""
    with at_most(5.0):
        parsed = read(f"<html>{text}")
    assert len(parsed.articles) == count


def test_a_feed_under_the_address_of_a_page_is_read_as_one() -> None:
    """Who wrote `page:` for it meant its entries."""
    parsed = read("<rss version='2.0'><channel><item><title>A</title></item></channel></rss>")
    assert (parsed.format, len(parsed.articles)) == ("rss20", 1)


SETTINGS = NewsSettings(timeout_seconds=5.0, pause_seconds=0)


def ask(state: FeedState, now: datetime = NOW) -> Reading:
    options = FetchOptions(SETTINGS, "", now)
    (reading,) = update_feeds([state], options, ask_all=True, pages=[state.address])
    return reading


def test_a_page_is_asked_as_politely_as_a_feed(server: Server) -> None:
    """For a page, with what is known of it, and no oftener than every three hours."""
    text = rows(f"<a href='/n/1'>{LONG}</a> 24 Nov 2026")
    server.answers["/news"] = reply(200, text.encode(), etag='"1"', content_type="text/html")
    first = ask(FeedState(server.url("/news")))
    assert [(a.title, a.link) for a in first.articles] == [(LONG, server.url("/n/1"))]
    server.answers["/news"] = reply(304, b"")
    assert ask(first.state).outcome == "same"
    heads = [head.casefold() for head in server.heads("/news")]
    assert 'if-none-match: "1"' in heads[1]
    assert all("accept: text/html" in head for head in heads)
    assert first.state.due is not None
    assert first.state.due - NOW > timedelta(hours=2)


def test_a_page_without_dates_is_news_only_by_what_comes_to_it(server: Server) -> None:
    """Its first reading shows what came in years; later a new link is of the day it is seen."""
    old = [f"<a href='/n/{n}'>{LONG} {n}</a>" for n in range(4)]
    server.answers["/news"] = reply(200, rows(*old).encode())
    first = ask(FeedState(server.url("/news")))
    assert first.articles == ()
    server.answers["/news"] = reply(200, rows(f"<a href='/n/9'>{LONG} 9</a>", *old).encode())
    later = NOW + timedelta(days=2)
    second = ask(first.state, later)
    assert [(a.title, a.published) for a in second.articles] == [(f"{LONG} 9", later)]


def test_a_page_that_lists_nothing_is_told(server: Server) -> None:
    """As one that a script draws: with what to do."""
    server.answers["/news"] = reply(200, b"<html><div id=app></div></html>")
    (problem,) = ask(FeedState(server.url("/news"))).problems
    assert "is a page on which no list of articles was found" in problem.what
    assert "search: google" in problem.todo


def test_find_proposes_the_page_where_a_site_has_no_feed(server: Server) -> None:
    """The one with the most articles, of those whose address says news; none without dates."""
    server.answers["/"] = reply(
        200,
        b"<html><a href='/about-us'>A</a><a href='/media/press'>P</a><a href='/blog'>B</a></html>",
    )
    entries = [f"<a href='/n/{n}'>{LONG} {n}</a>" for n in range(4)]
    server.answers["/blog"] = reply(200, rows(*entries).encode())
    dated = [f"{entry} 2{n} Nov 2026" for n, entry in enumerate(entries)]
    server.answers["/media/press"] = reply(200, rows(*dated).encode())
    (found,) = find(server.url("/"), FetchOptions(SETTINGS, "", NOW)).candidates
    assert (found.address, found.format, found.entries) == (server.url("/media/press"), "page", 4)
    assert "/about-us" not in [head.split()[1] for head in server.asked]
