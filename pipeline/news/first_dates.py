"""The dates under which a feed first showed its entries: what it dates anew is no news.

Some feeds write the time of their own making into every entry, or give each a new guid and date
with every reading. Takes a reading's articles and what is remembered of the last one; returns the
articles, each no younger than it was, and what to remember. The date of an entry moves only
together with its title or text. For an article that is stored, `store/news/articles.py` holds the
same rule; this one also knows entries that were too old to be stored, are forgotten, or have
another id.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2s

from pipeline.records import Article

# no border test: bounds memory: 12 characters each, in a row that every reading writes
MOST = 500  # entries of one feed, the first; the median captured feed has 20
_KEY, _TIME = 5, 4  # bytes: one chance in 2 ** 40 to take an entry for another; minutes since 1970
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = (1 << 8 * _TIME) - 1

FirstDates = dict[bytes, int]


def dated(articles: Sequence[Article], remembered: str) -> tuple[tuple[Article, ...], str]:
    """Return the articles with their first dates, and what to remember of this reading."""
    known = _read(remembered)
    now_known: FirstDates = {}
    found = []
    for article in articles:
        key = _key(article)
        minute = min(max(int((article.published - _EPOCH).total_seconds() // 60), 0), _LATEST)
        first = min(minute, known.get(key, minute), now_known.get(key, minute))
        if first < minute:
            article = replace(article, published=_EPOCH + timedelta(minutes=first))
        if key in now_known or len(now_known) < MOST:
            now_known[key] = first
        found.append(article)
    return tuple(found), _written(now_known)


def _key(article: Article) -> bytes:
    """Return what an entry says, in short; of a title without a text the link is part."""
    said = f"{article.title}\n{article.text or article.canonical}"
    return blake2s(said.encode("utf-8", "replace"), digest_size=_KEY).digest()


def _read(remembered: str) -> FirstDates:
    packed = base64.b64decode(remembered)
    return dict(_pairs(packed))


def _pairs(packed: bytes) -> Iterator[tuple[bytes, int]]:
    for place in range(0, len(packed), _KEY + _TIME):
        middle = place + _KEY
        yield packed[place:middle], int.from_bytes(packed[middle : middle + _TIME], "big")


def _written(known: FirstDates) -> str:
    packed = b"".join(key + minute.to_bytes(_TIME, "big") for key, minute in known.items())
    return base64.b64encode(packed).decode("ascii")
