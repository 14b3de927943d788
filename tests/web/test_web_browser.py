"""The page's buttons in a real browser: Debian's chromium, led through a pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chromium import AXE, CHROMIUM, Browser
from tests.sample_workspace import AS_OF, SampleWorkspace

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]
READY = "document.readyState == 'complete' && location.search == '' && document.querySelector('h1')"
AFTER = "document.readyState == 'complete' && location.search == '?done={}'"
ONE, TWO = "form[aria-labelledby=title-1]", "form[aria-labelledby=title-2]"


@pytest.fixture
def address(desk: SampleWorkspace) -> Iterator[str]:
    """The address that the command prints."""
    command = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(desk.root), "serve"]
    with subprocess.Popen(
        [*command, "--as-of", AS_OF],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_PROXY": "*"},
    ) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=20)
        assert server.returncode == 0
        assert (
            said
            == "Press Ctrl-C to stop. The page is at\nStopped. Everything you recorded is saved.\n"
        )


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with Browser(tmp_path) as one:
        yield one


def test_a_morning_by_clicking(browser: Browser, address: str, desk: SampleWorkspace) -> None:
    """Change the text, send, take back, put off: and nothing is repeated by loading again."""
    browser.open(address)
    browser.wait_until(READY)

    browser.click("#body-1")
    browser.call("Input.dispatchKeyEvent", type="keyDown", commands=["selectAll"])
    browser.type("Dear Tom,\n\nthe quay at night & <you>.\n\nSam")
    browser.click(f"{ONE} [value=keep]")
    browser.wait_until(AFTER.format(1))
    assert "changes are saved" in browser.text()
    assert desk.touchpoint(1).draft.body == "Dear Tom,\n\nthe quay at night & <you>.\n\nSam\n"

    browser.click(f"{ONE} [value=sent]")
    browser.wait_until(AFTER.format(2))
    assert desk.statuses() == ["sent", "suggested"]
    browser.call("Page.reload")
    browser.wait_until(f"document.readyState == 'complete' && !document.querySelector('{ONE}')")
    assert len(desk.contacts()) == 1

    browser.click("#said button")
    browser.wait_until(AFTER.format(3))
    assert desk.statuses() == ["suggested", "suggested"]

    browser.evaluate("document.querySelector('#day-2').value = '2026-11-28'")
    browser.click(f"{TWO} [value=later]")
    browser.wait_until(AFTER.format(4))
    assert "put off until Saturday 28 November" in browser.text()
    assert desk.statuses() == ["suggested", "snoozed"]
    assert browser.messages == []


def test_by_keyboard_alone(browser: Browser, address: str, desk: SampleWorkspace) -> None:
    """Every control comes in the order of the page; enter in a line keeps, and sends nothing."""
    browser.open(address)
    browser.wait_until(READY)
    reached = []
    for _ in range(60):
        browser.press("Tab")
        here = browser.evaluate("document.activeElement.id || document.activeElement.value || ''")
        reached.append(here)
        if here == "wrong-company" or (here == "not-for-me" and "body-2" in reached):
            break
    order = [
        "to-1",
        "subject-1",
        "body-1",
        "keep",
        "sent",
        "later",
        "day-1",
        "not-for-me",
        "body-2",
    ]
    places = [reached.index(name) for name in order]
    assert places == sorted(places)

    browser.evaluate("document.querySelector('#subject-1').focus()")
    browser.press("End")
    browser.type("!")
    browser.press("Enter")
    browser.wait_until(AFTER.format(1))
    assert desk.moves() == ["edited"]
    assert desk.touchpoint(1).draft.subject.endswith("!")
    # What was said is where reading and tabbing go on.
    assert browser.evaluate("document.activeElement.id") == "said"


def test_it_fits_a_phone_and_is_big_enough_to_tap(browser: Browser, address: str) -> None:
    """No sideways scroll at 320 pixels, by day and night; targets of 44 pixels."""
    browser.open(address)
    browser.wait_until(READY)
    for width in (320, 390, 1200):
        browser.size(width)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        small = "[...document.querySelectorAll('button, .button')].filter("
        small += "(one) => one.getBoundingClientRect().height < 44).length"
        assert browser.evaluate(small) == 0
    browser.dark()
    paper = "getComputedStyle(document.querySelector('.card')).backgroundColor"
    assert browser.evaluate(paper) == "rgb(26, 32, 41)"
    assert browser.messages == []


def test_a_page_elsewhere_cannot_press_a_button(
    browser: Browser, address: str, desk: SampleWorkspace, tmp_path: Path
) -> None:
    """A form on a page of another origin, sent by its script in the same browser: refused."""
    browser.open(address)
    browser.wait_until(READY)
    bare = address.partition("?")[0]
    secret = browser.evaluate("document.querySelector('[name=form]').value")
    evil = tmp_path / "evil.html"
    evil.write_text(
        f'<form method="post" action="{bare}answer"><input name="form" value="{secret}">'
        '<input name="number" value="1"><input name="do" value="sent"></form>'
        "<script>document.forms[0].submit()</script>"
    )
    browser.open(evil.as_uri())
    browser.wait_until("document.body.innerText.includes('not on this page')")
    assert desk.moves() == []


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")
def test_axe_finds_nothing(browser: Browser, desk: SampleWorkspace, address: str) -> None:
    """WCAG 2.2 A and AA, on a phone, by day and by night, with something said and bad news held.

    What is held has two buttons: it isn't bad, and it is another company's.
    """
    desk.read_bad_news()
    browser.size(390)
    browser.open(address)
    browser.wait_until(READY)
    browser.click(f"{ONE} [value=sent]")
    browser.wait_until(AFTER.format(1))
    assert browser.evaluate("document.querySelectorAll('form[action=\"/release\"]').length") == 2
    for _ in ("day", "night"):
        assert browser.axe() == []
        browser.dark()
