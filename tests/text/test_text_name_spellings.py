"""A name is found as people write it, and nowhere else."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.company_forms import forms_of
from pipeline.text.name_spellings import AnyOf, phrase, spelling


def names(*written: str) -> AnyOf:
    """Return a company's names with those that follow from them."""
    return AnyOf(spelling(form) for name in written for form in (name, *forms_of(name)))


SPELT = {
    "Coca-Cola": ("Coca-Cola", "Coca Cola", "CocaCola", "COCA-COLA", "Coca‑Cola", "Coca–Cola"),
    "Coca Cola": ("Coca-Cola", "Coca Cola", "CocaCola", "Cocacola"),
    "Johnson & Johnson": ("Johnson and Johnson", "Johnson&Johnson", "Johnson und Johnson"),
    "Marks and Spencer": ("Marks & Spencer", "MARKS & SPENCER", "Marks + Spencer"),
    "Kühne + Nagel": ("Kühne & Nagel", "Kuehne+Nagel", "Kuhne und Nagel", "KÜHNE + NAGEL"),
    "Nestlé": ("Nestle", "NESTLE", "NESTLÉ", "Nestle\u0301"),
    "Müller": ("Müller", "Mueller", "Muller", "MUELLER"),
    "A.P. Møller – Mærsk A/S": ("A.P. Moller-Maersk", "AP Møller Mærsk", "A. P. Moller - Maersk"),
    "McDonald's": ("McDonald’s", "McDonalds", "MCDONALD'S", "Mcdonald's", "McDonald´s"),
    "L'Oréal": ("L’Oréal", "L'Oreal", "L'OREAL"),
    "IBM": ("I.B.M.", "I. B. M.", "IBM", "\uff29\uff22\uff2d"),
    "I.B.M.": ("IBM", "I.B.M."),
    "NVIDIA": ("Nvidia", "NVIDIA", "Nvi\u00addia", "N\u200bvidia"),
    "adidas AG": ("Adidas", "adidas", "ADIDAS"),
    "Open AI": ("OpenAI", "Open-AI"),
    "PayPal": ("Paypal", "PAYPAL", "Pay Pal"),
    "JPMorgan": ("JP Morgan", "J.P. Morgan", "JPMorgan", "JPMORGAN"),
    "J.P. Morgan": ("JPMorgan", "JP Morgan", "J. P. Morgan"),
    "Yahoo!": ("Yahoo", "Yahoo!", "YAHOO"),
    "Yum! Brands": ("Yum Brands", "Yum! Brands", "YUM BRANDS"),
    'Toys "R" Us, Inc.': ("Toys R Us", "TOYS R US"),
    "E.ON SE": ("E.ON", "EON", "E. ON"),
    "BANK OF AMERICA CORPORATION": ("Bank of America", "BANK OF AMERICA"),
    "The Boeing Company": ("Boeing", "BOEING"),
    "Amazon.com, Inc.": ("Amazon", "Amazon.com"),
    "Acme Robotics GmbH & Co. KG (formerly Zorbix)": ("Acme Robotics", "Zorbix"),
    "International Business Machines (IBM)": ("IBM", "International Business Machines"),
    "Koninklijke Philips N.V.": ("Philips",),
    "Grupo Bimbo, S.A.B. de C.V.": ("Grupo Bimbo",),
    "株式会社日立製作所": ("日立製作所",),
    "삼성전자": ("삼성전자가", "삼성전자"),
}


@pytest.mark.parametrize(
    ("name", "written"), [(name, written) for name, all_ in SPELT.items() for written in all_]
)
def test_a_name_is_found_as_people_write_it(name: str, written: str) -> None:
    """In mid-sentence, and what is found is what was written."""
    found = names(name).search(f"Talks with {written}, it says.")
    assert found is not None
    assert written.removesuffix("가").removesuffix(".") in found.text + "!"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SAP", "Maple sap flows early"),
        ("SAP", "Sap is flowing"),
        ("Target", "It hits its target"),
        ("Nestle", "Nestlé opens"),  # never the other way round
        ("Muller", "Müller opens"),
        ("Metal", "Metallica plays"),
        ("Apple", "Apples are cheap this autumn"),
        ("Apple", "The price of Apples Is Up"),
        ("3M", "It raised $3M and 1.3M followed"),
        ("Meta", "write to jo@meta.example or @Meta"),
        ("AT&T", "AT the T junction"),
        ("Best Buy", "the best buy of the year"),
        ("Sun Day", "It rains on Sunday"),
        ("Acme (UK)", "The UK opens"),
        ("X", "Xenon prices rise"),
    ],
)
def test_by_chance_a_name_is_not_found(name: str, told: str) -> None:
    """A word of the same letters is another word."""
    assert not AnyOf(spelling(one) for one in (name, *forms_of(name, frozenset({"uk"})))).is_in(
        told
    )


@pytest.mark.parametrize("told", ["OpenAIが物流", "新しいOpenAI", "по OpenAIу"])
def test_a_letter_of_another_script_is_no_neighbour(told: str) -> None:
    """Japanese writes no blank between a foreign name and its particle."""
    assert names("OpenAI").is_in(told)


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ("Infineons Umsatz steigt mit Chips für Roboter", True),
        ("Infineons Gewinn sinkt", True),
        ("Infineons are not a thing in the town", False),
    ],
)
def test_a_german_genitive_has_no_apostrophe(told: str, there: bool) -> None:
    """In English the same letters are a plural."""
    assert names("Infineon").is_in(told) == there


@pytest.mark.parametrize(
    "word", ["C++", ".NET", "C#", "e-commerce", "oracle of Delphi", "a|b", "(x"]
)
def test_a_phrase_is_found_whole_and_in_any_case(word: str) -> None:
    """With its signs, which are letters and no pattern."""
    assert AnyOf([phrase(word)]).is_in(f"on {word.upper()} today")
    assert not AnyOf([phrase(word)]).is_in(f"on q{word.upper()}q today")


def test_what_is_found_is_shown_as_it_was_written() -> None:
    """Though it was compared without its soft hyphen and with its accent composed."""
    text = "Bei Cafe\u0301 Nord\u00adhafen und Nord-\u00adhafen"
    found = names("Nordhafen").findall(text)
    assert [one.text for one in found] == ["Nord\u00adhafen"]
    assert names("Nordhafen").sub("X", text) == "Bei Cafe\u0301 X und Nord-\u00adhafen"


# ------------------------------------------------------------------------------------- properties

# Syllables of no language: what they make is no word in the sentences below.
_SYLLABLES = "zor bix quem vast plim nerd grolf tyx dram kelv wop jund frem skal thoz".split()
_STEMS = [a + b for a in _SYLLABLES for b in _SYLLABLES if a != b]
MADE = [stem.capitalize() for stem in _STEMS[:60]]
MADE += [
    f"{a.capitalize()} {b.capitalize()}"
    for a, b in zip(_STEMS[60:110], _STEMS[70:120], strict=True)
]
MADE += [
    f"{a.capitalize()}-{b.capitalize()}" for a, b in zip(_STEMS[90:120], _STEMS[20:50], strict=True)
]
MADE += [
    f"{a.capitalize()} & {b.capitalize()}" for a, b in zip(_STEMS[5:25], _STEMS[45:65], strict=True)
]
PUBLIC = (
    "Siemens|Bosch|Lufthansa|Nestlé|Danone|L'Oréal|Société Générale|Crédit Agricole|Saint-Gobain|"
    "Hermès|Citroën|Ørsted|Mærsk|Novo Nordisk|Electrolux|Ericsson|Nokia|Kone|Heineken|Philips|"
    "Ahold Delhaize|Telefónica|Inditex|Iberdrola|Pirelli|Barilla|Luxottica|Roche|Novartis|Swatch|"
    "Raiffeisen|Škoda|Orlen|Gedeon Richter|Coca-Cola|Hewlett-Packard|Rolls-Royce|Harley-Davidson|"
    "Procter & Gamble|Johnson & Johnson"
).split("|")
NAMES = [*MADE, *PUBLIC]
FORMS = (
    "GmbH",
    "AG",
    "SE",
    "Inc.",
    "Ltd",
    "S.A.",
    "S.p.A.",
    "B.V.",
    "A/S",
    "Oy",
    "K.K.",
    "PLC",
    "LLP",
)


def spellings_of(name: str) -> list[str]:
    """Return a dozen ways to write a name."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return [
        name,
        name.upper(),
        unicodedata.normalize("NFD", name),
        plain.replace("Ø", "O").replace("æ", "ae"),
        name.replace("-", " "),
        name.replace("-", "‑"),
        name.replace(" & ", " and ") if "&" in name else name.replace(" ", "-"),
        name.replace("'", "’"),
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c.isalnum() else c for c in name),
        name[:3] + "\u00ad" + name[3:],
        name.replace(" ", "\u00a0"),
        name + "’s",
    ]


def test_200_names_are_found_in_12_spellings_each() -> None:
    """Names of no language, and public ones with accents, hyphens and signs."""
    missed = [
        (name, written)
        for name in NAMES
        for written in spellings_of(name)
        if not names(name).is_in(f"On Monday {written} opened a hub.")
    ]
    assert len(NAMES) == 200
    assert not missed


def test_200_sentences_that_hold_a_name_by_chance_have_none() -> None:
    """Within a longer word, in small letters, in an address."""
    chance = [
        template.format(name, name.lower())
        for name, template in zip(
            NAMES,
            ("a {1} of x", "the {0}esque x", "pre{1} x", "x@{1}.example", "the un{0} x") * 40,
            strict=True,
        )
    ]
    found = [
        (name, told) for name, told in zip(NAMES, chance, strict=True) if names(name).is_in(told)
    ]
    assert not found


@given(st.sampled_from(NAMES), st.sampled_from(FORMS), st.booleans())
def test_a_legal_form_is_no_part_of_what_the_news_say(name: str, form: str, comma: bool) -> None:
    """Whatever the form, and with a comma before it or none."""
    official = f"{name}{',' if comma else ''} {form}"
    assert names(official).is_in(f"On Monday {name} opened a hub.")


@given(st.text(max_size=30), st.text(max_size=60))
def test_no_name_is_too_strange(name: str, text: str) -> None:
    """A name may be any text, a regular expression, too; its places stand in what was written."""
    for one in (spelling(name), phrase(name)):
        for found in AnyOf([one]).findall(f"{text} {name} {text}"):
            assert f"{text} {name} {text}"[found.begin : found.end] == found.text


@given(
    st.sampled_from([*NAMES, "IBM", "A.P. Quem", "日立", "PayPal"]), st.text(max_size=20), st.data()
)
def test_a_quick_look_sees_whatever_is_found(name: str, around: str, data: st.DataObject) -> None:
    """It reads the text without making it comparable, unless letters may hide in it."""
    written = data.draw(st.sampled_from(spellings_of(name)))
    text = f"{around} {written} {around}"
    assert names(name).is_in(text) == bool(names(name).findall(text))


@pytest.mark.parametrize("name", ["a+", "(", "[x", "x{2}", ".*", "\\", "a|", "(?i)b", "^", "$$"])
def test_a_name_that_is_a_regular_expression_is_a_name(name: str) -> None:
    """It is found as it is, and finds nothing else."""
    assert names(name).is_in(f"say {name} now")
    assert not re.search("Z", "".join(one.text for one in names(name).findall("ZZZ")))
