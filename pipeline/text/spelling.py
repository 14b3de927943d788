"""The nearest of the known words to one that is misspelt, for messages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_DAYS = (
    *("today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
    *("sunday", "next week"),
)


def day_examples(written: str) -> str:
    """Return what to write in place of a day that cannot be read."""
    return did_you_mean(written, _DAYS, "Write 2026-12-01, friday, or 7d.", form="“{}”")


def did_you_mean(
    written: str, known: Iterable[str], otherwise: str, *, cutoff: float = 0.6, form: str = '"{}"'
) -> str:
    """Return a question with the nearest known word; `otherwise` if none is near."""
    words = {word.casefold(): word for word in known}
    start = written.casefold()
    near = difflib.get_close_matches(start, words, n=1, cutoff=cutoff)
    near = near or [word for word in words if len(start) > 2 and word.startswith(start)]
    return f"Did you mean {form.format(words[near[0]])}?" if near else otherwise
