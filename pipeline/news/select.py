"""Which articles are wanted at all: the `only:` words of the feeds that brought them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.records import Article, Feed


def wanted(article: Article, feeds: Sequence[Feed]) -> bool:
    """Tell whether one of the address's feeds takes the article: it has no `only`, or a word."""
    text = f"{article.title}\n{article.text}"
    return any(not feed.only or _pattern(feed.only).search(text) for feed in feeds)


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)
