"""The words of a note line that a news search can be made of: two to four nouns and names.

Takes a line's text, its language and words that are never searched (names of people, logistics);
gives the words as they are written, in their order, or none: a search by "croit elle trop" finds
nothing that is meant. Nothing here knows grammar. A German noun has a capital letter; in French and
Spanish a word is a noun if the dictionary has it and not as a verb's form, or if an article stands
before it; in English what is left when small words, verbs after "to" or "she", and forms in -ing
that have an object are taken away.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.relevance import bilingual
from pipeline.relevance.lexicon import FILLERS, OWN_FILLERS
from pipeline.relevance.terms import STOP_WORDS, normalize, stop_words_of, words_of
from pipeline.text.patterns import compiled_later

# ------------------------------------------------------------ every number, and where it is from
FEWEST = 2  # words of a search: one alone finds any news
MOST = 4  # and more find none
SHORTEST = 3  # letters; shorter ones are syllables and initials, but for "5G" and "KI"

_WORD = compiled_later(r"[^\W_]+(?:-[^\W_]+)*")
_ELIDED = compiled_later(r"\b(?:[cjmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
_ELIDED_ARTICLE = compiled_later(r"\b[dl]['’](?=\w)", re.IGNORECASE)
_CLITIC = compiled_later(
    r"-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|toi|leur|les?|la|y|en)\b"
)
_POSSESSIVE = compiled_later(r"['’]s\b")
_PARTICIPLE = compiled_later(r"ée?s?$")  # "accroché"; but "les assurés" are people
_FIGURE = compiled_later(r"\d")

# What a subject hangs on, or stands on: in any line about an office.
CARRIERS = frozenset(
    words_of(
        """photo photograph picture poster framed frame mug wall shelf desk table window corner
        background screen office sign sticker cap shirt medal flag
        foto fotos bild plakat gerahmt gerahmtes rahmen tasse wand regal tisch schreibtisch fenster
        ecke hintergrund büro aufkleber medaille
        photographie affiche cadre encadrée encadré tasse mur étagère table bureau fenêtre coin fond
        vitrine autocollant médaille
        fotografía fotografías cartel taza pared estante mesa escritorio ventana rincón oficina
        marco pegatina medalla
        """
    )
)

# Verbs, adjectives and nouns that are in any line, and that no list of stop words has.
_SMALL = frozenset(
    """able accept add agree allow annoying appear ask asked asks avoid bad badly begin believe best
    better big bring brings brought buy call called came care change changes come comes cut deal
    decide different difficult early easy end expect explain fast fear feel feels felt find finds
    fine finish fix follow found full good great grow grows happen happy hard hate hated hates hear
    heard help helps high hold hope hopes idea interested issue kept kind know knows large late
    leave leaves left like liked likes live lives long look looks lose loses lost love loved loves
    low mean means mention mentioned move moved moves need needed needs nice nobody number offer old
    open owns person people place plan plans play played plays point possible problem problems quick
    quickly quiet ran reduce replace right run runs sad send sent set share short show shows sit
    sits slow small soon sort spend spoke stand stands start started starts stay stop stopped
    stops stuff sure talk talked talks tell thing think thinks thought time told top topic tried
    tries true try trying turn type use used uses various wait waits walk way weekend went win won
    build builds collect collects cook cooks drink drinks eat eats grew improve join joins learn
    learns make paint paints read reads rent restore restores ride rides sell sells sing sings speak
    speaks study teach teaches understand understands wear wears whole
    everybody everyone remote
    wonder wonders work worked works worried worry worse worst write wrong young

    allerdings alles besser braucht brauchen dinge etwas fragt ganz geht gern gerne gibt glaubt groß
    große gut hält heißt immer kein klein kleine kommt kosten leute lieber liegt macht mehr meint
    mensch menschen möchte muss nichts sagt schlecht schon schwer sehr sieht soll sollen sollte
    spricht steht sucht thema trotz viel viele weniger wenig weiß wichtig will wollen problem frage
    idee ende anfang seite teil art weise beispiel grund stelle fällt fallen dauert läuft

    adore affaire ailleurs aime arrive beau beaucoup besoin bout cause certain chose côté croit
    croient dernier dernière dit effet exemple façon facile fera finir gens genre grand grande gros
    idée important jeune lieu long manière mauvais meilleur moment moyen niveau nouveau nouvelle
    ont parle part partie petit petite peur pense peuvent pire plupart premier prend prennent
    prochain problème question raison reste sait semble suite tombe tombent temps tient type va
    veulent veut vie viennent vieille vieux vient voit vrai souvent toujours toute trouve trouver
    encore rapide meilleure combien assez ensemble monde peint

    algo alguien ambiente antiguo antigua bueno buscan cosa cosas cree creen cuesta dice difícil
    ejemplo encanta falta forma fácil gente grande gusta habla idea importante malo manera mejor
    mitad modo momento nueva nuevo pequeña pequeño peor persona personas piensa poco primer
    problema puede pueden queda quiere quieren razón sabe siempre tema tiempo tiene tienen toda
    todas todo todos trata última último va vida viejo viene vuelve mundo parte lado tipo hace
    nunca apenas gran haciendo decir duerme""".split()
)

# French and Spanish words that end as infinitives do: those of them that are nouns or adjectives,
# and, where these are more than the verbs, the endings of the verbs. Read off the dictionaries.
_NOUNS = frozenset(
    """abattoir acier arrosoir avenir berger bougeoir boucher boulanger couvoir cuir danger déjeuner
    dîner éclair enfer espoir étranger fer foyer hiver horloger léger loisir loyer maraîcher ménager
    mer messager miroir mobilier noir oreiller passager plancher plongeoir potager rocher savoir
    soir souvenir tiroir tir trottoir usager verger clocher pouvoir

    alféizar alquiler amanecer atardecer autocar azúcar bar bienestar billar calamar celular chófer
    collar cáncer escolar familiar glaciar hogar láser líder lutier mar militar mujer ocular olivar
    pinar popular pulmonar póster solar sumiller taller telar tráiler auxiliar nuclear dólar pilar
    polar alcázar placer poder saber
    """.split()
)
_VERBS = {
    "french": compiled_later(
        r".*(?:[^i]er|[^o]ir|évoir|cevoir|mouvoir|ifier|cier(?<!acier)|udier|édier|blier|elier"
        r"(?<!atelier)|plier|trier|opier|skier|aphier|varier|[aeo]ndre|aindre|eindre|oindre|ttre"
        r"|uire|boire|oudre|aître|oître|cevoir|vivre|scrire|crire|[lr]ire|corrompre|vaincre"
        r"|conclure|exclure|faire)"
    ),
    "spanish": compiled_later(r".*[aeií]r"),
}
_BEFORE_NOUNS = frozenset(
    """le la les un une du de des au aux en par pour sans avec son sa ses leur leurs notre nos
    dernier dernière nouveau nouvelle nouveaux petit petite grand grande vieux vieille
    ancien ancienne el los las una unos unas del al con sin para su sus por nuestro nuestra nuestros
    nuevo nueva viejo vieja antiguo antigua último última gran
    """.split()
)
_BEFORE_VERBS = frozenset("to i you he she it we they who can will could should would must".split())
_BEFORE_GERUNDS = frozenset(
    "without by while before after when of for from is are was were be about avoid keep".split()
)
_BEFORE_OBJECTS = frozenset("the a an our their his her my its your this these those".split())
_ADVERB = compiled_later(r".{3,}[^p]ly")
_BUT_NO_ADVERB = frozenset("family assembly monopoly italy butterfly anomaly".split())


def search_words(text: str, name: str, never: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Return what to search for by a line in the language of that name, "" for English.

    `never` are normalized words that are not told to anybody.
    """
    told = _POSSESSIVE.sub("", text.replace("’", "'")) if not name else text
    if name == "french":
        told = _CLITIC.sub(" ", _ELIDED.sub("ne ", _ELIDED_ARTICLE.sub("le ", told)))
    words = _WORD.findall(told)
    small = FILLERS | OWN_FILLERS.get(name, frozenset()) | STOP_WORDS | _SMALL
    unwanted = small | stop_words_of(name)
    found: dict[str, str] = {}
    for at, word in enumerate(words):
        own, normalized = word.casefold(), normalize(word)
        is_short = len(word) < SHORTEST and not word.isupper()
        if is_short or word.isdigit() or (_FIGURE.match(word) and not word[-1].isupper()):
            continue
        if own in unwanted or normalized in unwanted or normalized in never:
            continue
        if _is_noun(words, at, name):
            found.setdefault(normalized, word)
    if len(found) < FEWEST:
        return ()
    best = sorted(found.values(), key=lambda word: (not word.isupper(), -len(word)))[:MOST]
    return tuple(word for word in found.values() if word in best)


def without_carriers(text: str) -> str:
    """Return an office line without what its subject hangs on, unless nothing else is in it."""
    kept = _WORD.sub(lambda one: "" if normalize(one[0]) in CARRIERS else one[0], text)
    return kept if words_of(kept) else text


def _is_noun(words: list[str], at: int, name: str) -> bool:
    word = words[at]
    before = words[at - 1].casefold() if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if name == "german":
        return word[0].isupper() and (at > 0 or not after[:1].isupper())
    if at and word[0].isupper():
        return True  # a name
    if name not in _VERBS:
        return _is_english_noun(word.casefold(), before, after.casefold())
    own = word.casefold()
    if found := bilingual.bases_of(word, name):
        is_participle = before not in _BEFORE_NOUNS and _PARTICIPLE.search(own)
        if is_participle and bilingual.bases_of(_PARTICIPLE.sub("er", own), name):
            return False
        is_clear = own in found or own.endswith(("s", "x"))  # "cultiva" is no feminine of "cultivo"
        return not any(_is_verb(form, name) for form in (found[:1] if is_clear else found))
    return before in _BEFORE_NOUNS and not _is_verb(own, name)


def _is_verb(form: str, name: str) -> bool:
    return form not in _NOUNS and bool(_VERBS[name].fullmatch(form))


def _is_english_noun(word: str, before: str, after: str) -> bool:
    if before in _BEFORE_VERBS or (_ADVERB.fullmatch(word) and word not in _BUT_NO_ADVERB):
        return False
    if word.endswith("ing") and len(word) > len("thing"):
        return before not in _BEFORE_GERUNDS and after not in _BEFORE_OBJECTS
    return not (word.endswith("ed") and len(word) > len("speed"))
