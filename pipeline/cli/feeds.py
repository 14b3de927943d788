"""`feeds`: the commands to tune feeds.yaml, by name. Each is imported when it is called."""

from __future__ import annotations

import click

from pipeline.cli.lazy import LazyGroup

# name -> (module and function, the line in `--help` and docs/commands.md)
COMMANDS: dict[str, tuple[str, str]] = {
    "preview": ("feeds_look:preview", "What a feed would give, with scores; nothing is stored."),
    "check": ("feeds_look:check", "Ask every feed now: is it alive, how much does it bring?"),
    "find": ("feeds_look:find", "The feeds of a website."),
    "stats": ("feeds_look:stats", "What each feed has brought: which earn their place?"),
    "add": ("feeds_edit:add", "Add a feed to a company or topic; your comments stay."),
    "remove": ("feeds_edit:remove", "Take a feed out."),
    "update": ("feeds_edit:update", "Feeds that have moved for good, or ended: follow them."),
    "import": ("feeds_edit:import_", "Take over another reader's list (OPML)."),
    "export": ("feeds_edit:export", "Write the list for another reader (OPML)."),
}


class _Commands(LazyGroup):
    """The commands of `touchpoints feeds`."""

    commands_there = COMMANDS


@click.group(cls=_Commands)
def feeds() -> None:
    """Tune the list of feeds: look into them, find, add, remove."""
