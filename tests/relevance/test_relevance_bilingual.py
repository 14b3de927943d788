"""Notes in one language, news in another: they meet by a dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Match, NoteLine, Story
from pipeline.relevance import bilingual, meaning
from pipeline.relevance.fitting import fit_knowledge
from pipeline.relevance.meaning import Embedding
from pipeline.relevance.vectors import LONGEST_LINE, meant
from tests.relevance.world import BACKGROUND, MERRIN, NOW, article, line, ranked, story

# Written before the dictionaries were tried on them: a note line with a text that fits and one that
# does not, ten lines in German, five in French and in Spanish, and ten in English.
PAIRS = [
    row.split("\t")
    for row in (Path(__file__).parent / "data" / "two_languages.tsv")
    .read_text("utf-8")
    .splitlines()
    if not row.startswith("#")
]
# What else stands in such notes: by it the language of a short line is told.
BESIDE = {
    "de": "wir haben über die Firma und ihre Leute gesprochen",
    "fr": "on a parlé de la maison et de ses gens",
    "es": "hablamos de la casa y de su gente",
    "en": "we talked about the house and its people",
}
SHIP = story("A ship is late", "The ship waits outside the port because a crane is broken.")


def one(match: Match) -> tuple[str, ...]:
    """Return what the best line of a match shares with its story, as it is shown."""
    return tuple(term.told for term in match.best.terms) if match.best else ()


@pytest.mark.parametrize(("name", "note", "fits", "other"), PAIRS, ids=[row[1] for row in PAIRS])
def test_a_note_finds_its_story_in_another_language(
    name: str, note: str, fits: str, other: str
) -> None:
    """By the words, and the story that does not fit shares none."""
    fitting, wrong = story(fits.partition(": ")[0], fits), story(other.partition(": ")[0], other)
    notes = (line(note, "office"), line(BESIDE[name], number=2))
    matches = {match.story: match for match in ranked([fitting, wrong], *notes)}
    assert one(matches[fitting])
    assert matches[fitting].score > 2 * matches[wrong].score


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("das Schiff liegt vor dem Hafen", {"Schiff ~ ship", "Hafen ~ port"}),
        ("le navire est devant le port", {"navire ~ ship", "port"}),
        ("el barco está delante del puerto", {"barco ~ ship", "puerto ~ port"}),
    ],
    ids=["German", "French", "Spanish"],
)
def test_the_evidence_shows_the_note_s_word_beside_the_story_s(note: str, told: set[str]) -> None:
    """One can see which word was taken for which."""
    (match,) = ranked([SHIP], line(note, "office"))
    assert told <= set(one(match))


def test_the_evidence_shows_the_words_of_a_story_in_another_language() -> None:
    """The note is English, the story German: its sentence is quoted, with its own words."""
    told = story(
        "Die Fracht ist da",
        "Die Leute sind froh. Das Schiff liegt nun im Hafen der Stadt.",
    )
    (match,) = ranked([told], line("the ship in the harbour", "office"))
    assert {"ship ~ Schiff", "harbour ~ Hafen"} <= set(one(match))
    assert match.best is not None
    assert match.best.sentence == "Das Schiff liegt nun im Hafen der Stadt."


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("Schiffe", "ship"),
        ("Häfen", "port"),
        ("Haefen", "port"),
        ("segelt", "sail"),
        ("geliefert", "deliver"),
        ("Containerschiff", "ship"),
        ("Zollabfertigung", "clearance"),
        ("Lieferkettenmanagement", "supply"),
        ("Pflegekräften", "nurse"),
        ("Elbbrücken", "bridge"),
    ],
)
def test_german_words_are_found_by_their_endings_and_parts(word: str, english: str) -> None:
    """Cases, plurals, verbs, umlauts as one types them, and compounds."""
    senses = [sense for part in bilingual.rendered(word, "german") for sense in part.senses]
    assert english in {one for sense in senses for one in sense}


@pytest.mark.parametrize(
    ("word", "is_known"),
    [
        ("Xyzhafen", True),  # a head of five letters,
        ("Xyzbahn", False),  # and of four
        ("Zugfahrplan", True),  # a part of three letters,
        ("Hafenöl", False),  # and of two
        ("Rads", True),  # a stem of three letters,
        ("Öls", False),  # and of two
        ("Hafenkranbauzug", True),  # four parts,
        ("Hafenkranbauzugdach", False),  # and five
        ("Versicherungs" * 2 + "versicherung", True),  # 38 letters,
        ("Versicherungs" * 3 + "versicherung", False),  # and 51
    ],
)
def test_what_is_no_word_of_a_dictionary_is_left_alone(word: str, is_known: bool) -> None:
    """At the borders of what is taken for a part, a stem, a compound, a word."""
    assert any(part.is_known for part in bilingual.rendered(word, "german")) is is_known


@pytest.mark.parametrize(
    ("word", "english"),
    [("navires", "ship"), ("l'usine", "factory"), ("journaux", "newspaper"), ("énergie", "energy")],
)
def test_french_words_are_found_by_their_endings(word: str, english: str) -> None:
    """Plurals, and what is written together with an article."""
    (part,) = bilingual.rendered(word, "french")
    assert (english,) in part.senses


def test_a_word_of_another_meaning_in_english_is_not_taken_for_it() -> None:
    """German "Gift" is poison."""
    present = story("A gift for the museum", "The gift was wrapped, and it was a surprise.")
    poison = story("Poison found in a lake", "The poison came from a mill, and fish died.")
    found = ranked([present, poison], line("das Gift und die Fische im See", "office"))
    assert [(match.story, bool(one(match))) for match in found] == [
        (poison, True),
        (present, False),
    ]


def test_the_senses_of_a_word_are_alternatives() -> None:
    """A Schiff is a ship or a vessel: a story that says both has one word in common, not two."""
    both = story("A ship, a vessel", "The ship was a vessel.")
    (match,) = ranked([both], line("das Schiff und die Leute", "office"))
    assert len(one(match)) == 1


def test_notes_and_news_of_one_language_meet_in_their_own_words() -> None:
    """No dictionary stands between them."""
    told = story("Das Schiff liegt im Hafen", "Es ist das Schiff, das nicht mehr fährt und rostet.")
    (match,) = ranked([told], line("das Schiff und der Hafen in der Stadt", "office"))
    assert {"Schiff", "Hafen"} <= set(one(match))


def test_a_headline_too_short_to_tell_its_language_is_found_by_its_own_words() -> None:
    """Two words are no German text, but they are those of the note."""
    (match,) = ranked([story("Schiff gesunken")], line("das Schiff und der Hafen der Stadt"))
    assert "Schiff" in one(match)


def test_english_notes_and_news_read_no_dictionary() -> None:
    """They are compared as if there were none."""
    bilingual._dictionary.cache_clear()
    ranked([SHIP], line("the ship in the port, and what to do about the crane"))
    assert bilingual._dictionary.cache_info().currsize == 0


def test_an_english_line_among_german_ones_stays_english() -> None:
    """One jots as one likes: "war" is no verb there."""
    lines = [
        line("das ist die Firma und der Hafen, und wir sind nicht von der Stadt"),
        line("what the war in the east does to the trade", number=2),
    ]
    languages = bilingual.languages_of(lines)
    assert [bilingual.language_of(one, languages) for one in lines] == ["german", ""]


def test_keywords_are_in_the_language_of_the_other_notes() -> None:
    """A profile without small words is German, like the notes; one with English ones is not."""
    notes = line("das ist die Firma und der Hafen, und wir sind nicht von der Stadt")
    keywords = NoteLine("data/profile.md", 1, "profile", "Zollabfertigung, Hafenlogistik")
    english = NoteLine("data/profile.md", 1, "profile", "the supplier side of two ports")
    assert bilingual.languages_of([notes, keywords])["data/profile.md"] == "german"
    assert bilingual.languages_of([notes, english])["data/profile.md"] == ""
    assert bilingual.languages_of([keywords]) == {"data/profile.md": ""}


def test_an_office_line_leans_to_stories_in_another_language() -> None:
    """The meaning of a German line is near the English story about the same thing."""
    quake = article("Tremor of magnitude 7", "The quake shook the coast; an earthquake again.")
    note = line("eine Karte der Erdbeben an der Wand", "office")
    texts = [*(article(text, id=text) for text in BACKGROUND[:6]), quake]
    known = fit_knowledge(lambda: texts, [MERRIN], [note], NOW)
    assert known.embeddings is not None
    embedding = Embedding(known.embeddings)
    near, far = embedding.of([f"{quake.title}\n{quake.text}", BACKGROUND[3]])
    told = embedding.of_line(note.text, leans=False, meant=meant(note.text, "german"))
    assert told @ near > max(2 * (told @ far), meaning.CHANCE)
    assert embedding.of_line(note.text, leans=True, meant=meant(note.text, "german")) @ near > (
        told @ near
    )


@given(st.text(max_size=300), st.sampled_from(["german", "french", "spanish", "italian", ""]))
def test_no_text_is_too_strange_for_a_dictionary(text: str, name: str) -> None:
    """Whatever the text and the language, there are words or none."""
    for part in bilingual.rendered(text, name) if bilingual.has_dictionary(name) else []:
        assert part.senses
        assert all(word for sense in part.senses for word in sense)
    assert isinstance(bilingual.in_english(text, name), str)


@given(st.lists(st.sampled_from("schiff hafen s en bau zug ü ge e".split()), max_size=60))
def test_a_word_of_many_parts_comes_to_an_end(parts: list[str]) -> None:
    """A compound without an end is looked up as one word."""
    told = bilingual.rendered("".join(parts).title(), "german")
    assert len(told) <= 1 + bilingual.MOST_PARTS


@pytest.mark.timeout(20)
def test_a_pasted_page_of_compounds_takes_no_time() -> None:
    """A line is cut, and each word is looked up once."""
    page = " ".join(f"hafenkran{n}und{'schiffbau' * 4}" for n in range(10_000))
    note = NoteLine("n.md", 1, "office", f"das ist die und der {page}")
    assert len(note.text) > LONGEST_LINE
    (match,) = ranked([Story("1", SHIP.lead)], note)
    assert match.score >= 0


@pytest.mark.parametrize(
    ("note", "title", "text"),
    [
        (
            "6 ans chez un équipementier pour les trains",
            "Un homme de 34 ans est mort",
            "Il est mort à la maison dans la nuit de dimanche, il y avait vécu dix ans.",
        ),
        (
            "comté affiné 24 mois, trois meules chez lui",
            "Au bout de trois mois",
            "Ils sont partis de la ville au bout de trois mois et ne sont pas revenus.",
        ),
        (
            "drei Jahre in der Werkstatt mit dem Meister, jeden Tag",
            "Nach drei Jahren und einem Tag ist die Straße wieder frei",
            "Die Straße war drei Jahre und einen Tag lang nicht frei.",
        ),
        (
            "cinco años en el taller de los trenes y diez meses en la fábrica",
            "Muere un hombre de cincuenta años",
            "El hombre murió en su casa a los cincuenta años, diez meses después de la boda.",
        ),
        (
            "drei Jahre in der Werkstatt mit dem Meister",
            "Road opens after three years",
            "The road was closed for three years, twenty hours and a week.",
        ),
        (
            "thirty years and twenty hours with the trains",
            "Man dies at thirty",
            "He was thirty, and twenty hours from home.",
        ),
    ],
)
def test_units_of_time_and_numbers_are_no_subject(note: str, title: str, text: str) -> None:
    """In no language: "ans" is not what a line is about, nor is "drei"."""
    (match,) = ranked([story(title, text)], line(note, "angle")) or [None]
    assert not (match and match.best and match.best.terms)
