"""Days to render: a busy one, a quiet one, a hostile one."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.digest.mailto import mailto
from pipeline.records import Digest, Draft, Entry, Item, Term

DRAFT = Draft(
    "renata@example.com",
    "Thank you, and a boat",
    "Dear Renata,\n\nthank you for the time yesterday. […]\n\n"
    "One thing you may enjoy: https://sail.example/horn\n\nKind regards\nSam\n",
)


def entry(**changes: Any) -> Entry:
    values: dict[str, Any] = {
        "id": 41,
        "kind": "thank_you",
        "title": "Thank-you to Renata Kowalczyk, Oracle",
        "summary": "Thank Renata Kowalczyk (Oracle)",
        "company": "Oracle",
        "person": "Renata Kowalczyk",
        "due": "today",
        "because": "the interview was yesterday at 14:30",
        "why_now": "The interview was yesterday at 14:30; a note within a day is remembered.",
        "draft": DRAFT,
        "mailto": mailto(DRAFT),
        "story_title": "Solo sailor rounds the Horn in a boat she built herself",
        "story_link": "https://sail.example/horn",
        "story_source": "Sail World, yesterday",
        "note": "framed photo of an ocean racing boat",
        "note_place": "data/notes/oracle.md, line 14",
        "sentence": "She rounds the Horn in a racing boat.",
        "terms": (Term("racing boat", 0.21), Term("ocean", 0.15), Term("boat", 0.08)),
    }
    return Entry(**(values | changes))


BUSY = Digest(
    day=date(2026, 11, 24),
    headline="Tuesday 24 November: two things to do",
    quiet=("Nothing for Merrin Labs: next, check-in, Wednesday 2 December.",),
    entries=(entry(), entry(id=42, kind="contribution", title="A contribution for Tom Adeyemi")),
    held=(
        Item(
            "Bad news about Merrin Labs (layoffs). Nothing cheerful goes there until 1 December.",
            "Merrin Labs cuts 120 jobs in Leeds",
            "https://news.example/merrin",
            "Merrin Labs",
            "If you know somebody there, a line in your own words. Otherwise: wait.",
        ),
    ),
    upcoming=(Item("Friday 27 November: check-in with Imran", source="Oracle"),),
    worth_a_look=(Item("Oracle: your note", "A story", "https://news.example/a", "Wire, today"),),
    troubles=(
        Item("The feed is not there (404).", "https://halden.example/news", "today", "Look."),
    ),
    footer="41 feeds, 212 new articles, 188 recent stories; 6 fitted your notes.",
)

QUIET = Digest(
    day=date(2026, 11, 25),
    headline="Wednesday 25 November: nothing worth sending today",
    quiet=("Nothing for Oracle: next, check-in with Renata, Friday 27 November.",),
    footer="41 feeds, 0 new articles, 188 recent stories; 6 fitted your notes.",
)


def filled_with(text: str, link: str) -> Digest:
    """Return a day in which every field is the given text."""
    item = Item(text, text, link, text, text)
    draft = Draft(text, text, text)
    one = entry(
        title=text,
        summary=text,
        company=text,
        person=text,
        due=text,
        because=text,
        why_now=text,
        draft=draft,
        mailto=mailto(draft),
        story_title=text or "x",
        story_link=link,
        story_source=text,
        note=text,
        note_place=text,
        sentence=text,
        terms=(Term(text, 1.0),),
    )
    day, items = date(2026, 11, 24), (item,)
    return Digest(day, f"Day: {text}x", (text,), (one,), items, items, items, items, text)
