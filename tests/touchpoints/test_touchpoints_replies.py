"""What they said in an answer, and how the plan follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.records import Contact, Guard, Held, History, Person, Plan, Reply, Said, Workspace
from pipeline.text.guard_words import advice_on, ahead_text, upcoming_text
from pipeline.text.reasons import reason_text
from pipeline.touchpoints.replies import as_answered
from tests.touchpoints.world import (
    FILE,
    IMRAN,
    NOW,
    RENATA,
    contact,
    days,
    guards,
    interview,
    kinds,
    layoffs,
    news,
    past,
    plan,
    said,
    tidbit,
    touchpoint,
)

EXPECTED = date(2026, 11, 20)
CHRISTMAS = date(2026, 12, 18)
LANGUAGES = ("English", "German", "French", "Spanish")


def answer(what: Said, ago: float = 0.1, person: str = RENATA.name, **changes: Any) -> Contact:
    """An answer, recorded while the notes named the 20th of November."""
    reply = Reply(what, **({"instead_of": EXPECTED} | changes))
    return replace(contact(ago, answer=True, person=person), reply=reply)


def waiting(*contacts: Contact, now: Any = NOW, **changes: Any) -> Plan:
    """Talked three weeks ago, and thanked."""
    values = {"ago": 21, "decision_expected": EXPECTED} | changes
    touchpoints = values.pop("touchpoints", ())
    matches = values.pop("matches", ())
    item = interview(**values)
    contacts = tuple(sorted((contact(20), *contacts), key=lambda one: one.at))
    return plan(item, contacts=contacts, touchpoints=touchpoints, matches=matches, now=now)


# ------------------------------------------------------------------------------- a line of thanks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"what": "new_date", "day": CHRISTMAS}, "18"),
        ({"what": "invitation", "day": CHRISTMAS}, "[…"),
        ({"what": "promise", "promised": "the figures of Q3", "by": CHRISTMAS}, "figures of Q3"),
    ],
)
def test_an_answer_gets_a_line_of_thanks_the_same_day(
    reply: dict[str, Any], words: str, language: str
) -> None:
    """Short, with what was said, in whichever language, and whatever was sent this week."""
    found = waiting(answer(**reply), contact(1), language=language)

    (thanks,) = found.suggestions
    assert (thanks.kind, thanks.person, thanks.due.date()) == ("answer", RENATA.name, NOW.date())
    assert words in thanks.draft.body
    assert len(thanks.draft.body.split()) < 70
    assert reason_text(thanks.reason, NOW.date()).startswith("Renata Kowalczyk answered today with")


@pytest.mark.parametrize(
    ("contacts", "ago"),
    [
        ((answer("new_date", 2, day=CHRISTMAS), contact(1)), 0),  # the user wrote back
        ((answer("new_date", 6, day=CHRISTMAS),), 0),  # five days ago and more
        ((contact(1, answer=True),), 0),  # nothing was told of it
        ((answer("new_date", 1, "Jo Doe", day=CHRISTMAS),), 0),  # whom the notes don't know
    ],
)
def test_thanks_come_at_once_or_not_at_all(contacts: tuple[Contact, ...], ago: float) -> None:
    """And not to somebody with whom one did not talk."""
    assert "answer" not in kinds(waiting(*contacts))


def test_a_line_of_thanks_is_no_message_of_its_own() -> None:
    """Two messages without an answer before it are two after it, not three."""
    thanks = past("answer", "answer:x", "sent", 8)
    sent = replace(contact(8), touchpoint=1)
    question = waiting(answer("new_date", 9, day=date(2026, 11, 19)), sent, touchpoints=(thanks,))
    assert kinds(question) == ["decision"]


# ---------------------------------------------------------------------------------- the new day


def test_the_new_day_takes_the_place_of_the_old_and_says_where_it_is_from() -> None:
    """The question waits for it, and names it; the notes are as they were."""
    heard = answer("new_date", 6, day=CHRISTMAS)
    found = waiting(heard)
    (day,) = (item for item in found.upcoming if item.kind == "decision_day")
    late = waiting(heard, now=NOW + days(31))

    assert (day.day, upcoming_text(day, "Oracle")) == (
        CHRISTMAS,
        "the decision is expected, as they wrote on Wednesday 18 November",
    )
    (question,) = late.suggestions
    assert question.kind == "decision"
    assert "Friday 18 December, as they wrote on" in reason_text(question.reason, NOW.date())
    assert "once more" not in question.draft.body and "18 December" in question.draft.body


RECRUITER = replace(IMRAN, role="recruiter")


@pytest.mark.parametrize(
    ("people", "wrote", "asked"),
    [
        ((RENATA, IMRAN), IMRAN.name, IMRAN.name),
        ((RENATA, RECRUITER), RENATA.name, IMRAN.name),
        ((RENATA, IMRAN), "", RENATA.name),
        ((RENATA, IMRAN), "Jo Doe", RENATA.name),
    ],
)
def test_who_named_the_new_day_is_asked_about_it_but_for_a_recruiter(
    people: tuple[Person, ...], wrote: str, asked: str
) -> None:
    """Who does not know who wrote, or whose colleague it was, asks who leads."""
    heard = answer("new_date", 6, wrote, day=CHRISTMAS)
    late = waiting(heard, people=people, now=NOW + days(31))

    assert [item.person for item in late.suggestions if item.kind == "decision"] == [asked]


@pytest.mark.parametrize("channel", ["email", "linkedin", "call", "card"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrote", [RENATA.name, "Jo Doe"])
def test_only_who_wrote_is_told_that_they_wrote(wrote: str, language: str, channel: str) -> None:
    """To anybody else the day is one of which the candidate heard."""
    person = replace(RENATA, channel=channel)
    heard = answer("new_date", 6, wrote, day=CHRISTMAS)
    for role in ("Consultant", "Engineer", "Planner", "Writer", "Buyer", "Tester"):
        late = waiting(heard, people=(person,), language=language, role=role, now=NOW + days(31))
        (question,) = (item for item in late.suggestions if item.kind == "decision")
        told = f"{question.draft.subject}\n{question.draft.body}"
        is_said = any(words in told for words in THEY_WROTE)
        assert "18" in told
        assert wrote == RENATA.name or not is_said, told


THEY_WROTE = (
    *("When you last wrote", "kind enough to tell me", "In Ihrer letzten", "in Ihrer letzten"),
    *("freundlicherweise", "otre dernier", "aimablement", "gentiment indiqué"),
    *("u último mensaje", "Tuvo la amabilidad"),
)


def test_a_day_that_the_notes_name_later_counts() -> None:
    """The user wrote another day into them since; whatever is done twice is as done once."""
    heard = answer("new_date", 3, day=CHRISTMAS)
    written = date(2026, 12, 4)
    found = waiting(heard, decision_expected=written)
    assert [item.day for item in found.upcoming if item.kind == "decision_day"] == [written]

    again = replace(heard, at=NOW - days(1), reply=Reply("new_date", date(2026, 12, 9), written))
    found = waiting(heard, again, decision_expected=written)
    assert [i.day for i in found.upcoming if i.kind == "decision_day"] == [date(2026, 12, 9)]
    workspace = Workspace("/nowhere", _config(), (interview(21, decision_expected=EXPECTED),))
    history = History(contacts=(heard,))
    once = as_answered(workspace, history, NOW)
    assert once != workspace and as_answered(once, history, NOW) == once


def _config() -> Any:
    from pipeline.records import Config, Settings

    return Config(Settings(timezone="UTC"))


def test_the_longer_they_said_it_takes_the_later_one_asks() -> None:
    """A day more for each week over two; so it is the second time."""

    def first_day(said_ago: float) -> int:
        heard = answer("new_date", said_ago, day=NOW.date())
        found = (waiting(heard, ago=said_ago + 9, now=NOW + days(n)) for n in range(30))
        due = next(p.suggestions[0].due.date() for p in found if "decision" in kinds(p))
        return (due - NOW.date()).days

    # From a Tuesday on: two, two, three working days, and nine at most.
    assert [first_day(said_ago) for said_ago in (9, 20, 21, 63, 77)] == [2, 2, 3, 13, 13]

    key = f"decision:{FILE}:{RENATA.name}:2026-11-20:1"
    asked = past("decision", key, "sent", 8)
    assert kinds(waiting(contact(8), touchpoints=(asked,))) == ["decision"]
    assert kinds(waiting(contact(8), touchpoints=(asked,), ago=42)) == []


# -------------------------------------------------------------------------------------- a promise


def test_a_promise_is_a_task_and_after_its_day_a_reminder_once() -> None:
    """On the page until its day; two working days later a gentle line, if nothing was heard."""
    heard = answer("promise", 8, promised="the figures of Q3", by=date(2026, 11, 25))
    no_day: dict[str, Any] = {"decision_expected": None}
    (task,) = (item for item in waiting(heard, **no_day).upcoming if item.kind == "promise")
    assert ahead_text(task, "Oracle") == "the figures of Q3, promised by Renata Kowalczyk"

    late = NOW + days(3)
    (reminder,) = waiting(heard, now=late, **no_day).suggestions
    assert reminder.kind == "reminder" and "the figures of Q3" in reminder.draft.body
    done = touchpoint(reminder, "sent", changed=late)
    assert "reminder" not in kinds(
        waiting(heard, touchpoints=(done,), now=late + days(20), **no_day)
    )
    came = replace(contact(0, answer=True), at=NOW + days(1))
    assert "reminder" not in kinds(waiting(heard, came, now=late, **no_day))
    # A new date does not keep the promise; what comes on its day is taken for it.
    dated = answer("new_date", 1, day=CHRISTMAS)
    assert "reminder" in kinds(waiting(heard, dated, now=NOW + days(7), **no_day))


# ---------------------------------------------------------------------------------- an invitation


def test_after_an_invitation_nothing_is_sent_until_the_talk() -> None:
    """Not by whom else either; the page says to write its notes, which then take over."""
    heard = answer("invitation", 8, day=date(2026, 12, 2))
    found = waiting(heard, people=(RENATA, IMRAN), matches=(news(), tidbit()))
    assert found.suggestions == ()
    held = next(item for item in found.held if item.guard is Guard.INVITED)
    assert "They invited you to a talk on Wednesday 2 December" in said(held)
    assert "`touchpoints init --company oracle --interviewed 2026-12-02`" in advice_on(held)

    second = interview(-7.5, file="data/notes/oracle-2.md")
    noted = plan(interview(21), second, contacts=(contact(20), heard), now=NOW + days(8))
    assert kinds(noted) == ["thank_you"]


# --------------------------------------------------------------------------------------------- no


def test_a_no_ends_all_but_a_gracious_last_note() -> None:
    """The day after; a week after it one question, if the user likes; in three months two lines."""
    heard = answer("no", 0.1)
    first = waiting(heard, matches=(news(), tidbit()))
    (note,) = first.suggestions
    assert (note.kind, note.due.date()) == ("farewell", NOW.date() + timedelta(days=1))
    assert any(item.guard is Guard.DECIDED for item in first.held)

    sent = touchpoint(note, "sent", changed=NOW + days(1))
    wrote = replace(contact(0), at=NOW + days(1), touchpoint=1)
    assert kinds(waiting(heard, wrote, touchpoints=(sent,), now=NOW + days(7))) == []
    (question,) = waiting(heard, wrote, touchpoints=(sent,), now=NOW + days(8)).suggestions
    assert question.kind == "advice"
    assert "leave it if their answer was curt" in reason_text(question.reason, NOW.date())
    no = replace(sent, status="dismissed")
    assert kinds(waiting(heard, touchpoints=(no,), now=NOW + days(8))) == []

    (two,) = waiting(heard, wrote, touchpoints=(sent,), now=NOW + days(93)).suggestions
    paragraphs = two.draft.body.strip().split("\n\n")
    assert (two.kind, len(paragraphs)) == ("reconnect", 4)  # between greeting and name two lines
    assert kinds(waiting(heard, wrote, touchpoints=(sent,), now=NOW + days(130))) == []


def test_a_rejection_that_the_notes_tell_is_one_too() -> None:
    """From when it is known; not one of long ago, nor what the user withdrew from."""
    assert kinds(plan(interview(21, status="rejected"))) == ["farewell"]
    assert kinds(plan(interview(200, status="rejected"))) == []
    for status in ("offer", "accepted", "declined", "withdrawn"):
        assert kinds(plan(interview(21, status=status), matches=(news(),))) == []


def test_after_an_offer_there_is_silence_and_a_word_of_congratulation() -> None:
    """No draft; thanks are there for whoever wants them."""
    (held,) = plan(interview(status="offer")).held
    assert said(held).startswith("Congratulations on the offer at Oracle!")
    assert "`touchpoints draft --thanks oracle`" in advice_on(held)


def test_each_word_has_its_days() -> None:
    """From the first day, counted from today, to the last on which it is suggested, or holds."""

    def span(*contacts: Contact, kind: str, touchpoints: Any = ()) -> tuple[int, int]:
        no_day = {"decision_expected": None, "touchpoints": touchpoints}
        plans = {n: waiting(*contacts, now=NOW + days(n), **no_day) for n in range(130)}
        found = [n for n, one in plans.items() if kind in (*kinds(one), *guards(one))]
        return found[0], found[-1]

    no = answer("no", 0)
    (note,) = waiting(no).suggestions
    kept = touchpoint(note, created=NOW)
    sent = replace(kept, status="sent", changed=NOW)
    invited = answer("invitation", 0, day=NOW.date() + timedelta(days=8))
    promised = answer("promise", 0, promised="a text", by=date(2026, 12, 1))

    assert span(answer("new_date", 0, day=CHRISTMAS), kind="answer") == (0, 4)
    assert span(no, kind="farewell") == (0, 13)
    assert span(no, kind="advice", touchpoints=(sent,)) == (7, 20)
    assert span(no, kind="reconnect", touchpoints=(kept,)) == (90, 119)
    assert span(promised, kind="reminder")[0] == 9  # the day is a Tuesday, in a week
    assert span(invited, kind="invited")[1] == 35  # four weeks after the day of the talk
    assert kinds(plan(interview(90, status="rejected"))) == ["farewell"]
    assert kinds(plan(interview(91, status="rejected"))) == []


# ------------------------------------------------------------------------------------- grave news


@pytest.mark.parametrize(
    ("kind", "weeks"), [("death", 3), ("accident", 2), ("layoffs", 2), ("closure", 2)]
)
def test_grave_news_bring_advice_whom_it_concerns_and_a_day_but_never_a_text(
    kind: str, weeks: int
) -> None:
    """In the plan and in words; the last day of silence is there, and no draft before it."""
    verdict = replace(layoffs().verdict, kind=kind)  # type: ignore[type-var]
    grave = replace(layoffs(), verdict=verdict)
    found = waiting(ago=40, matches=(grave, news(), tidbit()))
    held: Held = next(item for item in found.held if item.is_bad_news)

    ends = grave.story.lead.published.date() + timedelta(weeks=weeks)
    assert found.suggestions == ()
    assert held.until is not None and held.until.date() == ends
    assert "own words" in advice_on(held) and "template" in advice_on(held)
    assert "somebody" in advice_on(held)
    assert "You talked to Renata Kowalczyk and Imran Sheikh there." in advice_on(
        held, (RENATA.name, IMRAN.name)
    )
    assert f"before {ends:%A} {ends.day} {ends:%B}" in said(held)


def test_the_day_of_a_contact_is_the_candidates_own() -> None:
    """Early on Tuesday, when it is still Monday evening at the company: it was today."""
    here = replace(RENATA, timezone="America/Denver")
    now = NOW - days(0.2)
    wrote, heard = contact(0.3), answer("new_date", 0.3, day=CHRISTMAS)
    found = waiting(heard, now=now, people=(here,), matches=(tidbit(),))
    (thanks,) = (item for item in found.suggestions if item.kind == "answer")
    assert "answered today" in reason_text(thanks.reason, now.date())

    quiet = waiting(wrote, now=now, people=(here,), decision_expected=date(2026, 11, 16))
    told = [said(held, now) for held in quiet.held]
    assert any("You were in touch with Renata Kowalczyk today" in text for text in told), told
