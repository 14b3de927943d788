"""A digest as JSON, and back: the copy that is kept beside the pages.

Takes a `Digest` or the text of its file; gives the other. The way there and back changes
nothing, so a page can be made again later from what was kept. Characters that a terminal or a
browser could act upon are written as their number in ASCII.
"""

from __future__ import annotations

import json
from typing import Any, cast

from pipeline.records import Digest, from_plain, to_plain
from pipeline.text.characters import escaped


def to_json(digest: Digest) -> str:
    """Return the digest as indented JSON, its fields in the record's order."""
    text = json.dumps(to_plain(digest), ensure_ascii=False, indent=2, allow_nan=False)
    return escaped(text) + "\n"


def from_json(text: str) -> Digest:
    """Return the digest that `to_json` wrote; raise ValueError when the text is another."""
    try:
        given = json.loads(text, parse_constant=_refuse)
        found = cast(Digest, from_plain(Digest, given))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _refusal(f"it is not JSON, or was cut short ({place})") from error
    except RecursionError as error:
        raise _refusal("it is nested too deeply") from error
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise _refusal(str(error).rstrip(".")) from error
    if not _holds(to_plain(found), given):
        raise _refusal("a list or a day is written in another way")
    return found


def _refusal(why: str) -> ValueError:
    return ValueError(
        f"This is not the JSON of a digest: {why}. `touchpoints run` writes today's again."
    )


def _holds(kept: Any, given: Any) -> bool:
    """Return whether all that was given was kept; fields that were not given may differ."""
    if isinstance(given, dict):
        return isinstance(kept, dict) and all(_holds(kept[key], given[key]) for key in given)
    if isinstance(given, list):
        return isinstance(kept, list) and all(map(_holds, kept, given))
    return bool(kept == given)


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
