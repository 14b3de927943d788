"""How well stories fit an interview: the two queues, the reasons, the sum that can be redone."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import (
    Bound,
    Company,
    CompanyProfile,
    Feed,
    Match,
    NoteLine,
    Person,
    RelevanceSettings,
    Story,
)
from pipeline.relevance import companies, meaning, usefulness, verdict
from pipeline.relevance.freshness import aged
from pipeline.relevance.meaning import Embedding
from pipeline.relevance.model import idf
from pipeline.relevance.score import THEIRS
from pipeline.relevance.terms import terms, written_terms
from pipeline.relevance.vectors import prepare
from tests.relevance.world import (
    MERRIN,
    NOW,
    count,
    line,
    matcher,
    portrait_of,
    ranked,
    story,
)

BOAT = line("framed photo of an ocean racing boat", "office", "Renata Kowalczyk")
RECYCLING = line("how to recycle battery packs from old cars", person="Tom Adeyemi")
RAMP_UP = line("ran the supplier ramp-up of two battery plants", "angle")

SAILOR = story("Solo sailor ends ocean race", "She built the racing boat for the ocean herself.")
PACKS = story("Cars give battery packs back", "A firm will recycle packs of energy storage.")
OHIO = story("Merrin Labs opens battery plant in Ohio", "Suppliers ramp up for the plant.")


def by_title(matches: tuple[Match, ...]) -> dict[str, Match]:
    return {match.story.lead.title: match for match in matches}


def test_every_story_has_one_match_best_first() -> None:
    """Fitting or not, each story comes back once; a story that shares nothing has 0.0."""
    other = story("Cricket in Leeds", "Rain stopped play.")
    found = ranked([other, SAILOR, OHIO, PACKS], BOAT, RECYCLING, RAMP_UP)
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    assert {m.story.id for m in found} == {s.id for s in (other, SAILOR, OHIO, PACKS)}
    assert found[-1].story is other
    assert (found[-1].score, found[-1].shown) == (0.0, False)


def test_two_queues() -> None:
    """News about the company are contributions, the rest are tidbits."""
    found = by_title(ranked([SAILOR, OHIO], BOAT, RAMP_UP))
    assert found[OHIO.lead.title].kind == "contribution"
    assert found[SAILOR.lead.title].kind == "tidbit"
    assert found[OHIO.lead.title].shown
    assert found[SAILOR.lead.title].shown


def test_evidence_names_line_sentence_and_terms() -> None:
    """A person sees which note, which sentence, and which words, as they wrote them."""
    (match,) = ranked([SAILOR], BOAT)
    assert match.best is not None
    assert match.best.note == BOAT
    assert match.best.sentence == "She built the racing boat for the ocean herself."
    assert {"ocean", "racing", "boat", "racing boat"} <= {term.term for term in match.best.terms}


def test_the_sum_can_be_redone_by_hand() -> None:
    """Each weight is w(note) * w(story) / |story| * unit, and they add up to the line's part."""
    note = line("how to recycle battery packs")
    known = count(PACKS)
    made, _ = matcher(note, frequencies=known)
    match = made.match(prepare(PACKS, known))
    assert match.best is not None

    def weigh(term: str, times: int) -> float:
        pair = 0.7 if " " in term else 1.0
        return pair * (1 + math.log(times)) * idf(known, term) / idf(known, "")

    told = Counter(terms(PACKS.lead.text))
    for term in terms(PACKS.lead.title):
        told[term] += 2
    length = math.sqrt(sum(weigh(term, times) ** 2 for term, times in told.items()))
    by_hand = {
        term: weigh(term, times) * weigh(term, told[term]) / length
        for term, times in Counter(terms(note.text)).items()
        if term in told
    }
    field = ("battery", "energy", "storage", "energy storage")  # Merrin's industry
    around = {term: weigh(term, 1) for term in terms(note.text)}  # the only line is all of them
    around |= {term: 2.0 * weigh(term, 1) for term in field}
    surroundings = sum(w * weigh(t, told[t]) / length for t, w in around.items() if t in told)
    strength = 0.5 * sum(by_hand.values()) + surroundings
    model = usefulness.model_of("topic")
    total = model.intercept + model.coefficients["strength"] * math.log1p(10 * strength)
    own = model.coefficients["strength"] * math.log1p(10 * strength) * 0.5 / strength
    assert match.score == pytest.approx(1 / (1 + math.exp(-total)))
    unit = own  # of the words alone, no other feature says anything about the line
    assert match.best.unit == pytest.approx(unit)
    written = written_terms(note.text)
    assert {t.term: t.weight for t in match.best.terms} == pytest.approx(
        {written[term]: weight * unit for term, weight in by_hand.items()}
    )
    part = next(part.amount for part in match.parts if part.name == "your note")
    assert part == pytest.approx(match.best.score) == sum(t.weight for t in match.best.terms)


def test_one_common_word_is_no_reason() -> None:
    """One shared word is how bad matches look; the reason names it."""
    (match,) = ranked([story("Recycle your paper", "The council asks.")], RECYCLING)
    assert not match.shown
    assert match.reason == "only one word in common (“recycle”)"


def test_one_name_from_the_office_is_a_reason() -> None:
    """A proper name in an office line carries a story alone."""
    (match,) = ranked([story("Giants win again", "Giants on top.")], line("a Giants cap", "office"))
    assert match.shown


def test_a_country_from_the_office_is_no_reason() -> None:
    """The word Dutch says where, not what."""
    barge = line("model of a Dutch canal barge", "office")
    (match,) = ranked([story("Dutch parliament votes", "The Dutch vote was close.")], barge)
    assert not match.shown


def test_bad_news_on_a_hobby_is_no_present() -> None:
    """A death at sea is not sent to somebody who sails."""
    told = story("Racing boat lost", "Two died when the racing boat sank in the ocean.")
    (match,) = ranked([told], BOAT)
    assert not match.shown
    assert match.reason.startswith("no pleasure to read: death")


def test_a_note_without_the_trade_shows_no_tidbit() -> None:
    """Two common words by chance are not enough where the story is not of the company's trade."""
    hall = line("who locks the village hall, and keys to the bank holiday tea counter")
    told = story("Bank closes village branch", "The bank said the village has others.")
    (match,) = ranked([told], hall)
    assert not match.shown


@pytest.mark.parametrize(
    "text", ["parking under building 5", "salary band from HR", "train to lunch with Renata"]
)
def test_logistics_and_interviewers_are_no_topics(text: str) -> None:
    """Neither what every interview has nor the people's names match any news."""
    told = story(f"News on {text}", f"All about {text}: Renata Kowalczyk.")
    found = ranked([told], line(text), people=(Person("Renata Kowalczyk"),))
    assert found[0].best is None


def test_company_news_need_little_from_the_notes() -> None:
    """What is about the company is shown even where no note line fits."""
    (match,) = ranked([story("Merrin Labs wins a prize", "The firm was pleased.")], BOAT)
    assert match.shown
    assert match.skill is None


def test_the_skill_is_the_best_angle_line() -> None:
    """A contribution starts from what the candidate can do."""
    (match,) = ranked([OHIO], BOAT, RAMP_UP, RECYCLING)
    assert match.skill is not None
    assert match.skill.note == RAMP_UP


def test_each_person_has_an_own_line() -> None:
    """For each interviewer the best line of what they said or had in the office."""
    told = story("Racing boat runs on recycled battery packs", "An ocean boat on old cars' packs.")
    (match,) = ranked([told], BOAT, RECYCLING)
    assert {e.note.person for e in match.for_people} == {"Renata Kowalczyk", "Tom Adeyemi"}


def test_bad_news_about_the_company_is_held_back() -> None:
    """It keeps its score, but is not shown among the cheerful ones."""
    (match,) = ranked([story("Merrin Labs cuts 120 jobs in Leeds")])
    assert (match.sensitive, match.shown) == (True, False)
    assert match.reason == "bad news about Merrin Labs: held back"


def test_wrong_company_is_believed() -> None:
    """What the user ticked as another company is not that company any more."""
    (match,) = ranked([OHIO], RAMP_UP, wrong_company=frozenset({OHIO.id}))
    assert (match.reason, match.mention.about, match.shown) == (
        "you said: wrong company",
        "none",
        False,
    )


def test_the_not_list_is_named() -> None:
    """The reason says which phrase it was."""
    oracle = Company("oracle", "Oracle", negatives=("Oracle Arena",))
    (match,) = ranked([story("Concert at the Oracle Arena")], company=oracle)
    assert match.reason == 'not about Oracle the company ("Oracle Arena" is on your `not:` list)'


def test_old_news_are_not_shown() -> None:
    """The reason gives the age."""
    old = story("Merrin Labs opens battery plant", "Suppliers ramp up.", days=34)
    (match,) = ranked([old], RAMP_UP)
    assert match.reason == "too old (34 days)"


def test_round_ups_are_not_shown() -> None:
    """They match everything a little."""
    (match,) = ranked([story("Briefly: Merrin Labs opens battery plant")], RAMP_UP)
    assert match.reason == "a round-up of many stories"


def test_fresh_news_come_first() -> None:
    """Of two stories alike, the newer is worth more."""
    old, new = (story(f"Merrin Labs opens plant {n}", days=d) for n, d in (("A", 12), ("B", 1)))
    assert [m.story.id for m in ranked([old, new])] == [new.id, old.id]


def test_the_floor_counts() -> None:
    """Below the user's line a story is not shown, and the reason gives both numbers."""
    (match,) = ranked([SAILOR], BOAT, settings=RelevanceSettings(floor=0.96))
    assert match.reason == f"below the line ({match.score:.2f}, floor 0.96)"


def test_a_section_switched_off_is_as_if_not_written() -> None:
    """Its lines neither fit themselves nor lend their words to the others."""
    off, kept = RECYCLING, line("two battery plants", "angle")
    without, switched_off = (
        ranked([PACKS], *notes, settings=RelevanceSettings(discussed=0.0))[0]
        for notes in ((kept,), (off, kept))
    )
    assert switched_off == without


@pytest.mark.parametrize("section", ["discussed", "office", "angle"])
def test_a_section_can_be_switched_off(section: str) -> None:
    """A section with weight 0 fits nothing."""
    note = line("ocean racing boat of the battery maker", section)  # type: ignore[arg-type]
    (match,) = ranked([SAILOR], note, settings=RelevanceSettings(**{section: 0.0}))
    assert not match.shown
    assert match.score == 0.0


def test_a_feed_weighs() -> None:
    """A feed with half the weight has half the odds."""
    address = "https://news.example/rss"
    full, half = (
        ranked([SAILOR], BOAT, feeds={address: (Feed(address, topic="sea", weight=w),)})[0].score
        for w in (1.0, 0.5)
    )
    assert half / (1 - half) == pytest.approx(full / (1 - full) / 2)


@pytest.mark.parametrize(
    ("topic", "serves", "is_served"),
    [
        ("boat-racing", (), True),
        ("sea", ("merrin",), True),
        ("boat-racing", ("halden",), False),
        ("tax-law", (), False),
    ],
)
def test_a_topics_feed_counts_for_the_line_that_it_is_read_for(
    topic: str, serves: tuple[str, ...], is_served: bool
) -> None:
    """By a word of its name, or because the user says for whom; never for another company."""
    address = "https://news.example/rss"
    (match,) = ranked([SAILOR], BOAT, feeds={address: (Feed(address, topic=topic, serves=serves),)})
    assert ("its feed is read for this" in {part.name for part in match.parts}) == is_served


def test_a_topics_feed_says_half_as_much_for_the_talk_as_for_a_hobby() -> None:
    """A feed on "gadgets" brings much that has little to do with the gadget that was talked of."""
    address = "https://news.example/rss"
    feeds = {address: (Feed(address, topic="boat-racing"),)}
    counted = {
        section: part.amount
        for section in THEIRS
        for part in ranked([SAILOR], replace(BOAT, section=section), feeds=feeds)[0].parts
        if part.name == "its feed is read for this"
    }
    assert counted == {"discussed": 0.5, "office": 1.0}


@pytest.mark.parametrize(
    ("topic", "note", "is_served"),
    [
        ("hoehlenforschung", "Höhlenforscher, am Klöntal, sucht die Höhle", True),
        ("brass-bands", "plays euphonium in the silver band, at a cave", True),
        ("bandwidth", "plays euphonium in the silver band, at a cave", False),
        ("from-scratch", "learned it from a band, at a cave", False),
    ],
)
def test_a_topic_is_read_for_a_line_that_has_a_form_of_its_name(
    topic: str, note: str, is_served: bool
) -> None:
    """In another number, as the word for who does it, or with its umlaut spelled out."""
    address = "https://news.example/rss"
    told = story("Neue Höhle: a band in a cave", "The band played in the cave, die Höhle.")
    feeds = {address: (Feed(address, topic=topic),)}
    (match,) = ranked([told], line(note, "office", "Renata Kowalczyk"), feeds=feeds)
    assert ("its feed is read for this" in {part.name for part in match.parts}) == is_served


def test_own_feed_needs_no_name() -> None:
    """An article of the company's own blog is about it."""
    address = "https://merrin.example/rss"
    told = story("A second line for cells", "We start in May.", feed=address)
    feed = Feed(address, company="merrin", own=True)
    (match,) = ranked([told], RAMP_UP, feeds={address: (feed,)})
    assert (match.mention.about, match.kind) == ("about", "contribution")


def test_without_notes_only_the_company_is_left() -> None:
    """Empty notes cause no error."""
    found = by_title(ranked([SAILOR, OHIO]))
    assert found[OHIO.lead.title].shown
    assert found[SAILOR.lead.title].score == 0.0


def test_an_article_without_text_is_scored_by_its_title() -> None:
    """Many feeds give titles only."""
    (match,) = ranked([story("Racing boat crosses the ocean")], BOAT)
    assert match.shown


def test_a_pasted_page_is_read_in_time() -> None:
    """A note of 200 kB costs no more than its beginning."""
    page = line("battery packs recycle cars " * 8_000)
    (match,) = ranked([PACKS], page)
    assert match.best is not None


def test_every_script_matches() -> None:
    """Notes and news in Japanese, Arabic and German fit each other."""
    for note, title in (
        ("電池工場の再利用", "新しい電池工場が開く"),
        ("إعادة تدوير البطاريات", "مصنع جديد: إعادة تدوير البطاريات"),
        ("Batteriefabrik und Lieferkette", "Neue Batteriefabrik, neue Lieferkette"),
    ):
        (match,) = ranked([story(title)], line(note))
        assert match.score > 0


def test_the_same_input_gives_the_same_bytes() -> None:
    """Ranking depends on nothing but its arguments, nor on the order of the stories."""
    stories = [OHIO, SAILOR, PACKS]
    assert ranked(stories, BOAT, RAMP_UP) == ranked(stories[::-1], BOAT, RAMP_UP)


@pytest.mark.parametrize("told", [OHIO, SAILOR, PACKS], ids=lambda told: told.id)
def test_the_parts_add_up_to_the_score(told: Story) -> None:
    """Company, note lines, likeness, feed and age: nothing else is in a score."""
    feeds = {told.lead.feed: (Feed(told.lead.feed, topic="t", weight=0.7),)}
    stored = [story(f"Merrin Labs {n}", "Suppliers of battery packs.", id=n) for n in "abcdef"]
    company_profile = portrait_of(MERRIN, *stored)
    (match,) = ranked(
        [told], BOAT, RAMP_UP, RECYCLING, feeds=feeds, company_profile=company_profile
    )
    assert usefulness.probability(match.parts) == pytest.approx(match.score)
    assert match.parts[0].name == "any story"
    assert match.parts[-1].name == "age"
    assert match.parts[-1].amount < 0
    assert match.best is not None
    told_by_line = sum(term.weight for term in match.best.terms)
    assert [p.amount for p in match.parts if p.name == "your note"] == [pytest.approx(told_by_line)]


def test_no_score_is_above_1() -> None:
    """Neither a heavy feed nor a note that is the story makes more than everything."""
    feeds = {OHIO.lead.feed: (Feed(OHIO.lead.feed, company="merrin", weight=5.0),)}
    note = line(f"{OHIO.lead.title} {OHIO.lead.text}")
    made, _ = matcher(note, feeds=feeds, frequencies=count(OHIO))
    match = made.match(prepare(OHIO, count(OHIO)))
    assert 0.9 < match.score < 1.0


def test_a_match_is_made_without_a_clock() -> None:
    """On two days a story has the same match except for its age, which only `aged` adds."""
    made, _ = matcher(RAMP_UP, frequencies=count(OHIO))
    old, new = (
        made.match(prepare(story(OHIO.lead.title, OHIO.lead.text, days=days), count(OHIO)))
        for days in (400, 1)
    )
    assert (old.score, old.parts, old.shown) == (new.score, new.parts, True)


def test_what_a_match_is_worth_falls_with_the_days() -> None:
    """Every day a little less, never more than the table's share; then it is too old."""
    made, background = matcher(RAMP_UP, frequencies=count(OHIO))
    match = made.match(prepare(OHIO, count(OHIO)))  # of a day ago
    on = [aged(match, background.settings, NOW + timedelta(days=n)) for n in (-2, -1, 0, 9, 28, 30)]
    assert [m.score for m in on] == sorted((m.score for m in on), reverse=True)
    assert on[0].score == on[1].score == match.score  # not out yet, just out
    assert log_odds(on[-1]) >= log_odds(match) - 0.6
    assert [m.shown for m in on] == [True, True, True, True, True, False]
    assert on[-1].reason == "too old (31 days)"
    for m in on:
        assert usefulness.probability(m.parts) == pytest.approx(m.score)


def test_half_the_freshness_is_lost_in_the_half_life() -> None:
    """The user's half-life says when."""
    made, background = matcher(RAMP_UP, frequencies=count(OHIO))
    match = made.match(prepare(story(OHIO.lead.title, OHIO.lead.text, days=5), count(OHIO)))
    worth = aged(match, replace(background.settings, half_life_days=5.0), NOW)
    assert log_odds(worth) == pytest.approx(log_odds(match) - 0.3)


def log_odds(match: Match) -> float:
    return usefulness.log_odds_of(match.score)


def test_what_was_not_shown_keeps_its_reason_when_it_ages() -> None:
    """The first reason that stopped a story is given, whatever its age."""
    told = story("Merrin Labs cuts 120 jobs in Leeds", days=50)
    (match,) = ranked([told])
    assert match.reason == "bad news about Merrin Labs: held back"


def test_a_match_does_not_depend_on_other_stories() -> None:
    """With the same knowledge a story alone has the match it has among others."""
    known = count(OHIO, SAILOR, PACKS)
    among = by_title(ranked([OHIO, SAILOR, PACKS], BOAT, RAMP_UP, RECYCLING, frequencies=known))
    for told in (OHIO, SAILOR, PACKS):
        (alone,) = ranked([told], BOAT, RAMP_UP, RECYCLING, frequencies=known)
        assert alone == among[told.lead.title]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=200)), min_size=1, max_size=4),
    st.lists(st.text(max_size=120), max_size=4),
    st.text(min_size=1, max_size=20),
)
def test_nothing_is_too_strange(told: list[tuple[str, str]], notes: list[str], name: str) -> None:
    """Whatever is in feeds, notes and names: a score from 0 to 1 and a reason come back."""
    stories = [story(title, text, id=str(n)) for n, (title, text) in enumerate(told)]
    sections = ("discussed", "office", "angle", "other")
    lines = [NoteLine("n.md", n, sections[n % 4], text) for n, text in enumerate(notes)]  # type: ignore[arg-type]
    for match in ranked(stories, *lines, company=Company("x", name, (name,), (name,), (name,))):
        assert 0.0 <= match.score <= 1.0
        assert match.reason
        assert match.score == pytest.approx(usefulness.probability(match.parts))
        if match.best:
            assert match.best.score == pytest.approx(sum(t.weight for t in match.best.terms))


def test_what_a_run_keeps_is_what_is_shown_or_bad_news() -> None:
    """The glance that spares a run the weighing overlooks nothing, whatever the story is."""
    stories = [
        SAILOR,
        PACKS,
        OHIO,
        story("Merrin Labs cuts 120 jobs", "Workers at the battery plant were told."),
        story("Giants win again", "Giants on top."),
        story("Recycle your paper", "The council asks."),
        story("Racing boat lost", "Two died when the racing boat sank in the ocean."),
        story("Cricket in Leeds", "Rain stopped play."),
    ]
    notes = (BOAT, RECYCLING, RAMP_UP, line("a Giants cap", "office", number=9))
    made, background = matcher(*notes, frequencies=count(*stories))
    prepared = [prepare(told, background.frequencies) for told in stories]
    kept = [item.story.lead.title for item in prepared if made.worth_keeping(item)]
    full = [made.match(item) for item in prepared]
    assert kept == [m.story.lead.title for m in full if m.shown or m.sensitive]
    assert len(kept) == 5


def test_a_run_overlooks_no_story_that_the_weight_of_a_section_lifts() -> None:
    """Two words in a long text are enough where "discussed" counts five times as much."""
    farm = "A farm sold milk by a river. " * 45
    told = story("Cars and milk", f"Old battery packs were seen. {farm}")
    heavy = RelevanceSettings(discussed=5.0)
    made, background = matcher(RECYCLING, frequencies=count(told), settings=heavy)
    item = prepare(told, background.frequencies)
    assert made.match(item).shown
    assert made.worth_keeping(item) == made.match(item)


def test_a_list_says_of_a_story_what_its_match_says() -> None:
    """`rank` and `why` agree; only what a message asks for is not worked out for a list."""
    lost = story("Racing boat skipper jailed for fraud over ocean race", "Police said so.")
    stories = [SAILOR, PACKS, OHIO, lost, story("Cricket in Leeds", "Rain stopped play.")]
    made, background = matcher(BOAT, RECYCLING, RAMP_UP, frequencies=count(*stories))
    for told in stories:
        item = prepare(told, background.frequencies)
        full = made.match(item)
        assert replace(full, skill=None, for_people=(), is_sour=False) == made.listed(item)
    assert made.match(prepare(OHIO, background.frequencies)).skill
    assert made.match(prepare(lost, background.frequencies)).is_sour


ADDRESS = "https://news.example/rss"


@pytest.mark.parametrize("by_meaning", [False, True])
@pytest.mark.parametrize("settings", [{}, {"discussed": 5.0, "angle": 5.0}, {"office": 4.0}])
@pytest.mark.parametrize(
    "feeds",
    [
        {},
        {ADDRESS: (Feed(ADDRESS, topic="sea", weight=4.0),)},
        {ADDRESS: (Feed(ADDRESS, topic="boat-racing", weight=0.25),)},
        {ADDRESS: (Feed(ADDRESS, topic="sea", weight=0.0),)},
    ],
)
def test_no_story_is_worth_more_than_its_bound(
    by_meaning: bool, settings: dict[str, float], feeds: dict[str, tuple[Feed, ...]]
) -> None:
    """Nor than .05, after answers that add 1 to its log-odds, where it has none."""
    own = [story(f"Merrin opens plant {n}", "Robots weld doors in Leeds.") for n in range(3)]
    stories = [
        SAILOR,
        PACKS,
        OHIO,
        *own,
        story("Recycle your paper", "The council asks."),
        story("Racing boat lost", "Two died when the racing boat sank in the ocean."),
        story("Robots weld doors in Leeds", "They weld doors of electric vehicles, plant 2."),
        story("A yacht wins the regatta", "The sailing crew crossed the bay."),
        story("Grid gets energy storage", "The cells of an electric vehicle will power it."),
        story("Das Schiff im Hafen", "Die Frau und der Mann waren mit dem Schiff auf dem Meer."),
        story("Cricket in Leeds", "Rain stopped play."),
    ]
    texts = [f"{told.lead.title}\n{told.lead.text}" for told in stories]
    learned = meaning.learn(lambda: texts, [BOAT.text], lambda note, told: 0.0)
    made, background = matcher(
        BOAT,
        RECYCLING,
        RAMP_UP,
        frequencies=count(*stories),
        company_profile=portrait_of(MERRIN, *own),
        settings=RelevanceSettings(**settings),
        feeds=feeds,
        embedding=Embedding(learned) if by_meaning else None,
    )
    least, kinds = math.log(0.05 / 0.95) - 1, set()
    for told in stories:
        item = prepare(told, background.frequencies, background.embedding)
        found, full = made.bounded(item), made.match(item)
        kinds.add(type(found))
        odds = math.fsum(part.amount for part in full.parts) if full.parts else -math.inf
        if isinstance(found, Match):
            assert found == full == made.worth_keeping(item)
            continue
        assert made.worth_keeping(item) is None
        assert odds <= (found.most + 1e-9 if found else least)
    assert kinds == {Match, Bound, type(None)} or feeds


def test_a_name_in_passing_needs_the_notes_to_speak_for_it() -> None:
    """In the text alone it is a bystander; in the title, or with the notes, it is not."""
    in_text = story("A visit to the harbour", "Merrin Labs said that the day was warm.")
    with_notes = story("Recycling gets cheaper", "Merrin Labs said it will recycle battery packs.")
    in_title = story("Merrin Labs on a warm day", "The day was warm.")
    found = by_title(ranked([in_text, with_notes, in_title], RECYCLING))
    assert found[in_text.lead.title].mention.about == "mentioned"
    assert not found[in_text.lead.title].shown
    assert found[with_notes.lead.title].score > 3 * found[in_text.lead.title].score
    assert found[in_title.lead.title].shown


def test_a_large_company_s_story_must_meet_a_line() -> None:
    """Of a company with ten stories a day its name alone is no reason; of a small one it is."""
    told, fitting = story("Merrin Labs on a warm day"), story("Merrin Labs: recycle battery packs")
    shown = {
        size: [
            match.story.lead.title
            for match in ranked([told, fitting], RECYCLING, company_profile=size_of(size))
            if match.shown
        ]
        for size in (0.1, 10.0)
    }
    assert set(shown[0.1]) == {told.lead.title, fitting.lead.title}
    assert shown[10.0] == [fitting.lead.title]


def size_of(news_a_day: float) -> CompanyProfile:
    return CompanyProfile("merrin", ("Merrin Labs", "Merrin"), news_a_day=news_a_day)


FLOOD = line("farmers along the Waveney get no flood cover any more, she wants a scheme")
SURVEYS = line("sixty surveys, half of them flood", "angle")
WAVENEY = story(
    "Flood cover returns to Waveney farms as insurers sign scheme",
    "Some 340 holdings can buy cover again. Merrin Labs, which drew up the scheme, was pleased.",
)


@pytest.mark.parametrize(
    ("told", "meets"),
    [
        (WAVENEY, True),
        (story("Flood cover returns to Waveney farms", "Insurers were pleased."), False),
        (story("A flood in Ohio", "Merrin Labs watched the water of the Waveney rise."), False),
    ],
    ids=["names them, on the very thing", "does not name them", "two words only"],
)
def test_what_was_talked_about_needs_no_name_in_its_headline(told: Story, meets: bool) -> None:
    """A story that names the company further down is theirs if three words of a line meet it."""
    (match,) = ranked([told], FLOOD)
    assert match.meets_talk == meets
    assert (match.verdict is not None) == meets


def test_a_skill_meets_the_talk_by_one_word() -> None:
    """A line of the angle that shares the word of the talk is something to offer."""
    (match,) = ranked([WAVENEY], FLOOD, SURVEYS)
    assert match.skill is not None and match.skill.note == SURVEYS
    (other,) = ranked([WAVENEY], line("a flood of calls"), SURVEYS)
    assert other.skill is None


@pytest.mark.parametrize(
    ("title", "is_sour"),
    [
        ("Ocean racing boat crew mourns: skipper collapsed after race", True),
        ("Two die as ocean racing boat sinks off Cape Horn", True),
        ("Ocean racing boat wins the autumn regatta", False),
    ],
)
def test_a_hobbys_story_that_sounds_bad_is_sour(title: str, is_sour: bool) -> None:
    """What the verdict makes of it without a company, whatever line it fits."""
    for section in ("office", "angle"):
        note = replace(BOAT, section=section)
        (match,) = ranked([story(title, "The boat was seen at noon.")], note)
        assert match.is_sour == is_sour


def test_what_their_own_feeds_tell_without_their_name_is_sour_if_it_is_doubtful() -> None:
    """A ferry of theirs comes late: no hobby's story would be sour for that."""
    told = story("Ocean racing boat slips into June", "Her keel must be laid again.")
    for feed, is_sour in (
        (Feed("https://feed.example", company="merrin"), True),
        (Feed("https://feed.example", topic="sailing"), False),
    ):
        feeds = {told.lead.feed: (replace(feed, address=told.lead.feed),)}
        (match,) = ranked([told], BOAT, feeds=feeds)
        assert match.is_sour == is_sour


def test_a_doubtful_rule_on_what_was_talked_about_is_not_sour() -> None:
    """Of their own feeds, without their name: what three words of a line of the talk meet."""
    text = "A circular published on Wednesday lets councils order it."
    told = story("Slag cement allowed in public works from April", text)
    feeds = {told.lead.feed: (Feed(told.lead.feed, company="merrin"),)}
    for text, is_sour in (
        ("slag cement: councils can't order it yet", False),
        ("cement for councils", True),
    ):
        (match,) = ranked([told], line(text), feeds=feeds)
        assert match.is_sour == is_sour


def test_a_name_that_is_not_sure_is_theirs_where_the_story_meets_the_talk() -> None:
    """An order for the very chairs that they told of has a verdict; another story has none."""
    told = story("Region orders 12,000 chairs for its schools", "Merrin of Les Rivoires won it.")
    unsure = Company("merrin", "Ateliers Merrin", ("Merrin",), industry=("furniture",))
    (match,) = ranked([told], line("12,000 chairs for the region's schools"), company=unsure)
    assert match.shown and match.verdict is not None
    (other,) = ranked([told], BOAT, company=unsure)
    assert other.mention.confidence < companies.SURE_ENOUGH and other.verdict is None


def test_a_rare_name_of_an_office_line_makes_a_story_more_likely() -> None:
    """The village whose organ she plays is in no list of words; a league is."""
    organ = line("plays the organ at Oldenwohlde on Sundays", "office")
    league = line("umpires in the League on Sundays", "office")
    (named,) = ranked([story("Oldenwohlde: pipes are back")], organ)
    (usual,) = ranked([story("League cricket: new dates")], league)
    bells = line(
        "sammelt seit vielen Jahren Schneeglöckchen und spielt bei uns die Orgel", "office"
    )
    (noun,) = ranked([story("Schneeglöckchen teilen: gleich nach der Blüte")], bells)
    amounts = [{part.name: part.amount for part in match.parts} for match in (named, usual, noun)]
    assert [each.get("the rare name in your note") for each in amounts] == [1.5, None, None]
    assert named.best is not None and named.best.rare_name


def test_an_office_line_with_a_rare_name_wants_it() -> None:
    """An article on bells in general is less likely the one for who rings at St Oswin."""
    (match,) = ranked([story("Peals of September")], line("rings at Oswinstow, peals", "office"))
    amounts = {part.name: part.amount for part in match.parts}
    assert amounts["the rare name in your note"] == -1.5


def test_a_word_of_the_text_spoils_no_hobby_unless_somebody_died() -> None:
    """A new boat "leaked a cupful"; who drowned in the text is drowned all the same."""
    for text, is_spoilt in (("She leaked a cupful of data.", False), ("Two sailors died.", True)):
        (match,) = ranked([story("New ocean racing boat takes to the water", text)], BOAT)
        assert match.reason.startswith("no pleasure") == is_spoilt


OFFER = line("set up the flood cover for farms on the Waveney", "angle")


@pytest.mark.parametrize(("note", "meets_talk"), [(FLOOD, True), (OFFER, False)])
def test_what_is_on_the_talk_or_the_offer_is_more_likely_good(
    note: NoteLine, meets_talk: bool
) -> None:
    """The same headline is doubtful of a company with whom nobody spoke of it."""
    told = story("Merrin Labs: flood cover returns to Waveney farms")
    (talked,) = ranked([told], note)
    (other,) = ranked([told], SURVEYS)
    assert talked.verdict is not None and other.verdict is not None
    assert talked.meets_talk == meets_talk and not other.meets_talk
    assert talked.verdict.odds == pytest.approx(other.verdict.odds + verdict.ON_NOTES)


@pytest.mark.parametrize(
    "title",
    [
        "Pontarlier : accident mortel à l'usine Merrin, un technicien écrasé",
        "Arbeiter stirbt nach Unfall in der Halle von Merrin",
        "Worker killed in accident at the Merrin works",
    ],
)
def test_a_death_at_a_company_is_bad_news_however_it_is_named(title: str) -> None:
    """Regional papers write "the Merrin works": of who is seldom in the news that is enough."""
    (match,) = ranked([story(title, "It happened on Monday in the night shift.")])
    assert match.sensitive


def test_people_who_go_are_no_good_news_however_cheerfully_it_is_told() -> None:
    """The company says "Lighter, brighter"; nineteen colleagues "explore what is next"."""
    told = "We thank the nineteen colleagues who have agreed to explore what is next."
    feed = "https://merrin.example/rss"
    cheerful = story("Lighter, brighter: our team finds a new rhythm", told, feed=feed)
    feeds = {feed: (Feed(feed, company="merrin", own=True),)}
    (match,) = ranked([cheerful], feeds=feeds)
    assert match.mention.own and match.verdict is not None and match.verdict.tone != "good"


@pytest.mark.parametrize(
    ("title", "text", "tone"),
    [
        (
            "Worker dies after oven accident at Yate bakery",
            "A 52-year-old employee of Merrin Labs died on Sunday after an accident with an oven.",
            "bad",
        ),
        (
            "Bakery in Yate to close with loss of 120 jobs",
            "Merrin Labs said on Sunday that it would close its bakery in March.",
            "bad",
        ),
        (
            "Hygiene inspectors shut Yate bakery after rats found",
            "Merrin Labs apologised after council inspectors closed its bakery on Sunday.",
            "bad",
        ),
        (
            "Windmonteur stirbt bei Sturz von Anlage",
            "Ein Monteur der Firma Merrin Labs ist am Sonntag in Husum ums Leben gekommen.",
            "bad",
        ),
        (  # it is a supplier that closes
            "Mill in Yate to close with loss of 120 jobs",
            "The owners said on Sunday that Merrin Labs and two bakeries had been told of it.",
            "",
        ),
        (
            "Mill in Yate to close with loss of 120 jobs",
            "Merrin Labs' supplier of flour said on Sunday that it would close in March.",
            "",
        ),
    ],
)
def test_a_small_company_is_named_after_the_headline(title: str, text: str, tone: str) -> None:
    """Bad news of whom a town's paper seldom names: it opens the text, or the news is grave."""
    made, _ = matcher(line("electric ovens in Yate"))
    often = replace(portrait_of(MERRIN), news_a_day=1.0)
    known, _ = matcher(line("electric ovens in Yate"), company_profile=often)
    told = prepare(story(title, text), count())

    found = made.match(told).verdict
    assert (found.tone if found else "") == tone
    seldom = known.match(told).verdict
    assert seldom is None or seldom.tone != "bad"
