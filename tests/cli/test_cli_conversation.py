"""`init` as a conversation at a pseudo-terminal: from nothing to a page that one would send."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from pytest_httpserver import HTTPServer

from pipeline.workspace.read import read
from tests.conftest import NOW

pytestmark = pytest.mark.slow  # a process for each talk

# The searches that are built in go to a server of the test's own.
PROGRAM = """
import sys
from pipeline.cli.main import main
from pipeline.workspace import searches
address = sys.argv.pop(1)
searches.google = lambda country, query: address + query
main()
"""
ITEM = "<item><title>{title}</title><link>https://news.example/{n}</link><pubDate>{day}</pubDate></item>"
GAP = re.compile(r"\[…[^\]]*\]")
# What a person needs: a key in a quarter of a second, a look at a question in three.
KEY_SECONDS, QUESTION_SECONDS = 0.25, 3.0


class Talk:
    """A set-up at a terminal; it counts what a person would have typed, and read."""

    def __init__(self, root: Path, address: str, *options: str) -> None:
        self.keys = self.questions = 0
        self.process = pexpect.spawn(
            sys.executable,
            [
                *("-c", PROGRAM, address, "--workspace", str(root)),
                *("--as-of", NOW.isoformat(), "init", *options),
            ],
            env={**os.environ, "TERM": "dumb", "PYTHONIOENCODING": "utf-8"},
            dimensions=(60, 200),
            encoding="utf-8",
            timeout=30,
        )

    def answer(self, *dialogue: str) -> None:
        """Wait for each question, and give the answer that follows it."""
        for question, text in zip(dialogue[::2], dialogue[1::2], strict=True):
            self.process.expect(re.escape(question))
            self.process.sendline(text)
            self.keys += len(text) + 1
            self.questions += 1

    def paste(self, notes: str) -> None:
        self.process.expect("Your notes")
        for line in (*notes.splitlines(), "", ""):
            self.process.sendline(line)
        self.keys += 4
        self.questions += 1

    def end(self) -> str:
        self.process.expect(pexpect.EOF)
        self.process.close()
        return str(self.process.before)

    @property
    def minutes(self) -> float:
        """How long a person would have been at it."""
        return (self.keys * KEY_SECONDS + self.questions * QUESTION_SECONDS) / 60


def feed(*titles: str) -> str:
    items = "".join(
        ITEM.format(title=title, n=n, day="Mon, 23 Nov 2026 08:00:00 GMT")
        for n, title in enumerate(titles)
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


@pytest.fixture
def search(httpserver: HTTPServer) -> Iterator[HTTPServer]:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    yield httpserver


COMPANIES = {
    "a German logistics firm by its official name": (
        ("Nordhafen Logistics GmbH & Co. KG", "", "shipping", "nordhafen.example", "Hamburg"),
        "last mon 2:30pm",
        "Dr. Jana Wieczorek, Head of Customs <jw@nordhafen.example>; Sommer, Piet <p@x.example>",
        ("Dear Dr. Wieczorek,", "Dear Piet,"),
        "## Discussed\n- **the paperwork that ICS2 brings for small forwarders**\n"
        "- Piet: **night shifts on the quay**\n\n## My angle\n- opened two customs desks\n",
        ("Nordhafen Logistics opens second terminal in Hamburg",),
    ),
    "a hospital without a feed": (
        ("St. Brigid's Hospital", "", "", "", "Dublin"),
        "23 November 10:00",
        "Aoife Byrne, Director of Nursing <ab@brigid.example>",
        ("Dear Aoife,",),
        "- **how the night team hands over to the day team**\n- a garden on the roof\n",
        (),
    ),
    "a chip maker with a ticker": (
        ("Corvane Semiconductor Corp.", "Corvane, CVNS", "chips", "corvane.example", "Austin"),
        "11/23/2026 9am",
        "Ravi Kumar <rk@corvane.example>, Lena Fox <lf@corvane.example>",
        ("Dear Ravi,", "Dear Lena,"),
        "Discussed\n• **yield on the new node**\n• Lena: **test time per wafer**\n",
        ("CVNS shares rise", "Corvane ships first chips from new fab"),
    ),
    "a start-up with an ordinary word as its name": (
        ("Rally", "", "health app, clinics", "rally.example", "London"),
        "yesterday 16:00",
        "Jane Doe, CTO <jd@rally.example>; John Roe <jr@rally.example>",
        ("Dear Jane,", "Dear John,"),
        "- **why nurses put the tablet down**\n- John: **one login for forty clinics**\n",
        ("Rally wins clinics in Leeds with its health app", "Thousands join rally in Leeds"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COMPANIES)
def test_from_nothing_to_a_thank_you_with_one_gap_at_most(
    name: str, tmp_path: Path, search: HTTPServer
) -> None:
    """In less than five minutes of a person's time, at a dozen questions."""
    company, day, people, greetings, notes, titles = COMPANIES[name]
    search.expect_request("/search").respond_with_data(feed(*titles), content_type="text/xml")
    talk = Talk(tmp_path, search.url_for("/search?q="))
    talk.answer(
        *("Which company?", company[0], "What is it called in the news?", company[1]),
        *("What does it do?", company[2], "website", company[3], "Where is it?", company[4]),
        *("When did you talk", day),
    )
    if not re.search(r"\d{4}|November|yesterday", day):
        talk.answer("Right?", "")
    talk.answer("Who was there?", people, "Right?", "", "For which job?", "")
    talk.answer("When do they hope", "", "Which language", "", "Your own name", "Sam Reed")
    talk.paste(notes)
    if not notes.startswith("#"):  # what its writer did not put under headings is confirmed
        talk.answer("Right?", "")
    talk.answer("Look at its news", "n", "Read the news now", "")
    said = talk.end()

    assert "Your page:" in said
    assert talk.minutes < 5
    assert talk.questions <= 16
    page = (tmp_path / "data" / "digests" / "latest.md").read_text("utf-8")
    drafts = re.findall(r"^> Dear .*?(?=\n\n(?!>))", page, re.MULTILINE | re.DOTALL)
    assert [draft.splitlines()[0].removeprefix("> ") for draft in drafts] == list(greetings)
    assert all(len(GAP.findall(draft)) <= 1 and "Sam Reed" in draft for draft in drafts)
    found = read(tmp_path)
    assert found.problems == ()
    assert not (tmp_path / "data" / "setup.json").exists()


def test_who_stops_goes_on_there(tmp_path: Path, search: HTTPServer) -> None:
    """An answer that is not understood is asked for again; of two days one is chosen."""
    talk = Talk(tmp_path, "x")
    talk.answer(
        *("Which company?", "Rally", "What is it called", "", "What does it do?", "health app"),
        *("Its website", "linkedin.com/in/rally", "cannot be followed", "", "Where", "Atlantis"),
        *("don't know where", "London", "When did you talk", "soon", "is no day", "11/12/2026"),
        *("Thursday 12 November 2026", "1", "Who was there?", "Jane Doe, x@y", "no mail", ""),
        *("For which job?", "Nurse"),
    )  # fmt: skip
    talk.process.expect("When do they hope")
    talk.process.sendintr()
    assert "goes on from here" in talk.end()
    assert not (tmp_path / "feeds.yaml").exists()

    again = Talk(tmp_path, "x")
    again.answer(
        *("You stopped at Rally", "10.11.2026", "is offered at the next question", "yes"),
        *("When do they hope to decide? [10.11.2026]", "", "before the talk", ""),
    )
    again.answer("Which language", "Klingon", "There are wordings", "German", "own name", "")
    again.process.expect("Your notes")
    again.process.sendline("- cranes")
    again.process.expect("- cranes\r\n.*> ")
    again.process.sendintr()
    again.end()

    last = Talk(tmp_path, "x")
    last.answer("You stopped at Rally", "a pool", "“a pool” is neither yes nor no: y or Enter", "")
    last.paste("- trucks")
    last.answer("Right?", "", "What struck you most?", "")
    last.answer("Look at its news", "n", "Read the news now", "n")
    last.end()
    (interview,) = read(tmp_path).interviews
    assert (interview.role, interview.language) == ("Nurse", "German")
    assert interview.interviewed.isoformat() == "2026-11-12T12:00:00+00:00"
    assert [line.text for line in interview.lines] == ["cranes", "a pool", "trucks"]


def test_back_corrects_an_answer_and_loses_none(tmp_path: Path) -> None:
    """An answer that is asked again is the usual one; what is typed at "Right?" is a correction."""
    talk = Talk(tmp_path, "x")
    talk.answer("Which company?", "back", "This is the first question", "Rally")
    talk.answer("What is it called", "", "What does it do?", "helth", "website", "back")
    talk.answer("What does it do? A few words, which tell it from others of that name [helth]", "-")
    talk.answer("Its website", "", "Where", "Bergen", "Oslo", "")
    talk.process.expect("When did you talk")
    talk.process.sendline("last mon 3pm")
    talk.answer("Right?", "23.11. 16:00", "Monday 23 November 2026, 16:00 in Oslo", "")
    talk.answer("Who was there?", "Jane Doe", "Right?", "zurück", "[2026-11-23 16:00]", "")
    talk.answer("Who was there?", "Jane Doe", "Right?", "", "For which job?", "Nurse")
    talk.answer("When do they hope", "end of next week", "Friday 4 December 2026", "")
    talk.answer("language", "", "own name", "Sam")
    talk.process.expect("Your notes")
    talk.process.sendline("back")
    talk.answer("own name, for the end of messages [Sam]", "")
    talk.paste("cranes at night\nJane has a photo of a boat")
    talk.answer("Right?", "")
    talk.answer("What struck you most?", "trucks", "not in your notes", "1")
    talk.answer("Look at its news", "n", "Read the news now", "n")
    said = talk.end()

    assert "What would help most" not in said
    found = read(tmp_path)
    (company,) = found.config.companies
    (interview,) = found.interviews
    assert (company.industry, company.timezone) == ((), "Europe/Oslo")
    assert interview.interviewed.isoformat() == "2026-11-23T15:00:00+00:00"
    assert str(interview.decision_expected) == "2026-12-04"
    assert (interview.role, [p.name for p in interview.people]) == ("Nurse", ["Jane Doe"])
    assert found.config.settings.drafts.name == "Sam"
    assert [(line.section, line.marked) for line in interview.lines] == [
        ("discussed", ("cranes at night",)),
        ("office", ()),
    ]


def test_the_reading_of_the_lines_can_be_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a line's number or in one's editor, before the note is written; else it is asked again."""
    monkeypatch.setenv("EDITOR", "sed -i s/Seen.*personal/Discussed/")
    talk = Talk(tmp_path, "x", "--company", "Rally", "--interviewed", "23.11.2026")
    talk.answer("What is it called", "", "What does", "", "website", "", "Where", "")
    talk.answer("Who", "Ada Lund", "Right", "", "job?", "", "decide?", "", "language", "")
    talk.answer("own name", "Sam")
    talk.paste("cranes at night\nphoto of a boat in their leaflet")
    talk.process.expect("seen there")
    talk.answer("Right?", "the boat", "neither yes nor no: y or Enter", "n")
    talk.process.expect("2  talked about")
    talk.answer("Right?", "1 yours, 7 not used", "no line to move", "1 yours")
    talk.process.expect("2  yours")
    talk.answer("Right?", "")
    talk.answer("What struck you most?", "", "Look at its news", "n", "Read the news now", "n")
    talk.end()
    (interview,) = read(tmp_path).interviews
    assert [line.section for line in interview.lines] == ["discussed", "angle"]


HALF_A_LIST = """\
rally - videocall w/ Jane + John, tues
nurses put the tablet down
- Jane has a photo of a boat
one login for forty clinics
- what I can do: moved two clinics
also realtime stuff, chat for 3000 people
"""


def test_a_file_of_notes_is_a_file_after_a_stop_too(tmp_path: Path) -> None:
    """It ends the question: the answers after it are no notes, and no line is there twice."""
    file = tmp_path / "jotted.txt"
    file.write_text(HALF_A_LIST)
    root = tmp_path / "root"
    root.mkdir()
    talk = Talk(root, "x", "--company", "Rally", "--interviewed", "23.11.2026")
    talk.answer("What is it called", "", "What does", "", "website", "", "Where", "")
    talk.answer("Who", "Jane Doe; John Roe", "Right", "", "job?", "", "decide?", "")
    talk.answer("language", "", "own name", "Sam", "Your notes", str(file))
    talk.process.expect("Right?")
    talk.process.sendintr()
    talk.end()
    again = Talk(root, "x")
    again.answer("You stopped at Rally", "", "Your notes", str(file), "Right?", "")
    again.answer("What struck you most?", "", "Look at its news", "n", "Read the news now", "n")
    again.end()
    (interview,) = read(root).interviews
    assert len(interview.lines) == len(HALF_A_LIST.splitlines())


def test_a_file_given_as_an_option_is_read_as_what_is_typed(tmp_path: Path) -> None:
    """Sorted, shown, and confirmed: one reading of the same lines, wherever they come from."""
    found = []
    (tmp_path / "jotted.txt").write_text(HALF_A_LIST)
    for name in ("typed", "file"):
        root = tmp_path / name
        root.mkdir()
        options = ("--notes", str(tmp_path / "jotted.txt")) if name == "file" else ()
        talk = Talk(root, "x", "--company", "Rally", "--interviewed", "23.11.2026", *options)
        talk.answer("What is it called", "", "What does", "", "website", "", "Where", "")
        talk.answer("Who", "Jane Doe; John Roe", "Right", "", "job?", "", "decide?", "")
        talk.answer("language", "", "own name", "Sam")
        if not options:
            talk.paste(HALF_A_LIST)
        talk.answer("Right?", "", "What struck you most?", "")
        talk.answer("Look at its news", "n", "Read the news now", "n")
        talk.end()
        (interview,) = read(root).interviews
        found.append([(line.section, line.person, line.text) for line in interview.lines])
    assert found[0] == found[1]
    assert [section for section, _, _ in found[0]] == [
        *("discussed", "discussed", "office", "angle", "angle", "other"),
    ]


def test_a_company_like_a_known_one_is_asked_about(tmp_path: Path, search: HTTPServer) -> None:
    """The short name is the company that is there, with its talk; no question is asked twice."""
    first = Talk(
        tmp_path, "x", "--company", "Nordhafen Logistics GmbH", "--interviewed", "23.11.2026"
    )
    first.answer(
        "What is it called", "", "What does", "", "website", "", "Where", "", "Who", "Piet Lund"
    )
    first.answer("Right", "", "job?", "", "decide?", "", "language", "", "own name", "Sam")
    first.paste("- **cranes**")
    first.answer("Right?", "", "Look at its news", "n", "Read the news now", "n")
    first.end()
    second = Talk(tmp_path, "x")
    second.answer("Which company?", "Nordhafen", "which you have", "1", "When did", "23.11.2026")
    second.answer("Who was there?", "Jane Doe", "Right?", "")
    second.paste("- Jane: trucks")
    second.answer("Right?", "", "Look at its news", "n", "Read the news now", "n")
    second.end()

    found = read(tmp_path)
    assert len(found.config.companies) == 1
    (interview,) = found.interviews
    assert [person.name for person in interview.people] == ["Piet Lund", "Jane Doe"]
    assert [(line.text, line.person) for line in interview.lines] == [
        ("cranes", ""),
        ("trucks", "Jane Doe"),
    ]
