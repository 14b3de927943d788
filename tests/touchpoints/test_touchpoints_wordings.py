"""The language of templates: what it allows, what it refuses, and how it says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import DraftSettings, Problem, Template
from pipeline.touchpoints import drafts, wordings
from pipeline.touchpoints.phrases import worn_out
from pipeline.touchpoints.sources import Ledger
from tests.environment import at_most
from tests.touchpoints.test_touchpoints_drafts import _case
from tests.touchpoints.world import RENATA, interview

OURS = sorted(Path(wordings.__file__).with_name("templates").glob("*.txt.j2"))
BODY = "Subject\n\n{{ greeting }}\n\n"


def _problems(text: str, kind: str = "thank_you") -> tuple[Problem, ...]:
    file = f"data/templates/{kind}.txt.j2"
    return wordings.problems((Template(file, kind, "", text),))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_own_wordings_pass_the_check(path: Path) -> None:
    """The built-in templates are written in the same language, and hold no worn-out phrase."""
    text = path.read_text("utf-8")

    assert _problems(text, path.name.partition(".")[0]) == ()
    assert not worn_out(text)


def test_the_table_of_values_is_what_a_draft_gives() -> None:
    """What README lists and `check` knows is there in every draft, and nothing else."""
    item = interview()
    case = _case(item, RENATA)
    occasion = drafts._Occasion(
        "thank_you", item, case.company, RENATA, case.zone, case.today, 0, DraftSettings()
    )

    assert set(drafts._values(occasion, Ledger())) == set(wordings.VALUES)


@pytest.mark.parametrize(
    ("line", "what", "todo"),
    [
        ("{{ rolle }}", 'There is no value "rolle".', 'Did you mean "role"?'),
        ("{{ story.titel }}", 'There is no value "story.titel".', 'Did you mean "story.title"?'),
        ("{{ story.title }}", "There is not always a story.", "{% if story %}"),
        ("{{ story }}", '"story" has parts', "story.named"),
        ("{{ events }}", '"events" is for asking', "{% if events %}"),
        ("{{ role | uper }}", 'There is no filter "uper".', 'Did you mean "upper"?'),
        ("{{ role | replace('a', 'b') }}", 'There is no filter "replace".', "Known"),
        ("{{ role | upper(2) }}", 'The filter "upper" takes no such thing', "There are"),
        ("{% for x in events %}x{% endfor %}", "A loop is not allowed", "There are"),
        ("{% set x = role %}", "`set` is not allowed", "There are"),
        ("{% macro x() %}y{% endmacro %}", "`macro` is not allowed", "There are"),
        ("{% include 'x' %}", "`include` is not allowed", "There are"),
        ("{% import 'x' as y %}", "`import` is not allowed", "There are"),
        ("{% extends 'x' %}", "`extends` is not allowed", "There are"),
        ("{% filter upper %}x{% endfilter %}", "`filter` as a block is not allowed", "There are"),
        ("{{ role.upper() }}", "This use of ( ) is not allowed", "There are"),
        ("{{ range(9) }}", '"range(…)" is not allowed', "There are"),
        ("{{ role.__class__ }}", '".__class__" is not allowed', "There are"),
        ("{{ role['x'] }}", "A value in [ ] is not allowed", "There are"),
        ("{{ 9 ** 9 ** 9 }}", "A sum is not allowed", "There are"),
        ("{{ role * 1000000 }}", "A sum is not allowed", "There are"),
        ("{{ pick() }}", "pick( ) has nothing to pick from.", "Write pick"),
        ("{{ pick }}", "`pick` needs its wordings.", "Write pick"),
        ("{% loop %}", 'A template cannot do "loop".', "{% if %}"),
        ("{% if role %}x", "An {% if %} has no end.", "{% endif %}"),
        ('{{ "x }}', "This cannot be read", "quotation mark"),
        ("{{ role", "This cannot be read", "bracket"),
        ("{{ 'x' if role < 3 else '' }}", "This does not work out", "Compare only with words"),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, what: str, todo: str) -> None:
    """In the fifth line, in a sentence, with what to do."""
    found = _problems(BODY + line + "\n")

    assert len(found) == 1
    assert found[0].what.startswith(what)
    assert todo in found[0].todo
    assert found[0].line == 5 or "no end" in what or line == "{{ role"
    assert (found[0].where, found[0].level) == ("data/templates/thank_you.txt.j2", "error")


def test_all_forbidden_things_are_told_at_once() -> None:
    """Each with its own line."""
    found = _problems(BODY + "{{ rolle }}\n{% set x = 1 %}\n{{ pick() }}\n")
    assert [problem.line for problem in found] == [5, 6, 7]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no subject"),
        ("Only a subject", "no subject"),
        ("{% if story %}Subject{% endif %}\n\nBody", "no subject"),
        (BODY + "word " * 149, "it should stay under 150"),
        (BODY + "x" * 10_001, "far too long"),
        (BODY + "{{ " + "(" * 4_000 + "role" + ")" * 4_000 + " }}", "nested"),
        (BODY + "{% if role %}" * 60 + "x" + "{% endif %}" * 60, "nested"),
        (BODY + "{{ " + " ~ ".join(["not " * 50 + "role"]) + " }}", "nested"),
        (BODY + "{{ role }}" * 900, ""),
    ],
)
def test_a_template_of_a_wrong_shape_is_told(text: str, what: str) -> None:
    """No subject, too many words, too deep: each in a sentence."""
    found = _problems(text)
    assert found
    assert what in found[0].what


def test_worn_out_phrases_are_a_warning_with_their_line() -> None:
    """The candidate may keep them."""
    found = _problems(BODY + "I am just following up.\n")
    assert [(problem.line, problem.level) for problem in found] == [(5, "warning")]
    assert "just following up" in found[0].what


def test_what_the_language_offers_works() -> None:
    """Conditions, comparisons, joining, choosing, filters: also on values between their marks."""
    text = (
        "{{ pick('A' ~ role) }}\n\n"
        "{% if role == 'Clerk' and 'ler' in role and role != 'x' %}one{% endif %}\n"
        "{% if 'launch' in events %}two{% elif weeks %}three{% else %}four{% endif %}\n"
        "{{ topic | capitalize }}|{{ role | upper }}|{{ weeks | default('none') | title }}\n"
        "{{ 'so' if story else 'no' }} {{ ' x ' | trim }}{{ role in ['Clerk', 'Cook'] }}\n"
    )
    template = Template("data/templates/tidbit.txt.j2", "tidbit", "", text)
    item = interview(role="Clerk", ago=0)
    draft = drafts.write("tidbit", "k", _case(item, RENATA), None, DraftSettings(), (template,))

    assert wordings.problems((template,)) == ()
    assert draft.subject == "AClerk"
    assert draft.body == ("one\nfour\nThe takeover of the rival HR vendor|CLERK|None\nno xTrue\n")


_PIECES = st.sampled_from(
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "role", " ", "if", "endif", "else", "pick(", ")", "'",
        '"', "~", "|", "upper", "story", ".title", "not", "in", "events", "[", "]", "\n", "for",
        "self", "**", "9" * 30, "\ue001", "\u202e", "\x00", "__class__", "range(9)", ",", "Hello",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_text_breaks_the_check_or_the_draft(text: str) -> None:
    """Whatever stands in a template: problems as values, within a second, and a draft."""
    template = Template("data/templates/check_in.txt.j2", "check_in", "", text)
    with at_most(seconds=1):
        found = wordings.problems((template,))
        draft = drafts.write(
            "check_in", "k", _case(interview(), RENATA), None, DraftSettings(), (template,)
        )

    assert all(problem.what and problem.where == template.file for problem in found)
    assert draft.subject
    assert not [letter for letter in draft.body if "\ue000" <= letter <= "\uf8ff"]
    assert "\u202e" not in draft.body
