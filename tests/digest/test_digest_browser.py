"""The page in a real browser: Debian's chromium, headless."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from pipeline.digest.page import page
from pipeline.records import Digest
from tests.digest.days import BUSY, QUIET, entry, filled_with

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed"),
]

CROWDED = Digest(
    BUSY.day,
    "Tuesday 24 November: 200 things to do",
    entries=tuple(entry(id=number) for number in range(200)),
    footer=BUSY.footer,
)
LONG_WORDS = filled_with(
    "Donaudampfschifffahrtsgesellschaft" * 30, "https://a.example/" + "b" * 900
)

# The page in a frame of a phone's width; its title then says how wide it came out, and how many
# links and buttons one reaches.
HARNESS = """<!doctype html><title>wait</title>
<iframe id="f" src="/page" width="{width}" height="600" style="border:0"></iframe>
<script>
document.getElementById("f").onload = function () {{
  var d = this.contentDocument;
  document.title = "width " + d.documentElement.scrollWidth
    + " headings " + Array.from(d.querySelectorAll("h1,h2,h3")).map(e => e.tagName[1]).join("")
    + " styled " + getComputedStyle(d.querySelector("main")).maxWidth;
}};
</script>"""


def browse(address: str, tmp_path: Path) -> tuple[str, str]:
    """Return the page as the browser has it, and what it logged."""
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=4000",
            "--dump-dom",
            address,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return done.stdout, "\n".join(console)


@pytest.mark.parametrize(
    ("digest", "width"),
    [(BUSY, 320), (QUIET, 320), (LONG_WORDS, 320), (CROWDED, 320), (BUSY, 1200)],
)
def test_the_page_fits_and_is_silent(
    digest: Digest, width: int, httpserver: HTTPServer, tmp_path: Path
) -> None:
    """No sideways scrolling, no console message, no request but for the page; the style applies."""
    harness = HARNESS.format(width=width)
    httpserver.expect_request("/").respond_with_data(harness, content_type="text/html")
    httpserver.expect_request("/page").respond_with_data(
        page(digest), content_type="text/html; charset=utf-8"
    )
    dom, console = browse(httpserver.url_for("/"), tmp_path)

    found = re.search(r"<title>width (\d+) headings (\d+) styled (\S+)</title>", dom)
    assert found, dom[:300]
    assert int(found.group(1)) <= width
    assert found.group(2).startswith("1")
    assert found.group(3) == "704px"
    assert console == ""
    asked = {request.path for request, _ in httpserver.log} - {"/favicon.ico"}
    assert asked == {"/", "/page"}
