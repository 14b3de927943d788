"""`doctor`: one page that says whether everything works."""

from __future__ import annotations

import click

from pipeline.cli.context import Shared, say, say_json, shared_options
from pipeline.cli.schedule import job_of
from pipeline.errors import CannotSchedule
from pipeline.maintenance import doctor as doctors
from pipeline.maintenance import timers
from pipeline.records import to_plain

STATES = {"ok": "ok", "note": "note", "wrong": "WRONG"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print each finding as JSON, one per line.")
@shared_options
@click.pass_obj
def doctor(shared: Shared, as_json: bool) -> None:
    """Check everything that has to work: files, disk, database, runs, schedule, feeds, mail.

    Uses no network and changes nothing. Exits with 1 if anything is wrong.
    """
    entries: tuple[timers.ScheduleEntry, ...] | CannotSchedule
    try:
        entries = timers.found(job_of(shared))
    except CannotSchedule as error:
        entries = error
    found = doctors.examine(shared.root, shared.now, entries)
    for finding in found:
        if as_json:
            say_json(to_plain(finding))
            continue
        say(f"{STATES[finding.state]:7}{finding.check:11}{finding.says}")
        if finding.todo and finding.state != "ok":
            say(f"{'':18}{finding.todo}")
    wrong = sum(finding.state == "wrong" for finding in found)
    if wrong:
        raise click.exceptions.Exit(1)
