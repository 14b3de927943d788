"""Debian's chromium without a window, driven over its pipe: what a reader with a keyboard meets."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
_TAGS = [f"wcag{version}{level}" for version in ("2", "21", "22") for level in ("a", "aa")]
RULES = json.dumps({"runOnly": [*_TAGS, "best-practice"]})  # what axe-core looks for
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars", "--enable-logging=stderr"),
)


class Browser:
    """One page, and everything that happened while it was looked at."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._buffer, self._number, self._session = b"", 0, ""
        self.requests: list[str] = []
        self.messages: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask for one thing and return the answer; what happens meanwhile is noted."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._write, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, (method, told)
                answer: dict[str, Any] = told["result"]
                return answer

    def open(self, path: Path, *, width: int = 1200, height: int = 900, dark: bool = False) -> None:
        """Open a page on a screen of that size."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.call("Emulation.setEmulatedMedia", features=[scheme, still])
        self.call("Page.navigate", url=path.as_uri())
        while self.run("document.readyState") != "complete":
            pass

    def run(self, script: str) -> Any:
        """Return the value of a script, which the page's own policy does not bind."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """Press and let go of a key."""
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )

    def axe(self) -> list[str]:
        """Return what axe-core objects to on the page, by the rules of WCAG 2.2 A and AA."""
        self.run(AXE.read_text("utf-8") + "; 1")
        found = self.run(
            f"axe.run(document, {RULES}).then((found) => found.violations.map((one) =>"
            " one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.html + ' '"
            " + node.failureSummary).join(' | ')))"
        )
        return list(found)

    def picture(self, path: Path) -> None:
        """Keep the whole page as a PNG file."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    def paper(self, path: Path) -> None:
        """Keep the page as it prints."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        path.write_bytes(base64.b64decode(printed["data"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            some = os.read(self._read, 1 << 20)
            assert some, "chromium went away"
            self._buffer += some
        first, self._buffer = self._buffer.split(b"\0", 1)
        told: dict[str, Any] = json.loads(first)
        event, said = told.get("method"), told.get("params", {})
        if event == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif event in ("Runtime.consoleAPICalled", "Log.entryAdded", "Runtime.exceptionThrown"):
            self.messages.append(json.dumps(said))
        return told


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Start chromium with a profile in that folder; end it afterwards."""
    (to_read, to_write), (from_read, from_write) = os.pipe(), os.pipe()
    # --remote-debugging-pipe reads from descriptor 3 and writes to 4.
    command = f'exec "$@" 3<&{to_read} 4>&{from_write}'
    process = subprocess.Popen(
        [
            *("bash", "-c", command, "chromium", str(CHROMIUM), *FLAGS),
            *("--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}"),
        ],
        pass_fds=(to_read, from_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(from_write)
    one = None
    try:
        one = Browser(from_read, to_write)
        yield one
    finally:
        if one:
            os.write(to_write, b'{"id": 0, "method": "Browser.close"}\0')
        else:
            process.terminate()
        process.wait(30)
        os.close(to_write)
        os.close(from_read)
