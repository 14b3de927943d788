"""The guards: what holds a message back, until when, and the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.records import (
    Company,
    Config,
    Contact,
    Event,
    Guard,
    History,
    Hold,
    Match,
    Mention,
    NoteLine,
    PaceSettings,
    Person,
    Reference,
    Settings,
    Touchpoint,
    Verdict,
    Workspace,
)
from pipeline.text.calendar import country_of
from pipeline.text.guard_words import advice_on
from pipeline.text.reasons import reason_text
from pipeline.touchpoints.outcomes import outcomes
from pipeline.touchpoints.pace import whose_holidays
from tests.touchpoints.world import (
    ANGLE,
    BOAT,
    FILE,
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
    story,
    tidbit,
    touchpoint,
)

# ------------------------------------------------------------------------------- how often

ORACLE = Workspace("/", Config(Settings(), (Company("oracle", "Oracle"),)))


def test_the_cool_down_ends_in_the_morning_of_its_day() -> None:
    """Written on a Tuesday afternoon: on the next Tuesday at eight it is over."""
    wrote = replace(contact(0), at=datetime(2026, 11, 17, 16, 30, tzinfo=UTC))

    assert kinds(plan(interview(ago=10), matches=(news(),), contacts=(wrote,))) == ["contribution"]
    day_before = plan(
        interview(ago=10), matches=(news(ago=2),), contacts=(wrote,), now=NOW - days(1)
    )
    assert kinds(day_before) == []


def test_three_messages_a_month_are_enough() -> None:
    """Each was answered, so nothing is stretched: the fourth within 30 days still waits."""
    wrote = tuple(contact(ago, answer=answer) for ago in (29, 20, 10) for answer in (False, True))

    found = plan(interview(ago=30), matches=(news(),), contacts=wrote)
    later = plan(interview(ago=30), matches=(news(),), contacts=wrote, now=NOW + days(2))

    assert (kinds(found), kinds(later)) == ([], ["contribution"])
    held = next(item for item in found.held if item.guard is Guard.MONTHLY_BUDGET)
    assert said(held).startswith("Three messages to Renata Kowalczyk in 30 days are enough")


def test_what_was_sent_today_counts_for_the_budget_of_the_day() -> None:
    """Five were sent this morning: the page does not fill up again."""
    people = tuple(replace(RENATA, name=f"Person {n}") for n in range(7))
    sent = tuple(
        replace(contact(0, person=person.name), touchpoint=number)
        for number, person in enumerate(people[:5], 1)
    )

    found = plan(interview(people=people), contacts=sent)

    assert found.suggestions == ()
    assert [item.guard for item in found.held] == ["daily budget", "daily budget"]


def test_a_wrong_company_quiets_nothing() -> None:
    """The mistake was ours: the next contribution may come at once."""
    wrong = past("contribution", "x", "dismissed", 1, story="n0")
    found = plan(
        interview(ago=30),
        matches=(news(),),
        touchpoints=(replace(wrong, because="wrong-company"),),
        contacts=(contact(29),),
    )

    assert kinds(found) == ["contribution"]


@pytest.mark.parametrize(
    ("because", "goes"),
    [("that is Imran's hobby", True), ("SHEIKH", True), ("not now, too busy", False)],
)
def test_a_story_for_a_colleague_quiets_nothing(because: str, goes: bool) -> None:
    """Dismissed in words of one's own that name him: the next story may come at once."""
    two = interview(ago=30, people=(RENATA, Person("Imran Sheikh")))
    wrong = past("tidbit", "x", "dismissed", 1, story="n0")
    found = plan(
        two,
        matches=(tidbit(),),
        touchpoints=(replace(wrong, because=because),),
        contacts=(contact(29),),
    )
    assert (kinds(found) == ["tidbit"]) is goes


def test_the_last_message_before_silence_is_kept_for_the_question() -> None:
    """Two are unanswered and the day is to come: no check-in uses up the third."""
    item = interview(ago=60, decision_expected=date(2027, 1, 15))
    found = plan(item, contacts=(contact(59), contact(50)))

    assert kinds(found) == []
    assert guards(found) >= {"kept for the question"}


def test_a_dismissed_question_does_not_count_as_asked() -> None:
    """Dismissed once, sent once: it may be sent once more."""
    item = interview(ago=40, decision_expected=date(2026, 11, 2))
    key = f"decision:{FILE}:{RENATA.name}:2026-11-02"
    dismissed = past("decision", f"{key}:1", "dismissed", 17)
    sent = past("decision", f"{key}:2", "sent", 8)

    found = plan(item, touchpoints=(dismissed, sent), contacts=(contact(8),))

    assert kinds(found) == ["decision"]


def test_another_day_named_is_another_question() -> None:
    """Asked twice about 2 November; they named the 20th, so the 20th may be asked about."""
    item = interview(ago=60, decision_expected=date(2026, 11, 20))
    old = f"decision:{FILE}:{RENATA.name}:2026-11-02"
    asked = (past("decision", f"{old}:1", "sent", 20), past("decision", f"{old}:2", "answered", 12))

    found = plan(item, touchpoints=asked, contacts=(contact(20), contact(12, answer=True)))

    assert kinds(found) == ["decision"]


def test_after_their_answer_about_the_day_the_signs_of_life_go_on() -> None:
    """They wrote that it takes longer: no question, and a check-in after the gap."""
    item = interview(ago=40, decision_expected=date(2026, 11, 2))

    found = plan(item, contacts=(contact(39), contact(22, answer=True)))

    assert kinds(found) == ["check_in"]


# --------------------------------------------------------------------------------- which story


@pytest.mark.parametrize(
    "sent",
    [
        {"link": "https://news.example/n1"},
        {"title": "Oracle opens a plant in Ohio today"},
        {"story": "n1"},
    ],
)
def test_a_story_that_came_back_under_another_id_is_known(sent: dict[str, str]) -> None:
    """The same link, the same title or the same id: it was sent before."""
    before = past("contribution", "x", "sent", 30)
    before = replace(before, suggestion=replace(before.suggestion, reference=Reference(**sent)))
    match = news(story=story("n1", "Oracle opens a plant in Ohio today"))

    found = plan(
        interview(ago=40), matches=(match,), touchpoints=(before,), contacts=(contact(30),)
    )

    assert kinds(found) in ([], ["check_in"])
    assert [item.reference.story for item in found.suggestions] in ([], [""])


def test_a_story_sent_to_a_colleague_is_sent_to_nobody_else_there() -> None:
    """They talk to each other."""
    before = past("contribution", "x", "sent", 30, story="n1")
    other = replace(before, suggestion=replace(before.suggestion, person="Imran Sheikh"))

    found = plan(
        interview(ago=40), matches=(news(),), touchpoints=(other,), contacts=(contact(30),)
    )

    assert "contribution" not in kinds(found)


# -------------------------------------------------------------------------------- bad news


def test_a_hold_that_the_user_released_holds_nothing() -> None:
    """The alarm was false: the contribution may go."""
    hold = Hold(1, "oracle", "bad", "Oracle cuts jobs", NOW, released=NOW)
    matches = (news(), layoffs())

    held = plan(interview(ago=10), matches=matches, contacts=(contact(9),))
    released = plan(interview(ago=10), matches=matches, contacts=(contact(9),), holds=(hold,))

    assert (kinds(held), kinds(released)) == ([], ["contribution"])
    assert "sensitive news" not in guards(released)


def test_why_bad_news_holds_nothing_is_told_apart() -> None:
    """Its time is over, with its day; or the user released it; or it is usual there."""

    def told(bad: Match, *holds: Hold, more: tuple[Match, ...] = ()) -> str:
        past = History(holds=holds)
        found = plan(interview(ago=10), matches=(bad, *more), holds=holds)
        return outcomes(bad, found, past, ORACLE, NOW)[0].removeprefix("It holds nothing else back")

    released = Hold(1, "oracle", "bad", "Oracle cuts jobs", NOW - days(9), released=NOW - days(1))
    assert told(layoffs(20)) == ": its time (layoffs) was over 6 days ago."
    assert told(layoffs(1), released) == ": you released it yesterday (h1)."
    stories = [story(f"s{ago}", ago=ago) for ago in range(1, 6)]
    suits = [
        replace(
            layoffs(),
            story=replace(one, others=(replace(one.lead, feed="https://other.example"),)),
            verdict=Verdict("bad", "lawsuit", -1.0),
        )
        for one in stories
    ]
    assert told(suits[1], more=(suits[0], *suits[2:])) == ": such news is usual there."


def test_a_hold_never_names_today_as_its_end() -> None:
    """Layoffs of a Tuesday evening hold for two weeks, and are over on Tuesday morning."""
    evening = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)
    bad = layoffs()
    lead = replace(bad.story.lead, published=evening)
    bad = replace(bad, story=replace(bad.story, lead=lead))

    monday = plan(interview(ago=10), matches=(bad,), contacts=(contact(9),), now=NOW - days(1))
    tuesday = plan(interview(ago=10), matches=(bad,), contacts=(contact(9),))

    assert "before Tuesday 24 November" in said(monday.held[0])
    assert "sensitive news" not in guards(tuesday)


def test_a_thank_you_says_why_no_story_goes_with_it() -> None:
    """A tidbit was there, and bad news: the reason names both."""
    (thanks,) = plan(interview(), matches=(layoffs(), tidbit())).suggestions

    why = reason_text(thanks.reason, NOW.date())
    assert why.endswith("No story with it: bad news about Oracle (layoffs).")


def test_what_is_usual_for_a_company_holds_nothing() -> None:
    """In the papers for a lawsuit on five days of fourteen: told in one line, and nothing waits."""
    stories = [story(f"s{ago}", ago=ago) for ago in range(1, 6)]
    others = [replace(one.lead, feed="https://other.example") for one in stories]
    lawsuits = tuple(
        replace(
            layoffs(),
            story=replace(one, others=(other,)),
            verdict=Verdict("bad", "lawsuit", -1.0),
        )
        for one, other in zip(stories, others, strict=True)
    )
    thanked = (contact(9),)

    four = plan(interview(ago=10), matches=(news(), *lawsuits[:4]), contacts=thanked)
    five = plan(interview(ago=10), matches=(news(), *lawsuits), contacts=thanked)
    grave = plan(interview(ago=10), matches=(news(), *lawsuits, layoffs()), contacts=thanked)

    assert [kinds(found) for found in (four, five, grave)] == [[], ["contribution"], []]
    (usual,) = [item for item in five.held if not item.person]
    assert usual.guard is Guard.USUAL_BAD_NEWS
    assert said(usual).startswith("Five stories of the kind that Oracle is in the papers for")


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("death", "sympathy"),
        ("layoffs", "kinder than any template"),
        ("lawsuit", "Do nothing"),
        ("hiring freeze", "moves a decision by months"),
        ("takeover", "count on weeks more"),
    ],
)
def test_the_advice_fits_the_news(kind: str, advice: str) -> None:
    """A death asks for sympathy, layoffs for a line of one's own, a lawsuit for silence."""
    bad = replace(layoffs(), verdict=Verdict("bad", kind, -2.0))

    assert advice in advice_on(plan(interview(ago=10), matches=(bad,)).held[0])


# ------------------------------------------------------------------------------ days and hours


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Paris", "FR"), ("America/New_York", "US"), ("Asia/Kolkata", "IN"), ("UTC", "")],
)
def test_a_time_zone_tells_the_country(zone: str, country: str) -> None:
    """Whose holidays are kept is known without being asked."""
    assert country_of(zone) == country


@pytest.mark.parametrize(
    ("setting", "company", "person", "kept"),
    [
        ("", Company("a", "A"), Person("P"), "DE"),  # the user's own zone
        ("FR", Company("a", "A"), Person("P"), "FR"),
        ("FR", Company("a", "A", timezone="Europe/Oslo"), Person("P"), "NO"),
        ("FR", Company("a", "A", holidays="DE-BY"), Person("P", timezone="Asia/Tokyo"), "DE-BY"),
        ("FR", Company("a", "A"), Person("P", timezone="Asia/Tokyo"), "JP"),
        ("none", Company("a", "A"), Person("P"), ""),
        ("FR", Company("a", "A", holidays="none"), Person("P"), ""),
    ],
)
def test_the_recipients_place_decides_about_holidays(
    setting: str, company: Company, person: Person, kept: str
) -> None:
    """What is written for the company, else the person's or company's zone, else the rest."""
    pace = PaceSettings(holidays=setting)
    assert whose_holidays(pace, company, person, "Europe/Berlin") == kept


def test_a_message_falls_due_in_office_hours_at_the_recipients_place() -> None:
    """At 8:00 UTC it is 17:00 in Tokyo and 3:00 in New York."""
    tokyo = replace(RENATA, timezone="Asia/Tokyo")
    new_york = replace(RENATA, timezone="America/New_York")

    (soon,) = plan(interview(people=(tokyo,))).suggestions
    (later,) = plan(interview(people=(new_york,))).suggestions

    assert soon.due == NOW
    assert later.due == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # nine in New York


def test_what_is_due_stays_due_on_its_day() -> None:
    """Suggested on Tuesday and not answered: on Thursday it is still due since Tuesday."""
    (first,) = plan(interview(ago=30), contacts=(contact(22),)).suggestions
    again = plan(
        interview(ago=30),
        contacts=(contact(22),),
        touchpoints=(touchpoint(first),),
        now=NOW + days(2),
    )

    assert [item.due for item in again.suggestions] == [first.due]


# ----------------------------------------------------------------------------- what became of it


def test_a_story_that_fits_says_what_became_of_it() -> None:
    """Suggested, sent, held by the cool-down, too old, nothing to offer: a sentence each."""
    item, match = interview(ago=20), news()
    done = touchpoint(plan(item, matches=(match,), contacts=(contact(19),)).suggestions[0], "sent")
    thanked, cooling = (contact(19),), (contact(19), contact(2))

    def told(
        match: Match = match,
        contacts: tuple[Contact, ...] = thanked,
        touchpoints: tuple[Touchpoint, ...] = (),
    ) -> str:
        found = plan(item, matches=(match,), contacts=contacts, touchpoints=touchpoints)
        past = History(touchpoints, contacts)
        became = outcomes(match, found, past, ORACLE, NOW)
        return " ".join(became)

    assert told(touchpoints=(replace(done, status="suggested"),)) == (
        "Suggested for Renata Kowalczyk: number 1."
    )
    assert told(touchpoints=(done,)) == "Sent to Renata Kowalczyk yesterday: number 1."
    assert "(cool-down)" in told(contacts=cooling)
    assert told(news(ago=12)).startswith("Older than 10 days")
    assert "nothing to offer" in told(news(skill=None))
    assert told(news(shown=False, reason="below the line")) == ""
    assert "does not name the company" in told(news(mention=Mention("about", 1.0, ("Oracle",))))
    assert "too sad or sour" in told(tidbit(story=story("t", "Ocean racing boat: skipper hurt")))


# ------------------------------------------------------------------------------------------- tact


@pytest.mark.parametrize(
    ("note", "title", "events", "sent"),
    [
        (BOAT, "Solo sailor rounds the Horn", (), True),
        (BOAT, "Racing boat loses its keel", (), False),
        (BOAT, "Standings after leg eleven", (), False),
        (BOAT, "Harbour said no to new moorings", (), False),
        (BOAT, "Boat show in Lyon: the exhibitors", (), False),
        (BOAT, "Results of a winter in the yard that nobody expected", (), True),
        (BOAT, "Solo sailor rounds the Horn", ("lawsuit",), False),
        (SUITES, "Vendor sued over a takeover", ("lawsuit",), True),
        (SUITES, "Two die in takeover riot", ("death",), False),
        (replace(SUITES, text="between us: the takeover is off"), "A takeover", (), False),
        (
            replace(SUITES, text="the takeover is off, das behalte ich für mich"),
            "A deal",
            (),
            False,
        ),
    ],
)
def test_only_what_they_would_be_glad_of_is_sent_to_read(
    note: NoteLine, title: str, events: tuple[str, ...], sent: bool
) -> None:
    """For pleasure nothing sour; for the work a lawsuit of others; never a death or a secret."""
    bad = tuple(Event(kind, sensitive=True) for kind in events)
    match = tidbit(note=note, story=story("t1", title), events=bad)

    (thanks,) = plan(interview(), matches=(match,)).suggestions

    assert bool(thanks.reference.story) == sent


def test_a_contribution_needs_news_that_is_theirs() -> None:
    """A title without their name, from somebody else's feed, is no news to write to them about."""
    unnamed = news(mention=Mention("about", 1.0, ("Oracle",)))

    found = plan(interview(ago=10), matches=(unnamed,), contacts=(contact(9),))
    assert "contribution" not in kinds(found)


def test_news_that_begin_with_a_no_to_them_are_in_no_message() -> None:
    """The headline may be a jest: "Mill keeps its pigeons"."""
    refused = replace(news().story, lead=replace(news().story.lead, text="Planners said no to it."))
    past = "They had been told off for it in autumn."  # what was before is no news
    over = replace(news().story, lead=replace(news().story.lead, text=past))
    cases = ((news(), True), (news(story=refused), False), (news(story=over), True))
    for told, is_cited in cases:
        found = plan(interview(ago=10), matches=(told,), contacts=(contact(9),))
        assert ("contribution" in kinds(found)) is is_cited


def test_what_the_notes_ask_not_to_mention_is_in_no_message() -> None:
    """And `why` says so; a story of something else goes."""
    avoided = replace(SUITES, section="other", text="the plant", avoided="the plant")
    item = interview(ago=20, lines=(BOAT, ANGLE, avoided))
    opens, offices = news(), news("n2")
    offices = replace(offices, story=story("n2", "Oracle opens an office"))
    found = plan(item, matches=(opens,), contacts=(contact(19),))
    other = plan(item, matches=(offices,), contacts=(contact(19),))
    workspace = replace(ORACLE, interviews=(item,))

    assert "contribution" not in [one.kind for one in found.suggestions]
    assert [one.kind for one in other.suggestions] == ["contribution"]
    assert outcomes(opens, found, History((), (contact(19),)), workspace, NOW) == (
        "Your notes ask not to mention it: no message with it.",
    )
