"""The short form that the titles use, where none has the name in feeds.yaml."""

from __future__ import annotations

import pytest

from pipeline.records import Company
from pipeline.relevance.short_names import ShortName, proposed
from tests.relevance.world import article

NORDHAFEN = Company("nord", "Nordhafen Merz GmbH")


def titles(form: str, times: int, others: int) -> list[str]:
    """Return so many titles with a form, and so many without."""
    return [f"{form} opens hub {n}" for n in range(times)] + [
        f"Rain on day {n}" for n in range(others)
    ]


@pytest.mark.parametrize(
    ("name", "said", "form"),
    [
        ("Nordhafen Merz GmbH", "Nordhafen", "Nordhafen"),
        ("Nordhafen Merz GmbH", "NORDHAFEN", "Nordhafen"),
        ("Bayerische Zorbix Werke AG", "BZW", "BZW"),
        ("Zorbix Klemm GmbH", "Zorbix", "Zorbix"),
        ("Zorbix-Quemvast SE", "Quemvast", "Quemvast"),
        ("Merrin Bank Pfandbrief", "Merrin Bank", "Merrin Bank"),
        ("Nordhafen Merz Logistik GmbH", "Logistik firm", ""),  # written small below
        ("Nordhafen Merz GmbH", "Harbour", ""),
    ],
)
def test_the_form_that_most_titles_use_is_proposed(name: str, said: str, form: str) -> None:
    """A part of the name or its initials, but no word of it that is an ordinary one."""
    told = [*titles(said, 5, 5), "More logistik for all"]
    found = proposed(Company("it", name), map(article, told))
    assert found is not None
    assert found.form == form
    assert found.titles == (5 if form else 0)


def test_where_one_article_names_the_company_nothing_is_proposed() -> None:
    """Then its name is in use."""
    told = [*titles("Nordhafen", 5, 0), "Nordhafen Merz wins"]
    assert proposed(NORDHAFEN, map(article, told)) is None


@pytest.mark.parametrize(("times", "others", "form"), [(3, 7, "Nordhafen"), (2, 3, ""), (3, 8, "")])
def test_a_form_needs_three_titles_and_three_in_ten(times: int, others: int, form: str) -> None:
    """Fewer may be of a namesake."""
    found = proposed(NORDHAFEN, map(article, titles("Nordhafen", times, others)))
    assert found is not None
    assert found.form == form


@pytest.mark.parametrize(("count", "found"), [(4, None), (5, ShortName("Nordhafen", 5, 5))])
def test_five_articles_are_enough_to_ask(count: int, found: ShortName | None) -> None:
    """After fewer the feed may be new."""
    assert proposed(NORDHAFEN, map(article, titles("Nordhafen", count, 0))) == found


def test_what_is_on_the_not_list_is_not_proposed_again() -> None:
    """The candidate has said that it is another."""
    company = Company("nord", "Nordhafen Merz", negatives=("nordhafen",))
    found = proposed(company, map(article, titles("Nordhafen", 6, 0)))
    assert found == ShortName("", 0, 6)
