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
LONGEST_SUM = 80  # characters of a line of pay; no border test: the pattern tries many ways
SMALL_WORDS = 2  # of a sentence beside one of no use: "nulle.", "Uf.", "aïe"
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
_SENTENCE = compiled_later(r"(?<=[.!?…])\s+(?![a-z]{1,2}\.)")
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
    r"stundenlohn|remuneration|rem|banda|"
    r"salaire|paye|paie|payes?|remuneration|sueldo|salario|paga|pagan|pagaban|jornal)"
)
# At the beginning, so that "late payments cost them 30k" and "the pay gap" are about something.
_OF_PAY = compiled_later(
    rf"^(?:(?:the|der|die|das|le|la|el|{_WHO_PAYS})\s)?{_PAY}\b"
    r"(?!\s(?:gap|day|trans|system|slip|for|of|fair|late|roll|run|scale|to|off|with|and|und|"
    r"et|y)\w*)"
)
_AMOUNT = (
    r"\d{1,3}[.,' ]\d{3}\b|\b\d{2,3}\s?(?:-\s?\d{2,3}\s?)?(?:k|t|thousand|grand|tausend|mil|"
    r"mille)\b|\b\d\d\s?-\s?\d\d\b|\b\d\d\s?\+|\b\d[ .,]\d{3}\b|"
    r"\b(?:band|grade|tarif\w*|entgeltgruppe|echelon|indice|nivel)\s\w{1,4}\b|[£$€]\s?\d\d|"
    r"\b(?:an?|per|pro|die|de|la|por|l)[ '](?:hour|hora|stunde|heure)\b"
)
_JUDGED = (
    r"\b(?:low|lowish|not great|so so|fair|ok|okay|decent|wenig|mager|niedrig|knapp|peu|juste|bajo|"
    r"poco|justo|correct|correcto)\b|"
    r"\b(?:ask|asking|check|nach\w*|fragen|klaren|demander|voir|preguntar|mirar)\b"
)
_PAY_SAID = compiled_later(rf"{_AMOUNT}|{_JUDGED}|^[a-z]+\W+(?:ca\.? )?\d\d\b")

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


# A sum with nothing but what belongs to pay after it: "58k más seguro", "£620 a week".
_SUM = (
    r"(?:[£$€]\s?\d[\d.,' ]*k?|\d[\d.,' ]*(?:\s?[-–/]\s?\d[\d.,' ]*)?\s?(?:k\b\s?[€£]?|k€|t\b|"
    r"tsd\b|tausend\b|"
    r"mil\b|euros?\b|eur\b|[€£$]|net(?:to|s)?\b|brut(?:to|o)?\b|neto\b|fij[oa]\b|fixe?s?\b|basic\b|"
    r"x ?1[2-6]\b|an hour|per hour|p\.?h\b|die stunde|pro stunde|l'heure|la hora|por hora|"
    r"a week|a month|"
    r"pro monat|im monat|par mois|al mes|p\.?\s?a\b|(?=\+)))"
)
_BENEFIT = (
    r"(?:bonus|options?|shares|variable|comision\w*|commission\w*|prov\w*|primes?|prima\w*|"
    r"pagas|plus|pension\w*|"
    r"car|truck|van|wagen|firmenwagen|dienstwagen|coche|furgoneta|voiture|vehicule|seguro\w*|"
    r"insurance|mutuelle|"
    r"interessement|participation|holidays?|leave|days?|urlaub\w*|tage|conges|jours?|vacaciones|"
    r"dias|zulage\w*|"
    r"weihnachtsgeld|1[34]e? mois|tickets?|resto|home ?office|wfh|teletravail|teletrabajo|"
    r"h|company|brutto|brut|bruto|netto|net|neto|de|du|a|al|im|schicht\w*|digs|"
    r"overtime|nuit|mac|laptop|free|travel|gratis|allowance|supplement\w*|env|approx|circa|ca|"
    r"aprox|naja?|hm+|"
    r"ok|okay|low|poco|peu|wenig|decent|fair|si|ja|yes|pero|aber|mais|but|full|evtl|list|"
    r"steuer\w*|tarif\w*|"
    r"metalltarif|medico|mas|und|and|et|y|con|mit|with|avec|oder|or)"
)
_SUM_ALONE = compiled_later(
    rf"^\W*(?:{_SUM})(?:[\W\d]+(?:{_BENEFIT}\b|{_SUM})|\W*\([^()]*\))*[\W\d]*$"
)
# Whatever is said of it: "4.200 brutto, more is not to be had".
_PAY_FIRST = compiled_later(
    r"^\W*\d[\d.,' ]*(?:\s?[-–/]\s?\d[\d.,' ]*)?\s?(?:€ |euros? |eur )?"
    r"(?:brut(?:t?os?|s)?|nett?os?|net(?! (?:profit|loss|zero|gain)))\b|"
    r"^\W*\d[\d.,' ]*\s?(?:€|euros?)?\s?\+\s?(?:dietas|nocturnidad|comision\w*|freifahrt\w*|"
    r"\w*zulagen?|primes?|night shift\w*)\b|"
    r"^(?:pension|relocation|mutuelle|betriebsrente) (?:is |package |good|ok\b|\d)"
)
_GRADE = compiled_later(
    r"^(?:band|grade|e|scale|spine point|eg|tvod|tv-?l|entgeltgruppe|besoldung|echelon|indice|"
    r"grille|categorie|nivel|grupo|convenio|l)\s?-?\d[\d\w]{0,3}(?:\s?-\s?\d+)?\s*(?:$|[,.;+(!])|"
    r"^(?:pay|salary|gehalt|lohn|salaire|rem|remuneration|sueldo|salario|money|comp)\s*[:=]"
)
_TERMS = (
    r"(?:wfh|home ?office|remote (?:work\w*|\d)|teletravail|teletrabajo|firmenwagen|"
    r"dienstwagen|company car|"
    r"coche de empresa|"
    r"(?:voiture|vehicule|logement) de fonction|dienstwohnung|tickets? resto\w*|meal vouchers?|"
    r"parking permit|job ?ticket|cdd|cdi|befristet\w*|unbefristet\w*|fixed[- ]term|"
    r"permanent contract|"
    r"probezeit|periodo de prueba|periode d'essai|kundigungsfrist|notice period|preavis|"
    r"urlaubstage|"
    r"start(?:ing)? date|sueldo|salario|trienios)"
)
_OF_TERMS = compiled_later(
    rf"^(?:{_TERMS})\b|"
    r"^(?:shifts?|schicht\w*|dienst|hours|horario|horaires?|jornada|turnos?|"
    r"working hours)\W+(?:\d|[^\w\s]|a\b)+|"
    r"^\d\d ?h\b(?: ?\+.*)?$|^(?:empezaria|beginn|eintritt)\b"
)
MOST_OF_TERMS = 8  # words of a line on the terms of the job; more may be what they do about it

# Of the writer's own people, errands, wishes and health; and how they did.
_OWN_PEOPLE = (
    r"(?:sisters?|brothers?|wife|husband|partner|boyfriend|girlfriend|kids?|children|sons?|"
    r"daughters?|parents|"
    r"family|ex|mother|father|boss|aunt|uncle|cousins?|flatmate|neighbou?rs?|lot|"
    r"schwestern?|bruder|frau|mann|kinder|kids|sohn|tochter|eltern|familie|mutter|vater|"
    r"chef\w*|oma|opa|freund\w*|"
    r"nachbar\w*|soeurs?|freres?|mari|femme|copain|copine|enfants|fils|filles?|mere|pere|"
    r"patron\w*|cheri\w*|"
    r"hermanas?|hermanos?|mujer|marido|novi[oa]|hij[oa]s?|padres?|madre|familia|cunad[oa]|"
    r"jef[ea]|pareja|suegr\w+)"
)
_FAMILY = compiled_later(
    r"(?<!his )(?<!her )(?<!their )(?<!ihre )(?<!seine )(?<!sa )(?<!leur )(?<!su )(?<!a "
    r")(?<!the )(?<!la )(?<!une )"
    r"\b(?:mum|mom|mummy|dad|daddy|mama|papa|mami|papi|maman|mamie|mamy|papy|oma|opa|granny|"
    r"nana?)\b(?!'s (?!house|birthday))|"
    rf"\b(?:my|meine?[rnms]?|mon|ma|mes|mis?)\s(?:\w+\s)?{_OWN_PEOPLE}\b"
)
_LABELS = compiled_later(
    r"^(?:(?:also|und|et|y|my|mein\w*|mon|ma|mi|main|biggest|big) )*(?:fears?|worry|worries|"
    r"worried|scared|want|wish|hopes?|"
    r"good|bad|pros?|cons?|angst|angste|sorgen?|furcht|bammel|wunsch|hoffnung|lust|gut|"
    r"schlecht|bauchgefuhl|"
    r"peurs?|craintes?|espoir|envie|doutes?|ressenti|miedos?|temor|dudas?|ganas|deseo|quiero|"
    r"a (?:verifier|voir|demander)|to check|zu klaren|por ver|pendiente|"
    r"lo (?:malo|bueno)|me da miedo)\s*[:=]"
)
_WISH = compiled_later(
    r"^(?:i|ich|je|j')?\s?(?:really |so )?(?:want (?:this|it|the job)|will das|(?:feel|"
    r"felt) (?:sick|weird|good|bad|awful)|"
    r"(?:have|hab\w*) angst|am (?:scared|afraid)|ai peur|me sens|fuhle? mich|freue? mich)\b|"
    r"^(?:i |ich |j')?(?:hope (?:i|it)|hoffe|espere|espero)\b|"
    r"^(?:pero |y )?(?:tengo miedo|me da miedo|me siento|quiero (?:este|el) (?:puesto|trabajo))\b"
)
_TROUBLE = compiled_later(
    r"^(?!(?:he|she|they|er|sie|il|elle|ella|el)\b).*(?:\b(?:rumgedruckst|verhaspelt|"
    r"gestottert|blackout|fluffed|botched|"
    r"flunked|went blank|blanked|waffled|rambled|bafouill\w+|begay\w+|seche sur|me lie\b|"
    r"me trabe|meti la pata|"
    r"la cague|en blanco|me temblaba|versemmelt|vergeigt|verpatzt|mich blamiert|bombed|choked)\b|"
    r"^(?:i |ich |j'|j'ai |yo )?(?:ete|etais|war|was|estuve|fui)"
    r" (?:\w+ )?(?:nulle?s?|schlecht|mies|rubbish|terrible|awful|hopeless|fatal|malisim[oa])\b|"
    r"\b(?:like an idiot|wie ein idiot|comme un idiot|como un idiota)\b)|"
    r"^(?:i |ich |je |j'ai |ai |ai-je |hab\w* (?:ich )?)?(?:talk|spoke|speak|said|hable|conte|"
    r"dije|parl|bavard|(?:viel )?zu viel|zu lang|"
    r"trop)\w*(?: \w+){0,2}? ?(?:too much|too long|demasiado|de mas|trop|geredet|gequatscht|"
    r"parle)\b|"
    r"\b(?:verschwiegen|nichts gesagt|n'en ai pas parle|rien dit|no dije nada|no lo dije|"
    r"me calle|not told (?:\w+)|"
    r"haven't told|have not told|did ?n.t (?:tell|say|mention)|nobody (?:at work )?knows\W*$|"
    r"no lo sabe nadie|"
    r"weiss (?:noch )?(?:keiner|niemand))\b|"
    r"^(?:nicht gefragt|not asked|did ?n.t ask|no pregunte|pas demande|hab nicht gefragt|"
    r"q i sh\w+)\b|"
    r"^(?:i |ich |je |j')?(?:forgot|vergessen|oublie|olvide|hab\w* (?:\w+ ){0,4}vergessen|"
    r"ai oublie|messed up)\b"
)
_MOOD = compiled_later(
    r"^(?:plutot |assez |pretty |ziemlich |bastante |quite |rather |eher )?(?:contente?|zufrieden|"
    r"happy|pleased|nervous|nervios[oa]|nervos|calm|ruhig|tranquil\w+|fatigue\w*|creve\w*|tired|"
    r"mude|cansad[oa]|regular|bien|mal|ok|gut|schlecht|trop|too|zu|demasiado|not bad|pas mal|"
    r"stressee?|gestresst|relaxed|entspannt|well|good|bad)\b"
)
_ERRAND = compiled_later(
    r"^(?:ring|phone|text|thank|e-?mail|buy|book|remember to|don't forget|todo|to do|must|"
    r"need to|have to|gotta|"
    r"pick up|call back|look up|sleep on)\b|"
    r"^\w+ fragen,? ob\b|"
    r"^(?!.*\b(?:ich|er|sie|wir|man|will|wollen|muss|mussen|soll\w*|kann|konnen|durfen|"
    r"lassen)\b)(?:\w+[ ,-]+){0,6}"
    r"(?:anrufen|schreiben|schicken|klaren|kaufen|besorgen|buchen|abholen|zuruckgeben|"
    r"uberweisen|nachreichen|"
    r"absagen|nachschauen|nachsehen|erledigen|bestellen|fragen ob .*|fragen)\W*$|"
    r"^(?:rappeler|appeler|envoyer|acheter|ecrire|prevenir|verifier|remercier|reserver|rendre|"
    r"recuperer|penser a|"
    r"ne pas oublier|a (?:verifier|voir|faire|envoyer|demander|rappeler))\b|"
    r"^(?:llamar|enviar|mandar|comprar|escribir|avisar|devolver|recoger|reservar|agradecer|"
    r"confirmar|decirle|"
    r"contarle|acordarme|preguntar a)\b|"
    r"\b(?:nachfragen|preguntar|demander|ask|check|klaren|checken|a voir|mirar)\W*$"
)
_MY_WAY = compiled_later(
    r"^(?:my |mein |mon |mi |the |der |le |el )?(?:train|bus|tram|zug|bahn|ice|tgv|ter|rer|"
    r"tren|ave|autobus|flight|flug|vol|vuelo|taxi)"
    r"\s(?:(?:ride|journey|fahrt)\s)?(?:home|back|there|retour|aller|hin\b|zuruck|heim|"
    r"de vuelta|de ida|\d{1,2}[.:h]\d\d)|"
    r"\b(?:each way|door to door|from home|from my door|von zu ?hause|de chez moi|"
    r"de (?:mi )?casa|naher bei)\b|"
    r"^(?:i |ich |je suis |je |bin )?(?:arrived|got (?:there|lost)|turned up|angekommen|"
    r"arrivee?|llegue)\b|"
    r"^(?:commute|arbeitsweg|trajet|trayecto|anfahrt|anreise|parking|parken|parkhaus|"
    r"stationnement|aparcamiento)\b\W*(?:\d|zone|ok|voll|"
    r"full|gratis|free|payant|impossible|imposible)|"
    r"\b(?:train|zug|tren|bus) (?:retour )?(?:rate|verpasst|perdido|missed)\b"
)
_LENGTH = compiled_later(
    r"^(?:about |ca\.? |~|unos |environ )?\d{1,3} ?(?:min\w*|h|std|stunden?|hours?|hrs?|"
    r"heures?|horas?)\b"
    r"(?: (?:alles in allem|insgesamt|in all|in total|total|en tout|en total|statt|au lieu de|"
    r"instead of).*)?\W*$"
)
_SIGH = compiled_later(
    r"^(?:(?:uf+|puf+|uff|mist|na|toll|naja|tja|oje|egal|puh|hm+|ha+|haha|jaja\w*|bof|aie|ouf|"
    r"bon|ugh|phew|damn|god|wow|ok|"
    r"okay|nope|yes|no|nein|ja|si|oui|non|good|great|nice|tick|noted|sigh|meh|vale|bueno|bien|"
    r"voila|also|so|alors|"
    r"en|fin|super|thats|all|thank|thanks|oh|well|right|anyway|autsch|mal|sehen|merde|joder|"
    r"madre|mia)\b\W*){1,3}$"
)


def is_of_the_job(line: str) -> bool:
    """Return whether a line is of the terms of the job: pay, a grade, the hours, a car."""
    plain = _plain(line)
    is_short = len(plain.split()) <= MOST_OF_TERMS
    return bool(
        (len(plain) <= LONGEST_SUM and _SUM_ALONE.search(plain))
        or _PAY_FIRST.search(plain)
        or _GRADE.search(plain)
        or (is_short and _OF_TERMS.search(plain))
        or (_OF_PAY.search(plain) and _PAY_SAID.search(plain))
    )


def is_of_oneself(line: str, *, is_theirs: bool = False) -> bool:
    """Return whether a line is of its writer's: own people, errands, fears, and how they did.

    Below somebody's name what is to be done, wanted and feared is theirs.
    """
    plain = _plain(line)
    forms = (_WISH, _TROUBLE, _MY_WAY) if is_theirs else _OF_ONESELF
    is_told = bool(_OF_THEM.search(plain)) or bool(_SAID_TO.search(plain))
    return any(form.search(plain) for form in forms) or bool(_FAMILY.search(plain) and not is_told)


_OF_ONESELF = (_LABELS, _WISH, _TROUBLE, _ERRAND, _MY_WAY, _SIGH)
# A line of one's family that was told to somebody is of the talk.
_SAID_TO = compiled_later(
    r"\b(?:told (?:him|her|them)|asked (?:me|about)|erzahlt|gefragt|fragte|hat .*gefallen|"
    r"lui ai|m'a demande|raconte|le (?:conte|"
    r"hizo|gusto)|me pregunto|laughed|gelacht|rit)\b"
)

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


def is_aside(line: str, *, is_theirs: bool = False) -> bool:
    """Return whether a line is of pay, by when they decide, how its writer did, or a complaint.

    `is_theirs`: a heading or a label says whose it is.
    """
    plain = _plain(line)
    return bool(
        is_journey(line)
        or is_of_the_job(line)
        or _all_of_oneself(line, is_theirs=is_theirs)
        or _PAPERS.search(plain)
        or _HOW_I_DID.search(plain)
        or _DECISION.search(plain)
        or _REGRET.search(plain)
        or (_LAUGH.search(plain) and _MY_JOKE.search(plain))
        or is_complaint(line)
    )


def _all_of_oneself(line: str, *, is_theirs: bool) -> bool:
    """Return whether each sentence of a line is of no use by itself, as most of hasty notes are."""
    if not is_theirs and _LABELS.search(_plain(line)):
        return True
    sentences = [one for one in _SENTENCE.split(line) if one.strip()]
    told = [
        is_of_oneself(one, is_theirs=is_theirs) or is_of_the_job(one) or is_length(one)
        for one in sentences
    ]
    small = [len(one.split()) <= SMALL_WORDS for one in sentences]
    return any(told) and all(a or b for a, b in zip(told, small, strict=True))


def is_of_mood(line: str) -> bool:
    """Return whether a line tells how its writer did, or how they feel about it."""
    return is_aside(line) or bool(_MOOD.search(_plain(line)))


def is_length(line: str) -> bool:
    """Return whether a line only says how long it took."""
    return bool(_LENGTH.search(_plain(line)))


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
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss"))
    return "".join(one for one in folded if not unicodedata.combining(one)).casefold()
