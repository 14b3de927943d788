"""Records as plain values for JSON, and back."""

from __future__ import annotations

from collections import abc
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, partial
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """Return a record as dicts, lists and strings: times in ISO 8601, spans in seconds."""
    return _writer(value.__class__)(value)


@cache
def _writer(kind: type) -> Callable[[Any], Any]:
    """Return the function that writes a value of that type."""
    if is_dataclass(kind):
        names = tuple(item.name for item in fields(kind))
        return lambda value: {name: to_plain(getattr(value, name)) for name in names}
    if issubclass(kind, date):
        return kind.isoformat
    if issubclass(kind, timedelta):
        return kind.total_seconds
    if issubclass(kind, tuple):
        return lambda value: [to_plain(item) for item in value]
    if issubclass(kind, Mapping):
        return lambda value: {_key(key): to_plain(item) for key, item in value.items()}
    return lambda value: value


def _key(key: Any) -> str:
    return key.isoformat() if isinstance(key, date) else str(key)


def from_plain(kind: Any, value: Any) -> Any:
    """Return the record of type `kind` that `to_plain` wrote; the way back.

    Raises TypeError, ValueError or KeyError when the value has another shape.
    """
    return _reader(kind)(value)


def record_from(kind: Any, value: Any, **ready: Any) -> Any:
    """Return a record of which some fields are given as they are, the others as `to_plain` wrote.

    Raises as `from_plain`.
    """
    return _record_from(kind, value, **ready)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return the function that reads a value of that type."""
    if get_origin(kind) in (Union, UnionType):
        inner = _reader(next(item for item in get_args(kind) if item is not type(None)))
        return lambda value: None if value is None else inner(value)
    if get_origin(kind) is tuple:
        each = _reader(get_args(kind)[0])
        return lambda value: tuple(map(each, value))
    if get_origin(kind) is abc.Mapping:
        key, item = map(_reader, get_args(kind))
        return lambda value: {key(name): item(one) for name, one in value.items()}
    if get_origin(kind) is Literal:
        return partial(_one_of, get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if kind in (date, datetime):
        read: Callable[[Any], Any] = kind.fromisoformat
        return read
    if kind is timedelta:
        return _length_from
    if is_dataclass(kind):
        return partial(_record_from, kind)
    return lambda value: value if value.__class__ is kind else _plain_from(kind, value)


def _one_of(choices: tuple[Any, ...], value: Any) -> Any:
    if value not in choices:
        raise ValueError(f"{value!r} is not one of {choices}")
    return value


def _plain_from(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) and not (kind is float and isinstance(value, int)):
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value


def _length_from(value: Any) -> timedelta:
    return timedelta(seconds=_plain_from(float, value))


def _record_from(kind: Any, value: Any, **ready: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"expected the fields of a {kind.__name__}")
    readers = _readers_of(kind)
    if not value.keys() <= readers.keys():
        unknown = sorted(value.keys() - readers.keys())
        raise ValueError(f"a {kind.__name__} has no {unknown[0]!r}")
    return kind(**{name: readers[name](item) for name, item in value.items()}, **ready)


@cache
def _readers_of(kind: Any) -> dict[str, Callable[[Any], Any]]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
