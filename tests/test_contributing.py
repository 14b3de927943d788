"""What contributors meet first: `make help`, the workflow, the forms of issues."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests import smoke
from tests.conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def parsed(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text("utf-8"))


def test_make_help_lists_every_target_with_a_line() -> None:
    """A target without a line is one that nobody finds."""
    done = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    listed = [line.split(None, 2) for line in done.stdout.splitlines()]
    assert {words[1] for words in listed} == TARGETS
    assert all(words[0] == "make" and len(words) == 3 for words in listed)


def test_the_days_to_come_are_tried_on_folders_that_exist() -> None:
    """Else pytest collects nothing."""
    (names,) = re.findall(r"^STARTERS = ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    for name in names.replace("\\\n", " ").split():
        assert list(ROOT.glob(name)), name


def test_the_workflow_runs_targets_that_exist_on_the_versions_that_are_promised() -> None:
    """From the oldest that pyproject.toml allows."""
    jobs = parsed(ROOT / ".github" / "workflows" / "test.yml")["jobs"]
    commands = [shlex.split(step.get("run", "")) for job in jobs.values() for step in job["steps"]]
    made = {words[1] for words in commands if words[:1] == ["make"]}
    assert made == {"test", "check", "test-clock", "browser", "package"}
    assert made <= TARGETS
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = jobs["test"]["strategy"]["matrix"]["python"]
    assert project["requires-python"] == f">={versions[0]}"
    assert versions == [f"3.{minor}" for minor in range(11, 11 + len(versions))]
    assert versions[-1] == "3.14" and jobs["windows"]["strategy"]["matrix"]["python"] == versions


def test_the_workflow_tries_every_system_that_is_promised() -> None:
    """Linux on both kinds of machine, macOS and Windows; what it starts there is in this folder."""
    jobs = parsed(ROOT / ".github" / "workflows" / "test.yml")["jobs"]
    systems = {*jobs["test"]["strategy"]["matrix"]["os"], jobs["windows"]["runs-on"]}
    assert systems == {"ubuntu-latest", "ubuntu-24.04-arm", "macos-latest", "windows-latest"}
    scripts = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    words = [word for script in scripts for word in script.split()]
    named = {word for word in words if word.startswith(("tests/", "docs/"))}
    modules = {word.replace(".", "/") + ".py" for word in words if word.startswith("tests.")}
    assert {name for name in named | modules if not (ROOT / name).exists()} == set()
    assert any("docker run" in script and "--read-only" in script for script in scripts)


@pytest.mark.slow
def test_what_is_tried_on_every_system_works_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scheduled with a crontab of the test's own."""
    crontab = tmp_path / "crontab"
    table = tmp_path / "table"
    crontab.write_text(
        "#!/bin/sh\n"
        f'case "$1" in -l) cat {table} 2> {table}.said || {{ echo "no crontab" >&2; exit 1; }};;\n'
        f"-r) rm {table};; -) cat > {table}.new; mv {table}.new {table};; esac\n"
    )
    crontab.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "new").mkdir()
    smoke.try_all(tmp_path / "new", schedule=True)
    assert not table.exists()


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_asks_something(path: Path) -> None:
    """A name, a description, and fields each with an id of its own."""
    form = parsed(path)
    assert form["name"] and form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields) > 0
    assert all(field["attributes"]["label"] for field in fields)


def test_the_hooks_run_what_make_check_runs() -> None:
    """The same tools, from the same place."""
    (local,) = parsed(ROOT / ".pre-commit-config.yaml")["repos"]
    tools = {hook["entry"].split()[0] for hook in local["hooks"]}
    assert tools == {".venv/bin/ruff", ".venv/bin/mypy"}
    assert all(tool.replace(".venv/bin", "$(BIN)") in MAKEFILE for tool in tools)
    assert parsed(ROOT / ".github" / "dependabot.yml")["version"] == 2


def test_every_library_has_its_reason_and_a_tested_version() -> None:
    """A comment beside it, or above it, in pyproject.toml; its version in constraints.txt."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    needed = tomllib.loads(text)["project"]["dependencies"]
    tested = (ROOT / "constraints.txt").read_text("utf-8").casefold()
    for one in needed:
        name = re.split(r"[><=;\[ ]", one)[0].casefold()
        assert re.search(rf"^{re.escape(name)}==", tested, re.MULTILINE), name
        before, line = re.findall(rf'(.*)\n(.*"{re.escape(one)}".*)', text)[0]
        assert "#" in line or before.strip().startswith("#"), name
