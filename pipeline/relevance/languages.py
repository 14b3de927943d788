"""Which language an article is in, told by its stop words, and which these are.

Takes an article's words; gives the stop words of its language, if it is another than English:
those of English are always out (see `terms`). A German "die" would else be a rare and so a heavy
word among English news. A text too short to tell, or in a language without a list, keeps all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

# ------------------------------------------------------------ every number, and where it is from
LOOKED_AT = 150  # words: more don't change the answer
SURE_ENGLISH = 0.25  # of the words are English stop words: news have 30 to 45 %, Spanish has 20
LEAST_HITS = 3  # stop words of a language, to be believed,
LEAST_SHARE = 0.12  # and of all words: other languages' news have 20 to 50 %

# Chinese, Japanese and Korean have no words between spaces that such a list could hold.
LANGUAGES = """arabic bulgarian catalan czech danish dutch finnish french german greek hebrew
    hungarian indonesian italian norwegian polish portuguese romanian russian slovak spanish swedish
    turkish ukrainian vietnamese""".split()  # noqa: SIM905


@cache
def _lists() -> dict[str, frozenset[str]]:
    from stop_words import get_stop_words

    return {name: frozenset(get_stop_words(name)) for name in LANGUAGES}


def stop_words(words: Sequence[str], english: frozenset[str]) -> frozenset[str]:
    """Return the stop words of the language of these words (in small letters), or none."""
    return _lists().get(language(words, english), frozenset())


def language(words: Sequence[str], english: frozenset[str]) -> str:
    """Return the language of these words: "german"; "" for English, and where it can't be told."""
    looked_at = words[:LOOKED_AT]
    in_english = sum(word in english for word in looked_at)
    if in_english >= SURE_ENGLISH * len(looked_at):
        return ""
    hits = {name: sum(word in known for word in looked_at) for name, known in _lists().items()}
    best = max(hits, key=lambda name: (hits[name], name))
    if hits[best] < max(LEAST_HITS, LEAST_SHARE * len(looked_at), in_english + 1):
        return ""
    return best
