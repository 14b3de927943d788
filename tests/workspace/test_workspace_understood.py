"""What was understood of notes, line by line, and what would help; notes put under headings."""

from __future__ import annotations

import pytest

from pipeline.records import NoteLine, Person, Section
from pipeline.workspace.jottings import note_lines
from pipeline.workspace.line_owner import subject_of
from pipeline.workspace.sorted_notes import moved, moves_in, under_headings, with_bold
from pipeline.workspace.understood import (
    UnderstoodNote,
    UnderstoodPerson,
    line_by_line,
    noted,
    understood_text,
    what_helps,
)

PEOPLE = (Person("Dr. Ulrike Brandenburg"), Person("Thomas Petzold"), Person("Will Grant"))
JOTTED = """\
Einkauf läuft noch über Excel, wollen 2027 auf SAP
Petzold macht Triathlon
Plakat vom Ironman hing hinter ihm
Ich habe zwei Werke auf SAP umgestellt
Gehalt: 65k
"""


def lines(body: str) -> tuple[NoteLine, ...]:
    return tuple(note_lines(body, "n.md", 1, PEOPLE))


def test_jotted_lines_are_put_under_headings_as_they_were_written() -> None:
    """In the language of the notes; each line is there once, in the section that it tells."""
    found = under_headings(JOTTED, PEOPLE)
    assert sorted(line[2:] for line in found.splitlines() if line.startswith("- ")) == sorted(
        JOTTED.splitlines()
    )
    told = [(one.section, one.text.split()[0]) for one in lines(found)]
    assert told == [
        ("discussed", "Einkauf"),
        ("office", "Petzold"),
        ("office", "Plakat"),
        ("angle", "Ich"),
        ("other", "Gehalt:"),
    ]
    assert "## Worüber wir gesprochen haben" in found


@pytest.mark.parametrize(
    ("line", "is_own"),
    [
        ("salaire pas abordé, réponse avant Noël", False),
        ("lui: a piloté deux usines", False),
        ("er: hat zwei Werke umgestellt", False),
        ("Petzold: hat zwei Werke umgestellt", False),
        ("sie haben zwei Werke umgestellt", False),
        ("parlé de la rotation du personnel", False),
        ("société familiale, qualité avant tout", False),
        ("Gehalt nicht besprochen", False),
        ("hablé con el equipo de turnos", False),
        ("piloté deux usines", True),
        ("zwei Werke umgestellt", True),
        ("ran two plants", True),
        ("dirigí dos plantas", True),
    ],
)
def test_only_what_tells_of_the_candidate_is_their_angle(line: str, is_own: bool) -> None:
    """Neither what was only spoken of nor what an interviewer did."""
    found = lines(under_headings(f"{line}\nphoto of a boat", PEOPLE))
    told = {one.text.rpartition(": ")[2]: one.section for one in found}
    assert (told[line.rpartition(": ")[2]] == "angle") is is_own


HALF_A_LIST = """\
gespräch acme, bonn, freitag nachmittag
Frau Brandenburg: wie kommt man in die alten häuser, die eigentümer machen nicht auf
- fragte nach **5G an bahnstrecken**, das nervt ihre leute auch
Petzold sagte wenig, schreibt alles mit füller
- bei ihr im büro: modell vom ICE im regal
petzold hat nähzeug, quilt an der wand
- ich: habe 340 haushalte abtelefoniert, **abends um sieben gehen sie ran**
kann: bürgerversammlungen, verträge mit hausverwaltungen
"""


def test_the_same_lines_are_read_alike_with_and_without_bullets() -> None:
    """With all bullets, with none, with some: a title above them divides nothing."""
    bare = HALF_A_LIST.replace("\n- ", "\n")
    title, _, rest = bare.partition("\n")
    listed = "".join(f"- {line}\n" for line in rest.splitlines())
    found = [
        [(one.section, one.person, one.text) for one in lines(under_headings(text, PEOPLE))]
        for text in (HALF_A_LIST, bare, f"{title}\n{listed}", f"- {title}\n{listed}")
    ]
    assert found[1:] == found[:1] * 3
    assert [(section, person) for section, person, _ in found[0]] == [
        ("discussed", "Dr. Ulrike Brandenburg"),
        ("discussed", "Dr. Ulrike Brandenburg"),
        ("discussed", "Thomas Petzold"),
        ("office", "Dr. Ulrike Brandenburg"),
        ("office", "Thomas Petzold"),
        ("angle", ""),
        ("angle", ""),
        ("other", ""),
    ]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("also realtime stuff w websockets, chat for 3000 people", "angle"),
        ("wrote the runbook", "angle"),
        ("Petzold has a boat", "office"),
        ("visa and relocation", "other"),
    ],
)
def test_what_i_can_do_heads_the_lines_after_it(line: str, section: str) -> None:
    """But for what is an interviewer's, or of no use."""
    text = f"cranes\n- what I can do: moved a site\n{line}\n"
    found = {one.text: one.section for one in lines(under_headings(text, PEOPLE))}
    assert found[line] == section


def test_a_wrapped_line_is_no_line_of_its_own() -> None:
    """Where the next word would not have fitted, the line was broken."""
    text = "- the cranes at night are run by two, one of whom\nsleeps\n- photo of a boat\n"
    assert under_headings(text, PEOPLE) == ""


@pytest.mark.parametrize(
    "text",
    [
        "## Discussed\n- cranes\n## Seen\n- a boat\n",  # has headings
        "- cranes at night\n- who signs for the night shift\n",  # all was talked about
        "- cranes at night,\n  and who signs for them\n- photo of a boat\n",  # a wrapped line
        "---\ncompany: acme\ninterviewed: 2026-11-24\n---\n- photo of a boat\n",
        "",
    ],
)
def test_notes_are_left_alone_where_nothing_is_won(text: str) -> None:
    """Or where lines could be torn apart."""
    assert under_headings(text, PEOPLE) == ""


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Petzold macht Triathlon", "Thomas Petzold"),
        ("Frau Brandenburg war lange in Brasilien", "Dr. Ulrike Brandenburg"),
        ("Will has a boat", "Will Grant"),
        ("Will they need new tills", ""),
        ("Grant money runs out in June", ""),
        ("Thomas and Ulrike laughed", ""),
        ("Thomas Cook went bust", ""),
        ("Brandenburg Gate is near", ""),
        ("cranes at night", ""),
    ],
)
def test_a_line_that_begins_with_a_name_is_theirs(text: str, person: str) -> None:
    """No colon is needed; a word that is a name, too, is none before what is no verb."""
    assert subject_of(text, PEOPLE)[0] == person
    assert lines(f"- {text}")[0].person == person


def test_pay_is_no_heading() -> None:
    """What stands below it would be passed over."""
    assert [one.section for one in lines("parking £9\nthey want a new till\n")][1] == "discussed"


def test_each_line_is_shown_with_what_it_is_and_whose() -> None:
    """What is not used, too; and no more than fit on a screen."""
    told = line_by_line(lines(under_headings(JOTTED, PEOPLE)), PEOPLE).splitlines()
    assert told[0].startswith("    1  talked about   ")
    assert "seen there, personal, Thomas Petzold   Petzold macht Triathlon" in told[1]
    assert told[4].startswith("    5  not used")
    many = line_by_line(lines("- cranes\n" * 41), PEOPLE).splitlines()
    assert (len(many), many[-1]) == (41, "       … and 1 more")


@pytest.mark.parametrize(
    ("body", "lends", "has_profile", "expected"),
    [
        ("- we talked about cranes at night", False, True, "“**cranes at night**”"),
        ("- a b c d e f g h", False, True, "“**a b c d e f** …”"),
        ("- **cranes**", True, False, "My angle"),
        ("- **cranes**", True, True, "Seen in the office"),
        ("- **cranes**\n## Seen in the office\n- a boat", True, True, "“Brandenburg: …”"),
        ("- Petzold: **cranes**\n## Seen in the office\n- a boat", True, True, ""),
        ("", False, False, ""),
    ],
)
def test_the_one_thing_that_would_help_most_is_said(
    body: str, lends: bool, has_profile: bool, expected: str
) -> None:
    """First what a thank-you needs, then an offer, then a story, then each their own."""
    said = what_helps(lines(body), PEOPLE, lends=lambda _: lends, has_profile=has_profile)
    assert expected in said
    assert bool(said) == bool(expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2", "- cranes\n- **night shifts at sea**"),
        ("Night SHIFTS", "- cranes\n- **night shifts** at sea"),
        ("“cranes”", "- **cranes**\n- night shifts at sea"),
        *(("3", ""), ("0", ""), ("trucks", ""), ("**", "")),
    ],
)
def test_words_of_the_notes_are_put_in_bold(said: str, expected: str) -> None:
    """A line by its number, or words in any letters; nothing that is not there."""
    text = "- cranes\n- night shifts at sea"
    assert with_bold(text, said, lines(text)) == expected


def test_who_has_no_address_is_told_apart_from_who_has_one() -> None:
    """`Ingrid, Tom (no address)` could mean both."""
    ingrid, tom = UnderstoodPerson("I", "Ingrid", "i@x.example"), UnderstoodPerson("T", "Tom", "")
    note = UnderstoodNote("a.md", "A", "Mon", "UTC", "waiting", (ingrid, tom), {}, ())
    assert "Ingrid (i@x.example), Tom (no address)" in understood_text([note])


WOMAN, MAN = Person("Ulrike Zehnder"), Person("Ferdinand Moosbauer")
UNKNOWN = Person("Kim Adeyemi-Roe")


@pytest.mark.parametrize(
    ("people", "notes", "whose"),
    [
        ((WOMAN, MAN), ("hops are dear, he worries",), ("Ferdinand Moosbauer",)),
        ((WOMAN, MAN), ("die Norm kommt nicht, sie will sie",), ("Ulrike Zehnder",)),
        ((WOMAN, MAN), ("les cuves, elle y tient",), ("Ulrike Zehnder",)),
        ((WOMAN, MAN), ("il faut une cuve",), ("",)),  # nobody
        ((WOMAN, MAN), ("sie haben drei Standorte",), ("",)),  # they
        ((WOMAN, UNKNOWN), ("the boiler, he hates it",), ("Kim Adeyemi-Roe",)),
        ((MAN, UNKNOWN), ("the boiler, he hates it",), ("Ferdinand Moosbauer",)),
        (
            (Person("Tom Ford"), Person("Paul Reed")),
            ("Paul: the quay", "the crane, he hates it", "the gate, he likes it"),
            ("Paul Reed", "Paul Reed", "Paul Reed"),
        ),
        ((Person("Tom Ford"), Person("Paul Reed")), ("the crane, he hates it",), ("",)),
        ((WOMAN, MAN), ("the boiler is old; Ulrike wants a pump",), ("Ulrike Zehnder",)),
        ((WOMAN, MAN), ("Ulrike and Ferdinand want a pump",), ("",)),
        ((WOMAN, MAN), ("the boiler, she hates it and he loves it",), ("",)),
        (
            (Person("Iñaki Beloqui"), WOMAN),
            ("Iñaki: cajas", "le gustó la cifra"),
            ("Iñaki Beloqui",) * 2,
        ),
    ],
)
def test_a_line_with_a_pronoun_is_that_of_whoever_must_be_meant(
    people: tuple[Person, ...], notes: tuple[str, ...], whose: tuple[str, ...]
) -> None:
    """The last named who may be, else the only one who may; else nobody's, and so no guess."""
    body = "## Discussed\n" + "\n".join(f"- {line}" for line in notes)
    assert tuple(line.person for line in note_lines(body, "n.md", 1, people)) == whose


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Bericht vom 9.11. Danach ein Rundgang.", 1),
        ("Am 3. Juni kommt der neue Ofen. Er ist elektrisch.", 2),
        ("Die 3. Schicht ist nie voll.", 1),
        ("Dr. Annegret Vogt leitet das Labor. Sie geht bald.", 2),
        ("Mme. Ferrand vend tout. Le reste va aux poules.", 2),
        ("La Sra. Otero busca gente, p.ej. Ramón no puede más.", 1),
        ("The gate is shut on Mon. Tues. too. They have 12. Nobody comes.", 3),
        ("The acc. Dave sees is old. It is 2019. It was cheap.", 3),
    ],
)
def test_a_sentence_goes_on_after_an_abbreviation_and_a_date(text: str, sentences: int) -> None:
    """The full stop is part of the word, or of the number."""
    assert len(lines(text)) == sentences


def test_a_label_of_money_stands_over_its_own_line_only() -> None:
    """What follows it in plain lines is sorted for itself."""
    found = under_headings("money: 41k\nphoto of a boat\ncranes at night", PEOPLE)
    assert [one.section for one in lines(found)] == ["discussed", "office", "other"]


@pytest.mark.parametrize(
    ("line", "is_other"),
    [
        ("interview Acme, Leeds, tues 2pm, Will Grant (ops)", True),
        ("Dr. Ulrike Brandenburg (Einkauf), Thomas Petzold (Werk 2)", True),
        ("Call on Thursday about the new van", False),
        ("Thomas Petzold and Will Grant want one calendar", False),
    ],
)
def test_when_and_with_whom_one_talked_is_no_topic(line: str, is_other: bool) -> None:
    """A title, and who was there; a sentence about them is one."""
    told = lines(f"{line}\n\n- the cranes at night")
    assert (told[0].section == "other") is is_other


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3 yours", {3: "angle"}),
        ("3 is mine; 5, 6 not used", {3: "angle", 5: "other", 6: "other"}),
        ("2 and 4 seen there", {2: "office", 4: "office"}),
        ("1 talked about, 2 no", {1: "discussed", 2: "other"}),
        ("3", {}),
        ("the boat", {}),
        ("3 trees", {}),
        ("move 3 yours", {}),
    ],
)
def test_where_lines_are_to_go_is_said_by_their_numbers(
    said: str, expected: dict[int, str]
) -> None:
    """In the words in which they were shown; what is not understood moves nothing."""
    assert moves_in(said) == expected


@pytest.mark.parametrize(
    ("text", "number", "section", "expected"),
    [
        ("- cranes\n- a boat\n", 2, "office",
         [("discussed", "", "cranes"), ("office", "", "a boat")]),
        ("## Discussed\n- cranes, which\n  sleep\n- ran a quay\n", 1, "other",
         [("discussed", "", "ran a quay"), ("other", "", "cranes, which sleep")]),
        ("---\ncompany: acme\ninterviewed: 2026-11-24\n---\n- cranes\n- oars\n", 1, "angle",
         [("discussed", "", "oars"), ("angle", "", "cranes")]),
        ("## Thomas Petzold\n- **oars**\n- boats\n", 1, "office",
         [("discussed", "Thomas Petzold", "boats"), ("office", "Thomas Petzold", "oars")]),
    ],
)  # fmt: skip
def test_a_line_is_moved_to_another_section(
    text: str, number: int, section: Section, expected: list[tuple[str, str, str]]
) -> None:
    """Whole, with whose it is, and every other line as it was."""
    found = noted(moved(text, {number: section}, PEOPLE), PEOPLE)
    assert [(one.section, one.person, one.text) for one in found] == expected


def test_no_half_line_is_moved() -> None:
    """Two sentences of one line stay together."""
    assert moved("The cranes sleep. A boat hangs there.\n", {2: "office"}, PEOPLE) == ""
