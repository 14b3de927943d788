"""The server behind `serve`: one page, its buttons, and access control with four locks.

Takes requests by WSGI; gives pages made by `digest/html_forms.py`. What a button does is one call
of `commands/queue.py`, done once: a page that is loaded again repeats nothing. Which server
listens where is decided in `cli/serve.py`.

What it keeps out, and how:

- *Other programs' pages, by rebinding a name to this computer*: the Host header must be the address
  that was printed.
- *Other people and programs on this computer*: the first visit needs the token of the printed
  address (128 bits); it is answered with a cookie (HttpOnly, SameSite=Strict) and leaves the
  address bar. Cookies are shared by all ports of a computer, so a POST also needs the secret that
  only the page's own forms hold.
- *Forged requests*: a POST must come from this very page by its Origin (by Sec-Fetch-Site where a
  browser sends none), and a GET of a page that another page leads to, also from another port, shows
  nothing. The pages say `same-origin` as their referrer policy: with `no-referrer` a browser sends
  `Origin: null` with its forms.
- *Everything else*: three known paths, no file is read by a name from a request, a body has a
  limit, pages may not be framed, stored or sniffed, and nothing is logged.

Anyone who may read the workspace's files learns nothing new here. On a network (`--host`) the token
and the page travel unencrypted.
"""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from pipeline.commands import queue
from pipeline.digest import draft_text
from pipeline.digest.html_forms import (
    FlashMessage,
    Html,
    message_page,
    page_with_forms,
)
from pipeline.digest.page_phrases import LATER_DAYS
from pipeline.errors import RunInProgress, TouchpointsError
from pipeline.records import SentMessage, State, Touchpoint
from pipeline.records.record import dataclass
from pipeline.steps.moves import UserMove
from pipeline.steps.opening import read_workspace
from pipeline.text.calendar import day_in
from pipeline.text.phrasing import ITS_LAST_DAY, relative_day, shorten
from pipeline.touchpoints.replies import reply_from
from pipeline.workspace.lookup import own_zone

# no border test: far beyond real values
MOST_BYTES = 256 * 1024  # of a form: forty times a message of 150 words in percent-encoded Chinese
MOST_FIELDS = 20  # no border test: far beyond real values
# no border test: what a list leaves out; an option shows all
MOST_LISTED = 10  # messages without an answer, and things recorded, on the page
LATER = f"{LATER_DAYS}d"  # what `later` without a day means, as on the Markdown page

_ADDRESS = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?")
_NUMBER = re.compile(r"[0-9]{1,15}")
_METHODS = {
    "/": "GET",
    "/answer": "POST",
    "/answered": "POST",
    "/release": "POST",
    "/story": "POST",
    "/topic": "POST",
    "/undo": "POST",
}
_DONE: Mapping[str, tuple[State, str, str]] = {
    "sent": ("sent", "", "sent"),
    "later": ("snoozed", "", "put off until {day}"),
    "not-for-me": ("dismissed", "not-for-me", "not for you; later scores take it into account"),
    "wrong-company": ("dismissed", "wrong-company", "the wrong company; not shown for it again"),
}


@dataclass(frozen=True, slots=True)
class WebResponse:
    """What is answered: a page, or where to go on."""

    status: str
    html: Html | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Refused(Exception):
    """A request that is not answered with what it wants."""

    def __init__(self, response: WebResponse) -> None:
        self.response = response


class AccessControl:
    """Who may come in: the addresses that are ours, and three secrets, new with each start."""

    def __init__(self, host: str, port: int, hostnames: Sequence[str] = ()) -> None:
        self.token = secrets.token_urlsafe(16)
        self.form = secrets.token_urlsafe(16)
        self._visitor = secrets.token_urlsafe(16)
        self._cookie = f"touchpoints-{port}"
        self._port = port
        self._everywhere = host in ("0.0.0.0", "::", "")  # noqa: S104 - only where the user said so
        self._names = {"localhost", "127.0.0.1", "::1", host.casefold()}
        self._names |= {name.casefold() for name in hostnames if self._everywhere}
        name = next(iter(hostnames), host) if self._everywhere else host
        self.address = f"http://{f'[{name}]' if ':' in name else name}:{port}/"

    def check_host(self, host: str) -> None:
        """Refuse a name that is not ours: another's name may have been pointed at us."""
        found = _ADDRESS.fullmatch(host.casefold())
        name = found[1].strip("[]") if found else ""
        if not found or int(found[2] or 80) != self._port or not self._is_ours(name):
            raise Refused(_refusal("421 Misdirected Request", "This is not the page's address."))

    def _is_ours(self, name: str) -> bool:
        if name in self._names:
            return True
        # A number cannot be pointed elsewhere, as a name can.
        return self._everywhere and _is_number(name)

    def has_token(self, token: str) -> bool:
        """Return whether the printed address was opened."""
        return _same(token, self.token)

    def check_visitor(self, cookies: str, site: str) -> None:
        """Refuse anyone who has not opened the printed address, and links from other pages."""
        pairs = (pair.strip().partition("=") for pair in cookies.split(";"))
        own = [value for name, _, value in pairs if name == self._cookie]
        if not any(_same(value, self._visitor) for value in own):
            raise Refused(_unknown())
        if site not in ("", "none", "same-origin"):
            raise Refused(_unknown())

    def check_origin(self, origin: str, host: str, site: str) -> None:
        """Refuse a form from another page."""
        fine = origin == f"http://{host.casefold()}" if origin else site == "same-origin"
        if not fine or site not in ("", "same-origin"):
            raise Refused(_refusal("403 Forbidden", "That form is not on this page."))

    def check_form(self, secret: str) -> None:
        """Refuse a form that is not from this page."""
        if not _same(secret, self.form):
            raise Refused(
                WebResponse(
                    "403 Forbidden",
                    message_page(
                        "Nothing was recorded",
                        "This page is from before the server was restarted.",
                        link="/",
                    ),
                )
            )

    def welcome(self) -> WebResponse:
        """Set the cookie, and lead on to the page without the token in its address.

        A page that leads on by itself, and no redirect: a browser that came from elsewhere would
        not send the new cookie along with the second half of one journey.
        """
        cookie = f"{self._cookie}={self._visitor}; Path=/; HttpOnly; SameSite=Strict"
        html = message_page("One moment", "", link="/", leads_on=True)
        return WebResponse("200 OK", html, (("Set-Cookie", cookie),))


class App:
    """The page and its buttons, as a WSGI application."""

    def __init__(
        self,
        root: Path,
        access: AccessControl,
        clock: Callable[[], datetime],
        report: Callable[[Exception], None],
    ) -> None:
        self._root = root
        self._access = access
        self._clock = clock
        self._report = report
        self._buttons = {
            "/answer": self._answer,
            "/answered": self._answered,
            "/release": self._release,
            "/story": self._story,
            "/topic": self._topic,
            "/undo": self._undo,
        }
        self._lock = threading.Lock()
        self._said: list[FlashMessage] = []  # every line that was shown, in order
        self._done: list[FlashMessage] = []  # what can be taken back, newest last

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer one request."""
        try:
            response = self._respond(environ)
        except Refused as refused:
            response = refused.response
        except TouchpointsError as error:
            response = WebResponse(
                "409 Conflict", message_page("Something needs fixing first", str(error))
            )
        except Exception as error:
            self._report(error)
            says = "The details are in data/logs/bug.log. Nothing of yours is lost."
            response = WebResponse(
                "500 Internal Server Error", message_page("Something went wrong on our side", says)
            )
        body = response.html.text.encode("utf-8", "replace") if response.html else b""
        policy = response.html.policy if response.html else "default-src 'none'"
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", f"{policy}; frame-ancestors 'none'"),
            ("Cache-Control", "no-store"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            ("Referrer-Policy", "same-origin"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            *response.headers,
        ]
        start_response(response.status, headers)
        return [body]

    # -------------------------------------------------------------------------- the locks

    def _respond(self, environ: dict[str, Any]) -> WebResponse:
        host = environ.get("HTTP_HOST", "")
        site = environ.get("HTTP_SEC_FETCH_SITE", "")
        self._access.check_host(host)
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path not in _METHODS:
            raise Refused(_refusal("404 Not Found", "There is nothing at this address."))
        if method != _METHODS[path]:
            allow = (("Allow", _METHODS[path]),)
            refusal = _refusal("405 Method Not Allowed", "This page cannot be requested that way.")
            raise Refused(WebResponse(refusal.status, refusal.html, allow))
        query = _fields(environ.get("QUERY_STRING", ""))
        if method == "GET" and "token" in query:
            if not self._access.has_token(query["token"]):
                raise Refused(_unknown())
            return self._access.welcome()
        if method == "GET":
            self._access.check_visitor(environ.get("HTTP_COOKIE", ""), site)
            return self._page(query.get("done", ""))
        self._access.check_origin(environ.get("HTTP_ORIGIN", ""), host, site)
        self._access.check_visitor(environ.get("HTTP_COOKIE", ""), site)
        form = _form(environ)
        self._access.check_form(form.get("form", ""))
        try:
            return self._pressed(path, form)
        except RunInProgress:
            return _busy(path, form)

    # --------------------------------------------------------------------------- the page

    def _page(self, done: str) -> WebResponse:
        now = self._clock()
        digest = queue.this_moment(self._root, now).digest
        with self._lock:
            # Only the newest line: an older one may no longer be true.
            is_newest = bool(self._said) and done == str(len(self._said))
            said = self._said[-1] if is_newest else None
            recorded = tuple(self._done[-MOST_LISTED:])
        sent = [
            SentMessage(item.id, f"{_about(item)}, {self._day(item.changed, now)}")
            for item in queue.unanswered(self._root, now)[:MOST_LISTED]
        ]
        page = page_with_forms(digest, form=self._access.form, flash=said, done=recorded, sent=sent)
        return WebResponse("200 OK", page)

    def _day(self, moment: datetime, now: datetime) -> str:
        """Return the day of a moment where the user is, in words."""
        zone = own_zone(read_workspace(self._root))
        return relative_day(day_in(zone, moment), day_in(zone, now))

    # ------------------------------------------------------------------------ the buttons

    def _pressed(self, path: str, form: Mapping[str, str]) -> WebResponse:
        """Do what a button says, and lead on to the page: loading that again does nothing."""
        try:
            said = self._buttons[path](form)
        except RunInProgress:
            raise
        except TouchpointsError as error:
            said = FlashMessage(str(error), before=_number(form) if "number" in form else 0)
        with self._lock:
            self._said.append(said)
            place = len(self._said)
        return WebResponse("303 See Other", None, (("Location", f"/?done={place}#said"),))

    def _answer(self, form: Mapping[str, str]) -> FlashMessage:
        number, what = _number(form), form.get("do", "")
        if what != "keep" and what not in _DONE:
            raise Refused(_refusal("400 Bad Request", "There is no such button."))
        now = self._clock()
        item = queue.touchpoint(self._root, number)
        draft = draft_text.changed(
            item.draft,
            form.get("to", item.draft.to),
            form.get("subject", item.draft.subject),
            form.get("body", item.draft.body),
        )
        if what == "keep" and form.get("day"):  # the enter key in the field for the day
            what = "later"
        if what == "keep":
            return self._keep(item, draft, now)
        status, because, says = _DONE[what]
        if item.status == status != "snoozed":  # a button pressed twice
            return FlashMessage(f"{_about(item)}: already recorded.", before=number)
        day = form.get("day") or LATER
        until = queue.morning_of(self._root, day, now) if status == "snoozed" else None
        if status == "snoozed" and until is None:
            return FlashMessage(
                f"“{shorten(day, 40)}” is not a day in the future. Nothing was changed.",
                before=number,
            )
        wanted = until
        if until is not None:
            until = queue.in_time(self._root, number, until, now)
        after = self._after(number, now)
        recorded = queue.answer(
            self._root, number, UserMove(status, because, until), now, draft=draft
        )
        if until is not None:
            says = says.format(day=self._day(until, now))
            says += ITS_LAST_DAY if until != wanted else ""
        return self._recorded(FlashMessage(f"{_about(item)}: {says}.", recorded.moves, after))

    def _keep(self, item: Touchpoint, draft: Any, now: datetime) -> FlashMessage:
        if draft is None:
            return FlashMessage(f"{_about(item)}: your wording is unchanged.", before=item.id)
        recorded = queue.answer(self._root, item.id, None, now, draft=draft)
        says = f"{_about(item)}: your changes are saved."
        return self._recorded(FlashMessage(says, recorded.moves, item.id))

    def _answered(self, form: Mapping[str, str]) -> FlashMessage:
        number = _number(form)
        now, reply = self._clock(), None
        told = [form.get(name, "").strip() for name in ("said", "day", "promised", "by")]
        if any(told):
            said, day, promised, by = told
            said = said or ("promise" if promised else "new-date")
            today = day_in(own_zone(read_workspace(self._root)), now)
            reply = reply_from(said, day, promised, by, today)
        before, moves = queue.answered(self._root, number, reply, now)
        says = f"{_about(before)}: they replied. Well done."
        if reply:
            says = f"{_about(before)}: noted what they said; the next run plans with it."
        return self._recorded(FlashMessage(says, moves))

    def _release(self, form: Mapping[str, str]) -> FlashMessage:
        wrong = form.get("because") == "wrong-company"
        because = "wrong-company" if wrong else ""
        holds, moves = queue.release(self._root, _numbers(form, "holds"), self._clock(), because)
        titles = " and ".join(f"“{shorten(hold.title, 80)}”" for hold in holds)
        return self._recorded(
            FlashMessage(
                f"{titles}: not about them; it is not shown for them again."
                if wrong
                else f"{titles}: nothing is held back by that any more.",
                moves,
            )
        )

    def _story(self, form: Mapping[str, str]) -> FlashMessage:
        story, person = form.get("story", ""), form.get("person", "")
        wanted = queue.ask_for(self._root, story, person, self._clock())
        number = wanted.touchpoint.id
        mind = "".join(f" Mind: {warning}" for warning in wanted.warnings)
        says = "is in the queue" if wanted.is_new else "was suggested already"
        return FlashMessage(
            f"{_about(wanted.touchpoint)}: {says}, number {number}.{mind}", (), number
        )

    def _topic(self, form: Mapping[str, str]) -> FlashMessage:
        number = _number(form)
        recorded = queue.write_about(self._root, number, form.get("place", ""), self._clock())
        says = f"{_about(recorded.before)}: the message is about another topic now."
        return self._recorded(FlashMessage(says, recorded.moves, number))

    def _undo(self, form: Mapping[str, str]) -> FlashMessage:
        moves = _numbers(form, "moves")
        queue.undo(self._root, moves)
        with self._lock:
            taken = next((one for one in self._done if one.moves == moves), None)
            self._done = [one for one in self._done if one.moves != moves]
        return FlashMessage(f"Taken back: {taken.text}" if taken else "Taken back.")

    def _recorded(self, said: FlashMessage) -> FlashMessage:
        with self._lock:
            self._done.append(said)
        return said

    def _after(self, number: int, now: datetime) -> int:
        """Return the suggestion that comes after that one, or 0."""
        due = [item.id for item in queue.due(self._root, now)]
        place = due.index(number) + 1 if number in due else len(due)
        return due[place] if place < len(due) else 0


# ---------------------------------------------------------------------------- what was asked


def _form(environ: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a form, each once; refuse what is no form, or too long."""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().casefold()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(_refusal("415 Unsupported Media Type", "Only the page's own forms are read."))
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise Refused(_refusal("413 Content Too Large", "That is too long. Nothing was recorded."))
    content: bytes = environ["wsgi.input"].read(int(length))
    return _fields(content.decode("utf-8", "replace"))


def _fields(text: str) -> dict[str, str]:
    try:
        found = parse_qs(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Refused(_refusal("400 Bad Request", "That is no form of this page.")) from None
    return {name: values[-1] for name, values in found.items()}


def _number(form: Mapping[str, str]) -> int:
    text = form.get("number", "")
    if not _NUMBER.fullmatch(text):
        raise Refused(_refusal("400 Bad Request", "That form names no suggestion."))
    return int(text)


def _numbers(form: Mapping[str, str], name: str) -> tuple[int, ...]:
    found = form.get(name, "").split()
    if not found or not all(_NUMBER.fullmatch(text) for text in found):
        raise Refused(_refusal("400 Bad Request", "That form names nothing."))
    return tuple(map(int, found))


def _about(item: Touchpoint) -> str:
    what = item.suggestion
    return f"“{shorten(draft_text.shown(item.draft).name, 80)}” to {what.person or what.company}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


# ------------------------------------------------------------------------- what is answered


def _refusal(status: str, text: str) -> WebResponse:
    return WebResponse(status, message_page("This is not possible", text))


def _unknown() -> WebResponse:
    """Answer somebody without the token; also after a restart, and over a link from elsewhere."""
    says = (
        "This page is only for the person who started it: open the full address that "
        "`touchpoints serve` printed.\nIf you have opened it in this browser already, reload it."
    )
    return WebResponse("403 Forbidden", message_page("Who is there?", says, link="/"))


def _busy(path: str, form: Mapping[str, str]) -> WebResponse:
    """Say that a run is at work, with everything that was typed, ready to be sent again."""
    says = (
        "A run is at work just now, so nothing was recorded. Mostly it takes less than a minute. "
        "What you typed is kept for another try."
    )
    html = message_page(
        "One moment, please", says, link="/", again=path, fields=sorted(form.items())
    )
    return WebResponse("503 Service Unavailable", html, (("Retry-After", "10"),))
