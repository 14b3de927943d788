"""The picture in README is one of the demo's page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chromium import CHROMIUM
from tests.picture import PICTURE, make_picture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


def test_the_picture_can_be_made_again_from_the_demo(tmp_path: Path) -> None:
    """`make picture` shows two suggestions, at the size of the picture in docs/, under 200 kB."""
    again = tmp_path / "page.png"
    text = make_picture(again, tmp_path)
    assert "Thank-you to Renata Kowalczyk" in text
    assert "A contribution for Tom Adeyemi" in text
    made, kept = again.read_bytes(), PICTURE.read_bytes()
    assert made[:24] == kept[:24]  # the format, the width and the height
    assert len(kept) < 200_000
