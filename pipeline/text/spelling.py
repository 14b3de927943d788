"""The nearest of the known words to one that is misspelt, for messages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(
    written: str, known: Iterable[str], otherwise: str, *, cutoff: float = 0.6, form: str = '"{}"'
) -> str:
    """Return a question with the nearest known word; `otherwise` if none is near."""
    words = {word.casefold(): word for word in known}
    start = written.casefold()
    near = difflib.get_close_matches(start, words, n=1, cutoff=cutoff)
    near = near or [word for word in words if len(start) > 2 and word.startswith(start)]
    return f"Did you mean {form.format(words[near[0]])}?" if near else otherwise
