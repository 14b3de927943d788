"""The command `touchpoints`: finds the command's module, and turns errors into exit codes.

0 done · 1 something the user can fix · 2 wrong usage · 3 our bug · 4 another run holds the lock.
A command's module is imported only when the command is called, so that `--help` is quick.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli.context import Shared, shared_options
from pipeline.cli.lazy import LazyGroup
from pipeline.errors import RunInProgress, TouchpointsError

# A command lives for seconds and leaves few cycles behind: 6,000 objects in a first page. Looking
# for them at each 5,000 new objects takes 45 to 100 ms of it, and saves 3 of its 150 MB.
# no border test: speed only
COLLECT_SELDOM = (200_000, 20, 20)

# name -> (module and function, the line in `--help` and docs/commands.md)
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("setup:init", "Set up a workspace, a company, a talk or a person, in a conversation."),
    "check": ("work:check", "Show every mistake in feeds.yaml, notes, profile and templates."),
    "run": ("work:run", "Do the daily job: read the news, plan, write the digest."),
    "demo": ("demo:demo", "Try the whole job on a bundled example, without a network."),
    "digest": ("work:digest", "Print the latest digest or another day's, or open it."),
    "brief": ("work:brief", "Print what to read before you meet a company again."),
    "review": ("review:review", "Go through what is due, and answer each with one key."),
    "serve": ("serve:serve", "Show today's page in the browser, with working buttons."),
    "queue": ("queue:queue", "List what is suggested, for whom, and when."),
    "sent": ("queue:sent", "Record that you sent a suggestion."),
    "dismiss": ("queue:dismiss", "Record that a suggestion is not for you."),
    "later": ("queue:later", "Postpone a suggestion to another day."),
    "answered": ("queue:answered", "Record that they replied."),
    "release": ("queue:release", "Stop holding messages back because of a piece of bad news."),
    "undo": ("queue:undo", "Undo what you recorded last."),
    "log": ("queue:log", "Record a contact made elsewhere, or list past contacts."),
    "draft": ("queue:draft", "Print a message, or open it in your mail program."),
    "why": ("evidence:why", "Explain why a suggestion or a story is shown, or why not."),
    "rank": ("evidence:rank", "List every story with its score for a company's interview."),
    "learned": ("evidence:learned", "List what your answers have taught, or forget part of it."),
    "backup": ("safekeeping:backup", "Back up everything to one file, and verify it."),
    "restore": ("safekeeping:restore", "Restore a backup; existing files are set aside."),
    "export": ("safekeeping:export", "Export everything as JSON and Markdown to a folder."),
    "schedule": ("schedule:schedule", "Run the daily job automatically, every hour."),
    "doctor": ("doctor:doctor", "Check that everything works, and say how to fix what does not."),
    "fleet": ("fleet:fleet", "Serve many candidates at once: a folder with a workspace for each."),
    "feeds": ("feeds:feeds", "Manage feeds: preview, check, find, add, remove."),
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

    Nothing is ever sent: you read one digest a day and decide. `touchpoints help COMMAND` explains
    a command.
    """
    ctx.ensure_object(Shared)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the code that the design promises."""
    open_streams()
    shared = Shared()
    gc.set_threshold(*COLLECT_SELDOM)
    # At its end Python would look through all objects that are left, a fifth of an hourly run's
    # time; what they hold the system takes back.
    atexit.register(gc.freeze)
    try:
        code = cli.main(arguments, prog_name="touchpoints", standalone_mode=False, obj=shared)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing is lost; you can run it again.", err=True)
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


def open_streams() -> None:
    """See to it that there are streams, and that they take every letter.

    A `pythonw`, which Windows' Task Scheduler starts, has none; a pipe on Windows has the letters
    of one part of the world.
    """
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
        elif os.name == "nt" and isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def in_words(error: TouchpointsError) -> str:
    """Return what went wrong; of a lock also for how long it has been held, by the real clock."""
    if not isinstance(error, RunInProgress) or error.since is None:
        return str(error)
    from pipeline.text.phrasing import age_of

    return f"{error} It began {age_of(datetime.now(UTC) - error.since)} ago."


def report_bug(error: Exception, shared: Shared) -> None:
    """Log where a bug occurred, and say so in one sentence; see `log.trace`."""
    from pipeline.maintenance import log

    trace = log.trace(error, datetime.now(UTC).isoformat(timespec="seconds"))
    place = f"Where it occurred:\n{trace}"
    try:
        path = log.place(shared.root, "bug.log")
    except TouchpointsError:  # no workspace
        path = None
    if path and log.append(path, trace):
        place = f"The details are in {path}, without anything that you wrote."
    if shared.says_bugs:
        click.echo(
            f"This is a bug in Touchpoints ({type(error).__name__}), not your mistake. {place} "
            "Nothing of yours is lost. Please report it with that file.",
            err=True,
        )


if __name__ == "__main__":
    main()
