"""Why a phrase of the notes is no topic, though its form is one.

Takes the phrase, its line and the language; says whether it had better not stand in a message. A
topic too few costs a plain sentence; "what you told me about the biscuits" costs the message. Set
on forty strangers' notes (tests/workspace/strangers); of the 20 topics that forty others then lent
14 were right, and the kinds of the six came in, too: other people's notes will show more.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.records import NoteLine
from pipeline.text.characters import one_line
from pipeline.text.patterns import compiled_later
from pipeline.touchpoints.articles import KEYWORD
from pipeline.touchpoints.note_words import words_of

# no border test: shorter parts of a name ("de", "Li") are words, too
LEAST_NAME = 3

# Who somebody is: "wheelchair users interested me most".
PEOPLE = words_of(
    "users passengers customers patients clients people staff drivers nurses pupils students "
    "visitors victims residents members tenants workers doctors teachers guests dealers airlines "
    "colleagues engineers managers suppliers kids children parents owners readers inspectors "
    "auditors regulators ministers councillors"
)

_FAMILY = compiled_later(
    r"\b(?:mum|mom|mummy|dad|daddy|granny|grandma|grandpa|mama|mami|mutti|papa|oma|opa|maman|mamie|"
    r"papi|papy|mamá|papá|abuel[ao]|"
    r"my\s(?:wife|husband|kids?|sister|brother|partner|boy|girl|son|daughter|parents|ex|boss|flat)|"
    r"mein\w?\s(?:frau|mann|schwester|bruder|kind\w*|tochter|sohn|eltern|freund\w*|ex|chef\w*)|"
    r"ma\s(?:femme|sœur|soeur|mère|fille|copine)|mon\s(?:mari|frère|père|fils|copain|ex|chef|dos)|"
    r"mes\s(?:enfants|parents)|"
    r"mi\s(?:mujer|marido|hermana|hermano|madre|padre|hij[ao]|ex|jefe|novi[ao])|mis\s(?:hijos|padres))\b",
    re.IGNORECASE,
)
# And what one was made to do there.
_NOT_ASKED = compiled_later(
    r"\b(?:forgot|(?:did ?n['’]?t|never|should(?:['’]ve| have)|shd have) ask\w*|"
    r"nicht\s(?:ge|nach)fragt|vergessen|hätte\s.*fragen|pas\sdemandé|oublié|aurais\sdû|"
    r"no\spregunté|olvid\w+|debí|(?:let|made|had|got)\sme|mich\s(?:\w+\s)?lassen|hizo\shacer)\b",
    re.IGNORECASE,
)
_OF_THE_DAY = compiled_later(
    r"\b(?:coffee\s(?:machine|cups?)|biscuits?|crisps|kaffee\w*|machine\sà\scafé|"
    r"máquina\sde\scafé|t-shirts?|camisetas?|cravate|corbata|krawatte|nice\stie|"
    r"1\s(?:de\scada|sur|in|von)\s\d)\b",
    re.IGNORECASE,
)
_SCOLDED = compiled_later(
    r"\b(?:verwarn|abmahn|avertissement|amonest|reprimand|abuche)\w*", re.IGNORECASE
)
_OPINION = compiled_later(
    r"(?:the\s|la\s|le\s|el\s|der\s|die\s|das\s|Thema\s)*(?:best|worst|nicest|funniest|oddest|"
    r"mejor|peor|meilleure?|pire|beste[rns]?|un\s(?:poco|peu)|"
    r"tod[oa]s?\b|alles|tout|everything|ein\sbisschen|etwas|a\s(?:bit|little)|"
    r"very|rather|muy|très|sehr|ziemlich)\b",
    re.IGNORECASE,
)
# Labels that say what a line is for, and not what it is about.
_LABELS = words_of(
    "line phrase quote question answer joke tip advice remark words hauptsache fazit ergebnis "
    "thema sache frage antwort spruch satz angst lust sorge gefühl richtig falsch sujet point "
    "peur envie hic bilan mais tema punto frase miedo ganas pena hora sitio fear want worry mood "
    "opinion view concern idea headache problem chef chefin problema problème"
)
# Who somebody is, where a topic is wanted: "fanático de la U", "ancien de la maison".
_SOMEBODY = compiled_later(
    r"(?:the\s|das\sthema\s|l['’]|l[aeo]s?\s|el\s|der\s|die\s)*(?:fan|fanátic[oa]|hincha|señora?|ancienne?|"
    r"amateur|dame|herr|frau|swimmer|cyclist|runner|guy|bloke|man|woman|lady|ex-\w+|vegan|fille|fils|"
    r"hij[oa]|aficionad[oa]|madre|padre|mère|père|vater|mutter|father|mother)\b",
    re.IGNORECASE,
)
# "das Thema „größte Hürde die Gemeinderäte“": words that nothing joins.
_TWO_NOUNS = compiled_later(r"„(?![^“]*\s(?:in|für|von|vom|mit|bei|an|auf|zu|zur|zum|im|am)\s)")
# What nobody is to be reminded of by a stranger, and their family.
_HURTS = compiled_later(
    r"\b(?:died|dead|death|widow\w*|funeral|cancer|divorce\w*|husband|wife|grand-?(?:mother|father)|"
    r"grand-?m[èe]re|grand-?p[èe]re|mari|abuel[ao]|marido|viud[ao]|tod|gestorben|witwe\w*|großvater|"
    r"großmutter|scheidung|krebs|mort|décès|muerte|falleci\w+)\b",
    re.IGNORECASE,
)
# "Trägt Fliege", "Braut Bier": a verb before its noun, and no two nouns.
_GERMAN_VERB = compiled_later(
    r"(?:das Thema )?„?(?:(?:Brauch|Such|Woll|Hab|Mach)en|"
    r"[A-ZÄÖÜ][a-zäöüß]{2,7}(?<!haf)(?<!ns)t)\s[A-ZÄÖÜ]"
)
# They begin a German sentence, and have a capital there only.
_GERMAN_STARTS = words_of(
    "zuerst dann danach später nochmal einer eine eines ein sonst zurück leider endlich immer "
    "heute gestern morgen dort hier halbe ganze erst noch gespräch codetest"
)
# A phrase that denies something is a sentence.
_DENIED = {
    "English": compiled_later(r"n['’]t\b|\b(?:not|never)\b", re.IGNORECASE),
    "German": compiled_later(r"\b(?:nicht|kein\w*|nie)\b", re.IGNORECASE),
    "French": compiled_later(r"\bpas\b|\bn(?:e\b|['’])|-(?:ils?|elles?|on)\b", re.IGNORECASE),
    "Spanish": compiled_later(r"\b(?:no|nunca|ni)\b", re.IGNORECASE),
}
_POINTING = words_of("that this it these those them him her")
_VAGUE = words_of("vs somewhere something anything someone irgendwo irgendwas quelque algo alguien")
# What somebody does or did, by endings that nouns hardly have, or in a word that is no noun.
_SPANISH_VERB = compiled_later(
    r"(?:\w{2,}(?:aron|ieron|eron|imos|amos|emos|aban|abas?|íamos|aste|iste|ó)|desconfía\w*|confía\w*|"
    r"varía\w*|amplía\w*|quería\w*|tenía\w*|decía\w*|hacía\w*|podría\w*|debería\w*|sería\w*)"
)
_SPANISH_NOUNS = words_of("tramos ramos extremos supremos gramos kilogramos remos alabamos racimos")
_FRENCH_VERBS = words_of(
    "perd perdent prend rend rendent vend vendent attend attendent répond répondent descend défend "
    "tient tiennent devient deviennent revient reviennent meurt dort bat battent permet permettent "
    "voit voient croit croient boit reçoit reçoivent écrit écrivent vit vivent suit conduit "
    "connaît connaissent plaît faite faites compte comptent perdu pris"
)
_THEY_DO = compiled_later(  # "les marchés donnent", and no adjective or noun in -ent
    r"\w{2,}(?<!m)(?<!souv)(?<!cli)(?<!ag)(?<!réc)(?<!urg)(?<!fréqu)(?<!pati)(?<!prés)ent"
)
_CALLED_ME = compiled_later(r"\b(?:mich|mir|me|m['’]\w+)\s(?:\w+\s){0,2}[\"“„«]")

_NOT_SAID = (_FAMILY, _NOT_ASKED, _OF_THE_DAY, _SCOLDED, _CALLED_ME)


def is_doubtful(said: str, line: NoteLine, language: str) -> bool:
    """Return whether a topic that nothing marks had better not stand in a message."""
    text, plain = one_line(line.text), said.removeprefix(KEYWORD).casefold()
    words = re.findall(r"[^\W_][\w'’-]*", re.sub(r"^l['’]", "", plain))
    if any(pattern.search(text) for pattern in _NOT_SAID):
        return True
    names = {part.casefold() for part in line.person.split() if len(part) >= LEAST_NAME}
    is_named = bool(names & set(words))
    is_twice = any(one == other for one, other in pairwise(words))
    is_cut = " / " in said or not words or words[-1] in _LABELS or bool(_OPINION.match(said))
    is_cut = (
        is_cut
        or bool(_SOMEBODY.match(said) or _HURTS.search(said))
        or bool(_TWO_NOUNS.search(said))
    )
    is_cut = is_cut or (language == "German" and bool(_GERMAN_VERB.match(said)))
    is_no_phrase = is_twice or is_cut or _is_no_phrase(words, language)
    return is_named or is_no_phrase or _is_exclaimed(plain, text)


def is_of_money(topic: str) -> bool:
    """Return whether a topic is who is to pay: of that one speaks where nothing else is left."""
    return bool(_MONEY.search(topic))


_MONEY = compiled_later(
    r"\b(?:funds?|funding|grants?|loans?|budgets?|\w*(?:förderung|fonds|budget|kredit)|"
    r"subventions?|subvención|presupuesto)$",
    re.IGNORECASE,
)


def is_of_their_own(line: NoteLine) -> bool:
    """Return whether a line begins with its person's initials: "ST pipe and rosin"."""
    parts = [part for part in re.split(r"[\s-]+", line.person) if not part.endswith(".")]
    first, *_ = (*line.text.split(), "")
    return len(first) > 1 and first == "".join(part[:1] for part in parts)


def is_no_deed(line: NoteLine) -> bool:
    """Return whether a line of oneself is of one's family, or of what one cannot or has to do.

    Or of somebody else, whom it names: what of a note is one's own was learnt, and is not sure.
    """
    text = one_line(line.text)
    return bool(_FAMILY.search(text) or _CANNOT.search(text) or _OF_THEM.search(text))


_OF_THEM = compiled_later(
    r"^(?:they|she|he|sie|er|elles?|ils?|ell[ao]s|él)\b|\b(?:mme|mlle|madame|monsieur|frau|herr|mrs|"
    r"señora?|patronne?|chefin)\b",
    re.IGNORECASE,
)


_CANNOT = compiled_later(
    r"\b(?:can['’]?t|cannot|won['’]t|could ?n['’]t|did ?n['’]t|have to|need to|should|"
    r"kann (?:ich )?nicht|kann erst|muss|sollte|darf nicht|ne peux|dois|devrais|no puedo|tengo que|"
    r"debería)\b",
    re.IGNORECASE,
)


def _is_no_phrase(words: list[str], language: str) -> bool:
    is_gerund = words[:1] and words[0].endswith("ing") and words[1:2] and words[1] in _POINTING
    if _DENIED[language].search(" ".join(words)) or _VAGUE & set(words) or is_gerund:
        return True
    if language == "German":
        return bool(_GERMAN_STARTS & set(words[:2]))
    if language == "Spanish":
        return any(_SPANISH_VERB.fullmatch(word) and word not in _SPANISH_NOUNS for word in words)
    if language != "French":
        return False
    is_done = words[:1] == ["les"] and any(map(_THEY_DO.fullmatch, words[2:4]))
    return is_done or bool(_FRENCH_VERBS & set(words))


def _is_exclaimed(plain: str, text: str) -> bool:
    """Return whether a word stands alone as a sentence: "Mist.", "Richtig. Puh."."""
    at = text.casefold().find(plain)
    if at < 0:
        return False
    is_alone = text[:at].rstrip()[-1:] in ("", ".", "!", "?") and " " not in plain
    ends = text[at + len(plain) :]
    return is_alone and ends[:1] in (".", "!", "?") and not ends.startswith("!!")
