"""Only plain files of the workspace are read: no pipe, no device, no link that leads elsewhere."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import NotABackup
from pipeline.maintenance import safekeeping
from pipeline.maintenance.log import append
from pipeline.store import archive
from pipeline.workspace.read import read
from tests import program
from tests.sample_workspace import AS_OF, FEEDS, NOTES, NOW, SampleWorkspace, laid_out

touchpoints = partial(program.touchpoints, "--as-of", AS_OF)

SKILLS = "- ran a container terminal\n"
TEMPLATE = "Subject: Hello\n\nDear {greeting},\n"
PLACES = ("data/notes/other.md", "data/profile.md", "data/templates/check_in.txt")


def _write(root: Path, place: str) -> Path:
    texts = {
        "data/notes/other.md": NOTES.replace("11-23", "11-20").replace("Tom Adeyemi", "Eve Lind"),
        "data/profile.md": SKILLS,
        "data/templates/check_in.txt": TEMPLATE,
    }
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(texts[place], "utf-8")
    return path


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_pipe_or_a_device_is_told_and_not_read(
    place: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    """Also where a file lay before, of which the program remembers what it held."""
    root = laid_out(tmp_path)
    path = _write(root, place)
    assert all(problem.where != place for problem in read(root, remember=True).problems)
    path.unlink()
    make(path)
    told = [problem for problem in read(root, remember=True).problems if problem.where == place]
    assert [problem.level for problem in told] == ["error"]
    assert "no plain file" in told[0].what or "/dev/zero" in told[0].what


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_pipe_in_the_place_of_what_the_program_keeps_for_itself_keeps_no_run(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    """What was remembered is written anew; a log that is none is told, and left alone."""
    desk = SampleWorkspace(tmp_path / "ws")
    kept = desk.root / "data" / ".workspace.json"
    kept.unlink()
    make(kept)
    assert len(read(desk.root, remember=True).interviews) == 1
    assert kept.read_bytes().startswith(b"{")

    log = desk.root / "data" / "logs" / "touchpoints.log"
    log.parent.mkdir(exist_ok=True)
    make(log)
    assert not append(log, "a line\n")
    (told,) = read(desk.root).problems
    assert told.where == "data/logs/touchpoints.log"


@pytest.mark.parametrize("folder", ["digests", "drafts", "backups", "logs"])
def test_nothing_is_written_through_a_link_out_of_the_workspace(
    folder: str, tmp_path: Path
) -> None:
    """The run says where it leads and what to write, and stops; then it is followed."""
    root = laid_out(tmp_path / "ws")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / "data" / folder).symlink_to(elsewhere)
    for command in ("run", "backup"):
        told = touchpoints(command, cwd=root, code=1).stderr
        assert f"to {elsewhere}: nothing is written there" in told
        assert f"links: [{elsewhere}]" in told
    assert str(elsewhere) in touchpoints("check", cwd=root, code=1).stdout
    assert not list(elsewhere.iterdir())

    allowed = FEEDS.replace("settings: {", f"settings: {{links: [{elsewhere}], ")
    (root / "feeds.yaml").write_text(allowed, "utf-8")
    touchpoints("run", cwd=root)
    touchpoints("backup", cwd=root)
    assert list(elsewhere.iterdir())


def test_a_log_that_is_a_link_to_elsewhere_grows_only_where_feeds_yaml_says_so(
    tmp_path: Path,
) -> None:
    """Nor does the line that says why a run stopped go there."""
    root = laid_out(tmp_path / "ws")
    mine = tmp_path / "mine" / "diary.md"
    mine.parent.mkdir()
    mine.write_text("dear diary\n", "utf-8")
    (root / "data" / "logs").mkdir()
    (root / "data" / "logs" / "touchpoints.log").symlink_to(mine)
    assert str(mine) in touchpoints("run", cwd=root, code=1).stderr
    assert mine.read_text("utf-8") == "dear diary\n"

    allowed = FEEDS.replace("settings: {", f"settings: {{links: [{mine.parent}], ")
    (root / "feeds.yaml").write_text(allowed, "utf-8")
    touchpoints("run", cwd=root)
    assert "run began" in mine.read_text("utf-8")


@pytest.mark.parametrize("place", PLACES)
def test_a_link_out_of_the_workspace_is_followed_only_where_feeds_yaml_says_so(
    place: str, tmp_path: Path
) -> None:
    """The sentence says where it leads, and what to write; then it is read."""
    root = laid_out(tmp_path / "ws")
    real = _write(tmp_path / "elsewhere", place)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(real)
    (told,) = [one for one in read(root, remember=True).problems if one.where == place]
    assert str(real) in told.what
    assert f"links: [{real.parent}]" in told.todo
    assert f"/{place}" not in "".join(archive.names_in(root))

    allowed = FEEDS.replace("settings: {", f"settings: {{links: [{real.parent}], ")
    (root / "feeds.yaml").write_text(allowed, "utf-8")
    workspace = read(root, remember=True)
    assert not [one for one in workspace.problems if one.where == place]
    assert place in archive.names_in(root, workspace.config.settings.links)


def test_a_folder_of_notes_that_is_a_link_is_as_its_notes(tmp_path: Path) -> None:
    """Each note holds its company until feeds.yaml names the folder; `data` may be a link."""
    root = laid_out(tmp_path / "ws")
    vault = tmp_path / "vault"
    (root / "data" / "notes").rename(vault)
    (root / "data" / "notes").symlink_to(vault)
    workspace = read(root, remember=True)
    assert [note.file for note in workspace.unread] == ["data/notes/halden.md"]
    (root / "feeds.yaml").write_text(FEEDS.replace("{", f"{{links: [{vault}], ", 1), "utf-8")
    assert len(read(root, remember=True).interviews) == 1

    whole = laid_out(tmp_path / "whole")
    (whole / "data").rename(tmp_path / "big disk")
    (whole / "data").symlink_to(tmp_path / "big disk")
    assert len(read(whole).interviews) == 1


def test_a_page_that_is_a_link_to_elsewhere_answers_nothing(tmp_path: Path) -> None:
    """Which is told, once; nor does it keep the next day's run, as a pipe."""
    desk = SampleWorkspace(tmp_path / "ws")
    for page in (desk.page(), desk.page("2026-11-24")):
        ticked = page.read_text("utf-8").replace("- [ ] sent", "- [x] sent")
        elsewhere = tmp_path / page.name
        elsewhere.write_text(ticked, "utf-8")
        page.unlink()
        page.symlink_to(elsewhere)
    desk.run(NOW + timedelta(hours=1))
    assert desk.statuses() == ["suggested", "suggested"]
    told = "lies in data/digests/{}.md as a link that leads elsewhere"
    page = desk.page().read_text("utf-8")
    assert told.format("latest") in page
    assert told.format("2026-11-24") in page
    desk.page("2026-11-24").unlink()
    os.mkfifo(desk.page("2026-11-24"))
    os.mkfifo(desk.page("2026-11-24 (copy)"))
    for hours in (24, 25):
        desk.run(NOW + timedelta(hours=hours))
        page = desk.page("2026-11-25").read_text("utf-8")
        assert page.count(told.format("2026-11-24")) == 1
    desk.run(NOW + timedelta(days=2))
    assert told[:20] not in desk.page("2026-11-26").read_text("utf-8")


def test_a_backup_holds_nothing_from_outside(tmp_path: Path) -> None:
    """Nor is one read from a pipe."""
    desk = SampleWorkspace(tmp_path / "ws")
    secret = tmp_path / "secret"
    secret.write_text("my keys", "utf-8")
    (desk.root / "data" / "drafts").mkdir(exist_ok=True)
    for place in ("data/digests/2026-11-24 copy.md", "data/drafts/mine.eml"):
        (desk.root / place).symlink_to(secret)
    path, _ = safekeeping.backup(desk.root, tmp_path / "mine.zip", NOW)
    with zipfile.ZipFile(path) as packed:
        assert "data/notes/halden.md" in packed.namelist()
        assert not any(packed.read(name) == b"my keys" for name in packed.namelist())
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(NotABackup, match="no plain file"):
        safekeeping.restore(desk.root, tmp_path / "pipe.zip", NOW)
