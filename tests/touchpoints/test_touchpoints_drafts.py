"""Drafts: short, specific, nothing invented, each sentence with its source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import (
    Article,
    Company,
    Config,
    DraftSettings,
    Event,
    Feed,
    History,
    Interview,
    Kind,
    Match,
    NoteLine,
    PaceSettings,
    Person,
    Plan,
    Reply,
    Settings,
    Story,
    Suggestion,
    Template,
    Topic,
    Touchpoint,
    Verdict,
    Workspace,
)
from pipeline.touchpoints.case import Case, Option
from pipeline.touchpoints.drafts import Recipient, farewell, write
from pipeline.touchpoints.plan import suggest
from pipeline.touchpoints.sources import sentences
from pipeline.touchpoints.spoken import experience_of, skill_of, topic_of
from pipeline.touchpoints.suitability import words_in_common
from pipeline.touchpoints.templates import WORN_OUT, worn_out
from tests.touchpoints.world import (
    ANGLE,
    BOAT,
    FILE,
    IMRAN,
    NOW,
    RENATA,
    SUITES,
    contact,
    days,
    interview,
    news,
    own_news,
    past,
    plan,
    tidbit,
    touchpoint,
)
from tests.touchpoints.world import story as story_of

KINDS: tuple[Kind, ...] = get_args(Kind)


PLAIN = Verdict("neutral", "launch", 0.0)


def _every_kind() -> list[Plan]:
    people = (RENATA, IMRAN)
    old = interview(ago=25, people=people)
    late = interview(ago=30, people=people, decision_expected=date(2026, 11, 10))
    return [
        plan(interview(people=people), matches=(tidbit(), tidbit("t2"))),
        plan(old, matches=(news(), news("n2")), contacts=(contact(9), contact(9, person="x"))),
        plan(old, matches=(tidbit(),)),
        plan(old, matches=(own_news(), own_news("talk", IMRAN))),
        plan(old),
        plan(late),
        *_after_an_answer(),
    ]


def _after_an_answer() -> list[Plan]:
    """Return the plans of an answer, of a promise that was not kept, and after a no."""
    item, no = interview(ago=25), interview(ago=25, status="rejected")
    dated = Reply("new_date", day=date(2026, 12, 18))
    promise = Reply("promise", promised="the figures of Q3", by=date(2026, 11, 20))
    (note,) = plan(no).suggestions
    sent = touchpoint(note, "sent", changed=NOW - days(8))
    first = replace(sent, status="expired", created=NOW - days(95), changed=NOW - days(80))
    return [
        plan(item, contacts=(replace(contact(1, answer=True), reply=dated),)),
        plan(item, contacts=(contact(24), replace(contact(9, answer=True), reply=promise))),
        plan(no),
        plan(no, touchpoints=(sent,)),
        plan(no, touchpoints=(first,)),
    ]


def _one(
    kind: str,
    *matches: Match,
    settings: DraftSettings | None = None,
    company: Company | None = None,
    templates: tuple[Template, ...] = (),
    contacts: Any = (),
    touchpoints: Any = (),
    **changes: Any,
) -> Suggestion:
    """Return the one suggestion of that kind that the plan makes for the changed interview."""
    of_kind: dict[str, Any] = {
        "thank_you": {"ago": 1},
        "decision": {"ago": 30},
        "check_in": {"ago": 25},
    }
    values = {"ago": 10, **of_kind.get(kind, {}), **changes}
    if kind == "decision":
        values = {"decision_expected": date(2026, 11, 10), **values}
    config = Config(
        Settings(timezone="UTC", drafts=settings or DraftSettings(), pace=PaceSettings()),
        (company or Company("oracle", "Oracle"),),
    )
    workspace = Workspace("/nowhere", config, (interview(**values),), templates=templates)
    found = suggest(workspace, {FILE: matches}, History(touchpoints, contacts), NOW)
    return next(item for item in found.suggestions if item.kind == kind)


# ------------------------------------------------------------------------------- every draft


def test_every_kind_is_short_and_fresh() -> None:
    """Under 150 words, no phrase that everybody has read too often, a subject, a gap or two."""
    found = [item for one in _every_kind() for item in one.suggestions]

    assert {item.kind for item in found} == set(KINDS)
    for item in found:
        text = f"{item.draft.subject}\n{item.draft.body}"
        assert len(text.split()) < 150
        assert not worn_out(text)
        assert item.draft.subject
        assert "  " not in item.draft.body


def test_a_greeting_of_ones_own_stays_in_another_language() -> None:
    """Only the usual English one is replaced: this German candidate is on first names."""
    lines = (NoteLine(FILE, 9, "discussed", "die Umstellung und nicht mit der neuen Software"),)
    settings = DraftSettings(greeting="Hallo {name},", closing="Viele Grüße")
    body = _one("congratulation", own_news(), lines=lines, settings=settings).draft.body
    assert body.startswith("Hallo Renata,\n") and "\nViele Grüße\n" in body


def test_a_thank_you_says_in_its_first_lines_why_it_is_written() -> None:
    """Thanks, the day, and what the candidate marked in the notes."""
    body = _one("thank_you").draft.body

    assert body.startswith("Dear Renata,\n\n")
    assert "yesterday" in body.splitlines()[2]
    assert "the takeover of the rival HR vendor" in body.splitlines()[2]


def test_without_a_mark_no_word_of_the_line_is_in_the_message() -> None:
    """It says something of the work instead, and has no gap but that of the name."""
    lines = (NoteLine(FILE, 11, "discussed", "cold office [again]; three new people"),)
    body = _one("thank_you", lines=lines).draft.body

    assert any(
        said in body for said in ("your work", "the work you do", "the work at", "the role of")
    )
    assert body.count("[…") == 1
    assert not any(word in body for word in ("office", "cold", "three", "new people"))


def test_a_subject_is_said_to_be_theirs_only_where_the_notes_say_so() -> None:
    """A line with this person's name is "what you told me"; else nobody is quoted."""
    shared = _one("thank_you").draft.body
    own = _one("thank_you", lines=(replace(SUITES, person=RENATA.name),)).draft.body

    assert "you told me" not in shared
    assert "you said" not in shared
    assert any(said in own for said in ("you told me", "you said", "hear from you"))


def test_interviewers_get_subjects_of_their_own() -> None:
    """Imran hears of what he spoke of; of the shared lines each gets another."""
    lines = (
        NoteLine(FILE, 1, "discussed", "the merger of two suites: long"),
        NoteLine(FILE, 2, "discussed", "the price of old licences: high"),
        NoteLine(FILE, 3, "discussed", "the master record: theirs", IMRAN.name),
    )
    ada = Person("Ada Lovelace")
    found = plan(interview(people=(RENATA, IMRAN, ada), lines=lines)).suggestions
    bodies = {item.person: item.draft.body for item in found}

    assert "the merger of two suites" in bodies[RENATA.name]
    assert "about the master record" in bodies[IMRAN.name]
    assert "the price of old licences" in bodies[ada.name]


def test_a_contribution_brings_fact_skill_and_something_to_use() -> None:
    """The news with its source and link, what the candidate did, and the words that were marked."""
    text = "opened a second plant; customs papers were the bottleneck"
    line = NoteLine(FILE, 17, "angle", text, marked=("customs papers were the bottleneck",))
    match = news(story=story_of("n1", "Oracle opens a plant in Ohio"), verdict=PLAIN)
    skilled = replace(match, skill=replace(match.skill, note=line)) if match.skill else match
    draft = _one("contribution", skilled).draft

    assert "the news about Oracle" in draft.subject
    assert '"Oracle opens a plant in Ohio" (News Wire, 23 November)\n' in draft.body
    assert "https://news.example/n1" in draft.body
    assert "I opened a second plant" in draft.body
    assert ": customs papers were the bottleneck." in draft.body
    assert "[…" not in draft.body.replace("[… your name]", "")


def test_without_a_mark_the_useful_thing_is_left_to_the_candidate() -> None:
    """Nobody invents what the candidate learned: the message goes without, and says what may be
    added.
    """
    draft = _one("contribution", news(verdict=PLAIN)).draft
    assert draft.more.endswith("else one thing they can use straight away")
    assert draft.more not in draft.body and "[+" not in draft.body
    assert "I ran the customer side of two takeover programmes" in draft.body


def test_what_went_well_for_them_is_congratulated_on() -> None:
    """No lesson for who has just succeeded: a congratulation, what one did oneself, an offer."""
    draft = _one("contribution", news()).draft
    assert re.search("a page|one page", draft.body) and "?" not in draft.body
    assert re.search("[Cc]ongratulat|[Ww]ell done", draft.body)
    assert "I ran the customer side of two takeover programmes" in draft.body
    assert draft.more.startswith("a question") and "mattered most" not in draft.body


def test_who_has_just_succeeded_is_taught_no_lesson() -> None:
    """Not even where the candidate marked one."""
    marked = replace(ANGLE, marked=("customs papers were the bottleneck",))
    match = news()
    assert match.skill
    draft = _one("contribution", replace(match, skill=replace(match.skill, note=marked))).draft
    assert "customs papers" not in draft.body


def _with_text(told: Story, text: str) -> Story:
    return replace(told, lead=replace(told.lead, text=text))


@pytest.mark.parametrize(
    ("mine", "is_offered"),
    [
        ("brought forty suppliers onto a new site", True),  # one long word: "supplier"
        ("opened thirty towers", False),  # one that is short
        ("opened thirty towers of a tenant", True),  # two
        ("ran a kitchen", False),
    ],
)
def test_an_offer_is_on_the_very_thing_that_the_news_tells(mine: str, is_offered: bool) -> None:
    """A line of the angle with a long word of the talk or the headline, or two of the story."""
    told = NoteLine(FILE, 11, "discussed", "the suppliers of the towers: late")
    lead = _with_text(story_of("n1", "Oracle opens a plant"), "The first tenants move in.")
    match = news(story=lead, skill=None)
    match = replace(match, for_people=(replace(match.for_people[0], note=told),))
    draft = _one("check_in", match, lines=(told, NoteLine(FILE, 17, "angle", mine))).draft
    assert ("page" in draft.body) == (mine in draft.body) == is_offered


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("English", "two suite consolidations, one abroad", "two suite consolidations"),
        ("English", "surveys of sixty farms; half of them flood", "surveys of sixty farms"),
        ("English", "sixty surveys", ""),  # a jotting
        ("English", "shop and machines accessible", ""),
        ("English", "ran the customer side", ""),  # a sentence: "I ran …"
        ("German", "Leitung zweier Lager + Umzug", "Leitung zweier Lager und Umzug"),
        ("German", "Automaten der Bahn barrierefrei", ""),
        ("German", "Molkerei: Dampf raus bis Mai", ""),
        ("French", "Contrat de maintenance pour 46 rames", "contrat de maintenance pour 46 rames"),
        ("French", "planifier de nuit les rames", ""),
        (
            "Spanish",
            "120 tiendas con etiquetas + autocobro",
            "120 tiendas con etiquetas y autocobro",
        ),
        ("Spanish", "pedidos/compras de dos plantas", ""),
    ],
)
def test_what_one_did_is_named_as_it_was_jotted(language: str, text: str, said: str) -> None:
    """Where it is a phrase: it stands in brackets behind "my own work"."""
    assert experience_of(NoteLine(FILE, 1, "angle", text), language) == said


@pytest.mark.parametrize(
    ("line", "title", "said"),
    [
        ("hut near Kirkhope Moss, walks", "Kirkhope Moss becomes a park", "Kirkhope Moss"),
        ("half model of a Folkeboots hull", "Folkeboot-Regatta: 34 at the start", "Folkeboot"),
        ("photo of Céüse, a first 8a", "She climbs her first 8a at Céüse", "first 8a at Céüse"),
        ("a sourdough starter", "How sourdough is judged", ""),  # an ordinary word
        ("a sourdough starter", "Sourdough for all", ""),
        ("bakes for county shows", "A record at the county show", "county show"),
        ("two hives on the roof", "Bees on many a roof", ""),  # "roof" alone says little
        ("framed photo of a boat", "Solo sailor rounds the Horn", ""),
    ],
)
def test_a_hobbys_message_says_by_what_words_it_comes(line: str, title: str, said: str) -> None:
    """Of the headline those that their own line has, too; what was seen is not recited."""
    noted = NoteLine(FILE, 14, "office", line, RENATA.name)
    assert words_in_common(line, title) == said
    draft = _one("tidbit", tidbit(note=noted, story=story_of("t1", title))).draft
    assert (said.casefold() in draft.subject.casefold()) or not said
    assert "made me think of you" not in draft.body


def test_the_sentence_nearest_to_their_line_is_quoted() -> None:
    """Not the first: "Board 3" is what they play."""
    text = "The club from the second league won its final. The last point was made by Board 3."
    noted = NoteLine(FILE, 14, "office", "chess clock, plays board 3 there", RENATA.name)
    told = tidbit(note=noted, story=_with_text(story_of("t1", "Chess club takes the cup"), text))
    assert told.best
    best = replace(told.best, sentence="Chess club takes the cup")
    body = _one("tidbit", replace(told, best=best, for_people=(best,))).draft.body
    assert "Board 3" in body and "second league" not in body


def test_a_result_is_no_lesson() -> None:
    """What "went down by 38 %" is what one is proud of, and nothing to use."""
    line = NoteLine(FILE, 17, "angle", "replaced the boilers of a dairy; gas use down by 38 %")
    match = news(verdict=PLAIN)
    assert match.skill
    told = replace(match, skill=replace(match.skill, note=line))
    body = _one("contribution", told).draft.body
    assert "boilers of a dairy" in body and "38" not in body


def test_a_tidbit_on_what_was_discussed_ties_to_it() -> None:
    """The subject of the talk that the story fits, not another one."""
    lines = (NoteLine(FILE, 3, "discussed", "the old warehouse: full"), SUITES)
    draft = _one("tidbit", tidbit(note=SUITES), lines=lines).draft

    assert "the takeover of the rival HR vendor" in draft.body
    assert "warehouse" not in draft.body


@pytest.mark.parametrize(
    "line", ["a shelf of boat books; she judges shows", "photo of a boat race"]
)
def test_what_was_seen_in_an_office_is_never_recited(line: str) -> None:
    """The story is offered; how the candidate came to it, they say themselves."""
    draft = _one("tidbit", tidbit(note=NoteLine(FILE, 9, "office", line, RENATA.name))).draft
    assert not any(word in draft.body for word in ("shelf", "judges", "photo"))
    assert draft.body.count("[… ") == 1  # that of the name
    assert draft.more


def test_the_topic_that_brought_a_story_says_why_it_comes() -> None:
    """Its name in feeds.yaml, where the story is about that."""
    brought = tidbit(note=replace(BOAT, text="a boat that she has"))
    for slug, is_named in (("sailing", True), ("sunday-fun", False)):
        topic = Topic(slug, (Feed(brought.story.lead.feed, topic=slug),))
        config = Config(Settings(timezone="UTC"), (Company("oracle", "Oracle"),), (topic,))
        workspace = Workspace("/nowhere", config, (interview(ago=10),))
        found = suggest(workspace, {FILE: (brought,)}, History(contacts=(contact(9),)), NOW)
        told = next(item for item in found.suggestions if item.kind == "tidbit").draft
        assert (slug in f"{told.body}") == is_named


def test_who_arranges_it_is_thanked_for_that() -> None:
    """No gap: a recruiter told nothing that could stay with one."""
    draft = _one("thank_you", people=(replace(RENATA, role="recruiter"),)).draft
    assert "[…" not in draft.body.replace("[… your name]", "")
    assert "rival HR vendor" not in draft.body


def test_only_plainly_good_news_of_theirs_is_congratulated_on() -> None:
    """Their own success is no reading matter; what is good for whom else, the candidate judges."""
    good = _one("check_in", news(skill=None)).draft.body
    told = news(skill=None, verdict=PLAIN, meets_talk=True)  # a launch that they told of
    other = replace(told, verdict=Verdict("neutral", "people", 0.0))
    launched, plain = (_one("check_in", match).draft.body for match in (told, other))

    assert "ongratulat" in good and "ongratulat" in launched
    assert "Oracle opens a plant" in plain and "ongratulat" not in plain


def test_a_check_in_without_news_is_only_a_short_hello() -> None:
    """It asks for nothing, and fits on a telephone's screen."""
    draft = _one("check_in").draft

    assert len(draft.body.split()) < 75
    assert "?" not in draft.body
    assert "http" not in draft.body


def test_the_second_question_has_other_words() -> None:
    """It knows that it is the second, and asks for one line."""
    first = _one("decision").draft
    asked = past("decision", f"decision:{FILE}:{RENATA.name}:1", "sent", 8)
    second = _one("decision", touchpoints=(asked,), contacts=(contact(8),)).draft

    assert first.body.count("?") == second.body.count("?") == 1
    assert not {line for line in first.body.splitlines()[2:-2] if line} & set(
        second.body.splitlines()[2:-2]
    )


def test_a_farewell_is_gracious() -> None:
    """Thanks, no question, no bitterness, and another text for each interviewer."""
    one, two = (
        farewell(_recipient(interview(people=(RENATA, IMRAN)), person), DraftSettings())
        for person in (RENATA, IMRAN)
    )

    assert one.to == RENATA.email
    assert one.body.splitlines()[2:] != two.body.splitlines()[2:]
    for text in (one.body, two.body):
        assert "hank" in text or "grateful" in text
        assert "?" not in text
        assert not worn_out(text)
        assert "unfortunately" not in text.casefold()


# ------------------------------------------------------------------------------- greeting, days


@pytest.mark.parametrize(
    ("greeting", "name", "said"),
    [
        ("Dear {name},", "Ada Lovelace", "Dear Ada,"),
        ("Dear {name},", "Dr. Ada Lovelace", "Dear Dr. Lovelace,"),
        ("Dear {name},", "Frau Sommer", "Dear Frau Sommer,"),
        ("Dear {title} {last_name},", "Dr. Ada Lovelace", "Dear Dr. Lovelace,"),
        ("Dear {title} {last_name},", "Ada Lovelace", "Dear Ada Lovelace,"),
        ("Good day {full_name}!", "van Beethoven, Ludwig", "Good day Ludwig van Beethoven!"),
        ("Hi {name}", "山田 太郎", "Hi 山田 太郎"),
        ("Dear {name},", "", "Hello,"),
        ("Dear {nme},", "Ada Lovelace", "Dear,"),
    ],
)
def test_the_greeting_is_the_settings(greeting: str, name: str, said: str) -> None:
    """With the parts of the name that it asks for; nobody named gets none."""
    people = (Person(name),) if name else ()
    draft = _one("thank_you", settings=DraftSettings(greeting=greeting), people=people).draft

    assert draft.body.splitlines()[0] == said


@pytest.mark.parametrize(
    ("greet", "timezone", "said"),
    [
        ("Frau Dr. Vogt", "", "Dear Frau Dr. Vogt,"),
        ("Liebe Jana,", "", "Liebe Jana,"),
        ("", "Asia/Shanghai", "Dear Wei Ling,"),  # which is the family name nobody can tell
        ("", "Europe/Berlin", "Dear Wei,"),
    ],
)
def test_a_person_is_greeted_as_the_notes_or_the_place_say(
    greet: str, timezone: str, said: str
) -> None:
    """`greet:` is a name or a whole line; in some countries the whole name is the greeting."""
    people = (Person("Wei Ling", timezone=timezone, greet=greet),)
    assert _one("thank_you", people=people).draft.body.splitlines()[0] == said


def test_the_notes_may_ask_for_a_language() -> None:
    """`language: German` over English notes: our words are German, nothing jotted is quoted."""
    body = _one("thank_you", language="German").draft.body
    assert "takeover" in _one("thank_you").draft.body and "takeover" not in body
    assert body.startswith("Guten Tag Renata Kowalczyk,") and "gestern" in body


def test_a_date_that_is_a_guess_is_not_told() -> None:
    """An article that was only seen has no day; one without source or link has neither."""
    seen = news()
    lead = replace(seen.story.lead, dated="seen", source="", link="")
    body = _one("contribution", replace(seen, story=replace(seen.story, lead=lead))).draft.body

    assert '"Oracle opens a plant"\n' in body
    assert "November" not in body
    assert "http" not in body


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("German", "die Umstellung der Kassen auf das neue System", "Guten Tag Renata Kowalczyk,"),
        ("French", "la migration vers le nouveau système de caisse", "Bonjour Renata Kowalczyk,"),
        ("Spanish", "la apertura del segundo almacén en Zaragoza", "Hola, Renata:"),
    ],
)
@pytest.mark.parametrize("kind", ["thank_you", "check_in", "decision", "tidbit", "contribution"])
def test_a_message_is_in_the_language_of_the_notes(
    kind: str, language: str, text: str, said: str
) -> None:
    """Greeting, days, topic and what is left to fill in: no word of English but the headline."""
    did = {
        "German": "zwei Umstellungen geleitet",
        "French": "une migration en deux mois",
        "Spanish": "una apertura de dos tiendas",
    }[language]
    talked, mine = (
        NoteLine(FILE, 3, "discussed", text, marked=(text,)),
        NoteLine(FILE, 9, "angle", did),
    )
    lines = (talked, mine)
    matches = {"tidbit": (tidbit(),), "contribution": (news(),)}.get(kind, ())
    draft = _one(kind, *matches, lines=lines).draft

    assert draft.body.startswith(said)
    assert text in draft.body or kind in ("tidbit", "contribution", "decision")
    headline = re.escape("Solo sailor rounds the Horn, t1")
    plain = re.sub(rf'"[^"]*"|{headline}|https?://\S+', "", f"{draft.subject}\n{draft.body}")
    assert not set(plain.split()) & {"the", "you", "your", "on", "and", "about", "Monday", "name]"}


def test_nobody_at_a_company_reads_the_same_line_twice() -> None:
    """Two lines: one each for the thank-yous, none for the third, and no check-in without one."""
    lines = (
        NoteLine(FILE, 3, "discussed", "the takeover of the rival vendor"),
        NoteLine(FILE, 4, "discussed", "the archive in the cellar"),
    )
    people = (RENATA, IMRAN, Person("Ada Lovelace"))
    item = interview(ago=1, people=people, lines=lines)
    thanks = plan(item).suggestions
    topics = [next((line for line in lines if line.text in s.draft.body), None) for s in thanks]
    assert topics == [*lines, None]

    sent = tuple(touchpoint(s, "sent", id=n, changed=NOW) for n, s in enumerate(thanks, 1))
    wrote = tuple(contact(0, person=person.name) for person in people)
    later = NOW + timedelta(days=22)
    assert plan(item, touchpoints=sent, contacts=wrote, now=later).suggestions == ()
    belt = NoteLine(FILE, 5, "discussed", "the conveyor by the gate")
    marked = replace(belt, marked=("the conveyor by the gate",))
    did = NoteLine(FILE, 9, "angle", "moved a conveyor by night")
    # A sign of life is on what was marked, and offers something on it.
    for more in ((belt, did), (marked,)):
        told = replace(item, lines=(*lines, *more))
        assert plan(told, touchpoints=sent, contacts=wrote, now=later).suggestions == ()
    told = replace(item, lines=(*lines, marked, did))
    (check_in,) = plan(told, touchpoints=sent, contacts=wrote, now=later).suggestions
    assert "the conveyor by the gate" in check_in.draft.body
    assert "I moved a conveyor by night" in check_in.draft.body
    assert not any(line.text in check_in.draft.body for line in lines)


def test_a_tidbit_for_pleasure_speaks_of_no_talk() -> None:
    """The boat has nothing to do with the takeover that was discussed."""
    draft = _one("tidbit", tidbit()).draft
    assert "takeover" not in f"{draft.subject} {draft.body}"


def test_a_company_is_named_as_one_says_it() -> None:
    """Without its legal form."""
    company = Company("oracle", "Oracle Deutschland GmbH & Co. KG")
    body = _one("contribution", news(verdict=PLAIN), company=company).draft.body
    assert "Oracle Deutschland" in body and "GmbH" not in body


def test_a_contribution_can_go_as_it_is() -> None:
    """What the candidate did, and what they can use of it, is one sentence that may be added."""
    bare = replace(ANGLE, text="supplier things")
    match = news()
    assert match.skill
    match = replace(match, skill=replace(match.skill, note=bare))
    for wanted in (match, replace(match, verdict=PLAIN)):
        draft = _one("contribution", wanted).draft
        assert draft.body.count("[…") == 1 and draft.more  # that of the name


def test_notes_in_a_language_without_wordings_lend_no_topic() -> None:
    """A sentence on the work, rather than Dutch inside an English one."""
    text = "**het nieuwe magazijn** en de planning van het team voor de winter"
    lines = (
        NoteLine(FILE, 3, "discussed", text.replace("*", ""), marked=("het nieuwe magazijn",)),
    )
    draft = _one("thank_you", lines=lines).draft

    assert "magazijn" not in draft.body
    assert draft.body.count("[…") == 1 and draft.more


# ------------------------------------------------------------------------- what may be taken over


@pytest.mark.parametrize(
    ("text", "marked", "topic"),
    [
        ("how the old archive was moved", ("the old archive",), "the old archive"),
        ("The night shift: she worries about noise", (), "the night shift"),
        ("our second crane: late", (), "your second crane"),
        ("the night shift, and noise", (), "the night shift"),
        (
            "cranes, tall gates, supplier onboarding at the quay",
            (),
            "supplier onboarding at the quay",
        ),
        ("cranes, they fail, supplier onboarding at the quay", (), ""),  # no list
        ("cranes, supplier onboarding at the quay", (), ""),
        ("worries: the night shift", (), ""),  # a colon after a word without its article
        ("the night shift, which is long: hard", (), "the night shift"),
        (
            "it slips; “one calendar that all believe”",
            (),
            "the phrase “one calendar that all believe”",
        ),
        ('she called it "not for us, yet"', (), ""),
        ("the rumour of a sale: he smiled", (), ""),  # said in confidence
        ("the rumour of a sale", ("a sale",), ""),
        ("a note of {x}", ("{x}",), ""),
        ("word " * 13, ("word " * 13,), ""),
        ("x" * 41, ("x" * 41,), ""),
        ("the synergy of two teams", ("the synergy of two teams",), ""),  # worn out
        ("", (), ""),
    ],
)
def test_a_topic_is_what_is_marked_or_a_whole_phrase(
    text: str, marked: tuple[str, ...], topic: str
) -> None:
    """Words in bold, before a colon, or a first clause that is a phrase; never a confidence."""
    found = topic_of(NoteLine(FILE, 1, "discussed", text, marked=marked))
    assert (found.text if found else "") == topic


@pytest.mark.parametrize(
    ("text", "person", "topic"),
    [
        ("place and route, she reads about it", RENATA.name, "place and route"),
        ("place and route, she reads about it", "", ""),  # "she" may be anybody
        ("place and route, she reads a lot", RENATA.name, ""),
        (
            "battery swapping in the gaps, he was keen on it",
            RENATA.name,
            "battery swapping in the gaps",
        ),
        ("chips, he reads about them", RENATA.name, ""),
    ],
)
def test_what_they_dwelt_on_is_a_topic(text: str, person: str, topic: str) -> None:
    """Whatever its form, where the line says of whom and goes on about it."""
    found = topic_of(NoteLine(FILE, 1, "discussed", text, person))
    assert (found.text if found else "") == topic


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("ran the pilot; it worked", "I ran the pilot"),
        ("Launched two handsets, know the trade", "I launched two handsets"),
        ("I can write the handbook.", "I can write the handbook"),
        ("opened a plant (in Ohio)", "I opened a plant"),
        ("in the trade for years", ""),
        ("running the pilot", ""),
        ("eight years in operations", "I spent eight years in operations"),
        ("8 years of running depots", "I spent 8 years running depots"),
        ("ten years of customs work", "I have ten years of customs work"),
        ("embedded software", ""),
        ("built forecasts", "I built forecasts"),
        ("brought forty suppliers on site", "I brought forty suppliers on site"),
        ("automated tests", ""),  # perhaps no verb
        ("tested doors (steel) with two firms", "I tested doors with two firms"),
        ("put doors in", "I put doors in"),
        ("trained nurses at night", "I trained nurses at night"),
        ("trained nurse at night", ""),  # perhaps what one is
        ("ran the pilot + more", "I ran the pilot and more"),
        ("ran the pilot & more", "I ran the pilot and more"),
        ("ran the pilot* of more", ""),
        ("ran the " + "very " * 14 + "pilot", ""),
        ("betreute den an der See", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_line_becomes_a_sentence_where_its_form_is_sure(text: str, skill: str) -> None:
    """One word before an article or a number is a verb; everything else is left to a gap."""
    assert skill_of(NoteLine(FILE, 1, "angle", text)) == skill


# ------------------------------------------------------------------------------------- variants


@pytest.mark.parametrize("who", [RENATA, IMRAN])
def test_no_message_has_the_form_of_another_at_the_company(who: Person) -> None:
    """Whoever read it: another wording is taken, and stays while the message is open."""
    mine = NoteLine(FILE, 14, "office", "sails near Kirkhope Moss", RENATA.name)
    titles = ("Kirkhope Moss becomes a park", "A boat for Kirkhope Moss")
    first, second = (tidbit(n, mine, story=story_of(n, n)) for n in titles)
    talk = interview(ago=60, people=(RENATA, IMRAN))
    (item,) = plan(talk, contacts=(contact(50),), matches=(first,)).suggestions

    def opening(body: str) -> str:
        return body.split("\n\n")[1].split(":")[0]

    def again(*open_now: Touchpoint, ago: float = 30) -> Suggestion:
        sent = touchpoint(replace(item, person=who.name), "sent", id=7, changed=NOW - days(ago))
        wrote = replace(contact(ago, person=who.name), touchpoint=7)
        past = (sent, *open_now)
        calls = (contact(50), contact(40, answer=True), wrote)
        return plan(talk, contacts=calls, touchpoints=past, matches=(second,)).suggestions[0]

    new = again()
    assert new.person == RENATA.name
    assert opening(new.draft.body) != opening(item.draft.body)
    kept = touchpoint(new, id=8, created=NOW - days(1))
    assert again(kept).draft == new.draft


@pytest.mark.parametrize("kind", ["thank_you", "check_in", "contribution", "farewell"])
@pytest.mark.parametrize("file", [FILE, "data/notes/halden.md", "data/notes/x.md"])
def test_no_two_of_nine_interviewers_get_the_same_words(kind: str, file: str) -> None:
    """They may show each other; the greeting left out, all texts differ."""
    people = tuple(Person(f"Person{letter} Roe") for letter in "ABCDEFGHI")
    item = interview(ago=30, people=people, file=file, lines=())
    drafts = []
    for person in people:
        case = _case(item, person)
        drafts.append(
            farewell(_recipient(item, person), DraftSettings())
            if kind == "farewell"
            else write(kind, "key", case, _option(kind), DraftSettings())  # type: ignore[arg-type]
        )

    texts = {(draft.subject, *draft.body.splitlines()[1:]) for draft in drafts}
    assert len(texts) == 9


def test_messages_of_two_kinds_in_a_row_begin_in_different_words() -> None:
    """A check-in with good news, then a contribution: both congratulate, each in its own words."""
    item = interview(ago=40)
    sent = past("check_in", "the one before", "sent", 10)
    cheerful = replace(_option("contribution"), match=news(meets_talk=True))
    first = write("check_in", "key", _case(item, RENATA), cheerful, DraftSettings())
    second = write("contribution", "key", _case(item, RENATA, (sent,)), cheerful, DraftSettings())
    begins = [draft.body.split("\n\n")[1].split(":")[0] for draft in (first, second)]
    assert "ongratulat" in begins[0] and "ongratulat" in begins[1]
    assert begins[0] != begins[1] and first.subject != second.subject


@pytest.mark.parametrize("kind", ["check_in", "contribution", "tidbit", "decision"])
def test_two_messages_in_a_row_differ_in_every_sentence(kind: Any) -> None:
    """What was sent last moves every choice; what is only open moves none."""
    item = interview(ago=40, decision_expected=date(2026, 11, 1))
    sent = past(kind, "the one before", "sent", 10)
    first = write(kind, "key", _case(item, RENATA), _option(kind), DraftSettings())
    again = write(kind, "key", _case(item, RENATA), _option(kind), DraftSettings())
    second = write(kind, "key", _case(item, RENATA, (sent,)), _option(kind), DraftSettings())
    same = {
        '"Oracle opens a plant" (News Wire, 23 November)',
        "https://news.example/n1",
        "Dear Renata,",
    }
    same |= {"[… one sentence: what struck you in it]", "Kind regards", "[… your name]"}

    assert first == again
    assert first.subject != second.subject
    assert not (set(first.body.splitlines()) & set(second.body.splitlines())) - {"", *same}


def _recipient(item: Interview, person: Person) -> Recipient:
    return Recipient(item, Company("oracle", "Oracle"), person, ZoneInfo("UTC"), NOW.date())


def _case(item: Interview, person: Person, touchpoints: Any = ()) -> Case:
    return Case(
        interview=item,
        company=Company("oracle", "Oracle"),
        person=person,
        identity=person.name,
        leads=True,
        asked=True,
        ahead=None,
        config=Config(Settings()),
        pace=PaceSettings(),
        zone=ZoneInfo("UTC"),
        is_free=lambda _: False,
        is_free_of_thanks=lambda _: False,
        now=NOW,
        matches=(),
        bad_news=(),
        usual_news=(),
        contacts=(),
        everywhere=(),
        colleagues=(),
        touchpoints=touchpoints,
        used=frozenset(),
        said=frozenset(),
    )


def _option(kind: str) -> Any:
    match = news()
    if kind not in ("tidbit", "contribution") or match.skill is None:
        return None
    note = ANGLE if kind == "contribution" else BOAT
    return Option(match, replace(match.skill, note=note))


# -------------------------------------------------------------------------------------- sources


def test_each_sentence_names_where_it_comes_from() -> None:
    """Notes with their line, the article, the head, the settings; the rest claims nothing."""
    told = news(verdict=PLAIN)
    draft = _one("contribution", told, settings=DraftSettings(name="Sam Reyes")).draft
    found = {sentence.text: sentence for sentence in sentences(draft)}
    behind = {text: {source.place for source in item.sources} for text, item in found.items()}

    skill = next(text for text in found if "I ran the customer side" in text)
    fact = next(text for text in found if "Oracle opens a plant" in text)
    assert behind[skill] == {f"{FILE}, line 17"}
    assert found[skill].sources[0].text == ANGLE.text
    assert found[skill].sources[0].said == "I ran the customer side of two takeover programmes"
    assert behind[fact] >= {"https://news.example/n1"}
    assert behind["Dear Renata,"] == {f"{FILE}, head › interviewers"}
    assert behind["Sam Reyes"] == {"feeds.yaml, settings › drafts › name"}
    assert draft.more and not [item.text for item in found.values() if item.has_gap]


def test_the_sentences_of_a_kept_draft_are_the_draft() -> None:
    """Nothing is lost and nothing comes twice, headlines with full stops included."""
    odd = news(story=story_of("n1", "Oracle Inc. opens a plant. At last! Is it? No. 4 is next"))
    draft = _one("contribution", odd).draft
    texts = [sentence.text for sentence in sentences(draft)]

    assert " ".join(texts).split() == f"{draft.subject} {draft.body}".split()
    assert sum("At last! Is it?" in text for text in texts) == 1


# -------------------------------------------------------------------------- own templates in use


def _own(text: str, kind: str = "thank_you", company: str = "") -> Template:
    return Template(f"data/templates/{kind}.txt", kind, company, f"Subject: {text}")


def test_a_template_of_ones_own_wins() -> None:
    """And the one for this company before the one for all."""
    general = _own(
        "Thanks, {first_name}\nor: Thanks, {full_name}\nelse: Thanks\n\n{greeting}\n\nFor all."
    )
    special = _own("Thanks\n\n{greeting}\n\nFor {company}.", company="oracle")
    other = replace(special, company="halden")

    assert _one("thank_you", templates=(general,)).draft.subject.startswith("Thanks, Renata")
    assert "For Oracle." in _one("thank_you", templates=(general, special)).draft.body
    assert "For all." in _one("thank_you", templates=(general, other)).draft.body


@pytest.mark.parametrize(
    "text",
    [
        "{rolle}\n\nHello",
        "Thanks\n\n{story}",  # there is no story today
        "Thanks\n\n" + "word " * 160,
    ],
)
def test_a_template_that_fails_gives_way_to_the_built_in_words(text: str) -> None:
    """Nothing stops, whatever is in it."""
    assert _one("thank_you", templates=(_own(text),)).draft == _one("thank_you").draft


def test_the_words_of_ones_own_template_have_its_file_as_their_source() -> None:
    """They are the candidate's, so they are no "wording only"."""
    own = _own("Thanks\n\n{greeting}\n\nI liked it. Your {topic} too.")
    draft = _one("thank_you", templates=(own,)).draft
    found = {sentence.text: sentence.sources for sentence in sentences(draft)}

    assert found["I liked it."][0].place == own.file
    assert found["Your the takeover of the rival HR vendor too."][0].place == f"{FILE}, line 11"


# -------------------------------------------------------------------------------- hostile input

_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(max_size=12).map(lambda text: f"{text} " * 200),
    st.sampled_from(
        [
            "",
            "a " * 500,
            "x" * 2_000,
            "\u202eevil\u2066",
            "\ue000\ue001\ue002",
            "[… {x} {greeting} ]",
            "\n\n",
        ]
    ),
    st.from_regex(r"[a-z]{2,9}( [a-z]{2,9}){0,30}([;,.:] [a-z]{2,9}( [a-z]{2,9}){0,30}){0,3}"),
)


@pytest.mark.slow
@settings(max_examples=150)
@given(
    texts=st.lists(_TEXT, min_size=14, max_size=14), kind=st.sampled_from(KINDS), turn=st.booleans()
)
def test_whatever_stands_in_the_files_a_draft_is_a_draft(
    texts: list[str], kind: Kind, turn: bool
) -> None:
    """Short, one line of subject, no unsafe characters, nothing worn out, no office recited."""
    name, role, topic, skill, title, source, link, company, greeting, closing, sender = texts[:11]
    secret = f"zebra quilt above the desk {texts[11]}"
    lines = (
        NoteLine(FILE, 1, "discussed", topic, marked=(topic,)),
        NoteLine(FILE, 2, "discussed", texts[12], name),
        NoteLine(FILE, 3, "office", secret, name),
        NoteLine(FILE, 4, "angle", skill, marked=(texts[12],)),
    )
    person = Person(name, title=texts[13])
    item = interview(ago=30, people=(person,), role=role, lines=lines, decision_expected=NOW.date())
    article = Article("a", "f", title, link, link, "", NOW, "feed", NOW, source)
    match = news(story=replace(news().story, lead=article), events=(Event("launch", False),))
    note = {"contribution": lines[3], "tidbit": lines[2], "thank_you": lines[0]}.get(kind)
    option = _option("contribution")
    option = (
        replace(option, match=match, evidence=replace(option.evidence, note=note)) if note else None
    )
    case = replace(
        _case(item, person, (past(kind, "before", "sent", 9),) if turn else ()),
        company=Company("oracle", company),
    )

    draft = write(kind, "key", case, option, DraftSettings(greeting, closing, sender))

    text = f"{draft.subject}\n{draft.body}"
    assert len(text.split()) < 150
    assert draft.subject.strip()
    assert "\n" not in draft.subject
    assert len(draft.subject) <= 78
    assert "zebra" not in text
    bad = ("Cc", "Cf", "Cs", "Co")
    assert not [x for x in text if x not in "\n\u200c\u200d" and unicodedata.category(x) in bad]
    said = " ".join(source.said for source in draft.sources).casefold()
    assert not [phrase for phrase in worn_out(text) if phrase not in said]
    rebuilt = " ".join(sentence.text for sentence in sentences(draft))
    assert rebuilt.split() == text.split()


def test_the_list_of_worn_out_phrases_is_not_empty() -> None:
    """The test above would pass without one."""
    assert len(WORN_OUT) > 30


@pytest.mark.parametrize(
    ("language", "yesterday", "sunday"),
    [
        ("English", "yesterday", "on Sunday"),
        ("German", "gestern", "am Sonntag"),
        ("French", "hier", "dimanche"),
        ("Spanish", "ayer", "el domingo"),
    ],
)
def test_what_was_yesterday_is_called_so(language: str, yesterday: str, sunday: str) -> None:
    """On the day after the weekday is stiff; two days later it is plain."""
    early = _one("thank_you", language=language).draft.body
    late = _one("thank_you", language=language, ago=2).draft.body
    assert yesterday in early
    assert sunday in late and yesterday not in late


def test_a_headline_that_is_too_long_is_no_subject() -> None:
    """A person writes a few whole words, and never half a headline."""
    title = "Oracle opens a plant for the servers of the next generation in Ohio, and hires 200"
    for kind, match in (("contribution", news()), ("tidbit", tidbit()), ("check_in", news())):
        for wanted in (title, "Oracle opens a plant"):
            skill = match.skill if kind == "contribution" else None
            lead = replace(match.story.lead, title=wanted)
            told = replace(match, story=replace(match.story, lead=lead), skill=skill)
            subject = _one(kind, told, contacts=(contact(24),), ago=25).draft.subject
            assert "…" not in subject
            assert len(subject) <= 60
            if wanted == title:
                assert "Oracle opens" not in subject


@pytest.mark.parametrize("language", ["English", "German", "French", "Spanish"])
def test_four_people_who_are_thanked_on_a_day_read_four_texts(language: str) -> None:
    """Paragraph by paragraph and subject by subject: they sit in one room."""
    people = tuple(Person(f"Ann Lee{letter}", email="a@b.example") for letter in "abcd")
    long = "the takeover of the rival vendor of payroll software in the north"
    theirs = NoteLine(FILE, 11, "discussed", long, people[1].name, (long,))  # no subject so long
    for file in (f"data/notes/{name}.md" for name in "abcdefghij"):  # of which the choice depends
        for lines in ((), (theirs,)):
            talk = interview(people=people, lines=lines, language=language, file=file)
            found = plan(talk).suggestions
            drafts = [item.draft for item in found if item.kind == "thank_you"]
            assert len(drafts) == 4
            assert len({draft.subject for draft in drafts}) == 4
            paragraphs = [draft.body.split("\n\n")[1:-1] for draft in drafts]
            for same in zip(*paragraphs, strict=True):
                assert len(set(same)) == 4


def test_a_line_that_tells_of_one_of_several_is_for_none_of_the_others() -> None:
    """What "he hates" is no topic for her thanks; where she was alone, it can only be hers."""
    line = NoteLine(FILE, 12, "discussed", "the ventilation of the theatres, he hates it")

    def body(*people: Person) -> str:
        (found, *_) = plan(interview(people=people, lines=(line,))).suggestions
        return found.draft.body

    assert "ventilation" not in body(RENATA, IMRAN)
    assert "ventilation" in body(RENATA)


@pytest.mark.parametrize(
    ("title", "noted", "said"),
    [
        (
            "Cleehill Band takes the title",
            "euphonium, plays with the Cleehill Band",
            "[Cc]ongratulat",
        ),
        ("A band from Leeds takes the title", "euphonium, plays with the Cleehill Band", ""),
        ("Cleehill Band plays on Sunday", "euphonium, plays with the Cleehill Band", ""),
        (
            "Climber wins at Cleehill",
            "photo of Cleehill, climbs there",
            "a part in it|if it was you|perhaps among",
        ),  # they? It is true either way
        ("Record at Cleehill: 900 cranes", "photo of Cleehill, walks there", ""),
    ],
)
def test_what_may_be_their_own_doing_is_no_mere_reading_matter(
    title: str, noted: str, said: str
) -> None:
    """A success of their own band is congratulated on; one that may be theirs, in case it is."""
    line = NoteLine(FILE, 14, "office", noted, person=RENATA.name)
    told = tidbit(note=line, story=story_of("t1", title))
    body = _one("tidbit", told).draft.body
    found = re.search(r".*[Cc]ongratulat.*", body)
    assert re.search(said, found.group()) if found else not said


def test_a_success_that_names_the_company_loosely_is_congratulated_on() -> None:
    """It is on what they talked about and has a word of its name: no mere reading matter."""
    told = tidbit(note=SUITES, story=story_of("t1", "Oracle tops the league of suites"))
    plain = tidbit(note=SUITES, story=story_of("t1", "A league of suites"))
    said = replace(SUITES, text="suites & more", marked=())  # lends no topic
    for match, is_named in ((told, True), (plain, False)):
        assert match.best
        best = replace(match.best, note=said)
        one = replace(match, best=best, for_people=(best,))
        body = _one("tidbit", one, lines=(said,)).draft.body
        assert bool(re.search(r"[Cc]ongratulat", body)) == is_named


def test_an_article_in_another_language_is_announced_and_not_for_pleasure() -> None:
    """For the work it says so; for a hobby nobody is sent what they would not read for pleasure."""
    lines = (NoteLine(FILE, 3, "discussed", "die Umstellung der Kassen auf das neue System"),)
    story = story_of("t1", "How the tills of the north were moved, and what it was good for")
    told = _one("tidbit", tidbit(note=lines[0], story=story), lines=lines).draft.body
    assert "auf Englisch" in told

    with pytest.raises(StopIteration):
        _one("tidbit", tidbit(note=replace(BOAT, person=RENATA.name), story=story), lines=lines)


@pytest.mark.parametrize(
    ("sentence", "is_quoted"),
    [
        ("The tills are moved in May.", True),  # six words
        ("The tills move in May.", False),
        (f"The tills are moved {'very ' * 26}soon in May.", False),  # 33
        (f"The tills are moved {'very ' * 25}soon in May.", True),
        ("Die Kassen werden nicht vor dem Mai umgestellt, und das ist gut.", False),  # in German
        ("The tills are moved after the crash of May.", False),  # sour
        ("The tills are moved in May", False),  # cut off
    ],
)
def test_something_to_read_quotes_the_sentence_that_fits(sentence: str, is_quoted: bool) -> None:
    """Whole, in quotation marks, in the language of the message, no bad news, six words to 32."""
    said = replace(SUITES, text="suites & more", marked=())  # lends no topic
    match = tidbit(note=said, story=story_of("t1", "How the tills of the north were moved"))
    assert match.best
    best = replace(match.best, sentence=sentence)
    body = _one("tidbit", replace(match, best=best, for_people=(best,)), lines=(said,)).draft.body
    assert (f'"{sentence}"' in body) == is_quoted


@pytest.mark.parametrize(("name", "is_named"), [("Halden Freight", True), ("Blues Freight", False)])
def test_a_short_first_word_names_no_company(name: str, is_named: bool) -> None:
    """Six letters: "Halden tops the league" is Halden Freight, "Blues tops" may be anybody."""
    said = replace(SUITES, text="suites & more", marked=())
    title = f"{name.split()[0]} tops the league of suites"
    match = tidbit(note=said, story=story_of("t1", title))
    body = _one("tidbit", match, lines=(said,), company=Company("oracle", name)).draft.body
    assert bool(re.search(r"[Cc]ongratulat", body)) == is_named
