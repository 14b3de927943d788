"""`init` by options, `demo`, `check`, `feeds preview`: a stranger's first ten minutes."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from pipeline.workspace.read import read
from tests import program
from tests.environment import poor

REPOSITORY = Path(__file__).parents[2]
AS_OF = "2026-11-24T08:00+00:00"

touchpoints = partial(program.touchpoints, "--as-of", AS_OF)


INIT = (
    *("init", "--company", "Björk & Söhne", "--website", "bjork.example"),
    *("--interviewed", "2026-11-20T14:30", "--decision", "2026-12-18"),
    *("--person", "Anna Öst, CTO, anna@bjork.example", "--timezone", "Europe/Stockholm"),
)


def test_init_makes_a_workspace_that_is_right(tmp_path: Path) -> None:
    """The files are there, `check` has nothing to say, and the note holds what was given."""
    touchpoints(*INIT, cwd=tmp_path)

    workspace = read(tmp_path)
    assert workspace.problems == ()
    (interview,) = workspace.interviews
    assert interview.interviewed.isoformat() == "2026-11-20T13:30:00+00:00"
    assert (interview.people[0].name, interview.people[0].title) == ("Anna Öst", "CTO")
    assert interview.lines == ()
    assert "all readable" in touchpoints("check", cwd=tmp_path).stdout
    assert (tmp_path / "data" / "feeds.schema.json").is_file()


def test_notes_without_headings_are_sorted_for_a_script_too(tmp_path: Path) -> None:
    """As at a terminal, where one confirms it."""
    jotted = tmp_path / "jotted.txt"
    jotted.write_text("cranes at night\n- photo of a boat\nwhat I can do: moved two yards\n")
    touchpoints(*INIT, "--notes", str(jotted), cwd=tmp_path)
    (interview,) = read(tmp_path).interviews
    assert [line.section for line in interview.lines] == ["discussed", "office", "angle"]


def test_init_adds_to_a_workspace_and_keeps_the_comments(tmp_path: Path) -> None:
    """The second company comes in beside the first; no comment is lost; nothing is overwritten."""
    (tmp_path / "feeds.yaml").write_text(
        "# mine\ncompanies:\n  oracle:  # the big one\n    name: Oracle\n"
        "    feeds: [https://blogs.oracle.com/rss]\n# the end\n"
    )
    touchpoints(*INIT, cwd=tmp_path)

    text = (tmp_path / "feeds.yaml").read_text("utf-8")
    assert [c.slug for c in read(tmp_path).config.companies] == ["oracle", "bjork-sohne"]
    assert all(comment in text for comment in ("# mine", "# the big one", "# the end"))
    assert "exists already" in touchpoints(*INIT, cwd=tmp_path, code=1).stderr


@pytest.mark.parametrize("name", ["Björk & Söhne", "bjork-sohne", "BJÖRK & SÖHNE GmbH"])
def test_a_talk_and_a_person_are_added_once(tmp_path: Path, name: str) -> None:
    """Whatever form of the company's name is given; the first note keeps its comments."""
    touchpoints(*INIT, cwd=tmp_path)
    note = tmp_path / "data" / "notes" / "bjork-sohne.md"
    note.write_text(note.read_text("utf-8").replace("- {name", "# mine\n  - {name"), "utf-8")
    talk = ("init", "--company", name, "--interviewed")
    touchpoints(*talk, "20.11.", "--person", "Öst, Anna; Piet Lund", cwd=tmp_path)
    touchpoints(*talk, "23.11. 10:00", "--person", "Piet Lund", cwd=tmp_path)

    found = read(tmp_path)
    assert (len(found.config.companies), found.problems) == (1, ())
    assert {t.file: [p.name for p in t.people] for t in found.interviews} == {
        "data/notes/bjork-sohne.md": ["Anna Öst", "Piet Lund"],
        "data/notes/bjork-sohne-2026-11-23.md": ["Piet Lund"],
    }
    assert "# mine" in note.read_text("utf-8")


def test_what_is_given_for_a_known_company_is_taken_or_told(tmp_path: Path) -> None:
    """A new feed comes in, once, though the talk is there; what is in a file is edited there."""
    touchpoints(*INIT, cwd=tmp_path)
    known = ("init", "--company", "Björk & Söhne", "--interviewed", "20.11.2026")
    for _ in range(2):
        more = ("--feed", "https://bjork.example/rss", "--website", "b.example", "--role", "Cook")
        done = touchpoints(*known, *more, cwd=tmp_path)
    assert "--website changes nothing here: edit feeds.yaml" in done.stderr
    assert "--role changes nothing here: edit the note of that talk" in done.stderr
    feeds = [feed.address for feed in read(tmp_path).config.companies[0].feeds]
    assert feeds.count("https://bjork.example/rss") == 1


def test_an_alias_that_is_a_place_is_told(tmp_path: Path) -> None:
    """When it is given, and by `check`."""
    said = touchpoints(*INIT, "--alias", "Bath", cwd=tmp_path).stderr
    assert "“Bath” of Björk & Söhne is also a place" in said
    assert "“Bath” of Björk & Söhne is also a place" in touchpoints("check", cwd=tmp_path).stdout


def test_what_is_there_is_not_asked_for_next(tmp_path: Path) -> None:
    """With notes, the next step is not to write them."""
    jotted = tmp_path / "jotted.txt"
    jotted.write_text("cranes at night\n")
    with_notes = touchpoints(*INIT, "--notes", str(jotted), cwd=tmp_path).stderr
    (tmp_path / "other").mkdir()
    without = touchpoints(*INIT, cwd=tmp_path / "other").stderr
    assert "Next: your skills" in with_notes
    assert "Next: what you talked about goes into that note" in without


@pytest.mark.parametrize("by", ["an option", "the head of a file"])
def test_a_post_in_brackets_is_written_as_a_post(tmp_path: Path, by: str) -> None:
    """Beside its name, not as somebody more; and so it is greeted on the page."""
    talk = ("init", "--company", "Acme", "--interviewed", "20.11.", "--timezone", "Europe/Paris")
    people = ("--person", "M. Thierry Baud (DRH)")
    if by == "the head of a file":
        notes = tmp_path / "talk.md"
        notes.write_text(
            "---\ninterviewers:\n- {name: M. Thierry Baud, title: DRH}\n---\n"
            "- on a parlé de la rotation du personnel\n"
        )
        people = ("--notes", str(notes))
    touchpoints(*talk, *people, "--language", "French", cwd=tmp_path)

    (interview,) = read(tmp_path).interviews
    assert [(one.name, one.title) for one in interview.people] == [("M. Thierry Baud", "DRH")]
    assert "Monsieur Baud" in touchpoints("check", cwd=tmp_path).stdout
    touchpoints("run", cwd=tmp_path)
    page = (tmp_path / "data" / "digests" / "latest.md").read_text("utf-8")
    assert "Bonjour Monsieur Baud," in page


@pytest.mark.parametrize(
    ("angle", "said", "not_said"),
    [
        ("", "is no reason to offer help", "serves all"),
        ("## My angle\n- ran two plants\n", "a line there serves all", "no reason to offer help"),
    ],
)
def test_check_says_what_the_profile_adds(
    tmp_path: Path, angle: str, said: str, not_said: str
) -> None:
    """An empty one beside a note with an angle leaves no offer out for that company."""
    touchpoints(*INIT, cwd=tmp_path)
    note = tmp_path / "data" / "notes" / "bjork-sohne.md"
    head = note.read_text("utf-8").rpartition("---\n")[0]
    note.write_text(f"{head}---\n## Discussed\n- **cranes**\n## Seen\n- a boat\n{angle}", "utf-8")
    found = touchpoints("check", cwd=tmp_path).stdout.split("Understood:")[0]
    assert said in found
    assert not_said not in found


def test_init_without_anybody_to_ask_says_what_to_give(tmp_path: Path) -> None:
    """Under a script it does not wait for answers."""
    assert "--company NAME" in touchpoints("init", cwd=tmp_path, code=2).stderr
    wrong = ("init", "--company", "X", "--interviewed", "2026-99-99")
    assert "is no day" in touchpoints(*wrong, cwd=tmp_path, code=2).stderr
    assert not (tmp_path / "feeds.yaml").exists()


def test_demo_shows_the_whole_job_twice_the_same(tmp_path: Path) -> None:
    """A thank-you with a tidbit, a contribution with a skill, one item held with its reason."""
    first = touchpoints("demo", "--into", "d", cwd=tmp_path).stdout
    second = touchpoints("demo", "--into", "d", cwd=tmp_path).stdout

    # The port of the loopback server is another each time; all else is the same.
    ports = str.maketrans(dict.fromkeys("0123456789"))
    assert first.translate(ports) == second.translate(ports)
    assert "two things to do" in first
    assert "Solo sailor rounds the Horn" in first
    assert "I ran the supplier ramp-up for a new terminal" in first
    held = first[first.index("## Held back") :]
    assert "Merrin Labs" in held
    assert "layoffs" in held
    assert "wrong-address-on-purpose.xml" in first[first.index("## To fix") :]
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_demo_empties_no_folder_of_somebody_elses(tmp_path: Path) -> None:
    """A folder with other files is refused, and left as it is."""
    (tmp_path / "mine.txt").write_text("precious")

    done = touchpoints("demo", "--into", ".", cwd=tmp_path, code=1)
    assert "Choose another folder" in done.stderr
    assert (tmp_path / "mine.txt").read_text() == "precious"


def test_preview_shows_a_file_and_stores_nothing(tmp_path: Path) -> None:
    """One object for each source, with the fields that the design promises."""
    (tmp_path / "feed.xml").write_text(
        '<rss version="2.0"><channel><title>T</title><item><title>A &amp; B</title>'
        "<link>https://a.example/1</link><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>"
        "</item></channel></rss>"
    )
    out = touchpoints("feeds", "preview", "feed.xml", "--json", cwd=tmp_path).stdout
    found = json.loads(out)

    assert (found["source"], found["format"], found["title"]) == ("feed.xml", "rss20", "T")
    (article,) = found["articles"]
    assert set(article) == {"id", "title", "link", "published", "text", "author"}
    assert (article["title"], article["link"]) == ("A & B", "https://a.example/1")
    assert "A & B" in touchpoints("feeds", "preview", "feed.xml", cwd=tmp_path).stdout
    touchpoints("feeds", "preview", "nothing.xml", cwd=tmp_path, code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["feed.xml"]


@pytest.mark.parametrize("command", ["queue", "check", "run"])
def test_the_workspace_is_found_from_below(tmp_path: Path, command: str) -> None:
    """From a folder inside it."""
    touchpoints(*INIT, cwd=tmp_path)
    (tmp_path / "feeds.yaml").write_text(
        "companies: {bjork-sohne: {name: Björk, feeds: [feed.xml]}}\n", "utf-8"
    )
    (tmp_path / "feed.xml").write_text('<rss version="2.0"><channel/></rss>')
    touchpoints(command, cwd=tmp_path / "data" / "notes")


@pytest.mark.parametrize("arguments", [["--help"], ["queue"]])
def test_start_up_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    """Neither scikit-learn nor httpx, feedparser, beautifulsoup4 or rich are needed for it."""
    touchpoints(*INIT, cwd=tmp_path)
    code = (
        "import sys\nfrom pipeline.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'sklearn', 'scipy', 'pandas', 'httpx', 'feedparser', 'bs4', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--as-of", AS_OF, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=poor(PYTHONPATH=str(REPOSITORY)),
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_init_takes_nothing_that_steers_a_terminal(tmp_path: Path) -> None:
    """A file that came by mail: neither what it says nor how it is called."""
    file = tmp_path / "data" / "notes" / "in\nvite\x1b[2J.html"
    file.parent.mkdir(parents=True)
    file.write_bytes(
        b"<html><p>Anna: \x1b[31m<b>the new crane</b>\x1b]0;x\x07 at the pier</p></html>"
    )
    done = touchpoints(*INIT, "--notes", str(file), cwd=tmp_path)
    (note,) = file.parent.glob("*.md")
    assert "**the new crane**" in note.read_text("utf-8")
    assert not [one for one in (note.name, note.read_text("utf-8"), done.stdout) if "\x1b" in one]
    assert note.name == "in vite [2J.md"
