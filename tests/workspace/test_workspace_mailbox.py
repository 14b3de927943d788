"""`settings › delivery`: mistakes are named, secrets are refused and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.records import DeliverySettings, MailSettings, Problem
from pipeline.workspace.config import parse_config
from pipeline.workspace.mailbox import is_here
from pipeline.workspace.read import read
from pipeline.workspace.report import problems_text

FILE = """\
settings:
  delivery: {delivery}
companies:
  acme: {{name: Acme, feeds: [https://acme.example/rss]}}
"""


def problems(delivery: str) -> list[Problem]:
    return parse_config(FILE.format(delivery=delivery), Path("/"))[1]


def test_delivery_is_off_by_default() -> None:
    """Nobody is written to unless the user names an address."""
    assert DeliverySettings().mail.to == ""
    assert not DeliverySettings().notify


@pytest.mark.parametrize(
    "delivery",
    [
        "{mail: {to: me@example.com, host: smtp.example.com, user: me, sender: a+b@example.com}}",
        "{mail: {to: me@example.com, host: localhost, security: none, port: 2525}}",
        "{notify: true, quiet_days: true}",
        "{}",
    ],
)
def test_good_settings(delivery: str) -> None:
    """Nothing is said about them."""
    assert problems(delivery) == []


@pytest.mark.parametrize(
    ("delivery", "place", "what"),
    [
        ("{mail: {host: a.example}}", "to", "Your address is missing."),
        ("{mail: {to: me, host: a.example}}", "to", "This is not one mail address."),
        ("{mail: {to: 'a@b.example, c@d.example', host: a.example}}", "to", "not one mail address"),
        ("{mail: {to: a@b.example}}", "host", "The server for outgoing mail is missing."),
        ("{mail: {to: a@b.example, host: 'a.example:25'}}", "host", "not the name of a server"),
        ("{mail: {to: a@b.example, host: a.example, security: none}}", "security", "this computer"),
        ("{mail: {to: a@b.example, host: a.example, security: ssl}}", "security", "does not fit"),
        ("{mail: {to: a@b.example, host: a.example, port: 99999}}", "port", "does not fit"),
        ("{mail: {to: a@b.example, host: a.example, hots: x}}", "hots", 'no key "hots"'),
    ],
)
def test_mistakes_have_their_place(delivery: str, place: str, what: str) -> None:
    """The key, its line, and what is wrong."""
    (problem,) = problems(delivery)
    assert problem.path == f"settings › delivery › mail › {place}"
    assert problem.line == 2
    assert what in problem.what
    assert problem.todo


SECRET = "tgram://4711-SECRET/1"


@pytest.mark.parametrize(
    "delivery",
    [
        "{mail: {to: a@b.example, host: a.example, password: 4711-SECRET}}",
        "{mail: {to: a@b.example, host: a.example, pasword: 4711-SECRET}}",
        f"{{mail: '{SECRET}'}}",
        f"{{notify: '{SECRET}'}}",
        f"{{notify: ['{SECRET}']}}",
        f"{{'{SECRET}': true}}",
        f"{{urls: ['{SECRET}']}}",
    ],
)
def test_secrets_are_refused_and_not_repeated(delivery: str) -> None:
    """The message says where they belong; what `check` prints does not hold them."""
    found = problems(delivery)
    assert "does not belong in feeds.yaml" in found[0].what
    assert "TOUCHPOINTS_SMTP_PASSWORD" in found[0].todo
    assert "4711" not in problems_text(found)
    assert {problem.level for problem in found} == {"error"}


@pytest.mark.parametrize(
    "delivery",
    [
        "{mail: {to: [4711-SECRET], host: a.example}}",
        "{mail: {to: 4711-SECRET, host: a.example}}",
        "{mail: {to: a@b.example, host: 'smtps://me:4711-SECRET@a.example'}}",
        "{mail: {to: a@b.example, host: a.example, port: 4711-SECRET}}",
        "{mail: {to: a@b.example, host: a.example, security: 4711-SECRET}}",
        "{mail: {to: a@b.example, host: a.example, user: {4711-SECRET: 1}}}",
        "{quiet_days: 4711-SECRET}",
        "4711-SECRET",
    ],
)
def test_a_secret_in_the_wrong_place_is_not_repeated_either(delivery: str) -> None:
    """No value under `delivery` ever is."""
    found = problems(delivery)
    assert found
    assert "4711" not in problems_text(found)


def test_the_digest_does_not_go_to_an_interviewer(tmp_path: Path) -> None:
    """It is about them, and says so: with such an address nothing is run."""
    mail = "{mail: {to: Renata@example.com, host: a.example}}"
    (tmp_path / "feeds.yaml").write_text(FILE.format(delivery=mail), "utf-8")
    (tmp_path / "data" / "notes").mkdir(parents=True)
    (tmp_path / "data" / "notes" / "acme.md").write_text(
        "---\ncompany: acme\ninterviewed: 2026-11-16\n"
        "interviewers: [{name: Renata Kowalczyk, email: renata@example.com}]\n---\n- boats\n",
        "utf-8",
    )
    (problem,) = read(tmp_path).problems
    assert "the address of Renata Kowalczyk" in problem.what
    assert (problem.where, problem.level) == ("feeds.yaml", "error")


def test_only_this_computer_is_here() -> None:
    """Its names, and 127.0.0.0/8."""
    assert all(map(is_here, ("localhost", "127.0.0.1", "127.1.2.3", "::1")))
    assert not any(map(is_here, ("127.example.com", "10.0.0.1", "", "localhost.example")))


def test_settings_that_are_not_touched_are_not_looked_at() -> None:
    """No `mail`, no mistakes."""
    assert MailSettings() == DeliverySettings().mail
