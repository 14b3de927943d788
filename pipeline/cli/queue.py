"""`queue` and what becomes of a suggestion: sent, dismiss, later, answered, release, log, draft."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import click

from pipeline.cli.context import (
    EVENING,
    Command,
    Shared,
    day_of,
    moment_of,
    own_zone,
    patiently,
    plain_term,
    say,
    say_json,
    shared_options,
    tell,
)
from pipeline.errors import NotAMail
from pipeline.records import (
    Contact,
    Draft,
    Held,
    Hold,
    Move,
    Reference,
    Reply,
    Suggestion,
    Touchpoint,
    to_plain,
)
from pipeline.text.answer_words import Called, called, day_behind
from pipeline.text.calendar import day_in, start_of
from pipeline.text.guard_words import advice_on, ahead_text, held_text, wrong_company_said
from pipeline.text.phrasing import (
    KIND_WORDS,
    STATE_WORDS,
    figure_of,
    listed,
    long_day,
    relative_day,
    shorten,
    upper_first,
)
from pipeline.text.reasons import question_text, reason_text, reply_text

# What `undo` took back, by the move.
_UNDONE = {
    "sent": "you sent number {what}",
    "answered": "they answered number {what}",
    "dismissed": "you dismissed number {what}",
    "snoozed": "you put off number {what}",
    "suggested": "you asked for number {what}",
    "edited": "your wording of number {what}",
    "logged": "what you logged of {what}: “{about}”",
    "released": "the release of “{about}”; it holds messages back again",
    "forgot": "what was to be forgotten counts again: {about}",
}


_ASKED: dict[str, Called] = {"d": "new_date", "i": "invitation", "p": "promise", "n": "no"}


def _what_they_said(command: Command) -> Command:
    """Add the options that tell what an answer said."""
    for option in (
        click.option("--by", metavar="DAY", help="By which day they promised it."),
        click.option("--promised", metavar="WHAT", help='Such as "the figures of Q3"; with --by.'),
        click.option("--day", metavar="DAY", help="The new date, or the day of the talk."),
        click.option("--said", metavar="WHAT", help="new-date, invitation, promise or no."),
    ):
        command = option(command)
    return command


def _reply(shared: Shared, told: Mapping[str, str | None]) -> Reply | None:
    """Return what they said, from the options or, at a terminal, from questions; None: nothing."""
    from pipeline.touchpoints.replies import reply_from

    given = {name: text or "" for name, text in told.items()}
    if not any(given.values()):
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        given = _asked()
    if not any(given.values()):
        return None
    said = given["said"] or ("promise" if given["promised"] else "new-date")
    today = day_in(own_zone(shared), shared.now)
    return reply_from(said, given["day"], given["promised"], given["by"], today)


def _asked() -> dict[str, str]:
    """Ask what they said; whatever is left empty is not told."""

    def ask(question: str) -> str:
        return str(
            click.prompt(question, "", show_default=False, prompt_suffix=" ", err=True)
        ).strip()

    found = dict.fromkeys(("said", "day", "promised", "by"), "")
    written = ask(
        "What did they say? a new (d)ate, an (i)nvitation, a (p)romise, (n)o; else enter:"
    )
    while written and (understood := _answer_called(written)) is None:  # "not yet" is no no
        written = ask("One of d, i, p, n, or the word itself; or enter, if it was none of them:")
    if not written or understood is None:
        return found
    said, rest = understood
    if said == "new_date":
        found["day"] = day_behind(rest) or ask("Which day is the decision expected now?")
    elif said == "invitation":
        found["day"] = day_behind(rest) or ask("For which day? Enter if it is open:")
    elif said == "promise":
        found["promised"] = rest or ask("What did they promise?")
        found["by"] = ask("By which day?")
    return found | {"said": said}


def _answer_called(written: str) -> tuple[Called, str] | None:
    """Return what was typed for an answer: a letter, or the word for it and what follows."""
    if letter := _ASKED.get(written.casefold()):
        return letter, ""
    found = called(written)
    return None if found is None or (found[0] == "no" and found[1]) else found


def _what_follows(reply: Reply | None, company: str) -> str:
    """Return what the plan makes of an answer, a sentence or two."""
    if reply is None:
        return "Well done."
    promised = (
        f"They promised {reply.promised} by {long_day(reply.by)}; when it is here: "
        f"`touchpoints log {company} received --answer`."
        if reply.promised and reply.by
        else ""
    )
    day = reply.day
    at = day.isoformat() if day else "DAY"
    init = f"`touchpoints init --company {company} --interviewed {at}`"
    says = {
        "new_date": f"The decision is expected on {long_day(day)} now; your notes stay as they are."
        if day
        else "",
        "invitation": f"Congratulations! Write the notes of the new talk: {init}. Until then "
        "nothing more is suggested there but thanks for it.",
        "promise": "",
        "no": "I am sorry. Nothing more is suggested there but a gracious last note. Write "
        "`status: rejected` into your notes.",
    }
    return " ".join(filter(None, (says[reply.said], promised)))


@click.command()
@click.option("--held", is_flag=True, help="List what is held back, and by which rule.")
@click.option("--plan", is_flag=True, help="List the next four weeks, if nothing better comes.")
@click.option("--json", "as_json", is_flag=True, help="Print each one as JSON, one a line.")
@shared_options
@click.pass_obj
def queue(shared: Shared, held: bool, plan: bool, as_json: bool) -> None:
    """List what is suggested: what, for whom, when due, and why. Or what is held back, or ahead."""
    from pipeline.commands import queue

    if held or plan:
        (_list_held if held else _list_ahead)(shared, as_json)
        return
    found = queue.still_open(shared.root)
    zone = own_zone(shared)
    today = day_in(zone, shared.now)
    if as_json:
        for item in found:
            say_json(_plain(item, today))
        return
    names = queue.company_names(shared.root)
    if not found:
        say(
            "Nothing is waiting to be sent. `touchpoints run` looks again; "
            "`touchpoints queue --held` shows what is held back, and why."
        )
        return
    for item in found:
        what = item.suggestion
        who, when = _who(what, names), _when(item, zone, today)
        say(f"{item.id:4}  {KIND_WORDS[what.kind]} for {who}, {when}")
        say(f"      {upper_first(reason_text(what.reason, today))}")
        if what.reference.title:
            say(f"      with: {what.reference.title}")
    say(f"\n{figure_of(len(found), 'suggestion')}. `touchpoints draft ID` shows the message.")


def _when(item: Touchpoint, zone: ZoneInfo, today: date) -> str:
    day = day_in(zone, item.until or item.suggestion.due)
    if item.status == "snoozed":
        return f"put off until {relative_day(day, today)}"
    return f"overdue since {long_day(day)}" if day < today else f"due {relative_day(day, today)}"


def _list_held(shared: Shared, as_json: bool) -> None:
    """Print what the plan of this moment holds back: the bad news first, with the way out."""
    from pipeline.commands import queue

    plan, holds = queue.plan_now(shared.root, shared.now)
    names = queue.company_names(shared.root)
    today = day_in(own_zone(shared), shared.now)
    numbers = {hold.key: hold.id for hold in holds}
    for item in plan.held:
        is_news = bool(item.title) and item.kind is None
        number = numbers.get(item.key) if is_news else None
        reason = held_text(item, names.get(item.company, item.company), today)
        advice = advice_on(item)
        if as_json:
            plain = to_plain(item) | {"guard": item.guard, "reason": reason, "advice": advice}
            say_json({"id": f"h{number}" if number else None, **plain})
            continue
        label = f"h{number}" if number else ""
        what = item.title if is_news else _held_message(item, names)
        say(f"{label:>4}  {what}")
        says = (
            reason,
            "" if is_news or not item.title else f"with: {item.title}",
            advice,
        )
        for line in filter(None, says):
            say(f"      {line}")
        if number:
            otherwise = "To go on as before" if item.person else "If it isn't bad news"
            say(f"      {otherwise}: `touchpoints release h{number}`")
            say(f"      {wrong_company_said(number)}")
    if not as_json:
        held = figure_of(len(plan.held), "thing is", "things are") if plan.held else "Nothing is"
        say(f"{held} held back at this moment.")


def _list_ahead(shared: Shared, as_json: bool) -> None:
    """Print the weeks ahead as the planner sees them without news."""
    from pipeline.commands import queue

    names = queue.company_names(shared.root)
    zone = own_zone(shared)
    today = day_in(zone, shared.now)
    waiting = queue.still_open(shared.root)
    for touchpoint in () if as_json else waiting:
        what = touchpoint.suggestion
        when = upper_first(_when(touchpoint, zone, today).removeprefix("due "))
        say(f"{when}: {KIND_WORDS[what.kind].lower()} for {_who(what, names)} ({touchpoint.id})")
    put_off = {item.suggestion.key for item in waiting}
    found = [i for i in queue.weeks_ahead(shared.root, shared.now) if i.key not in put_off]
    for item in found:
        if as_json:
            say_json(to_plain(item))
            continue
        name = names.get(item.company, item.company)
        at = f" ({name})" if item.person else ""
        say(f"{upper_first(relative_day(item.day, today))}: {ahead_text(item, name)}{at}")
    if not as_json:
        say(
            "Good news, an answer or a talk changes it; each message is supposed to be sent on its "
            "day, and to get no answer."
            if found or waiting
            else "Nothing comes up by itself in the next four weeks; news may bring something."
        )


def _held_message(item: Held, names: Mapping[str, str]) -> str:
    kind = KIND_WORDS[item.kind] if item.kind else "Everything"
    return f"{kind} for {_who(item, names)} ({item.guard})"


@click.command()
@click.argument("which", metavar="ID")
@click.option("--on", "day", metavar="DAY", help="The day you sent it, if not today.")
@shared_options
@click.pass_obj
def sent(shared: Shared, which: str, day: str | None) -> None:
    """Record that you sent suggestion ID: its number, or whose it is. Only that is a contact."""
    from pipeline.commands import queue

    number = queue.number_of(shared.root, which)
    old = patiently(queue.change, shared.root, number, "sent", moment_of(day, shared))
    tell(f"Noted: {_named(old)} is sent. `touchpoints undo` takes it back.")


@click.command()
@click.argument("which", metavar="ID")
@click.option(
    "--because",
    default="not-for-me",
    metavar="REASON",
    help="not-for-me, wrong-company, bad-timing, or your own words.",
)
@shared_options
@click.pass_obj
def dismiss(shared: Shared, which: str, because: str) -> None:
    """Record that suggestion ID is not for you, and why.

    Bad news (h1, as `queue --held` lists it) can be dismissed, too, as of the wrong company.
    """
    from pipeline.commands import queue

    reason = because.strip()
    known = re.sub(r"[\s_]+", "-", reason.casefold())
    if known in ("not-for-me", "wrong-company", "bad-timing"):
        reason = known
    if re.fullmatch(r"[hH]\d{1,9}", which):
        _dismiss_hold(shared, which, reason)
        return
    number = queue.number_of(shared.root, which)
    old = patiently(queue.change, shared.root, number, "dismissed", shared.now, because=reason)
    tell(
        f"Noted: {_named(old)} is dismissed ({reason}).{_taught(old.suggestion, reason)} "
        "`touchpoints undo` takes it back."
    )


def _dismiss_hold(shared: Shared, which: str, reason: str) -> None:
    """Record that bad news is about another company."""
    from pipeline.commands import queue

    if reason != "wrong-company":
        raise click.UsageError(
            f"{which} is bad news: `touchpoints release {which}` if it is none, or over; "
            f"`touchpoints dismiss {which} --because wrong-company` if it is about another company."
        )
    number = queue.hold_of(shared.root, which)
    (hold,), _ = patiently(queue.release, shared.root, [number], shared.now, reason)
    tell(
        f"Noted: {shorten(hold.title, 80)!r} is not about {hold.company}: it holds nothing back "
        "there any more, and is not shown for it again. What the words of its title taught is in "
        "`touchpoints learned`. `touchpoints undo` takes it back."
    )


def _taught(what: Suggestion, reason: str) -> str:
    """Return what follows from a dismissal, of what the message is made of."""
    if not what.reference.story:
        if reason != "wrong-company":
            return ""
        return (
            " No story goes with it, so nothing is learnt from that. If you never talked to "
            f"them, correct `company:` in {what.interview}."
        )
    return {
        "not-for-me": " Later scores take it into account.",
        "wrong-company": " The story is not shown for this company again.",
    }.get(reason, "")


@click.command()
@click.argument("which", metavar="ID")
@click.argument("day", metavar="DATE")
@click.option("--anyway", is_flag=True, help="Also when it is of no use any more by then.")
@shared_options
@click.pass_obj
def later(shared: Shared, which: str, day: str, anyway: bool) -> None:
    """Put suggestion ID off until DATE (2026-12-01, tomorrow, or 7d)."""
    from pipeline.commands import queue

    zone = own_zone(shared)
    until = day_of(day, shared.now, zone)
    start = start_of(until, zone)
    if start <= shared.now:
        raise click.BadParameter(f"{until.isoformat()} is not a day to come.")
    number = queue.number_of(shared.root, which)
    useful = start if anyway else queue.in_time(shared.root, number, start, shared.now)
    old = patiently(queue.change, shared.root, number, "snoozed", shared.now, until=useful)
    if useful < start:
        until = day_in(zone, useful)
        tell(
            f"A thank-you is of no use after {long_day(until)}: it comes back on that day. "
            f"`touchpoints later {number} {start.date().isoformat()} --anyway` takes yours."
        )
    when = relative_day(until, day_in(zone, shared.now))
    tell(f"Noted: {_named(old)} comes back {when}. `touchpoints undo` undoes it.")
    if asked := queue.question_after(shared.root, number, useful, shared.now):
        tell(question_text(asked))


@click.command()
@click.argument("which", metavar="ID")
@click.option("--on", "when", metavar="DAY", help="The day of the answer, if not today.")
@_what_they_said
@shared_options
@click.pass_obj
def answered(shared: Shared, /, which: str, when: str | None, **told: str | None) -> None:
    """Record that they answered message ID, and what they said, if it moves the plan.

    Asks at a terminal. `--said no`: they decided for somebody else.
    """
    from pipeline.commands import queue

    number = queue.number_of(shared.root, which, queue.SENT)
    at = moment_of(when, shared)
    queue.check_answer(shared.root, number)
    reply = _reply(shared, told)
    old = patiently(queue.answered, shared.root, number, reply, at)[0]
    what = old.suggestion
    noted = f"Noted: {what.person or what.company} answered {_named(old)}."
    said = (noted, _what_follows(reply, what.company), "`touchpoints undo` takes it back.")
    tell(" ".join(filter(None, said)))


@click.command()
@click.argument("numbers", metavar="ID...", nargs=-1, required=True)
@shared_options
@click.pass_obj
def release(shared: Shared, numbers: tuple[str, ...]) -> None:
    """End the hold of bad news ID (h1, as `queue --held` lists it): it was none, or is over."""
    from pipeline.commands import queue

    wanted = list(dict.fromkeys(queue.hold_of(shared.root, number) for number in numbers))
    for hold in patiently(queue.release, shared.root, wanted, shared.now)[0]:
        tell(
            f"Noted: {shorten(hold.title, 80)!r} holds nothing back any more. The next run plans "
            f"without it; `touchpoints undo` takes it back.{_taught_by_release(shared, hold)}"
        )


def _taught_by_release(shared: Shared, hold: Hold) -> str:
    """Return what the release of a hold taught, or what one more would."""
    from pipeline.commands import evidence
    from pipeline.touchpoints.bad_news import GRAVEST

    if hold.person or not hold.kind or hold.kind in GRAVEST:
        return ""
    told = f"bad news of this kind ({hold.kind}) at {hold.company}"
    if f"hold:{hold.company}:{hold.kind}" in evidence.learned(shared.root).weights:
        return f" Learned: {told} holds messages for half as long (`touchpoints learned`)."
    return f" Nothing is learned from it yet; once more, and {told} holds for half as long."


@click.command()
@shared_options
@click.pass_obj
def undo(shared: Shared) -> None:
    """Take back what you recorded last; again takes back the one before."""
    from pipeline.commands import queue

    undone = patiently(queue.undo, shared.root)
    if undone is None:
        tell("There is nothing to take back.")
        return
    number = undone.touchpoint
    what = _named(queue.touchpoint(shared.root, number)) if number else undone.company
    says = _UNDONE.get(undone.what, "{what}")
    tell(f"Taken back: {says.format(what=what, about=shorten(undone.about, 80))}.")


@click.command()
@click.argument("company")
@click.argument("what", default="")
@click.option("--on", "when", metavar="DAY", help="The day it happened, if not today.")
@click.option("--person", default="", metavar="NAME", help="With whom; as in your notes.")
@click.option("--answer", is_flag=True, help="They wrote or called, not you.")
@_what_they_said
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON, one a line.")
@shared_options
@click.pass_obj
def log(
    shared: Shared,
    /,
    company: str,
    what: str,
    when: str | None,
    person: str,
    answer: bool,
    as_json: bool,
    **told: str | None,
) -> None:
    """Record a contact with COMPANY that happened elsewhere: a call, a mail, a meeting.

    Without WHAT: list everything that happened with COMPANY so far.
    """
    from pipeline.commands import queue

    if not what.strip():
        if when or person or answer or any(told.values()):
            raise click.UsageError('Say what happened: touchpoints log oracle "a call".')
        _list_happened(shared, company, as_json)
        return
    name = queue.interviewer(shared.root, company, person)
    if any(told.values()) and not answer:
        raise click.UsageError("--said is what they said: add --answer.")
    reply = _reply(shared, told) if answer else None
    at = moment_of(when, shared)
    contact = Contact(company, name, at, what.strip(), answer=answer, reply=reply)
    patiently(queue.log_contact, shared.root, contact, shared.now)
    follows = f" {_what_follows(reply, company)}" if reply else ""
    tell(f"Noted: {what.strip()} ({name or company}). `touchpoints undo` takes it back.{follows}")
    if others := queue.unknown_there(shared.root, company, name):
        tell(
            f"Your notes don't know {name} there, so it counts for a colleague. "
            f"They know {listed(others)}."
        )


def _list_happened(shared: Shared, company: str, as_json: bool) -> None:
    from pipeline.commands import queue

    found = queue.happened(shared.root, company, shared.now)
    zone = own_zone(shared)
    for move in found:
        say_json(to_plain(move)) if as_json else say(_move_text(move, zone))
    if not found and not as_json:
        say(f"Nothing has happened with {company} yet.")


def _move_text(move: Move, zone: ZoneInfo) -> str:
    number = f" {move.touchpoint}" if move.touchpoint else ""
    about = KIND_WORDS.get(move.about, move.about)
    who = f" ({move.person})" if move.person else ""
    at, happened = move.at.astimezone(zone), (move.contact or move.at).astimezone(zone)
    on = "" if at.date() == happened.date() else f", on {happened:%Y-%m-%d}"
    what = "message changed" if move.what == "edited" else STATE_WORDS.get(move.what, move.what)
    # A page that was ticked before its day, `--on DAY`, `--as-of DAY`: nobody said the hour.
    is_told = at.time() not in (time(0), time(EVENING))
    when = f"{at:%Y-%m-%d %H:%M}" if is_told else f"{at:%Y-%m-%d}      "
    about = f": {about}" if about else ""
    return f"{when}  {what}{number}{about}{who}{reply_text(move.reply)}{on}"


@click.command()
@click.argument("which", metavar="ID", required=False)
@click.option("--open", "in_mail", is_flag=True, help="Open it in the mail program.")
@click.option("--body", "body_only", is_flag=True, help="Print only the text, to paste it.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--sources", is_flag=True, help="Show where each sentence comes from.")
@click.option(
    "--story",
    metavar="ADDRESS",
    help="Queue a new message about this story (or its id); `undo` takes it back.",
)
@click.option("--to", "whom", metavar="NAME", help="To whom: one of your notes' people.")
@click.option("--about", metavar="LINE", type=int, help="Rather about this line of your notes.")
@click.option(
    "--farewell",
    metavar="COMPANY",
    help="A last note to each interviewer instead; after an offer, thanks for it.",
)
@click.option(
    "--thanks",
    metavar="COMPANY",
    help="Thanks to each interviewer: for the talk while you wait, then for the offer.",
)
@shared_options
@click.pass_obj
def draft(
    shared: Shared,
    which: str | None,
    in_mail: bool,
    body_only: bool,
    as_json: bool,
    sources: bool,
    story: str | None,
    whom: str | None,
    about: int | None,
    farewell: str | None,
    thanks: str | None,
) -> None:
    """Print the message of suggestion ID, or open it in the mail program.

    With --story and --to: write one about any story that was read, and add it to the queue;
    `touchpoints undo` takes it out again.
    """
    from pipeline.commands import queue

    if sum(given is not None for given in (which, story, farewell, thanks)) != 1:
        raise click.UsageError(
            "Give the ID of a suggestion, or --story with --to, or --farewell with a company."
        )
    if (story is None) != (whom is None):
        raise click.UsageError("--story and --to belong together: about what, and to whom.")
    number = _ask_for(shared, story, whom or "") if story is not None else 0
    if about is not None:
        if which is None:
            raise click.UsageError("--about belongs to the ID of a suggestion.")
        number = queue.number_of(shared.root, which)
        notes = queue.touchpoint(shared.root, number).suggestion.interview
        queue.write_about(shared.root, number, f"{notes}, line {about}", shared.now)
        tell(f"Number {number} is about line {about} now. `touchpoints undo` takes it back.")
    if wanted := farewell or thanks:
        if in_mail:
            raise click.UsageError("Such a note is not in the queue: copy its text.")
        _say_farewells(shared, wanted, bool(thanks), as_json=as_json, sources=sources)
        return
    item = queue.touchpoint(shared.root, number or queue.number_of(shared.root, which or ""))
    message = item.draft
    if as_json:
        say_json(_plain(item, day_in(own_zone(shared), shared.now)))
    elif in_mail and message.channel != "email":
        raise NotAMail(
            f"This is no mail: copy its text. `touchpoints draft {item.id} --body` prints it."
        )
    elif in_mail:
        path = queue.draft_file(shared.root, item.id)
        click.launch(str(path))
        tell(f"{path} is open for editing. When it is sent: touchpoints sent {item.id}")
    elif body_only:
        say(message.body)
    else:
        say(sources_text(message) if sources else _message_text(message))
        _tell_channel(message, is_asked_for=item.suggestion.is_asked_for)


def _ask_for(shared: Shared, story: str, whom: str) -> int:
    """Add a message about a story to the queue; say what speaks against it; return its number."""
    from pipeline.commands import queue

    asked = queue.ask_for(shared.root, story, whom, shared.now)
    item = asked.touchpoint
    for warning in asked.warnings:
        tell(f"Mind: {warning}")
    if asked.is_new:
        tell(
            f"Number {item.id} is in the queue. When it is sent: touchpoints sent {item.id}. "
            "`touchpoints undo` takes it back."
        )
    else:
        tell(f"It was suggested already: number {item.id}.")
    return item.id


def _say_farewells(
    shared: Shared, company: str, are_thanks: bool, *, as_json: bool, sources: bool
) -> None:
    from pipeline.commands import queue

    interview, messages = queue.farewells(shared.root, company, shared.now, are_thanks=are_thanks)
    if as_json:
        for message in messages:
            say_json(_plain_draft(message))
        return
    say("\n\n".join((sources_text if sources else _message_text)(item) for item in messages))
    if interview.status == "waiting" and not are_thanks:
        tell(
            f"{interview.file} still says that you are waiting; write `status: rejected` there, "
            "or `status: offer` for thanks."
        )


def _message_text(message: Draft) -> str:
    if message.channel != "email":
        return message.body
    to = f"To: {message.to}\n" if message.to else ""
    return f"{to}Subject: {message.subject}\n\n{message.body}"


def _tell_channel(message: Draft, *, is_asked_for: bool) -> None:
    """Say what a message is for, where it is no mail; what to say when one rings, what to add."""
    from pipeline.digest.page_phrases import as_it_is, channel_said, ringing_said

    for said in filter(None, (channel_said(message), ringing_said(message))):
        tell(said)
    for point in message.instead:
        tell(f"  - {point}")
    if message.more:
        tell(as_it_is(message.more, is_asked_for=is_asked_for))


def sources_text(message: Draft) -> str:
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


def _who(what: Suggestion | Held, names: Mapping[str, str]) -> str:
    company = names.get(what.company, what.company)
    return f"{what.person}, {company}" if what.person else company


def _plain(item: Touchpoint, today: date) -> dict[str, Any]:
    what = item.suggestion
    return {
        "id": item.id,
        "kind": what.kind,
        "company": what.company,
        "person": what.person,
        "due": what.due.isoformat(),
        "status": item.status,
        "until": item.until.isoformat() if item.until else None,
        "reason": reason_text(what.reason, today),
        "story": _plain_story(what.reference) if what.reference.story else None,
        "draft": _plain_draft(item.draft),
    }


def _plain_story(story: Reference) -> dict[str, Any]:
    note = story.note
    return {
        "id": story.story,
        "title": story.title,
        "link": story.link,
        "source": story.source,
        "published": story.published.isoformat() if story.published else None,
        "paywalled": story.paywalled,
        "note": {"file": note.file, "line": note.line, "text": note.text} if note else None,
        "sentence": story.sentence,
        "terms": [plain_term(term) for term in story.terms],
        "score": round(story.score, 6),
    }


def _plain_draft(message: Draft) -> dict[str, Any]:
    return {
        "channel": message.channel,
        "to": message.to,
        "subject": message.subject,
        "body": message.body,
        "instead": list(message.instead),
        "more": message.more,
        "sources": [to_plain(source) for source in message.sources],
    }
