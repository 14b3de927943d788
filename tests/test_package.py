"""What is published: its description, and that nothing is left out of the wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests import weights
from tests.conftest import ROOT
from tests.environment import poor
from tests.package import faults

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
INSTALL = (ROOT / "docs" / "install.md").read_text("utf-8")
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
        if path.is_file() and path.suffix != ".py" and path.parent.name != "__pycache__"
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


def test_every_dependency_has_its_reason_and_its_weight() -> None:
    """In docs/install.md, as pyproject.toml tells it; `python -m tests.weights --write`."""
    why = weights.reasons((ROOT / "pyproject.toml").read_text("utf-8"))
    named = {
        weights.key(re.split(r"[^\w.-]", one, maxsplit=1)[0]) for one in PROJECT["dependencies"]
    }
    assert why.keys() == named and all(len(reason) > 15 for reason in why.values())
    rows = re.findall(r"^\| ([\w.-]+) \| ([\d.]+) \| (.*) \|$", INSTALL, re.MULTILINE)
    told = {weights.key(name): reason for name, _, reason in rows}
    assert {name: told.get(name) for name in why} == why


def test_what_is_brought_beyond_the_asked_for_weighs_60_megabytes_at_most() -> None:
    """As it was measured; the rows add up to the sum that is told."""
    asked, ours, more = map(
        int,
        re.search(r"weigh (\d+) MB, .* needs (\d+) MB: (\d+) MB more", INSTALL).groups(),  # type: ignore[union-attr]
    )
    assert more <= 60 and abs(ours - asked - more) <= 1
    rows = re.findall(r"^\| [\w.-]+ \| ([\d.]+) \|", INSTALL, re.MULTILINE)
    assert abs(sum(map(float, rows)) - ours) < 3
    assert "No files have no byte code" in INSTALL


def test_a_reason_stands_beside_a_dependency_or_above_it() -> None:
    """Who needs what is not named is told, the heaviest first."""
    text = """
dependencies = [
    "big>=1",     # does the work
    # reads what is odd,
    # of all kinds
    "odd.one>=2; python_version < '3.14'",
]
"""
    why = weights.reasons(text)
    assert why == {"big": "does the work", "odd-one": "reads what is odd, of all kinds"}
    installed = [
        weights.Installed("Touchpoints", 5_000_000, ("big", "odd.one"), 0),
        weights.Installed("big", 20_000_000, ("small",), 0),
        weights.Installed("small", 40_000, (), 0),
        weights.Installed("odd_one", 100_000, (), 0),
    ]
    assert weights.table(installed, why).splitlines()[2:] == [
        "| big | 20.0 | does the work |",
        "| Touchpoints | 5.0 | Touchpoints itself |",
        "| odd_one | 0.1 | reads what is odd, of all kinds |",
        "| small | 0.0 | big needs it |",
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
