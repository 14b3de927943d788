"""`feeds preview`, `check`, `find`, `stats`: looking at feeds. Nothing is stored or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.context import Shared, say, say_json, shared_options, tell
from pipeline.cli.feeds_edit import muted_text
from pipeline.cli.progress import shown
from pipeline.commands.feeds import edit, health, look
from pipeline.errors import WorkspaceMissing
from pipeline.records import Article, Feed, Match, Reading
from pipeline.text import urls
from pipeline.text.phrasing import figure_of, shorten
from pipeline.workspace.edit import as_yaml

if TYPE_CHECKING:
    from pipeline.commands.feeds.health import Health, Worth
    from pipeline.news.discover import FeedCandidate, FoundFeeds
    from pipeline.store.statistics import Figures

# no border test: what a list leaves out; an option shows all
MOST_LISTED = 20  # articles of a feed that a person reads
WIDEST_FEED = 44  # columns of an address in a table; no border test: a measure of drawing


def root_of(shared: Shared) -> Path | None:
    """Return the workspace's folder, or None where there is none."""
    try:
        return shared.root
    except WorkspaceMissing:
        if shared.workspace:
            raise
        return None


# --------------------------------------------------------------------------------------- preview


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Print each source as JSON, one per line.")
@shared_options
@click.pass_obj
def preview(shared: Shared, sources: tuple[str, ...], as_json: bool) -> None:
    """Show what each SOURCE (an address or a file) would bring. Nothing is stored.

    In a workspace with notes, each article has its best score, and a tick if it would be shown.
    """
    failed = False
    for source, reading, matches in look.preview(root_of(shared), sources, shared.now):
        failed = failed or reading.outcome == "failed"
        if as_json:
            say_json(_preview_plain(source, reading, matches))
        else:
            say(_preview_text(source, reading, matches))
    if failed:
        raise click.exceptions.Exit(1)


def _preview_plain(
    source: str, reading: Reading, matches: Mapping[str, tuple[Match, ...]]
) -> dict[str, Any]:
    return {
        "source": source,
        "format": reading.format,
        "title": reading.state.title,
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "link": article.link,
                "published": article.published.isoformat() if article.dated == "feed" else None,
                "text": article.text,
                "author": article.author,
            }
            | _scores_plain(matches.get(article.id, ()))
            for article in reading.articles
        ],
        "problems": [problem.what for problem in reading.problems] + list(reading.refused),
    }


def _scores_plain(matches: Sequence[Match]) -> dict[str, Any]:
    if not matches:
        return {}
    return {
        "shown": any(match.shown for match in matches),
        "matches": [
            {
                "interview": match.interview,
                "company": match.company,
                "score": round(match.score, 6),
                "shown": match.shown,
                "reason": match.reason,
                "kind": match.kind,
            }
            for match in matches
        ],
    }


def _preview_text(source: str, reading: Reading, matches: Mapping[str, tuple[Match, ...]]) -> str:
    if reading.outcome == "failed":
        return "\n".join(f"{source}\n  {p.what} {p.todo}".rstrip() for p in reading.problems)
    lines = [
        f"{reading.state.title or source}  ({reading.format}, "
        f"{figure_of(len(reading.articles), 'article')})"
    ]
    for article in reading.articles[:MOST_LISTED]:
        lines += _article_lines(article, matches.get(article.id, ()))
    rest = reading.articles[MOST_LISTED:]
    if rest:
        shown = sum(any(m.shown for m in matches.get(article.id, ())) for article in rest)
        also = f", {shown} of them worth showing" if shown else ""
        lines.append(f"  … and {len(rest)} more{also} (--json lists all)")
    lines.extend(f"  ! {problem.what}" for problem in reading.problems)
    if reading.refused:
        lines.append(f"  {figure_of(len(reading.refused), 'entry', 'entries')} left out")
    if matches:
        shown = sum(any(match.shown for match in group) for group in matches.values())
        lines.append(f"  {shown} of {len(matches)} would be shown (✓).")
    return "\n".join(lines)


def _article_lines(article: Article, matches: Sequence[Match]) -> Iterator[str]:
    day = article.published.date().isoformat() if article.dated == "feed" else "no date   "
    best = max(matches, key=lambda match: (match.shown, match.score), default=None)
    if best is None:
        yield f"  {day}  {shorten(article.title, 90)}"
        return
    sign = "✓" if best.shown else " "
    yield f"  {day}  {best.score:4.2f} {sign} {shorten(article.title, 90)}"
    if best.shown:
        yield f"                      for {best.company}: {shorten(best.reason, 90)}"


# ----------------------------------------------------------------------------------------- check


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS...]")
@click.option("--json", "as_json", is_flag=True, help="Print each feed as JSON, one per line.")
@shared_options
@click.pass_obj
def check(shared: Shared, addresses: tuple[str, ...], as_json: bool) -> None:
    """Ask every feed in feeds.yaml now, or only those at ADDRESS, and show how it is doing.

    Shows its format, entries per day, the newest, and how many are about the company; and what to
    do if something is wrong. Nothing is stored. Exits with 1 if a feed is broken.
    """
    with shown() as progress:
        found = health.check(
            shared.root,
            addresses,
            shared.now,
            (lambda done, total: progress("Asking the feeds", done, total)) if progress else None,
        )
    for one in found:
        if as_json:
            say_json(_health_plain(one))
        else:
            say(_health_text(one))
    broken = sum(one.broken for one in found)
    if not as_json:
        doubtful = sum(bool(one.wrong) for one in found) - broken
        say(
            f"\n{figure_of(len(found), 'feed')}: {len(found) - broken - doubtful} fine, "
            f"{doubtful} to look at, {broken} broken."
        )
    if broken:
        raise click.exceptions.Exit(1)


def _health_plain(health: Health) -> dict[str, Any]:
    reading = health.reading
    return {
        "feed": urls.shown(health.feed.address),
        "company": health.feed.company or None,
        "topic": health.feed.topic or None,
        "alive": not health.broken,
        "format": reading.format,
        "title": reading.state.title,
        "entries": len(reading.articles),
        "per_day": None if health.per_day is None else round(health.per_day, 3),
        "newest": _iso(health.newest),
        "about": health.about,
        "wrong": health.wrong,
        "todo": health.todo,
    }


def _health_text(health: Health) -> str:
    feed, reading = health.feed, health.reading
    sign = "✗" if health.broken else "!" if health.wrong else "✓"
    lines = [f"{sign} {urls.shown(feed.address)}  ({feed.company or feed.topic})"]
    if not health.broken:
        parts = [reading.format, figure_of(len(reading.articles), "entry", "entries")]
        if health.per_day is not None:
            parts.append(_rate(health.per_day))
        if health.newest:
            parts.append(f"newest {health.newest.date().isoformat()}")
        if health.about is not None and reading.articles:
            parts.append(f"{health.about} about {feed.company}")
        lines.append(f"    {' · '.join(parts)}")
    if health.wrong:
        lines.append(f"    {health.wrong} {health.todo}".rstrip())
    return "\n".join(lines)


def _rate(per_day: float) -> str:
    if per_day >= 1:
        return f"{per_day:.0f} a day"
    if per_day * 7 >= 1:
        return f"{per_day * 7:.0f} a week"
    return f"{max(per_day * 30, 0.1):.1f} a month"


# ------------------------------------------------------------------------------------------ find


@click.command()
@click.argument("site", metavar="SITE")
@click.option("--json", "as_json", is_flag=True, help="Print each feed as JSON, one per line.")
@shared_options
@click.pass_obj
def find(shared: Shared, site: str, as_json: bool) -> None:
    """List the feeds of SITE: a domain such as oracle.com, or a page's address.

    Tries the feeds that the page names, and the usual addresses on its host; if there is none, the
    site's page with its news. Nothing is stored. Exits with 1 if there is nothing.
    """
    root = root_of(shared)
    found, known = look.find(root, site, shared.now)
    for candidate in found.candidates:
        owner = look.company_at(root, candidate.address)
        listed = tuple(feed for feed in known if feed.address == candidate.address)
        if as_json:
            say_json(_candidate_plain(candidate, owner, listed))
        else:
            say(_candidate_text(candidate, owner, listed))
    if not found.candidates:
        tell(_nothing(site, found))
        raise click.exceptions.Exit(1)


def _command(candidate: FeedCandidate, owner: str) -> str:
    import shlex

    whose = f"--company {owner}" if owner else "--company NAME (or --topic NAME)"
    page = "--page " if candidate.format in look.PAGES else ""
    return f"touchpoints feeds add {page}{shlex.quote(candidate.address)} {whose}"


def _as_written(candidate: FeedCandidate) -> str:
    address = as_yaml(candidate.address)
    return f"- page: {address}" if candidate.format in look.PAGES else f"- {address}"


def _candidate_plain(
    candidate: FeedCandidate, owner: str, listed: Sequence[Feed]
) -> dict[str, Any]:
    return {
        "address": candidate.address,
        "title": candidate.title,
        "format": candidate.format,
        "entries": candidate.entries,
        "newest": _iso(candidate.newest),
        "origin": candidate.origin,
        "listed": [feed.company or feed.topic for feed in listed],
        "yaml": _as_written(candidate),
        "command": _command(candidate, owner),
    }


def _candidate_text(candidate: FeedCandidate, owner: str, listed: Sequence[Feed]) -> str:
    newest = candidate.newest.date().isoformat() if candidate.newest else "no dates"
    lines = [
        f"{candidate.title or candidate.address}",
        f"  {candidate.format} · {figure_of(candidate.entries, 'entry', 'entries')}"
        f" · newest {newest} · {_ORIGINS[candidate.origin]}",
        f"  {_as_written(candidate)}",
    ]
    if listed:
        owners = ", ".join(feed.company or feed.topic for feed in listed)
        lines.append(f"  already in feeds.yaml, for {owners}")
    else:
        lines.append(f"  {_command(candidate, owner)}")
    return "\n".join(lines)


_ORIGINS = {
    "given": "the address itself",
    "page": "named by the page",
    "link": "linked on the page",
    "usual place": "at a usual address",
}


def _nothing(site: str, found: FoundFeeds) -> str:
    if found.trouble:
        return f"{urls.shown(site)} {found.trouble}. {found.todo}"
    return (
        f"No feed found on {urls.shown(site)} "
        f"({figure_of(found.asked, 'address', 'addresses')} tried). "
        "Nor does it list news with dates on a page that was found. A news search may help: "
        "`- search: google` under the company in feeds.yaml."
    )


# ----------------------------------------------------------------------------------------- stats


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print each feed as JSON, one per line.")
@shared_options
@click.pass_obj
def stats(shared: Shared, as_json: bool) -> None:
    """Show what each feed has brought so far, to see which are worth keeping.

    Counts articles stored, from the last 30 days, and about the company; stories that fit now; and
    suggestions made, sent, and dismissed. A story from several feeds counts for each. Below, each
    muted word with the articles that hold it.
    """
    found, together = health.stats(shared.root, shared.now)
    if as_json:
        for worth in found:
            say_json(_worth_plain(worth))
        return
    say(_worth_table(found, together))
    for item in edit.muted(shared.root, shared.now):
        say(f"muted: {muted_text(item)}")


def _worth_plain(worth: Worth) -> dict[str, Any]:
    figures = worth.figures
    share = worth.about / figures.articles if worth.about is not None and figures.articles else None
    return {
        "feed": urls.shown(worth.address),
        "title": worth.title,
        "companies": list(dict.fromkeys(feed.company for feed in worth.feeds if feed.company)),
        "topics": list(dict.fromkeys(feed.topic for feed in worth.feeds if feed.topic)),
        "articles": figures.articles,
        "last_30_days": figures.recent,
        "about": worth.about,
        "about_share": None if share is None else round(share, 4),
        "fits": figures.fits,
        "suggested": figures.suggested,
        "sent": figures.sent,
        "not_for_me": figures.not_for_me,
        "first_seen": _iso(figures.first_seen),
        "newest": _iso(figures.newest),
        "hint": worth.hint,
    }


_HEADS = ("articles", "30 days", "about", "fits", "suggested", "sent", "not for me")


def _worth_table(found: Sequence[Worth], together: Figures) -> str:
    rows: list[tuple[str, ...]] = [("feed", *_HEADS, "")]
    for worth in found:
        share = worth.figures.articles and worth.about is not None
        about = f"{100 * (worth.about or 0) / worth.figures.articles:.0f} %" if share else "-"
        rows.append((_short(worth), *_cells(worth.figures, about), worth.hint))
    rows.append(("total", *_cells(together, ""), "each story and suggestion once"))
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEADS) + 1)]
    return "\n".join(
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(row[n].rjust(widths[n]) for n in range(1, len(widths))),
                row[-1],
            ]
        ).rstrip()
        for row in rows
    )


def _cells(figures: Figures, about: str) -> tuple[str, ...]:
    counts = (figures.fits, figures.suggested, figures.sent, figures.not_for_me)
    return (str(figures.articles), str(figures.recent), about, *map(str, counts))


def _short(worth: Worth) -> str:
    """Return how a feed is called in a table: its search, or its address without http://."""
    search = next((feed for feed in worth.feeds if feed.search), None)
    if search:
        return f"{search.search} ({search.company})"
    address = urls.shown(worth.address)
    name = address.partition("://")[2] or address
    return name if len(name) <= WIDEST_FEED else f"{name[:20]}…{name[-(WIDEST_FEED - 21) :]}"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
