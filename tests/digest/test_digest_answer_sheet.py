"""The Markdown page as an answer sheet: what is read back from it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.digest.answer_sheet import Answered, Sheet, read_sheet
from pipeline.digest.markdown import markdown
from pipeline.records import Digest
from tests.digest.pages import BUSY, filled_with

PAGE = markdown(BUSY)


def answers(text: str) -> tuple[Answered, ...]:
    return read_sheet(text, BUSY).answers


def test_an_untouched_page_answers_nothing() -> None:
    """What was written and not changed holds no answer and no line of the user's."""
    assert read_sheet(PAGE, BUSY) == Sheet()


@pytest.mark.parametrize(
    ("written", "ticked", "later"),
    [
        ("- [x] sent (no. 41)", ("sent",), ""),
        ("- [X] sent", ("sent",), ""),  # the number went; the heading above says whose box it is
        ("* [ x ] Sent (no. 41)", ("sent",), ""),
        ("  + [✓] sent (no. 41)", ("sent",), ""),
        ("☑ sent (no. 41)", ("sent",), ""),
        (r"- \[x\] sent (no. 41)", ("sent",), ""),  # an editor that escapes brackets
        ("1. [x] not for me (no. 41)", ("not for me",), ""),
        ("- [x] later (no. 41), on: 2026-12-01", ("later",), "2026-12-01"),
        ("- [ ] later (no. 41), on: friday", ("later",), "friday"),  # a day is answer enough
        ("- [x] later: 7d", ("later",), "7d"),
        ("- [x] later (no. 41), on:", ("later",), ""),
        ("- [x] wrong company (no. 41)", ("wrong company",), ""),
    ],
)
def test_a_tick_is_read_however_an_editor_writes_it(
    written: str, ticked: tuple[str, ...], later: str
) -> None:
    """List marks, brackets, case, a lost number: it is the same answer."""
    page = PAGE.replace("- [ ] sent (no. 41)", written).replace("\n", "\r\n")
    if "sent" not in written.casefold():
        page = PAGE.replace("- [ ] later (no. 41), on:", written)

    (answered,) = answers(page)

    assert (answered.number, answered.ticked, answered.later) == (41, ticked, later)


def test_a_box_that_was_moved_is_asked_about() -> None:
    """Moved to the top of the page, above all headings, it is below no suggestion."""
    page = "- [x] sent (no. 42)\n" + PAGE.replace("- [ ] sent (no. 42)\n", "")

    assert answers(page) == (Answered(42, ("sent",), doubt="boxes"),)


@pytest.mark.parametrize("wrapped", ["- [x] sent (no. 41)", "- [x] sent (no. 41)\nby mail"])
def test_a_box_within_a_quoted_message_is_asked_about_and_no_part_of_the_message(
    wrapped: str,
) -> None:
    """Whether it stands before, behind, or in the message's place."""
    page = PAGE.replace("- [ ] sent (no. 41)", f"> {wrapped}", 1)
    first = page[: page.index("> To:")] + f"> {wrapped}\n" + page[page.index("> To:") :]
    alone = "\n".join(row for row in page.split("\n") if not row.startswith("> ") or "[x]" in row)
    for spoilt in (page, first, alone):
        (answered,) = answers(spoilt)
        assert (answered.number, answered.doubt) == (41, "unclear")
        assert (answered.ticked, answered.draft) == ((), None)


def test_deleted_parts_are_no_answer() -> None:
    """Half of the page is gone: what is left is read, the rest is open."""
    page = PAGE[: PAGE.index("## 42 ·")].replace("[ ] sent (no. 41)", "[x] sent (no. 41)")

    assert answers(page) == (Answered(41, ("sent",)),)
    assert answers("") == ()


def test_a_box_that_stands_twice_is_doubtful() -> None:
    """Copied, once ticked and once not: that is asked about, not guessed."""
    page = PAGE + "\n- [x] sent (no. 41)\n"

    assert answers(page) == (Answered(41, ("sent",), doubt="twice"),)


def test_two_ticks_are_both_told() -> None:
    """Which of them counts is not for this module."""
    page = PAGE.replace("[ ] sent (no. 41)", "[x] sent (no. 41)")
    page = page.replace("[ ] not for me (no. 41)", "[x] not for me (no. 41)")

    assert answers(page) == (Answered(41, ("sent", "not for me")),)


def test_a_changed_message_is_read_as_it_was_written() -> None:
    """The gap is filled, a line added; the rest stays to the letter, also what was escaped."""
    page = PAGE.replace("stayed with me: […]", "stayed with me: I have \\*never\\* forgotten it.")
    page = page.replace("> Subject: Thank you, and a boat", "> Subject: Thank you & a boat")

    (answered,) = answers(page)

    assert answered.draft is not None
    assert answered.draft.subject == "Thank you & a boat"
    assert answered.draft.to == "renata@example.com"
    original = BUSY.entries[0].draft.body
    assert answered.draft.body == original.replace(
        "stayed with me: […]", "stayed with me: I have *never* forgotten it."
    )


@pytest.mark.parametrize(
    "editor",
    [
        lambda page: page.replace("  \n", "\n"),  # trims the ends of lines
        lambda page: page.replace("\n", "\r\n"),
        lambda page: page.replace("> thank you for the time", ">thank you for the time"),
        lambda page: page.replace("after a takeover has", "after a\n> takeover has"),  # wraps
        lambda page: page.replace("- [ ]", "* [ ]"),
        lambda page: page.replace("- Halden", "* Halden").replace("\n\n\n", "\n\n"),
    ],
)
def test_what_an_editor_does_by_itself_is_no_answer(editor: Callable[[str], str]) -> None:
    """Blanks, line ends, list marks and wrapping are not the user's."""
    assert read_sheet(editor(PAGE), BUSY) == Sheet()


def test_a_deleted_message_is_no_empty_message() -> None:
    """The quotation was cut out: the draft stays what it is."""
    page = "\n".join(row for row in PAGE.split("\n") if not row.startswith(">"))

    assert answers(page) == ()


def test_lines_of_the_users_own_are_kept() -> None:
    """A remark between two sections is neither ours nor an answer."""
    page = PAGE.replace("## 42 ·", "called her, she *laughed* about the boat\n\n## 42 ·")

    assert read_sheet(page, BUSY).notes == ("called her, she *laughed* about the boat",)
    again = replace(BUSY, notes=("called her, she *laughed* about the boat",))
    assert read_sheet(markdown(again), again) == Sheet()


def broken_lines(page: str) -> Iterator[str]:
    """Yield the page once for each blank, with a line end in its place."""
    for place, character in enumerate(page):
        if character == " " and page[: page.rfind("mail-41]:")].count("\n") > 0:
            yield f"{page[:place]}\n{page[place + 1 :]}"


def taken(page: str, digest: Digest = BUSY) -> set[tuple[int, str]]:
    """Return what would be recorded: the ticks of answers that are not in doubt."""
    return ticks(read_sheet(page, digest).answers)


def ticks(found: Iterable[Answered]) -> set[tuple[int, str]]:
    """Return the ticks of answers that are not in doubt."""
    return {(x.number, label) for x in found if not x.doubt for label in x.ticked}


def asked(page: str, digest: Digest = BUSY) -> set[int]:
    return {item.number for item in read_sheet(page, digest).answers if item.doubt}


TICKED = PAGE.replace("[ ] sent (no. 41)", "[x] sent (no. 41)").replace(
    "[ ] not for me (no. 42)", "[x] not for me (no. 42)"
)


@pytest.mark.slow  # some thousand pages
def test_a_line_broken_at_any_blank_ticks_nothing_and_hides_no_tick() -> None:
    """Each tick is still understood, or asked about; and nothing else is."""
    for page in broken_lines(TICKED):
        found = read_sheet(page, BUSY).answers
        both = {(x.number, label) for x in found if not x.doubt for label in x.ticked}
        assert both <= {(41, "sent"), (42, "not for me")}
        assert {number for number, _ in both} | {x.number for x in found if x.doubt} == {41, 42}
    for page in broken_lines(PAGE):
        assert not any(
            (not x.doubt and x.ticked) or x.draft for x in read_sheet(page, BUSY).answers
        )


OUR_WORDS = st.sampled_from(
    [
        *("sent", "later", "not for me", "wrong company", "(no. 7)", "(no. 7), on:", "friday"),
        *("[x]", "[ ]", "\\[x\\]", "☑", "✅", "-", "*", "1.", "#", "##", "###", ">", "2 ·", "1 ·"),
        *("To: eve@example.com", "Subject: x", "Your own lines", "word", "x"),
    ]
)


@settings(max_examples=100)
@given(st.lists(OUR_WORDS, min_size=1, max_size=12).map(" ".join), st.integers(10, 60))
@example("Subject: x sent sent sent sent sent # Your own lines", 24)
@example("Subject: x sent sent sent sent sent ## Your own lines", 24)
@example("- [ ] sent (no. 7)", 10)
def test_titles_of_our_own_words_and_marks_answer_nothing(title: str, width: int) -> None:
    """Not as written, nor wrapped by an editor that knows no Markdown; a real tick stays one."""
    digest = filled_with(title)
    page = markdown(digest)
    wrapped = "\n".join(
        part for row in page.split("\n") for part in textwrap.wrap(row, width) or [""]
    )
    assert read_sheet(page, digest).answers == ()
    assert not taken(wrapped, digest)
    entry = digest.entries[0]
    box = f"- [ ] sent (no. {entry.id})"  # its own line: a title may have the same words
    rows = [row.replace("[ ]", "[x]") if row == box else row for row in page.split("\n")]
    assert taken("\n".join(rows), digest) == {(entry.id, "sent")}
    ticked = "\n".join(part for row in rows for part in textwrap.wrap(row, width) or [""])
    sheet = read_sheet(ticked, digest)
    assert ticks(sheet.answers) <= {(entry.id, "sent")}
    is_asked = any(item.doubt and item.number == entry.id for item in sheet.answers)
    assert is_asked or ticks(sheet.answers) or sheet.strays


@given(st.text())
def test_whatever_stands_on_a_page_is_read(text: str) -> None:
    """No text makes the reader fail, and none invents an answer for another suggestion."""
    sheet = read_sheet(PAGE + text, BUSY)

    assert {item.number for item in sheet.answers} <= {41, 42}


@given(st.sampled_from(["<b>", "- [x] sent (no. 7)", "## 42 · x", "> Subject: x", "\\[x\\] sent"]))
def test_no_field_of_a_page_ticks_its_boxes(text: str) -> None:
    """A title or a note line that looks like a box answers nothing."""
    page = filled_with(text)

    assert read_sheet(markdown(page), page).answers == ()
