"""Several talks, several people, one person at two companies: who is waited for, and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.records import Guard, Person
from pipeline.text.guard_words import advice_on
from tests.touchpoints.world import (
    BOAT,
    FILE,
    IMRAN,
    NOW,
    RENATA,
    contact,
    days,
    guards,
    interview,
    kinds,
    news,
    past,
    plan,
    said,
    tidbit,
)

SECOND = "data/notes/oracle-2.md"


def test_the_notes_of_the_first_talk_still_find_stories_for_the_second() -> None:
    """The boat stood in the notes of round one; after round two it goes with the thank-you."""
    first, second = interview(ago=20), interview(ago=1, file=SECOND, lines=())

    found = plan(first, second, matches=(tidbit(note=BOAT),), contacts=(contact(19),))

    (thanks,) = found.suggestions
    assert (thanks.interview, thanks.reference.story) == (SECOND, "t1")


def test_what_was_sent_in_the_first_round_is_not_sent_in_the_second() -> None:
    """The clock starts anew, the history stays: the story of round one is done with."""
    sent = past("thank_you", f"thank_you:{FILE}:{RENATA.name}", "sent", 19, story="t1")
    first, second = interview(ago=20), interview(ago=1, file=SECOND)

    (thanks,) = plan(first, second, matches=(tidbit(),), touchpoints=(sent,)).suggestions

    assert (thanks.kind, thanks.reference.story) == ("thank_you", "")


def test_before_a_second_talk_there_is_only_the_thank_you_for_the_first() -> None:
    """On the day after the first talk thanks are due, although the next one stands already."""
    first, second = interview(ago=1), interview(ago=-6, file=SECOND)

    assert kinds(plan(first, second)) == ["thank_you"]
    thanked = plan(
        replace(first, interviewed=NOW - days(12)),
        second,
        matches=(news(), tidbit()),
        contacts=(contact(11),),
    )
    assert thanked.suggestions == ()
    assert "interview ahead" in guards(thanked)


def test_an_application_that_was_rejected_in_spring_stays_rejected_in_autumn() -> None:
    """A new talk with somebody else does not wake the people of the old application."""
    spring = interview(ago=200, status="rejected")
    autumn = interview(ago=10, file=SECOND, people=(IMRAN,))

    found = plan(spring, autumn, matches=(tidbit(note=BOAT), news()), contacts=(contact(9),))

    assert RENATA.name not in {item.person for item in (*found.suggestions, *found.held)}
    assert "decided" not in guards(found)


def test_the_latest_talk_decides_for_the_whole_company() -> None:
    """They said no after the second talk: nothing goes to the people of the first either."""
    first = interview(ago=30)
    second = interview(ago=10, file=SECOND, people=(IMRAN,), status="rejected")

    found = plan(first, second, matches=(news(), tidbit()))

    assert [(item.kind, item.person) for item in found.suggestions] == [("farewell", IMRAN.name)]
    assert [item.guard for item in found.held] == ["decided"]
    assert "touchpoints draft --farewell oracle" in advice_on(found.held[0])


def test_one_interviewer_at_two_companies_is_one_person() -> None:
    """A recruiter who sat in both talks gets one message a week, not two."""
    here = interview(ago=20)
    there = interview(ago=20, file="data/notes/halden.md", company="halden")
    wrote = contact(3, company="halden")

    found = plan(here, there, matches=(tidbit(),), contacts=(contact(19), wrote))

    assert found.suggestions == ()
    assert guards(found) == {"cool-down"}


def test_two_addresses_are_two_people_of_one_name() -> None:
    """Another Renata Kowalczyk at Halden has nothing to do with the one at Oracle."""
    other = replace(RENATA, email="renata@halden.example")
    here = interview(ago=30)
    there = interview(ago=30, file="data/notes/halden.md", company="halden", people=(other,))
    wrote = contact(3, company="halden")

    found = plan(here, there, contacts=(contact(29), wrote))

    assert [(item.company, item.kind) for item in found.suggestions] == [("oracle", "check_in")]


def test_a_story_goes_to_the_one_whose_own_line_found_it() -> None:
    """Both talked about boats; one stood in Imran's office, so Imran gets that story."""
    own = replace(tidbit(note=replace(BOAT, person=IMRAN.name)), score=0.4)
    shared = replace(tidbit("t2", note=replace(BOAT, section="discussed", person="")), score=0.9)

    found = plan(interview(people=(RENATA, IMRAN)), matches=(shared, own))

    assert {item.person: item.reference.story for item in found.suggestions} == {
        RENATA.name: "t2",
        IMRAN.name: "t1",
    }


def test_of_one_company_only_one_person_gets_a_message_a_day() -> None:
    """Two colleagues, two good stories: one today, the other later."""
    matches = (
        tidbit(note=replace(BOAT, person=RENATA.name)),
        tidbit("t2", note=replace(BOAT, person=IMRAN.name)),
    )
    thanked = (contact(19), contact(19, person=IMRAN.name))

    found = plan(interview(ago=20, people=(RENATA, IMRAN)), matches=matches, contacts=thanked)

    assert kinds(found) == ["tidbit"]
    assert "colleague" in guards(found)


def test_two_colleagues_get_no_messages_on_two_days_running() -> None:
    """Renata was written to yesterday; Imran waits until tomorrow."""
    match = tidbit(note=replace(BOAT, person=IMRAN.name))
    item = interview(ago=20, people=(RENATA, IMRAN))
    contacts = (contact(19, person=IMRAN.name), contact(1))

    assert kinds(plan(item, matches=(match,), contacts=contacts)) == []
    assert kinds(plan(item, matches=(match,), contacts=contacts, now=NOW + days(1))) == ["tidbit"]


def test_a_sign_of_life_and_the_question_go_to_the_first_interviewer() -> None:
    """Five people in the panel are not five check-ins."""
    panel = (RENATA, IMRAN, Person("Ada Lovelace"))
    thanked = tuple(contact(29, person=person.name) for person in panel)
    item = interview(ago=30, people=panel)

    assert [s.person for s in plan(item, contacts=thanked).suggestions] == [RENATA.name]
    asked = plan(replace(item, decision_expected=date(2026, 11, 18)), contacts=thanked)
    assert [(s.person, s.kind) for s in asked.suggestions] == [(RENATA.name, "decision")]


@pytest.mark.parametrize("arranged_before", [True, False])
def test_dates_are_asked_of_the_recruiter_and_work_is_for_the_manager(
    arranged_before: bool,
) -> None:
    """Whether the recruiter sat in the latest talk or in an earlier one."""
    recruiter = Person("Ada Lovelace", role="recruiter")
    manager = replace(RENATA, role="manager")
    latest = interview(
        ago=30,
        people=(IMRAN, manager) if arranged_before else (recruiter, IMRAN, manager),
        decision_expected=date(2026, 11, 18),
    )
    first = interview(ago=50, file="data/notes/first.md", people=(recruiter,))
    talks = (first, latest) if arranged_before else (latest,)
    thanked = tuple(contact(29, person=p.name) for p in (recruiter, IMRAN, manager))
    found = plan(*talks, contacts=thanked, matches=(news(),))

    assert [(s.person, s.kind) for s in found.suggestions] == [(recruiter.name, "decision")]
    undated = [replace(talk, decision_expected=None) for talk in talks]
    work = plan(*undated, contacts=thanked, matches=(news(),))
    assert [(s.person, s.kind) for s in work.suggestions] == [(manager.name, "contribution")]
    assert [(s.person, s.kind) for s in plan(*undated, contacts=thanked).suggestions] == [
        (manager.name, "check_in")
    ]


def test_an_interview_long_ago_gets_no_thank_you_and_a_word_why() -> None:
    """Set up a month late: no thank-you, the plan says so, and goes on with a check-in."""
    found = plan(interview(ago=30))

    assert kinds(found) == ["check_in"]
    (late,) = [item for item in found.held if item.guard is Guard.TOO_LATE]
    assert "was on Sunday 25 October" in said(late)
    assert "touchpoints log oracle" in advice_on(late)


@pytest.mark.parametrize("name", ["", "Renata Kowalczyk"])
def test_nobody_named_and_no_address_is_no_obstacle(name: str) -> None:
    """Without a name or an address there is a draft all the same, to nobody."""
    people = (Person(name),) if name else ()

    (thanks,) = plan(interview(people=people)).suggestions

    assert (thanks.person, thanks.draft.to) == (name, "")


@pytest.mark.parametrize("spelt", ["Kowalczyk, Renata", "Dr. Renata Kowalczyk", "RENATA KOWALCZYK"])
def test_a_contact_under_another_spelling_is_with_the_same_person(spelt: str) -> None:
    """The history may have the name as an older note, or the user, wrote it."""
    lately = (contact(19), contact(2, person=spelt))
    of_old = plan(interview(ago=20), matches=(tidbit(),), contacts=lately)
    assert (kinds(of_old), guards(of_old)) == ([], {Guard.PACE})


def test_another_person_s_contact_is_not_theirs() -> None:
    """A colleague of that family name is somebody else."""
    lately = (contact(19), contact(2, person="Adam Kowalczyk"))
    told = plan(interview(ago=20), matches=(tidbit(),), contacts=lately)
    assert kinds(told) == ["tidbit"]
