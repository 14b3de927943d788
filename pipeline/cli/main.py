"""The command `touchpoints`: finds the command's module, and turns errors into exit codes.

0 done · 1 something the user can fix · 2 wrong usage · 3 our bug · 4 another run holds the lock.
A command's module is imported only when the command is called, so that `--help` is quick.
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli.context import Shared, shared_options
from pipeline.cli.lazy import LazyGroup
from pipeline.errors import RunInProgress, TouchpointsError

# A command lives for seconds and leaves few cycles behind: looking for them as often as a server
# does takes a tenth of a run's time.
COLLECT_SELDOM = (5_000, 20, 20)  # larger numbers cost memory and no longer save time

# name -> (module and function, the line in `--help` and docs/commands.md)
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("setup:init", "Make a workspace: asks for the company, the date, the people."),
    "check": ("work:check", "Show all mistakes in feeds.yaml, notes, profile and templates."),
    "run": ("work:run", "The daily job: read the news, plan, write the digest."),
    "demo": ("setup:demo", "Show the whole job on a bundled example, without a network."),
    "digest": ("work:digest", "Print a day's digest again, or open it."),
    "review": ("review:review", "Walk through what is due, and answer each with one key."),
    "serve": ("serve:serve", "The day's page in the browser, with buttons that work."),
    "queue": ("queue:queue", "What is suggested, for whom, and when."),
    "sent": ("queue:sent", "Record that you sent a suggestion."),
    "dismiss": ("queue:dismiss", "Record that a suggestion is not for you."),
    "later": ("queue:later", "Put a suggestion off until a day."),
    "answered": ("queue:answered", "Record that they answered."),
    "release": ("queue:release", "End the hold of a piece of bad news."),
    "undo": ("queue:undo", "Take back what you recorded last."),
    "log": ("queue:log", "Record a contact that happened elsewhere; or list what happened."),
    "draft": ("queue:draft", "Print a message, or open it in the mail program."),
    "why": ("evidence:why", "The evidence for a suggestion or a story, or why it is not shown."),
    "rank": ("evidence:rank", "Every story with its score for a company's interview."),
    "learned": ("evidence:learned", "What your answers taught; remove a lesson."),
    "backup": (
        "safekeeping:backup",
        "Everything of yours in one file, checked by reading it back.",
    ),
    "restore": ("safekeeping:restore", "Bring a backup back; what was there is set aside."),
    "export": ("safekeeping:export", "Everything as plain JSON and Markdown, in a folder."),
    "schedule": ("schedule:schedule", "Let this computer run the daily job every hour."),
    "doctor": ("doctor:doctor", "Is all well? What is wrong, and what to do about it."),
    "feeds": ("feeds:feeds", "Tune the list of feeds: look into them, find, add, remove."),
}


class _Commands(LazyGroup):
    """The commands of `touchpoints`."""

    commands_there = COMMANDS


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@shared_options
@click.version_option(__version__, prog_name="touchpoints")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Watch the news for your interviews, and draft the few messages worth sending.

    Nothing is ever sent: you read one digest a day, and decide.
    """
    ctx.ensure_object(Shared)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the code that the design promises."""
    shared = Shared()
    gc.set_threshold(*COLLECT_SELDOM)
    try:
        code = cli.main(arguments, prog_name="touchpoints", standalone_mode=False, obj=shared)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing is lost: run it again.", err=True)
        sys.exit(130)
    except TouchpointsError as error:
        click.echo(in_words(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `touchpoints rank oracle | head`
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        report_bug(error, shared)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)


def in_words(error: TouchpointsError) -> str:
    """Return what went wrong; of a lock also for how long it has been held, by the real clock."""
    if not isinstance(error, RunInProgress) or error.since is None:
        return str(error)
    from pipeline.text.phrasing import age_of

    return f"{error} It began {age_of(datetime.now(UTC) - error.since)} ago."


def report_bug(error: Exception, shared: Shared) -> None:
    """Write down where a bug showed, and say so in one sentence; see `log.trace`."""
    from pipeline.maintenance import log
    from pipeline.store import files

    trace = log.trace(error, datetime.now(UTC).isoformat(timespec="seconds"))
    place = f"Where it showed:\n{trace}"
    try:
        path: Path = files.log_path(shared.root, "bug.log")
    except TouchpointsError:  # no workspace
        path = Path()
    if path.name and log.append(path, trace):
        place = f"Where it showed is in {path}, and nothing of what you wrote."
    if shared.says_bugs:
        click.echo(
            f"This is a bug in Touchpoints ({type(error).__name__}), not your mistake. {place} "
            "Nothing of yours is lost; please report it with that file.",
            err=True,
        )


if __name__ == "__main__":
    main()
