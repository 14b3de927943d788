"""Many candidates at once: each gets what a run of their own gives, and each feed is asked once."""

from __future__ import annotations

import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from pipeline.commands import queue
from pipeline.errors import CannotWrite, RunInProgress, WorkspaceMissing
from pipeline.fleet import engines
from pipeline.fleet.feeds import WantedFeeds, together
from pipeline.fleet.run import FleetReport, Means
from pipeline.fleet.run import run as serve_all
from pipeline.fleet.serving import Round
from pipeline.records import NewsSettings
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.store import candidate as stored
from pipeline.store import news
from pipeline.store.database import atomic, opened
from pipeline.store.files import database_path
from pipeline.store.lock import locked
from tests.fleet.office import COMPANIES, NOW, Office, written

HALDEN, NORVIK, MERRIN, ALDER = COMPANIES
NO_FEEDS = "settings: {timezone: UTC}\ncompanies: {halden: {name: Halden Freight, feeds: []}}\n"
ROUNDS = (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1))


@pytest.fixture
def office(tmp_path: Path, httpserver: HTTPServer) -> Office:
    """An office with twelve candidates; the notes of one are broken, the feeds.yaml of another."""
    made = Office(tmp_path, httpserver)
    url = httpserver.url_for
    made.status["broken"] = 500
    made.enrol("ada", HALDEN, NORVIK)
    made.enrol("ben", HALDEN, person="Ida Moe")
    made.enrol("cleo", MERRIN, more=f"  more: {{feeds: ['{url('moved')}', '{url('broken')}']}}")
    made.enrol("dan", ALDER, MERRIN, person="Ola Berg")
    made.enrol("eve", HALDEN).joinpath("feeds.yaml").write_text(NO_FEEDS)
    made.enrol("finn", NORVIK, ALDER, HALDEN, MERRIN, person="Per Dahl")
    made.enrol("gus", HALDEN).joinpath("data/notes/halden.md").write_text("---\ncompany: [\n")
    made.enrol("hana", NORVIK).joinpath("feeds.yaml").write_text("companies: {norvik: [}")
    for name, company in zip(("iris", "jon", "kai", "liv"), COMPANIES, strict=True):
        made.enrol(name, company, person=f"{name.title()} Holt")
    return made


@pytest.fixture
def few(tmp_path: Path, httpserver: HTTPServer) -> Office:
    """An office with three candidates."""
    made = Office(tmp_path, httpserver)
    for name in ("ada", "ben", "cleo"):
        made.enrol(name, HALDEN, person=f"{name.title()} Holt")
    return made


class InThisProcess:
    """An engine without processes of its own."""

    workers = 2

    def each(self, work, blocks):  # type: ignore[no-untyped-def]
        return ((block, work(block)) for block in blocks)


HERE = InThisProcess()


def serve(office: Office, now: datetime, engine: engines.Engine = HERE) -> FleetReport:
    return serve_all(Round(office.folder, now), Means(engine))


def history(root: Path) -> list[tuple[object, ...]]:
    with opened(root) as db:
        past = stored.load_history(db)
    return [(item.id, item.suggestion, item.status, item.created) for item in past.touchpoints]


@pytest.mark.slow
def test_each_gets_what_a_run_of_his_own_gives(office: Office, tmp_path: Path) -> None:
    """Page by page, byte for byte, on a first day, an hour later and a day later."""
    shutil.copytree(office.folder, tmp_path / "before")
    alone, past = [], {}
    for number, now in enumerate(ROUNDS):
        office.days = 1 + number // 2
        for root in sorted(office.folder.iterdir()):
            if root.name != "hana":
                run(root, now, RunOptions(scheduled=True))
                past[number, root.name] = history(root)
        alone.append(written(office.folder))
    shutil.rmtree(office.folder)
    shutil.move(tmp_path / "before", office.folder)
    for number, now in enumerate(ROUNDS):
        office.days = 1 + number // 2
        serve(office, now)
        together = written(office.folder)
        assert together.keys() == alone[number].keys()
        assert [name for name in together if together[name] != alone[number][name]] == []
        for root in sorted(office.folder.iterdir()):
            if (number, root.name) in past:
                assert history(root) == past[number, root.name]
    assert sum(name.endswith("/latest.html") for name in together) == 11
    assert any(name.endswith(".eml") for name in together)


def test_each_feed_is_asked_once(office: Office) -> None:
    """Whoever follows it: at first, not before an hour is over, and once again then."""
    serve(office, NOW)
    feeds = {f"/{name}" for name in ("halden", "norvik", "merrin", "alder", "sailing")}
    times = dict.fromkeys((*feeds, "/moved", "/broken"), 1)
    times["/sailing"] += 1  # where /moved leads
    assert office.asked == times
    serve(office, NOW + timedelta(minutes=20))
    assert office.asked == times
    report = serve(office, NOW + timedelta(hours=1))
    assert (report.followed, report.requests) == (7, 7)
    assert office.asked == {path: 2 * count for path, count in times.items()}


def test_who_joins_between_two_hours_is_given_what_the_feeds_said(few: Office) -> None:
    """Nobody is asked for a newcomer before its time."""
    serve(few, NOW)
    asked = few.asked.copy()
    few.enrol("mia", HALDEN)
    report = serve(few, NOW + timedelta(minutes=20))
    assert few.asked == asked
    (mia,) = (one for one in report.served if one.candidate == "mia")
    assert (mia.outcome, mia.feeds, mia.new) == ("served", 2, 6)


def test_what_is_wrong_with_one_harms_nobody(office: Office) -> None:
    """A page for all but the one whose feeds.yaml cannot be read; the report says why."""
    report = serve(office, NOW)
    wrong = [one for one in report.served if one.outcome != "served"]
    assert [(one.candidate, one.outcome) for one in wrong] == [("hana", "failed")]
    assert "feeds.yaml" in wrong[0].why
    (gus,) = (one for one in report.served if one.candidate == "gus")
    assert gus.problems == 1
    assert "halden.md" in (office.folder / "gus/data/digests/latest.md").read_text()


def test_files_are_their_candidates_alone(few: Office) -> None:
    """Nobody else may enter a workspace, or the folder that all share, whatever it was before."""
    (few.folder / "ada").chmod(0o755)
    serve(few, NOW)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in few.folder.iterdir()}
    assert modes == dict.fromkeys(modes, 0o700)
    assert ".fleet" in modes


def test_a_host_that_limits_is_spared_for_all(few: Office) -> None:
    """After a 429 nobody's run asks it before its time, whoever follows it."""
    few.status["halden"], few.headers["halden"] = 429, {"Retry-After": "14400"}
    serve(few, NOW)
    asked = few.asked.copy()
    assert asked["/halden"] + asked["/sailing"] <= 2
    serve(few, NOW + timedelta(hours=1))
    assert few.asked == asked


@pytest.mark.slow
def test_what_all_share_may_be_damaged(few: Office) -> None:
    """A body that is not what it was, a list that cannot be read: the feeds are asked anew."""
    serve(few, NOW)
    few.enrol("mia", HALDEN)
    for path in (few.folder / ".fleet" / "bodies").iterdir():
        path.write_bytes(b"damaged")
    afresh = engines.Processes(1)  # which has nothing at hand
    report = serve(few, NOW + timedelta(hours=1), afresh)  # to which the server says: as before
    assert [one.new for one in report.served] == [0, 0, 0, 0]
    report = serve(few, NOW + timedelta(hours=2), afresh)
    assert [one.new for one in report.served] == [0, 0, 0, 6]
    asked = few.asked["/halden"]
    (few.folder / ".fleet" / "answers.json").write_text("[{")
    few.enrol("noa", HALDEN)
    report = serve(few, NOW + timedelta(hours=2, minutes=5))
    assert [one.new for one in report.served] == [0, 0, 0, 0, 6]
    assert few.asked["/halden"] == asked + 1


def test_two_names_of_one_workspace_are_one_candidate(few: Office) -> None:
    """A link beside a folder is served once, and a file or a folder of something else is nobody."""
    (few.folder / "zoe").symlink_to(few.folder / "ada")
    (few.folder / "letters").mkdir()
    (few.folder / "readme.txt").write_text("Candidates of 2026")
    assert [one.candidate for one in serve(few, NOW).served] == ["ada", "ben", "cleo"]


def test_one_round_at_a_time(few: Office) -> None:
    """A second one says that the first is at work, and asks nobody."""
    with locked(few.folder / ".fleet"), pytest.raises(RunInProgress):
        serve(few, NOW)
    assert not few.asked


def test_a_workspace_in_which_somebody_works_is_left_alone(few: Office) -> None:
    """Its candidate is told as busy; the others are served."""
    with locked(few.folder / "ben"):
        report = serve(few, NOW)
    assert [one.outcome for one in report.served] == ["served", "busy", "served"]


def test_an_empty_folder_is_no_fleet(tmp_path: Path) -> None:
    """Nor is one that is not there; both say what belongs into it."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(WorkspaceMissing, match="no candidate"):
            serve_all(Round(folder, NOW), Means(HERE))


def test_no_secret_of_the_office_goes_into_an_address(
    few: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A candidate who names one is told that it is not set, and nobody is asked."""
    monkeypatch.setenv("TOUCHPOINTS_KEY", "of-the-office")
    feeds = few.folder / "ada" / "feeds.yaml"
    url = few.server.url_for("/halden")
    feeds.write_text(feeds.read_text().replace(url, f"{url}?key=${{TOUCHPOINTS_KEY}}"))
    few.remove("ben", "cleo")
    serve(few, NOW)
    assert few.asked == {"/sailing": 1}


def test_who_has_a_feed_from_a_list_is_led_into_no_private_network(few: Office) -> None:
    """Another candidate who wrote its address gets it, with one request."""
    few.remove("cleo")
    with opened(few.folder / "ada") as db, atomic(db):
        news.mark_listed(db, [few.server.url_for("/halden")])
    report = serve(few, NOW)
    assert [(one.candidate, one.new) for one in report.served] == [("ada", 3), ("ben", 6)]
    assert few.asked["/halden"] == 1
    page = (few.folder / "ada" / "data" / "logs" / "touchpoints.log").read_text()
    assert "leads into a private network" in page


def test_a_host_is_spared_as_the_most_careful_wants() -> None:
    """The longest pause, the fewest connections; and for each what they would get alone."""
    hasty = NewsSettings(pause_seconds=0, at_once_per_host=8, every_minutes=60, timeout_seconds=5)
    careful = NewsSettings(pause_seconds=9, at_once_per_host=1, every_minutes=240)
    wanted = [WantedFeeds(settings=hasty), WantedFeeds(), WantedFeeds(settings=careful)]
    found = together(wanted).settings
    assert found is not None
    assert (found.pause_seconds, found.at_once_per_host) == (9, 1)
    assert (found.every_minutes, found.timeout_seconds) == (60, 20)


def test_a_candidate_keeps_his_own_limits(few: Office) -> None:
    """A feed that is too large for one is read for the others."""
    feeds = few.folder / "ada" / "feeds.yaml"
    limit = "settings: {news: {at_most_megabytes: 0.0005}, "
    feeds.write_text(feeds.read_text().replace("settings: {", limit))
    report = serve(few, NOW)
    assert [one.new for one in report.served] == [0, 6, 6]


def test_a_place_for_what_all_share_that_cannot_be_made_is_told(few: Office) -> None:
    """Where a file is in its way, one is told where, and nobody is asked."""
    (few.folder / ".fleet").write_text("not a folder")
    with pytest.raises(CannotWrite, match="cannot be made or used"):
        serve(few, NOW)
    assert not few.asked


@pytest.mark.parametrize("person", ["Abe Holt", "Ada Holt"])
@pytest.mark.parametrize("is_gone", [True, False])
def test_a_lost_or_damaged_database_comes_back_with_its_news(
    few: Office, person: str, is_gone: bool
) -> None:
    """What was sent is known, and what the feeds answered is read anew: also of one who shares."""
    ada = few.enrol("abe", HALDEN, person=person)
    serve(few, NOW)
    first = queue.still_open(ada)[0].id
    queue.change(ada, first, "sent", NOW)
    serve(few, ROUNDS[2])  # keeps a good copy
    path = database_path(ada)
    with opened(ada) as db:
        stored_before = news.article_count(db)
    if is_gone:
        path.unlink()
    else:
        path.write_bytes(b"This is no database, and never was one. " * 2_000)

    serve(few, ROUNDS[2] + timedelta(hours=2))

    assert queue.touchpoint(ada, first).status == "sent"
    with opened(ada) as db:
        assert news.article_count(db) == stored_before > 0
