"""`feeds …` as a user types it: a workspace, real files, a real server on loopback."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from pipeline.commands.feeds.exchange import import_feeds, import_plan
from pipeline.news.address_changes import proposed_changes
from pipeline.records import FeedState
from pipeline.store import database
from pipeline.store.news import keep_feed_states
from tests.program import Done, touchpoints

pytestmark = pytest.mark.slow  # commands by the dozen, each a process


NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
AS_OF = "2026-11-24T08:00+00:00"
REPOSITORY = Path(__file__).parents[2]

CONFIG = """\
# my feeds
settings: {{timezone: UTC, contact: me@example.com, news: {{pause_seconds: 0}}}}
companies:
  halden:            # the port
    name: Halden Freight
    aliases: [Halden]
    feeds:
      - {server}/halden.xml   # their own
      - {server}/business.xml

# to send along
topics:
  sailing:
    feeds:
      - {server}/sailing.xml
"""
NOTES = """---
company: halden
interviewed: 2026-11-23 14:30
interviewers: [{name: Tom Adeyemi, email: tom@example.com}]
---
## Seen in the office
- photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""


def rss(*titles: str, ago: float = 0.5) -> str:
    date = format_datetime(NOW - timedelta(days=ago))
    items = "".join(
        f"<item><title>{title}</title><link>https://n.example/{abs(hash(title))}</link>"
        f"<pubDate>{date}</pubDate></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>Some news</title>{items}</channel></rss>"


class User:
    """Somebody at a terminal, in a workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, *arguments: str, code: int = 0) -> Done:
        return touchpoints("--as-of", AS_OF, *arguments, cwd=self.root, code=code)

    def objects(self, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*arguments, code=code).stdout.splitlines()]

    @property
    def feeds(self) -> str:
        return (self.root / "feeds.yaml").read_text("utf-8")


@pytest.fixture
def user(tmp_path: Path, httpserver: HTTPServer) -> User:
    """A workspace with a company of two feeds, and a topic of one."""
    for path, body in {
        "/halden.xml": rss("Halden opens a terminal for containers", "A new crane", "Our party"),
        "/business.xml": rss("Halden Freight hires", "Rates rise", "Oil falls", "Rain", ago=90),
        "/sailing.xml": rss("Solo sailor wins an ocean race in her racing boat", "Knots for all"),
    }.items():
        httpserver.expect_request(path).respond_with_data(body, content_type="application/rss+xml")
    root = tmp_path / "ws"
    (root / "data" / "notes").mkdir(parents=True)
    (root / "feeds.yaml").write_text(CONFIG.format(server=httpserver.url_for("").rstrip("/")))
    (root / "data" / "notes" / "halden.md").write_text(NOTES)
    return User(root)


# ------------------------------------------------------------------------------------- looking


def test_preview_scores_each_article_and_stores_nothing(user: User, httpserver: HTTPServer) -> None:
    """The promised fields stay; beside them stands whether it would be shown, and for whom."""
    before = {path.name for path in user.root.rglob("*")}
    (found,) = user.objects("feeds", "preview", httpserver.url_for("/sailing.xml"), "--json")
    boat, knots = found["articles"]

    assert set(found) == {"source", "format", "title", "articles", "problems"}
    assert set(boat) - {"id", "title", "link", "published", "text", "author"} == {
        "shown",
        "matches",
    }
    assert (boat["shown"], knots["shown"]) == (True, False)
    (match,) = boat["matches"]
    assert match["interview"] == "data/notes/halden.md"
    assert match["score"] > 0.2
    text = user("feeds", "preview", httpserver.url_for("/sailing.xml")).stdout
    assert "✓ Solo sailor" in text
    assert "1 of 2 would be shown" in text
    assert {path.name for path in user.root.rglob("*")} == before


def test_check_says_how_each_feed_is_and_what_to_do(user: User, httpserver: HTTPServer) -> None:
    """Nothing is stored; a broken one makes it exit with 1, a doubtful one does not."""
    found = user.objects("feeds", "check", "--json")
    own, business, sailing = found
    assert (own["alive"], own["format"], own["entries"], own["about"]) == (True, "rss20", 3, 1)
    assert own["newest"] == "2026-11-23T20:00:00+00:00"
    assert (business["wrong"], business["about"]) == ("Its newest entry is 90 days old.", 1)
    assert (sailing["about"], sailing["wrong"]) == (None, "")
    assert not (user.root / "data" / "touchpoints.db").exists()

    httpserver.expect_request("/page").respond_with_data("<html><body>Hi</body></html>")
    user("feeds", "add", httpserver.url_for("/page"), "--topic", "sailing")
    text = user("feeds", "check", code=1).stdout
    assert "4 feeds: 2 fine, 1 to look at, 1 broken." in text
    assert f"`touchpoints feeds find {httpserver.url_for('/page')}` looks" in text
    assert len(user.objects("feeds", "check", httpserver.url_for("/halden.xml"), "--json")) == 1
    assert "Did you mean" in user("feeds", "check", httpserver.url_for("/haldn.xml"), code=1).stderr


def test_find_lists_a_sites_feeds_with_what_to_type(user: User, httpserver: HTTPServer) -> None:
    """Title, entries, the YAML line, the command; one that is listed already says so."""
    page = '<html><link rel="alternate" type="application/rss+xml" href="/halden.xml"></html>'
    httpserver.expect_request("/").respond_with_data(page, content_type="text/html")
    httpserver.expect_request("/rss").respond_with_data(rss("Other"))
    own, other = user.objects("feeds", "find", httpserver.url_for("/"), "--json")

    assert (own["listed"], own["entries"], own["origin"]) == (["halden"], 3, "page")
    assert other["yaml"] == f"- {httpserver.url_for('/rss')}"
    assert other["command"].startswith(f"touchpoints feeds add {httpserver.url_for('/rss')} --")
    assert (
        "already in feeds.yaml, for halden" in user("feeds", "find", httpserver.url_for("/")).stdout
    )
    httpserver.expect_request("/empty/").respond_with_data("<html></html>")
    assert "cannot be reached" in user("feeds", "find", "http://127.0.0.1:9", code=1).stderr


def test_a_page_of_news_is_found_added_and_read(user: User, httpserver: HTTPServer) -> None:
    """Where a site has no feed: from `find` to the articles of a run."""
    listed = "".join(
        f"<li><a href='/n/{n}'>Halden Freight opens a terminal in port {n}</a> 2{n} Nov 2026"
        for n in range(4)
    )
    httpserver.expect_request("/press/").respond_with_data(f"<html>{listed}")
    address = httpserver.url_for("/press/")
    (found,) = user.objects("feeds", "find", address, "--json")
    assert found["yaml"] == f"- page: {address}"
    assert found["command"].startswith(f"touchpoints feeds add --page {address} --")
    (seen,) = user.objects("feeds", "preview", address, "--json")
    assert (seen["format"], len(seen["articles"])) == ("page", 4)
    user("feeds", "add", "--page", address, "--company", "halden")
    assert f"- page: {address}\n" in user.feeds
    user("run")
    assert user.objects("feeds", "check", address, "--json")[0]["about"] == 4
    assert "is a page, not a feed" in user("feeds", "export").stderr
    user("feeds", "remove", address)
    assert "page:" not in user.feeds


def test_stats_add_up_with_what_the_store_holds(user: User) -> None:
    """Each figure can be counted again; what was sent and dismissed stands with its feed."""
    user("run")
    suggested = user.objects("queue", "--json")
    thank = next(item for item in suggested if item["story"])
    user("sent", str(thank["id"]))
    found = {
        item["feed"].rpartition("/")[2]: item for item in user.objects("feeds", "stats", "--json")
    }

    with sqlite3.connect(user.root / "data" / "touchpoints.db") as db:
        (stored,) = db.execute("SELECT count(*) FROM articles").fetchone()
    assert sum(item["articles"] for item in found.values()) == stored == 5
    assert found["business.xml"]["hint"] == "has brought nothing so far"  # all too old
    assert (found["halden.xml"]["about"], found["sailing.xml"]["about"]) == (1, None)
    assert found["halden.xml"]["about_share"] == pytest.approx(1 / 3, abs=1e-3)
    assert found["sailing.xml"]["sent"] == found["sailing.xml"]["suggested"] == 1
    assert found["halden.xml"]["sent"] == 0
    total = user("feeds", "stats").stdout.splitlines()[-1].split()
    assert total[:3] == ["total", "5", "5"]


# ------------------------------------------------------------------------------------ changing


def test_add_and_remove_leave_the_file_as_it_was(user: User, httpserver: HTTPServer) -> None:
    """Comments, order, mode; what is already there is said and not doubled."""
    before = user.feeds
    (user.root / "feeds.yaml").chmod(0o644)
    address = "https://news.example/feed"
    added = user("feeds", "add", address, "--company", "Halden Freight", "--weight", "0.5").stderr
    assert "{url: https://news.example/feed, weight: 0.5}" in added
    again = user("feeds", "add", f"{address}/", "--company", "halden").stderr
    assert "is already there" in again
    assert user.feeds.count(address) == 1
    assert "Its settings were: weight 0.5." in user("feeds", "remove", address).stderr

    assert user.feeds == before
    assert (user.root / "feeds.yaml").stat().st_mode & 0o777 == 0o644
    user("run")
    removed = user("feeds", "remove", httpserver.url_for("/sailing.xml")).stderr
    assert "Its 2 stored articles are kept until old." in removed
    assert "sailing has no feeds left" in removed


def test_a_word_is_muted_listed_and_shown_again(user: User) -> None:
    """For all and for a company; twice is once."""
    for scope in ((), ("--company", "halden")):
        assert "Muted for" in user("feeds", "mute", "share  price", *scope).stderr
        assert "already" in user("feeds", "mute", "Share price", *scope).stderr
    listed = user("feeds", "mute", "--list").stdout.splitlines()
    assert [line.partition(" of the")[0] for line in listed] == [
        "share price for halden: in no article",
        "share price: in no article",
    ]
    assert "muted: share price: in no article of the last 30" in user("feeds", "stats").stdout
    user("feeds", "mute", "share price", "--remove")
    assert len(user("feeds", "mute", "--list").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("mute",), 2, "Say which word"),
        (("mute", "x", "--company", "halden", "--topic", "t"), 2, "Use one of"),
        (("mute", "quiz", "--remove"), 1, "is not muted there"),
        (("mute", "quiz", "--topic", "nothing"), 1, "There is no topic nothing"),
        (("mute", "quiz", "--feed", "https://x.example/f"), 1, "is not in feeds.yaml"),
        (("add", "https://x.example/f"), 2, "--company NAME or --topic NAME"),
        (("add", "https://x.example/f", "--company", "haldn"), 1, "Did you mean halden?"),
        (("add", "x.example", "--topic", "sailing"), 1, "touchpoints feeds find x.example"),
        (("add", "ftp://x.example/f", "--topic", "sailing"), 1, "is not an address"),
        (("add", "https://x.example/f", "--topic", "Sea Side"), 1, 'Write "sea-side".'),
        (("remove", "https://x.example/f"), 1, "is not in feeds.yaml"),
        (("import", "nothing.opml"), 1, "cannot be read"),
        (("export", "feeds.yaml"), 1, "is not OPML"),
    ],
)
def test_a_mistake_changes_nothing(
    user: User, arguments: tuple[str, ...], code: int, told: str
) -> None:
    """And is told with what to do."""
    before = user.feeds
    assert told in user("feeds", *arguments, code=code).stderr
    assert user.feeds == before


def test_a_mistake_in_the_file_is_told_first(user: User) -> None:
    """Nothing is added to a file that cannot be run."""
    (user.root / "feeds.yaml").write_text("companies: {halden: {nam: H}}\n")
    told = user("feeds", "add", "https://x.example/f", "--company", "halden", code=1).stderr
    assert "feeds.yaml has" in told
    assert user.feeds == "companies: {halden: {nam: H}}\n"


def test_a_linked_file_stays_a_link(user: User) -> None:
    """The file that it leads to is changed."""
    real = user.root.parent / "dotfiles.yaml"
    (user.root / "feeds.yaml").rename(real)
    (user.root / "feeds.yaml").symlink_to(real)
    user("feeds", "add", "https://x.example/f", "--topic", "sailing")

    assert (user.root / "feeds.yaml").is_symlink()
    assert "https://x.example/f" in real.read_text()


def test_a_list_that_is_too_long_says_where_it_ends(user: User) -> None:
    """What is left out is not passed over in silence."""
    outlines = "".join(f'<outline xmlUrl="https://n{n}.example/"/>' for n in range(5_002))
    (user.root / "in.opml").write_text(f"<opml>{outlines}</opml>", "utf-8")
    done = user("feeds", "import", "in.opml", "--dry-run")
    told = "left out: https://n5000.example/ and all that follow are beyond the first 5,000 feeds"
    assert told in done.stdout
    assert "5,000 feeds would be added" in done.stderr


def test_another_readers_list_comes_in_by_folders(user: User, httpserver: HTTPServer) -> None:
    """A company's folder to the company, others to topics; doubles and nonsense are left out."""
    (user.root / "in.opml").write_text(
        '<opml><body><outline text="halden freight"><outline xmlUrl="https://a.example/1"/></outline>'
        '<outline text="Deep &amp; Sea"><outline xmlUrl="https://a.example/2" text="Two"/>'
        f'<outline xmlUrl="{httpserver.url_for("/sailing.xml")}"/></outline>'
        '<outline xmlUrl="https://a.example/3"/><outline xmlUrl="https://a.example/2"/>'
        '<outline xmlUrl="javascript:x"/></body></opml>'
    )
    before = user.feeds
    shown = user("feeds", "import", "in.opml", "--dry-run").stdout
    assert "is in feeds.yaml already" in shown
    assert "appears twice in the list" in shown
    assert "javascript:x is no web address" in shown
    assert user.feeds == before

    assert "puts feeds under halden" in user("feeds", "import", "in.opml", code=1).stderr
    assert user.feeds == before  # nobody was there to say yes
    user("feeds", "import", "in.opml", "--yes")
    for line in before.splitlines():
        assert line in user.feeds
    found = {item["feed"]: item for item in user.objects("feeds", "stats", "--json")}
    assert found["https://a.example/1"]["companies"] == ["halden"]
    assert found["https://a.example/2"]["topics"] == ["deep-sea"]
    assert found["https://a.example/3"]["topics"] == ["imported"]
    assert "Nothing to add" in user("feeds", "import", "in.opml").stderr


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "LOCALHOST."),
        *("nas.localdomain", "router.lan", "[::1]", "[fec0::1]", "[::ffff:10.0.0.1]"),
        *(
            "[64:ff9b::a00:1]",
            "[2002:a00:1::]",
            "192.0.0.192",
            "169.254.169.254",
            "10.0.0.1.nip.io",
        ),
        *("public.example@127.0.0.1", "public.example:80@10.0.0.1", "１２７.0.0.1", "127。0。0。1"),
    ],
)
def test_a_list_from_elsewhere_brings_no_private_address(user: User, host: str) -> None:
    """In whatever form a browser would read it."""
    written = f'<opml><body><outline xmlUrl="http://{host}/feed"/></body></opml>'
    file = user.root / "in.opml"
    file.write_text(written, "utf-8")
    assert import_plan(user.root, file).feeds == ()


def test_a_public_name_of_a_list_leads_to_no_private_place(
    user: User, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may mean one inside at any time; whoever adds the feed by hand may have it there."""
    monkeypatch.setattr("pipeline.commands.feeds.exchange.looks_public", lambda host: True)
    address = httpserver.url_for("/listed.xml")
    (user.root / "in.opml").write_text(
        f'<opml><body><outline xmlUrl="{address}"/></body></opml>', "utf-8"
    )
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.path)
        return Response("<rss version='2.0'><channel><title>x</title></channel></rss>")

    httpserver.expect_request("/listed.xml").respond_with_handler(answer)
    import_feeds(user.root, import_plan(user.root, user.root / "in.opml"))
    user("run", "--ask-all")
    assert asked == []
    user("feeds", "remove", address)
    user("feeds", "add", address, "--topic", "sailing")
    user("run", "--ask-all")
    assert len(asked) == 1


def test_export_then_import_elsewhere_gives_the_same_feeds(user: User, tmp_path: Path) -> None:
    """Without name and password, and none of a private network; the same bytes each time."""
    user("feeds", "add", "https://me:secret@a.example/f", "--topic", "sailing")
    user("feeds", "add", "https://b.example/f", "--company", "halden")
    done = user("feeds", "export")
    assert done.stdout == user("feeds", "export").stdout
    assert "secret" not in done.stdout
    assert "without its name, password or key" in done.stderr

    user("feeds", "export", "out.opml")
    other = User(tmp_path / "other")
    other.root.mkdir()
    (other.root / "feeds.yaml").write_text("companies:\n  halden:\n    name: Halden Freight\n")
    said = other("feeds", "import", "--yes", str(user.root / "out.opml"))
    assert "is on a private network" in said.stdout + said.stderr

    def feeds_of(who: User) -> list[tuple[str, Any, Any]]:
        found = who.objects("feeds", "stats", "--json")
        return [(item["feed"], item["companies"], item["topics"]) for item in found]

    public = [item for item in feeds_of(user) if "localhost" not in item[0]]
    assert len(public) == 2
    assert feeds_of(other) == [(x.replace("me:secret@", ""), *rest) for x, *rest in public]


# -------------------------------------------------------------------- what the feeds propose


def _state(address: str, **more: Any) -> FeedState:
    return FeedState(address, checked=NOW, worked=NOW, **more)


def test_update_follows_a_feed_only_when_asked_to(user: User, httpserver: HTTPServer) -> None:
    """It shows the change; with --apply it is made, comments kept, and the stored news follow."""
    user("run")
    old, gone = httpserver.url_for("/halden.xml"), httpserver.url_for("/business.xml")
    with sqlite3.connect(user.root / "data" / "touchpoints.db") as db:
        db.execute(
            "UPDATE feeds SET moved_to = 'https://new.example/f', moved_times = 3,"
            " moved_since = '2026-11-20T08:00:00+00:00' WHERE address = ?",
            [old],
        )
        db.execute(
            "UPDATE feeds SET gone_since = '2026-11-20T08:00:00+00:00' WHERE address = ?", [gone]
        )
    before = user.feeds
    shown = user("feeds", "update")
    assert f"- {old}\n+ https://new.example/f" in shown.stdout
    assert "has ended" in shown.stdout
    assert "--apply" in shown.stderr
    assert user.feeds == before

    user("feeds", "update", "--apply")
    expected = before.replace(f"{old}   # their own", "https://new.example/f   # their own")
    assert user.feeds == expected.replace(f"      - {gone}\n", "")
    own = user.objects("feeds", "stats", "--json")[0]
    assert (own["feed"], own["articles"]) == ("https://new.example/f", 3)
    assert "Nothing to change" in user("feeds", "update").stderr


def test_entries_of_a_feed_that_moved_do_not_come_again(user: User, httpserver: HTTPServer) -> None:
    """They keep their ids under the new address, and under the next one."""
    user("run")
    body = httpserver.url_for("/halden.xml")
    before = user.objects("feeds", "stats", "--json")[0]["articles"]
    for old, new in (("/halden.xml", "/moved.xml"), ("/moved.xml", "/again.xml")):
        with urllib.request.urlopen(body) as answer:
            httpserver.expect_request(new).respond_with_data(answer.read(), content_type="text/xml")
        with sqlite3.connect(user.root / "data" / "touchpoints.db") as db:
            db.execute(
                "UPDATE feeds SET moved_to = ?, moved_times = 3, content_hash = '', due = '',"
                " moved_since = '2026-11-20T08:00:00+00:00' WHERE address = ?",
                [httpserver.url_for(new), httpserver.url_for(old)],
            )
        user("feeds", "update", "--apply")
        report = json.loads(user("run", "--ask-all", "--json").stdout)
        assert report["feeds_failed"] == 0
        own = user.objects("feeds", "stats", "--json")[0]
        assert (own["feed"], own["articles"]) == (httpserver.url_for(new), before)


@pytest.mark.parametrize(
    ("times", "days", "proposed"), [(3, 2, True), (2, 5, False), (9, 1, False), (3, 30, True)]
)
def test_a_move_is_believed_after_three_times_over_two_days(
    times: int, days: int, proposed: bool
) -> None:
    """A maintenance page redirects everything for an afternoon."""
    state = _state(
        "https://a/f", moved_to="https://b/f", moved_times=times, moved_since=NOW - timedelta(days)
    )
    assert bool(list(proposed_changes([state]))) is proposed


def test_a_move_brings_no_secret_into_feeds_yaml() -> None:
    """But for the one that the old address names; a database may be from elsewhere."""
    key, mail = "${TOUCHPOINTS_KEY}", "${TOUCHPOINTS_SMTP_PASSWORD}"
    for address, to, proposed in (
        ("https://a/f", f"https://b/f?k={mail}", False),
        ("https://a/f", f"https://b/f?k={key}", False),
        (f"https://a/f?k={key}", f"https://b/f?k={key}", True),
        (f"https://a/f?k={key}", f"https://b/f?k={key}&m={mail}", False),
    ):
        state = _state(address, moved_to=to, moved_times=9, moved_since=NOW - timedelta(9))
        assert bool(list(proposed_changes([state]))) is proposed, to


def test_a_password_goes_along_to_the_same_host_only(user: User) -> None:
    """In feeds.yaml it stays, on the screen it does not stand."""
    for host, moved in (
        ("a.example", "https://a.example/new"),
        ("b.example", "https://c.example/new"),
    ):
        user("feeds", "add", f"https://me:secret@{host}/f", "--topic", "sailing")
        path = user.root / "data" / "touchpoints.db"
        db = database.connect(path)
        since = NOW - timedelta(days=5)
        state = _state(
            f"https://me:secret@{host}/f", moved_to=moved, moved_times=4, moved_since=since
        )
        keep_feed_states(db, [state])
        db.close()
    shown = user("feeds", "update", "--apply")
    assert "secret" not in shown.stdout + shown.stderr
    assert "https://me:secret@a.example/new" in user.feeds
    assert "https://c.example/new" in user.feeds
