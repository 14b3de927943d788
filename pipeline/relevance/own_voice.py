"""Whether a feed that is listed for a company, on whatever host, is the company's own.

Takes the articles of one feed; gives yes or no. A company's blog is often served by another host
(feedburner), and its releases by a wire service, so that an address says little. Its own are feeds
whose entries lie on one site that bears its name, or on one site and speak as the company: "Merrin
Labs announces …", "we", "About Merrin Labs". A search, or a newspaper's page about it, does not.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.records import Article, Feed
from pipeline.relevance.companies import Names
from pipeline.text.characters import letters_of
from pipeline.text.patterns import compiled_later
from pipeline.text.same_for_all import same_for_all
from pipeline.text.urls import host_of, parts_of, site_of

# ------------------------------------------------------------ every number, and where it is from
# Set by judgement; the feeds of the tests lie well on either side.
LEAST_ENTRIES = 5  # that a feed must have brought, to be judged
ONE_SITE = 0.8  # of its links lead to one site
OWN_VOICE = 0.6  # of its entries speak as the company; of a newspaper's on it some 20 % seem to
# no border test: for speed; who speaks shows at the beginning
LONGEST_HEARD = 600
SHORTEST_NAME = 4  # letters of a name that tells a site: "HP" is in many

_QUOTED = compiled_later(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«")
_WE = compiled_later(
    r"\b(?:we|our|(?-i:us)|wir|unser\w*|uns|nous|notre|nos|nosotr[oa]s|nuestr[oa]s?)\b(?!\.)",
    re.IGNORECASE,
)
_ANNOUNCES = compiled_later(
    r"(?: (?:Inc|Corp|Ltd|LLC|PLC|plc|AG|SE|SA|GmbH)\.?)?,? (?:to (?:present|report|host|acquire|"
    r"open|exhibit|participate|announce)|announc\w+|launch\w*|introduc\w+|unveil\w*|present\w*|appoint\w*|names|promot\w+|open\w*|report\w*|publish\w*|expand\w*|partner\w*|"
    r"complet\w+|sign\w*|releas\w+|receiv\w+|wins|joins|select\w*|extend\w*|deliver\w*|celebrat\w+|"
    r"kündigt|gibt|stellt|eröffnet|ernennt|baut|veröffentlicht|startet|bringt|erhält|"
    r"annonce|lance|présente|nomme|ouvre|publie|inaugure|"
    r"anuncia|lanza|presenta|nombra|abre|publica|inaugura)\b",
    re.IGNORECASE,
)
_ABOUT_US = compiled_later(r"\b(?:about|über|à propos de|acerca de|sobre) $", re.IGNORECASE)
_PRESS = compiled_later(
    r"\b(?:media|press) contacts?\b|pressekontakt|forward-looking statements|contact presse|"
    r"contacto de prensa",
    re.IGNORECASE,
)


def is_search(feed: Feed) -> bool:
    """Return whether a feed is a news search: everybody's words about the company."""
    if feed.search:
        return True
    parts = parts_of(feed.address)
    if parts is None:
        return False
    is_engine = re.search(r"(?:^|\.)(?:google|bing|yahoo|duckduckgo)\.", host_of(feed.address))
    return bool(is_engine) or bool(re.search(r"(?:^|&)(?:q|query|search|s)=", parts.query))


@same_for_all
def _says_we(title: str, text: str) -> bool:
    told = _QUOTED.sub(" ", f"{title}\n{text[:LONGEST_HEARD]}")
    return bool(_WE.search(told) or _PRESS.search(text))


class Voice:
    """Hears the articles of one feed."""

    def __init__(self, names: Names) -> None:
        """Take the company's names."""
        self._names = names
        self._sites: Counter[str] = Counter()
        self._heard = self._own = 0

    def hear(self, article: Article) -> None:
        """Count one article."""
        self._heard += 1
        self._own += self._is_own(article)
        if site := site_of(article.link):
            self._sites[site] += 1

    def is_own(self) -> bool:
        """Return whether the company speaks in this feed."""
        if self._heard < LEAST_ENTRIES:
            return False
        site, links = max(self._sites.items(), key=lambda item: item[1], default=("", 0))
        if links < ONE_SITE * self._sites.total():
            return False
        return self._bears_name(site) or self._own >= OWN_VOICE * self._heard

    def _is_own(self, article: Article) -> bool:
        return (
            self._announces(article.title)
            or _says_we(article.title, article.text)
            or self._is_about_us(article.text)
        )

    def _announces(self, title: str) -> bool:
        """Return whether a title begins with "Merrin Labs announces"."""
        first = self._names.any_name.search(title)
        return (
            first is not None
            and not re.search(r"\w", title[: first.begin])
            and _ANNOUNCES.match(title[first.end :]) is not None
        )

    def _is_about_us(self, text: str) -> bool:
        named = self._names.any_name.findall(text)
        return any(_ABOUT_US.search(text, 0, found.begin) for found in named)

    def _bears_name(self, site: str) -> bool:
        """Return whether a site is called like the company: "merrinlabs.com", "blog.merrin.io"."""
        labels = site.split(".")[:-1]
        names = (letters_of(name.text) for name in self._names.names)
        return any(
            len(name) >= SHORTEST_NAME and letters_of(label) == name
            for name in names
            for label in labels
        )
