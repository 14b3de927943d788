"""Stories that name people of the notes: whose they are, and what became of the person in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.records import Company, Person, PersonPart
from pipeline.relevance import companies, people
from tests.relevance.world import story

HALDEN = Company("halden", "Halden Systems", ("Halden",), industry=("logistics software",))
PEOPLE = (
    Person("Renata Kowalczyk", "VP Customer Success"),
    Person("Dr. Stefan Müller", "Leiter Einkauf"),
    Person("Élodie Marchand", "Directrice des opérations"),
    Person("María García López", "Directora de Marketing"),
)


def named(title: str, text: str = "", *, own: bool = False) -> tuple[people.PersonNews, ...]:
    """Return whom of the notes a story names, for Halden Systems."""
    names = companies.prepare(HALDEN, ())
    return people.find(people.prepare(PEOPLE), names, story(title, text), own=own)


def part_of(title: str, text: str = "", *, own: bool = False) -> str:
    """Return what became of the person whom a story names: "?" before it if it is not sure."""
    found = named(title, text, own=own)
    if not found:
        return "nobody"
    return found[0].part if found[0].sure else f"?{found[0].part}"


# ------------------------------------------------------------------------------------- the forms


@pytest.mark.parametrize(
    ("title", "whom"),
    [
        ("Halden promotes Renata Kowalczyk to chief customer officer", "Renata Kowalczyk"),
        ("Halden promotes Renata M. Kowalczyk to chief customer officer", "Renata Kowalczyk"),
        ("RENATA KOWALCZYK NAMED CHIEF CUSTOMER OFFICER OF HALDEN", "Renata Kowalczyk"),
        ("Halden Systems: Kowalczyk, Renata, takes over as vice president", "Renata Kowalczyk"),
        ("Halden promotes R. Kowalczyk to chief customer officer", "Renata Kowalczyk"),
        ("Halden befördert Stefan Muller zum Vorstand", "Dr. Stefan Müller"),
        ("Halden befördert Stefan Mueller zum Vorstand", "Dr. Stefan Müller"),
        ("Halden: Dr. Müller rückt in den Vorstand auf", "Dr. Stefan Müller"),
        ("Halden: Herr Dr. Müller rückt in den Vorstand auf", "Dr. Stefan Müller"),
        ("Halden nomme Elodie MARCHAND directrice générale", "Élodie Marchand"),
        ("Halden nomme Mme Marchand directrice générale", "Élodie Marchand"),
        ("Halden nombra a María García directora general", "María García López"),
        ("Halden nombra a Maria Garcia Lopez directora general", "María García López"),
        ("Halden nombra a la Sra. García López directora general", "María García López"),
    ],
)
def test_a_person_is_recognised_in_the_forms_that_news_use(title: str, whom: str) -> None:
    """In order or turned round, in capitals, with an initial, a title, or without accents."""
    assert [(item.person, item.sure) for item in named(title)] == [(whom, True)]


@pytest.mark.parametrize(
    "title",
    [
        "Kestrel promotes R. Kowalczyk to chief customer officer",
        "Frau Marchand wins the village's marmalade prize",
        "Halden opens the Renata Kowalczyk Foundation",
        "Halden sponsors the Stefan-Müller-Preis",
        "Halden names Renata Kowalczyk-Nowak chief financial officer",
        "Halden names Stefan Müllerson chief financial officer",
        "Halden names Renata Nowak chief financial officer",
    ],
)
def test_another_name_or_a_thing_named_after_somebody_is_nobody(title: str) -> None:
    """An initial or a title needs the company beside it; a foundation is no person."""
    assert named(title) == ()


def test_a_name_further_down_makes_no_news_of_the_persons_own() -> None:
    """Quoted in the third sentence: the story is not theirs."""
    text = "The plant opens in May. It has 40 docks. Renata Kowalczyk was promoted, it said."
    assert named("Halden opens a plant", text) == ()


# ------------------------------------------------------------ what became of them: 40 headlines

STRAIGHT: tuple[tuple[str, str, PersonPart], ...] = (
    ("Halden Systems promotes Renata Kowalczyk to chief customer officer", "", "promotion"),
    ("Renata Kowalczyk named president of Halden's logistics unit", "", "promotion"),
    (
        "Renata Kowalczyk wins Customer Leader of the Year award",
        "The Halden Systems vice president was honoured in Leeds on Tuesday.",
        "prize",
    ),
    ("Halden's Renata Kowalczyk to keynote customer summit in Lisbon", "", "talk"),
    (
        "Opinion: onboarding is a promise, by Renata Kowalczyk",
        "The author is VP Customer Success at Halden Systems.",
        "article",
    ),
    (
        "Renata Kowalczyk joins the board of Halden Systems",
        "She has led the customer teams since 2021.",
        "promotion",
    ),
    ("Halden Systems ernennt Dr. Stefan Müller zum Einkaufsvorstand", "", "promotion"),
    ("Stefan Müller rückt in die Geschäftsführung von Halden Systems auf", "", "promotion"),
    ("Einkaufspreis des Jahres geht an Stefan Müller von Halden Systems", "", "prize"),
    ("Stefan Müller (Halden) hält Keynote auf dem Kongress der Einkäufer", "", "talk"),
    ("Halden Systems nomme Élodie Marchand directrice générale adjointe", "", "promotion"),
    (
        "Élodie Marchand reçoit le prix de la logistique durable",
        "La directrice des opérations de Halden Systems a été distinguée à Lyon.",
        "prize",
    ),
    ("Halden Systems : Élodie Marchand interviendra au sommet de la supply chain", "", "talk"),
    ("Halden Systems asciende a María García López a directora general", "", "promotion"),
    ("María García López, de Halden Systems, galardonada con el premio Marketing", "", "prize"),
    ("Renata Kowalczyk leaves Halden Systems after nine years", "", "leaves"),
    ("Stefan Müller verlässt Halden Systems zum Jahresende", "", "leaves"),
    ("Élodie Marchand quitte Halden Systems pour rejoindre Kestrel", "", "leaves"),
    ("María García López deja Halden Systems", "", "leaves"),
    ("Halden Systems mourns the death of Renata Kowalczyk", "", "dies"),
)

# A namesake, the other side of the verb, or a good word that means something else.
TRAPS: tuple[tuple[str, str, str], ...] = (
    ("Renata Kowalczyk named in lawsuit against Halden Systems", "", "accused"),
    ("Renata Kowalczyk leaves Halden to join Kestrel as chief customer officer", "", "leaves"),
    ("Renata Kowalczyk of Halden Systems wins appeal over bonus", "", "doubtful"),
    (
        "Renata Kowalczyk honoured posthumously with Customer Leader award",
        "Halden Systems accepted the prize on her behalf.",
        "dies",
    ),
    ("Halden's Renata Kowalczyk joins board of rival Kestrel", "", "leaves"),
    (
        "Renata Kowalczyk promoted to president of Halden after predecessor's dismissal",
        "",
        "doubtful",
    ),
    (
        "Renata Kowalczyk scores twice as Wisła win the cup",
        "The striker was voted player of the year.",
        "nobody",
    ),
    (
        "Renata Kowalczyk appointed head of the city library",
        "She takes over from Jan Nowak in May.",
        "?promotion",
    ),
    ("Halden names Tom Ito to succeed Renata Kowalczyk as customer chief", "", "leaves"),
    ("Halden's Renata Kowalczyk names Tom Ito head of onboarding", "", "unclear"),
    ("Halden trennt sich von Einkaufschef Stefan Müller", "", "leaves"),
    ("Stefan Müller wechselt von Halden Systems zu Kestrel", "", "leaves"),
    ("Staatsanwaltschaft ermittelt gegen Stefan Müller von Halden Systems", "", "accused"),
    (
        "Torhüter Stefan Müller gewinnt den Preis als Spieler des Jahres",
        "Der Verein feierte den Pokal.",
        "nobody",
    ),
    ("Halden: Stefan Müller wird nicht in den Vorstand berufen", "", "unclear"),
    ("Élodie Marchand mise en examen, Halden Systems réagit", "", "accused"),
    ("Kestrel nomme Élodie Marchand, ex-Halden Systems, directrice générale", "", "leaves"),
    ("Halden Systems remplace Élodie Marchand à la tête des opérations", "", "leaves"),
    ("María García López, de Halden Systems, premiada a título póstumo", "", "dies"),
    (
        "María García López, alcaldesa de Burgos, recibe la medalla de la ciudad",
        "El acto fue el lunes.",
        "nobody",
    ),
)


@pytest.mark.parametrize(("title", "text", "part"), [*STRAIGHT, *TRAPS])
def test_what_became_of_a_person_is_told_by_who_acts(title: str, text: str, part: str) -> None:
    """Half of them are what they seem; the others are traps, in the same four languages."""
    assert part_of(title, text) == part


# 78 of 80 more: 47 were right when the rules first saw them; what was missed is a rule now.
MORE = [
    line.split("\t")
    for line in (Path(__file__).with_name("people_headlines.tsv"))
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]


@pytest.mark.parametrize(("part", "title", "sentence"), MORE)
def test_more_headlines_are_told_alike(part: str, title: str, sentence: str) -> None:
    """New wordings of the same: posts, prizes, talks, farewells, courts, namesakes."""
    assert part_of(title, sentence) == part


@pytest.mark.parametrize(("letters", "is_sure"), [(599, True), (601, False)])
def test_the_company_says_who_it_is_only_near_the_beginning(letters: int, is_sure: bool) -> None:
    """Where it is named after 600 letters, it belongs to another matter, and one asks."""
    text = f"It was on Monday. {'x' * 1_000}"[: letters - len(" Halden")] + " Halden"
    found = named("Renata Kowalczyk wins the Customer Award", text)
    assert [(item.part, item.sure) for item in found] == [("prize", is_sure)]


def test_the_post_says_who_it_is_as_well() -> None:
    """A vice president of customer success of that name is she, without the company."""
    told = "Renata Kowalczyk, VP of customer success, wins the Leeds Award"
    assert part_of(told) == "prize"


def test_the_post_may_stand_in_the_sentence_after_it() -> None:
    """An association elected her, and the next sentence says who she is."""
    text = "The members chose Renata Kowalczyk. Bills, said the VP of customer success, are read."
    found = named("First woman at the head of the brokers", text)
    assert [item.sure for item in found] == [True]
    (other,) = named("First woman at the head of it", "The members chose Renata Kowalczyk.")
    assert not other.sure


@pytest.mark.parametrize(
    ("title", "text", "part"),
    [
        ("Medal for the man who sewed a quilt", "Stefan Müller of Halden spent a year.", "prize"),
        ("Medal for the man who sewed a quilt", "A year spent Stefan Müller of Halden.", "unclear"),
        ("Museum shows a quilt", "Stefan Müller of Halden spent a year.", "unclear"),
    ],
)
def test_a_prize_of_the_headline_is_theirs_with_whom_the_text_begins(
    title: str, text: str, part: str
) -> None:
    """The text says who "the man who" is."""
    assert [item.part for item in named(title, text)] == [part]


def test_what_the_company_tells_itself_needs_no_name_of_it() -> None:
    """Its own blog: "We promote Renata", and an author of that name wrote it herself."""
    assert part_of("Renata Kowalczyk promoted to chief customer officer", own=True) == "promotion"
    assert part_of("Renata Kowalczyk joins the executive team", own=True) == "promotion"


def test_who_has_one_name_only_is_not_looked_for() -> None:
    """“Renata” in a title is anybody."""
    names = companies.prepare(HALDEN, ())
    known = people.prepare((Person("Renata"),))
    assert people.find(known, names, story("Halden promotes Renata"), own=False) == ()


@pytest.mark.parametrize(
    "name", ["[ 0", "( Ann Lee", "Ann * Lee", "* Lee", "Ann ( Lee", "\u0301 Lee"]
)
def test_whatever_is_written_for_a_name_is_no_pattern(name: str) -> None:
    """A slip of the pen in a note must not stop the run."""
    names = companies.prepare(HALDEN, ())
    assert (
        people.find(people.prepare((Person(name),)), names, story("Halden opens"), own=False) == ()
    )


# ------------------------------------------------------------------------------ the own field


@pytest.mark.parametrize(
    ("role", "title", "words"),
    [
        ("Senior Pricing Manager", "Halden names Tom Ito new head of pricing", ("pricing",)),
        ("Senior Pricing Manager", "Halden hires pricing manager from Kestrel", ("pricing",)),
        ("Leiter Einkauf", "Halden holt neue Chefin für den Einkauf", ("einkauf",)),
        ("Senior Pricing Manager", "Halden is hiring a head of pricing", ()),
        ("Senior Pricing Manager", "Kestrel names new head of pricing", ()),
        ("Senior Pricing Manager", "Halden names new head of legal", ()),
        ("Senior Pricing Manager", "Halden raises its pricing", ()),
        ("Senior Consultant", "Halden names new senior consultant", ()),
        ("Senior Pricing Manager", "Tom Ito to lead pricing at Halden", ("pricing",)),
        ("Leiter Einkauf", "Petra Hansen leitet Einkauf bei Halden", ("einkauf",)),
        ("Leiter Einkauf", "Petra Hansen wird Leiterin Einkauf bei Halden", ("einkauf",)),
        ("Responsable logistique", "Jean Petit dirige la logistique chez Halden", ("logistique",)),
        ("Jefe de compras", "Ana Ruiz asume las compras en Halden", ("compra",)),
        ("Leiter Einkauf", "Petra Hansen leitet ab Januar den Einkauf von Halden", ("einkauf",)),
        ("Leiter Einkauf", "Stelle im Einkauf neu besetzt: Petra Hansen zu Halden", ("einkauf",)),
        ("Pricing Manager", "Pricing: position filled at Halden", ("pricing",)),
        ("Pricing Manager", "Kestrel Air leads pricing war with Halden", ()),
        ("Pricing Manager", "Tom Ito to lead pricing at Kestrel", ()),
        ("Pricing Manager", "Tom Ito becomes critic of pricing at Halden", ()),
        ("Leiter Einkauf", "Halden sucht: Stelle im Einkauf noch nicht besetzt", ()),
        ("Leiter Einkauf", "Petra Hansen leitet Umbau des Einkauf bei Halden", ()),
    ],
)
def test_a_new_post_in_ones_own_field_is_seen(
    role: str, title: str, words: tuple[str, ...]
) -> None:
    """By the words that make the role; a vacancy is no such post, nor is the price list."""
    names = companies.prepare(HALDEN, ())
    assert people.own_field(role, names, story(title)) == words


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Renata Kowalczyk elected president of the Eastern Institute of Brokers", "prize"),
        ("Renata Kowalczyk of Halden named chair of the Chamber of Commerce", "prize"),
        ("Renata Kowalczyk to chair national noise forum", "prize"),
        ("Stefan Müller (Halden) zum Vorsitzenden des Logistikverbands gewählt", "prize"),
        ("Élodie Marchand élue présidente de la Fédération des transports", "prize"),
        ("Renata Kowalczyk named president of Merrin Labs", "leaves"),
        ("Renata Kowalczyk appointed director at the Institute for Ocean Research", "leaves"),
    ],
)
def test_a_post_of_honour_is_no_departure(title: str, part: str) -> None:
    """Who is elected to the head of an association stays where they work, and is pleased."""
    found = named(title, "Halden Systems congratulates.")
    assert [item.part for item in found] == [part]


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("Old blue is champion at Nantmoor", "It beat 412. Renata Kowalczyk of Halden beamed.", 1),
        ("Winners at Garsdale Head", "Open class: 1. R. Kowalczyk (Thornby), 2. J. Metcalfe.", 1),
        ("Old blue is champion", "It beat 412. Renata Kowalczyk, who resigned, was there.", 0),
        ("Old blue is champion", "A rider died. Renata Kowalczyk of Halden was second.", 0),
        ("Old blue is champion", "It beat 412, and everybody beamed.", 0),
        ("Halden wins a prize", "Renata Kowalczyk of Halden is tipped as its next chief.", 0),
        ("Old blue is champion", "Renata Kowalczyk, 19, of Halden needed four minutes.", 0),
        ("Kowalczyk segelt allen davon", "Die 16-jährige Renata Kowalczyk gewann im Opti.", 0),
        ("Renata Kowalczyk sacrée championne", "La Lédonienne de 22 ans a soulevé 90 kilos.", 0),
        ("Renata Kowalczyk holt den Titel", "Drei Läufe. Die 19-Jährige fuhr sie fehlerfrei.", 0),
    ],
)
def test_good_news_name_somebody_wherever_nothing_is_against_it(
    title: str, text: str, found: int
) -> None:
    """Anywhere in the beginning, by an initial where their hobby's feed brought it."""
    names = companies.prepare(HALDEN, ())

    def told(*, is_fine: bool, expected: tuple[str, ...] = ("Renata Kowalczyk",)) -> list[str]:
        news = people.find(
            people.prepare(PEOPLE),
            names,
            story(title, text),
            own=False,
            read_for=people.ReadFor(people=frozenset(expected)),
            is_fine=lambda: is_fine,
        )
        return [item.part for item in news if item.sure and item.part == "named"]

    assert told(is_fine=True) == ["named"] * found
    assert told(is_fine=False) == []
    is_known_by_company = "Halden" in text
    assert told(is_fine=True, expected=()) == ["named"] * (found and is_known_by_company)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At the ferry association Renata Kowalczyk has the chair for three years.", 1),
        ("Renata Kowalczyk scored two goals in the cup for Rovers.", 0),
    ],
)
def test_where_the_company_is_not_named_nothing_speaks_of_another_trade(
    text: str, found: int
) -> None:
    """A search for a company brings namesakes of its people, too."""
    news = people.find(
        people.prepare(PEOPLE),
        companies.prepare(HALDEN, ()),
        story("All aboard", f"A good day on the quay. {text}"),
        own=False,
        read_for=people.ReadFor(company=True),
        is_fine=lambda: True,
    )
    assert [item.part for item in news] == ["named"] * found


@pytest.mark.parametrize(
    "title",
    ["Renata Kowalczyk of Halden sent home", "Renata Kowalczyk of Halden is on leave"],
)
def test_who_is_sent_home_is_not_congratulated(title: str) -> None:
    """Nor written to at all, until one knows why."""
    assert part_of(title) == "accused"
