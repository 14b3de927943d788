"""The keys of a note's head as other programs and people write them.

Takes the `Tree` of a head; puts its keys right (`Company`, `Decision expected`), and takes
out, with a remark, what other programs keep there (`tags`, `aliases`, `created`). A key that is
nearly one of ours stays, and is a mistake: `statsu: rejected` must not be lost.
"""

from __future__ import annotations

import difflib
from typing import Any

from pipeline.workspace.tree import Tree, YamlPath

# What people and programs call the same, in four languages; letters only. `created` is the file's.
_CALLED = {
    other: ours
    for ours, others in {
        "company": "firm employer organisation organization firma unternehmen arbeitgeber "
        "entreprise société societe empresa",
        "interviewed": "date day when interviewdate dateofinterview interviewedon datum tag wann "
        "termin fecha quand cuándo cuando",
        "interviewers": "interviewer people with who participants attendees gesprächspartner "
        "gesprächspartnerin teilnehmer mit wer interviewpartner avec interlocuteurs con "
        "entrevistadores participantes",
        "role": "position job jobtitle stelle rolle poste puesto",
        "decision_expected": "decision decisionby decisiondate answerby entscheidung "
        "entscheidungbis décision decisión",
        "language": "sprache langue idioma",
        "channel": "kanal canal via",
    }.items()
    for other in others.split()
}
NEARLY = 0.75  # interviewd and statsu are .9 and .8 like ours; created, aliases and date below .6


def plain_keys(tree: Tree) -> None:
    """Write our own keys as we know them, in the head and for each interviewer; take out others."""
    from pipeline.workspace.shape import NoteHead, PersonEntry

    if not isinstance(tree.value, dict):
        return
    tree.value = _plain(tree, tree.value, (), tuple(NoteHead.model_fields))
    people = tree.value.get("interviewers")
    if people is not None:
        people = tree.value["interviewers"] = _by_name(people)
    entries = people if isinstance(people, list) else [people]
    for number, entry in enumerate(entries):
        if isinstance(entry, dict):
            at: YamlPath = ("interviewers", number) if entries is people else ("interviewers",)
            entries[number] = _plain(tree, entry, at, tuple(PersonEntry.model_fields))
    if entries is not people and isinstance(people, dict):
        tree.value["interviewers"] = entries[0]


def _by_name(people: Any) -> Any:
    """Return people who were written as `Jane Doe: CTO`, a key for each, as texts."""
    from pipeline.workspace.shape import PersonEntry

    if isinstance(people, list):
        found = [_by_name(one) for one in people]
        return [one for part in found for one in (part if isinstance(part, list) else [part])]
    if not isinstance(people, dict) or not people:
        return people
    ours = {_letters(name) for name in PersonEntry.model_fields} | set(_CALLED)
    is_named = all(
        isinstance(title, str | None) and " " in str(name).strip() and _letters(name) not in ours
        for name, title in people.items()
    )
    if not is_named:
        return people
    return [f"{name}, {title}" if title else str(name) for name, title in people.items()]


def _plain(
    tree: Tree, found: dict[Any, Any], at: YamlPath, known: tuple[str, ...]
) -> dict[Any, Any]:
    plain: dict[Any, Any] = {}
    ours = {_letters(name): name for name in known}
    written = {ours.get(_letters(str(key)), "") for key in found}
    for key, value in found.items():
        name = ours.get(_letters(str(key)), key)
        called = _CALLED.get(_letters(str(key)), "")
        if name not in known and called in known and not written & {called}:
            name = called
        if name in known:
            if name != key and name not in found and name not in plain:
                _move(tree, (*at, key), (*at, name))
                key = name
            plain[key] = value
        elif difflib.get_close_matches(_letters(str(key)), ours, n=1, cutoff=NEARLY):
            plain[key] = value
        else:
            what = f'The key "{key}" is not one of ours and was passed over.'
            tree.note((*at, key), what, level="remark")
    return plain


def own_key(written: str) -> str:
    """Return our key for what somebody calls so: "Decision by", "Datum"; "" where it is none."""
    from pipeline.workspace.shape import NoteHead

    letters = _letters(written)
    ours = {_letters(name): name for name in NoteHead.model_fields}
    return ours.get(letters) or _CALLED.get(letters, "")


def _move(tree: Tree, old: YamlPath, new: YamlPath) -> None:
    """Let a key's places be found under its new name."""
    for places in (tree.keys, tree.places):
        for path in [path for path in places if path[: len(old)] == old]:
            places[(*new, *path[len(old) :])] = places.pop(path)


def _letters(key: str) -> str:
    return "".join(filter(str.isalnum, key.casefold()))
