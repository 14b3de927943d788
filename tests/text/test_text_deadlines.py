"""By when, as people write it, in four languages: the last day that a text can mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.deadlines import day_from, days_by

TODAY = date(2026, 11, 25)  # a Wednesday

# What is written, and the days that it can mean; "-": it has no last day, so it is asked back.
WRITTEN = """
    by the 18th                               18.12.
    before christmas                          24.12.
    end of next week                          4.12.
    in two weeks                              9.12.
    mid December                              15.12.
    Anfang Dezember                           10.12.
    bis Ende der Woche                        27.11.
    avant Noël                                24.12.
    la semana que viene                       4.12.
    next week                                 4.12.
    early next week                           1.12.
    Mitte nächster Woche                      2.12.
    Ende nächster Woche                       4.12.
    fin de semaine prochaine                  4.12.
    à la fin de la semaine prochaine          4.12.
    d'ici deux semaines                       9.12.
    in 2-3 weeks                              16.12.
    zwei bis drei Wochen                      16.12.
    in einem Monat                            25.12.
    in a month                                25.12.
    within 10 working days                    9.12.
    in 10 Arbeitstagen                        9.12.
    10 jours ouvrés                           9.12.
    end of the month                          30.11.
    Monatsende                                30.11.
    bis Ende des Monats                       30.11.
    fin du mois                               30.11.
    a finales de mes                          30.11.
    a mediados de diciembre                   15.12.
    principios de enero                       10.1.
    début janvier                             10.1.
    mi-janvier                                15.1.
    end of January                            31.1.
    in January                                31.1.
    January                                   31.1.
    before new year                           31.12.
    bis Jahresende                            31.12.
    end of the year                           31.12.
    Anfang nächsten Jahres                    31.1.
    early in the new year                     -
    before Easter                             25.3.
    vor Ostern                                25.3.
    Q1                                        31.3.
    erstes Quartal 2027                       31.3.
    KW 50                                     11.12.
    week of 7 December                        11.12.
    Thursday next week                        3.12.
    nächste Woche Donnerstag                  3.12.
    friday week                               4.12.
    next friday                               27.11. 4.12.
    kommenden Freitag                         27.11.
    el viernes que viene                      27.11.
    vendredi prochain                         27.11. 4.12.
    by friday                                 27.11.
    bis Freitag                               27.11.
    bis spätestens 18.12.                     18.12.
    by 18 December at the latest              18.12.
    before 18/12                              18.12.
    avant le 18 décembre                      18.12.
    antes del 18 de diciembre                 18.12.
    el 18                                     18.12.
    am 18.                                    18.12.
    le 18                                     18.12.
    after christmas                           -
    in a few weeks                            -
    in ein paar Wochen                        -
    next year                                 -
    soon                                      -
    they said by the end of next week         4.12.
    the week after next                       11.12.
    übernächste Woche                         11.12.
    in a couple of weeks                      9.12.
    end of Q1 2027                            31.3.
    a fortnight                               9.12.
    EOW                                       27.11.
    COB Friday                                27.11.
    by end of day Friday                      27.11.
    end of November                           30.11.
    late November                             30.11.
    next month                                31.12.
    nächsten Monat                            31.12.
    mitte des Monats                          -
    Mitte Dezember 2026                       15.12.
    antes de Navidad                          24.12.
    vor Weihnachten                           24.12.
    in spring                                 -
    tomorrow                                  26.11.
    bis morgen                                26.11.
    the weekend                               29.11.
    11/12/2026                                11.12.
    1st of December                           1.12.
    1 December or so                          1.12.
    middle of next week                       2.12.
    la semaine prochaine                      4.12.
    por la mañana                             -
    dentro de dos semanas                     9.12.
    en quince días                            9.12.
    in 14 Tagen                               9.12.
    30. Februar                               -
"""


def written_days() -> list[tuple[str, str]]:
    rows = (line.strip().rsplit("  ", 1) for line in WRITTEN.strip().splitlines())
    return [(text.strip(), days.strip()) for text, days in rows]


@pytest.mark.parametrize(("text", "expected"), written_days())
def test_by_when_is_understood_or_asked_back(text: str, expected: str) -> None:
    """Said on Wednesday 25 November 2026."""
    found = days_by(text, TODAY)
    assert " ".join(f"{day.day}.{day.month}." for day in found) == expected.strip("-")
    assert all(day >= TODAY and (day - TODAY).days < 300 for day in found)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("end of the week", date(2026, 11, 28), date(2026, 12, 4)),  # said on a Saturday
        ("Anfang Dezember", date(2026, 12, 12), None),  # gone by
        ("the 31st", date(2026, 11, 25), date(2026, 12, 31)),  # November has none
        ("in one month", date(2027, 1, 31), date(2027, 2, 28)),
        ("in 3 working days", date(2026, 11, 26), date(2026, 12, 1)),
        ("before christmas", date(2026, 12, 27), None),
    ],
)
def test_the_day_on_which_it_is_said_counts(text: str, today: date, day: date | None) -> None:
    """What lies in the past then is none."""
    assert day_from(text, today) == day


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            "by end of mid early next week month Q1 Q9 KW 53 99 31 0 Februar christmas in 999 days "
            "Freitag the a couple 2-3 weeks 2027 9999 working ' - . Jahr".split(" ")
        ),
        max_size=6,
    ),
    st.dates(date(2020, 1, 1), date(2090, 12, 31)),
)
def test_no_text_raises(words: list[str], today: date) -> None:
    """Whatever is typed, on whatever day; and no day is before it."""
    assert all(day >= today for day in days_by(" ".join(words), today))
