"""Secrets that stand in an address by their name: https://me:${TOUCHPOINTS_NEWS}@news.example/feed.

Takes addresses; gives the names in them, and the address with the values. Only what the user wrote
may name one: what comes from the network is asked with `may_name`, and refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from pipeline.text.urls import host_of

# With what the digest goes out. Nobody who gives news needs them, whatever an address says.
SMTP_PASSWORD = "TOUCHPOINTS_SMTP_PASSWORD"  # noqa: S105 - the name of it
NOTIFY_ADDRESSES = "TOUCHPOINTS_NOTIFY"
_OF_DELIVERY = frozenset(name.casefold() for name in (SMTP_PASSWORD, NOTIFY_ADDRESSES))
# No other variable: an address can name none but this program's.
_NAMED = re.compile(r"\$\{(TOUCHPOINTS_\w+)\}", re.ASCII)
_MOST_LAYERS = 5  # of percent signs; no border test: two are in no captured address


def names_in(address: str) -> tuple[str, ...]:
    """Return the names of secrets in an address, each once."""
    return tuple(dict.fromkeys(_NAMED.findall(address)))


def may_name(address: str) -> bool:
    """Return whether an address could name a secret, however its characters are written."""
    for _ in range(_MOST_LAYERS):
        if "${" in address or "＄" in address or "｛" in address:
            return True
        address, before = unquote(address), address
        if address == before:
            return False
    return True


def mistake(address: str) -> str:
    """Return why the secrets that an address names are not put into it, after its name; or ""."""
    names = names_in(address)
    if found := next((name for name in names if name.casefold() in _OF_DELIVERY), ""):
        return f"asks for {found}, which is for delivering the digest and goes to no feed"
    # One value of letters only in place of each: what stands in the host changes it.
    hosts = {host_of(_NAMED.sub(value, address)) for value in ("a", "b")}
    if names and len(hosts) > 1:
        return "has a secret's name in its host; it may stand before @, in the path or after ?"
    return ""


def filled(address: str, values: Mapping[str, str]) -> str:
    """Return an address with the values of the secrets that it names, quoted."""
    for name, value in values.items():
        address = address.replace(f"${{{name}}}", quote(value, safe=""))
    return address
