"""Ranks a labelled collection through the whole program, as a user would, and scores it.

    .venv/bin/python -m tests.benchmarks.whole_program

For every interview of ../shared/relevance a workspace with the collection's feeds as files:
`touchpoints run`, `rank COMPANY --json`, then the collection's score.py. The figures are in-sample
(see `relevance`) and less than its own: copies are folded, and a copy counts as not found.
"""

from __future__ import annotations

import email.utils
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from ruamel.yaml import YAML

from tests.benchmarks.collection import FACETS, SHARED

COLLECTION = SHARED / "relevance"


def make_feeds(folder: Path) -> list[Path]:
    """Write the items as RSS feeds, one for each class; return the files."""
    rows: dict[str, list[str]] = {}
    now = datetime.now(UTC)
    for line in (COLLECTION / "articles-dev.jsonl").open(encoding="utf-8"):
        item = json.loads(line)
        date = email.utils.format_datetime(now - timedelta(minutes=item["id"] % 1440))
        rows.setdefault(str(item["class"]), []).append(
            f"<item><title>{escape(item['title'])}</title>"
            f"<description>{escape(item['summary'])}</description>"
            f"<link>https://news.example/{item['id']}</link>"
            f'<guid isPermaLink="false">{item["id"]}</guid><pubDate>{date}</pubDate></item>'
        )
    files = []
    for name, items in rows.items():
        path = folder / f"feed-{name}.xml"
        path.write_text(
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>class '
            f"{name}</title><link>https://news.example/</link><description>-</description>"
            + "".join(items)
            + "</channel></rss>",
            encoding="utf-8",
        )
        files.append(path)
    return files


def rank_whole(folder: Path, run: Path) -> None:
    """Run the whole program on a workspace for each interview, and write what score.py reads."""
    feeds = make_feeds(folder)
    program = [str(Path(sys.executable).with_name("touchpoints")), "--workspace"]
    lines = []
    for scenario in sorted((COLLECTION / "scenarios").iterdir()):
        root = folder / scenario.name
        make_workspace(root, scenario, feeds)
        subprocess.run([*program, str(root), "run"], check=True)
        done = subprocess.run(
            [*program, str(root), "rank", scenario.name, "--json"],
            check=True,
            capture_output=True,
            text=True,
        )
        for line in done.stdout.splitlines():
            match = json.loads(line)
            for link in (match["link"], *(also["link"] for also in match["also_in"])):
                row = link.rpartition("/")[2]
                is_lead = link == match["link"]
                lines.append(
                    f"{scenario.name}\t{row}\t{match['score'] if is_lead else 0.0:.6f}\t"
                    f"{int(match['shown'] and is_lead)}"
                )
    run.write_text("\n".join(lines) + "\n")


def make_workspace(root: Path, scenario: Path, feeds: list[Path]) -> None:
    """Write a workspace for one interview of the collection, reading the feeds as topics."""
    entry = YAML(typ="safe").load(scenario / "company.yaml")
    (root / "data" / "notes").mkdir(parents=True)
    config = {
        "settings": {"timezone": "UTC"},
        "companies": {
            scenario.name: {
                "name": entry["name"],
                "aliases": list(entry.get("aliases") or ()),
                "industry": list(entry.get("industry") or ()),
                "feeds": [str(path) for path in feeds],
            }
        },
    }
    YAML(typ="safe").dump(config, root / "feeds.yaml")
    for name, target in (("notes.md", f"notes/{scenario.name}.md"), ("profile.md", "profile.md")):
        (root / "data" / target).write_text((scenario / name).read_text("utf-8"), "utf-8")


def main() -> None:
    """Print score.py's tables."""
    if not COLLECTION.is_dir():
        print(f"../shared/{COLLECTION.name} is not beside this repository: nothing measured.")
        return
    with tempfile.TemporaryDirectory() as name:
        run = Path(name) / "run.tsv"
        rank_whole(Path(name), run)
        score = [sys.executable, str(COLLECTION / "score.py"), str(run)]
        for more in (["--facets"], *(["--only", facet, "--no-names"] for facet in FACETS)):
            print("==", *more, flush=True)
            subprocess.run([*score, str(COLLECTION / "qrels-dev.tsv"), *more], check=True)


if __name__ == "__main__":
    main()
