"""Marks: what grouping keeps of an article."""

from __future__ import annotations

import subprocess
import sys

from pipeline.relevance import marks
from tests.relevance.world import article

TEXT = "Merrin Labs said on Monday that it will open a second plant in Ohio with 300 jobs. "


def test_a_mark_comes_back_as_it_was_stored() -> None:
    """Packed and unpacked, and as long as it says."""
    made = marks.of([article("One title", TEXT, id="a"), article("", "", id="b")], b"")
    stored = list(marks.packed(made))
    again = marks.unpacked(zip(made.ids, stored, strict=True))

    assert {len(mark) for mark in stored} == {marks.LENGTH}
    assert again.ids == ("a", "b")
    assert (again.drawn == made.drawn).all()
    assert (again.hashes == made.hashes).all()


def test_an_article_draws_the_same_in_every_batch() -> None:
    """With the same weights its mark doesn't depend on what stands beside it."""
    words = marks.learn([TEXT, "Rain in Carlow", "Strike at Brandt"])
    one = article("Plant for Ohio", TEXT, id="a")
    others = [article(f"Another {n}", f"Quite another text, number {n}", id=str(n)) for n in "bc"]

    assert next(marks.packed(marks.of([one], words))) == next(
        marks.packed(marks.of([one, *others], words))
    )


def test_only_pairs_with_a_new_article_are_near() -> None:
    """What was compared before is not compared again."""
    copies = [article("Plant for Ohio", TEXT, id=name) for name in "abc"]
    made = marks.of(copies, b"")

    assert marks.near(made, {"c"}).pairs == (("a", "c"), ("b", "c"))
    assert marks.near(made, set()).pairs == ()


def test_no_articles_have_no_marks() -> None:
    """An empty store is a store."""
    empty = marks.unpacked([])

    assert marks.near(empty, set()) == marks.Near((), frozenset())
    assert list(marks.packed(marks.of([], b""))) == []


def test_numpy_waits_until_it_is_needed() -> None:
    """A run in which nothing is grouped doesn't pay for it."""
    program = "import pipeline.steps.folding, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
