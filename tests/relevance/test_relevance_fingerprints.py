"""Marks: what grouping keeps of an article."""

from __future__ import annotations

import subprocess
import sys

from pipeline.relevance import fingerprints
from tests.relevance.world import article

TEXT = "Merrin Labs said on Monday that it will open a second plant in Ohio with 300 jobs. "


def test_a_mark_comes_back_as_it_was_stored() -> None:
    """Packed and unpacked, and as long as it says."""
    made = fingerprints.of([article("One title", TEXT, id="a"), article("", "", id="b")], b"")
    stored = list(fingerprints.packed(made))
    again = fingerprints.unpacked(zip(made.ids, stored, strict=True))

    assert {len(mark) for mark in stored} == {fingerprints.LENGTH}
    assert again.ids == ("a", "b")
    assert (again.signatures == made.signatures).all()
    assert (again.hashes == made.hashes).all()


def test_an_article_draws_the_same_in_every_batch() -> None:
    """With the same weights its mark doesn't depend on what is beside it."""
    words = fingerprints.learn([TEXT, "Rain in Carlow", "Strike at Brandt"])
    one = article("Plant for Ohio", TEXT, id="a")
    others = [article(f"Another {n}", f"Quite another text, number {n}", id=str(n)) for n in "bc"]

    assert next(fingerprints.packed(fingerprints.of([one], words))) == next(
        fingerprints.packed(fingerprints.of([one, *others], words))
    )


def test_only_pairs_with_a_new_article_are_near() -> None:
    """What was compared before is not compared again."""
    copies = [article("Plant for Ohio", TEXT, id=name) for name in "abc"]
    made = fingerprints.of(copies, b"")

    assert fingerprints.candidate_pairs(made, {"c"}).pairs == (("a", "c"), ("b", "c"))
    assert fingerprints.candidate_pairs(made, set()).pairs == ()


def test_no_articles_have_no_marks() -> None:
    """An empty store is a store."""
    empty = fingerprints.unpacked([])

    assert fingerprints.candidate_pairs(empty, set()) == fingerprints.CandidatePairs(
        (), frozenset()
    )
    assert list(fingerprints.packed(fingerprints.of([], b""))) == []


def test_numpy_waits_until_it_is_needed() -> None:
    """A run in which nothing is grouped doesn't pay for it."""
    program = "import pipeline.steps.clustering, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
