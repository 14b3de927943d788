"""Reading feeds: ours beside feedparser; HTML to text: ours beside BeautifulSoup (html.parser).

    .venv/bin/python -m tests.benchmarks.parsing [N]      N feeds of 30 entries, 100 by default

The feeds are made up: RSS and Atom, escaped HTML and CDATA, a fifth with full text, summaries of 60
to 120 words with links, an image and a list. Each entry must give title, link, guid, date and HTML
from feedparser and from our reader ("read"); "to articles" is everything, with texts freed from
HTML and links from tracking. Rounds are interleaved and CPU seconds counted, so that what else the
machine does counts little; the ratio is the median of the rounds.
"""

from __future__ import annotations

import html
import io
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from pipeline.news import clean, decode, xml_feed
from pipeline.news.parse import FeedBody, parse

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
ENTRIES = 30
ROUNDS = 5
FRAGMENTS = 1_000
SYLLABLES = """ba co di fe gu ha in jo ka lu me no or pa qui ra se ti un vo we xi yo za ster ment
pre con tra""".split()


def _words(chance: random.Random, count: int) -> str:
    return " ".join(
        "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(count)
    )


def _body(chance: random.Random, link: str) -> str:
    count = chance.randint(30, 60)
    return (
        f"<p>{_words(chance, 2).capitalize()} <strong>{_words(chance, 2)}</strong> "
        f"{_words(chance, count)}.</p>\n<p><img src='{link}.gif' width='1' height='1' alt=''/>"
        f"{_words(chance, count)} &#8217;s &amp; <a href='{link}?utm_source=rss&amp;id=7'>"
        f"{_words(chance, 2)}</a>&hellip;</p>\n<ul><li>{_words(chance, 4)}</li></ul>"
    )


def feed(number: int, entries: int = ENTRIES) -> bytes:
    """Return a feed; the same number is the same feed, with one entry more the same and one."""
    chance = random.Random(number)
    site = f"https://news{number}.example"
    is_atom, is_cdata, is_full = number % 5 < 2, number % 2 == 0, number % 5 == 4
    items = []
    for place in range(entries):
        link = f"{site}/2026/11/{place % 28 + 1:02}/{_words(chance, 5).replace(' ', '-')}"
        day = NOW - timedelta(hours=place * 7)
        body = _body(chance, link)
        shown = f"<![CDATA[{body}]]>" if is_cdata else html.escape(body)
        title = _words(chance, 8).capitalize()
        tracked = f"{link}?utm_source=rss&amp;utm_medium=feed"
        if is_atom:
            items.append(
                f"<entry><title>{title}</title><link href='{tracked}'/><id>{link}</id>"
                f"<published>{day.isoformat()}</published><updated>{day.isoformat()}</updated>"
                f"<author><name>{title[:9]}</name></author><category term='news'/>"
                f"<summary type='html'>{shown}</summary></entry>"
            )
            continue
        full = f"<content:encoded>{shown}</content:encoded>" if is_full else ""
        items.append(
            f"<item><title>{title}</title><link>{tracked}</link><guid>{link}</guid>"
            f"<pubDate>{format_datetime(day)}</pubDate><dc:creator>{title[:9]}</dc:creator>"
            f"<category>news</category><description>{shown}</description>{full}</item>"
        )
    start = "<?xml version='1.0' encoding='utf-8'?>"
    if is_atom:
        head = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{site}</title><id>{site}</id>"
        return f"{start}{head}{''.join(items)}</feed>".encode()
    return (
        f"{start}<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
        f" xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>{site}</title>"
        f"<link>{site}</link>{''.join(items)}</channel></rss>"
    ).encode()


# ------------------------------------------------------------------------------ the ways to read


def _by_feedparser(body: bytes) -> int:
    import feedparser

    return len(feedparser.parse(io.BytesIO(body)).entries)


def _read(body: bytes) -> int:
    feed = xml_feed.read(decode.to_text(body))
    return len(feed.entries) if feed else 0


def _to_articles(body: bytes) -> int:
    return len(parse(FeedBody(body, "https://x.example/f"), NOW).articles)


def _by_beautiful_soup(fragment: str) -> int:
    from bs4 import BeautifulSoup

    return len(BeautifulSoup(fragment, "html.parser").get_text())


def _body_text(fragment: str) -> int:
    return len(clean.body_text(fragment))


def main(arguments: Sequence[str]) -> int:
    """Print both tables."""
    bodies = [feed(number) for number in range(int(arguments[0]) if arguments else 100)]
    _table(
        "entries",
        bodies,
        {"feedparser": _by_feedparser, "read": _read, "to articles": _to_articles},
        count=len(bodies) * ENTRIES,
    )
    found = [xml_feed.read(decode.to_text(body)) for body in bodies]
    fragments = [text for one in found if one for entry in one.entries for text in entry.texts]
    fragments = fragments[:FRAGMENTS]
    _table(
        "fragments",
        fragments,
        {"BeautifulSoup": _by_beautiful_soup, "body_text": _body_text},
        count=len(fragments),
    )
    return 0


def _table(
    what: str, given: Sequence[Any], ways: dict[str, Callable[[Any], int]], count: int
) -> None:
    print(f"\n{count} {what}")
    seconds: dict[str, list[float]] = {}
    for name, way in ways.items():
        way(given[0])  # what is imported is not measured
        seconds[name] = []
    for _ in range(ROUNDS):
        for name, taken in seconds.items():
            begun = time.process_time()
            for one in given:
                ways[name](one)
            taken.append(time.process_time() - begun)
    peer = next(iter(seconds.values()))
    for name, taken in seconds.items():
        ratio = statistics.median(theirs / ours for theirs, ours in zip(peer, taken, strict=True))
        each = statistics.median(taken) / count * 1e6
        print(f"  {name:16} {each:8.1f} µs each  {1e6 / each:9,.0f} a second  {ratio:6.1f} x")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
