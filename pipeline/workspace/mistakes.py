"""The mistakes of feeds.yaml and notes in words: pydantic's errors, time zones, the nearest name.

Each is noted in the `Tree` of its file, with its line and column.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from pipeline.records import Problem, Settings
from pipeline.text.calendar import is_zone
from pipeline.text.characters import one_line
from pipeline.text.spelling import did_you_mean
from pipeline.workspace.tree import Tree, YamlPath

_TODO = {
    "missing": "Add it.",
    "string_type": "Write a text here.",
    "int_type": "Write a whole number.",
    "int_parsing": "Write a whole number.",
    "int_from_float": "Write a whole number.",
    "float_type": "Write a number.",
    "float_parsing": "Write a number.",
    "model_type": "Indent the keys that belong to it under it, as `key: value`.",
    "model_attributes_type": "Indent the keys that belong to it under it, as `key: value`.",
    "dataclass_type": "Indent the keys that belong to it under it, as `key: value`.",
    "dict_type": "Indent the keys that belong to it under it, as `key: value`.",
    "list_type": "Write a list: [one, two], or a line with a dash for each.",
    "tuple_type": "Write a list: [one, two].",
}

# Under this key people write passwords, and addresses that open a door: nothing is repeated.
_PRIVATE: YamlPath = ("settings", "delivery")
_SECRET_KEYS = (
    "password",
    "passwd",
    "pass",
    "secret",
    "token",
    "key",
    "api_key",
    "apprise",
    "urls",
)
_NO_SECRETS = "A password or a secret address does not belong in feeds.yaml."
_WHERE_SECRETS_GO = (
    "Take it out, and change it if others have seen this file. A mail password goes into "
    "TOUCHPOINTS_SMTP_PASSWORD; for notes write `notify: true`, and the address into "
    "TOUCHPOINTS_NOTIFY. docs/unattended.md explains how."
)


_NO_FIT = " does not fit here."
_EMPTY = f"An empty value{_NO_FIT}"


def note_errors(tree: Tree, errors: Iterable[Any], model: Any) -> None:
    """Note each of pydantic's errors in the tree, in the order of the file."""
    before = len(tree.problems)
    for error in errors:
        _note(tree, error, model)
    found = set(_one_for_each_empty(tree.problems[before:]))
    tree.problems[before:] = sorted(found, key=lambda item: (item.line, item.column, item.what))


def _one_for_each_empty(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, of an empty value once: pydantic says it for each type that it may have."""
    empty: set[str] = set()
    for problem in problems:
        if problem.what != _EMPTY or problem.path not in empty:
            yield problem
        if problem.what == _EMPTY:
            empty.add(problem.path)


def note_zone(tree: Tree, path: YamlPath, name: str) -> None:
    """Note a time zone that there is not."""
    if not is_zone(name):
        from zoneinfo import available_timezones

        from pipeline.text.places import places_at

        if found := places_at(name):
            zones = " or ".join(place.zone for place in found[:2])
            tree.note(
                path, f'"{one_line(name)}" is not the name of a time zone.', f"Write {zones}."
            )
            return
        example = "Write Europe/Paris or America/New_York."
        hint = did_you_mean(name, available_timezones(), example, form="{}")
        tree.note(path, f'"{one_line(name)}" is not a time zone.', hint)


def _note(tree: Tree, error: Any, model: Any) -> None:
    path: YamlPath = tuple(part for part in error["loc"] if not _is_branch(part, error["loc"]))
    what, todo = _sentence(error, path, model)
    if path[:2] == _PRIVATE:
        what, todo, path = _without_secrets(error, path, what, todo)
    is_of_the_value = error["type"] != "missing" and not _is_unknown(error)
    tree.note(path, what, todo, at=tree.places.get(path) if is_of_the_value else None)


def _without_secrets(error: Any, path: YamlPath, what: str, todo: str) -> tuple[str, str, YamlPath]:
    """Return the sentences and the place with nothing in them that the user wrote as a value."""
    value, key = str(error["input"]), str(path[-1])
    if _is_unknown(error):
        near = difflib.get_close_matches(key.casefold(), _SECRET_KEYS, n=1, cutoff=0.8)
        if near or "://" in key:
            return _NO_SECRETS, _WHERE_SECRETS_GO, path[:-1] if "://" in key else path
        return what, todo, path
    if "://" in value or (key == "notify" and isinstance(error["input"], (str, list, dict))):
        return _NO_SECRETS, _WHERE_SECRETS_GO, path
    if isinstance(error["input"], (str, int, float)):
        what = "This value does not fit here."
        todo = "Write true or false." if error["type"].startswith("bool") else todo
    return what, todo, path


def _is_branch(part: Any, whole: Any) -> bool:
    """Return whether pydantic put the name of a type into the path, as it does for unions."""
    return part in ("date", "datetime", "str", "[key]") and part == whole[-1]


def _is_unknown(error: Any) -> bool:
    return error["type"] in ("extra_forbidden", "unexpected_keyword_argument")


def _sentence(error: Any, path: YamlPath, model: Any) -> tuple[str, str]:
    kind, key = error["type"], str(path[-1]) if path else ""
    if _is_unknown(error):
        names = keys_at(model, path[:-1])
        known = f"Known here: {', '.join(names)}."
        return f'There is no key "{key}".', did_you_mean(key, names, known, cutoff=0.5)
    if kind == "missing":
        return f'The key "{key}" is missing.', _TODO[kind]
    if kind == "literal_error":
        return _not_one_of(error)
    limits = {"greater_than_equal": "ge", "greater_than": "gt", "less_than_equal": "le"}
    if kind in limits:
        word = {"ge": "at least", "gt": "more than", "le": "at most"}[limits[kind]]
        bound = error["ctx"][limits[kind]]
        return f"{error['input']} is out of range.", f"It should be {word} {bound:g}."
    return f"{_quoted(error['input'])}{_NO_FIT}", _TODO.get(kind, f"{error['msg']}.")


def _not_one_of(error: Any) -> tuple[str, str]:
    choices = [choice.strip(" '") for choice in _split(error["ctx"]["expected"])]
    hint = f"{did_you_mean(str(error['input']), choices, '')} Known: {', '.join(choices)}."
    return f"{_quoted(error['input'])} is not known here.", hint.strip()


def _split(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _quoted(value: Any) -> str:
    if value is None:
        return _EMPTY.removesuffix(_NO_FIT)
    if isinstance(value, dict):
        return "A group of keys"
    if isinstance(value, list):
        return "A list"
    text = str(value)
    return f'"{text if len(text) <= 60 else text[:59] + "…"}"'


def keys_at(model: Any, path: YamlPath) -> list[str]:
    """Return the keys that are known at a place: the fields of the model found there."""
    from pydantic import BaseModel

    for part in path:
        model = _inside(model, part)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [item.alias or name for name, item in model.model_fields.items()]
    if is_dataclass(model):
        return [item.name for item in fields(model)]
    return []


def _inside(model: Any, part: str | int) -> Any:
    """Return the model of what is under a key, or in a list, of this model."""
    if is_dataclass(model):
        return get_type_hints(model).get(str(part))
    inner = getattr(model, "model_fields", {}).get(part)
    return _innermost(inner.annotation) if inner else model


def _innermost(annotation: Any) -> Any:
    """Return the model inside list[...], dict[str, ...] and Annotated[...]."""
    if isinstance(annotation, type) and (
        annotation is Settings or hasattr(annotation, "model_fields")
    ):
        return annotation
    inner = [_innermost(item) for item in get_args(annotation)]
    return next((item for item in inner if item and item is not str), annotation)
