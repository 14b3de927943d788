"""Groups of things that are joined two by two (union-find)."""

from __future__ import annotations

from collections.abc import Iterator


class Groups:
    """Groups of the numbers below `count`: joining moves the smaller group into the larger."""

    def __init__(self, count: int) -> None:
        self._group: list[list[int]] = [[number] for number in range(count)]

    def members_of(self, number: int) -> list[int]:
        """Return the group of a number."""
        return self._group[number]

    def join(self, first: int, second: int) -> None:
        """Make one group of those of two numbers."""
        large, small = self._group[first], self._group[second]
        if large is small:
            return
        if len(large) < len(small):
            large, small = small, large
        large.extend(small)
        for number in small:
            self._group[number] = large

    def all(self) -> Iterator[list[int]]:
        """Yield each group once, its numbers in order."""
        seen: set[int] = set()
        for number, members in enumerate(self._group):
            if number not in seen:
                seen.update(members)
                yield sorted(members)
