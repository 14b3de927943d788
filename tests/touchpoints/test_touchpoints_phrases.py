"""Jotted lines, names and headlines: what may be taken into a sentence, and how."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Article, Event, Match
from pipeline.touchpoints.headlines import is_cheerful, named_news, source_of, title_of
from pipeline.touchpoints.names import parts_of
from pipeline.touchpoints.phrases import skill_of, topic_of, worn_out
from tests.touchpoints.world import NOW, news, story

# ---------------------------------------------------------------------------------------- topics


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        (
            "the takeover of the rival HR vendor; what to tell",
            "the takeover of the rival HR vendor",
        ),
        ("CRM refresh: sales people hate it", "CRM refresh"),
        ("Security patches - quarterly rhythm?", "security patches"),
        ("disc format fight: one camp or the other", "the disc format fight"),
        ("cheap clustered Linux boxes, with partners", "cheap clustered Linux boxes"),
        ("biggest worry: the noise of the trucks at night", "the noise of the trucks at night"),
        ("spent half the hour on the big merger. Lawyers", "the big merger"),
        ("mail + calendar sync w/ company servers", "mail and calendar sync with company servers"),
    ],
)
def test_a_noun_phrase_is_taken_as_a_topic(line: str, topic: str) -> None:
    """In the candidate's words, with the article that a single thing needs."""
    assert topic_of(line) == topic


@pytest.mark.parametrize(
    "line",
    [
        "how long will they keep the old product line alive?",
        "she asked what I would do",
        "older helpers print everything, so it must fit on one page",
        "buttons get crushed",
        "HR person mentioned relocation",
        "visitor badge took 20 min",
        "free lunch (dumplings!)",
        "own browser, rumour in the press, he just smiled",
        "who follows the founder - awkward topic",
        "shareholder court case about the parachute",
        "planes, trains, phones and music",
        "14 people in the whole firm",
        "Band C",
        "boats",
        "https://example.com/a/b of the site",
        "x" * 2_000,
        "the takeover " * 200,
        "Lebensmittel liefern und die Lager in der Stadt",
        "the synergy of two teams",
        "",
    ],
)
def test_what_is_no_safe_phrase_leaves_a_gap(line: str) -> None:
    """Sentences, questions, logistics, confidences, lists, other languages, pasted text."""
    assert topic_of(line) == ""


# ---------------------------------------------------------------------------------------- skills


@pytest.mark.parametrize(
    ("line", "kind", "said", "useful"),
    [
        (
            "opened the second line in Győr; customs papers were the bottleneck for six weeks",
            "done",
            "I opened the second line in Győr",
            "customs papers were the bottleneck for six weeks",
        ),
        ("can write the playbook.", "can", "I can write the playbook", ""),
        ("Trained trustees and staff", "done", "I trained trustees and staff", ""),
        ("built forecasts, error down", "done", "I built forecasts (error down)", ""),
        ("ran two mergers, kept all", "done", "I ran two mergers and kept all", ""),
        ("happy to train in halls", "can", "I am happy to train in halls", ""),
        ("could do it: I ran the pilot of 600 users", "done", "I ran the pilot of 600 users", ""),
        ("Paid search: bidding rules, lists", "field", "paid search (bidding rules, lists)", ""),
        ("8 years product manager, search", "field", "8 years as product manager, search", ""),
        ("embedded software background", "field", "embedded software background", ""),
        ("ran the pilot; happy to tell more", "done", "I ran the pilot", ""),
        ("ran the pilot, " + "with care, " * 300, "done", None, ""),
    ],
)
def test_a_skill_line_is_said_in_the_first_person(
    line: str, kind: str, said: str | None, useful: str
) -> None:
    """A second clause that states something is what the reader can use; the rest is cut."""
    skill = skill_of(line)

    assert skill is not None
    assert (skill.kind, skill.useful) == (kind, useful)
    assert skill.said == (said or skill.said)
    assert len(skill.said.split()) < 30
    assert not skill.said.endswith(("wit", "car"))


@pytest.mark.parametrize(
    "line", ["SQL, R, Python", "Welsh", "passionate about data", "word " * 400]
)
def test_a_line_that_says_nothing_is_no_skill(line: str) -> None:
    """Lists of tools, worn-out words, and what does not end, leave a gap."""
    assert skill_of(line) is None


def test_worn_out_phrases_are_found_as_whole_words() -> None:
    """Whatever the case and the spaces; "beach outing" is none."""
    assert worn_out("I am Reaching  out") == ("reaching out",)
    assert worn_out("a beach outing") == ()


# ----------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "first", "last", "title"),
    [
        ("Renata Kowalczyk", "Renata", "Kowalczyk", ""),
        ("Dr. Ada Lovelace", "Ada", "Lovelace", "Dr."),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven", ""),
        ("Mary Ann Evans", "Mary Ann", "Evans", ""),
        ("Kowalczyk, Renata", "Renata", "Kowalczyk", ""),
        ("von Trapp, Prof. Maria", "Maria", "von Trapp", "Prof."),
        ("Jane Roe, PhD", "Jane", "Roe", ""),
        ("Madonna", "Madonna", "Madonna", ""),
        ("Mr Smith", "Mr Smith", "Smith", "Mr"),
        ("J. Smith", "J. Smith", "Smith", ""),
        ("J. Robert Oppenheimer", "Robert", "Oppenheimer", ""),
        ("Robert (Bob) Smith", "Bob", "Smith", ""),
        ("RENATA KOWALCZYK", "Renata", "Kowalczyk", ""),
        ("山田 太郎", "山田 太郎", "山田 太郎", ""),
        ("Иван Петров", "Иван", "Петров", ""),
        ("—", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_one_greets_by_the_first_name(name: str, first: str, last: str, title: str) -> None:
    """Titles, suffixes and turned names are seen through; in doubt it is the whole name."""
    found = parts_of(name)
    assert (found.first, found.last, found.title) == (first, last, title)


# ------------------------------------------------------------------------------------- headlines


def _article(title: str, source: str = "", link: str = "https://www.reuters.com/a") -> Article:
    return Article("1", "f", title, link, link, "", NOW, "feed", NOW, source)


@pytest.mark.parametrize(
    ("title", "source", "clean"),
    [
        ("Oracle opens a plant - Harbour Post", "Harbour Post", "Oracle opens a plant"),
        ("Oracle opens a plant | Reuters", "", "Oracle opens a plant"),
        ("Oracle opens a plant (AP)", "Wire", "Oracle opens a plant"),
        ("Oracle - the story so far", "Wire", "Oracle - the story so far"),
        ('A "big" day 🎉 for Oracle.', "Wire", "A 'big' day for Oracle"),
        (
            "ORACLE OPENS A PLANT IN THE US, CEO SAYS",
            "",
            "Oracle Opens a Plant in the US, CEO Says",
        ),
        ("Bonds 's record is as", "", "Bonds's record is…"),
        ("word " * 60, "", "word " * 19 + "word…"),
        ("🎉", "", ""),
    ],
)
def test_a_headline_is_cleaned_for_a_letter(title: str, source: str, clean: str) -> None:
    """Without the outlet's name, pictures, double quotes and shouting; cut at a word."""
    assert title_of(_article(title, source), ("Oracle",)) == clean


def test_the_outlet_is_named_once() -> None:
    """By the feed, else by the agency in brackets, else by a tail that is the link's host."""
    assert source_of(_article("A (AP)", "Wire")) == "Wire"
    assert source_of(_article("A (AP)")) == "AP"
    assert source_of(_article("A thing - Reuters")) == "Reuters"
    assert source_of(_article("A thing - or two")) == ""


def _told(title: str, *kinds: str) -> Match:
    events = tuple(Event(kind, sensitive=False) for kind in kinds)
    return news(story=story("n", title), events=events)


@pytest.mark.parametrize(
    ("title", "kind", "named", "cheerful"),
    [
        ("Oracle launches a new suite", "launch", "the launch", True),
        ("Oracle to buy a rival's old unit", "acquisition", "the acquisition", False),
        ("Oracle wins a navy contract", "award", "the contract", True),
        ("Oracle opens a second plant", "expansion", "the expansion", True),
        ("Oracle opens up its books", "expansion", "", False),
        ("Rival firm from Kent launches a suite against Oracle", "launch", "", False),
        ("Oracle may launch a suite that launches itself", "launch", "", False),
        ("Oracle launches a suite amid fears", "launch", "the launch", False),
        ("Oracle names a new head", "leadership", "the appointment", False),
        ("Oracle launches a new suite", "award", "", False),
    ],
)
def test_news_is_named_only_where_the_headline_says_so(
    title: str, kind: str, named: str, cheerful: bool
) -> None:
    """Of this company, plainly; and cheered at only when it is cheerful."""
    match = _told(title, kind)
    assert (named_news(match, ("Oracle",)), is_cheerful(match, ("Oracle",))) == (named, cheerful)


def test_nobody_cheers_at_bad_news() -> None:
    """A launch in a story that also tells of a death gets no congratulations."""
    match = _told("Oracle launches a new suite", "launch")
    sad = replace(match, events=(*match.events, Event("death", sensitive=True)))

    assert is_cheerful(match, ("Oracle",))
    assert not is_cheerful(sad, ("Oracle",))
    assert not is_cheerful(replace(match, sensitive=True), ("Oracle",))
