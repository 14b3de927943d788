"""A note on LinkedIn, a card, a call: short, whole sentences, in four languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import (
    Channel,
    Draft,
    DraftSettings,
    Kind,
    NoteLine,
    Person,
    Suggestion,
    Template,
)
from pipeline.text.phrasing import MOST_CHARACTERS
from pipeline.touchpoints import short_forms, templates
from pipeline.touchpoints.drafts import LONGEST_LINE
from pipeline.touchpoints.sources import Piece, sentences
from tests.touchpoints.world import (
    ANGLE,
    BOAT,
    FILE,
    IMRAN,
    NOW,
    RENATA,
    SUITES,
    contact,
    interview,
    news,
    own_news,
    plan,
    tidbit,
    touchpoint,
)

KINDS: tuple[Kind, ...] = get_args(Kind)
LANGUAGES = ("English", "German", "French", "Spanish")
NOTES: tuple[Channel, ...] = ("linkedin", "card")
# Words of one letter up to some that no line holds; and what a feed or a note may hold beside.
TEXTS = st.text(st.sampled_from("ab ÄßñЖ漢 .,:!?“”—'\u00a0"), max_size=400)


def first(wordings: list[str]) -> str:
    return wordings[0]


def thanks(channel: Channel, *, language: str = "", ago: float = 1) -> Suggestion:
    person = replace(RENATA, channel=channel)
    found = plan(interview(ago=ago, people=(person,), language=language)).suggestions
    return next(item for item in found if item.kind == "thank_you")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["note", "call"])
def test_a_short_form_of_every_kind_has_no_mistake(file: str, language: str) -> None:
    """Every kind has one in every language, with known placeholders and no worn-out phrase."""
    ending = "" if language == "English" else f".{language.casefold()}"
    text = (templates.BUILT_IN / "short" / f"{file}{ending}.txt").read_text("utf-8")
    _, *parts = re.split(r"^== (\w+)\n", text, flags=re.MULTILINE)

    assert tuple(sorted(parts[::2])) == tuple(sorted(KINDS))
    own = [
        Template(f"{kind}.txt", kind, "", f"Subject: -\n\n{said}")
        for kind, said in zip(parts[::2], parts[1::2], strict=True)
    ]
    assert templates.problems(own) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", NOTES)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_no_note_is_longer_than_there_is_room(
    channel: Channel, language: str, kind: Kind, data: st.DataObject
) -> None:
    """Whatever the notes, the settings and the feeds lend; and no sentence is cut in its midst."""
    known = templates.PLACEHOLDERS
    values: dict[str, tuple[Piece, ...]] = {}
    for name in templates.placeholders_of(kind):
        is_long = name in ("greeting", "signature") or kind not in known[name].always
        longest = 400 if is_long else LONGEST_LINE
        if data.draw(st.booleans()) or not is_long:
            said = data.draw(TEXTS.map(lambda text, most=longest: f"a{text}"[:most]), label=name)
            values[name] = (Piece(said, "somewhere"),)
    values.setdefault("greeting", ())
    pieces = short_forms.note(kind, channel, language, values, first)
    text = "".join(piece.text for piece in pieces)

    assert 0 < len(text) <= MOST_CHARACTERS[channel]
    whole = [piece.text for value in values.values() for piece in value]
    assert all(piece.text in whole for piece in pieces if piece.place)  # a value is whole, or away
    ours = (templates.BUILT_IN / "short").glob("note*.txt")
    wordings = "\n".join(path.read_text("utf-8") for path in ours)
    assert all(part in wordings for p in pieces if not p.place for part in p.text.split("\n\n"))


@given(
    title=TEXTS,
    path=st.text("abc%-/", max_size=400),
    name=TEXTS,
    role=TEXTS,
    kind=st.integers(0, 4),
)
def test_a_message_of_the_plan_fits_linkedin(
    title: str, path: str, name: str, role: str, kind: int
) -> None:
    """The whole message counts: greeting, words, the article's address."""
    person = Person(f"Renata {name}", channel="linkedin")
    line = NoteLine(FILE, 11, "discussed", title, person.name, (title[:80],))
    matches = (news(), tidbit(), tidbit(note=replace(line, section="discussed")), own_news(), None)
    match = matches[kind]
    if match is not None:
        lead = replace(match.story.lead, link=f"https://news.example/{path}", title=title)
        match = replace(match, story=replace(match.story, lead=lead))
    talk = interview(ago=25, people=(person,), lines=(line, BOAT, ANGLE), role=role)
    found = plan(talk, matches=(match,) if match else ()).suggestions

    assert all(len(item.draft.body.strip()) <= 300 for item in found)
    assert all((item.draft.to, item.draft.subject) == ("", "") for item in found)


def test_what_has_no_room_is_left_out_whole() -> None:
    """A long address goes, and the article is named by its headline instead."""
    person = replace(RENATA, channel="linkedin")
    match = tidbit(note=replace(SUITES, person=RENATA.name))
    far = replace(match.story.lead, link=f"https://news.example/{'a' * 200}")
    match = replace(match, story=replace(match.story, lead=far))
    talk = interview(ago=10, people=(person,))
    (item,) = plan(talk, matches=(match,), contacts=(contact(9),)).suggestions

    assert item.kind == "tidbit"
    assert "https" not in item.draft.body
    assert '"Solo sailor rounds the Horn, t1"' in item.draft.body


def test_a_card_has_no_link_and_a_signature() -> None:
    """What is written by hand can be followed by nobody's finger."""
    person = replace(RENATA, channel="card")
    (item,) = plan(interview(ago=25, people=(person,)), matches=(news(),)).suggestions

    assert "http" not in item.draft.body
    assert "Oracle opens a plant" in item.draft.body
    assert item.draft.body.rstrip().splitlines()[-2:] == ["Kind regards", "[… your name]"]


def test_a_call_has_three_points_and_no_letter() -> None:
    """It is said in one's own words: no greeting, no signature."""
    for language in LANGUAGES:
        body = thanks("call", language=language).draft.body
        assert [line[:2] for line in body.splitlines()] == ["• "] * 3


def test_each_sentence_of_a_short_form_has_its_source() -> None:
    """As in a mail: what is claimed is where it says."""
    for channel in (*NOTES, "call"):
        found = sentences(thanks(channel).draft)
        text = " ".join(sentence.text for sentence in found)
        assert "the takeover of the rival HR vendor" in text
        places = [s.place for sentence in found for s in sentence.sources]
        assert f"{FILE}, line 11" in places


def test_a_mail_remains_a_mail() -> None:
    """Nobody else's message changes."""
    draft = thanks("email").draft
    assert (draft.channel, draft.to) == ("email", RENATA.email)
    assert draft.subject


def test_a_template_of_ones_own_is_used_where_it_fits() -> None:
    """A short one is as good on LinkedIn; a long one is not cut."""
    person = replace(RENATA, channel="linkedin")
    talk = interview(people=(person,))

    def body(text: str) -> Draft:
        own = Template("data/templates/thank_you.txt", "thank_you", "", text)
        (item,) = plan(talk, templates=(own,)).suggestions
        return item.draft

    short = body("Subject: Thanks\n\n{greeting}\n\nIt was fun.\n\n{signature}\n")
    assert (short.subject, short.body) == ("", "Dear Renata,\n\nIt was fun.\n")
    assert short.channel == "linkedin"
    assert [source.sentence for source in short.sources] == ["Dear Renata,", "It was fun."]
    assert "fun" not in body(f"Subject: Thanks\n\nfun {'a word ' * 60}\n").body


def test_with_the_second_question_comes_what_to_say_on_the_telephone() -> None:
    """One mail was not answered: ringing is better, if there is a number; the first asks alone."""
    talk = interview(ago=40, decision_expected=date(2026, 11, 3))
    (asked,) = plan(talk).suggestions
    assert (asked.kind, asked.draft.instead) == ("decision", ())

    sent = touchpoint(asked, "sent", changed=NOW.replace(day=10))
    (again,) = plan(talk, touchpoints=(sent,), contacts=(contact(14),)).suggestions
    assert again.kind == "decision"
    assert len(again.draft.instead) == 3
    assert "Tuesday 3 November" in again.draft.instead[0]
    assert "once more" in again.draft.body  # the mail is still there for who has no number


def test_nobody_is_rung_up_for_something_to_read() -> None:
    """A call needs a reason; an article is none."""
    person = replace(RENATA, channel="call")
    found = plan(interview(ago=10, people=(person,)), matches=(tidbit(),), contacts=(contact(9),))
    assert [item.kind for item in found.suggestions] == []


def test_three_people_on_linkedin_read_different_words() -> None:
    """As in mails: who compares the notes finds no form letter."""
    people = tuple(replace(p, channel="linkedin") for p in (RENATA, IMRAN, Person("Ada Lo")))
    theirs = replace(SUITES, person=RENATA.name)
    for name in "abcdefgh":  # of which the choice depends
        for lines in ((), (theirs,)):  # one of them has a topic, or none
            talk = interview(people=people, lines=lines, file=f"data/notes/{name}.md")
            found = plan(talk).suggestions
            bodies = [item.draft.body.split("\n\n")[1:] for item in found]

            assert len(bodies) == 3
            for one in zip(*bodies, strict=True):
                assert len(set(one)) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_on_linkedin_names_the_article_and_ends_with_the_name(language: str) -> None:
    """Headline, source and address where there is room."""
    person = replace(RENATA, channel="linkedin")
    talk = interview(ago=10, people=(person,), language=language)
    settings = DraftSettings(name="Sam Reyes")
    for match in (tidbit(note=replace(SUITES, person=RENATA.name)), tidbit()):
        (item,) = plan(talk, matches=(match,), contacts=(contact(9),), drafts=settings).suggestions
        body = item.draft.body
        lead = match.story.lead
        assert lead.title in body and lead.link in body and "News Wire" in body
        assert body.rstrip().splitlines()[-1] == "Sam Reyes"
        assert len(body.strip()) <= MOST_CHARACTERS["linkedin"]


def test_a_name_in_the_settings_needs_no_closing_on_linkedin() -> None:
    """Who wrote it stands beside it, too."""
    assert "Kind regards" not in thanks("linkedin").draft.body
    assert "your name" not in thanks("linkedin").draft.body
    assert DraftSettings().closing in thanks("card").draft.body
