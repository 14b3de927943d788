"""`run`, `check`, `digest`: the daily job and its page.

An hourly run loads what it needs alone; the others load their own.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from pipeline import run as daily
from pipeline.cli import unattended
from pipeline.cli.context import (
    Shared,
    day_of,
    on_a_terminal,
    own_zone,
    say,
    say_json,
    shared_options,
    tell,
)
from pipeline.cli.progress import shown
from pipeline.errors import NotDelivered
from pipeline.records import to_plain
from pipeline.steps.job import RunOptions
from pipeline.steps.opening import checked
from pipeline.steps.report import report_plain
from pipeline.store.database import looked_into
from pipeline.text.phrasing import figure_of
from pipeline.workspace.read import PROFILE
from pipeline.workspace.report import problems_text

if TYPE_CHECKING:
    from pipeline.records import Digest, Workspace


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report of the run as JSON.")
@click.option("--dry-run", is_flag=True, help="Store and write nothing; print the digest.")
@click.option("--ask-all", is_flag=True, help="Ask every feed now, even those that are not due.")
@click.option(
    "--scheduled", is_flag=True, help="Set by a schedule, so that `doctor` recognises its runs."
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Format of data/logs/touchpoints.log (json: touchpoints.jsonl).",
)
@shared_options
@click.pass_obj
def run(
    shared: Shared, as_json: bool, dry_run: bool, ask_all: bool, scheduled: bool, log_format: str
) -> None:
    """Read the news, score it, plan, and write today's digest. This is what cron runs.

    Prints nothing when all is well and no terminal is attached; a lasting failure is reported
    once, and then once a day. A feed that was asked recently, or that wants to be asked less often,
    is not asked again. Before `settings.digest.not_before` the page of a new day waits, unless a
    terminal is attached. Exits with 1 when one of your files has a mistake; the digest is written
    anyway.
    """
    unattended.find_workspace(shared, scheduled=scheduled)
    log = unattended.log_of(shared, log_format, dry_run=dry_run)
    with shown() as progress, unattended.quietly(shared, log):
        report = daily.run(
            shared.root,
            shared.now,
            RunOptions(
                dry_run=dry_run,
                ask_all=ask_all,
                timed=shared.as_of
                is None,  # with a fixed clock the same inputs give the same bytes
                early=on_a_terminal(),
                as_of=shared.as_of is not None,
                scheduled=scheduled,
            ),
            progress=progress,
            log=log,
        )
    if as_json:
        say_json(report_plain(report))
    elif dry_run:
        say_page(report.digest, on_screen=sys.stdout.isatty())
    elif on_a_terminal():
        tell(f"{report.digest.headline}. `touchpoints digest` prints it.")
    mistakes = [p for p in report.problems if p.stage == "workspace" and p.level == "error"]
    lasting = unattended.failing(report.problems, problems_text(mistakes) if mistakes else "")
    # A run that waits for the morning sends nothing, so it does not know whether sending fails.
    for line in unattended.due_lines(shared, log, lasting, complete=not report.waits):
        tell(line)
    if mistakes:
        raise click.exceptions.Exit(1)


_WITHOUT_ANGLE = "without, and without “My angle” in a note, news is no reason to offer help."
_WITH_AN_ANGLE = (
    "what your notes say of you serves the company of that note alone, a line there serves all."
)


@click.command()
@click.option("--lines", is_flag=True, help="Show each line of the notes as it was understood.")
@click.option("--json", "as_json", is_flag=True, help="Print each mistake as JSON, one per line.")
@shared_options
@click.pass_obj
def check(shared: Shared, lines: bool, as_json: bool) -> None:
    """Read feeds.yaml, notes, profile and templates; show every mistake and what was understood.

    Uses no network. With --json the notes follow the mistakes, each with the key `understood`.
    """
    workspace = checked(shared.root)
    if as_json:
        for problem in workspace.problems:
            say_json(to_plain(problem))
        for remark in workspace.remarks:
            say_json(to_plain(remark))
        from pipeline.touchpoints.drafts import greeted_name
        from pipeline.workspace.understood import understood

        for note in understood(workspace, greeted_name):
            say_json({"understood": to_plain(note)})
    elif workspace.problems:
        say(problems_text(workspace.problems))
    config = workspace.config
    if not as_json and not any(problem.level == "error" for problem in workspace.problems):
        say(
            f"{figure_of(len(config.companies), 'company', 'companies')}, "
            f"{figure_of(len(config.topics), 'topic')}, {figure_of(len(config.feeds), 'feed')}, "
            f"{figure_of(len(workspace.interviews), 'interview')}, "
            f"{figure_of(len(workspace.profile.lines), 'line')} of profile"
            f"{_templates(len(workspace.templates))}: all readable."
        )
        if not workspace.profile.lines:
            is_there = (shared.root / PROFILE).exists()
            talks = workspace.interviews
            has_angle = any(line.section == "angle" for talk in talks for line in talk.lines)
            say(
                f"{'There is no line in' if is_there else 'There is no'} {PROFILE}"
                f"{' yet (a heading or a <!-- remark --> is none)' if is_there else ''}. Write "
                "there what you can do, a line each, such as “- ran the supplier ramp-up for two "
                f"plants”: {_WITH_AN_ANGLE if has_angle else _WITHOUT_ANGLE}"
            )
    if not as_json:
        _say_understood(workspace, lines=lines)
        _say_uncovered(shared, workspace)
    if any(problem.level == "error" for problem in workspace.problems):
        raise click.exceptions.Exit(1)


def _say_understood(workspace: Workspace, *, lines: bool) -> None:
    from pipeline.cli.conversation import doubts, helping
    from pipeline.touchpoints.drafts import greeted_name
    from pipeline.workspace.understood import line_by_line, understood, understood_text, unseen

    if notes := understood(workspace, greeted_name):
        say(f"\nUnderstood:\n{understood_text(notes)}")
    for talk in workspace.interviews if lines else ():
        say(f"\n{talk.file}\n{line_by_line(talk.lines, talk.people)}")
    open_talks = [talk for talk in workspace.interviews if talk.status == "waiting"]
    newest = max(open_talks, key=lambda talk: talk.interviewed, default=None)
    if newest and (helps := helping(newest, workspace.profile)):
        say(f"\n{newest.file}: {helps}")  # of one note: whoever reads it knows of the others
    if seen := [*unseen(workspace), *doubts(workspace)]:
        say("\nTo know:\n" + "\n".join(f"- {one}" for one in seen))


def _say_uncovered(shared: Shared, workspace: Workspace) -> None:
    """Say what the feeds cannot bring, as the page says it once."""
    from pipeline.steps import coverage

    with looked_into(shared.root) as db:
        problems = coverage.found(db, workspace, shared.now)
    if problems:
        said = (f"- {problem.what} {problem.todo}" for problem in problems)
        say("\nWhat your feeds cannot bring:\n" + "\n".join(said))


def _templates(count: int) -> str:
    return f", {figure_of(count, 'template')} of your own" if count else ""


@click.command()
@click.option("--date", "day", metavar="DAY", help="The digest of another day, such as 2026-11-22.")
@click.option("--open", "in_browser", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--deliver", is_flag=True, help="Deliver it to yourself now, as set up in feeds.yaml."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@shared_options
@click.pass_obj
def digest(shared: Shared, day: str | None, in_browser: bool, deliver: bool, as_json: bool) -> None:
    """Print the latest digest, or another day's."""
    from pipeline.steps.pages import read_digest, write_page

    wanted = day_of(day, shared.now, own_zone(shared), ahead=False) if day else None
    found = read_digest(shared.root, wanted)
    if deliver:
        _deliver(shared, found)
    elif in_browser:
        click.launch(str(write_page(shared.root, found)))
    elif as_json:
        say_json(to_plain(found))
    else:
        say_page(found, on_screen=sys.stdout.isatty())


@click.command()
@click.argument("company")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@shared_options
@click.pass_obj
def brief(shared: Shared, company: str, as_json: bool) -> None:
    """Print what to read before you meet COMPANY: notes, messages, and the news."""
    from pipeline.commands import evidence
    from pipeline.digest.markdown import briefing_markdown

    found = evidence.brief(shared.root, company, shared.now)
    if as_json:
        say_json(to_plain(found))
    else:
        say(briefing_markdown(found))


def say_page(page: Digest, *, on_screen: bool) -> None:
    """Print a digest; on a screen without its mail links, each of which fills a screen itself."""
    from pipeline.digest.markdown import markdown

    if on_screen:
        page = replace(page, entries=tuple(replace(entry, mailto="") for entry in page.entries))
    say(markdown(page))


def _deliver(shared: Shared, found: Digest) -> None:
    from pipeline.steps.delivery import deliver_now

    outcomes = deliver_now(shared.root, found, shared.now)
    if not outcomes:
        raise NotDelivered(
            "No delivery is set up yet. Add it to feeds.yaml, under `settings:`, for instance "
            "delivery: {mail: {to: me@example.com, host: smtp.example.com, user: me@example.com}}"
        )
    for outcome in outcomes:
        if outcome.failed is None:
            tell(f"Sent to {outcome.where}.")
    wrong = [one.failed for one in outcomes if one.failed]
    if wrong:
        raise NotDelivered("\n".join(f"{one.where}: {one.what} {one.todo}" for one in wrong))
