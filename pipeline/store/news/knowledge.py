"""What the stored news teach: document frequencies, company profiles, statistics of embeddings."""

from __future__ import annotations

import json
import sqlite3
import zlib
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


def load_knowledge(connection: sqlite3.Connection) -> Knowledge | None:
    """Return what was learnt at the last refit, or None before the first."""
    rows = connection.execute("SELECT name, detail FROM knowledge")
    stored = {row["name"]: row["detail"] for row in rows}
    if not stored:
        return None
    counted = _unpacked(stored["frequencies"])
    nearest = {
        name.removeprefix("nearest "): vector
        for name, vector in stored.items()
        if name.startswith("nearest ")
    }
    return Knowledge(
        Frequencies(counted["documents"], counted["terms"], time_from(counted["fitted"])),
        tuple(from_plain(CompanyProfile, item) for item in _unpacked(stored["company profiles"])),
        EmbeddingStatistics(stored["idf"], stored["mean vector"], nearest)
        if "idf" in stored
        else None,
        zlib.decompress(stored["words"]),
    )


def keep_knowledge(connection: sqlite3.Connection, learnt: Knowledge) -> None:
    """Remember what was learnt in place of the earlier."""
    counted = learnt.frequencies
    rows: dict[str, bytes] = {
        "frequencies": _packed(
            {
                "documents": counted.documents,
                "fitted": time_text(counted.fitted),
                "terms": dict(counted.terms),
            }
        ),
        "company profiles": _packed(to_plain(learnt.company_profiles)),
        "words": zlib.compress(learnt.words, 6),
    }
    if found := learnt.embeddings:
        rows |= {"idf": found.idf, "mean vector": found.mean_vector}
        rows |= {f"nearest {text}": vector for text, vector in found.nearest.items()}
    connection.execute("DELETE FROM knowledge")
    connection.executemany("INSERT INTO knowledge (name, detail) VALUES (?, ?)", rows.items())


def _packed(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
