"""Patterns that are compiled when they are first asked.

To compile those of which a run asks nothing took an eighth of an hourly run that plans: 44 of its
360 ms. For modules with many of them, such as those that know the wordings of four languages.
"""

from __future__ import annotations

import re
from typing import Any, cast

_NAMES = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


class _Later:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:  # once: then what was compiled is found without this
        if name not in _NAMES:
            raise AttributeError(name)
        compiled = re.compile(self._pattern, self._flags)
        self.__dict__ |= {each: getattr(compiled, each) for each in _NAMES}
        return getattr(compiled, name)

    def __eq__(self, other: object) -> bool:
        return other is self or re.compile(self._pattern, self._flags) == other  # as a match's `re`

    def __hash__(self) -> int:
        return hash(re.compile(self._pattern, self._flags))


def compiled_later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does, to be asked by its own methods and not by those of `re`."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
