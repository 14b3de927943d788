"""The page's server over real HTTP on loopback: what its buttons do, and whom it keeps out."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from pipeline.commands import queue
from pipeline.store.lock import locked
from tests.sample_workspace import NOW, SampleWorkspace
from tests.web.forms import Forms
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(desk: SampleWorkspace) -> Iterator[Visitor]:
    one = Visitor(desk.root)
    one.enter()
    yield one
    one.leave()
    assert one.bugs == []


def said(page: str) -> str:
    """Return the line on what was done."""
    found = re.search(r'id="said".*?<p[^>]*>(.*?)</p>', page, re.DOTALL)
    return found[1] if found else ""


# ------------------------------------------------------------------------------ the buttons


def test_sent_is_recorded_once_and_the_next_one_follows(
    visitor: Visitor, desk: SampleWorkspace
) -> None:
    """The line stands above the next suggestion; to load the page again repeats nothing."""
    page = visitor.press("/answer", 1, do="sent")

    assert desk.statuses() == ["sent", "suggested"]
    assert said(page) == "“Thank you for your time” to Tom Adeyemi: sent."
    assert 'id="suggestion-1"' not in page
    assert page.index('id="said"') < page.index('id="suggestion-2"')
    assert "one thing to do" in page.casefold()
    visitor.page("/?done=1")
    assert len(desk.contacts()) == 1


@pytest.mark.parametrize(
    ("pressed", "status", "because"),
    [
        ({"do": "not-for-me"}, "dismissed", "not-for-me"),
        ({"do": "wrong-company"}, "dismissed", "wrong-company"),
        ({"do": "later"}, "snoozed", ""),
        ({"do": "later", "day": "2026-12-24"}, "snoozed", ""),
        ({"do": "keep", "day": "2026-12-24"}, "snoozed", ""),  # enter in the field for the day
    ],
)
def test_each_button_does_what_the_command_does(
    visitor: Visitor, desk: SampleWorkspace, pressed: dict[str, str], status: str, because: str
) -> None:
    """And puts it off for a week, or until the day that was chosen."""
    visitor.press("/answer", 1, **pressed)

    found = desk.touchpoint(1)
    assert (found.status, found.because) == (status, because)
    # Put off for a week, or until Christmas Eve, a thank-you comes back while it is of use.
    assert found.until is None or found.until.date().isoformat() == "2026-11-29"


@pytest.mark.parametrize("day", ["2026-11-24", "2020-01-01", "9999-12-31x", "soon", "\x1b[2J"])
def test_a_day_that_is_none_changes_nothing(
    visitor: Visitor, desk: SampleWorkspace, day: str
) -> None:
    """Today, long ago, nonsense: the page says so."""
    assert "is not a day in the future" in said(visitor.press("/answer", 1, do="later", day=day))
    assert desk.moves() == []


def test_a_changed_text_is_kept_with_whatever_button(
    visitor: Visitor, desk: SampleWorkspace
) -> None:
    """By its own button, and by `sent`, whose contact has the new subject; undo takes back both."""
    body = "Dear Tom,\r\n\r\nthe quay at night: I still hear it.\r\n\r\nSam\r\n"
    assert "changes are saved" in said(visitor.press("/answer", 1, do="keep", body=body))
    assert desk.touchpoint(1).draft.body == body.replace("\r\n", "\n")
    assert "I still hear it." in visitor.page()

    visitor.press("/answer", 1, do="sent", subject="The quay")
    assert [contact.what for contact in desk.contacts()] == ["The quay"]

    assert "Taken back" in said(visitor.press("/undo"))
    assert desk.statuses() == ["suggested", "suggested"]
    assert desk.touchpoint(1).draft.subject == "Thank you for your time"
    assert desk.moves() == ["edited"]


def test_an_untouched_or_emptied_text_changes_nothing(
    visitor: Visitor, desk: SampleWorkspace
) -> None:
    """A browser sends CRLF, and every field each time."""
    assert "is unchanged" in said(visitor.press("/answer", 1, do="keep"))
    assert "is unchanged" in said(visitor.press("/answer", 1, do="keep", body=" \r\n "))
    assert desk.moves() == []


def test_at_the_end_everything_is_answered(visitor: Visitor) -> None:
    """And not "nothing worth sending today": something was."""
    visitor.press("/answer", 1, do="sent")
    page = visitor.press("/answer", 2, do="not-for-me")
    assert "Everything is answered" in page
    assert "Nothing worth sending" not in page


def test_they_answered(visitor: Visitor, desk: SampleWorkspace) -> None:
    """What was sent waits further down, with a button of its own."""
    visitor.press("/answer", 1, do="sent")
    page = visitor.press("/answered", 1)

    assert "they replied" in said(page)
    assert desk.touchpoint(1).status == "answered"
    assert "no answer yet" not in page


def test_they_answered_with_a_promise(visitor: Visitor, desk: SampleWorkspace) -> None:
    """The form asks for what is missing, and keeps what they said."""
    assert 'name="promised"' in visitor.press("/answer", 1, do="sent")
    page = visitor.press("/answered", 1, promised="the figures", said="", day="", by="")
    assert "By which day did they promise" in said(page)
    page = visitor.press("/answered", 1, promised="the figures", said="", day="", by="2026-12-04")

    assert "noted what they said" in said(page)
    (heard,) = (contact for contact in desk.contacts() if contact.answer)
    assert heard.reply and heard.reply.promised == "the figures"


def test_a_button_pressed_twice_counts_once(visitor: Visitor, desk: SampleWorkspace) -> None:
    """From a page that is older than the first press: sent once, and taken back once."""
    old = visitor.form("/answer", 1) | {"do": "sent"}
    for _ in range(2):
        assert visitor.ask("POST", "/answer", urlencode(old)).status == 303
    assert len(desk.contacts()) == 1
    visitor.press("/answer", 2, do="not-for-me")

    undo = visitor.form("/undo")
    for _ in range(2):
        assert visitor.ask("POST", "/undo", urlencode(undo)).status == 303
    assert desk.statuses() == ["sent", "suggested"]


def test_what_is_no_longer_possible_is_said(visitor: Visitor, desk: SampleWorkspace) -> None:
    """Dismissed on the command line meanwhile: the old page's button changes nothing."""
    old = visitor.form("/answer", 1) | {"do": "sent"}
    queue.change(desk.root, 1, "dismissed", NOW)
    answer = visitor.ask("POST", "/answer", urlencode(old))
    assert "already dismissed" in said(visitor.page(answer.headers["Location"].partition("#")[0]))
    assert desk.statuses() == ["dismissed", "suggested"]


def test_during_a_run_nothing_typed_is_lost(visitor: Visitor, desk: SampleWorkspace) -> None:
    """The page can be read; a button is answered by a page that tries again with all it had."""
    pressed = visitor.form("/answer", 1) | {"do": "sent", "body": "Mine & <yours>\r\n"}
    with locked(desk.root):
        visitor.page()
        busy = visitor.ask("POST", "/answer", urlencode(pressed))
    assert busy.status == 503
    assert "A run is at work" in busy.text
    ((action, fields),) = Forms(busy.text).found
    again = {name: value.replace("\n", "\r\n") for name, value in fields.items()}

    assert visitor.ask("POST", action, urlencode(again)).status == 303
    assert desk.touchpoint(1).status == "sent"
    assert desk.touchpoint(1).draft.body == "Mine & <yours>\n"


def test_a_mistake_in_feeds_yaml_is_told_on_the_page(
    visitor: Visitor, desk: SampleWorkspace
) -> None:
    """With its line, as on the command line."""
    (desk.root / "feeds.yaml").write_text("companies: {x: {nam: y}}", "utf-8")
    answer = visitor.ask("GET", "/")
    assert answer.status == 409
    assert "nam" in answer.text


def test_bad_news_that_is_none_is_released_and_held_again(
    visitor: Visitor, desk: SampleWorkspace
) -> None:
    """By a button below it; taken back like everything else."""
    desk.read_bad_news()
    page = visitor.press("/release")
    assert (
        said(page)
        == "“Halden Freight announces 400 job cuts”: nothing is held back by that any more."
    )
    assert desk.moves() == ["released"]
    assert 'action="/release"' not in page

    page = visitor.press("/undo")
    assert desk.moves() == []
    assert 'action="/release"' in page


def test_bad_news_of_another_company_is_said_so_by_its_button(
    visitor: Visitor, desk: SampleWorkspace
) -> None:
    """Below it, beside the one for what is no bad news; taken back like everything else."""
    desk.read_bad_news()
    assert ">Wrong company</button>" in visitor.page()
    page = visitor.press("/release", because="wrong-company")
    assert "not about them; it is not shown for them again." in said(page)
    visitor.press("/undo")
    assert desk.moves() == []


@pytest.mark.parametrize("holds", ["", "x", "1 x", "9" * 5_000, "-1"])
def test_a_form_that_names_no_hold_releases_nothing(
    visitor: Visitor, desk: SampleWorkspace, holds: str
) -> None:
    """Nor does it stop the server."""
    desk.read_bad_news()
    fields = visitor.form("/release") | {"holds": holds}
    assert visitor.ask("POST", "/release", urlencode(fields)).status == 400
    assert desk.moves() == []


# --------------------------------------------------------------------------- who is kept out


def test_the_token_lets_in_once_by_cookie_and_leaves_the_address(desk: SampleWorkspace) -> None:
    """The cookie is for this site alone and no script's; the page leads on to a bare address."""
    one = Visitor(desk.root)
    answer = one.ask("GET", f"/?token={one.access.token}")
    assert re.fullmatch(
        r"touchpoints-\d+=[\w-]{22}; Path=/; HttpOnly; SameSite=Strict",
        answer.headers["Set-Cookie"],
    )
    assert 'content="0;url=/"' in answer.text
    assert one.access.token not in answer.headers["Set-Cookie"]
    assert len(one.access.token) >= 22  # 128 bits
    one.leave()


@pytest.mark.parametrize("path", ["/", "/?token=", "/?token=wrong", "/?token=\u00e9", "/?done=1"])
def test_without_the_token_nothing_is_shown(visitor: Visitor, path: str) -> None:
    """Missing or wrong: 403, and no word of the workspace."""
    visitor.cookie = ""
    answer = visitor.ask("GET", path.replace("\u00e9", "%E9"))
    assert answer.status == 403
    assert "Tom" not in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "127.0.0.1:{port}@evil.example",
        "127.0.0.1:{port}, evil.example",
        "192.168.0.1:{port}",
        "",
    ],
)
def test_a_name_that_is_pointed_at_us_gets_nothing(visitor: Visitor, host: str) -> None:
    """DNS rebinding: cookie, token and Origin may be as they like."""
    host = host.format(port=visitor.port)
    for path in ("/", f"/?token={visitor.access.token}"):
        answer = visitor.ask("GET", path, Host=host)
        assert answer.status == 421
        assert "Tom" not in answer.text
    body = urlencode(visitor.form("/answer", 1) | {"do": "sent"})
    assert visitor.ask("POST", "/answer", body, Host=host, Origin=f"http://{host}").status == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://localhost:{port}"},  # ours, but not where this form stood
        {"Origin": "", "Sec_Fetch_Site": ""},
        {"Origin": "", "Sec_Fetch_Site": "same-site"},
        {"Origin": "", "Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Cookie": ""},
        {"Cookie": "touchpoints-{port}="},
        {"Cookie": "touchpoints-1=x; touchpoints-{port}=x"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "multipart/form-data; boundary=x"},
    ],
)
def test_a_form_that_is_not_the_pages_own_does_nothing(
    visitor: Visitor, desk: SampleWorkspace, headers: dict[str, str]
) -> None:
    """Even when it knows the secret of the forms."""
    body = urlencode(visitor.form("/answer", 1) | {"do": "sent"})
    named = {name: value.format(port=visitor.port) for name, value in headers.items()}
    assert visitor.ask("POST", "/answer", body, **named).status in (403, 415)
    assert desk.moves() == []


@pytest.mark.parametrize("secret", ["", "wrong", "\u20ac" * 22])
def test_a_form_without_the_secret_does_nothing(
    visitor: Visitor, desk: SampleWorkspace, secret: str
) -> None:
    """With cookie and Origin right: a program on another port may have got the cookie."""
    body = urlencode(visitor.form("/answer", 1) | {"do": "sent", "form": secret})
    assert visitor.ask("POST", "/answer", body).status == 403
    assert desk.moves() == []


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_a_page_elsewhere_cannot_lead_here(visitor: Visitor, site: str) -> None:
    """Also one on another port of this computer, to which browsers send the cookie."""
    answer = visitor.ask("GET", "/", Sec_Fetch_Site=site)
    assert answer.status == 403
    assert "Tom" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/answer", 405),
        ("GET", "/answer?number=1&do=sent", 405),
        ("GET", "/undo", 405),
        ("POST", "/", 405),
        *((method, "/", 405) for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "X")),
        *(
            ("GET", path, 404)
            for path in (
                "/data/touchpoints.db",
                "/../feeds.yaml",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2ffeeds.yaml",
                "//etc/passwd",
                "/.",
                "/answer/",
                "/favicon.ico",
                "/\\..\\feeds.yaml",
                "/%00",
                "/" + "a" * 5000,
            )
        ),
    ],
)
def test_only_known_paths_by_their_own_method(
    visitor: Visitor, desk: SampleWorkspace, method: str, path: str, status: int
) -> None:
    """No folder, no file by its path, no action by a link."""
    answer = visitor.ask(method, path)
    assert answer.status == status
    assert "companies" not in answer.text
    assert desk.moves() == []


def test_every_answer_has_its_headers(visitor: Visitor) -> None:
    """Not framed, not stored, not sniffed, no script; forms lead to the page itself alone."""
    for answer in (
        visitor.ask("GET", "/"),
        visitor.ask("GET", "/nothing"),
        visitor.ask("GET", "/", Host="evil.example"),
        visitor.ask("POST", "/answer", urlencode(visitor.form("/answer", 1) | {"do": "keep"})),
    ):
        headers = answer.headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "Server" not in headers
        assert "Access-Control-Allow-Origin" not in headers


def test_a_huge_form_is_refused(visitor: Visitor, desk: SampleWorkspace) -> None:
    """Before it is read; and one of many fields, too."""
    body = urlencode(visitor.form("/answer", 1) | {"do": "sent", "body": "x" * 262_144})
    assert visitor.ask("POST", "/answer", body).status == 413
    many = urlencode([(f"a{n}", "") for n in range(1000)])
    assert visitor.ask("POST", "/answer", many).status == 400
    assert desk.moves() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"number": ""},
        {"number": "-1"},
        {"number": "1" * 400},
        {"number": "\u0661"},
        {"do": ""},
        {"do": "answered"},
        {"do": "../sent"},
    ],
)
def test_a_form_with_nonsense_in_it_is_refused(
    visitor: Visitor, desk: SampleWorkspace, changed: dict[str, str]
) -> None:
    """Nothing is recorded, and nothing breaks."""
    body = urlencode(visitor.form("/answer", 1) | {"do": "sent"} | changed)
    assert visitor.ask("POST", "/answer", body).status == 400
    assert desk.moves() == []


@pytest.mark.parametrize("moves", ["", "0", "1 2 x", "9" * 40, "7"])
def test_only_what_was_recorded_last_is_taken_back(
    visitor: Visitor, desk: SampleWorkspace, moves: str
) -> None:
    """A number from elsewhere takes back nothing."""
    visitor.press("/answer", 1, do="sent")
    body = urlencode(visitor.form("/undo") | {"moves": moves})
    assert visitor.ask("POST", "/undo", body).status in (303, 400)
    assert desk.statuses() == ["sent", "suggested"]


def test_a_visitor_who_says_nothing_holds_nobody_up(visitor: Visitor) -> None:
    """Half a form, ten times: others are served meanwhile, and the silent are sent away."""
    slow = [socket.create_connection(("127.0.0.1", visitor.port)) for _ in range(10)]
    head = (
        f"POST /answer HTTP/1.1\r\nHost: {visitor.host}\r\nContent-Length: 1000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\nnumber="
    )
    for one in slow:
        one.sendall(head.encode())
    assert "Tom" in visitor.page()
    until = time.monotonic() + 20
    for one in slow:
        one.settimeout(max(until - time.monotonic(), 0.1))
        assert one.recv(1) == b""
        one.close()


def test_a_thank_you_is_about_another_topic_by_a_button(
    visitor: Visitor, desk: SampleWorkspace
) -> None:
    """Those of the page's boxes; it can be taken back, and words of one's own stay."""
    notes = desk.root / "data" / "notes" / "halden.md"
    with notes.open("a", encoding="utf-8") as file:
        file.write("- Tom: **the archive in the cellar**\n- **the second harbour in the north**\n")
        file.write("- **the queue at the old gate**\n")  # Aud's thanks have taken one of them
    desk.run()
    before = desk.touchpoint(1).draft.body
    page = visitor.page()
    assert page.count('<form class="waiting" method="post" autocomplete="off" action="/topic">') > 0
    place = re.findall(r'name="place" value="([^"]+)"', page)[0]
    page = visitor.press("/topic", 1, place=place)
    assert "about another topic now" in said(page)
    assert desk.touchpoint(1).draft.body != before
    assert "Taken back" in said(visitor.press("/undo"))
    assert desk.touchpoint(1).draft.body == before
    assert "lends no topic" in said(visitor.press("/topic", 1, place="data/notes/x.md, line 9"))
