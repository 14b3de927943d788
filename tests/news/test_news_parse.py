"""A feed's bytes to articles: every peculiarity with what must come of it, on the same screen."""

from __future__ import annotations

import gc
import gzip
import json
import time
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.news import clean, sandbox
from pipeline.news.parse import FeedBody, Parsed, parse
from pipeline.records import Article
from tests.environment import at_most

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ADDRESS = "https://blogs.oracle.example/rss"


def _parse(body: bytes | str, content_type: str = "", address: str = ADDRESS) -> Parsed:
    if isinstance(body, str):
        body = body.encode()
    return parse(FeedBody(body, address, content_type), NOW)


def _rss(inside: str, title: str = "Oracle Blogs", attributes: str = "") -> str:
    return (
        f"<?xml version='1.0'?><rss version='2.0' {attributes}><channel><title>{title}</title>"
        f"<link>https://oracle.example/</link>{inside}</channel></rss>"
    )


def _one(inside: str, title: str = "Oracle Blogs", attributes: str = "") -> Article:
    """Return the article of an RSS feed with one item."""
    (article,) = _parse(_rss(f"<item>{inside}</item>", title, attributes)).articles
    return article


# ------------------------------------------------------------------------------------- formats


def test_rss_gives_every_field() -> None:
    """The ordinary case, whole."""
    article = _one(
        "<title>A plant in Ohio &amp;amp; more</title><link>https://x.example/a?utm_source=r</link>"
        "<guid isPermaLink='false'>7</guid><author>ann@x.example (Ann Lee)</author>"
        "<pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate>"
        "<description>&lt;p&gt;Oracle opens a plant.&lt;/p&gt;</description>"
    )
    assert article == Article(
        id=article.id,
        feed=ADDRESS,
        title="A plant in Ohio & more",
        link="https://x.example/a",
        canonical="https://x.example/a",
        text="Oracle opens a plant.",
        published=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        dated="feed",
        seen=NOW,
        source="Oracle Blogs",
        author="Ann Lee",
        guid="7",
    )
    assert len(article.id) == 16


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://x.example/blog/">
<title>Blog</title><entry><title type="html">A &lt;b&gt;plant&lt;/b&gt;</title>
<id>tag:x,2026:1</id><link rel="self" href="self.xml"/><link href="a.html"/>
<link rel="enclosure" href="a.mp3"/><author><name>Ann Lee</name></author>
<published>2026-11-20T10:00:00Z</published><updated>2026-11-23T10:00:00Z</updated>
<summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>The <em>whole</em> text.</p></div></content></entry></feed>"""

RDF = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://x.example/"><title>Blog</title></channel>
<item rdf:about="https://x.example/blog/a.html"><title>A plant</title>
<link>https://x.example/blog/a.html</link><dc:creator>Ann Lee</dc:creator>
<dc:date>2026-11-20T10:00:00Z</dc:date><description>The whole text.</description></item>
</rdf:RDF>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Blog",
        "items": [
            {
                "id": 7,
                "url": "https://x.example/blog/a.html",
                "title": "A plant",
                "content_html": "<p>The <em>whole</em> text.</p>",
                "summary": "Short.",
                "date_published": "2026-11-20T11:00:00+01:00",
                "authors": [{"name": "Ann Lee"}],
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("body", "format_name"), [(ATOM, "atom10"), (RDF, "rss10"), (JSON, "json")]
)
def test_the_other_formats_say_the_same(body: str, format_name: str) -> None:
    """Atom, RDF and JSON Feed give the same article; full text wins over the summary."""
    parsed = _parse(body)
    (article,) = parsed.articles
    assert (parsed.format, parsed.title) == (format_name, "Blog")
    assert (article.title, article.link) == ("A plant", "https://x.example/blog/a.html")
    assert (article.text, article.author) == ("The whole text.", "Ann Lee")
    assert article.published == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "web page"),
        (b"Hello", "unknown format"),
        (b'{"items": 3}', "unknown format"),
        (b'{"a":' * 100_000, "unknown format"),
        (b"<opml><body/></opml>", "unknown format"),
        (b"\x1f\x8bnot really", "broken encoding"),
        (gzip.compress(b"<rss/>" * 100, mtime=0)[:-9], "broken encoding"),
        (gzip.compress(b" " * 20_000_000, mtime=0), "too large"),
        (b" " * 15_000_001, "too large"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, trouble: str) -> None:
    """The reader learns what the address gives instead."""
    assert _parse(body).trouble == trouble


def test_a_feed_without_entries_is_a_feed() -> None:
    """Nothing new is not a failure."""
    parsed = _parse(_rss(""))
    assert (parsed.format, parsed.articles, parsed.trouble) == ("rss20", (), "")


# ---------------------------------------------------------------------------- bytes and repairs

ITEM = "<item><title>Größe “x”</title><link>https://x.example/a</link></item>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (_rss(ITEM).encode(), ""),
        (b"\xef\xbb\xbf" + _rss(ITEM).encode(), ""),
        (_rss(ITEM).encode(), "text/xml; charset=iso-8859-1"),
        (gzip.compress(_rss(ITEM).encode(), mtime=0), ""),
        (_rss(ITEM).encode("utf-16"), ""),
        (_rss(ITEM).encode("utf-16-be"), ""),
        (_rss(ITEM).encode("cp1252"), "text/xml; charset=windows-1252"),
        (_rss(ITEM).encode("cp1252"), ""),
        (_rss(ITEM).replace("'1.0'", "'1.0' encoding='iso-8859-1'").encode("cp1252"), ""),
        (_rss(ITEM).replace("'1.0'", "'1.0' encoding='utf-16'").encode(), ""),
        (_rss(ITEM).replace("'1.0'", "'1.0' encoding='windows-1252'").encode(), ""),
        (_rss(ITEM).replace("'1.0'", "'1.0' encoding='no-such-charset'").encode(), ""),
        (_rss(ITEM).replace("'1.0'", "'1.0' encoding='punycode'").encode(), ""),
        (b"\n\n  PHP Notice: oh\n" + _rss(ITEM).encode(), ""),
        (_rss(ITEM).encode() + b"<!-- cached --><script>track()</script>", ""),
        (_rss(ITEM).replace("Gr", "\x00\x08Gr").encode(), ""),
        (_rss(ITEM + "&nbsp;").encode(), ""),
        (_rss(ITEM)[:-20].encode(), ""),
        (_rss(ITEM).replace("<channel>", "<channel><a:b:c/><x:y>").encode(), ""),
    ],
)
def test_the_letters_come_through(body: bytes, content_type: str) -> None:
    """Whatever encoding it is in, or says it is in, and whatever stands around it."""
    (article,) = _parse(body, content_type).articles
    assert (article.title, article.link) == ("Größe “x”", "https://x.example/a")


PECULIAR = {  # what is odd about a feed: its bytes, and titles and links that come of it
    "a comment before the declaration": (
        "<!-- <rss> made by hand -->\n" + _rss("<item><title>A</title></item>"),
        [("A", "")],
    ),
    "inside a web page": (
        f"<!DOCTYPE html><html><body>{_rss('<item><title>A</title></item>')[21:]}</body></html>",
        [("A", "")],
    ),
    "a prefix that nobody declares": (
        _rss("<item><title>A</title><dc:creator>Ann</dc:creator><z:b/></item>"),
        [("A", "")],
    ),
    "letters named as in HTML": (
        _rss("<item><title>Caf&eacute;&nbsp;&hellip; &unknown; R&D &amp; AT&T</title></item>"),
        [("Café … &unknown; R&D & AT&T", "")],
    ),
    "names defined by the document": (
        "<!DOCTYPE rss [<!ENTITY co 'Oracle'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        + _rss("<item><title>&co; buys &x;</title></item>")[21:],
        [("Oracle buys &x;", "")],
    ),
    "less than": (_rss("<item><title>a < b</title></item>"), [("a < b", "")]),
    "an element that does not end": (
        _rss("<item><title>A</title><b></item><item><title>B</title></item>"),
        [("A", ""), ("B", "")],
    ),
    "it breaks off": (
        _rss("<item><title>A</title><link>/a</link></item><item><title>B is the")[:-16],
        [("A", "https://oracle.example/a"), ("B is the", "")],
    ),
    "tags in other cases": (
        "<RSS><Channel><Item><Title>A</Title><PubDate>2026-11-20</PubDate></Item></Channel></RSS>",
        [("A", "")],
    ),
    "entries beside the channel": (
        "<rss><channel><title>T</title></channel><item><title>A</title></item></rss>",
        [("A", "")],
    ),
    "an entry inside another": (
        _rss("<item><title>A</title><item><title>B</title></item></item>"),
        [("A", ""), ("B", "")],
    ),
    "a title of a picture, and one of a source": (
        _rss(
            "<item><m:title xmlns:m='http://search.yahoo.com/mrss/'>Picture</m:title>"
            "<image><title>Logo</title></image><title>A</title></item>"
        ),
        [("A", "")],
    ),
    "elements in a title": (
        _rss("<item><title>A <b>bold</b> <i>claim</i>, again</title></item>"),
        [("A bold claim, again", "")],
    ),
    "a base for each entry": (
        _rss(
            "<item xml:base='https://x.example/one/'><title>A</title><link>a</link></item>"
            "<item><title>B</title><link>b</link></item>"
        ),
        [("A", "https://x.example/one/a"), ("B", "https://oracle.example/b")],
    ),
    "an enclosure that says link": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>'
        '<link rel="alternate" href="https://x.example/a"/>'
        '<link rel="enclosure" href="https://x.example/a.mp3">text</link></entry></feed>',
        [("A", "https://x.example/a")],
    ),
    "a JSON Feed that breaks off": (
        '{"title": "T", "items": [{"id": "1", "title": "A", "url": "/a"}, {"id": "2", "ti',
        [("A", "https://blogs.oracle.example/a")],
    ),
    "tracking and a redirector": (
        _rss(
            "<item><title>A</title><link>https://www.google.com/url?rct=j&amp;url="
            "https://x.example/a%3Fid%3D7%26utm_source%3Dalerts&amp;ct=ga</link></item>"
        ),
        [("A", "https://x.example/a?id=7")],
    ),
}


@pytest.mark.parametrize("what", PECULIAR)
def test_a_peculiar_feed_is_read_as_a_careful_reader_would(what: str) -> None:
    """Each entry is kept, with its own title and link."""
    body, expected = PECULIAR[what]
    assert [(article.title, article.link) for article in _parse(body).articles] == expected


@pytest.mark.parametrize(
    "body",
    [
        _rss("<item><title>A</title></item>")[:-10],
        _rss("<item><title>A</title><b></item>"),
        '{"items": [{"title": "A"}, {"ti',
    ],
)
def test_what_is_not_well_formed_is_read_as_far_as_it_goes(body: str) -> None:
    """What comes before the fault counts."""
    assert [article.title for article in _parse(body).articles] == ["A"]


OF_LANGUAGES = {
    "ja": (
        "オラクルは火曜日、新しいデータセンターを開設すると発表した。",
        "cp932 euc_jp iso2022_jp",
    ),
    "ko": ("오라클은 화요일 새로운 데이터 센터를 연다고 발표했다.", "euc_kr"),
    "zh": ("甲骨文公司星期二宣布，将在俄亥俄州开设新的数据中心。", "gb18030"),
    "ru": ("Компания объявила во вторник, что откроет новый центр.", "cp1251 koi8_r"),
    "fr": ("La société a annoncé qu’elle ouvrira un centre à Orléans l’été.", "cp1252"),
}


@pytest.mark.parametrize("language", OF_LANGUAGES)
def test_a_charset_that_nobody_names_is_told_by_language_and_bytes(language: str) -> None:
    """With the feed's language, and without it."""
    title, charsets = OF_LANGUAGES[language]
    for charset in charsets.split():
        for said in (f"<language>{language}</language>", ""):
            body = f"<rss><channel>{said}<item><title>{title}</title></item></channel></rss>"
            (article,) = _parse(body.encode(charset)).articles
            assert article.title == title


@pytest.mark.parametrize("bad", ["&#x110000;", "&#xD800;", "&#99999999999999999999;", "&#x0;"])
def test_a_character_that_does_not_exist_costs_only_itself(bad: str) -> None:
    """Feedparser raises on it; its neighbours and its own entry are read all the same."""
    body = _rss(f"<item><title>One</title></item><item><title>Two {bad}</title></item>&nbsp;")
    assert [article.title[:3] for article in _parse(body).articles] == ["One", "Two"]


def test_an_entry_that_cannot_be_read_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where feedparser raises on one entry even after repair, the others are kept."""
    import feedparser

    real = feedparser.parse

    def raising(stream: object, **options: object) -> object:
        if b"poison" in stream.getvalue():  # type: ignore[attr-defined]
            raise AssertionError("as georss did")
        return real(stream, **options)

    monkeypatch.setattr(feedparser, "parse", raising)
    items = [f"<item><title>Number {n}</title></item>" for n in range(9)]
    items[4] = "<item><title>poison</title><b></item>"
    parsed = _parse(_rss("".join(items)))
    assert [x.title for x in parsed.articles] == [f"Number {n}" for n in range(9) if n != 4]
    assert parsed.refused == ("an entry cannot be read: item title poison title b item",)


@pytest.mark.parametrize(
    "space", ["http://oracle.example/rss-of-our-own", "http�//purl.org/rss/1.0/"]
)
def test_entries_in_a_namespace_that_nobody_knows_are_entries_all_the_same(space: str) -> None:
    """Where the document holds no others: a publisher's own, or a misspelt one."""
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    body = (
        f"<rdf:RDF xmlns:rdf='{rdf}' xmlns='{space}'><channel><title>Oracle</title></channel>"
        "<item><title>A plant</title><link>https://x.example/plant</link></item></rdf:RDF>"
    )
    (article,) = _parse(body).articles
    assert (article.title, article.link) == ("A plant", "https://x.example/plant")


def test_more_than_two_thousand_entries_are_cut() -> None:
    """The rest is named, not lost in silence."""
    parsed = _parse(_rss("<item><title>x</title></item>" * 2_100))
    assert len(parsed.articles) == 2_000
    assert parsed.refused == ("100 entries after the first 2,000",)


# ---------------------------------------------------------------------------------- the fields


@pytest.mark.parametrize(
    ("item", "link"),
    [
        (
            "<link>https://feedproxy.google.com/~r/1</link>"
            "<f:origLink>https://x.example/true</f:origLink>",
            "https://x.example/true",
        ),
        ("<guid>https://x.example/guid</guid>", "https://x.example/guid"),
        ("<guid isPermaLink='false'>https://x.example/guid</guid>", ""),
        ("<link>/relative</link>", "https://oracle.example/relative"),
        ("<link>javascript:alert(1)</link>", ""),
        (
            "<link>https://x.example/own</link><y:rel><link>https://y.example/other</link></y:rel>",
            "https://x.example/own",
        ),
        ("<enclosure url='https://x.example/a.mp3' type='audio/mpeg'/>", "https://x.example/a.mp3"),
        ("<link>https://x.example/?a=1&amp;b=2</link>", "https://x.example/?a=1&b=2"),
    ],
)
def test_the_best_link_is_taken(item: str, link: str) -> None:
    """The true page first, then what stands in for it; only http and https."""
    names = "xmlns:f='http://rssnamespace.org/feedburner/ext/1.0' xmlns:y='https://y.example/'"
    assert _one(f"<title>A</title>{item}", attributes=names).link == link


@pytest.mark.parametrize(
    ("title", "source", "cut", "publisher"),
    [
        ("Oracle buys - The Times", "The Times", "Oracle buys", "The Times"),
        ("Oracle buys - Oil | OilPrice.com", "Oil | OilPrice.com", "Oracle buys",
         "Oil | OilPrice.com"),
        ("Oracle buys | Oracle Blogs", "", "Oracle buys", "Oracle Blogs"),
        ("Oracle buys - again - and again", "The Times", "Oracle buys - again - and again",
         "The Times"),
        ("144 - Morris", "", "144 - Morris", "Oracle Blogs"),
        ("- The Times", "The Times", "- The Times", "The Times"),
    ],
)  # fmt: skip
def test_a_publisher_is_cut_from_a_title(title: str, source: str, cut: str, publisher: str) -> None:
    """Only a name that is known for the entry or the feed."""
    inside = f"<title>{title}</title>" + (f"<source url='x'>{source}</source>" if source else "")
    article = _one(inside)
    assert (article.title, article.source) == (cut, publisher)


def test_a_google_news_description_is_no_text() -> None:
    """It repeats the title, or lists other stories."""
    article = _one(
        "<title>Oracle buys - CNN</title><link>https://news.google.com/rss/articles/X?oc=5</link>"
        "<description>&lt;a href='x'&gt;Oracle buys&lt;/a&gt;&amp;nbsp;&lt;font&gt;CNN and all the"
        " others&lt;/font&gt;</description><source url='https://cnn.com'>CNN</source>"
    )
    assert (article.title, article.source, article.text) == ("Oracle buys", "CNN", "")


def test_a_caption_is_not_the_text() -> None:
    """The fullest text is taken, whatever element it stands in."""
    article = _one(
        "<title>A plant</title><description>Oracle opens a plant in Ohio.</description>"
        "<m:content url='a.jpg' type='image/jpeg'><m:description>A picture</m:description>"
        "</m:content>",
        attributes="xmlns:m='http://search.yahoo.com/mrss/'",
    )
    assert article.text == "Oracle opens a plant in Ohio."


def test_the_title_again_is_no_text_and_the_text_can_be_the_title() -> None:
    """A text says more than the title; without a title, its first sentence is one."""
    assert _one("<title>Oracle buys.</title><description>oracle buys</description>").text == ""
    article = _one("<description>Oracle buys. It pays cash.</description>")
    assert (article.title, article.text) == ("Oracle buys.", "Oracle buys. It pays cash.")


@pytest.mark.parametrize(
    ("date", "published", "dated"),
    [
        ("<pubDate>Seg, 24 Set 2018 19:22:00 -0300</pubDate>", "2018-09-24 22:22", "feed"),
        ("<pubDate>soon</pubDate>", "2026-11-24 08:00", "seen"),
        ("<pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate>", "2026-11-24 08:00", "seen"),
        ("", "2026-11-24 08:00", "seen"),
        ("<link>https://x.example/2026/11/20/a</link>", "2026-11-20 00:00", "link"),
        (
            "<pubDate>soon</pubDate><link>https://x.example/2026/nov/20/a</link>",
            "2026-11-20 00:00",
            "link",
        ),
        (
            "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-11-19</dc:date>"
            "<link>https://x.example/2026/11/20/a</link>",
            "2026-11-19 00:00",
            "feed",
        ),
        ("<link>https://x.example/2027/01/01/a</link>", "2026-11-24 08:00", "seen"),
    ],
)
def test_a_date_that_cannot_be_is_the_time_of_reading(
    date: str, published: str, dated: str
) -> None:
    """No entry is dropped for its date; the day in its link is better than none."""
    article = _one(f"<title>A</title>{date}")
    assert (f"{article.published:%Y-%m-%d %H:%M}", article.dated) == (published, dated)


def test_an_entry_that_says_nothing_is_refused() -> None:
    """With a reason."""
    parsed = _parse(_rss("<item><guid isPermaLink='false'>7</guid></item>"))
    assert parsed.articles == ()
    assert parsed.refused == ("an entry has neither title nor link nor text",)


# ------------------------------------------------------------------------------------ identity


def test_an_id_survives_edits() -> None:
    """The guid decides; then the link without tracking; then title and date."""
    pairs = [
        ("<guid>g</guid><title>A</title>", "<guid>g</guid><title>A, corrected</title>"),
        ("<link>https://x.example/a?utm_source=1</link>", "<link>https://x.example/a#top</link>"),
        ("<title>A</title>", "<title>A</title><description>longer now</description>"),
    ]
    for before, after in pairs:
        assert _one(before).id == _one(after).id


def test_one_guid_on_two_links_is_two_articles() -> None:
    """Some feeds give every entry the same guid; new ones must not hide behind old ones."""

    def item(n: int) -> str:
        return f"<item><guid>same</guid><link>https://x.example/{n}</link></item>"

    first = {x.id for x in _parse(_rss(item(1) + item(2))).articles}
    later = {x.id for x in _parse(_rss(item(3) + item(2))).articles}
    assert (len(first), len(later), len(first & later)) == (2, 2, 1)


# ----------------------------------------------------------------------------------- hostility


@pytest.mark.parametrize(
    "body",
    [
        _rss("<item><title>x</title><description>" + "<a " * 40_000),
        _rss("<item><title>x</title><description>" + "<a>" * 40_000),
        _rss("<item><title>x</title><description>" + "&lt;a " * 20_000 + "</description></item>"),
        _rss("<item><title>x</title><description>" + "<!--" * 30_000),
        _rss("<item><title>x</title><description>" + "<" * 120_000),
        _rss("<item><title>x</title><description>" + "&" * 120_000),
        _rss("<item><title>x</title><description>" + '<a href="' * 13_000),
        _rss("<item><title>" + "<![CDATA[" * 13_000),
        _rss("<item>" * 20_000),
        _rss("<x>" * 40_000 + "<item><title>x</title></item>"),
    ],
    ids=[
        "open tags",
        "deep",
        "escaped",
        "comments",
        "less",
        "and",
        "href",
        "cdata",
        "items",
        "channel",
    ],
)
def test_no_shape_takes_long(body: str) -> None:
    """The largest broken body that is read in our own process, as hostile as we know how."""
    assert len(body) <= 120_000 + 10_000
    with at_most(seconds=10):
        _parse(body)


def test_a_broken_body_of_some_size_is_parsed_apart_and_says_the_same() -> None:
    """Nothing is lost on the way to the other process and back."""
    item = f"<item><title>“A” plant</title><description>{'word ' * 39_999}</description><b></item>"
    body = _rss(item).encode()
    parsed = sandbox.parse_safely(FeedBody(body, ADDRESS), NOW, 10**6)
    assert len(body) > 120_000
    assert parsed == _parse(body)
    assert parsed.articles[0].title == "“A” plant"


def test_a_well_formed_feed_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """However large, within reason: a process costs half a second."""
    monkeypatch.setattr(sandbox.subprocess, "run", None)
    body = _rss("<item><title>A</title><description>" + "w " * 10**6 + "</description></item>")
    parsed = sandbox.parse_safely(FeedBody(body.encode(), ADDRESS), NOW, 10**7)
    assert len(parsed.articles) == 1


def test_a_body_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limit ends the other process; what could be read quickly is kept."""
    monkeypatch.setattr(sandbox, "SECONDS", 0.3)
    begun = time.perf_counter()
    for start, kept in (("<item><title>x</title><description>", ["x"]), ("", [])):
        body = _rss(start + "<a><b " * 250_000).encode()
        parsed = sandbox.parse_safely(FeedBody(body, ADDRESS), NOW, 10**8)
        assert [article.title for article in parsed.articles] == kept
    assert parsed.trouble == "too slow"
    assert time.perf_counter() - begun < 60  # without the limit, minutes


@pytest.mark.parametrize(
    "field", ["<link>x</link>", "<description>x</description>", "<pubDate>x</pubDate>"]
)
@pytest.mark.parametrize("where", ["entry", "feed"])
def test_a_field_that_comes_again_without_end_costs_no_time(field: str, where: str) -> None:
    """A hundred thousand of them in one entry, or beside the entries: the first are looked at."""
    good = "<title>A plant</title><link>https://x.example/a</link>"
    many = field * 100_000
    body = _rss(f"<item>{good}{many if where == 'entry' else ''}</item>")
    if where == "feed":
        body = body.replace("<item>", f"{many}<item>", 1)
    begun = time.process_time()
    parsed = sandbox.parse_safely(FeedBody(body.encode(), ADDRESS), NOW, 10**8)
    assert [article.title for article in parsed.articles] == ["A plant"]
    assert time.process_time() - begun < 5  # in quadratic time, half a minute


@pytest.mark.parametrize("times", [1, 2])
def test_what_a_packed_feed_holds_decides_where_it_is_read(
    times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few kilobytes of gzip are millions of tags: they are counted unpacked, and given up."""
    monkeypatch.setattr(sandbox, "SECONDS", 0.3)
    body = _rss("<a><b " * 250_000).encode()
    for _ in range(times):
        body = gzip.compress(body)
    begun = time.process_time()
    parsed = sandbox.parse_safely(FeedBody(body, ADDRESS), NOW, 10**8)
    assert (parsed.trouble, parsed.articles) == ("too slow", ())
    assert time.process_time() - begun < 3  # read here, a minute


@pytest.mark.parametrize(
    ("begin", "unit", "end"),
    [
        ("", "<item><title>a</title><link>https://x.example/a</link></item>", ""),
        ("", "<item><description>", ""),
        ("<item><title>a</title><description>", "<x>", ""),
        ("<item><title>", "<![CDATA[x]]>&", "</title></item>"),
        ("<item><title>x", "&#x110000;", "</title></item>"),
        ("<item><title>", "a - ", "</title></item>"),
        ("<item><link>https://x.example/", "?&", "</link></item>"),
        ("<!--", "<!DOCTYPE x [", "-->"),
    ],
    ids=["items", "nested", "deep", "cdata", "references", "separators", "query", "doctypes"],
)
def test_twice_the_feed_takes_no_more_than_twice_the_time(begin: str, unit: str, end: str) -> None:
    """What is read in our own process takes time in proportion to its length."""

    def seconds(length: int) -> float:
        body = _rss(begin + unit * (length // len(unit)) + end).encode()
        taken = []
        gc.disable()  # a walk through all that other tests left behind is not the parser's time
        try:
            for _ in range(2):
                begun = time.process_time()
                parse(FeedBody(body, ADDRESS), NOW, patience="do without")
                taken.append(time.process_time() - begun)
        finally:
            gc.enable()
        return min(taken)

    assert seconds(600_000) < 2.5 * seconds(300_000) + 0.1


def test_fifty_thousand_entries_take_a_moment() -> None:
    """They keep feedparser busy for nine seconds."""
    body = _rss("<item><title>a</title><link>https://x.example/a</link></item>" * 50_000).encode()
    with at_most(seconds=5):
        parsed = sandbox.parse_safely(FeedBody(body, ADDRESS), NOW, 10**7)
    assert len(parsed.articles) == 2_000


_PIECES = st.sampled_from(
    """
    <rss> <rss\xa0version='2.0'><channel> <item> </item> <entry> <title> </title> <link> </link>
    <feed\xa0xmlns='http://www.w3.org/2005/Atom'> <link\xa0href='javascript:x'/> <description>
    javascript:alert(1) <![CDATA[ ]]> <script> &lt;script&gt; &#x110000; &#xD800; &nbsp; &amp;
    <a:b:c> \x00 \x1b[31m \u202e <guid> https://x.example/"><b> <pubDate> 2026-99-99 <!--
    <georss:point> <!DOCTYPE\xa0x\xa0[ {"items":[ { } ] "title": null , word <author>
    <source\xa0url=''> <content\xa0type='xhtml'>
    """.replace("\n", " ").split(" ")
).map(lambda piece: piece.replace("\xa0", " "))


@settings(max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(_PIECES, max_size=30).map(lambda x: _rss("".join(x)).encode("utf-8")),
        st.lists(_PIECES, max_size=30).map(lambda x: "".join(x).encode("utf-8")),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=20),
            lambda x: (
                st.lists(x, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "items",
                            "id",
                            "url",
                            "title",
                            "authors",
                            "author",
                            "name",
                            "content_html",
                            "date_published",
                            "version",
                        ]
                    ),
                    x,
                )
            ),
        ).map(lambda x: json.dumps({"items": [x, x]}).encode()),
    ),
    st.sampled_from(["", "text/html; charset=utf-7", "application/xml; charset=utf-16"]),
)
def test_any_bytes_are_articles_or_a_trouble(body: bytes, content_type: str) -> None:
    """Nothing raises, and nothing dangerous stands in any field."""
    parsed = _parse(body, content_type)
    assert bool(parsed.format) != bool(parsed.trouble)
    for article in parsed.articles:
        assert article.link == "" or article.link.startswith(("http://", "https://"))
        shown = (article.title, article.link, article.canonical, article.text, article.source,
                 article.author, article.guid)  # fmt: skip
        assert not clean._TAG.search(article.title + "\n" + article.text)
        for text in shown:
            assert "<script" not in text.casefold()
            kinds = {unicodedata.category(letter) for letter in text if letter != "\n"}
            assert not kinds & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize(
    "document",
    [
        "<rss:rss version='2.0'><rss:channel><rss:title>Wire</rss:title><rss:item>"
        "<rss:title>A</rss:title><rss:link>https://n.example.com/1</rss:link></rss:item></rss:channel></rss:rss>",
        "<rss version='2.0'><channel><title>Wire</title><foo:item><foo:title>A</foo:title>"
        "<foo:link>https://n.example.com/1</foo:link></foo:item></channel></rss>",
        "<rss version='2.0'><channel><title>Wire</title><rss:item><title>A</title>"
        "<link>https://n.example.com/1</link></rss:item></channel></rss>",
        "<a:feed><a:title>Wire</a:title><a:entry><a:title>A</a:title><a:id>1</a:id>"
        "<a:link href='https://n.example.com/1'/></a:entry></a:feed>",
    ],
)
def test_a_feed_whose_elements_carry_an_undeclared_prefix_is_read(document: str) -> None:
    """The prefix stands for nothing."""
    found = parse(FeedBody(document.encode(), "https://n.example.com/feed"), NOW)
    assert [(x.title, x.link) for x in found.articles] == [("A", "https://n.example.com/1")]


@pytest.mark.parametrize(
    ("inside", "trouble"),
    [
        ("<item xmlns='urn:odd'><title>A</title></item>", "unread entries"),
        ("<x:item xmlns:x='urn:odd'><x:title>A</x:title></x:item>", "unread entries"),
        ("<!-- <item><title>A</title></item> -->", ""),
        ("<description><![CDATA[<item>]]></description>", ""),
        ("", ""),
    ],
)
def test_entries_that_could_not_be_read_are_told(inside: str, trouble: str) -> None:
    """Never "0 articles" in silence."""
    document = f"<rss version='2.0'><channel><title>Wire</title>{inside}</channel></rss>"
    found = parse(FeedBody(document.encode(), "https://n.example.com/feed"), NOW)
    assert found.trouble == trouble or found.articles
