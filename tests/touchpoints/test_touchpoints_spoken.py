"""What of a jotted line may stand in a message, told by its form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import NoteLine, Person
from pipeline.text.language import jotted_language
from pipeline.touchpoints.note_words import FORMS
from pipeline.touchpoints.spoken import (
    BOLD,
    EXCLAIMED,
    MOST_TOPIC_WORDS,
    NAMED,
    THOUGHT,
    is_sayable,
    object_of,
    skill_of,
    tells_of_somebody,
    topic_of,
    useful_of,
)
from pipeline.workspace.jottings import note_lines
from tests.traps.season import SEASONS, load
from tests.workspace.test_workspace_habits import notes_in
from tests.workspace.test_workspace_strangers import STRANGERS, strangers_note

SAID = {
    "English": {
        "the takeover of the rival HR vendor; fast": "the takeover of the rival HR vendor",
        "what to tell a nervous customer on day one": "what to tell a nervous customer on day one",
        "she worries about the cut-over weekend in March": "the cut-over weekend in March",
        "SAP migration, they are behind": "SAP migration",
        "moving 40 warehouses to the new WMS, in spring": "moving 40 warehouses to the new WMS",
        "how they train new drivers in winter": "how you train new drivers in winter",
        "their new route planner for the depots": "your new route planner for the depots",
        "why the old line stays open": "why the old line stays open",
        "Renata lights up about the first call with a nervous customer!": "the first call with a "
        "nervous customer",
        "The customer claims backlog.": "the customer claims backlog",
        "customs paperwork since ICS2": "customs paperwork since ICS2",
        "Second generation of the picking arm": "the second generation of the picking arm",
        "a field team in the Netherlands next year": "a field team in the Netherlands",
        "a dashboard that nobody reads": "a dashboard that nobody reads",
        "new unit; nobody knows which pump is on which ward, three lists": "the question of which "
        "pump is on which ward",
        "planning is still spreadsheets, a tool in spring": "planning",
        "migration off the old tills, half done": "the migration off the old tills",
        "the hospital's remote monitoring of heart patients": "the hospital's remote monitoring of "
        "heart patients",
    },
    "German": {
        "die Umstellung der Kassen auf S/4": "die Umstellung der Kassen auf S/4",
        "wie sie die Filialen umstellen": "wie Sie die Filialen umstellen",
        "ihr neues Lager in Gdańsk": "Ihr neues Lager in Gdańsk",
        "der Ausbau der Nachtlinie nach Hamburg": "der Ausbau der Nachtlinie nach Hamburg",
        "neues Lager in Bremen, bei laufendem Betrieb": "das neue Lager in Bremen",
        "neuer Standort in Linz": "der neue Standort in Linz",
        "Sprachausgabe selbst gebaut, Prüfung läuft": "die Sprachausgabe",
        "Prüfung beim Blindenverband läuft": "die Prüfung beim Blindenverband",
        "Angebot beim Verkehrsverbund liegt, 600 Automaten": "das Angebot beim Verkehrsverbund",
        "Standort: erst im Mai klar": "der Standort",
        "Schichtplanung im Werk Nord": "die Schichtplanung im Werk Nord",
        "Emissionsdaten je Sendung, jede Woche": "die Emissionsdaten je Sendung",
        "neue Lager in Polen": "das Thema „neue Lager in Polen“",  # one, or several?
        "Bremer Lager im Hafen": "das Thema Bremer Lager im Hafen",
        "Bahn statt Lkw nach Triest": "das Thema Bahn statt Lkw nach Triest",
    },
    "French": {
        "l'ouverture du deuxième dépôt à Lyon": "l'ouverture du deuxième dépôt à Lyon",
        "leur nouveau laboratoire de microscopie": "votre nouveau laboratoire de microscopie",
        "comment former les nouveaux chauffeurs": "comment former les nouveaux chauffeurs",
        "montée en cadence de l'atelier de Brest": "la montée en cadence de l'atelier de Brest",
        "intégration des systèmes de paie": "l'intégration des systèmes de paie",
        "bacs électriques pour la Norvège": "les bacs électriques pour la Norvège",
        "projet de nouvelle usine": "le projet de nouvelle usine",
    },
    "Spanish": {
        "formación de los nuevos conductores": "la formación de los nuevos conductores",
        "traslado del almacén a Getafe": "el traslado del almacén a Getafe",
        "la apertura del almacén en Zaragoza": "la apertura del almacén en Zaragoza",
        "cómo formar a los nuevos conductores": "cómo formar a los nuevos conductores",
        "su nueva línea de envasado": "su nueva línea de envasado",
    },
}
UNSAID = {
    "English": (
        "team of 12, mostly remote",
        "nobody knows what she wants",
        "parking is still a mess",
        "the nice talk",
        "two hours",
        "Hotel reimbursed",
        "how do you keep the lab open at night",  # asks directly
        "the new CEO prefers numbers",  # a sentence
        "how she runs the morning stand-up",
        "Tom asked about my notice period",
        "asked why I left my job",
        "she asked what I'd do in the first month",
        "what they want: somebody who stays",
        "Q3 data migration - weak!",
        "family firm, third generation, elevators",
        "runners' numbers on the wall",
        "budget for next year not fixed yet",
        "the 12 people on the night shift",
        "They have three sites",
        "the interview was great",
        "high turnover in the night shift",
        "how many nurses they have",
        "ask about the archive project",
        "the next round with the director",
        "what about the archive?",
        "send the slides to Tom",
        "a lot of energy in the room, she is fun",
        "the promised answer by Friday she said",
    ),
    "German": (
        "das Team ist 12 Leute",
        "die nette Atmosphäre",
        "Gehalt erst später",
        "die Entscheidung bis Ende März",
        "der neue Chef mag Zahlen",
        "wie ich mit Konflikten umgehe",
    ),
    "French": (
        "accès des fournisseurs à la plateforme",  # -s, and no plural: which article?
        "l'équipe de 12 personnes",
        "le salaire après",
        "la directrice aime les chiffres",
    ),
    "Spanish": ("el equipo de 12 personas", "el sueldo después", "la jefa quiere resultados"),
    "Dutch": ("het nieuwe magazijn in Utrecht",),
}


def _line(text: str, marked: tuple[str, ...] = ()) -> NoteLine:
    return NoteLine("data/notes/x.md", 1, "discussed", text, marked=marked)


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [(language, text, topic) for language, pairs in SAID.items() for text, topic in pairs.items()],
)
def test_a_phrase_or_an_indirect_question_is_a_topic(language: str, text: str, topic: str) -> None:
    """With "your" where the notes say "their"; only the first clause counts."""
    found = topic_of(_line(text), language)
    assert found is not None
    assert found.text == topic


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in UNSAID for text in UNSAID[language]]
)
def test_what_one_would_not_say_is_no_topic(language: str, text: str) -> None:
    """Sentences, logistics, headcounts, praise of the talk, what is left to do."""
    assert topic_of(_line(text), language) is None


@pytest.mark.parametrize("bold", ["two hours", "the nice talk", "team of 12", "Hotel reimbursed"])
def test_not_even_bold_makes_logistics_a_topic(bold: str) -> None:
    """It was marked as something to know, not as something to say."""
    assert topic_of(_line(f"{bold} in all", (bold,))) is None


@pytest.mark.parametrize(
    ("bold", "topic"),
    [
        ("nobody tests on a Friday", "the point “nobody tests on a Friday”"),
        (
            "sell the old vans before repairing them",
            "the point “sell the old vans before repairing them”",
        ),
        ("how do we keep the drivers", "the point “how do we keep the drivers”"),
        ("a dashboard that they use", "a dashboard that you use"),
        ("how to keep the drivers", "how to keep the drivers"),
    ],
)
def test_a_sentence_in_bold_is_quoted(bold: str, topic: str) -> None:
    """Behind "I keep coming back to", only a phrase is English."""
    found = topic_of(_line(bold, (bold,)))
    assert found
    assert found.text == topic


@pytest.mark.parametrize(
    ("language", "bold"),
    [
        ("German", "abends um sieben gehen sie ran"),
        ("German", "abends um sieben geht er ran"),
        ("English", "at seven they pick up the phone"),
        ("French", "le soir ils décrochent"),
        ("Spanish", "por la noche ellos contestan"),
    ],
)
def test_what_others_do_is_no_topic(language: str, bold: str) -> None:
    """Not even in bold: "gehen sie ran" would become what the reader does."""
    assert topic_of(_line(f"{bold}, mostly", (bold,)), language) is None


@pytest.mark.parametrize(
    ("language", "marked", "topic"),
    [
        ("English", "“nobody tests on a Friday”", "the line “nobody tests on a Friday”"),
        ("German", "„der Fahrplan ist das Produkt“", "der Satz „der Fahrplan ist das Produkt“"),
        ("German", "„wenn das kommt, brauch ich Sie gestern“", ""),  # a half promise
        ("English", "“I would love to have you here”", ""),
    ],
)
def test_what_they_said_is_quoted_but_for_a_half_promise(
    language: str, marked: str, topic: str
) -> None:
    """What somebody said of the candidate is not held against them."""
    found = topic_of(_line(f"{marked}, in the summer", (marked,)), language)
    assert (found.text if found and found.is_quoted else "") == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("the deploys on friday", "the deploys on Friday"),
        ("the migration of the tills in october", "the migration of the tills in October"),
        ("the cut-over in may", "the cut-over in May"),
        ("what may stop the move in march", "what may stop the move in March"),
        ("the march of the robots", "the march of the robots"),
    ],
)
def test_days_and_months_have_capitals_in_english(text: str, topic: str) -> None:
    """However they were jotted: the words go into a letter."""
    for marked in ((), (text,)):
        found = topic_of(_line(text, marked))
        assert found is None or topic in found.text
    assert found is not None


def test_bold_may_name_a_time_but_not_only_a_time() -> None:
    """A go-live in six weeks is a thought, six weeks alone are not."""
    found = topic_of(_line("Tom wants it", ("go-live in six weeks instead of ten",)))
    assert found
    assert found.text == "go-live in six weeks instead of ten"


def test_what_is_marked_more_clearly_comes_first() -> None:
    """Bold, then an exclamation, then what somebody raised, then a mere thought."""
    found = [
        topic_of(_line("the old archive and more", ("the old archive",))),
        topic_of(_line("the old archive in the cellar!")),
        topic_of(_line("she talked a lot about the old archive")),
        topic_of(_line("the old archive in the cellar")),
    ]
    assert [topic.clear for topic in found if topic] == [BOLD, EXCLAIMED, NAMED, THOUGHT]


@pytest.mark.parametrize(
    ("text", "lesson"),
    [
        (
            "ran the ramp-up; customs papers were the bottleneck",
            "customs papers were the bottleneck",
        ),
        (
            "led a team of eight - weekly reviews beat any dashboard",
            "weekly reviews beat any dashboard",
        ),
        ("wrote the handbook: what breaks is the printers.", "what breaks is the printers"),
        ("moved two archives; could send my notes", ""),  # an offer
        ("moved two archives; I kept the checklist of it", ""),  # of oneself
        ("moved two archives; is that of use to them?", ""),
        ("moved two archives, twice", ""),
        ("two archives; nobody needed the paper after all", ""),  # no skill before it
    ],
)
def test_the_second_half_of_a_line_is_the_lesson(text: str, lesson: str) -> None:
    """Where it stands alone as a thought that they can use."""
    line = _line(text)
    assert useful_of(line, skill_of(line)) == lesson


@pytest.mark.parametrize(
    ("language", "text", "skill"),
    [
        ("German", "habe die Umstellung von 40 Filialen geleitet", "Ich habe die Umstellung von 40 "
         "Filialen geleitet"),
        ("French", "j'ai dirigé deux ouvertures de dépôt", "J'ai dirigé deux ouvertures de dépôt"),
        ("Spanish", "dirigí la apertura de dos almacenes", "Dirigí la apertura de dos almacenes"),
        ("German", "zwei Umstellungen von Filialen", ""),
        ("German", "zwei Lager in Betrieb genommen, eins nachts", "Ich habe zwei Lager in Betrieb "
         "genommen"),
        ("German", "Filialen umgestellt", "Ich habe Filialen umgestellt"),
    ],
)  # fmt: skip
def test_what_one_did_is_said_in_the_language_of_the_notes(
    language: str, text: str, skill: str
) -> None:
    """Where the line says "I" by its first words."""
    assert skill_of(_line(text), language) == skill


@given(st.text(max_size=80), st.sampled_from(sorted(FORMS)))
def test_whatever_is_jotted_a_topic_can_be_said(text: str, language: str) -> None:
    """No mark, no address, no long word, nothing of many words; nothing breaks."""
    found = topic_of(_line(text), language)
    assert found is None or is_sayable(found.text, MOST_TOPIC_WORDS)


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("English", "she wants a scheme, not sympathy"),
        ("English", "hopes for a signature this autumn"),
        ("Spanish", "la quiere en todas"),
        ("German", "sie will endlich eine Norm"),
        ("French", "elle y croit beaucoup"),
    ],
)
def test_what_tells_of_them_is_not_said_to_them(language: str, marked: str) -> None:
    """Whoever reads "the point she wants a scheme" is she; a gap is better."""
    line = NoteLine("n", 1, "discussed", f"cover for farms, {marked}", marked=(marked,))
    found = topic_of(line, language)
    assert found is None or marked not in found.text


def test_an_abbreviation_ends_no_clause() -> None:
    """What stands before "Fr. Kern" is no topic up to its full stop, nor "Dampfkessel Bj."."""
    for text in ("neue Halle bei Fr. Kern", "Dampfkessel Bj. 1991"):
        found = topic_of(NoteLine("n", 1, "discussed", text), "German")
        assert found is None or not found.text.endswith(("Fr", "Bj"))


@pytest.mark.parametrize(
    "text", ["theatre ventilation, he hates it", "die Norm, sie will sie", "la roue, elle y tient"]
)
def test_a_line_about_one_of_several_is_known(text: str) -> None:
    """It names nobody, so it is nobody else's to be thanked for."""
    assert tells_of_somebody(text) and not tells_of_somebody("theatre ventilation at Ludlow")


# Each was read, and is something that one would say to an interviewer after "I keep thinking of".
READ = Path(__file__).with_name("topics_read.tsv")
UNREAD = 0.05  # of the topics of strangers' notes; there are some 225 notes, and 115 topics in them


def _topics_of_strangers() -> Iterator[tuple[str, str]]:
    """Yield every topic that notes in other people's habits lend, with its language."""
    notes = [
        ("\n".join(line for _, line in lines), people)
        for name in ("built_on.txt", "kept_back.txt")
        for _, people, lines in notes_in(name)
    ]
    notes += [
        (company["notes"], tuple(Person(one["name"]) for one in company["interviewers"]))
        for name in SEASONS
        for company in load(name)["companies"]
    ]
    notes += [strangers_note(path.stem) for path in sorted(STRANGERS.glob("*.md"))]
    for body, people in notes:
        lines = tuple(note_lines(body, "n.md", 1, people))
        language = jotted_language(line.text for line in lines)
        for line in lines:
            found = topic_of(line, language) if line.section == "discussed" else None
            if found:
                yield language, found.text


def test_every_topic_of_strangers_notes_reads_as_something_one_would_say() -> None:
    """Of 175 messy notes in four languages: what is new in a draft is to be read first."""
    known = {tuple(row.split("\t")) for row in READ.read_text("utf-8").splitlines()}
    found = list(_topics_of_strangers())
    new = [topic for topic in found if topic not in known]
    assert len(found) >= 80
    assert len(new) <= UNREAD * len(found), "\n".join(map("\t".join, new))


@pytest.mark.parametrize(
    ("language", "topic", "said"),
    [
        ("German", "der neue Standort in Linz", "den neuen Standort in Linz"),
        ("German", "der eigene kleine Chip", "den eigenen kleinen Chip"),
        ("German", "Ihr neuer Standort", "Ihren neuen Standort"),
        ("German", "Ihr neues Lager", "Ihr neues Lager"),
        ("German", "die Schichtplanung", "die Schichtplanung"),
        ("German", "das Thema Wärmepumpen im Altbau", "Wärmepumpen im Altbau"),
        ("German", "wie Sie die Filialen umstellen", ""),
        ("French", "comment former les chauffeurs", ""),
        ("French", "la montée en cadence", "la montée en cadence"),
        ("Spanish", "cómo formar a los conductores", "cómo formar a los conductores"),
        ("English", "", ""),
    ],
)
def test_a_topic_is_said_as_it_follows_about(language: str, topic: str, said: str) -> None:
    """In German in its case; a question follows no preposition but in Spanish."""
    assert object_of(topic, language) == said


@pytest.mark.parametrize(
    ("language", "bold", "topic"),
    [
        ("English", "by the children, not by suits", "the line “by the children, not by suits”"),
        ("German", "bis 2028 keine Tüte Torf mehr", "der Satz „bis 2028 keine Tüte Torf mehr“"),
        ("Spanish", "nadie mira los datos", "la frase «nadie mira los datos»"),
    ],
)
def test_what_no_noun_begins_is_quoted(language: str, bold: str, topic: str) -> None:
    """One can't say "what you told me about by the children"."""
    found = topic_of(NoteLine("n.md", 1, "discussed", bold, "Renata", (bold,)), language)
    assert found is not None and found.text == topic and found.is_quoted
