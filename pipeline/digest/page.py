"""The digest as one self-contained page: no script, no request to anywhere.

Takes a `Digest`; gives HTML. Jinja2 escapes every field; a strict Content-Security-Policy names
the one style sheet by its hash; links lead to the web or the mail program, or are no links.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

from pipeline.digest.markdown import heaviest_words
from pipeline.records import Digest


def page(digest: Digest) -> str:
    """Return the page; the same digest gives the same bytes."""
    template, style = _template()
    text: str = template.render(digest=digest, style=style, policy=content_security_policy(style))
    return text


def content_security_policy(style: str) -> str:
    """Return the policy of a page with this style sheet: nothing else is loaded or run."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _template() -> tuple[Any, str]:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    folder = resources.files("pipeline.digest") / "templates"
    style = (folder / "page.css").read_text("utf-8")
    environment = Environment(
        loader=PackageLoader("pipeline.digest", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
    )
    environment.filters["words"] = heaviest_words
    environment.tests["web"] = lambda link: bool(re.fullmatch(r"https?://[^\s<>\"]+", link))
    return environment.get_template("page.html.j2"), Markup(style)  # noqa: S704 - our own file


def _safe(value: Any) -> Any:
    """Take control and bidirectional characters out of every field: the last wall."""
    if type(value) is not str:
        return value
    return "".join(
        " " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c != "\n" else c
        for c in value
    )
