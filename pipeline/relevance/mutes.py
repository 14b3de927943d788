"""Words that the user muted: a story that holds one is neither shown nor suggested.

Takes a match and the `mute:` words of feeds.yaml; gives the match, no longer shown, with the word
as its reason. Muting makes no company safe: bad news about it, and what befell somebody of the
notes, go on holding messages back, and the page says so. How a word is found is left to
`text.name_spellings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.records import Article, Match, Mute
from pipeline.text import publishers
from pipeline.text.name_spellings import AnyOf, phrase


def muted(match: Match, mutes: Sequence[Mute]) -> Match:
    """Return a match as it is with these words muted."""
    found = mute_of(match, mutes)
    if found is None:
        return match
    reason = f"muted: {found.word} ({found.place})"
    if match.sensitive:
        reason += "; as bad news it still holds messages back"
    grave = tuple(item for item in match.people if item.is_grave)
    return replace(match, shown=False, reason=reason, people=grave)


def mute_of(match: Match, mutes: Sequence[Mute]) -> Mute | None:
    """Return the first word that mutes a story for this company.

    A word of a feed or a topic counts where all that brought the story belongs to it: it hides
    nothing that another feed brings, too. Behind a borrowed link no word counts.
    """
    articles, page = publishers.who_lead(match.story), match.story.lead.canonical
    feeds = {article.feed for article in articles}
    feeds |= {other.feed for other in match.story.others if page and other.canonical == page}
    for mute in mutes:
        of_company = mute.company in ("", match.company)
        of_feeds = not mute.feeds or feeds.issubset(mute.feeds)
        if of_company and of_feeds and any(hides(mute, article) for article in articles):
            return mute
    return None


def hides(mute: Mute, article: Article) -> bool:
    """Return whether an article holds the word, in title or text."""
    return _found(mute.word).is_in(f"{article.title}\n{article.text}")


@lru_cache(maxsize=1024)
def _found(word: str) -> AnyOf:
    return AnyOf([phrase(word)])
