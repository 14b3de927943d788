"""The calendar in a real program: Debian's khal, into which it is imported twice."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.digest.calendar import Appointment, Revision, calendar, revise
from tests.conftest import days

KHAL = shutil.which("khal")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(KHAL is None, reason="khal is not installed"),
]
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
CONFIG = """[calendars]
[[mine]]
path = {folder}/mine
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/{name}.db
"""


def at(local: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN, fold=fold).astimezone(UTC)


FIRST = (
    Appointment("a@touchpoints.invalid", "Thank Zoë; or not, Györgyi", at=at("2026-10-24 09:00")),
    Appointment("b@touchpoints.invalid", "Night", at=at("2026-10-25 02:30", fold=1)),
    Appointment("c@touchpoints.invalid", "Decision", day=date(2026, 10, 25)),
    Appointment("d@touchpoints.invalid", "Check-in", at=at("2026-10-26 09:00"), text="a\n\nb, c"),
)


class Khal:
    """One person's calendar, looked at from anywhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, zone: str, *arguments: str) -> str:
        name = zone.replace("/", "-")
        config = self.folder / f"{name}.conf"
        config.write_text(CONFIG.format(folder=self.folder, zone=zone, name=name))
        command = [str(KHAL), "--config", str(config), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def take(self, revisions: tuple[Revision, ...]) -> None:
        file = self.folder / "touchpoints.ics"
        file.write_bytes(calendar(revisions).encode())
        self("Europe/Berlin", "import", "--batch", "-a", "mine", str(file))

    def shown(self, zone: str) -> list[str]:
        form = "{start-date} {start-time} {cancelled}{title}"
        out = self(zone, "list", "--day-format", "", "--format", form, "2026-10-20", "10d")
        return out.splitlines()


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path)


def test_times_are_right_on_both_sides_of_summer_time_and_of_the_ocean(khal: Khal) -> None:
    """Nine in Berlin before and after the change; the second 02:30; a day is the same day."""
    khal.take(revise((), FIRST, NOW))
    assert khal.shown("Europe/Berlin") == [
        "2026-10-24 09:00 Thank Zoë; or not, Györgyi",
        "2026-10-25  Decision",
        "2026-10-25 02:30 Night",
        "2026-10-26 09:00 Check-in",
    ]
    assert khal.shown("America/New_York") == [
        "2026-10-24 03:00 Thank Zoë; or not, Györgyi",
        "2026-10-24 21:30 Night",
        "2026-10-25  Decision",
        "2026-10-26 04:00 Check-in",
    ]


def test_a_second_import_updates_and_cancels_instead_of_doubling(khal: Khal) -> None:
    """One is later, one on another day, one is gone: still four events, of which one cancelled."""
    thanks, night, decision, _ = FIRST
    before = revise((), FIRST, NOW)
    khal.take(before)
    changed = (
        replace(thanks, at=at("2026-10-24 11:00")),
        night,
        replace(decision, day=date(2026, 10, 27)),
    )
    khal.take(revise(before, changed, NOW + days(1)))
    assert khal.shown("Europe/Berlin") == [
        "2026-10-24 11:00 Thank Zoë; or not, Györgyi",
        "2026-10-25 02:30 Night",
        "2026-10-26 09:00 CANCELLED No longer: Check-in",
        "2026-10-27  Decision",
    ]
