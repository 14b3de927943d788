"""The numbers that decide what a page shows, each at its border: every case states its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.digest import atom, calendar, compose, shown
from pipeline.digest.html_page import page
from pipeline.digest.mail_body import short_note
from pipeline.digest.mailto import mailto
from pipeline.digest.page_phrases import answers, heaviest
from pipeline.digest.safe_text import mail_address, one_line, passage
from pipeline.records import (
    Company,
    Config,
    Draft,
    History,
    Plan,
    Reason,
    Reference,
    Settings,
    ShownItem,
    ShownKey,
    Suggestion,
    Term,
    Touchpoint,
    Upcoming,
)
from tests.digest.pages import BUSY, QUIET, drawn
from tests.touchpoints.world import FILE, NOW, contact, days, interview, news

TODAY = NOW.date()
CONFIG = Config(Settings(timezone="UTC"), (Company("oracle", "Oracle"),))
KEY = ShownKey("decision", "decided")


# -------------------------------------------------------------------------- what is shown again


@pytest.mark.parametrize(("ago", "is_stale"), [(6, False), (7, True)])
def test_a_decision_is_named_for_seven_days(ago: int, is_stale: bool) -> None:
    """After that everybody knows."""
    assert shown.is_stale([ShownItem(TODAY - days(ago), KEY)], KEY, TODAY) == is_stale


@pytest.mark.parametrize(("ago", "is_kept"), [(100, True), (101, False)])
def test_what_was_shown_is_remembered_for_100_days(ago: int, is_kept: bool) -> None:
    """Longer than any news stays fresh."""
    item = ShownItem(TODAY - days(ago), KEY)
    assert bool(shown.remembered([item], (), TODAY)) == is_kept


@pytest.mark.parametrize(("gained", "is_new"), [(0.2, True), (0.19, False)])
def test_a_story_is_new_again_when_it_gained_a_fifth(gained: float, is_new: bool) -> None:
    """As much as it takes to be shown at all."""
    match = news("a", score=0.5 + gained)
    before = ShownItem(TODAY - days(1), shown.look_key(match), 0.5, match.story.lead.id)
    found = shown.worth_a_look({FILE: (match,)}, frozenset(), [before], CONFIG, NOW)
    assert bool(found) == is_new


@pytest.mark.parametrize(("ago", "is_listed"), [(10, True), (10.3, True), (10.4, False)])
def test_a_story_is_worth_a_look_until_its_tenth_day_ends(ago: float, is_listed: bool) -> None:
    """It is eight in the morning: also what was published at one in the night ten days ago."""
    found = shown.worth_a_look({FILE: (news("a", ago=ago),)}, frozenset(), [], CONFIG, NOW)
    assert bool(found) == is_listed


@pytest.mark.parametrize(("ahead", "is_listed"), [(7, True), (8, False)])
def test_a_week_is_coming_up(ahead: int, is_listed: bool) -> None:
    """What is later stands in the table."""
    item = Upcoming("decision_day", "k", TODAY + days(ahead), "oracle")
    plan = Plan(upcoming=(item,))
    found = compose.compose(CONFIG, compose.Contents(plan), NOW)
    assert bool(found.upcoming) == is_listed


# ------------------------------------------------------------------------------------ timelines


@pytest.mark.parametrize(
    ("ago", "since", "marks"), [(1, 13, 1), (13, 13, 1), (14, 14, 1), (56, 56, 1), (57, 56, 0)]
)
def test_a_timeline_looks_two_to_eight_weeks_back(ago: int, since: int, marks: int) -> None:
    """As far as the first interview lies, within these bounds."""
    (found,) = drawn(interview(ago))
    assert (found.since, len(found.marks)) == (TODAY - days(since), marks)


@pytest.mark.parametrize(("ahead", "until"), [(1, 7), (7, 7), (8, 8), (42, 42), (43, 42)])
def test_a_timeline_looks_one_to_six_weeks_ahead(ahead: int, until: int) -> None:
    """As far as the decision lies, within these bounds."""
    (found,) = drawn(interview(1, decision_expected=TODAY + days(ahead)))
    assert found.until == TODAY + days(until)


def test_twelve_companies_have_a_timeline() -> None:
    """A thirteenth has none."""
    slugs = [f"c{number}" for number in range(13)]
    config = Config(Settings(timezone="UTC"), tuple(Company(slug, slug) for slug in slugs))
    talks = [interview(1, company=slug, file=slug) for slug in slugs]
    assert len(drawn(*talks, config=config)) == 12


def test_a_timeline_has_24_marks() -> None:
    """More would hide each other."""
    contacts = tuple(contact(number) for number in range(1, 41))
    (found,) = drawn(interview(41), past=History(contacts=contacts))
    assert len(found.marks) == 24


def test_a_timeline_has_four_stories_that_fit() -> None:
    """The best; the others are on no day."""
    matches = {FILE: tuple(news(f"n{number}", number) for number in range(1, 7))}
    (found,) = drawn(interview(8), matches=matches)
    assert sum(mark.kind == "news" for mark in found.marks) == 4


@pytest.mark.parametrize(("length", "is_whole"), [(140, True), (141, False)])
def test_a_mark_has_140_characters_of_a_title(length: int, is_whole: bool) -> None:
    """A longer one is cut."""
    wrote = replace(contact(2), what="x" * length)
    (found,) = drawn(interview(8), past=History(contacts=(wrote,)))
    assert any("x" * length in mark.text for mark in found.marks) == is_whole


# --------------------------------------------------------------------------- calendar and feed

OFFER = Suggestion(
    "k", "thank_you", FILE, "oracle", "Ada", NOW, Reason("thank_you"), Draft("", "Thanks", "")
)


def test_a_suggestion_takes_15_minutes_and_an_interview_an_hour() -> None:
    """To read a draft over and send it; the notes name no end."""
    item = Touchpoint(3, OFFER, "suggested", NOW, NOW)
    found = calendar.appointments(CONFIG, [interview(1)], [item], ())
    assert sorted(appointment.minutes for appointment in found) == [15, 60]


@pytest.mark.parametrize(("after", "is_kept"), [(41, True), (42, False)])
def test_what_was_cancelled_is_named_for_42_days(after: int, is_kept: bool) -> None:
    """Whoever imports later removes it by hand."""
    wanted = calendar.appointments(CONFIG, [interview(1)], [], ())
    gone = calendar.revise(calendar.revise((), wanted, NOW), (), NOW)
    assert bool(calendar.revise(gone, (), NOW + days(after))) == is_kept


def test_the_feed_has_30_days() -> None:
    """After a long holiday the reader still finds all of it."""
    digests = [replace(QUIET, day=date(2026, 11, 24) - days(number)) for number in range(40)]
    made = atom.feed(atom.workspace_identity("x"), digests, atom.stamped((), digests, NOW), {})
    assert made.count("<entry>") == 30


# ------------------------------------------------------------------------------ letters, links


def test_a_short_note_has_ten_lines() -> None:
    """The page has the rest."""
    _, text = short_note(replace(BUSY, entries=BUSY.entries[:1] * 12, questions=()))
    assert len(text.splitlines()) == 10 + 1
    assert text.endswith("… and two more")


@pytest.mark.parametrize(("length", "lines"), [(459, 2), (460, 1)])
def test_a_short_note_has_1000_characters(length: int, lines: int) -> None:
    """With room for the line that names the rest."""
    questions = (
        "x" * 500,
        "y" * length,
    )
    _, text = short_note(replace(QUIET, questions=questions))
    assert len([line for line in text.splitlines() if line[0] != "…"]) == lines


@pytest.mark.parametrize(("length", "is_whole"), [(1600, True), (1601, False)])
def test_a_link_has_1600_characters(length: int, is_whole: bool) -> None:
    """A longer one says where the message is."""
    bare = mailto(Draft("ada@example.com", "Thanks", "x"))
    body = "x" * (length - len(bare) + 1)
    assert (mailto(Draft("ada@example.com", "Thanks", body)) == bare + body[1:]) == is_whole


@pytest.mark.parametrize(("length", "is_whole"), [(300, True), (301, False)])
def test_a_line_of_a_page_has_300_characters(length: int, is_whole: bool) -> None:
    """Twice a long headline."""
    assert (one_line("x" * length) == "x" * length) == is_whole


@pytest.mark.parametrize(("length", "is_whole"), [(700, True), (701, False)])
def test_a_passage_of_a_page_has_700_characters(length: int, is_whole: bool) -> None:
    """Ten lines on a phone."""
    assert (passage("x" * length) == "x" * length) == is_whole


@pytest.mark.parametrize(("length", "is_taken"), [(254, True), (255, False)])
def test_a_recipient_has_254_characters(length: int, is_taken: bool) -> None:
    """As RFC 5321 has it."""
    address = f"{'x' * (length - len('@example.com'))}@example.com"
    assert bool(mail_address(address)) == is_taken


# ------------------------------------------------------------------------------------ the page


def test_four_terms_are_listed() -> None:
    """A line of a phone."""
    terms = tuple(Term(word, 0.1) for word in ("one", "two", "three", "four", "five"))
    assert heaviest(terms) == ("one", "two", "three", "four")


def test_later_is_in_seven_days() -> None:
    """The command that the page proposes."""
    commands = [answer.command for answer in answers(BUSY.entries[0], date(2026, 11, 24))]
    assert "touchpoints later 41 2026-12-01" in commands


@pytest.mark.parametrize(("term", "is_marked"), [("CRM", True), ("AI", False)])
def test_a_term_of_three_characters_is_marked(term: str, is_marked: bool) -> None:
    """Shorter ones are in other words."""
    reference = Reference(
        "s", "A title", sentence=f"A word on {term} now", terms=(Term(term, 0.5),)
    )
    entry = replace(BUSY.entries[0], reference=reference)
    html = page(replace(BUSY, entries=(entry,)))
    assert (f"<mark>{term}</mark>" in html) == is_marked


def test_the_last_line_says_what_was_muted() -> None:
    """How many of today's stories, and by which words."""
    counts = compose.Counts(muted=("share price", "esports", "share price"))
    found = compose.compose(CONFIG, compose.Contents(counts=counts), NOW)
    assert found.footer.endswith(
        "fitted your notes. 3 new stories muted: “share price”, “esports”."
    )
