"""Muted words: what holds one is not shown, and nothing else is touched."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Mute, Story
from pipeline.relevance.mutes import muted
from pipeline.workspace.config import parse_config
from tests.touchpoints.world import layoffs, news, story

FILE = """companies:
  acme:
    name: Acme Tools
    mute: recall
    feeds: [{url: https://a.example/1, mute: [share price]}]
topics:
  boats: {feeds: [https://b.example/1], mute: [regatta]}
mute: [crossword]
"""


@pytest.mark.parametrize(
    ("word", "title", "hidden"),
    [
        ("crossword", "The Crossword of today", True),
        ("cross", "The crossword of today", False),
        ("share price", "Oracle's share-price target", True),
        ("a.b", "axb at Oracle", False),
        (".*", "Oracle opens a plant", False),
        ("café", "Oracle opens a cafe", True),
    ],
)
def test_a_story_is_hidden_by_a_whole_word_of_its_title(
    word: str, title: str, hidden: bool
) -> None:
    """In any case, hyphen or blank; accents may be missing; no word is a regular expression."""
    match = replace(news(), story=story("n1", title))
    found = muted(match, (Mute(word, 7),))
    assert found == (
        replace(match, shown=False, reason=f"muted: {word} (feeds.yaml line 7)")
        if hidden
        else match
    )


def test_bad_news_that_is_muted_still_holds() -> None:
    """Muting hides a story; it makes no company safe."""
    found = muted(layoffs(), (Mute(layoffs().story.lead.title, 7),))
    assert (found.sensitive, found.matters, found.shown) == (True, True, False)
    assert found.reason.endswith("as bad news it still holds messages back")


def test_a_word_of_a_feed_hides_nothing_that_another_feed_brings() -> None:
    """It hides what that feed alone brings."""
    lead = story("n1", "Oracle and the crossword").lead
    other = replace(lead, id="o", feed="https://other.example/")
    mute = (Mute("crossword", 7, feeds=(lead.feed,)),)
    assert not muted(replace(news(), story=Story("n1", lead)), mute).shown
    assert muted(replace(news(), story=Story("n1", lead, (other,))), mute).shown
    assert muted(replace(news(), story=Story("n1", lead)), (Mute("crossword", 7, "acme"),)).shown


WORDS = st.text("aAbeé1.*+([ -'", max_size=6)  # few letters: a word is often in a longer one


def plain_words(text: str) -> list[str]:
    """Return the words of a text, each in its plainest form."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


@given(WORDS | st.text(max_size=20), WORDS | st.text(max_size=60))
def test_no_word_hides_a_story_that_does_not_hold_it_as_whole_words(word: str, title: str) -> None:
    """Not by a part of a longer word, nor by a sign that means something to a pattern."""
    match = replace(news(), story=story("n1", title))
    lead = match.story.lead
    there, wanted = plain_words(f"{lead.title} {lead.text}"), plain_words(word)
    runs = ("".join(there[i:j]) for i in range(len(there)) for j in range(i + 1, len(there) + 1))
    is_plain = f"{word}{title}".replace("é", "e").isascii()
    if is_plain and wanted and "".join(wanted) not in runs:
        assert muted(match, (Mute(word, 1),)) == match


def test_words_are_muted_for_all_a_company_a_topic_or_a_feed() -> None:
    """Each knows its line and what it is for."""
    config, problems = parse_config(FILE, Path("/nowhere"))
    assert problems == []
    assert {(m.word, m.line, m.company, m.topic, m.feeds) for m in config.mutes} == {
        ("recall", 4, "acme", "", ()),
        ("share price", 5, "acme", "", ("https://a.example/1",)),
        ("regatta", 7, "", "boats", ("https://b.example/1",)),
        ("crossword", 8, "", "", ()),
    }


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ('""', "An empty word mutes nothing."),
        ("x", 'One letter ("x") mutes nothing.'),
        ("tools", '"tools" stands in a name of Acme Tools (Acme Tools)'),
    ],
)
def test_a_word_that_cannot_be_meant_is_remarked(word: str, said: str) -> None:
    """Empty, one letter, or in the company's own name: a warning in its line."""
    (problem,) = parse_config(FILE.replace("crossword", word), Path("/nowhere"))[1]
    assert (problem.level, problem.line) == ("warning", 8)
    assert problem.what.startswith(said)
