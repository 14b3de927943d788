"""Tellings of one event are one, whatever the outlet or language; other events stay apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from pipeline.records import Frequencies, Story
from pipeline.relevance import event_words, events
from pipeline.relevance.terms import words_of
from tests.relevance.world import article

TELLINGS = Path(__file__).parent / "data" / "event_tellings.tsv"
KNOWN_WORDS = Frequencies(0, {})


def told(title: str, text: str = "", *, days: float = 1.0, by: str = "Gazette") -> Story:
    """Return a story of that many days ago."""
    lead = replace(article(title, text, days=days), source=by)
    return Story(title, lead)


def grouped(
    *stories: Story, company: str = "Merrin", known: Mapping[str, str] | None = None, bad: str = ""
) -> list[list[str]]:
    """Return the events as lists of titles; the story with the title `bad` is bad news."""
    own = frozenset(words_of(company))
    tellings = [
        events.read(story, own, KNOWN_WORDS, is_bad=story.lead.title == bad) for story in stories
    ]
    found = events.group(tellings, known or {})
    names = dict.fromkeys(found.values())
    return [[story.id for story in stories if found[story.id] == name] for name in names]


PLANT = told(
    "Merrin to build battery plant in Zaragoza",
    "The 2.3 billion euro factory will create 1,800 jobs from 2028.",
)


def test_two_outlets_in_their_own_words_tell_one_event() -> None:
    """Rare words and figures in common make one event of two texts that share no sentence."""
    other = told(
        "Zaragoza gets 1,800 jobs as Merrin picks site for its cells",
        "Spain's new battery works will cost 2.3bn euros, the company said.",
        days=0.8,
        by="Herald",
    )
    assert len(grouped(PLANT, other)) == 1


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Merrin baut Batteriewerk in Spanien",
            "Für 2,3 Milliarden Euro entstehen in Zaragoza 1.800 Arbeitsplätze.",
        ),
        (
            "Merrin construira une usine de batteries à Zaragoza",
            "L'investissement de 2,3 milliards d'euros créera 1 800 emplois.",
        ),
        (
            "Merrin construirá en Zaragoza su fábrica de baterías",
            "La inversión de 2.300 millones de euros creará 1.800 empleos.",
        ),
    ],
)
def test_other_languages_tell_the_same_event(title: str, text: str) -> None:
    """Names, figures in any notation and the dictionary join stories in other languages."""
    assert len(grouped(PLANT, told(title, text, days=0.8, by="Kurier"))) == 1


def test_the_same_day_another_event() -> None:
    """The company's name and the day alone make no event."""
    other = told(
        "Merrin recalls scooters over loose brakes", "Owners get a new lever.", by="Herald"
    )
    assert len(grouped(PLANT, other)) == 2


def test_opposites_about_one_person_stay_apart() -> None:
    """Who is named and who leaves are two events, though all names are the same."""
    named = told("Merrin names Ruth Adeyemi chief operating officer", by="Gazette")
    leaves = told("Merrin chief operating officer Ruth Adeyemi leaves", days=0.5, by="Herald")
    again = told("Ruth Adeyemi appointed Merrin chief operating officer", days=0.5, by="Herald")
    assert len(grouped(named, leaves)) == 2
    assert len(grouped(named, again)) == 1


def test_two_quarters_are_two_events() -> None:
    """Another one of a series is another event, although in the same words."""
    second = told("Merrin sales rise in second quarter on battery demand", by="Gazette")
    third = told("Merrin sales rise in third quarter on battery demand", days=0.9, by="Herald")
    same = told("Merrin second quarter sales rise on battery demand", days=0.9, by="Herald")
    assert len(grouped(second, third)) == 2
    assert len(grouped(second, same)) == 1


def test_filings_under_one_title_stay_apart() -> None:
    """One publisher's template is another event each time it is filled in."""
    one = told("Merrin plc: Director Shareholding", "A. Whitcombe bought 4,000 shares.")
    two = told("Merrin plc: Director Shareholding", "S. Oyelaran sold 11,500 shares.", days=0.6)
    assert len(grouped(one, replace(two, id="two"))) == 2


@pytest.mark.parametrize("field", ["link", "source"])
def test_one_feed_of_many_publishers_is_not_one_publisher(field: str) -> None:
    """Two sites in one feed, or two names in a search for news, are two outlets."""
    lead = replace(PLANT.lead, source="Feed", link="https://news.example/x")
    other = replace(lead, **{field: "https://other.example/y"})
    one, again, elsewhere = (
        events.read(Story("id", article), frozenset(), KNOWN_WORDS)
        for article in (lead, replace(lead, title="Again"), other)
    )
    assert one.publisher == again.publisher != elsewhere.publisher


def test_a_daily_column_stays_apart() -> None:
    """A column of the same paper is not one event because it has one name."""
    one = told("Pub quiz of the day: towers and tall things", "Ten questions.", days=2)
    two = told("Pub quiz of the day: kings and queens", "Ten questions.", days=1)
    assert len(grouped(one, two)) == 2


def test_six_days_later_it_is_another_event() -> None:
    """A story more than six days later is about what became of it."""
    late = replace(PLANT, id="late", lead=replace(PLANT.lead, source="Herald"))
    for days, expected in ((5.9, 1), (6.1, 2)):
        assert (
            len(grouped(told(PLANT.lead.title, PLANT.lead.text, days=1 + days), late)) == expected
        )


def test_a_statement_without_the_thing_belongs_to_the_bad_news_before() -> None:
    """What a company says in the three days after bad news is part of it, and not later."""
    bad = told("Merrin drivers call for boycott after firings", days=6)
    for days, expected in ((3.1, 1), (2.9, 2)):
        spoken = told("A message to our guests and partners", "We regret it.", days=days)
        assert len(grouped(bad, spoken, bad=bad.id)) == expected
    assert len(grouped(bad, told("A message to our guests and partners", days=4))) == 2


def test_an_event_keeps_its_id_when_more_is_told() -> None:
    """The first story gives an event its id; what an earlier run grouped is not grouped again."""
    later = told(
        "Zaragoza: 1,800 jobs at Merrin's battery plant", PLANT.lead.text, days=0.5, by="Herald"
    )
    own = frozenset({"merrin"})
    tellings = [events.read(story, own, KNOWN_WORDS) for story in (later, PLANT)]
    assert set(events.group(tellings, {}).values()) == {PLANT.id}
    assert set(events.group(tellings, {later.id: "old"}).values()) == {"old"}
    apart = {later.id: "one", PLANT.id: "two"}
    assert events.group(tellings, apart) == apart


def test_events_do_not_chain() -> None:
    """A story that is near to two events does not make them one."""
    strike = told("Merrin workers strike in Zaragoza over night shifts", "Talks failed.", days=2)
    deal = told("Merrin buys lithium mine in Chile", "Atacama Sal costs 800 million.", days=1.9)
    both = told(
        "Merrin: strike in Zaragoza, lithium mine in Chile",
        "Atacama Sal and night shifts",
        days=1.5,
        by="Herald",
    )
    found = grouped(strike, deal, both)
    assert not any({strike.id, deal.id} <= set(group) for group in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.3 billion", "2.300 millones"),
        ("86,000 cars", "86.000 Autos"),
        ("5 200 salariés", "5,200 workers"),
        ("$7B plant", "sieben Milliarden"),
        ("zwölf Prozent", "12 %"),
        ("4.6%", "4,6 Prozent"),
    ],
)
def test_a_figure_is_one_in_any_notation(one: str, other: str) -> None:
    """Points, commas, spaces and words for the same number are the same figure."""
    left, right = (
        events.read(told(text), frozenset(), KNOWN_WORDS).figures for text in (one, other)
    )
    assert left.keys() & right.keys()


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("streikende", "strike"), ("grève", "strike"), ("motorenwerke", "plant"), ("banane", "")],
)
def test_the_dictionary_knows_a_word_by_its_beginning_or_end(word: str, meaning: str) -> None:
    """German compounds end with what they are, and words bend at their ends."""
    assert event_words.meaning_of(word) == meaning


def test_many_stories_are_paired_by_their_words() -> None:
    """Where there are more than 500 stories, only those with a word in common are compared."""
    crowd = [told(f"Merrin wyx{number} vqa{number}", days=2) for number in range(520)]
    twin = told("Merrin wyx7 vqa7 sold", days=1.9, by="Herald")
    found = grouped(*crowd, twin)
    assert [crowd[7].id, twin.id] in found


def test_of_our_own_tellings_nearly_all_are_grouped_right() -> None:
    """Of the pairs in event_tellings.tsv at least 95 % that are joined are one event, and 80 % of
    those that are one are joined.
    """
    hits = said = same = 0
    for own, stories in _companies():
        tellings = [events.read(story, own, KNOWN_WORDS) for story, _ in stories]
        found = events.group(tellings, {})
        for (one, event), (other, event2) in combinations(stories, 2):
            joined = found[one.id] == found[other.id]
            hits += joined and event == event2
            said += joined
            same += event == event2
    assert hits >= 0.95 * said
    assert hits >= 0.8 * same


def _companies() -> list[tuple[frozenset[str], list[tuple[Story, str]]]]:
    found: list[tuple[frozenset[str], list[tuple[Story, str]]]] = []
    for number, line in enumerate(TELLINGS.read_text("utf-8").splitlines()):
        first, *rest = line.split("\t")
        if first == "company":
            found.append((frozenset(word for name in rest for word in words_of(name)), []))
        elif rest:
            source, event, title, text = rest
            whole, _, part = first.partition(".")
            story = told(title, text, days=100 - float(whole) - float(f"0.{part}"), by=source)
            found[-1][1].append((replace(story, id=str(number)), event))
    return found


RACE = told(
    "Yacht sailors race round the ocean alone",
    "Four sailors left Brest on a race round the ocean, each alone on a racing boat.",
)
HULL = told(
    "Boat builder launches new foil racing hull",
    "A yard in Lorient launched an ocean racing boat with new foils.",
    by="Herald",
)
START = told(
    "Four sailors race round the ocean alone in yachts",
    "They left Brest on Sunday, each in a racing boat.",
    by="Post",
)


@pytest.mark.parametrize(("other", "count"), [(HULL, 2), (START, 1)])
def test_a_hobby_in_common_is_no_event(other: Story, count: int) -> None:
    """In a feed of few items every word of the hobby looks rare: the headlines must be alike."""
    tellings = [
        events.read(story, frozenset(), KNOWN_WORDS, names_them=False) for story in (RACE, other)
    ]
    assert len(set(events.group(tellings, {}).values())) == count
    assert len(set(events.group([replace(t, names_them=True) for t in tellings], {}).values())) == 1
