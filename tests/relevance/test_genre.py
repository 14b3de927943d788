"""News, and what only looks like it: deals, lists, live pages, puzzles and their like."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import ModelDamaged
from pipeline.relevance import classifier, genre
from pipeline.relevance.genre import genre_of


def kind(title: str, link: str = "https://paper.example/a/1") -> str:
    return genre_of(title, "", link).kind


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Review ends without fine. From our February archive, reposted for readers.",
            "boilerplate",
        ),
        ("900 Tonnen Saat. Rückblick: Das meldeten wir heute vor einem Jahr.", "boilerplate"),
        ("The town archive reposted nothing for years.", "news"),
    ],
)
def test_what_is_printed_again_is_no_news(text: str, wanted: str) -> None:
    """Where the text says that it is old."""
    assert genre_of("Clean bill of health for Kestrane", text, "").kind == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Our columnist has had one for a week. Opinion.", "boilerplate"),
        ("Whoever says so, writes our columnist, has never dug.", "boilerplate"),
        ("The council has no opinion.", "news"),
    ],
)
def test_what_somebody_thinks_is_no_news(text: str, wanted: str) -> None:
    """Where the text says that it is an opinion, be it full of praise."""
    assert genre_of("Why Kestrane's meters are a good idea", text, "").kind == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("WagerKing promo code: get a $200 bonus for the play-offs", "deal"),
        ("The best kettles of 2026, tested and reviewed", "deal"),
        ("Kestrane's reader is $20 off right now", "deal"),
        ("How to watch Owls vs Bears: live stream, TV channel", "watch"),
        ("Live updates: mayor is sworn in", "live"),
        ("Holt v Prado: the darts final – live", "live"),
        ("Today's NYT Strands hints, answers and help for March 4", "puzzle"),
        ("Best bets for Saturday's play-offs", "odds"),
        ("Nimbic (NYSE:NMB) price target raised to $41.00 at Wexley", "stockbot"),
        ("Gold price in Karachi today", "stockbot"),
        ("Nimbic : analyse technique du jour, support à 6,40 €", "stockbot"),
        ("Ida Marsh obituary", "obituary"),
        ("Gridmoor (YC W21) is hiring a founding engineer", "jobs"),
        ("Snow on the Downs – in pictures", "boilerplate"),
        ("6/13: Evening Report", "boilerplate"),
        ("Global Gasket Market to reach $9.2 billion by 2033, CAGR 5.4%", "boilerplate"),
        ("Investor alert: deadline nears in the case against Lastrom", "boilerplate"),
        ("Full transcript of the minister's interview", "boilerplate"),
        ("Results: Perth, Forfar, Stranraer", "boilerplate"),
        ("Entries open for June trials in Kerry", "boilerplate"),
        ("Harbour Lights ending explained", "listicle"),
        ("7 tricks to free up space on a phone", "listicle"),
        ("Oboe reeds, box of ten, half price", "deal"),
        ("Used canoes from £180", "deal"),
        ("How to write a letter to a quarry", "listicle"),
        ("Satire: mayor paves the moon", "boilerplate"),
    ],
)
def test_a_sign_tells_the_kind(title: str, wanted: str) -> None:
    """A turn of phrase that only one kind has is enough."""
    assert kind(title) == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Elektriker (m/w/d) in Ulm", "jobs"),
        ("Liveticker zur Wahl in Hessen", "live"),
        ("Wo läuft das Pokalfinale?", "watch"),
        ("Codes promo : jusqu'à 20 euros chez Tavira", "deal"),
        ("Tapis de bain : -30 % avec le code MOUSSE", "deal"),
        ("Mots fléchés n° 2207", "puzzle"),
        ("Avis de décès : Jeanne Morel", "obituary"),
        ("El incendio, minuto a minuto", "live"),
        ("Horóscopo semanal", "puzzle"),
        ("Violons d'étude dès 89 euros", "deal"),
        ("Gebrauchte Kajaks ab 199 Euro", "deal"),
        ("Comment resserrer un écrou", "listicle"),
        ("Cómo encerar un kayak", "listicle"),
    ],
)
def test_signs_are_known_in_four_languages(title: str, wanted: str) -> None:
    """German, French and Spanish have signs of their own."""
    assert kind(title) == wanted


@pytest.mark.parametrize(
    ("news", "none"),
    [
        ("Deal near on fishing, says envoy", "Deals for today: a monitor, a chair"),
        ("Minister to watch merger talks", "How to watch the merger talks"),
        ("Coupon app Snipply raises $40m", "Snipply coupon code: 20% off"),
        ("Photographer of the famine dies at 81", "Photographs of the famine – in pictures"),
        ("Podcast firm lays off its hosts", "The minister who lied – podcast"),
        ("Crossword fans save a magazine", "Crossword answers for Monday"),
        ("Broker loses licence over price targets", "Price target cut to 9p at the broker"),
        ("10 people found guilty of harassing a mayor", "10 best people to follow"),
        ("Calves: live export to end in June", "Live: export vote in June"),
        ("Stranger left £3m to a lifeboat station", "Obituary notices: Stranger, John"),
        ("How to save a ferry: what Bergen did", "How to wax a ferry"),
        ("Ticket ab Januar in ganz Hessen gültig", "Ticket ab 9 Euro"),
        ("Half-price rail travel for under-25s from May", "Rail maps at half price"),
    ],
)
def test_news_with_the_same_words_stays_news(news: str, none: str) -> None:
    """Not the word counts but how it is used."""
    assert kind(news) == "news"
    assert kind(none) != "news"


@pytest.mark.parametrize(
    ("news", "advice"),
    [
        ("Why the mill in Porto is closing", "Why you should put your duvet in the freezer"),
        ("How to stop a port closing: a mayor tells", "How to stop your curtains smelling"),
        ("Warum die Werft Schichten streicht", "Warum Sie Kartoffeln nicht schälen sollten"),
        ("Comment Brest a perdu son usine", "Comment bien nettoyer ses rideaux"),
        ("Por qué cierra la fábrica de Vigo", "Por qué deberías dormir a oscuras"),
    ],
)
def test_advice_without_a_sign_is_told_from_news_that_begins_alike(news: str, advice: str) -> None:
    """What is to help the reader's household is no news, in four languages."""
    assert kind(news) == "news"
    assert kind(advice) == "listicle"


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [("podcasts", "boilerplate"), ("crosswords", "puzzle"), ("coupons", "deal")],
)
def test_a_publisher_sorts_by_folder(folder: str, wanted: str) -> None:
    """A link's folder says what no title does; the same letters in a name don't."""
    assert kind("Quillon opens plant", f"https://paper.example/{folder}/quillon") == wanted
    assert kind("Quillon opens plant", f"https://paper.example/a/{folder}-quillon") == "news"


def test_the_model_hears_what_no_rule_says() -> None:
    """A shop's offer without any sign is recognised by its words, which are shown."""
    found = genre_of("The cordless vacuum our tester swears by is down to £189", "", "")

    assert found.kind == "deal"
    assert found.words
    assert genre._by_rule("the cordless vacuum our tester swears by is down to £189", "") is None


def test_a_rule_shows_the_words_that_it_met() -> None:
    """`why` can say what decided."""
    assert genre_of("Ida Marsh obituary", "", "").words == ("obituary",)
    assert genre_of("Marsh", "", "https://paper.example/obituaries/m").words == ("/obituaries/",)
    assert genre_of("Hospital group Larchfield hacked", "", "").words == ()


@pytest.mark.parametrize(
    ("title", "perishes"),
    [
        ("Meteor shower peaks tonight over the north", True),
        ("Owls v Bears postponed after snow", True),
        ("Rail union votes on strike by Friday", True),
        ("Snipply coupon code: 20% off", True),
        ("Union votes for a strike", False),
        ("Ida Marsh obituary", False),
        ("Todayo, a start-up of Leeds, raises £3m", False),
    ],
)
def test_what_has_an_end_perishes(title: str, perishes: bool) -> None:
    """A fixture, a sale and "tonight" are of no use the day after; other news are."""
    assert genre_of(title, "", "").perishes is perishes


@pytest.mark.parametrize(
    "title", ["", " ", "Petrovance", "x" * 1000, "?" * 1000, "市場 の ニュース", "best " * 200]
)
def test_a_title_that_says_nothing_is_news(title: str) -> None:
    """Nothing is known against it, and it takes no time."""
    start = time.process_time()

    assert kind(title) == "news"
    assert time.process_time() - start < 0.5


@pytest.fixture
def no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    read = classifier.load.__wrapped__
    monkeypatch.setattr(classifier, "load", lambda name: read(name, tmp_path))
    yield


@pytest.mark.usefixtures("no_model")
def test_without_its_model_only_rules_answer() -> None:
    """Without the file, what no rule recognises is an error that names it, never "news"."""
    assert kind("Ida Marsh obituary") == "obituary"
    with pytest.raises(ModelDamaged, match=r"genre\.npz, which tells news from"):
        kind("Petrovance leaves the Arctic")
