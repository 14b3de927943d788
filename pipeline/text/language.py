"""Which language a text is in, by its stop words, and which these are.

Takes words in small letters; gives the language's name, "german", or its stop words. A text too
short to tell, or in a language without a list, has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain

# ------------------------------------------------------------ every number, and where it is from
LOOKED_AT = 150  # words: more don't change the answer; no border test: speed only
SURE_ENGLISH = 0.25  # of the words are English stop words: news have 30 to 45 %, Spanish has 20
LEAST_HITS = 3  # stop words of a language, to be believed,
LEAST_SHARE = 0.12  # and of all words: other languages' news have 20 to 50 %
LEAST_FOREIGN = 2  # words of another language in jotted notes; one may be a name ("de", "las")
LAST_LATIN = "\u024f"  # beyond it are other scripts

# Chinese, Japanese and Korean have no words between spaces that such a list could hold.
LANGUAGES = """arabic bulgarian catalan czech danish dutch finnish french german greek hebrew
    hungarian indonesian italian norwegian polish portuguese romanian russian slovak spanish swedish
    turkish ukrainian vietnamese""".split()
# For notes, jotted without many of them: those that are English words, too, are left out.
_FUNCTION_WORDS = {
    "English": "the and of to for with what how is are was were from they that this she he our by "
    "their it on at as who would could should not but has have my we i",
    "German": "und der die das den dem ein eine einen einem für mit nicht von zu im auf ist bei "
    "wie wir sie nach aus zum zur über vom am oder noch sich auch wird werden sind ob ich er bei "
    "beim keiner keine nur aber sehr wenn weil bis ohne",
    "French": "le la les des du un une et pour avec dans sur est au aux que qui pas nous leur ses "
    "en par ont sont plus chez de je il elle mais très sans ne sa l d qu à été cette ces vers",
    "Spanish": "el los las del y para con un una por que su se es más como está de en la "
    "yo pero muy sin al lo nos nadie",
    "Italian": "il lo gli di e per con nel della dei che un una sono alla delle più",
    "Dutch": "het een van voor met niet op de en zijn naar bij ook wordt uit",
    "Portuguese": "os as do da em para com não uma um dos das mais e ao",
    "Polish": "w z na nie dla jest się od oraz przez po jak i",
    "Swedish": "och att för på med som av en ett är till inte det",
}
_JOTTED = {name: frozenset(text.split()) for name, text in _FUNCTION_WORDS.items()}


@cache
def _lists() -> dict[str, frozenset[str]]:
    from stop_words import get_stop_words

    return {name: frozenset(get_stop_words(name)) for name in LANGUAGES}


@cache
def _languages_of() -> Mapping[str, tuple[str, ...]]:
    """Return for each stop word whose it is."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in _lists().items():
        for word in words:
            found[word] = (*found.get(word, ()), name)
    return found


def stop_words_of(name: str) -> frozenset[str]:
    """Return the stop words of the language of that name; none for ""."""
    return _lists().get(name, frozenset())


def language(words: Sequence[str], english: Collection[str]) -> str:
    """Return the language of these words: "german"; "" for English, and where it can't be told."""
    looked_at = words[:LOOKED_AT]
    in_english = sum(map(english.__contains__, looked_at))
    if in_english >= SURE_ENGLISH * len(looked_at):
        return ""
    found = filter(None, map(_languages_of().get, looked_at))
    hits = Counter(chain.from_iterable(found))
    if not hits:
        return ""
    best = max(hits, key=lambda name: (hits[name], name))
    if hits[best] < max(LEAST_HITS, LEAST_SHARE * len(looked_at), in_english + 1):
        return ""
    return best


def jotted_language(texts: Iterable[str]) -> str:
    """Return the language of jotted notes, "English" where they are so short that they may be.

    "" for another script.
    """
    return _jotted_language(" ".join(texts).casefold())


def is_plainly_english(text: str) -> bool:
    """Return whether a text has so many English words that it can be in no other language."""
    hits = _hits(re.findall(r"[^\W\d_]+", text.casefold()), _JOTTED)
    english = hits.pop("English")
    return english >= LEAST_HITS and english > max(hits.values())


def is_rather_english(text: str, name: str) -> bool:
    """Return whether a line among notes in a language, "German", is in English by its words."""
    hits = _hits(re.findall(r"[^\W\d_]+", text.casefold()), _JOTTED)
    return hits["English"] > hits.get(name, 0)


@lru_cache(maxsize=256)  # asked for each line of each draft
def _jotted_language(text: str) -> str:
    letters = () if text.isascii() else [letter for letter in text if letter.isalpha()]
    if sum(letter > LAST_LATIN for letter in letters) * 2 > len(letters):
        return ""
    hits = _hits(re.findall(r"[^\W\d_]+", text), _JOTTED)
    english = hits.pop("English")
    best = max(hits, key=lambda name: (hits[name], name))
    is_foreign = hits[best] >= LEAST_FOREIGN and hits[best] > english
    return best if is_foreign else "English"


def _hits(words: Sequence[str], lists: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Return how many of these words are in the list of each language."""
    return {name: sum(map(known.__contains__, words)) for name, known in lists.items()}
