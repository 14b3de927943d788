"""What an answer said, and what follows from it: the day that they name, a promise, a no.

Takes the notes, the contacts and the clock; gives the notes as they are since: with the day that
was named in an answer in place of the old one, and rejected after a no. Nothing of the user's is
changed: when the notes name another day than they did when the answer was recorded, they were
written later, and count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from pipeline.errors import NotFound, ReplyUnclear
from pipeline.records import Contact, History, Interview, Reply, Workspace
from pipeline.text.answer_words import called, day_behind, promised_by
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.characters import one_line

LONGEST_PROMISE = 80  # characters; no border test: a line of a message


def as_answered(workspace: Workspace, history: History, now: datetime) -> Workspace:
    """Return the workspace with what was said in answers; once more, it changes nothing."""
    if not any(contact.reply for contact in history.contacts):
        return workspace
    latest: dict[str, Interview] = {}
    for talk in sorted(workspace.interviews, key=lambda item: (item.interviewed, item.file)):
        if talk.interviewed <= now:
            latest[talk.company] = talk
    zone = zone_of(workspace.config.settings.timezone)
    changed = {}
    for talk in latest.values():
        found = replies_since(history.contacts, talk.company, talk.interviewed, now)
        if not found or talk.status != "waiting":
            continue
        new = talk
        for contact in found:
            reply = contact.reply
            if reply and reply.said == "new_date" and reply.instead_of == talk.decision_expected:
                day = day_in(zone, contact.at)
                new = replace(
                    talk, decision_expected=reply.day, named_on=day, named_by=contact.person
                )
        if found[-1].reply and found[-1].reply.said == "no":
            new = replace(new, status="rejected")
        changed[talk.file] = new
    talks = tuple(changed.get(talk.file, talk) for talk in workspace.interviews)
    return replace(workspace, interviews=talks)


def reply_from(said: str, day: str, promised: str, by: str, today: date) -> Reply:
    """Return what the user told of an answer: a word for it, and days as people write them.

    Raises ReplyUnclear.
    """
    from pipeline.text.deadlines import day_from  # costs start-up time, and is seldom used

    found_there = called(said.replace("_", " "))
    if found_there is None or found_there[1]:
        raise ReplyUnclear(
            f"“{said}” is none of the answers that move the plan: new-date, invitation, promise "
            "or no. For anything else leave it away."
        )
    what = found_there[0]
    if what == "promise" and not by:
        day, by = "", day
    days = {}
    for name, text in (("day", day), ("by", by)):
        found = day_from(text, today) if text else None
        if text and (found is None or found < today):
            why = "has gone by" if found else "is not a day"
            raise ReplyUnclear(f"“{text}” {why}: write today or a day to come, such as 2026-12-18.")
        days[name] = found
    promised = one_line(promised).strip(" .,;:")[:LONGEST_PROMISE]
    if what == "new_date" and not day:
        raise ReplyUnclear(
            "A new date needs its day, such as 2026-12-18 or “in two weeks”. Where they named "
            "none, say only that they answered."
        )
    if (what == "promise" or by) and not promised:
        raise ReplyUnclear("What did they promise? In a few words, such as “the figures of Q3”.")
    if promised and not by:
        raise ReplyUnclear(
            f"By which day did they promise “{promised}”? Where they named none, give the day on "
            "which you would ask."
        )
    if what in ("promise", "no"):
        days["day"] = None
    return Reply(what, days["day"], promised=promised, by=days["by"])


def reply_written(text: str, today: date) -> Reply | None:
    """Return what stands behind a box: "new date 18 December", "promise the figures by Friday".

    In English, German, French or Spanish. None for an empty text; raises ReplyUnclear for one
    that is not understood.
    """
    from pipeline.text.deadlines import day_from  # costs start-up time, and is seldom used

    words = one_line(text).strip(" .,;:_")
    if not words:
        return None
    found = called(words)
    if found is None:
        return reply_from(words, "", "", "", today)  # it says what is possible
    said, rest = found
    if said == "promise":
        parted = promised_by(rest)
        with_day = (parts for parts in parted if day_from(parts[1], today))
        what, by = next(with_day, (rest, ""))
        return reply_from(said, "", what, by, today)
    return reply_from(said, day_behind(rest), "", "", today)


def replies_since(
    contacts: Iterable[Contact], company: str, since: datetime, now: datetime
) -> tuple[Contact, ...]:
    """Return the answers of which the user told what they said, oldest first."""
    return tuple(
        contact
        for contact in contacts
        if contact.reply and contact.company == company and since <= contact.at <= now
    )


def beside_notes(workspace: Workspace, company: str, reply: Reply, now: datetime) -> Reply:
    """Return what was said, with the day that it takes the place of, as the notes have it.

    Raises NotFound when there was no talk yet that it could be an answer to.
    """
    begun = [t for t in workspace.interviews if t.company == company and t.interviewed <= now]
    if not begun:
        raise NotFound(
            f"There was no talk with {workspace.config.name_of(company)} yet, so nothing there can "
            "be decided, promised or put off. Nothing was recorded."
        )
    latest = max(begun, key=lambda talk: (talk.interviewed, talk.file))
    return replace(reply, instead_of=latest.decision_expected)


def promise_of(replies: Sequence[Contact], answers: Iterable[Contact]) -> Contact | None:
    """Return the last promise that nothing came of yet.

    Whatever is heard on its day or later, or without a word on what it was, is taken for it.
    """
    made = next((item for item in reversed(replies) if item.reply and item.reply.by), None)
    if made is None or made.reply is None or made.reply.by is None:
        return None
    by = made.reply.by
    later = (item for item in answers if item.answer and item.at > made.at)
    kept = any(
        item.reply is None or item.reply.said in ("promise", "no") or item.at.date() >= by
        for item in later
    )
    return None if kept else made
