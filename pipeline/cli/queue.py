"""`queue` and what happens to a suggestion: sent, dismiss, later, answered, undo, log, draft."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from pipeline.cli.context import (
    Shared,
    day_of,
    moment_of,
    say,
    say_json,
    shared_options,
    tell,
    zone_of,
)
from pipeline.records import Contact, Draft, Touchpoint, to_plain
from pipeline.words import figure_of, relative_day

KIND_WORDS = {
    "thank_you": "Thank-you",
    "tidbit": "Something to read",
    "contribution": "Contribution",
    "check_in": "Sign of life",
    "decision": "Question about the decision",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print each suggestion as JSON, one a line.")
@shared_options
@click.pass_obj
def queue(shared: Shared, as_json: bool) -> None:
    """List what is suggested: what, for whom, when due, and why."""
    from pipeline import jobs

    found = jobs.queue(shared.root)
    if as_json:
        for item in found:
            say_json(_plain(item))
        return
    if not found:
        say("Nothing is waiting to be sent. `touchpoints run` looks again.")
        return
    zone = zone_of(shared)
    today = shared.now.astimezone(zone).date()
    for item in found:
        what = item.suggestion
        due = (item.until or what.due).astimezone(zone).date()
        when = (
            f"put off until {relative_day(due, today)}"
            if item.status == "snoozed"
            else (f"due {relative_day(due, today)}")
        )
        who = f"{what.person}, {what.company}" if what.person else what.company
        say(f"{item.id:4}  {KIND_WORDS[what.kind]} for {who}, {when}")
        say(f"      {what.reason}")
        if what.story_title:
            say(f"      with: {what.story_title}")
    say(f"\n{figure_of(len(found), 'suggestion')}. `touchpoints draft ID` shows the message.")


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.option("--on", "day", metavar="DAY", help="The day you sent it, if not today.")
@shared_options
@click.pass_obj
def sent(shared: Shared, number: int, day: str | None) -> None:
    """Record that you sent suggestion ID. Only what you say was sent counts as a contact."""
    from pipeline import jobs

    old = jobs.change(shared.root, number, "sent", moment_of(day, shared))
    tell(f"Noted: {_named(old)} is sent. `touchpoints undo` takes it back.")


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.option(
    "--because",
    default="not-for-me",
    metavar="REASON",
    help="not-for-me, wrong-company, bad-timing, or your own words.",
)
@shared_options
@click.pass_obj
def dismiss(shared: Shared, number: int, because: str) -> None:
    """Record that suggestion ID is not for you, and why."""
    from pipeline import jobs

    reason = because.strip()
    known = re.sub(r"[\s_]+", "-", reason.casefold())
    if known in ("not-for-me", "wrong-company", "bad-timing"):
        reason = known
    old = jobs.change(shared.root, number, "dismissed", shared.now, because=reason)
    tell(f"Noted: {_named(old)} is dismissed ({reason}). `touchpoints undo` takes it back.")


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.argument("day", metavar="DATE")
@shared_options
@click.pass_obj
def later(shared: Shared, number: int, day: str) -> None:
    """Put suggestion ID off until DATE (2026-12-01, tomorrow, or 7d)."""
    from pipeline import jobs

    zone = zone_of(shared)
    until = day_of(day, shared.now, zone)
    start = datetime(until.year, until.month, until.day, tzinfo=zone).astimezone(UTC)
    if start <= shared.now:
        raise click.BadParameter(f"{until.isoformat()} is not a day to come.")
    old = jobs.change(shared.root, number, "snoozed", shared.now, until=start)
    tell(f"Noted: {_named(old)} comes back on {until.isoformat()}. `touchpoints undo` undoes it.")


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.option("--on", "day", metavar="DAY", help="The day of the answer, if not today.")
@shared_options
@click.pass_obj
def answered(shared: Shared, number: int, day: str | None) -> None:
    """Record that they answered message ID."""
    from pipeline import jobs

    old = jobs.change(shared.root, number, "answered", moment_of(day, shared))
    tell(f"Noted: {old.suggestion.person or old.suggestion.company} answered. Well done.")


@click.command()
@shared_options
@click.pass_obj
def undo(shared: Shared) -> None:
    """Take back what you recorded last; again takes back the one before."""
    from pipeline import jobs

    undone = jobs.undo(shared.root)
    tell(f"Taken back: {undone}." if undone else "There is nothing to take back.")


@click.command()
@click.argument("company")
@click.argument("what")
@click.option("--on", "day", metavar="DAY", help="The day it happened, if not today.")
@click.option("--person", default="", metavar="NAME", help="With whom; as in your notes.")
@click.option("--answer", is_flag=True, help="They wrote or called, not you.")
@shared_options
@click.pass_obj
def log(
    shared: Shared, company: str, what: str, day: str | None, person: str, answer: bool
) -> None:
    """Record a contact with COMPANY that happened elsewhere: a call, a mail, a meeting."""
    from pipeline import jobs

    name = _full_name(shared, company, person)
    contact = Contact(company, name, moment_of(day, shared), what.strip(), answer=answer)
    jobs.log_contact(shared.root, contact, shared.now)
    tell(f"Noted: {what.strip()} ({name or company}). `touchpoints undo` takes it back.")


@click.command()
@click.argument("number", type=int, metavar="ID", required=False)
@click.option("--open", "in_mail", is_flag=True, help="Open it in the mail program.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--sources", is_flag=True, help="Show what stands behind each sentence.")
@click.option("--farewell", metavar="COMPANY", help="A last note to each interviewer instead.")
@shared_options
@click.pass_obj
def draft(
    shared: Shared,
    number: int | None,
    in_mail: bool,
    as_json: bool,
    sources: bool,
    farewell: str | None,
) -> None:
    """Print the message of suggestion ID, or open it in the mail program."""
    from pipeline import jobs

    if (number is None) == (farewell is None):
        raise click.UsageError("Give the ID of a suggestion, or --farewell with a company.")
    if farewell is not None:
        if in_mail:
            raise click.UsageError("A farewell is not in the queue: copy its text.")
        _say_farewells(shared, farewell, as_json=as_json, sources=sources)
        return
    item = jobs.touchpoint(shared.root, number or 0)
    message = item.suggestion.draft
    if as_json:
        say_json(_plain(item))
    elif in_mail:
        from pipeline.store.files import draft_path, write_whole
        from pipeline.touchpoints.mail import eml

        path = draft_path(shared.root, item)
        write_whole(path, eml(message))
        click.launch(str(path))
        tell(f"{path} is open for editing. When it is sent: touchpoints sent {number}")
    else:
        say(_sources_text(message) if sources else _message_text(message))


def _say_farewells(shared: Shared, company: str, *, as_json: bool, sources: bool) -> None:
    from pipeline import jobs

    interview, messages = jobs.farewells(shared.root, company, shared.now)
    if as_json:
        for message in messages:
            say_json(_plain_draft(message))
        return
    say("\n\n".join((_sources_text if sources else _message_text)(item) for item in messages))
    if interview.status == "waiting":
        tell(f"{interview.file} still says that you are waiting; write `status: rejected` there.")


def _message_text(message: Draft) -> str:
    to = f"To: {message.to}\n" if message.to else ""
    return f"{to}Subject: {message.subject}\n\n{message.body}"


def _sources_text(message: Draft) -> str:
    """Return each sentence with the lines behind it."""
    from pipeline.touchpoints.sources import sentences

    blocks = []
    for sentence in sentences(message):
        lines = [
            f'    {source.place}: "{source.text}"'
            if source.said
            else f"    your own wording, {source.place}"
            for source in dict.fromkeys(
                replace(source, said=source.said and "…") for source in sentence.sources
            )
        ]
        if sentence.has_gap:
            lines.append("    a gap for you: fill it, or take it out")
        blocks.append("\n".join([sentence.text, *(lines or ["    wording only, claims nothing"])]))
    return "\n\n".join(blocks)


def _named(item: Touchpoint) -> str:
    what = item.suggestion
    return f"{item.id} ({KIND_WORDS[what.kind].lower()} for {what.person or what.company})"


def _plain(item: Touchpoint) -> dict[str, Any]:
    what = item.suggestion
    return {
        "id": item.id,
        "kind": what.kind,
        "company": what.company,
        "person": what.person,
        "due": what.due.isoformat(),
        "status": item.status,
        "until": item.until.isoformat() if item.until else None,
        "reason": what.reason,
        "story": {
            "id": what.story,
            "title": what.story_title,
            "link": what.story_link,
            "source": what.story_source,
            "published": what.story_published.isoformat() if what.story_published else None,
            "note": {"file": what.note.file, "line": what.note.line, "text": what.note.text}
            if what.note
            else None,
            "sentence": what.sentence,
            "terms": [{"term": t.term, "weight": round(t.weight, 6)} for t in what.terms],
            "score": round(what.score, 6),
        }
        if what.story
        else None,
        "draft": _plain_draft(what.draft),
    }


def _plain_draft(message: Draft) -> dict[str, Any]:
    return {
        "to": message.to,
        "subject": message.subject,
        "body": message.body,
        "sources": [to_plain(source) for source in message.sources],
    }


def _full_name(shared: Shared, company: str, person: str) -> str:
    """Return the interviewer's full name for a first or last name, else what was written."""
    from pipeline import jobs

    workspace = jobs.read_workspace(shared.root)
    people = [p.name for i in workspace.interviews if i.company == company for p in i.people]
    wanted = person.casefold().split()
    found = [name for name in people if wanted and set(wanted) <= set(name.casefold().split())]
    return found[0] if len(set(found)) == 1 else person.strip()
