"""News of a person's own: who is congratulated, who is left alone, and what is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import (
    Company,
    Config,
    Evidence,
    Guard,
    Held,
    History,
    Hold,
    Match,
    NoteLine,
    PaceSettings,
    Person,
    PersonNews,
    PersonPart,
    Plan,
    Settings,
    Suggestion,
    Term,
    Verdict,
    Workspace,
)
from pipeline.text.guard_words import advice_on
from pipeline.text.reasons import reason_text
from pipeline.touchpoints.occasions import occasion_of
from pipeline.touchpoints.outcomes import outcomes
from tests.touchpoints.world import (
    BOAT,
    FILE,
    IMRAN,
    NOW,
    RENATA,
    SUITES,
    contact,
    days,
    interview,
    kinds,
    layoffs,
    news,
    own_news,
    past,
    plan,
    said,
    story,
    tidbit,
)

ORACLE = Workspace("/", Config(Settings(), (Company("oracle", "Oracle"),)))


def judged(of: Plan) -> list[Held]:
    """Return what is the candidate's to judge, not what is held by it."""
    return [item for item in of.held if item.story and item.kind is None]


def congratulation(of: Plan) -> Suggestion:
    (found,) = (item for item in of.suggestions if item.kind == "congratulation")
    return found


# ---------------------------------------------------------------------------------------- cheers


@pytest.mark.parametrize("part", ["promotion", "prize", "talk", "article"])
def test_one_congratulates_on_news_of_the_persons_own(part: PersonPart) -> None:
    """A day after a message, with two unanswered and three in the month: it counts apart."""
    wrote = tuple(contact(ago) for ago in (20, 10, 1))
    found = plan(interview(ago=25), matches=(own_news(part),), contacts=wrote)

    assert kinds(found) == ["congratulation"]
    assert congratulation(found).reference.note is None
    assert reason_text(congratulation(found).reason, NOW.date()).startswith("Renata Kowalczyk ")


@pytest.mark.parametrize(
    ("note", "shown", "expected"),
    [(SUITES, True, ["congratulation"]), (BOAT, True, []), (SUITES, False, [])],
    ids=["on what they talked about", "on a hobby", "too little in common"],
)
def test_a_name_without_the_company_is_theirs_beside_what_they_talked_about(
    note: NoteLine, shown: bool, expected: list[str]
) -> None:
    """Honoured for the takeovers of which she spoke, it is she."""
    best = Evidence(note, "She is honoured.", (Term("rival", 0.3), Term("takeover", 0.2)), 0.5)
    match = own_news("prize", sure=False, best=best, shown=shown, score=0.7)
    found = plan(interview(ago=25), matches=(match,), contacts=(contact(1),))
    assert [kind for kind in kinds(found) if kind == "congratulation"] == expected


@pytest.mark.parametrize(("ago", "is_fresh"), [(7, True), (8, False)])
def test_congratulations_come_within_a_week(ago: int, is_fresh: bool) -> None:
    """Seven days; later it would be a pretext."""
    found = plan(interview(ago=25), matches=(own_news(ago=ago),), contacts=(contact(1),))
    assert kinds(found) == (["congratulation"] if is_fresh else [])


def test_how_long_one_congratulates_is_a_setting() -> None:
    """Two days, and the third is too late."""
    pace = PaceSettings(congratulate_days=2)
    found = plan(interview(ago=25), matches=(own_news(ago=3),), contacts=(contact(1),), pace=pace)
    assert kinds(found) == []


def test_a_congratulation_uses_up_nothing() -> None:
    """Sent two days ago, it neither cools down, nor counts as unanswered or of the month."""
    sent = replace(past("congratulation", "c", "sent", 2), id=7)
    aside = replace(contact(2), touchpoint=7)
    pace = PaceSettings(monthly=1, unanswered_stop=1)
    found = plan(
        interview(ago=25, people=(RENATA, IMRAN)),
        matches=(news(),),
        contacts=(aside,),
        touchpoints=(sent,),
        pace=pace,
    )
    assert kinds(found) == ["contribution"]


def test_the_thank_you_comes_before_the_congratulation() -> None:
    """Somebody just met is thanked first; one message a person a day."""
    assert kinds(plan(interview(), matches=(own_news(),))) == ["thank_you"]


def test_two_people_of_one_company_may_be_congratulated_on_one_day() -> None:
    """And a third gets what is due to them: it is no campaign."""
    third = replace(IMRAN, name="Ada Third")
    people = (RENATA, IMRAN, third)
    wrote = tuple(contact(20, person=person.name) for person in people)
    matches = (own_news(), own_news("prize", IMRAN), news())
    found = plan(interview(ago=25, people=people), matches=matches, contacts=wrote)
    assert kinds(found) == ["congratulation", "congratulation", "contribution"]


def test_a_dismissed_congratulation_rests() -> None:
    """For two weeks no other one to the same person."""
    said_no = past("congratulation", "c", "dismissed", 3)
    found = plan(
        interview(ago=25), matches=(own_news(),), contacts=(contact(1),), touchpoints=(said_no,)
    )
    assert kinds(found) == []
    assert Guard.DISMISSED in {item.guard for item in found.held if item.kind == "congratulation"}


def test_bad_news_of_the_company_holds_congratulations_too() -> None:
    """A cheerful line in the week of the layoffs is none."""
    bad = layoffs()
    found = plan(interview(ago=25), matches=(own_news(), bad), contacts=(contact(1),))
    assert kinds(found) == []


def test_their_own_news_is_not_sent_to_them_as_something_to_read() -> None:
    """A contribution on one's own promotion would be odd."""
    shown = own_news(shown=True, skill=news().skill, best=news().best, ago=9)
    assert kinds(plan(interview(ago=25), matches=(shown,), contacts=(contact(22),))) == ["check_in"]
    (check_in,) = plan(interview(ago=25), matches=(shown,), contacts=(contact(22),)).suggestions
    assert check_in.reference.story == ""


# ----------------------------------------------------------------------------------------- holds


@pytest.mark.parametrize("part", ["leaves", "dies", "accused", "doubtful"])
def test_grave_news_of_a_person_holds_everything_to_them(part: PersonPart) -> None:
    """The thank-you as well; a colleague is still written to."""
    both = interview(people=(RENATA, IMRAN))
    found = plan(both, matches=(own_news(part, ago=0.2),))

    assert [item.person for item in found.suggestions] == [IMRAN.name]
    (asked,) = judged(found)
    assert (asked.guard, asked.person) == (Guard.OF_THE_PERSON, RENATA.name)
    assert said(asked).endswith("Nothing goes to Renata Kowalczyk until you have said what to do.")
    assert asked.until is None


def test_it_holds_until_the_candidate_says_otherwise() -> None:
    """Weeks later the story is forgotten, and the hold is not; released, it is over."""
    hold = Hold(4, "oracle", "leaves Renata Kowalczyk", "Oracle loses …", NOW - days(60))
    hold = replace(hold, person=RENATA.name)
    late = interview(ago=70)

    still = plan(late, holds=(hold,))
    assert kinds(still) == []
    assert [item.story for item in judged(still)] == ["leaves Renata Kowalczyk"]
    over = plan(late, matches=(own_news("leaves"),), holds=(replace(hold, released=NOW - days(1)),))
    assert kinds(over) == ["check_in"]


def test_the_hold_of_a_person_is_none_of_the_company() -> None:
    """Released for Renata, the same story still holds cheerful notes to all if it is bad news."""
    bad = own_news("leaves", verdict=Verdict("bad", "leader leaves", -1.0))
    hold = Hold(4, "oracle", bad.story.id, bad.story.lead.title, NOW - days(1), NOW, RENATA.name)
    found = plan(interview(ago=25), matches=(bad,), contacts=(contact(20),), holds=(hold,))
    assert {item.guard for item in judged(found)} == {Guard.BAD_NEWS}


def test_a_delicate_story_is_in_no_message_to_anybody() -> None:
    """That Renata leaves is no news to write to her colleague about."""
    shown = own_news("leaves", shown=True, skill=news().skill, best=news().best)
    both = interview(ago=25, people=(IMRAN, RENATA))
    found = plan(both, matches=(shown,), contacts=(contact(22, person=IMRAN.name),))
    assert [(item.kind, item.reference.story) for item in found.suggestions] == [("check_in", "")]


# ------------------------------------------------------------------------------ asked and warned


@pytest.mark.parametrize("part", ["prize", "leaves"])
def test_of_a_namesake_the_candidate_is_asked(part: PersonPart) -> None:
    """Nothing is assumed: neither cheered nor held."""
    found = plan(
        interview(ago=25), matches=(own_news(part, sure=False), tidbit()), contacts=(contact(15),)
    )

    assert kinds(found) == ["tidbit"]
    (asked,) = judged(found)
    assert asked.guard is Guard.PERHAPS_THE_PERSON
    assert asked.is_told_once and not asked.is_bad_news


def test_somebody_new_in_ones_own_field_is_a_warning() -> None:
    """Whoever it is, and though it is Renata's promotion: no cheer, no message with it."""
    post = own_news(own_field=("pricing",), shown=True, skill=news().skill, best=news().best)
    found = plan(interview(ago=25), matches=(post,), contacts=(contact(3),))

    assert kinds(found) == []
    (warned,) = judged(found)
    assert (warned.guard, warned.person) == (Guard.OWN_FIELD, "")
    assert "what you applied for (pricing)" in said(warned)


# ------------------------------------------------------------------------------------ the drafts

NOTES = {
    "English": ("they lose customers in the first month, and nobody knows why",),
    "German": ("die Umstellung war schwierig und nicht alle sind mit der neuen Software froh",),
    "French": ("la migration est difficile pour les clients et ils ne sont pas prêts",),
    "Spanish": ("la migración es difícil para los clientes y no están listos",),
}
SAID = {
    "English": ("Dear Renata,", "new post", "Kind regards"),
    "German": ("Guten Tag Renata Kowalczyk,", "Aufgabe", "Mit freundlichen Grüßen"),
    "French": ("Bonjour Renata Kowalczyk,", "nouvelles fonctions", "Bien cordialement"),
    "Spanish": ("Hola, Renata:", "nuevo cargo", "Un cordial saludo"),
}


@pytest.mark.parametrize("language", SAID)
def test_congratulations_are_written_in_the_language_of_the_notes(language: str) -> None:
    """Short, with the story and a gap for what only the candidate can say."""
    lines = tuple(NoteLine(FILE, 9, "discussed", text) for text in NOTES[language])
    found = plan(interview(ago=25, lines=lines), matches=(own_news(),), contacts=(contact(1),))

    body = congratulation(found).draft.body
    assert all(part in body for part in SAID[language]), body
    assert "https://news.example/promotion%20Renata" in body
    assert "Oracle: Renata Kowalczyk and a matter of promotion" not in body  # they know
    assert "[… " in body
    assert len(body.split()) < 80


@pytest.mark.parametrize(
    ("part", "title", "occasion"),
    [
        ("prize", "Renata Kowalczyk elected Fellow of the Society", "your fellowship"),
        ("prize", "Renata Kowalczyk named Buyer of the Year", "the Buyer of the Year award"),
        ("prize", "Honours for Renata Kowalczyk", "the honour"),
        ("talk", "Renata Kowalczyk to give keynote at the summit", "your keynote"),
        ("article", "Renata Kowalczyk on the art of waiting", "your article"),
    ],
)
def test_a_congratulation_names_the_occasion(part: PersonPart, title: str, occasion: str) -> None:
    """In a word, in subject and first sentence; nobody is sent a headline about themselves."""
    match = own_news(part, title=title)
    found = plan(interview(ago=25), matches=(match,), contacts=(contact(1),))

    draft = congratulation(found).draft
    assert occasion.casefold() in draft.subject.casefold()
    assert occasion in draft.body.splitlines()[2]
    assert title not in draft.body


@pytest.mark.parametrize(
    ("language", "title", "occasion"),
    [
        ("German", "Ernst-Lohse-Preis für Renata Kowalczyk", "zum Ernst-Lohse-Preis"),
        ("German", "Renata Kowalczyk wins a prize", "zu Ihrer Auszeichnung"),
        ("French", "Renata Kowalczyk reçoit le prix Lumen", "pour votre prix"),
        ("Spanish", "Renata Kowalczyk, premio a la innovación", "por su premio"),
    ],
)
def test_the_occasion_is_named_in_each_language(language: str, title: str, occasion: str) -> None:
    """Behind "Glückwunsch", "félicitations", "enhorabuena"."""
    assert occasion_of({"prize"}, title, language) == occasion


# ---------------------------------------------------------------------------------------- `why`


def test_why_says_what_became_of_a_story_about_somebody() -> None:
    """Held, asked, or too old; a story that only names them has nothing to say."""
    grave, old = own_news("leaves"), own_news("prize", ago=9)
    unclear = own_news("unclear")
    found = plan(interview(ago=25), matches=(grave, old), contacts=(contact(1),))
    became = [outcomes(match, found, _nothing(), ORACLE, NOW) for match in (grave, old, unclear)]
    assert "Nothing goes to Renata Kowalczyk" in became[0][0]
    assert became[1] == ("Older than seven days: too old for congratulations.",)
    assert became[2] == ()


def _nothing() -> History:
    return History()


# --------------------------------------------------------------------- whom the notes mention only


DANA = Person("Dana Whitfield")


def test_that_somebody_else_of_the_notes_leaves_is_told_and_holds_nothing() -> None:
    """Not the interviewer: a message goes out, without that story, in which it is good news."""
    told = own_news("leaves", person=DANA, shown=True, score=0.9, best=news().best)
    here = interview(10, mentioned=(DANA,))
    found = plan(here, matches=(told, news()), contacts=(contact(9),))

    (item,) = judged(found)
    assert (item.guard, item.person, item.is_told_once) == (Guard.OF_ANOTHER, DANA.name, True)
    assert said(item) == "Dana Whitfield seems to leave: your notes on Oracle mention them."
    assert advice_on(item).startswith("Don't mention it.")
    assert [item.reference.story for item in found.suggestions] == ["n1"]


@pytest.mark.parametrize("part", ["promotion", "dies", "accused", "doubtful"])
def test_no_message_is_for_whom_the_notes_only_mention(part: PersonPart) -> None:
    """Neither a congratulation nor a word to them: it is said, and that is all."""
    found = plan(
        interview(25, mentioned=(DANA,)),
        matches=(own_news(part, person=DANA),),
        contacts=(contact(24),),
    )
    assert [item.guard for item in judged(found)] == [Guard.OF_ANOTHER]
    assert {item.person for item in found.suggestions} <= {RENATA.name}
    assert "congratulation" not in kinds(found)
    assert "news of the person" not in {item.guard for item in found.held}


def test_a_possible_namesake_of_whom_the_notes_mention_is_not_told() -> None:
    """The candidate is asked about interviewers only; and who was met is an interviewer."""
    perhaps = own_news("leaves", person=DANA, sure=False)
    assert judged(plan(interview(10, mentioned=(DANA,)), matches=(perhaps,))) == []
    met = plan(interview(10, mentioned=(RENATA,)), matches=(own_news("leaves"),))
    assert [item.guard for item in judged(met)] == [Guard.OF_THE_PERSON]


def test_who_is_named_in_good_news_gets_one_line_in_four_weeks() -> None:
    """Some days after a message; not who is in the news all the time, nor where the notes ask."""
    told = own_news("named", ago=0.5)

    def goes(*more: Match, wrote: float = 20, sent: float = 0, title: str = "") -> bool:
        touched = (past("congratulation", "c", "sent", sent, story="other"),) if sent else ()
        first = replace(told, story=story("fine", title, ago=0.5)) if title else told
        found = plan(
            interview(ago=40),
            matches=(first, *more),
            contacts=(contact(wrote),),
            touchpoints=touched,
        )
        return "congratulation" in kinds(found)

    assert goes()
    assert not goes(wrote=1)
    assert not goes(sent=20) and goes(sent=30)
    assert not goes(title="Farewell to a ferry, says Renata Kowalczyk")
    often = [replace(told, story=story(f"s{n}", ago=n)) for n in range(2, 5)]
    assert goes(*often[:2]) and not goes(*often)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("the takeover of the rival HR vendor", "“Nell keeps her head”"),
        ("die Übernahme und was wir daraus für die Arbeit machen", "„Nell keeps her head“"),
    ],
)
def test_a_line_to_who_is_named_quotes_the_headline(note: str, said: str) -> None:
    """In the marks of its language, and says that it was their name one saw."""
    told = own_news("named", title="Nell keeps her head", ago=0.5)
    talk = interview(ago=25, lines=(replace(SUITES, text=note),))
    draft = congratulation(plan(talk, matches=(told,), contacts=(contact(20),))).draft
    assert said in draft.body


def test_a_line_about_an_article_without_a_title_names_where_it_stands() -> None:
    """And the line that says where one came across them is not left out."""
    told = own_news("named", title="", ago=0.5)
    found = plan(interview(ago=25), matches=(told,), contacts=(contact(20),))
    assert "come across you in “news.example”" in congratulation(found).draft.body


def test_what_keeps_a_message_is_told_of_a_story_that_also_names_them() -> None:
    """Too old for a message as company news; one that only names them is worth a line at times."""
    told = news(people=(PersonNews(RENATA.name, "named", True),), ago=12)
    only = own_news("named", ago=0.5)
    lately = past("congratulation", "c", "sent", 5, story="other")
    history = History(touchpoints=(lately,))
    of = plan(interview(ago=40), matches=(told, only), contacts=(contact(20),))
    (about_news,) = outcomes(told, of, history, ORACLE, NOW)
    (about_name,) = outcomes(only, replace(of, held=()), history, ORACLE, NOW)
    assert about_news.startswith("Older than") and "congratulations" not in about_news
    assert about_name.startswith("It only names them")


def test_who_is_named_in_news_that_fit_gets_the_message_that_fits() -> None:
    """Company news that meet the angle are a contribution, and no congratulation beside it."""
    told = news(people=(PersonNews(RENATA.name, "named", True),))
    assert kinds(plan(interview(ago=25), matches=(told,), contacts=(contact(20),))) == [
        "contribution"
    ]
