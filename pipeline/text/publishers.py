"""Publishers: the registered domain behind an article, beside the name that it claims.

Takes stories; gives what is shown of who tells them. The domains are those of the public suffix
list as installed, which takes 100 ms to read: a host of two words needs no list.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.records import Article, Match
from pipeline.text.hosts import number_of, plain_host

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# Hosts on which everybody has a site of their own, and which the list's private part lacks.
_OF_MANY = ("substack.com", "medium.com", "beehiiv.com", "ghost.io", "tumblr.com")


def others_of(match: Match) -> tuple[str, ...]:
    """Return who else tells the event, each once: "Harbour Post (harbourpost.example)"."""
    own = of(match.story.lead)
    names = dict.fromkeys(of(story.lead) for story in match.told_by)
    return tuple(name for name in names if name and name != own)


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


def of(article: Article) -> str:
    """Return the name that an article claims, with the domain behind its link or its feed."""
    domain = domain_of(_host(article.link) or _host(article.feed))
    if not domain or article.source.casefold() in (domain, f"www.{domain}"):
        return domain or article.source
    return f"{article.source} ({domain})" if article.source else domain


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # of a link that is none
        return ""


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
