"""Which articles are wanted: the `only` words of a feed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.records import Article, Feed


def wanted(article: Article, feeds: Sequence[Feed]) -> bool:
    """Return whether one of these feeds, all of the article's address, takes the article.

    A feed without `only` words takes everything; another one only what holds one of its words,
    whole and in any case, in title or text.
    """
    if not feeds:
        return True
    return any(
        not feed.only or _pattern(feed.only).search(f"{article.title}\n{article.text}")
        for feed in feeds
    )


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # Not \b: a word may begin or end with a sign, as in C++ or .NET.
    alternatives = "|".join(r"\s+".join(re.escape(x) for x in word.split()) for word in words)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
