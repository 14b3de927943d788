"""Jotted lines of which no message can make use, whatever the news are.

Takes one line as plain text; tells whether it only says when, where and with whom one talked, or is
about pay, by when they decide, how one did oneself, or the coffee. English, German, French and
Spanish, by the form of the line: "pay is 29k, bit low" is such a line, "the pay gap" is a topic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.text.month_names import month_of
from pipeline.text.patterns import compiled_later

MOST_LEFT = 7  # words of an occasion besides days, names and small words: a firm, a place, a room
LEAST_OF_JOURNEY = 2  # parts of a line, and half of them, that are of the way there
MOST_OF_PART = 4  # words: "parking sensors in the town" is somebody's topic
MOST_COMPLAINT = 6  # words: "hated the coffee"; more may say why, and that is somebody's topic

_OCCASION = (
    r"\b(?:video ?-?call|zoom|teams|call|chat|talk|interview|meeting|gesprach|telefonat|termin|"
    r"\w*gesprach|entretien|visio|rendez-vous|rdv|entrevista|videollamada|llamada|cita)\b"
    r"(?![ -]?(?:cent|room|app|volume))"
)
_DAY = (
    r"\b(?:(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|"
    r"donners|"
    r"frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|lunes|martes|"
    r"miercoles|jueves|viernes|sabado|yesterday|gestern|hier|ayer|"
    r"(?:mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|jue|ven|vie)\.(?=,?\s\d))(?!\w)|"
    r"\b\d{1,2}[./]\s?\d{1,2}\b[./]?(?:\d{2,4})?|\b\d{4}-\d\d-\d\d\b"
)
_HOUR = (
    r"\b\d{1,2}(?:[:.h]\d\d)?\s?(?:uhr|h|hrs|am|pm|o'?clock)\b|\b\d{1,2}:\d\d\b|"
    r"\b(?:a las|um|at)\s\d{1,2}\b"
)
_DAY_OF_MONTH = compiled_later(r"\b\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?([a-z]{3,})\b")
_MONTH_DAY = compiled_later(r"\b([a-z]{3,})\s\d{1,2}(?:st|nd|rd|th)?\b")
_SMALL = compiled_later(
    r"\b(?:the|a|an|at|in|on|with|w|and|of|by|via|from|der|die|das|dem|den|am|um|im|bei|mit|und|u|"
    r"vom|zum|uber|le|la|les|l|du|de|des|d|a|au|aux|avec|et|chez|vers|sur|par|el|los|las|con|y|en|"
    r"por|del|al|ms|mr|mrs|miss|dr|prof|herr|herrn|frau|fr|hr|mme|mlle|m|sr|sra|ing|dipl)\b"
)
_WORD = r"[^\W\d_]+(?:[-'][^\W\d_]+)*"
_BRACKETS = compiled_later(r"\([^()]*\)")
# What makes a sentence of it, or names what it was about.
_TELLS = compiled_later(
    r"\b(?:about|abt|uber|sur|sobre|they|we|she|he|i|is|are|was|were|has|have|wants?|needs?|said|"
    r"says|"
    r"sie|wir|er|ich|ist|sind|war|hat|haben|will|wollen|sucht|suchen|sagt|ils?|elles?|nous|est|"
    r"sont|"
    r"veut|veulent|cherche\w*|quieren?|tienen?|buscan?|estan?|hay|son)\b|\?"
)

_WHO_PAYS = r"(?:they(?:'?d| would| will)?|sie|ils|on|ellos)"
_PAY = (
    r"(?:pay|paid|salary|wages?|money|comp|compensation|gehalt|lohn|bezahlung|bezahlt|verdienst|"
    r"stundenlohn|"
    r"salaire|paye|paie|payes?|remuneration|sueldo|salario|paga|pagan|pagaban|jornal)"
)
# At the beginning, so that "late payments cost them 30k" and "the pay gap" are about something.
_OF_PAY = compiled_later(
    rf"^(?:(?:the|der|die|das|le|la|el|{_WHO_PAYS})\s)?{_PAY}\b"
    r"(?!\s(?:gap|day|trans|system|slip|for|of|fair|late|roll|run|scale|to|off|with|and|und|et|y)\w*)"
)
_AMOUNT = (
    r"\d{1,3}[.,' ]\d{3}\b|\b\d{2,3}\s?(?:-\s?\d{2,3}\s?)?(?:k|t|thousand|grand|tausend|mil|"
    r"mille)\b|"
    r"\b(?:band|grade|tarif\w*|entgeltgruppe|echelon|indice|nivel)\s\w{1,4}\b|[£$€]\s?\d\d|"
    r"\b(?:an?|per|pro|die|de|la|por|l)[ '](?:hour|hora|stunde|heure)\b"
)
_JUDGED = (
    r"\b(?:low|lowish|not great|so so|fair|ok|okay|decent|wenig|mager|niedrig|knapp|peu|juste|bajo|"
    r"poco|justo|correct|correcto)\b|"
    r"\b(?:ask|asking|check|nach\w*|fragen|klaren|demander|voir|preguntar|mirar)\b"
)
_PAY_SAID = compiled_later(f"{_AMOUNT}|{_JUDGED}")

_DECISION = compiled_later(
    r"^(?:(?:the|die|la)\s)?(?:decision|they decide|will decide|hear back|they'?ll (?:call|phone|"
    r"decide|let me know)|"
    r"entscheidung|ruckmeldung|bescheid|antwort|reponse|respuesta|deciden|decident|"
    r"decidiran)\W{1,3}"
    r"(?:by|before|in|within|around|bis|vor|nach|binnen|ende|anfang|mitte|avant|d'ici|dans|sous|"
    r"fin|debut|antes|"
    r"en|dentro|a finales|next|nachste|la semaine|la semana)\b"
)
_MYSELF = (
    r"^(?:(?:i|ich|je|j'|yo)\s?)?(?:also\s)?(?:was|felt|got (?:there|lost|in)|arrived|came|"
    r"turned up|"
    r"bin|war|hab\w*|kam|fuhlte mich|suis|etais|ai ete|me suis|estuve|estaba|llegue|me puse|"
    r"me senti|"
    r"iba)\b"
)
_HOW_I_DID = compiled_later(
    rf"{_MYSELF}.*\b(?:late|nervous|tired|anxious|shaky|stressed|apologi[sz]ed|sorry|rambl\w+|"
    r"zu spat|verspat\w+|nervos|aufgeregt|mude|entschuldigt|gestresst|en retard|de retard|"
    r"stressee?|"
    r"nerveu(?:x|se)|fatiguee?|excusee?|tarde|nervios[oa]|cansad[oa]|perdon|disculp\w+)\b"
)
_REGRET = compiled_later(
    r"^(?:i\s)?(?:should|could)(?:'ve| have|a) (?:\w+ )?(?:mention|said|say|ask|told|talk|"
    r"br(?:ought|ing)|"
    r"spoke|pushed|shown|explain)|"
    r"^(?:i\s)?(?:forgot|didn't get|did not get|never got|didn't manage) to (?:mention|say|ask|"
    r"tell|bring|"
    r"talk|explain)|"
    r"^(?:ich\s)?(?:hatte)\b.*\b(?:erwahnen|sagen|ansprechen|fragen|bringen|erzahlen|"
    r"zeigen) sollen\b|"
    r"^(?:ich\s)?(?:hab\w*)\b.*\bvergessen\b|\bvergessen zu (?:erwahnen|sagen|fragen|erzahlen)\b|"
    r"^j'? ?aurais (?:du|pu) (?:\w+ )?(?:parler|dire|mentionner|demander|evoquer|raconter|montrer)|"
    r"^j'? ?ai oublie de (?:\w+ )?(?:parler|dire|mentionner|demander|evoquer|raconter|montrer)|"
    r"^(?:tendria|habria|tenia|hubiera|debi|deberia)\b.*\b(?:contado|dicho|mencionado|preguntado|"
    r"hablado|"
    r"contar|decir|mencionar|preguntar|hablar)\b|"
    r"^(?:se me olvido|olvide|me olvide de) (?:contar|decir|mencionar|preguntar|hablar)"
)
_LAUGH = compiled_later(
    r"\b(?:laugh\w*|chuckl\w*|giggl\w*|grinn\w*|smil\w+|gelacht|lachen|lacht\w*|grinst\w*|ri|rit|"
    r"rient|rigol\w+|"
    r"souri\w*|rio|rieron|reir|sonrio)\b"
)
_MY_JOKE = compiled_later(
    r"\b(?:(?:my|mein\w*|ma|mon|mes|mi|mis)\s(?:\w+\s){0,2}?(?:jokes?|puns?|story|stories|line|"
    r"witz\w*|"
    r"spruch\w*|scherz\w*|geschichte|blagues?|histoire|plaisanteries?|chistes?|bromas?|historia)|"
    r"when i|als ich|quand j|cuando)\b"
)
_COMFORT = (
    r"(?:coffee|tea|biscuits?|cookies|cakes?|sandwich\w*|lunch|water|carpet|chairs?|wallpaper|"
    r"toilets?|loo|"
    r"lift|elevator|parking|weather|smell|decor|curtains|music|"
    r"kaffee|tee|kekse?|kuchen|wasser|teppich\w*|stuhle?|tapeten?|toiletten?|klo|aufzug|"
    r"parkplatze?|"
    r"wetter|geruch|deko|vorhange?|"
    r"cafe|gateaux?|eau|moquette|tapis|chaises?|papier peint|toilettes|ascenseur|meteo|odeur|"
    r"galletas|agua|moqueta|alfombra|sillas?|aseos?|bano|ascensor|aparcamiento|tiempo|olor)"
)
_AWFUL = (
    r"(?:awful|terrible|horrible|disgusting|undrinkable|cold|dreadful|grim|hideous|ugly|stale|bad|"
    r"foul|weak|"
    r"scheusslich\w*|schrecklich\w*|furchtbar\w*|widerlich\w*|hasslich\w*|grasslich\w*|schlecht\w*|"
    r"ungeniessbar\w*|kalt\w*|"
    r"infecte?s?|affreu(?:x|se)s?|degueulasse?s?|imbuvable|horribles?|moches?|froide?|nulle?|"
    r"mauvaise?|"
    r"malisim[oa]s?|asqueros[oa]s?|fatal|fe[oa]s?|espantos[oa]s?|fri[oa]|horrorosa?o?|mal[oa])"
)
_WAS = (
    r"(?:is|was|are|were|tasted|ist|war|waren|schmeckte?|est|etait|etaient|es|era|eran|estaba|"
    r"estaban)"
)
# The thing comes first and nothing but how it was after it: "water quality is bad" is a topic.
_COMPLAINT = compiled_later(
    r"^(?:i\s|ich\s|je\s|j'\s?)?(?:really\s)?(?:hated|loathed|couldn't stand|hasste|detestais?|"
    r"ai deteste|odie)\s|"
    rf"^(?:(?:the|der|die|das|le|la|les|l'|el|los|las)\s?)?{_COMFORT}\W+(?:{_WAS}\s)?(?:\w+\s)?"
    rf"{_AWFUL}\W*$|^{_AWFUL}\s{_COMFORT}\b"
)


# Of the way there, the doors and the meal; at the beginning of a part of a line.
_JOURNEY = compiled_later(
    r"^(?:the |der |die |das |le |la |el |my |mein )?(?:taxi|navi|parking|parkhaus|parkplatz\w*|"
    r"multi-?storey|passport|ausweis\w*|badge|besucherausweis|security|receipts?|quittung\w*|"
    r"expenses|reisekosten|claim back|keep receipt|lunch|mittagessen|kantine|cantine|hotel|"
    r"casque|casco|safety shoes|helm|tea|coffee|kaffee|cafe|(?:train|zug|tgv|ice|bus|tram|flight|"
    r"flug|vuelo|tren|u-?bahn|s-?bahn|bahn) (?:\+|\d|[a-z]?\d|home|back|late|delayed|cancelled|"
    r"packed|there|zu spat|verspatet|en retard|con \d)|(?:bus|tram) [a-z]\d|delayed|cancelled|"
    r"verspatet|annule|rechtzeitig|trotzdem rechtzeitig|late|packed|noisy|bruyant|laut|"
    r"\d{1,2}(?:st|nd|rd|th)? (?:floor|stock|etage)|\d{1,2}\.\d\d (?:cancelled|packed)|"
    r"compter \d|\+?\d+ ?min)\b"
)
_MEAL = compiled_later(
    r"^(?:lunch|mittagessen|dejeuner|almuerzo) (?:w|with|was|mit|war|avec|con)\b"
)
_PART = compiled_later(r"\s*[,;.()!]+\s+|\s*[,;]\s*")


# Who is spoken of is the company, or what was done is talking.
_OF_THEM = compiled_later(
    r"\b(?:they(?:'re|'ve|'d|'ll)?|their|we (?:talked|discussed|spoke|argued)|"
    r"sie (?:wollen|haben|planen|suchen|bauen|machen|sind|brauchen|hatten|werden)|"
    r"wir (?:haben|sprachen|redeten)|on a (?:parle|discute|evoque)|nous avons|ils|leurs?|"
    r"hablamos|comentamos|quieren|tienen|van a|buscan|estan|nos (?:contaron|dijeron|explicaron))\b"
)


def is_journey(line: str) -> bool:
    """Return whether a line tells of the way there: "train home 16:42, cancelled, naturally"."""
    parts = [part for part in _PART.split(_plain(line)) if part]
    told = sum(
        bool(_MEAL.match(part) or (len(part.split()) <= MOST_OF_PART and _JOURNEY.match(part)))
        for part in parts
    )
    return told >= LEAST_OF_JOURNEY and 2 * told >= len(parts)


# "ticket to Joyce in accounts": who gets the papers.
_PAPERS = compiled_later(
    r"^(?:tickets?|receipts?|expenses|invoices?|quittung\w*|belege?|reisekosten|fahrkarten?|"
    r"unterlagen|notes? de frais|billets?|justificatifs?|recibos?|facturas?)\W{1,3}"
    r"(?:to|an|via|at|send|bei|a|au|chez)\b"
)


def is_aside(line: str) -> bool:
    """Return whether a line is of pay, by when they decide, how its writer did, or a complaint."""
    plain = _plain(line)
    return bool(
        is_journey(line)
        or _PAPERS.search(plain)
        or (_OF_PAY.search(plain) and _PAY_SAID.search(plain))
        or _HOW_I_DID.search(plain)
        or _DECISION.search(plain)
        or _REGRET.search(plain)
        or (_LAUGH.search(plain) and _MY_JOKE.search(plain))
        or is_complaint(line)
    )


def is_of_them(line: str) -> bool:
    """Return whether a line says what they do, have or want, or that one talked of it."""
    return bool(_OF_THEM.search(_plain(line)))


def is_complaint(line: str) -> bool:
    """Return whether a line only says that something there was bad: "Teppich schrecklich"."""
    plain = _plain(line)
    return len(plain.split()) <= MOST_COMPLAINT and bool(_COMPLAINT.search(plain))


def is_occasion(line: str, names: Iterable[str]) -> bool:
    """Return whether a line only says when, how and with whom one talked.

    `names` are those of the interviewers: "Library interview thurs. Joan Whitfield (librarian)".
    """
    plain = _BRACKETS.sub(" ", _plain(line))
    known = [_plain(name) for name in names]
    whole = [name for name in known if name in plain]
    words = {word for name in known for word in name.split() if not _SMALL.fullmatch(word)}
    is_named = not words.isdisjoint(re.findall(_WORD, plain))
    rest = plain = re.sub(_WORD, lambda found: " " if found[0] in words else found[0], plain)
    for form in (_OCCASION, _DAY, _HOUR):
        rest = re.sub(form, " ", rest)
    for dated in (_DAY_OF_MONTH, _MONTH_DAY):
        rest = dated.sub(lambda found: " " if month_of(found[1]) else found[0], rest)
    told = sum((
        bool(re.search(_OCCASION, plain)),
        bool(re.search(_DAY, plain)) or _has_month(plain),
        bool(re.search(_HOUR, plain)),
        is_named,
    ))  # fmt: skip
    left = re.findall(r"[a-z]{2,}", _SMALL.sub(" ", rest))
    is_told = (told > 1 or len(whole) > 1) and len(left) <= MOST_LEFT
    return is_told and not _TELLS.search(plain)


def _has_month(plain: str) -> bool:
    found = (*_DAY_OF_MONTH.findall(plain), *_MONTH_DAY.findall(plain))
    return any(month_of(word) for word in found)


def _plain(text: str) -> str:
    """Return a text in small letters without accents; marks stay, as they are part of dates."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss"))
    return "".join(one for one in folded if not unicodedata.combining(one)).casefold()
