"""Everything that is read, nearly right: no bug comes of it, whatever was edited, cut or doubled.

`make fuzz` tries five thousand of each. What must hold elsewhere of any text at all (pages, mails,
calendar) is tested where it is made.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, timedelta
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest.answer_sheet import BOXES, read_sheet
from pipeline.digest.digest_json import from_json, to_json
from pipeline.digest.html_page import page
from pipeline.digest.markdown import markdown
from pipeline.errors import TouchpointsError
from pipeline.news import opml
from pipeline.news.discover import find
from pipeline.news.fetch import FetchOptions
from pipeline.news.parse import FeedBody
from pipeline.news.sandbox import parse_safely
from pipeline.news.update import update_feeds
from pipeline.records import Company, FeedState, NewsSettings, Template
from pipeline.run import run
from pipeline.text.urls import host_of
from pipeline.touchpoints import templates
from pipeline.workspace import edit
from pipeline.workspace.config import parse_config
from pipeline.workspace.notes import parse_note, parse_profile
from pipeline.workspace.read import read
from tests.conftest import NOW, ROOT
from tests.digest.pages import BUSY
from tests.endurance.world import copy, write
from tests.mutation import bytes_like, texts
from tests.sample_workspace import SampleWorkspace

pytestmark = pytest.mark.fuzz

EXAMPLE = ROOT / "pipeline" / "cli" / "example"
FEEDS = (EXAMPLE / "feeds.yaml").read_text("utf-8")
OWN_FEEDS = """# mine
settings: {timezone: Europe/Paris, pace: {gaps: [7, 10], hours: [9, 18]}}
searches: {google: "https://news.example/rss?q={query}"}
companies:
  halden:  # freight
    name: Halden Freight
    aliases: [Halden, "HF"]
    feeds:
      - news.xml
      - search: google
      - {url: https://h.example/a.xml, weight: 0.5, only: [cranes, 'quay']}
topics:
  sailing: {feeds: [https://s.example/rss]}
"""
NOTE = """---
company: halden
role: Terminal Manager
interviewed: 2026-11-23 14:30
interviewers:
  - {name: Tom Adeyemi, title: Head of Yards, email: tom@example.com, timezone: Europe/Oslo}
  - Aud Lunde
decision_expected: 2026-12-18
status: waiting
---
## Discussed
- night shifts on the quay; noisy trucks
1. Tom: [the plan](https://p.example/x) of **cranes**
## Seen in the office
photo of an ocean racing boat. A mug.
### My angle
* ran the supplier ramp-up
"""
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>
<link>https://n.example/</link><ttl>60</ttl><skipHours><hour>3</hour></skipHours>
<item><title>A &amp; B</title><link>https://n.example/1?utm_source=x</link><guid>1</guid>
<pubDate>{format_datetime(NOW)}</pubDate>
<description><![CDATA[<p>Text <b>bold</b></p>]]></description>
<dc:creator>Eva</dc:creator><source url="https://s.example/">S</source></item>
<item><title>Two</title><guid isPermaLink="true">https://n.example/2</guid></item></channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://n.example/"><title>N</title>
<link rel="self" href="/feed"/>
<entry><id>urn:1</id><title type="html">A &lt;b&gt;b&lt;/b&gt;</title>
<link href="1"/><updated>2026-11-23T08:00:00+01:00</updated><author><name>Eva</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hi</p></div></content></entry>
</feed>
"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://n.example/"><title>N</title></channel>
<item rdf:about="https://n.example/1"><title>A</title><link>https://n.example/1</link>
<dc:date>2026-11-23</dc:date><description>Text</description></item></rdf:RDF>
"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "N",
        "items": [
            {
                "id": "1",
                "url": "https://n.example/1",
                "title": "A",
                "content_html": "<p>x</p>",
                "date_published": "2026-11-23T08:00:00Z",
                "authors": [{"name": "Eva"}],
            }
        ],
    }
)
OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Sailing"><outline type="rss" text="S" xmlUrl="https://s.example/rss"/></outline>
<outline type="rss" text="T" xmlUrl="https://t.example/rss"/></body></opml>
"""
HTML = """<!doctype html><html><head><base href="https://n.example/"><title>N</title>
<link rel="alternate" type="application/rss+xml" href="/feed" title="All"></head>
<body><a href="/rss.xml">RSS</a><a href="https://o.example/atom">Atom</a></body></html>
"""
LISTED = """<!doctype html><html lang="en"><head><base href="https://n.example/x/">
<title>N</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Two of them come",
"url": "https://n.example/2", "datePublished": "2026-11-23"}</script></head><body><ul>
<li><time datetime="2026-11-23T08:00:00Z">23 November 2026</time><h3><a href="1">One</a></h3>
<li>24/11/2026 <a href="https://n.example/3#y">The third one of them is here</a><p>Text</p></ul>
"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns:news="x"><url><loc>https://n.example/news/a-b-c</loc>
<lastmod>2026-11-23</lastmod><news:news><news:title>A &amp; B</news:title></news:news></url>
</urlset>
"""
COMPANIES = {"halden": Company("halden", "Halden Freight")}


@given(texts(OWN_FEEDS, FEEDS))
def test_feeds_yaml(text: str) -> None:
    """A config, or problems that say where and what; and it can be edited, or is refused."""
    config, problems = parse_config(text, ROOT)
    assert all(problem.what and problem.where for problem in problems)
    if any(problem.level == "error" for problem in problems):
        return
    for where, _ in list(edit.feeds_in(config))[:1]:
        try:
            again = edit.remove_feeds(text, ROOT, [where])
        except TouchpointsError:
            return
        parse_config(again, ROOT)


@given(texts(NOTE))
def test_notes(text: str) -> None:
    """An interview, or problems that say what to do; a line number is one of the file's."""
    found, problems = parse_note(text, "data/notes/n.md", COMPANIES, ZoneInfo("Europe/Paris"))
    assert found or problems
    assert all(problem.what and problem.where for problem in problems)
    last = len(re.split(r"\r\n|\r|\n", text))
    assert all(1 <= line.line <= last for line in (found.lines if found else ()))
    parse_profile(text, "data/profile.md")


@given(texts(markdown(BUSY)))
def test_a_page_with_ticks(text: str) -> None:
    """An answer is to a suggestion of that page, by one of its boxes."""
    sheet = read_sheet(text, BUSY)
    ids = {entry.id for entry in BUSY.entries}
    for answered in sheet.answers:
        assert answered.number in ids
        assert set(answered.ticked) <= set(BOXES)


@given(texts(to_json(BUSY)))
def test_a_digest_s_json(text: str) -> None:
    """Refused, or a digest of which every page can be made."""
    try:
        found = from_json(text)
    except ValueError as error:
        assert "`touchpoints run`" in str(error)
        return
    markdown(found)
    page(found)
    assert from_json(to_json(found)) == found


@given(bytes_like(OPML))
def test_another_reader_s_list(body: bytes) -> None:
    """Outlines, or nothing at all."""
    for outline in opml.read(body) or ():
        assert isinstance(outline.address, str)


@given(
    bytes_like(RSS, ATOM, RDF, JSON_FEED),
    st.sampled_from(["", "text/xml; charset=utf-16", "application/json", 'text/html; charset="'])
    | st.text(max_size=40),
)
def test_a_feed_s_bytes(body: bytes, content_type: str) -> None:
    """Articles or a trouble; links lead to the web, dates at most two days ahead."""
    feed = FeedBody(body, "https://n.example/feed", content_type)
    found = parse_safely(feed, NOW, 1_000_000)
    assert bool(found.format) != bool(found.trouble)
    for article in found.articles:
        assert article.link == "" or article.link.startswith(("http://", "https://"))
        assert article.published.tzinfo is UTC
        assert article.published <= NOW + timedelta(days=2)
        assert article.id


@given(bytes_like(LISTED, SITEMAP))
def test_a_page_that_lists_news(body: bytes) -> None:
    """Articles on its own domain, none ahead, or a reason."""
    feed = FeedBody(body, "https://www.n.example/news", "text/html", is_page=True)
    found = parse_safely(feed, NOW, 1_000_000)
    assert bool(found.format) != bool(found.trouble)
    for article in found.articles:
        if found.format in ("page", "sitemap"):
            assert host_of(article.link).endswith("n.example")
        assert article.published <= NOW + timedelta(days=2)
        assert article.title


NAMES = st.sampled_from(
    """etag last-modified content-type content-encoding cache-control expires retry-after location
    date age content-length transfer-encoding link x-y""".split()
)
VALUES = texts(
    '"abc"', "max-age=3600", "Tue, 24 Nov 2026 08:00:00 GMT", "120", "text/xml; charset=utf-8",
    "gzip, br", "https://n.example/other", "/other?x=1#y", "//o.example:99999/",
)  # fmt: skip


@given(
    st.sampled_from([200, 200, 203, 226, 301, 302, 304, 307, 308, 404, 410, 429, 503, 599, 999]),
    st.lists(st.tuples(NAMES, VALUES), max_size=6),
    bytes_like(RSS, HTML, "{}"),
)
def test_a_server_s_headers(status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    """A reading of one of the known kinds, and a feed that is asked again within a month."""
    given_headers = [(name, value.encode("latin-1", "replace")) for name, value in headers]

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=given_headers, stream=httpx.ByteStream(body))

    state = FeedState("https://93.184.216.34/feed")
    (reading,) = update_feeds(
        [state], FetchOptions(NewsSettings(), "", NOW, httpx.MockTransport(answer))
    )
    assert reading.outcome in ("new", "same", "failed")
    assert reading.state.due
    assert 0 < (reading.state.due - NOW).days * 24 + 24 <= 31 * 24
    find("93.184.216.34", FetchOptions(NewsSettings(), "", NOW, httpx.MockTransport(answer)))


TEMPLATES = {
    path.name.removesuffix(".txt"): path.read_text("utf-8")
    for path in sorted((ROOT / "pipeline/touchpoints/built_in").glob("*.txt"))
}


@given(st.sampled_from(sorted(TEMPLATES)), st.data())
def test_a_template_of_the_user_s_own(kind: str, data: st.DataObject) -> None:
    """Problems as values, each with its place."""
    text = data.draw(texts(TEMPLATES[kind]))
    template = Template(f"data/templates/{kind}.txt", kind, "", text)
    for problem in templates.problems((template,)):
        assert problem.what
        assert problem.where == template.file


FILES = (
    "feeds.yaml", "data/notes/halden.md", "data/profile.md", "empty.xml",
    "data/templates/check_in.txt", "data/digests/latest.md", "data/digests/latest.json",
    "data/digests/2026-11-24.md", "data/digests/2026-11-24.json", "data/digests/index.html",
    "data/drafts/1-halden-thank-you.eml", "data/touchpoints.ics", "data/.workspace.json",
    "data/digests/feed.atom",
)  # fmt: skip


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace after its first run, in which nothing is wrong."""
    folder = tmp_path_factory.mktemp("good")
    desk = SampleWorkspace(folder / "ws")
    desk_feeds = desk.root / "feeds.yaml"
    formats = "timezone: UTC, digest: {formats: [markdown, html, atom]}"
    write(desk.root, "feeds.yaml", desk_feeds.read_text("utf-8").replace("timezone: UTC", formats))
    write(desk.root, "data/templates/check_in.txt", TEMPLATES["check_in"])
    write(desk.root, "data/profile.md", "- customs papers and shift plans\n")
    desk.run()
    copy(desk.root, folder / "good")
    return folder / "good"


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@given(st.lists(st.sampled_from(FILES), min_size=1, max_size=4, unique=True), st.data())
def test_a_workspace_whose_files_were_edited_by_whatever(
    good: Path, names: list[str], data: st.DataObject
) -> None:
    """A page is made, or a sentence says what to mend in feeds.yaml; never a bug."""
    root = good.with_name("ws")
    copy(good, root)
    for name in names:
        path = root / name
        path.write_bytes(data.draw(bytes_like(path.read_text("utf-8")), label=name))
    for hours in (1, 24):
        try:
            report = run(root, NOW + timedelta(hours=hours))
        except TouchpointsError as error:
            assert "feeds.yaml" in str(error)
        else:
            assert report.digest.headline
    assert all(problem.where for problem in read(root).problems)
