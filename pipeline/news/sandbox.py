"""Work in a process of its own, with limits of time and memory: some bytes could keep us busy.

For feeds it takes and gives what parse.parse does: feedparser takes seconds
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
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipeline.news import decompress
from pipeline.news.parse import FeedBody, Parsed, parse
from pipeline.news.xml_feed import Patience, Slow
from pipeline.records import Trouble, from_plain, to_plain
from pipeline.records.record import dataclass

# no border test: speed only: a larger feed is parsed in a process of its own
LARGE = 6_000_000  # bytes; twice the largest captured feed, which takes less than half a second
# no border test: speed only: such a feed is parsed in a process of its own
MOST_TAGS = 600_000  # "<" or "{"; an element costs some hundred bytes of memory
MOST_TAGS_OF_PAGE = 60_000  # no border test: speed only: a page with more is read there, too
# Bytes of a broken feed for which feedparser is tried at once: the worst that is known takes 1.5 s.
LARGE_BROKEN = 120_000  # no border test: speed only: such a feed is parsed in a process of its own
# no border test: a wait, in seconds
SECONDS = 8.0  # 2.8 MB of real entries, broken, take 2; 15 MB of unclosed tags have no end
OUT_OF_MEMORY = 9  # exit code; no border test: an exit code that only this module reads
# no border test: far beyond real values
MEMORY = 400_000_000  # bytes; 2.8 MB of real entries take 50 MB


def parse_safely(feed: FeedBody, now: datetime, at_most: int) -> Parsed:
    """Return what parse would; where that takes too long, what could be read quickly.

    A packed feed is unpacked first, in bounded time and memory: what it holds decides where it is
    read. One that is packed twice is read in the other process, too.
    """
    try:
        feed = replace(feed, content=decompress.gunzip(feed.content, at_most))
    except decompress.BrokenBody:
        return Parsed(trouble="broken encoding")
    except decompress.TooLarge:
        return Parsed(trouble="too large")

    def here(patience: Patience) -> Parsed:
        return parse(feed, now, at_most, patience)

    body = feed.content
    most_tags = MOST_TAGS_OF_PAGE if feed.is_page else MOST_TAGS
    has_few = max(body.count(b"<"), body.count(b"{")) <= most_tags
    is_small = has_few and len(body) <= LARGE and not body.startswith(decompress.GZIP)
    if is_small:
        with suppress(Slow):
            return here("ask" if len(body) <= LARGE_BROKEN else "raise")
    about = [feed.address, feed.content_type, feed.came_from, feed.known_as, feed.is_page]
    request = json.dumps([now.isoformat(), at_most, about]).encode() + b"\n" + body
    result = run_worker("pipeline.news.sandbox", request, SECONDS)
    parsed: Parsed
    if result.trouble:
        parsed = Parsed(trouble=result.trouble)
    else:
        parsed = from_plain(Parsed, json.loads(result.output))
    if parsed.trouble in ("too slow", "too much memory") and is_small:
        strictly = here("do without")
        return strictly if strictly.articles else parsed
    return parsed


@dataclass(frozen=True, slots=True)
class WorkerResult:
    """What another process wrote, and why it did not come to its end."""

    output: bytes
    trouble: Trouble = ""


def run_worker(module: str, request: bytes, seconds: float) -> WorkerResult:
    """Run a module with a request on its stdin, for so long at most.

    Raises RuntimeError where the module fails for a reason of its own: our bug.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", module],
            input=request,
            capture_output=True,
            timeout=seconds,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return WorkerResult(late.stdout or b"", "too slow")
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        return WorkerResult(done.stdout, "too much memory")
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[-2_000:])
    return WorkerResult(done.stdout)


def main() -> None:
    """Read a request and a body from stdin, write the answer to stdout."""
    limit_memory()
    now, at_most, about = json.loads(sys.stdin.buffer.readline())
    feed = FeedBody(sys.stdin.buffer.read(), *about)
    try:
        parsed = parse(feed, datetime.fromisoformat(now), at_most)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(json.dumps(to_plain(parsed)).encode())


def limit_memory() -> None:
    """Let this process end, rather than this computer, when it needs too much memory."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
