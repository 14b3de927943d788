"""A record does all that the standard library's frozen dataclass with slots does.

The library's decorator and ours are given the same class, and what both made is compared.
"""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from dataclasses import dataclass as library
from typing import Any, Generic, TypeVar

import pytest

from pipeline.records.record import dataclass as ours

T = TypeVar("T")


def made_by(decorator: Callable[..., Any], name: str) -> Any:
    """Return a class with every kind of field that our records have."""

    class Made:
        """A record."""

        name: str
        numbers: tuple[int, ...] = (1, 2)
        known: dict[str, int] = field(default_factory=dict, compare=False)
        secret: str = field(default="", repr=False)

        @property
        def first(self) -> int:
            """Return the first number."""
            return self.numbers[0]

    Made.__name__ = Made.__qualname__ = name
    return decorator(frozen=True, slots=True)(Made)


Theirs, Ours = made_by(library, "Record"), made_by(ours, "Record")


@ours(frozen=True, slots=True)
class Pair(Generic[T]):
    """A record of any kind, at the top of a module: it can be pickled."""

    one: T
    other: T


@ours(frozen=True, slots=True)
class Nothing:
    """A record without a value."""


@pytest.mark.parametrize(
    "values",
    [("a",), ("a", (3,)), ("a", (3,), {"b": 1}, "hush"), ("", (), {}, "")],
    ids=["one", "two", "all", "empty"],
)
def test_a_record_is_printed_compared_and_hashed_as_the_librarys(values: Any) -> None:
    """Also with a default, and with what counts for nothing when two are compared."""
    theirs, record = Theirs(*values), Ours(*values)
    assert repr(record) == repr(theirs)
    assert record == Ours(*values)
    assert record != theirs
    assert record == replace(record, known={"other": 9})
    assert record != replace(record, name="b")
    assert hash(record) == hash(theirs) == hash(replace(record, known={"other": 9}))
    assert asdict(record) == asdict(theirs)
    assert record.first == theirs.first if record.numbers else True


def test_each_record_has_a_default_value_of_its_own() -> None:
    """What a factory makes is not shared."""
    assert Ours("a").known is not Ours("a").known


def test_a_record_cannot_be_changed() -> None:
    """Neither a value, nor one more, nor one less."""
    record = Ours("a")
    for change in (
        lambda: setattr(record, "name", "b"),
        lambda: setattr(record, "more", 1),
        lambda: delattr(record, "name"),
    ):
        with pytest.raises(FrozenInstanceError):
            change()
    assert not hasattr(record, "__dict__")


@pytest.mark.parametrize("given", [(), ("a", (), {}, "", "more")], ids=["too few", "too many"])
def test_a_record_is_not_made_of_too_few_or_too_many_values(given: Any) -> None:
    """Each time: the first call is the one that makes `__init__`."""
    fresh = made_by(ours, "Fresh")
    for _ in range(2):
        with pytest.raises(TypeError):
            fresh(*given)
    with pytest.raises(TypeError):
        fresh("a", unknown=1)


def test_other_programs_see_a_dataclass() -> None:
    """`fields`, `match` and the parameters are those of the library."""
    assert is_dataclass(Ours)
    assert [(f.name, f.compare, f.repr) for f in fields(Ours)] == [
        (f.name, f.compare, f.repr) for f in fields(Theirs)
    ]
    assert Ours.__match_args__ == Theirs.__match_args__
    for name in ("init", "repr", "eq", "order", "frozen"):
        ours_is, theirs_is = (getattr(c.__dataclass_params__, name) for c in (Ours, Theirs))
        assert ours_is == theirs_is, name
    assert Ours.__slots__ == Theirs.__slots__
    assert Ours.__doc__ == Theirs.__doc__


@pytest.mark.parametrize("record", [Pair("a", "b"), Nothing()])
def test_a_record_is_copied_and_pickled(record: Any) -> None:
    """Also one that has no value."""
    assert copy.copy(record) == copy.deepcopy(record) == record
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own
    assert hash(copy.copy(record)) == hash(record)


def test_no_record_inherits_from_another() -> None:
    """It would be one that can be changed."""
    with pytest.raises(TypeError, match="inherit"):

        @ours(frozen=True, slots=True)
        class Triple(Pair[int]):
            third: int = 3


def test_only_what_is_a_record_is_made_one() -> None:
    """What can be changed is the library's to make."""
    with pytest.raises(TypeError, match="frozen"):
        made_by(lambda **_: ours(frozen=False, slots=True), "Loose")


def test_a_record_of_a_later_python_can_be_replaced_by_copy() -> None:
    """`copy.replace` came with Python 3.13."""
    if sys.version_info >= (3, 13):
        assert copy.replace(Pair(1, 2), other=3) == Pair(1, 3)
    assert replace(Pair(1, 2), other=3) == Pair(1, 3)
