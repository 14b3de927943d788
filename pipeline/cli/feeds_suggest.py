"""`feeds suggest`: what could be read for your notes, asked line by line.

`converse` is also the end of `init`: call it with the workspace's folder, the time and the
company's short name, where somebody sits at the terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.context import Shared, say, say_json, shared_options, tell
from pipeline.commands.feeds import suggest as suggesting
from pipeline.errors import TouchpointsError
from pipeline.text import urls
from pipeline.text.phrasing import figure_of, shorten

if TYPE_CHECKING:
    from pipeline.commands.feeds.suggest import FirstReading
    from pipeline.records import Company, Feed, Proposal
    from pipeline.workspace.edit import NameList

_TELLS = (
    "A feed is only fetched. A search tells its words to Google each time it is asked: "
    "it is added only if you say so."
)


@click.command()
@click.argument("company", required=False, default="")
@click.option("--yes", is_flag=True, help="Add the feeds that answer; never a search.")
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="Another name of COMPANY.")
@click.option("--not", "negatives", multiple=True, metavar="PHRASE", help="It means another one.")
@click.option("--industry", multiple=True, metavar="WORD", help="What COMPANY does.")
@click.option("--json", "as_json", is_flag=True, help="Print each line as JSON, and ask nothing.")
@shared_options
@click.pass_obj
def suggest(shared: Shared, /, company: str, *, yes: bool, as_json: bool, **words: Any) -> None:
    """Propose feeds for the lines of your notes that no feed can meet.

    From a bundled list of well-known feeds; or a search by the line's own words, which tells them
    to the search engine. At a terminal it asks line by line, and shows five titles of each source
    first; of a company's new sources, too. A line that you refused is not asked about again, unless
    you change its words. Elsewhere it lists what it proposes. With --alias,
    --not or --industry it only writes that for COMPANY.
    """
    told: dict[NameList, Sequence[str]] = {
        "aliases": words["aliases"],
        "not": words["negatives"],
        "industry": words["industry"],
    }
    if any(told.values()):
        if not company:
            raise click.UsageError("Say of which company: feeds suggest COMPANY --alias NAME.")
        _tell_company(shared.root, company, told)
        return
    if not (yes or as_json) and is_terminal():
        converse(shared.root, shared.now, company)
        return
    found = suggesting.proposed(shared.root, company)
    for proposal in found if as_json else ():
        say_json(_plain(shared.root, proposal))
    if yes:
        _add_all(shared.root, found, shared.now)
    elif not as_json:
        for proposal in found:
            say(_listed(proposal))
        tell(f"{figure_of(len(found), 'line')} that no feed can meet." if found else _NOTHING)


def is_terminal() -> bool:
    """Return whether somebody can answer."""
    return sys.stdin.isatty()


_NOTHING = "Nothing to propose: no line of your notes lacks a feed that could meet it."


def _tell_company(root: Path, company: str, told: dict[NameList, Sequence[str]]) -> None:
    for key, words in told.items():
        if words and suggesting.tell_company(root, company, key, words):
            tell(f"Written for {company}: {key}: {', '.join(words)}")
        elif words:
            tell(f"{company} has that under {key} already.")


def _plain(root: Path, proposal: Proposal) -> dict[str, Any]:
    line, search = proposal.line, suggesting.search_for(root, proposal)
    return {
        "note": {"file": line.file, "line": line.line, "text": line.text},
        "topic": proposal.subject.name if proposal.subject else None,
        "feeds": [feed.address for feed in suggesting.feeds_for(proposal)],
        "search": search.address if search else None,
    }


def _listed(proposal: Proposal) -> str:
    lines = [f"{shorten(proposal.line.text, 80)}  ({proposal.line.place})"]
    for feed in suggesting.feeds_for(proposal):
        lines.append(f"  touchpoints feeds add {feed.address} --topic {feed.topic}")
    return "\n".join(lines if len(lines) > 1 else [*lines, "  no feed is known for it"])


def _add_all(root: Path, found: Sequence[Proposal], now: datetime) -> None:
    """Add the feeds of all proposals that answer, each once."""
    wanted = {feed: None for proposal in found for feed in suggesting.feeds_for(proposal)}
    good = []
    for feed in wanted:
        reading = suggesting.first_reading(root, feed, now)
        if reading.trouble:
            tell(f"Left out: {urls.shown(feed.address)}. {reading.trouble}")
        else:
            good.append(feed)
    for feed in suggesting.add(root, good):
        tell(f"Added to {feed.topic}: {urls.shown(feed.address)}")


# ------------------------------------------------------------------------------- the conversation


def converse(root: Path, now: datetime, company: str = "", most: int | None = None) -> None:
    """Look at a company's new sources and its website, and ask about each line that no feed meets.

    With `most` only about so many, of those that name a subject or have something in bold.

    Asks the network only for what feeds.yaml has, the website too, and for what is accepted here.
    Each answer is written at once; Ctrl-C or "q" ends it, and `feeds suggest` goes on later.
    """
    try:
        for one, feeds in suggesting.unread(root, company):
            for feed in feeds:
                _look_at(root, one, suggesting.first_reading(root, feed, now))
        for one, own, trouble in suggesting.of_websites(root, company, now):
            if own is None:
                none = "no feed was found there, nor a page of news with dates."
                tell(f"\n{one.website}: {f'{trouble}.' if trouble else none}")
                continue
            tell(f"\n{one.website} has {'a page' if own.page else 'a feed'} with its news.")
            _offer(root, own, now)
        for one in suggesting.only_searched(root, company):
            add = f"`touchpoints feeds add URL --company {one.slug}`"
            tell(f"\n{one.name} has no feed. If you know one that often names it: {add}.")
        any_good = (one for one in suggesting.proposed(root, company) if one.subject or one.search)
        found = sorted(any_good, key=_rank)
        asked = found if most is None else [one for one in found if _rank(one) < _BARE][:most]
        if asked:
            figure = figure_of(len(asked), "line")
            tell(f"\n{figure} of your notes have no feed that could meet them.")
            tell(_TELLS)
        elif not found:
            tell(_NOTHING)
        done: set[str] = set()
        for proposal in asked:
            name = proposal.subject.name if proposal.subject else ""
            same = [one for one in found if name and one.subject == proposal.subject] or [proposal]
            if name not in done and not _asked(root, same, now):
                return
            done |= {name} - {""}
        if left := len(found) - len(asked):
            figure = figure_of(left, "more line" if asked else "line")
            tell(f"\n`touchpoints feeds suggest {company}` asks about {figure} without a feed.")
    except (KeyboardInterrupt, click.Abort):
        tell("\nStopped. `touchpoints feeds suggest` goes on from here.")


_BARE = 2


def _rank(proposal: Proposal) -> int:
    """Return how well a line would be served: 0 best, `_BARE` by a search for plain words."""
    is_marked = bool(proposal.line.marked)
    return (0 if is_marked else 1) if proposal.subject else _BARE - is_marked


def _asked(root: Path, same: Sequence[Proposal], now: datetime) -> bool:
    """Ask about lines of one subject by the first; return False where the user has had enough.

    A line without a feed or words to search for is passed over.
    """
    proposal = same[0]
    feeds, search = suggesting.feeds_for(proposal), suggesting.search_for(root, proposal)
    if not feeds and not search:
        return True
    tell(f"\n“{shorten(proposal.line.text, 80)}” ({proposal.line.place})")
    choices = []
    if feeds and proposal.subject:
        seen = max(feed.seen for feed in proposal.subject.feeds)
        tell(f"  feeds on {proposal.subject.name.replace('-', ' ')}, listed on {seen.isoformat()}:")
        for feed in feeds:
            tell(f"    {urls.shown(feed.address)}")
        choices.append("f = look at these feeds")
    if search:
        choices.append(f"s = search Google for “{proposal.search}”")
    letters = f"{'f' if feeds else ''}{'s' if search else ''}nq"
    answer = _key(f"  {', '.join(choices)}, n = neither, q = enough", letters)
    if answer == "s" and search:
        feeds = (search,)
    if answer == "n":
        suggesting.refuse(root, same)
    elif answer != "q":
        for feed in feeds:
            _offer(root, feed, now)
    return answer != "q"


def _offer(root: Path, feed: Feed, now: datetime) -> None:
    """Show what a source has, and add it where the user wants to read it."""
    reading = suggesting.first_reading(root, feed, now)
    _show(reading)
    if not reading.trouble and _key("  Read it? y = yes, n = no", "yn") == "y":
        for added in suggesting.add(root, [feed]):
            back = f"`touchpoints feeds remove {urls.shown(added.address)}`"
            tell(f"  Added to {added.company or added.topic}. {back} takes it back.")


def _look_at(root: Path, company: Company, reading: FirstReading) -> None:
    """Show what a company's source has, and ask whether that is the company.

    No answer takes out what the user has put into feeds.yaml.
    """
    _show(reading)
    if reading.trouble:
        return
    answer = _key(
        f"  Are these about {company.name}? y = yes, n = not all, or not known, "
        "o = about another company of that name",
        "yno",
    )
    try:
        if answer == "n":
            out = f"touchpoints feeds remove {urls.shown(reading.feed.address)}"
            counts = f"what names {company.name} counts as its news, the rest does not"
            counts = "all on its own site counts as its news" if reading.feed.own else counts
            tell(f"  It stays: {counts}. `{out} --company {company.slug}` takes it out.")
        elif answer == "o":
            _ask_apart(root, company)
        elif form := suggesting.short_form(company, reading.articles):
            is_name = _key(f"  The titles say “{form}”. Is that a name of it? y, n", "yn") == "y"
            _tell_company(root, company.slug, {"aliases": [form] if is_name else []})
    except TouchpointsError as error:  # a file to be changed by hand: the rest goes on
        tell(str(error))


def _ask_apart(root: Path, company: Company) -> None:
    other = _words("  Which words in these titles mean the other one? (Enter: none)")
    trade = _words(f"  What does {company.name} do? A word or two, with commas (Enter: none)")
    _tell_company(root, company.slug, {"not": other, "industry": trade})


def _words(question: str) -> list[str]:
    answer = click.prompt(question, default="", show_default=False, err=True)
    return [word.strip() for word in answer.split(",") if word.strip()]


def _show(reading: FirstReading) -> None:
    name = reading.feed.search or reading.title or urls.shown(reading.feed.address)
    tell(f"\n{name}: {reading.trouble or ''}".rstrip(": "))
    for title in reading.titles:
        tell(f"  - {shorten(title, 90)}")


def _key(question: str, allowed: str) -> str:
    """Return one of the letters; Enter is "n"."""
    while True:
        answer = click.prompt(question, default="n", show_default=False, err=True)
        letter = answer.strip().casefold()[:1]
        if letter and letter in allowed:
            return str(letter)
        tell(f"  Type one of {', '.join(allowed)}.")
