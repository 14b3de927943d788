"""The tokeniser: text to terms, the same for notes and news.

Words are lower-cased, normalized (accents stay, English plurals and possessives go), stop words are
out, and each pair of neighbours is a term, too. Scripts without spaces give pairs of characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, pairwise

from pipeline.text import language
from pipeline.text.patterns import compiled_later
from pipeline.text.same_for_all import same_for_all

# English function words and the verbs of reporting that are in any news item; scikit-learn's
# list without the nouns in it ("bill", "system", "fire", "computer", which are topics here).
STOP_WORDS = frozenset(
    """a about above across after afterwards again against all almost alone along already also
    although always am among amongst an and another any anyhow anyone anything anyway anywhere are
    around as at back be became because become becomes becoming been before beforehand behind
    being below beside besides between beyond both but by can cannot cant could couldnt de did do
    does doing done down during each eg either else elsewhere enough etc even ever every everyone
    everything everywhere except few for former formerly from further get gets getting give given
    gives go goes going gone got had has hasnt have having he hence her here hereafter hereby
    herein hereupon hers herself him himself his how however i ie if in indeed instead into is it
    its itself just keep last latter latterly least less let like ltd made make makes making many
    may me meanwhile might mine more moreover most mostly much must my myself namely neither never
    nevertheless next no nobody none noone nor not nothing now nowhere of off often on once one
    only onto or other others otherwise our ours ourselves out over own part per perhaps please
    put rather re really said same saw say says see seem seemed seeming seems several she should
    since so some somehow someone something sometime sometimes somewhere still such take taken
    than that the their them themselves then thence there thereafter thereby therefore therein
    thereupon these they thing things this those though through throughout thru thus to together
    too took toward towards two under until up upon us use used using very via want wanted wants
    was we well went were what whatever when whence whenever where whereas whereby wherein
    whereupon wherever whether which while whither who whoever whole whom whose why will with
    within without would yes yet you your yours yourself yourselves dont doesnt didnt isnt wasnt
    wont im ive id weve theyre thats heres whats lot bit quite maybe mr mrs ms monday tuesday
    wednesday thursday friday saturday sunday today yesterday tomorrow week weeks month months
    year years day days new ap afp reuters com http https www""".split()
)

# Letters and digits, with the vowel signs of Arabic, Hebrew and the Indic scripts, which Python
# doesn't count as parts of a word.
_SIGNS = r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff]"
_LETTER = rf"(?:[^\W_]|{_SIGNS})"
_WORD = compiled_later(rf"(?:\b[^\W\d_]-)?{_LETTER}+(?:['’.&+]{_LETTER}+)*")
# The same in a text without such signs, which is read four times as fast,
_VOWEL_SIGN = compiled_later(_SIGNS)
_SIMPLE_WORD = compiled_later(r"(?:\b[^\W\d_]-)?[^\W_]+(?:['’.&+][^\W_]+)*")
# and in one that is plain ASCII, ten times.
_ASCII_WORD = compiled_later(
    r"[A-Za-z0-9]+(?:(?<=\b[A-Za-z])-[A-Za-z0-9]+)?(?:['.&+][A-Za-z0-9]+)*"
)
# Chinese, Japanese and Thai: scripts that write no spaces between words.
UNSPACED = compiled_later(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+)")
# no border test: far beyond real values
LONGEST_WORD = 40  # letters; what is longer is an address or a key
SHORTEST_OES = 6  # letters: volcanoes, potatoes; but not shoes, canoes


def terms(text: str) -> list[str]:
    """Return the terms of a text: its words in order, then the pairs of neighbouring words."""
    return with_pairs(words_of(text))


def with_pairs(words: list[str]) -> list[str]:
    """Return words, then the pairs of neighbouring ones."""
    return words + [f"{one} {two}" for one, two in pairwise(words)]


def stop_words_of(name: str) -> frozenset[str]:
    """Return the stop words of the language of that name; none of English, which are out anyway."""
    return language.stop_words_of(name)


@same_for_all
def language_of(text: str) -> str:
    """Return a text's language, "german"; "" for English, and where it is unclear."""
    return _language_of(_written(text)[: language.LOOKED_AT])


def _language_of(written: Iterable[str]) -> str:
    return language.language(" ".join(written).casefold().split(" "), STOP_WORDS)


def _written(text: str) -> list[str]:
    return _ASCII_WORD.findall(text) if text.isascii() else _split(text)


def words_of(text: str, without: frozenset[str] = frozenset()) -> list[str]:
    """Return the normalized words of a text without stop words.

    The words of `without`, in small letters as they are written, are left out, too.
    """
    written = _written(text)
    if without:
        written = [word for word in written if word.casefold() not in without]
    return list(filter(None, map(_kept, written)))


def told_words(title: str, text: str) -> tuple[list[str], list[str], str]:
    """Return the normalized words of an article's title and text, without stop words.

    Without those of its language, too, which is the third: "german"; "" where it is in English.
    """
    in_title, in_text = _written(title), _written(text)
    first = islice(chain(in_title, in_text), language.LOOKED_AT)
    name = _language_of(first)
    if without := stop_words_of(name):
        in_title = [word for word in in_title if word.casefold() not in without]
        in_text = [word for word in in_text if word.casefold() not in without]
    return [*filter(None, map(_kept, in_title))], [*filter(None, map(_kept, in_text))], name


def written_in(text: str, name: str) -> list[str]:
    """Return the words as written of a text in that language; stop words are out."""
    without = stop_words_of(name)
    return [word for word in _written(text) if word.casefold() not in without]


def written_words(text: str) -> list[tuple[str, str]]:
    """Return each normalized word with how it is written there; stop words are out."""
    return [(normalized, written) for written in _split(text) if (normalized := _kept(written))]


@lru_cache(maxsize=1 << 16)
def _kept(written: str) -> str:
    """Return a word normalized, or "" for a stop word and what is no word."""
    normalized = _normalized(written)
    return (
        normalized if 1 < len(normalized) <= LONGEST_WORD and normalized not in STOP_WORDS else ""
    )


def written_terms(text: str) -> dict[str, str]:
    """Return for each term of a text how it is written there: "mars rover" -> "Mars rovers"."""
    words = written_words(text)
    found = {f"{one} {two}": f"{a} {b}" for (one, a), (two, b) in pairwise(words)}
    return found | dict(reversed(words))


@lru_cache(maxsize=1 << 16)
def normalize(word: str) -> str:
    """Return a word in lower case, without possessive, and an English plural as its singular."""
    return _normalized(word)


def _normalized(word: str) -> str:
    word = word.casefold()
    if not word.isalpha():
        word = word.replace("’", "'").removesuffix("'s")
        word = word.replace("'", "").replace(".", "").replace("-", "")
    if not word.endswith("s"):
        return word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > SHORTEST_OES and word.endswith("oes"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _split(text: str) -> list[str]:
    """Return the words as written; a run of Chinese, Japanese or Thai as pairs of characters."""
    text = unicodedata.normalize("NFKC", text)
    runs: list[str] = (_WORD if _VOWEL_SIGN.search(text) else _SIMPLE_WORD).findall(text)
    if not UNSPACED.search(text):
        return runs
    return [part for run in runs for part in unspaced_pairs(run)]


def unspaced_pairs(word: str) -> Iterator[str]:
    """Yield a word; what of it is Chinese, Japanese or Thai as pairs of characters."""
    for at, part in enumerate(UNSPACED.split(word)):
        if at % 2:
            yield from (part[n : n + 2] for n in range(max(1, len(part) - 1)))
        elif part:
            yield part
