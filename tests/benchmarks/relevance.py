"""Measures relevance on the labelled collection beside the repository, if it is there.

    .venv/bin/python -m tests.benchmarks.relevance [--whole]

For every interview of ../shared/relevance it ranks all items, writes what score.py reads, and
prints nDCG@10, P@5 and MAP for each facet, the precision of what is shown, the bad news that was
recognised, and precision, recall and F1 of company recognition. $RELEVANCE_COLLECTION names
another collection of the same form. With `--whole` the ranking goes
through the whole program: feeds served on loopback, `touchpoints run`, `rank COMPANY --json`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from ruamel.yaml import YAML

from pipeline.records import (
    Article,
    Company,
    Interview,
    Match,
    Profile,
    RelevanceSettings,
    Story,
)
from pipeline.relevance import fitting, meaning, vectors
from pipeline.relevance.score import Background, Matcher, rank
from pipeline.workspace.notes import parse_note, parse_profile

COLLECTION = Path(
    os.environ.get("RELEVANCE_COLLECTION")
    or Path(__file__).resolve().parents[3] / "shared" / "relevance"
)
WORDS_ALONE = "--words" in sys.argv  # without the embeddings
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def read_articles() -> list[Article]:
    """Return the items as articles of one topic feed, all of yesterday."""
    found = []
    for line in (COLLECTION / "articles-dev.jsonl").open(encoding="utf-8"):
        item = json.loads(line)
        link = f"https://news.example/{item['id']}"
        published = NOW - timedelta(minutes=item["id"] % 1440)
        found.append(
            Article(
                str(item["id"]),
                f"feed-{item['class']}",
                item["title"],
                link,
                link,
                item["summary"],
                published,
                "feed",
                NOW,
            )
        )
    return found


def read_company(slug: str, entry: dict[str, object]) -> Company:
    """Return a company of the collection."""
    return Company(
        slug,
        str(entry["name"]),
        tuple(entry.get("aliases") or ()),  # type: ignore[call-overload]
        industry=tuple(entry.get("industry") or ()),  # type: ignore[call-overload]
    )


def read_scenarios() -> Iterator[tuple[Company, Interview, Profile]]:
    """Yield each interview with its company and profile."""
    from zoneinfo import ZoneInfo

    for folder in sorted((COLLECTION / "scenarios").iterdir()):
        entry = YAML(typ="safe").load(folder / "company.yaml")
        company = read_company(folder.name, entry)
        text = (folder / "notes.md").read_text("utf-8")
        interview, problems = parse_note(text, "notes.md", {folder.name: company}, ZoneInfo("UTC"))
        assert interview is not None, problems
        profile, _ = parse_profile((folder / "profile.md").read_text("utf-8"), "profile.md")
        yield company, interview, profile


def rank_in_memory(articles: list[Article]) -> dict[str, tuple[Match, ...]]:
    """Return the ranking of each scenario."""
    scenarios = list(read_scenarios())
    lines = [line for _, interview, _ in scenarios for line in interview.lines]
    knowledge = fitting.fit_knowledge(
        lambda: articles, [company for company, *_ in scenarios], lines, NOW
    )
    embedding = (
        meaning.Embedding(knowledge.embeddings)
        if knowledge.embeddings and not WORDS_ALONE
        else None
    )
    stories = [Story(article.id, article) for article in articles]
    rankings = {}
    for (company, interview, profile), company_profile in zip(
        scenarios, knowledge.company_profiles, strict=True
    ):
        background = Background(knowledge.frequencies, RelevanceSettings(), embedding, {}, profile)
        matcher = Matcher(interview, company, company_profile, background)
        rankings[company.slug] = rank(matcher, stories, background, NOW)
    return rankings


def write_run(rankings: dict[str, tuple[Match, ...]], path: Path) -> None:
    """Write what score.py reads."""
    lines = [
        f"{slug}\t{match.story.lead.id}\t{match.score:.6f}\t{int(match.shown)}"
        for slug, matches in rankings.items()
        for match in matches
    ]
    path.write_text("\n".join(lines) + "\n")


def print_scores(run: Path) -> None:
    """Print score.py's tables."""
    print("== all", *score_lines(run, "--facets"), sep="\n")
    for facet in ("company", "topic", "interest"):
        kept = [line for line in score_lines(run, "--only", facet) if line.startswith("MEAN")]
        print(f"== {facet}, in one list", *kept, sep="\n")


def score_lines(run: Path, *arguments: str) -> list[str]:
    score = [sys.executable, str(COLLECTION / "score.py"), str(run)]
    score += [str(COLLECTION / "qrels-dev.tsv"), *arguments]
    done = subprocess.run(score, capture_output=True, text=True, check=True)
    wanted = ("suggested", "ALL", "false") if "--only" in arguments else ()
    return [line for line in done.stdout.splitlines() if not line.startswith(wanted or ("\0",))]


def print_queues(rankings: dict[str, tuple[Match, ...]], path: Path) -> None:
    """Print nDCG@10 of each queue by its own note lines, as the digest uses them."""
    for facet, belongs in QUEUES.items():
        chosen = {slug: tuple(filter(belongs, found)) for slug, found in rankings.items()}
        write_run(chosen, path)
        lines = score_lines(path, "--only", facet)
        print(f"== {facet}, by its own lines", *lines, sep="\n")


def _section(match: Match) -> str:
    return match.best.note.section if match.best else ""


QUEUES: dict[str, Callable[[Match], bool]] = {
    "company": lambda match: match.kind == "contribution",
    "topic": lambda match: match.kind == "tidbit" and _section(match) not in ("", "office"),
    "interest": lambda match: match.kind == "tidbit" and _section(match) == "office",
}


def print_sensitive(rankings: dict[str, tuple[Match, ...]]) -> None:
    """Print how much of the bad news was recognised, and what was taken for it."""
    wanted: set[tuple[str, str]] = set()
    judged: set[tuple[str, str]] = set()
    for line in (COLLECTION / "qrels-dev.tsv").open(encoding="utf-8"):
        slug, row, _grade, _facet, sensitive, _about = line.rstrip("\n").split("\t")
        if slug != "slug":
            judged.add((slug, row))
            if sensitive == "1":
                wanted.add((slug, row))
    flagged = {(s, m.story.lead.id) for s, found in rankings.items() for m in found if m.sensitive}
    hit = len(wanted & flagged)
    wrong = len((flagged & judged) - wanted)
    print(f"== bad news: {hit} of {len(wanted)} recognised; {wrong} judged items taken for it")
    for slug, row in sorted(wanted - flagged)[:40]:
        match = next(m for m in rankings[slug] if m.story.lead.id == row)
        print("   missed", slug, row, match.mention.about, match.story.lead.title[:80])
    shown = {(s, m.story.lead.id) for s, found in rankings.items() for m in found if m.shown}
    print(f"   shown although bad news: {sorted(wanted & shown)}")


def mention_scores(articles: list[Article], *, shown: bool = False) -> tuple[float, float, float]:
    """Return precision, recall and F1 of telling ambiguous names apart: means over the names."""
    entries = {
        entry["slug"]: read_company(entry["slug"], entry)
        for entry in YAML(typ="safe").load(COLLECTION / "mentions-companies.yaml")
    }
    knowledge = fitting.fit_knowledge(lambda: articles, list(entries.values()), [], NOW)
    embedding = (
        meaning.Embedding(knowledge.embeddings)
        if knowledge.embeddings and not WORDS_ALONE
        else None
    )
    background = Background(knowledge.frequencies, RelevanceSettings(), embedding, {})
    by_row = {article.id: Story(article.id, article) for article in articles}
    company_profiles = {
        company_profile.company: company_profile for company_profile in knowledge.company_profiles
    }
    labels: dict[str, list[tuple[str, bool]]] = {}
    for line in (COLLECTION / "mentions-dev.tsv").open(encoding="utf-8"):
        name, row, label = line.rstrip("\n").split("\t")
        if name != "name":
            labels.setdefault(name, []).append((row, label == "1"))
    sums = [0.0, 0.0, 0.0]
    for name, rows in labels.items():
        nothing = Interview("notes.md", name, NOW, day_only=True)
        matcher = Matcher(nothing, entries[name], company_profiles[name], background)
        hits = [(row, label, _is_about(matcher, by_row[row], background)) for row, label in rows]
        true = sum(label and said for _, label, said in hits)
        said = sum(said for *_, said in hits)
        real = sum(label for _, label, _ in hits)
        precision, recall = true / said if said else 1.0, true / real if real else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        sums = [a + b for a, b in zip(sums, (precision, recall, f1), strict=True)]
        wrong = [row for row, label, said in hits if label != said]
        if shown:
            print(
                f"   {name:14} {precision:.2f} {recall:.2f} {f1:.2f} of {len(rows):3}  {wrong[:6]}"
            )
    precision, recall, f1 = (value / len(labels) for value in sums)
    return precision, recall, f1


def _is_about(matcher: Matcher, story: Story, background: Background) -> bool:
    prepared = vectors.prepare(story, background.frequencies, background.embedding)
    return matcher.match(prepared).mention.about != "none"


def make_feeds(folder: Path) -> list[Path]:
    """Write the items as RSS feeds, one for each class; return the files."""
    import email.utils

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
    """Print everything."""
    if not COLLECTION.is_dir():
        print("The labelled collection is not beside this repository: nothing measured.")
        return
    with tempfile.TemporaryDirectory() as name:
        run = Path(name) / "run.tsv"
        if "--whole" in sys.argv:
            rank_whole(Path(name), run)
            print_scores(run)
            return
        articles = read_articles()
        rankings = rank_in_memory(articles)
        write_run(rankings, run)
        print_scores(run)
        print_queues(rankings, run)
        print_sensitive(rankings)
        means = mention_scores(articles, shown=True)
        print("== mentions: precision {:.3f} recall {:.3f} F1 {:.3f}".format(*means))


if __name__ == "__main__":
    main()
