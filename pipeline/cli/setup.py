"""`init`: a workspace, a company, a talk, a person: in a conversation, or from options.

Both ways ask the same questions: `conversation` has them, and `workspace.setup_answers` what the
answers mean.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cli.context import Shared, shared_options
from pipeline.cli.conversation import Given, converse, scripted
from pipeline.errors import NotFound
from pipeline.text.calendar import is_zone


@click.command()
@click.option("--company", metavar="NAME", help="The company's name, such as Oracle.")
@click.option("--alias", "aliases", multiple=True, help="What the news call it. Can be repeated.")
@click.option("--industry", metavar="WORDS", help="What it does, such as 'database, cloud'.")
@click.option("--website", metavar="DOMAIN", help="Its website, such as oracle.com.")
@click.option("--place", metavar="CITY", help="Where its people are: Hamburg, or Europe/Berlin.")
@click.option("--feed", "feeds", multiple=True, help="A feed about it. Can be repeated.")
@click.option("--role", metavar="TITLE", help="The job you interviewed for.")
@click.option(
    "--interviewed",
    metavar="DAY",
    help="When, by their clock: yesterday 3pm, 24.11.2026 14:30, or an invitation's file (.ics).",
)
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="'NAME, TITLE <EMAIL>'",
    help="An interviewer. Can be repeated.",
)
@click.option("--decision", metavar="DAY", help="When they hope to decide.")
@click.option("--language", help="Of your messages, such as German. Default: that of the notes.")
@click.option("--notes", metavar="FILE", help="Your notes: .md, .txt, .docx, .odt or .html.")
@click.option("--name", "me", metavar="NAME", help="Your own name, for the end of messages.")
@click.option("--timezone", metavar="ZONE", help="Your time zone, such as Europe/Paris.")
@shared_options
@click.pass_obj
def init(shared: Shared, /, **options: Any) -> None:
    """Create a workspace here (or in --workspace), or add a company, a second talk, a person.

    Asks for whatever you leave out, and says what it understood. You can stop at any time: what you
    typed is kept and offered again. Your comments in feeds.yaml are kept. Without a terminal, give
    at least --company and --interviewed.
    """
    zone = options["timezone"] or ""
    if zone and not is_zone(zone):
        raise click.UsageError(f"{zone!r} is not a time zone. Write Europe/Paris, for instance.")
    answers = {
        name: options[name]
        for name in ("company", "industry", "website", "place", "role", "interviewed", "decision")
    }
    answers |= {"language": options["language"], "me": options["me"]}
    answers["called"] = ", ".join(options["aliases"]) or None
    answers["people"] = "; ".join(options["people"]) or None
    source = Path(options["notes"]) if options["notes"] else None
    given = Given(
        {name: text for name, text in answers.items() if text is not None},
        source,
        options["feeds"],
        zone,
    )
    root = Path(shared.workspace or ".").absolute()
    try:
        (converse if sys.stdin.isatty() else scripted)(shared, root, given)
    except NotFound as error:
        raise click.UsageError(str(error)) from error
