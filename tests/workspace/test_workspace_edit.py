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
    _File,
    add_company,
    add_feeds,
    as_yaml,
    feeds_in,
    move_feeds,
    mute,
    remove_feeds,
    unmute,
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
    "nothing behind feeds:": (
        "companies:\n  a:\n    feeds:   # none yet\n    name: A\n",
        "    feeds:   # none yet\n      - https://new.example/feed\n    name: A\n",
    ),
    "a mapping as the last entry": (
        "companies:\n  a:\n    name: A\n    feeds:\n    - url: https://a/1\n      only: [x]  # z\n",
        "      only: [x]  # z\n    - https://new.example/feed\n",
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
def test_added_as_a_line_and_removed_to_the_byte(form: str) -> None:
    """One place of the file changes; taking the feed out again gives the very same file."""
    text, end = FORMS[form]
    new = add_feeds(text, ROOT, [NEW])

    assert new.endswith(end)
    assert feeds_of(new)[-1] == NEW.address
    assert removed(new, NEW.address) == text


def test_a_list_is_made_where_there_is_none() -> None:
    """A company without the key gets it, below the comments that belong to it."""
    text = "companies:\n  a:\n    name: A\n    # last\n"
    assert add_feeds(text, ROOT, [NEW]) == text[:-11] + (
        "    feeds:\n      - https://new.example/feed\n    # last\n"
    )


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


def test_weight_and_words_are_written_with_the_address() -> None:
    """In braces, quoted only where YAML needs it."""
    feed = Feed("https://x/?a=1,b", company="a", weight=0.5, only=("cloud", "a: b"))
    new = add_feeds(FORMS["dashes below the key"][0], ROOT, [feed])
    assert "- {url: 'https://x/?a=1,b', weight: 0.5, only: [cloud, 'a: b']}" in new
    assert as_yaml("true") == "'true'"
    assert as_yaml("12") == "'12'"


HEAD = "companies:\n  a:\n    name: A\n"
OTHER = "feeds.yaml was not changed: write this by hand.\n"
BY_HAND = {
    "a list in brackets": (
        HEAD + "    feeds: [https://a/1, {url: 'https://a/2', weight: 0.5}]  # mine\n",
        "Line 4, under companies › a:\n    feeds:\n      - https://a/1\n"
        "      - {url: https://a/2, weight: 0.5}\n      - https://new.example/feed",
    ),
    "an empty list in brackets": (
        HEAD + "    feeds: []\n",
        "Line 4, under companies › a:\n    feeds:\n      - https://new.example/feed",
    ),
    "one feed instead of a list": (
        HEAD + "    feeds: https://a/1\n",
        "Line 4, under companies › a:\n    feeds:\n      - https://a/1\n"
        "      - https://new.example/feed",
    ),
    "a word for nothing": (
        HEAD + "    feeds: null  # later\n",
        "Line 4, under companies › a:\n    feeds:\n      - https://new.example/feed",
    ),
    "a company in braces": (
        "companies: {a: {name: A}}\n",
        "Line 1, under companies › a:\n    feeds:\n      - https://new.example/feed",
    ),
    "a list that two share": (
        "companies:\n  b:\n    name: B\n    feeds: &f\n      - https://b/1\n"
        "  a:\n    name: A\n    feeds: *f\n",
        "Line 8, under companies › a:\n    feeds:\n      - https://b/1\n"
        "      - https://new.example/feed",
    ),
    "an alias as the last entry": (
        HEAD + "    feeds:\n      - &x https://a/1\n      - *x\n",
        "Line 4, under companies › a:\n    feeds:\n      - https://a/1\n      - https://a/1\n"
        "      - https://new.example/feed",
    ),
}


@pytest.mark.parametrize("form", BY_HAND)
def test_what_is_not_a_feed_per_line_is_written_by_hand(form: str) -> None:
    """The advice is the whole list as it should be, and the line it belongs in."""
    text, advice = BY_HAND[form]
    with pytest.raises(CannotEdit) as told:
        add_feeds(text, ROOT, [NEW])
    assert str(told.value) == OTHER + advice


@pytest.mark.parametrize(
    ("feeds", "advice"),
    [
        ("    feeds: [https://a/1, https://a/2]\n", "    feeds:\n      - https://a/2"),
        ("    feeds: https://a/1\n", "    feeds: []"),
        (
            "    feeds:\n      - &x https://a/1\n      - *x\n",
            "    feeds:\n      - https://a/1",
        ),
    ],
)
def test_what_has_no_line_of_its_own_is_taken_out_by_hand(feeds: str, advice: str) -> None:
    """The list as it should be; an anchor that others use is not taken away."""
    with pytest.raises(CannotEdit) as told:
        remove_feeds(HEAD + feeds, ROOT, [("companies", "a", 0)])
    assert str(told.value) == f"{OTHER}Line 4, under companies › a:\n{advice}"


@pytest.mark.parametrize(
    ("numbers", "left"),
    [([0], [2, 3, 4]), ([3], [1, 2, 3]), ([1, 2], [1, 4]), ([0, 2], [2, 4]), ([2, 3], [1, 2])],
)
def test_several_are_taken_out_of_one_list(numbers: list[int], left: list[int]) -> None:
    """With their lines."""
    text = f"{HEAD}    feeds:\n" + "".join(f"      - https://a/{n}\n" for n in (1, 2, 3, 4))
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
    """What was there stays."""
    text = "# mine\ncompanies:\n  b:  # big\n    name: B\n    feeds: [https://b/1]\n"
    company = {"name": "A & Co: new", "feeds": [{"search": "google"}]}
    new = add_company(text, ROOT, "a", company)
    assert new == text + ("  a:\n    name: 'A & Co: new'\n    feeds:\n      - search: google\n")


@pytest.mark.parametrize("feed", ['"https:\\/\\/a\\/1"', "[https://a/1, https://a/2]"])
def test_an_address_that_cannot_be_found_is_changed_by_hand(feed: str) -> None:
    """It is written with escapes, or two that moved are in one line."""
    text = f"{HEAD}    feeds:{' ' if feed[0] == '[' else chr(10) + '      - '}{feed}\n"
    places = [place for place, _ in feeds_in(parse_config(text, ROOT)[0])]
    with pytest.raises(CannotEdit, match=r"Line 4.*\n +feeds:\n +- https://b/0"):
        move_feeds(text, ROOT, {place: f"https://b/{place[2]}" for place in places})


def test_a_company_in_braces_is_added_by_hand() -> None:
    """The advice has its lines."""
    with pytest.raises(CannotEdit) as told:
        add_company("companies: {b: {name: B}}\n", ROOT, "a", {"name": "A"})
    assert str(told.value) == f"{OTHER}Line 1, under companies:\n  a:\n    name: A"


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
    assert all(part.partition("\n")[0] in new for part in text.split("#")[1:])
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


def test_what_is_to_be_written_by_hand_is_told_for_the_whole_file_too() -> None:
    """With no key above it, the lines are those of the file; it once searched for ever."""
    file = _File("companies:\n  a: {name: A}\n")
    with pytest.raises(CannotEdit, match="At the end:\nmute: \\[x\\]"):
        file.changed([], {(): {"mute": ["x"]}}, ROOT)


COMPANY = (
    "# mine\ncompanies:\n  a:\n    name: A  # first\n    feeds:\n      - https://a/1   # one\n"
)
MUTED = {
    "for all": ((), COMPANY, f"{COMPANY}mute: [recall]\n"),
    "in brackets": ((), f"mute: [x y]  # no\n{COMPANY}", f"mute: [x y, recall]  # no\n{COMPANY}"),
    "one word": ((), f"mute: quiz\n{COMPANY}", f"mute: [quiz, recall]\n{COMPANY}"),
    "nothing yet": ((), f"mute:  # none\n{COMPANY}", f"mute: [recall]  # none\n{COMPANY}"),
    "by lines": ((), f"mute:\n- a b\n{COMPANY}", f"mute: [a b, recall]\n{COMPANY}"),
    "a company": (("companies", "a"), COMPANY, f"{COMPANY}    mute: [recall]\n"),
    "a feed": (
        ("companies", "a", "feeds", 0),
        COMPANY,
        COMPANY.replace("- https://a/1 ", "- {url: https://a/1, mute: [recall]} "),
    ),
}


@pytest.mark.parametrize("form", MUTED)
def test_a_word_is_muted_and_every_comment_stays(form: str) -> None:
    """And taken out again, whatever its case."""
    owner, text, expected = MUTED[form]
    new = mute(text, ROOT, owner, "recall")
    assert new == expected
    assert [word.word for word in parse_config(new, ROOT)[0].mutes][-1] == "recall"
    left = [one.word for one in parse_config(unmute(new, ROOT, owner, " Recall"), ROOT)[0].mutes]
    assert "recall" not in left
    assert len(left) == len(parse_config(text, ROOT)[0].mutes)


def test_muted_words_with_comments_of_their_own_are_left_to_the_user() -> None:
    """No comment is lost: the lines to write are told."""
    text = f"mute:\n- quiz  # on Sundays\n{COMPANY}"
    with pytest.raises(CannotEdit, match="recall"):
        mute(text, ROOT, (), "recall")
