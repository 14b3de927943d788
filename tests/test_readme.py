"""README cannot drift from the code."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.cli.feeds import COMMANDS as FEEDS_COMMANDS
from pipeline.cli.feeds import feeds
from pipeline.cli.main import COMMANDS
from tests.readme import DRAFTS, README, written


def test_the_tables_in_readme_are_those_of_the_code() -> None:
    """Commands and keys are as the program has them: else run `python -m tests.readme`."""
    text = README.read_text("utf-8")
    assert text == written(text)
    assert "`settings.pace.cool_down_days`" in text


def test_the_placeholders_in_the_documentation_are_those_of_the_code() -> None:
    """Every name a template may use: else run `python -m tests.readme`."""
    text = DRAFTS.read_text("utf-8")
    assert text == written(text)
    assert "`{own_topic}`" in text


def test_every_command_has_help(monkeypatch: object) -> None:
    """Each command in the table can be imported, and its help says something."""
    import click

    from pipeline.cli.main import cli

    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert command.help, name
    for name in FEEDS_COMMANDS:
        command = feeds.get_command(click.Context(feeds), name)
        assert command is not None
        assert command.help, name


def test_readme_names_only_make_targets_that_exist() -> None:
    """`make X` in README stands in the Makefile."""
    makefile = (Path(README).parent / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`?make (\w+)`", README.read_text("utf-8"))):
        assert f"\n{target}:" in makefile, target


def test_security_names_only_tests_that_exist() -> None:
    """What SECURITY.md promises is shown by a test of that name."""
    root = Path(README).parent
    tests = "\n".join(path.read_text("utf-8") for path in (root / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", (root / "SECURITY.md").read_text("utf-8")))
    assert len(named) > 30
    assert {name for name in named if f"def {name}(" not in tests} == set()
