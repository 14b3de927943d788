"""Changing feeds.yaml: what was not meant to change stays to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import CannotEdit
from pipeline.records import Feed
from pipeline.workspace.config import parse_config
from pipeline.workspace.edit import (
    add_company,
    add_feeds,
    as_yaml,
    feeds_in,
    move_feeds,
    remove_feeds,
)

ROOT = Path("/nowhere")
NEW = Feed("https://new.example/feed", company="a")


def feeds_of(text: str) -> list[str]:
    config, problems = parse_config(text, ROOT)
    assert not [problem for problem in problems if problem.level == "error"], problems
    return [feed.address for _, feed in feeds_in(config)]


def removed(text: str, address: str) -> str:
    places = [place for place, feed in feeds_in(parse_config(text, ROOT)[0])]
    which = feeds_of(text).index(address)
    return remove_feeds(text, ROOT, [places[which]])


FORMS = {
    "a block list, with a comment behind the last entry": (
        "companies:\n  a:\n    name: A\n    feeds:\n      - https://a/1   # one\n\n# topics\n",
        "      - https://a/1   # one\n      - https://new.example/feed\n\n# topics\n",
    ),
    "dashes below the key": (
        "companies:\n    a:\n        name: A\n        feeds:\n        - 'https://a/1'\n",
        "        - 'https://a/1'\n        - https://new.example/feed\n",
    ),
    "a flow list": (
        "companies:\n  a: {name: A, feeds: [https://a/1]}  # all of it\n",
        "feeds: [https://a/1, https://new.example/feed]}  # all of it\n",
    ),
    "an empty flow list": (
        "companies: {a: {name: A, feeds: []}}\n",
        "{name: A, feeds: [https://new.example/feed]}}\n",
    ),
    "a flow list over several lines": (
        "companies:\n  a:\n    name: A\n    feeds: [\n      https://a/1,  # one\n"
        "      https://a/2   # two\n    ]\n",
        "      https://a/2, https://new.example/feed   # two\n    ]\n",
    ),
    "nothing behind feeds:": (
        "companies:\n  a:\n    feeds:   # none yet\n    name: A\n",
        "    feeds:   # none yet\n      - https://new.example/feed\n    name: A\n",
    ),
    "a mapping as the last entry": (
        "companies:\n  a:\n    name: A\n    feeds:\n    - url: https://a/1\n      only: [x]  # z\n",
        "      only: [x]  # z\n    - https://new.example/feed\n",
    ),
    "an alias as the last entry": (
        "companies:\n  a:\n    name: A\n    feeds:\n      - &x https://a/1\n      - *x\n",
        "      - *x\n      - https://new.example/feed\n",
    ),
    "line ends of Windows": (
        "companies:\r\n  a:\r\n    name: A\r\n    feeds:\r\n      - https://a/1 # y\r\n",
        "      - https://a/1 # y\r\n      - https://new.example/feed\r\n",
    ),
    "no line end at the end": (
        "companies:\n  a:\n    name: A\n    feeds:\n      - https://a/1",
        "      - https://a/1\n      - https://new.example/feed",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_added_in_the_form_that_is_there_and_removed_to_the_byte(form: str) -> None:
    """One place of the file changes; taking the feed out again gives the very same file."""
    text, end = FORMS[form]
    new = add_feeds(text, ROOT, [NEW])

    assert new.endswith(end)
    assert feeds_of(new)[-1] == NEW.address
    assert removed(new, NEW.address) == text


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (
            "companies:\n  a:\n    name: A\n    # last\n",
            "    feeds:\n      - https://new.example/feed",
        ),
        ("companies: {a: {name: A}}", "{a: {name: A, feeds: [https://new.example/feed]}}"),
        (
            "companies:\n  a:\n    name: A\n    feeds: https://a/1  # only one\n",
            "    feeds: [https://a/1, https://new.example/feed]  # only one\n",
        ),
        (
            "companies:\n  a:\n    name: A\n    feeds: null  # later\n",
            "    feeds:  # later\n      - https://new.example/feed\n",
        ),
    ],
)
def test_a_list_is_made_where_there_is_none(text: str, end: str) -> None:
    """No `feeds`, an empty one, or one feed instead of a list."""
    new = add_feeds(text, ROOT, [NEW])
    assert end in new
    assert feeds_of(new)[-1] == NEW.address


def test_a_topic_is_made_below_what_belongs_to_the_last_company() -> None:
    """With its section, if need be; the comments further to the right stay where they belong."""
    text = "companies:\n  a:\n    name: A\n    # more on A\n# the end\n"
    new = add_feeds(
        text, ROOT, [Feed("https://s/1", topic="sea"), Feed("https://s/2", topic="sea")]
    )
    assert new == (
        "companies:\n  a:\n    name: A\n    # more on A\n"
        "topics:\n  sea:\n    feeds:\n      - https://s/1\n      - https://s/2\n# the end\n"
    )


def test_what_stands_beside_an_address_is_written_with_it() -> None:
    """Weight and words in braces, quoted only where YAML needs it."""
    feed = Feed("https://x/?a=1,b", company="a", weight=0.5, only=("cloud", "a: b"))
    new = add_feeds(FORMS["a flow list"][0], ROOT, [feed])
    assert '{url: "https://x/?a=1,b", weight: 0.5, only: [cloud, "a: b"]}' in new
    assert as_yaml("true") == '"true"'
    assert as_yaml("12") == '"12"'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "companies:\n  a:\n    name: A\n    feeds: &f [https://a/1]\n"
            "  b:\n    name: B\n    feeds: *f\n",
            "- https://new.example/feed",  # what to write by hand
        ),
        ("companies:\n  a: &c {name: A}\n  b: *c\n", "write it by hand"),
        ("companies:\n  a:\n    name: A\n    feeds:\n      url: https://a/1\n", "not a list"),
    ],
)
def test_a_change_that_would_change_more_is_refused(text: str, told: str) -> None:
    """A list that two share, or a form that is no list: the line to write by hand is told."""
    with pytest.raises(CannotEdit, match=told):
        add_feeds(text, ROOT, [NEW])


def test_an_anchor_that_others_use_is_not_taken_away() -> None:
    """The rest of the file would not be readable."""
    text = FORMS["an alias as the last entry"][0]
    with pytest.raises(CannotEdit):
        remove_feeds(text, ROOT, [("companies", "a", 0)])
    assert "*x" not in remove_feeds(text, ROOT, [("companies", "a", 1)])


@pytest.mark.parametrize(
    ("numbers", "left"),
    [([0], [2, 3, 4]), ([3], [1, 2, 3]), ([1, 2], [1, 4]), ([0, 2], [2, 4]), ([2, 3], [1, 2])],
)
def test_several_are_taken_out_of_one_list(numbers: list[int], left: list[int]) -> None:
    """Of a flow list with their commas, of a block list with their lines."""
    flow = "companies: {a: {name: A, feeds: [https://a/1, https://a/2, https://a/3, https://a/4]}}"
    block = "companies:\n  a:\n    name: A\n    feeds:\n" + "".join(
        f"      - https://a/{n}\n" for n in (1, 2, 3, 4)
    )
    for text in (flow, block):
        new = remove_feeds(text, ROOT, [("companies", "a", number) for number in numbers])
        assert feeds_of(new) == [f"https://a/{number}" for number in left]


def test_a_moved_feed_keeps_all_else() -> None:
    """Its quotes, its anchor, its weight, the comment in its line."""
    text = (
        "companies:\n  a:\n    name: A\n    feeds:\n"
        '      - "https://a/1"   # one\n      - &x https://a/2\n'
        "      - {url: 'https://a/3', weight: 2}  # three\n"
    )
    moves = {("companies", "a", n): f"https://b/{n}" for n in range(3)}
    assert move_feeds(text, ROOT, moves) == (  # type: ignore[arg-type]
        "companies:\n  a:\n    name: A\n    feeds:\n"
        '      - "https://b/0"   # one\n      - &x https://b/1\n'
        "      - {url: 'https://b/2', weight: 2}  # three\n"
    )


def test_a_company_comes_in_at_the_end() -> None:
    """With the search that it uses; what was there stays."""
    text = "# mine\ncompanies:\n  b:  # big\n    name: B\n    feeds: [https://b/1]\n"
    company = {"name": "A & Co: new", "feeds": [{"search": "google"}]}
    new = add_company(text, ROOT, "a", company, "https://news.example/?q={query}")
    assert new == text + (
        '  a:\n    name: "A & Co: new"\n    feeds:\n      - search: google\n'
        'searches:\n  google: "https://news.example/?q={query}"\n'
    )


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8)


@st.composite
def lists(draw: st.DrawFn) -> str:
    """Return a feeds.yaml in somebody's own style, with comments all over it."""
    step = draw(st.integers(1, 5))
    dash = draw(st.integers(0, 5))
    one, two = " " * step, " " * step * 2
    marks = st.sampled_from(["{}", '"{}"', "'{}'", "{{url: {}}}", "{{url: '{}', only: [x, y]}}"])
    entries = [
        draw(marks).format(f"https://h.example/{number}")
        for number in range(draw(st.integers(1, 4)))
    ]

    def comment() -> str:
        return draw(st.sampled_from(["", "", "  # ", "   #"])) and f"  # {draw(WORDS)}"

    def lines(column: str) -> str:
        return "".join(f"{column}# {draw(WORDS)}\n" for _ in range(draw(st.integers(0, 2))))

    head = f"{lines('')}companies:{comment()}\n{one}a:\n{two}name: A{comment()}\n"
    if draw(st.booleans()):
        body = f"{two}feeds: [{', '.join(entries)}]{comment()}\n"
    else:
        column = two + " " * dash
        body = f"{two}feeds:{comment()}\n" + "".join(
            f"{lines(column)}{column}- {entry}{comment()}\n" for entry in entries
        )
    text = head + body + lines(two) + draw(st.sampled_from(["", "\n", "topics:\n", "# end"]))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@given(lists(), st.sampled_from(["https://n.example/f", "https://n.example/?a={b}, [c] # 'd\"e"]))
def test_adding_then_removing_gives_the_same_bytes(text: str, address: str) -> None:
    """In any style; and while the feed is there, every line of before is there, too."""
    new = add_feeds(text, ROOT, [Feed(address, company="a")])

    assert feeds_of(new) == [*feeds_of(text), address]
    assert all(part.splitlines()[0] in new for part in text.split("#")[1:])
    assert removed(new, address) == text


@given(lists(), st.data())
def test_removing_leaves_every_other_comment(text: str, data: st.DataObject) -> None:
    """Only the feed's own line goes."""
    feeds = feeds_of(text)
    gone = data.draw(st.sampled_from(feeds))
    new = removed(text, gone)

    assert feeds_of(new) == [feed for feed in feeds if feed != gone]
    lines = [line for line in text.splitlines() if line.strip().startswith("#")]
    assert [line for line in new.splitlines() if line.strip().startswith("#")] == lines
