"""Document frequencies: counted in the news, and kept as data."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from pipeline.records import Frequencies
from pipeline.relevance import model
from tests.relevance.world import BACKGROUND, NOW


def test_documents_are_counted_not_words() -> None:
    """A word that occurs twice in one article counts once."""
    fitted = model.fit(["boat boat race", "boat yard", "harbour race"], NOW)
    assert fitted.documents == 3
    assert fitted.terms == {"boat": 2, "race": 2}


def test_what_stands_in_one_article_only_is_not_kept() -> None:
    """Most terms occur in one article only: the model stays small without them."""
    assert "yard" not in model.fit(["boat yard", "boat race"], NOW).terms


@pytest.mark.parametrize("texts", [[], [""], ["the of and"], ["one thing", "another matter"]])
def test_news_without_common_words_give_an_empty_model(texts: list[str]) -> None:
    """No news, empty news and news that shares nothing cause no error."""
    fitted = model.fit(texts, NOW)
    assert (fitted.documents, dict(fitted.terms)) == (len(texts), {})


def test_idf_is_the_smooth_one_of_scikit_learn() -> None:
    """It is ln((1 + N) / (1 + df)) + 1; an unseen term counts as seen once."""
    frequencies = Frequencies(5_000, {"boat": 49}, NOW)
    assert model.idf(frequencies, "boat") == pytest.approx(math.log(5_001 / 50) + 1)
    assert model.idf(frequencies, "spinnaker") == pytest.approx(math.log(5_001 / 2) + 1)


def test_a_refit_and_a_days_scoring_import_no_scikit_learn() -> None:
    """Its import costs more than a day's scoring; numpy waits until it is needed."""
    code = (
        "import sys, pipeline.relevance.fitting, pipeline.relevance.score; "
        "print([m for m in ('sklearn', 'numpy', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_fit_is_the_same_twice() -> None:
    """The same news give the same model."""
    assert model.fit(BACKGROUND, NOW) == model.fit(BACKGROUND, NOW)
