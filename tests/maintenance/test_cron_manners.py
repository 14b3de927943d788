"""`run` as cron starts it: hour after hour, with nobody watching."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer

from pipeline.cli.context import Shared
from pipeline.cli.main import cli, main
from pipeline.errors import WorkspaceMissing
from pipeline.maintenance import log
from pipeline.maintenance.log import Log
from pipeline.store import files
from pipeline.store.lock import holder, locked
from tests.environment import poor
from tests.mailbox import mail_server
from tests.sample_workspace import EMPTY, FEEDS, NOTES, NOW, SampleWorkspace, laid_out

HOUR = timedelta(hours=1)
MARKER = "quayside-xyzzy"  # a word of the notes that may stand nowhere else


def run(root: Path, now: datetime, *options: str) -> Result:
    """Start one run in this process, without a terminal."""
    return CliRunner().invoke(cli, ["run", *options], obj=Shared(str(root), now))


def at(root: Path) -> list[str]:
    """Return the options of a command there, on the morning of NOW."""
    return ["--workspace", str(root), "--as-of", NOW.isoformat()]


def as_command(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start a command in an environment as poor as cron's, on the morning of NOW."""
    environment = poor(HOME=str(root), LOGNAME="me", SHELL="/bin/sh", **environment)
    command = [sys.executable, "-m", "pipeline.cli.main", *at(root), *arguments]
    where = Path(__file__).parents[2]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, cwd=where
    )


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A workspace in which nothing was run yet."""
    return laid_out(tmp_path / "ws")


def days_with_a_page(root: Path) -> list[str]:
    return sorted(day.isoformat() for day in files.digest_days(root))


# ---------------------------------------------------------------------------------- the morning


def test_the_page_is_made_once_in_the_morning_and_sent_once(tmp_path: Path) -> None:
    """A day of hourly runs from midnight: no page before 06:00, one letter, silence."""
    desk = SampleWorkspace(tmp_path / "ws")
    midnight = datetime(2026, 11, 25, tzinfo=UTC)
    with mail_server(None) as mailbox:
        mail = f"{{mail: {{to: me@example.com, host: 127.0.0.1, port: {mailbox.port}, "
        text = FEEDS.replace("UTC,", f"UTC, delivery: {mail}security: none}}}},")
        (desk.root / "feeds.yaml").write_text(text, "utf-8")
        first, letters = None, []
        for hours in range(24):
            done = run(desk.root, midnight + hours * HOUR + timedelta(minutes=17))
            assert (done.exit_code, done.output) == (0, "")
            if first is None and "2026-11-25" in days_with_a_page(desk.root):
                first = hours
            letters.append(len(mailbox.letters))
    assert first == 6
    assert letters == [0] * 6 + [1] * 18


@pytest.mark.parametrize(
    ("before", "now", "is_made"),
    [
        ([], "2026-11-25T03:00", True),  # the first run of all: somebody tries it out
        (["2026-11-24T09:00"], "2026-11-25T05:59", False),  # a later run will come
        (["2026-11-24T09:00"], "2026-11-25T06:00", True),
        (["2026-11-24T09:00", "2026-11-25T06:00"], "2026-11-25T22:00", True),  # the next hour's
        (["2026-11-21T09:00"], "2026-11-25T03:00", True),  # asleep for days: caught up
        (["2026-11-23T05:00", "2026-11-24T05:00"], "2026-11-25T05:00", True),  # once a day, early
    ],
)
def test_a_run_before_six_waits_where_later_ones_come(
    new: Path, before: list[str], now: str, is_made: bool
) -> None:
    """Else nobody would make the page of that day."""
    for moment in before:
        run(new, datetime.fromisoformat(f"{moment}+00:00"))
    report = json.loads(run(new, datetime.fromisoformat(f"{now}+00:00"), "--json").stdout)
    assert (now[:10] in days_with_a_page(new)) is is_made
    assert report["waits"] is not is_made


def test_the_morning_is_the_user_s_own_also_when_the_clocks_change(new: Path) -> None:
    """New York, on the Sunday on which 01:30 comes twice: the second one completes the page."""
    text = FEEDS.replace("timezone: UTC", "timezone: America/New_York, digest: {not_before: 01:30}")
    (new / "feeds.yaml").write_text(text, "utf-8")
    (new / "data" / "notes" / "halden.md").write_text(NOTES.replace("11-23", "10-30"), "utf-8")
    run(new, datetime(2026, 10, 31, 14, 0, tzinfo=UTC))
    run(new, datetime(2026, 11, 1, 5, 29, tzinfo=UTC))
    assert days_with_a_page(new) == ["2026-10-31"]
    run(new, datetime(2026, 11, 1, 5, 30, tzinfo=UTC))
    page = files.digest_path(new, date(2026, 11, 1), "json").read_bytes()
    run(new, datetime(2026, 11, 1, 6, 29, tzinfo=UTC))
    assert files.digest_path(new, date(2026, 11, 1), "json").read_bytes() == page


def test_an_answer_before_the_morning_is_told_on_the_morning_s_page(tmp_path: Path) -> None:
    """Ticked at night on yesterday's page: taken at once, and named when the page is made."""
    desk = SampleWorkspace(tmp_path / "ws")
    desk.change("- [ ] sent", "- [x] sent")
    night = NOW + timedelta(hours=19)
    run(desk.root, night)
    assert "sent" in desk.statuses()
    assert days_with_a_page(desk.root) == ["2026-11-24"]
    run(desk.root, night + 4 * HOUR)
    assert "Read from your page of Tuesday 24 November" in desk.page().read_text("utf-8")


def test_a_wrong_time_is_told_with_its_place(new: Path) -> None:
    """What stands there, and how it is written."""
    (new / "feeds.yaml").write_text(FEEDS.replace("UTC,", "UTC, digest: {not_before: noon},"))
    done = as_command(new, "run")
    assert done.returncode == 1
    assert '"noon" is not a time of day.' in done.stderr
    assert 'Write "06:00".' in done.stderr


def test_days_asleep_are_caught_up_and_an_hour_later_nothing_is_left(tmp_path: Path) -> None:
    """After three days: today's page, what fell due; the next run changes no byte."""
    desk = SampleWorkspace(tmp_path / "ws")
    later = NOW + timedelta(days=3)
    run(desk.root, later)
    assert days_with_a_page(desk.root) == ["2026-11-24", "2026-11-27"]
    kept = {path: path.read_bytes() for path in (desk.root / "data" / "digests").iterdir()}
    run(desk.root, later + HOUR)
    assert {path: path.read_bytes() for path in kept} == kept


# ------------------------------------------------------------------------------- what is said


def test_a_mistake_is_told_at_once_then_once_a_day_and_another_at_once(new: Path) -> None:
    """Exit code 1 each time; when it is mended and comes again, it is told again."""
    (new / "feeds.yaml").write_text(FEEDS.replace("name: Halden", "nam: Halden"), "utf-8")
    told = [done_said(new, NOW + hours * HOUR, 1) for hours in range(25)]
    assert [hours for hours, said in enumerate(told) if said] == [0, 23]
    assert 'Did you mean "name"?' in told[0]
    (new / "feeds.yaml").write_text(FEEDS.replace("feeds: ", "fees: "), "utf-8")
    assert 'Did you mean "feeds"?' in done_said(new, NOW + 25 * HOUR, 1)
    (new / "feeds.yaml").write_text(FEEDS, "utf-8")
    assert done_said(new, NOW + 26 * HOUR, 0) == ""
    (new / "feeds.yaml").write_text(FEEDS.replace("feeds: ", "fees: "), "utf-8")
    assert 'Did you mean "feeds"?' in done_said(new, NOW + 27 * HOUR, 1)


def done_said(root: Path, now: datetime, code: int) -> str:
    """Run by the whole command line in this process; return what it said."""
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("click.echo", lambda text="", **_: said.append(str(text)))
        with pytest.raises(SystemExit) as ended:
            main(["--workspace", str(root), "--as-of", now.isoformat(), "run"])
    assert ended.value.code == code, said
    return "\n".join(said)


def test_a_schedule_that_outlives_its_folder_is_told_once_a_day(tmp_path: Path) -> None:
    """At noon; exit code 1 each hour. Started by hand it is told at once."""
    words = ["--workspace", str(tmp_path / "gone"), "run"]
    said = []
    for hour in range(24):
        moment = (NOW + hour * HOUR).astimezone()
        done = CliRunner().invoke(cli, ["--as-of", moment.isoformat(), *words, "--scheduled"])
        assert done.exit_code == 1
        if isinstance(done.exception, WorkspaceMissing):
            said.append(moment.hour)
    assert said == [12]
    assert isinstance(CliRunner().invoke(cli, words).exception, WorkspaceMissing)


def test_no_network_is_told_when_it_has_lasted_a_day(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A laptop on a train is no news; a server that reads nothing for a day is."""
    two = "[http://127.0.0.1:9/a, http://127.0.0.2:9/b]"
    (new / "feeds.yaml").write_text(FEEDS.replace("[empty.xml]", two), "utf-8")
    said = [done_said(new, NOW + hours * HOUR, 0) for hours in (0, 1, 23, 24, 25, 47)]
    assert [bool(line) for line in said] == [False, False, False, True, False, True]
    assert said[3].startswith("None of the 2 feeds on the web could be reached")
    assert "\n" not in said[3]


def test_the_lock_tells_who_holds_it_and_since_when(new: Path) -> None:
    """Exit code 4, with the process and its age; a second hourly run says nothing more."""
    with locked(new):
        began = time.time() - 12 * 60 - 5
        os.utime(files.holder_path(new), (began, began))
        done = as_command(new, "run")
        assert done.returncode == 4
        assert f"process {os.getpid()}" in done.stderr
        assert "It began 12 minutes ago." in done.stderr
        assert as_command(new, "run").stderr == ""
    assert holder(new) is None
    assert as_command(new, "run").returncode == 0


def test_a_run_that_was_killed_is_not_in_the_way(new: Path) -> None:
    """Killed while it waits for a feed; the next works at once and writes down whom it followed."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the call, and says nothing
        port = silent.getsockname()[1]
        slow = FEEDS.replace("empty.xml", f"http://127.0.0.1:{port}/feed")
        (new / "feeds.yaml").write_text(slow, "utf-8")
        command = [sys.executable, "-m", "pipeline.cli.main", *at(new), "run"]
        with subprocess.Popen(command) as hanging:
            silent.settimeout(20)
            with silent.accept()[0]:
                assert as_command(new, "run").returncode == 4
                hanging.send_signal(signal.SIGKILL)
    (new / "feeds.yaml").write_text(FEEDS, "utf-8")
    assert as_command(new, "run").returncode == 0
    text = files.log_path(new, "touchpoints.log").read_text()
    assert f"the run before was killed: process={hanging.pid}\n" in text


# ------------------------------------------------------------------------------- what is logged


def test_the_log_has_a_line_for_each_unit_of_work(new: Path) -> None:
    """A feed asked, each stage, the digest; as text, or one JSON object a line."""
    run(new, NOW)
    text = files.log_path(new, "touchpoints.log").read_text()
    assert "2026-11-24T08:00:00Z run began: version=" in text
    assert f"feed asked: feed={new}/empty.xml outcome=new articles=0 refused=0\n" in text
    assert "stage done: stage=relevance seconds=" in text
    assert "digest written: day=2026-11-24 suggestions=2\n" in text
    run(new, NOW + HOUR, "--log-format", "json")
    lines = files.log_path(new, "touchpoints.jsonl").read_text().splitlines()
    events = [json.loads(line)["event"] for line in lines]
    stages = [
        "answers",
        "news",
        "relevance",
        "touchpoints",
        "digest",
        "writing",
        "briefings",
        "delivery",
        "handover",
        "maintenance",
    ]
    assert (events[0], events[-1]) == ("run began", "run ended")
    assert [row["stage"] for row in map(json.loads, lines) if "stage" in row] == stages


def test_a_dry_run_logs_nothing(new: Path) -> None:
    """It writes no file."""
    run(new, NOW, "--dry-run")
    assert not files.log_path(new, "touchpoints.log").exists()


def test_the_log_is_turned_over_and_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four older files beside it, none above the limit; the newest line is in the first."""
    monkeypatch.setattr(log, "LARGEST", 2_000)
    written = Log(tmp_path / "logs" / "touchpoints.log", lambda: NOW)
    for number in range(400):
        written.add("line", number=number)
    found = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert found == ["touchpoints.log", *(f"touchpoints.log.{n}" for n in range(1, 5))]
    assert all(path.stat().st_size <= 2_000 for path in (tmp_path / "logs").iterdir())
    texts = [(tmp_path / "logs" / name).read_text() for name in reversed(found)]
    numbers = [int(line.rpartition("=")[2]) for line in "".join(texts).splitlines()]
    assert numbers == list(range(numbers[0], 400))
    written.add("one too large", text="x" * 5_000)
    assert (tmp_path / "logs" / "touchpoints.log").stat().st_size <= 2_000


def test_a_line_is_one_line_whatever_a_feed_says() -> None:
    """Line ends, quotes and what could steer a terminal stand as their numbers."""
    for write in (log.as_text, log.as_json):
        line = write("T", "feed asked", {"why": 'a\nb" \x1b[2J\u202e é'})
        assert line.count("\n") == 1
        assert line.isascii() and line.strip().isprintable()


@pytest.fixture
def secretive(new: Path, httpserver: HTTPServer) -> Iterator[Path]:
    """A workspace with secrets wherever there may be some."""
    place = f"{httpserver.host}:{httpserver.port}"
    httpserver.expect_request("/good.xml").respond_with_data(EMPTY)
    httpserver.expect_request("/gone.xml").respond_with_data("no", status=404)
    feeds = f"""[http://user:hunter2-feed@{place}/good.xml,
      http://user:hunter2-feed@{place}/gone.xml, "http://{place}/good.xml?api_key=hunter2-key"]"""
    mail = "{to: me@example.com, host: 127.0.0.1, port: 9, user: me, security: starttls}"
    text = FEEDS.replace("[empty.xml]", feeds).replace("UTC,", f"UTC, delivery: {{mail: {mail}}},")
    (new / "feeds.yaml").write_text(text, "utf-8")
    notes = new / "data" / "notes" / "halden.md"
    notes.write_text(NOTES + f"- {MARKER}: the {MARKER} of the quay\n", "utf-8")
    (new / "data" / "notes" / "bad.md").write_text(f"---\ncompany: {MARKER}\n---\n- x\n", "utf-8")
    yield new


def test_no_secret_and_no_note_is_in_a_log(secretive: Path) -> None:
    """Passwords of feeds and mail, keys in addresses, words of the notes; in either form."""
    secrets = {"TOUCHPOINTS_SMTP_PASSWORD": "hunter2-mail"}
    for form in ("text", "json"):
        done = as_command(secretive, "run", "--ask-all", "--log-format", form, **secrets)
        assert done.returncode == 1  # one note has a mistake
    (secretive / "feeds.yaml").write_text(f"companies: {{{MARKER}: hunter2-typed}}", "utf-8")
    assert as_command(secretive, "run", **secrets).returncode == 1
    written = "".join(path.read_text() for path in (secretive / "data" / "logs").iterdir())
    assert "/gone.xml" in written and "digest sent: channel=mail outcome=failed" in written
    assert "hunter2" not in written
    assert MARKER not in written


def test_the_trace_of_a_bug_has_no_word_of_what_was_worked_on(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it showed, and what led to it; each bug is added to those before, within a limit."""

    def broken(*_: object, **__: object) -> None:
        secret = f"hunter2 {MARKER}"
        try:
            int(secret)
        except ValueError as error:
            raise KeyError(secret) from error

    monkeypatch.setattr("pipeline.run.read_news", broken)
    said = [done_said(new, NOW + hours * HOUR, 3) for hours in range(25)]
    text = files.log_path(new, "bug.log").read_text()
    assert [hours for hours, line in enumerate(said) if line] == [0, 23]
    assert "bug in Touchpoints (KeyError)" in said[0] and "\n" not in said[0]
    assert text.count("builtins.ValueError\nwhich led to:\n") == 25
    assert text.count("builtins.KeyError\n") == 25
    assert "int(secret)" in text
    assert "hunter2" not in text + said[0]
    assert MARKER not in text + said[0]
    assert len(text) < 1_000_000


def test_what_the_program_makes_in_data_is_its_owner_s_alone(new: Path) -> None:
    """Files 0600, folders 0700, under the widest umask."""
    (new / "data" / "notes" / "bad.md").write_text("no head", "utf-8")
    before = set((new / "data").rglob("*"))
    old = os.umask(0)
    try:
        run(new, NOW)
    finally:
        os.umask(old)
    made = set((new / "data").rglob("*")) - before
    names = {path.name for path in made}
    assert {"touchpoints.db", "logs", "touchpoints.log", "notices.json", "drafts"} <= names
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_log_that_cannot_be_written_stops_nothing(new: Path) -> None:
    """A file stands where the folder should be: the run goes on and says nothing."""
    (new / "data" / "logs").write_text("in the way")
    done = run(new, NOW)
    assert (done.exit_code, done.output) == (0, "")
    assert (new / "data" / "digests" / "latest.md").is_file()


@pytest.mark.parametrize("damage", ["{", '[{"key": 1}]', "null"])
def test_what_is_remembered_of_failures_may_be_spoilt(new: Path, damage: str) -> None:
    """Then it is told again."""
    (new / "data" / "logs").mkdir()
    files.notices_path(new).write_text(damage)
    (new / "feeds.yaml").write_text("companies: 3", "utf-8")
    assert "nothing was run" in as_command(new, "run").stderr


@pytest.mark.parametrize("command", ["--help", "queue", "run"])
def test_a_run_with_nothing_new_loads_no_heavy_library(tmp_path: Path, command: str) -> None:
    """What is heavy, and what logs, reaches a network or schedules."""
    desk = SampleWorkspace(tmp_path / "ws")
    desk.run()
    code = (
        "import sys\nfrom pipeline.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'sklearn', 'scipy', 'pandas', 'httpx', 'feedparser', 'bs4', 'rich', 'crontab',\n"
        "         'pydantic', 'jinja2', 'numpy', 'icalendar', 'sqlite_utils', 'ruamel.yaml',\n"
        "         'logging.handlers', 'pipeline.maintenance.doctor',\n"
        "         'pipeline.maintenance.timers', 'pipeline.maintenance.schedule'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    as_of = ["--as-of", (NOW + HOUR).isoformat(), "--workspace", str(desk.root)]
    words = [sys.executable, "-c", code, *as_of, command]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_hour_that_plans_beside_an_open_thank_you_does_not_load_the_embedding(
    tmp_path: Path,
) -> None:
    """What the candidate did that fits the talk is known, and which lines no feed meets."""
    root = laid_out(tmp_path / "ws")
    notes = root / "data" / "notes" / "halden.md"
    told = "## Discussed\n- **the archive in the cellar**\n"
    did = "## My angle\n- moved an archive out of a cellar\n"
    notes.write_text(f"{NOTES}{told}{did}", "utf-8")
    run(root, NOW)
    code = (
        "import sys\nfrom pipeline.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n    assert not end.code\n"
        "print('pipeline.touchpoints.plan' in sys.modules, 'numpy' in sys.modules,\n"
        "      'pipeline.relevance.own_work' in sys.modules,\n"
        "      'pipeline.workspace.asides' in sys.modules)\n"
    )
    as_of = ["--as-of", (NOW + HOUR).isoformat(), "--workspace", str(root), "run"]
    words = [sys.executable, "-c", code, *as_of]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True False False False"
    assert "archive out of a cellar" in (root / "data" / "digests" / "latest.md").read_text("utf-8")
