"""Which articles are wanted: the `only` words of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.records import Article, Feed

if TYPE_CHECKING:
    from pipeline.text.name_spellings import AnyOf


def wanted(article: Article, feeds: Sequence[Feed]) -> bool:
    """Return whether one of these feeds, all of the article's address, takes the article.

    A feed without `only` words takes everything; another one only what holds one of its words,
    whole and in any case, in title or text.
    """
    if not feeds:
        return True
    return any(
        not feed.only or _phrases(feed.only).is_in(f"{article.title}\n{article.text}")
        for feed in feeds
    )


@lru_cache(maxsize=1024)
def _phrases(words: tuple[str, ...]) -> AnyOf:
    from pipeline.text.name_spellings import AnyOf, phrase

    return AnyOf(map(phrase, words))
