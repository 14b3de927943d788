"""`feeds suggest`: what is proposed for which line, what is asked of whom, what is written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer

from pipeline.cli.context import Shared
from pipeline.cli.feeds_suggest import converse
from pipeline.cli.main import cli
from pipeline.commands.feeds import look
from pipeline.news.catalogue import subjects
from pipeline.records import CatalogueFeed, NoteLine, Subject
from pipeline.relevance.catalogue_match import proposals
from pipeline.text.urls import host_of

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)

# ------------------------------------------------------------------------------------ the catalogue


def test_the_catalogue_has_some_three_hundred_feeds_each_with_its_day() -> None:
    """Addresses that are ones, once for a subject, and the day when each was seen in a list."""
    found = subjects()
    feeds = [feed for subject in found for feed in subject.feeds]
    assert len(feeds) >= 300
    assert all(host_of(feed.address) for feed in feeds)
    assert all(feed.seen <= NOW.date().replace(month=12) for feed in feeds)
    assert {feed.language for feed in feeds} == {"en", "de", "fr", "es"}
    assert len({subject.name for subject in found}) == len(found)
    assert all(len({f.address for f in s.feeds}) == len(s.feeds) > 0 for s in found)


def best(text: str, topics: tuple[str, ...] = ()) -> str:
    line = NoteLine("data/notes/a.md", 9, "office", text)
    found = list(proposals([line], subjects(), topics))
    return "served" if not found else found[0].subject.name if found[0].subject else ""


def test_a_search_has_no_name_of_theirs_and_no_logistics() -> None:
    """The search engine learns what is of interest, not who they are; pay is no interest."""
    told = ("Ingrid's quality rig at Zorbix", "salary not discussed")
    lines = [NoteLine("n.md", number, "discussed", text) for number, text in enumerate(told)]
    found = proposals(lines, subjects(), (), ("Ingrid Solheim", "Zorbix AS"))
    assert [set(item.search.split()) for item in found] == [{"quality", "rig"}]


@pytest.mark.parametrize(
    "text",
    [
        "lincoln loop - videocall w/ Peter + Dana (ops), tues",
        "Gespräch mit Peter, freitag nachmittag",
        "zoom w/ Dana thurs",
    ],
)
def test_a_line_that_says_when_and_how_one_talked_is_not_asked_about(text: str) -> None:
    """Its words, "videocall ops tues", would find nothing that is of interest."""
    lines = [NoteLine("n.md", 1, "discussed", text)]
    assert list(proposals(lines, subjects(), (), ("Lincoln Loop", "Peter Ba", "Dana Wu"))) == []


def test_safety_is_not_rust() -> None:
    """A German word for it, among German lines, is what a router needs, not a language."""
    told = (
        "wie kriegt man glasfaser in die alten häuser, eigentümer machen die tür nicht auf",
        "fragte nach mobilfunk an bahnstrecken, das nervt ihre eigenen leute auch",
        "sicherheit router, der wartungsport, mirai damals",
    )
    lines = [NoteLine("n.md", number, "discussed", text) for number, text in enumerate(told)]
    found = {item.line.line: item.subject for item in proposals(lines, subjects(), ())}
    assert found[2] is None or found[2].name != "rust"


def test_a_search_has_no_words_that_are_in_any_line() -> None:
    """Neither "remote" nor "everybody" is what the line is about."""
    text = "they do django for big sites, all remote, everybody writes the blog"
    (found,) = proposals([NoteLine("n.md", 1, "discussed", text)], subjects(), ())
    assert not {"everybody", "remote"} & set(found.search.split())


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("framed photo of an ocean racing boat", "sailing"),
        ("Everest base camp mug", "climbing"),
        ("chess board on the shelf, knight moved", "chess"),
        ("team ran the half marathon in Berlin together", "running"),
        ("she grows tomatoes on the roof", "gardening"),
        ("Modelleisenbahn im Regal", "railways"),
        ("Foto von einem Segelboot an der Wand", "sailing"),
        ("une affiche de cyclisme", "cycling"),
        ("how long customs papers take when a container is opened", "shipping"),
        ("yield of the new EUV line", "semiconductors"),
        ("nurse staffing on the night ward", "hospitals"),
        ("heat pumps in old buildings", "energy"),
        ("parking at gate 3, bring the badge back", ""),
        ("hates slide decks", ""),
        ("async runtime in Rust instead of C++", "rust"),
        ("his two border collies on the wall", ""),
    ],
)
def test_a_subject_is_found_by_words_and_by_meaning(text: str, subject: str) -> None:
    """In four languages; and none where none is near."""
    assert best(text) == subject


@pytest.mark.parametrize(
    ("topic", "expected"), [("sailing", "served"), ("boat", "served"), ("chess", "sailing")]
)
def test_a_line_that_a_topic_serves_is_not_asked_about(topic: str, expected: str) -> None:
    """By a word of the topic's name, or by its meaning."""
    assert best("framed photo of an ocean racing boat", (topic,)) == expected


# ------------------------------------------------------------------------------------- the command

NOTES = """---
company: rally
interviewed: 2026-11-23 14:30
interviewers: [{name: Tom Adeyemi}]
---
## Seen in the office
- chess board on the shelf
- border collies in a kennel
- hates slides
"""


@pytest.fixture
def root(tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a source of its own, and a catalogue with a feed that lives and one dead."""
    titles = "".join(
        f"<item><title>Rally {n} wins</title><guid>{n}</guid></item>" for n in range(7)
    )
    feed = f"<rss version='2.0'><channel><title>News</title>{titles}</channel></rss>"
    httpserver.expect_request("/rally.xml").respond_with_data(feed)
    httpserver.expect_request("/chess.xml").respond_with_data(feed.replace("Rally", "Chess"))
    known = tuple(
        CatalogueFeed("en", httpserver.url_for(path), NOW.date())
        for path in ("/chess.xml", "/gone.xml")
    )
    monkeypatch.setattr(
        "pipeline.news.catalogue.subjects",
        lambda: (Subject("chess", "chess board knight grandmaster", known), *subjects()[:20]),
    )
    (tmp_path / "data" / "notes").mkdir(parents=True)
    (tmp_path / "data" / "notes" / "rally.md").write_text(NOTES)
    (tmp_path / "feeds.yaml").write_text(
        "# mine\nsettings: {timezone: UTC, news: {pause_seconds: 0}}\ncompanies:\n  rally:\n"
        f"    name: Rally\n    feeds:\n      - {httpserver.url_for('/rally.xml')}\n"
    )
    return tmp_path


def run(root: Path, *arguments: str, answers: str = "") -> Result:
    shared = Shared(str(root), NOW)
    return CliRunner().invoke(cli, ["feeds", "suggest", *arguments], obj=shared, input=answers)


def paths(server: HTTPServer) -> list[str]:
    return [request.path for request, _ in server.log]


def test_without_a_terminal_it_lists_and_asks_nobody(root: Path, httpserver: HTTPServer) -> None:
    """Each line with the commands that add its feeds; nothing is requested or written."""
    before = (root / "feeds.yaml").read_text()
    said = run(root).output
    assert "chess board on the shelf  (data/notes/rally.md, line 7)" in said
    assert f"feeds add {httpserver.url_for('/chess.xml')} --topic chess" in said
    assert "no feed is known for it" in said
    found: list[dict[str, Any]] = [
        json.loads(line) for line in run(root, "rally", "--json").output.splitlines()
    ]
    assert [item["topic"] for item in found] == ["chess", None, None]
    assert "q=border+collies+kennel" in found[1]["search"]
    assert found[2]["search"] is None  # "hates" and "slides" are no search for anybody
    assert paths(httpserver) == []
    assert (root / "feeds.yaml").read_text() == before


def test_yes_adds_the_feeds_that_answer_and_no_search(root: Path, httpserver: HTTPServer) -> None:
    """A search would tell words of the notes to somebody else: a script cannot say yes to that."""
    done = run(root, "--yes")
    assert "Left out:" in done.output
    text = (root / "feeds.yaml").read_text()
    assert text.startswith("# mine\n")
    assert f"topics:\n  chess:\n    feeds:\n      - {httpserver.url_for('/chess.xml')}\n" in text
    assert "google" not in text
    assert set(paths(httpserver)) == {"/chess.xml", "/gone.xml"}
    assert "chess board" not in run(root).output


def test_words_about_the_company_are_written(root: Path) -> None:
    """By options, each once; comments stay."""
    run(root, "rally", "--alias", "Rally Health", "--industry", "insurance", "--not", "rally car")
    run(root, "rally", "--alias", "rally health", "--industry", "wellness")
    text = (root / "feeds.yaml").read_text()
    assert "aliases: [Rally Health]\n" in text
    assert "industry: [insurance, wellness]\n" in text
    assert "not: [rally car]\n" in text
    assert run(root, "--alias", "X").exit_code == 2


class TestConversation:
    """At a terminal: five titles of each source, one answer to each line."""

    @pytest.fixture(autouse=True)
    def _terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pipeline.cli.feeds_suggest.is_terminal", lambda: True)

    def test_another_company_is_told_apart(self, root: Path) -> None:
        """What the titles mean instead, and what the company does."""
        said = run(root, answers="o\nrally car\nhealth insurance, wellness\nq\n").output
        assert said.count("- Rally ") == 5
        text = (root / "feeds.yaml").read_text()
        assert "not: [rally car]" in text
        assert "industry: [health insurance, wellness]" in text

    def test_no_feed_is_taken_out_by_an_answer(self, root: Path, httpserver: HTTPServer) -> None:
        """A "no" keeps it, and says what that means and what would take it out."""
        before = (root / "feeds.yaml").read_text()
        said = run(root, answers="n\nn\nq\n").output
        assert "Are these about Rally?" in said
        assert (root / "feeds.yaml").read_text() == before
        assert "It stays" in said
        address = httpserver.url_for("/rally.xml")
        assert f"`touchpoints feeds remove {address} --company rally`" in said
        assert paths(httpserver) == ["/rally.xml"]

    def test_a_feed_is_added_after_its_titles_and_a_search_after_a_yes(
        self, root: Path, httpserver: HTTPServer
    ) -> None:
        """A dead feed is not; what was not accepted is neither asked nor written."""
        said = run(root, answers="y\nf\ny\nn\n").output
        assert "A search tells its words to Google" in said
        assert said.count("- Chess ") == 5
        address = httpserver.url_for("/chess.xml")
        assert f"Added to chess. `touchpoints feeds remove {address}` takes it back." in said
        text = (root / "feeds.yaml").read_text()
        assert httpserver.url_for("/chess.xml") in text
        assert "gone.xml" not in text
        assert "google" not in text

    def test_a_website_is_looked_at_for_a_feed_or_a_page(
        self, root: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of a company that has no feed of its own; it is added for the company after a yes."""
        listed = "".join(
            f"<li><a href='/n/{n}'>Rally opens office {n}</a> 2{n} Nov 2026" for n in range(4)
        )
        httpserver.expect_request("/").respond_with_data(
            f"<html>{listed}", content_type="text/html"
        )
        feeds = root / "feeds.yaml"
        feeds.write_text(feeds.read_text() + "    website: rally.example\n")
        monkeypatch.setattr(
            "pipeline.commands.feeds.suggest.find",
            lambda root, site, now: look.find(root, httpserver.url_for("/"), now),
        )
        said = run(root, answers="y\nn\nq\n").output
        assert "page:" not in feeds.read_text()
        said = run(root, answers="y\ny\nq\n").output
        assert "rally.example has a page with its news." in said
        assert "- Rally opens office 3" in said
        assert f"      - page: {httpserver.url_for('/')}\n" in feeds.read_text()

    def test_without_a_feed_the_command_that_adds_one_is_named(
        self, root: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With the company's own name; and a site that cannot be reached is not one without."""
        httpserver.expect_request("/").respond_with_data("<html>", content_type="text/html")
        text = (root / "feeds.yaml").read_text().partition("    feeds:")[0]
        (root / "feeds.yaml").write_text(f"{text}    feeds: []\n    website: rally.example\n")
        for site, said in (
            (httpserver.url_for("/"), "rally.example: no feed was found there"),
            ("http://127.0.0.1:9/", "rally.example: cannot be reached.\n"),
        ):
            monkeypatch.setattr(
                "pipeline.commands.feeds.suggest.find",
                lambda root, _, now, site=site: look.find(root, site, now),
            )
            told = run(root, answers="q\n").output
            assert said in told
            assert "`touchpoints feeds add URL --company rally`" in told

    def test_a_line_that_was_refused_is_not_asked_about_again(self, root: Path) -> None:
        """Nor proposed to a script, nor named by `check`; nor another line of its subject."""
        note = root / "data" / "notes" / "rally.md"
        note.write_text(f"{NOTES}- a chess book, about the knight\n")
        shared = Shared(str(root), NOW)
        check = ["check"]
        assert "No feed can meet “chess" in CliRunner().invoke(cli, check, obj=shared).output
        run(root, answers="y\nn\nq\n")
        again = run(root, answers="y\nq\n").output
        assert "border collies" in again
        assert "chess" not in again + run(root, "--yes").output
        assert "No feed can meet" not in CliRunner().invoke(cli, check, obj=shared).output
        note.write_text(NOTES.replace("chess board", "chess board, knight moved,"))
        assert "knight moved" in run(root, answers="y\nq\n").output

    def test_a_set_up_asks_about_a_few_lines_that_name_a_subject(self, root: Path) -> None:
        """The rest is asked by the command that it names; what is of no use by none."""
        note = root / "data" / "notes" / "rally.md"
        note.write_text(f"{NOTES}- hated the chess room, cold\n- the tea was awful\n")
        command = click.Command("init", callback=lambda: converse(root, NOW, "rally", 5))
        said = CliRunner().invoke(command, input="y\nn\n").output
        assert "1 line of your notes" in said
        assert "chess board" in said
        assert "collies" not in said
        assert "`touchpoints feeds suggest rally` asks about 1 more line without a feed." in said

    def test_it_can_be_stopped_and_taken_up_again(self, root: Path) -> None:
        """What was answered is written; the rest is asked the next time."""
        said = run(root, answers="y\nf\ny\n").output
        assert "goes on from here" in said
        again = run(root, answers="y\nn\n").output
        assert "chess board" not in again
        assert "border collies" in again
