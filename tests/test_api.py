"""`pipeline.api`: the commands as functions, and the example in docs/ as it stands there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline import api
from pipeline.commands import queue
from pipeline.errors import NotFound, WorkspaceMissing
from tests.conftest import ROOT
from tests.program import touchpoints

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace, after its run."""
    place = tmp_path_factory.mktemp("api")
    touchpoints("--as-of", NOW.isoformat(), "demo", cwd=place)
    return place / "touchpoints-demo"


def test_the_example_in_the_docs_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it is printed there; it shows talks, a story, what is held back, and a message."""
    monkeypatch.chdir(folder.parent)
    text = (ROOT / "docs" / "other-programs.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(compile(example, "docs/other-programs.md", "exec"), {})  # noqa: S102 - our own
    said = capsys.readouterr().out
    assert "halden on 2026-11-" in said
    assert re.search(r"^\d\.\d\d \w.+: \w", said, re.MULTILINE)
    assert re.search(r"^nothing for \w.* because of \w", said, re.MULTILINE)
    assert re.search(r"^\d+ thank_you to \w", said, re.MULTILINE)


def test_every_function_gives_what_its_command_gives(folder: Path) -> None:
    """The same suggestions, in the same order, with the same message."""
    shown = touchpoints(
        "--workspace", str(folder), "--as-of", NOW.isoformat(), "queue", "--json"
    ).stdout
    found = api.due(str(folder), NOW)
    assert found and [f'"id": {item.id},' in shown for item in found] == [True] * len(found)
    assert api.draft(folder, found[0].id) == queue.touchpoint(folder, found[0].id).draft
    assert api.plan(folder, NOW) == queue.plan_now(folder, NOW)[0]
    assert {match.interview for match in api.rank(folder, "halden", NOW)} == {
        next(item.file for item in api.load(folder).interviews if item.company == "halden")
    }


def test_a_run_by_the_library_is_a_run(folder: Path) -> None:
    """A dry one changes nothing, and says what it would."""
    report = api.run(folder, NOW, api.RunOptions(dry_run=True, early=True))
    assert report.day == NOW.date()
    assert report.counts["suggested"] == len(api.plan(folder, NOW).suggestions)


def test_a_moment_in_another_zone_is_the_same_moment(folder: Path) -> None:
    """One without a zone is refused, as it would be another moment elsewhere."""
    there = NOW.astimezone(timezone(timedelta(hours=-5)))
    assert api.plan(folder, there) == api.plan(folder, NOW)
    with pytest.raises(ValueError, match="no time zone"):
        api.plan(folder, NOW.replace(tzinfo=None))


def test_what_can_be_fixed_is_raised_in_words(folder: Path, tmp_path: Path) -> None:
    """No workspace, no such number, no such company."""
    with pytest.raises(WorkspaceMissing):
        api.load(tmp_path)
    with pytest.raises(NotFound):
        api.draft(folder, 99_999)
    with pytest.raises(NotFound):
        api.rank(folder, "nobody", NOW)
