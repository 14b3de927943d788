"""The matter that a line of the talk is about, as a phrase: "the bay nurse model", "la merma".

Takes a line's text and the language of the notes; gives the noun phrases that stand where people
jot down a matter: behind what somebody wants, asks or worries about ("wants to bring back …"), in
front of a mark ("Slots: …"), or as the subject of the line ("repairs take nine days"). Where one
ends is told by marks, small words and verbs.

Set on forty strangers' notes, where the forms of `spoken` had lent a topic to 20 of 96 people. On
forty others, not looked at before, 64 of 89 had one, and some 41 of these read as one would say
them; what was wrong with the rest was then mended by kind: new notes will show more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records.record import dataclass
from pipeline.text import phrasing
from pipeline.text.patterns import compiled_later
from pipeline.touchpoints.articles import said_of
from pipeline.touchpoints.doubts import PEOPLE
from pipeline.touchpoints.matter_words import (
    MASS,
    NO_GERMAN,
    NOUNS_TOO,
    SMALL,
    STATES,
    STOPS,
    TOLD,
    WHEN,
    WHO,
    WITHIN,
)
from pipeline.touchpoints.note_words import PLURALS, TO_DO, Forms, words_of

MOST_WORDS = 8  # no border test: more of it is a sentence
MOST_LINKS = 2  # prepositions within a phrase; a third begins something else
LEAST_LETTERS = 5  # of a matter in one word: "helpline", and no "desk"
LEAST_REST = 2  # words that follow a line's first phrase: else it is a remark


@dataclass(frozen=True, slots=True)
class Matter:
    """A noun phrase with its article, and whether the line says that somebody spoke of it."""

    text: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    rest: str  # what follows it in the line


_TOKEN = compiled_later(r"\S+")
_MARKS = ".,;:!?)…"
_QUOTES = "\"“”«»'’"
_WORD = compiled_later(r"[\"“«‘'(]?[^\W_][\w'’.&/+-]*")
_NUMBER = compiled_later(r"[\d~<>+£$€-][\d.,:/%–-]*[%km]?")
_INFINITIVE = compiled_later(r"[aei]r(?:l[aeo]s?|se)$")
# "serait", "prenaient", and no "lait", "trait", "retrait", "souhait"
_FRENCH_VERB = compiled_later(r"(?!(?:l|f|\w*tr|souh)ait$)\w{2,}ai(?:en)?t")
_PAIR = {"between": "and", "entre": "y"}
# What follows a line's first words where they say what it is about.
_LABEL = compiled_later(r"\s*(?::|=|\s[-–—]|\s\(|->|→|!!|\.\s)\s?")
_MINE = compiled_later(
    r"(?:\b(?:I|ich|yo|je|j['’]ai|lui\sai|leur\sai)|j['’])\s?(?:also\s|then\s|just\s|habe\s)?$",
    re.IGNORECASE,
)
_TO_ASK = compiled_later(
    r"\W*(?:to\s)?(?:ask|find\sout|check|remember|fragen|nachfragen|demander|preguntar)\b",
    re.IGNORECASE,
)
_DATIVE = compiled_later(r"^den\s(?=\S+(?:en|ern|eln)\b)")
_COUNTS = words_of(
    "half first two three four five six seven eight nine ten eleven twelve dozens "
    "hundreds zwei drei vier fünf sechs sieben acht neun zehn"
)
_NUMBERED = compiled_later(
    r"\b(?:nivel|niveau|level|halle|hall|line|ligne|línea|phase|stufe|klasse|gleis|x\d+)$",
    re.IGNORECASE,
)
# "baila en una diablada", "surfea", "tengo un cuadernillo": a verb as likely as a noun.
_BARE_SPANISH = compiled_later(
    r"(?!\w+(?:ción|sión|dad|miento|aje|ura|ncia|ería|ía)$)(?!(?:la|lo|una|su)$)"
    r"\w+(?:[aoeéó]|an|en|aba|ía)",
    re.IGNORECASE,
)
_DEFINITE = {
    "French": {"un": "le", "une": "la", "des": "les"},
    "Spanish": {"un": "el", "una": "la", "unos": "los", "unas": "las"},
}
_GERMAN = compiled_later(
    r"(?:(?P<article>(?i:der|die|das)|den|dem|eine?|einen|einem)\s)?"
    r"(?P<adjectives>(?:[a-zäöüß]{3,}(?:e|en|es|er)\s){0,2})"
    r"(?P<noun>[A-ZÄÖÜ][\wäöüß/-]{2,}(?:\s[A-ZÄÖÜ][\wäöüß/-]{2,})?"
    r"(?:\s(?:für|in|im|mit|von|vom|bei|beim|zur|zum|an|am|auf|aus|der|des|ohne|unter|nach|gegen)"
    r"(?:\s(?:den|dem|der|die|das|des))?(?:\s[a-zäöüß]{3,}(?:e|en|er))?"
    r"\s[A-ZÄÖÜ][\wäöüß/-]{2,})?)"
)


def matters_of(text: str, language: str, forms: Forms) -> tuple[Matter, ...]:
    """Return what a line may be about: first what somebody spoke of, then how it begins."""
    return tuple(_matters(text, language, forms)) if language in TOLD else ()


def _matters(text: str, language: str, forms: Forms) -> Iterator[Matter]:
    for cue in TOLD[language].finditer(text):
        before, tail = text[: cue.start()], text[cue.end() :]
        if language == "German" and cue["dative"]:
            tail = _DATIVE.sub("die ", tail)
        said, phrase = _said(tail, language, forms, is_begun=False)
        is_theirs = not (_MINE.search(before) or _TO_ASK.match(text))
        is_theirs = is_theirs and _is_outside_quotes(before) and not WHO.search(said)
        if said and is_theirs and _is_whole(phrase, language):
            yield Matter(said, is_told=True)
    said, phrase = _said(text, language, forms, is_begun=True)
    if said and _is_begun_well(said, phrase, language):
        yield Matter(said, is_told=False)


def _said(text: str, language: str, forms: Forms, *, is_begun: bool) -> tuple[str, _Phrase]:
    """Return the phrase at the head of a text as one says it, and as it stands; "" for none."""
    if language == "German":
        said, phrase = _german(text, forms, is_begun=is_begun)
    else:
        phrase = _phrase(text, language, forms, is_begun=is_begun)
        words = [*phrase.words]
        if is_begun and language == "English":
            words = _before_verb(_before_participle(words))
        if pattern := WHEN.get(language):
            words = pattern.sub("", " ".join(words)).split()
        is_unlikely = is_begun and _is_no_start(words, language) if words else True
        is_label = language == "Spanish" and len(words) == 1 and phrase.rest.startswith(":")
        is_fit = 0 < len(words) <= MOST_WORDS and (is_label or not is_unlikely)
        said = _with_article(words, language, forms, is_begun=is_begun) if is_fit else ""
    words = re.sub(r"\b[lL]['’]", "", said).split()
    content = [word for word in words if word.casefold() not in forms.articles | SMALL]
    is_little = not content or (len(content) == 1 and len(content[0]) < LEAST_LETTERS)
    return ("" if is_little else said), phrase


def _phrase(text: str, language: str, forms: Forms, *, is_begun: bool) -> _Phrase:
    """Return the words up to the first mark, verb, person or small word."""
    words: list[str] = []
    within, end = WITHIN[language], 0
    for found in _TOKEN.finditer(text):
        token = found.group()
        bare = token.rstrip(_MARKS).strip(_QUOTES)
        is_noun = bool(words) and not is_begun and bare.casefold() in NOUNS_TOO
        is_in = is_noun or _goes_on(bare, words, language, forms)
        if not is_in or not _WORD.fullmatch(token.rstrip(_MARKS + _QUOTES)):
            break
        words.append(bare)
        end = found.start() + len(token.rstrip(_MARKS))
        if token[-1] in _MARKS:
            break
    small = within | forms.articles | forms.prepositions | dict(forms.theirs).keys()
    while words and (words[-1].casefold() in small or words[-1].endswith(("'s", "’s"))):
        words.pop()
    return _Phrase(tuple(words), text[end:])


def _goes_on(bare: str, words: list[str], language: str, forms: Forms) -> bool:
    """Return whether a word belongs to the phrase that those before it began."""
    plain, before = bare.casefold(), {word.casefold() for word in words}
    if not bare or len(words) > MOST_WORDS:
        return False
    if any(_PAIR[one] == plain for one in before & _PAIR.keys()):
        return True
    if plain.replace("’", "'").startswith(("m'", "j'", "s'", "n'", "qu'")):
        return False
    is_person = plain.replace("’", "'").split("'")[0] in forms.persons - {"l", "d"}
    if plain in STOPS[language] | forms.verbs | forms.persons or is_person:
        return False
    if language == "French" and _FRENCH_VERB.fullmatch(plain):
        return False
    if _NUMBER.fullmatch(bare):
        return bool(words) and words[-1][:1].isupper()  # "ONIX 2.1"
    if not words:
        return plain not in forms.prepositions - forms.articles
    if language == "English" and (plain in ("a", "an") or plain in STATES):
        return False
    if language == "Spanish" and _INFINITIVE.search(plain):
        return False
    links = sum(word.casefold() in WITHIN[language] for word in words)
    return plain not in WITHIN[language] or links <= MOST_LINKS


def _is_whole(phrase: _Phrase, language: str) -> bool:
    """Return whether a phrase behind a cue is not cut, and no mere name: "ask for Denise"."""
    *_, last = phrase.words
    is_cut = last.endswith("ing") and phrase.rest.startswith(" ")
    is_name = language != "German" and len(phrase.words) == 1 and last[0].isupper()
    is_counted = phrase.words[0].casefold() in _COUNTS
    plain = [word.casefold() for word in phrase.words if word.casefold() not in ("a", "an", "the")]
    is_cut = is_cut or (len(plain) == 1 and bool(_AGENT.search(plain[0])))
    is_cut = is_cut or (language == "French" and bool(_TO_DO_IT.match(" ".join(plain))))
    return not is_cut and not is_counted and not (is_name and last[1:].islower())


# Whom they look for: "needs a mentor", "sucht Verbündete".
_AGENT = compiled_later(
    r"(?:[aeiou]t?[eo]rs?|tors?|[kmt]ers?|ists?|leute|ete[nr]?|innen)$|^writers?$"
)
_TO_DO_IT = compiled_later(r"(?:les? |la |l['’])\w+(?:(?<!i)er|ir|re)\b")


def _is_outside_quotes(before: str) -> bool:
    return before.count('"') % 2 == 0 and before.count("“") <= before.count("”")


def _is_begun_well(said: str, phrase: _Phrase, language: str) -> bool:
    """Return whether a line's first phrase is what it is about, and not a remark or a piece."""
    first, *more = phrase.words
    is_cut = bool(_NUMBERED.search(said)) and phrase.rest.strip()[:1].isdigit()
    is_list = bool(re.match(r"[A-Za-z]{1,2}\d", first)) or first.casefold() in _COUNTS
    is_named = bool(more) or language != "English" or _is_labelled(first, phrase.rest)
    is_long = len(phrase.rest.split()) >= LEAST_REST
    is_cut = is_cut or phrase.words[-1].casefold() in PEOPLE
    return is_long and is_named and not is_cut and not is_list and not WHO.search(said)


_BEING = compiled_later(r"\s(?:is|are|was|were)\s")
_ADJECTIVE = compiled_later(r"(?:ory|al|ive|ous|ic|able|ant|ful)$", re.IGNORECASE)


def _is_labelled(word: str, rest: str) -> bool:
    """Return whether one word names what a line is about: "helpline: …", and no "precise. …"."""
    is_noun = word.endswith("s") or bool(MASS.fullmatch(word))
    if _BEING.match(rest) or rest.startswith("."):
        return is_noun
    return bool(_LABEL.match(rest)) and not _ADJECTIVE.search(word)


def _is_no_start(words: list[str], language: str) -> bool:
    """Return whether a line begins with a verb or a letter, as far as its form tells."""
    first = words[0]
    if language == "English":
        is_done = first.endswith(("ed", "ly")) and len(first) >= LEAST_LETTERS
        is_owned = any("'s" in word.replace("’", "'") for word in words)  # "Ann's mugs"
        is_done = is_done or (first in STATES and bool({*words[1:2]} & WITHIN[language]))
        return len(first) == 1 or is_done or is_owned or first.casefold() in TO_DO
    return language == "Spanish" and bool(_BARE_SPANISH.fullmatch(first))


def _before_participle(words: list[str]) -> list[str]:
    """Return words up to what is done or happens: "smoke taint wiped", "Japan going well"."""
    ends = (n for n, word in enumerate(words) if n and word.endswith(("ed", "ing")))
    at = next(ends, len(words))
    is_noun = at == len(words) - 1 and words[-1].endswith("ing")  # "supplier onboarding"
    return words if is_noun else words[:at]


def _before_verb(words: list[str]) -> list[str]:
    """Return words without the verb behind several things: "torque sensors drift"."""
    *before, several, last = ["", "", *words]
    is_several = several.endswith("s") and not several.endswith(("ss", "us", "is", "'s", "’s"))
    is_verb = is_several and several.casefold() not in PLURALS and not last.endswith("s")
    return words[:-1] if is_verb and before else words


def _with_article(words: list[str], language: str, forms: Forms, *, is_begun: bool) -> str:
    first, second = words[0], words[1] if len(words) > 1 else ""
    is_name = second[:1].isupper() or any(letter.isupper() for letter in first[1:])
    if is_begun and not is_name and first.isalpha():
        words = [phrasing.lower_first(first), *words[1:]]
    plain = first.casefold()
    if language == "English":
        return _english(words, plain, forms)
    if definite := _DEFINITE[language].get(plain):
        said = " ".join([definite, *words[1:]])
        is_french = language == "French"
        return re.sub(r"^(?:le|la) (?=[aeiouéèêàâîôûh])", "l'", said) if is_french else said
    has_article = plain in forms.articles or plain.startswith(("l'", "l’"))
    if has_article or plain in dict(forms.theirs):
        return " ".join(words)
    return said_of(" ".join(words), language)


def _english(words: list[str], first: str, forms: Forms) -> str:
    if first in ("a", "an"):
        return " ".join(["the", *words[1:]])
    if first in forms.articles or first in dict(forms.theirs) or first.endswith("ing"):
        return " ".join(words)
    small = WITHIN["English"]
    at = next((n for n, word in enumerate(words) if word.casefold() in small), len(words))
    head, is_alone = words[at - 1], at == len(words)
    if is_alone and at > 1 and all(word[:1].isupper() or word[:1].isdigit() for word in words):
        return " ".join(words)  # a name
    is_several = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    is_mass = bool(MASS.fullmatch(head)) and (is_alone or words[at].casefold() != "of")
    is_bare = is_mass or (is_alone and is_several)
    return " ".join(words if is_bare else ["the", *words])


def _german(text: str, forms: Forms, *, is_begun: bool) -> tuple[str, _Phrase]:
    found = _GERMAN.match(text)
    if not found:
        return "", _Phrase((), text)
    noun, article = found["noun"], (found["article"] or "").casefold()
    phrase = _Phrase(tuple(noun.split()), text[found.end() :])
    first, *more = phrase.words
    is_verb = bool(more) and more[0][:1].isupper() and first.endswith("t")
    is_verb = is_verb or first.endswith(("lich", "weise"))
    plain = {word.casefold() for word in phrase.words}
    is_counted = first.casefold() in _COUNTS
    if (
        first in NO_GERMAN
        or is_counted
        or (is_begun and (is_verb or plain & (forms.verbs | forms.persons)))
    ):
        return "", phrase
    adjectives = found["adjectives"].strip()
    if article in ("die", "das"):
        return " ".join(filter(None, (article, adjectives, noun))), phrase
    if article == "der" and is_begun:
        return " ".join(filter(None, (article, adjectives, noun))), phrase
    if article == "eine" or (article == "der" and not adjectives):
        return f"die {noun}", phrase
    if article == "den" and not adjectives:
        return f"der {noun}", phrase
    return said_of(noun, "German"), phrase
