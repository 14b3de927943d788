"""`schedule`: what starts the daily job by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from pipeline.cli.context import Shared, program, say, say_json, shared_options, tell
from pipeline.cli.lazy import LazyGroup

if TYPE_CHECKING:
    from pipeline.maintenance.schedule import Job
    from pipeline.maintenance.timers import ScheduleEntry

COMMANDS: dict[str, tuple[str, str]] = {
    "show": ("schedule:show", "What starts the daily job on this computer, if anything does."),
    "install": ("schedule:install", "Let cron, systemd or launchd start it every hour."),
    "remove": ("schedule:remove", "End that; all else in your crontab stays as it is."),
}


class _Commands(LazyGroup):
    """The commands of `touchpoints schedule`."""

    commands_there: ClassVar[dict[str, tuple[str, str]]] = COMMANDS


@click.group(cls=_Commands)
@shared_options
def schedule() -> None:
    """Let this computer start the daily job every hour, without a hand on it."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, one object a line.")
@shared_options
@click.pass_obj
def show(shared: Shared, as_json: bool) -> None:
    """Show what starts the daily job for this workspace."""
    from pipeline.maintenance import timers

    entries = timers.found(job_of(shared))
    if as_json:
        for entry in entries:
            say_json({"with": entry.kind, "place": entry.place, "text": entry.text})
        return
    if not entries:
        say(f"Nothing starts it by itself. `{program()} schedule install` lets it run every hour.")
        return
    _say_entries(entries)


@click.command()
@click.option(
    "--with",
    "kind",
    type=click.Choice(["cron", "systemd", "launchd"]),
    help="What is to start it. Default: launchd on a Mac, else cron.",
)
@click.option("--yes", is_flag=True, help="Write it without asking.")
@shared_options
@click.pass_obj
def install(shared: Shared, kind: str | None, yes: bool) -> None:
    """Let cron (or systemd, launchd) start the daily job every hour.

    Shows what it would write, and asks. A second time it changes nothing. Times that you changed in
    the crontab stay.
    """
    from pipeline.maintenance import schedule as texts
    from pipeline.maintenance import timers

    made = job_of(shared)
    chosen = next((one for one in timers.KINDS if one == kind), None) or timers.usual_kind()
    wanted, before = timers.wanted(chosen, made), timers.found(made)
    others = sorted({entry.kind for entry in before} - {chosen})
    if wanted == before:
        tell(f"It is scheduled already, with {chosen}; nothing was changed.")
        return
    _say_entries(wanted)
    for other in others:
        tell(f"It takes the place of the one with {other}, which is removed.")
    _ask(yes, "Write this?")
    for other in others:
        timers.remove(other, made)
    timers.install(chosen, made)
    timers.keep_schedule(shared.root, chosen, shared.now)
    tell(
        f"Scheduled. What it does is logged in {shared.root / 'data' / 'logs'}; "
        f"`{program()} doctor` tells whether all is well."
    )
    for name in texts.left_out(os.environ):
        tell(f"{name} is set here and is a secret, so it was not written: {_WHERE[chosen]}")
    if chosen == "systemd":
        tell("On a server: `loginctl enable-linger` lets it run while you are not logged in.")


@click.command()
@click.option("--yes", is_flag=True, help="Do it without asking.")
@shared_options
@click.pass_obj
def remove(shared: Shared, yes: bool) -> None:
    """End the schedule of this workspace; everything else stays as it is."""
    from pipeline.maintenance import timers

    made = job_of(shared)
    entries = timers.found(made)
    if not entries:
        tell("Nothing of this workspace is scheduled; nothing was changed.")
        return
    _say_entries(entries)
    _ask(yes, "Remove this?")
    for kind in dict.fromkeys(entry.kind for entry in entries):
        timers.remove(kind, made)
    tell("Removed. Nothing starts it by itself now.")


_WHERE = {
    "cron": "write it as a line of its own above ours in the crontab (`crontab -e`).",
    "systemd": "write it as NAME=value into data/environment, which only you can read.",
    "launchd": "keep it in the keyring; docs/unattended.md explains how.",
}


def job_of(shared: Shared) -> Job:
    """Return the daily job of this workspace, as this computer would start it."""
    from pipeline.maintenance import schedule as texts

    beside = Path(sys.executable).with_name("touchpoints")
    own = [str(beside)] if beside.is_file() else [sys.executable, "-m", "pipeline.cli.main"]
    return texts.job(str(shared.root), own, os.environ)


def _say_entries(entries: Iterable[ScheduleEntry]) -> None:
    for entry in entries:
        say(f"In {entry.place}, by {entry.kind}:\n")
        say("".join(f"    {line}\n" for line in entry.text.splitlines()))


def _ask(yes: bool, question: str) -> None:
    if yes:
        return
    try:
        is_wanted = click.confirm(question, err=True)
    except click.Abort:
        raise click.UsageError(
            "Nobody answered, so nothing was changed. Add --yes to do it without asking."
        ) from None
    if not is_wanted:
        tell("Nothing was changed.")
        raise click.exceptions.Exit(0)
