"""Which feed of feeds.yaml a user means."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.feeds import edit
from pipeline.errors import NotFound

FEEDS = """
companies:
  halden:
    name: Halden Freight
    feeds:
      - https://n.example/halden.xml
      - search: google
      - {search: bing, weight: 2}
"""


@pytest.mark.parametrize(
    ("name", "search"),
    [
        ("google", "google"),
        ("search: google", "google"),
        ("- search: 'google'", "google"),
        ("{search: bing, weight: 2}", "bing"),
        ("search:bing", "bing"),
    ],
)
def test_a_search_is_removed_as_feeds_yaml_writes_it(
    tmp_path: Path, name: str, search: str
) -> None:
    """By its name alone or by its line; the others stay."""
    (tmp_path / "feeds.yaml").write_text(FEEDS, "utf-8")
    (removed,) = edit.remove(tmp_path, name)
    assert removed.feed.search == search
    left = (tmp_path / "feeds.yaml").read_text("utf-8")
    assert f"search: {search}" not in left and left.count("search: ") == 1


@pytest.mark.parametrize(
    "name", ["search: yahoo", "search:", "search: https://n.example/halden.xml"]
)
def test_what_is_no_search_there_is_told(tmp_path: Path, name: str) -> None:
    """An address is not called by the word for a search."""
    (tmp_path / "feeds.yaml").write_text(FEEDS, "utf-8")
    with pytest.raises(NotFound, match="is not in feeds"):
        edit.remove(tmp_path, name)
