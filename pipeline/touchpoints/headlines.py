"""Headlines inside a message: cleaned of what outlets add to them. Takes an article, gives text."""

from __future__ import annotations

from pipeline.records import Article
from pipeline.text.headlines import SMALL_WORDS, names_of, without_publisher
from pipeline.text.patterns import compiled_later
from pipeline.text.phrasing import shorten

LONGEST_TITLE = 110  # characters of a headline inside a sentence: two lines of a mail
MOST_TITLE_WORDS = 20
LONGEST_SOURCE = 40
MOST_SOURCE_WORDS = 6
LONGEST_LINK = 2_000  # characters: what browsers take; no border test: far beyond real values

_AGENCY = compiled_later(
    r"\s*\(([A-Z][\w&.]*(?: [A-Z][\w&.]*){0,2})\)\s*$"
)  # "(AP)", "(Ziff Davis)"
_LOOSE_QUOTE = compiled_later(r"(?<=\w) '(?=s\b| )")  # "Aaron 's record", as some feeds have it
_FRENCH_QUOTES = compiled_later(r"«\s*([^«»]*?)\s*»")
_CUT_OFF = compiled_later(
    r"(?: (?:a|an|the|of|in|on|at|as|to|for|and|or|with|by|from|that|his|her))+$"
)
_PICTURES = compiled_later("[\u2600-\u27bf\ufe0f\u20e3\u2b00-\u2bff\U0001f000-\U0001faff]+")
_QUOTES = str.maketrans(
    dict.fromkeys('"“”„‟«»″', "'") | {"[": "(", "]": ")", "‘": "'", "’": "'", "`": "'"}
)
_CAPITALS = frozenset(
    "ceo cfo cto coo ipo us usa uk eu un ai it tv hr gdp nasa nhs bbc ibm sec fda mit nba nfl uefa "
    "fifa erp crm dvd pc cd hp gm ge bp r&d ii iii iv".split()
)
LEAST_SHOUTED = 12  # characters: shorter headlines may be an acronym


def source_of(article: Article) -> str:
    """Return who published it, as a message names them."""
    agency = _AGENCY.search(article.title)
    name = article.source or (agency.group(1) if agency else _divided(article)[1])
    name = _PICTURES.sub("", " ".join(name.translate(_QUOTES).split()))
    return " ".join(shorten(name, LONGEST_SOURCE).split()[:MOST_SOURCE_WORDS]).rstrip(" ,;:(")


def as_quoted(text: str) -> str:
    """Return an article's words as they stand in quotation marks: with simple ones inside."""
    return " ".join(_PICTURES.sub(" ", text.translate(_QUOTES)).split())


def title_of(article: Article, names: tuple[str, ...] = ()) -> str:
    """Return the headline to quote: without the outlet's name at its end, pictures, shouting."""
    title, _ = _divided(article)
    title = _FRENCH_QUOTES.sub(r"«\1»", title)
    title = " ".join(_PICTURES.sub(" ", title.translate(_QUOTES)).split()).rstrip(" .")
    title = _CUT_OFF.sub("…", _LOOSE_QUOTE.sub("'", title))
    if len(title) >= LEAST_SHOUTED and title.isupper():
        title = _calmed(title, names)
    words = title.split()
    if len(words) > MOST_TITLE_WORDS:
        title = " ".join(words[:MOST_TITLE_WORDS]).rstrip(" ,;:.-–") + "…"
    if not any(letter.isalnum() for letter in title):
        return ""
    cut = shorten(title, LONGEST_TITLE)
    return cut if len(cut) > 1 else ""


def _divided(article: Article) -> tuple[str, str]:
    """Return headline and publisher, where that is at its end."""
    title = _AGENCY.sub("", " ".join(article.title.split()))
    return without_publisher(title, names_of(article.source, article.link))


def _calmed(title: str, names: tuple[str, ...]) -> str:
    known = {word.casefold(): word for name in names for word in name.split()}
    words = []
    for place, word in enumerate(title.split()):
        plain = word.casefold().strip(".,:;'!?()")
        if plain in known:
            at = word.casefold().find(plain)
            words.append(word[:at] + known[plain] + word[at + len(plain) :])
        elif plain in _CAPITALS:
            words.append(word)
        elif plain in SMALL_WORDS and place:
            words.append(word.casefold())
        else:
            words.append(word.capitalize())
    return " ".join(words)
