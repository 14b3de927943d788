"""What the user says of a message: put off, answered, taken back."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pexpect
import pytest

from pipeline.commands import queue
from pipeline.records import Guard, GuardResult, Held, Reason
from pipeline.store import candidate
from pipeline.store.database import atomic, opened
from tests.program import Done, touchpoints
from tests.sample_workspace import AS_OF, NOW, SampleWorkspace


def say(desk: SampleWorkspace, *words: str, code: int = 0, as_of: str = AS_OF) -> Done:
    return touchpoints(*words, "--as-of", as_of, cwd=desk.root, code=code)


def test_a_thank_you_is_not_put_off_until_it_is_of_no_use(desk: SampleWorkspace) -> None:
    """It comes back on the last day of its week, unless one insists; on that day it cannot wait."""
    done = say(desk, "later", "1", "2026-12-08")
    assert "of no use after Sunday 29 November: it comes back on that day." in done.stderr
    assert "`touchpoints later 1 2026-12-08 --anyway`" in done.stderr
    until = desk.touchpoint(1).until
    assert until and until.isoformat() == "2026-11-29T00:00:00+00:00"

    last = say(desk, "later", "1", "2026-12-08", code=1, as_of="2026-11-29T08:00+00:00")
    assert "so it cannot wait" in last.stderr
    say(desk, "later", "1", "2026-12-08", "--anyway")
    until = desk.touchpoint(1).until
    assert until and until.date().isoformat() == "2026-12-08"


def test_what_is_put_off_into_the_days_before_the_question_is_told_so(tmp_path: Path) -> None:
    """It is not forbidden; it waits, and the user may take an earlier day."""
    desk = SampleWorkspace(tmp_path)
    note = desk.root / "data" / "notes" / "halden.md"
    talked = "interviewed: 2026-10-20 14:30\ndecision_expected: 2026-12-04\n"
    told = note.read_text("utf-8").replace("interviewed: 2026-11-23 14:30\n", talked)
    told = told.replace("night shifts on the quay", "**the night shifts**")
    note.write_text(f"{told.rstrip()}\n## My angle\n- planned the shifts of two yards\n", "utf-8")
    say(desk, "log", "halden", "--person", "Tom Adeyemi", "--on", "2026-10-21", "thanks")
    desk.run()
    (number,) = [item.id for item in queue.still_open(desk.root)]
    assert desk.touchpoint(number).suggestion.kind == "check_in"

    early = say(desk, "later", str(number), "2026-11-27")
    near = say(desk, "later", str(number), "2026-12-03")
    assert "question" not in early.stderr
    assert "the question about the decision comes up on Tuesday 8 December" in near.stderr


@pytest.mark.parametrize("command", [("answered", "1"), ("log", "halden", "call", "--answer")])
def test_the_way_back_is_told_once(desk: SampleWorkspace, command: tuple[str, ...]) -> None:
    """After a no as well."""
    queue.change(desk.root, 1, "sent", NOW)
    told = say(desk, *command, "--said", "no").stderr
    assert told.count("`touchpoints undo` takes it back") == 1


def test_after_an_invitation_nothing_comes_but_thanks(desk: SampleWorkspace) -> None:
    """The command doesn't say that there is nothing, where the next page has a note of thanks."""
    queue.change(desk.root, 1, "sent", NOW)
    told = say(desk, "answered", "1", "--said", "invitation", "--day", "2026-12-04").stderr
    assert "Until then nothing more is suggested there but thanks for it." in told


def test_the_age_of_a_story_of_yesterday_is_one_day(desk: SampleWorkspace) -> None:
    """Not "1 days"."""
    desk.read_bad_news()
    told = say(desk, "why", "https://n.example/cuts", as_of="2026-11-25T08:00+00:00").stdout
    assert "2026-11-24 (1 day ago)" in told


def test_who_answers_answers_what_came_last(desk: SampleWorkspace) -> None:
    """Of several messages to one person the latest is meant, and named; of two people one asks."""
    for story in ("one", "two"):
        item = desk.touchpoint(1).suggestion
        with opened(desk.root) as db, atomic(db):
            candidate.ask_for(
                db, replace(item, key=f"asked:{story}", reason=Reason("asked_for")), NOW
            )
    for number in (1, 2, 4, 3):
        queue.change(desk.root, number, "sent", NOW + timedelta(hours=number))
    assert "Which 'halden'? Give the number" in say(desk, "answered", "halden", code=1).stderr
    told = say(desk, "answered", "tom").stderr
    assert "Noted: Tom Adeyemi answered 4 (thank-you for Tom Adeyemi)." in told
    assert desk.touchpoint(4).status == "answered"


def test_bad_news_is_dismissed_as_of_the_wrong_company(desk: SampleWorkspace) -> None:
    """It holds nothing, is not shown for the company again, and teaches its words; until undone."""
    desk.read_bad_news()
    told = say(desk, "queue", "--held").stdout
    assert "about another company: `touchpoints dismiss h1 --because wrong-company`" in told
    wrong = say(desk, "dismiss", "h1", code=2).stderr
    assert "`touchpoints release h1` if it is none, or over" in wrong

    noted = say(desk, "dismiss", "h1", "--because", "wrong company").stderr
    assert "400 job cuts' is not about halden: it holds nothing back there any more" in noted
    assert "perhaps not halden but another" in say(desk, "learned").stdout
    page = desk.run().digest
    assert (page.held, page.companies[0].holds) == ((), ())
    assert "you said: wrong company" in say(desk, "why", "https://n.example/cuts").stdout

    assert "it holds messages back again" in say(desk, "undo").stderr
    assert desk.run().digest.companies[0].holds == (1,)


def test_bad_news_has_a_box_for_the_wrong_company(desk: SampleWorkspace) -> None:
    """The next run takes it off, and `undo` brings it back though the tick is still there."""
    desk.read_bad_news()
    desk.change("- [ ] wrong company: h1", "- [x] wrong company: h1")
    digest = desk.run().digest
    assert digest.taken[0].startswith("Read from your page of Tuesday 24 November: 1 wrong company")
    assert (digest.held, digest.notes, digest.questions) == ((), (), ())
    say(desk, "undo")
    assert desk.run().digest.companies[0].holds == (1,)


@pytest.mark.parametrize(("kind", "told"), [("lawsuit", True), ("death", False)])
def test_a_release_says_what_it_taught(tmp_path: Path, kind: str, told: bool) -> None:
    """The first that one more would shorten the hold, the second that it is shorter; no grave news.

    Two stories of bad news, released one after the other.
    """
    desk = SampleWorkspace(tmp_path)
    with opened(desk.root) as db, atomic(db):
        for name in ("one", "two"):
            result = GuardResult(Guard.BAD_NEWS, bad_news=(kind,))
            held = Held(result, "halden", "", story=name, title=f"Halden and {name}")
            candidate.keep_hold(db, held, NOW)
    first, second = (say(desk, "release", number).stderr for number in ("h1", "h2"))
    assert ("Nothing is learned from it yet; once more, and bad news of" in first) is told
    assert ("Learned: bad news of this kind (lawsuit) at halden holds" in second) is told


def test_an_answer_tells_what_it_said_and_the_plan_follows(desk: SampleWorkspace) -> None:
    """A new date with a promise: thanks today, the task and the day on the page, undo takes all."""
    say(desk, "sent", "1")
    say(desk, "dismiss", "2")
    words = ("--said", "new-date", "--day", "18 December", "--promised", "the figures of Q3")
    done = say(desk, "answered", "1", *words, "--by", "11 December")
    assert "The decision is expected on Friday 18 December now; your notes stay" in done.stderr
    assert "They promised the figures of Q3 by Friday 11 December" in done.stderr

    happened = say(desk, "log", "halden").stdout
    assert "(Tom Adeyemi) with a new date (Friday 18 December) and a promise (the fig" in happened
    desk.run()
    page = desk.page().read_text("utf-8")
    assert "Thank Tom Adeyemi (Halden Freight) for the answer" in page
    assert "the figures of Q3" in page
    assert "Friday 11 December: the figures of Q3, promised by Tom Adeyemi" in page
    assert "the decision is expected, as they wrote on Tuesday 24 November" in page
    say(desk, "undo")
    desk.run()
    assert "promised the figures" not in desk.page().read_text("utf-8")


def test_at_a_terminal_not_yet_is_no_no(desk: SampleWorkspace) -> None:
    """What is none of the letters is asked again, and nothing is guessed of it."""
    say(desk, "sent", "1")
    program = ["-m", "pipeline.cli.main", "--workspace", str(desk.root), "--as-of", AS_OF]
    child = pexpect.spawn(sys.executable, [*program, "answered", "1"], encoding="utf-8", timeout=30)
    child.expect("What did they say")
    child.sendline("not yet, a new date maybe")
    child.expect("One of d, i, p, n")
    child.sendline("d")
    child.expect("Which day")
    child.sendline("21 december")
    child.expect("expected on Monday 21 December")
    child.expect(pexpect.EOF)


def test_at_a_terminal_the_word_itself_is_an_answer_in_four_languages(
    desk: SampleWorkspace,
) -> None:
    """With the day behind it, nothing more is asked."""
    say(desk, "sent", "1")
    program = ["-m", "pipeline.cli.main", "--workspace", str(desk.root), "--as-of", AS_OF]
    for written, says in (
        ("nouvelle date", "Which day"),
        ("new date 21 december", "expected on Monday 21 December"),
    ):
        child = pexpect.spawn(
            sys.executable, [*program, "answered", "1"], encoding="utf-8", timeout=30
        )
        child.expect("What did they say")
        child.sendline(written)
        assert child.expect([says, "One of d"]) == 0
        child.close(force=True)


def test_a_no_is_a_rejection_that_undo_takes_back(desk: SampleWorkspace) -> None:
    """Of a contact elsewhere as well; the notes stay, and the user is told what to write."""
    said = say(desk, "log", "halden", "they wrote", "--person", "Tom", "--answer", "--said", "no")
    assert "`status: rejected`" in said.stderr
    desk.run()
    page = desk.page().read_text("utf-8")
    assert "Write Tom Adeyemi (Halden Freight) a last note" in page
    assert "Thank Aud" not in page
    say(desk, "undo")
    desk.run()
    assert "Thank Aud" in desk.page().read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--said", "promise", "--promised", "the figures"), "By which day did they promise"),
        (("--promised", "the figures"), "By which day did they promise"),
        (("--said", "promise", "--by", "friday"), "What did they promise?"),
        (("--said", "new-date"), "A new date needs its day"),
        (("--said", "new-date", "--day", "2026-11-20"), "“2026-11-20” has gone by"),
        (("--said", "new-date", "--day", "soon"), "“soon” is not a day"),
        (("--said", "maybe"), "“maybe” is none of the answers"),
    ],
)
def test_what_is_missing_in_an_answer_is_asked_for(
    desk: SampleWorkspace, words: tuple[str, ...], why: str
) -> None:
    """Nothing is recorded: neither that they answered."""
    say(desk, "sent", "1")
    assert why in say(desk, "answered", "1", *words, code=1).stderr
    assert desk.statuses()[0] == "sent"


def test_there_is_no_answer_to_what_was_not_sent(desk: SampleWorkspace) -> None:
    """It says what to do instead; nor does one move a plan before there was a talk."""
    assert "`touchpoints sent 1`" in say(desk, "answered", "1", code=1).stderr
    early = "2026-11-20T08:00+00:00"
    words = ("log", "halden", "a call", "--answer", "--said", "no")
    assert "no talk with Halden Freight yet" in say(desk, *words, code=1, as_of=early).stderr
    assert "add --answer" in say(desk, "log", "halden", "x", "--said", "no", code=2).stderr
    say(desk, "answered", "99", code=1)
    assert desk.contacts() == ()


def test_why_explains_a_hold_by_its_number(desk: SampleWorkspace) -> None:
    """What it holds back and until when, the story, how to end it; after that, that it is over."""
    desk.read_bad_news()
    said = say(desk, "why", "h1").stdout
    assert said.startswith("h1: Halden Freight announces 400 job cuts\n")
    assert "Nothing cheerful goes there before" in said
    assert "if it isn't bad news: `touchpoints release h1`" in said
    assert "verdict     bad (layoffs)" in said
    say(desk, "release", "h1")
    assert "nothing: you released it today" in say(desk, "why", "H1").stdout
    assert "There is no bad news h7" in say(desk, "why", "h7", code=1).stderr


def test_the_wrong_company_of_a_message_without_a_story_is_said_to_teach_nothing(
    desk: SampleWorkspace,
) -> None:
    """Nothing is said of a story that is not there."""
    said = say(desk, "dismiss", "1", "--because", "wrong-company").stderr
    assert "No story goes with it, so nothing is learnt from that." in said
    assert "correct `company:` in data/notes/halden.md" in said
    assert "The story" not in said


def test_an_answer_to_nothing_says_what_is_on_record_and_how_to_log_it(
    desk: SampleWorkspace,
) -> None:
    """Who was sent nothing may have written all the same; what was sent already is named."""
    said = say(desk, "answered", "aud", code=1).stderr
    assert "Nothing is on record as sent to 'aud'" in said
    assert '`touchpoints log halden "they wrote" --answer --person "Aud Lunde"`' in said
    assert "2  Thank-you for Aud Lunde (suggested)" in said
    say(desk, "sent", "1")
    again = say(desk, "sent", "tom", code=1).stderr
    assert "1  Thank-you for Tom Adeyemi (sent)" in again


def test_the_plan_begins_with_what_is_open(desk: SampleWorkspace) -> None:
    """Due today, and put off; also where another message was asked for meanwhile."""
    say(desk, "later", "2", "friday")
    said = say(desk, "queue", "--plan").stdout.splitlines()
    assert said[0] == "Today: thank-you for Tom Adeyemi, Halden Freight (1)"
    assert (
        said[1] == "Put off until Friday 27 November: thank-you for Aud Lunde, Halden Freight (2)"
    )


def test_a_name_that_the_notes_do_not_know_is_said(desk: SampleWorkspace) -> None:
    """It is recorded; a slip of the pen would count for a colleague without a word."""
    said = say(desk, "log", "halden", "a call", "--person", "Tim").stderr
    assert "Your notes don't know Tim there" in said
    assert "They know Tom Adeyemi and Aud Lunde." in said
    assert "don't know" not in say(desk, "log", "halden", "a call", "--person", "TOM").stderr


def test_why_tells_of_somebody_for_whom_nothing_is_suggested(desk: SampleWorkspace) -> None:
    """Each message that is held back, with its rule, and what they were sent."""
    say(desk, "sent", "1")
    assert "Number 1, thank-you: sent (`touch" in say(desk, "why", "adeyemi").stdout
    desk.run(NOW + timedelta(days=10))
    said = say(desk, "why", "tom", as_of="2026-12-04T09:00+00:00").stdout
    assert said.startswith("Nothing is suggested for tom at the moment.")
    assert "Check-in for Tom Adeyemi (needs news): There is nothing to bring" in said


def test_what_happened_with_a_company_is_its_own(tmp_path: Path) -> None:
    """And not what was suggested for another one."""
    desk = SampleWorkspace(tmp_path)
    feeds = (tmp_path / "feeds.yaml").read_text("utf-8")
    (tmp_path / "feeds.yaml").write_text(f"{feeds}  other: {{name: Other Works}}\n", "utf-8")
    assert "Nothing has happened with other yet." in say(desk, "log", "other").stdout
    assert "Tom Adeyemi" in say(desk, "log", "halden").stdout


def test_the_log_names_each_kind_and_no_hour_that_nobody_said(desk: SampleWorkspace) -> None:
    """A day without its hour is shown as a day; what came back says what it is."""
    say(desk, "sent", "1", "--on", "2026-11-23")
    say(desk, "later", "2", "2026-11-25")
    desk.run(NOW + timedelta(days=1))
    said = say(desk, "log", "halden", as_of="2026-11-25T09:00+00:00").stdout
    assert "2026-11-23        sent 1" in said
    assert all(": " in row for row in said.splitlines() if "suggested" in row)


def test_what_is_dismissed_is_not_dismissed_again(desk: SampleWorkspace) -> None:
    """In words for people."""
    say(desk, "dismiss", "1")
    said = say(desk, "dismiss", "1", code=1).stderr
    assert "Number 1 is already dismissed: there is nothing to change." in said
    assert "so it cannot be put off any more" in say(desk, "later", "1", "friday", code=1).stderr
