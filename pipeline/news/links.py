"""Links: as they are served, as they are compared, and as they may be shown.

Takes and gives text. `canonical` is for telling duplicates, never for fetching.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

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
_SECRETS = re.compile(
    r"([?&;](?:api_?key|auth|key|pass(?:word)?|secret|sig(?:nature)?|token|access_token)=)[^&;#]*",
    re.IGNORECASE,
)
_WRAPPED = ("url", "q", "u", "target")  # where redirectors keep the address they lead to
_WRAPPERS = re.compile(r"(?:^|\.)(?:google\.[a-z.]{2,6}|bing\.com|facebook\.com|news\.yahoo\.com)$")
# What could end an attribute, a line or a bracket where a link is written.
_UNSAFE = {'"': "%22", "<": "%3C", ">": "%3E", "`": "%60", "\\": "%5C", "|": "%7C", "^": "%5E"}
_UNSAFE |= {"{": "%7B", "}": "%7D", " ": "%20"}


def absolute(link: str, base: str) -> str:
    """Return an http(s) link resolved against its base, or "" when it is no such link."""
    plain = "".join(letter for letter in link.strip() if letter.isprintable())
    try:
        parts = urlsplit(urljoin(base if "://" in base else "", plain))
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    whole = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    quoted = "".join(_UNSAFE.get(letter, letter) for letter in whole)
    return quoted if len(quoted) <= LONGEST else ""


def canonical(link: str) -> str:
    """Return the link for comparing: unwrapped, without tracking, fragment or default port."""
    parts = _split(_unwrapped(link))
    if parts is None:
        return ""
    query = urlencode(
        [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _is_tracking(name)
        ]
    )
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    return urlunsplit(("https", _plain_host(parts), path, query, ""))


def display(address: str) -> str:
    """Return a feed's address as it may be shown or logged: no name, password or key in it."""
    return _SECRETS.sub(r"\1…", re.sub(r"^([\w+.-]+://)[^/?#]*@", r"\1", address))


def host_of(link: str) -> str:
    """Return the host of a link without "www.", or ""."""
    parts = _split(link)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _split(link: str) -> SplitResult | None:
    """Return the parts of an http(s) link; None when it is none."""
    try:
        parts = urlsplit(link)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def _plain_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def _is_tracking(name: str) -> bool:
    plain = name.casefold()
    return plain in _TRACKING or plain.startswith(_TRACKING_PREFIXES)


def _unwrapped(link: str) -> str:
    """Return the address inside a redirector's link, where it stands there in the open."""
    parts = _split(link)
    if parts is None:
        return link
    if parts.hostname == "news.google.com" and not parts.query.startswith("url="):
        return absolute(_google_news_target(parts.path), "") or link
    if _WRAPPERS.search(parts.hostname or ""):
        values = parse_qs(parts.query)
        targets = (absolute(values.get(name, [""])[0], "") for name in _WRAPPED)
        return next((target for target in targets if target), link)
    return link


def _google_news_target(path: str) -> str:
    """Return the address inside an article id of before 2023: base64 of a small message."""
    name = path.rpartition("/")[2]
    try:
        message = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4))
    except (binascii.Error, ValueError):
        return ""
    found = re.search(rb"https?://[\x21-\x7e]+", message)
    return found.group().decode("ascii") if found else ""
