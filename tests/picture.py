"""Makes docs/page.png from the demo's own page: `make picture`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.chromium import Browser

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "page.png"
WIDTH, HEIGHT = 760, 1500  # the list of both suggestions, the first whole, the second begun


def make_picture(target: Path, folder: Path) -> str:
    """Run the demo of a fixed morning in a folder, keep its page as PNG, return the page's text."""
    demo = folder / "demo"
    subprocess.run(
        [
            *(sys.executable, "-m", "pipeline.cli.main", "demo"),
            *("--as-of", "2026-11-24T08:00+00:00", "--into", str(demo)),
        ],
        check=True,
        capture_output=True,
        env=os.environ | {"TZ": "UTC"},
    )
    with Browser(folder) as browser:
        browser.size(WIDTH, HEIGHT)
        browser.dark(False)
        browser.open((demo / "data" / "digests" / "latest.html").as_uri())
        browser.picture(target)
        return browser.text()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        make_picture(PICTURE, Path(made))
