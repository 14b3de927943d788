"""`feeds add`, `remove`, `mute`, `update`, `import`, `export`: they keep the user's comments."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.context import Shared, say, shared_options, tell
from pipeline.commands.feeds import edit, exchange, follow
from pipeline.errors import CannotEdit, CannotWrite
from pipeline.records import Feed
from pipeline.store.files import write_whole
from pipeline.text import urls
from pipeline.text.phrasing import figure_of

if TYPE_CHECKING:
    from pipeline.commands.feeds.edit import Muted, Removed
    from pipeline.commands.feeds.follow import FeedUpdate


@click.command()
@click.argument("address")
@click.option("--company", metavar="NAME", default="", help="The company that it is about.")
@click.option("--topic", metavar="NAME", default="", help="The topic; created if it is new.")
@click.option("--page", "is_page", is_flag=True, help="It is a page that lists news, not a feed.")
@click.option(
    "--weight",
    type=click.FloatRange(0, 10),
    default=1.0,
    metavar="NUMBER",
    help="How much its stories count, such as 0.5 for half.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="WORD",
    help="Keep only entries with this word. Can be repeated.",
)
@shared_options
@click.pass_obj
def add(shared: Shared, /, address: str, company: str, topic: str, **feed_has: Any) -> None:
    """Add the feed at ADDRESS (or a file) to a company or topic in feeds.yaml.

    Comments, order and indentation are kept.
    """
    if bool(company) == bool(topic):
        raise click.UsageError("Say what the feed is for: --company NAME or --topic NAME.")
    page, weight, only = (feed_has[name] for name in ("is_page", "weight", "only"))
    feed = Feed(edit.address_of(address), company, topic, page=page, weight=weight, only=only)
    line = edit.add(shared.root, feed)
    if not line:
        tell(f"{urls.shown(address)} is already there, under {company or topic}.")
        return
    tell(
        f"Added to {company or topic}:  {urls.shown(line)}\n"
        f"Try it with `touchpoints feeds check {urls.shown(address)}`."
    )


@click.command()
@click.argument("address")
@click.option("--company", metavar="NAME", default="", help="Remove it from this one only.")
@click.option("--topic", metavar="NAME", default="", help="Remove it from this one only.")
@shared_options
@click.pass_obj
def remove(shared: Shared, address: str, company: str, topic: str) -> None:
    """Remove the feed at ADDRESS from feeds.yaml, wherever it is listed.

    A comment on its line is removed too; all others are kept. Its articles are kept until they are
    old.
    """
    for removed in edit.remove(shared.root, address, company, topic):
        tell(_removed_text(removed))


def _removed_text(removed: Removed) -> str:
    feed = removed.feed
    owner = feed.company or feed.topic
    extras = [f"weight {feed.weight:g}"] if feed.weight != 1 else []
    extras += [f"only {', '.join(feed.only)}"] if feed.only else []
    lines = [f"Removed from {owner}: {urls.shown(feed.address)}"]
    if extras:
        lines.append(f"  Its settings were: {'; '.join(extras)}.")
    if removed.articles:
        lines.append(
            f"  Its {figure_of(removed.articles, 'stored article')} "
            f"{'is' if removed.articles == 1 else 'are'} kept until old."
        )
    if not removed.left:
        lines.append(f"  {owner} has no feeds left. Find one with `touchpoints feeds find`.")
    return "\n".join(lines)


@click.command()
@click.argument("word", required=False, default="")
@click.option("--company", metavar="NAME", default="", help="For news about this company only.")
@click.option("--topic", metavar="NAME", default="", help="For the feeds of this topic only.")
@click.option("--feed", metavar="ADDRESS", default="", help="For this feed only.")
@click.option("--list", "do", flag_value="list", help="List the muted words, and how they serve.")
@click.option("--remove", "do", flag_value="remove", help="Show stories with WORD again.")
@shared_options
@click.pass_obj
def mute(shared: Shared, word: str, company: str, topic: str, feed: str, do: str | None) -> None:
    """Never show a story with WORD (or a phrase) in its title or text.

    Bad news about a company hold messages back all the same. Your comments in feeds.yaml are kept.
    """
    scope = edit.Scope(company, topic, feed)
    if sum(map(bool, (company, topic, feed))) > 1:
        raise click.UsageError("Use one of --company, --topic and --feed.")
    if do == "list":
        for item in edit.muted(shared.root, shared.now):
            say(muted_text(item))
        return
    if not word.strip():
        raise click.UsageError("Say which word, or --list.")
    where = urls.shown(company or topic or feed) or "all"
    if do == "remove":
        edit.unmute(shared.root, word, scope)
        tell(f"No longer muted for {where}: {word}")
    elif edit.mute(shared.root, word, scope):
        tell(f"Muted for {where}: {word}")
    else:
        tell(f"{word} is muted for {where} already.")


def muted_text(item: Muted) -> str:
    """Return a muted word, for what it counts, and how many articles of late hold it."""
    of = item.mute
    feeds = urls.shown(of.feeds[0]) if len(of.feeds) == 1 else ""
    where = f" for {of.topic or feeds or of.company}" if of.feeds or of.company else ""
    held = f"in {figure_of(item.articles, 'article')}" if item.articles else "in no article"
    return f"{of.word}{where}: {held} of the last {edit.MUTED_DAYS} days ({of.place})"


@click.command()
@click.option("--apply", "do", is_flag=True, help="Make the changes; your comments are kept.")
@shared_options
@click.pass_obj
def update(shared: Shared, do: bool) -> None:
    """Show which feeds have moved permanently or ended, according to their servers.

    A move counts once it was announced three times over at least two days. --apply changes
    feeds.yaml.
    """
    found = follow.proposals(shared.root)
    for proposal in found:
        say(_proposal_text(proposal))
    wanted = [proposal for proposal in found if proposal.places]
    if not found:
        tell("Nothing to change: no feed has moved permanently or ended.")
    elif not do and wanted:
        tell("\nRun `touchpoints feeds update --apply` to make these changes.")
    elif wanted:
        follow.apply(shared.root, wanted)
        tell(f"\nUpdated {figure_of(len(wanted), 'feed')} in feeds.yaml.")


def _proposal_text(proposal: FeedUpdate) -> str:
    change = proposal.change
    since = change.since.date().isoformat()
    address = urls.shown(change.address)
    if proposal.search and not proposal.places:
        return (
            f"{address}\n  comes from your search {proposal.search!r}: check its address under "
            "`searches:`."
        )
    if change.kind == "gone":
        return f"- {address}\n  has ended, according to its server since {since} (410)."
    return (
        f"- {address}\n+ {urls.shown(proposal.to)}\n  has moved, according to its "
        f"server {change.times} times since {since}."
    )


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--company", metavar="NAME", default="", help="Add all of them to this company.")
@click.option("--topic", metavar="NAME", default="", help="Add all of them to this topic.")
@click.option("--dry-run", is_flag=True, help="Only show what would be added.")
@click.option("--yes", "agreed", is_flag=True, help="Don't ask about companies' folders.")
@shared_options
@click.pass_obj
def import_(
    shared: Shared, file: Path, company: str, topic: str, dry_run: bool, agreed: bool
) -> None:
    """Add the feeds in another reader's OPML FILE to feeds.yaml.

    Each folder becomes a topic, unless it has the name of one of your companies: then you are
    asked. Feeds that are already listed are skipped. Your comments are kept.
    """
    if company and topic:
        raise click.UsageError("Use either --company or --topic, not both.")
    plan = exchange.import_plan(shared.root, file, company, topic)
    owner = ""
    for feed in sorted(plan.feeds, key=lambda item: not item.company):
        if (feed.company or feed.topic) != owner:
            owner = feed.company or feed.topic
            say(f"{owner} ({'company' if feed.company else 'topic'})")
        name = plan.names.get(feed.address, "")
        say(f"  + {urls.shown(feed.address)}" + (f"  {name}" if name else ""))
    for address, why in plan.left_out:
        say(f"  left out: {urls.shown(address)} {why}")
    count = figure_of(len(plan.feeds), "feed")
    if dry_run:
        tell(f"{count} would be added. Nothing was changed.")
        return
    names = ", ".join(dict.fromkeys(feed.company for feed in plan.feeds if feed.company))
    if names and not (company or agreed):
        question = f"The list puts feeds under {names}, whose news they will count as."
        if not sys.stdin.isatty():
            raise CannotEdit(f"{question} If that is right, add --yes.")
        click.confirm(f"{question} Right?", abort=True, err=True)
    exchange.import_feeds(shared.root, plan)
    tell(f"{count} added to feeds.yaml." if plan.feeds else "Nothing to add.")


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), metavar="[FILE]", required=False
)
@shared_options
@click.pass_obj
def export(shared: Shared, file: Path | None) -> None:
    """Export the feeds as OPML 2.0 for another reader, to FILE or to the screen.

    Companies and topics become folders. User names, passwords and keys in addresses are left out,
    as are files, weights and `only` words.
    """
    text, remarks = exchange.export(shared.root, shared.as_of)
    if file is None:
        click.echo(text, nl=False)
    else:
        if file.exists() and b"<opml" not in file.read_bytes()[:2_000].lower():
            raise CannotWrite(f"{file} exists and is not OPML: choose another file.")
        write_whole(file, text)
        tell(f"Written to {file}.")
    for remark in remarks:
        tell(remark)
