"""`rank` and `why`: which stories fit which interview, and the evidence."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import click

from pipeline.cli.context import Shared, say, say_json, shared_options, zone_of
from pipeline.records import Article, Match, Suggestion, Term, to_plain
from pipeline.words import shorten

SECTIONS = {
    "discussed": "what you discussed",
    "office": "seen in the office",
    "angle": "what you can do",
    "profile": "your profile",
    "other": "your notes",
}


@click.command()
@click.argument("company")
@click.option("--json", "as_json", is_flag=True, help="Print every story as JSON, one a line.")
@click.option("--all", "everything", is_flag=True, help="Also list stories that fit nothing.")
@shared_options
@click.pass_obj
def rank(shared: Shared, company: str, as_json: bool, everything: bool) -> None:
    """List every story with its score for COMPANY's interview, best first."""
    from pipeline import jobs

    matches = jobs.rank(shared.root, company, shared.now)
    if as_json:
        for match in matches:
            say_json(match_plain(match))
        return
    listed = [match for match in matches if everything or match.score > 0]
    for match in listed:
        say(_row(match))
    shown = sum(match.shown for match in matches)
    say(f"{len(matches)} stories, {len(listed)} with a score, {shown} worth showing.")


@click.command()
@click.argument("what", metavar="ID-OR-URL")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@shared_options
@click.pass_obj
def why(shared: Shared, what: str, as_json: bool) -> None:
    """Show the evidence for a suggestion (its number) or a story (its address).

    For a story that is not shown, the first reason that stopped it.
    """
    from pipeline import jobs

    if what.isdigit():
        touchpoint = jobs.touchpoint(shared.root, int(what))
        if as_json:
            say_json(to_plain(touchpoint))
        else:
            say(_suggestion_text(touchpoint.suggestion, touchpoint.status, touchpoint.because))
        return
    if urlsplit(what).scheme not in ("http", "https") and len(what) != 16:
        raise click.BadParameter(f"{what!r} is neither a suggestion's number nor an address.")
    for match in jobs.why_story(shared.root, what, shared.now):
        if as_json:
            say_json(match_plain(match))
        else:
            say(_match_text(match, shared.now.astimezone(zone_of(shared)).date()))


def match_plain(match: Match) -> dict[str, Any]:
    """Return a match with the fields that `rank --json` promises."""
    lead, best = match.story.lead, match.best
    return {
        "score": round(match.score, 6),
        "shown": match.shown,
        "reason": match.reason,
        "kind": match.kind,
        "section": best.note.section if best else None,
        "title": lead.title,
        "link": lead.link,
        "published": lead.published.isoformat(),
        "company": match.mention.about,
        "events": [event.kind for event in match.events],
        "sensitive": match.sensitive,
        "terms": [{"term": term.term, "weight": round(term.weight, 6)} for term in best.terms]
        if best
        else [],
        "note": {"file": best.note.file, "line": best.note.line, "text": best.note.text}
        if best
        else None,
        "sentence": best.sentence if best else "",
        "also_in": [_also(article) for article in match.story.others],
        "id": match.story.id,
        "guid": lead.guid,
        "source": lead.source,
        "mention": to_plain(match.mention),
        "interview": match.interview,
    }


def _also(article: Article) -> dict[str, str]:
    return {"title": article.title, "link": article.link, "source": article.source}


def _row(match: Match) -> str:
    title = shorten(match.story.lead.title, 70)
    if match.shown:
        words = " · ".join(term.term for term in match.best.terms[:4]) if match.best else ""
        return f"{match.score:5.2f}  {match.kind:12}  {title}\n{'':21}{words or match.reason}"
    return f"{match.score:5.2f}  {'-':12}  {title}\n{'':21}not shown: {match.reason}"


def _suggestion_text(what: Suggestion, status: str, because: str) -> str:
    who = f"{what.person}, {what.company}" if what.person else what.company
    lines = [f"{what.kind.replace('_', '-').capitalize()} for {who} ({status})", ""]
    lines.append(f"  why now     {what.reason}")
    if because:
        lines.append(f"  because     {because}")
    if what.note:
        lines.append(_note_line(what.note.text, what.note.file, what.note.line, what.note.section))
    if what.story_title:
        lines.append(f"  the story   {what.story_title}  {what.story_link}")
    if what.sentence and what.sentence != what.story_title:
        lines.append(f"              “{shorten(what.sentence, 200)}”")
    if what.terms:
        lines.append(f"  in common   {_terms(what.terms)}")
    if what.score:
        lines.append(f"  score       {what.score:.2f}")
    return "\n".join(lines)


def _match_text(match: Match, today: date) -> str:
    lead = match.story.lead
    days = (today - lead.published.date()).days
    head = "Shown" if match.shown else "Not shown"
    lines = [
        f"{lead.title}",
        f"  for {match.company} ({match.interview})",
        "",
        f"  {head}: {match.reason}",
        f"  score       {match.score:.2f}, as a {match.kind}",
        f"  the company {match.mention.about}"
        + (f": {', '.join(match.mention.words)}" if match.mention.words else ""),
        f"  published   {lead.published.date().isoformat()} ({max(days, 0)} days ago)"
        + ("" if lead.dated == "feed" else ", the day it was first seen"),
    ]
    if match.events:
        lines.append(f"  news of     {', '.join(event.kind for event in match.events)}")
    if match.best:
        note = match.best.note
        lines.append(_note_line(note.text, note.file, note.line, note.section))
        lines.append(f"  the story   “{shorten(match.best.sentence, 200)}”")
        lines.append(f"  in common   {_terms(match.best.terms)}")
    if match.story.others:
        names = dict.fromkeys(article.source or article.link for article in match.story.others)
        lines.append(f"  also in     {', '.join(names)}")
    return "\n".join(lines) + "\n"


def _note_line(text: str, file: str, line: int, section: str) -> str:
    return f"  your note   “{shorten(text, 160)}”  {file}:{line}, {SECTIONS[section]}"


def _terms(terms: tuple[Term, ...]) -> str:
    return " · ".join(f"{term.term} {term.weight:.2f}" for term in terms)
