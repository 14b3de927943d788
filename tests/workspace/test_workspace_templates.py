"""The files in data/templates/, and the greeting in feeds.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.workspace.read import read

FEEDS = "companies:\n  halden:\n    name: Halden\n    feeds: [https://h.example/rss]\n"


def _workspace(root: Path, *names: str, feeds: str = FEEDS) -> Path:
    (root / "feeds.yaml").write_text(feeds)
    (root / "data" / "templates").mkdir(parents=True)
    for name in names:
        (root / "data" / "templates" / name).write_text("Subject: Hello\n\nBody")
    return root


def test_a_template_is_for_the_kind_and_company_of_its_name(tmp_path: Path) -> None:
    """thank_you.halden.txt is for Halden; an editor's copies are passed over."""
    found = read(
        _workspace(
            tmp_path,
            "thank_you.txt",
            "thank_you.halden.txt",
            "farewell.txt",
            ".thank_you.txt.swp",
            "thank_you.txt~",
            "README.md",
        )
    )

    assert [(item.kind, item.company, item.file) for item in found.templates] == [
        ("farewell", "", "data/templates/farewell.txt"),
        ("thank_you", "halden", "data/templates/thank_you.halden.txt"),
        ("thank_you", "", "data/templates/thank_you.txt"),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("name", "what", "todo"),
    [
        ("thankyou.txt", 'no kind of message "thankyou"', "Did you mean thank_you.txt?"),
        ("check-in.txt", 'no kind of message "check-in"', "Did you mean check_in.txt?"),
        ("thank_you.text", "does not end in .txt", "Did you mean thank_you.txt?"),
        ("tidbit.holden.txt", 'no company "holden"', "tidbit.halden.txt"),
        ("xyz.txt", 'no kind of message "xyz"', "Name it after a kind: thank_you.txt"),
    ],
)
def test_a_name_that_means_nothing_is_told(tmp_path: Path, name: str, what: str, todo: str) -> None:
    """With the name that was meant."""
    found = read(_workspace(tmp_path, name))

    assert found.templates == ()
    assert [problem.where for problem in found.problems] == [f"data/templates/{name}"]
    assert what in found.problems[0].what
    assert todo in found.problems[0].todo


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    """As every other file of the workspace."""
    root = _workspace(tmp_path)
    (root / "data" / "templates" / "tidbit.txt").write_bytes(b"\0\1\2")

    assert "not a text file" in read(root).problems[0].what


@pytest.mark.parametrize(
    ("greeting", "what", "todo"),
    [
        ("Dear {nme},", "A greeting has no {nme}.", "Did you mean {name}?"),
        ("Dear {lastname},", "A greeting has no {lastname}.", "Did you mean {last_name}?"),
        ("Dear {},", "A greeting has no {}.", "There are {name}, {full_name}"),
        ("Dear {name,", "A bracket in the greeting is not closed, or not opened.", "Write {name}."),
    ],
)
def test_a_greeting_with_a_typo_is_told_with_its_line(
    tmp_path: Path, greeting: str, what: str, todo: str
) -> None:
    """Before it stands in a letter."""
    feeds = f"settings:\n  drafts:\n    greeting: '{greeting}'\n{FEEDS}"
    problem = read(_workspace(tmp_path, feeds=feeds)).problems[0]

    assert (problem.line, problem.level) == (3, "error")
    assert problem.what == what
    assert todo in problem.todo


def test_all_placeholders_of_the_greeting_are_known(tmp_path: Path) -> None:
    """Each that the settings describe."""
    greeting = "{title} {name} {full_name} {last_name}"
    feeds = f"settings:\n  drafts:\n    greeting: '{greeting}'\n{FEEDS}"
    assert read(_workspace(tmp_path, feeds=feeds)).problems == ()
