"""The plan: who gets what, when, and what holds it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.records import (
    Expiry,
    Guard,
    History,
    Hold,
    Mention,
    NoteLine,
    PaceSettings,
    Person,
    Plan,
    Reason,
    State,
    Term,
    Touchpoint,
    UnreadNote,
    Verdict,
)
from pipeline.text.guard_words import advice_on, expiry_text, upcoming_text
from pipeline.text.reasons import reason_text
from pipeline.touchpoints.pace import gap_days
from pipeline.touchpoints.settling import settle
from tests.touchpoints.world import (
    BOAT,
    FILE,
    IMRAN,
    NOW,
    RENATA,
    SUITES,
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

# ------------------------------------------------------------------------------------- thank-you


def test_the_day_after_an_interview_each_interviewer_gets_a_thank_you() -> None:
    """Two interviewers: two notes, in different words, the same tidbit only once."""
    note = replace(BOAT, section="discussed", person="")
    found = plan(interview(people=(RENATA, IMRAN)), matches=(tidbit(note=note),))

    assert kinds(found) == ["thank_you", "thank_you"]
    first, second = found.suggestions
    assert {first.person, second.person} == {RENATA.name, IMRAN.name}
    assert first.draft.body != second.draft.body
    assert sorted([first.reference.story, second.reference.story]) == ["", "t1"]


def test_of_two_thank_yous_the_one_whose_last_day_is_nearer_comes_first() -> None:
    """Whichever talk's note comes first."""
    other = interview(
        ago=4, file="data/notes/z.md", company="halden", people=(Person("Aud Lunde"),)
    )
    found = plan(interview(ago=1), other)
    assert [item.person for item in found.suggestions] == ["Aud Lunde", RENATA.name]


def test_a_thank_you_waits_for_two_hours() -> None:
    """Forty minutes after the interview is too early, and the plan says so."""
    found = plan(interview(ago=40 / 24 / 60))

    assert found.suggestions == ()
    assert [(item.guard, item.kind) for item in found.held] == [("too early", "thank_you")]
    assert "is due today from" in said(found.held[0])


def test_a_thank_you_is_useless_after_a_week() -> None:
    """Three weeks later a sign of life takes its place, if nothing better came."""
    assert kinds(plan(interview(ago=8))) == []
    assert kinds(plan(interview(ago=22))) == ["check_in"]


def test_a_logged_thank_you_is_not_suggested_again() -> None:
    """Who has written since the interview has thanked."""
    assert kinds(plan(interview(), contacts=(contact(0.5),))) == []


def test_the_tidbit_in_a_thank_you_is_for_this_person() -> None:
    """The boat stood in Renata's office, so Imran gets no boat."""
    found = plan(interview(people=(IMRAN,)), matches=(tidbit(note=BOAT),))

    assert found.suggestions[0].reference.story == ""


# ---------------------------------------------------------------------------- contribution, tidbit


def test_news_that_meets_a_skill_becomes_a_contribution() -> None:
    """It names the news with its link, and the skill."""
    found = plan(interview(ago=10), matches=(news(),), contacts=(contact(9),))

    assert kinds(found) == ["contribution"]
    body = found.suggestions[0].draft.body
    assert "https://news.example/n1" in body
    assert "I ran the customer side of two takeover programmes" in body


def test_without_a_skill_there_is_no_contribution() -> None:
    """News alone is no reason to offer help."""
    found = plan(interview(ago=5), matches=(news(skill=None),), contacts=(contact(4),))

    assert "contribution" not in kinds(found)


def test_old_news_is_no_reason() -> None:
    """Days, not weeks."""
    found = plan(interview(ago=20), matches=(news(ago=11),), contacts=(contact(19),))

    assert "contribution" not in kinds(found)


def test_a_story_is_never_offered_twice_to_a_person() -> None:
    """Sent or dismissed, it is done with."""
    sent = past("contribution", "x", "sent", 30, story="n1")
    found = plan(interview(ago=40), matches=(news(),), touchpoints=(sent,), contacts=(contact(30),))

    assert "contribution" not in kinds(found)


def test_a_person_gets_one_message_at_a_time() -> None:
    """The thank-you has the right of way; the contribution waits."""
    found = plan(interview(), matches=(news(),))

    assert kinds(found) == ["thank_you"]
    assert "thank-you first" in guards(found)


def test_the_cool_down_holds_after_any_contact() -> None:
    """Three days after a mail nothing is suggested, and the reason names the day."""
    found = plan(interview(ago=10), matches=(news(),), contacts=(contact(3),))

    assert found.suggestions == ()
    held = next(item for item in found.held if item.guard is Guard.COOL_DOWN)
    assert "3 days ago" in said(held)
    assert "Saturday 28 November" in said(held)


def test_a_dismissal_quiets_its_kind() -> None:
    """No other contribution for two weeks after one was dismissed."""
    dismissed = past("contribution", "x", "dismissed", 5, story="n0")
    found = plan(interview(ago=30), matches=(news(),), touchpoints=(dismissed,))

    assert "contribution" not in kinds(found)
    assert "dismissed" in guards(found)


def test_a_tidbit_waits_for_the_gap() -> None:
    """After two mails the gap is ten days: on the ninth nothing, on the tenth something."""
    contacts = (contact(20), contact(10), contact(9, answer=True))
    early = plan(interview(ago=21), matches=(tidbit(),), contacts=contacts)
    due = plan(interview(ago=21), matches=(tidbit(),), contacts=contacts, now=NOW + days(1))

    assert kinds(early) == []
    assert kinds(due) == ["tidbit"]


def test_three_messages_without_an_answer_are_enough() -> None:
    """After that silence is the kindest message."""
    contacts = (contact(60), contact(45), contact(30))
    found = plan(interview(ago=61), matches=(news(), tidbit()), contacts=contacts)

    assert found.suggestions == ()
    assert "unanswered" in guards(found)


def test_a_note_of_thanks_asks_for_no_answer() -> None:
    """Nobody's thanks are among the three; who is asked about the decision hears once more, too."""
    people = (RENATA, IMRAN)
    for person, days_ago, held_by in (
        (IMRAN, (90, 60, 30), None),
        (RENATA, (90, 60, 30), "kept for the question"),
        (RENATA, (90, 60), None),
    ):
        thanks = past("thank_you", f"thank_you:{person.name}", "sent", 90, "")
        thanks = replace(thanks, suggestion=replace(thanks.suggestion, person=person.name))
        wrote = [contact(ago, person=person.name) for ago in days_ago]
        wrote[0] = replace(wrote[0], touchpoint=thanks.id)
        note = replace(BOAT, person=person.name)
        found = plan(
            interview(ago=91, people=people, decision_expected=(NOW + days(30)).date()),
            matches=(tidbit(note=note, score=0.95),),
            contacts=tuple(wrote),
            touchpoints=(thanks,),
        )
        told = [item.guard for item in found.held if item.person == person.name]
        to = [item.person for item in found.suggestions if item.kind == "tidbit"]
        assert (held_by in told) if held_by else (to == [person.name]), (person.name, told)
        assert "unanswered" not in told


def test_two_unanswered_messages_double_the_gap() -> None:
    """The second gap is ten days; unanswered it is twenty."""
    contacts, pace = (contact(30), contact(15)), PaceSettings(unanswered_stop=4)

    assert kinds(plan(interview(ago=31), contacts=contacts, pace=pace)) == []
    later = plan(interview(ago=31), contacts=contacts, pace=pace, now=NOW + days(6))
    assert kinds(later) == ["check_in"]


# --------------------------------------------------------------------------------- sensitive news


def test_bad_news_holds_every_cheerful_note() -> None:
    """It is named with advice, and nothing but a thank-you goes out for a week."""
    found = plan(interview(ago=10), matches=(news(), layoffs(), tidbit()), contacts=(contact(9),))

    assert found.suggestions == ()
    held = [item for item in found.held if not item.person]
    assert len(held) == 1
    assert "layoffs" in said(held[0])
    assert "wait" in advice_on(held[0])


def test_a_thank_you_in_bad_times_comes_without_a_tidbit() -> None:
    """Thanks are always right; amusement is not."""
    found = plan(interview(), matches=(layoffs(), tidbit()))

    assert kinds(found) == ["thank_you"]
    assert found.suggestions[0].reference.story == ""


def test_the_hold_ends() -> None:
    """After layoffs it takes two weeks, after a death three, after weak results four days."""

    def sent(kind: str, ago: float) -> bool:
        bad = replace(layoffs(ago), verdict=Verdict("bad", kind, -2.0))
        found = plan(interview(ago=30), matches=(news(), bad), contacts=(contact(29),))
        return "contribution" in kinds(found)

    ends = {"death": 21, "layoffs": 14, "lawsuit": 7, "bad results": 4}
    assert [sent(kind, days + 0.9) for kind, days in ends.items()] == [True] * 4
    assert [sent(kind, days - 0.9) for kind, days in ends.items()] == [False] * 4


# --------------------------------------------------------------------------- check-in and decision


@pytest.mark.parametrize(("sent", "gap"), [(1, 7), (2, 10), (3, 14), (4, 21), (5, 28), (6, 28)])
def test_the_gaps_grow(sent: int, gap: int) -> None:
    """7, 10, 14, 21, 28, 28 days: with answers in between nothing is stretched."""
    contacts = tuple(contact(200 - n, answer=False) for n in range(sent))
    last = contacts[-1].at
    contacts = (*contacts, replace(contacts[-1], answer=True))
    pace = PaceSettings(quiet=(), monthly=30, plain_check_in_days=1)

    before = plan(interview(ago=201), contacts=contacts, pace=pace, now=last + days(gap - 1))
    after = plan(interview(ago=201), contacts=contacts, pace=pace, now=last + days(gap))

    assert (kinds(before), kinds(after)) == ([], ["check_in"])


def test_good_news_that_touches_nothing_of_the_talk_is_no_occasion() -> None:
    """Whoever works there knows it already: rather no message than "good news from you"."""
    good, contacts = replace(news(), skill=None), (contact(9),)
    assert kinds(plan(interview(ago=10), contacts=contacts, matches=(good,))) == ["check_in"]
    idle = replace(good, for_people=())
    assert kinds(plan(interview(ago=10), contacts=contacts, matches=(idle,))) == []


@pytest.mark.parametrize(
    ("whose", "people", "expected"),
    [("", (RENATA, IMRAN), []), ("", (RENATA,), ["tidbit"]), (RENATA.name, (RENATA,), ["tidbit"])],
)
def test_a_hobby_is_nobodys_where_the_notes_do_not_say_whose(
    whose: str, people: tuple[Person, ...], expected: list[str]
) -> None:
    """A boat that stood somewhere: of two interviewers either may have hung it up."""
    item, boat = interview(ago=10, people=people), replace(BOAT, person=whose)
    thanked = tuple(contact(9, person=person.name) for person in people)
    assert kinds(plan(item, matches=(tidbit(note=boat),), contacts=thanked)) == expected


@pytest.mark.parametrize(
    ("is_theirs", "sent", "expected"),
    [(False, None, ["tidbit"]), (True, None, []), (False, 1, []), (False, 3, ["tidbit"])],
)
def test_what_is_another_companys_is_nothing_to_read_here(
    is_theirs: bool, sent: float | None, expected: list[str]
) -> None:
    """Neither its own news nor an article that went there yesterday; some days later it may."""
    halden = interview(ago=10, file="data/notes/halden.md", company="halden", people=())
    there = replace(tidbit(), interview=halden.file, company="halden", score=0.0, shown=False)
    there = replace(there, mention=Mention("about", 1.0, in_title=True)) if is_theirs else there
    old = past("tidbit", "x", "sent", sent or 0, "t1")
    old = replace(old, suggestion=replace(old.suggestion, company="halden", person="Ada"))
    found = plan(
        interview(ago=10),
        halden,
        matches=(tidbit(), there),
        contacts=(contact(9),),
        touchpoints=(old,) if sent else (),
    )
    assert [item.kind for item in found.suggestions if item.company == "oracle"] == expected


def test_one_article_goes_to_two_companies_on_different_days() -> None:
    """Two people who know each other would open the same link on one morning."""
    halden = interview(ago=10, file="data/notes/halden.md", company="halden", people=(IMRAN,))
    note = replace(BOAT, person=IMRAN.name)
    there = replace(tidbit(note=note), interview=halden.file, company="halden")
    thanked = (contact(9), contact(9, person=IMRAN.name, company="halden"))
    found = plan(interview(ago=10), halden, matches=(tidbit(), there), contacts=thanked)
    assert kinds(found) == ["tidbit"]


def test_a_hobby_is_written_about_once() -> None:
    """A second article on the boat is no gift any more; one on what was discussed still is."""
    gift = past("tidbit", "tidbit:x", "sent", 40, "t0")
    told = replace(gift.suggestion.reference, note=BOAT)
    gift = replace(gift, suggestion=replace(gift.suggestion, reference=told))
    item, wrote = interview(ago=60), (contact(59), contact(40))
    for note, sent, expected in (
        (BOAT, (), ["tidbit"]),
        (BOAT, (gift,), []),
        (SUITES, (gift,), ["tidbit"]),
    ):
        found = plan(item, matches=(tidbit(note=note),), contacts=wrote, touchpoints=sent)
        assert [one.kind for one in found.suggestions if one.reference.story] == expected


def test_a_second_hobby_story_is_on_the_very_boat_that_they_named() -> None:
    """By its name, and excellent: a lesser one is one article on sailing too many."""
    gift = past("tidbit", "tidbit:x", "sent", 40, "t0")
    told = replace(gift.suggestion.reference, note=BOAT)
    gift = replace(gift, suggestion=replace(gift.suggestion, reference=told))
    item, wrote = interview(ago=60), (contact(59), contact(40))
    for score, is_named, expected in ((0.9, True, ["tidbit"]), (0.9, False, []), (0.8, True, [])):
        match = tidbit(note=BOAT, score=score)
        named = tuple(replace(line, rare_name=is_named) for line in match.for_people)
        match = replace(match, for_people=named)
        found = plan(item, matches=(match,), contacts=wrote, touchpoints=(gift,))
        assert [one.kind for one in found.suggestions if one.reference.story] == expected


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        (("boat", "ocean"), ["tidbit"]),
        (("Hallow", "boat"), ["tidbit"]),
        (("boat",), []),
        (("Port", "Hallow", "Port Hallow"), []),  # a town, and nothing else
        ((), ["tidbit"]),  # found by its meaning
    ],
)
def test_one_word_or_one_name_in_common_is_no_reason_to_write(
    shared: tuple[str, ...], expected: list[str]
) -> None:
    """An airline that flies from a town of the notes is no story on its queues."""
    match = tidbit()
    assert match.best
    found = replace(match.best, terms=tuple(Term(word, 0.3) for word in shared))
    match = replace(match, best=found, for_people=(found,))
    assert kinds(plan(interview(ago=10), matches=(match,), contacts=(contact(9),))) == expected


@pytest.mark.parametrize(
    ("above", "more", "expected"),
    [
        ("", 0, RENATA.name),  # who stands first in the notes
        (IMRAN.name, 0, IMRAN.name),
        (RENATA.name, 1, IMRAN.name),  # she had one more
    ],
)
def test_news_on_a_line_of_nobody_goes_to_who_had_less_or_spoke_before_it(
    above: str, more: int, expected: str
) -> None:
    """So that three of four messages do not go to the first interviewer."""
    line = NoteLine(FILE, 11, "discussed", SUITES.text)
    own = NoteLine(FILE, 10, "discussed", "the old archive: full", above)
    talk = interview(ago=30, people=(RENATA, IMRAN), lines=(own, line))
    good = replace(news(), skill=None)
    good = replace(good, for_people=(replace(good.for_people[0], note=line),))
    wrote = [contact(29), contact(29, person=IMRAN.name)]
    wrote[1:1] = [contact(20)] * more
    found = plan(talk, matches=(good,), contacts=tuple(wrote))
    assert [(item.kind, item.person) for item in found.suggestions] == [("check_in", expected)]


def test_a_check_in_without_news_waits_three_weeks_and_comes_once() -> None:
    """With plainly good news it comes after the gap; without, it takes a better one's place."""
    good = replace(news(), skill=None)
    plain = past("check_in", "c", "sent", 30)

    assert kinds(plan(interview(ago=10), contacts=(contact(9),), matches=(good,))) == ["check_in"]
    assert kinds(plan(interview(ago=21), contacts=(contact(20),))) == []
    assert kinds(plan(interview(ago=22), contacts=(contact(21),))) == ["check_in"]
    contacts = (contact(59), contact(58, answer=True), contact(30))
    once = plan(interview(ago=60), contacts=contacts, touchpoints=(plain,))
    assert (kinds(once), guards(once)) == ([], {"needs news"})
    assert "comes with news" in said(once.held[0])


def test_in_the_week_before_the_question_nothing_else_goes_to_who_is_asked() -> None:
    """Expected on Friday the 27th, asked on Tuesday 1 December: the good story waits."""
    item = interview(ago=20, people=(RENATA, IMRAN), decision_expected=date(2026, 11, 27))
    thanked = (contact(19), contact(19, person=IMRAN.name))
    found = plan(item, contacts=thanked, matches=(news(),))

    assert [(s.person, s.kind) for s in found.suggestions] == [(IMRAN.name, "contribution")]
    assert "question near" in guards(found)


def test_a_hobbys_story_stays_fresh_for_a_month() -> None:
    """Twenty days old: something to read, but no news of the work any more."""
    sailing = tidbit(note=BOAT, ago=20)
    trade = tidbit(note=replace(BOAT, section="discussed"), ago=20)
    thanked = (contact(24),)

    assert kinds(plan(interview(ago=25), contacts=thanked, matches=(sailing,))) == ["tidbit"]
    assert "tidbit" not in kinds(plan(interview(ago=25), contacts=thanked, matches=(trade,)))


def test_the_decision_is_asked_for_two_working_days_after_the_day() -> None:
    """Expected on Friday the 20th: asked on Tuesday the 24th, not on Monday."""
    item = interview(ago=20, decision_expected=date(2026, 11, 20))

    found = plan(item, contacts=(contact(19),))
    assert kinds(found) == ["decision"]
    assert reason_text(found.suggestions[0].reason, NOW.date()) == (
        "they hoped to decide by Friday 20 November, and nothing was heard."
    )
    assert kinds(plan(item, contacts=(contact(19),), now=NOW - days(1))) == []


def test_the_decision_is_asked_for_twice_and_no_more() -> None:
    """Once more a week later, then never again."""
    item = interview(ago=40, decision_expected=date(2026, 11, 2))
    key = f"decision:{FILE}:{RENATA.name}:2026-11-02"
    once = past("decision", f"{key}:1", "sent", 8)
    twice = past("decision", f"{key}:2", "sent", 8)

    assert kinds(plan(item, touchpoints=(once,), contacts=(contact(8),))) == ["decision"]
    assert "decision" not in kinds(plan(item, touchpoints=(once, twice), contacts=(contact(8),)))


def test_an_answer_after_the_day_ends_the_question() -> None:
    """They wrote; there is nothing to ask."""
    item = interview(ago=20, decision_expected=date(2026, 11, 20))
    found = plan(item, contacts=(contact(10), contact(2, answer=True)))

    assert "decision" not in kinds(found)


@pytest.mark.parametrize("status", ["offer", "accepted", "declined", "withdrawn"])
def test_a_decided_interview_stops_everything(status: str) -> None:
    """Nothing more is suggested, and the reason stands in the plan."""
    found = plan(interview(status=status), matches=(news(), tidbit()))

    assert found.suggestions == ()
    assert guards(found) == {"decided"}


def test_a_note_that_cannot_be_read_silences_its_company() -> None:
    """An older note of the company does not speak in its place; the others do."""
    unread = (UnreadNote("data/notes/b.md", ("oracle",)),)
    assert plan(interview(), matches=(news(), tidbit())).suggestions
    found = plan(interview(), matches=(news(), tidbit()), unread=unread)

    assert (found.suggestions, found.upcoming) == ((), ())
    assert guards(found) == {"unread note"}
    assert said(found.held[0]).startswith("data/notes/b.md cannot be read")


# ----------------------------------------------------------------------------------- days and hours


def test_nothing_falls_due_on_a_quiet_day() -> None:
    """On a Saturday a tidbit is due on Monday at nine, and the thank-you for Friday today."""
    saturday = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
    met = interview(interviewed=datetime(2026, 11, 27, 15, 0, tzinfo=UTC))
    (thanks,) = plan(met, now=saturday).suggestions
    written_to = (replace(contact(9), at=saturday - days(9)),)
    (tidbit_,) = plan(
        interview(ago=10), matches=(tidbit(),), contacts=written_to, now=saturday
    ).suggestions

    assert thanks.due == datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
    assert tidbit_.due == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_a_holiday_is_a_quiet_day() -> None:
    """25 December 2026 is a Friday: a thank-you is due on Saturday the 26th."""
    item = interview(interviewed=datetime(2026, 12, 24, 12, 0, tzinfo=UTC))
    pace = PaceSettings(holidays="FR")
    found = plan(item, pace=pace, now=datetime(2026, 12, 25, 8, 0, tzinfo=UTC))

    assert found.suggestions[0].due == datetime(2026, 12, 26, 9, 0, tzinfo=UTC)


def test_a_message_is_due_in_the_recipients_morning() -> None:
    """Nine o'clock in San Francisco is 17:00 UTC."""
    person = replace(RENATA, timezone="America/Los_Angeles")
    found = plan(interview(people=(person,)))

    assert found.suggestions[0].due == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def test_an_interview_to_come_gets_nothing() -> None:
    """It only stands under what comes up."""
    found = plan(interview(ago=-3))

    assert found.suggestions == ()
    assert [item.kind for item in found.upcoming] == ["interview"]


# ----------------------------------------------------------------------------------- several things


def test_a_second_round_starts_the_clock_anew() -> None:
    """Renata was thanked after the first round; after the second she is thanked again."""
    first = interview(ago=20)
    second = interview(ago=1, file="data/notes/oracle-2.md")
    found = plan(first, second, contacts=(contact(19),))

    assert kinds(found) == ["thank_you"]
    assert found.suggestions[0].interview == second.file


def test_the_budget_of_the_day_holds() -> None:
    """Seven people to thank, five a day: two are held back, and the plan says why."""
    people = tuple(replace(RENATA, name=f"Person {n}") for n in range(7))
    found = plan(interview(people=people))

    assert len(found.suggestions) == 5
    assert [item.guard for item in found.held] == ["daily budget", "daily budget"]


def test_an_interviewer_without_a_name_is_still_thanked() -> None:
    """The notes name nobody: one note, without a name in it."""
    found = plan(interview(people=()))

    assert kinds(found) == ["thank_you"]
    assert found.suggestions[0].draft.body.startswith("Hello,")


def test_a_suggestion_keeps_its_key_while_its_reason_stands() -> None:
    """Tomorrow's better story does not replace what is already suggested."""
    contacts = (contact(9),)
    today = plan(interview(ago=10), matches=(news("n1"),), contacts=contacts)
    kept = touchpoint(today.suggestions[0])
    better = news("n2", score=0.95)
    tomorrow = plan(
        interview(ago=10),
        matches=(better, news("n1")),
        contacts=contacts,
        touchpoints=(kept,),
        now=NOW + days(1),
    )

    assert tomorrow.suggestions[0].key == today.suggestions[0].key


def test_what_is_put_off_rests_until_its_day_and_then_comes_back() -> None:
    """A snoozed contribution comes back on its day although its news is old by then."""
    contacts = (contact(24),)
    before = plan(interview(ago=25), matches=(news("n1"),), contacts=contacts)
    asleep = touchpoint(before.suggestions[0], "snoozed", until=NOW + days(20))

    resting = plan(interview(ago=25), contacts=contacts, touchpoints=(asleep,))
    awake = plan(interview(ago=25), contacts=contacts, touchpoints=(asleep,), now=NOW + days(20.5))

    assert (kinds(resting), guards(resting)) == ([], {"put off"})
    assert awake.suggestions[0].key == before.suggestions[0].key
    assert settle([asleep], resting, NOW) == ()
    assert settle([asleep], awake, NOW + days(20.5))[0][1].status == "suggested"


def test_a_suggestion_without_its_reason_expires_and_says_why() -> None:
    """Bad news came: yesterday's contribution goes, with the reason."""
    contacts = (contact(9),)
    before = plan(interview(ago=10), matches=(news("n1"),), contacts=contacts)
    open_one = touchpoint(before.suggestions[0])
    after = plan(
        interview(ago=10),
        matches=(news("n1"), layoffs()),
        contacts=contacts,
        touchpoints=(open_one,),
    )

    ((old, new),) = settle([open_one], after, NOW)
    assert (old, new.status) == (open_one, "expired")
    assert "layoffs" in expiry_text(new, "Oracle", NOW.date())


@pytest.mark.parametrize("status", ["sent", "answered", "dismissed"])
def test_what_the_user_has_done_stays_done(status: State) -> None:
    """Whether its reason still stands or not, no run turns it into something expired."""
    before = plan(interview(ago=10), matches=(news("n1"),), contacts=(contact(9),))
    done = touchpoint(before.suggestions[0], status)
    assert settle([done], Plan(), NOW) == ()
    assert settle([done], before, NOW) == ()


def test_the_same_inputs_give_the_same_plan() -> None:
    """Twice the same, to the byte."""
    arguments = (interview(people=(RENATA, IMRAN)),)
    matches = (news(), tidbit(), tidbit("t2", SUITES))

    assert repr(plan(*arguments, matches=matches)) == repr(plan(*arguments, matches=matches))
    assert History() == History()


# ------------------------------------------------------------------------- what a season has found


def test_nothing_goes_to_somebody_before_the_thank_you() -> None:
    """An hour after the interview the news of the day wait, although the thank-you does, too."""
    found = plan(interview(ago=1 / 24), matches=(news(),))

    assert found.suggestions == ()
    assert {(item.kind, item.guard) for item in found.held} == {
        ("thank_you", "too early"),
        ("contribution", "thank-you first"),
    }


def test_the_question_waits_when_a_colleague_was_written_to() -> None:
    """Imran got a mail today: Renata is asked in two days."""
    item = interview(ago=20, people=(RENATA, IMRAN), decision_expected=date(2026, 11, 20))
    contacts = (contact(19), contact(0, person=IMRAN.name))

    assert kinds(plan(item, contacts=contacts)) == []
    assert kinds(plan(item, contacts=contacts, now=NOW + days(2))) == ["decision"]


def test_after_the_last_question_the_plan_says_why_it_is_silent() -> None:
    """Asked twice: no check-in, and a word on it."""
    item = interview(ago=60, decision_expected=date(2026, 10, 2))
    key = f"decision:{FILE}:{RENATA.name}:2026-10-02"
    asked = (past("decision", f"{key}:1", "sent", 40), past("decision", f"{key}:2", "sent", 30))
    found = plan(item, touchpoints=asked, contacts=(contact(40), contact(30)))

    assert found.suggestions == ()
    assert "You asked about the decision" in said(found.held[-1])
    assert guards(found) == {"asked"}


def test_after_a_dismissed_thank_you_the_check_in_comes_up() -> None:
    """The user said no to the thank-you on the second day: the page names the next turn."""
    key = f"thank_you:{FILE}:{RENATA.name}"
    found = plan(interview(ago=2), touchpoints=(past("thank_you", key, "dismissed", 1),))

    (ahead,) = found.upcoming
    assert upcoming_text(ahead, "Oracle") == "check-in with Renata Kowalczyk"


def test_two_messages_put_off_rest_both() -> None:
    """The story rests until Friday, the question until Monday: neither wakes the other."""
    item = interview(ago=20, decision_expected=date(2026, 11, 19))
    question = plan(item, contacts=(contact(19),)).suggestions[0]
    asleep = (
        replace(past("tidbit", "t", "snoozed", 1), until=NOW + days(3)),
        touchpoint(question, "snoozed", id=2, until=NOW + days(6)),
    )
    found = plan(item, contacts=(contact(19),), touchpoints=asleep)

    assert found.suggestions == ()
    assert {(item.kind, item.until) for item in found.held} >= {("decision", NOW + days(6))}


def test_a_decision_ends_what_was_put_off() -> None:
    """It does not wait in the queue for its day."""
    asleep = replace(past("tidbit", "t", "snoozed", 1), until=NOW + days(9))
    found = plan(interview(status="rejected"), touchpoints=(asleep,))

    ((_, new),) = settle([asleep], found, NOW)
    assert (new.status, new.expiry) == ("expired", Expiry(found.held[0].result))


def test_what_was_put_off_until_today_lets_the_thank_you_go_first() -> None:
    """A second talk was yesterday: thanks today, the story another day."""
    woken = replace(
        past("tidbit", f"tidbit:{FILE}:{RENATA.name}:t9", "snoozed", 9, story="t9"), until=NOW
    )
    second = interview(ago=1, file="data/notes/oracle-2.md")
    found = plan(interview(ago=30), second, touchpoints=(woken,))

    assert kinds(found) == ["thank_you"]


def test_a_story_put_off_for_one_is_not_offered_to_a_colleague() -> None:
    """Renata is to get it on Friday, so Imran does not get it today."""
    renata = past("contribution", f"contribution:{FILE}:{RENATA.name}:n1", "snoozed", 1, "n1")
    found = plan(
        interview(ago=20, people=(RENATA, IMRAN)),
        matches=(news(),),
        contacts=(contact(19), contact(19, person=IMRAN.name)),
        touchpoints=(replace(renata, until=NOW + days(3)),),
    )

    assert "contribution" not in kinds(found)


def test_two_colleagues_do_not_get_one_story_under_two_numbers() -> None:
    """Another outlet's copy under the same title is the same story."""
    one = tidbit(note=replace(BOAT, section="discussed", person=""))
    copy = replace(one, story=replace(one.story, id="t2"))
    found = plan(interview(people=(RENATA, IMRAN)), matches=(one, copy))

    assert sorted(item.reference.story for item in found.suggestions) == ["", "t1"]


def test_a_second_run_shows_the_same_in_the_same_order() -> None:
    """What is open already does not move up or down on the page."""
    thanked = (contact(19), contact(19, person=IMRAN.name, company="halden"))
    halden = interview(ago=20, company="halden", file="data/notes/halden.md", people=(IMRAN,))
    matches = (tidbit(), replace(news(), company="halden", interview=halden.file))
    today = plan(interview(ago=20), halden, matches=matches, contacts=thanked)
    kept = tuple(touchpoint(item, id=n) for n, item in enumerate(reversed(today.suggestions)))

    assert kinds(today) == ["contribution", "tidbit"]
    for number in (0, 1):
        again = plan(
            interview(ago=20),
            halden,
            matches=matches,
            contacts=thanked,
            touchpoints=kept[number : number + 1],
        )
        assert again.suggestions == today.suggestions


def test_a_contact_with_somebody_the_notes_do_not_name_there_counts() -> None:
    """Renata was met at Oracle; a call with her at Halden is a call with her."""
    call = contact(2, company="halden")
    found = plan(interview(ago=20), matches=(news(),), contacts=(contact(19), call))

    assert guards(found) >= {"cool-down"}
    assert found.suggestions == ()


def test_where_nobody_is_named_a_reason_is_that_of_the_message() -> None:
    """A contribution does not go because the thank-you is too late."""
    open_one = past("contribution", f"contribution:{FILE}::n1", "suggested", 1, story="n1")
    open_one = replace(open_one, suggestion=replace(open_one.suggestion, person=""))
    found = plan(interview(ago=20, people=()), touchpoints=(open_one,))

    ((_, new),) = settle([open_one], found, NOW)
    because = expiry_text(new, "Oracle", NOW.date())
    assert "thank-you" not in because
    assert "no longer fresh" in because


def test_where_nobody_is_named_only_bad_news_is_bad_news() -> None:
    """The contribution that the layoffs hold back does not stand among them with its story."""
    found = plan(interview(ago=20, people=()), matches=(news(), layoffs()))

    assert {item.guard for item in found.held} == {"too late", "sensitive news"}
    assert [item.story for item in found.held if item.is_bad_news] == ["bad"]


def test_what_was_released_does_not_hold_again_under_another_number() -> None:
    """A second outlet's copy of the bad news, under the same headline, is released with it."""
    title = "Oracle to cut 400 jobs in Ohio"
    bad = layoffs()
    lead = replace(bad.story.lead, title=title)
    copy = replace(bad, story=replace(bad.story, id="copy", lead=replace(lead, id="copy")))
    ended = Hold(1, "oracle", "bad", title, NOW, released=NOW)
    found = plan(interview(ago=20), matches=(news(), copy), contacts=(contact(19),), holds=(ended,))

    assert kinds(found) == ["contribution"]


@pytest.mark.parametrize("zone", ["America/New_York", "US/Eastern"])
def test_an_older_name_of_a_time_zone_has_its_country_too(zone: str) -> None:
    """Thanksgiving, 26 November 2026, is kept under either name; a thank-you waits for Friday."""
    person = replace(RENATA, timezone=zone)
    wednesday = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
    found = plan(interview(interviewed=wednesday, people=(person,)), now=wednesday + days(0.5))

    assert found.suggestions[0].due == datetime(2026, 11, 27, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(("own", "is_sent"), [(0.499, False), (0.5, True)])
def test_a_line_of_theirs_carries_at_least_half_of_a_story(own: float, is_sent: bool) -> None:
    """Below half of the best evidence the story was found for somebody else."""
    found = tidbit()
    assert found.best
    best, theirs = replace(found.best, score=1.0), replace(found.best, score=own)
    match = replace(found, best=best, for_people=(theirs,))
    (thanks,) = plan(interview(), matches=(match,)).suggestions
    assert bool(thanks.reference.story) == is_sent


@pytest.mark.parametrize(("unanswered", "gap"), [(1, 7), (2, 14)])
def test_a_gap_is_twice_as_long_from_the_second_silence_on(unanswered: int, gap: int) -> None:
    """Seven days become fourteen when two messages were not answered."""
    settings = PaceSettings(gaps=(7,), unanswered_stretch=2)
    assert gap_days(settings, 0, unanswered) == gap


@pytest.mark.parametrize("sent", [0, 2])
def test_what_the_user_asked_for_takes_no_thank_you_its_place(sent: int) -> None:
    """Five stories asked for, whether they wait or went today: both thanks come beside them."""
    asked = [_asked_for(number, is_sent=number <= sent) for number in range(1, 6)]
    went = tuple(replace(contact(0, person=JO.name), touchpoint=n + 1) for n in range(sent))
    found = plan(
        interview(people=(RENATA, IMRAN)),
        replace(interview(people=(JO,)), file="data/notes/halden.md", company="halden"),
        touchpoints=tuple(asked),
        contacts=tuple(replace(item, company="halden") for item in went),
    )

    thanks = [item.person for item in found.suggestions if item.kind == "thank_you"]
    assert {RENATA.name, IMRAN.name} <= set(thanks)


JO = Person("Jo Doe", email="jo@example.com")


def _asked_for(number: int, *, is_sent: bool) -> Touchpoint:
    item = past("tidbit", f"asked:{number}", "sent" if is_sent else "suggested", 0, f"s{number}")
    person, company = (JO.name, "halden") if is_sent else (RENATA.name, "oracle")
    wanted = replace(item.suggestion, reason=Reason("asked_for"), person=person, company=company)
    return replace(item, id=number, suggestion=wanted)


def test_a_story_put_off_into_a_quiet_week_waits_until_it_is_over() -> None:
    """Another message, asked for meanwhile, is sent first: the story comes after the cool-down."""
    item, contacts = interview(ago=25), (contact(24),)
    (before,) = plan(item, matches=(news("n1"),), contacts=contacts).suggestions
    asleep = touchpoint(before, "snoozed", until=NOW + days(3))
    wrote = (*contacts, contact(0))
    woken = plan(item, contacts=wrote, touchpoints=(asleep,), now=NOW + days(3))

    ((_, rests),) = settle([asleep], woken, NOW + days(3))
    assert (rests.status, rests.until) == ("snoozed", NOW.replace(hour=0) + days(7))
    awake = plan(item, contacts=wrote, touchpoints=(rests,), now=NOW + days(7))
    assert [found.key for found in awake.suggestions] == [before.key]
