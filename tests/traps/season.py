"""Ten weeks of news through the real program, with traps and opportunities written beforehand.

    .venv/bin/python -m tests.traps.season      what fell into a message, what was taken

Each of the seven seasons was written by somebody who had not seen the program: four to six invented
companies, their interviews, news in two or three languages. A story is a trap (bad or doubtful, or
old: it must never be in a message), an opportunity, neutral, or no news at all. The candidate sends
whatever is suggested, a day later; every second message is answered.

When they were first played, 10 of 21, 3 of 16, 13 of 22, 11 of 25 and 6 of 25 opportunities were
taken; what kept the others of the first three was mended by its kind, so that what is taken of them
now flatters the program. Of the fourth and fifth only what put a reader off was mended. Of the
sixth and seventh 15 of 32 and 20 of 28 were taken at first sight, with two traps each, a table and
three deals or how-tos; what kept the others was mended by its kind, too.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from ruamel.yaml import YAML

from pipeline.commands import queue
from pipeline.run import run
from pipeline.steps.job import RunOptions

HERE = Path(__file__).resolve().parent
SEASONS = ("season", *(f"season_{number}" for number in range(2, 8)))
DAYS = 71
HOUR = timedelta(hours=7)  # of a morning's run


@dataclass(frozen=True, slots=True)
class Use:
    """A message that was suggested with a story, or without one."""

    day: int
    company: str
    person: str
    kind: str
    story: str  # its id in season.yaml; "" without one


def load(name: str) -> dict[str, Any]:
    """Return a season as it was written."""
    found: dict[str, Any] = YAML(typ="safe").load((HERE / f"{name}.yaml").read_text("utf-8"))
    return found


def link_of(story: Mapping[str, Any]) -> str:
    """Return the address under which a story is published."""
    return f"https://{story['outlet']}/{story['id']}"


def play(root: Path, season: Mapping[str, Any], days: int = DAYS) -> list[Use]:
    """Live the season in a workspace of that folder; return what was suggested."""
    _write_workspace(root, season)
    start = datetime.combine(season["starts"], datetime.min.time(), UTC)
    by_link = {link_of(story): story["id"] for story in season["stories"]}
    used: dict[int, Use] = {}
    sent = 0
    for day in range(1, days):
        now = start + timedelta(days=day) + HOUR
        _write_notes(root, season, now)
        _write_feeds(root, season, day, start)
        run(root, now, RunOptions(early=True))
        for item in queue.still_open(root):
            suggestion = item.suggestion
            if item.id in used and item.status == "suggested":
                queue.change(root, item.id, "sent", now)
                sent += 1
                if sent % 2 == 0:
                    queue.change(root, item.id, "answered", now + timedelta(minutes=1))
                continue
            story = by_link.get(suggestion.reference.link, "")
            person, kind = suggestion.person, suggestion.kind
            used.setdefault(item.id, Use(day, suggestion.company, person, kind, story))
    return list(used.values())


def _write_workspace(root: Path, season: Mapping[str, Any]) -> None:
    companies = {
        company["slug"]: {
            "name": company["name"],
            "aliases": list(company["aliases"]),
            "industry": list(company["industry"]),
            "website": next(
                story["outlet"]
                for story in season["stories"]
                if story.get("own") and story.get("company") == company["slug"]
            ),
            "feeds": [f"feeds/{company['slug']}.xml", f"feeds/{company['slug']}-own.xml"],
        }
        for company in season["companies"]
    }
    topics = {
        topic["slug"]: {"feeds": [f"feeds/{topic['slug']}.xml"]} for topic in season["topics"]
    }
    signed = {"drafts": {"name": "Robin Hale"}}
    feeds = {"settings": signed, "companies": companies, "topics": topics}
    (root / "data" / "notes").mkdir(parents=True)
    (root / "feeds").mkdir()
    with (root / "feeds.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump(feeds, file)
    lines = "\n".join(f"- {line}" for line in season["profile"])
    (root / "data" / "profile.md").write_text(lines, encoding="utf-8")


def _write_notes(root: Path, season: Mapping[str, Any], now: datetime) -> None:
    """Write the notes of each interview on the day after it was."""
    for company in season["companies"]:
        path = root / "data" / "notes" / f"{company['slug']}.md"
        if path.exists() or company["interviewed"] >= now.date():
            continue
        people = "".join(
            f'  - {{name: "{one["name"]}", title: "{one["title"]}", email: {one["email"]}}}\n'
            for one in company["interviewers"]
        )
        path.write_text(
            f"---\ncompany: {company['slug']}\nrole: {company['role']}\n"
            f"interviewed: {company['interviewed']}\ndecision_expected: {company['expected']}\n"
            f"interviewers:\n{people}---\n{company['notes']}",
            encoding="utf-8",
        )


def _write_feeds(root: Path, season: Mapping[str, Any], day: int, start: datetime) -> None:
    """Write each feed with what was published until that morning."""
    names = [topic["slug"] for topic in season["topics"]]
    for company in season["companies"]:
        names += [company["slug"], f"{company['slug']}-own"]
    for name in names:
        told = [one for one in season["stories"] if one["day"] < day and _feed_of(one) == name]
        (root / "feeds" / f"{name}.xml").write_text(_rss(name, told, start), encoding="utf-8")


def _feed_of(story: Mapping[str, Any]) -> str:
    if "topic" in story:
        return str(story["topic"])
    return f"{story['company']}-own" if story.get("own") else str(story["company"])


def _rss(name: str, stories: Iterable[Mapping[str, Any]], start: datetime) -> str:
    rows = "".join(
        f"<item><title>{escape(story['title'])}</title><link>{link_of(story)}</link>"
        f"<guid>{link_of(story)}</guid>"
        f"<pubDate>{format_datetime(start + timedelta(days=story['day'], hours=12))}</pubDate>"
        f'<source url="https://{story["outlet"]}">{_named(story["outlet"])}</source>'
        f"<description>{escape(story['text'])}</description></item>"
        for story in stories
    )
    return f'<rss version="2.0"><channel><title>{name}</title>{rows}</channel></rss>'


def _named(outlet: str) -> str:
    """Return how an outlet calls itself: "Harbour Post" of "harbour-post.example"."""
    return outlet.split(".")[0].replace("-", " ").title()


def events_of(season: Mapping[str, Any]) -> dict[str, str]:
    """Return the first telling of each story's event."""
    return {story["id"]: story.get("same_as", story["id"]) for story in season["stories"]}


def opportunities_of(season: Mapping[str, Any]) -> frozenset[str]:
    """Return the events that are opportunities, but for those in the shadow of bad news."""
    events = events_of(season)
    return frozenset(
        events[one["id"]]
        for one in season["stories"]
        if one["expect"] == "opportunity" and not one.get("shadow")
    )


def main() -> None:
    """Play the seasons and say what came of them."""
    for name in SEASONS:
        print(f"\n== {name}")
        _tell(load(name))


def _tell(season: Mapping[str, Any]) -> None:
    stories = {story["id"]: story for story in season["stories"]}
    events = events_of(season)
    with tempfile.TemporaryDirectory() as folder:
        used = play(Path(folder) / "workspace", season)
    told = Counter(stories[use.story]["expect"] if use.story else "no story" for use in used)
    wanted = opportunities_of(season)
    taken = wanted & {events[use.story] for use in used if use.story}
    print(f"{len(used)} messages suggested: {dict(told)}")
    print(f"{len(taken)} of {len(wanted)} opportunities taken")
    for use in used:
        story = stories.get(use.story)
        mark = story["expect"] + (" IN THE SHADOW" if story.get("shadow") else "") if story else "-"
        title = f"{story.get('kind', '')} {story['title']}" if story else ""
        print(f"day {use.day:2} {use.company:12} {use.kind:12} {use.person:22} {mark:12} {title}")
    for name in sorted(wanted - taken):
        one = stories[name]
        print(f"missed: day {one['day']} {one.get('company', one.get('topic'))}: {one['title']}")


if __name__ == "__main__":
    sys.exit(main())
