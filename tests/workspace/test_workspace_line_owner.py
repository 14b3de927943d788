"""Whose a line of somebody's hasty notes is: below a name, along a paragraph, in a table."""

from __future__ import annotations

import pytest

from pipeline.records import NoteLine, Person
from pipeline.workspace.jottings import note_lines

PEOPLE = (
    Person("Hildegard Sommerfeld", "Direktorin"),
    Person("Concepción Barrios"),
    Person("Dr. Oliver Quent"),
)


def lines(body: str, people: tuple[Person, ...] = PEOPLE) -> list[NoteLine]:
    return list(note_lines(body, "n.md", 1, people))


def owners(body: str, people: tuple[Person, ...] = PEOPLE) -> list[str]:
    """Return the first name of whom each line is about, "-" for nobody."""
    told = [one.person.removeprefix("Dr. ") for one in lines(body, people)]
    return [person.split()[0] if person else "-" for person in told]


@pytest.mark.parametrize(
    "name",
    [
        "OQ",
        "oq",
        "quent",
        "oliver q.",
        "Dr Quent.",
        "Quent (late, apologised)",
        "QUENT (45 min)",
        "09:40 Oliver",
        "Oli",
        "## OQ",
        "2) Oliver",
        "With Oliver",
        "Gespräch mit Dr. Quent",
    ],
)
def test_a_line_that_is_only_a_name_begins_what_is_about_them(name: str) -> None:
    """Initials, a nickname, a title, with the hour or the length of the talk; not a line itself."""
    found = lines(f"{name}\nwants the archive scanned by May\nmoulds on the lower shelves")
    assert [(one.person, one.section) for one in found] == [("Dr. Oliver Quent", "discussed")] * 2


def test_a_short_form_that_is_no_beginning_is_known() -> None:
    """Concha is Concepción; and a title of the note's head names who has it."""
    assert owners("Concha\nlos turnos de noche\nDie Direktorin\nder neue Ostflügel") == [
        "Concepción",
        "Hildegard",
    ]


def test_a_name_over_bullets_that_are_further_in_is_a_heading() -> None:
    """In a list of names each is only a name, and is of no use as a topic."""
    assert owners("- Quent\n  - glass roof leaks\n- Sommerfeld\n  - new depot") == [
        "Oliver",
        "Hildegard",
    ]
    listed = lines("For:\n- Quent\n- Sommerfeld\n- the canal outside")
    assert [one.section for one in listed][:2] == ["other", "other"]


@pytest.mark.parametrize(
    "body",
    [
        "OQ\n- glass roof leaks\n- two new vitrines\n\nthe car park has potholes",
        "OQ\nglass roof leaks\n\nHS\nnew depot in the east wing\n\nthe car park has potholes",
        "OQ\n  glass roof leaks\nHS\n  new depot\n\nthe car park has potholes",
        "Quent:\n- glass roof leaks\n\nPay 31k, low",
    ],
)
def test_what_is_about_somebody_ends_at_an_empty_line_and_something_else(body: str) -> None:
    """Other lines than below the name, or an empty line where no other name had one inside."""
    assert owners(body)[-1] == "-"


@pytest.mark.parametrize(
    "body",
    [
        "OQ\nglass roof leaks\n\ntwo new vitrines of Bohemian glass",
        "## Quent\n- glass roof leaks\n\nTwo new vitrines of Bohemian glass",
        "Quent:\n- glass roof leaks\n\nHe bought two new vitrines",
    ],
)
def test_an_empty_line_alone_ends_nothing(body: str) -> None:
    """Where only one name stands in a line, or the text goes on with "he"."""
    assert owners(body) == ["Oliver", "Oliver"]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (
            "OQ first, in the cold store. Talked of the loans for ages. Then a crate fell. "
            "HS after lunch. Wants a depot. Liked both of them.",
            ["Oliver", "Oliver", "Oliver", "Hildegard", "Hildegard", "-"],
        ),
        (
            "Concha llegó con casco. Me contó lo del montacargas. Le pregunté quién lo arregla.",
            ["Concepción"] * 3,
        ),
        (
            "Quent d'abord, au dépôt. Il dit que les caisses moisissent. J'ai dit : gel de silice.",
            ["Oliver"] * 3,
        ),
        ("Then Quent showed the vaults. He told me to ask Sommerfeld about it.", ["Oliver"] * 2),
    ],
)
def test_a_paragraph_goes_on_about_whom_it_named(text: str, whose: list[str]) -> None:
    """Until somebody else is named at the beginning of a sentence, or several are meant."""
    assert owners(text) == whose


def test_a_name_in_one_paragraph_says_nothing_of_the_next() -> None:
    """Without "she" or "he" in it."""
    assert owners("Quent: vitrines. Bohemian glass.\nThe lift to the vaults") == [
        "Oliver",
        "Oliver",
        "-",
    ]


@pytest.mark.parametrize(
    ("body", "whose"),
    [
        (
            "oliver -> habla bajito\n   las vitrinas, quiere once\nhildegard -> el depósito",
            ["Oliver", "Oliver", "Hildegard"],
        ),
        (
            "Quent walked me round.\nMoulds on the lower shelves.\nI ran a depot.\n"
            "Loans take nine weeks.\nSommerfeld is the one for the depot.\nSnow outside.",
            ["Oliver"] * 4 + ["Hildegard", "-"],
        ),
        ("- Quent: vitrinas, 40\n- quiere prestar los pasteles\n- luz", ["Oliver", "Oliver", "-"]),
        ("HS: Depot am Kanal.\nFragt nach Leihverkehr.\nNebel.", ["Hildegard"] * 2 + ["-"]),
        ("Quent : les vitrines.\nVeut prêter les pastels.\nVent.", ["Oliver", "Oliver", "-"]),
        ("Quent: vitrines.\n\nWants lamps.", ["Oliver", "-"]),
    ],
)
def test_lines_go_on_about_whom_the_one_before_named(body: str, whose: list[str]) -> None:
    """Further in, before somebody else is named, or where they begin with what one does."""
    assert owners(body) == whose


def test_below_a_name_alone_may_be_an_empty_line() -> None:
    """Where one is above it, too."""
    assert owners("Quent\n\nthe glass roof leaks\n\nHS\n\nthe new depot") == [
        "Oliver",
        "Hildegard",
    ]


@pytest.mark.parametrize(
    ("written", "whose"),
    [
        ("GK - slow contracts", "Grace"),
        ("GL: slow contracts", "Grace"),
        ("G: slow contracts", "Grace"),
        ("T: a moat", "Thuy"),
        ("TL  a moat", "Thuy"),
        ("G says that TP is leaving", "Grace"),
        ("Aebi: a moat", "Ruth"),
        ("A walk by the moat", "-"),
    ],
)
def test_initials_may_be_the_first_of_a_long_name(written: str, whose: str) -> None:
    """And a letter is rather that of a first name; what stands first is whom it is about."""
    people = (
        Person("Grace Koh Li Ting"),
        Person("Thuy Linh Pham"),
        Person("Lothar Gerber"),
        Person("Ruth Aebi"),
    )
    assert owners(f"- {written}", people) == [whose]


@pytest.mark.parametrize(
    ("written", "whose"),
    [
        ("## Matron\nnew beds", "Ada"),
        ("## The doctor\nnew beds", "Karl"),
        ("EL INGENIERO\nlos ascensores", "Fausto"),
        ("HR\nnew scheme for carers", "Lorraine"),
        ("COO\nthe annex", "Ruth"),
        ("Chefin: Neubau am Kanal", "Ruth"),
        ("The boss: a new annex", "Ruth"),
        ("- con la doctora poco rato", "-"),
        ("- el ingeniero habla de ascensores", "Fausto"),
        ("- Chefin fragt nach Dienstplan", "Ruth"),
        ("## Office\nthe new annex", "-"),
        ("## The design\nthe new annex", "-"),
    ],
)
def test_a_post_names_the_one_who_has_it(written: str, whose: str) -> None:
    """In the words of the note's head, by its letters, or by a common word for it; no subject."""
    people = (
        Person("Ada Lund", "Matron"),
        Person("Dr. Karl Holt", "Clinical Lead"),
        Person("Fausto Gil", "Ingeniero jefe"),
        Person("Lorraine Tate", "HR Business Partner"),
        Person("Ruth Aebi", "Chief Operating Officer"),
        Person("Ivo Falk", "Office"),
        Person("Ben Weir", "Design Lead"),
    )
    assert owners(written, people) == [whose]


def test_initials_before_a_colon_are_no_word_for_oneself() -> None:
    """As "MY: …" is a Yildiz's; "I: …" is one's own whoever else begins so."""
    people = (Person("Mehmet Yildiz"), Person("Ivo Falk"))
    found = lines("MY: cranes\nI: ran a depot", people)
    assert [(one.person, one.section) for one in found] == [
        ("Mehmet Yildiz", "discussed"),
        ("", "angle"),
    ]


def test_how_people_are_called_below_is_of_no_use() -> None:
    """A line of it has nothing to say of them."""
    assert [(one.person, one.section) for one in lines("OQ = Quent, HS = boss\nOQ: loans")] == [
        ("", "other"),
        ("Dr. Oliver Quent", "discussed"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Q (Oliver): why loans?",
        "—¿Why loans? (Oliver)",
        "Olivers Katze lief herum",
        "P2 (OQ): why?",
    ],
)
def test_who_asked_may_stand_in_brackets(text: str) -> None:
    """Before or behind what was asked; a genitive begins with a name, too."""
    assert owners(text) == ["Oliver"]


def test_a_post_of_several_names_none() -> None:
    """As "the boss" among two directors does."""
    people = (Person("Ada Lund", "Sales Director"), Person("Ivo Falk", "Art Director"))
    assert owners("- the boss: a new annex\n- the director: pay", people) == ["-", "-"]


def test_the_cells_of_a_row_are_about_who_stands_first_in_it() -> None:
    """No bars, no heads; what stands under "Feeling" is no topic; a one-letter word ends none."""
    table = (
        "| who | what | feeling |\n|---|---|---|\n"
        "| Quent | Loans, 9 weeks f. Prague. Wants fewer | good |\n| HS | Depot |  |"
    )
    assert [(one.person, one.section, one.text) for one in lines(table)] == [
        ("Dr. Oliver Quent", "discussed", "Loans, 9 weeks f. Prague. Wants fewer"),
        ("Dr. Oliver Quent", "other", "good"),
        ("Hildegard Sommerfeld", "discussed", "Depot"),
    ]


def test_a_table_of_things_keeps_its_first_cell() -> None:
    """As a label."""
    assert [one.text for one in lines("| thing | count |\n|---|---|\n| vitrines | 40 |")] == [
        "vitrines: 40"
    ]


def test_what_was_said_to_the_only_interviewer_is_theirs() -> None:
    """But for pay and the way there."""
    only = (PEOPLE[2],)
    assert owners("loans to Prague\nglass roof leaks\nPay 31k, low", only) == [
        "Oliver",
        "Oliver",
        "-",
    ]


def test_a_first_name_in_place_of_a_label_is_no_part_of_the_line() -> None:
    """Where a noun follows; "Concha llegó" and English verbs stay."""
    found = lines("Concha montacargas sin revisar desde mayo\nConcha llegó con el casco de la obra")
    assert [(one.person, one.text) for one in found] == [
        ("Concepción Barrios", "montacargas sin revisar desde mayo"),
        ("Concepción Barrios", "Concha llegó con el casco de la obra"),
    ]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("OQ 40'", "OQ 40' - loans"),
        ("Quent also", "Quent also: loans"),
        ("Quent, 20 min", "Quent, 20 min: loans"),
        ("oq", "oq: loans"),
        ("lo de", "lo de Oliver: loans"),
        ("oliver otra vez", "oliver otra vez → loans"),
    ],
)
def test_a_label_may_say_when_how_long_and_again(label: str, text: str) -> None:
    """It is no part of the line."""
    assert [(one.person, one.text) for one in lines(f"- {text}")] == [("Dr. Oliver Quent", "loans")]


def test_a_small_word_before_a_mark_is_nobody() -> None:
    """As in "con: …" with a Concepción, and in "PS: …" with a Paula Stein."""
    people = (PEOPLE[1], Person("Paula Stein"))
    assert owners("- con: slow lifts\n- PS: slow lifts", people) == ["-", "-"]


def test_what_is_nobodys_among_lines_of_people_is_left_over() -> None:
    """Unless it says what they do, or what one talked of."""
    body = (
        "Quent: loans to Prague take nine weeks, couriers are dear and always late\n"
        "Sommerfeld: the depot by the canal is damp since the flood\n"
        "windy bridge on foot\nthey build a new wing"
    )
    assert [one.section for one in lines(body)] == ["discussed", "discussed", "other", "discussed"]


@pytest.mark.parametrize(
    ("body", "avoided"),
    [
        ("OQ\nThey sell the annex, in May. Keep it to yourself.", [1, 1]),
        ("OQ\nA merger? He said wait for spring, not for sharing.", [1, 1]),
        ("OQ\nThe roof leaks.\nThey sell the annex, not announced yet.", [0, 1]),
        ("## Secret\nthey sell the annex\n## Quent\nthe roof leaks", [1, 0]),
    ],
)
def test_a_secret_is_the_sentence_before_too_where_it_says_no_more(
    body: str, avoided: list[int]
) -> None:
    """Or where that asks what it answers; and what stands below a heading that says so."""
    assert [int(bool(one.avoided)) for one in lines(body)] == avoided


def test_in_a_list_of_topics_of_which_some_have_names_nothing_is_left_over() -> None:
    """Only where most of what was said is somebody's."""
    body = (
        "- glass roof over the east wing leaks since May\n- loans to Prague and Basel, couriers\n"
        "- Quent: moulds\n- lighting of the pastels, 50 lux\n- Sommerfeld: depot"
    )
    assert {one.section for one in lines(body)} == {"discussed"}


def test_a_heading_that_says_nothing_among_people_is_left_over() -> None:
    """Below "Quent" and "Sommerfeld" stands what was said; below "Hm" it was not."""
    body = (
        "## Quent\n- the roof over the east wing leaks\n## Sommerfeld\n- a depot by the canal\n"
        "## Hm\n- windy bridge\n- small desk"
    )
    assert [one.section for one in lines(body)][-2:] == ["other", "other"]


def test_below_me_stands_what_one_can_do_or_how_it_went() -> None:
    """Where a line tells how it went, only deeds are an angle."""
    assert [one.section for one in lines("## Me\n- too fast at first\n- ran a depot\n- tired")] == [
        "other",
        "angle",
        "other",
    ]
    assert lines("## Me\n- restoration of pastels, ten years")[0].section == "angle"


def test_a_suggestion_below_a_name_is_theirs() -> None:
    """The label below "OQ" names no idea of the candidate's."""
    assert [
        (one.section, one.person) for one in lines("OQ\n- idea: lend the pastels in pairs")
    ] == [("discussed", "Dr. Oliver Quent")]


def test_a_line_with_a_figure_is_no_heading() -> None:
    """As "48-50 + intérêts" is none of what interests them."""
    body = (
        "Quent: les prêts à Prague prennent neuf semaines\nHS: la réserve au bord du canal\n\n"
        "tour sud, vertige\n48-50 + intéressement\nticket resto"
    )
    assert {one.section for one in lines(body)[2:]} == {"other"}


def test_a_quoted_sentence_ends() -> None:
    """With the mark inside the quotation."""
    found = lines('He said "ask Hildegard." Ha. £620 a week', (PEOPLE[2],))
    assert [one.text for one in found] == ['He said "ask Hildegard."', "Ha.", "£620 a week"]


@pytest.mark.parametrize(
    "text",
    [
        "Quent showed the vaults under the east wing, where the loans to Prague wait\n"
        "for their crates, nine weeks by now. The couriers must sit in the van, and\n"
        "that is what he wants to change.",
        "Quent showed the vaults under the east wing, where the loans wait for\n"
        "their crates, nine weeks by now. The couriers must sit in the van all the way\n"
        "through, and that is what he wants to change.",
    ],
)
def test_a_text_whose_lines_are_broken_is_one(text: str) -> None:
    """By an editor at its width, or by hand near it."""
    found = lines(text)
    assert [one.person for one in found] == ["Dr. Oliver Quent"] * 2
    assert found[1].text.startswith("The couriers must sit in the van")


def test_lines_of_their_own_are_not_joined() -> None:
    """Two, short ones, those of unlike length, and those that have labels."""
    for text in (
        "the loans to Prague wait for their crates and for couriers who sit in vans\nroof leaks",
        "roof leaks\nloans wait\nvans late",
        "the loans to Prague wait for their crates and for couriers who sit in vans\nroof\nvans",
        "Quent: the loans to Prague wait for their crates and for couriers in their vans\n"
        "Lift: it has been out of order for years, says everybody who works down there\n"
        "Roof: it leaks over the pastels",
    ):
        assert len(lines(text)) == len(text.splitlines())


def test_a_row_over_names_is_of_heads() -> None:
    """Without a rule below it, too."""
    table = "| who | about |\n| Quent | loans to Prague |\n| HS | a depot by the canal |"
    assert [one.text for one in lines(table)] == ["loans to Prague", "a depot by the canal"]


def test_a_name_may_have_its_post_beside_it() -> None:
    """As the head of the note says it."""
    assert owners("Sommerfeld, Direktorin -\na depot by the canal") == ["Hildegard"]


def test_a_list_with_names_over_what_is_further_in_has_other_heads_too() -> None:
    """What stands below "3. misc" is of nobody."""
    body = (
        "1. OQ\n   - the loans to Prague take nine weeks\n2. HS\n   - a depot by the canal\n"
        "3. misc\n   - free parking"
    )
    assert owners(body) == ["Oliver", "Hildegard", "-"]
    assert lines(body)[-1].section == "other"


def test_i_in_the_middle_of_a_text_is_of_one_sentence() -> None:
    """As a label it says nothing of the sentences and lines after it."""
    found = lines(
        "Quent dann konkret: Vitrinen undicht. Ich: Silikagel. Fand er gut.\nBrücke windig"
    )
    assert [(one.section, one.person) for one in found] == [
        ("discussed", "Dr. Oliver Quent"),
        ("angle", ""),
        ("discussed", "Dr. Oliver Quent"),
        ("discussed", ""),
    ]
