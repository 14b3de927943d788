"""The views: what a person sees in the database, with the tools that people look with."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.store import database, files, views
from tests.conftest import ROOT
from tests.program import touchpoints

AT = ("--as-of", "2026-11-24T08:00+00:00")
DOCUMENT = (ROOT / "docs" / "other-programs.md").read_text("utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace; the first message was sent and answered, its wording changed before."""
    place = tmp_path_factory.mktemp("views")
    touchpoints(*AT, "demo", cwd=place)
    found = place / "touchpoints-demo"
    page = found / "data" / "digests" / "latest.md"
    page.write_text(page.read_text("utf-8").replace("I am glad", "I would be glad"), "utf-8")
    at = ("--workspace", str(found), "--as-of", "2026-11-24T09:00+00:00")
    touchpoints(*at, "run")
    touchpoints(*at, "sent", "1")
    touchpoints(
        *at,
        "answered",
        "1",
        "--said",
        "promise",
        "--promised",
        "the figures",
        "--by",
        "11 December",
    )
    return found


@pytest.fixture
def db(root: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(files.database_path(root))
    connection.row_factory = sqlite3.Row
    return connection


def test_a_message_is_shown_as_its_user_worded_it(db: sqlite3.Connection) -> None:
    """With whom it is for, what became of it, and the story that goes with it."""
    with closing(db):
        row = db.execute("SELECT * FROM messages WHERE id = 1").fetchone()
    assert (row["status"], row["kind"], row["company"]) == ("answered", "thank_you", "alder")
    assert (row["person"], row["to"]) == ("Renata Kowalczyk", "renata@example.com")
    assert "I would be glad to answer it." in row["body"]
    assert row["title"].startswith("Solo sailor") and row["link"].startswith("https://")
    assert row["note"] == "framed photo of an ocean racing boat behind her desk"
    assert row["until"] is None and row["because"] is None


def test_a_score_stands_beside_its_story_and_its_reason(db: sqlite3.Connection) -> None:
    """The best first; what is not shown has a reason, too."""
    with closing(db):
        rows = db.execute("SELECT * FROM scored_stories WHERE company = 'halden'").fetchall()
        stories = {row["id"]: row["title"] for row in db.execute("SELECT * FROM stories")}
        count = db.execute("SELECT count(DISTINCT story) FROM articles").fetchone()[0]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    best = rows[0]
    assert best["title"] == "Halden Freight to open second container terminal in Gdynia"
    assert (best["shown"], best["kind"], best["news"]) == (1, "contribution", "opening")
    assert all(row["reason"] for row in rows)
    assert stories[best["story"]] == best["title"] and len(stories) == count


def test_contacts_name_the_message_that_they_are_about(db: sqlite3.Connection) -> None:
    """One was logged by hand, one was sent, and one came."""
    with closing(db):
        rows = db.execute("SELECT * FROM contact_log ORDER BY at, is_answer").fetchall()
    told = [(row["person"], row["is_answer"], row["kind"], row["message"]) for row in rows]
    assert told == [
        ("Tom Adeyemi", 0, None, None),
        ("Renata Kowalczyk", 0, "thank_you", 1),
        ("Renata Kowalczyk", 1, "thank_you", 1),
    ]
    assert json.loads(rows[2]["reply"])["promised"] == "the figures"


def test_other_views_give_way_to_ours(tmp_path: Path) -> None:
    """Those of a backup, whatever they were, go."""
    with closing(database.connect(tmp_path / "touchpoints.db")) as connection:
        connection.execute('CREATE VIEW "what ""was""" AS SELECT id FROM contacts')
        views.renew(connection)
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    assert {row["name"] for row in rows} == views.VIEWS.keys()


def test_every_column_is_explained(tmp_path: Path) -> None:
    """Of a view in a row of its own, of a table in the table's row; and none that is not there."""
    made: dict[str, dict[str, set[str]]] = {"view": {}, "table": {}}
    with closing(database.connect(tmp_path / "touchpoints.db")) as connection:
        for kind, name in connection.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'table')"
        ).fetchall():
            columns = connection.execute("SELECT name FROM pragma_table_info(?)", (name,))
            made[kind][name] = {column for (column,) in columns}
    of_views, of_tables = DOCUMENT.split("| column | meaning |")[1].split("| table | columns |")
    rows = re.findall(r"^\| `(\w+)` \|", of_views, re.MULTILINE)
    assert rows == sorted(set().union(*made["view"].values()))
    told = re.findall(r"^\| `(\w+)` \| (.*) \|$", of_tables, re.MULTILINE)
    assert {name: set(re.findall(r"`(\w+)`", text)) for name, text in told} == made["table"]


def test_the_commands_of_the_docs_show_rows(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By sqlite-utils, which is installed with the program."""
    from sqlite_utils.cli import cli

    shown = re.findall(r"^sqlite-utils (.*)$", DOCUMENT, re.MULTILINE)
    assert len(shown) == 2
    monkeypatch.chdir(root)
    for words in shown:
        cli.main(shlex.split(words), standalone_mode=False)
        assert len(json.loads(capsys.readouterr().out)) > 1, words
