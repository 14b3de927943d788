"""The page in a real browser: Debian's chromium, without a window."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from pipeline.digest.html_page import page
from pipeline.digest.mailto import mailto
from pipeline.records import Draft
from tests.chromium import CHROMIUM, FLAGS
from tests.digest import pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]

# A frame is as narrow as one likes; chromium's own window is not. The frame's page may run no
# script, so this one, from the same server, measures it: folded and unfolded.
RULER = """<!doctype html><link rel="icon" href="data:,"><body style="margin:0"><pre id="out"></pre>
<script>
const result = {};
for (const [key, width] of [["phone", 390], ["small", 320], ["desk", 1200]]) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${width}px;height:900px;border:0`;
  frame.src = "/page.html";
  frame.onload = () => {
    const inside = frame.contentDocument;
    inside.querySelectorAll("details").forEach((one) => { one.open = true; });
    const body = frame.contentWindow.getComputedStyle(inside.body);
    const small = [...inside.querySelectorAll("summary, .button")]
      .filter((one) => one.getBoundingClientRect().height < 24);
    result[key] = {
      wide: inside.documentElement.scrollWidth - width, paper: body.backgroundColor,
      ink: body.color, small: small.length, tall: inside.documentElement.scrollHeight,
    };
    document.getElementById("out").textContent = JSON.stringify(result);
  };
  document.body.append(frame);
}
</script>"""

ZERO = {"phone": 0, "small": 0, "desk": 0}

Look = Callable[..., tuple[dict[str, Any], str]]


@pytest.fixture
def look(httpserver: HTTPServer, tmp_path: Path) -> Look:
    """Return a function that opens a page at three widths; it gives measures and the log."""

    def measure(text: str, *flags: str) -> tuple[dict[str, Any], str]:
        httpserver.expect_request("/page.html").respond_with_data(text, content_type="text/html")
        httpserver.expect_request("/ruler").respond_with_data(RULER, content_type="text/html")
        out = _chromium(tmp_path, "--dump-dom", *flags, httpserver.url_for("/ruler"))
        found = re.search(r'<pre id="out">(.*?)</pre>', out.stdout, re.DOTALL)
        assert found, out.stderr
        return json.loads(html.unescape(found[1])), out.stderr

    return measure


def _chromium(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            str(CHROMIUM),
            *FLAGS,
            "--virtual-time-budget=5000",
            f"--user-data-dir={folder / 'profile'}",
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


@pytest.mark.parametrize("name", ["BUSY", "QUIET", "CROWDED", "HOSTILE"])
def test_the_page_fits_every_screen_and_complains_of_nothing(look: Look, name: str) -> None:
    """No sideways scroll at 320 px, unfolded too; targets of 24 px; no message on the console."""
    measures, log = look(page(getattr(pages, name)))
    assert {key: one["wide"] for key, one in measures.items()} == ZERO
    assert "CONSOLE" not in log
    assert {key: one["small"] for key, one in measures.items()} == ZERO


def test_the_style_sheet_passes_the_policy_by_day_and_by_night(look: Look) -> None:
    """The hash is the right one: the paper has its colour, and another one in the dark."""
    day, _ = look(page(pages.BUSY), "--blink-settings=preferredColorScheme=1")
    night, _ = look(page(pages.BUSY), "--blink-settings=preferredColorScheme=0")
    assert day["desk"]["paper"] == "rgb(247, 245, 240)"
    assert night["desk"]["paper"] == "rgb(18, 22, 28)"


def test_opening_the_page_asks_nobody_for_anything(httpserver: HTTPServer, tmp_path: Path) -> None:
    """One request, for the page itself, though every field holds addresses."""
    address = httpserver.url_for("/spy")
    digest = pages.filled_with(f'<img src="{address}"><link rel=stylesheet href="{address}">')
    httpserver.expect_request("/page.html").respond_with_data(
        page(digest), content_type="text/html"
    )
    _chromium(tmp_path, "--dump-dom", httpserver.url_for("/page.html"))
    assert [request.path for request, _ in httpserver.log] == ["/page.html"]


def test_a_script_that_gets_in_all_the_same_does_not_run(look: Look) -> None:
    """The policy is the third wall, behind cleaning and escaping."""
    hole = "<script>document.body.style.width = '5000px'</script><p style='width:5000px'>x</p>"
    measures, log = look(page(pages.QUIET).replace("</main>", f"{hole}</main>"))
    assert measures["small"]["wide"] == 0
    assert "Content Security Policy" in log


def test_a_company_keeps_its_words_whole_and_a_hint_its_distance(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    """In a window of 500 pixels: each word of the name on one line; no hint at the card's edge."""
    row = replace(pages.BUSY.companies[0], company="Halden Frachtschifffahrt")
    draft = Draft("", "", "Dear Ana,\n\nthank you.\n", channel="linkedin")
    entry = replace(pages.BUSY.entries[0], draft=draft, mailto="")
    shown = page(replace(pages.BUSY, companies=(row,), entries=(entry,)))
    reader = """<link rel="icon" href="data:,"><pre id="out"></pre>
    <iframe src="/page.html" style="width:500px;height:900px;border:0" onload="
      const inside = this.contentDocument, words = inside.createRange();
      const name = inside.querySelector('.standing tbody th').firstChild;
      words.setStart(name, name.data.indexOf('Fracht'));
      words.setEnd(name, name.data.indexOf('fahrt') + 5);
      const left = (one) => one.getBoundingClientRect().left;
      const hint = words.cloneRange();
      hint.selectNodeContents(inside.querySelector('.draft > .source'));
      out.textContent = JSON.stringify(
        [words.getClientRects().length, left(hint) - left(inside.querySelector('.draft'))])">"""
    httpserver.expect_request("/page.html").respond_with_data(shown, content_type="text/html")
    httpserver.expect_request("/reader").respond_with_data(reader, content_type="text/html")
    out = _chromium(tmp_path, "--dump-dom", httpserver.url_for("/reader")).stdout
    found = re.search(r'<pre id="out">(.*?)</pre>', out, re.DOTALL)
    assert found
    lines, distance = json.loads(found[1])
    assert lines == 1
    assert distance >= 8  # pixels


def test_the_page_prints(tmp_path: Path) -> None:
    """On paper: a file of a few pages, made without a complaint."""
    source, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_text(page(pages.BUSY), encoding="utf-8")
    _chromium(tmp_path, f"--print-to-pdf={paper}", "--no-pdf-header-footer", source.as_uri())
    pdf = paper.read_bytes()
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6


def test_the_browser_hands_on_the_mail_link_as_it_is(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    """To the letter, whatever is in the draft: one recipient, a subject and a body."""
    subject = 'Köln & more? "50 %" <b>+</b>\r\nBcc: eve@example.com'
    draft = Draft("a&cc=b@example.com", subject, f"Dear Ana,\n\n{subject}\u202e\x00 🙂")
    entry = replace(pages.BUSY.entries[0], draft=draft, mailto=mailto(draft))
    reader = """<link rel="icon" href="data:,"><pre id="out"></pre>
    <iframe src="/page.html" onload="out.textContent = JSON.stringify(
      [...this.contentDocument.querySelectorAll('a[href^=mailto]')].map((one) => one.href))">"""
    digest = replace(pages.BUSY, entries=(entry,))
    httpserver.expect_request("/page.html").respond_with_data(
        page(digest), content_type="text/html"
    )
    httpserver.expect_request("/reader").respond_with_data(reader, content_type="text/html")
    out = _chromium(tmp_path, "--dump-dom", httpserver.url_for("/reader")).stdout
    found = re.search(r'<pre id="out">(.*?)</pre>', out, re.DOTALL)
    assert found
    assert json.loads(html.unescape(found[1])) == [mailto(draft)]
    assert len(mailto(draft)) > 200
