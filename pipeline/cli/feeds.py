"""`feeds`: the commands to tune feeds.yaml, by name. Each is imported when it is called."""

from __future__ import annotations

import click

from pipeline.cli.lazy import LazyGroup

# name -> (module and function, the line in `--help` and docs/commands.md)
COMMANDS: dict[str, tuple[str, str]] = {
    "preview": (
        "feeds_look:preview",
        "Show what a feed would bring, with scores; nothing is stored.",
    ),
    "check": ("feeds_look:check", "Ask every feed now: does it work, and how much does it bring?"),
    "find": ("feeds_look:find", "Find the feeds of a website."),
    "suggest": (
        "feeds_suggest:suggest",
        "Propose feeds for the lines of your notes that no feed can meet.",
    ),
    "stats": (
        "feeds_look:stats",
        "Show what each feed has brought, to see which are worth keeping.",
    ),
    "add": ("feeds_edit:add", "Add a feed to a company or topic; your comments are kept."),
    "remove": ("feeds_edit:remove", "Remove a feed."),
    "mute": ("feeds_edit:mute", "Never show stories with a word; list and remove such words."),
    "update": ("feeds_edit:update", "Update feeds that have moved permanently or ended."),
    "import": ("feeds_edit:import_", "Import the feeds of another reader (OPML)."),
    "export": ("feeds_edit:export", "Export the feeds for another reader (OPML)."),
}


class _Commands(LazyGroup):
    """The commands of `touchpoints feeds`."""

    commands_there = COMMANDS


@click.group(cls=_Commands)
def feeds() -> None:
    """Manage feeds: preview, check, find, suggest, add, remove."""
