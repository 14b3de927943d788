"""`backup`, `restore`, `export`: nothing is lost, and nothing is locked in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.context import Shared, on_a_terminal, say, shared_options, tell
from pipeline.maintenance import safekeeping
from pipeline.store import archive
from pipeline.text.characters import printable
from pipeline.text.phrasing import figure_of

ONE = {"stories": "story"}
SHOWN = 5  # names of files; no border test: the rest are told by "…"


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@shared_options
@click.pass_obj
def backup(shared: Shared, file: Path | None) -> None:
    """Back up feeds.yaml, notes, profile, templates, digests, drafts and the database to one zip.

    FILE can be a folder; the default is data/backups. An existing backup of that name is replaced,
    any other file is not. The backup is verified byte by byte, and never contains secrets.
    """
    path, made = safekeeping.backup(shared.root, file, shared.now)
    say(str(path))
    if on_a_terminal():  # cron hears of failures only
        size = path.stat().st_size / 1e6
        tell(f"{figure_of(len(made.files), 'file')}, {size:.1f} MB, verified.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing: existing files are set aside.")
@shared_options
@click.pass_obj
def restore(shared: Shared, file: Path, yes: bool) -> None:
    """Restore a backup into this folder (or --workspace), empty or not.

    Existing files are set aside in data/backups, never deleted. Settings of this computer (the
    crontab, passwords) are not in a backup.
    """
    root = _root(shared)
    there = safekeeping.set_aside_by(root)
    if there and not yes:
        archive.read(file.absolute())  # what is no backup is told before anything is asked
        tell(f"{root} has {', '.join(there)}. They will be set aside in data/backups.")
    reached = list(_reached(safekeeping.reach_of(root, file.absolute())))
    for what in reached:
        tell(f"Its feeds.yaml {printable(what)}.")
    if (there or reached) and not yes:
        click.confirm("Continue?", abort=True, err=True)
    done = safekeeping.restore(root, file.absolute(), shared.now)
    if done.left:
        shown = ", ".join(map(printable, done.left[:SHOWN])) + (" …" if done.left[SHOWN:] else "")
        tell(f"Not restored, as they could do something when opened: {shown}.")
    tell(
        f"Restored {figure_of(len(done.backup.files) - len(done.left), 'file')} of "
        f"{done.backup.made:%Y-%m-%d %H:%M} UTC to {root}."
    )
    if done.aside:
        tell(f"The files that were there are in {done.aside}.")


def _reached(reach: safekeeping.Reach) -> Iterator[str]:
    """Yield what the feeds.yaml of a backup does with what is the user's alone."""
    for name, host in reach.secrets:
        yield f"sends {name} of your environment or keyring to {host}"
    if reach.mailed:
        to, host = reach.mailed
        yield f"mails the digest to {to} by {host}"
    for host in reach.inside:
        yield f"reads {host}, which is in your own network or on this computer"
    for path in reach.files:
        yield f"reads {path} as a feed"
    for folder in reach.links:
        yield f"lets its links lead into {folder}"


def _root(shared: Shared) -> Path:
    """Return the folder that was named, or this one: it need not be a workspace yet."""
    told = shared.workspace or os.environ.get("TOUCHPOINTS_WORKSPACE")
    return Path(told or ".").expanduser().absolute()


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@shared_options
@click.pass_obj
def export(shared: Shared, folder: Path) -> None:
    """Export everything to a new FOLDER: JSON for programs, Markdown to read, and your files.

    Includes articles, stories, suggestions with their messages, contacts and your answers.
    """
    counts = safekeeping.export(shared.root, folder.absolute(), shared.now)
    say(str(folder.absolute()))
    tell(
        ", ".join(
            figure_of(count, ONE.get(what, what[:-1]), what) for what, count in counts.items()
        )
        + "."
    )
