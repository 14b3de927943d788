"""A whole day's run over a real HTTP server on loopback, then what the user does with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests import workspace_files
from tests.program import Done, touchpoints
from tests.workspace_files import Folder

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
AS_OF = "2026-11-24T08:00+00:00"

NOTES = """---
company: halden
role: Terminal Manager
interviewed: 2026-11-23 14:30
interviewers:
  - {name: Tom Adeyemi, email: tom@example.com}
  - {name: Aud Lunde}
decision_expected: 2026-12-18
---
## Discussed
- night shifts on the quay and noisy trucks
## Seen in the office
- Tom: photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""


def rss(*items: tuple[str, str, str], ago: float = 0.2) -> str:
    return workspace_files.rss((*item, NOW - timedelta(days=ago)) for item in items)


FILLER = [
    (f"f{n}", f"Item number {n} about {word} and {other}", f"Nothing much on {word}, {other}, {n}.")
    for n, (word, other) in enumerate(
        [("cheese", "trains"), ("weather", "bridges"), ("opera", "budgets"), ("chess", "harvest")]
        * 6
    )
]
TERMINAL = (
    "terminal",
    "Halden Freight opens a second container terminal",
    "Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up "
    "takes nine months.",
)
BOAT = (
    "boat",
    "Solo sailor rounds the Horn in an ocean racing boat",
    "She built the ocean racing boat herself.",
)


class Candidate(Folder):
    """Somebody at a terminal, with a workspace."""

    def touchpoints(self, *arguments: str, code: int = 0, as_of: str = AS_OF) -> Done:
        where = ("--workspace", str(self.root), "--as-of", as_of)
        return touchpoints(*where, *arguments, code=code)

    def queue(self, as_of: str = AS_OF) -> list[dict[str, Any]]:
        out = self.touchpoints("queue", "--json", as_of=as_of).stdout
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def candidate(tmp_path: Path, httpserver: HTTPServer) -> Candidate:
    """A workspace with one interview, a feed about the company and one about sailing."""
    httpserver.expect_request("/business.xml").respond_with_data(
        rss(TERMINAL, *FILLER), content_type="application/rss+xml", headers={"ETag": '"one"'}
    )
    httpserver.expect_request("/sailing.xml").respond_with_data(rss(BOAT))
    one = Candidate(tmp_path / "ws")
    one.write(
        "feeds.yaml",
        f"""
settings: {{timezone: UTC, drafts: {{name: Sam}}}}
companies:
  halden:
    name: Halden Freight
    feeds: [{httpserver.url_for("/business.xml")}]
topics:
  sailing: {{feeds: [{httpserver.url_for("/sailing.xml")}]}}
""",
    )
    one.write("data/notes/halden.md", NOTES)
    one.write("data/profile.md", "- customs papers and shift plans\n")
    return one


def test_a_day_after_the_interview(candidate: Candidate) -> None:
    """Both are thanked, Tom with the boat; the run is silent; the pages are there twice."""
    command = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(candidate.root)]
    done = subprocess.run(
        [*command, "--as-of", AS_OF, "run"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = candidate.page()
    assert text.startswith("# Tuesday 24 November: two things to do\n")
    tom = next(item for item in candidate.queue() if item["person"] == "Tom Adeyemi")
    assert tom["kind"] == "thank_you"
    assert tom["story"]["title"] == BOAT[1]
    assert tom["story"]["note"]["line"] == 13
    assert {term["term"] for term in tom["story"]["terms"]} >= {"boat", "ocean", "racing"}
    assert "https://n.example/boat" in tom["draft"]["body"]
    assert set(candidate.pages()) == {
        f"{name}.{ending}" for name in ("2026-11-24", "latest") for ending in ("md", "html", "json")
    } | {"index.html"}


def test_a_second_run_changes_nothing(candidate: Candidate) -> None:
    """The same pages to the byte, the same queue, no feed asked; when asked, none parsed again."""
    first = json.loads(candidate.touchpoints("run", "--json").stdout)
    pages, queue = candidate.pages(), candidate.queue()
    second = json.loads(candidate.touchpoints("run", "--json").stdout)

    assert (candidate.pages(), candidate.queue()) == (pages, queue)
    assert (first["feeds_new"], second["feeds_new"], second["feeds_resting"]) == (2, 0, 2)
    assert first["stories"] == second["stories"] == 26

    third = json.loads(candidate.touchpoints("run", "--json", "--ask-all").stdout)
    assert (candidate.pages(), candidate.queue()) == (pages, queue)
    assert (third["feeds_new"], third["feeds_same"], third["feeds_resting"]) == (0, 2, 0)


def test_the_contribution_follows_when_the_thank_you_is_sent(candidate: Candidate) -> None:
    """Thanked on the 24th; a week later the news of the terminal is worth an offer."""
    candidate.touchpoints("run")
    for item in candidate.queue():
        candidate.touchpoints("sent", str(item["id"]))
    candidate.touchpoints("run")
    assert "nothing worth sending today" in candidate.page()
    assert "| Halden Freight | you wrote to Tom Adeyemi and Aud Lunde, no" in candidate.page()

    later = "2026-12-02T08:00+00:00"
    candidate.touchpoints("run", as_of=later)
    (offer,) = [item for item in candidate.queue(later) if item["kind"] == "contribution"]
    assert "I ran the supplier ramp-up for a container terminal" in offer["draft"]["body"]
    assert offer["story"]["link"] == "https://n.example/terminal"


def test_what_the_user_says_is_kept_and_can_be_undone(candidate: Candidate) -> None:
    """sent, undo, later, dismiss, answered, log: each changes the queue, each can be taken back."""
    candidate.touchpoints("run")
    one, two = (str(item["id"]) for item in candidate.queue())

    assert "undo" in candidate.touchpoints("sent", one).stderr
    assert [item["id"] for item in candidate.queue()] == [int(two)]
    candidate.touchpoints("answered", one)
    assert "cannot be marked as sent any more" in candidate.touchpoints("sent", one, code=1).stderr
    candidate.touchpoints("undo")
    candidate.touchpoints("undo")
    assert len(candidate.queue()) == 2
    candidate.touchpoints("later", two, "2026-11-27")
    assert {item["status"] for item in candidate.queue()} == {"suggested", "snoozed"}
    assert f"you put off number {two} (thank-you for" in candidate.touchpoints("undo").stderr
    candidate.touchpoints("later", two, "2026-11-27")
    candidate.touchpoints("dismiss", one, "--because", "bad timing")
    candidate.touchpoints("log", "halden", "a call", "--person", "Aud", "--on", "yesterday")
    assert (
        "Taken back: what you logged of halden: “a call”." in candidate.touchpoints("undo").stderr
    )
    assert "There is no suggestion 99" in candidate.touchpoints("sent", "99", code=1).stderr


def _a_week_later_come_layoffs(candidate: Candidate, httpserver: HTTPServer) -> str:
    """Thank both, let a week pass, and run on the day of the bad news; return that moment."""
    candidate.touchpoints("run")
    for item in candidate.queue():
        candidate.touchpoints("sent", str(item["id"]))
    httpserver.clear()
    layoffs = ("cuts", "Halden Freight to cut 120 jobs", "Halden Freight will cut 120 jobs.")
    httpserver.expect_request("/business.xml").respond_with_data(
        rss(layoffs, TERMINAL, *FILLER, ago=-7.8)
    )
    httpserver.expect_request("/sailing.xml").respond_with_data(rss(BOAT))
    later = "2026-12-02T08:00+00:00"
    candidate.touchpoints("run", as_of=later)
    return later


def test_bad_news_is_held_with_advice(candidate: Candidate, httpserver: HTTPServer) -> None:
    """Layoffs: a week after the thank-you nothing cheerful goes out, and the page says why."""
    later = _a_week_later_come_layoffs(candidate, httpserver)

    assert candidate.queue(later) == []
    text = candidate.page()
    assert "nothing worth sending today" in text
    assert "## Held back" in text
    assert "Halden Freight to cut 120 jobs" in text
    assert "Otherwise: wait." in text
    assert "`touchpoints release h1`" in text


def test_a_hold_is_listed_released_and_taken_back(
    candidate: Candidate, httpserver: HTTPServer
) -> None:
    """`queue --held` names the rule and the way out; `release h1` opens it, `undo` closes it."""
    later = _a_week_later_come_layoffs(candidate, httpserver)

    held = candidate.touchpoints("queue", "--held", as_of=later).stdout
    assert "h1  Halden Freight to cut 120 jobs" in held
    assert "Is it so? n.example alone tells bad news about Halden Freight (layoffs)." in held
    assert "Contribution for Tom Adeyemi, Halden Freight (sensitive news)" in held
    rows = candidate.touchpoints("queue", "--held", "--json", as_of=later).stdout.splitlines()
    assert next(json.loads(row)["id"] for row in rows) == "h1"
    assert all(json.loads(row)["reason"] for row in rows)
    why = candidate.touchpoints("why", "https://n.example/terminal", as_of=later).stdout
    assert "(sensitive news)" in why

    candidate.touchpoints("release", "h1", as_of=later)
    assert "Nothing is held under h1" in candidate.touchpoints("release", "1", code=1).stderr
    candidate.touchpoints("run", as_of=later)
    assert [item["kind"] for item in candidate.queue(later)] == ["contribution"]
    taken = candidate.touchpoints("undo", as_of=later).stderr
    assert "it holds messages back again" in taken
    candidate.touchpoints("run", as_of=later)
    assert candidate.queue(later) == []
    assert "Nothing is held for" in candidate.touchpoints("release", "x", code=1).stderr


def test_what_happened_with_a_company_is_listed(candidate: Candidate) -> None:
    """Every move with its time, what was logged with its day, and nothing that was taken back."""
    candidate.touchpoints("run")
    one, two = (str(item["id"]) for item in candidate.queue())
    candidate.touchpoints("sent", one)
    candidate.touchpoints(
        "log", "halden", "met at the fair", "--person", "Aud", "--on", "yesterday"
    )
    candidate.touchpoints("dismiss", two)
    candidate.touchpoints("undo")

    told = candidate.touchpoints("log", "halden").stdout
    assert told.splitlines() == [
        f"2026-11-24 08:00  suggested {one}: Thank-you (Tom Adeyemi)",
        f"2026-11-24 08:00  suggested {two}: Thank-you (Aud Lunde)",
        f"2026-11-24 08:00  sent {one}: {_subject(candidate, one)} (Tom Adeyemi)",
        "2026-11-24 08:00  logged: met at the fair (Aud Lunde), on 2026-11-23",
    ]
    assert "Say what happened" in candidate.touchpoints("log", "halden", "--answer", code=2).stderr


def _subject(candidate: Candidate, number: str) -> str:
    said = candidate.touchpoints("draft", number, "--json").stdout
    return str(json.loads(said)["draft"]["subject"])


def test_rank_and_why_show_the_evidence(candidate: Candidate) -> None:
    """Every story once, best first, with every field; what is not shown has a reason."""
    candidate.touchpoints("run")
    rows = [
        json.loads(line)
        for line in candidate.touchpoints("rank", "halden", "--json").stdout.splitlines()
    ]

    assert len(rows) == 26
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert set(rows[0]) >= {
        "score", "shown", "reason", "kind", "section", "title", "link", "published", "company",
        "event", "events", "sensitive", "terms", "note", "sentence", "also_in",
    }  # fmt: skip
    best = rows[0]
    assert (best["title"], best["company"], best["kind"]) == (TERMINAL[1], "about", "contribution")
    assert all(row["reason"] for row in rows)
    why = json.loads(candidate.touchpoints("why", best["id"], "--json").stdout)
    assert {name: why[name] for name in best} == best
    assert "ocean" in candidate.touchpoints("why", "https://n.example/boat").stdout
    assert "Not shown: " in candidate.touchpoints("why", "https://n.example/f0").stdout
    assert "No article" in candidate.touchpoints("why", "https://n.example/nowhere", code=1).stderr
    assert "Did you mean halden?" in candidate.touchpoints("rank", "halen", code=1).stderr


def test_rank_is_read_by_people_too(candidate: Candidate) -> None:
    """By the company's name, a line for each story where nobody watches, and a count at the end."""
    candidate.touchpoints("run")
    first, *_, last = candidate.touchpoints("rank", "Halden Freight").stdout.splitlines()
    assert TERMINAL[1] in first
    assert "✓ the company" in first
    assert last.startswith("26 stories, ")
    assert candidate.touchpoints("rank", "halden").stdout.splitlines()[0] == first


def test_nothing_learnt_is_said_and_a_wrong_key_is_named(candidate: Candidate) -> None:
    """Before a handful of answers the list is empty, and there is nothing to forget."""
    candidate.touchpoints("run")
    assert "Nothing learned yet: 0 answers" in candidate.touchpoints("learned").stdout
    assert "word:x:y" in candidate.touchpoints("learned", "--forget", "word:x:y", code=1).stderr


def test_a_dry_run_keeps_nothing(candidate: Candidate) -> None:
    """It prints the page; afterwards there is neither a page nor a queue."""
    done = candidate.touchpoints("run", "--dry-run")

    assert done.stdout.startswith("# Tuesday 24 November: two things to do")
    assert not (candidate.root / "data" / "digests").exists()
    assert candidate.queue() == []


def test_a_past_day_is_rendered_again(candidate: Candidate) -> None:
    """The JSON beside the pages holds everything: the same text comes out of it."""
    candidate.touchpoints("run")
    page = candidate.page()
    candidate.touchpoints("run", as_of="2026-11-25T08:00+00:00")

    again = candidate.touchpoints("digest", "--date", "2026-11-24").stdout
    assert again.strip() == page.strip()
    assert (
        "no digest of 2026-01-01"
        in candidate.touchpoints("digest", "--date", "2026-01-01", code=1).stderr
    )


def test_wrong_company_is_remembered(candidate: Candidate) -> None:
    """Dismissed as another company's, it is not shown for this one again, and teaches its words."""
    candidate.touchpoints("run")
    for item in candidate.queue():
        candidate.touchpoints("sent", str(item["id"]))
    later = "2026-12-02T08:00+00:00"
    candidate.touchpoints("run", as_of=later)
    (offer,) = [item for item in candidate.queue(later) if item["kind"] == "contribution"]
    candidate.touchpoints("dismiss", str(offer["id"]), "--because", "wrong company", as_of=later)

    told = candidate.touchpoints("why", offer["story"]["link"], as_of=later).stdout
    assert "you said: wrong company" in told

    lessons = candidate.touchpoints("learned", "--json", as_of=later).stdout.splitlines()
    word, *_ = [json.loads(lesson) for lesson in lessons]
    assert (word["kind"], word["bias"], word["disliked"]) == ("other", -0.4, 1)
    assert "in a title: perhaps not halden but another" in word["about"]
    listed = candidate.touchpoints("learned", as_of=later).stdout
    assert word["about"] in listed
    assert "touchpoints learned --forget KEY" in listed
    candidate.touchpoints("learned", "--forget", word["key"], as_of="2026-12-02T09:00+00:00")
    assert word["about"] not in candidate.touchpoints("learned", as_of=later).stdout


def test_a_draft_is_printed_and_opens_nothing_by_itself(candidate: Candidate) -> None:
    """To, subject and body, ready to copy."""
    candidate.touchpoints("run")
    number = next(i["id"] for i in candidate.queue() if i["person"] == "Tom Adeyemi")
    text = candidate.touchpoints("draft", str(number)).stdout

    assert re.match(r"To: tom@example.com\nSubject: .+\n\nDear Tom,\n", text)
    assert text.rstrip().endswith("Sam")


def test_two_runs_at_once(candidate: Candidate) -> None:
    """The second leaves politely, with exit code 4."""
    from filelock import FileLock

    (candidate.root / "data").mkdir(exist_ok=True)
    with FileLock(candidate.root / "data" / ".lock"):
        done = candidate.touchpoints("run", code=4)
    assert "Another run is at work" in done.stderr


# ---------------------------------------------------------------------------------------- bad input


def test_no_workspace_at_all(tmp_path: Path) -> None:
    """One sentence on what to do."""
    done = Candidate(tmp_path).touchpoints("run", code=1)
    assert "There is no feeds.yaml" in done.stderr
    assert "init" in done.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The file is empty."),
        ("companies:\n\thalden: {}\n", "There is a tab here"),
        ("companies: {halden: {name: H, alias: [x]}}\n", 'Did you mean "aliases"?'),
        ("companies: {halden: {name: H, feeds: [htps://x]}}\n", '"htps://x" is not an address'),
        (b"\x00\x01\x02\xff", "This is not a text file."),
    ],
)
def test_a_mistake_in_feeds_yaml_stops_the_run_with_one_message(
    candidate: Candidate, text: str | bytes, told: str
) -> None:
    """What, where, what was expected; nothing is run, exit code 1."""
    candidate.write("feeds.yaml", text)
    done = candidate.touchpoints("run", code=1)

    assert told in done.stderr
    assert "nothing was run" in done.stderr
    assert not (candidate.root / "data" / "digests").exists()


@pytest.mark.parametrize(
    ("name", "text", "told", "headline"),
    [
        (
            "other.md",
            "---\ncompany: nobody\ninterviewed: 2026-11-20\n---\n",
            'no company "nobody"',
            "two things to do",
        ),
        (
            "date.md",
            "---\ncompany: halden\ninterviewed: 2026-31-02\n---\n",
            "is not a date",
            "nothing worth sending",
        ),
        ("head.md", "just text\n", "does not begin with its head", "two things to do"),
        (
            "key.md",
            "---\ncompany: halden\ninterviewd: 2026-11-20\n---\n",
            '"interviewed"?',
            "nothing worth sending",
        ),
    ],
)
def test_a_mistake_in_a_note_silences_its_company_only(
    candidate: Candidate, name: str, text: str, told: str, headline: str
) -> None:
    """The message comes on stderr and in the page; an older note does not speak in its place."""
    candidate.write(f"data/notes/{name}", text)
    done = candidate.touchpoints("run", code=1)

    assert told in done.stderr
    assert headline in candidate.page()
    assert f"data/notes/{name}" in candidate.page()


def test_a_note_in_latin_1_is_read_all_the_same(candidate: Candidate) -> None:
    """A warning in the page and in `check`, no error."""
    candidate.write("data/notes/halden.md", NOTES.replace("noisy", "très noisy").encode("latin-1"))
    candidate.touchpoints("run")

    assert "not in UTF-8" in candidate.page()
    assert "not in UTF-8" in candidate.touchpoints("check").stdout
    assert "two things to do" in candidate.page()


def test_a_company_without_feeds_is_a_warning(candidate: Candidate) -> None:
    """It is said, and the run goes on."""
    candidate.write(
        "feeds.yaml", "settings: {timezone: UTC}\ncompanies: {halden: {name: Halden Freight}}\n"
    )
    candidate.touchpoints("run")
    assert "has no feeds" in candidate.page()


def test_feeds_in_trouble_stand_at_the_end_and_stop_nothing(
    candidate: Candidate, httpserver: HTTPServer
) -> None:
    """Down, a web page, empty, too large: a line for each, and the day goes on."""
    httpserver.expect_request("/page").respond_with_data("<html><body>Hi</body></html>")
    httpserver.expect_request("/empty").respond_with_data("")
    httpserver.expect_request("/large").respond_with_data(b"x" * 2_000_000)
    config = (candidate.root / "feeds.yaml").read_text()
    troubled = "".join(f", {httpserver.url_for('/' + n)}" for n in ("page", "empty", "large"))
    config = config.replace("/business.xml]", f"/business.xml{troubled}, http://127.0.0.1:9/down]")
    config = config.replace("timezone: UTC", "timezone: UTC, news: {at_most_megabytes: 1}")
    candidate.write("feeds.yaml", config)
    candidate.touchpoints("run")

    text = candidate.page()
    assert "two things to do" in text
    end = text[text.index("## To fix") :]
    for name in ("/page", "/empty", "/large", ":9/down"):
        assert name in end, name


def test_a_trouble_stands_on_the_page_of_one_day(
    candidate: Candidate, httpserver: HTTPServer
) -> None:
    """All that day at every run, not the next; the report tells it at each asking."""
    httpserver.clear()
    httpserver.expect_request("/business.xml").respond_with_data("", status=404)
    httpserver.expect_request("/sailing.xml").respond_with_data(rss(BOAT))
    answered = "answered 404 (not found)"
    for as_of, on_page, failed in (
        ("2026-11-24T08:00+00:00", True, 1),
        ("2026-11-24T08:10+00:00", True, 0),
        ("2026-11-24T20:00+00:00", True, 1),
        ("2026-11-25T08:00+00:00", False, 1),
        ("2026-12-25T08:00+00:00", True, 1),
    ):
        report = json.loads(candidate.touchpoints("run", "--json", as_of=as_of).stdout)
        assert report["feeds_failed"] == failed, as_of
        assert (answered in json.dumps(report["problems"])) is bool(failed), as_of
        assert (answered in candidate.page()) is on_page, as_of


def test_wrong_usage_is_exit_code_2(candidate: Candidate) -> None:
    """An unknown command names the nearest; a clock without a zone is refused."""
    assert "Did you mean 'queue'?" in candidate.touchpoints("queu", code=2).stderr
    assert "time zone" in candidate.touchpoints("run", as_of="2026-11-24", code=2).stderr
