"""The words of other languages with their English ones, a file for each language."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

import pipeline

FILES = sorted((Path(pipeline.__file__).parent / "relevance" / "translations").glob("*.tsv"))
# "crane", "x-ray", "real_estate"
ENGLISH = re.compile(r"(?:[a-z]-)?[a-z0-9]+(?:_[a-z0-9]+)*")


def faults(text: str) -> list[str]:
    """Return what is wrong with the form of such a file, a line for each fault."""
    found = [] if text.endswith("\n") and "\r" not in text else ["lines don't end in LF"]
    lines = text.splitlines()
    words = [line.partition("\t")[0] for line in lines]
    found += [f"{after}: not after {word}" for word, after in pairwise(words) if after <= word]
    for line in lines:
        word, _, english = line.partition("\t")
        terms = english.split(" ")
        if word != unicodedata.normalize("NFC", word.lower()) or len(word.split()) != 1:
            found.append(f"{line!r}: no word in lower case")
        if not all(map(ENGLISH.fullmatch, terms)) or not len(set(terms)) == len(terms) <= 3:
            found.append(f"{line!r}: not one to three English words")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_line_is_a_word_and_one_to_three_english_ones(path: Path) -> None:
    """Sorted by code point, no word twice, in lower case and UTF-8."""
    text = path.read_bytes().decode("utf-8")
    assert text
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "quai\tdock\ngrue\tcrane\n",
        "grue\tcrane\ngrue\tcrane\n",
        "Grue\tcrane\n",
        "la grue\tcrane\n",
        "grue crane\n",
        "grue\t\n",
        "grue\tcrane  hoist\n",
        "grue\tcrane crane\n",
        "grue\tcrane hoist lift winch\n",
        "grue\tCrane\n",
        "grue\tgrúa\n",
        "grue\tcrane\r\n",
        "grue\tcrane",
    ],
)
def test_a_line_in_another_form_is_found(text: str) -> None:
    """Unsorted, twice, capitals, two words, no tab, not one to three English words, CR, no end."""
    assert faults(text)


def test_french_and_spanish_have_their_files() -> None:
    """Else the test above has nothing to look at."""
    assert {"es", "fr"} <= {path.stem for path in FILES}
