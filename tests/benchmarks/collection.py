"""The labelled collections beside the project: news, interviews, and what each item is worth.

Takes a folder; gives values. Both forms are read: ../shared/relevance (news of 2004, all counted as
of one day) and ../shared/modern (January 2026). Nothing of them is part of the project.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from pipeline.news.clean import body_text
from pipeline.records import Article, Company, Interview, NoteLine, Profile
from pipeline.workspace.notes import parse_note, parse_profile

SHARED = Path(__file__).resolve().parents[3] / "shared"
FACETS = ("company", "topic", "interest")
USEFUL = 2  # the least grade that one would gladly send


@dataclass(frozen=True, slots=True)
class Judgment:
    """What an item is worth for an interview."""

    grade: int
    facet: str
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """An interview with its company and profile."""

    company: Company
    interview: Interview
    profile: Profile


@dataclass(frozen=True)
class Collection:
    """One labelled collection."""

    folder: Path
    now: datetime

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def articles(self) -> list[Article]:
        """Return the items as articles."""
        plain, packed = self.folder / "articles-dev.jsonl", self.folder / "items-dev.jsonl.gz"
        if plain.exists():
            with plain.open(encoding="utf-8") as lines:
                return [self._of_2004(json.loads(line)) for line in lines]
        with gzip.open(packed, "rt", encoding="utf-8") as lines:
            return [self._of_2026(json.loads(line)) for line in lines]

    def _of_2004(self, item: Mapping[str, Any]) -> Article:
        link, published = (
            f"https://news.example/{item['id']}",
            self.now - timedelta(minutes=item["id"] % 1440),
        )
        feed, number = f"feed-{item['class']}", str(item["id"])
        return Article(
            number, feed, item["title"], link, link, item["summary"], published, "feed", self.now
        )

    def _of_2026(self, item: Mapping[str, Any]) -> Article:
        published = datetime.fromisoformat(item["published"])
        return Article(
            item["id"],
            item["feed"],
            item["title"],
            item["link"],
            item["link"],
            body_text(item["summary"] or ""),
            published,
            "feed",
            self.now,
            source=item["source"],
        )

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Return the interviews."""
        return tuple(self._scenarios())

    def _scenarios(self) -> Iterator[Scenario]:
        for folder in sorted((self.folder / "scenarios").iterdir()):
            company = company_of(folder.name, YAML(typ="safe").load(folder / "company.yaml"))
            text = (folder / "notes.md").read_text("utf-8")
            interview, problems = parse_note(
                text, f"{folder.name}.md", {folder.name: company}, ZoneInfo("UTC")
            )
            assert interview is not None, problems
            profile, _ = parse_profile((folder / "profile.md").read_text("utf-8"), "profile.md")
            yield Scenario(company, _in_sections(interview), profile)

    @cached_property
    def judged(self) -> dict[str, dict[str, Judgment]]:
        """Return what each interview's items are worth."""
        found: dict[str, dict[str, Judgment]] = {}
        for line in (self.folder / "qrels-dev.tsv").read_text("utf-8").splitlines()[1:]:
            slug, item, grade, facet, sensitive, _ = line.split("\t")
            found.setdefault(slug, {})[item] = Judgment(int(grade), facet, sensitive == "1")
        return found

    def is_quiet(self, slug: str) -> bool:
        """Return whether the right answer for an interview is to suggest nothing."""
        return not any(one.grade >= USEFUL for one in self.judged.get(slug, {}).values())


def company_of(slug: str, entry: Mapping[str, Any]) -> Company:
    """Return a company of a collection."""
    return Company(
        slug,
        str(entry["name"]),
        tuple(entry.get("aliases") or ()),
        industry=tuple(entry.get("industry") or ()),
        negatives=tuple(entry.get("not") or ()),
    )


def wanted() -> tuple[Path, ...]:
    """Return where collections are looked for; $RELEVANCE_COLLECTION names others instead."""
    own = os.environ.get("RELEVANCE_COLLECTION")
    folders = tuple(map(Path, own.split(os.pathsep))) if own else ()
    return folders or (SHARED / "relevance", SHARED / "modern")


def beside_the_project() -> tuple[Collection, ...]:
    """Return the collections that are there."""
    return tuple(
        Collection(folder, _day_of(folder))
        for folder in wanted()
        if (folder / "scenarios").is_dir()
    )


def _day_of(folder: Path) -> datetime:
    is_of_2026 = (folder / "items-dev.jsonl.gz").exists()
    return (
        datetime(2026, 1, 6, 8, tzinfo=UTC) if is_of_2026 else datetime(2026, 11, 24, 8, tzinfo=UTC)
    )


def _in_sections(interview: Interview) -> Interview:
    """Return an interview whose every line has a section.

    Where a heading was not understood: the notes have the talk first, what was seen second, and
    last what the candidate can do. How well headings are understood is measured elsewhere.
    """
    seen = [line.line for line in interview.lines if line.section == "office"]
    able = [line.line for line in interview.lines if line.section == "angle"]

    def placed(line: NoteLine) -> NoteLine:
        if line.section != "other":
            return line
        if seen:
            return replace(line, section="discussed" if line.line < seen[0] else "angle")
        return replace(line, section="office" if able and line.line < able[0] else "discussed")

    return replace(interview, lines=tuple(map(placed, interview.lines)))
