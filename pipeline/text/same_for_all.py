"""A cache of what is made of a text alone, for a process that serves many candidates.

They read the same articles, and what is made of one does not depend on who reads it. A process that
serves one candidate sees a text once or twice, and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

# no border test: bounds the memory, some 60 MB; of 200 feeds, these are the most followed
MOST_TEXTS = 2_000  # of which each function remembers what it gave

P = ParamSpec("P")
T = TypeVar("T")

_is_kept = False


def keep() -> None:
    """Keep from now on what is the same for all."""
    global _is_kept
    _is_kept = True


def same_for_all(function: Callable[P, T]) -> Callable[P, T]:
    """Mark a function of texts alone, of whose result nobody changes anything."""
    kept = lru_cache(MOST_TEXTS)(function)

    @wraps(function)
    def either(*given: P.args, **named: P.kwargs) -> T:
        return kept(*given, **named) if _is_kept else function(*given, **named)  # type: ignore[arg-type]

    return either
