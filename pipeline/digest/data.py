"""The digest as JSON, and back: any past day can be rendered again, byte for byte."""

from __future__ import annotations

import json

from pipeline.records import Digest, from_plain, to_plain


def to_json(digest: Digest) -> str:
    """Return the digest as JSON, one key a line, in the order of the record."""
    return json.dumps(to_plain(digest), ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Digest:
    """Return the digest that `to_json` wrote; raise ValueError for anything else."""
    try:
        digest = from_plain(Digest, json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"This is not the JSON of a digest: {error}.") from error
    if not isinstance(digest, Digest):
        raise ValueError("This is not the JSON of a digest.")
    return digest
