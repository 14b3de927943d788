"""What the answers of the set-up mean, each by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.workspace.setup_answers import Ground, Unclear, read_own_name


@pytest.mark.parametrize(
    ("typed", "is_name"),
    [
        ("Maria del Carmen Ruiz y Soler", True),
        ("", True),  # left open
        ("talked about: yeast going flat", False),
        ("they want somebody who stays for years", False),
    ],
)
def test_a_line_of_the_notes_is_no_name_to_sign_with(typed: str, is_name: bool) -> None:
    """It would end every message."""
    found = read_own_name(typed, Ground(datetime(2026, 11, 25, tzinfo=UTC), "UTC"))
    assert isinstance(found, Unclear) is not is_name
