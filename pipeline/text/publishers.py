"""Publishers: the registered domain behind an article, beside the name that it claims.

Takes stories; gives what is shown of who tells them, and who is believed. The domains are those of
the public suffix list as installed, which takes 100 ms to read: a host of two words needs no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.records import Article, Config, Feed, Match, Story
from pipeline.text.characters import letters_of
from pipeline.text.hosts import looks_public, number_of, plain_host
from pipeline.text.urls import host_of, site_of

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# Hosts on which everybody has a site of their own, and which the list's private part lacks.
_OF_MANY = ("substack.com", "medium.com", "beehiiv.com", "ghost.io", "tumblr.com")

# A domain behind a name is our mark: none of a name's own stays.
_IN_BRACKETS = re.compile(r"(?:[(（][\w-]+(?:\.[\w-]+)+[)）]\s*)+$")

# A site's name that is drawn together from a name: words of it that are looked at, far beyond real
# names, and the letters of a word that is there whole, by judgement: "Post", no "of" or "The".
MOST_WORDS = 12  # no border test: far beyond real values
LEAST_LETTERS = 4

# Hosts of feeds that bring the news of many, where they are no search of feeds.yaml.
SEARCHES = ("news.google.com", "bing.com", "www.bing.com")


class Publishers:
    """Who tells what, by whose feed it is: no article can make that up.

    Only a search, which brings the news of many, is believed who they are.
    """

    def __init__(self, config: Config) -> None:
        self._feeds: dict[str, tuple[Feed, ...]] = {}
        for feed in config.feeds:
            self._feeds[feed.address] = (*self._feeds.get(feed.address, ()), feed)
        self._ways: dict[str, tuple[str, bool]] = {}  # asked for each article of a feed

    def is_search(self, address: str) -> bool:
        """Return whether a feed is a search for the news of many."""
        found = self._feeds.get(address, ())
        return host_of(address) in SEARCHES or any(feed.search for feed in found)

    def teller(self, article: Article) -> str:
        """Return whom an article counts as: the domain of its feed; of a search, the outlet.

        A file, or a feed of the user's own network, has no domain: its link's stands for it.
        """
        way = self._ways.get(article.feed)
        if way is None:
            way = self._ways[article.feed] = _way(article.feed), self.is_search(article.feed)
        domain, is_search = way
        domain = domain or domain_of_address(article.link) or article.feed
        return f"{article.source or 'a nameless paper'} by {domain}" if is_search else domain

    def alone(self, stories: Iterable[Story]) -> str:
        """Return the publisher on whose word alone these stories stand; else "".

        Nobody has to bear out a company's own feed, what a search brings, or a feed that
        feeds.yaml no longer has. One story is one text: who copies it bears nobody out.
        """
        told = tuple(stories)
        names = {self.teller(story.lead) for story in told}
        articles = (article for story in told for article in (story.lead, *story.others))
        if len(names) > 1 or any(self._is_sure(article.feed) for article in articles):
            return ""
        return next(iter(names), "")

    def _is_sure(self, address: str) -> bool:
        found = self._feeds.get(address, ())
        return not found or self.is_search(address) or any(feed.own for feed in found)


def others_of(match: Match) -> tuple[str, ...]:
    """Return who else tells the event, each once: "Harbour Post (harbourpost.example)"."""
    own = of(match.story.lead)
    names = dict.fromkeys(of(story.lead) for story in match.told_by)
    return tuple(name for name in names if name and name != own)


@lru_cache(maxsize=4096)
def domain_of(host: str) -> str:
    """Return the registered domain of a host: bbc.co.uk, ada.substack.com; else the host."""
    site = plain_host(host)
    if number_of(site) is not None or site.count(".") < 2:
        return site
    if found := next((many for many in _OF_MANY if site.endswith(f".{many}")), ""):
        return f"{site.removesuffix(f'.{found}').rpartition('.')[2]}.{found}"
    if site.startswith("www.") and site.count(".") == 2:
        return site.removeprefix("www.")
    return _suffixes().privatesuffix(site) or site


def domain_of_address(address: str) -> str:
    """Return the registered domain of an http(s) address; "" where it is none."""
    return domain_of(host_of(address))


def of(article: Article) -> str:
    """Return who an article says it is from, with the domain behind its link and its feed.

    "Post (post.example)"; "BBC News, by way of e.example", where the name is not the site's; and
    by way of whose feed, where that is another's.
    """
    way = _way(article.feed)
    domain = domain_of(_host(article.link)) or way
    way = "" if way == domain else way
    name = _IN_BRACKETS.sub("", article.source).strip()
    if not domain or name.casefold() in (domain, f"www.{domain}"):
        shown = domain or name
    elif not name:
        shown = domain
    elif _is_called(domain, name):
        shown = f"{name} ({domain})"
    else:
        shown, way = name, way or domain
    return f"{shown}, by way of {way}" if way and way != shown else shown


def is_of_its_link(article: Article, *, is_search: bool) -> bool:
    """Return whether the site to which an article leads stands behind it.

    It does where the feed is of that site's registered domain; a search is believed to whom it
    leads, and so is a file or a feed of the user's own network. A link alone gives no voice.
    """
    is_search = is_search or host_of(article.feed) in SEARCHES
    return is_search or _way(article.feed) in ("", domain_of(_host(article.link)))


def credit(article: Article, name: str, *, is_search: bool) -> str:
    """Return whom a message names for an article: the name where it is the site's, or a search's.

    Else the site itself, or the feed's where that is another's: nobody quotes the BBC for what
    another site says it wrote, wherever its link leads.
    """
    domain = domain_of(_host(article.link))
    if (domain or name) and not is_of_its_link(article, is_search=is_search):
        way = _way(article.feed)
        return name if _is_called(way, name) else way
    is_believed = not domain or host_of(article.link) in SEARCHES or _is_called(domain, name)
    return name if is_believed else domain


def _is_called(domain: str, name: str) -> bool:
    """Return whether a site bears a name, as far as its letters say: "BBC News" and bbc.co.uk."""
    label, said = letters_of(domain.partition(".")[0]), letters_of(name)
    initials = "".join(word[0] for word in name.casefold().split() if word != "the")
    is_part = len(label) > 2 and (label in said or (len(said) > 2 and said in label))
    return bool(said) and (is_part or label in (said, initials) or _is_drawn_together(label, name))


def _is_drawn_together(label: str, name: str) -> bool:
    """Return whether a site's name is beginnings of a name's words in order, one of them whole.

    "bristolcourier" is of the Bristol Evening Courier, "nytimes" of The New York Times.
    """
    reached = {(0, False)}  # how far the letters are used up, and whether a word is there whole
    for word in map(letters_of, name.split()[:MOST_WORDS]):
        for at, has_whole in tuple(reached):
            for end in range(1, len(word) + 1):
                if not label.startswith(word[:end], at):
                    break
                is_whole = end == len(word) >= LEAST_LETTERS
                reached.add((at + end, has_whole or is_whole))
    return (len(label), True) in reached


def _way(feed: str) -> str:
    """Return the domain of a feed, where it is one that anybody can open."""
    host = host_of(feed)
    return domain_of(host) if looks_public(host) else ""


def is_same(one: Article, other: Article) -> bool:
    """Return whether one feed gives both as of one site and one name: nobody else can say so."""
    return one is other or (one.feed, one.source, site_of(one.link)) == (
        other.feed,
        other.source,
        site_of(other.link),
    )


def who_lead(story: Story) -> tuple[Article, ...]:
    """Return the articles by which a story is judged: its lead, its publisher's, the page's own.

    What somebody else copied with a link of their own, or a borrowed one, says nothing about it.
    """
    lead = story.lead
    page = lead.canonical
    return (
        lead,
        *(a for a in story.others if is_same(a, lead) or (page and _is_of_page(a, page))),
    )


def _is_of_page(article: Article, page: str) -> bool:
    return article.canonical == page and is_of_its_link(article, is_search=False)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # of a link that is none
        return ""


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
