"""The bundled catalogue of well-known public feeds by subject.

Takes nothing; gives the subjects in catalogue.tsv, which says where and when each address was last
seen. Which subject serves a note line is found in `relevance.catalogue_match`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pipeline.records import CatalogueFeed, Subject


@cache
def subjects() -> tuple[Subject, ...]:
    """Return the subjects, each with its feeds."""
    found: list[tuple[str, str, list[CatalogueFeed]]] = []
    for line in Path(__file__).with_name("catalogue.tsv").read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 2:
            found.append((fields[0], fields[1], []))
        elif len(fields) == 6:
            _, language, _title, address, seen, _where = fields
            feed = CatalogueFeed(language, address, date.fromisoformat(seen))
            found[-1][2].append(feed)
    return tuple(Subject(name, words, tuple(feeds)) for name, words, feeds in found)
