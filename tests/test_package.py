"""What is published: its description, and that nothing is left out of the wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.environment import poor
from tests.package import faults

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
AT = ("--as-of", "2026-11-24T08:00Z")


def test_every_file_of_the_package_is_packed() -> None:
    """Whatever is no code has an ending that package-data names: a model without its figures fails.

    `make package` compares the wheel itself.
    """
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["pipeline"]
    endings = {pattern.rpartition("*")[2] or pattern for pattern in patterns}
    others = [
        path
        for path in (ROOT / "pipeline").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    assert len(others) > 20
    assert [str(path) for path in others if not path.name.endswith(tuple(endings))] == []


def test_the_description_is_complete() -> None:
    """Licence by its SPDX name, and the file; each Python that the workflow tries, each system."""
    assert PROJECT["license"] == "MIT" and PROJECT["license-files"] == ["LICENSE"]
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert PROJECT["readme"] == "README.md" and PROJECT["keywords"] and PROJECT["authors"]
    kinds = PROJECT["classifiers"]
    assert kinds == sorted(kinds)
    assert not [kind for kind in kinds if kind.startswith("License")]  # SPDX says it
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8")
    tried = re.findall(r'"(3\.\d+)"', re.search(r"python: \[.*\]", workflow)[0])  # type: ignore[index]
    told = [kind.rpartition(" ")[2] for kind in kinds if re.search(r":: 3\.\d+$", kind)]
    assert told == tried
    systems = {kind.split(" :: ")[1] for kind in kinds if kind.startswith("Operating System")}
    assert systems == {"MacOS", "Microsoft", "POSIX"}


def test_the_man_page_goes_where_man_looks() -> None:
    """share/man/man1 of the environment, beside its bin."""
    files = PYPROJECT["tool"]["setuptools"]["data-files"]["share/man/man1"]
    assert files == ["docs/touchpoints.1"] and (ROOT / files[0]).is_file()


def test_a_wheel_that_lacks_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that the source archive builds otherwise."""
    import zipfile

    from tests import package

    whole, poorer = tmp_path / "whole.whl", tmp_path / "poorer.whl"
    tracked = subprocess.run(
        ["git", "ls-files", "pipeline"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    for wheel, left_out in ((whole, ""), (poorer, "pipeline/py.typed")):
        with zipfile.ZipFile(wheel, "w") as packed:
            for name in (*tracked, "touchpoints-1.data/data/share/man/man1/touchpoints.1"):
                if name != left_out:
                    packed.writestr(name, name)

    def build(_: str, *arguments: str) -> None:
        Path(arguments[2], "direct.whl").write_bytes(whole.read_bytes())

    monkeypatch.setattr(package, "_module", build)
    assert faults(whole) == []
    assert faults(poorer) == [
        "pipeline/py.typed differs between the two wheels",
        "pipeline/py.typed is missing",
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(shell: str) -> None:
    """As README says to load it; it names the program."""
    readme = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert f"_TOUCHPOINTS_COMPLETE={shell}_source touchpoints" in readme
    said = _completed(f"{shell}_source", {})
    assert "_TOUCHPOINTS_COMPLETE" in said and "touchpoints" in said


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("touchpoints sche", ["schedule"]),
        ("touchpoints schedule in", ["install"]),
        ("touchpoints schedule install --with s", ["systemd", "schtasks"]),
        ("touchpoints rank --j", ["--json"]),
    ],
)
def test_commands_options_and_values_are_completed(words: str, found: list[str]) -> None:
    """Of a group as of a command."""
    environment = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    lines = _completed("bash_complete", environment).splitlines()
    assert [line.partition(",")[2] for line in lines] == found


def test_completing_a_command_s_name_imports_none() -> None:
    """All names with their meaning, in the time of `--help`."""
    code = "import sys\nfrom pipeline.cli.main import main\ntry:\n    main()\n"
    code += "finally:\n    print([m for m in sys.modules if m.startswith('pipeline.cli.')])"
    environment = {"COMP_WORDS": "touchpoints ", "COMP_CWORD": ""}
    lines = _completed("fish_complete", environment, ["-c", code]).splitlines()
    assert "plain,doctor\tCheck that everything works, and say how to fix what does not." in lines
    assert lines[-1] == str([f"pipeline.cli.{name}" for name in ("context", "lazy", "main")])


def _completed(
    instruction: str, environment: dict[str, str], program: list[str] | None = None
) -> str:
    """Return what the program says to a shell that asks."""
    asked = {"_TOUCHPOINTS_COMPLETE": instruction, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(
        [sys.executable, *(program or ["-c", "from pipeline.cli.main import main; main()"]), *AT],
        env=poor(**asked) | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
