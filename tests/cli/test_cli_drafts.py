"""`draft --sources`, `draft --farewell`, and templates of one's own in `check` and `run`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli
from tests.workspace_files import Folder

FEEDS = """settings: {timezone: UTC, drafts: {name: Sam}}
companies:
  halden:
    name: Halden Freight
    feeds: [feed.xml]
"""
NOTES = """---
company: halden
role: Terminal Manager
interviewed: 2026-11-23 14:30
interviewers: [{name: Tom Adeyemi, email: tom@example.com}, Aud Lunde]
status: waiting
---
## Discussed
- **the night shifts on the quay**; noisy trucks
"""
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'
OWN = "Subject: Thanks from Sam\n\n{greeting}\n\nI liked {topic}.\n\n"


class Workspace(Folder):
    """A workspace a day after an interview, and the command line in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, *arguments: str, code: int = 0) -> Result:
        shared = ["--workspace", str(self.root), "--as-of", "2026-11-24T10:00+00:00"]
        result = CliRunner().invoke(cli, [*shared, *arguments])
        assert result.exit_code == code, (arguments, result.output, result.exception)
        return result


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    one = Workspace(tmp_path)
    one.write("feeds.yaml", FEEDS)
    one.write("feed.xml", RSS)
    one.write("data/notes/halden.md", NOTES)
    return one


def test_sources_show_what_stands_behind_each_sentence(workspace: Workspace) -> None:
    """The note's line, the head, the settings; and what is only wording."""
    workspace("run")
    shown = workspace("draft", "1", "--sources").stdout

    assert 'data/notes/halden.md, line 9: "the night shifts on the quay; noisy trucks"' in shown
    assert 'data/notes/halden.md, head › interviewers: "' in shown
    assert 'feeds.yaml, settings › drafts › name: "Sam"' in shown
    assert "wording only, claims nothing" in shown
    assert "a gap for you" not in shown
    assert "It can go as it is. What you may add: " in workspace("draft", "1").stderr

    workspace.write(
        "data/notes/halden.md", NOTES.replace("**the night shifts on the quay**", "cold")
    )
    workspace("run")
    assert "a gap for you" not in workspace("draft", "1", "--sources").stdout


def test_the_json_of_a_draft_has_its_sources(workspace: Workspace) -> None:
    """Each with the sentence, what it says, and where that stands."""
    workspace("run")
    draft = json.loads(workspace("draft", "1", "--json").stdout)["draft"]

    assert {"sentence", "said", "place", "text"} == set(draft["sources"][0])
    assert "the night shifts on the quay" in [item["said"] for item in draft["sources"]]


def test_a_template_of_ones_own_is_used_and_named(workspace: Workspace) -> None:
    """Its words are the draft; they stand as the candidate's own among the sources."""
    workspace.write("data/templates/thank_you.txt", OWN + "All the best.\n")
    workspace("run")

    assert "1 template of your own" in workspace("check").stdout
    assert "Subject: Thanks from Sam" in workspace("draft", "1").stdout
    shown = workspace("draft", "1", "--sources").stdout
    assert "All the best.\n    your own wording, data/templates/thank_you.txt" in shown


def test_a_template_with_a_mistake_is_told_and_stops_nothing(workspace: Workspace) -> None:
    """By `check` and `run` with its line, in the digest, and the built-in words are used."""
    workspace.write("data/templates/thank_you.txt", OWN.replace("topic", "topik"))

    told = workspace("check", code=1).stdout
    assert "data/templates/thank_you.txt has one mistake." in told
    assert "line 5, column 9" in told
    assert "There is no {topik}." in told
    assert "Did you mean {topic}?" in told

    workspace("run", code=1)
    digest = (workspace.root / "data" / "digests" / "latest.md").read_text("utf-8")
    assert "To fix" in digest
    assert "topik" in digest
    assert "Subject: Thank" in workspace("draft", "1").stdout


def test_a_farewell_is_written_to_each_interviewer(workspace: Workspace) -> None:
    """After a rejection, in different words, never as a suggestion."""
    workspace.write("data/notes/halden.md", NOTES.replace("waiting", "rejected"))
    one, two = workspace("draft", "--farewell", "halden").stdout.split("\n\n\n")

    assert one.startswith("To: tom@example.com\nSubject: ")
    assert "Dear Tom," in one
    assert "Dear Aud," in two
    assert one.splitlines()[4:] != two.splitlines()[3:]
    assert len(workspace("draft", "--farewell", "halden", "--json").stdout.splitlines()) == 2


def test_a_farewell_before_the_decision_is_written_with_a_word_of_care(
    workspace: Workspace,
) -> None:
    """The notes still wait; the candidate is told, on stderr."""
    found = workspace("draft", "--farewell", "halden")
    assert "status: rejected" in found.stderr


def test_thanks_while_one_waits_are_for_the_talk(workspace: Workspace) -> None:
    """No farewell before there is a decision; after a rejection it is one."""
    waiting = workspace("draft", "--thanks", "halden")
    workspace.write("data/notes/halden.md", NOTES.replace("waiting", "offer"))
    offer = workspace("draft", "--thanks", "halden")

    assert "offer" not in waiting.stdout and "letting me know" not in waiting.stdout
    assert "status:" not in waiting.stderr
    assert "Thank you" in waiting.stdout
    assert "offer" in offer.stdout
    workspace("draft", "--thanks", "halden", "--farewell", "halden", code=2)


def test_draft_wants_an_id_or_a_farewell(workspace: Workspace) -> None:
    """Neither or both is wrong usage."""
    workspace("draft", code=2)
    workspace("draft", "1", "--farewell", "halden", code=2)
