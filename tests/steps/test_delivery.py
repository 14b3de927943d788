"""The digest on its way to its reader: through whole runs, to a real mail server on loopback."""

from __future__ import annotations

import base64
import dataclasses
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
import trustme
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer

from pipeline.cli.context import Shared
from pipeline.cli.main import cli
from pipeline.cli.work import digest as digest_command
from pipeline.records import ChannelState, MailSettings
from pipeline.run import Report, run
from pipeline.steps import delivery
from pipeline.steps.job import RunOptions
from pipeline.steps.mail_server import MailServer, without_secret
from pipeline.steps.pages import read_digest
from pipeline.text.named_secrets import NOTIFY_ADDRESSES, SMTP_PASSWORD
from tests.mailbox import HOST, PASSWORD, USER, Mailbox, free_port, mail_server, slow_server
from tests.sample_workspace import EMPTY
from tests.workspace_files import Folder

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
HOUR, MORROW = NOW + timedelta(hours=1), NOW + timedelta(days=1)

FEEDS = """
settings:
  timezone: UTC
  delivery: {delivery}
companies:
  halden: {{name: Halden Freight, feeds: [empty.xml]}}
"""
NOTES = """---
company: halden
interviewed: 2026-11-23 14:30
interviewers: [{people}]
---
- **the noisy trücks** on the quay, and night shifts
"""
TOM = "{name: Tom Adeyemi, email: tom@example.com}"
AUD = "{name: Aud Lunde}"


class SampleWorkspace(Folder):
    """A workspace with a thank-you to write this morning, and a mailbox for its digest."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "data" / "notes").mkdir(parents=True)
        (root / "empty.xml").write_text(EMPTY, "utf-8")
        self.met(TOM)
        self.deliver("{}")

    def met(self, *people: str) -> None:
        text = NOTES.replace("{people}", ", ".join(people))
        (self.root / "data" / "notes" / "halden.md").write_text(text, "utf-8")

    def nobody_met(self) -> None:
        (self.root / "data" / "notes" / "halden.md").unlink()

    def deliver(self, settings: str) -> None:
        (self.root / "feeds.yaml").write_text(FEEDS.format(delivery=settings), "utf-8")

    def mail(self, port: int, security: str = "none", more: str = "", rest: str = "") -> None:
        mail = f"to: {USER}, host: {HOST}, port: {port}, security: {security}{more}"
        self.deliver(f"{{mail: {{{mail}}}, timeout_seconds: 5{rest}}}")

    def run(self, now: datetime = NOW, *, dry_run: bool = False) -> Report:
        return run(self.root, now, RunOptions(dry_run=dry_run))

    def everything(self) -> bytes:
        """All bytes of the workspace."""
        return b"".join(p.read_bytes() for p in self.root.rglob("*") if p.is_file())


@pytest.fixture
def desk(tmp_path: Path) -> SampleWorkspace:
    return SampleWorkspace(tmp_path / "ws")


@pytest.fixture(autouse=True)
def _no_secrets_of_mine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SMTP_PASSWORD, raising=False)
    monkeypatch.delenv(NOTIFY_ADDRESSES, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[trustme.CA]:
    """Let this computer trust the certificates of the test."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    yield authority


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A server on this computer, without encryption and login."""
    with mail_server(None) as found:
        yield found


# ------------------------------------------------------------------------------------- it arrives


def test_nothing_is_delivered_unless_it_is_set_up(desk: SampleWorkspace, mailbox: Mailbox) -> None:
    """Not even where secrets lie about."""
    report = desk.run()
    assert len(report.digest.entries) == 1
    assert (mailbox.letters, report.problems) == ([], ())


def test_the_digest_arrives_as_text_and_html(desk: SampleWorkspace, mailbox: Mailbox) -> None:
    """From and to the user alone; both parts hold the message to be sent, umlauts right."""
    desk.mail(mailbox.port)
    desk.run()

    (letter,), (envelope,) = mailbox.letters, mailbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (USER, [USER])
    assert {name: str(letter[name]) for name in ("From", "To", "Subject", "Date")} == {
        "From": f"Touchpoints <{USER}>",
        "To": USER,
        "Subject": "Tuesday 24 November: one thing to do",
        "Date": "Tue, 24 Nov 2026 08:00:00 +0000",
    }
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    for part in letter.iter_parts():
        assert part.get_content_charset() == "utf-8"
        assert "Dear Tom," in part.get_content()
        assert "noisy trücks" in part.get_content()
    assert not letter.defects
    assert mailbox.greetings == ["[127.0.0.1]"]  # not this computer's name


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_with_encryption_and_login(
    desk: SampleWorkspace, trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    """The password comes from the environment, and stands in no file afterwards."""
    monkeypatch.setenv(SMTP_PASSWORD, PASSWORD)
    with mail_server(trusted, tls=security == "tls") as mailbox:
        desk.mail(mailbox.port, security, f", user: {USER}")
        report = desk.run()
    assert (mailbox.encrypted, mailbox.logged_in) == ([True], [True])
    assert report.problems == ()
    assert PASSWORD.encode() not in desk.everything()


def test_the_password_may_lie_in_the_keyring(
    desk: SampleWorkspace, trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the service `touchpoints`, by the same name as in the environment."""
    import keyring

    def kept(service: str, name: str) -> str | None:
        return {("touchpoints", SMTP_PASSWORD): PASSWORD}.get((service, name))

    monkeypatch.setattr(keyring, "get_password", kept)
    with mail_server(trusted) as mailbox:
        desk.mail(mailbox.port, "starttls", f", user: {USER}")
        desk.run()
    assert mailbox.logged_in == [True]


def test_a_dry_run_delivers_nothing(desk: SampleWorkspace, mailbox: Mailbox) -> None:
    """And does not count as the day's first."""
    desk.mail(mailbox.port)
    desk.run(dry_run=True)
    assert mailbox.letters == []
    desk.run()
    assert len(mailbox.letters) == 1


# ------------------------------------------------------------------------------------------- when


def test_once_a_day_and_again_only_for_something_new(
    desk: SampleWorkspace, mailbox: Mailbox
) -> None:
    """A later run with one more to thank writes again, under another id; the next day anew."""
    desk.mail(mailbox.port)
    desk.run()
    desk.run(HOUR)
    assert len(mailbox.letters) == 1

    desk.met(TOM, AUD)
    desk.run(HOUR)
    desk.run(HOUR)
    desk.run(MORROW)

    assert [str(letter["Subject"]) for letter in mailbox.letters] == [
        "Tuesday 24 November: one thing to do",
        "Tuesday 24 November: two things to do",
        "Wednesday 25 November: two things to do",
    ]
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 3


@pytest.mark.parametrize(("rest", "arrived"), [("", 0), (", quiet_days: true", 1)])
def test_a_quiet_day_is_told_only_to_who_wants_it(
    desk: SampleWorkspace, mailbox: Mailbox, rest: str, arrived: int
) -> None:
    """`quiet_days` writes once on such a day, too."""
    desk.nobody_met()
    desk.mail(mailbox.port, rest=rest)
    desk.run()
    desk.run(HOUR)
    assert len(mailbox.letters) == arrived


def test_a_crash_after_sending_doubles_and_the_mailbox_can_tell(
    desk: SampleWorkspace, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before it was noted: the next run sends it again, with the same Message-ID."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    desk.mail(mailbox.port)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_remember", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.run()
    desk.run(HOUR)
    desk.run(HOUR)

    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"]


# --------------------------------------------------------------------------------------- it fails


def failure(report: Report) -> str:
    """Return what the one problem of a run says."""
    (problem,) = report.problems
    assert problem.stage == "delivery"
    assert problem.todo
    return problem.what


def test_a_failure_is_named_once_and_tried_again(desk: SampleWorkspace, mailbox: Mailbox) -> None:
    """On all pages of its first day, on none later; the report has it each time."""
    server_down = free_port()
    desk.mail(server_down)
    what = f"The digest was not mailed: {HOST}, port {server_down}, cannot be reached"

    for now in (NOW, HOUR):
        assert what in failure(desk.run(now))
        assert "## To fix" in desk.page()
        assert "cannot be reached" in desk.page()
    assert what in failure(desk.run(MORROW))
    assert "cannot be reached" not in desk.page()

    desk.mail(mailbox.port)
    assert desk.run(MORROW).problems == ()
    assert len(mailbox.letters) == 1


def test_another_failure_is_named_again(desk: SampleWorkspace, mailbox: Mailbox) -> None:
    """The server is up again, but refuses: that is news."""
    desk.mail(free_port())
    desk.run()
    mailbox.to_recipient = "550 5.1.1 No such user here"
    desk.mail(mailbox.port)
    what = f"{HOST} refuses the address {USER} (550 5.1.1 No such user here)."
    assert what in failure(desk.run(MORROW))
    assert "No such user here" in desk.page()


def test_a_letter_that_is_refused(desk: SampleWorkspace, mailbox: Mailbox) -> None:
    """For its content, its size: the server's own sentence is told."""
    mailbox.to_message = "552 Message \x1b[31mtoo big"
    desk.mail(mailbox.port)
    assert "refuses the message (552 Message [31mtoo big)." in failure(desk.run())


def test_a_server_that_takes_little_gets_the_first_lines(desk: SampleWorkspace) -> None:
    """It says how much in answer to EHLO; what there is to do arrives all the same."""
    with mail_server(None, at_most=4_000) as mailbox:
        desk.mail(mailbox.port)
        assert desk.run().problems == ()
    (letter,) = mailbox.letters
    for part in letter.iter_parts():
        assert "Thank Tom Adeyemi (Halden Freight)" in part.get_content()
        assert "Dear Tom" not in part.get_content()


def test_a_login_that_fails_for_the_moment_is_no_wrong_password(
    desk: SampleWorkspace, trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Postfix answers 454 when its own list of passwords is out of reach."""
    monkeypatch.setenv(SMTP_PASSWORD, PASSWORD)
    with mail_server(trusted, to_login="454 4.7.0 Temporary failure") as mailbox:
        desk.mail(mailbox.port, "starttls", f", user: {USER}")
        assert "cannot check logins at the moment (454)" in failure(desk.run())


def test_a_wrong_password_is_not_repeated(
    desk: SampleWorkspace, trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not on the page, in the report, in any file."""
    monkeypatch.setenv(SMTP_PASSWORD, "hunter2")
    with mail_server(trusted) as mailbox:
        desk.mail(mailbox.port, "starttls", f", user: {USER}")
        report = desk.run()
    assert "does not accept this password for me@example.com (535)." in failure(report)
    assert "app password" in desk.page()
    for told in (b"hunter2", base64.b64encode(b"hunter2").rstrip(b"=")):
        assert told not in desk.everything()
        assert told.decode() not in repr(report)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_is_not_trusted(
    desk: SampleWorkspace, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    """Nothing is sent to that server, no password either."""
    monkeypatch.setenv(SMTP_PASSWORD, PASSWORD)
    with mail_server(authority, tls=security == "tls") as mailbox:
        desk.mail(mailbox.port, security, f", user: {USER}")
        assert "the certificate of 127.0.0.1 is not valid" in failure(desk.run())
    assert mailbox.envelopes == []


def test_a_server_without_encryption_gets_nothing(desk: SampleWorkspace, mailbox: Mailbox) -> None:
    """It offers no STARTTLS, whoever took that out: there is no falling back."""
    desk.mail(mailbox.port, "starttls")
    assert "does not offer the encryption" in failure(desk.run())
    desk.mail(mailbox.port, "tls")
    assert "does not speak TLS" in failure(desk.run(HOUR))
    assert mailbox.envelopes == []


def test_no_password_and_one_that_cannot_be_sent(
    desk: SampleWorkspace, trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told before, and without the password."""
    with mail_server(trusted) as mailbox:
        desk.mail(mailbox.port, "starttls", f", user: {USER}")
        assert "there is no password for me@example.com" in failure(desk.run())
        monkeypatch.setenv(SMTP_PASSWORD, "pässwörd")
        assert "characters other than ASCII" in failure(desk.run(HOUR))
    assert "pässwörd".encode() not in desk.everything()


@pytest.mark.parametrize("first", [b"", b"220 hello\r\n250-"])
def test_a_server_that_drips_does_not_hold_up_the_run(desk: SampleWorkspace, first: bytes) -> None:
    """A byte a while is no silence, and yet no answer."""
    with slow_server(first) as port:
        desk.deliver(
            f"{{mail: {{to: {USER}, host: {HOST}, port: {port}, security: none}}, "
            "timeout_seconds: 0.5}"
        )
        report = desk.run()
    assert "did not answer in time" in failure(report)
    assert report.seconds["delivery"] < 3


def test_a_name_that_nobody_knows(desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told as such: a slip in `host`, or no network."""

    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    desk.deliver(f"{{mail: {{to: {USER}, host: smtp.exmaple.com}}}}")
    assert "there is no server named smtp.exmaple.com" in failure(desk.run())


def test_what_a_server_repeats_is_taken_out() -> None:
    """In clear or in base64."""
    said = f"no hunter2, {base64.b64encode(b'hunter2').decode()}"
    assert without_secret(said, "hunter2") == "no …, …=="
    assert without_secret("no", "") == "no"


# ------------------------------------------------------------------------------------------ notes


def test_a_note_says_what_to_do_and_nothing_of_the_notes(
    desk: SampleWorkspace, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Headline and a line for each message, through Apprise; once a day."""
    httpserver.expect_request("/token-4711").respond_with_json({})
    address = f"json://127.0.0.1:{httpserver.port}/token-4711"
    monkeypatch.setenv(NOTIFY_ADDRESSES, address)
    desk.deliver("{notify: true}")
    assert desk.run().problems == ()
    desk.run(HOUR)

    ((request, _),) = httpserver.log
    assert request.json["title"] == "Tuesday 24 November: one thing to do"
    assert request.json["message"] == "1 · Thank Tom Adeyemi (Halden Freight), today"
    assert b"token-4711" not in desk.everything()


def test_each_address_has_its_own_luck(
    desk: SampleWorkspace,
    httpserver: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What has arrived at one is not sent to it again because the other failed; no log tells."""
    httpserver.expect_request("/good").respond_with_json({})
    httpserver.expect_request("/token-4711").respond_with_data("no", 500)
    base = f"json://127.0.0.1:{httpserver.port}"
    monkeypatch.setenv(NOTIFY_ADDRESSES, f"{base}/good {base}/token-4711 nonsense://token-4711")
    desk.deliver("{notify: true}")
    for now in (NOW, HOUR):
        report = desk.run(now)

    assert [problem.what for problem in report.problems] == [
        "No note was sent: the service did not accept it.",
        "No note was sent: Apprise does not understand this address.",
    ]
    assert [problem.where for problem in report.problems] == [
        "TOUCHPOINTS_NOTIFY, address 2",
        "TOUCHPOINTS_NOTIFY, address 3",
    ]
    assert [request.path for request, _ in httpserver.log] == [
        "/good",
        "/token-4711",
        "/token-4711",
    ]
    assert b"token-4711" not in desk.everything()
    assert "token" not in "".join(capfd.readouterr())


def test_no_address_and_no_apprise(desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is said, with what to do."""
    desk.deliver("{notify: true}")
    assert "there is no address in TOUCHPOINTS_NOTIFY" in failure(desk.run())
    monkeypatch.setenv(NOTIFY_ADDRESSES, "json://127.0.0.1:1/x")
    monkeypatch.setitem(sys.modules, "apprise", None)
    (problem,) = desk.run(HOUR).problems
    assert "Apprise is not installed" in problem.what
    assert "touchpoints[notify]" in problem.todo


# --------------------------------------------------------------------------------- the command line


def command(desk: SampleWorkspace, *arguments: str) -> Result:
    shared = Shared(str(desk.root), NOW)
    return CliRunner().invoke(digest_command, list(arguments), obj=shared)


def test_the_settings_can_be_tried_out(desk: SampleWorkspace, mailbox: Mailbox) -> None:
    """`digest --deliver` sends each time, as another letter; the next run need not send again."""
    desk.run()
    desk.mail(mailbox.port)
    for hour in (1, 2):
        delivery.deliver_now(desk.root, read_digest(desk.root, None), NOW + hour * (HOUR - NOW))
    desk.run(HOUR)
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 2

    done = command(desk, "--deliver")
    assert done.output == f"Sent to {USER} by {HOST}.\n"
    assert len(mailbox.letters) == 3


def test_trying_out_says_what_is_wrong(desk: SampleWorkspace) -> None:
    """Exit code 1, with the sentence of the page; likewise where nothing is set up."""
    desk.run()
    done = command(desk, "--deliver")
    assert "No delivery is set up yet" in str(done.exception)
    desk.mail(free_port())
    done = command(desk, "--deliver")
    assert "cannot be reached" in str(done.exception)
    assert done.exception is not None
    assert getattr(done.exception, "exit_code", 0) == 1


@pytest.mark.slow
def test_cron_hears_of_a_failure_that_lasts_once_a_day(desk: SampleWorkspace) -> None:
    """On stderr, after three hours, and again a day later; the exit code stays 0."""
    desk.mail(free_port())
    said = []
    for hours in range(30):
        now = NOW + hours * (HOUR - NOW)
        done = CliRunner().invoke(cli, ["run"], obj=Shared(str(desk.root), now))
        assert done.exit_code == 0
        assert done.output.count("\n") <= 1
        said += [hours] if "cannot be reached" in done.output else []
    assert said == [3, 26]


def test_the_libraries_are_loaded_only_where_something_is_sent() -> None:
    """A run that delivers nothing pays nothing for it."""
    code = "import sys, pipeline.run, pipeline.steps.delivery; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"smtplib", "ssl", "apprise", "keyring", "email.message", "concurrent.futures"}
    assert not heavy & set(done.stdout.split())


def test_what_is_remembered_holds_no_address() -> None:
    """Names of ways are numbers; addresses are secrets, and so is a hash of them."""
    names = {field.name for field in dataclasses.fields(ChannelState)}
    assert names == {"name", "day", "delivered", "error", "failing_since", "reported"}


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_encryption_has_its_usual_port(
    security: Literal["starttls", "tls", "none"], port: int
) -> None:
    """RFC 6409, RFC 8314 and RFC 5321; one that is set counts."""
    assert MailServer(MailSettings(security=security), "", 1.0).port == port
    assert MailServer(MailSettings(security=security, port=2525), "", 1.0).port == 2525
