"""A company that its feeds never name is told, with what to write, until it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.context import Shared
from pipeline.cli.main import cli

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose feed says Nordhafen eight times."""
    items = "".join(
        f"<item><title>Nordhafen opens depot {n}</title><link>https://n.example/{n}</link>"
        f"<pubDate>Mon, 23 Nov 2026 09:0{n}:00 +0100</pubDate></item>"
        for n in range(8)
    )
    (tmp_path / "a.xml").write_text(f'<rss version="2.0"><channel>{items}</channel></rss>')
    write(tmp_path, "")
    return tmp_path


def write(root: Path, more: str) -> None:
    """Write feeds.yaml, with one more line for the company."""
    (root / "feeds.yaml").write_text(
        "companies:\n  nord:\n    name: Nordhafen Merz GmbH\n    feeds: [a.xml]\n" + more
    )


def page(root: Path) -> str:
    """Run, and return the day's page."""
    done = CliRunner().invoke(cli, ["run"], obj=Shared(str(root), NOW))
    assert done.exit_code == 0, done.output
    return (root / "data" / "digests" / "latest.md").read_text()


def test_the_page_says_which_form_the_titles_use(root: Path) -> None:
    """And again on the next run, until it is written."""
    for _ in range(2):
        assert 'titles say "Nordhafen" (8 of 8)' in page(root)


def test_what_was_written_is_not_asked_again(root: Path) -> None:
    """An alias ends it."""
    page(root)
    write(root, "    aliases: [Nordhafen]\n")
    assert "titles say" not in page(root)


def test_doctor_says_it_too(root: Path) -> None:
    """As a note: nothing is broken."""
    page(root)
    done = CliRunner().invoke(cli, ["doctor"], obj=Shared(str(root), NOW))
    assert 'titles say "Nordhafen"' in done.output
