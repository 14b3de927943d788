"""Records: what `dataclass(frozen=True, slots=True)` makes, in a fifth of the time.

The standard library writes and compiles six functions for each class, .6 ms: with the 150 records
that an hourly run loads, a third of that run. Here comparing, hashing and printing are functions
that all records share, and `__init__` is compiled when the first record of a class is made: most
classes that are loaded are not used in a run. No record inherits from another. For the type checker
it is the library's decorator.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Any:
        """Return what makes a record of a class; both are to be True, as for the type checker."""
        if not (frozen and slots):
            raise TypeError("A record is frozen and has slots; else take the library's dataclass.")
        return _record


__all__ = ["dataclass"]


def _record(cls: type) -> type:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the library works out one, in .3 ms
    plain: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    params = plain.__dataclass_params__
    params.init = params.repr = params.eq = params.frozen = True
    found = fields(plain)
    compared = _values_of([item.name for item in found if item.compare])
    hashed = _values_of([i.name for i in found if (i.compare if i.hash is None else i.hash)])
    names = [item.name for item in found]
    own = {name: value for name, value in cls.__dict__.items() if name not in names}
    own.pop("__dict__", None)
    own.pop("__weakref__", None)
    shared = {
        "__init__": _first_init,
        "__repr__": _repr,
        "__eq__": _equals(compared),
        "__hash__": lambda self: hash(hashed(self)),
        "__getstate__": _state,
        "__setstate__": _restore,
    }
    made = type(cls)(
        cls.__name__,
        cls.__bases__,
        {
            **shared,
            **own,
            "__setattr__": _refuse_to_set,
            "__delattr__": _refuse_to_delete,
            "__slots__": tuple(names),
        },
    )
    made.__qualname__ = cls.__qualname__
    return made


def _values_of(names: list[str]) -> Any:
    """Return what gives these attributes as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _first_init(self: Any, *values: Any, **named: Any) -> None:
    """Compile the `__init__` of a class for its first record, and call it."""
    made = type(self)
    made.__init__ = _init_of(made)
    made.__init__(self, *values, **named)


def _init_of(cls: type) -> Any:
    scope: dict[str, Any] = {"_missing": MISSING}
    given, lines = ["self"], []
    for item in fields(cls):
        name, value = item.name, item.name
        if not item.init or item.kw_only:
            raise TypeError(
                f"{cls.__name__}.{name}: a record is given each value, by place or name"
            )
        if item.default_factory is not MISSING:
            scope[f"_make_{name}"] = item.default_factory
            given.append(f"{name}=_missing")
            value = f"_make_{name}() if {name} is _missing else {name}"
        elif item.default is not MISSING:
            scope[f"_default_{name}"] = item.default
            given.append(f"{name}=_default_{name}")
        else:
            given.append(name)
        scope[f"_set_{name}"] = cls.__dict__[name].__set__  # its slot, past `_refuse_to_set`
        lines.append(f"  _set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("  self.__post_init__()")
    text = f"def __init__({', '.join(given)}):\n" + ("\n".join(lines) or "  pass")
    exec(text, scope)  # noqa: S102 - of our own field names, as the standard library does
    return scope["__init__"]


def _repr(self: Any) -> str:
    values = ", ".join([f"{name}={getattr(self, name)!r}" for name in _shown(self.__class__)])
    return f"{type(self).__qualname__}({values})"


@cache
def _shown(cls: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(cls) if item.repr)


def _equals(compared: Any) -> Any:
    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        if other.__class__ is self.__class__:
            return bool(compared(self) == compared(other))
        return NotImplemented

    return __eq__


def _refuse_to_set(self: Any, name: str, value: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, item.name) for item in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for item, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, item.name, value)
