"""The further names of a company that follow from its official one, as it stands on a letter.

Takes "Acme Robotics GmbH & Co. KG (formerly Foo)"; gives "Acme Robotics" and "Foo". A legal form, a
leading "The" and a remark in brackets go; NVIDIA and "adidas AG" are also what the news make of
them: Nvidia, Adidas. `short_forms` gives what headlines make of it, "Nordhafen" for Nordhafen
Logistics. How each of them may be spelt is left to `name_spellings`; a short form that follows from
no rule ("Goldman" for Goldman Sachs) to the titles of the company's news.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.text.characters import letters_of
from pipeline.text.comparable import plain_text
from pipeline.text.patterns import compiled_later

# ------------------------------------------------------------ every number, and where it is from
LEAST_CAPITALS = 4  # letters of NASA, which the news write Nasa; SAP, IBM and GE stay as they are

# Legal forms by their letters, as they are written: "as" and "co" in small letters are words.
FORMS = frozenset(
    """Aktiengesellschaft Kommanditgesellschaft Aktiebolag Aktieselskab Osakeyhtiö Kabushiki Kaisha
    GmbH gGmbH mbH AG SE KG KGaA OHG UG eG eK eU Inc Incorporated Corp Corporation Co Company
    Cie Ltd Limited Ltda LLC LLP LP PLC Plc plc SA SAS SASU SARL Sàrl Sarl SNC SCA SpA SRL Srl SL
    SLU SAU SAB CV BV NV VOF AB HB ASA AS ANS ApS Oy Oyj OYJ Abp KK GK Pte Pty Pvt Bhd Sdn Tbk
    sro Zrt Nyrt Kft doo dd AD EAD OOD EOOD spzoo zoo Sp Group Gruppe Groupe Gruppo Grupo Holding
    Holdings publ Public Pjsc PJSC PAO OAO OOO ООО ПАО АО ОАО ЗАО AŞ TAŞ KGaA SICAV GIE DAC
    株式会社 有限会社 有限公司 주식회사 (株) (주) 集团 集團""".split()
)
_SMALL_FORMS = frozenset("gmbh inc incorporated corp corporation ltd limited llc plc".split())
_SLASHED = frozenset(("A/S", "S/A", "P/S", "I/S", "K/S", "c/o", "SA/NV", "NV/SA"))
_UNSPACED_FORM = compiled_later(
    r"^(?:株式会社|有限会社|주식회사)|(?:株式会社|有限会社|有限公司|集团|集團|주식회사)$"
)
# They stand before a name, and are no part of what the news call it.
_BEFORE = frozenset(
    "The AB PT PJSC PAO OAO OOO ООО ПАО АО ОАО Aktiebolaget Telefonaktiebolaget Koninklijke".split()
)
# A remark in brackets or behind a comma: what it says before the name that it gives.
_FORMER = (
    r"(?:formerly(?: known as)?|previously|ehemals|vormals|früher|anciennement|ex-?|antes|antigua|"
    r"trading as|t/a|doing business as|d/?b/?a|f/?k/?a|n/?k/?a|a/?k/?a|also known as|known as|"
    r"now|jetzt|part of|short|kurz)"
)
_REMARK = compiled_later(rf"\s*[,;]?\s+{_FORMER}[:.]?\s+(?P<name>[^()]+)$", re.IGNORECASE)
_BEGINS = compiled_later(rf"^{_FORMER}[:.]?\s+", re.IGNORECASE)
_BRACKETS = compiled_later(r"\s*[(\[]([^()\[\]]{1,80})[)\]]")
# What a firm is or makes, in general words: headlines leave them out. Words that tell a daughter
# from its mother (Siemens Energy, Lufthansa Technik, Deutsche Bank) are not among them.
_DESCRIPTIVE = frozenset(
    """technologies technology electronics platforms motor motors airlines airways industries
    pharmaceuticals pharmaceutical pharma laboratories semiconductor semiconductors software systems
    stores foods brands international worldwide global enterprises beverages therapeutics robotics
    networks chemicals chemical logistics logistik airline company communications entertainment
    interactive hotels resorts restaurants supermarkets brewery breweries instruments engineering
    pharmaceutica stiftung werke technologie technologien maschinenbau spedition verlag deutschland
    germany france españa espana italia europe polska nederland schweiz austria österreich uk us usa
    india japan suisse belgium ireland canada stores shipping lines automotive aerospace biosciences
    biotech genomics mobility labs games studios hospitality apparel footwear cosmetics""".split()
)
# What is left must be a name of its own: not "General", "United", "Air", "Bank".
_NO_NAME = frozenset(
    """general national united first new american british german french european royal standard
    public central northern southern eastern western global international digital air bank radio
    advanced applied allied associated consolidated universal modern classic premier superior great
    big best smart future green blue red black white north south east west old young data info net
    bio micro nano inter trans euro pan deutsche deutscher deutsches österreichische schweizer
    société compagnie banque banco caixa grand union cloud energy media power sun star world life
    health care home city urban auto car food fresh pure true one two three my your our
    post börse""".split()
)
# "Robert Bosch GmbH" is Bosch, where the news are in the language of its legal form.
_GERMAN_FORM = compiled_later(r"\b(?:GmbH|KG|KGaA|AG|SE|Stiftung|OHG)\b")
_GERMAN_GIVEN = compiled_later(
    r"(?:Dr\. )?(?:Robert|[CK]arl|August|Ernst|Hugo|Heinrich|Friedrich|Wilhelm|Otto|Paul|Hans|"
    r"Georg|Johann(?:es)?|Franz|Fritz|Gustav|Ludwig|Peter|Walter|Werner|Richard|Rudolf|Hermann|Alfred|"
    r"Albert|Anton|Axel|Bernhard|Eduard|Emil|Ferdinand|Gebr(?:üder|\.)|Deutsche) (?=\w+$)"
)
_DASHED = compiled_later(r"\s[-–—]\s")
LEAST_DASHED = 5  # letters of a part beside a dash: "Mærsk" of "A.P. Møller – Mærsk"
_JOINING = frozenset(("&", "+", "and", "und", "et", "de"))  # "& Co.", "S.A.B. de C.V."
_SIGNS = '!?*™®©℠"“”„«»'
_SMALL_WORDS = frozenset("of and the de du des la le les der die das und et y for in on".split())
_CAPITALS = compiled_later(rf"[^\W\d_]{{{LEAST_CAPITALS},}}")


@lru_cache(maxsize=8192)
def forms_of(name: str, places: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the names that follow from one, the fullest first; without the name itself.

    A bracket that only says where it is ("(UK)", one of these places in small letters) names
    nothing.
    """
    found = [
        form
        for whole in _told_apart(" ".join(plain_text(name).split()), places)
        for form in _shorter(whole)
    ]
    usual = [other for form in found for other in _as_news_write(form)]
    return tuple(
        form for form in dict.fromkeys([*found, *usual]) if form != name and _is_name(form)
    )


@lru_cache(maxsize=8192)
def short_forms(name: str) -> tuple[str, ...]:
    """Return what headlines may make of a name; it means the company where its context says so.

    "Infineon Technologies" is Infineon, "Johnson & Johnson" J&J, "BMW Bayerische Motoren Werke"
    BMW, "JPMorgan Chase" JPMorgan. No word that is part of other names alone (`_NO_NAME`).
    """
    whole = short_form(name).removesuffix(", The")
    words, found = whole.split(), [whole]
    while len(words) > 1 and words[-1].casefold().strip(".,") in _DESCRIPTIVE:
        words = words[:-2] if words[-2:] == ["Air", "Lines"] else words[:-1]
    found.append(" ".join(words))
    if _GERMAN_FORM.search(name):
        found.append(_GERMAN_GIVEN.sub("", found[-1]))
    initials = "".join(word[0] for word in words if word[0].isalpha() and word[0].isupper())
    if len(words) == 3 and words[1] in ("&", "and", "und") and len(initials) == 2:
        found.append("&".join(initials))
    first = words[0]
    if len(words) > 1 and (
        (first.isupper() and first.replace("&", "") == initials[1:])
        or (re.fullmatch(r"[A-Z]{2,}[a-z]{3,}|[A-Z][a-z]{2,}[A-Z][a-z]{2,}", first))
    ):
        found.append(first)
    if len(parts := _DASHED.split(whole)) > 1:
        found += [part for part in parts if len(part) >= LEAST_DASHED and " " not in part]
    usual = [other for form in found for other in _as_news_write(form)]
    return tuple(
        form
        for form in dict.fromkeys([*found, *usual])
        if form != name and _is_name(form) and form.casefold() not in _NO_NAME
    )


def short_form(name: str) -> str:
    """Return the name without remarks, legal forms and "The", as one searches for it."""
    whole = _told_apart(" ".join(plain_text(name).split()), frozenset())[0]
    shorter = [form for form in _shorter(whole) if _is_name(form)]
    return shorter[-1] if shorter else name


def is_one_name(name: str, written: str) -> bool:
    """Return whether what was typed somewhere is a company's name, in any case and spelling."""
    wanted = letters_of(plain_text(written))
    return bool(wanted) and any(
        letters_of(plain_text(form)) == wanted for form in (name, *forms_of(name))
    )


def _told_apart(name: str, places: frozenset[str]) -> list[str]:
    """Return a name and those in its brackets: "Acme (formerly Foo)", "Acme, formerly Foo"."""
    bare = " ".join(_BRACKETS.sub(" ", name).split())
    remark = _REMARK.search(bare)
    inside = [*_BRACKETS.findall(name), *([remark["name"]] if remark else [])]
    names = [_BEGINS.sub("", text).strip(" ,;") for text in inside]
    parts = re.split(r"\s+/\s+", bare[: remark.start()] if remark else bare)
    given = [text for text in names if text.casefold() not in places and not is_legal_form(text)]
    return [*parts, *(text for text in given if text[:1].isupper() or not text[:1].isalpha())]


def _shorter(name: str) -> list[str]:
    """Return a name, and what is left without legal forms, "The" and signs beside its words."""
    words = name.split()
    while len(words) > 1 and (is_legal_form(words[-1]) or words[-1] in _JOINING):
        words.pop()
    words = " ".join(words).rstrip(" ,;/").split()
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
    unsigned = " ".join(bare for word in words if (bare := word.strip(_SIGNS)))
    if len(words) < len(name.split()) and re.fullmatch(r"\w+\.com", unsigned):
        return [name, unsigned, unsigned.removesuffix(".com")]  # Amazon.com, Inc.
    return [name, _UNSPACED_FORM.sub("", unsigned)]


def is_legal_form(word: str) -> bool:
    """Return whether a word is a legal form, with its dots or without: "S.p.A.,"."""
    bare = word.strip(",;()").replace(".", "")
    small = bare.casefold() if bare.isupper() or bare.islower() else ""
    return bare in FORMS or small in _SMALL_FORMS or word.strip(",") in _SLASHED


def _as_news_write(name: str) -> list[str]:
    """Return how the news write a name in capitals or in small letters: Nvidia, Adidas."""
    words = name.split()
    cased = [letter for letter in name if letter.lower() != letter.upper()]
    every = " ".join(_capital(word, at) for at, word in enumerate(words))
    if cased and all(letter.islower() for letter in cased):
        return [every]
    shouted = [word.isupper() and bool(_CAPITALS.search(word)) for word in words]
    if not any(shouted):
        return []
    is_wholly = name.isupper()
    kept = [
        _capital(word, at) if loud or (is_wholly and word.lower() in _SMALL_WORDS) else word
        for at, (word, loud) in enumerate(zip(words, shouted, strict=True))
    ]
    return [" ".join(kept), every] if is_wholly else [" ".join(kept)]


def _capital(word: str, at: int) -> str:
    """Return a word with a capital at its beginning and behind each hyphen alone."""
    if at and word.lower() in _SMALL_WORDS:
        return word.lower()
    return re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)?", lambda run: run.group().capitalize(), word)


def _is_name(text: str) -> bool:
    letters = [letter for letter in text if letter.isalnum()]
    return len(letters) > 1 and text.casefold() not in _SMALL_WORDS and not is_legal_form(text)
