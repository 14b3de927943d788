"""Which subject of the catalogue is proposed for lines in four languages, and where none is."""

from __future__ import annotations

from pathlib import Path

from pipeline.commands.feeds.suggest import feeds_for
from pipeline.news.catalogue import subjects
from pipeline.records import NoteLine, Proposal
from pipeline.relevance.catalogue_match import proposals

ROWS = [
    row.split("\t")
    for row in (Path(__file__).parent / "data" / "subjects_of_lines.tsv")
    .read_text("utf-8")
    .splitlines()
    if not row.startswith("#")
]
FRENCH = (
    "la consommation d'eau de lavage par litre de lait",
    "photo de la Transju, elle fait du ski de fond",
    "les essais en laboratoire de physique et la recherche",
)


def proposed(*rows: tuple[str, str, str]) -> dict[str, Proposal]:
    """Return the proposal for each line, given as its file, section and text."""
    lines = [
        NoteLine(file, number, "office" if section == "office" else "discussed", text)
        for number, (file, section, text) in enumerate(rows)
    ]
    return {found.line.text: found for found in proposals(lines, subjects(), ())}


def name_of(found: Proposal) -> str:
    return found.subject.name if found.subject else "-"


def test_most_lines_get_the_subject_that_a_person_names_and_few_another() -> None:
    """Of 25 lines: 10 right and 7 wrong by own words alone; nothing beats a wrong one."""
    found = proposed(*((row[0], row[1], row[2]) for row in ROWS))
    got = [(name_of(found[row[2]]), row[3].split()) for row in ROWS]
    right = sum(name in wanted for name, wanted in got)
    wrong = sum(name != "-" and name not in wanted for name, wanted in got)
    assert (right, wrong) >= (18, 0)
    assert wrong <= 3


def test_an_article_is_no_football_and_what_a_photo_shows_is_its_subject() -> None:
    """The "la" of a line is not "La Liga", and skiing is not photography."""
    found = proposed(*(("n.md", "office", text) for text in FRENCH))
    assert [name_of(found[text]) for text in FRENCH] == ["-", "skiing", "science"]
    assert {found[text].language for text in FRENCH} == {"french"}


def test_feeds_in_the_language_of_the_notes_come_first() -> None:
    """Also for a line too short to tell its own; feeds in a third language are not proposed."""
    found = proposed(*(("n.md", "office", text) for text in (*FRENCH, "ski alpin")))
    languages = {feed.address: feed.language for one in subjects() for feed in one.feeds}
    for text in (FRENCH[2], "ski alpin"):
        told = [languages[feed.address] for feed in feeds_for(found[text])]
        assert told[0] == "fr"
        assert set(told) <= {"fr", "en"}
