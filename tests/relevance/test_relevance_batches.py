"""What is compared with what, and which stories changed: from ids alone."""

from __future__ import annotations

import pytest

from pipeline.records import Story
from pipeline.relevance import batches
from pipeline.relevance.fingerprints import CandidatePairs
from pipeline.relevance.groups import Groups
from tests.relevance.world import article


def candidates(*pairs: tuple[str, str]) -> CandidatePairs:
    return CandidatePairs(pairs, frozenset())


def test_joined_numbers_are_one_group() -> None:
    """Groups come in the order of their first number, each with its numbers in order."""
    groups = Groups(6)
    for pair in ((4, 1), (5, 3), (1, 5), (1, 4)):
        groups.join(*pair)
    assert list(groups.all()) == [[0], [1, 3, 4, 5], [2]]


def test_few_articles_are_one_batch() -> None:
    """One read is enough for a day's news, with the stories that they may join."""
    pairs = (("a", "x"), ("b", "y"))
    (batch,) = batches.batches(candidates(*pairs), {"a", "b", "c"}, {"x": "X", "y": "Y"})
    assert (batch.ids, batch.pairs) == (["a", "x", "b", "y", "c"], list(pairs))
    assert batch.stories == {"a", "b", "c", "X", "Y"}


@pytest.mark.parametrize(
    ("pairs", "known"),
    [
        ((("a", "x"), ("x", "b")), {}),  # two new articles are like one stored one
        ((("a", "x"), ("b", "y")), {"x": "X", "y": "X"}),  # or like two of one story
        ((("a", "x"),), {"x": "b"}),  # or one gave its id to the other's story
    ],
)
def test_what_may_be_one_story_is_in_one_batch(
    pairs: tuple[tuple[str, str], ...], known: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where every batch is as small as can be."""
    monkeypatch.setattr(batches, "BATCH", 1)
    found = [batch.ids for batch in batches.batches(candidates(*pairs), {"a", "b", "c"}, known)]
    assert sorted(map(len, found)) == [1, len({"a", "b"}.union(*pairs))]
    assert ["c"] in found


def test_a_flood_of_articles_is_read_in_batches_of_two_thousand() -> None:
    """And paired in slices of twenty thousand."""
    ids = [f"{number:05}" for number in range(45_000)]
    sizes = [len(batch.ids) for batch in batches.batches(candidates(), ids[:4_500], {})]
    assert sizes == [2_000, 2_000, 500]
    assert [len(part) for part in batches.slices(ids, set(ids))] == [20_000, 20_000, 5_000]


def test_a_story_has_changed_when_an_article_is_new_or_comes_from_another() -> None:
    """The others are not scored again."""
    a, b, c = (article(name, id=name) for name in "abc")
    changes = batches.Changes()
    changes.add([Story("a", a)], {"x"}, {"a": "a"})
    assert (changes.changed, changes.gone) == (set(), set())
    changes.add([Story("b", b, (c,))], {"x"}, {"b": "b", "c": "c"})
    assert (changes.changed, changes.gone) == ({"b"}, {"b", "c"})
    changes.add([Story("a", a)], {"a"}, {"a": "a"})
    assert (changes.changed, changes.gone) == ({"a", "b"}, {"a", "b", "c"})
