"""A workspace, looked up: which company is meant, whose a feed is, which day it is.

Takes a `Workspace` that has been read; raises NotFound, with the nearest name, where there is
none of that name.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.errors import NotFound
from pipeline.records import Company, Feed, Interview, NoteLine, Workspace
from pipeline.text.calendar import day_in, start_of, zone_of


def company_of(workspace: Workspace, slug: str) -> Company:
    """Return the company of that short name; raise NotFound, with the nearest one."""
    from pipeline.text.company_forms import is_one_name
    from pipeline.text.spelling import did_you_mean

    companies = {company.slug: company for company in workspace.config.companies}
    if slug in companies:
        return companies[slug]
    for company in companies.values():
        if any(is_one_name(name, slug) for name in (company.name, *company.aliases)):
            return company
    hint = did_you_mean(slug, companies, f"There are: {', '.join(companies)}.", form="{}")
    raise NotFound(f"feeds.yaml has no company {slug!r}. {hint}")


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


def own_feeds(workspace: Workspace) -> frozenset[str]:
    """Return the addresses of the companies' own feeds."""
    return frozenset(feed.address for feed in workspace.config.feeds if feed.own)


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
