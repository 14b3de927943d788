"""What `run` says where nobody watches: nothing when all is well, a failure once and then daily.

Joins the log and the notices with the command line. A terminal shows everything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import click

from pipeline.cli.context import Shared, on_a_terminal
from pipeline.errors import RunInProgress, TouchpointsError, WorkspaceMissing, WorkspaceWrong
from pipeline.maintenance import log, notices
from pipeline.news.feed_words import OWN_NETWORK
from pipeline.records import Problem

BUG_CODE = 3  # no border test: a code in the log; nothing decides by it
# no border test: any hour of the day would do
NOON = 12  # the hour, here, in which a laptop is most likely awake


def find_workspace(shared: Shared, *, scheduled: bool) -> None:
    """Look for the workspace; raise WorkspaceMissing.

    A schedule may outlive its folder, and then nothing can be remembered of what was said: it is
    said at noon alone, and the exit code stays.
    """
    try:
        _ = shared.root
    except WorkspaceMissing as error:
        if scheduled and not on_a_terminal() and shared.now.astimezone().hour != NOON:
            raise click.exceptions.Exit(error.exit_code) from None
        raise


def log_of(shared: Shared, form: str, *, dry_run: bool) -> log.Log:
    """Return the workspace's log; a run that writes nothing has none."""
    name = "touchpoints.jsonl" if form == "json" else "touchpoints.log"
    path = None if dry_run else log.place(shared.root, name)
    return log.Log(path, shared.clock, as_json=form == "json")


@contextmanager
def quietly(shared: Shared, written: log.Log) -> Iterator[None]:
    """Log what stops the run, and let it be said only where that is due."""
    try:
        yield
    except TouchpointsError as error:
        written.add("run stopped", error=type(error).__name__, code=error.exit_code)
        if written.path and not _due(shared, [_key(error)], complete=False):
            raise click.exceptions.Exit(error.exit_code) from None
        raise
    except Exception as error:
        written.add("run stopped by a bug", error=type(error).__name__, code=BUG_CODE)
        shared.says_bugs = not written.path or bool(_due(shared, [_key(error)], complete=False))
        raise


def due_lines(
    shared: Shared, written: log.Log, failing: Mapping[str, str], *, complete: bool
) -> Iterable[str]:
    """Return which of the lasting failures (a key and a line each) are to be said by this run."""
    if written.path is None:
        return list(failing.values())
    due = _due(shared, failing, complete=complete)
    return [line for key, line in failing.items() if key in due]


def failing(problems: Iterable[Problem], mistakes: str) -> dict[str, str]:
    """Return what lasts beyond a run and belongs to nobody's page, a line by its key."""
    found = {}
    for problem in problems:
        if problem.stage == "delivery":  # where mail fails, the page is not seen
            found[f"delivery {problem.where}"] = f"{problem.what} {problem.todo}"
        elif problem.stage == "store":  # what befell the database
            found[f"store {_short(problem.what)}"] = (
                f"{problem.where}: {problem.what} {problem.todo}".rstrip()
            )
        elif problem.where == OWN_NETWORK:
            found["network"] = f"{problem.what} {problem.todo}"
    if mistakes:
        found[f"mistakes {_short(mistakes)}"] = mistakes
    return found


def _due(shared: Shared, keys: Iterable[str], *, complete: bool) -> frozenset[str]:
    """Return what to say now, and remember that it was said."""
    known = notices.recalled(shared.root)
    due, kept = notices.settle(known, keys, shared.now, complete=complete)
    if on_a_terminal():
        return frozenset(keys)  # and cron's mail has yet to report it
    if kept != known:
        notices.remember(shared.root, kept)
    return due


def _key(error: Exception) -> str:
    """Return the same for the same failure: another mistake in feeds.yaml is another."""
    if isinstance(error, WorkspaceWrong):
        return f"mistakes {_short(str(error))}"
    return "lock" if isinstance(error, RunInProgress) else type(error).__name__


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
