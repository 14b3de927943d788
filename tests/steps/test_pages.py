"""The page as an answer sheet, through whole runs: what is ticked is done, once, and kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.commands import queue
from pipeline.digest.digest_json import to_json
from pipeline.digest.html_page import page
from pipeline.digest.markdown import markdown
from pipeline.errors import MoveNotAllowed
from pipeline.records import Digest, Reply
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.steps.pages import read_digest
from pipeline.store import candidate, files
from pipeline.store.database import opened
from tests.sample_workspace import EMPTY, FEEDS, NOW, SampleWorkspace

MORROW = NOW + timedelta(days=1)


def _undone(desk: SampleWorkspace) -> tuple[str, int]:
    undone = queue.undo(desk.root)
    assert undone is not None
    return undone.what, undone.touchpoint


def test_what_is_ticked_is_done_by_the_next_run(desk: SampleWorkspace) -> None:
    """Sent and not for me, ticked on today's page: next morning's page says so in one line."""
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)", "2026-11-24")
    desk.change("[ ] not for me (no. 2)", "[X] not for me (no. 2)", "2026-11-24")

    report = desk.run(MORROW)

    assert desk.statuses() == ["sent", "dismissed"]
    assert desk.touchpoint(2).because == "not-for-me"
    assert report.digest.taken == (
        "Read from your page of Tuesday 24 November: 1 sent, 1 not for me. "
        "`touchpoints undo` takes back the last of it.",
    )
    assert report.digest.entries == ()
    with opened(desk.root) as db:
        (contact,) = candidate.load_history(db).contacts
    assert (contact.person, contact.touchpoint) == ("Tom Adeyemi", 1)


def test_an_answer_counts_once_also_after_undo(desk: SampleWorkspace) -> None:
    """Taken back by the user, the tick that still stands on the old page does nothing more."""
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)", "2026-11-24")
    desk.run(MORROW)
    assert _undone(desk) == ("sent", 1)
    desk.change("[ ] not for me (no. 2)", "[x] not for me (no. 2)", "2026-11-24")
    desk.run(MORROW)

    assert desk.statuses() == ["suggested", "dismissed"]


def test_latest_md_is_as_good_as_the_days_own_file(desk: SampleWorkspace) -> None:
    """Ticked in latest.md, and one other box in the dated copy: both count, none twice."""
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)")
    desk.change("[ ] later (no. 2), on:", "[x] later (no. 2), on: friday", "2026-11-24")
    desk.run(NOW + timedelta(hours=1))

    assert desk.statuses() == ["sent", "snoozed"]
    assert desk.touchpoint(2).until == datetime(2026, 11, 27, tzinfo=UTC)
    with opened(desk.root) as db:
        assert sorted(move.what for move in candidate.moves(db)) == ["sent", "snoozed"]


def test_two_ticks_are_asked_about_and_nothing_is_guessed(desk: SampleWorkspace) -> None:
    """The page of the same day asks, until one of the two is chosen."""
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)")
    desk.change("[ ] not for me (no. 1)", "[x] not for me (no. 1)")
    asked = desk.run(NOW + timedelta(hours=1)).digest

    assert desk.statuses() == ["suggested", "suggested"]
    assert asked.questions == (
        "Suggestion 1 on your page of Tuesday 24 November: you ticked both sent and not for me. "
        "Which did you mean? Nothing was recorded.",
    )
    assert "Which did you mean?" in desk.page().read_text("utf-8")
    assert desk.run(NOW + timedelta(hours=2)).digest.questions == asked.questions

    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)")
    answered = desk.run(NOW + timedelta(hours=3)).digest
    assert desk.statuses() == ["sent", "suggested"]
    assert answered.questions == ()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("yesterday", "is not a day in the future. Write 2026-12-01, friday, or 7d."),
        ("soon", "is not a day. Write 2026-12-01, friday, or 7d."),
        ("2026-13-01", "is not a day. Write 2026-12-01, friday, or 7d."),
        ("tomorow", "is not a day. Did you mean “tomorrow”?"),
    ],
)
def test_a_day_that_cannot_be_meant_is_asked_about(
    desk: SampleWorkspace, day: str, said: str
) -> None:
    """Put off until the past, or until no day at all: the question says what to write."""
    desk.change("[ ] later (no. 1), on:", f"[x] later (no. 1), on: {day}")

    (question,) = desk.run(NOW + timedelta(hours=1)).digest.questions
    assert f"“{day}” {said}" in question
    assert desk.statuses() == ["suggested", "suggested"]


@pytest.mark.parametrize(
    "line",
    [
        "- [x] **sent** (no. 1)",
        "- [x] *sent* (no. 1)",
        "- [x] ~~sent (no. 1)~~",
        "- ~~[x] sent (no. 1)~~",
        "- **[x] sent (no. 1)**",
        "- [-] sent (no. 1)",
        "- [/] sent (no. 1)",
        "- [?] sent (no. 1)",
        "- [>] sent (no. 1)",
        "- [!] sent (no. 1)",
        "- [×] sent (no. 1)",
        "- [х] sent (no. 1)",  # a Cyrillic letter
        "- [yes] sent (no. 1)",
        "- [x]sent(no.1) not yet",
        "- [x] sent (no. 1)? no, tomorrow",
        "- [x] `sent` (no. 1)",
        "- [x] sent \\(no. 1\\)",
        "- [x] s&#101;nt (no. 1)",
        "- [x] <del>sent</del> (no. 1)",
        "- [x] sent (no. 1",
        "- [x] (no. 1)",
        "- x sent (no. 1)",
        "- sent (no. 1) x",
        "- [x] gesendet (no. 1)",
        "- [x]\n  sent (no. 1)",
        "- [x] sent (no.\n  1)",
        "| [x] | sent (no. 1) |",
        "> - [x] sent (no. 1)",
        "- [x] sent (no. 1) - [ ] later (no. 1), on:",
        "1. - [x] sent (no. 1)",
        "- [x] sent (no. 2)",
        "- [ ] sent (no. 1)\n- [x] sent (no. 1)",
        "- [x] sent (no. 1)\n- [x] sent (no. 1)",
    ],
)  # fmt: skip
def test_a_box_that_is_not_as_it_was_written_is_asked_about(
    desk: SampleWorkspace, line: str
) -> None:
    """Nothing is guessed, and nothing is passed over."""
    desk.change("- [ ] sent (no. 1)", line)
    questions = desk.run(NOW + timedelta(hours=1)).digest.questions
    assert desk.statuses() == ["suggested", "suggested"]
    assert any("Suggestion 1 on your page" in question for question in questions)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "latin-1"]
)
def test_a_page_in_another_encoding_is_read(desk: SampleWorkspace, encoding: str) -> None:
    """As some editors save it."""
    text = (
        desk.page("2026-11-24").read_text("utf-8").replace("[ ] sent (no. 1)", "[x] sent (no. 1)")
    )
    desk.page("2026-11-24").write_bytes(text.encode(encoding, "replace"))
    desk.run(NOW + timedelta(hours=1))
    assert desk.statuses() == ["sent", "suggested"]


def test_after_a_question_the_plain_answer_counts(desk: SampleWorkspace) -> None:
    """The doubt was about the same box, and has gone."""
    desk.change("- [ ] sent (no. 1)", "- [x] sent (no. 1)\n- [ ] sent (no. 1)", "2026-11-24")
    assert desk.run(NOW + timedelta(hours=1)).digest.questions
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)", "2026-11-24")
    again = desk.run(NOW + timedelta(hours=2)).digest
    assert desk.statuses() == ["sent", "suggested"]
    assert again.questions == ()


def test_a_ticked_line_that_belongs_to_nothing_is_asked_about(desk: SampleWorkspace) -> None:
    """It came from another page."""
    desk.change("Tick a box below", "- [x] sent (no. 77)\n\nTick a box below")
    (question,) = desk.run(NOW + timedelta(hours=1)).digest.questions
    assert "belongs to no suggestion on it: “- [x] sent (no. 77)”" in question


@pytest.mark.parametrize(
    "name",
    [
        "2026-11-24 (Ann's conflicted copy 2026-11-24).md",
        "2026-11-24.sync-conflict-20261124-101112-ABCDEFG.md",
        "2026-11-24 (1).md",
        "2026-11-24 2.md",
        "2026-11-24-LAPTOP.md",
        "2026-11-24 copy.md",
        "2026-11-24.MD",
        "2026-11-24.md.bak",
        "2026-11-24.md~",
        "._2026-11-24.md",
        "#2026-11-24.md#",
        "latest (conflicted copy).md",
        "phone/2026-11-24.md",
    ],
)
def test_a_copy_of_a_page_with_ticks_is_asked_about(desk: SampleWorkspace, name: str) -> None:
    """Once; nothing is taken from it, and the page itself counts as before."""
    copy = desk.page().parent / name
    copy.parent.mkdir(exist_ok=True)
    text = desk.page().read_text("utf-8")
    copy.write_text(text.replace("[ ] sent (no. 1)", "[x] sent (no. 1)"), "utf-8")
    (question,) = desk.run(NOW + timedelta(hours=1)).digest.questions
    assert name in question
    assert "has a copy" in question
    assert desk.statuses() == ["suggested", "suggested"]
    assert desk.run(MORROW).digest.questions == ()

    desk.page("2026-11-24").write_bytes(copy.read_bytes())
    desk.run(MORROW + timedelta(hours=1))
    assert desk.statuses() == ["sent", "suggested"]


def test_a_copy_that_says_nothing_else_is_no_question(desk: SampleWorkspace) -> None:
    """Neither an untouched one, nor one with the ticks of the page itself."""
    text = desk.page().read_text("utf-8").replace("\n", "\r\n")
    (desk.page().parent / "2026-11-24 (1).md").write_text(text, "utf-8")
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)")
    text = desk.page().read_text("utf-8") + "\n"
    (desk.page().parent / "2026-11-24 (2).md").write_text(text, "utf-8")
    report = desk.run(NOW + timedelta(hours=1))
    assert desk.statuses() == ["sent", "suggested"]
    assert report.digest.questions == ()


def test_later_without_a_day_means_a_week_for_what_has_as_long(desk: SampleWorkspace) -> None:
    """A thank-you comes back on the last day on which it is of use."""
    desk.change("[ ] later (no. 1), on:", "[x] later (no. 1), on:")

    (said,) = desk.run(NOW + timedelta(hours=1)).digest.taken
    assert "put off until Sunday 29 November" in said


def _thanks(page: str) -> str:
    """Return the line of a page that thanks for the talk."""
    return next(row for row in page.split("\n") if row.startswith("> ") and "yesterday" in row)


def test_a_changed_message_is_kept_and_taken_back(desk: SampleWorkspace) -> None:
    """A line changed on the page stands in the draft, its file, the next page; `undo` undoes it."""
    own = "What stayed with me: your night shifts."
    text = desk.page().read_text("utf-8")
    desk.change(_thanks(text), f"> {own}  ")

    report = desk.run(NOW + timedelta(hours=1))
    desk.run(MORROW)

    assert own in desk.touchpoint(1).draft.body
    assert "1 message changed" in report.digest.taken[0]
    assert own in desk.page().read_text("utf-8")
    (file,) = (desk.root / "data" / "drafts").glob("1-*.eml")
    assert own in file.read_text("utf-8")
    assert _undone(desk) == ("edited", 1)
    # The program's own words again, of that day: "yesterday" is "on Monday" by then.
    assert desk.touchpoint(1).draft == desk.touchpoint(1).suggestion.draft
    assert own not in desk.touchpoint(1).draft.body


def test_a_message_that_was_sent_is_not_changed_by_its_old_page(desk: SampleWorkspace) -> None:
    """What was really sent stays as it was; the next page asks about the change."""
    line = _thanks(desk.page().read_text("utf-8"))
    queue.change(desk.root, 1, "sent", NOW)
    before = desk.touchpoint(1).draft
    desk.change(line, "> Written too late.  ")

    report = desk.run(NOW + timedelta(hours=1))

    assert desk.touchpoint(1).draft == before
    (question,) = report.digest.questions
    assert "already marked as sent, so its message stays as it is" in question


def test_the_users_own_lines_stay_on_the_page_of_the_day(desk: SampleWorkspace) -> None:
    """A later run makes the page anew and keeps the remark, to the letter; it runs but once."""
    desk.change("## 2 ·", "called *Aud*, she likes chess\n\n## 2 ·")
    desk.run(NOW + timedelta(hours=1))
    page = desk.page().read_text("utf-8")
    desk.run(NOW + timedelta(hours=2))

    assert "## Your own lines\n\n    called *Aud*, she likes chess\n" in page
    assert desk.page().read_text("utf-8") == page
    assert desk.run(MORROW).digest.notes == ()
    assert "called *Aud*" in desk.page("2026-11-24").read_text("utf-8")


def test_a_page_that_the_user_saves_during_a_run_is_left_alone(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved between reading and writing: not overwritten, and read by the next run."""
    from pipeline.steps import pages

    write = pages.write

    def saved_meanwhile(*arguments: object, **others: object) -> Path:
        desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)")
        return write(*arguments, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(pages, "write", saved_meanwhile)
    desk.run(MORROW)
    monkeypatch.undo()
    assert "[x] sent (no. 1)" in desk.page().read_text("utf-8")

    desk.run(MORROW)
    assert desk.statuses()[0] == "sent"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.write_text("", "utf-8"),
        lambda page: page.write_bytes(b"\xff\xfe\x00- [x] sent"),
        lambda page: page.unlink(),
        lambda page: page.with_suffix(".json").write_text("{", "utf-8"),
        lambda page: (page.with_suffix(".json").unlink(), page.write_text("- [x] sent", "utf-8")),
    ],
)
def test_a_spoilt_page_answers_nothing_and_stops_nothing(
    desk: SampleWorkspace, spoil: Callable[[Path], object]
) -> None:
    """Emptied, binary, deleted, without its JSON: the next page is there all the same."""
    spoil(desk.page("2026-11-24"))
    report = desk.run(MORROW)

    assert desk.statuses() == ["suggested", "suggested"]
    assert len(report.digest.entries) == 2
    assert desk.page("2026-11-25").is_file()


def test_ticks_without_the_json_are_asked_about(desk: SampleWorkspace) -> None:
    """Which number was meant cannot be known: the page asks to be told by command."""
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)", "2026-11-24")
    desk.page("2026-11-24").with_suffix(".json").write_text("{", "utf-8")

    (question,) = desk.run(MORROW).digest.questions
    assert "could not be read" in question
    assert "`touchpoints sent 1`" in question


# ------------------------------------------------------------------- the same bytes, and all days


def test_any_past_day_is_made_again_from_its_json_byte_for_byte(desk: SampleWorkspace) -> None:
    """Markdown, page and JSON, timelines included, after other days have come and gone."""
    folder = desk.root / "data" / "digests"
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)", "2026-11-24")
    desk.run(MORROW)
    desk.run(MORROW + timedelta(days=9))
    for day in (MORROW.date(), MORROW.date() + timedelta(days=9)):
        digest = read_digest(desk.root, day)
        assert digest.timelines[0].company == "Halden Freight"
        made = {"md": markdown(digest), "html": page(digest), "json": to_json(digest)}
        assert made == {ending: (folder / f"{day}.{ending}").read_text("utf-8") for ending in made}


def test_a_run_that_is_made_again_keeps_the_seconds_of_the_first(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says how long the day's first run took, whatever later runs add to it."""
    run(desk.root, NOW, RunOptions(timed=True))
    first = {path: path.read_bytes() for path in desk.page().parent.iterdir()}
    assert b"Less than a second." in first[desk.page()]
    monkeypatch.setattr("pipeline.maintenance.log.Stopwatch.total", 7.4)
    run(desk.root, NOW + timedelta(hours=1), RunOptions(timed=True))
    assert {path: path.read_bytes() for path in desk.page().parent.iterdir()} == first

    queue.change(desk.root, 1, "sent", NOW)
    assert run(desk.root, NOW + timedelta(hours=2), RunOptions(timed=True)).digest.seconds == 0
    assert "Less than a second." in desk.page().read_text("utf-8")


def test_all_days_are_listed_beside_them(desk: SampleWorkspace) -> None:
    """A line for each, also for pages of before the list was kept; a deleted one is gone."""
    index = desk.page().with_name("index.html")
    desk.run(MORROW)
    desk.page("2026-11-24").with_suffix(".json").with_name("2026-11-20.json").write_bytes(
        desk.page("2026-11-24").with_suffix(".json").read_bytes().replace(b"-24", b"-20", 1)
    )
    desk.page("2026-11-19").with_suffix(".json").write_text("{", "utf-8")
    desk.page("2026-11-24").with_suffix(".json").unlink()
    desk.run(MORROW + timedelta(days=1))

    text = index.read_text("utf-8")
    assert re.findall(r'<a href="([^"]*)"', text) == [
        *("2026-11-26.html", "2026-11-25.html", "2026-11-20.json", "2026-11-19.json")
    ]
    assert text.count("2 suggestions") == 3


def test_without_html_there_is_no_list_and_all_else_goes_on(desk: SampleWorkspace) -> None:
    """Markdown alone, or the browser's page alone: what was not asked for is not written."""
    for formats, endings in (("[markdown]", {".md", ".json"}), ("[html]", {".html", ".json"})):
        for path in desk.page().parent.iterdir():
            path.unlink()
        config = FEEDS.replace("UTC,", f"UTC, digest: {{formats: {formats}}},")
        (desk.root / "feeds.yaml").write_text(config, "utf-8")
        desk.run(MORROW)
        found = {path.suffix for path in desk.page().parent.iterdir()}
        assert found == endings
        assert desk.page().with_name("index.html").exists() == (".html" in endings)


def test_a_page_that_says_the_same_is_not_drawn_again(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless one of its two files is gone or was changed, or another version draws otherwise."""
    drawn: list[str] = []

    def counted(digest: Digest) -> str:
        drawn.append(digest.headline)
        return page(digest)

    monkeypatch.setattr("pipeline.digest.html_page.page", counted)
    desk.run()
    assert drawn == []
    first = desk.page().with_suffix(".html").read_bytes()
    for spoil in (
        lambda: desk.page("2026-11-24").with_suffix(".html").unlink(),
        lambda: desk.page().with_suffix(".html").write_text("x", "utf-8"),
        lambda: monkeypatch.setattr("pipeline.steps.pages.__version__", "another"),
    ):
        drawn.clear()
        spoil()
        desk.run()
        assert len(drawn) == 1
        for name in ("latest", "2026-11-24"):
            assert desk.page(name).with_suffix(".html").read_bytes() == first


# ------------------------------------------------------------------------- whose page it is


def test_a_page_of_yesterday_in_latest_md_is_read_as_yesterday_s(desk: SampleWorkspace) -> None:
    """An editor that still had it open saves it after this morning's run: its ticks count."""
    yesterday = desk.page().read_text("utf-8")
    desk.run(MORROW)
    today = desk.page().read_text("utf-8")
    desk.page().write_text(yesterday.replace("[ ] sent (no. 1)", "[x] sent (no. 1)"), "utf-8")

    report = desk.run(MORROW + timedelta(hours=1))

    assert desk.statuses() == ["sent", "suggested"]
    assert desk.moves() == ["sent"]
    assert report.digest.taken[0].startswith("Read from your page of Tuesday 24 November: 1 sent.")
    assert report.digest.notes == ()
    assert "## Your own lines" not in today + desk.page().read_text("utf-8")


def test_a_crash_between_the_pages_of_a_day_makes_nobody_the_author(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Today's JSON lies there, latest.md is yesterday's: not a word of it was changed."""
    whole = files.write_whole

    def killed(path: Path, text: str, *, hastily: bool = False) -> bool:
        if path.suffix == ".md":
            raise KeyboardInterrupt
        return whole(path, text, hastily=hastily)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.run(MORROW)
    report = desk.run(MORROW)

    assert (report.digest.taken, report.digest.notes, desk.moves()) == ((), (), [])
    assert desk.page().read_bytes() == desk.page("2026-11-25").read_bytes()


def test_what_a_killed_run_had_begun_to_write_is_removed(desk: SampleWorkspace) -> None:
    """Its temporary file goes, one of the user's stays."""
    begun = desk.page().with_name(".2026-11-23.md.4711.new")
    own = desk.page().with_name("my.new")
    for path in (begun, own):
        path.write_text("x", "utf-8")
    desk.run()
    assert (begun.exists(), own.exists()) == (False, True)


def test_a_tick_that_was_taken_back_may_be_made_again_on_the_same_day(
    desk: SampleWorkspace,
) -> None:
    """The page of the day is written anew after `undo`: its line about the tick goes with it."""
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)")
    assert desk.run(NOW + timedelta(hours=1)).digest.taken
    assert _undone(desk) == ("sent", 1)
    assert desk.run(NOW + timedelta(hours=2)).digest.taken == ()

    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)")
    desk.run(NOW + timedelta(hours=3))
    assert desk.statuses()[0] == "sent"


def test_the_page_says_what_was_muted_and_that_no_feed_could_be_read(
    desk: SampleWorkspace,
) -> None:
    """A muted story is counted with its word; without any feed there is a reason, on top."""
    item = (
        "<item><title>Halden Freight buys quieter trucks for the quay</title>"
        "<link>https://n.example/trucks</link><pubDate>Tue, 24 Nov 2026 06:00:00 GMT</pubDate>"
        "<description>Less noise in night shifts.</description></item></channel>"
    )
    (desk.root / "empty.xml").write_text(EMPTY.replace("</channel>", item), "utf-8")
    feeds = desk.root / "feeds.yaml"
    feeds.write_text(feeds.read_text("utf-8") + "mute: [quieter trucks]\n", "utf-8")
    desk.run(NOW + timedelta(hours=1))
    assert "1 new story muted: “quieter trucks”." in desk.page().read_text("utf-8")

    (desk.root / "empty.xml").unlink()
    desk.run(NOW + timedelta(days=1))
    assert "could not be read, so there are no new articles. Is this computer online?" in (
        desk.page().read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("written", "said", "asks"),
    [
        ("[x] they answered (no. 1), with:", None, ""),
        ("[x] they answered (no. 1), with: new date 18 December", "new_date", ""),
        ("[ ] they answered (no. 1), with: an invitation for 2 December.", "invitation", ""),
        ("[X] they answered (no. 1), with: promise the figures of Q3 by friday", "promise", ""),
        ("[x] they answered (no. 1), with: no", "no", ""),
        ("[x] they answered (no. 1), with: new date 2026-11-02", None, "has gone by"),
        ("[x] they answered (no. 1), with: promise the figures", None, "By which day"),
        ("[x] they answered (no. 1), with: a nice note", None, "none of the answers"),
        ("[-] they answered (no. 1), with:", None, "is not clear"),
        ("[x] they answered (no. 1), with: nouvelle date 18 décembre", "new_date", ""),
        ("[x] they answered (no. 1), with: neuer Termin: am 18. Dezember", "new_date", ""),
        ("[x] they answered (no. 1), with: nueva fecha el 18 de diciembre", "new_date", ""),
        ("[x] they answered (no. 1), with: Einladung für den 2. Dezember", "invitation", ""),
        ("[x] they answered (no. 1), with: promesse les chiffres d’ici vendredi", "promise", ""),
        ("[x] they answered (no. 1), with: Absage", "no", ""),
    ],
)
def test_an_answer_is_told_below_the_message_that_was_sent(
    desk: SampleWorkspace, written: str, said: str | None, asks: str
) -> None:
    """What is not understood is an answer, too, and asked about; it is no line of the user's."""
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(NOW + timedelta(hours=1))
    desk.change("[ ] they answered (no. 1), with:", written)
    digest = desk.run(NOW + timedelta(hours=2)).digest

    is_none = written.startswith("[-]")  # nothing says that they answered
    answers = [contact for contact in desk.contacts() if contact.answer]
    assert desk.statuses()[0] == ("sent" if is_none else "answered")
    assert [c.reply and c.reply.said for c in answers] == ([] if is_none else [said])
    assert asks in " ".join(digest.questions) and bool(asks) == bool(digest.questions)
    assert digest.notes == ()
    assert len(desk.run(NOW + timedelta(hours=3)).digest.taken) == (0 if asks else 1)


def test_what_is_not_understood_in_an_answer_is_kept_and_asked_about_once(
    desk: SampleWorkspace,
) -> None:
    """The words are in the log; the question goes when `answered` has settled it, or overnight."""
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(NOW + timedelta(hours=1))
    box = "[x] they answered (no. 1), with:"
    desk.change("[ ] they answered (no. 1), with:", f"{box} elle m'appelle après les fêtes")
    (asked,) = desk.run(NOW + timedelta(hours=2)).digest.questions
    assert "`touchpoints answered 1`" in asked
    (_, heard) = desk.contacts()
    assert "elle m'appelle après les fêtes" in heard.what and heard.answer

    assert desk.run(NOW + timedelta(hours=3)).digest.questions == (asked,)
    tomorrow = desk.run(NOW + timedelta(days=1)).digest
    assert (tomorrow.questions, tomorrow.taken) == ((), ())
    queue.undo(desk.root)
    assert desk.statuses()[0] == "sent"


def test_a_question_about_an_answer_goes_when_it_is_settled(desk: SampleWorkspace) -> None:
    """The command tells what they said in the answer that is on record; undo takes that back."""
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(NOW + timedelta(hours=1))
    desk.change("[ ] they answered (no. 1), with:", "[x] they answered (no. 1), with: in Kürze")
    assert desk.run(NOW + timedelta(hours=2)).digest.questions
    reply = Reply("new_date", date(2026, 12, 18))
    queue.answered(desk.root, 1, reply, NOW + timedelta(hours=3))

    digest = desk.run(NOW + timedelta(hours=4)).digest
    assert (digest.questions, digest.taken) == ((), ())
    with pytest.raises(MoveNotAllowed):
        queue.answered(desk.root, 1, reply, NOW + timedelta(hours=5))
    assert _undone(desk) == ("logged", 0)
    queue.answered(desk.root, 1, reply, NOW + timedelta(hours=5))


@pytest.mark.parametrize(
    "written",
    [
        "[x] they replied (no. 1): an invitation",
        "~~[x]~~ they answered (no. 1), with:",
        "[x] Tom wrote back (no. 1)",
    ],
)
def test_a_ticked_line_about_a_sent_message_is_asked_about_where_it_is_not_clear(
    desk: SampleWorkspace, written: str
) -> None:
    """It is neither guessed nor taken for a line of the user's own."""
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(NOW + timedelta(hours=1))
    desk.change("[ ] they answered (no. 1), with:", written)
    digest = desk.run(NOW + timedelta(hours=2)).digest
    (asked,) = digest.questions
    assert "has a line that is not clear" in asked and "If they answered" in asked
    assert desk.statuses()[0] == "sent" and digest.notes == ()


def test_the_two_files_of_a_page_that_say_different_things_are_asked_about(
    desk: SampleWorkspace,
) -> None:
    """Which comes first is chance; what both say alike, and what only one says, is taken."""
    desk.change("[ ] sent (no. 1)", "[x] sent (no. 1)")
    desk.change("[ ] not for me (no. 1)", "[x] not for me (no. 1)", NOW.date().isoformat())
    desk.change("[ ] sent (no. 2)", "[x] sent (no. 2)")
    digest = desk.run(NOW + timedelta(hours=1)).digest
    (asked,) = digest.questions
    assert "in one of latest.md and 2026-11-24.md" in asked
    assert "sent" in asked and "not for me" in asked
    assert desk.statuses() == ["suggested", "sent"]
