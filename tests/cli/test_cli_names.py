"""What commands take: a number, or whatever one calls it by; and several are asked back."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tests import program
from tests.sample_workspace import AS_OF, EMPTY, SampleWorkspace

touchpoints = partial(program.touchpoints, "--as-of", AS_OF)

NEWS = (
    "<item><title>Halden Freight opens a night terminal for noisy trucks</title>"
    "<link>https://n.example/night</link><pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate>"
    "<description>Halden Freight opened a terminal with night shifts on the quay.</description>"
    "</item></channel>"
)


@pytest.fixture
def desk(tmp_path: Path) -> SampleWorkspace:
    found = SampleWorkspace(tmp_path)
    (tmp_path / "empty.xml").write_text(EMPTY.replace("</channel>", NEWS), "utf-8")
    found.run()
    return found


def test_a_suggestion_is_called_by_its_person(desk: SampleWorkspace) -> None:
    """In any case; a company with several is asked back, with the numbers."""
    assert "Dear Tom" in touchpoints("draft", "TOM", cwd=desk.root).stdout
    assert "thank-you for Tom Adeyemi" in touchpoints("sent", "tom", cwd=desk.root).stderr
    touchpoints("answered", "Adeyemi", cwd=desk.root)
    assert desk.statuses() == ["answered", "suggested"]
    touchpoints("dismiss", "halden freight", cwd=desk.root)
    assert desk.statuses() == ["answered", "dismissed"]


def test_who_is_meant_is_asked_where_it_may_be_two(desk: SampleWorkspace) -> None:
    """Nothing is recorded; nor for nobody."""
    said = touchpoints("sent", "halden", cwd=desk.root, code=1).stderr
    assert "1  Thank-you for Tom Adeyemi" in said
    assert "2  Thank-you for Aud Lunde" in said
    assert "Nothing is suggested" in touchpoints("later", "Zoe", "7d", cwd=desk.root, code=1).stderr
    misspelt = touchpoints("dismiss", "adeyemy", cwd=desk.root, code=1).stderr
    assert "Did you mean “Adeyemi”?" in misspelt
    wrong_day = touchpoints("later", "1", "tomorow", cwd=desk.root, code=2).stderr
    assert "Did you mean “tomorrow”?" in wrong_day
    assert desk.statuses() == ["suggested", "suggested"]


@pytest.mark.parametrize(
    "company", ["halden", "HALDEN FREIGHT Ltd.", "Freight", "aud", "Tom Adeyemi"]
)
def test_a_company_is_called_as_people_call_it(desk: SampleWorkspace, company: str) -> None:
    """By its short name, any form of its name, a word of it, or a person whom one met there."""
    assert "night terminal" in touchpoints("rank", company, cwd=desk.root).stdout


def test_rank_shows_what_why_takes(desk: SampleWorkspace) -> None:
    """The letters before a title; words of the title do, too."""
    line = touchpoints("rank", "halden", "--all", cwd=desk.root).stdout.splitlines()[0]
    (number,) = re.findall(r"\b[0-9a-f]{8}\b", line)
    for what in (number, "night terminal", "https://n.example/night"):
        assert "opens a night terminal" in touchpoints("why", what, cwd=desk.root).stdout
    assert "Thank-you for Aud" in touchpoints("why", "aud", cwd=desk.root).stdout
    assert "words" in touchpoints("why", "zebra", cwd=desk.root, code=1).stderr


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd"])
def test_a_story_without_a_link_is_not_meant_by_the_letters_of_another(
    link: str, desk: SampleWorkspace
) -> None:
    """Each is called by its own."""
    other = (
        f"<item><title>Halden Freight paints its cranes</title><link>{link}</link>"
        "<pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate></item></channel>"
    )
    (desk.root / "empty.xml").write_text(EMPTY.replace("</channel>", NEWS + other), "utf-8")
    desk.run()
    lines = touchpoints("rank", "halden", "--all", cwd=desk.root).stdout.splitlines()
    for title in ("opens a night terminal", "paints its cranes"):
        (number,) = {re.findall(r"\b[0-9a-f]{8}\b", line)[0] for line in lines if title in line}
        assert title in touchpoints("why", number, cwd=desk.root).stdout
        written = ("draft", "--story", number, "--to", "tom")
        assert "Dear Tom" in touchpoints(*written, cwd=desk.root).stdout


def test_log_and_release_take_names(desk: SampleWorkspace) -> None:
    """A person's name stands for the company and the person; a title's word for what is held."""
    touchpoints("log", "tom", "a call", cwd=desk.root)
    assert [(c.company, c.person) for c in desk.contacts()] == [("halden", "Tom Adeyemi")]
    desk.read_bad_news()
    assert "400 job cuts" in touchpoints("release", "cuts", cwd=desk.root).stderr
    assert "Nothing is held" in touchpoints("release", "cuts", cwd=desk.root, code=1).stderr


@pytest.mark.parametrize("words", [["help"], ["help", "rank"], ["rank", "help"], ["help", "help"]])
def test_help_works_where_people_type_it(words: list[str]) -> None:
    """Before the command, behind it, or alone."""
    assert touchpoints(*words).stdout.startswith("Usage: touchpoints")
