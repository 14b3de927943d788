"""The calendar: what stands in it, what a second reading changes, and that nothing breaks out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from icalendar import Calendar, Event

from pipeline.digest.calendar import (
    Appointment,
    Revision,
    appointments,
    calendar,
    revise,
)
from pipeline.digest.safe_text import lines
from pipeline.records import (
    Company,
    Config,
    Draft,
    Interview,
    Person,
    Reason,
    Reference,
    Settings,
    Suggestion,
    Touchpoint,
    Upcoming,
)
from tests.conftest import NOW, days
from tests.digest.hostile import HOSTILE

FILE = "data/notes/oracle.md"
THANKS = Suggestion(
    key=f"thank_you:{FILE}:Renata Kowalczyk",
    kind="thank_you",
    interview=FILE,
    company="oracle",
    person="Renata Kowalczyk",
    due=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    reason=Reason("thank_you", day=date(2026, 11, 23)),
    draft=Draft("renata@example.com", "Thank you", "Dear Renata,\n\nthank you; for all.\n\nSam"),
    reference=Reference(title="Solo sailor rounds the Horn", link="https://sail.example/horn"),
)
OPEN = Touchpoint(3, THANKS, "suggested", NOW, NOW)
INTERVIEW = Interview(
    FILE,
    "oracle",
    datetime(2026, 11, 23, 13, 30, tzinfo=UTC),
    day_only=False,
    role="Consultant",
    people=(Person("Renata Kowalczyk", "VP"),),
    decision_expected=date(2026, 12, 18),
)
CHECK_IN = Upcoming(
    "check_in", f"check_in:{FILE}:Renata Kowalczyk", date(2026, 12, 1), "oracle", "Renata Kowalczyk"
)


def made(
    *touchpoints: Touchpoint, interview: Interview | None = None, zone: str = "UTC", **more: Any
) -> tuple[Appointment, ...]:
    config = Config(Settings(timezone=zone), (Company("oracle", "Oracle"),))
    interviews = [interview] if interview else []
    return appointments(config, interviews, touchpoints, more.get("upcoming", ()))


def events(text: str) -> dict[str, Event]:
    """Read a calendar back; its events by title."""
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


# ----------------------------------------------------------------------------- what stands in it


def test_a_suggestion_stands_at_its_time_with_all_that_is_needed() -> None:
    """Who, why, the story, the message, and what to run; short, and nobody sees the time taken."""
    (event,) = events(calendar(revise((), made(OPEN), NOW))).values()
    assert event["SUMMARY"] == "Thank-you to Renata Kowalczyk, Oracle"
    assert event["DESCRIPTION"] == (
        "The interview was yesterday; a note within a day is remembered, after three it is "
        "routine.\n\n"
        "Solo sailor rounds the Horn\nhttps://sail.example/horn\n\n"
        "To: renata@example.com\nSubject: Thank you\n\n"
        "Dear Renata,\n\nthank you; for all.\n\nSam\n\n"
        "To open it in the mail program: touchpoints draft 3 --open\n"
        "When it is sent: touchpoints sent 3"
    )
    assert (event.start, event.end - event.start) == (THANKS.due, timedelta(minutes=15))
    assert (event["TRANSP"], event["STATUS"], event["SEQUENCE"]) == ("TRANSPARENT", "CONFIRMED", 0)


def test_interview_and_decision_stand_once_though_the_plan_names_them_too() -> None:
    """The plan's notes of both are left out; its check-in is a day of its own."""
    ahead = (
        Upcoming("interview", f"interview:{FILE}", date(2026, 11, 23), "oracle"),
        Upcoming(
            "decision_day",
            f"expected:{FILE}",
            date(2026, 12, 18),
            "oracle",
        ),
        CHECK_IN,
    )
    found = made(interview=INTERVIEW, upcoming=ahead)
    assert [(item.title, item.at, item.day, item.busy) for item in found] == [
        ("Interview: Oracle (Consultant)", INTERVIEW.interviewed, None, True),
        ("Oracle: check-in with Renata Kowalczyk", None, date(2026, 12, 1), False),
        ("Decision expected: Oracle (Consultant)", None, date(2026, 12, 18), False),
    ]


def test_an_interview_without_a_time_is_a_whole_day_where_the_user_is() -> None:
    """Noon in Auckland, the day that the notes name, is still the evening before in UTC."""
    noon = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Pacific/Auckland")).astimezone(UTC)
    interview = replace(INTERVIEW, interviewed=noon, day_only=True, decision_expected=None)
    (found,) = made(interview=interview, zone="Pacific/Auckland")
    (event,) = events(calendar(revise((), (found,), NOW))).values()
    assert (event.start, event.end) == (date(2026, 11, 23), date(2026, 11, 24))
    assert event["TRANSP"] == "TRANSPARENT"


def test_what_was_put_off_stands_on_its_new_day() -> None:
    """Midnight in New York, when the day begins there, is five in the morning in UTC."""
    until = datetime(2026, 12, 2, 5, tzinfo=UTC)
    (found,) = made(replace(OPEN, status="snoozed", until=until), zone="America/New_York")
    assert (found.at, found.day) == (None, date(2026, 12, 2))


@pytest.mark.parametrize("status", ["sent", "answered", "dismissed", "expired"])
def test_what_is_no_longer_open_is_not_wanted(status: Any) -> None:
    """Only what waits to be sent stands in the calendar."""
    assert made(replace(OPEN, status=status)) == ()


def test_a_decided_interview_expects_no_decision() -> None:
    """The interview itself has taken place, and stays."""
    (found,) = made(interview=replace(INTERVIEW, status="rejected"))
    assert found.title == "Interview: Oracle (Consultant)"


# ------------------------------------------------------------------- a calendar that knows it all


def test_a_second_run_changes_no_byte_a_day_later() -> None:
    """Nothing comes from the clock but the moment at which something changed."""
    wanted = made(OPEN, interview=INTERVIEW, upcoming=(CHECK_IN,))
    first = revise((), wanted, NOW)
    assert revise(first, wanted, NOW + days(1)) == first
    assert calendar(first) == calendar(revise((), wanted, NOW))


def test_a_moved_day_updates_the_event_that_is_there() -> None:
    """The same UID with a higher SEQUENCE, and the moment of the change."""
    before = revise((), made(upcoming=(CHECK_IN,)), NOW)
    moved = replace(CHECK_IN, day=date(2026, 12, 3))
    after = revise(before, made(upcoming=(moved,)), NOW + days(1))
    (old,), (new,) = events(calendar(before)).values(), events(calendar(after)).values()
    assert (old["UID"], old["SEQUENCE"], old.start) == (new["UID"], 0, date(2026, 12, 1))
    assert (new["SEQUENCE"], new.start) == (1, date(2026, 12, 3))
    assert new.DTSTAMP == new.LAST_MODIFIED == NOW + days(1)


def test_what_was_sent_is_cancelled_for_some_weeks_and_can_come_back() -> None:
    """Cancelled with a higher SEQUENCE, the same until it is dropped; `undo` raises it again."""
    first = revise((), made(OPEN), NOW)
    sent = revise(first, (), NOW + days(1))
    (event,) = events(calendar(sent)).values()
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"] == "No longer: Thank-you to Renata Kowalczyk, Oracle"
    assert "DESCRIPTION" not in event
    assert revise(sent, (), NOW + days(42)) == sent
    assert revise(sent, (), NOW + days(43)) == ()
    (back,) = revise(sent, made(OPEN), NOW + days(2))
    assert (back.number, back.cancelled, back.appointment) == (2, False, made(OPEN)[0])


def test_a_uid_comes_from_the_key_alone_and_says_nothing() -> None:
    """Whatever else changes; and no name of a person or company can be read in it."""
    (one,) = made(OPEN)
    changed = replace(THANKS, reason=Reason("put_off"), due=NOW)
    (other,) = made(replace(OPEN, id=9, suggestion=changed))
    assert one.uid == other.uid == "7d07a5a2d94f816dc7fbddafc3d0142b@touchpoints.invalid"
    (third,) = made(replace(OPEN, suggestion=replace(THANKS, key=THANKS.key + ":2")))
    assert third.uid != one.uid


# -------------------------------------------------------------------------------- summer time


@pytest.mark.parametrize(
    ("local", "fold", "utc"),
    [
        ("2026-10-25 02:30", 0, "20261025T003000Z"),  # the night with two 02:30
        ("2026-10-25 02:30", 1, "20261025T013000Z"),
        ("2026-10-26 09:00", 0, "20261026T080000Z"),
        ("2026-10-24 09:00", 0, "20261024T070000Z"),
        ("2027-03-28 01:55", 0, "20270328T005500Z"),  # five minutes before the hour that is not
    ],
)
def test_a_moment_is_the_same_on_either_side_of_summer_time(
    local: str, fold: int, utc: str
) -> None:
    """Fifteen minutes are fifteen minutes, also in the night in which the clocks change."""
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
    item = Appointment("x@touchpoints.invalid", "x", at=at, minutes=15)
    text = calendar(revise((), (item,), NOW))
    assert f"DTSTART:{utc}\r\n" in text
    (event,) = events(text).values()
    assert event.end - event.start == timedelta(minutes=15)
    assert event.start.astimezone(ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%d %H:%M") == local
    assert "VTIMEZONE" not in text
    assert "TZID" not in text


# -------------------------------------------------------------------------------- nothing gets out


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_adds_a_property_a_component_or_a_tag(one: str, two: str, three: str) -> None:
    """With any text in every field there are the same lines, of at most 75 octets, and no tag."""
    draft = Draft(one, two, three)
    story, why = Reference(title=one, link=two), Reason("company_news", name=three)
    suggestion = replace(THANKS, key=one, person=two, reason=why, draft=draft, reference=story)
    people = (Person(one, two),)
    found = made(
        replace(OPEN, suggestion=replace(suggestion, company=three)),
        interview=replace(INTERVIEW, role=one, people=people, file=two),
        upcoming=(replace(CHECK_IN, key=f"check_in:{three}", company=one, person=two),),
    )
    text = calendar(revise((), found, NOW))
    assert text == calendar(revise((), found, NOW))

    raw = text.encode("utf-8")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert not set(raw) & (set(range(32)) - set(b"\r\n")) - set(b"\t")
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert "<" not in text
    assert "\u202e" not in text
    for part in Calendar.from_ical(text).walk():
        assert part.name in ("VCALENDAR", "VEVENT")
        if part.name == "VEVENT":
            assert set(part) - {"DESCRIPTION"} == {
                *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "SUMMARY", "STATUS", "TRANSP"),
                *("DTSTART", "DTEND"),
            }
            assert all(not part[name].params for name in ("SUMMARY", "UID"))
            assert str(part["UID"]).endswith("@touchpoints.invalid")


@given(HOSTILE)
def test_the_message_comes_back_from_the_calendar(body: str) -> None:
    """Escaping and folding lose nothing of it, but for what must not be shown."""
    (item,) = made(replace(OPEN, suggestion=replace(THANKS, draft=Draft("", "", f"a{body}b"))))
    (event,) = events(calendar((Revision(item, 0, NOW),))).values()
    assert event["DESCRIPTION"] == item.text
    assert "\n".join(lines(f"a{body}b")).translate({60: "‹", 62: "›"}) in item.text
