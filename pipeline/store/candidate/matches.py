"""How well stories fit the candidate's interviews: the scores, without the stories themselves.

A story belongs to the news set and is read from there, once for all interviews.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from pipeline.records import Bound, Match, Story, record_from, to_plain
from pipeline.store import memory
from pipeline.store.candidate.history import load_history, stories_in_use


def matched_stories(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of the stories that have a match."""
    return frozenset(row["story"] for row in connection.execute("SELECT story FROM matches"))


def load_matches(
    connection: sqlite3.Connection, stories: Mapping[str, Story], interview: str = ""
) -> dict[str, tuple[Match, ...]]:
    """Return the stored matches of each interview with these stories, as of no particular day.

    With `interview`, those of this one alone.
    """
    found: dict[str, list[Match]] = {}
    rows = connection.execute(
        "SELECT interview, story, detail FROM matches"
        " WHERE ? IN ('', interview) ORDER BY interview, story",
        [interview],
    )
    for row in rows:
        if story := stories.get(row["story"]):
            match = record_from(Match, json.loads(row["detail"]), story=story)
            found.setdefault(row["interview"], []).append(match)
    return {interview: tuple(group) for interview, group in found.items()}


def keep_matches(connection: sqlite3.Connection, found: Iterable[Match | Bound]) -> None:
    """Keep these matches, or their bounds, beside the earlier ones of other stories."""
    for one in found:
        table, story, what = (
            ("bounds (interview, story, most)", one.story, one.most)
            if isinstance(one, Bound)
            else ("matches (interview, story, detail)", one.story.id, _detail(one))
        )
        connection.execute(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)",  # noqa: S608 - our own names
            [one.interview, story, what],
        )


def load_bounds(connection: sqlite3.Connection, interview: str) -> dict[str, float]:
    """Return the most that the other stories may be worth for an interview, in log-odds.

    A story without a match or a bound is not worth a place in a list.
    """
    rows = connection.execute("SELECT story, most FROM bounds WHERE interview = ?", [interview])
    return {row["story"]: row["most"] for row in rows}


def forget_matches(connection: sqlite3.Connection, stories: Iterable[str] | None) -> None:
    """Forget the matches and bounds of these stories, or with None all of them."""
    if stories is None:
        connection.execute("DELETE FROM matches")
        connection.execute("DELETE FROM bounds")
        return
    for story in stories:
        connection.execute("DELETE FROM matches WHERE story = ?", [story])
        connection.execute("DELETE FROM bounds WHERE story = ?", [story])


def shown_stories(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of the stories that are worth showing for some interview."""
    rows = connection.execute(
        "SELECT DISTINCT story FROM matches WHERE json_extract(detail, '$.shown')"
    )
    return frozenset(row["story"] for row in rows)


def met_lines(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """Return the note lines, by file and text, that a story worth showing fits best."""
    rows = connection.execute(
        "SELECT DISTINCT json_extract(detail, '$.best.note.file') AS file,"
        " json_extract(detail, '$.best.note.text') AS line"
        " FROM matches WHERE json_extract(detail, '$.shown')"
    )
    return frozenset((row["file"], row["line"]) for row in rows if row["file"])


def stories_referred_to(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the stories that history or the last pages refer to, and other tellings of theirs."""
    shown = memory.get(connection, memory.SHOWN) or ()
    of_news = (item.key for item in shown if item.key.kind in ("story", "bad_news", "person"))
    named = {key.subject.partition(" ")[0] for key in of_news}  # a story, or an event
    used = (stories_in_use(load_history(connection)) | named) - {""}
    told = {
        other
        for events in load_events(connection).values()
        for happened in ({events[story] for story in used & events.keys()} | used,)
        for other, event in events.items()
        if event in happened
    }
    return used | told


def load_events(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Return for each company the event of each story."""
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute("SELECT company, story, event FROM events"):
        found.setdefault(row["company"], {})[row["story"]] = row["event"]
    return found


def keep_events(connection: sqlite3.Connection, events: Mapping[str, Mapping[str, str]]) -> None:
    """Keep the event of each company's stories, and nothing of others."""
    connection.execute("DELETE FROM events")
    connection.executemany(
        "INSERT INTO events (company, story, event) VALUES (?, ?, ?)",
        (
            (company, story, event)
            for company, found in events.items()
            for story, event in found.items()
        ),
    )


def _detail(match: Match) -> str:
    """Return a match as it is kept: without its story and the other tellings, which are news."""
    apart = {"story", "event", "told_by", "delicate_event", "judge"}
    plain = {name: to_plain(getattr(match, name)) for name in match.__slots__ if name not in apart}
    return json.dumps(plain, ensure_ascii=False)
