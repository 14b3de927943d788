"""What was read is remembered, and forgotten as soon as a file says something else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.records import Workspace
from pipeline.workspace import cache, note_files, notes, read

FEEDS = "settings: {timezone: UTC}\ncompanies:\n  oracle: {name: Oracle, feeds: [a.xml]}\n"
NOTE = "---\ncompany: oracle\ninterviewed: 2026-11-16\n---\n- the takeover of the HR vendor\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace that was read, and is remembered."""
    (tmp_path / "data" / "notes").mkdir(parents=True)
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    (tmp_path / "data" / "notes" / "oracle.md").write_text(NOTE)
    (tmp_path / "data" / "profile.md").write_text("- ran two ramp-ups\n")
    read.read(tmp_path, remember=True)
    return tmp_path


def test_unchanged_files_are_not_checked_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is remembered is what they say."""
    fresh = read._read(root, note_files.find(root))
    monkeypatch.setattr(read, "_read", lambda _: pytest.fail("the files were read anew"))
    assert read.read(root) == fresh


@pytest.mark.parametrize(
    ("file", "text", "seen"),
    [
        ("feeds.yaml", FEEDS.replace("name: Oracle", "name: Orakel"),
         lambda found: found.config.companies[0].name == "Orakel"),
        ("data/notes/oracle.md", NOTE + "- one more line\n",
         lambda found: len(found.interviews[0].lines) == 2),
        ("data/notes/second.md", NOTE.replace("-16", "-17"),
         lambda found: len(found.interviews) == 2),
        ("data/profile.md", "- ran one\n- ran two\n",
         lambda found: len(found.profile.lines) == 2),
        ("data/templates/tidbit.txt", "Subject: Hi\n\nHi\n",
         lambda found: len(found.templates) == 1),
    ],
)  # fmt: skip
def test_a_change_is_seen_at_once(
    root: Path, file: str, text: str, seen: Callable[[Workspace], bool]
) -> None:
    """In whatever file, also in a new one."""
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text(text)
    assert seen(read.read(root))


def test_a_mistake_is_told_every_time_until_it_is_mended(root: Path) -> None:
    """Also when the file was checked by an earlier run."""
    note = root / "data" / "notes" / "oracle.md"
    note.write_text(NOTE.replace("oracle", "orakle"))
    problems = read.read(root, remember=True).problems
    assert problems
    assert read.read(root, remember=True).problems == problems
    note.write_text(NOTE)
    assert not read.read(root, remember=True).problems


@pytest.mark.parametrize(
    "kept", ["", "[]", "{", '{"key": 1}', "\0", '{"key": "KEY", "workspace": {"root": 1}}',
             '{"key": "KEY", "workspace": []}', "[" * 100_000],
)  # fmt: skip
def test_what_is_damaged_is_not_believed(root: Path, kept: str) -> None:
    """The files themselves are read."""
    path = root / cache.KEPT
    path.write_text(kept.replace("KEY", json.loads(path.read_text())["key"]))
    assert read.read(root).interviews[0].company == "oracle"


def test_another_program_reads_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update, what a file means may be another thing."""
    monkeypatch.setattr(cache, "_program", lambda: "newer")
    monkeypatch.setattr(notes, "parse_note", lambda *_: (None, []))
    assert read.read(root).interviews == ()


def test_only_its_owner_may_read_it(root: Path) -> None:
    """Notes are nobody else's business."""
    assert (root / cache.KEPT).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("company", ["oracle", "orakle"])
def test_a_remembered_workspace_loads_no_library_to_check_it(root: Path, company: str) -> None:
    """That is what makes it quick, also where something lasting is wrong with it."""
    (root / "data" / "notes" / "oracle.md").write_text(NOTE.replace("oracle", company))
    read.read(root, remember=True)
    program = (
        "import sys; from pathlib import Path; from pipeline.workspace.read import read;"
        f"read(Path({str(root)!r})); print({{'pydantic', 'ruamel.yaml'}} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
