"""Which stories have to do with a company: names that are also words, places, people, teams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Company, Story
from pipeline.relevance import companies
from pipeline.relevance.terms import words_of
from tests.relevance.world import mention, story

RALLY = Company("rally", "Rally", ("Rally Ltd",), industry=("charity software",))
ORACLE = Company("oracle", "Oracle", ("Oracle Corp", "ORCL"), ("Oracle Arena",), ("database",))
UNITED = Company("united", "United Airlines", ("United", "UAL"), industry=("airline",))
FOX = Company("fox", "Fox", ("Fox News",), industry=("television",))

# How the papers use these words when the company is not meant.
USAGE = (
    "They rally behind him. A rally in Ohio. The rally went on; fans rally again.",
    "An oracle of finance, as the oracle said, was heard.",
    "The talks in the United States ended.",
    "A spokesman for the United Nations spoke of the United Nations.",
    "It was won by Manchester United, and Manchester United went on.",
    "He met the president of the United States.",
    "Then Vicente Fox spoke; and Vicente Fox left.",
)


@pytest.mark.parametrize(
    ("company", "told"),
    [
        (RALLY, story("Loeb wins the rally", "The driver took the rally by a minute.")),
        (RALLY, story("Loeb Wins Corsica Rally After Late Drama in Final Stage")),
        (RALLY, story("Stocks rally as oil falls", "Shares rose on Friday.")),
        (ORACLE, story("Warriors open at Oracle Arena", "The season began with a victory.")),
        (UNITED, story("Ferguson praises United", "Manchester United won their cup match.")),
        (UNITED, story("UNITED NATIONS: aid", "UNITED NATIONS - The council met on Monday.")),
        (UNITED, story("Vietnam Airlines flies on", "The airline will fly to the United States.")),
        (FOX, story("Fox to visit Chile", "Mexico's president Vicente Fox said he would go.")),
        (FOX, story("Police find car", "The car was found, according to Fox News on Friday.")),
        (ORACLE, story("Nothing of it", "An article on something else.")),
    ],
)
def test_other_bearers_of_the_name_are_not_the_company(company: Company, told: Story) -> None:
    """Sport, places, people, countries and sources that share a name are told apart."""
    assert mention(company, told, *USAGE).about == "none"


@pytest.mark.parametrize(
    ("company", "told"),
    [
        (RALLY, story("Rally Ltd opens an office", "The firm has 14 people.")),
        (RALLY, story("Charities pick new tool", "They bought software that Rally launched.")),
        (ORACLE, story("Oracle buys a rival", "The database maker said on Monday.")),
        (ORACLE, story("ORCL shares rise")),
        (UNITED, story("United cuts fares", "The airline said its passengers would pay less.")),
        (UNITED, story("United Airlines adds routes")),
        (FOX, story("Fox launches a channel", "The television company said it has a deal.")),
    ],
)
def test_the_company_itself_is_recognised(company: Company, told: Story) -> None:
    """A full form, a ticker, or an ordinary word in the company of its trade is enough."""
    assert mention(company, told, *USAGE).about == "about"


THORNBURY = Company("t", "Thornbury Bakers", ("Thornbury", "Thornbury Bakery"), industry=("bread",))
BATH = Company("bath", "Bath Building Society", ("Bath",), industry=("mortgage",))


@pytest.mark.parametrize(
    ("company", "title", "is_meant"),
    [
        (THORNBURY, "Thornbury man arrested after pub fight", False),
        (THORNBURY, "Fire in Thornbury leaves two hurt", False),
        (THORNBURY, "Crash near Thornbury closes road", False),
        (BATH, "Bath named the prettiest city", False),
        (BATH, "Two hurt in Bath", False),
        (THORNBURY, "Thornbury opens three shops", True),
        (THORNBURY, "Thornbury Bakery fined over mice", True),
        (THORNBURY, "Bread prices up in Thornbury Bakers", True),
        (BATH, "Bath cuts its mortgage rates, customers cheer", True),
        (BATH, "Bath Building Society closes branches", True),
    ],
)
def test_an_alias_that_is_a_place_needs_another_sign(
    company: Company, title: str, is_meant: bool
) -> None:
    """Of a town that is known, any; of one that is not, where people or streets are spoken of."""
    assert (mention(company, story(title)).about != "none") is is_meant


def test_which_aliases_are_places_or_words_is_told() -> None:
    """Beside another name of the company; its own name is what it is."""
    sharp = Company("sharp", "Sharp Electronics", ("Target", "Bath", "Sharpline"))
    assert companies.doubtful(sharp) == (("Target", "word"), ("Bath", "place"))
    assert companies.doubtful(Company("bath", "Bath", ("Bath",))) == ()


def test_a_phrase_of_the_not_list_is_named_in_the_reason() -> None:
    """The user sees that the own `not:` list decided."""
    found = mention(ORACLE, story("Concert at the Oracle Arena tonight"), *USAGE)
    assert found.reason == '"Oracle Arena" is on your `not:` list'


def test_the_not_list_does_not_hide_other_mentions() -> None:
    """A story on the company that also names the arena stays."""
    told = story("Oracle Corp sells naming rights", "Oracle Arena gets another name.")
    assert mention(ORACLE, told, *USAGE).about == "about"


def test_named_late_is_mentioned() -> None:
    """What is named in passing, far down, is not what the story is about."""
    told = story("SAP grows", f"{'The German firm sold more licences. ' * 8}Oracle Corp did not.")
    assert mention(ORACLE, told, *USAGE).about == "mentioned"


def test_a_name_inside_a_word_or_an_address_does_not_count() -> None:
    """Names are whole words."""
    told = story("Oracles speak", "See www.oracle.com and @Oracle for #noracle.")
    assert mention(ORACLE, told, *USAGE).about == "none"


def test_own_news_needs_no_name() -> None:
    """On the company's own blog every article is about it."""
    names = companies.prepare(ORACLE, ())
    found = companies.find(names, story("Faster queries"), frozenset(), listed=True, own=True)
    assert (found.about, found.confidence) == ("about", 1.0)


def test_a_listed_feed_still_needs_the_name() -> None:
    """A news search for the company brings other things, too."""
    assert mention(ORACLE, story("Weather in Delphi"), listed=True).about == "none"


@pytest.mark.parametrize("name", ["palmOne", "PalmOne", "PALMONE", "PalmONE"])
def test_a_name_with_a_capital_inside_is_found_in_any_case(name: str) -> None:
    """Papers spell such names as they like."""
    assert mention(Company("palm", "palmOne"), story(f"{name} sells phones")).about == "about"


def test_a_name_without_spaces_around_it_is_found() -> None:
    """In Japanese and Chinese no space marks a whole word."""
    assert (
        mention(Company("toyota", "トヨタ自動車"), story("昨日トヨタ自動車は発表した")).about
        == "about"
    )


@given(
    name=st.text(min_size=1, max_size=20), title=st.text(max_size=80), text=st.text(max_size=200)
)
def test_no_name_and_no_text_is_too_strange(name: str, title: str, text: str) -> None:
    """Names and news are hostile: whatever they hold, an answer comes."""
    company = Company("x", name, (title,), (text,), (name,))
    assert mention(company, story(title, f"{text} {name} {title}")).about in (
        "about",
        "mentioned",
        "none",
    )


@pytest.mark.parametrize(
    ("text", "total"), [("VİSA kartları", 0), ("bir vısa", 0), ("Viſa", 1), ("VISA", 1), ("", 0)]
)
def test_a_foreign_i_does_not_stop_the_counting(text: str, total: int) -> None:
    """Turkish İ and ı are not an i, though a search that ignores capitals finds them."""
    usage = companies.Usage(Company("visa", "Visa"))
    usage.see(text)
    assert [counted.total for counted in usage.counted()] == [total]


AMERICAN = Company("american", "American Airlines", ("American",), industry=("airline",))


@pytest.mark.parametrize(
    "told",
    [
        story("American soldiers leave Iraq", "The American soldiers said they were glad."),
        story("Two American companies win", "American business and American firms did well."),
        story("Record for an American", "An American won the race, American officials said."),
    ],
)
def test_a_nationality_is_not_the_company(told: Story) -> None:
    """American is written with a capital whatever it means: the capital says nothing."""
    assert mention(AMERICAN, told).about == "none"


@pytest.mark.parametrize(
    "told",
    [
        story("American Airlines adds routes"),
        story("American cuts fares", "The airline said that American's passengers pay less."),
    ],
)
def test_a_company_named_after_a_nationality_is_recognised(told: Story) -> None:
    """The full name is enough; the nationality alone needs its trade beside it."""
    assert mention(AMERICAN, told).about == "about"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The bridge is closed until Tuesday. -The Washington Post", "none"),
        ("The bridge is closed until Tuesday. — Washington Post.", "none"),
        ("The Washington Post said on Tuesday that it would hire.", "about"),
    ],
)
def test_a_signature_is_not_news_about_the_paper(text: str, about: str) -> None:
    """A paper that signs an article at its end only brought it."""
    post = Company("post", "The Washington Post", ("Washington Post",), industry=("newspaper",))
    assert mention(post, story("A report of the day", text)).about == about


def test_a_german_noun_before_a_name_makes_no_other_name() -> None:
    """Every German noun has a capital: "der Chiphersteller Infineon" is Infineon."""
    told = story(
        "Infineon-Chef: Ohne uns fährt kein Auto allein",
        "Der Chiphersteller Infineon will in den nächsten Jahren mehr Chips für die Autos bauen.",
    )
    found = mention(Company("infineon", "Infineon", industry=("chips",)), told, told.lead.text)
    assert found.about == "about"


def test_an_agency_s_mark_is_no_ticker() -> None:
    """The letters in brackets after a title say who brings the news."""
    summit = Company("summit", "Summit", ("Summit Sweeps",), industry=("chimneys",))
    used = ("They met at the summit. A summit was held; the summit failed.",)
    told = story("Iran sees no reason for Iraq Summit (AP)", "The envoys of Iraq's neighbours met.")
    assert mention(summit, told, *used).about == "none"
    assert mention(summit, story("Profit rises at Summit (SMT)"), *used).about == "about"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("NVIDIA", "Nvidia opens a robot lab"),
        ("adidas AG", "Adidas raises its outlook"),
        ("Nestlé S.A.", "Nestle opens a cold-chain hub"),
        ("Merrin Robotics GmbH & Co. KG", "Merrin Robotics opens a plant"),
        ("Merrin Robotics, Inc. (formerly Zorbix)", "Zorbix opens a plant"),
        ("Coca-Cola", "Coca Cola opens a hub"),
        ("OpenAI", "OpenAIが物流の新サービスを発表"),
        ("Yahoo!", "Yahoo opens a logistics desk"),
    ],
)
def test_an_official_name_is_recognised_as_the_news_write_it(name: str, title: str) -> None:
    """Its spelling and its short forms need no alias."""
    assert mention(Company("it", name), story(title)).about == "about"


def test_a_name_in_small_letters_is_one_where_it_acts() -> None:
    """Who writes adidas so is not told that it is an ordinary word, as "sharp" is."""
    usage = companies.Usage(Company("it", "adidas"))
    usage.see("adidas raises its outlook")
    usage.see("a pair of adidas on the floor")
    assert {item.lower for item in usage.counted()} == {1}


@pytest.mark.parametrize(
    ("text", "lower"),
    [
        ("More at https://www.merrin.example/dp/B09 today", 0),
        ("merrin.example and @merrin say so", 0),
        ("https://post.example/news/report-merrin-opens-plant", 0),
        ("an old merrin, and merrin-thin. Yes", 2),
    ],
)
def test_a_name_in_a_link_is_no_ordinary_word(text: str, lower: int) -> None:
    """Addresses are in small letters whatever the word; only the news' own use tells."""
    usage = companies.Usage(Company("merrin", "Merrin"))
    usage.see(text)
    assert [counted.lower for counted in usage.counted()] == [lower]


RAPID = Company("rapid", "Rapid", industry=("processors",))


@pytest.mark.parametrize(
    ("told", "about"),
    [
        (story("Laptop sale", "It runs on a Rapid Forge Ultra 9 processor."), "about"),
        (story("Derby", "The makers of processors met by the Rapid October 9 in Wien."), "none"),
        (story("Derby", "The cup went to Rapid Forge 2026, said a maker of processors."), "none"),
    ],
)
def test_a_model_with_its_number_speaks_for_a_company(told: Story, about: str) -> None:
    """What follows an ordinary word with a capital is another name, unless it is a model."""
    usage = ("A rapid river. The rapid train. A rapid answer.",)
    assert mention(RAPID, told, *usage).about == about


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Bahn", "Kind springt auf eine S-Bahn und stirbt"),
        ("Oracle", "Buffett, the 'Oracle of Omaha', retires at 95"),
        ("SAP", "Maple sap flows early this spring"),
    ],
)
def test_a_name_within_another_is_not_the_company(name: str, title: str) -> None:
    """Though its letters and its capital are there."""
    assert mention(Company("it", name), story(title)).about == "none"


def test_a_company_that_acts_needs_one_word_of_business_in_a_topic_s_story() -> None:
    """One that is only named needs two: it may be a boat."""
    names = companies.prepare(Company("it", "Zorbix"), ())

    def about(title: str) -> float:
        told, words = story(title), frozenset(words_of(title))
        return companies.find(names, told, words, listed=-1.0, own=False).confidence

    assert about("Zorbix to lay off 2,000 workers") >= companies.SURE_ENOUGH
    assert about("Workers walk past Zorbix in the rain") < companies.SURE_ENOUGH


# Official names as they stand on a letter, and headlines as the news would write them.
OFFICIAL = {
    "Siemens Aktiengesellschaft": ["Siemens wins rail order", "Siemens-Chef kündigt Stellen an"],
    "Volkswagen AG": ["Volkswagen cuts costs in Wolfsburg", "VOLKSWAGEN: strike ends"],
    "Robert Bosch GmbH": ["Robert Bosch opens a chip plant", "Bosch baut Werk in Dresden"],
    "BASF SE": ["BASF closes a plant", "BASF-Umsatz sinkt"],
    "Deutsche Lufthansa AG": ["Deutsche Lufthansa adds routes", "Lufthansa adds routes"],
    "The Boeing Company": ["Boeing delivers 40 jets"],
    "The Coca-Cola Company": ["Coca Cola opens a hub", "Coca-Cola raises outlook"],
    "International Business Machines Corporation (IBM)": ["IBM buys a rival", "I.B.M. cuts jobs"],
    "NVIDIA Corporation": ["Nvidia unveils a chip"],
    "Amazon.com, Inc.": ["Amazon opens a depot"],
    "Koninklijke Philips N.V.": ["Philips recalls devices"],
    "A.P. Møller – Mærsk A/S": ["A.P. Moller-Maersk orders ships", "Maersk opens a terminal"],
    "Novo Nordisk A/S": ["Novo Nordisk to cut 9,000 jobs"],
    "Nokia Oyj": ["Nokia wins 5G deal"],
    "KONE Oyj": ["Kone opens a lab", "KONE raises outlook"],
    "Telefonaktiebolaget LM Ericsson (publ)": ["LM Ericsson wins order"],
    "AB Volvo": ["Volvo recalls trucks"],
    "Nestlé S.A.": ["Nestle sells water brands", "Nestlé-Chef geht"],
    "L'Oréal S.A.": ["L’Oreal buys a brand"],
    "Société Générale SA": ["Societe Generale names chief"],
    "Enel S.p.A.": ["Enel builds a wind farm"],
    "Grupo Bimbo, S.A.B. de C.V.": ["Grupo Bimbo opens a bakery"],
    "Toyota Motor Corporation": ["Toyota Motor lifts forecast", "Toyota lifts forecast"],
    "Sony Group Corporation": ["Sony launches a camera"],
    "Samsung Electronics Co., Ltd.": ["Samsung Electronics posts profit", "Samsung opens a lab"],
    "HSBC Holdings plc": ["HSBC to close branches"],
    "Marks and Spencer Group plc": ["Marks & Spencer names chief", "MARKS AND SPENCER opens store"],
    "J Sainsbury plc": ["J Sainsbury cuts prices"],
    "Johnson & Johnson": ["Johnson and Johnson settles suit", "J&J opens a plant"],
    "McDonald's Corporation": ["McDonald’s to open 900 restaurants", "McDonalds raises prices"],
    "JPMorgan Chase & Co.": ["JPMorgan Chase hires bankers", "JP Morgan to open branches"],
    "adidas AG": ["Adidas wächst in China", "adidas names new chief"],
    "Kühne + Nagel International AG": [
        "Kuehne + Nagel International adds hub",
        "Kühne+Nagel baut ein Lager in Leipzig",
    ],
    "Meta Platforms, Inc. (formerly Facebook)": [
        "Meta Platforms fined",
        "Meta opens a data center",
        "Facebook sued",
    ],
    "CD PROJEKT S.A.": ["CD Projekt delays game"],
    "Nordhafen Logistics GmbH": ["Nordhafen: strike ends", "NORDHAFEN opens hub"],
    "Delta Air Lines, Inc.": ["Delta adds flights to Oslo"],
    "3M Company": ["3M to spin off a unit"],
    "H&M Hennes & Mauritz AB": ["H&M opens 30 stores"],
    "BMW Bayerische Motoren Werke AG": ["BMW opens a battery plant"],
    "Lidl Stiftung & Co. KG": ["Lidl Stiftung baut", "Lidl eröffnet Lager"],
}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Siemens Energy AG", "Siemens wins a rail order"),  # its mother
        ("Lufthansa Technik AG", "Lufthansa orders 20 jets"),
        (
            "Samsung Electronics Co., Ltd.",
            "The profit at Samsung Biologics rises again this year",
        ),  # its sister
        ("General Motors Company", "General says the war is won"),
        ("United Airlines Holdings", "United wins the derby"),
        ("Delta Air Lines, Inc.", "Delta variant returns in Asia"),
        ("Square, Inc.", "Crowds fill the Square on New Year"),
    ],
)
def test_a_short_form_is_not_what_others_are_called(name: str, title: str) -> None:
    """What tells a daughter from its mother stays, and an ordinary word needs its context."""
    assert mention(Company("it", name), story(title)).about == "none"


def test_official_names_find_their_headlines() -> None:
    """At least 95 of a hundred, without an alias."""
    told = [(name, title) for name, titles in OFFICIAL.items() for title in titles]
    missed = [
        (name, title)
        for name, title in told
        if mention(Company("it", name), story(title)).about != "about"
    ]
    assert len(OFFICIAL) >= 30
    assert len(missed) <= 0.05 * len(told), missed


@pytest.mark.parametrize(
    "title",
    [
        "Ryanair crash near Cork kills two",
        "Ryanair fire investigated",
        "Passengers stuck near Ryanair offices",
    ],
)
def test_a_crash_of_a_company_by_a_part_of_its_name_is_its_own(title: str) -> None:
    """No town's: the worst news of all must not be taken for a place's."""
    company = Company("ryanair", "Ryanair Holdings plc", ("Ryanair",))
    assert mention(company, story(title)).about == "about"
