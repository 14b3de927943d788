"""The matter that a line of the talk is about, as a phrase: "the bay nurse model", "la merma".

Takes a line's text and the language of the notes; gives the noun phrase that stands where people
jot down a matter: behind what somebody wants, asks or worries about ("wants to bring back …"), in
front of a mark ("Slots: …"), or as the subject of the line ("repairs take nine days"). Where it
ends is told by marks, small words and verbs; in doubt there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records.record import dataclass
from pipeline.text import phrasing
from pipeline.text.patterns import compiled_later
from pipeline.touchpoints.articles import said_of
from pipeline.touchpoints.note_words import Forms, words_of

# How a line names its matter, the surest first.
TOLD, NAMED, BEGUN = 3, 2, 1
MOST_WORDS = 8  # no border test: more of it is a sentence
LEAST_LETTERS = 5  # of a matter in one word: "helpline", and no "desk"


@dataclass(frozen=True, slots=True)
class Matter:
    """A noun phrase with its article, and how its line names it."""

    text: str
    how: int  # TOLD, NAMED or BEGUN


# Behind these words stands what somebody has in mind.
_TOLD = {
    "English": compiled_later(
        r"\b(?:wants?|wanted|would\slike|(?:he|she)['’]d\s(?:like|love)|needs?|plans?|planning|hopes?\sfor|"
        r"looking\sfor|(?:is|are|was|were)?\s?(?:keen|big|hot|set|firm)\son|(?:is\s)?into|"
        r"worr(?:ies|ied)\sabout|brought\sup|mentioned|explained|described|showed\sme|"
        r"(?:went|goes|going)\son\s(?:\w+\s)?about|(?:on|asks?|asked|asked\sme|talk(?:s|ed)?|spoke|speaks|told\sme|grilled\sme|"
        r"been\sasking)\s(?:\w+\s)?(?:about|for|abt)|"
        r"(?:talk(?:s|ed)?|discussed|got\sto|insists\son|dealing\swith|fighting\s(?:for|with)|building|buying|rolling\sout|"
        r"moving\sto|switching\sto|(?:biggest|main|big|real|only)?\s?(?:thing|topic|baby|nightmare|headache|worry|"
        r"problem|pain|project|issue|bugbear|priority|point|pt)\s?(?:is|was|:|=)))\s+"
        r"(?:(?:very\s|really\s)?(?:keen|set|big)\son\s)?"
        r"(?:(?:somebody|someone|us|them|me)\s)?"
        r"(?:to\s(?!see\b|know\b|have\b|hear\b|talk\b|ask\b|meet\b|be\b|go\b|leave\b|show\b|send\b|come\b|text\b)"
        r"(?:get\s(?:into|rid\sof)|bring\sback|cut\sdown|set\sup|roll\sout|move\s(?:to|into)|do\saway\swith|[a-z]+)\s)?",
        re.IGNORECASE,
    ),
    "German": compiled_later(
        r"\b(?:will|wollen|möchte|braucht|plant|planen|sucht|wünscht\ssich|führen|erzählte?|spricht|redet|"
        r"hat\s(?:mir\s)?(?:erklärt|gezeigt)|geht\ses\sum|dreht\ssich\s(?:alles\s)?um|"
        r"(?:sein|ihr|das|größtes?|großes|Haupt)\s?(?:Ding|Thema|Problem|Sorge|Projekt|Anliegen|Steckenpferd|"
        r"Kopfschmerz\w*|Baustelle|Herzensthema|Baby)\s?(?:ist|sind|:|=)|Problem:|Thema:|Sorge:|"
        r"kämpft\s(?:für|um|mit)|weg\svon|umstellen\sauf|Umstieg\sauf)\s+"
        r"(?:(?:vom|über|um|für|gern|unbedingt|wieder|mehr|endlich|auch)\s)*(?P<dative>(?:weg\s)?(?:von|mit)\s)?",
        re.IGNORECASE,
    ),
    "French": compiled_later(
        r"(?:\b(?:veut|veulent|voudrait|voudraient|aimerait|aimeraient|prépare|préparent|cherchent?|"
        r"plaide\spour|tient\sà|insiste\ssur|décortique|évoque|évoqué|m['’]a\s(?:longuement\s)?(?:parlé|expliqué|montré|cuisinée?\ssur|"
        r"interrogée?\ssur|questionnée?\ssur|présenté)|(?:ils|elle|il)\s(?:monte|montent|lance|lancent)|"
        r"demandée?\s(?:pour|sur)|(?:son|leur|gros|grand|vrai)\s(?:souci|sujet|truc|dada|problème|chantier|obsession|cauchemar)"
        r"\s?(?:,\sce\ssont|,\sc['’]est|c['’]est|est|:|=)))\s+"
        r"(?:(?:relancer|réduire|lancer|créer|monter|ouvrir|passer\sà|refaire|développer|garder|partir|supprimer|remettre)\s)?",
        re.IGNORECASE,
    ),
    "Spanish": compiled_later(
        r"\b(?:quiere|quieren|quería|busca|buscan|necesitan?|prepara|preparan|planea|le\s(?:preocupan?|duele|interesan?)|"
        r"peleando|me\s(?:preguntó|habló|contó|explicó|enseñó|mostró|platicó)|hablamos|habló|insiste|insistió|"
        r"(?:su|lo|gran|mayor|principal)\s(?:suyo|tema|problema|obsesión|preocupación|proyecto|dolor\sde\scabeza|reto)\s?"
        r"(?:es|son|:|=))\s+(?:(?:una|media)\shora\s|mucho\s|un\srato\s)?(?:(?:por|de|en|con|sobre|del)\s)?"
        r"(?:(?:quitar|montar|abrir|reducir|cambiar|implantar|lanzar|recuperar|mejorar|pasar\sa|entrar\sal?)\s)?",
        re.IGNORECASE,
    ),
}
# What ends a phrase besides the verbs and persons of `note_words`.
_STOPS = {
    "English": words_of(
        "but because so then if when while who which that than as like just only even still not no "
        "never always already yet soon again too also maybe really very every each all most until "
        "till before after next last this these those there here and or with without since though "
        "everyone everybody nobody anyone people someone somebody something anything nothing one "
        "instead except per plus via more less enough much many some any lots rather quite him her "
        "them me us it you i he she they we w/ up down out off back away together today tomorrow "
        "monday tuesday wednesday thursday friday dying died burns burn lose retire to reckons "
        "laughed smells twice sometimes usually mostly often sits pays send sends teaches teach hang "
        "hangs lasts waits quit quits eat eats say leave keep gets builds write writes misses meet "
        "meets bounce bounces crashes double doubles doubled tripled halved dropped collapse own "
        "pushes fights argue argues tested passed died broke lags drags sit themselves myself they "
        "least compulsory expects expect rising falling growing late overdue broken dead done gone "
        "finished prob probably itself drown drowns crash stall stalls swear swears listens"
    ),
    "French": words_of(
        "mal bien mais car parce donc alors si quand lorsque que qui dont où comme plus moins très "
        "trop pas lisible lisibles "
        "jamais toujours encore déjà bientôt aussi surtout seulement même et ou avec sans depuis "
        "pendant avant après chaque tous toutes tout toute y ne n' se s' ça cela ce ces cet cette "
        "abandonnée abandonné lundi mardi mercredi jeudi vendredi aujourd'hui hier demain"
    ),
    "Spanish": words_of(
        "pero porque pues así si cuando que quien donde como más menos muy tan no nunca siempre "
        "todavía aún ya pronto también sólo solo y e o u con sin desde durante antes después cada "
        "todo toda todos todas nadie alguien algo nada se lo eso esto ese esta estos hoy ayer mañana "
        "lunes martes miércoles jueves viernes mientras aunque"
    ),
}
_WITHIN = {
    "English": words_of("of in on at for to from by between into behind under about against"),
    "French": words_of("de du des d' à au aux en sur pour dans chez entre vers la le les l'"),
    "Spanish": words_of("de del en a al para por entre sobre contra la el los las"),
}
_TOKEN = compiled_later(r"\S+")
_BETWEEN = words_of("between entre")
_INFINITIVE = compiled_later(r"[aei]r(?:l[aeo]s?|se)$")
_MARKED = compiled_later(r"[.,;:!?)…]+$")
_GOOD = compiled_later(r"(?:[\"“«‘'(]?)[^\W_][\w'’.&/+-]*")
_NUMBER = compiled_later(r"[\d~<>+£$€-][\d.,:/%–-]*[%km]?")
# Two kinds of marks behind a line's first words; a dash has blanks about it.
_LABEL = compiled_later(r"\s*(?::|=|\s[-–—]|\s\(|->|→)\s?")
_MASS = compiled_later(
    r"(?:\w{3,}(?:ing|tion|sion|ment|ity|ship|ance|ence|ics|age|ism|ness|ware|work|ude)|data|hail|waste|"
    r"stewardship|care|stock|food|traffic|staff|feedback|research|software|typography)$",
    re.IGNORECASE,
)
_GERMAN = compiled_later(
    r"(?P<article>(?:der|die|das|den|dem|eine?|einen|einem)\s)?"
    r"(?P<adjectives>(?:[a-zäöüß]{3,}(?:e|en|es|er)\s){0,2})"
    r"(?P<noun>[A-ZÄÖÜ][\wäöüß/-]{2,}(?:\s(?:[A-ZÄÖÜ][\wäöüß/-]{2,}))?)"
    r"(?P<of>(?:\s(?:für|in|im|mit|von|vom|bei|beim|zur|zum|an|am|auf|aus|der|des|ohne|unter|nach|gegen)"
    r"(?:\s(?:den|dem|der|die|das|des))?(?:\s[a-zäöüß]{3,}(?:e|en|er))?\s[A-ZÄÖÜ][\wäöüß/-]{2,})?)"
)


def matters_of(text: str, language: str, forms: Forms) -> tuple[Matter, ...]:
    """Return what a line may be about, the surest first."""
    if language not in _TOLD:
        return ()
    found = _found(text, language, forms)
    return tuple(sorted({one.text: one for one in found}.values(), key=lambda one: -one.how))


def _found(text: str, language: str, forms: Forms) -> Iterator[Matter]:
    for cue in _TOLD[language].finditer(text):
        tail, before = text[cue.end() :], text[: cue.start()]
        if language == "German" and cue["dative"]:
            tail = _DATIVE.sub("die ", tail)
        said, rest = _phrase(tail, language, forms, is_begun=False)
        is_theirs = not _MINE.search(before) and not _TO_ASK.match(text)
        is_whole = not (said.endswith("ing") and rest and rest[0] == " ")
        is_name = (
            language != "German" and " " not in said.removeprefix("the ") and said[-1:].islower()
        )
        is_name = is_name and any(letter.isupper() for letter in said[-8:])
        if said and is_theirs and is_whole and not is_name and _is_outside(before):
            yield Matter(said, TOLD)
    said, rest = _phrase(text, language, forms, is_begun=True)
    if said and _is_begun_well(said, rest, language):
        is_named = bool(_LABEL.match(rest)) or rest[:1] in (".", "!", ",", ";")
        yield Matter(said, NAMED if is_named else BEGUN)


_DATIVE = compiled_later(r"^den\s(?=\S+(?:en|ern|eln)\b)")
_TO_ASK = compiled_later(
    r"\W*(?:to\s)?(?:ask|find\sout|check|remember|fragen|nachfragen|demander|preguntar)\b",
    re.IGNORECASE,
)


def _is_outside(before: str) -> bool:
    """Return whether what stood before closed its quotation: what was quoted is no cue."""
    return before.count('"') % 2 == 0 and before.count("“") <= before.count("”")


def _is_begun_well(said: str, rest: str, language: str) -> bool:
    """Return whether a line's first phrase is what it is about, and not a remark or a piece."""
    words = said.removeprefix("the ").split()
    is_label = bool(_LABEL.match(rest)) or rest.startswith(("!!", ". "))
    is_one = len(words) == 1 and language == "English"
    is_counted = words[0].casefold() in _COUNTS
    is_cut = bool(_NUMBERED.search(said)) and rest.strip()[:1].isdigit()
    is_long = len(rest.split()) >= LEAST_REST
    return is_long and (is_label or not is_one) and not is_counted and not is_cut


_COUNTS = words_of("two three four five six seven eight nine ten eleven twelve dozens hundreds")
_NUMBERED = compiled_later(
    r"(?:nivel|niveau|level|halle|hall|line|ligne|línea|phase|stufe|klasse|gleis|x\d+)$",
    re.IGNORECASE,
)


# What the candidate did is no matter of theirs: "I described the sprint".
_MINE = compiled_later(
    r"(?:\b(?:I|ich|yo|je|j['’]ai|lui\sai|leur\sai)|j['’])\s?(?:also\s|then\s|just\s|habe\s)?$",
    re.IGNORECASE,
)
LEAST_REST = 2  # words that follow a line's first phrase: else it is a remark


def _is_small(said: str, forms: Forms) -> bool:
    """Return whether a phrase says too little: "the copy", "the both"."""
    words = said.split()
    content = [word for word in words if word.casefold() not in forms.articles | _SMALL]
    return not content or (len(content) == 1 and len(content[0]) < LEAST_LETTERS)


_GERMAN_SMALL = words_of(
    "Ihr Ihre Sein Seine Mein Meine Sie Er Es Wir Früher Heute Gestern Montag Dienstag Mittwoch "
    "Donnerstag Freitag Samstag Sonntag Vater Mutter Aber Und Dann Zum Zur Im Am Tarif Gehalt "
    "Redet Bauch Bauchgefühl Regal Kleine Große"
)
_SMALL = words_of(
    "the das thema die der copy method home money culture both others person people example idea "
    "answer list reason way side start budget lot band round kind sort place part number name "
    "moment problem nightmare headache stuff things work job role post team office company "
    "candidate manager boss guy bloke chap fan notice references fourchette salaire sueldo chef chefin sie er frau herr problem frage sache leute team chef "
    "poste équipe chose gens personne problème cosa gente persona equipo puesto tema problema "
    "your our their his her votre su sus le la les el los las l'"
)


def _phrase(text: str, language: str, forms: Forms, *, is_begun: bool) -> tuple[str, str]:
    """Return the noun phrase at the head of a text with its article, and what follows it."""
    if language == "German":
        return _german(text, forms, is_begun=is_begun)
    words: list[str] = []
    stops, within, at = _STOPS[language], _WITHIN[language], 0
    for found in _TOKEN.finditer(text):
        token = found.group()
        bare = _MARKED.sub("", token).strip("\"“”«»'’")
        plain = bare.casefold()
        is_pair = plain in ("and", "y", "et") and bool(_BETWEEN & {w.casefold() for w in words})
        ends = (plain in stops and not is_pair) or plain in forms.verbs or plain in forms.persons
        ends = ends or plain.replace("’", "'").split("'")[0] in forms.persons - {"m", "j", "l"}
        ends = (
            ends
            or (bool(words) and plain in ("a", "an"))
            or bool(_INFINITIVE.search(plain) and language == "Spanish")
        )
        if not bare or ends or not _GOOD.fullmatch(token[: len(token)].rstrip('.,;:!?)…"”»')):
            break
        if _NUMBER.fullmatch(bare) and not (words and words[-1][:1].isupper()):
            break
        if not words and plain in forms.prepositions - forms.articles:
            break
        if sum(word.casefold() in within for word in words) > 2 and plain in within:
            break
        words.append(bare)
        at = found.end()
        if token != token.rstrip(".,;:!?)…") or len(words) > MOST_WORDS:
            at = found.start() + len(_MARKED.sub("", token))
            break
    rest = text[at:]
    small = within | forms.articles | forms.prepositions
    while words and words[-1].casefold() in small:
        words.pop()
    words = _undated(words, language)
    if not words or len(words) > MOST_WORDS or (is_begun and _is_no_start(words, language)):
        return "", rest
    said = _with_article(words, language, forms, is_begun=is_begun)
    return ("" if _is_small(said, forms) else said), rest


def _is_no_start(words: list[str], language: str) -> bool:
    """Return whether a line begins with a verb or a letter, as far as its form tells."""
    first, *_ = words
    if language == "English":
        return len(first) == 1 or (len(first) > 4 and first.endswith("ed"))
    if language == "Spanish":
        return bool(_BARE_SPANISH.fullmatch(first)) and first.casefold() not in _SPANISH_ARTICLES
    return False


# "baila en una diablada", "surfea", "tengo un cuadernillo": a verb as likely as a noun.
_BARE_SPANISH = compiled_later(
    r"(?!\w+(?:ción|sión|dad|miento|aje|ura|ncia|ería|ía)$)\w+(?:[aoeéó]|an|en|aba|ía)",
    re.IGNORECASE,
)
_SPANISH_ARTICLES = words_of("la lo una su de")


def _undated(words: list[str], language: str) -> list[str]:
    """Return words without when it is to be: "a second positioner in the spring"."""
    pattern = _WHEN.get(language)
    said = " ".join(words)
    return (pattern.sub("", said) if pattern else said).split()


_WHEN = {
    "English": compiled_later(
        r"\s(?:in(?:\sthe)?|by|for|on|from)\s(?:spring|summer|autumn|fall|winter|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|"
        r"aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|q[1-4]|(?:next\s)?(?:year|month|week)s?|"
        r"(?:two|three|five|ten|six)\syears?|diwali|easter|christmas|xmas|nights?)$|\sin\sunder\s.*$",
        re.IGNORECASE,
    ),
}


def _with_article(words: list[str], language: str, forms: Forms, *, is_begun: bool) -> str:
    first = words[0].casefold()
    is_name = (len(words) > 1 and words[1][:1].isupper()) or any(c.isupper() for c in words[0][1:])
    if is_begun and not is_name and words[0].isalpha():
        words = [phrasing.lower_first(words[0]), *words[1:]]
    if language == "English":
        return _english(words, first, forms)
    definite = (
        {"un": "le", "une": "la", "des": "les"}
        if language == "French"
        else {"un": "el", "una": "la", "unos": "los", "unas": "las"}
    )
    if first in definite:
        words = [definite[first], *words[1:]]
        said = " ".join(words)
        return (
            re.sub(r"^(?:le|la) (?=[aeiouéèêàâîôûh])", "l'", said) if language == "French" else said
        )
    if first in forms.articles or first.startswith(("l'", "l’")) or first in dict(forms.theirs):
        return " ".join(words)
    return said_of(" ".join(words), language)


def _english(words: list[str], first: str, forms: Forms) -> str:
    if first in ("a", "an"):
        return " ".join(["the", *words[1:]])
    if first in forms.articles or first in dict(forms.theirs):
        return " ".join(words)
    at = next((n for n, w in enumerate(words) if w.casefold() in _WITHIN["English"]), len(words))
    head = words[at - 1] if at else words[0]
    if at == len(words) > 1 and all(word[:1].isupper() or word[:1].isdigit() for word in words):
        return " ".join(words)
    is_several = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    bare = is_several or _MASS.fullmatch(head) or words[0].endswith("ing") or at == 0
    return " ".join(
        words
        if bare and at == len(words)
        else ["the", *words]
        if not words[0].endswith("ing")
        else words
    )


def _german(text: str, forms: Forms, *, is_begun: bool) -> tuple[str, str]:
    found = _GERMAN.match(text)
    if not found:
        return "", text
    noun = found["noun"] + found["of"]
    first, *more = noun.split()
    is_verb = bool(more) and more[0][:1].isupper() and first.endswith("t")
    if is_begun and (is_verb or first.endswith(("lich", "weise"))):
        return "", text
    article = (found["article"] or "").strip().casefold()
    plain = {word.casefold() for word in noun.split()}
    if plain & (forms.verbs | forms.persons) and is_begun:
        return "", text
    rest = text[found.end() :]
    adjectives = found["adjectives"].strip()
    if article in ("die", "das"):
        said = " ".join(filter(None, (article, adjectives, noun)))
    elif article in ("den", "der") and not adjectives:
        said = f"{'der' if article == 'den' else 'die'} {noun}"
    else:
        said = said_of(noun, "German")
        said = f"die {noun}" if article in ("eine",) else said
    return ("" if _is_small(said, forms) or noun in _GERMAN_SMALL else said), rest
