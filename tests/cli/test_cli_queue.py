"""What the user says of a message: put off, answered, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.program import Done, touchpoints
from tests.sample_workspace import AS_OF, SampleWorkspace


@pytest.fixture
def desk(tmp_path: Path) -> SampleWorkspace:
    return SampleWorkspace(tmp_path)


def say(desk: SampleWorkspace, *words: str, code: int = 0, as_of: str = AS_OF) -> Done:
    return touchpoints(*words, "--as-of", as_of, cwd=desk.root, code=code)


def test_a_thank_you_is_not_put_off_until_it_is_of_no_use(desk: SampleWorkspace) -> None:
    """It comes back on the last day of its week, unless one insists; on that day it cannot wait."""
    done = say(desk, "later", "1", "2026-12-08")
    assert "of no use after Sunday 29 November: it comes back on that day." in done.stderr
    assert "`touchpoints later 1 2026-12-08 --anyway`" in done.stderr
    until = desk.touchpoint(1).until
    assert until and until.isoformat() == "2026-11-29T00:00:00+00:00"

    last = say(desk, "later", "1", "2026-12-08", code=1, as_of="2026-11-29T08:00+00:00")
    assert "so it cannot wait" in last.stderr
    say(desk, "later", "1", "2026-12-08", "--anyway")
    until = desk.touchpoint(1).until
    assert until and until.date().isoformat() == "2026-12-08"
