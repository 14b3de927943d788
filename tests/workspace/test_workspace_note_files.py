"""What lies in data/notes beside the notes, heads from other programs, addresses as pasted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.records import Workspace
from pipeline.workspace.mail_address import usable
from pipeline.workspace.note_files import original_of
from pipeline.workspace.read import read
from pipeline.workspace.understood import understood, understood_text, unseen

FEEDS = (
    "settings: {timezone: Europe/Paris}\n"
    "companies:\n  acme: {name: Acme Robotics, feeds: ['https://a.example/rss']}\n"
    "  zeta: {name: Zeta Foods, feeds: ['https://z.example/rss']}\n"
)
HEAD = "---\ncompany: acme\ninterviewed: 2026-11-16 14:30\ninterviewers: [Ada Novak]\n"
WAITING = f"{HEAD}status: waiting\n---\n- cold-chain logistics\n"
REJECTED = WAITING.replace("waiting", "rejected")


def workspace(root: Path, **notes: str) -> Workspace:
    """Write notes and read them."""
    (root / "feeds.yaml").write_text(FEEDS)
    for name, text in notes.items():
        path = root / "data" / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return read(root)


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("a.sync-conflict-20261117-090000-ABCDEFG", "a"),
        ("a (Ada's conflicted copy 2026-11-17)", "a"),
        ("a (In Konflikt stehende Kopie von Ada 2026-11-17)", "a"),
        ("a (Copie en conflit de Ada 2026-11-17)", "a"),
        ("a (copia en conflicto de Ada 2026-11-17)", "a"),
        ("a-DESKTOP-4F2K1", "a"),
        ("a copy", "a"),
        ("a - Copy (2)", "a"),
        ("Copy of a", "a"),
        ("a - Kopie", "a"),
        ("a (1)", "a"),
        ("a 2", "a"),
        ("acme", None),
        ("acme-second-talk", None),
        ("photocopy-ltd", None),
    ],
)
def test_copies_are_known_by_the_names_that_programs_give(name: str, original: str | None) -> None:
    """Of sync programs and file managers, in several languages."""
    assert original_of(name) == original


@pytest.mark.parametrize(
    "copy",
    ["a.sync-conflict-20261117-090000-ABCDEFG.md", "a copy.md", "a (1).md", "b.md", "a.txt"],
)
@pytest.mark.parametrize(("real", "other"), [(REJECTED, WAITING), (WAITING, REJECTED)])
def test_of_two_notes_of_one_talk_the_stricter_status_holds(
    copy: str, real: str, other: str, tmp_path: Path
) -> None:
    """Whichever of them is the newer, and the copy is told."""
    found = workspace(tmp_path, **{"a.md": real, copy: other})

    assert [(talk.file, talk.status) for talk in found.interviews] == [
        ("data/notes/a.md", "rejected")
    ]
    assert [(p.level, p.where) for p in found.problems] == [("warning", f"data/notes/{copy}")]


def test_two_talks_are_two(tmp_path: Path) -> None:
    """A second round that was begun from a copy of the first note; a panel at one hour."""
    second = WAITING.replace("2026-11-16", "2026-11-20")
    panel = WAITING.replace("Ada Novak", "Ben Ott").replace("cold-chain", "warm")
    found = workspace(tmp_path, **{"a.md": WAITING, "a copy.md": second, "p.md": panel})

    assert len(found.interviews) == 3
    assert found.problems == ()


@pytest.mark.parametrize(
    "name", [".a.md", "._a.md", ".#a.md", "a.md~", "a.md.bak", "#a.md#", "~$a.md", "a.png"]
)
def test_what_editors_and_systems_leave_is_no_note(name: str, tmp_path: Path) -> None:
    """However much it looks like one, and no mistake either."""
    found = workspace(tmp_path, **{"a.md": WAITING, name: REJECTED})

    assert [talk.status for talk in found.interviews] == ["waiting"]
    assert found.problems == ()


@pytest.mark.parametrize("name", ["b.docx", "b.pdf", "old/b.md"])
def test_what_may_be_a_note_and_is_not_read_is_told(name: str, tmp_path: Path) -> None:
    """With what to do."""
    found = workspace(tmp_path, **{"a.md": WAITING, name: REJECTED})
    assert [(p.level, bool(p.todo)) for p in found.problems] == [("warning", True)]


@pytest.mark.parametrize("name", ["a.MD", "a.txt", "a.markdown"])
def test_notes_have_several_endings(name: str, tmp_path: Path) -> None:
    """As systems and editors give them."""
    assert len(workspace(tmp_path, **{name: WAITING}).interviews) == 1


@pytest.mark.parametrize(
    ("name", "text", "silent"),
    [
        ("b.md", REJECTED.replace("rejected", "rejectet"), ("acme",)),
        ("b.md", REJECTED.replace("company: acme", "company: amce"), ("acme",)),
        ("b.md", REJECTED.replace("company: acme", "company: [acme"), ("acme",)),
        ("b.md", "no head, about Acme Robotics\n", ("acme",)),
        ("acme-2.md", "\0binary", ("acme",)),
        (".acme.md.icloud", "", ("acme",)),
        ("tuesday.md", "\0binary", ("acme", "zeta")),
        ("b.md", REJECTED.replace("company: acme", "company: quux"), ()),
        ("README.md", "How I keep these notes.\n", ()),
    ],
)
def test_a_note_that_cannot_be_read_says_whose_it_is(
    name: str, text: str, silent: tuple[str, ...], tmp_path: Path
) -> None:
    """By its head, its file's name or its text; where nothing tells, it may be anybody's."""
    found = workspace(tmp_path, **{"a.md": WAITING, name: text})

    assert [(note.file, note.companies) for note in found.unread] == [
        (f"data/notes/{name}", silent)
    ]
    assert any(problem.level == "error" for problem in found.problems)


def test_keys_of_other_programs_are_remarks(tmp_path: Path) -> None:
    """Obsidian's own, and capitals; what is nearly one of ours stays a mistake."""
    text = WAITING.replace(
        "company: acme", "Company: acme\ntags: [job]\ncreated: 2026-11-16\nAliases:"
    )
    text = text.replace("[Ada Novak]", "[{Name: Ada Novak, E-Mail: a@b.example, phone: 1}]")
    found = workspace(tmp_path, **{"a.md": text.replace("waiting", "Rejected")})

    assert found.problems == ()
    assert [talk.status for talk in found.interviews] == ["rejected"]
    assert found.interviews[0].people[0].email == "a@b.example"
    assert [remark.line for remark in found.remarks] == [3, 4, 5, 7]
    wrong = workspace(tmp_path, **{"a.md": WAITING.replace("status", "statsu")})
    assert [problem.level for problem in wrong.problems] == ["error"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ada@example.com", "ada@example.com"),
        ("mailto:ada@example.com?subject=Hello", "ada@example.com"),
        ("<ada@example.com>,", "ada@example.com"),
        ("Ada Novak <ada@example.com>", "ada@example.com"),
        ("[ada@example.com](mailto:ada@example.com)", "ada@example.com"),
        ("\u00a0ada@example.com\u200b.", "ada@example.com"),
        ("ada＠example.com", "ada@example.com"),
        ("ada@müller.example", "ada@xn--mller-kva.example"),
        ("o'brien+x@mail.example.co.uk", "o'brien+x@mail.example.co.uk"),
        ("ada@example", ""),
        ("ada@example..com", ""),
        ("ada.@example.com", ""),
        ("ada@example.com, bob@example.com", ""),
        ("ada at example.com", ""),
        ("a da@example.com", ""),
        ("jürgen@example.com", ""),
        ("ada@127.0.0.1", ""),
        ("@", ""),
    ],
)
def test_an_address_is_put_right_or_none(written: str, address: str) -> None:
    """A message never goes out with a recipient that a mail program refuses."""
    assert usable(written) == address


def test_what_was_understood_and_what_was_not_seen(tmp_path: Path) -> None:
    """Day and hour, people, sections, lines of none; notes without lines or people."""
    body = "## Seen\n- a mug\n## Salary\n- 70 to 80\n"
    empty = "---\ncompany: zeta\ninterviewed: 2026-11-17\n---\n"
    text = WAITING.replace("Ada Novak", '"Ada Novak <ada@example.com>"') + body
    found = workspace(tmp_path, **{"a.md": text, "z.md": empty, "p.png": ""})
    first, second = understood(found, lambda person, *_: person.name.split()[0])

    assert (first.company, first.day, first.timezone) == (
        *("Acme Robotics", "Mon 16 Nov 2026, 14:30"),
        "Europe/Paris",
    )
    assert [(p.name, p.greeted, p.email) for p in first.people] == [
        ("Ada Novak", "Ada", "ada@example.com")
    ]
    assert first.lines == {"discussed": 1, "office": 1, "other": 1}
    assert first.in_no_section == (11,)
    assert (second.day, second.people, second.lines) == ("Tue 17 Nov 2026", (), {})
    assert understood_text([first, second]).splitlines() == [
        "a.md   Acme Robotics   Mon 16 Nov 2026, 14:30 (Paris)",
        "      Ada            1 discussed · 1 seen there · 1 in no section (line 11)",
        "z.md   Zeta Foods      Tue 17 Nov 2026 (Paris)",
        "      nobody named   no lines",
    ]
    assert [told.split(":")[0] for told in unseen(found)] == [
        *("data/notes/z.md has no lines under its head",),
        "data/notes/z.md names no interviewers",
        "data/notes/p.png",
    ]


def test_ticks_on_a_copy_of_a_page_are_told(tmp_path: Path) -> None:
    """They are not read there."""
    (tmp_path / "data" / "digests").mkdir(parents=True)
    page = tmp_path / "data" / "digests" / "latest.sync-conflict-20261117-090000-ABCDEFG.md"
    page.write_text("- [x] sent (no. 1)\n")
    assert [problem.level for problem in workspace(tmp_path).problems] == ["warning"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
@pytest.mark.parametrize("name", ["data/notes/pipe.md", "data/profile.md"])
def test_a_pipe_is_no_plain_file(tmp_path: Path, name: str) -> None:
    """Whoever read it would wait for ever."""
    (tmp_path / "data" / "notes").mkdir(parents=True)
    (tmp_path / "feeds.yaml").write_text("companies: {a: {name: A}}", "utf-8")
    os.mkfifo(tmp_path / name)
    (problem,) = [one for one in read(tmp_path).problems if "plain file" in one.what]
    assert problem.where == name
