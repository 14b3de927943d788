"""A thank-you about another line of the notes: by a box on the page, and as a command."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.commands import queue
from tests.program import touchpoints
from tests.sample_workspace import AS_OF, NOW, SampleWorkspace

MORE = """## Discussed
- the queue of trucks at the old gate
- Tom: the archive in the cellar
- Aud: the crane by the east gate
- the second harbour in the north
- the way to school of the pilots
"""


@pytest.fixture
def desk(tmp_path: Path) -> SampleWorkspace:
    """A workspace with two thank-yous on this morning's page."""
    found = SampleWorkspace(tmp_path / "ws")
    notes = found.root / "data" / "notes" / "halden.md"
    notes.write_text(f"{notes.read_text('utf-8').rstrip()}\n{MORE}", "utf-8")
    found.run(NOW + timedelta(hours=2))
    return found


def _boxes(desk: SampleWorkspace) -> list[list[str]]:
    """Return the topics that are offered below each message of the page."""
    text = desk.page().read_text("utf-8")
    parts = text.split("\n## ")[1:]
    return [
        [row.partition("rather about: ")[2].rpartition(" (topic")[0] for row in part.splitlines()
         if "rather about" in row]
        for part in parts
    ]  # fmt: skip


def test_three_topics_of_their_own_or_of_all_are_offered(desk: SampleWorkspace) -> None:
    """Their own first; never what a colleague raised, nor what the message is about."""
    bodies = [item.draft.body for item in queue.still_open(desk.root)]
    found = _boxes(desk)
    assert [len(topics) for topics in found if topics] == [3, 3]
    for topics, body in zip(found, bodies, strict=False):
        assert not any(topic in body for topic in topics)
    by_person = {desk.touchpoint(n).suggestion.person: found[n - 1] for n in (1, 2)}
    assert "the crane by the east gate" not in by_person["Tom Adeyemi"]
    assert "the archive in the cellar" not in by_person["Aud Lunde"]


def test_a_ticked_topic_is_in_the_message_of_the_next_page(desk: SampleWorkspace) -> None:
    """Once; `undo` takes it back, and a colleague does not read the line afterwards."""
    topic = _boxes(desk)[0][-1]
    row = next(r for r in desk.page().read_text("utf-8").splitlines() if topic in r)
    desk.change(row, row.replace("[ ]", "[x]"))
    before = desk.touchpoint(1).draft
    digest = desk.run(NOW + timedelta(hours=3)).digest
    assert digest.taken[0].endswith(
        "1 about another topic. `touchpoints undo` takes back the last of it."
    )
    assert topic in desk.touchpoint(1).draft.body and topic not in before.body
    assert topic in digest.entries[0].draft.body
    assert topic not in _boxes(desk)[0]
    queue.undo(desk.root)
    assert desk.touchpoint(1).draft == before


def test_draft_about_a_line(desk: SampleWorkspace) -> None:
    """By its number; a line that lends no topic, or changed words, are said."""
    notes = (desk.root / "data" / "notes" / "halden.md").read_text("utf-8").splitlines()
    number = next(n for n, row in enumerate(notes, 1) if "second harbour" in row)

    def about(line: int, code: int = 0) -> str:
        found = touchpoints(
            "--workspace", str(desk.root), "--as-of", AS_OF, "draft", "1", "--about", str(line),
            code=code,
        )  # fmt: skip
        return f"{found.stdout}{found.stderr}"

    assert "the second harbour in the north" in about(number)
    assert "lends no topic" in about(1, code=1)
    draft = desk.touchpoint(1).draft
    mine = replace(draft, body=f"{draft.body}Mine.\n", sources=())
    queue.answer(desk.root, 1, None, NOW + timedelta(hours=3), draft=mine)
    assert "you have changed its words" in about(number, code=1)


def test_two_ticked_topics_are_asked_about(desk: SampleWorkspace) -> None:
    """The message is about neither."""
    text = desk.page().read_text("utf-8")
    first = text.partition("\n## 2")[0]
    desk.page().write_text(text.replace(first, first.replace("[ ] rather", "[x] rather")), "utf-8")
    before = desk.touchpoint(1).draft
    digest = desk.run(NOW + timedelta(hours=3)).digest
    (asked,) = digest.questions
    assert "more than one topic" in asked
    assert desk.touchpoint(1).draft == before


def test_no_line_is_offered_that_stands_in_a_colleagues_draft(desk: SampleWorkspace) -> None:
    """One line, two readers: what the one's message is about is no box below the other's."""
    topic = next(one for one in _boxes(desk)[0] if one in _boxes(desk)[1])
    row = next(r for r in desk.page().read_text("utf-8").splitlines() if topic in r)
    desk.change(row, row.replace("[ ]", "[x]"))
    desk.run(NOW + timedelta(hours=3))
    assert topic in desk.touchpoint(1).draft.body
    assert topic not in _boxes(desk)[0] and topic not in _boxes(desk)[1]

    said = touchpoints("--as-of", AS_OF, "log", "halden", cwd=desk.root).stdout
    assert f"message changed 1: rather about {topic} (Tom Adeyemi)" in said
