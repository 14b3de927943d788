"""The man page, made from the commands: `python -m tests.docs` writes docs/touchpoints.1.

Takes the commands as click knows them; gives roff, as man(7) wants it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from pipeline import __version__
from pipeline.cli.main import cli

_SHARED = ("--workspace", "--as-of", "--help")  # every command has them: said once

_EXIT = """
0 done; 1 something that you can fix; 2 wrong usage; 3 a bug; 4 another run is at work.
"""
_ENVIRONMENT = {
    "TOUCHPOINTS_WORKSPACE": "The folder with feeds.yaml, where --workspace does not name it.",
    "TOUCHPOINTS_SMTP_PASSWORD": "The password for mailing you the page.",
    "TOUCHPOINTS_NOTIFY": "The addresses for a short note, as Apprise takes them.",
    "NO_COLOR": "No colours.",
}
_FILES = {
    "feeds.yaml": "What is watched, and the settings.",
    "data/notes/*.md, data/profile.md": "What you wrote.",
    "data/digests/latest.html, latest.md": "The newest page.",
    "data/touchpoints.db": "What was read and what happened: SQLite.",
    "data/logs/touchpoints.log": "What each run did.",
}


def man_page() -> str:
    """Return the page of `touchpoints` and all of its commands."""
    context = click.Context(cli, info_name="touchpoints")
    lines = [
        f'.TH TOUCHPOINTS 1 "" "Touchpoints {__version__}" "User Commands"',
        ".SH NAME",
        f"touchpoints \\- {_roff((cli.help or '').partition('.')[0].lower())}",
        ".SH SYNOPSIS",
        ".B touchpoints\n[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        *_paragraphs(cli.help or ""),
        ".SH OPTIONS",
        "Every command takes these, too.",
        *_options(cli, ()),
        ".SH COMMANDS",
        *_commands(context, cli),
        ".SH EXIT STATUS",
        _roff(_EXIT.strip()),
        ".SH ENVIRONMENT",
        *_listed(_ENVIRONMENT),
        ".SH FILES",
        *_listed(_FILES),
    ]
    return "\n".join(lines) + "\n"


def _commands(context: click.Context, group: click.Group) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _commands(inner, command)
            continue
        usage = " ".join(piece for piece in command.collect_usage_pieces(inner))
        path = inner.command_path.removeprefix("touchpoints ")
        yield f".SS {_roff(f'{path} {usage}')}"
        yield from _paragraphs(command.help or "")
        yield from _options(command, _SHARED)


def _options(command: click.Command, said: tuple[str, ...]) -> Iterator[str]:
    context = click.Context(command)
    # click makes the option for help once, with the names of whatever asks first.
    records = (
        ("-h, --help", record[1]) if "--help" in option.opts else record
        for option in command.get_params(context)
        if not set(option.opts) & set(said) and (record := option.get_help_record(context))
    )
    for name, meaning in records:
        yield from _listed({name: meaning})


def _listed(meanings: dict[str, str]) -> Iterator[str]:
    for name, meaning in meanings.items():
        yield f".TP\n\\fB{_roff(name)}\\fR\n{_roff(meaning)}"


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            yield ".PP"
        yield _roff(" ".join(paragraph.replace("\b", "").split()))


def _roff(text: str) -> str:
    """Return a text that roff prints as it is."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
