"""When to learn again and when to score again: from what is remembered and what is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.records import Company, Config, Fit, NoteLine, Settings, Workspace
from pipeline.relevance import refit
from tests.relevance.world import NOW

COMPANIES = (Company("merrin", "Merrin Labs"),)
OFFICE = NoteLine("merrin.md", 4, "office", "photo of a sailing boat")
WORKSPACE = Workspace(".", Config(Settings(), COMPANIES))


@pytest.mark.parametrize(
    ("documents", "days", "due"),
    [
        (100, 1, False),
        (110, 1, False),
        (111, 1, True),
        (89, 1, True),
        (100, 29, False),
        (100, 30, True),
        (100, -1, True),  # the clock was wrong
    ],
)
def test_a_fit_is_due_after_a_tenth_more_or_a_month(documents: int, days: int, due: bool) -> None:
    """What was learned follows the news, but not every morning."""
    assert refit.is_due(Fit(NOW, 100), documents, NOW + timedelta(days=days)) is due


def test_a_first_fit_is_due() -> None:
    """Whether there are articles yet or not."""
    assert refit.is_due(Fit(), 10, NOW)
    assert refit.is_due(Fit(), 0, NOW)


def test_names_and_office_lines_are_asked_about() -> None:
    """Another of them is learned about at once; what was discussed needs no learning."""

    def asked(company: Company, *lines: NoteLine) -> str:
        return refit.asked_about((company,), lines)

    (company,) = COMPANIES
    before = asked(company, OFFICE)
    assert asked(company, OFFICE, replace(OFFICE, section="discussed")) == before
    assert asked(replace(company, industry=("batteries",)), OFFICE) == before
    assert asked(replace(company, aliases=("Merrin",)), OFFICE) != before
    assert asked(company, replace(OFFICE, text="photo of a mountain")) != before


def test_what_moves_scores_moves_the_context() -> None:
    """A fit, a setting, a wrong company: then all stories are scored again."""
    fit = Fit(NOW, 100, "asked")
    before = refit.scoring_context(fit, WORKSPACE, {"merrin": ["b", "a"]})
    assert refit.scoring_context(fit, WORKSPACE, {"merrin": ["a", "b"]}) == before
    assert refit.scoring_context(fit, WORKSPACE, {"merrin": ["a"]}) != before
    assert refit.scoring_context(replace(fit, asked=""), WORKSPACE, {}) != before
    other = replace(WORKSPACE, config=Config(Settings(), ()))
    assert refit.scoring_context(fit, other, {"merrin": ["b", "a"]}) != before


def test_an_own_template_moves_no_score() -> None:
    """Nor does a mistake in a file."""
    fit = Fit(NOW, 100, "asked")
    found = replace(WORKSPACE, problems=("a mistake",))  # type: ignore[arg-type]
    assert refit.scoring_context(fit, found, {}) == refit.scoring_context(fit, WORKSPACE, {})
