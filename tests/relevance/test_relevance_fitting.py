"""Learning from the stored news: only what is missing is learned, and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.records import Article, Company, Knowledge, NoteLine
from pipeline.relevance import fitting
from tests.relevance.world import BACKGROUND, MERRIN, NOW, article, line

ARTICLES = [
    *(article(text, id=str(number)) for number, text in enumerate(BACKGROUND[:12])),
    *(article(f"Merrin Labs makes cells {n}", "Cathode foil in a dry hall.") for n in range(4)),
    *(article(f"Volta digs a canal {n}", "The barge was laid up at the lock.") for n in range(4)),
]
VOLTA = Company("volta", "Volta")
BARGE = line("model of a canal barge", "office")
MAP = line("a map of quakes", "office")


def learn(
    *known: Company,
    lines: Sequence[NoteLine] = (BARGE,),
    before: Knowledge | None = None,
    articles: Sequence[Article] = ARTICLES,
) -> Knowledge:
    return fitting.fit_knowledge(lambda: articles, known, lines, NOW, before)


def test_what_is_complete_is_not_learnt_again() -> None:
    """With nothing new written, the knowledge stays as it is, and the store is not read."""
    before = learn(MERRIN, VOLTA)
    assert fitting.is_complete(before, [MERRIN, VOLTA], [BARGE])

    def read() -> Iterator[Article]:
        raise AssertionError

    assert (
        fitting.fit_knowledge(read, [MERRIN, VOLTA], [BARGE], NOW + timedelta(days=9), before)
        == before
    )


def test_the_same_news_teach_the_same() -> None:
    """Learned twice from the beginning, everything is the same to the byte."""
    assert learn(MERRIN, VOLTA) == learn(MERRIN, VOLTA)


def test_a_new_company_gets_a_portrait() -> None:
    """The others keep theirs, and the document frequencies stay."""
    before = learn(MERRIN)
    assert not fitting.is_complete(before, [MERRIN, VOLTA], [BARGE])
    after = learn(MERRIN, VOLTA, before=before)
    assert [company_profile.company for company_profile in after.company_profiles] == [
        "merrin",
        "volta",
    ]
    assert after.company_profiles[0] is before.company_profiles[0]
    assert after.company_profiles[1].centroid
    assert after.frequencies is before.frequencies
    assert after.embeddings is before.embeddings
    assert fitting.is_complete(after, [MERRIN, VOLTA], [BARGE])


def test_a_company_that_is_gone_leaves_no_portrait() -> None:
    """What the candidate took out of feeds.yaml is forgotten."""
    before = learn(MERRIN, VOLTA)
    assert not fitting.is_complete(before, [VOLTA], [BARGE])
    assert [p.company for p in learn(VOLTA, before=before).company_profiles] == ["volta"]


def test_another_name_makes_another_portrait() -> None:
    """An alias added later finds news that the first portrait did not know."""
    stranger = Company("volta", "Voltaic Works")
    before = learn(stranger, MERRIN)
    assert before.company_profiles[0].centroid == ()
    renamed = replace(stranger, aliases=("Volta",))
    assert not fitting.is_complete(before, [renamed, MERRIN], [BARGE])
    after = learn(renamed, MERRIN, before=before)
    assert after.company_profiles[0].centroid
    assert after.company_profiles[1] is before.company_profiles[1]


def test_a_new_office_line_is_learnt() -> None:
    """The line gets its nearest stories; the old lines' stay; lines of other kinds need none."""
    before = learn(MERRIN)
    assert before.embeddings is not None
    assert fitting.is_complete(before, [MERRIN], [BARGE, line("quakes", "angle")])
    assert not fitting.is_complete(before, [MERRIN], [BARGE, MAP])
    after = learn(MERRIN, lines=(BARGE, MAP), before=before)
    assert after.embeddings is not None
    assert after.embeddings.nearest.keys() == {BARGE.text, MAP.text}
    assert after.embeddings.nearest[BARGE.text] == before.embeddings.nearest[BARGE.text]
    assert after.company_profiles == before.company_profiles


def test_an_empty_store_teaches_nothing() -> None:
    """On the first day there is no news: no error, and knowledge that is complete and empty."""
    found = learn(MERRIN, articles=[])
    assert (found.frequencies.documents, dict(found.frequencies.terms)) == (0, {})
    assert found.company_profiles[0].centroid == ()
    assert fitting.is_complete(found, [MERRIN], [BARGE])


def test_no_company_and_no_note_is_no_error() -> None:
    """A workspace just begun."""
    assert learn(lines=()).company_profiles == ()
