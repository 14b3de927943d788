"""Links: as they are served, and as they are compared.

Takes and returns text. `served` is the page that a person opens: out of its redirector's wrapping,
without what shows its owner where a reader came from. `canonical` is for finding duplicates, never
for fetching.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit, urlunsplit

from pipeline.text.hosts import is_this_computer, looks_public
from pipeline.text.urls import host_of, parts_of

# no border test: far beyond real values
LONGEST = 2_000  # characters; what browsers and mail programs agree on

# Parameters that say where a reader came from, not what is read: those met in 52 of 407 captured
# feeds, and the lists of Miniflux (urlcleaner.go) and courlan (clean.py).
_TRACKING_PREFIXES = ("utm_", "at_", "ns_", "mc_", "hsa_", "pk_", "mtm_", "_hs")
_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "igshid",
        "twclid",
        "ttclid",
        "maca",
        "oc",
        "wt_mc",
        "xtor",
        "cmpid",
        "cmp",
        "ito",
        "icid",
        "smid",
        "ref_src",
        "ref",
        "ncid",
        "s_cid",
        "spm",
        "guccounter",
        "feedtype",
        "feedname",
        "source_feed",
        "ftcamp",
        "wtrid",
        "mkt_tok",
        "vero_id",
        "trk",
        "trkcampaign",
    ]
)
_WRAPPED = ("url", "q", "u", "target")  # where redirectors keep the address they lead to
_WRAPPERS = re.compile(
    r"(?:^|\.)(?:google\.[a-z.]{2,6}|bing\.com|facebook\.com|news\.yahoo\.com|feedsportal\.com"
    r"|feedproxy\.google\.com|feeds\.feedburner\.com|out\.reddit\.com|vk\.com|t\.umblr\.com"
    r"|getpocket\.com|linkedin\.com|duckduckgo\.com|digg\.com)$"
)
# How feedsportal.com wrote an address into a path: "0L" and what a letter after 0 means.
_FEEDSPORTAL = {
    "A": "0", "B": ".", "C": "/", "D": "?", "E": "-", "F": "=", "G": "&", "H": ",", "I": "_",
    "J": "%", "K": "+", "L": "http://", "M": ".co.uk", "N": ".com", "O": ".org", "P": ".de",
    "Q": ".net", "R": ".fr", "S": "www.", "T": ".it", "U": ".jp", "V": ".info", "W": ".biz",
    "X": ".eu", "Z": ".nl",
}  # fmt: skip
_HOST = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_MAY_WRAP = re.compile(
    "google|bing|facebook|yahoo|feedsportal|feedburner|reddit|vk|umblr|pocket|linkedin|duck|digg",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)([^?#]*)(\?[^#]+)?", re.ASCII)
# An ordinary web address: nothing in it to decode, to escape or to refuse.
_ORDINARY = re.compile(r"https?://[a-z0-9.-]{1,253}(?:/[\w/.~%:@!$&'()*+,;=?#-]*)?", re.ASCII)
_DAY_IN_PATH = re.compile(
    r"/(?:(19\d\d|20\d\d)([/_-])(\d{1,2}|[a-z]{3})\2(\d{1,2})|(20\d\d)(0[1-9]|1[0-2])([0-3]\d))"
    r"(?![0-9])"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What could end an attribute, a line or a bracket where a link is written.
_UNSAFE = {'"': "%22", "<": "%3C", ">": "%3E", "`": "%60", "\\": "%5C", "|": "%7C", "^": "%5E"}
_UNSAFE |= {"{": "%7B", "}": "%7D", " ": "%20"}


def absolute(link: str, base: str) -> str:
    """Return an http(s) link resolved against its base, or "" when it is no such link."""
    link = link.strip()
    if _ORDINARY.fullmatch(link) and len(link) <= LONGEST and "&amp;" not in link:
        return link
    plain = "".join(x for x in link.replace("&amp;", "&") if x.isprintable())
    try:
        parts = urlsplit(urljoin(base if "://" in base else "", plain))
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    whole = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    quoted = "".join(_UNSAFE.get(x, x) for x in whole)
    return quoted if len(quoted) <= LONGEST else ""


def for_all(link: str, came_from: str) -> str:
    """Return a link that others can open, for an entry of the feed that came from that address.

    A feed that was built on its author's computer leads there: it is joined to the feed's host. A
    host in a private network is nobody's but where the feed itself is from it: the user wrote that.
    """
    host, own = host_of(link), host_of(came_from)
    if looks_public(host) or (own and host == own):
        return link
    if not is_this_computer(host) or not looks_public(own):
        return ""
    home = urlsplit(came_from)
    netloc = home.netloc.rpartition("@")[2]
    return urlunsplit(urlsplit(link)._replace(scheme=home.scheme, netloc=netloc))


def direct(link: str) -> str:
    """Return the page's own address: unwrapped, without tracking, else as it was."""
    host = _HOST.match(link)
    if host and _MAY_WRAP.search(host[1]):
        link = _unwrapped(link)
    return _without_tracking(link) if "?" in link else link


def canonical(link: str) -> str:
    """Return the link for comparing: as `direct`, without fragment, "www.", port or last slash."""
    return comparable(direct(link))


def comparable(link: str) -> str:
    """Return what `canonical` does, for a link that is `direct` already."""
    plain = _PLAIN.fullmatch(link)
    if plain and "//" not in plain[2]:
        return f"https://{plain[1].removeprefix('www.')}{plain[2].rstrip('/')}{plain[3] or ''}"
    parts = parts_of(link)
    if parts is None:
        return ""
    path = re.sub(r"/{2,}", "/", parts.path)
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{_plain_host(parts)}{path.rstrip('/')}{query}"


def day_in(link: str) -> date | None:
    """Return the day in a link's path, such as /2026/11/24/ or /2026/nov/24/."""
    found = _DAY_IN_PATH.search(link.partition("?")[0].partition("#")[0].lower())
    if not found:
        return None
    year, month, day = (found[1], found[3], found[4]) if found[1] else found.group(5, 6, 7)
    try:
        number = _MONTHS.index(month) + 1 if month.isalpha() else int(month)
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _plain_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def _without_tracking(link: str) -> str:
    start, mark, rest = link.partition("?")
    if not mark:
        return link
    query, hash_mark, fragment = rest.partition("#")
    kept = [pair for pair in query.split("&") if pair and not _is_tracking(pair)]
    query = "&".join(kept)
    return start + ("?" if query else "") + query + hash_mark + fragment


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if name.startswith("utm_"):
        return True
    plain = name.casefold()
    if plain == "ref" and value.isdigit():
        return False  # a number chooses the page
    return plain in _TRACKING or plain.startswith(_TRACKING_PREFIXES)


def _unwrapped(link: str) -> str:
    """Return the address inside a redirector's link, if it is there as plain text."""
    parts = parts_of(link)
    if parts is None:
        return link
    host = parts.hostname or ""
    if host == "news.google.com" and not parts.query.startswith("url="):
        return absolute(_google_news_target(parts.path), "") or link
    if not _WRAPPERS.search(host):
        return link
    if host.endswith("feedsportal.com") and "/0L" in parts.path:
        return absolute(_feedsportal_target(parts.path), "") or link
    values = parse_qs(parts.query, max_num_fields=100) if parts.query.count("&") < 100 else {}
    targets = (absolute(values.get(name, [""])[0], "") for name in _WRAPPED)
    return next((target for target in targets if target), link)


def _feedsportal_target(path: str) -> str:
    """Return the address inside "/c/1/f/2/s/3/sc/4/0Lexample0N0Cnews0C1/story01.htm"."""
    inside = next(part for part in path.split("/") if part.startswith("0L"))
    return re.sub(r"0([A-Z])", lambda found: _FEEDSPORTAL.get(found[1], ""), inside)


def _google_news_target(path: str) -> str:
    """Return the address inside an article id of before 2023: base64 of a small message."""
    name = path.rpartition("/")[2]
    try:
        message = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4))
    except (binascii.Error, ValueError):
        return ""
    found = re.search(rb"https?://[\x21-\x7e]+", message)
    return found.group().decode("ascii") if found else ""
