"""People as one writes them, with title and address, each once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.workspace.written_people import people_in


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Müller, Jörg <j@x.example>", ["Jörg Müller||j@x.example"]),
        ("Jane Doe, Head of Yield; John Roe", ["Jane Doe|Head of Yield|", "John Roe||"]),
        ("Jane Doe, John Roe", ["Jane Doe||", "John Roe||"]),
        ("Jane Doe and John Roe", ["Jane Doe||", "John Roe||"]),
        ("Jane and John", ["Jane||", "John||"]),
        ("Priya Raman - brewmaster, and Joe", ["Priya Raman|brewmaster|", "Joe||"]),
        ("Dr. Jana Vogt, CTO <j@x.example>; Piet Sommer",
         ["Dr. Jana Vogt|CTO|j@x.example", "Piet Sommer||"]),
        ('"Müller, Jörg" <j@x.example>, Doe, Jane <d@x.example>',
         ["Jörg Müller||j@x.example", "Jane Doe||d@x.example"]),
        ("Vogt, Dr. Anna; van der Berg, Jan", ["Dr. Anna Vogt||", "Jan van der Berg||"]),
        ("Anna Öst, CTO, anna@b.example", ["Anna Öst|CTO|anna@b.example"]),
        ("Jane Doe (Head of Yield), John Roe (recruiter)",
         ["Jane Doe|Head of Yield|", "John Roe|recruiter|"]),
        ("- Jane Doe – CTO\n- John Roe: VP Sales", ["Jane Doe|CTO|", "John Roe|VP Sales|"]),
        ("Piet Sommer, Leiter Zoll, Jana Lund, Personalreferentin",
         ["Piet Sommer|Leiter Zoll|", "Jana Lund|Personalreferentin|"]),
        ("Frau Sommer und Herr Dr. Vogt", ["Frau Sommer||", "Herr Dr. Vogt||"]),
        ("Jane Doe, PhD, +49 170 1234567", ["Jane Doe||"]),
        ("jane.doe@x.example", ["Jane Doe||jane.doe@x.example"]),
        ("info@x.example", ["||info@x.example"]),
        ("[Jane Doe](mailto:j@x.example)", ["Jane Doe||j@x.example"]),
        ("Jane Doe <j@x.example>; Jane Doe, CTO", ["Jane Doe|CTO|j@x.example"]),
        ("Mrs Oyelaran matron, and Sunita from HR", ["Mrs Oyelaran|matron|", "Sunita|HR|"]),
        ("Frau Maier aus dem Einkauf", ["Frau Maier|Einkauf|"]),
        ("Jean du Pont; Ulla von der Leyen", ["Jean du Pont||", "Ulla von der Leyen||"]),
        ("Tom Fox, head of sales and Ann Lee, cto", ["Tom Fox|head of sales|", "Ann Lee|cto|"]),
        ("Jane Doe, head of Sales and Marketing", ["Jane Doe|head of Sales and Marketing|"]),
        ("Dana Wu <dana@x.example", ["Dana Wu||dana@x.example"]),  # the ">" was forgotten
        ("Dana Wu, ops <dana@x.example; Peter Ba", ["Dana Wu|ops|dana@x.example", "Peter Ba||"]),
        ("Jane Doe <j at x>", ["Jane Doe||j at x"]),  # no address: told where it is read
        ("María García López y Juan Pérez", ["María García López||", "Juan Pérez||"]),
        ("王伟; Wei Ling", ["王伟||", "Wei Ling||"]),
        ("the CTO", ["|the CTO|"]),
        ("M. Thierry Baud (DRH)", ["M. Thierry Baud|DRH|"]),
        ("M. Thierry Baud, DRH", ["M. Thierry Baud|DRH|"]),
        ("Anna Berg (PDG); Paul Lenz (HRBP)", ["Anna Berg|PDG|", "Paul Lenz|HRBP|"]),
        ("Anna Berg, DRH <a@x.example>", ["Anna Berg|DRH|a@x.example"]),
        ("Anna Berg, RRH, Paul Lenz, DAF/DSI", ["Anna Berg|RRH|", "Paul Lenz|DAF/DSI|"]),
        ("Anna Berg - DG; Paul Lenz: GF", ["Anna Berg|DG|", "Paul Lenz|GF|"]),
        ("Anna Berg DRH; Frau Lenz PL", ["Anna Berg|DRH|", "Frau Lenz|PL|"]),
        ("DRH Anna Berg; CEO: Paul Lenz", ["Anna Berg|DRH|", "Paul Lenz|CEO|"]),
        ("Anna Berg, DRH France, TA", ["Anna Berg|DRH France, TA|"]),
        ("Ana Gil, RRHH y Luis Mora, DG", ["Ana Gil|RRHH|", "Luis Mora|DG|"]),
        ("Berg, Anna, DRH <a@x.example>", ["Anna Berg|DRH|a@x.example"]),
        ("Jane Cho, COO; Mei Cao", ["Jane Cho|COO|", "Mei Cao||"]),  # names, not posts
        ("NGUYEN TA; TA HONG", ["NGUYEN TA||", "TA HONG||"]),
        ("Maureen Okafor, head of retail ops + Dave Pritchard area manager south",
         ["Maureen Okafor|head of retail ops|", "Dave Pritchard|area manager south|"]),
        ("Maureen Okafor (buyer) and Dave Pritchard, area manager",
         ["Maureen Okafor|buyer|", "Dave Pritchard|area manager|"]),
        ("Frau Dr. Ada Vogt (Leiterin) und Jörg", ["Frau Dr. Ada Vogt|Leiterin|", "Jörg||"]),
        ("Pilar Otero (directora) y Ramón Gil", ["Pilar Otero|directora|", "Ramón Gil||"]),
        ("Mme Odile Ferrand (gérante) et Idris Benali, chef de culture",
         ["Mme Odile Ferrand|gérante|", "Idris Benali|chef de culture|"]),
        ("Joan Whit, chief librarian and Kwame Asante, outreach",
         ["Joan Whit|chief librarian|", "Kwame Asante|outreach|"]),
        ("Jörg Thom - Leiter Service und Frau Petersen - Inhaberin",
         ["Jörg Thom|Leiter Service|", "Frau Petersen|Inhaberin|"]),
        ("Kwame Asante (books + outreach)", ["Kwame Asante|books + outreach|"]),
        ("Jane Doe, head of sales and Customer Success",
         ["Jane Doe|head of sales and Customer Success|"]),
        (" ; ,", []),
    ],
)  # fmt: skip
def test_people_are_told_apart(text: str, people: list[str]) -> None:
    """Each as name, title and address."""
    assert [f"{one.name}|{one.title}|{one.email}" for one in people_in(text)] == people


@settings(max_examples=50)
@given(st.text(alphabet='AanB,; <>@.()"-:&\n\u202eé', max_size=60))
def test_no_text_raises(text: str) -> None:
    """Whatever is pasted, nothing in it steers a terminal."""
    for person in people_in(text):
        assert f"{person.name}{person.title}{person.email}".isprintable()
