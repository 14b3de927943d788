"""Which stories may go into a friendly message at all: what an interviewer would not be glad of.

Takes a match and the note line that found it; gives yes or no. Bad news about the company itself is
held back elsewhere (`guards`); here it is about everybody else's: a death in the sport that they
love is no "something you may enjoy".
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.records import Evidence, Interview, Match, NoteLine, PaceSettings
from pipeline.text.avoided import is_about
from pipeline.text.patterns import compiled_later

# ------------------------------------------------------------ every number, and where it is from
# Set on a season of news in which three stories came again after a month, in other words.
TOLD_AGAIN = 3  # longer words of two headlines in common,
TOLD_AGAIN_SHARE = 0.6  # of those of the shorter one
LEAD = 300  # characters of a text that say what it is about; set by judgement
# Of what was suggested in three seasons, what shared less was put off by or met with a shrug.
LEAST_SHARED = 2  # words, or names, that a line and a story share
LEAST_WORD = 4  # letters of a word
MOST_ENDING = 2  # letters by which a form of a word may be longer: "Folkeboots"

_NAME = compiled_later(r"(?<![.!?:]\s)(?<!\w)[A-ZÀ-Þ][^\W\d_]{3,}")
_LETTERS = compiled_later(r"[^\W\d_]+")
_LONG_WORD = compiled_later(r"[^\W\d_]{4,}")
_TOKEN = compiled_later(r"[^\W_]+")
_PLACE_BEFORE = compiled_later(r"\b(?:St\.?|San(?:ta|kt)?|Bad)\s$")  # "St Kilda" is no Kilda
_JOINTS = (" ", "-", "'", "’")

# Said in confidence: no message may be built on it.
_PRIVATE = compiled_later(
    r"\b(?:rumou?rs?|awkward|confidential\w*|confided|secrets?|secretly|off the record|"
    r"in confidence|never use|"
    r"(?:could|can|would|did)(?:n't| not) (?:say|tell|talk|comment)|between us|dodged|smiled|"
    r"winked|gossip|not public|unannounced|under embargo|NDA|"
    r"gerüchte?|vertraulich\w*|im vertrauen|inoffiziell|unter uns|nicht weitersagen|"
    r"rumeurs?|confidentiel\w*|entre nous|en confidence|rumor(?:es)?|confidencial\w*|"
    r"entre nosotros|to myself|for me alone|behalte? ich für mich|für mich behalten|"
    r"garde(?:r|rai)? (?:ça |cela )?pour moi|me lo guardo|me lo quedo)\b",
    re.IGNORECASE,
)

# Kinds of good news that are pleasant and nothing else.
IDLE = frozenset({"award"})
OF_PRAISE = frozenset({"award", "praise"})  # and of these one congratulates, and offers nothing
# But money to do something with, or an order, is what comes of the work: "wins grant for a van".
_FUNDED = compiled_later(
    r"\b(?:grants?|funded|funding|contracts?|orders?|tender|\w*förder\w*|\w*zuschuss|"
    r"certificat\w*|certified|accredit\w*|approv\w*|licen[cs]e[sd]?|zertifi\w*|zulassung|"
    r"akkredit\w*|homologa\w*|agrément|certifié\w*|certificad\w*|"
    r"\w*auftrag|subventions?|contrats?|marché|subvención|ayudas?|contratos?|pedidos?)\b",
    re.IGNORECASE,
)

# "Version 12.2 of our viewer is available": a note for users, whom nobody writes to about it.
_RELEASE_NOTE = compiled_later(
    r"\b(?:versions?|release|update|hotfix|v)\s?\d+(?:\.\d+)+|\brelease notes?\b|\bchangelog\b",
    re.IGNORECASE,
)

# "Merci aux pompiers": where they are thanked, something burnt; and who is in intensive care.
_EMERGENCY = compiled_later(
    r"\b(?:fire ?fighters?|fire (?:brigade|crews?|service)|first responders?|emergency services|"
    r"rescuers?|intensive care|intensivstation|soins intensifs|cuidados intensivos|"
    r"feuerwehr\w*|rettungskräfte\w*|pompiers?|secouristes?|bomberos?)\b",
    re.IGNORECASE,
)

# Headlines that spoil a hobby rather than feed it, in four languages. Found in reading what was
# chosen for labelled interviews as their interviewer would: "Juventus blows 2-goal lead".
_SOUR = compiled_later(
    r"\b(?:los(?:es?|ing|t)|loss(?:es)?|defeat(?:s|ed)?|beaten|thrashed|humiliat\w+|blows?|blew|"
    r"slump\w*|hurts?|injur\w+|sidelined|out for (?:the )?season|misses|knocked out|crash\w*|"
    r"ban(?:s|ned)?|suspend\w*|suspension|doping|steroids?|cheat\w*|scandal\w*|accus\w+|alleg\w+|"
    r"feud\w*|fury|furious|anger\w*|angry|rows?|slams?|blasts?|critici\w+|backlash|boo(?:s|ed)|"
    r"fail(?:s|ed|ure)?|collaps\w+|crisis|relegat\w+|sack(?:s|ed)|fired|quits?|ousted|axed|"
    r"bankrupt\w*|cancel(?:s|led|ed)?|scrapped|violen\w+|murder\w*|kill\w*|dead|dies|died|deaths?|"
    r"(?<!post-)war|terror\w*|riot\w*|brawl\w*|arrest\w*|jail\w*|charged|sues?|sued|lawsuit|tarnish\w*|"
    r"distort\w*|woes|trouble[sd]?|worst|fears?|threat\w*|shame\w*|disgrace\w*|stolen|stole|"
    r"steal(?:s|ing)?|thefts?|thie(?:f|ves)|taken overnight|burgl\w+|robbed|robbery|vandal\w*|"
    r"intensive care|evacuat\w*|farewell|burie[sd]|"
    r"mourn\w*|grief|poison\w*|destroy\w*|wiped out|drown\w*|blaze|wildfires?|wreck\w*|"
    r"overturn\w*|capsiz\w*|search for|missing|gekentert|kentert|chavir\w+|volcó|"
    r"\w*unfall|\w*unfälle|\w*absturz|abgestürzt|stürzt|verletzt\w*|tot|tote[rn]?|tödlich\w*|"
    r"stirbt|sterben|starb|gestorben|\w*diebstahl|\w*diebe|gestohlen|geklaut|\w*brand|verbrannt|"
    r"trauert?|nachruf|zusammengebrochen|vermisst\w*|zerstört\w*|vergiftet\w*|ertrunken|"
    r"\w*skandal|\w*doping|gesperrt|sperrung|verliert|verlieren|niederlage|\w*streit|wut|ärger|"
    r"abgesagt|insolven\w*|pleite|vorwürfe|verdacht|krise|"
    r"accidents?|chute mortelle|blessée?s?|morts?|mortel\w*|meurt|décès|décédée?|volée?s?|deuil|"
    r"disparue?s?|effondrée?|incendie|détruite?s?|empoisonn\w+|noyée?|scandale|dopage|suspendue?|"
    r"défaite|colère|annulée?|faillite|accusée?s?|crise|"
    r"accidentes?|heridos?|heridas?|muert[oa]s?|muere|fallece|fallecid[oa]|robos?|robad[oa]s?|"
    r"luto|duelo|desaparecid[oa]s?|incendio|destruid[oa]s?|envenenad[oa]s?|ahogad[oa]|escándalo|"
    r"dopaje|suspendid[oa]|derrota|cancelad[oa]|quiebra|acusad[oa]s?|crisis)\b",
    re.IGNORECASE,
)


# Headlines of a table or a list, in which there is nothing to read.
_TABLE = compiled_later(
    r"(?:(?:current |latest |league )?(?:standings|fixtures|results|league table)|"
    r"(?:entry|start|starting) lists?|meldelisten?|"
    r"exhibitors?|tabelle|ergebnisse|spielplan|startliste|ausstellerliste|aussteller|termine|"
    r"classement|résultats|calendrier|liste des|clasificación|resultados|calendario)\b"
    r"(?! (?:of a|that|dont|que)\b)|"
    r".{0,60}[:–-] (?:the |les |los |die )?(?:exhibitors|exposants|expositores|aussteller|"
    r"standings|fixtures|results|résultats|resultados|ergebnisse|termine|dates)$",
    re.IGNORECASE,
)


# Headlines that tell of a success, in four languages: a win, a prize, a title, a first, a record.
_SUCCESS = compiled_later(
    r"\b(?:wins?|won|winners?|takes? (?:\w+ ){0,4}(?:crown|silver|bronze|first)|"
    r"first|applause|grants?|funded|gives? [£$€]\S+|erste[rsn]?|beifall|première?s?|premier|"
    r"applaudissements|primer[oa]?|aplausos|tops|"
    r"champions?|titles?|prizes?|awards?|awarded|medals?|gold|records?|first place|promoted|"
    r"goes up|triumph\w*|victory|beats?|honou?red|recogni[sz]ed|saved|reopens?|restored|"
    r"siegt?|sieger\w*|sieg|gewinn\w*|gewann\w*|hol(?:t|en|te|ten) (?!\w+ hilfe)|\w*meister\w*|"
    r"\w*titel|\w*pokal|\w*preis|\w*medaille\w*|\w*rekord|höchst\w+|bestnote\w*|räumt|"
    r"ausgezeichnet|aufgestiegen|aufstieg|triumph\w*|gerettet|wiedereröffnet|"
    r"remport\w+|gagn\w+|vainqueurs?|victoire|champion\w*|titre|prix|médaille\w*|records?|"
    r"triomph\w+|distingué\w*|récompens\w+|sauvée?s?|restauré\w*|rénové\w*|"
    r"gan[ao]n?|ganó|ganador\w*|victoria|campeon\w*|título|premi\w+|medalla\w*|oro|récord|"
    r"triunf\w+|salvad\w+|restaurad\w+|"
    r"t(?:ook|akes?) home|surpris\w+ every\w+|steig(?:t|en) (?:\w+ )?auf)\b",
    re.IGNORECASE,
)


# That somebody belongs to what a line names: "plays with the Cleehill Band", not "climbs at Céüse".
_MEMBER = compiled_later(
    r"\b(?:plays?|sings?|crews?|rows|rings|coach(?:es)?|captains?|trains|member|volunteers?|board|"
    r"council|band|choir|team|club|society|orchestra|crew|spielt|singt|rudert|trainiert|mitglied|"
    r"vorstand|ehrenamtlich|\w*kapelle|\w*verein\w*|\w*chor|\w*orchester|\w*mannschaft|"
    r"bénévole|membre|joue|chante|présidente?|équipage|orchestre|chorale|fanfare|"
    r"voluntari[oa]|soci[oa]|miembro|canta|equipo|coro|banda|peña|orquesta)\b",
    re.IGNORECASE,
)


# People in a headline, of whom the reader may be one; who is told of as "she" is somebody else.
_PEOPLE = compiled_later(
    r"\b(?:they|crew|amateurs|skippers?|climbers?|riders?|runners?|sailors?|singers?|players?|"
    r"volunteers?|locals?|women|men|ils|elles|bénévoles?|grimpeu\w+|navigat\w+|marins?|"
    r"amateure\w*|frauen|männer|segler\w*|kletter\w+|sieger\w*|ehrenamtlich\w*|"
    r"aficionad\w+|voluntari\w+|vecin\w+)\b",
    re.IGNORECASE,
)


# A band or a club by name: "Cleehill Band", "SK Bad Hersbrunn", "Stadtkapelle".
_GROUP = compiled_later(
    r"(?:[A-ZÀ-Þ]\w+\s)+(?:Band|Choir|Club|Orchestra|Singers|Players|Society|Rovers|Harriers)\b|"
    r"\b(?:SK|SV|TSV|TuS|FC|SC|TV|RC|AC|CF|CD|VfL|VfB|RFC)\s[A-ZÀ-Þ]\w+|"
    r"\b[A-ZÄÖÜ]\w*(?:kapelle|verein|chor|orchester)\b|"
    r"\b(?:[Hh]armonie|[Ff]anfare|[Cc]horale|[Oo]rchestre|[Bb]anda|[Cc]oro|[Oo]rquesta)\s(?:\w+\s){0,2}[A-ZÀ-Þ]\w+"
)


def is_their_groups(line: str, title: str) -> bool:
    """Return whether a headline tells of a success of a group that their own line names."""
    return bool(_GROUP.search(line)) and tells_of_success(title)


def may_be_achieved(line: str, title: str) -> bool:
    """Return whether a headline tells of a success that may be that of who a line is about.

    They belong to something by their line, or it is of people; a lagoon's cranes are nobody's.
    """
    is_of_people = bool(_MEMBER.search(line) or _PEOPLE.search(title))
    return is_of_people and tells_of_success(title)


def is_member(line: str) -> bool:
    """Return whether a line says that somebody belongs to what it names: "rings at the minster"."""
    return bool(_MEMBER.search(line) or _GROUP.search(line))


def tells_of_success(title: str) -> bool:
    """Return whether a headline tells of a success that somebody may be congratulated on."""
    return bool(_SUCCESS.search(title)) and not _SOUR.search(title)


def is_sour(text: str) -> bool:
    """Return whether words sound like bad news."""
    return bool(_SOUR.search(text))


def is_private(line: str) -> bool:
    """Return whether a line was said in confidence."""
    return bool(_PRIVATE.search(line))


def is_avoided(match: Match, interview: Interview) -> bool:
    """Return whether a story is on what the notes ask not to mention, by its first words."""
    subjects = [line.avoided for line in interview.lines if line.avoided]
    names = [person.name for person in interview.everybody]
    lead = match.story.lead
    return bool(subjects) and is_about(f"{lead.title} {lead.text[:LEAD]}", subjects, names)


def is_fit_to_read(match: Match, evidence: Evidence) -> bool:
    """Return whether a story may be sent as something to read, because of this note line.

    A line that was said in confidence brings no story, and in a language that nobody spoke there
    nothing is sent to read. For the work, a lawsuit of somebody else's
    may be worth reading; for pleasure nothing sour is.
    """
    if match.is_foreign or match.is_grave or is_private(evidence.note.text):
        return False
    title = match.story.lead.title
    if _TABLE.match(title) or is_refused(match):
        return False
    if _EMERGENCY.search(title):
        return False
    if match.is_sour and not tells_of_success(title):  # a girls' team: half of such news are grim
        return False
    if evidence.note.section != "office":
        return True
    return not _SOUR.search(title) and not any(event.sensitive for event in match.events)


def is_specific(evidence: Evidence) -> bool:
    """Return whether a line and a story share more than one word, or one name.

    An airline that flies from a town of the notes is no story on its queues. What has no words in
    common at all was found by its meaning. The village where they play the organ is enough.
    """
    if evidence.rare_name and evidence.note.section == "office":
        return True
    said = [term.term for term in evidence.terms]
    words = [term for term in said if " " not in term]
    names = [term.split() for term in said if all(word[:1].isupper() for word in term.split())]
    joined = sum(len(name) - 1 for name in names if len(name) > 1)
    return not words or len(words) - joined >= LEAST_SHARED


def fresh_days(match: Match, pace: PaceSettings) -> int:
    """Return for how many days a story may go into a message: a hobby has more time than news."""
    is_hobby = match.kind == "tidbit" and match.best and match.best.note.section == "office"
    return max(pace.news_days, pace.hobby_days) if is_hobby else pace.news_days


def is_theirs(match: Match) -> bool:
    """Return whether a story is the company's own news.

    The title names it, or the company tells it; or it is on the very thing that was talked about,
    whose headline seldom names a company of a town's: "Flood cover returns to Waveney farms".
    """
    is_told = match.mention.about == "about" and (match.mention.in_title or match.mention.own)
    return is_told or match.meets_talk


def is_told_again(match: Match, title: str) -> bool:
    """Return whether a headline tells what one that was sent told: old news, weeks later."""
    new, old = _words_of(match.story.lead.title), _words_of(title)
    shared = len(new & old)
    return shared >= TOLD_AGAIN and shared >= TOLD_AGAIN_SHARE * min(len(new), len(old))


def _words_of(title: str) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(title.casefold()))


def names_its_own(line: NoteLine, title: str) -> bool:
    """Return whether a headline has a name that a person's own line has: it may be their doing.

    "plays with the Cleehill Band": "Cleehill Band takes the title".
    """
    names = _NAME.findall(line.text[1:]) if line.person else ()
    said = _LETTERS.findall(title)
    return any(word.startswith(name) for name in names for word in said)


def words_in_common(line: str, title: str) -> str:
    """Return the words of a headline that a line has, too: "Kirkhope Moss"; "" for a mere one.

    It is the longest such row, in which a name counts twice; an ordinary word alone ("sourdough")
    is what anybody finds by a search.
    """
    named = {word.casefold() for word in _TOKEN.findall(line) if word[:1].isupper()}
    told = [word.casefold() for word in _TOKEN.findall(line)]
    best, most = "", 0
    row: list[re.Match[str]] = []
    for found in _TOKEN.finditer(title):
        word = found.group()
        is_near = bool(row) and title[row[-1].end() : found.start()] in _JOINTS
        if _is_among(word.casefold(), told):
            row = [*row, found] if is_near else [found]
        elif not (is_near and len(word) < LEAST_WORD and word.islower()):
            row = []
            continue
        else:
            row = [*row, found]
            continue
        said = [item.group() for item in row if _is_among(item.group().casefold(), told)]
        weight = sum(1 + _is_among(item.casefold(), named) for item in said)
        if weight > most and weight > 1:
            first = next(item for item in row if item.group() == said[0])
            best, most = title[first.start() : found.end()], weight
    return _as_named(best, title)


def _as_named(words: str, title: str) -> str:
    """Return a name with its "St" before it and its "'s" behind it, as a headline has it."""
    start = title.find(words)
    if start < 0 or not words:
        return words
    end = start + len(words)
    if before := _PLACE_BEFORE.search(title, 0, start):
        start = before.start()
    if title[end : end + 2] in ("'s", "’s") and not title[end + 2 : end + 3].isalnum():
        end += 2
    return title[start:end]


def count_in_common(line: str, text: str) -> int:
    """Return how many words of a line are in a text, too."""
    told = [word.casefold() for word in _TOKEN.findall(line)]
    return len({word for word in _TOKEN.findall(text.casefold()) if _is_among(word, told)})


def _is_among(word: str, told: Collection[str]) -> bool:
    """Return whether a word, or a form of it, is among others."""
    if len(word) < LEAST_WORD:
        return word in told and not word.isalpha()
    return any(
        len(other) >= LEAST_WORD
        and abs(len(other) - len(word)) <= MOST_ENDING
        and (other.startswith(word) or word.startswith(other))
        for other in told
    )


def is_harmless(match: Match) -> bool:
    """Return whether a contribution may start from it: what is not recognised may not."""
    is_fine = match.verdict is not None and match.verdict.tone in ("good", "neutral")
    return is_fine and not is_refused(match)


def is_of_the_work(match: Match, *, prizes: bool = False) -> bool:
    """Return whether it is about what they do: a prize, a release note, a fire give no talk.

    Whoever judged a season of messages as their recipient was put off by those with one. With
    `prizes` a prize is: it is for what this person told of as their own.
    """
    title = match.story.lead.title
    if _RELEASE_NOTE.search(title) or _EMERGENCY.search(title):
        return False
    is_idle = match.verdict is not None and match.verdict.kind in IDLE
    return prizes or not is_idle or bool(_FUNDED.search(title))


# Kinds of news on which one congratulates who told of it, be its words as plain as they are.
PLEASING = frozenset({"launch", "opening", "order", "investment", "partnership", "award", "hiring"})


def is_pleasing(match: Match) -> bool:
    """Return whether plain news tells of something that was brought about."""
    verdict = match.verdict
    is_kind = verdict is not None and verdict.tone == "neutral" and verdict.kind in PLEASING
    return is_kind and not is_refused(match)


def is_cheerful(match: Match) -> bool:
    """Return whether a friendly message may cite it with pleasure: plainly good news alone."""
    is_good = match.verdict is not None and match.verdict.tone == "good"
    return is_good and not is_refused(match)


def is_refused(match: Match) -> bool:
    """Return whether a story begins with a no to somebody, or with what is closed off by order."""
    lead = match.story.lead
    return bool(REFUSED.search(f"{lead.title}. {lead.text[:LEAD]}"))


# By judgement, on three traps of two invented seasons; on none that was left out.
REFUSED = compiled_later(
    r"\b(?:said no|says? no|voted against|turned (?:it |them )?down|nein gesagt|"
    r"sagten? nein|lehnten? (?:\w+ ){0,3}ab|abgelehnt|dit non|refusé\w*|dij(?:o|eron) que no|"
    r"rechaz(?:ó|aron|ad[oa])|colonies atteintes|services vétérinaires|veterinäramt|sperrzone)\b",
    re.IGNORECASE,
)
