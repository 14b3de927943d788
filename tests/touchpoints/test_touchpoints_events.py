"""One event is one thing to write about, one hold, and one place on the page."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

from pipeline.digest import shown
from pipeline.records import Config, Guard, Hold, Match, NoteLine, Settings, Verdict
from pipeline.relevance import tellings
from pipeline.text import publishers
from tests.touchpoints.world import (
    FILE,
    IMRAN,
    NOW,
    RENATA,
    contact,
    days,
    interview,
    kinds,
    layoffs,
    news,
    own_news,
    past,
    plan,
    story,
)

ONE = {"n1": "n1", "n2": "n1", "bad": "n1"}  # the event of each story


def one_event(*matches: Match) -> tuple[Match, ...]:
    """Return the matches as tellings of one event, which is called after the story n1."""
    return tellings.joined(matches, ONE)


def second(ago: float = 0.4) -> Match:
    """Return the same event in another paper's words, found by another line."""
    other = story("n2", "A new works in Ohio for the software maker", ago)
    line = NoteLine(FILE, 18, "angle", "built two plants in Ohio")
    match = news("n2", ago, story=replace(other, lead=replace(other.lead, source="Post")))
    return replace(match, skill=replace(match.skill, note=line) if match.skill else None)


def test_the_second_telling_of_what_was_sent_is_not_offered() -> None:
    """Another paper's words for the same event are no news to somebody who got the first."""
    sent = past("contribution", "x", "sent", 20, "n1")
    here = interview(40)
    alone = plan(here, matches=(second(),), contacts=(contact(20),), touchpoints=(sent,))
    told = plan(
        here, matches=one_event(news(), second()), contacts=(contact(20),), touchpoints=(sent,)
    )
    assert [item.reference.story for item in alone.suggestions] == ["n2"]
    assert not {"contribution", "check_in"} & set(kinds(told))


def test_one_event_serves_one_message_at_a_company() -> None:
    """Of two interviewers only one gets it, in whichever telling."""
    here = interview(0.5, people=(RENATA, IMRAN), lines=())
    tidbits = [
        replace(match, kind="tidbit", for_people=(match.best,)) if match.best else match
        for match in (news(), second())
    ]
    told = plan(here, matches=one_event(*tidbits), now=NOW)
    assert kinds(told) == ["thank_you", "thank_you"]
    assert sum(bool(item.reference.story) for item in told.suggestions) == 1
    apart = plan(here, matches=tuple(tidbits), now=NOW)
    assert sum(bool(item.reference.story) for item in apart.suggestions) == 2


def test_a_suggestion_keeps_its_story_when_a_better_telling_comes() -> None:
    """Else the suggestion would change from one run to the next."""
    here, talked = interview(40), (contact(20),)
    first = plan(here, matches=(news(),), contacts=talked).suggestions[0]
    open_one = replace(past("contribution", "x", "suggested", 0.1), suggestion=first)
    better = replace(second(), score=0.95)
    told = plan(here, matches=one_event(news(), better), contacts=talked, touchpoints=(open_one,))
    assert [item.key for item in told.suggestions] == [first.key]


def test_a_message_names_who_else_tells_it() -> None:
    """The page can say that several papers have it."""
    told = plan(interview(40), matches=one_event(news(), second()), contacts=(contact(20),))
    assert told.suggestions[0].reference.told_by == ("Post, by way of news.example",)


def test_a_message_keeps_for_what_kind_of_good_news_it_was_cited() -> None:
    """The answer to it teaches about that kind; news that are merely harmless teach about none."""
    here, talked = interview(40), (contact(20),)
    for tone, kind in (("good", "opening"), ("neutral", "")):
        match = replace(news(), verdict=Verdict(tone, "opening", 1.2))  # type: ignore[arg-type]
        (told,) = plan(here, matches=(match,), contacts=talked).suggestions
        assert told.reference.news == kind


def test_a_cheerful_telling_of_bad_news_is_bad_news() -> None:
    """The worst verdict of its tellings is the event's: nothing cheerful goes out with any."""
    told = one_event(news(), layoffs())
    assert [match.sensitive for match in told] == [True, True]
    assert [match.shown for match in told] == [False, False]
    assert "bad news" in told[0].reason
    assert kinds(plan(interview(40), matches=told, contacts=(contact(20),))) == []
    assert [match.sensitive for match in tellings.joined((news(), layoffs()), {})] == [False, True]


def test_an_event_is_one_hold_until_its_last_telling_is_old() -> None:
    """The reaction of a day later prolongs the hold and is no second one."""
    told = plan(interview(40), matches=one_event(layoffs(3), news("n2", 1)))
    held = [item for item in told.held if item.is_bad_news]
    assert [item.story for item in held] == ["n1"]
    alone = plan(interview(40), matches=(layoffs(3),)).held
    ends = [item.until for item in alone if item.is_bad_news]
    assert held[0].until and ends[0] and held[0].until - ends[0] == days(2)
    assert held[0].result.bad_news == ("layoffs",)


def test_a_released_event_stays_released_when_more_is_told() -> None:
    """Whoever said that it is no bad news is not asked again about another paper's words."""
    hold = Hold(1, "oracle", "n1", "Oracle cuts jobs", NOW - days(2), released=NOW - days(1))
    told = plan(interview(40), matches=one_event(layoffs(3), news("n2", 1)), holds=(hold,))
    assert not [item for item in told.held if item.guard is Guard.BAD_NEWS]


def test_a_line_is_offered_once_at_a_company() -> None:
    """What the candidate can do was said: the next contribution there offers another line."""
    here, match = interview(40), news()
    assert match.skill
    sent = past("contribution", "x", "sent", 20, "other")
    reference = replace(sent.suggestion.reference, note=match.skill.note)
    sent = replace(sent, suggestion=replace(sent.suggestion, reference=reference))
    talked = (contact(20),)
    assert "contribution" not in kinds(
        plan(here, matches=(match,), contacts=talked, touchpoints=(sent,))
    )
    read = past("tidbit", "y", "sent", 15, "boat")
    other_line = plan(here, matches=(second(),), contacts=talked, touchpoints=(sent, read))
    assert kinds(other_line) == ["contribution"]
    running = plan(here, matches=(second(),), contacts=talked, touchpoints=(sent,))
    assert kinds(running) == ["check_in"]  # twice running reads like one letter
    gone = replace(sent, status="dismissed")
    again = plan(here, matches=(match,), contacts=talked, touchpoints=(gone,))
    assert kinds(again) == ["contribution"]


def test_an_event_takes_one_place_among_what_is_worth_a_look() -> None:
    """Eight papers on one thing are one line, and none of them once one went with a message."""
    told = {FILE: one_event(news(), replace(second(), score=0.7))}
    looked = shown.worth_a_look(told, frozenset(), (), Config(Settings()), NOW)
    assert [match.story.id for match in looked] == ["n1"]
    assert publishers.others_of(looked[0]) == ("Post, by way of news.example",)
    assert not shown.worth_a_look(told, frozenset({"n2"}), (), Config(Settings()), NOW)
    before = shown.shown_today(looked, (), Settings(), NOW - days(1))
    later = {FILE: tellings.joined((second(),), ONE)}
    assert not shown.worth_a_look(later, frozenset(), before, Config(Settings()), NOW)


def test_what_is_delicate_in_one_telling_is_so_in_all() -> None:
    """One paper says that Renata leaves, the other only what opens: none goes to Imran."""
    leaving = replace(own_news("leaves"), shown=True)
    other = replace(news("n2"), shown=True)
    same = {leaving.story.id: "e", other.story.id: "e"}
    here = interview(10, people=(RENATA, IMRAN))
    contacts = (contact(9), contact(9, person=IMRAN.name))

    def offered(*matches: Match) -> set[str]:
        found = plan(here, matches=matches, contacts=contacts).suggestions
        return {item.reference.story for item in found} - {""}

    assert offered(leaving, other) == {"n2"}
    assert offered(*tellings.joined((leaving, other), same)) == set()


def test_a_flood_of_tellings_takes_no_square_of_the_time() -> None:
    """Each names a hundred others at most, at first one of each publisher."""

    def tellings_of(count: int) -> tuple[tuple[Match, ...], float]:
        many = [news(f"n{number}") for number in range(count)]
        rare = news("z", story=replace(story("z"), lead=replace(story("z").lead, feed="rare")))
        found, begun = (*many, rare), process_time()
        events = dict.fromkeys((match.story.id for match in found), "event")
        alone = lambda stories: "/".join(sorted({one.lead.feed for one in stories}))  # noqa: E731
        return tellings.joined(found, events, alone), process_time() - begun

    (few, little), (many, much) = (
        min((tellings_of(count) for _ in range(3)), key=lambda one: one[1])  # what else is at work
        for count in (500, 4_000)
    )
    assert much < 24 * little  # eight times as many: the square would be 64
    assert all(len(match.told_by) <= 101 for match in many)
    assert "z" in {one.id for one in many[0].told_by}
    assert len(few) == 501 and few[0].story.id == "n0"
