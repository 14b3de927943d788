"""What the user reads after a slip in the notes: `check` and `run` on a real workspace.

A mistake says the file, the line, what is wrong and what to do, and leaves out that note only.
What can be understood all the same is gone on with.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands import queue
from tests.workspace_files import Folder

AS_OF = "2026-11-24T08:00+00:00"  # a Tuesday
FEEDS = """
settings: {timezone: UTC, drafts: {name: Sam}}
companies:
  halden: {name: Halden Freight, feeds: [news.xml]}
  norvik: {name: Norvik Lines, feeds: [news.xml]}
"""
NOTE = "---\ncompany: {company}\ninterviewed: 2026-11-23\n{head}\n---\n- cranes\n"


@dataclass
class Told:
    """What a command printed, and its exit code."""

    text: str  # data and messages, each run of blanks as one
    code: int


class Candidate(Folder):
    """A workspace with a note that is right, on norvik, and one with a slip, on halden."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        super().__init__(root)
        self._capsys = capsys
        self.write("feeds.yaml", FEEDS)
        self.write("news.xml", '<rss version="2.0"><channel><title>N</title></channel></rss>')
        self.write("data/profile.md", "- shift plans\n")
        self.note("norvik", "interviewers: [Aud Lunde]")

    def note(self, company: str, head: str) -> None:
        self.write(f"data/notes/{company}.md", NOTE.format(company=company, head=head))

    def __call__(self, *arguments: str) -> Told:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["--workspace", str(self.root), "--as-of", AS_OF, *arguments])
        printed = self._capsys.readouterr()
        return Told(" ".join((printed.out + printed.err).split()), int(left.value.code or 0))

    def drafts(self) -> list[tuple[str, str, str]]:
        """Return to whom each suggestion for halden goes: name, address, greeting."""
        found = [
            t.suggestion for t in queue.still_open(self.root) if t.suggestion.company == "halden"
        ]
        return [(item.person, item.draft.to, item.draft.body.split("\n")[0]) for item in found]


@pytest.fixture
def candidate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Candidate:
    """Somebody with two interviews yesterday."""
    return Candidate(tmp_path / "ws", capsys)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (
            "interviewers: [{name: Tom Adeyemi, email: tom at example}]",
            "line 4, column 36 interviewers › 1 › email "
            '"tom at example" is not a mail address. '
            "Write one address, such as name@example.com, or leave it out.",
        ),
        (
            "interviewers: [{name: Tom Adeyemi, timezone: Europe/Pariss}]",
            "line 4, column 36 interviewers › 1 › timezone "
            '"Europe/Pariss" is not a time zone. Did you mean Europe/Paris?',
        ),
        (
            "interviewers: [{name: Tom Adeyemi, timezone: Moon}]",
            '"Moon" is not a time zone. Write Europe/Paris or America/New_York.',
        ),
        (
            "status: hoping",
            'line 4, column 9 status "hoping" is not known here. '
            "Known: waiting, offer, accepted, declined, rejected, withdrawn.",
        ),
        (
            "decision_expected: when the board has met",
            'line 4, column 1 decision_expected "when the board has met" is not a date. '
            "Write 2026-11-16, or 2026-11-16 14:30.",
        ),
        (
            "interviewers:\n  -",
            "line 5, column 4 interviewers › 1 An empty value does not fit here.",
        ),
    ],
    ids=["no address", "nearly a zone", "no zone", "status", "date", "empty person"],
)
def test_a_mistake_is_told_with_its_place_and_the_other_interview_is_served(
    candidate: Candidate, head: str, told: str
) -> None:
    """`check` and `run` say file, place, what and what to do; exit code 1; Aud gets her thanks."""
    candidate.note("halden", head)
    check, run = candidate("check"), candidate("run")

    assert (check.code, run.code) == (1, 1)
    for said in (check.text, run.text):
        assert "data/notes/halden.md has one mistake." in said
        assert told in said
    page = (candidate.root / "data" / "digests" / "latest.md").read_text("utf-8")
    assert "**Thank Aud Lunde (Norvik Lines)**" in page
    assert "`data/notes/halden.md, line" in page
    assert candidate.drafts() == []


@pytest.mark.parametrize(
    ("head", "told", "drafts"),
    [
        ("interviewers: [Tom Adeyemi]", "", [("Tom Adeyemi", "", "Dear Tom,")]),
        (
            "interviewers: [{title: VP, email: vp@example.com}]",
            "line 4, column 16 interviewers › 1 "
            "This interviewer has no name, so no message is for them alone. Add the name.",
            [("", "vp@example.com", "Hello,")],
        ),
        (
            "interviewers: [{title: VP}, Tom Adeyemi]",
            "This interviewer has no name",
            [("Tom Adeyemi", "", "Dear Tom,")],
        ),
        ("interviewers: []", "", [("", "", "Hello,")]),
        (
            "interviewers: [{name: Ann Lee, email: a@example.com}, {name: ann lee}]",
            'interviewers › 2 "ann lee" appears twice among the interviewers; one of them gets no '
            "message. Add a middle name or initial to tell them apart.",
            [("Ann Lee", "a@example.com", "Dear Ann,")],
        ),
    ],
    ids=["no email", "no name", "a name for one", "nobody", "one name twice"],
)
def test_a_gap_among_the_interviewers_is_lived_with(
    candidate: Candidate, head: str, told: str, drafts: list[tuple[str, str, str]]
) -> None:
    """At most a word on it; everybody who can be told apart is thanked once; exit code 0."""
    candidate.note("halden", head)
    check, run = candidate("check"), candidate("run")

    assert (check.code, run.code, run.text) == (0, 0, "")
    assert told in check.text
    assert bool(told) == ("data/notes/halden.md has one thing to look at." in check.text)
    assert candidate.drafts() == drafts


def test_two_people_of_one_name_at_two_companies_get_a_message_each(candidate: Candidate) -> None:
    """Their addresses tell them apart."""
    candidate.note("halden", "interviewers: [{name: Jo Berg, email: jo@halden.example}]")
    candidate.note("norvik", "interviewers: [{name: Jo Berg, email: jo@norvik.example}]")

    assert candidate("run").code == 0
    assert sorted(t.suggestion.draft.to for t in queue.still_open(candidate.root)) == [
        "jo@halden.example",
        "jo@norvik.example",
    ]


def test_a_decision_before_the_interview_is_left_out(candidate: Candidate) -> None:
    """It is said; and nobody is asked about a day that was over when they met."""
    candidate.note("halden", "interviewers: [Tom Adeyemi]\ndecision_expected: 2026-11-01")
    told = candidate("check")

    assert told.code == 0
    assert (
        "line 5, column 1 decision_expected The decision is expected before the interview; "
        "the day is left out. Look at the two dates." in told.text
    )
    candidate("run")
    candidate("log", "halden", "thanks", "--person", "Tom Adeyemi")
    assert candidate("--as-of", "2026-12-03T08:00+00:00", "run").code == 0
    kinds = {t.suggestion.kind for t in queue.still_open(candidate.root)}
    assert "decision" not in kinds


def test_a_missing_profile_is_no_mistake(candidate: Candidate) -> None:
    """`check` says what it is for, and whether it is missing or empty; `run` says nothing."""
    profile = candidate.root / "data" / "profile.md"
    profile.write_text("# Skills\n<!-- none yet -->\n")
    candidate.note("halden", "interviewers: [Tom Adeyemi]")
    empty = candidate("check")
    profile.unlink()
    check, run = candidate("check"), candidate("run")

    assert (empty.code, check.code, run.code, run.text) == (0, 0, 0, "")
    assert "There is no line in data/profile.md yet" in empty.text
    assert "There is no data/profile.md. Write there what you can do" in check.text
    assert candidate.drafts() == [("Tom Adeyemi", "", "Dear Tom,")]


@pytest.mark.parametrize("spoilt", ["", "{", '{"day": 3}', "[]", "\x00", '{"day": "2026-11-24"}'])
def test_a_digest_s_json_that_was_spoilt_is_named(candidate: Candidate, spoilt: str) -> None:
    """The file, what is wrong with it and what to do; `run` writes it again."""
    candidate("run")
    for name in ("latest", "2026-11-24"):
        candidate.write(f"data/digests/{name}.json", spoilt)
    for words in (("digest",), ("digest", "--date", "2026-11-24")):
        told = candidate(*words)
        assert told.code == 1
        assert "json cannot be read. This is not the JSON of a digest" in told.text
        assert "`touchpoints run` writes" in told.text
    assert candidate("run").code == 0
    assert candidate("digest").code == 0
