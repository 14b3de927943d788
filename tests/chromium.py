"""Debian's chromium without a window, led by its own protocol through a pipe: no driver, no port.

A page may forbid scripts: the protocol's own evaluation is not held back by that, and keys and
clicks arrive as a user's do.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars", "--enable-logging=stderr"),
)
AXE = Path(__file__).parent / "digest" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = [f"wcag{version}{level}" for version in ("2", "21", "22") for level in ("a", "aa")]
RULES = json.dumps({"runOnly": [*_TAGS, "best-practice"]})  # what axe-core looks for
# Chromium reads from its file 3 and writes to its file 4.
START = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3), os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """One tab; `with Browser(folder) as browser`."""

    def __init__(self, folder: Path, *flags: str) -> None:
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-c", START, str(to_read), str(to_write), str(CHROMIUM)),
                *(*FLAGS, *flags, "--remote-debugging-pipe"),
                *(f"--user-data-dir={folder / 'profile'}", "about:blank"),
            ],
            pass_fds=(to_read, to_write),
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._count = 0
        self._rest = b""
        self.events: list[dict[str, Any]] = []
        self._session = ""
        tab = next(
            one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"
        )
        attached = self.call("Target.attachToTarget", targetId=tab["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._to)
        self._process.kill()
        self._process.wait()
        os.close(self._from)

    def call(self, method: str, **parameters: Any) -> Any:
        """Ask the browser to do something; return what it answers."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._from, 65536)
            assert more, "chromium has ended"
            self._rest += more
        text, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(text)
        return found

    @property
    def requests(self) -> list[str]:
        """Every address that was asked for since `open`."""
        asked = (event for event in self.events if event["method"] == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in asked]

    @property
    def messages(self) -> list[str]:
        """What the console says since `open`."""
        names = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        return [json.dumps(event["params"]) for event in self.events if event["method"] in names]

    def open(self, address: str) -> None:
        """Go to an address, and wait until everything is there."""
        self.events = []
        self._and_wait(lambda: self.call("Page.navigate", url=address))

    def evaluate(self, script: str) -> Any:
        """Return the value of an expression on the page, or what it promises."""
        done = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def wait_until(self, script: str) -> None:
        """Wait until an expression is true, also over the page's end."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            done = self.call("Runtime.evaluate", expression=f"!!({script})", returnByValue=True)
            if done["result"].get("value"):
                return
            time.sleep(0.1)
        raise AssertionError(f"never true: {script}\n{self.text()}")

    def text(self) -> str:
        """Return what a reader sees."""
        return str(self.evaluate("document.body.innerText"))

    def _and_wait(self, act: Any) -> None:
        self.events = [event for event in self.events if event["method"] != "Page.loadEventFired"]
        act()
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def click(self, selector: str) -> None:
        """Click in the middle of an element, as a user does."""
        place = self.evaluate(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            " one.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const r = one.getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2] })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent",
                type=kind, x=place[0], y=place[1], button="left", clickCount=1,
            )  # fmt: skip

    def press(self, key: str) -> None:
        """Press a key: "Tab", "Enter"."""
        code = {"Tab": 9, "Enter": 13, "End": 35}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        down = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", **down, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **down)

    def type(self, text: str) -> None:
        """Type a text where the cursor is."""
        self.call("Input.insertText", text=text)

    def size(self, width: int, height: int = 900) -> None:
        """Give the window a size."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    def dark(self, dark: bool = True) -> None:
        """Let the user like it dark, and nothing in motion."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.call("Emulation.setEmulatedMedia", media="", features=[scheme, still])

    def axe(self) -> list[str]:
        """Return what axe-core objects to on the page, by the rules of WCAG 2.2 A and AA."""
        self.evaluate(AXE.read_text("utf-8") + "; 1")
        found = self.evaluate(
            f"axe.run(document, {RULES}).then((found) => found.violations.map((one) =>"
            " one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.html + ' '"
            " + node.failureSummary).join(' | ')))"
        )
        return list(found)

    def picture(self, path: Path) -> None:
        """Keep what the window shows as a PNG file."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def paper(self, path: Path) -> None:
        """Keep the page as it prints."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        path.write_bytes(base64.b64decode(printed["data"]))
