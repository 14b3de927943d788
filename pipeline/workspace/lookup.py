"""A workspace, looked up: which company is meant, whose a feed is, which day it is.

Takes a `Workspace` that has been read; raises NotFound, with the nearest name, where there is
none of that name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from operator import itemgetter
from zoneinfo import ZoneInfo

from pipeline.errors import NotFound
from pipeline.records import Company, Feed, Interview, NoteLine, Person, Workspace
from pipeline.text.calendar import day_in, start_of, zone_of
from pipeline.text.names import parts_of, plain_letters


def companies_named(written: str, companies: Iterable[Company]) -> tuple[Company, ...]:
    """Return the companies of that short name, or of a name of which this is a form.

    "Nordhafen Logistics GmbH" and "NORDHAFEN LOGISTICS" are one company.
    """
    from pipeline.text.company_forms import is_one_name, short_form

    known = tuple(companies)
    slug, short = slug_of(written), short_form(written)
    return tuple(item for item in known if item.slug in (written, slug)) or tuple(
        item
        for item in known
        if any(is_one_name(name, short) for name in (item.name, *item.aliases))
    )


def companies_called(written: str, companies: Iterable[Company]) -> tuple[Company, ...]:
    """Return the companies that a text may mean: those named so, else by words of a name."""
    from pipeline.text.company_forms import short_form

    known = tuple(companies)
    wanted = set(plain_letters(short_form(written)).split())
    return companies_named(written, known) or tuple(
        item
        for item in known
        if wanted
        and any(wanted <= set(plain_letters(n).split()) for n in (item.name, *item.aliases))
    )


def company_of(workspace: Workspace, written: str) -> Company:
    """Return the company of that name, or of an interviewer of that name.

    Raises NotFound, with the nearest name, or those that are meant.
    """
    from pipeline.text.spelling import did_you_mean

    companies = {company.slug: company for company in workspace.config.companies}
    found = companies_called(written, companies.values())
    if not found:
        met = {talk.company for talk in workspace.interviews if named_in(written, talk.people)}
        found = tuple(companies[slug] for slug in companies if slug in met)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(f"Which {written!r}: {' or '.join(item.slug for item in found)}?")
    hint = did_you_mean(written, companies, f"There are: {', '.join(companies)}.", form="{}")
    raise NotFound(f"feeds.yaml has no company {written!r}. {hint}")


def named_in(written: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Return the people of whose name a text is a part: "jana", "Dr. Wieczorek"."""
    wanted = set(plain_letters(parts_of(written).full or written).split())
    return tuple(
        person
        for person in people
        if wanted and wanted <= set(plain_letters(parts_of(person.name).full).split())
    )


def interview_of(workspace: Workspace, slug: str) -> Interview:
    """Return the latest interview with a company; raise NotFound without one."""
    slug = company_of(workspace, slug).slug
    found = [item for item in workspace.interviews if item.company == slug]
    if not found:
        raise NotFound(
            f"There are no notes of an interview with {slug}. Write data/notes/{slug}.md; "
            "`touchpoints init` shows how."
        )
    return max(found, key=lambda item: item.interviewed)


def feeds_by_address(workspace: Workspace) -> dict[str, tuple[Feed, ...]]:
    """Return every address once, with all the companies and topics that it serves."""
    found: dict[str, tuple[Feed, ...]] = {}
    for feed in workspace.config.feeds:
        found[feed.address] = (*found.get(feed.address, ()), feed)
    return found


def feed_order(workspace: Workspace) -> dict[str, int]:
    """Return each feed's rank: the companies' by their place in a list, then the topics'.

    What a topic's list names above a company's feed stands above it here, too: each list is the
    user's word. At the same place feeds.yaml's order counts: no two have the same rank, lest the
    dates that they claim decide; but a company's own are below 0.
    """
    config = workspace.config
    topics = [[feed.address for feed in topic.feeds] for topic in config.topics]
    places: dict[str, list[tuple[int, int]]] = {}
    for number, addresses in enumerate(topics):
        for place, address in enumerate(addresses):
            places.setdefault(address, []).append((number, place))
    ranked: dict[str, None] = {}
    begun = [0] * len(topics)
    lists = [enumerate(one.feeds) for one in config.companies]
    for _, feed in sorted(chain.from_iterable(lists), key=itemgetter(0)):
        for number, place in places.get(feed.address, ()):
            ranked |= dict.fromkeys(topics[number][begun[number] : place])
            begun[number] = max(begun[number], place)
        ranked.setdefault(feed.address)
    by_place = sorted(chain.from_iterable(map(enumerate, topics)), key=itemgetter(0))
    ranked |= dict.fromkeys(address for _, address in by_place)
    own = {feed.address for feed in config.feeds if feed.own}
    return {address: -1 if address in own else rank for rank, address in enumerate(ranked)}


def pages_of(workspace: Workspace) -> frozenset[str]:
    """Return the addresses that are pages which list articles, not feeds."""
    return frozenset(feed.address for feed in workspace.config.feeds if feed.page)


def note_lines(workspace: Workspace) -> tuple[NoteLine, ...]:
    """Return the note lines of all interviews."""
    return tuple(line for interview in workspace.interviews for line in interview.lines)


def own_zone(workspace: Workspace) -> ZoneInfo:
    """Return the user's time zone."""
    return zone_of(workspace.config.settings.timezone)


def start_of_day(workspace: Workspace, now: datetime) -> datetime:
    """Return midnight of that day in the user's time zone, in UTC: scores are of the day."""
    zone = own_zone(workspace)
    return start_of(day_in(zone, now), zone)


def slug_of(name: str) -> str:
    """Return a name as a short name: lower-case letters, digits and hyphens; may be empty."""
    import re
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
