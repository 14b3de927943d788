"""`touchpoints fleet run` and `fleet status`, as commands."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.fleet.office import COMPANIES, NOW, Office

HALDEN, NORVIK, *_ = COMPANIES


@pytest.fixture
def office(tmp_path: Path, httpserver: HTTPServer) -> Office:
    """Two candidates who had talks yesterday, and one whose feeds.yaml is none."""
    made = Office(tmp_path, httpserver)
    made.enrol("ada", HALDEN, NORVIK)
    made.enrol("ben", HALDEN, person="Ida Moe")
    made.enrol("gus", HALDEN).joinpath("feeds.yaml").write_text("companies: {halden: [}")
    return made


def fleet(office: Office, now: datetime, *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "pipeline.cli.main", "fleet", words[0], str(office.folder)]
    command = [*program, "--as-of", now.isoformat(), *words[1:]]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_a_round_and_who_is_to_say_thanks(office: Office) -> None:
    """Who was served and who not; to whom thanks are due, until it is too late; no notes."""
    done = fleet(office, NOW, "run", "--workers", "2", "--json")
    assert done.returncode == 1
    assert [(row["candidate"], row["outcome"]) for row in rows(done)] == [
        ("ada", "served"),
        ("ben", "served"),
        ("gus", "failed"),
    ]
    assert done.stderr.startswith("gus: feeds.yaml has one mistake")
    assert office.asked["/halden"] == 1
    listed = fleet(office, NOW, "status")
    assert listed.stdout.splitlines() == [
        "ada: Aud Lunde at Halden Freight, from 24 Nov 09:00 UTC",
        "ada: Aud Lunde at Norvik Lines, from 24 Nov 09:00 UTC",
        "ben: Ida Moe at Halden Freight, from 24 Nov 09:00 UTC",
        "gus: cannot be read (WorkspaceWrong)",
    ]
    told = json.dumps([rows(done), rows(fleet(office, NOW, "status", "--json"))])
    assert not [word for word in ("quay", "trucks", "boat", "ramp-up") if word in told]
    late = fleet(office, NOW + timedelta(days=30), "status")
    assert late.stdout.splitlines() == ["gus: cannot be read (WorkspaceWrong)"]


def test_a_folder_without_candidates_is_told(tmp_path: Path) -> None:
    """In one sentence that says what belongs there, with exit code 1."""
    command = [sys.executable, "-m", "pipeline.cli.main", "fleet", "run", str(tmp_path)]
    done = subprocess.run(
        [*command, "--as-of", NOW.isoformat()], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"There is no candidate in {tmp_path}")
