"""What one run did: counts in and out of each stage, problems, seconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.records import Digest, Plan, Problem, Reading, State, Touchpoint, Workspace, to_plain
from pipeline.steps.reading import troubles
from pipeline.steps.scoring import Found
from pipeline.store import news


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did: counts in and out of each stage, problems, seconds."""

    day: date
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    seconds: Mapping[str, float]
    digest: Digest
    waits: bool = False  # for the morning: the digest is as it would be now, and was not written
    moves: tuple[str, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)


def report_of(
    db: sqlite3.Connection,
    workspace: Workspace,
    readings: Sequence[Reading],
    articles: int,
    plan: Plan,
    moves: Sequence[tuple[Touchpoint, State, str]],
    digest: Digest,
    found: Found,
    stories: int,
    seconds: Mapping[str, float],
) -> Report:
    """Count what came in and went out of each stage."""
    outcomes = [reading.outcome for reading in readings]
    refused: dict[str, int] = {}
    for reason in (reason for reading in readings for reason in reading.refused):
        refused[reason] = refused.get(reason, 0) + 1
    return Report(
        day=digest.day,
        counts={
            "feeds": len(readings),
            "feeds_new": outcomes.count("new"),
            "feeds_same": outcomes.count("same"),
            "feeds_failed": outcomes.count("failed"),
            "feeds_resting": outcomes.count("resting"),
            "articles_read": articles,
            "articles_stored": news.article_count(db),
            "stories": stories,
            "matches": sum(match.shown for group in found.values() for match in group),
            "sensitive": sum(match.sensitive for group in found.values() for match in group),
            "suggested": len(plan.suggestions),
            "held": len(plan.held),
        },
        problems=(*workspace.problems, *troubles(readings)),
        seconds=seconds,
        digest=digest,
        moves=tuple(f"{old.id} {status}: {because}" for old, status, because in moves),
        refused=dict(sorted(refused.items())),
    )


def report_plain(report: Report) -> dict[str, Any]:
    """Return the report as `run --json` prints it."""
    return {
        "day": report.day.isoformat(),
        "waits": report.waits,
        **report.counts,
        "refused": dict(report.refused),
        "moves": list(report.moves),
        "problems": [to_plain(problem) for problem in report.problems],
        "seconds": {stage: round(value, 3) for stage, value in report.seconds.items()},
    }
