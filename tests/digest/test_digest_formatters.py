"""The Markdown page through real formatters, as an editor runs them on saving."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.digest.answer_sheet import Heard, Sheet, read_sheet
from pipeline.digest.markdown import markdown
from pipeline.records import SentMessage
from tests.digest.pages import BUSY as BUSY_DAY

PRETTIER = Path(__file__).parent / "node_modules" / ".bin" / "prettier"
OWN = "called her, she laughed about the boat"
BUSY = replace(BUSY_DAY, sent=(SentMessage(7, "Tom Adeyemi (Halden), yesterday: “Thank you”"),))
PAGE = markdown(BUSY)
EDITED = (
    PAGE.replace("## 42 ·", f"{OWN}\n\n## 42 ·")
    .replace("[ ] sent (no. 41)", "[x] sent (no. 41)")
    .replace("- [ ] later (no. 42), on:", "- [x] later (no. 42), on: friday")
    .replace("[ ] they answered (no. 7), with:", "[x] they answered (no. 7), with: no")
    .replace("stayed with me: […]", "stayed with me: the harbour at night.")
)


def mdformat(page: str) -> str:
    return str(pytest.importorskip("mdformat").text(page))


def mdformat_wrapping(page: str) -> str:
    return str(pytest.importorskip("mdformat").text(page, options={"wrap": 60}))


def mdformat_of_github(page: str) -> str:
    pytest.importorskip("mdformat_gfm")
    return str(pytest.importorskip("mdformat").text(page, extensions={"gfm"}))


def prettier(page: str) -> str:
    return _prettier(page)


def prettier_wrapping(page: str) -> str:
    return _prettier(page, "--prose-wrap", "always", "--print-width", "60")


def _prettier(page: str, *options: str) -> str:
    if not PRETTIER.exists():
        pytest.skip("prettier is not installed")
    command = [str(PRETTIER), "--parser", "markdown", *options]
    done = subprocess.run(command, input=page, capture_output=True, text=True, check=True)
    return done.stdout


FORMATTERS = [mdformat, mdformat_wrapping, mdformat_of_github, prettier, prettier_wrapping]


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_a_formatter_answers_nothing(formatter: Callable[[str], str]) -> None:
    """List marks, numbers, rules, line ends and escapes are changed, and nobody said anything."""
    again = formatter(PAGE)
    assert again != PAGE
    assert read_sheet(again, BUSY) == Sheet()


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_every_answer_is_read_after_a_formatter(formatter: Callable[[str], str]) -> None:
    """A tick, a day, a changed message and a line of one's own, to the letter."""
    wanted = read_sheet(EDITED, BUSY)
    assert [answer.ticked for answer in wanted.answers] == [("sent",), ("later",)]
    assert wanted.answers[1].later == "friday"
    assert wanted.answers[0].draft is not None
    assert wanted.notes == (OWN,)
    assert wanted.heard == (Heard(7, "no"),)
    assert read_sheet(formatter(EDITED), BUSY) == wanted
