"""What the head of a note says of people and language, in the words that people use for it.

Takes what stands behind `role:`, `title:`, `channel:` and `language:`; gives what the records know
it as, or None where it is no word for one.
"""

from __future__ import annotations

import re

from pipeline.records import Channel, PersonRole

ROLES: dict[PersonRole, str] = {
    "recruiter": r"recruit\w*|talent\w*|hr\b|human resources|people (?:partner|team|ops)|sourcer|"
    r"headhunter|personal(?:abteilung|referent\w*|er(?:in)?|leit\w*)\b|rh\b|ressources humaines|"
    r"chargée? de recrutement|rrhh|recursos humanos|selección",
    # But a secretary general runs the house.
    "assistant": r"(?:executive |personal |team )?assistant\w*$|assisten\w+$|"
    r"(?!secretari[oa] gener|secretary.general)secretar\w*|"
    r"sekretär\w*|office manager|coordinator|secrétaire(?! général)|asistente",
    "manager": r"(?:hiring )?manager|boss|head|lead(?:er)?\b|director|chef\w*|vorgesetzt\w*|"
    r"leiter(?:in)?|responsable|jef[ea]|directeur|directrice",
    "peer": r"peer|colleague|team ?mate|koll?eg\w*|collègue|compañer[oa]",
    "interviewer": r"interviewer|expert|panel|gesprächspartner\w*|fachbereich",
}
# Posts as people write them in capitals, in each language; general knowledge. Left out is what is
# as likely a form of company (AG, SA, SE).
POSTS = frozenset(
    # English: chief … officers, vice presidents, human resources, products, projects, quality
    "CEO CFO CTO COO CIO CMO CPO CHRO CRO CSO CDO CCO CISO VP SVP EVP AVP MD GM HR HRBP HRD TA "
    "PM PO TPM EM QA "
    # German: Geschäftsführung, Projekt-, Personal-, Abteilungs-, Team-, Bereichsleitung
    "GF GL PL HRL AL TL BL "
    # French: directions (générale, ressources humaines, finances, informatique …), their "adjoints"
    "PDG DG DGA DRH DRHA RH RRH DAF RAF DSI RSI DIRCOM DIRCAB "
    # Spanish: recursos humanos
    "RRHH".split()
)
CHANNELS: dict[Channel, str] = {
    "email": r"e-?mail|mail|courriel|correo\b(?! postal)",
    "linkedin": r"linked-?\s?in|inmail",
    "card": r"(?:post)?card|letter|post\b|karte|postkarte|brief|carte|lettre|tarjeta|carta|"
    r"correo postal",
    "call": r"(?:phone |telephone )?call|(?:tele)?phone|ring\b|anruf\w*|telefon\w*|appel\w*|"
    r"téléphon\w*|llam\w+|teléfono",
}
LANGUAGES = {
    "English": "en english englisch anglais inglés",
    "German": "de german deutsch allemand alemán",
    "French": "fr french französisch français francais francés",
    "Spanish": "es spanish spanisch espagnol español espanol",
}


def role_of(written: str, title: str) -> PersonRole | None:
    """Return what somebody is, by `role:`, else by a title that says that they only arrange it.

    None where something is written that nobody knows; without a hint an interviewer.
    """
    for role, words in ROLES.items():
        if written and re.match(rf"(?:{words})", written.strip(), re.IGNORECASE):
            return role
    if written.strip():
        return None
    for role in ("recruiter", "assistant"):
        if re.search(rf"\b(?:{ROLES[role]})", title, re.IGNORECASE):
            return role
    return "interviewer"


def channel_of(written: str, name: str, email: str) -> Channel | None:
    """Return how one writes to somebody; None where something is written that nobody knows.

    Without a word for it a mail, if there is an address; else a note on LinkedIn, where one finds
    whoever has a name. A card needs a postal address, and a call a reason.
    """
    for channel, words in CHANNELS.items():
        if re.fullmatch(rf"(?:{words})", written.strip(), re.IGNORECASE):
            return channel
    if written.strip():
        return None
    return "email" if email or not name else "linkedin"


def language_of(written: str) -> str | None:
    """Return the language's name; "" where nothing is written, None where it is not known."""
    plain = written.strip().casefold().split("-")[0]
    if not plain:
        return ""
    return next((name for name, words in LANGUAGES.items() if plain in words.split()), None)
