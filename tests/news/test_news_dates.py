"""Dates of entries in the forms that feeds really use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.news import dates

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-24T08:00:00Z", "2026-11-24 08:00"),
        ("2026-11-24 08:00:00 +0100", "2026-11-24 07:00"),
        ("2026-11-24", "2026-11-24 00:00"),
        ("Tue, 24 Nov 2026 08:00:00 +0530", "2026-11-24 02:30"),
        ("Tue, 24 Nov 2026 08:00:00 GMT+9", "2026-11-23 23:00"),
        ("Tue, 24 Nov 2026 08:00 CEST", "2026-11-24 06:00"),
        ("Fri, 05/03/2019 - 15:21", "2019-05-03 15:21"),
        ("Sun, 05/03/2020 - 15:21", "2020-05-03 15:21"),
        ("Thu, 05/03/2020 - 15:21", "2020-03-05 15:21"),
        ("18/01/30 00:00", "2018-01-30 00:00"),
        ("15/05/2020", "2020-05-15 00:00"),
        ("06.02.2025", "2025-02-06 00:00"),
        ("May 3, 2019 3:21 pm EST", "2019-05-03 20:21"),
        ("May 3, 2019 12:05 a.m.", "2019-05-03 00:05"),
        ("24. November 2026, 08:00 Uhr", "2026-11-24 08:00"),
        ("3. März 2026", "2026-03-03 00:00"),
        ("3 août 2019 à 15:21", "2019-08-03 15:21"),
        ("24 de setembro de 2018 10:00", "2018-09-24 10:00"),
        ("Seg, 24 Set 2018 19:22:00 -0300", "2018-09-24 22:22"),
        ("lun, 24 ago 2026 10:00:00 +0200", "2026-08-24 08:00"),
        ("вт, 24 ноя 2026 10:00:00 +0300", "2026-11-24 07:00"),
        ("2019년 5월 3일 오후 3:21", "2019-05-03 15:21"),
        ("2026年11月24日 下午3:21", "2026-11-24 15:21"),
        ("2026年11月24日 15時21分", "2026-11-24 15:21"),
        ("24 listopada 2026 15:20", "2026-11-24 15:20"),
        ("14 lipca 2026", "2026-07-14 00:00"),
        ("24. června 2026", "2026-06-24 00:00"),
        ("14 juli 2026", "2026-07-14 00:00"),
        ("24 maart 2026", "2026-03-24 00:00"),
        ("24 giugno 2026", "2026-06-24 00:00"),
        ("24 Kasım 2026 10:00", "2026-11-24 10:00"),
        ("24 Νοεμβρίου 2026", "2026-11-24 00:00"),
        ("24 листопада 2026", "2026-11-24 00:00"),
        ("24 de noviembre de 2026 3:21 p. m.", "2026-11-24 15:21"),
        ("24. marraskuuta 2026", "2026-11-24 00:00"),
        ("2026. szeptember 24., 10:00", "2026-09-24 10:00"),
        ("24 octombrie 2026", "2026-10-24 00:00"),
        ("24. svibnja 2026. 10:00", "2026-05-24 10:00"),
        ("Selasa, 24 Agustus 2026 15:00 WIB", "2026-08-24 08:00"),
        ("24 de juliol de 2026", "2026-07-24 00:00"),
        ("24 Ara 2026", "2026-12-24 00:00"),
        ("24 Δεκ 2026", "2026-12-24 00:00"),
        ("24 czerwiec 2026", "2026-06-24 00:00"),
        ("24 červenec 2026", "2026-07-24 00:00"),
        ("mar, 24 nov 2026 10:00", "2026-11-24 10:00"),
        ("maandag 24-11-2026 10:00", "2026-11-24 10:00"),
        ("Tue, 24 Nov 2026 08:00:00 NST", "2026-11-24 11:30"),
        ("Tue, 24 Nov 2026 08:00:00 SAST", "2026-11-24 06:00"),
        ("Tue Nov 24 08:00:00 PST 2026", "2026-11-24 16:00"),
        ("Tuesday, November 24th, 2026 at 08:00 AM ET", "2026-11-24 13:00"),
        ("Nov 24, 2026 3pm", "2026-11-24 15:00"),
        ("2026-Nov-24", "2026-11-24 00:00"),
        ("2020/1/10 14:33:00", "2020-01-10 14:33"),
        ("20261124T080000Z", "2026-11-24 08:00"),
        ("Fri, 11 Mar 2016 01:15:00 +3000", "2016-03-11 01:15"),
        ("Fri, 11 Mar 2016 24:00:00 GMT", "2016-03-12 00:00"),
        ("1795507200", "2026-11-24 08:00"),
        ("Tue, 24 Nov 2026 08:00:00 -0000", "2026-11-24 08:00"),
    ],
)
def test_a_date_is_read_in_many_forms(written: str, meant: str) -> None:
    """Every form that feeds use; without a zone it is UTC."""
    assert dates.read(written) == datetime.fromisoformat(f"{meant}:00+00:00")


@pytest.mark.parametrize(
    "written",
    [
        *("", "just now", "not a real date", "32 Nov 2026", "99/99/99", "0000-00-00 00:00:00"),
        # What programs make of no date at all (PHP of MySQL's 0000-00-00).
        *("Wed, 30 Nov -0001 00:00:00 +0000", "-0001-11-30T00:00:00+00:00"),
        *("Mon, 23 Nov 0000 06:00:00 GMT", "0000-11-23T06:00:00Z"),
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    """Nothing is guessed."""
    assert dates.read(written) is None


@pytest.mark.parametrize(
    ("found", "dated"),
    [
        (NOW - timedelta(days=400), "feed"),
        (NOW + timedelta(days=1), "feed"),
        (NOW + timedelta(days=3), "seen"),
        (datetime(1994, 12, 31, tzinfo=UTC), "seen"),
        (datetime(2099, 1, 1, tzinfo=UTC), "seen"),
        (datetime(1, 1, 1, tzinfo=UTC), "seen"),
        (None, "seen"),
    ],
)
def test_a_time_that_cannot_be_is_the_time_of_reading(found: datetime | None, dated: str) -> None:
    """Before 1995 and more than two days ahead are mistakes of the feed."""
    assert dates.settle(found, None, NOW) == (found if dated == "feed" else NOW, dated)


@given(st.one_of(st.text(), st.text("0123456789:/.- +GMTNovap년월일", max_size=40)))
def test_any_text_is_a_time_or_none(written: str) -> None:
    """Nothing raises, and a time is always in UTC."""
    found = dates.read(written)
    assert found is None or found.tzinfo is UTC
