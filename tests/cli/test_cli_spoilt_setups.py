"""Forty spoilt set-ups, typed, pasted and exported: each is understood or named, and nothing lost.

A row has the options of `init`, or a file with notes, and what `init` and `check` then say.
"""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

import pytest

from tests import program

# A Wednesday
touchpoints = partial(program.touchpoints, "--as-of", "2026-11-25T08:00+00:00")

FEEDS = (
    "settings: {timezone: Europe/Paris, drafts: {name: Sam}}\n"
    "companies: {acme: {name: Acme Robotics GmbH, feeds: [a.xml]}}\n"
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
HEAD = "---\ncompany: acme\ninterviewed: 2026-11-24 14:30\ninterviewers: [Jane Doe]\n---\n"
NOTES = "## Discussed\n- cranes at night\n## My angle\n- ran two desks\n"
UNDERSTOOD = ("Tue 24 Nov 2026, 14:30", "Jane", "1 discussed · 1 yours")
LINES = ("cranes at night", "ran two desks")
TALK = ("--company", "acme", "--interviewed", "24.11.2026 14:30", "--person", "Jane Doe")


def packed(**parts: str) -> bytes:
    """Return a zip file with these parts: `word_document` is word/document.xml."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"{name.replace('_', '/')}.xml", text)
    return file.getvalue()


def word(*paragraphs: str, before: str = "") -> bytes:
    """Return a Word document: "# " begins a heading, "- " an item of a list."""
    styles = {"# ": '<w:pStyle w:val="Heading1"/>', "- ": "<w:numPr/>"}
    body = "".join(
        f"<w:p><w:pPr>{styles.get(text[:2], '')}</w:pPr><w:r><w:t>"
        f"{text[2:] if text[:2] in styles else text}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    return packed(word_document=f"{before}<w:document {W}><w:body>{body}</w:body></w:document>")


WORD = word("# Discussed", "- cranes at night", "# My angle", "- ran two desks")
OPEN = packed(
    content=f"<office:document {ODT}><text:h>Discussed</text:h><text:list><text:list-item><text:p>"
    "cranes at night</text:p></text:list-item></text:list><text:h>My angle</text:h><text:list>"
    "<text:list-item><text:p>ran two desks</text:p></text:list-item></text:list></office:document>"
)
HTML = (
    "<html><head><style>p {}</style></head><body><h2>Discussed</h2><ul><li>cranes at night"
    "</li></ul><h2>My angle</h2><ul><li><b>ran two desks</b></li></ul>"
    "<script>alert(1)</script></body></html>"
)
BULLETS = "Discussed\no\tcranes at night\nMy angle\n§ ran two desks\n"
DOTS = "Discussed:\n· cranes at night\n\nMy angle:\n· ran two desks\n"
NOTION = (
    "# Acme\n\nCompany: Acme Robotics\nDate: November 24, 2026 2:30 PM\nTags: job\n"
    f"With: Jane Doe\n\n{NOTES}"
)
OBSIDIAN = (
    "---\ntags: [job]\ncreated: 2026-11-25\ncompany: acme\ndate: 24.11.2026 14:30\n"
    f"people: Jane Doe\n---\n{NOTES}"
)
TWO = HEAD + NOTES + HEAD.replace("24 14:30", "20 09:00") + "- pumps\n"
BOMB = packed(word_document=" " * 30_000_000)
ENTITIES = word("&a;", before='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')

# Options of `init`, each with what is said; exit code 2: it is asked back.
TYPED: dict[str, tuple[tuple[str, ...], int, tuple[str, ...]]] = {
    "a day that can be two": (("--interviewed", "11/12/2026"), 2, ("2026-11-12:", "2026-12-11:")),
    "a weekday that is another": (("--interviewed", "Monday 24 November"), 2, ("is no day",)),
    "a day that is none": (("--interviewed", "31.02.2026"), 2, ("is no day",)),
    "an hour that is none": (("--interviewed", "yesterday 25:10"), 2, ("is no day",)),
    "a day to come": (("--interviewed", "27.11.2026"), 0, ("Fri 27 Nov 2026",)),
    "a talk in words": (("--interviewed", "gestern 15 Uhr"), 0, ("Tue 24 Nov 2026, 15:00",)),
    "the official name": (("--company", "ACME ROBOTICS GMBH"), 0, ("1 company",)),
    "a name like another": (("--company", "Acme"), 0, ("1 company",)),
    "a part of a name": (("--company", "Robotics"), 2, ("Acme Robotics GmbH, which you have",)),
    "a name without letters": (("--company", "!!!"), 2, ("has letters",)),
    "family name first": (("--person", "Müller, Jörg <j@x.example>"), 0, ("Jörg  ",)),
    "two people in one": (("--person", "Jane Doe and John Roe"), 0, ("Jane (no address), John",)),
    "somebody twice": (("--person", "Jane Doe; Doe, Jane"), 0, ("Jane (no address)  ",)),
    "an address that is none": (("--person", "Jane Doe <j@x>"), 2, ("is no mail address",)),
    "an address alone": (("--person", "info@x.example"), 2, ("What is the name of",)),
    "a post alone": (("--person", "the CTO"), 2, ("What is the name of",)),
    "a decision before it": (("--decision", "2026-11-20"), 2, ("is before the talk",)),
    "a decision in words": (("--decision", "in two weeks"), 0, ("Tue 24 Nov 2026",)),
    "a language without wordings": (("--language", "Klingon"), 2, ("There are wordings in",)),
    "a place that is none": (("--company", "New Co", "--place", "Atlantis"), 2, ("I don't know",)),
    "a country of many clocks": (("--company", "New", "--place", "USA"), 2, ("several clocks",)),
    "a profile as website": (("--company", "New", "--website", "x.com/x"), 2, ("cannot be",)),
    "no website": (("--company", "New", "--website", "their site"), 2, ("is no website",)),
    "a zone that is none": (("--timezone", "Mars"), 2, ("is not a time zone",)),
}  # fmt: skip

# A file with notes, as it is exported or saved, and what is understood of it, or said.
FILES: dict[str, tuple[str, str | bytes, int, tuple[str, ...]]] = {
    "Word": ("a.docx", WORD, 0, UNDERSTOOD),
    "OpenDocument": ("a.odt", OPEN, 0, UNDERSTOOD),
    "Google Docs as HTML": ("a.html", HTML, 0, UNDERSTOOD),
    "Word's bullets pasted": ("a.txt", BULLETS, 0, UNDERSTOOD),
    "middle dots": ("a.txt", DOTS, 0, UNDERSTOOD),
    "Notion": ("a.md", NOTION, 0, (*UNDERSTOOD, "Tags")),
    "Obsidian": ("a.md", OBSIDIAN, 0, (*UNDERSTOOD, "created")),
    "capitals in the head": ("a.md", HEAD.replace("c", "C", 1) + NOTES, 0, UNDERSTOOD),
    "Windows": ("a.txt", f"\ufeff{NOTES}".replace("\n", "\r\n").encode("utf-8"), 0, UNDERSTOOD),
    "Latin-1": ("a.txt", f"{NOTES}- Übergabe\n".encode("latin-1"), 0, ("1 discussed · 2 yours",)),
    "UTF-16": ("a.txt", NOTES.encode("utf-16"), 0, UNDERSTOOD),
    "two talks": ("a.md", TWO, 0, ("Fri 20 Nov 2026, 09:00", *UNDERSTOOD)),
    "no notes": ("a.md", "", 0, ("no lines",)),
    "a PDF": ("a.pdf", b"%PDF-1.7", 2, ("a PDF, which is not read",)),
    "an old Word document": ("a.doc", b"\xd0\xcf\x11\xe0", 2, ("an old Word document",)),
    "a packed folder": ("a.zip", packed(x="y"), 2, ("Unpack it first",)),
    "a damaged document": ("a.docx", WORD[:200], 2, ("It is damaged",)),
    "a bomb": ("a.docx", BOMB, 2, ("It is damaged",)),
    "entities": ("a.docx", ENTITIES, 2, ("It is damaged",)),
    "bytes": ("a.md", b"\0\1\2", 2, ("not a text file",)),
}  # fmt: skip


# With a head of their own they are notes, where notes are: `init` has nothing to add.
ALREADY_NOTES = ("Notion", "Obsidian", "capitals in the head")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "feeds.yaml").write_text(FEEDS, "utf-8")
    (tmp_path / "a.xml").write_text('<rss version="2.0"><channel/></rss>')
    return tmp_path


def said(root: Path, code: int, *words: str) -> str:
    """Return what `init` says, and `check` behind it."""
    done = touchpoints("init", *words, cwd=root, code=code)
    return done.stderr + touchpoints("check", cwd=root).stdout


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_is_understood_or_asked_back(name: str, workspace: Path) -> None:
    """What is asked back writes nothing."""
    options, code, expected = TYPED[name]
    usual = dict(zip(TALK[::2], TALK[1::2], strict=True)) | dict(
        zip(options[::2], options[1::2], strict=True)
    )
    told = said(workspace, code, *(word for pair in usual.items() for word in pair))

    assert all(part in f"{told}  " for part in expected), told
    assert (workspace / "data" / "notes").exists() == (code == 0)
    assert code == 0 or (workspace / "feeds.yaml").read_text("utf-8") == FEEDS


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("folder", [".", "data/notes"])
def test_what_is_exported_is_understood_or_named(name: str, folder: str, workspace: Path) -> None:
    """Beside the workspace, or put among the notes; and the file stays, or is the note itself."""
    file, content, code, expected = FILES[name]
    path = workspace / folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = path.read_bytes()
    is_note = folder != "." and name in ALREADY_NOTES
    code = 1 if is_note else code
    done = touchpoints("init", "--notes", str(path), *TALK, cwd=workspace, code=code)
    is_wrong = name == "bytes" and folder != "."
    told = done.stderr + touchpoints("check", cwd=workspace, code=int(is_wrong)).stdout

    assert all(part in told for part in expected), told
    assert path.read_bytes() == before or path.suffix in (".md", ".txt")
    notes = [one for one in (workspace / "data").rglob("*.*") if one.suffix in (".md", ".txt")]
    if LINES[0].encode() in before or (isinstance(content, bytes) and expected == UNDERSTOOD):
        assert all(any(line in note.read_text("utf-8") for note in notes) for line in LINES)


def test_a_second_talk_in_a_note_is_told(workspace: Path) -> None:
    """The company is silent until it is a note of its own."""
    note = workspace / "data" / "notes" / "a.md"
    note.parent.mkdir(parents=True)
    note.write_text(TWO)
    told = touchpoints("check", cwd=workspace, code=1).stdout

    assert "A second talk begins on line 10" in told
    assert "touchpoints init --notes data/notes/a.md" in told


INVITATION = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART;TZID=America/New_York:20261124T083000
LOCATION:Speicherstadt 4
ORGANIZER;CN="Doe, Jane":mailto:jane@x.example
ATTENDEE;CN=Sam:mailto:sam@x.example
ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room@x.example
{more}END:VEVENT
END:VCALENDAR
"""

ALL_HANDS = "".join(f"ATTENDEE;CN=Guest {n}:mailto:g{n}@x.example\n" for n in range(3_000))


@pytest.mark.parametrize(
    ("content", "code", "expected"),
    [
        (INVITATION.format(more=""), 0, ("Tue 24 Nov 2026, 14:30 (Paris)   Jane", "Speicherstadt")),
        (INVITATION.format(more="STATUS:CANCELLED\n"), 2, ("it is cancelled",)),
        (INVITATION.format(more=ALL_HANDS), 2, ("invites more than 40 people",)),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", 2, ("There is no appointment",)),
        ("no invitation", 2, ("no invitation that can be read",)),
    ],
)
def test_an_invitation_says_when_and_with_whom(
    content: str, code: int, expected: tuple[str, ...], workspace: Path
) -> None:
    """By the company's clock, without the user and the room."""
    (workspace / "talk.ics").write_text(content.replace("\n", "\r\n"))
    told = said(workspace, code, "--company", "acme", "--interviewed", "talk.ics")
    assert all(part in told for part in expected), told
    assert "Sam (no" not in told


@pytest.mark.parametrize(
    "start",
    [
        ":99999999T999999Z",
        ":garbage",
        ";VALUE=DATE:20261301",
        ";VALUE=PERIOD:20261201T100000Z/PT1H",
        ";VALUE=DURATION:PT1H",
        ":20261201T100000Z\nDTSTART:20261202T100000Z",
        ":99991231T235959Z",
        ";TZID=Asia/Tokyo:00010101T000000",
    ],
)
def test_an_invitation_without_a_day_that_can_be_read_is_named(start: str, workspace: Path) -> None:
    """Nothing is written."""
    content = INVITATION.format(more="").replace(";TZID=America/New_York:20261124T083000", start, 1)
    (workspace / "talk.ics").write_text(content)
    told = said(workspace, 2, "--company", "acme", "--interviewed", "talk.ics")
    assert "The day of this invitation cannot be read" in told
    assert not (workspace / "data" / "notes").exists()
