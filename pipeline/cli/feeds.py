"""`feeds`: looking into feeds before they are added."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.context import Shared, say, say_json, shared_options
from pipeline.errors import WorkspaceMissing
from pipeline.records import NewsSettings, Reading
from pipeline.words import figure_of, shorten


@click.group()
def feeds() -> None:
    """Look into feeds before you add them."""


@feeds.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Print each source as JSON, one a line.")
@shared_options
@click.pass_obj
def preview(shared: Shared, sources: tuple[str, ...], as_json: bool) -> None:
    """Show what each SOURCE (an address or a file) would give. Nothing is stored."""
    from pipeline.news.read import preview as look

    settings, contact = _settings(shared)
    failed = False
    for source in sources:
        reading = look(source, settings, contact=contact, now=shared.now)
        failed = failed or reading.outcome == "failed"
        if as_json:
            say_json(_plain(source, reading))
        else:
            say(_text(source, reading))
    if failed:
        raise click.exceptions.Exit(1)


def _settings(shared: Shared) -> tuple[NewsSettings, str]:
    """Return the workspace's settings, or the defaults where there is no workspace."""
    from pipeline.workspace.read import read

    try:
        config = read(shared.root).config
    except WorkspaceMissing:
        return NewsSettings(), ""
    return config.settings.news, config.settings.contact


def _plain(source: str, reading: Reading) -> dict[str, Any]:
    return {
        "source": source,
        "format": reading.format,
        "title": reading.state.title,
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "link": article.link,
                "published": article.published.isoformat() if article.dated == "feed" else None,
                "text": article.text,
                "author": article.author,
            }
            for article in reading.articles
        ],
        "problems": [problem.what for problem in reading.problems] + list(reading.refused),
    }


def _text(source: str, reading: Reading) -> str:
    if reading.outcome == "failed":
        return "\n".join(f"{source}\n  {p.what} {p.todo}".rstrip() for p in reading.problems)
    lines = [
        f"{reading.state.title or source}  ({reading.format}, "
        f"{figure_of(len(reading.articles), 'article')})"
    ]
    for article in reading.articles[:20]:
        day = article.published.date().isoformat() if article.dated == "feed" else "no date   "
        lines.append(f"  {day}  {shorten(article.title, 90)}")
    if len(reading.articles) > 20:
        lines.append(f"  … and {len(reading.articles) - 20} more")
    lines.extend(f"  ! {problem.what}" for problem in reading.problems)
    if reading.refused:
        lines.append(f"  {figure_of(len(reading.refused), 'entry', 'entries')} left out")
    return "\n".join(lines)
