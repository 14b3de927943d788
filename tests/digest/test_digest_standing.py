"""The table of companies: where each stands, what is next, and what changed since the last page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.digest import shown, standing
from pipeline.digest.markdown import markdown
from pipeline.records import (
    Company,
    CompanyRow,
    Config,
    Digest,
    Guard,
    GuardResult,
    Held,
    History,
    Hold,
    Plan,
    Settings,
    ShownItem,
    Upcoming,
    Workspace,
)
from tests.touchpoints.world import NOW, contact, days, interview, touchpoint
from tests.touchpoints.world import plan as planned

CONFIG = Config(Settings(timezone="UTC"), (Company("oracle", "Oracle"), Company("halden", "H")))
LAYOFFS = Held(
    GuardResult(Guard.BAD_NEWS, until=date(2026, 12, 1), bad_news=("layoffs",)),
    "oracle",
    "",
    story="s1",
    title="Oracle cuts 120 jobs",
    until=NOW + days(7),
)
HOLD = Hold(3, "oracle", "s1", "Oracle cuts 120 jobs", NOW - days(2))
CHECK_IN = Upcoming("check_in", "check_in:k", date(2026, 12, 4), "oracle", "Renata Kowalczyk")
DECISION = Upcoming("decision_day", "expected:k", date(2026, 12, 18), "oracle")


def rows(*talks: Any, ago: int = 0, **known: Any) -> tuple[CompanyRow, ...]:
    """Return the rows of a morning."""
    workspace = Workspace("/w", CONFIG, talks or (interview(20),))
    return standing.rows(standing.TableGround(workspace, now=NOW - days(ago), **known))


def line(**known: Any) -> str:
    """Return Oracle's row as the Markdown page shows it."""
    text = markdown(Digest(NOW.date(), "x", companies=rows(**known)))
    return next(row for row in text.split("\n") if row.startswith("| Oracle"))


def test_a_row_says_where_it_stands_since_when_and_what_is_next() -> None:
    """After an answer, two weeks later: the weeks ahead in their order."""
    past = History(contacts=(contact(15), contact(14, answer=True)))
    found = line(past=past, plan=Plan(upcoming=(DECISION,)), ahead=(CHECK_IN,))
    assert found == (
        "| Oracle | Renata Kowalczyk answered | 2 weeks ago | Friday 4 December: check-in with "
        "Renata Kowalczyk, if nothing better comes; Friday 18 December: the decision is expected "
        "|  |"
    )


def test_bad_news_stands_there_with_its_end_and_the_way_out() -> None:
    """From the day on which it came; a person's news is named with the person."""
    found = line(past=History(holds=(HOLD,)), plan=Plan(held=(LAYOFFS,)), ahead=(CHECK_IN,))
    assert found.startswith(
        "| Oracle | bad news (layoffs) | Sunday | nothing cheerful before Tuesday 1 December "
        "(`touchpoints release h3` ends it); Friday 4 December: check-in"
    )
    gone = replace(
        LAYOFFS, result=GuardResult(Guard.OF_THE_PERSON, part="leaves"), person="Ada Third"
    )
    said = line(past=History(holds=(replace(HOLD, person="Ada Third"),)), plan=Plan(held=(gone,)))
    assert "| Ada Third seems to leave | Sunday | nothing to Ada Third until you say what" in said
    assert "(`touchpoints release h3` ends it)" in said


def test_a_hold_that_ends_tomorrow_holds_today() -> None:
    """One says "nothing cheerful today", not "before tomorrow"."""
    result = replace(LAYOFFS.result, until=(NOW + days(1)).date())
    found = line(past=History(holds=(HOLD,)), plan=Plan(held=(replace(LAYOFFS, result=result),)))
    assert "| nothing cheerful today (`touchpoints release h3` ends it)" in found


def test_beside_a_last_note_nothing_else_is_suggested() -> None:
    """The row doesn't advise the line that is suggested in it."""
    rejected = Held(GuardResult(Guard.DECIDED, decision="rejected"), "oracle", "")
    assert "nothing more is suggested. A gracious last line" in line(plan=Plan(held=(rejected,)))
    what = replace(planned(interview(1)).suggestions[0], kind="farewell")
    found = line(
        plan=Plan(held=(rejected,), suggestions=(what,)),
        past=History(touchpoints=(touchpoint(what),)),
    )
    assert "a gracious last note to Renata Kowalczyk (1); nothing else is suggested. |" in found


def test_what_is_to_do_today_has_its_number_and_what_was_put_off_its_day() -> None:
    """A suggestion of today comes first; one that was put off is among the steps."""
    suggestion = planned(interview(1)).suggestions[0]
    open_one = touchpoint(suggestion)
    past = History(touchpoints=(open_one,))
    assert "| today: thank-you to Renata Kowalczyk (1) |" in line(
        past=past, plan=Plan(suggestions=(suggestion,))
    )
    later = replace(open_one, status="snoozed", until=NOW + days(9))
    assert "Thursday 3 December: thank-you to Renata Kowalczyk, put off" in line(
        past=History(touchpoints=(later,))
    )


def test_where_nothing_is_planned_the_row_says_why() -> None:
    """Silence after unanswered messages is a plan, too."""
    held = Held(GuardResult(Guard.UNANSWERED, count=3), "oracle", "Renata Kowalczyk")
    sent = tuple(contact(ago) for ago in (30, 20, 10))
    assert "you wrote to Renata Kowalczyk, three messages without an answer" in line(
        past=History(contacts=sent), plan=Plan(held=(held,))
    )
    assert "silence is the kindest message now." in line(plan=Plan(held=(held,)))
    assert "| no news that is worth a message |" in line()


def test_who_answered_is_not_forgotten_when_a_colleague_is_written_to() -> None:
    """Both are said: whose answer is awaited, and who answered."""
    heard = replace(contact(2, answer=True), person="Imran Ali")
    said = line(past=History(contacts=(contact(9), heard, contact(1))))
    assert "you wrote to Renata Kowalczyk, no answer yet; Imran Ali answered" in said


def page_of(ago: int, earlier: tuple[ShownItem, ...] = (), **known: Any) -> tuple[ShownItem, ...]:
    """Return what is remembered after the page of that day."""
    now = NOW - days(ago)
    keys = map(shown.row_key, rows(ago=ago, shown=earlier, **known))
    new = shown.shown_today((), (), CONFIG.settings, now, keys)
    return shown.remembered(earlier, new, now.date())


def changed(earlier: tuple[ShownItem, ...], **known: Any) -> list[str]:
    """Return the companies that are marked today."""
    return [row.company for row in rows(shown=earlier, **known) if row.is_changed]


def test_what_changed_since_the_last_page_is_marked() -> None:
    """Not on the first page; then what is new, and nothing that only grew a day older."""
    plan = Plan(upcoming=(DECISION,))
    assert changed((), plan=plan) == []
    week_ago = page_of(7, plan=plan)
    assert changed(week_ago, plan=plan) == []
    assert changed(week_ago, plan=plan, ahead=(CHECK_IN,)) == ["Oracle"]
    assert changed(week_ago, plan=replace(plan, held=(LAYOFFS,))) == ["Oracle"]
    assert changed(page_of(1, week_ago, ahead=(CHECK_IN,)), plan=plan) == ["Oracle"]


def test_what_waits_to_be_sent_is_new_on_one_day_only() -> None:
    """It is due today again on the next morning: nothing changed."""
    suggestion = planned(interview(1)).suggestions[0]
    waiting = {
        "plan": Plan(suggestions=(suggestion,)),
        "past": History(touchpoints=(touchpoint(suggestion),)),
    }
    assert changed(page_of(1, page_of(2)), **waiting) == ["Oracle"]
    assert changed(page_of(1, **waiting), **waiting) == []


def test_what_changed_after_the_first_page_of_a_day_is_marked_next_morning() -> None:
    """Who reads in the morning has not seen it; made again, today's page says the same."""
    plan = Plan(held=(LAYOFFS,))
    morning = page_of(1)
    evening = page_of(1, morning, plan=plan)
    assert changed(evening, plan=plan) == ["Oracle"]
    today = page_of(0, evening, plan=plan)
    assert changed(today, plan=plan) == ["Oracle"]
    assert changed(page_of(-1, today, plan=plan)[:0], plan=plan) == []
    assert len([item for item in today if item.key.kind == "row"]) == 2


def test_a_pipe_in_a_name_makes_no_column() -> None:
    """Whatever a company is called."""
    row = CompanyRow("Pipe | Sons", "a | b")
    text = markdown(Digest(NOW.date(), "x", companies=(row,)))
    assert r"| Pipe \| Sons | a \| b |  |  |  |" in text
