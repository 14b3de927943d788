"""A message about any story: as a command and, through whole runs, by a box on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.commands import queue
from pipeline.digest import compose
from pipeline.digest.answer_sheet import Wish, read_sheet
from pipeline.digest.markdown import markdown
from pipeline.digest.page_phrases import may_be_added, story_boxes
from pipeline.records import Contact, Digest, DigestItem
from pipeline.steps.opening import read_workspace
from pipeline.touchpoints.outcomes import past_of
from tests.cli.test_cli_review import Terminal
from tests.program import Done, touchpoints
from tests.sample_workspace import AS_OF, EMPTY, NOW, SampleWorkspace
from tests.web.visitor import Visitor

OPENING = "https://n.example/harbour"
BIKES = "https://n.example/bikes"
NEWS = f"""
<item><title>Halden Freight opens a second harbour in Moss</title><link>{OPENING}</link>
<pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate><description>Halden Freight opens a second harbour
in Moss today. Trucks will wait for ten minutes at most.</description></item>
<item><title>Town council votes for wider bicycle lanes</title><link>{BIKES}</link>
<pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate><description>The lanes will be three metres
wide.</description></item></channel>"""


@pytest.fixture
def desk(tmp_path: Path) -> SampleWorkspace:
    """A workspace with two thank-yous on this morning's page, and two stories in the store."""
    found = SampleWorkspace(tmp_path / "ws")
    (found.root / "empty.xml").write_text(EMPTY.replace("</channel>", NEWS), "utf-8")
    found.run(NOW + timedelta(hours=2))
    return found


def ask(desk: SampleWorkspace, *arguments: str, code: int = 0) -> Done:
    return touchpoints(
        "--workspace", str(desk.root), "--as-of", AS_OF, "draft", *arguments, code=code
    )


def later(days: float) -> datetime:
    return NOW + timedelta(days=days)


@pytest.mark.parametrize("name", ["Tom Adeyemi", "tom", "Adeyemi, Tom", "TOM ADEYEMI"])
def test_the_draft_is_printed_and_is_in_the_queue(desk: SampleWorkspace, name: str) -> None:
    """To whom it goes is understood as people write names."""
    result = ask(desk, "--story", BIKES, "--to", name)
    assert "To: tom@example.com" in result.stdout
    assert "wider bicycle lanes" in result.stdout
    assert "our conversation" not in result.stdout  # nothing was said of it
    what = desk.touchpoint(3).suggestion
    assert (what.kind, what.person, desk.touchpoint(3).status) == (
        "tidbit",
        "Tom Adeyemi",
        "suggested",
    )


def test_company_news_that_meets_a_skill_is_a_contribution(desk: SampleWorkspace) -> None:
    """The line of the angle is what is offered."""
    notes = desk.root / "data" / "notes" / "halden.md"
    with notes.open("a", encoding="utf-8") as file:
        file.write("## My angle\n- opened a harbour in Moss with waiting trucks\n")
    desk.run(NOW + timedelta(hours=3))
    result = ask(desk, "--story", OPENING, "--to", "Aud")
    assert desk.touchpoint(3).suggestion.kind == "contribution"
    assert "harbour in Moss with waiting trucks" in result.stdout


def test_what_speaks_against_it_is_said_and_stops_nothing(desk: SampleWorkspace) -> None:
    """The thank-you comes first, and it is bad news; both are warnings."""
    notes = desk.root / "data" / "notes" / "halden.md"
    with notes.open("a", encoding="utf-8") as file:
        file.write("- people of theirs in Leeds\n")
    desk.read_bad_news()
    result = ask(desk, "--story", "https://n.example/cuts", "--to", "Tom")
    assert "Mind: This is bad news for Halden Freight" in result.stderr
    assert "Mind: The thank-you comes first." in result.stderr
    assert desk.touchpoint(3).status == "suggested"
    assert desk.touchpoint(3).suggestion.reference.sentence == ""


def test_for_bad_news_of_theirs_there_is_no_text(desk: SampleWorkspace) -> None:
    """A greeting, a gap and a name, on later days, too; other stories have their text."""
    desk.read_bad_news()
    ask(desk, "--story", "https://n.example/cuts", "--to", "Tom")
    for day in (0.1, 1.0):
        desk.run(later(day))
        draft = desk.touchpoint(3).suggestion.draft
        assert (draft.subject, draft.body) == (
            "[…]",
            "Dear Tom,\n\n[…]\n\nKind regards\nSam\n",
        )
    assert "http" in ask(desk, "--story", BIKES, "--to", "Aud").stdout


def test_it_stays_on_the_page_until_it_is_answered(desk: SampleWorkspace) -> None:
    """The thank-yous come first, which can wait least; the page says what to mind."""
    ask(desk, "--story", BIKES, "--to", "Tom")
    entries = desk.run(later(0.2)).digest.entries
    assert [entry.id for entry in entries] == [1, 2, 3]
    assert entries[2].why_now == (
        "You wanted to write about this story. The thank-you comes first."
    )
    assert 3 in [entry.id for entry in desk.run(later(1)).digest.entries]


def test_grave_news_that_come_later_take_it_off_the_list(desk: SampleWorkspace) -> None:
    """No to-do stands beside the sentence that nothing cheerful goes there; asked anew, it does."""
    ask(desk, "--story", BIKES, "--to", "Tom")
    desk.read_bad_news()
    digest = desk.run(later(0.1)).digest
    assert [entry.id for entry in digest.entries] == [1, 2]
    assert desk.touchpoint(3).status == "expired"
    (held,) = digest.held
    assert "Off the list with it: something to read for Tom Adeyemi, “Town council" in held.text
    again = held.text.split("--story ")[1].split()[0]
    assert "Mind: Nothing cheerful" in ask(desk, "--story", again, "--to", "Tom Adeyemi").stderr
    assert 3 in [entry.id for entry in desk.run(later(0.2)).digest.entries]  # it is known now


def test_two_stories_for_one_person_are_told_apart_in_the_list(desk: SampleWorkspace) -> None:
    """Each to-do that the user asked for has its story's title."""
    ask(desk, "--story", BIKES, "--to", "Tom")
    ask(desk, "--story", OPENING, "--to", "Tom")
    entries = desk.run(later(0.2)).digest.entries
    because = {entry.id: entry.because for entry in entries}
    assert "“Town council votes for wider bicycle lanes”" in because[3]
    assert "“Halden Freight opens a second harbour in Moss”" in because[4]


def test_it_is_due_when_the_quiet_after_a_message_is_over(desk: SampleWorkspace) -> None:
    """The page does not say today beside that the next message waits; it can be sent all the same.

    Written on Tuesday: the week of quiet ends on the next one.
    """
    queue.change(desk.root, 1, "sent", NOW)
    queue.change(desk.root, 2, "sent", NOW)
    ask(desk, "--story", BIKES, "--to", "Tom")
    digest = desk.run(later(1)).digest
    (entry,) = digest.entries
    assert (entry.id, entry.due) == (3, "Tuesday 1 December")
    assert digest.headline == (
        "Wednesday 25 November: nothing to do today, one thing from Tuesday 1 December on"
    )
    assert digest.companies[0].steps[0].day == later(7).date()
    queue.change(desk.root, 3, "sent", later(1))


def test_it_is_given_up_when_the_story_is_old(desk: SampleWorkspace) -> None:
    """It would hold others back for ever."""
    ask(desk, "--story", BIKES, "--to", "Tom")
    desk.run(later(40))
    assert desk.touchpoint(3).status == "expired"


def test_sent_it_counts_as_a_contact_and_its_story_as_used(desk: SampleWorkspace) -> None:
    """A colleague who is to get it as well is a reason to think again."""
    ask(desk, "--story", BIKES, "--to", "Tom")
    queue.change(desk.root, 3, "sent", NOW)
    (contact,) = desk.contacts()
    assert isinstance(contact, Contact)
    assert contact.touchpoint == 3
    result = ask(desk, "--story", BIKES, "--to", "Aud")
    assert "Mind: Sent to Tom Adeyemi today: number 3." in result.stderr


def test_undo_takes_it_back(desk: SampleWorkspace) -> None:
    """The next run does not suggest it again; asked for again, it is back under its number."""
    ask(desk, "--story", BIKES, "--to", "Tom")
    undone = queue.undo(desk.root)
    assert undone and (undone.what, undone.touchpoint) == ("suggested", 3)
    assert 3 not in [entry.id for entry in desk.run(later(0.2)).digest.entries]
    ask(desk, "--story", BIKES, "--to", "Tom")
    assert desk.touchpoint(3).status == "suggested"


def test_what_is_gone_without_a_reason_ends_its_sentence(desk: SampleWorkspace) -> None:
    """No colon stands before nothing."""
    gone = replace(desk.touchpoint(1), status="expired", expiry=None)
    (said,) = past_of([gone], "Halden Freight", ZoneInfo("UTC"), NOW.date())
    assert said.endswith("as number 1; gone today.")


def test_what_is_suggested_already_is_not_doubled(desk: SampleWorkspace) -> None:
    """The second time shows the first message."""
    ask(desk, "--story", BIKES, "--to", "Tom")
    assert "suggested already: number 3" in ask(desk, "--story", BIKES, "--to", "Tom").stderr


@pytest.mark.parametrize(
    ("story", "name", "said"),
    [
        (BIKES, "Renata", "It can go to Tom Adeyemi, Aud Lunde."),
        ("https://n.example/nothing", "Tom", "No article with the address"),
    ],
)
def test_who_or_what_is_not_known_is_said(
    desk: SampleWorkspace, story: str, name: str, said: str
) -> None:
    """An error that the user can fix, with what there is."""
    assert said in ask(desk, "--story", story, "--to", name, code=1).stderr


BOX = "[ ] write to Tom Adeyemi about this"


@pytest.fixture
def page(desk: SampleWorkspace) -> SampleWorkspace:
    """The same, with the thank-yous sent and the harbour worth a look on Wednesday's page."""
    notes = desk.root / "data" / "notes" / "halden.md"
    with notes.open("a", encoding="utf-8") as file:
        file.write("- a second harbour in Moss\n")
    for number in (1, 2):
        queue.change(desk.root, number, "sent", NOW)
    desk.run(later(1))
    return desk


def test_each_person_has_a_box_below_a_story(page: SampleWorkspace) -> None:
    """One for Tom and one for Aud."""
    text = page.page().read_text("utf-8")
    assert text.count("[ ] write to Tom Adeyemi about this (story ") == 1
    assert text.count("[ ] write to Aud Lunde about this (story ") == 1


def test_a_ticked_box_is_a_suggestion_on_the_next_page(page: SampleWorkspace) -> None:
    """With its draft, what to mind, and one line that says what was read; once only."""
    page.change(BOX, BOX.replace("[ ]", "[x]"))
    digest = page.run(later(2)).digest
    assert digest.taken[0].startswith("Read from your page of Wednesday 25 November: 1 to write")
    (entry,) = digest.entries
    assert (entry.person, entry.reference.link) == ("Tom Adeyemi", OPENING)
    assert "the next message waits until" in entry.why_now
    assert digest.worth_a_look == ()
    queue.undo(page.root)
    assert page.run(later(2.1)).digest.entries == ()


@pytest.fixture
def hobby(desk: SampleWorkspace) -> SampleWorkspace:
    """The same on Wednesday: bicycle lanes are worth a look, and they are Tom's hobby."""
    notes = desk.root / "data" / "notes" / "halden.md"
    with notes.open("a", encoding="utf-8") as file:
        file.write("\n## Office\n- Tom: bicycle lanes and wider bicycle lanes\n")
    for number in (1, 2):
        queue.change(desk.root, number, "sent", NOW)
    desk.run(later(1))
    return desk


def test_what_a_hobby_found_has_a_box_for_whose_hobby_it_is(hobby: SampleWorkspace) -> None:
    """None for Aud; asked for anyway, it says whose line it was, on later pages, too."""
    found = {item.link: item.people for item in hobby.run(later(1)).digest.worth_a_look}
    assert found == {BIKES: ("Tom Adeyemi",), OPENING: ("Tom Adeyemi", "Aud Lunde")}

    theirs = "It was found by a line of your notes that is about Tom Adeyemi."
    assert f"Mind: {theirs}" in ask(hobby, "--story", BIKES, "--to", "Aud").stderr
    (entry,) = hobby.run(later(2)).digest.entries
    assert theirs in entry.why_now
    assert theirs not in ask(hobby, "--story", BIKES, "--to", "Tom").stderr


def test_what_somebodys_own_words_found_has_a_box_for_them_alone(desk: SampleWorkspace) -> None:
    """Tom talked of his bicycle lanes: no heading says that it is an office line."""
    notes = desk.root / "data" / "notes" / "halden.md"
    with notes.open("a", encoding="utf-8") as file:
        file.write("- Tom: talks about bicycle lanes, and votes for wider bicycle lanes\n")
    for number in (1, 2):
        queue.change(desk.root, number, "sent", NOW)
    found = {item.link: item.people for item in desk.run(later(1)).digest.worth_a_look}
    assert found[BIKES] == ("Tom Adeyemi",)


def test_what_was_asked_for_is_not_said_to_go_as_it_is(desk: SampleWorkspace) -> None:
    """Something may speak against it: neither the command nor the page says so."""
    printed = ask(desk, "--story", BIKES, "--to", "Tom").stderr
    assert "What you may add: " in printed and "as it is" not in printed
    asked = next(e for e in desk.run(later(0.2)).digest.entries if e.id == 3)
    assert "What you may add: " in may_be_added(asked)
    assert "as it is" not in may_be_added(asked)


@pytest.mark.parametrize(
    "changed",
    [
        "[-] write to Tom Adeyemi about this",
        "[x] write to Tom Jones about this",
        "~~[x]~~ write to Tom Adeyemi about this",
    ],
)
def test_a_line_that_is_not_clear_is_asked_about(page: SampleWorkspace, changed: str) -> None:
    """Nothing is guessed, and nothing is dropped without a word."""
    page.change(BOX, changed)
    digest = page.run(later(2)).digest
    assert digest.entries == ()
    (asked,) = digest.questions
    assert "has a line that is not clear" in asked
    assert digest.notes == ()


def test_a_box_ticked_and_not_ticked_is_asked_about(page: SampleWorkspace) -> None:
    """A sync program that merges both copies makes such a page."""
    row = next(r for r in page.page().read_text("utf-8").split("\n") if BOX in r)
    page.change(row, f"{row}\n{row.replace('[ ]', '[x]')}")
    digest = page.run(later(2)).digest
    assert (digest.entries, len(digest.questions)) == ((), 1)


def test_a_title_that_looks_like_a_box_is_none() -> None:
    """Even with the right name and mark, and wrapped by an editor to the start of a line."""
    story = DigestItem("why", "A title", "https://n.example/", story="s1", people=("Tom Adeyemi",))
    ((_, label),) = story_boxes(story)
    fake = replace(story, title=f"A harbour - [x] {label}", story="s2")
    digest = Digest(NOW.date(), "Tuesday", worth_a_look=(story, fake))
    wrapped = markdown(digest).replace("A harbour - ", "A harbour\n- ")
    assert wrapped.count(label) == 2
    assert (read_sheet(wrapped, digest).wishes, read_sheet(wrapped, digest).unclear) == ((), ())
    ticked = wrapped.replace(f"  - [ ] {label}", f"  - [x] {label}")
    assert read_sheet(ticked, digest).wishes == (Wish("s1", "Tom Adeyemi"),)


def test_the_served_page_has_a_button_for_each_person(page: SampleWorkspace) -> None:
    """It adds the message, above whose card it says so; pressed again, it says it is there."""
    visitor = Visitor(page.root)
    try:
        visitor.enter()
        said = visitor.press("/story", person="Tom Adeyemi")
        assert "is in the queue, number 3." in said
        assert said.index('id="said"') < said.index('id="suggestion-3"')
        assert "was suggested already" in visitor.press("/story", person="Tom Adeyemi")
    finally:
        visitor.leave()
    kept = page.touchpoint(3)
    assert (kept.status, kept.suggestion.person) == ("suggested", "Tom Adeyemi")


@pytest.mark.slow
def test_review_offers_the_stories_where_nothing_is_due(page: SampleWorkspace) -> None:
    """A number chooses story and person; the message is reviewed like any other."""
    terminal = Terminal(page.root)
    try:
        assert "1  to Tom Adeyemi: " in terminal.until("enter for none: ")
        assert "Halden Freight" in terminal.press("1\r")
        terminal.press("s", "Recorded: 1 sent")
    finally:
        terminal.process.close(force=True)
    assert page.touchpoint(3).status == "sent"


@pytest.mark.parametrize(("days", "due"), [(3, "since Tuesday"), (11, "for 11 days")])
def test_how_long_a_message_waits_reads_as_one_says_it(
    desk: SampleWorkspace, days: int, due: str
) -> None:
    """Not "since 11 days ago"."""
    item = desk.touchpoint(1)
    item = replace(item, suggestion=replace(item.suggestion, due=NOW))
    config = read_workspace(desk.root).config
    (entry,) = compose.entries_now(config, [item], {}, later(days), {})
    assert entry.due == f"waiting {due}"
