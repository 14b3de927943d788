"""Why a message is suggested, in the words of the day on which it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.records import Reason
from pipeline.text.reasons import reason_text, short_reason

MET = Reason("thank_you", day=date(2026, 11, 23), clock="14:30", late_after=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (23, "the interview was today at 14:30; a note within a day is remembered, after three "
         "it is routine."),
        (24, "the interview was yesterday at 14:30; a note within a day is remembered, after three "
         "it is routine."),
        (25, "the interview was on Monday at 14:30; a late note is better than none, within the "
         "week."),
        (30, "the interview was on 23 November at 14:30; a late note is better than none, within "
         "the week."),
    ],
)  # fmt: skip
def test_a_reason_is_true_on_whichever_day_it_is_shown(today: int, said: str) -> None:
    """Four days later the interview was no longer yesterday."""
    assert reason_text(MET, date(2026, 11, today)) == said
    assert short_reason(MET, date(2026, 11, today)) == said.split(";")[0]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("decision", day=date(2026, 11, 20)),
         "they hoped to decide by Friday 20 November, and nothing was heard."),
        (Reason("decision", day=date(2026, 11, 20), is_repeated=True),
         "they hoped to decide by Friday 20 November, and nothing was heard since you asked; "
         "a short call may do better than a second message."),
        (Reason("company_news", name="Oracle"), "news about Oracle meets something you can do."),
        (Reason("put_off"), "you put it off until now."),
        (Reason("check_in", day=date(2026, 11, 20)),
         "it is 10 days since you were last in touch; a short sign of life is in place."),
        (Reason("talk", day=date(2026, 11, 22), is_interview=True),
         "it is eight days since the interview; this fits what you talked about."),
        (Reason("enjoyment", day=date(2026, 11, 22), name="Renata"),
         "it is eight days since you were last in touch; they may enjoy this, going by your notes "
         "on Renata."),
        (Reason("thank_you", day=date(2026, 11, 30), name="Oracle", bad_news=("layoffs",)),
         "the interview was today; a note within a day is remembered, after three it is routine. "
         "No story with it: bad news about Oracle (layoffs)."),
    ],
)  # fmt: skip
def test_each_reason_has_its_sentence(reason: Reason, said: str) -> None:
    """Dates, names and counts go in as they are on the day of showing, Monday 30 November."""
    assert reason_text(reason, date(2026, 11, 30)) == said


def test_a_late_thank_you_names_its_last_day() -> None:
    """On the last day it is today."""
    late = replace(MET, last_day=date(2026, 11, 30))
    assert reason_text(late, date(2026, 11, 26)).endswith("better than none, until Monday.")
    assert reason_text(late, date(2026, 11, 30)).endswith("today is the last day for a note.")


def test_a_talk_on_friday_is_thanked_in_time_at_the_weekend() -> None:
    """They read it on Monday: nothing is late on Sunday, and two days are no day."""
    friday = replace(MET, day=date(2026, 11, 20), late_after=date(2026, 11, 23))
    said = [reason_text(friday, date(2026, 11, day)) for day in (21, 22, 23, 24)]
    assert said[0].endswith("a note within a day is remembered, after three it is routine.")
    assert said[1].endswith("a note that is there tomorrow is in time.")
    assert said[2].endswith("a note that is there today is in time.")
    assert said[3].endswith("a late note is better than none, within the week.")


def test_after_the_last_day_of_a_thank_you_its_day_is_named() -> None:
    """A queue that is looked at without a run says no "today" of a day that is over."""
    talk, last = date(2026, 11, 27), date(2026, 12, 2)
    reason = Reason("thank_you", day=talk, late_after=date(2026, 11, 30), last_day=last)
    assert "today is the last day for a note" in reason_text(reason, last)
    assert "the last day for a note was Wednesday 2 December" in reason_text(
        reason, date(2026, 12, 6)
    )
