"""Parsing in a process of its own, for a body that could keep us busy.

Takes and gives what parse.parse does, within a time and a memory limit: feedparser takes seconds
for a megabyte of unclosed tags, and no way to stop it. What is well-formed is read here and at
once, in time that grows with its length; a process costs half a second, so that only the largest
bodies go there, and broken ones of some size.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pipeline.news.parse import Parsed, parse
from pipeline.news.xml_feed import Patience, Slow
from pipeline.records import from_plain, to_plain

LARGE = 6_000_000  # bytes; twice the largest captured feed, which takes less than half a second
MOST_TAGS = 600_000  # "<" or "{"; an element costs some hundred bytes of memory
# Bytes of a broken feed for which feedparser is asked at once: the worst that is known takes 1.5 s.
LARGE_BROKEN = 120_000
SECONDS = 8.0  # 2.8 MB of real entries, broken, take 2; 15 MB of unclosed tags have no end
OUT_OF_MEMORY = 9  # exit code
MEMORY = 400_000_000  # bytes; 2.8 MB of real entries take 50 MB


def parse_safely(
    body: bytes, *, address: str, content_type: str, now: datetime, base: str, at_most: int
) -> Parsed:
    """Return what parse would; where that takes too long, what could be read quickly."""

    def here(patience: Patience) -> Parsed:
        return parse(
            body,
            address=address,
            content_type=content_type,
            now=now,
            base=base,
            at_most=at_most,
            patience=patience,
        )

    is_small = len(body) <= LARGE and max(body.count(b"<"), body.count(b"{")) <= MOST_TAGS
    if is_small:
        with suppress(Slow):
            return here("ask" if len(body) <= LARGE_BROKEN else "raise")
    asked = {
        "address": address,
        "content_type": content_type,
        "now": now.isoformat(),
        "base": base,
        "at_most": at_most,
    }
    parsed = _in_another_process(json.dumps(asked).encode() + b"\n" + body)
    if parsed.trouble.startswith("takes") and is_small:
        strictly = here("do without")
        return strictly if strictly.articles else parsed
    return parsed


def _in_another_process(question: bytes) -> Parsed:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "pipeline.news.apart"],
            input=question,
            capture_output=True,
            timeout=SECONDS,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Parsed(trouble=f"takes longer than {SECONDS:g} seconds to read")
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        return Parsed(trouble="takes more memory to read than a feed should")
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[-2_000:])
    parsed: Parsed = from_plain(Parsed, json.loads(done.stdout))
    return parsed


def main() -> None:
    """Read a question and a body from stdin, write the answer to stdout."""
    _limit_memory()
    asked = json.loads(sys.stdin.buffer.readline())
    asked["now"] = datetime.fromisoformat(asked["now"])
    try:
        parsed = parse(sys.stdin.buffer.read(), **asked)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(json.dumps(to_plain(parsed)).encode())


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
