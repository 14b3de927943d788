"""The article in a web page: run as a process of its own, by full_text.

Takes on stdin a line that describes the pages and then the pages' bytes; returns on stdout one line
for each, as soon as it is read, so that a page that keeps the parser busy costs itself and those
after it, not those before. trafilatura separates the article from what is around it.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from pipeline.news import clean, sandbox

# What publishers tell search engines: https://schema.org/isAccessibleForFree
_FOR_PAY = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
LONG_WORD = 4  # characters; shorter words are on every page
# A text with fewer of the title's words is not the article but a notice about cookies, a list of
# headlines, an error (adbar/trafilatura#569).
LEAST_OF_TITLE = 0.5
_WORD = re.compile(r"\w+")


def page_of(content: bytes, head: Mapping[str, Any]) -> dict[str, str]:
    """Return what a page holds, as the fields of a `Page`."""
    import trafilatura

    found = trafilatura.extract(
        content, url=head["link"], include_comments=False, include_tables=False
    )
    text = clean.body_text(html.escape(found or "").replace("\n", "<br>"))
    fits = is_about(text, head["title"])
    outcome = "read" if fits else "failed"
    if _FOR_PAY.search(content):
        outcome = "paywalled"  # the text before the paywall may still be useful
    return {"article": head["id"], "outcome": outcome, "text": text if fits else ""}


def is_about(text: str, title: str) -> bool:
    """Return whether a text holds at least half of the longer words of its title."""
    words = {word for word in _WORD.findall(title.casefold()) if len(word) >= LONG_WORD}
    there = words.intersection(_WORD.findall(text.casefold()))
    return bool(text) and len(there) >= LEAST_OF_TITLE * len(words)


def main() -> None:
    """Read pages from stdin, write what they hold to stdout."""
    sandbox.limit_memory()
    for head in json.loads(sys.stdin.buffer.readline()):
        try:
            page = page_of(sys.stdin.buffer.read(head["bytes"]), head)
        except MemoryError:
            sys.exit(sandbox.OUT_OF_MEMORY)
        sys.stdout.buffer.write(json.dumps(page).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
