"""`schedule`: what starts the daily job automatically."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from pipeline.cli.context import Shared, program, say, say_json, shared_options, tell
from pipeline.cli.lazy import LazyGroup
from pipeline.maintenance import schedule as texts
from pipeline.maintenance import timers

if TYPE_CHECKING:
    from pipeline.maintenance.schedule import ScheduledJob
    from pipeline.maintenance.timers import ScheduleEntry

COMMANDS: dict[str, tuple[str, str]] = {
    "show": ("schedule:show", "Show what starts the daily job on this computer, if anything."),
    "install": ("schedule:install", "Have cron, systemd, launchd or Windows start it every hour."),
    "remove": ("schedule:remove", "Remove the schedule; the rest of your crontab is kept."),
}


class _Commands(LazyGroup):
    """The commands of `touchpoints schedule`."""

    commands_there: ClassVar[dict[str, tuple[str, str]]] = COMMANDS


@click.group(cls=_Commands)
@shared_options
def schedule() -> None:
    """Run the daily job automatically, every hour."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print each entry as JSON, one per line.")
@shared_options
@click.pass_obj
def show(shared: Shared, as_json: bool) -> None:
    """Show what starts the daily job for this workspace."""
    entries = timers.found(job_of(shared))
    if as_json:
        for entry in entries:
            say_json({"with": entry.kind, "place": entry.place, "text": entry.text})
        return
    if not entries:
        say(f"No schedule yet. Run `{program()} schedule install` to start it every hour.")
        return
    _say_entries(entries)


@click.command()
@click.option(
    "--with",
    "kind",
    type=click.Choice(["cron", "systemd", "launchd", "schtasks"]),
    help="What starts it. Default: launchd on a Mac, schtasks on Windows, otherwise cron.",
)
@click.option("--yes", is_flag=True, help="Do it without asking.")
@shared_options
@click.pass_obj
def install(shared: Shared, kind: str | None, yes: bool) -> None:
    """Have cron (or systemd, launchd, Windows' Task Scheduler) start the daily job every hour.

    Shows what it would write, and asks first. Times that you changed in the crontab are kept.
    """
    made = job_of(shared)
    chosen = next((one for one in timers.KINDS if one == kind), None) or timers.usual_kind(
        sys.platform
    )
    wanted, before = timers.wanted(chosen, made), timers.found(made)
    others = sorted({entry.kind for entry in before} - {chosen})
    if wanted == before:
        tell(f"Already scheduled with {chosen}. Nothing was changed.")
        return
    _say_entries(wanted)
    for other in others:
        tell(f"This replaces the schedule in {other}.")
    _ask(yes, "Write this?")
    for other in others:
        timers.remove(other, made)
    timers.install(chosen, made)
    timers.keep_schedule(shared.root, chosen, shared.now)
    tell(
        f"Scheduled. The log is in {shared.root / 'data' / 'logs'}; "
        f"`{program()} doctor` checks that everything works."
    )
    for name in texts.left_out(os.environ):
        tell(f"{name} is a secret, so it was not copied into the schedule: {_WHERE[chosen]}")
    if chosen == "systemd":
        tell("On a server, run `loginctl enable-linger` so that it runs while you are logged out.")
    if chosen == "schtasks":
        for name, value in made.environment:
            tell(f'A task holds no {name}: it finds it after `setx {name} "{value}"`.')


@click.command()
@click.option("--yes", is_flag=True, help="Do it without asking.")
@shared_options
@click.pass_obj
def remove(shared: Shared, yes: bool) -> None:
    """Remove the schedule of this workspace; the rest of your crontab is kept."""
    made = job_of(shared)
    entries = timers.found(made)
    if not entries:
        tell("This workspace has no schedule. Nothing was changed.")
        return
    _say_entries(entries)
    _ask(yes, "Remove this?")
    for kind in dict.fromkeys(entry.kind for entry in entries):
        timers.remove(kind, made)
    tell("Removed. The daily job no longer runs by itself.")


_WHERE = {
    "cron": "add it above the Touchpoints line in the crontab (`crontab -e`).",
    "systemd": "add it as NAME=value to data/environment, which only you can read.",
    "launchd": "keep it in the keyring; docs/unattended.md explains how.",
    "schtasks": "keep it in the keyring; docs/unattended.md explains how.",
}


def job_of(shared: Shared) -> ScheduledJob:
    """Return the daily job of this workspace, as this computer would start it."""
    return texts.job(str(shared.root), own_command(Path(sys.executable)), os.environ)


def own_command(python: Path) -> list[str]:
    """Return how a schedule starts this program: on Windows by the Python that opens no window."""
    if (beside := python.with_name("touchpoints")).is_file():
        return [str(beside)]
    windowless = python.with_name("pythonw.exe")
    return [str(windowless if windowless.is_file() else python), "-m", "pipeline"]


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
            "There was no answer, so nothing was changed. Add --yes to skip the question."
        ) from None
    if not is_wanted:
        tell("Nothing was changed.")
        raise click.exceptions.Exit(0)
