"""Before a second talk: a page of its own, and the command that prints it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.commands import queue
from pipeline.digest.briefing import BriefingGround, brief, page
from pipeline.digest.markdown import briefing_markdown
from pipeline.records import (
    Briefing,
    BriefingPart,
    Company,
    DigestItem,
    Match,
    Mention,
    Verdict,
)
from pipeline.store import files
from tests.program import touchpoints
from tests.sample_workspace import AS_OF, NOW, SampleWorkspace
from tests.touchpoints.world import interview, news, story

SECOND = """---
company: halden
interviewed: {day} 14:30
interviewers: [{{name: Renata Kowalczyk, title: Head of Harbours}}]
---
"""
PAGE = "before-halden-2026-11-25"


@pytest.fixture
def desk(tmp_path: Path) -> SampleWorkspace:
    """A workspace a day after a talk, with bad news, and a second talk tomorrow."""
    found = SampleWorkspace(tmp_path / "ws")
    queue.change(found.root, 1, "sent", NOW)
    (found.root / "data" / "notes" / "second.md").write_text(SECOND.format(day="2026-11-25"))
    found.read_bad_news()
    return found


def test_the_command_prints_what_to_read(desk: SampleWorkspace) -> None:
    """Whom one meets, the notes of the first talk, what was sent, and the news with their days."""
    text = touchpoints("--workspace", str(desk.root), "--as-of", AS_OF, "brief", "halden").stdout
    assert text.startswith("# Halden Freight, tomorrow at 14:30\n")
    assert "- Renata Kowalczyk, Head of Harbours" in text
    assert text.count("Monday 23 November") == text.count("## The talk of Monday 23 November") == 1
    assert "## What you talked about\n" in text
    assert "- night shifts on the quay and noisy trucks" in text
    assert "Tuesday 24 November: you wrote to Tom Adeyemi: “" in text
    assert "[Halden Freight announces 400 job cuts](<https://n.example/cuts>)" in text
    assert "Bad news: don't begin with it." in text


def test_an_invitation_is_a_talk_ahead(tmp_path: Path) -> None:
    """Its notes are still to be written; when its day is over, nothing is ahead."""
    desk = SampleWorkspace(tmp_path / "ws")
    given = ("--workspace", str(desk.root), "--as-of", AS_OF)
    said = ("--answer", "--said", "invitation", "--day", "2026-11-27")
    touchpoints(*given, "log", "halden", "they wrote", *said)
    text = touchpoints(*given, "brief", "halden").stdout
    assert text.startswith("# Halden Freight, Friday 27 November, as they wrote\n")
    later = ("--workspace", str(desk.root), "--as-of", "2026-11-28T08:00+00:00")
    assert "no talk ahead" in touchpoints(*later, "brief", "halden").stdout


def told(**changes: Any) -> list[tuple[str, str]]:
    """Return the titles in the news, each with what is said of it."""
    items = [match(title, **change) for title, change in changes.items()]
    ground = BriefingGround(
        Company("oracle", "Oracle"), (interview(),), (), (), items, ZoneInfo("UTC"), NOW
    )
    news_of = [part.items for part in brief(ground).parts if part.title == "In the news"]
    return [(item.title, item.text) for items in news_of for item in items]


def match(title: str, **changes: Any) -> Match:
    return replace(news(title), story=story(title, title), **changes)


def test_news_whose_title_does_not_name_the_company_is_told_where_it_fits() -> None:
    """An award, and a death of which it is not sure: what merely mentions the company is left."""
    aside = Mention("mentioned", 1.0, ("Oracle",))
    unsure = Verdict("unsure", "death", 0.0)
    found = told(
        award={"mention": aside, "verdict": Verdict("good", "award", 2.0)},
        death={"mention": aside, "verdict": unsure},
        aside={"mention": aside, "shown": False},
        **{f"neutral {n}": {"verdict": Verdict("neutral", "opening", 0.0)} for n in range(5)},
    )
    assert len(found) == 5
    assert ("award", "") in found
    assert ("death", "It may be bad news of theirs: read it first.") in found


def test_the_day_s_page_leads_to_a_page_of_its_own(desk: SampleWorkspace) -> None:
    """On both kinds of page."""
    folder = desk.root / "data" / "digests"
    assert f"[what to read before]({PAGE}.md)" in desk.page().read_text("utf-8")
    assert f'href="{PAGE}.html"' in (folder / "latest.html").read_text("utf-8")
    assert "night shifts" in (folder / f"{PAGE}.md").read_text("utf-8")
    assert "night shifts" in (folder / f"{PAGE}.html").read_text("utf-8")


@pytest.mark.parametrize("day", ["2026-11-27", "2026-11-23"])
def test_no_page_is_written_but_on_the_mornings_before(tmp_path: Path, day: str) -> None:
    """Not three days before, and not when it is over."""
    desk = SampleWorkspace(tmp_path / "ws")
    (desk.root / "data" / "notes" / "second.md").write_text(SECOND.format(day=day))
    desk.run(NOW + timedelta(hours=1))
    assert not list((desk.root / "data" / "digests").glob("before-*"))


def test_before_a_first_talk_there_is_nothing_to_read(tmp_path: Path) -> None:
    """Nothing was noted yet."""
    desk = SampleWorkspace(tmp_path / "ws")
    (desk.root / "data" / "notes" / "halden.md").write_text(SECOND.format(day="2026-11-25"))
    desk.run(NOW + timedelta(hours=1))
    assert not list((desk.root / "data" / "digests").glob("before-*"))


def test_nothing_in_it_is_active() -> None:
    """Neither markup nor a link to a script, on either page."""
    evil = "<script>alert(1)</script> ![x](http://a.example) \x1b[31m"
    item = DigestItem(evil, evil, "javascript:alert(1)", evil)
    found = Briefing("before-x", evil, (BriefingPart(evil, (item,)),))
    for text in (page(found), briefing_markdown(found)):
        assert "<script" not in text
        assert "javascript:" not in text
        assert "\x1b" not in text
    assert "[x](http" not in briefing_markdown(found)


def test_the_page_goes_with_those_of_its_days(desk: SampleWorkspace) -> None:
    """Where old pages are deleted, it is, too."""
    files.forget_digests(desk.root, date(2026, 11, 25))
    assert (desk.root / "data" / "digests" / f"{PAGE}.md").exists()
    files.forget_digests(desk.root, date(2026, 11, 26))
    assert not list((desk.root / "data" / "digests").glob("before-*"))
