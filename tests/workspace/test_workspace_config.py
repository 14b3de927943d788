"""feeds.yaml: what it may say, and every mistake in it at once, each in its place."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import NotFound
from pipeline.records import Problem, Settings, Workspace
from pipeline.workspace.config import parse_config
from pipeline.workspace.keys import SCHEMA_PATH, keys, schema_text
from pipeline.workspace.lookup import company_of
from pipeline.workspace.report import problems_text
from tests.environment import at_most

ROOT = Path("/home/sam/job")


def problems(text: str) -> list[Problem]:
    return parse_config(text, ROOT)[1]


def test_a_search_may_take_the_name_alone() -> None:
    """For a service that makes one phrase of all it is given."""
    config, found = parse_config(
        "searches: {hn: 'https://h.example/?q={name}'}\n"
        "companies: {o: {name: 'Big {query} Co', aliases: [Bigger Co], feeds: [{search: hn}]}}\n",
        ROOT,
    )
    assert found == []
    assert config.feeds[0].address == "https://h.example/?q=Big+%7Bquery%7D+Co"


def told(text: str) -> list[str]:
    return [f"{p.line}:{p.column} {p.path} | {p.what} {p.todo}" for p in problems(text)]


FULL = """
settings:
  timezone: Europe/Paris
  pace: {cool_down_days: 3, quiet: [sat, sun], holidays: DE-BY}
searches:
  google: https://news.example/rss?q={query}
companies:
  oracle:
    name: Oracle
    aliases: [Oracle Corp, ORCL]
    not: [oracle of Delphi]
    website: https://www.oracle.com/
    feeds:
      - https://blogs.oracle.com/rss
      - search: google
      - {url: https://other.example/tech.xml, weight: 0.5, only: [database]}
      - feeds/mine.xml
      - page: https://www.oracle.com/news/
topics:
  sailing: {feeds: [https://sail.example/rss]}
"""


def test_the_whole_file_comes_out_as_records() -> None:
    """Companies, aliases, feeds of five kinds, settings beside their defaults."""
    config, found = parse_config(FULL, ROOT)

    assert found == []
    (oracle,) = config.companies
    assert (oracle.name, oracle.negatives) == ("Oracle", ("oracle of Delphi",))
    assert oracle.website == "oracle.com"
    assert [feed.address for feed in oracle.feeds] == [
        "https://blogs.oracle.com/rss",
        "https://news.example/rss?q=%22Oracle%22",
        "https://other.example/tech.xml",
        "/home/sam/job/feeds/mine.xml",
        "https://www.oracle.com/news/",
    ]
    assert [feed.own for feed in oracle.feeds] == [True, False, False, False, True]
    assert [feed.page for feed in oracle.feeds] == [False, False, False, False, True]
    assert (oracle.feeds[2].weight, oracle.feeds[2].only) == (0.5, ("database",))
    assert config.topics[0].feeds[0].topic == "sailing"
    assert config.settings.pace.cool_down_days == 3
    assert config.settings.pace.gaps == Settings().pace.gaps


def test_all_mistakes_are_told_at_once_each_in_its_place() -> None:
    """Mistakes of form and of meaning together, in the order of the file, with the nearest key."""
    text = """settings:
  timezone: Europe/Pariss
  pace: {cooldown_days: 3, quiet: [sax], holidays: FX, unanswered_stop: 99}
companies:
  oracle:
    name: Oracle
    alias: [x]
    feeds:
      - htps://foo/bar
      - {url: http://a.example/c, wieght: 3}
      - search: gogle
  Big Corp: {name: Big}
"""
    assert told(text) == [
        '2:3 settings › timezone | "Europe/Pariss" is not a time zone. Did you mean Europe/Paris?',
        '3:10 settings › pace › cooldown_days | There is no key "cooldown_days". '
        'Did you mean "cool_down_days"?',
        '3:36 settings › pace › quiet › 1 | "sax" is not known here. '
        'Did you mean "sat"? Known: mon, tue, wed, thu, fri, sat, sun.',
        '3:42 settings › pace › holidays | The holidays of "FX" are not known. Write FR, or DE-BY.',
        "3:73 settings › pace › unanswered_stop | 99 is out of range. It should be at most 20.",
        '7:5 companies › oracle › alias | There is no key "alias". Did you mean "aliases"?',
        '9:9 companies › oracle › feeds › 1 | "htps://foo/bar" is not an address. '
        "It should begin with http:// or https:// and a name, or be a file.",
        '10:35 companies › oracle › feeds › 2 › wieght | There is no key "wieght". '
        'Did you mean "weight"?',
        '11:9 companies › oracle › feeds › 3 | There is no search "gogle". Did you mean "google"?',
        '12:3 companies › Big Corp | "Big Corp" cannot be a short name: use only a-z, '
        '0-9 and hyphens. Write "big-corp".',
        "12:3 companies › Big Corp | Big has no feeds, so only other feeds can bring news about "
        "it. Add an address under `feeds:`, or `- search: google`.",
    ]


@pytest.mark.parametrize(
    ("company", "edition"),
    [
        ("name: Nordhafen Logistics GmbH", "hl=de&gl=DE&ceid=DE:de"),
        ("name: Acme", "hl=en-US&gl=US&ceid=US:en"),
        ("name: Acme, website: acme.co.uk", "hl=en-GB&gl=GB&ceid=GB:en"),
        ("name: Acme GmbH, website: acme.com, timezone: Europe/Zurich", "hl=de&gl=CH&ceid=CH:de"),
        ("name: Acme, holidays: DE-BY, website: acme.fr", "hl=de&gl=DE&ceid=DE:de"),
        ("name: Acme, website: acme.com.br", "hl=pt-BR&gl=BR&ceid=BR:pt-419"),
        ("name: Acme, website: acme.co, timezone: Europe/Helsinki", "hl=en-US&gl=US&ceid=US:en"),
    ],
)
def test_searches_are_built_in_and_follow_the_companys_country(company: str, edition: str) -> None:
    """By what is written for it, its website's ending or its legal form."""
    feeds = "feeds: [search: google, search: bing, search: hackernews]"
    config, found = parse_config(f"companies: {{a: {{{company}, {feeds}}}}}\n", ROOT)
    assert found == []
    google, bing, hackernews = (feed.address for feed in config.feeds)
    assert google.startswith("https://news.google.com/rss/search?q=%22")
    assert google.endswith(f"%22&{edition}")
    assert bing.endswith(f"-{edition.partition('gl=')[2][:2]}")
    assert hackernews.startswith("https://hnrss.org/newest?q=")


def test_a_search_of_the_users_own_goes_before_the_one_of_that_name() -> None:
    """A user who wrote another address under `searches: google` meant it."""
    text = (
        "searches: {google: 'https://n.example/?q={query}'}\n"
        "companies: {a: {name: A, feeds: [search: google]}}\n"
    )
    assert parse_config(text, ROOT)[0].feeds[0].address == "https://n.example/?q=%22A%22"


def test_advice_names_a_search_that_is_there() -> None:
    """With one under `searches:`, a company without feeds is told of it."""
    searches = 'searches: {bing: "https://b.example/?q={query}"}\n'
    (said,) = told(f"{searches}companies:\n  big: {{name: Big}}\n")
    assert said.endswith("Add an address under `feeds:`, or `- search: bing`.")


@pytest.mark.parametrize(
    "page", ["https://www.linkedin.com/company/oracle", "https://x.com/Oracle"]
)
def test_a_profile_page_is_no_feed(page: str) -> None:
    """It is refused, with what to do; a site whose name only ends like one is not."""
    (said,) = told(f"companies:\n  a:\n    name: A\n    feeds:\n      - {page}\n")
    assert "has no feeds: a page there cannot be followed. Take it out;" in said
    assert not told("companies:\n  a: {name: A, feeds: [https://fox.com/rss]}\n")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "The file is empty."),
        ("# only a comment\n", "The file is empty."),
        ("companies:\n\toracle: {name: O}\n", "There is a tab here"),
        ("companies: [", "not readable as YAML"),
        ("just a text", "does not fit here"),
        ("- a\n- list\n", "does not fit here"),
        ("companies: {}\n", "There is no company."),
        ("settings: {}\n", 'The key "companies" is missing.'),
        ("companies: {o: {feeds: []}}\n", 'The key "name" is missing.'),
        ("companies: {o: {name: O}, o: {name: P}}\n", '"o" appears twice'),
        ("companies: {o: {name: O, feeds: [{url: http://a.b, search: x}]}}\n", "one of `url`"),
        ("companies: {o: {name: O, feeds: [{weight: 2}]}}\n", "one of `url`"),
        ("companies: {o: {name: O, feeds: [www.a.example/rss]}}\n", "is not an address"),
        ("companies: {o: {name: O, feeds: ['http://[::1']}}\n", "is not an address"),
        ("companies: {o: {name: O, timezone: Mars}}\n", "is not a time zone"),
        (
            "companies: {oracle: {name: O}}\ntopics: {sea: {for: orcale, feeds: [a.xml]}}\n",
            'There is no company "orcale".',
        ),
        ("searches: {g: http://a.b}\ncompanies: {o: {name: O}}\n", "no {query} in it"),
        ("companies: {o: {name: O}}\ntopics: {t: {feeds: [{search: g}]}}\n", "cannot search"),
        ("settings: {pace: {gaps: [0]}}\ncompanies: {o: {name: O}}\n", "at least one day"),
    ],
)
def test_each_mistake_is_a_sentence(text: str, what: str) -> None:
    """What is wrong, with a line, and nothing raised."""
    found = problems(text)

    assert any(what in problem.what for problem in found), found
    assert all(problem.where == "feeds.yaml" for problem in found)


def test_a_company_without_feeds_is_only_a_warning() -> None:
    """It may be found in the others' feeds."""
    (warning,) = problems("companies: {o: {name: Oracle}}\n")
    assert warning.level == "warning"


def test_numbers_and_single_values_are_taken_as_meant() -> None:
    """A name that is a number, one alias without a list, a company of one feed."""
    text = "companies: {o: {name: 3, aliases: 1984, feeds: https://a.example/rss}}\n"
    config, found = parse_config(text, ROOT)

    assert found == []
    assert (config.companies[0].name, config.companies[0].aliases) == ("3", ("1984",))


ODD_NAMES = [
    "7E7",
    "1e3",
    "0x10",
    "1_000",
    "007",
    "1.50",
    ".5",
    "2026-11-24",
    "2026-1-5",
    "yes",
    "no",
    "on",
    "off",
    "12:30",
    "1984",
    "3M",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_stays_as_it_was_written(name: str) -> None:
    """Whatever YAML makes of it: a number, a day, nothing."""
    text = f"companies: {{o: {{name: {name}, aliases: [{name}], feeds: https://a.example/rss}}}}\n"
    config, found = parse_config(text, ROOT)
    assert found == []
    assert (config.companies[0].name, config.companies[0].aliases) == (name, (name,))


def test_a_number_is_still_a_number() -> None:
    """Where one is wanted."""
    text = (
        "settings: {digest: {at_most: 0x7}}\n"
        "companies: {o: {name: O, feeds: {url: https://a.example/rss, weight: 5e-1}}}\n"
    )
    config, found = parse_config(text, ROOT)
    assert found == []
    assert (config.settings.digest.at_most, config.companies[0].feeds[0].weight) == (7, 0.5)


def test_a_password_in_a_wrong_address_is_not_told() -> None:
    """The message may end in a log or a mail."""
    assert "secret" not in str(problems("companies: {o: {name: O, feeds: ['ftp://u:secret@a/']}}"))


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x]\n"
        + "".join(
            f"b{n}: &b{n} [{', '.join([f'*{p}'] * 9)}]\n"
            for n, p in enumerate(["a", *(f"b{n}" for n in range(12))])
        ),
        "[" * 3_000,
        "a: " * 3_000,
        "companies: " + "x" * 3_000_000,
    ],
)
def test_a_bomb_ends_quickly_with_a_message(bomb: str) -> None:
    """Aliases that multiply, brackets without end, megabytes of nothing."""
    with at_most(seconds=10):
        assert problems(bomb)


def test_an_anchor_may_be_used_twice() -> None:
    """YAML allows it, and a warning of the library's would be a mail of cron's each hour."""
    text = """companies:
  a: {name: &n Alder, feeds: [a.xml], website: *n}
  b: {name: &n Birch, feeds: [b.xml], website: *n}
"""
    config, problems = parse_config(text, Path("/w"))
    assert [company.website for company in config.companies] == ["alder", "birch"], problems


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    """Whatever is written: records, or problems with a place inside the file."""
    config, found = parse_config(text, ROOT)
    lines = text.count("\n") + text.count("\r") + 2

    assert found or config.companies
    assert all(0 <= problem.line <= lines + 1 for problem in found)
    assert problems_text(found) or not found


def test_the_published_schema_is_that_of_the_code() -> None:
    """Else run `python -m tests.docs`."""
    assert SCHEMA_PATH.read_text("utf-8") == schema_text()
    assert json.loads(schema_text())["properties"]["companies"]


def test_every_key_has_a_meaning() -> None:
    """What docs/settings.md says of it."""
    assert [key.path for key in keys() if not key.meaning] == []


def test_the_starter_files_are_right() -> None:
    """feeds.yaml, note and profile of the repository have no mistake and no warning."""
    from pipeline.workspace.read import read

    workspace = read(Path(__file__).parents[2])
    assert workspace.problems == ()
    assert len(workspace.config.companies) == 3
    assert len(workspace.config.topics) == 2
    assert len(workspace.interviews) == 1
    assert workspace.profile.lines


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("nord", "Did you mean nordhafen-gmbh?"), ("Nordhaven", "Did you mean nordhafen-gmbh?"),
     ("no", "There are: nordhafen-gmbh.")],
)  # fmt: skip
def test_the_beginning_of_a_companys_name_is_enough_for_a_hint(
    tmp_path: Path, asked: str, hint: str
) -> None:
    """From three characters on."""
    text = "companies: {nordhafen-gmbh: {name: Nordhafen Logistics GmbH, feeds: [a.xml]}}"
    config, _ = parse_config(text, tmp_path)

    with pytest.raises(NotFound, match=re.escape(hint)):
        company_of(Workspace(str(tmp_path), config), asked)
