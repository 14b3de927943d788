"""What every command shares: the workspace, the clock, and how things are printed.

The clock is read here and nowhere else. `--workspace` and `--as-of` may be given before or after
the command's name.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import click

from pipeline.errors import RunInProgress
from pipeline.records import Term
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.characters import escaped, printable

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Shared:
    """The options that all commands have."""

    workspace: str | None = None
    as_of: datetime | None = None
    says_bugs: bool = True  # a run that nobody watches says each once a day

    @cached_property
    def now(self) -> datetime:
        """The moment for which everything is done, in UTC."""
        return self.clock()

    def clock(self) -> datetime:
        """Return the moment of this call, for what goes on for longer than a moment."""
        return self.as_of or datetime.now(UTC).replace(microsecond=0)

    @cached_property
    def root(self) -> Path:
        """The workspace's folder; raises WorkspaceMissing."""
        from pipeline.workspace.folder import find

        return find(self.workspace, os.environ, Path.cwd())


# no border test: a wait, in seconds: an hourly run takes less
PATIENCE = 10.0
YEARS = range(1990, 2200)  # in which days can be counted back and forth

_P = ParamSpec("_P")
_T = TypeVar("_T")


def patiently(do: Callable[_P, _T], *given: _P.args, **named: _P.kwargs) -> _T:
    """Do it, if need be after the run that holds the lock; raise RunInProgress if it goes on."""
    return when_free(partial(do, *given, **named), PATIENCE)


def when_free(do: Callable[[], _T], seconds: float, waits: Callable[[], None] | None = None) -> _T:
    """Do the same within so many seconds; `waits` is called once, before waiting."""
    ends = time.monotonic() + seconds
    while True:
        try:
            return do()
        except RunInProgress:
            if time.monotonic() >= ends:
                raise
            if waits is not None:
                waits()
                waits = None
            time.sleep(min(0.2, seconds))


def _keep_workspace(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        ctx.ensure_object(Shared).workspace = value


def _keep_as_of(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if not value:
        return
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.BadParameter(
            f"{value!r} is not a time with a time zone. Write it as 2026-11-22T08:00+01:00."
        )
    if moment.year not in YEARS:
        raise click.BadParameter(f"{value!r} is not in the years {YEARS[0]} to {YEARS[-1]}.")
    ctx.ensure_object(Shared).as_of = moment.astimezone(UTC)


def shared_options(command: Command) -> Command:
    """Add `--workspace` and `--as-of` to a command."""
    for option in (
        click.option(
            "--as-of",
            metavar="TIME",
            expose_value=False,
            callback=_keep_as_of,
            help="Act as if it were this time, such as 2026-11-22T08:00+01:00.",
        ),
        click.option(
            "--workspace",
            metavar="FOLDER",
            expose_value=False,
            callback=_keep_workspace,
            help="The folder with feeds.yaml. Default: this one, or the nearest above it.",
        ),
    ):
        command = option(command)
    return command


def say(text: str) -> None:
    """Print data to stdout, with nothing in it that could steer a terminal."""
    click.echo(printable(text))


def tell(text: str) -> None:
    """Print a message for the user to stderr."""
    click.echo(printable(text), err=True)


def say_json(value: Any) -> None:
    """Print one JSON object on one line."""
    click.echo(escaped(json.dumps(value, ensure_ascii=False)))


def program() -> str:
    """Return how the user can call this command here: its name, or its path where it must be."""
    from shutil import which

    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m pipeline"
    found = which("touchpoints")
    if called.name != "touchpoints" or (found and Path(found).samefile(called)):
        return "touchpoints"
    here = Path.cwd()
    path = called.absolute()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def on_a_terminal() -> bool:
    """Return whether somebody is watching (messages go to stderr)."""
    return sys.stderr.isatty()


def plain_term(term: Term) -> dict[str, Any]:
    """Return a shared word for JSON; `noted` is the note's, where that is in another language."""
    found: dict[str, Any] = {"term": term.term, "weight": round(term.weight, 6)}
    return found | ({"noted": term.noted} if term.noted else {})


def day_of(text: str, now: datetime, zone: tzinfo, *, ahead: bool = True) -> date:
    """Read a day: 2026-12-01, 24 Nov, yesterday, friday (the next one, or the last), 7d."""
    from pipeline.text.deadlines import day_from
    from pipeline.text.spelling import day_examples

    found = day_from(text, day_in(zone, now), ahead=ahead)
    if found is None:
        raise click.BadParameter(f"{text!r} is not a day. {day_examples(text)}")
    return found


# no border test: any hour after a day's interviews would do
EVENING = 18  # o'clock, of a day that was told without its hour


def moment_of(text: str | None, shared: Shared) -> datetime:
    """Return the evening of a day that the user wrote, or now; a future day is refused.

    In the evening, so that a thank-you of the day comes after the interview of the day.
    """
    if text is None:
        return shared.now
    zone = own_zone(shared)
    day = day_of(text, shared.now, zone, ahead=False)
    if day > day_in(zone, shared.now):
        raise click.BadParameter(f"{day.isoformat()} is in the future.")
    evening = datetime(day.year, day.month, day.day, EVENING, tzinfo=zone).astimezone(UTC)
    return min(evening, shared.now)


def own_zone(shared: Shared) -> ZoneInfo:
    """Return the user's time zone."""
    from pipeline.steps.opening import read_workspace

    return zone_of(read_workspace(shared.root).config.settings.timezone)
