"""`python -m tests.docs` writes what comes from the code: parts of docs/, man page and schema.

The tests compare them, so that they cannot drift.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.cli.feeds import COMMANDS as FEEDS_COMMANDS
from pipeline.cli.fleet import COMMANDS as FLEET_COMMANDS
from pipeline.cli.main import COMMANDS
from pipeline.cli.schedule import COMMANDS as SCHEDULE_COMMANDS
from pipeline.touchpoints.templates import placeholders_markdown
from pipeline.workspace.keys import SCHEMA_PATH, keys_markdown, schema_text
from tests.man_page import man_page

ROOT = Path(__file__).resolve().parents[1]
GENERATED = tuple(ROOT / "docs" / f"{name}.md" for name in ("commands", "settings", "drafts"))
_BLOCK = "<!-- {name} -->\n{text}<!-- /{name} -->\n"


def commands_markdown() -> str:
    """Return the table of commands."""
    groups = {"feeds": FEEDS_COMMANDS, "fleet": FLEET_COMMANDS, "schedule": SCHEDULE_COMMANDS}
    rows = [f"| `{name}` | {says} |" for name, (_, says) in COMMANDS.items() if name not in groups]
    for group, commands in groups.items():
        rows += [f"| `{group} {name}` | {says} |" for name, (_, says) in commands.items()]
    return "\n".join(["| command | does |", "|---|---|", *rows]) + "\n"


def generated() -> dict[str, str]:
    """Return what belongs between the comments of these names."""
    return {
        "commands": commands_markdown(),
        "keys": keys_markdown(),
        "placeholders": placeholders_markdown(),
    }


def written(text: str) -> str:
    """Return a document with its generated parts made anew."""
    for name, part in generated().items():
        block = _BLOCK.format(name=name, text=part)
        text = re.sub(
            rf"<!-- {name} -->\n.*?<!-- /{name} -->\n", lambda _, b=block: b, text, flags=re.DOTALL
        )
    return text


MAN_PAGE = ROOT / "docs" / "touchpoints.1"

if __name__ == "__main__":
    for document in GENERATED:
        document.write_text(written(document.read_text("utf-8")), "utf-8")
    SCHEMA_PATH.write_text(schema_text(), "utf-8")
    MAN_PAGE.write_text(man_page(), "utf-8")
