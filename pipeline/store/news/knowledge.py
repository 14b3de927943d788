"""What the stored news teach: document frequencies, company profiles, statistics of embeddings."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping
from typing import Any

from pipeline.records import (
    CompanyProfile,
    EmbeddingStatistics,
    Frequencies,
    Knowledge,
    from_plain,
    to_plain,
)
from pipeline.store.rows import time_from, time_text

# Another shape of what is stored gets another name: what an earlier program learned is then as
# good as nothing, and is learned anew.
_FREQUENCIES = "document frequencies"
_ALWAYS = frozenset((_FREQUENCIES, "company profiles", "words"))
_EMBEDDINGS = frozenset(("idf", "mean vector"))
_NEAREST = "nearest "  # and an office line's text


def has_knowledge(connection: sqlite3.Connection) -> bool:
    """Return whether something was learned, and kept under the names of today."""
    names = {row["name"] for row in connection.execute("SELECT name FROM knowledge")}
    others = {name for name in names - _ALWAYS if not name.startswith(_NEAREST)}
    return names >= _ALWAYS and others in (frozenset(), _EMBEDDINGS)


def load_knowledge(connection: sqlite3.Connection) -> Knowledge | None:
    """Return what was learned at the last refit, or None where nothing was that can be read."""
    if not has_knowledge(connection):
        return None
    rows = connection.execute("SELECT name, detail FROM knowledge")
    stored = {row["name"]: row["detail"] for row in rows}
    counted = _unpacked(stored[_FREQUENCIES])
    nearest = {
        name.removeprefix(_NEAREST): vector
        for name, vector in stored.items()
        if name.startswith(_NEAREST)
    }
    return Knowledge(
        Frequencies(counted["documents"], _by_term(counted["terms"]), time_from(counted["fitted"])),
        _profiles(stored["company profiles"]),
        EmbeddingStatistics(stored["idf"], stored["mean vector"], nearest)
        if "idf" in stored
        else None,
        zlib.decompress(stored["words"]),
    )


def company_profiles(connection: sqlite3.Connection) -> dict[str, CompanyProfile]:
    """Return what was learned of each company, by its slug, without reading the rest."""
    if not has_knowledge(connection):
        return {}
    row = connection.execute("SELECT detail FROM knowledge WHERE name = 'company profiles'")
    return {profile.company: profile for profile in _profiles(row.fetchone()["detail"])}


def keep_knowledge(connection: sqlite3.Connection, learned: Knowledge) -> None:
    """Remember what was learned in place of the earlier."""
    counted = learned.frequencies
    rows: dict[str, bytes] = {
        _FREQUENCIES: _packed(
            {
                "documents": counted.documents,
                "fitted": time_text(counted.fitted),
                "terms": _by_frequency(counted.terms),
            }
        ),
        "company profiles": _packed(to_plain(learned.company_profiles)),
        "words": zlib.compress(learned.words, 6),
    }
    if found := learned.embeddings:
        rows |= {"idf": found.idf, "mean vector": found.mean_vector}
        rows |= {f"{_NEAREST}{text}": vector for text, vector in found.nearest.items()}
    connection.execute("DELETE FROM knowledge")
    connection.executemany("INSERT INTO knowledge (name, detail) VALUES (?, ?)", rows.items())


def _by_frequency(terms: Mapping[str, int]) -> dict[int, str]:
    """Return for each frequency its terms, a line for each: read in a third of the time."""
    found: dict[int, list[str]] = {}
    for term, frequency in terms.items():
        found.setdefault(frequency, []).append(term)
    return {frequency: "\n".join(lines) for frequency, lines in found.items()}


def _by_term(told: Mapping[str, str]) -> dict[str, int]:
    """Return the frequency of each term again, the most frequent first."""
    found: dict[str, int] = {}
    for frequency, lines in told.items():
        found |= dict.fromkeys(lines.split("\n"), int(frequency))
    return found


def _profiles(packed: bytes) -> tuple[CompanyProfile, ...]:
    return tuple(from_plain(CompanyProfile, item) for item in _unpacked(packed))


def _packed(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
