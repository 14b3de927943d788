"""Templates: what the language offers, what it refuses, and how it says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import DraftSettings, Problem, Template
from pipeline.touchpoints import drafts, templates
from pipeline.touchpoints.sources import Piece, text_of
from tests.environment import at_most
from tests.touchpoints.test_touchpoints_drafts import _case, _recipient
from tests.touchpoints.world import RENATA, interview

OURS = sorted(Path(templates.__file__).with_name("built_in").glob("*.txt"))
HEAD = "Subject: Thanks\n\n{greeting}\n\n"


def _template(text: str, kind: str = "thank_you") -> Template:
    return Template(f"data/templates/{kind}.txt", kind, "", text)


def _problems(text: str, kind: str = "thank_you") -> tuple[Problem, ...]:
    return templates.problems((_template(text, kind),))


def _filled(text: str, **values: str) -> str:
    """Return the message of a template; the first of several usable wordings is chosen."""
    (letter, _) = templates.letters("thank_you", "", (_template(f"{HEAD}{text}"),))
    given = {name: (Piece(value),) for name, value in values.items()}
    _, body = letter.fill({**given, "greeting": (Piece("Dear Ada,"),)}, lambda usable: usable[0])
    return text_of(body).removeprefix("Dear Ada,").strip()


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_the_built_in_templates_pass_the_check(path: Path) -> None:
    """They are written in the same language, and hold no worn-out phrase."""
    assert _problems(path.read_text("utf-8"), path.stem.partition(".")[0]) == ()


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_built_in_paragraph_has_three_wordings(path: Path) -> None:
    """So that nine interviewers get nine different texts; of each rank in its own.

    A thank-you has four: as many people as one often meets on a day.
    """
    kind, _, language = path.stem.partition(".")
    letter = templates.ours(kind, language or "English")
    varied = [part for part in (letter.subject, *letter.body) if len(part) > 1 or len(part[0]) > 1]

    assert len(varied) >= 3
    assert {len(wordings) for part in varied for wordings in part} == {
        4 if kind == "thank_you" else 3
    }


# What a reader of a season's messages took for a form: a topic or a post in quotation marks, an
# order not to answer, a disclaimer nobody believes, and a participle that knows the writer's sex.
FORMAL = re.compile(
    r"[„«]\W*\{(?:\w*topic|role)\}|brauchen nicht zu antworten|verpflichtet zu antworten"
    r"|pas besoin de répondre|pas obligé|m'a (?:\w+ )?marqué|hace falta respuesta|obligación de"
    r"|unabhängig von|hat das nichts zu tun\.|indépendant de ma|m'avoir (?:tenu|reçu)"
)


def test_a_passage_is_quoted_without_an_opinion_of_the_candidate() -> None:
    """Nobody knows what they found interesting in an article."""
    claims = ("caught my eye", "noticed", "interessant", "ufgefallen", "retiens", "remarqué")
    claims = (*claims, "atención", "fijado")
    rows = [row for path in OURS for row in path.read_text("utf-8").split("\n")]
    quoted = [row.partition("{passage}")[0] for row in rows if "{passage}" in row]
    assert len(quoted) >= 12
    assert [row for row in quoted if any(claim in row for claim in claims)] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_built_in_wording_reads_like_a_form(path: Path) -> None:
    """In any language."""
    assert FORMAL.findall(path.read_text("utf-8")) == []


def test_every_placeholder_is_given_by_drafts() -> None:
    """What the documentation lists is what a draft fills in, and nothing else."""
    to = _recipient(interview(), RENATA)
    message = drafts._Message("contribution", to, None, DraftSettings(), 1)
    with_story = {
        *templates.placeholders_of("congratulation"),
        *templates.placeholders_of("contribution"),
        *templates.placeholders_of("tidbit"),
    }

    given = set(drafts._values(message))
    assert given <= set(templates.PLACEHOLDERS)
    assert set(templates.PLACEHOLDERS) - given <= with_story


# ---------------------------------------------------------------------------------- the language


@pytest.mark.parametrize(
    ("text", "values", "body"),
    [
        ("As {role}.", {"role": "Clerk"}, "As Clerk."),
        ("As {role}.\n\nBye", {}, "Bye"),  # an empty placeholder leaves the paragraph out
        ("As {role}.\nor: Bye", {}, "Bye"),
        ("As {role}.\nelse: Bye", {"role": "Clerk"}, "As Clerk."),
        ("As {role}.\nelse: Bye", {}, "Bye"),
        ("One\nline and\nor: two", {}, "One\nline and"),
        ("Bye.\n\nand: As {role}.", {"role": "Clerk"}, "Bye. As Clerk."),
        ("Bye.\n\nand: As {role}.\nelse: So.", {}, "Bye. So."),
        ("Bye.\n\n{role}\n\nand: So.", {}, "Bye.\n\nSo."),  # nothing there to go on from
        ("OR:is a word", {}, ""),
        ("[... why]", {}, "[… why]"),
        ("{role}", {"role": "{company} {% x %}"}, "{company} {% x %}"),  # filled in once
    ],
)
def test_what_the_language_offers(text: str, values: dict[str, str], body: str) -> None:
    """Placeholders, other wordings, wordings for want of a value, and gaps."""
    if text.startswith("OR:"):
        assert _problems(f"{HEAD}{text}")
    else:
        assert _filled(text, **values) == body


@pytest.mark.parametrize(
    ("line", "column", "what", "todo"),
    [
        ("As {rolle}", 4, "There is no {rolle}.", "Did you mean {role}?"),
        ("  {qqq}", 3, "There is no {qqq}.", "Known: greeting, signature"),
        ("{}", 1, "There is no {}.", "Known: greeting"),
        ("{once_more}", 1, "A thank-you message has no {once_more}.", "It is for: decision."),
        ("A { role }", 3, "This brace is not part of a {placeholder}.", "{role}"),
        ("{{role}}", 1, "This brace is not part of a {placeholder}.", "{role}"),
        ("{% if role %}", 1, "This brace is not part of a {placeholder}.", "{role}"),
        ("{role.__class__}", 1, "This brace is not part of a {placeholder}.", "{role}"),
        ("or: Bye", 1, "There is no wording before this “or:”.", "Take out the empty line"),
    ],
)
def test_a_mistake_has_its_place(line: str, column: int, what: str, todo: str) -> None:
    """In the fifth line, with the column, what is wrong, and what to do."""
    first = _problems(f"{HEAD}{line}\n")[0]

    assert (first.line, first.column, first.level) == (5, column, "error")
    assert first.what == what
    assert todo in first.todo
    assert first.where == "data/templates/thank_you.txt"


def test_all_mistakes_are_reported_at_once() -> None:
    """Each with its own line."""
    assert [one.line for one in _problems(f"{HEAD}{{rolle}}\n{{skill}}\n{{x}}\n")] == [5, 6, 7]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "does not begin with its subject"),
        ("Thanks\n\nBody", "does not begin with its subject"),
        ("Subject: Thanks\nBody", "The subject has more than one line."),
        ("Subject: Only this", "there is no message"),
        ("Subject:\n\nBody", "there is no subject"),
        ("Subject: {story}\n\nBody", "there is no subject"),
        ("Subject: Thanks\n\n{story}", "there is no message"),
        (HEAD + "word " * 148, "it should have fewer than 150"),
        (HEAD + "{role} " * 80, "it should have fewer than 150"),
        (HEAD + "x" * 10_000, "too long"),
    ],
)
def test_a_template_of_a_wrong_shape_is_refused(text: str, what: str) -> None:
    """No subject, no message, too many words: each in a sentence."""
    assert what in _problems(text)[0].what


def test_worn_out_phrases_are_a_warning_with_their_line() -> None:
    """The candidate may keep them."""
    found = _problems(HEAD + "I am just following up.\n")
    assert [(problem.line, problem.level) for problem in found] == [(5, "warning")]
    assert "just following up" in found[0].what


def test_worn_out_phrases_are_found_as_whole_words() -> None:
    """Whatever the case and the spaces; "beach outing" is not one."""
    assert templates.worn_out("I am Reaching  out") == ("reaching out",)
    assert templates.worn_out("a beach outing") == ()


_PIECES = st.sampled_from(
    ["{", "}", "{role}", "{greeting}", "{story}", "or:", "else:", "Subject:", "\n", "\n\n", " ",
     "[…", "]", "{{", "}}", "{%", "\ue001", "\u202e", "\x00", "__class__", "Hello"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_text_breaks_the_check_or_the_draft(text: str) -> None:
    """Whatever is in a template: problems as values, within a second, and a draft."""
    template = _template(text, "check_in")
    with at_most(seconds=1):
        found = templates.problems((template,))
        draft = drafts.write(
            "check_in", "k", _case(interview(), RENATA), None, DraftSettings(), (template,)
        )

    assert all(problem.what and problem.where == template.file for problem in found)
    assert draft.subject
    assert not [one for one in draft.body if "\ue000" <= one <= "\uf8ff" or one == "\u202e"]


def test_a_paragraph_of_nothing_but_an_option_leaves_no_gap() -> None:
    """What may be added is told beside the message."""
    text = "Dear Ada,", "\n\n", "[+ a question]", "\n\n", "I am glad. [+ why]", "\n\n", "Sam"
    pieces, more = templates.without_options([Piece(part) for part in text])
    assert text_of(pieces) == "Dear Ada,\n\nI am glad.\n\nSam"
    assert more == "a question"
