"""`fleet`: many candidates at once, a folder with a workspace for each."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from pipeline.cli.context import Shared, on_a_terminal, say, say_json, shared_options, tell
from pipeline.cli.lazy import LazyGroup
from pipeline.cli.progress import shown

# name -> (module and function, the line in `--help` and docs/commands.md)
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("fleet:run", "Serve every candidate of a folder; each feed is asked once."),
    "status": ("fleet:status", "List whose thank-you is due today."),
}
FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


class _Commands(LazyGroup):
    """The commands of `touchpoints fleet`."""

    commands_there = COMMANDS


@click.group(cls=_Commands)
def fleet() -> None:
    """Serve many candidates at once: a folder with a workspace for each."""


@click.command()
@FOLDER
@click.option("--workers", type=click.IntRange(1, 256), help="Processes. Default: one a processor.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="A Dask scheduler, such as tcp://10.0.0.5:8786, whose workers see FOLDER, too.",
)
@click.option("--contact", default="", help="Your address for feed owners, in the User-Agent.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each candidate.")
@shared_options
@click.pass_obj
def run(
    shared: Shared,
    folder: Path,
    workers: int | None,
    scheduler: str | None,
    contact: str,
    as_json: bool,
) -> None:
    """Do the daily job for every candidate of FOLDER. Each feed is asked once for all of them.

    FOLDER holds a folder with a workspace for each candidate. One candidate's mistakes harm nobody
    else; exits with 1 when somebody could not be served, and says who and why.
    """
    from pipeline.fleet import engines
    from pipeline.fleet.run import Means
    from pipeline.fleet.run import run as serve_all
    from pipeline.fleet.serving import Round
    from pipeline.records import to_plain

    here = nullcontext(engines.Processes(workers or engines.usual_workers()))
    with shown() as progress, engines.cluster(scheduler) if scheduler else here as engine:
        report = serve_all(
            Round(folder.absolute(), shared.now, timed=shared.as_of is None),
            Means(engine, contact, progress),
        )
    failed = [one for one in report.served if one.outcome in ("busy", "failed")]
    if as_json:
        for one in report.served:
            say_json(to_plain(one))
    for one in failed:
        tell(f"{one.candidate}: {one.why}")
    if on_a_terminal():
        tell(
            f"{len(report.served) - len(failed)} of {len(report.served)} candidates served; "
            f"{report.requests} requests for {report.followed} feeds."
        )
    if failed:
        raise click.exceptions.Exit(1)


@click.command()
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each candidate.")
@shared_options
@click.pass_obj
def status(shared: Shared, folder: Path, as_json: bool) -> None:
    """List whose thank-you is due today, and to whom. Shows nothing of their notes."""
    from pipeline.fleet.status import status as look
    from pipeline.records import to_plain

    for one in look(folder.absolute(), shared.now):
        if as_json:
            say_json(to_plain(one))
            continue
        if one.trouble:
            say(f"{one.candidate}: cannot be read ({one.trouble})")
        for due in one.thanks:
            whom = f"{due.person or 'somebody'} at {due.company}"
            say(f"{one.candidate}: {whom}, from {due.due:%d %b %H:%M} UTC")
