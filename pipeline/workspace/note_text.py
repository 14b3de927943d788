"""The text of a note: a new one with its head, and one to which people and lines are added.

Takes values; gives text. What the user wrote stays as it is: a line of the head is added, or the
list of people written anew, and everything else is kept, comments too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from pipeline.errors import CannotEdit
from pipeline.workspace.edit import as_lines
from pipeline.workspace.head_keys import own_key, plain_keys
from pipeline.workspace.loose_head import parts_of
from pipeline.workspace.setup_answers import Setup, kept_moment, kept_people
from pipeline.workspace.shape import people_of_head
from pipeline.workspace.tree import read_tree
from pipeline.workspace.written_people import WrittenPerson

_STATUS = (
    "status: waiting            # waiting | offer | accepted | declined | rejected | withdrawn\n"
)
EMPTY = """\
## Discussed
<!-- what did you talk about? a line for each thing, beginning with a dash -->

## Seen in the office
<!-- a photo, a mug, a hobby: what would this person enjoy? -->

## My angle
<!-- what have you done that would help them? -->
"""


def said_in(text: str) -> dict[str, str]:
    """Return what the head of a note says, by our keys, as somebody would type it."""
    head = parts_of(text).head
    if head is None:
        return {}
    tree = read_tree(head, "")
    plain_keys(tree)
    if not isinstance(tree.value, dict):
        return {}
    found = {str(key): said for key, value in tree.value.items() if (said := _typed(value))}
    if "interviewers" in tree.value:
        found["interviewers"] = kept_people(
            WrittenPerson(*(_typed(one.get(key)) for key in ("name", "title", "email")))
            for one in people_of_head(tree.value["interviewers"])
            if isinstance(one, dict) and one.get("name")
        )
    return {key: said for key, said in found.items() if said}


def _typed(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_typed, value)))
    if isinstance(value, Mapping):
        return ""
    return "" if value is None else str(getattr(value, "written", value))


def new_note(slug: str, setup: Setup) -> str:
    """Return the text of a note that was not there, with what the head of the notes said besides"""
    parts = parts_of(setup.notes)
    head: dict[str, Any] = {"company": slug}
    if setup.role:
        head["role"] = setup.role
    met = setup.interviewed
    head["interviewed"] = kept_moment(met) if met and met.at else met.day if met else ""
    head["interviewers"] = [_entry(person) for person in setup.people]
    if setup.decision:
        head["decision_expected"] = setup.decision
    if setup.language:
        head["language"] = setup.language
    kept = _kept(parts.head or "")
    status = "" if "status" in {line.partition(":")[0] for line in kept} else _STATUS
    body = parts.body.strip("\r\n")
    more = "".join(f"{line}\n" for line in kept)
    return f"---\n{as_lines(head)}{more}{status}---\n{body or EMPTY.strip()}\n"


def _kept(head: str) -> list[str]:
    """Return the lines of a given head that the answers do not replace: status, tags."""
    kept: list[str] = []
    is_kept = False
    for line in head.splitlines():
        if line[:1].strip() and line[:1] != "-":  # a key; what is indented belongs to it
            key = own_key(line.partition(":")[0].strip("\"' "))
            is_kept = key in ("", "status")
        if is_kept and line.strip():
            kept.append(line)
    return kept


def _entry(person: WrittenPerson) -> dict[str, str]:
    found = {"name": person.name, "title": person.title, "email": person.email}
    return {key: value for key, value in found.items() if value}


def added(text: str, people: Sequence[WrittenPerson], notes: str) -> str:
    """Return a note with more people in its head, and more lines at its end.

    Raises CannotEdit where the head is written so that nothing can be added to it.
    """
    if people:
        text = _with_people(text, people)
    body = parts_of(notes).body.strip("\r\n")
    return f"{text.rstrip()}\n\n{body}\n" if body else text


def _with_people(text: str, people: Sequence[WrittenPerson]) -> str:
    from ruamel.yaml import YAML

    parts = parts_of(text)
    yaml = YAML()
    yaml.width = 1_000
    head = yaml.load(parts.head or "")
    if not isinstance(head, dict) or not text.lstrip("\ufeff\r\n ").startswith("---"):
        raise CannotEdit("The note has no head between two lines of ---: add the people by hand.")
    key = next((key for key in head if own_key(str(key)) == "interviewers"), "interviewers")
    known = head.get(key) or []
    if not isinstance(known, list):
        known = [known]
    known.extend(_entry(person) for person in people)
    head[key] = known
    written = StringIO()
    yaml.dump(head, written)
    return f"---\n{written.getvalue()}---\n{parts.body}"
