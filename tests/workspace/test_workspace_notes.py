"""Notes: freely jotted, understood by their meaning; the head checked strictly."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Company, NoteLine, Person
from pipeline.workspace.jottings import note_lines
from pipeline.workspace.notes import parse_note, parse_profile
from pipeline.workspace.sections import section_of

PARIS = ZoneInfo("Europe/Paris")
COMPANIES = {"oracle": Company("oracle", "Oracle")}
PEOPLE = (Person("Renata Kowalczyk"), Person("Imran Sheikh"))


def lines(body: str) -> list[tuple[int, str, str, str]]:
    found: list[NoteLine] = list(note_lines(body, "n.md", 1, PEOPLE))
    return [(item.line, item.section, item.person.split(" ")[0], item.text) for item in found]


def note(head: str, body: str = "") -> str:
    return f"---\n{head}\n---\n{body}"


def test_a_whole_note() -> None:
    """Head and body, with the line numbers of the file."""
    text = note(
        "company: oracle\nrole: Consultant\ninterviewed: 2026-11-16 14:30\n"
        "interviewers:\n  - {name: Renata Kowalczyk, title: VP, email: r@a.example}\n"
        "decision_expected: 2026-12-18",
        "## Discussed\n- takeovers\n## My angle\n- ran two migrations\n",
    )
    interview, problems = parse_note(text, "data/notes/o.md", COMPANIES, PARIS)

    assert problems == []
    assert interview is not None
    assert interview.interviewed == datetime(2026, 11, 16, 13, 30, tzinfo=UTC)
    assert (interview.day_only, interview.decision_expected) == (False, date(2026, 12, 18))
    assert [(line.line, line.section, line.text) for line in interview.lines] == [
        (10, "discussed", "takeovers"),
        (12, "angle", "ran two migrations"),
    ]


@pytest.mark.parametrize(
    ("line", "text", "marked"),
    [
        ("- **the move** and __the crane__", "the move and the crane", ("the move", "the crane")),
        ("- **Renata**: **the move**", "the move", ("the move",)),  # a name is no subject
        ("- *the move*, a__b and 2 ** 3", "the move, a__b and 2 3", ()),
        ("- **[the move](https://a.example)**", "the move", ("the move",)),
        ("- **…**", None, ()),
    ],
)  # fmt: skip
def test_words_in_bold_are_marked(line: str, text: str | None, marked: tuple[str, ...]) -> None:
    """They are what a draft may take over; the line itself stays as it would be without."""
    found = list(note_lines(f"## Discussed\n{line}\n", "n.md", 1, PEOPLE))
    assert [(one.text, one.marked) for one in found] == ([(text, marked)] if text else [])


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-16 14:30", datetime(2026, 11, 16, 5, 30, tzinfo=UTC)),
        ("Nov 16, 2026 2:30 pm", datetime(2026, 11, 16, 5, 30, tzinfo=UTC)),
        ("16.11.2026", datetime(2026, 11, 16, 3, tzinfo=UTC)),
        ("2026-11-16T14:30+01:00", datetime(2026, 11, 16, 13, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_is_by_the_company_s_clock(written: str, moment: datetime) -> None:
    """Tokyo is eight hours ahead of the candidate, who wrote what the clock there said."""
    tokyo = {"oracle": Company("oracle", "Oracle", timezone="Asia/Tokyo")}
    interview, problems = parse_note(
        note(f'company: oracle\ninterviewed: "{written}"'), "o.md", tokyo, PARIS
    )
    assert interview is not None
    assert (interview.interviewed, problems) == (moment, [])


@pytest.mark.parametrize("name", ["Oracle", "ORACLE Corp.", "oracle", "Oracle Deutschland"])
def test_a_company_is_called_as_people_call_it(name: str) -> None:
    """By its short name, or any form of its name."""
    known = {"oracle": Company("oracle", "Oracle Corporation", ("Oracle Deutschland",))}
    interview, _ = parse_note(
        note(f"company: {name}\ninterviewed: 2026-11-16"), "o.md", known, PARIS
    )
    assert interview is not None
    assert interview.company == "oracle"


def test_people_may_stand_in_one_text() -> None:
    """With titles and addresses, as one types them."""
    head = "company: oracle\ninterviewed: 2026-11-16\ninterviewers: Jane Doe, CTO; Roe, John"
    interview, problems = parse_note(note(head), "o.md", COMPANIES, PARIS)

    assert interview is not None
    assert [(one.name, one.title) for one in interview.people] == [
        ("Jane Doe", "CTO"),
        ("John Roe", ""),
    ]
    assert problems == []


@pytest.mark.parametrize(
    "written",
    [
        "[Anna Berg, DRH, Paul Lenz]",
        '["Anna Berg (DRH)", Paul Lenz]',
        "[{name: Anna Berg}, {name: DRH}, {name: Paul Lenz}]",
        '[{name: "Anna Berg, DRH"}, {name: Paul Lenz}]',
        "Anna Berg, DRH; Paul Lenz",
    ],
)
def test_a_post_in_capitals_is_nobody(written: str) -> None:
    """It is what the person before it does; nobody is greeted as "DRH"."""
    head = f"company: oracle\ninterviewed: 2026-11-16\ninterviewers: {written}"
    interview, problems = parse_note(note(head), "o.md", COMPANIES, PARIS)

    assert interview is not None
    assert [(one.name, one.title) for one in interview.people] == [
        ("Anna Berg", "DRH"),
        ("Paul Lenz", ""),
    ]
    assert problems == []


def test_only_a_day_is_taken_for_noon() -> None:
    """In the candidate's own time zone."""
    text = note("company: oracle\ninterviewed: 16.11.2026")
    interview, _ = parse_note(text, "o.md", COMPANIES, PARIS)

    assert interview is not None
    assert interview.interviewed == datetime(2026, 11, 16, 11, 0, tzinfo=UTC)
    assert interview.day_only


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Seen in the office", "office"),
        ("Personal", "office"),
        ("Small talk", "office"),
        ("On the wall", "office"),
        ("Im Büro gesehen", "office"),
        ("Things lying about", "office"),
        ("Oddities", "office"),
        ("What we talked about", "discussed"),
        ("Discussed", "discussed"),
        ("TOPICS", "discussed"),
        ("Besprochen", "discussed"),
        ("Sujets abordés", "discussed"),
        ("My angle", "angle"),
        ("How I can help", "angle"),
        ("What I could offer them", "angle"),
        ("Strengths", "angle"),
        ("Mein Beitrag", "angle"),
        ("Logistics", "other"),
        ("Next steps", "other"),
        ("Salary", "other"),
    ],
)
def test_headings_are_known_by_their_meaning(heading: str, section: str) -> None:
    """Whatever the words, the case or the language."""
    assert section_of(heading) == section


@pytest.mark.parametrize(
    "heading",
    [
        "## My angle",
        "My angle\n--------",
        "**My angle**",
        "My angle:",
        "# my angle #",
        "__My angle__",
    ],
)
def test_headings_may_be_written_in_many_ways(heading: str) -> None:
    """With #, underlined, bold, or with a colon."""
    assert lines(f"{heading}\n- ran two migrations")[0][1] == "angle"


def test_a_note_without_headings_is_all_discussed() -> None:
    """Paragraphs are cut into sentences, each a line of its own."""
    assert lines("We talked about boats. Then about trains!\n\nAnd lunch.") == [
        (1, "discussed", "", "We talked about boats."),
        (1, "discussed", "", "Then about trains!"),
        (3, "discussed", "", "And lunch."),
    ]


def test_bullets_of_all_kinds_and_wrapped_lines() -> None:
    """A bullet goes on over the lines that belong to it; nested ones stand alone."""
    body = "- one\n  goes on\n* two\n  - nested\n3. three\n• four\n- [ ] five\n\n- six"
    assert [(line, text) for line, _, _, text in lines(body)] == [
        (1, "one goes on"),
        (3, "two"),
        (4, "nested"),
        (5, "three"),
        (6, "four"),
        (7, "five"),
        (9, "six"),
    ]


def test_a_label_below_a_bullet_or_in_brackets_names_its_section() -> None:
    """Nobody who writes "Me: …" goes on with the bullet above."""
    body = "- the tills\nMe: moved three shops\n- (office: an oar)"
    assert [(section, text) for _, section, _, text in lines(body)] == [
        ("discussed", "the tills"),
        ("angle", "moved three shops"),
        ("office", "an oar"),
    ]


@pytest.mark.parametrize("word", ["ich", "me", "I", "moi ", "yo", "Ich"])
@pytest.mark.parametrize(
    "above", ["", "talk at Acme, Bonn, friday\n- tills\n", "## Discussed\n- tills\n"]
)
def test_a_line_of_oneself_is_one_s_own_wherever_it_stands(word: str, above: str) -> None:
    """Below a bullet, a title or a heading: "ich: …" is never what was talked about."""
    for mark in ("- ", ""):
        found = lines(f"{above}{mark}{word}: called **340 homes**, at seven they pick up")[-1]
        assert found[1:] == ("angle", "", "called 340 homes, at seven they pick up")


BAUD, ANNA, KIM = Person("M. Thierry Baud"), Person("Anna Berg"), Person("Kim Lee")


@pytest.mark.parametrize(
    ("said", "people", "person"),
    [
        ("lui: fan de vélo", (BAUD, ANNA), BAUD.name),
        ("elle: fan de vélo", (BAUD, ANNA), ANNA.name),
        ("Sie: fährt Rad", (BAUD, ANNA), ANNA.name),
        ("er: fährt Rad", (Person("Herr Lee"), ANNA), "Herr Lee"),
        ("he: rides a bike", (BAUD, KIM), BAUD.name),
        ("she: rides a bike", (ANNA, Person("Eva Lund")), ""),  # which of the two?
        ("she: rides a bike", (KIM, BAUD), ""),  # who knows of Kim?
        ("él : monta en bici", (BAUD, ANNA), BAUD.name),
    ],
)
def test_a_pronoun_before_a_colon_is_the_one_it_can_be(
    said: str, people: tuple[Person, ...], person: str
) -> None:
    """By a title or a given name; and it is theirs, also below what the candidate can do."""
    for above in ("", "- moi: deux usines\n", "moi: deux usines\n", "## My angle\n"):
        line = list(note_lines(f"{above}- {said}", "n.md", 1, people))[-1]
        assert (line.person, line.section == "angle") == (person, False)


def test_what_follows_a_line_on_oneself_is_not_all_one_s_own() -> None:
    """A plain line under "moi:" is only where it says what its writer did."""
    body = (
        "rotation du personnel\nmoi: quatre ans de paie\nj'ai réduit les délais\n"
        "salaire pas abordé, réponse avant Noël\nlui: vient de Lille, fan de vélo\nrotation"
    )
    body = body.replace("\n", "\n\n")  # or they were one paragraph
    found = [one.section for one in note_lines(body, "n.md", 1, [BAUD])]
    assert found == ["discussed", "angle", "angle", "other", "office", "discussed"]


def test_a_name_before_a_line_says_whom_it_is_about() -> None:
    """First, last or full name, with a colon or a dash, or as an owner; or a heading."""
    body = (
        "- Renata: sailing\n- Sheikh - bonsai\n- Renata -> the tills\n- Imran = quiet\n"
        "- Imran's mug: Mars\n- CRM: hated by all\n"
        "## Renata\n- likes opera\n## My angle\n- wrote a book"
    )
    assert [(person, text) for _, _, person, text in lines(body)] == [
        ("Renata", "sailing"),
        ("Imran", "bonsai"),
        ("Renata", "the tills"),
        ("Imran", "quiet"),
        ("Imran", "Imran's mug: Mars"),
        ("", "CRM: hated by all"),
        ("Renata", "likes opera"),
        ("", "wrote a book"),
    ]


@pytest.mark.parametrize(
    ("body", "person"),
    [
        ("- R.: a chess clock", "Renata"),
        ("- S: a bell frame", "Imran"),
        ("- IS - a bell frame", "Imran"),
        ("- Fr. Renata: the boiler", "Renata"),
        ("- RK knits in meetings", "Renata"),
        ("- strike last spring, IS went quite grey", "Imran"),
        ("- Dr. K. spielt Orgel", "Renata"),
        ("- H.S. mends radios", ""),
        ("- renata COO. v. quick. wants it in house", "Renata"),
        ("- Q: how many shops?", ""),
        ("- IT: the tills are old", ""),
    ],
)
def test_an_initial_says_whom_a_line_is_about(body: str, person: str) -> None:
    """Of a given or a family name, if it is of one of them alone; "Fr." is Frau."""
    assert [found for _, _, found, _ in lines(body)] == [person]


def test_the_initials_of_a_double_name_are_whose_it_is() -> None:
    """Of the family name alone, "P.-V." is no less than "J.P.-V."."""
    people = [Person("Jens Petersen-Voss"), Person("Annegret Lüdders")]
    (found,) = note_lines("- P.-V.: zählt im Herbst Kraniche", "n.md", 1, people)
    assert (found.person, found.text) == ("Jens Petersen-Voss", "zählt im Herbst Kraniche")


def test_she_is_who_was_named_last_though_another_is_known_to_be_a_woman() -> None:
    """Of "Shreyansi" no list tells; Ruth was named two lines before."""
    people = [Person("Shreyansi Raman"), Person("Ruth Okafor")]
    body = "- Ruth: the pay band\n- Shreyansi: the night calls\n- a bid with councils, she hopes"
    assert [line.person for line in note_lines(body, "n.md", 1, people)] == [
        "Ruth Okafor",
        "Shreyansi Raman",
        "Shreyansi Raman",
    ]


def test_markup_and_hidden_text_are_left_out() -> None:
    """Comments, code, links, emphasis, tags, characters that turn a text."""
    body = (
        "<!-- hidden\n- hidden too -->\n- **bold** and [a link](https://a.example)\n"
        "```\n- code\n```\n- <b>tag</b> \u202eturned\u200b\x07"
    )
    assert [(line, text) for line, _, _, text in lines(body)] == [
        (3, "bold and a link"),
        (7, "tag turned"),
    ]


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("company: orcale\ninterviewed: 2026-11-16", 'Did you mean "oracle"?'),
        ("company: oracle\ninterviewed: 2026-02-31", '"2026-02-31" is not a date.'),
        ("company: oracle\ninterviewed: soon", '"soon" is not a date.'),
        ("company: oracle", 'The key "interviewed" is missing.'),
        ("company: oracle\ninterviewd: 2026-11-16", 'Did you mean "interviewed"?'),
        ("company: oracle\ninterviewed: 2026-11-16\nstatus: hoping", '"hoping" is not known'),
        ("company: oracle\ninterviewed: 2026-11-16\ninterviewers: [{name: A, email: x}]", "mail"),
        (
            "company: oracle\ninterviewed: 2026-11-16\ninterviewers: [{name: A, timezone: X}]",
            "zone",
        ),
        ("", "missing"),
    ],
)
def test_a_mistake_in_the_head_leaves_the_note_out(head: str, what: str) -> None:
    """With its line in the file and what to do."""
    interview, problems = parse_note(note(head), "o.md", COMPANIES, PARIS)

    assert interview is None
    assert any(what in f"{problem.what} {problem.todo}" for problem in problems), problems


def test_a_day_that_does_not_exist_is_told_beside_other_mistakes() -> None:
    """Nobody mends a head in two rounds."""
    head = "company: oracle\ninterviewed: 2026-11-31\nstatus: wating\ndecisoin_expected: soon\n"
    interview, problems = parse_note(f"---\n{head}---\n", "n.md", COMPANIES, UTC)
    assert interview is None
    told = " ".join(problem.what for problem in problems)
    assert len(problems) == 3
    assert all(word in told for word in ("2026-11-31", "wating", "decisoin_expected"))


@pytest.mark.parametrize("dashes", ["--", "-", "----", "—", "–––"])
def test_a_head_that_begins_with_other_dashes_is_a_mistake(dashes: str) -> None:
    """Its lines would be read as talk, and nobody would be greeted by name."""
    head = "company: oracle\ninterviewed: 2026-11-24\ninterviewers:\n  - {name: Renata Kowal}\n"
    interview, problems = parse_note(f"{dashes}\n{head}---\n- tills\n", "n.md", COMPANIES, UTC)
    assert interview is None
    assert [(problem.line, problem.level) for problem in problems] == [(1, "error")]
    assert "three dashes" in problems[0].todo


def test_warnings_leave_the_note_in() -> None:
    """A decision before the interview, one name twice, two days: said, and gone on with."""
    head = (
        "company: oracle\ninterviewed: 11/12/2026\ndecision_expected: 2026-11-01\n"
        "interviewers: [Ann Lee, Ann Lee]"
    )
    interview, problems = parse_note(note(head), "o.md", COMPANIES, PARIS)

    assert interview is not None
    assert [person.name for person in interview.people] == ["Ann Lee"]
    assert {problem.level for problem in problems} == {"warning"}
    assert len(problems) == 3
    assert "Friday 11 December 2026 or Thursday 12 November 2026" in problems[0].what


def test_headings_of_two_days_are_told() -> None:
    """One file may be two talks; one day, or a day in a line, says nothing."""
    head = "company: oracle\ninterviewed: 2026-11-16"
    body = "## First talk, 16.11.2026\n- boats\n## Nov 20, 2026\n- trains on 1.12.2026\n"
    _, problems = parse_note(note(head, body), "o.md", COMPANIES, PARIS)
    assert [problem.level for problem in problems] == ["warning"]
    assert "2026-11-16 (line 5), 2026-11-20 (line 7)" in problems[0].what
    assert parse_note(note(head, body.replace("20, ", "16, ")), "o.md", COMPANIES, PARIS)[1] == []


def test_what_is_not_to_be_mentioned_is_no_part_of_a_line() -> None:
    """What else the line says stays; a line of nothing else is used for nothing."""
    body = (
        "## In the office\n- Renata: boat photo, her divorce - don't mention it\n"
        "- Imran: never ask about Leeds\n## Don't mention\n- the merger\n## My angle\n- ran a port"
    )
    found = list(note_lines(body, "n.md", 1, PEOPLE))
    assert [(item.section, item.text, item.avoided) for item in found] == [
        ("office", "boat photo", "her divorce"),
        ("other", "never ask about Leeds", "Leeds"),
        ("other", "the merger", "the merger"),
        ("angle", "ran a port", ""),
    ]


def test_a_profile_is_a_line_for_each_skill() -> None:
    """Headings are no skills."""
    profile, problems = parse_profile("# Skills\n- SQL\n- sailing\n", "data/profile.md")

    assert problems == []
    assert [(line.line, line.section, line.text) for line in profile.lines] == [
        (2, "profile", "SQL"),
        (3, "profile", "sailing"),
    ]


def test_line_numbers_are_those_of_editors() -> None:
    """Page and line breaks that come along from elsewhere divide a line, and are not counted."""
    body = "- cranes\x0c- trucks\u2028- quay\r- night\r\n- boat\x85- mug\n- chess\n"
    told = [f"{line} {text}" for line, _, _, text in lines(body)]
    assert told == ["1 cranes", "1 trucks", "1 quay", "2 night", "3 boat", "3 mug", "4 chess"]


@given(st.text(alphabet=st.sampled_from("#-*>`: \n<!->[]()_~1.ab—\t\u202e\x00'é日"), max_size=200))
def test_no_jotting_raises(body: str) -> None:
    """Each line lies in the file and holds something to read, without control characters."""
    for line, _, _, text in lines(body):
        assert 1 <= line <= len(body.splitlines()) + 1
        assert any(letter.isalnum() for letter in text)
        assert text.isprintable() or "\u3000" in text


@given(st.text(max_size=200), st.text(max_size=100))
def test_no_note_raises(head: str, body: str) -> None:
    """An interview, or problems."""
    interview, problems = parse_note(note(head, body), "o.md", COMPANIES, PARIS)
    assert interview is not None or problems


def test_by_when_they_decide_may_stand_in_words() -> None:
    """It counts from the day of the talk, and `check` says which day was understood."""
    head = "company: oracle\ninterviewed: 2026-11-16\ndecision_expected: end of next week\n"
    interview, problems = parse_note(note(head, ""), "o.md", COMPANIES, PARIS)
    assert interview is not None
    assert interview.decision_expected == date(2026, 11, 27)
    assert [(one.level, one.line) for one in problems] == [("remark", 4)]
    assert "Friday 27 November 2026" in problems[0].what


@pytest.mark.parametrize("heading", ["Schrank, Fensterbank", "Auf dem Schrank"])
def test_what_stands_on_a_shelf_is_no_part_of_the_talk(heading: str) -> None:
    assert section_of(heading) == "office"


@pytest.mark.parametrize(
    ("logistics", "first", "second", "taboo"),
    [
        ("LOGISTICS", "RENATA K.", "IMRAN S.", "HANDS OFF"),
        ("== Logistics ==", "== Renata K. ==", "== Imran S. ==", "== Don't mention =="),
        ("--- logistics ---", "--- Renata ---", "--- Imran ---", "--- hands off ---"),
    ],
)
def test_headings_in_capitals_and_drawn_ones_lose_no_line(
    logistics: str, first: str, second: str, taboo: str
) -> None:
    """What stands under a person's name was talked about, though logistics stood before it."""
    body = (
        f"{logistics}\nVisitor bay 7, badge printer broken.\n"
        f"{first}\n312 pumping stations, wet wipes.\nin her office: a bell rope\n"
        f"{second}\nLeakage target missed three years running.\n"
        f"{taboo}\nSallow Beck.\n"
    )
    assert [
        (section, person.split()[0] if person else "") for _, section, person, _ in lines(body)
    ] == [
        ("other", ""),
        ("discussed", "Renata"),
        ("office", "Renata"),
        ("discussed", "Imran"),
        ("other", ""),
    ]
