"""A timeline for each company: what stands on it, how it is bounded, where it is drawn."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest import compose, shown, timeline, timeline_svg
from pipeline.digest.digest_json import to_json
from pipeline.digest.html_page import page
from pipeline.digest.markdown import markdown
from pipeline.records import (
    Contact,
    Draft,
    History,
    Hold,
    Plan,
    Reason,
    Reference,
    Suggestion,
    Timeline,
    TimelineMark,
    Upcoming,
    Verdict,
)
from tests.digest.pages import BUSY, COMPANIES, TUESDAY, drawn
from tests.touchpoints.world import FILE, NOW, contact, days, interview, layoffs, news, touchpoint

OFFER = Suggestion(
    key="k",
    kind="contribution",
    interview=FILE,
    company="oracle",
    person="Renata Kowalczyk",
    due=NOW - days(3),
    reason=Reason("company_news"),
    draft=Draft("", "Your plant", ""),
    reference=Reference("n1", "Oracle opens a plant", "https://n.example/1", "Wire", NOW - days(2)),
)


def said(found: Timeline) -> list[tuple[str, str, str]]:
    return [(f"{mark.day:%m-%d}", mark.kind, mark.text) for mark in found.marks]


def test_all_that_happened_and_is_to_come_stands_on_its_day() -> None:
    """Interview, messages, answer, suggestion, what comes up, decision, stories, bad news."""
    sent = Contact("oracle", "Renata Kowalczyk", NOW - days(5), "Thank you", touchpoint=1)
    (found,) = drawn(
        interview(6, decision_expected=date(2026, 12, 18)),
        past=History(contacts=(sent, contact(3, answer=True))),
        plan=Plan(
            suggestions=(OFFER,),
            upcoming=(
                Upcoming("decision", "decision:k", date(2026, 12, 22), "oracle"),
                Upcoming(
                    "decision_day",
                    "expected:k",
                    date(2026, 12, 18),
                    "oracle",
                ),
                Upcoming("check_in", "check_in:k", date(2026, 12, 1), "halden"),
            ),
        ),
        matches={FILE: (news("n2", 1), layoffs(2))},
    )
    assert said(found) == [
        ("11-18", "interview", "Interview as Senior Consultant with Renata Kowalczyk"),
        ("11-19", "wrote", "You wrote to Renata Kowalczyk: “Thank you”"),
        ("11-21", "heard", "Renata Kowalczyk answered: “a mail”"),
        ("11-22", "bad_news", "Oracle opens a plant"),
        ("11-23", "news", "Oracle opens a plant"),
        ("11-24", "suggested", "Suggested: a contribution for Renata Kowalczyk"),
        ("12-18", "decision", "The decision is expected"),
        ("12-22", "ahead", "Ask about the decision, if nothing was heard"),
    ]
    assert (found.since, found.until) == (date(2026, 11, 11), date(2026, 12, 22))


def test_what_was_sent_held_and_put_off_stays_after_the_news_left_the_store() -> None:
    """The history alone gives the story of a message, the bad news and the day of `later`."""
    later = touchpoint(replace(OFFER, reference=Reference()), "snoozed", until=NOW + days(4))
    past = History(
        touchpoints=(touchpoint(OFFER, "sent"), later),
        holds=(Hold(1, "oracle", "bad", "Oracle is sued", NOW - days(9)),),
    )
    (found,) = drawn(interview(12), past=past)
    assert said(found)[1:] == [
        ("11-15", "bad_news", "Oracle is sued"),
        ("11-22", "news", "Oracle opens a plant"),
        ("11-28", "ahead", "Put off by you: A contribution for Renata Kowalczyk"),
    ]
    assert found.marks[2].link == "https://n.example/1"


def test_one_company_has_one_timeline_those_with_something_to_do_first() -> None:
    """Two rounds with Oracle, one with Halden, where something is suggested."""
    first, second = interview(20), interview(2, file="data/notes/oracle-2.md")
    other = interview(5, company="halden", file="data/notes/halden.md")
    plan = Plan(suggestions=(replace(OFFER, company="halden"),))
    found = drawn(first, second, other, plan=plan)
    assert [item.company for item in found] == ["Halden", "Oracle"]


def test_a_timeline_is_bounded_and_says_how_much_it_leaves_out() -> None:
    """A year with three hundred calls: eight weeks, 24 marks, the interview and today's kept."""
    calls = tuple(contact(number) for number in range(300))
    (found,) = drawn(
        interview(50),
        interview(400, file="data/notes/old.md"),
        past=History(contacts=calls),
        plan=Plan(suggestions=(OFFER,)),
    )
    assert (found.since, found.until) == (date(2026, 9, 29), date(2026, 12, 1))
    assert len(found.marks) == 24
    assert found.more == 300 + 2 + 1 - 24
    assert {"interview", "suggested"} < {mark.kind for mark in found.marks}


def test_a_timeline_says_since_when_news_were_counted() -> None:
    """A number for each day from then until today, also where there was none."""
    volume = {"oracle": {date(2026, 11, 20): 0, date(2026, 11, 22): 3}}
    (found,) = drawn(interview(2), volume=volume)
    assert (found.counted_from, found.volume) == (date(2026, 11, 20), (0, 0, 3, 0, 0))


# ----------------------------------------------------------------------------------------- volume


def counted(earlier: Mapping[str, Mapping[date, int]], *matches: Any, now: datetime = NOW) -> Any:
    since = (NOW - days(17)).date()
    zone = ZoneInfo("UTC")
    return timeline.count_news(["oracle"], {FILE: matches}, earlier, since, zone, now.date())


def test_news_are_counted_by_article_on_their_day_from_the_first_run_on() -> None:
    """A story in two papers counts twice; one that two interviews share once; from then on: 0."""
    story = news("a", 2).story
    both = replace(news("a", 2), story=replace(story, others=(news("b", 1).story.lead,)))
    again = replace(both, interview="data/notes/oracle-2.md")
    found = counted({}, both, again, news("c", 1))
    assert found == {"oracle": {date(2026, 11, 7): 0, date(2026, 11, 22): 1, date(2026, 11, 23): 2}}


def test_a_count_survives_its_story_and_a_run_that_is_made_again_counts_the_same() -> None:
    """Old news leave the store after some weeks; what they were on their day stays."""
    first = counted({}, news("a", 1), news("b", 0.1))
    assert counted(first, news("a", 1), news("b", 0.1)) == first
    assert counted(first, news("a", 1)) == {"oracle": {**first["oracle"], TUESDAY: 0}}
    later = counted(first, now=NOW + days(30))
    assert later["oracle"][date(2026, 11, 23)] == 1


def test_counts_do_not_grow_without_end() -> None:
    """After a year of daily news: eight weeks."""
    kept: Any = {}
    for number in range(365):
        now = NOW + days(number)
        match = news("a", 0.1 - number)
        kept = counted(kept, match, now=now)
    assert len(kept["oracle"]) == 57


# ---------------------------------------------------------------------------------------- drawing


def test_the_picture_and_the_table_say_the_same() -> None:
    """Each mark has its glyph, each day with news its bar, and both a row."""
    found = BUSY.timelines[0]
    picture = timeline_svg.picture(found, TUESDAY)
    assert [spot.kind for spot in picture.spots] == ["interview", "news", "suggested", "decision"]
    assert [bar.title for bar in picture.bars] == [
        "Fri 20 Nov: 1 article about them",
        "Sun 22 Nov: 4 articles about them",
        "Mon 23 Nov: 2 articles about them",
        "Tue 24 Nov: 1 article about them",
    ]
    assert [(row.name, len(row.marks), row.news) for row in timeline_svg.rows(found)] == [
        ("Fri 20 Nov", 0, 1),
        ("Sun 22 Nov", 0, 4),
        ("Mon 23 Nov", 2, 2),
        ("Tue 24 Nov", 1, 1),
        ("Fri 18 Dec", 1, 0),
    ]
    assert [label.text for label in picture.labels] == ["11 Nov", "today", "18 Dec"]


MARKS = st.lists(
    st.builds(
        TimelineMark,
        st.dates(date(2026, 10, 1), date(2026, 12, 31)),
        st.sampled_from(list(timeline_svg.KIND_WORDS)),
        st.text(max_size=20),
    ),
    max_size=24,
)


@given(MARKS)
def test_glyphs_stand_beside_each_other_as_long_as_there_is_room(marks: list[TimelineMark]) -> None:
    """On a phone of 320 pixels none covers another one on its level, but on the highest."""
    found = Timeline("x", date(2026, 10, 1), date(2026, 12, 31), tuple(marks))
    picture = timeline_svg.picture(found, TUESDAY)
    rows: dict[int, list[float]] = {}
    for spot in picture.spots:
        rows.setdefault(spot.y, []).append(float(spot.x.rstrip("%")) / 100 * 262)
    highest = picture.ground - 103  # six rows of 18 pixels
    for y, places in rows.items():
        gaps = [later - earlier for earlier, later in pairwise(places)]
        assert y == highest or all(gap >= 18 - 0.1 for gap in gaps)
    assert len(picture.spots) == len({(mark.day, mark.kind) for mark in marks})


@given(
    st.builds(
        Timeline,
        st.just("x"),
        st.dates(),
        st.dates(),
        st.lists(st.builds(TimelineMark, st.dates(), st.just("wrote"), st.just("x"))).map(tuple),
        st.integers(),
        st.none() | st.dates(),
        st.lists(st.integers(-5, 10**9), max_size=90).map(tuple),
    ),
    st.dates(),
)
def test_a_timeline_from_a_damaged_file_stays_in_its_frame(found: Timeline, today: date) -> None:
    """Whatever days and counts a JSON file holds: every place lies between 0 and 100 percent."""
    picture = timeline_svg.picture(found, today)
    places = [spot.x for spot in picture.spots] + [bar.x for bar in picture.bars]
    places += [picture.today, picture.left, *(label.x for label in picture.labels)]
    assert all(0 <= float(place.rstrip("%")) <= 100 for place in places)
    assert all(0 < bar.height <= 30 for bar in picture.bars)
    assert len(picture.mondays) <= 53
    assert timeline_svg.rows(found) is not None


# ------------------------------------------------------------------------------------------ speed


def test_a_day_of_a_thousand_stories_is_made_in_less_than_a_second() -> None:
    """Counted, chosen, composed and rendered as Markdown, page and JSON; a quarter are bad news."""
    found = {
        FILE: tuple(
            news(
                f"n{n}",
                n / 60,
                score=0.9 - n / 2000,
                verdict=Verdict("bad" if n % 4 == 0 else "good", "order", 0.0),
            )
            for n in range(1000)
        )
    }
    start = time.process_time()
    volume = counted({}, *found[FILE])
    lines = drawn(interview(12), matches=found, volume=volume)
    reading = shown.worth_a_look(found, frozenset(), (), COMPANIES, NOW)
    digest = compose.compose(COMPANIES, compose.Contents(reading=reading, timelines=lines), NOW)
    texts = markdown(digest), page(digest), to_json(digest)
    assert time.process_time() - start < 1
    assert len(lines[0].marks) == 24
    assert sum(map(len, texts)) < 200_000
