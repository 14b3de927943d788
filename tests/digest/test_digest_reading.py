"""The pages as a reader meets them in chromium: on a phone, at night, by keyboard, by ear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.digest.html_index import IndexDay, index, line_of
from pipeline.digest.html_page import page
from pipeline.records import DigestLine
from tests.chromium import AXE, CHROMIUM, Browser
from tests.digest import pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]
WITH_AXE = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")

YEARS = [
    IndexDay(DigestLine(pages.TUESDAY - timedelta(days=n), pages.BUSY.headline, n % 4))
    for n in range(900)
]
PAGES = {
    "busy": page(pages.BUSY),
    "quiet": page(pages.QUIET),
    "first": page(pages.FIRST),
    "crowded": page(pages.CROWDED),
    "hostile": page(pages.HOSTILE),
    "index": index([*YEARS[1:], IndexDay(line_of(pages.BUSY))]),
}
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; }); 1"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return one browser for all of this file."""
    with Browser(tmp_path_factory.mktemp("chromium")) as one:
        yield one


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Any:
    """Return a function that opens one of the pages from a file, as the reader does."""

    def open_it(name: str, *, width: int = 1200, dark: bool = False) -> Browser:
        path = tmp_path / f"{name}.html"
        path.write_text(PAGES[name], "utf-8")
        chromium.size(width)
        chromium.dark(dark)
        chromium.open(path.as_uri())
        return chromium

    return open_it


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_is_one_file_that_asks_nobody_and_complains_of_nothing(
    opened: Any, name: str
) -> None:
    """One request, for the file itself; no message, and a refused style would be one."""
    one = opened(name)
    one.evaluate(UNFOLD)
    assert len([asked for asked in one.requests if not asked.startswith("data:")]) == 1
    assert one.messages == []


@pytest.mark.parametrize("width", [320, 390, 1200])
@pytest.mark.parametrize("name", list(PAGES))
def test_nothing_scrolls_sideways(opened: Any, name: str, width: int) -> None:
    """Not on the narrowest phone, and not when all is unfolded."""
    one = opened(name, width=width)
    for script in ("1", UNFOLD):
        one.evaluate(script)
        assert one.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", ["busy", "quiet", "first", "crowded", "hostile"])
def test_every_link_leads_to_the_web_to_the_mail_or_down_the_page(opened: Any, name: str) -> None:
    """As the browser understands them, whatever stands in the fields."""
    links = opened(name).evaluate("[...document.links].map((one) => [one.protocol, one.hash])")
    assert {scheme for scheme, _ in links} <= {"http:", "https:", "mailto:", "file:"}
    assert all(place.startswith("#suggestion-") for scheme, place in links if scheme == "file:")


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize("dark", [False, True])
@WITH_AXE
def test_axe_finds_nothing(opened: Any, name: str, dark: bool) -> None:
    """WCAG 2.2 A and AA, contrast included, by day and by night, all unfolded, on a phone."""
    one = opened(name, width=390, dark=dark)
    one.evaluate(UNFOLD)
    assert one.axe() == []


@pytest.mark.parametrize("name", ["busy", "quiet"])
def test_the_keyboard_reaches_everything_in_order(opened: Any, name: str) -> None:
    """Tab goes through every link and fold as they stand on the page, and each is seen to be at."""
    one = opened(name)
    one.evaluate(UNFOLD)
    stops = one.evaluate(
        "window.stops = [...document.querySelectorAll('a[href], summary')]; stops.length"
    )
    assert stops >= 5
    for number in range(stops):
        one.press("Tab")
        where = one.evaluate(
            "(() => { const here = document.activeElement, box = here.getBoundingClientRect();"
            " return [stops.indexOf(here), getComputedStyle(here).outlineStyle,"
            " box.bottom > 0 && box.top < innerHeight]; })()"
        )
        assert where == [number, "solid", True]


def test_a_fold_opens_by_key(opened: Any) -> None:
    """Enter on "Day by day" shows the table."""
    one = opened("busy")
    one.evaluate("document.querySelector('.stand summary').focus(); 1")
    one.call("Input.dispatchKeyEvent", type="keyDown", key="Enter", text="\r")
    assert one.evaluate("document.querySelector('.stand table').checkVisibility()")


def test_the_picture_has_its_words_and_the_table_says_them(opened: Any) -> None:
    """A screen reader hears one image with a name, and beside it a table with headed rows."""
    one = opened("busy")
    one.evaluate(UNFOLD)
    nodes = one.call("Accessibility.getFullAXTree")["nodes"]
    said = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]
    words = "Timeline from Wed 11 Nov to Fri 18 Dec; the table below says the same."
    assert ("image", words) in said or ("img", words) in said
    assert ("rowheader", "Mon 23 Nov") in said
    assert ("columnheader", "Day") in said
    assert any(role == "cell" and "Renata Kowalczyk" in name for role, name in said)


def test_glyphs_and_days_stay_inside_the_picture(opened: Any) -> None:
    """On the narrowest phone every glyph, bar and day's name lies on the card."""
    one = opened("busy", width=320)
    outside = one.evaluate(
        "[...document.querySelectorAll('.days')].flatMap((frame) => {"
        " const room = frame.getBoundingClientRect();"
        " return [...frame.querySelectorAll('.spot > :not(title), .bar, text')].filter((one) => {"
        "  const box = one.getBoundingClientRect();"
        "  return box.left < room.left - 2 || box.right > room.right + 2"
        "   || box.top < room.top - 2 || box.bottom > room.bottom + 2; })"
        " .map((one) => one.outerHTML); })"
    )
    assert outside == []


def test_two_hundred_suggestions_stay_readable(opened: Any) -> None:
    """Each is reached from the list at the top, and its letters are as large as on other days."""
    one = opened("crowded", width=390)
    assert one.evaluate("document.querySelectorAll('.todo a').length") == 200
    assert one.evaluate(
        "[...document.querySelectorAll('.todo a')].every((one) => document.querySelector(one.hash))"
    )
    sizes = one.evaluate(
        "[...new Set([...document.querySelectorAll('.body')]"
        ".map((one) => getComputedStyle(one).fontSize))]"
    )
    assert sizes == opened("busy", width=390).evaluate(
        "[getComputedStyle(document.querySelector('.body')).fontSize]"
    )


@pytest.mark.parametrize("name", ["busy", "index"])
def test_on_paper_all_is_unfolded(opened: Any, tmp_path: Path, name: str) -> None:
    """What is folded on the screen is printed; buttons are not."""
    one = opened(name)
    one.paper(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    one.call("Emulation.setEmulatedMedia", media="print")
    folded = one.evaluate(
        "[...document.querySelectorAll('details > :not(summary)')].filter((one) =>"
        " !one.closest('.answer') && !one.checkVisibility()).length"
    )
    buttons = one.evaluate(
        "[...document.querySelectorAll('.button')].filter((b) => b.checkVisibility()).length"
    )
    one.call("Emulation.setEmulatedMedia", media="")
    assert (folded, buttons) == (0, 0)
