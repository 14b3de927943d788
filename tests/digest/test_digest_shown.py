"""Nothing is said twice from one day to the next, unless it still matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest import compose, shown, standing
from pipeline.digest.answer_sheet import read_sheet
from pipeline.digest.markdown import markdown
from pipeline.records import (
    Company,
    Config,
    Digest,
    DigestItem,
    DigestSettings,
    Event,
    Guard,
    GuardResult,
    Held,
    Match,
    PersonNews,
    Plan,
    Settings,
    ShownItem,
    ShownKey,
    Story,
    Workspace,
)
from pipeline.run import run
from pipeline.steps.job import RunOptions
from tests.sample_workspace import EMPTY, SampleWorkspace
from tests.touchpoints.world import NOW, days, interview, news, story, touchpoint
from tests.touchpoints.world import plan as planned

TODAY = NOW.date()
SETTINGS = Settings(timezone="UTC", digest=DigestSettings(worth_a_look=2))
CONFIG = Config(SETTINGS, (Company("oracle", "Oracle"), Company("merrin", "Merrin Labs")))
LAYOFFS = Held(
    GuardResult(Guard.BAD_NEWS, until=date(2026, 12, 1), bad_news=("layoffs",)),
    "merrin",
    "",
    story="s1",
    title="Merrin Labs cuts 120 jobs",
    link="https://n.example/1",
    until=NOW + days(7),
)
REJECTED = Held(GuardResult(Guard.DECIDED, decision="rejected"), "oracle", "")


def titles(*matches: Match, earlier: tuple[ShownItem, ...] = (), used: str = "") -> list[str]:
    """Return the stories worth a look, given what was told before."""
    found = shown.worth_a_look({"one": matches}, frozenset({used}), earlier, CONFIG, NOW)
    return [match.story.id for match in found]


def yesterday(*matches: Match) -> tuple[ShownItem, ...]:
    """Return what yesterday's page remembers when it told these."""
    return shown.shown_today(matches, (), SETTINGS, NOW - days(1))


# ------------------------------------------------------------------------------- worth a look


def test_a_story_is_listed_once_over_the_days() -> None:
    """Told yesterday, it makes room for the next best today."""
    one, two, three = news("a", score=0.9), news("b", score=0.8), news("c", score=0.7)
    assert titles(one, two, three) == ["a", "b"]
    assert titles(one, two, three, earlier=yesterday(one)) == ["b", "c"]


def test_the_page_of_the_same_day_says_the_same_again() -> None:
    """What was told this morning is no reason to leave it out at noon."""
    assert titles(news("a"), earlier=shown.shown_today([news("a")], (), SETTINGS, NOW)) == ["a"]


def test_another_outlet_is_no_reason_to_list_a_story_again() -> None:
    """Its copy joins the story; where the fuller copy leads and fits better, it is still known."""
    old = news("a", score=0.4)
    copy = story("copy").lead
    joined = replace(old, story=Story("a", old.story.lead, (copy,)))
    fuller = replace(old, score=0.9, story=Story("a", copy, (old.story.lead,)))
    assert titles(joined, earlier=yesterday(old)) == []
    assert titles(fuller, earlier=yesterday(old)) == []


def test_a_story_that_gained_weight_is_listed_again_once() -> None:
    """New notes meet it: .2 more than when it was told; on the day after it is known again."""
    old, now = news("a", score=0.4), news("a", score=0.61)
    assert titles(news("a", score=0.59), earlier=yesterday(old)) == []
    assert titles(now, earlier=yesterday(old)) == ["a"]
    assert titles(now, earlier=(*yesterday(old), *yesterday(now))) == []


def test_a_story_that_went_with_a_message_is_not_listed() -> None:
    """Suggested, sent or dismissed: the candidate knows it."""
    assert titles(news("a"), used="a") == []


def test_a_story_that_is_held_for_a_person_is_not_listed_again() -> None:
    """It stands above, with what is asked; that somebody wins a prize is worth a look."""
    grave = PersonNews("Ada Third", "leaves", sure=True)
    prize = PersonNews("Ada Third", "prize", sure=True)
    post = replace(news("b"), own_field=("pricing",))
    assert titles(replace(news("a"), people=(grave,)), post) == []
    assert titles(replace(news("a"), people=(prize,))) == ["a"]


def test_nobody_is_written_to_about_a_death_by_a_box() -> None:
    """What else is worth a look has a box for each person."""
    plain = news("a")
    grave = replace(news("b"), events=(Event("death", sensitive=True, words=("dies",)),))
    people = {"oracle": ("Renata Kowalczyk",)}
    listed = compose.compose(
        CONFIG, compose.Contents(Plan(), reading=(plain, grave), people=people), NOW
    ).worth_a_look
    assert [item.people for item in listed] == [("Renata Kowalczyk",), ()]


def test_a_story_that_is_dated_ahead_is_from_today() -> None:
    """A feed may be a day ahead of the reader."""
    contents = compose.Contents(Plan(), reading=(news("a", ago=-1),))
    assert (
        compose.compose(CONFIG, contents, NOW).worth_a_look[0].source
        == "News Wire (news.example), today"
    )


# -------------------------------------------------------------------------- held back, decided


def held(*items: Held, earlier: tuple[ShownItem, ...] = ()) -> tuple[DigestItem, ...]:
    """Return what the page says of what is held back."""
    contents = compose.Contents(Plan(held=items), holds={("merrin", "s1", ""): 1}, shown=earlier)
    return compose.compose(CONFIG, contents, NOW).held


def test_bad_news_is_told_in_full_on_its_first_day_and_then_stands_in_the_table() -> None:
    """There is no sentence about it every day."""
    (first,) = held(LAYOFFS)
    assert (first.title, first.link) == (LAYOFFS.title, LAYOFFS.link)
    assert "Otherwise: wait." in first.advice
    assert held(LAYOFFS, earlier=shown.shown_today((), [LAYOFFS], SETTINGS, NOW - days(1))) == ()


def test_more_bad_news_is_told_in_full() -> None:
    """The new story stands there, though an older one holds longer."""
    new = replace(LAYOFFS, story="s2", title="Merrin Labs is sued", until=NOW + days(3))
    earlier = shown.shown_today((), [LAYOFFS], SETTINGS, NOW - days(1))
    (item,) = held(LAYOFFS, new, earlier=earlier)
    assert item.title == "Merrin Labs is sued"
    assert "One more story holds as well." in item.text


def test_of_a_person_the_page_asks_once_and_holds_on() -> None:
    """On the first day a question and the whole; then it stands in the table."""
    grave = replace(
        LAYOFFS, result=GuardResult(Guard.OF_THE_PERSON, part="leaves"), person="Ada Third"
    )
    earlier = shown.shown_today((), [grave], SETTINGS, NOW - days(1))
    plan, holds = Plan(held=(grave,)), {grave.key: 3}
    first = compose.compose(CONFIG, compose.Contents(plan, holds=holds), NOW)
    second = compose.compose(CONFIG, compose.Contents(plan, holds=holds, shown=earlier), NOW)

    assert first.questions == (
        "What is to become of your messages to Ada Third? Ada Third seems to leave. Nothing goes "
        "to Ada Third until you have said what to do.",
    )
    assert "To go on as before: `touchpoints release h3`. If it is about" in first.held[0].advice
    assert (second.questions, second.held) == ((), ())


def test_a_namesake_and_a_warning_are_told_once() -> None:
    """They hold nothing back; each story is an item of its own."""
    perhaps = replace(
        LAYOFFS, result=GuardResult(Guard.PERHAPS_THE_PERSON, part="prize"), person="Ada Third"
    )
    warning = replace(LAYOFFS, result=GuardResult(Guard.OWN_FIELD, field=("pricing",)), story="s2")
    earlier = shown.shown_today((), [perhaps, warning], SETTINGS, NOW - days(1))
    first = compose.compose(CONFIG, compose.Contents(Plan(held=(perhaps, warning))), NOW)

    assert first.questions == (f"Is this Ada Third? “{LAYOFFS.title}”",)
    assert [item.holds for item in first.held] == [(), ()]
    assert held(perhaps, warning, earlier=earlier) == ()


def test_a_decision_is_named_for_a_week_and_not_for_ever() -> None:
    """Each morning of a week; then neither a row nor a picture; a new status is news."""
    memory: tuple[ShownItem, ...] = ()
    for number in range(300):
        now = NOW + days(number)
        ground = standing.TableGround(
            Workspace("/w", CONFIG), plan=Plan(held=(REJECTED,)), shown=memory, now=now
        )
        assert (len(standing.rows(ground)) == 1) == (number < 7), number
        assert compose.is_known(REJECTED, memory, now.date()) == (number >= 7)
        memory = shown.remembered(
            memory, shown.shown_today((), [REJECTED], SETTINGS, now), now.date()
        )
    offer = replace(REJECTED, result=GuardResult(Guard.DECIDED, decision="offer"))
    assert not compose.is_known(offer, memory, (NOW + days(300)).date())
    assert len(memory) <= 102  # 101 days, and that there is a page of today


DAYS = st.integers(-120, 120).map(lambda number: TODAY + timedelta(days=number))
KEYS = st.sampled_from([ShownKey("story", "a"), ShownKey("story", "b")])
TOLD = st.lists(st.builds(ShownItem, DAYS, KEYS, st.floats(0, 1)))


@given(TOLD.map(tuple), DAYS)
def test_making_a_page_again_changes_nothing(earlier: tuple[ShownItem, ...], today: date) -> None:
    """Whatever was told, on whatever days: the second run of a day sees what the first saw."""
    now = NOW + (today - TODAY)
    matches = {"one": (replace(news("a"), story=story("a", ago=-200)), news("b", ago=-200))}
    first = shown.worth_a_look(matches, frozenset(), earlier, CONFIG, now)
    kept = shown.remembered(earlier, shown.shown_today(first, (), SETTINGS, now), today)
    again = shown.worth_a_look(matches, frozenset(), kept, CONFIG, now)
    if not any(item.day == today or item.day < today - days(100) for item in earlier):
        assert again == first
    assert (
        shown.remembered(kept, shown.shown_today(again, (), SETTINGS, now), today) == kept
        or again != first
    )


# ------------------------------------------------------------------------------ a morning reader


HOURS = st.lists(st.integers(0, 24 * 4 - 1), min_size=1, max_size=8)


@given(HOURS, st.sampled_from([1, 2, 3, 5]))
def test_a_reader_at_eight_sees_everything_of_the_day_before(came: list[int], every: int) -> None:
    """Whenever a story comes and however often the program runs, the next morning's page has it."""
    begin = NOW.replace(hour=0, minute=0)
    at = {f"s{number}": begin + timedelta(hours=hour) for number, hour in enumerate(came)}
    roomy = replace(
        SETTINGS, digest=DigestSettings(worth_a_look=50, of_one_source=50, of_one_subject=50)
    )
    memory: tuple[ShownItem, ...] = ()
    read: dict[date, set[str]] = {}
    for hour in range(6, 24 * 5 + 9):  # from 6 o'clock on, as `not_before` has it
        now = begin + timedelta(hours=hour)
        if now.hour < 6 or (now.hour != 8 and now.hour % every):
            continue
        there = {
            "one": [
                news(name, (NOW - on).total_seconds() / 86_400)
                for name, on in at.items()
                if on <= now
            ]
        }
        reading = shown.worth_a_look(there, frozenset(), memory, Config(roomy), now)
        new = shown.shown_today(reading, (), roomy, now)
        memory = shown.remembered(memory, new, now.date())
        if now.hour == 8:
            read[now.date()] = {match.story.id for match in reading}
    for name, on in at.items():
        morning = on.replace(hour=8)
        morning += timedelta(days=on > morning)
        assert name in read[morning.date()]


def test_bad_news_of_the_afternoon_is_told_in_full_next_morning() -> None:
    """The page of the morning did not have it; on the day after that it is a line."""
    memory: tuple[ShownItem, ...] = ()
    for hours, held_news in ((0, ()), (7, (LAYOFFS,)), (24, (LAYOFFS,))):
        now = NOW + timedelta(hours=hours)
        before, memory = (
            memory,
            shown.remembered(memory, shown.shown_today((), held_news, SETTINGS, now), now.date()),
        )
    assert not shown.is_shown(before, shown.held_key(LAYOFFS), (NOW + days(1)).date())
    assert shown.is_shown(memory, shown.held_key(LAYOFFS), (NOW + days(2)).date())


def test_the_first_line_tells_today_from_tomorrow() -> None:
    """What is due on Monday is nothing to do on a Sunday."""
    sunday = date(2026, 11, 29)
    monday, friday = sunday + timedelta(days=1), sunday + timedelta(days=5)
    lines = [
        compose.headline(sunday, due).partition(": ")[2]
        for due in ([sunday, sunday], [monday], [friday, friday], [sunday, friday, monday], [])
    ]
    assert lines == [
        "two things to do",
        "nothing to do today, one thing tomorrow",
        "nothing to do today, two things from Friday 4 December on",
        "one thing to do today, two things tomorrow",
        "nothing worth sending today",
    ]


# --------------------------------------------------------------------------------- suggestions


def test_a_suggestion_that_nobody_answers_stands_in_full_for_three_mornings() -> None:
    """Then it is a line; another wording stands in full again."""
    item = touchpoint(planned(interview(1)).suggestions[0])
    memory: tuple[ShownItem, ...] = ()
    since = []
    for number in range(5):
        now = NOW + days(number)
        contents = compose.Contents(touchpoints=(item,), shown=memory)
        (entry,) = compose.compose(CONFIG, contents, now).entries
        since.append(entry.since)
        new = shown.shown_today((), (), SETTINGS, now, [shown.card_key(item)])
        memory = shown.remembered(memory, new, now.date())
    assert since == ["", "", "", "Tuesday 24 November", "Tuesday 24 November"]
    text = markdown(Digest(NOW.date(), "x", entries=(entry,)))
    line = "Unchanged since Tuesday 24 November; `touchpoints draft 1` shows the message."
    assert f"{line}\n\n- [ ] sent (no. 1)\n" in text
    assert "> Subject" not in text
    (ticked,) = read_sheet(
        text.replace("[ ] sent", "[x] sent"), Digest(NOW.date(), "x", entries=(entry,))
    ).answers
    assert (ticked.ticked, ticked.doubt, ticked.draft) == (("sent",), "", None)
    edited = replace(item, edited=replace(item.draft, body="In my own words."))
    assert shown.waits_since(edited, memory, (NOW + days(5)).date()) is None


STORY = (
    "<item><title>Halden Freight opens a harbour in {place}</title>"
    "<link>https://n.example/{place}</link><pubDate>Tue, 24 Nov 2026 06:00:00 GMT</pubDate>"
    "<description>The harbour in {place} is for noisy trucks.</description></item></channel>"
)


@pytest.mark.parametrize("watched", [True, False])
def test_what_a_second_run_of_the_day_adds_comes_again_if_nobody_watched(
    tmp_path: Path, watched: bool
) -> None:
    """A story of the afternoon was read by who started the run, not by who reads in the morning."""
    desk = SampleWorkspace(tmp_path)
    page = EMPTY.replace("</channel>", STORY.format(place="Moss"))
    (tmp_path / "empty.xml").write_text(page, "utf-8")
    hours = timedelta(hours=5)
    added = run(desk.root, NOW + hours, RunOptions(early=watched)).digest
    assert [item.title for item in added.worth_a_look] == ["Halden Freight opens a harbour in Moss"]
    run(desk.root, NOW + 2 * hours)  # by the schedule: nothing is new
    assert bool(desk.run(NOW + days(1)).digest.worth_a_look) is not watched
