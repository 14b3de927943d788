"""docs/server: the image and the workflow, held against the program, and tried in their parts."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from ruamel.yaml import YAML

from pipeline.cli.main import cli
from pipeline.maintenance.schedule import left_out
from pipeline.store.database import opened
from tests.conftest import ROOT
from tests.sample_workspace import EMPTY, FEEDS, NOTES

DOCKERFILE = (ROOT / "docs" / "server" / "Dockerfile").read_text("utf-8")
WORKFLOW = YAML(typ="safe").load((ROOT / "docs" / "server" / "touchpoints.yml").read_text("utf-8"))
CI = YAML(typ="safe").load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))
STEPS = WORKFLOW["jobs"]["run"]["steps"]


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile with what follows each, in their order."""
    text = re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE).replace("\\\n", " ")
    return [
        (name, rest)
        for name, _, rest in (line.partition(" ") for line in text.splitlines())
        if name
    ]


def commands_in(script: str) -> Iterator[list[str]]:
    """Yield the words of each call of the program in a script."""
    for found in re.findall(r"touchpoints ((?:run|doctor|queue|init)\b[^;&|>\n]*)", script):
        yield shlex.split(found)


# ------------------------------------------------------------------------------------- the image


def test_the_image_copies_all_that_the_package_is_made_of_and_no_workspace() -> None:
    """Whatever pyproject.toml names is there; data/ and feeds.yaml stay outside."""
    copied = [word for name, rest in instructions() if name == "COPY" for word in rest.split()[:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (manual,) = project["tool"]["setuptools"]["data-files"]["share/man/man1"]
    needed = {"pyproject.toml", "pipeline", "constraints.txt", manual}
    needed |= {project["project"]["readme"], *project["project"]["license-files"]}
    assert needed <= {*copied}
    assert not {"data", "feeds.yaml", ".", "tests"} & {*copied}


def test_the_image_is_slim_of_a_tested_python_and_runs_as_nobody_special() -> None:
    """Its user is made before, and stays to the end; the workspace is a volume of that user's."""
    order = [name for name, _ in instructions()]
    found = dict(instructions())
    assert re.fullmatch(r"python:(3\.\d+)-slim", found["FROM"])
    assert (
        found["FROM"][7:].removesuffix("-slim")
        in CI["jobs"]["test"]["strategy"]["matrix"]["python"]
    )
    assert order.count("USER") == 1 and found["USER"] not in ("root", "0")
    assert f"--uid 1000 {found['USER']}" in DOCKERFILE
    assert order.index("USER") < order.index("CMD")
    assert max(at for at, name in enumerate(order) if name == "RUN") < order.index("USER")
    assert f"TOUCHPOINTS_WORKSPACE={found['VOLUME']}" in found["ENV"]
    assert found["WORKDIR"] == found["VOLUME"] == "/workspace"
    assert f"install -d -o {found['USER']} -m 700 {found['VOLUME']}" in DOCKERFILE


@pytest.mark.parametrize(
    "text",
    [DOCKERFILE, "\n".join(step.get("run", "") for step in STEPS)],
    ids=["Dockerfile", "workflow"],
)
def test_every_command_there_exists_with_its_options(text: str) -> None:
    """Those of the image and of the workflow; the page about both is test_docs.py's."""
    called = list(commands_in(text))
    assert called
    for words in called:
        command = cli.get_command(click.Context(cli), words[0])
        assert command is not None, words
        options = {name for option in command.params for name in option.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_the_image_runs_each_hour_and_ends_at_once_when_it_is_told_to(tmp_path: Path) -> None:
    """Even while it sleeps; docker waits ten seconds before it kills."""
    command = json.loads(dict(instructions())["CMD"])
    assert "sleep 3600" in command[-1]
    for name, does in (("touchpoints", ""), ("sleep", "exec /bin/sleep 60")):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> {tmp_path}/done\n{does}\n')
        program.chmod(0o755)
    with subprocess.Popen(
        command, env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, start_new_session=True
    ) as shell:
        try:
            _wait_for(tmp_path / "done", "sleep 3600")
            begun = time.monotonic()
            shell.send_signal(signal.SIGTERM)
            assert shell.wait(timeout=10) == 0
            assert time.monotonic() - begun < 5
        finally:
            os.killpg(shell.pid, signal.SIGKILL)
    assert (tmp_path / "done").read_text() == "touchpoints run --scheduled\nsleep 3600\n"


def _wait_for(path: Path, text: str) -> None:
    ends = time.monotonic() + 30
    while not (path.exists() and text in path.read_text()):
        assert time.monotonic() < ends, f"no {text!r} in {path}"
        time.sleep(0.02)


# ---------------------------------------------------------------------------------- the workflow


def test_the_workflow_may_do_what_it_has_to_and_no_more() -> None:
    """Write to the repository; one at a time; not at a full hour; never in a public one."""
    when = WORKFLOW[True] if True in WORKFLOW else WORKFLOW["on"]
    (cron,) = (entry["cron"] for entry in when["schedule"])
    minute, hours, *days = cron.split()
    assert minute.isdigit() and 0 < int(minute) < 60 and days == ["*", "*", "*"]
    assert [0 <= int(hour) < 24 for hour in hours.split(",")] == [True, True, True]
    assert WORKFLOW["permissions"] == {"contents": "write"}
    assert WORKFLOW["concurrency"] == {"group": "touchpoints", "cancel-in-progress": False}
    assert WORKFLOW["jobs"]["run"]["timeout-minutes"] <= 30
    uses = {step["uses"] for step in STEPS if "uses" in step}
    ours = {step["uses"] for job in CI["jobs"].values() for step in job["steps"] if "uses" in step}
    assert uses <= ours  # the versions that the project itself runs
    names = [step.get("name") for step in STEPS]
    assert names.index("Stop unless the repository is private") < names.index("Fetch the state")


def test_the_workflow_s_secrets_are_those_that_the_program_reads() -> None:
    """By these names, and only in the step that mails."""
    named = re.findall(r"secrets\.(\w+)", json.dumps(STEPS))
    assert named and set(named) == {*left_out(dict.fromkeys(named, "x"))}
    (step,) = (step for step in STEPS if "secrets." in json.dumps(step))
    assert step["name"] == "Run"


class Repository:
    """A repository on this disk, and what GitHub does with it: a fresh clone for each run."""

    def __init__(self, place: Path) -> None:
        self.place, self.origin = place, place / "origin.git"
        self.git(place, "init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        (place / "bin").mkdir()
        program = place / "bin" / "touchpoints"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m pipeline --as-of "$AT" "$@"\n')
        program.chmod(0o755)

    def git(self, where: Path, *words: str) -> str:
        """Let git do something as the user; return what it says."""
        command = ["git", "-c", "user.name=me", "-c", "user.email=me@localhost", *words]
        return subprocess.run(command, cwd=where, capture_output=True, text=True, check=True).stdout

    def clone(self, branch: str) -> Path:
        """Return a new clone of a branch."""
        folder = Path(tempfile.mkdtemp(dir=self.place))
        self.git(folder, "clone", "-q", "--branch", branch, f"file://{self.origin}", "here")
        return folder / "here"

    def run(self, at: str, *, meanwhile: Callable[[], None] = lambda: None) -> dict[str, int]:
        """Do the steps of the workflow as of that moment; return their exit codes by name."""
        clone = self.clone("main")
        environment = {
            "PATH": f"{self.place / 'bin'}:/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "AT": at,
            "TZ": "UTC",
            "HOME": str(clone.parent),
            "RUNNER_TEMP": str(clone.parent),
            **WORKFLOW["jobs"]["run"]["env"],
        }
        codes = {}
        for step in STEPS:
            if step.get("name") not in WELL:
                continue
            if step["name"] == "Keep the state":
                meanwhile()
            command = ["bash", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(command, cwd=clone, env=environment, check=False)
            codes[step["name"]] = done.returncode
        return codes

    def tick(self) -> None:
        """Tick the first box on the page, and push it, as GitHub's editor does."""
        clone = self.clone("touchpoints-state")
        page = clone / "data" / "digests" / "latest.md"
        page.write_text(page.read_text("utf-8").replace("[ ] sent", "[x] sent", 1), "utf-8")
        self.git(clone, "commit", "--quiet", "--all", "-m", "tick")
        self.git(clone, "push", "--quiet")

    def said(self) -> list[str]:
        """Return what the kept database knows of the user's doing."""
        with opened(self.clone("touchpoints-state")) as db:
            return [row["what"] for row in db.execute("SELECT what FROM moves WHERE by = 'user'")]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A private repository with feeds.yaml and a note on its main branch."""
    made = Repository(tmp_path)
    work = tmp_path / "work"
    made.git(tmp_path, "clone", "--quiet", str(made.origin), str(work))
    (work / "data" / "notes").mkdir(parents=True)
    (work / "feeds.yaml").write_text(FEEDS, "utf-8")
    (work / "empty.xml").write_text(EMPTY, "utf-8")
    (work / "data" / "notes" / "halden.md").write_text(NOTES, "utf-8")
    made.git(work, "add", "--all")
    made.git(work, "commit", "--quiet", "-m", "My workspace")
    made.git(work, "push", "--quiet", "origin", "HEAD:main")
    return made


WELL = {"Fetch the state": 0, "Run": 0, "Keep the state": 0}


@pytest.mark.slow
@pytest.mark.real_clock("git dates its commits; the program has the time that the step gives it")
def test_each_run_goes_on_from_the_state_that_the_one_before_kept(repository: Repository) -> None:
    """In one commit, with nothing of the main branch; a box that was ticked there is read."""
    assert repository.run("2026-11-24T08:23Z") == WELL
    listed = repository.git(
        repository.origin, "ls-tree", "-r", "--name-only", "touchpoints-state"
    ).split()
    assert {"data/touchpoints.db", "data/digests/latest.md", "data/touchpoints.ics"} <= {*listed}
    assert not [name for name in listed if "notes" in name or name == "feeds.yaml"]

    repository.tick()
    assert repository.run("2026-11-24T16:23Z") == WELL
    assert repository.said() == ["sent"]
    page = repository.git(repository.origin, "show", "touchpoints-state:data/digests/latest.md")
    assert "Aud Lunde" in page  # the notes were there, too
    counts = [
        repository.git(repository.origin, "rev-list", "--count", branch).strip()
        for branch in ("touchpoints-state", "main")
    ]
    assert counts == ["1", "1"]


@pytest.mark.slow
@pytest.mark.real_clock("git dates its commits; the program has the time that the step gives it")
def test_a_tick_while_the_workflow_runs_is_not_written_over(repository: Repository) -> None:
    """The push is refused; the next run reads the tick."""
    assert repository.run("2026-11-24T08:23Z") == WELL
    codes = repository.run("2026-11-24T11:23Z", meanwhile=repository.tick)
    assert codes["Run"] == 0 and codes["Keep the state"] != 0
    assert repository.run("2026-11-24T16:23Z") == WELL
    assert repository.said() == ["sent"]
