"""The last digests as an Atom feed (RFC 4287), for those who live in a feed reader.

Takes digests with their stamps, and the workspace's identity; gives the text of `feed.atom`. An
entry keeps its id for ever; it is `updated` when what the digest says has changed, which its last
line, with its counts, does not. Links are relative, to the pages in the same folder. The content
is the HTML of the mail's body, escaped: harmless markup only. The same input gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5
from xml.etree import ElementTree

from pipeline.digest.mail_body import fingerprint, html
from pipeline.digest.safe_text import one_line, strip
from pipeline.records import Digest, FeedStamp

FEED_DAYS = 30  # after a long holiday the reader still finds all of it

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[\ufffe\uffff]")  # beyond what no page holds; XML 1.0, 2.2
# Made once for this program: names of workspaces give the same identities everywhere.
_NAMESPACE_ID = UUID("6a0f0c5e-3f58-4b7c-9c7a-2f1d4be0c1a7")
_TYPES = {"html": "text/html", "md": "text/markdown"}


def workspace_identity(first_words: str) -> str:
    """Return the identity of a workspace, made from what it looks like when it is first asked."""
    return str(uuid5(_NAMESPACE_ID, first_words))


def stamped(
    before: Iterable[FeedStamp], digests: Iterable[Digest], now: datetime
) -> tuple[FeedStamp, ...]:
    """Return the stamps of these digests, newest first; what has not changed keeps its own."""
    known = {stamp.day: stamp for stamp in before}
    in_turn = sorted(digests, key=lambda digest: digest.day, reverse=True)
    return tuple(
        _stamp(known.get(digest.day), digest, now, newest=place == 0)
        for place, digest in enumerate(in_turn)
    )


def _stamp(before: FeedStamp | None, digest: Digest, now: datetime, *, newest: bool) -> FeedStamp:
    said = fingerprint(digest)
    if before and before.fingerprint == said:
        return before
    if before:
        return FeedStamp(digest.day, said, before.published, now)
    # Of a day from before the feed began nobody knows the hour.
    moment = now if newest else min(datetime.combine(digest.day, time(12), UTC), now)
    return FeedStamp(digest.day, said, moment, moment)


def feed(
    identity: str,
    digests: Sequence[Digest],
    stamps: Iterable[FeedStamp],
    pages: Mapping[date, str],
) -> str:
    """Return the feed; `pages` names the files in the same folder that an entry can lead to."""
    by_day = {stamp.day: stamp for stamp in stamps}
    shown = sorted(digests, key=lambda digest: digest.day, reverse=True)[:FEED_DAYS]
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _add(root, "id", f"urn:uuid:{identity}")
    _add(root, "title", "Touchpoints")
    _add(root, "subtitle", "What to do today. For you alone; nothing is sent.")
    _add(root, "updated", _moment(max(by_day[digest.day].updated for digest in shown)))
    ElementTree.SubElement(root, "link", {"rel": "self", "href": "feed.atom"})
    _add(ElementTree.SubElement(root, "author"), "name", "Touchpoints")
    _add(root, "generator", "Touchpoints")
    for digest in shown:
        _entry(root, identity, digest, by_day[digest.day], pages.get(digest.day, ""))
    ElementTree.indent(root, "")  # a line for each element; content is one text and stays whole
    return '<?xml version="1.0" encoding="utf-8"?>\n' + (
        ElementTree.tostring(root, encoding="unicode") + "\n"
    )


def _entry(
    root: ElementTree.Element, identity: str, digest: Digest, stamp: FeedStamp, page: str
) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _add(entry, "id", uuid5(UUID(identity), digest.day.isoformat()).urn)
    _add(entry, "title", one_line(digest.headline))
    _add(entry, "published", _moment(stamp.published))
    _add(entry, "updated", _moment(stamp.updated))
    if page:
        kind = _TYPES[page.rpartition(".")[2]]
        link = {"rel": "alternate", "type": kind, "href": page}
        ElementTree.SubElement(entry, "link", link)
    _add(entry, "content", html(digest)).set("type", "html")


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = _NO_XML.sub("", strip(text))
    return child


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
