"""Words of notes by language: how a noun phrase looks there, and what no message takes up.

A table of four languages for `spoken`, which says what is done with it. General knowledge of the
languages and of how people jot after an interview; none of it was fitted on a collection.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline.records.record import dataclass


@dataclass(frozen=True, slots=True)
class Forms:
    """How the noun phrases of a language look."""

    articles: frozenset[str]  # that a phrase may begin with
    theirs: tuple[tuple[str, str], ...]  # what the note says of them, as one says it to them
    questions: frozenset[str]  # that open an indirect question
    prepositions: frozenset[str]
    verbs: frozenset[str]  # that make a sentence of it
    persons: frozenset[str]  # who is no subject of a phrase
    unsaid: Callable[
        [], re.Pattern[str]
    ]  # logistics, headcounts, the talk itself, praise, what hurts


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list, which is written with blanks between them."""
    return frozenset(text.split())


# How a line begins that says what is to be done.
TO_DO = words_of(
    "ask send check read find look remember follow bring call email prepare mention write buy book "
    "learn try get note also maybe perhaps not no yes very really too more less so still"
)
PLURALS = words_of(  # nouns in -s that stand before another noun
    "sales customs claims operations logistics analytics returns systems services news parts goods "
    "communications economics electronics savings earnings sports arts physics ethics graphics "
    "business process access glass gas bus class loss press less this its various previous "
    "continuous serious famous campus bonus status virus focus consensus basis crisis analysis"
)


def _unsaid(text: str) -> Callable[[], re.Pattern[str]]:
    """Return what makes the pattern, once: most candidates note in one language."""
    pattern = rf"(?<!\w)(?:{'|'.join(text.split())})(?!\w)"
    return cache(lambda: re.compile(pattern, re.IGNORECASE))


_NUMBER = r"\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\s+dozen|twenty"

# What no message takes up, in the words that notes of an hour's talk have for it: the day's
# logistics, pay and contract, how the talk went, how many they are, what is left to do, and what
# nobody likes to be reminded of.
FORMS: dict[str, Forms] = {
    "English": Forms(
        words_of("the a an your"),
        (("their", "your"), ("our", "your"), ("her", "your"), ("his", "your"), ("they", "you")),
        words_of("how what why whether where which"),
        words_of(
            "of off for in on onto to from with within between after before at by without across "
            "during into over under around against through about since and or versus vs per"
        ),
        words_of(
            "is isn't are aren't was were wasn't be been has hasn't have haven't had do does "
            "doesn't did didn't will won't would can can't could should must may might shall "
            "needs need needed wants want wanted says say said tells told asks ask asked "
            "thinks think thought likes like liked loves love loved hates hate worries worry "
            "worried mentions mention mentioned seems seem seemed looks look looked goes go "
            "went comes come came gets get got makes make made takes take took runs ran works "
            "work worked uses used knows know knew feels feel felt keeps keep kept starts "
            "started ends ended wins won loses lost fails failed grows grew moves moved hires "
            "hired plans prefers prefer means mean meant helps helped gives gave shows showed "
            "brings brought sounds sounded stays stayed remains remained became becomes "
            "happens happened wears wore reports lets let let's hopes hoped knows lives lived "
            "drives drove leads led sits sat there's it's he's she's they're we're i'm that's "
            "what's i've changed opens opened closes closed arrives arrived leaves left stops "
            "stopped falls fell rises rose costs sells breaks broke burns drowns crashes bounces "
            "stalls swears expects collapses argues smells listens teaches sends pays hangs lasts "
            "waits reckons"
        ),
        words_of(
            "i i'd i'll i've i'm me my mine myself we we'd us he she it him them you you'd it's "
            "who whom"
        ),
        _unsaid(
            rf"(?:team|group|staff|class|crew|department|office|company)\s+of\s+(?:{_NUMBER}) "
            rf"(?:{_NUMBER})\s+(?:people|persons?|engineers?|developers?|nurses?|colleagues|"
            r"staff|heads|employees|reports|interviewers?|rounds?|questions?|candidates?|k) "
            rf"^(?:{_NUMBER})\s+(?:hours?|minutes?|mins?|weeks?|months?|years?) head-?count\w* "
            r"an?\s+(?:lot|bit|few|couple)\s+of energy team\s+size "
            r"how\s+(?:many|much|long|often|old|far|soon) what\s+time "
            r"(?:an|half\s+an|the)\s+hours? working\s+hours minutes (?:the|your|a|an|"
            r"our)(?:\s+\w+)?\s+(?:talk|chat|call|conversation|meeting|interview|discussion|"
            r"offer|decision|panel|tour|atmosphere|vibe|mood|weather|weekend)$ "
            r"(?:talk|chat|call|meeting|conversation)\s+(?:itself|was|went|today|next) "
            r"interview\w* lunch(?:es)? dinner breakfast canteen cafeteria over\s+coffee "
            r"coffees?\s+(?:with|after|before|machine|corner|first|later) parking "
            r"tickets?\s+(?:to|home|back) receipts? hotel\s+(?:paid|booked|near) "
            r"(?:by|my)\s+(?:train|bus|flight|car) commute "
            r"taxi\s+(?:from|back|home|to) travel\s+(?:costs?|expenses?|policy|share|days) "
            r"reimburs\w* expenses? salar\w+ pay compensation bonus\w* pension perks? vacation "
            r"(?:salary|benefits|relocation)\s+package benefits$ stock\s+options "
            r"contract\s+(?:type|length) notice\s+period relocation work\s+visa "
            r"visa\s+(?:sponsor\w*|support|application|process) holiday\s+\w*(?:ance|ment) "
            r"start(?:ing)?\s+dates? references?$ (?:next|further|second|third|final|"
            r"last)\s+(?:rounds?|steps?|stages?|talks?|interviews?) "
            r"decisions?\s+(?:by|in|until|date|next|after|before|only) "
            r"(?:bus|lift|wi-?fi)$ deadline\s+for\s+(?:the|an?)\s+(?:offer|decision|answer) "
            r"remote\s+(?:work\w*|days?|policy|first) home-?office badge receptionist recruiter "
            r"hr$ hr\s+(?:lady|person|manager|round|call|team) whiteboard questions? exercises? "
            r"case\s+study test\s+task homework cv resume your\s+application nice great "
            r"friendly lovely pleasant good kind(?!\s+of) fun relaxed awesome amazing "
            r"impression\s+of lay-?offs? redundan\w+ attrition (?:high|staff)\s+turnover "
            r"burn-?out sick\s+leave sacked fired quits? quitting resign\w* "
            r"conflicts?\s+(?:in|between|with) office\s+politics mess "
            r"disaster(?!\s+(?:recovery|response|relief)) lawsuits? scandal\w* divorce funeral "
            r"angry annoyed chaos chaotic budget\s+cuts? predecessor "
            r"on\s+(?:the|his|her)\s+(?:wall|desk|shelf)$ todo to-do follow-?up"
        ),
    ),
    "German": Forms(
        words_of("der die das ein eine den dem"),
        (("ihr", "Ihr"), ("ihre", "Ihre"), ("sein", "Ihr"), ("seine", "Ihre"), ("sie", "Sie")),
        words_of("wie was warum wieso weshalb ob wo wohin woran worauf"),
        words_of(
            "von vom für in im auf an am zu zum zur aus mit zwischen nach vor bei beim ohne "
            "durch über unter um gegen seit statt trotz wegen während und oder des der den dem die "
            "das ein eine einer eines einem einen"
        ),
        words_of(
            "ist sind war waren wäre hat haben hatte hatten wird werden wurde wurden kann "
            "können konnte muss müssen musste soll sollen sollte will wollen wollte möchte mag "
            "darf sagt sagte meint meinte fragt fragte findet fand erzählt erzählte glaubt "
            "denkt dachte läuft lief geht ging kommt kam macht machte braucht fehlt gibt gab "
            "sucht zeigt steht stand bleibt blieb heißt hieß klappt klingt wirkt wirkte nutzt "
            "nutzen arbeitet plant planen führt liegt dauert mache macht habe bin"
        ),
        words_of("ich mich mir mein meine meiner wir uns unser unsere er ihn ihm man es wer du"),
        _unsaid(
            r"\d+\s+(?:leute|personen|mitarbeiter\w*|köpfe|kolleg\w+|jahre|stunden|minuten|"
            r"wochen|fragen|runden) team\s+(?:von|aus|mit)\s+\w+ teamgröße "
            r"wie\s+(?:viele?|lange|oft|hoch) stunden? minuten? mittagessen kantine "
            r"(?:besucher)?park(?:platz|plätze|pl|en)\w* (?:hotel|reise|fahrt|taxi)kosten\w* "
            r"bahncard\S* dienstreisen? anfahrt anreise "
            r"mit\s+(?:dem\s+zug|der\s+bahn) gehalt\w* bonus (?:arbeits)?vertrag "
            r"firmenwagen dienstwagen tarif\s+[A-Z]{2} kündigungsfrist\w* probezeit\w* zusagen? "
            r"rückmeldung\w* termine? pforte wlan aufzug "
            r"urlaub\w* visum umzug start(?:termin|datum) eintritts\w+ "
            r"referenzen (?:nächste[rsn]?|zweite[rsn]?)\s+(?:runde|schritt\w*|gespräch\w*) "
            r"entscheidung\s+(?:bis|im|in|anfang|ende) home-?office (?:das|ein|"
            r"die)(?:\s+\w+)?\s+(?:gespräch|angebot|entscheidung|stimmung|atmosphäre|wetter)$ "
            r"vorstellungsgespräch\w* interview\w* bewerbung\w* lebenslauf unterlagen fragen? "
            r"antwort\w* testaufgabe rundgang nett\w* freundlich\w* toll\w* gute?[rsnm]? "
            r"angenehm\w* schöne?[rsnm]? sympathisch\w* eindruck kündigung\w* entlass\w+ "
            r"fluktuation krankenstand konflikt\w* streit chaos ärger\w* vorgänger\w* "
            r"betriebsrat personalabteilung recruiter\w* "
            r"(?:an\s+der\s+wand|hinterm?\s+schreibtisch)$"
        ),
    ),
    "French": Forms(
        words_of("le la les un une des l'"),
        (("leur", "votre"), ("leurs", "vos"), ("son", "votre"), ("sa", "votre"), ("ses", "vos")),
        words_of("comment pourquoi"),
        words_of(
            "de du des d' pour dans en sur à au aux avec entre après avant par sans chez vers "
            "sous contre et ou le la les l' un une"
        ),
        words_of(
            "est sont était étaient sera seront a ont avait avaient aura va vont fait font "
            "veut veulent doit doivent peut peuvent dit disent demande demandé pense pensent "
            "aime aiment cherche cherchent manque reste semble marche utilise utilisent "
            "ouvre ouvrent ferme ferment arrive arrivent part partent monte montent baisse "
            "baissent change changent coûte coûtent dure durent tombe tombent déménage déménagent "
            "travaille travaillent faut prend prennent vient viennent met mettent sait parle "
            "parlent"
        ),
        words_of("je j' me m' mon ma mes nous notre nos il elle ils elles on lui moi tu qui"),
        _unsaid(
            r"\d+\s+(?:personnes?|collègues|employés|ans|heures?|minutes?|semaines?) "
            r"équipe\s+de\s+(?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze) combien "
            r"heures? minutes? déjeuner cantine parking badge frais\s+de\s+\w+ "
            r"en\s+train remboursement\w* salaire\w* "
            r"rémunération prime type\s+de\s+contrat préavis congés vacances visa\s+de\s+\w+ "
            r"déménagement date\s+de\s+début références "
            r"(?:prochaine?|deuxième|second)\s+(?:étape|tour|entretien) "
            r"(?:l['’]|la|le)\s?(?:échange|offre|décision|conversation|ambiance|météo)$ "
            r"télétravail entretien candidature cv questions? réponses? sympa\w* gentil\w* "
            r"agréable\w* bon(?:ne)?s? bien super impression licenci\w+ démission\w* conflit\w* "
            r"grève chaos arrêts?\s+maladie prédécesseur rh recruteu\w+ au\s+mur$"
        ),
    ),
    "Spanish": Forms(
        words_of("el la los las un una unos unas su sus"),
        (),  # "su" is said to them, too
        words_of("cómo por"),
        words_of(
            "de del para en a al con entre tras desde hasta por sin sobre bajo contra hacia y "
            "o el la los las un una"
        ),
        words_of(
            "es son era eran será está están estaba tiene tienen tenía hay había va van hace "
            "hacen quiere quieren debe deben puede pueden dice dicen dijo pregunta preguntó "
            "piensa cree gusta gustan busca buscan falta queda parece funciona usa usan "
            "llega llegan sale salen abre abren cierra cierran tarda tardan sube suben baja bajan "
            "cambia cambian cuesta cuestan "
            "trabaja trabajan necesita necesitan viene vienen lleva llevan sabe habla habló"
        ),
        words_of("yo me mi mis nosotros nuestro nuestra nos él ella ellos ellas le les tú quien"),
        _unsaid(
            r"\d+\s+(?:personas?|empleados|compañeros|años|horas?|minutos?|semanas?) "
            r"equipo\s+de\s+(?:\d+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce) "
            r"cuánt\w+ (?:una|dos|tres|media)\s+horas? minutos? comida cantina aparcamiento "
            r"parking en\s+tren "
            r"reembolso\w* sueldo\w* salario\w* bono tipo\s+de\s+contrato preaviso vacaciones "
            r"visado mudanza fecha\s+de\s+inicio referencias "
            r"(?:próxim[oa]|segund[oa])\s+(?:ronda|entrevista|paso) "
            r"la\s+(?:oferta|decisión|charla|conversación|entrevista)$ teletrabajo entrevista "
            r"candidatura cv preguntas? respuestas? simpátic\w+ amable\w* agradable\w* buen\w* "
            r"genial impresión despid\w+ dimisi\w+ conflicto\w* huelga caos baja\s+por "
            r"predecesor\w* rrhh reclutador\w* en\s+la\s+pared$"
        ),
    ),
}
