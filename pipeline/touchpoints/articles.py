"""The article of a phrase jotted without one, in German, French and Spanish.

Takes "neues Lager in Bremen" and its language; gives "das neue Lager in Bremen", as one says it
after a colon. The gender is told by the phrase's own endings; where they do not tell it, there is
no article, and what is done then is said by `said_of`.
"""

from __future__ import annotations

from pipeline.text.patterns import compiled_later

KEYWORD = "das Thema "  # before German words whose article nobody knows
# Adjectives that stand first in a line, and so may have its capital.
_FIRST_ADJECTIVES = (
    "neu groß klein eigen gemeinsam digital automatisch zweit dritt weiter geplant schnell".split()
)
_ADJECTIVE = compiled_later(r"([a-zäöüß]{2,})(er|es)$")
_BY_ADJECTIVE = {"er": ("der", "e"), "es": ("das", "e")}
# Endings that leave little doubt, as grammars for learners list them, and common words that have
# them by chance: by judgement.
_BY_ENDING = {
    "German": (
        (
            compiled_later(r"\w{2,}(?:ungen|[hk]eiten|schaften|ionen|itäten|daten|kosten|zahlen)$"),
            "die",
        ),
        (compiled_later(r"\w{2,}(?:ung|[hk]eit|schaft|tion|sion|ität|enz|anz|ik)$"), "die"),
        # A compound has the gender of its last part.
        (
            compiled_later(
                r"\w*(?:linie|anlage|flotte|gabe|stelle|strategie|software|kette|frist|halle|norm|"
                r"schicht|karte|bohne|messe|börse|schule|kasse|straße|stunde|route|miete|plattform|maschine|reihe|pflege|brücke|strecke|fläche|lücke|quelle)$"
            ),
            "die",
        ),
        (
            compiled_later(
                r"\w*(?:gebot|lager|projekt|system|werk|netz|programm|gerät|verfahren|zentrum|modell|"
                r"konzept|gebäude|fahrzeug|labor|büro|register|archiv|portal|formular)$"
            ),
            "das",
        ),
        (
            compiled_later(
                r"\w*(?:plan|vertrag|standort|prozess|betrieb|auftrag|antrag|markt|bau|wechsel|umzug|"
                r"einsatz|ablauf|test|versuch|rückstand|engpass|bedarf|vorschlag|entwurf)$"
            ),
            "der",
        ),
    ),
    "French": (
        (compiled_later(r"\w{2,}(?:tion|sion|ité|ance|ence|ette|ure|erie)$"), "la"),
        (
            compiled_later(
                r"(?:montée|arrivée|mise|reprise|prise|chaîne|ligne|recherche|cage|scène|page|plage)$"
            ),
            "la",
        ),
        (compiled_later(r"\w{4,}ie$"), "la"),
        (compiled_later(r"\w{3,}s$"), "les"),
        (compiled_later(r"\w{2,}(?:ment|isme|eau|oir|et)$"), "le"),
        (compiled_later(r"\w{4,}age$"), "le"),
    ),
    "Spanish": (
        (compiled_later(r"\w{2,}(?:ción|sión|dad|tad|(?<!m)a)$"), "la"),
        (compiled_later(r"\w{2,}(?:o|aje|(?<!lab)or)$"), "el"),
        (compiled_later(r"\w{2,}os$"), "los"),
        (compiled_later(r"\w{2,}(?<!m)as$"), "las"),
    ),
}
_EXCEPTIONS = frozenset(
    "silence image plage eau peau comité côté flor mobiliar sprung umsprung distanz tanz "
    "kranz schwanz glanz lenz mosaik mano foto moto día mapa agua área aula "
    "temps cas bras accès succès avis pays propos fois dos bois colis congrès procès progrès "
    "processus virus génie incendie más menos apenas días".split()
)


def said_of(text: str, language: str) -> str:
    """Return a bare phrase as one says it; "" where its article is not known.

    In German it may be called what it is: "das Thema Kranausleger"; what may be an adjective that
    would have to change stands in quotation marks: "das Thema „neue Grenzwerte“".
    """
    words = text.split()
    first = words[0]
    if language == "German":
        found = _ADJECTIVE.fullmatch(first.casefold())
        is_adjective = found is not None and (first[0].islower() or found[1] in _FIRST_ADJECTIVES)
        is_noun = len(words) > 1 and words[1][:1].isupper() and not words[1].endswith("es")
        if found and is_adjective and is_noun:
            article, ending = _BY_ADJECTIVE[found[2]]
            return f"{article} {found[1]}{ending} {' '.join(words[1:])}"
    article = _by_first_adjective(words) if language == "French" else ""
    article = article or _by_ending(first, language) or _elided(first, language)
    if article:
        starts = first if language == "German" else first[0].lower() + first[1:]
        rest = " ".join([starts, *words[1:]])
        is_joined = language == "French" and article != "les" and rest[0] in "aeiouyéèêàâîôûh"
        return f"l'{rest}" if is_joined else f"{article} {rest}"
    if language != "German":
        return ""
    is_inflected = first.endswith(("e", "es", "en")) and words[1:2] and words[1][:1].isupper()
    return f"{KEYWORD}„{text}“" if is_inflected else f"{KEYWORD}{text}"


def _by_first_adjective(words: list[str]) -> str:
    """Return the article of a French adjective that stands before its noun: "nouveau logiciel"."""
    found = _BEFORE_NOUN.fullmatch(words[0].casefold()) if len(words) > 1 else None
    return next((article for article in ("le", "la", "les") if found and found[article]), "")


_BEFORE_NOUN = compiled_later(
    r"(?P<le>nouveau|premier|petit|grand|vieux|ancien)|(?P<la>nouvelle|première|petite|grande|"
    r"vieille|ancienne)|(?P<les>(?:nouveau|nouvelle|petit|petite|grand|grande)[sx])"
)


def _elided(word: str, language: str) -> str:
    """Return an article where its gender is not heard: "l'offre", "l'atelier"."""
    plain = word.casefold()
    is_one = plain[0] in "aeiouéèêàâîôû" and not plain.endswith(("s", "x")) and len(plain) > 4
    return "la" if language == "French" and is_one and plain not in _EXCEPTIONS else ""


def _by_ending(word: str, language: str) -> str:
    plain = word.casefold()
    if plain in _EXCEPTIONS:
        return ""
    forms = _BY_ENDING.get(language, ())
    return next((article for form, article in forms if form.fullmatch(plain)), "")
