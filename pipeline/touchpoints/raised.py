"""What the notes say that somebody talked about: "on a parlé du levain", "habló de la gira".

Takes a line and the language of the notes; gives what stands behind the verb, with its article:
"le levain", "la gira". The surest of topics that nothing marks, for the notes say themselves that
it was one.
"""

from __future__ import annotations

import re

from pipeline.text.patterns import compiled_later
from pipeline.touchpoints.articles import said_of
from pipeline.touchpoints.note_words import Forms

# no border test: more of it is a sentence
MOST_WORDS = 8

_END = r"(?=\s*(?:[,.;:!?()\"„“«»…]|[-–—]\s|->|→|$))"
_PHRASE = rf"(?P<said>[^,.;:!?()\"„“«»…]{{3,80}}?){_END}"
_BEHIND = {
    "German": (
        compiled_later(
            r"\b(?P<how>über)\s(?P<said>(?:die|das|den)\s[^,.;:!?()]{3,80}?)\s"
            r"(?:gesprochen|geredet|unterhalten|diskutiert|erzählt|berichtet|ausgetauscht)\b"
        ),
        compiled_later(
            r"\b(?P<how>von|vom)\s(?P<said>(?:der\s|den\s|dem\s)?[^,.;:!?()]{3,80}?)\s"
            r"(?:erzählt|geschwärmt|berichtet|gesprochen|geredet)\b"
        ),
        compiled_later(
            rf"\b(?:redet|spricht|sprach|erzählt|erzählte|schwärmt|schwärmte|berichtet)\s"
            rf"(?:viel\s|lang\w*\s|gern\w*\s|mir\s)?(?P<how>über|von|vom)\s{_PHRASE}"
        ),
    ),
    "French": (
        compiled_later(
            rf"(?<!j['’]ai\s)(?<!J['’]ai\s)\b(?:parl(?:é|ée?s?|e|ait|ons)|discuté|passionnée?)\s(?:surtout\s|longtemps\s|"
            rf"beaucoup\s|aussi\s|pendant\s\S+\s\S+\s)?(?P<how>du|de\sla|de\sl['’]|des|de|d['’])\s?{_PHRASE}"
        ),
        compiled_later(
            rf"\b(?:m['’]a|nous\sa|il\sa|elle\sa)\s(?:expliqué|raconté|détaillé|présenté|évoqué|décrit)\s"
            rf"(?P<how>)(?P<said>(?:le|la|les|l['’])\s?[^,.;:!?()\"«»…]{{3,80}}?){_END}"
        ),
    ),
    "English": (
        compiled_later(
            rf"(?<!\bI\s)\b(?:talk(?:s|ed)?|sp(?:eaks?|oke)|raved?|argued?|told\sme|keen)\s"
            rf"(?:a\slot\s|mostly\s|\(\w+\)\s)?(?P<how>about|abt|on)\s{_PHRASE}",
            re.IGNORECASE,
        ),
    ),
    "Spanish": (
        compiled_later(
            rf"\b(?:habló|hablamos|habla|hablaron|charlamos|discutimos|hablado)\s"
            rf"(?:\w+\s\w+\s|mucho\s|sobre\stodo\s|largo\s)?(?P<how>del|de|sobre|acerca\sde)\s{_PHRASE}"
        ),
        compiled_later(
            rf"\b(?:contó|explicó|enseñó|describió|detalló|presentó)\s"
            rf"(?P<how>)(?P<said>(?:el|la|los|las)\s[^,.;:!?()\"«»…]{{3,80}}?){_END}"
        ),
        compiled_later(
            rf"^(?i:tema)(?:\s(?:principal|central|estrella))?\s?[:=]\s(?P<how>)"
            rf"(?P<said>(?:el|la|los|las)\s[^,.;:!?()\"«»…]{{3,80}}?){_END}"
        ),
    ),
}
# Where a phrase goes on as a sentence: "la gira por pueblos, que quieren", "… comme si …".
_GOES_ON = compiled_later(
    r"\s(?:que|qui|dont|où|comme|parce|pendant|depuis|aber|weil|wie|dass|und\sdann|cuando|como|"
    r"porque|durante|desde|y\sque|et\sque|con|avec|because|since|when|as|and|but|for\sages)(?:\s.*)?$"
)
_WITH_ARTICLE = {"du": "le", "de la": "la", "des": "les", "del": "el"}
_NO_TOPIC = compiled_later(
    r"(?:lo|eso|esto|ello|ça|cela|tout|ce|sie|ihm|ihr|mir|mich|sich|dir|mein\w*|mes?|mon|ma|mis?|"
    r"unser\w*|notre|nos|nuestr\w*|"
    r"it|this|that|them|him|her|me|my|us|our|you|how|what|why|the\s(?:weather|same))\b",
    re.IGNORECASE,
)


def raised_in(text: str, language: str, forms: Forms) -> str:
    """Return what a line says that was talked about; "" where it says it of nothing."""
    for form in _BEHIND.get(language, ()):
        for found in form.finditer(text):
            said = _GOES_ON.sub("", " ".join(found["said"].split()))
            said = _in_the_nominative(said, " ".join(found["how"].split()), language)
            words = said.casefold().split()
            is_phrase = 1 < len(words) <= MOST_WORDS and not (forms.verbs | forms.persons) & set(
                words
            )
            if is_phrase and not _NO_TOPIC.match(found["said"]):
                return said
    return ""


def _in_the_nominative(said: str, how: str, language: str) -> str:
    """Return a phrase with the article that it has when nothing stands before it."""
    if language == "English":
        return said
    if language == "German":
        return _of_german(said, how)
    how = how.replace("’", "'")
    if how in _WITH_ARTICLE:
        return f"{_WITH_ARTICLE[how]} {said}"
    if how == "de l'":
        return f"l'{said}"
    is_whole = re.match(r"(?:le|la|les|el|los|las|su|sus|un|une|una)\s|l['’]", said)
    return said if is_whole else said_of(said, language)


_ADJECTIVE = compiled_later(r"(?<=[a-zäöüß])en(?=\s[A-ZÄÖÜ])(?<!\s\w\w)")


def _of_german(said: str, how: str) -> str:
    article, _, rest = said.partition(" ")
    if how == "über":
        is_several = article in ("die", "das")
        if is_several or article != "den":
            return said if is_several else said_of(said, "German")
        return f"der {_ADJECTIVE.sub('e', rest)}"
    if article == "der":  # the dative of "die"
        return f"die {rest}" if rest[:1].isupper() else ""
    if article in ("den", "dem") or how == "vom":
        bare = said if how == "vom" else rest
        return said_of(bare, "German") if bare[:1].isupper() else ""
    return said_of(said, "German")
