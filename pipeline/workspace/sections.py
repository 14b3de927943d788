"""Which section a heading opens, by what its words mean, or else by the lines under it.

Takes a heading, or jotted lines, as plain text; gives a section. English, German, French, Spanish.
Where the lines of a note begin, and which of them are headings, is told in `notes`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.records import Section
from pipeline.text.patterns import compiled_later

WORDS = Path(__file__).with_name("section_words.txt")  # what words say, by section and weight
# On a tie the section that stands first wins, as in "personal skills".
SECTIONS: tuple[Section, ...] = ("angle", "office", "other", "discussed")
# Words that stand in headings and say nothing.
_SILENT = frozenset(
    "a an the of in on at to for from with and or about by is are was were did do does that what "
    "how which where who it this these some more new bit part his her hers he she him your you "
    "would could be have had done has my_own own side little bits there here so through "
    "der die das den dem des ein eine einen im in am an auf aus bei beim mit und oder uber um zu "
    "zum zur von vom was wie wo es ist war sind hat habe haben mal so ihr ihre ihrem ihren sein "
    "seine seinem seinen er sie dort da "
    "le la les l un une des du de d au aux en dans sur avec et ou ce que qui quoi a ai est sont "
    "etait son sa ses leur leurs c il elle chez cote par pour y "
    "el los las lo un una unos de del al en con y o que su sus es era por para como sobre".split()
)
# Words for whatever was jotted: beside a word that says where or how, they say nothing.
_GENERAL = frozenset(
    "topic topics thing things stuff notes note point points subject subjects thema themen theme "
    "themes dinge punkte sujet sujets point choses tema temas puntos notas".split()
)
_OTHERS = frozenset("they them their we us our wir uns nous on nosotros".split())
_THEIRS = frozenset("their them her him ihre ihnen ihrem leur leurs eux sus ellos su".split())
_FOR = frozenset("to for with fur zu mit pour a avec para con".split())
_OWN = frozenset("my mine mein meine moi mes mon ma mi mis".split())
_SUBJECT = frozenset("i ich je j yo".split())
# How a heading begins that names a place: "In her kitchen", "Dans la boutique".
_PLACE = compiled_later(
    r"^(?:(?:in|at|on|round|around|inside) (?:the|her|his|their|its) |im |in (?:der|ihrem|seinem) |"
    r"an (?:der|ihrer|seiner) |auf (?:dem|ihrem|seinem) |bei (?:ihr|ihm) |"
    r"dans (?:la|le|l|son|sa|leur|ses) |chez |sur (?:son|sa|le|la) |en (?:su|el|la) )\w+$"
)
# A plain line without a mark is a heading only where a word says so as strongly as this.
TELLING = 2
LONGEST_LABEL = 4  # words before a colon that may label one line: "Seen in her office: an oar"

# How a line begins, or ends, that tells what its writer did or can do.
_DOING = compiled_later(
    r"^(?:i|i've|i'd|i'm|have|can|could|would|happy to|able to|ich|je|j|yo|kann|habe|konnte|"
    r"puedo|peux|he|hice|mi|mon|my|mein)\b|"
    r"^(?:ran|run|built|build|led|lead|wrote|cut|set up|taught|made|won|grew|drove|sold|began|"
    r"got|brought|kept|spent|took|did|rewrote|oversaw|rebuilt|fixed|years of|\d+ years|"
    r"[a-z]{3,}(?<!ne)(?<!fe)(?<!see)(?<!spe)ed)\b|"
    r"\b(?:ge|auf|ein|um|ab|aus|an|vor|zusammen)?ge[a-z]{2,}(?:t|en)$|\b[a-z]{3,}iert$|"
    r"\b(?:be|ver|ent|er|uber|unter)[a-z]{3,}(?:t|en)$|"
    r"^(?:mis en|conduit|construit|ecrit|reduit|fait|repris|lance|cree|pilote|dirige|gere)\b",
)
# French and Spanish nouns that end as "piloté" and "dirigí" do.
_NOUN = compiled_later(
    r"^(?:\w+(?:bil|tiv|al|ur|or|ic)ité|société|santé|marché|congé|café|musée|journée|année|durée|"
    r"arrivée|entrée|soirée|matinée|idée|clé|été|employé|salarié|degré|côté|liberté|difficulté|"
    r"équité|unité|comité|aquí|allí|así|ahí|bebé|porqué)\b"
)
# Of somebody else, or only spoken of: neither is what its writer can do.
_OTHERS_FIRST = compiled_later(r"^(?:he|she|they|er|sie|il|elle|ils|elles|lui|ella|ellos|ellas)\b")
_OF_OTHERS = compiled_later(
    rf"{_OTHERS_FIRST.pattern}|"
    r"^(?:parle|discute|evoque|aborde|demande|explique|insiste|mentionne|precise|souligne|hable|"
    r"hablo|pregunte|pregunto|menciono|comente|comento|explico)\b|"
    r"\b(?:an|be|ab|durch)?(?:ge)?(?:sprochen|redet|fragt|sagt|hort|klart|nannt|meint)$|"
    r"\b(?:erwahnt|diskutiert|erzahlt|versprochen|vereinbart|verhandelt)$"
)
_FRENCH_OR_SPANISH_DOING = compiled_later(r"^(?:j[’']ai\b|[a-zà-ÿ]{3,}(?:é|í|ée)\b)")
_NOT_DOING = compiled_later(
    r"^(?:asked|wanted|discussed|talked|mentioned|needed|planned|shared|framed|signed|used|"
    r"loved|liked|played|married|based|old|red|retired|painted|carved|printed|potted|dried|"
    r"worn|stuffed|inherited|embroidered|autographed|hated|loathed|enjoyed|laughed|chuckled|forgot|"
    r"i (?:said|told|asked|mentioned|suggested|think|thought|wonder|liked|felt|hope|noticed|saw)|"
    r"they|gefragt)\b"
)
# How a line says that its writer did it, whoever else is named in it.
_FIRST_PERSON = compiled_later(
    r"^(?:i|i've|ich|hab\w*|j|yo|he)\s|^[a-z]{3,}e (?:una?|el|la|los|las|dos|tres)\b"
)
_CLAIMED = compiled_later(
    r"\b(?:that's|that is|that one is|this is|is) (?:my thing|mine|my bit)\b|"
    r"\btold (?:her|him|them|[a-z]+ (?:all )?about it)\b|\bmein ding\b|\bmon truc\b|\blo mio\b|"
    r"\b(?:hab|habe) ich .*\berzahlt\b|\bje l(?:e lui)? ai dit\b|\b(?:se lo|le) conte\b"
)
# What people do when they don't work, as it is jotted of somebody else: "restores old radios".
_LEISURE = compiled_later(
    r"^(?:(?:she|he|also|ist|war|est|es|er|sie|il|elle|s'est|is a|was a|is an|used to)\s)?"
    r"(?:collects|restores|plays|keeps|breeds|rides|sails|rows|climbs|paints|sings|knits|bakes|"
    r"brews|"
    r"grows|fosters|coaches|wears|went to|studied|grew up|born|lives|cycles|hikes|swims|dances|"
    r"cooks|"
    r"reads|travels|visits|skis|surfs|dives|fishes|gardens|volunteers|supports|loves|likes|married|"
    r"drums|sews|carves|writes poetry|does (?:triathlon|yoga|judo|karate|pottery)\w*|fan|fluent|"
    r"spielt|sammelt|zuchtet|lauft|fahrt|segelt|tanzt|singt|malt|strickt|backt|kocht|wandert|reist|"
    r"macht (?:triathlon|yoga|judo|karate|sport|musik|crossfit|pilates)|"
    r"liest|fotografiert|taucht|reitet|angelt|imker\w*|klettert|bouldert|schwimmt|rudert|trommelt|"
    r"joue|danse|collectionne|peint|chante|voyage|cuisine|jardine|tricote|grimpe|nage|"
    r"fait (?:du|de la|de l|partie)|"
    r"toca|colecciona|corre|pinta|baila|cocina|viaja|canta|nada|lee|pesca|juega|monta en|"
    r"practica|hace (?:yoga|pan|surf))\b"
)
# Things that stand and hang in offices, and what people do when they don't work.
_SEEN = compiled_later(
    r"\b(?:photo\w*|picture\w*|on the (?:wall|shelf|desk|door|sill|cabinet)|behind (?:her|him|the)|"
    r"by the door|pinned|hung|hanging|signed|trophies|pet|hen|hens|cards from|tattoo\w*|badge\w*|"
    r"cup|cups|puzzle\w*|statue\w*|sculpture\w*|drawing\w*|orchid\w*|bonsai|cushions?|jukebox|juke|"
    r"weekends?|under the (?:desk|table)|labrador\w*|terrier\w*|spaniel\w*|greyhound\w*|poodle\w*|"
    r"sculptures?|navy|twins|aquarium|telescope|signiert\w*|gerahmt\w*|hing|haengt|hangt|firmad\w*|"
    r"signee?s?|accroche\w*|colgad\w*|mugs?|posters?|wall|desk|shelf|dogs?|cats?|painting\w*|"
    r"print of|"
    r"framed|trophy|trophies|medal\w*|plant|plants|sticker\w*|flag|scarf|shirt|jersey|model of|"
    r"lego|guitar|violin|cello|piano|bike|bicycle\w*|boat|sail\w*|surf\w*|ski\w*|hik\w+|climb\w*|"
    r"marathon\w*|runs? marathons|choir|sings?|plays|band|garden\w*|beekeep\w*|bees|kids|children|"
    r"daughter\w*|son|sons|wife|husband|grandchild\w*|novels?|books by|vinyl|records|chess|map of|"
    r"calendar|postcard\w*|souvenir\w*|figurine\w*|helmet|diploma|certificate on|knit\w*|bak(?:es|"
    r"ing)|"
    r"fan of|loves|likes to|collects|collection|holiday\w*|vacation|from holiday|grew up|football|"
    r"soccer|rugby|tennis|golf|cricket|hockey|basketball|yoga|swim\w*|fish\w*|horse\w*|"
    r"\w{0,12}bild(?:er)?|lampe|wimpel|krug|vase|plakat\w*|foto\w*|becher|tasse|pokal\w*|urkunde|"
    r"hund\w*|katze\w*|wand|regal|schal|trikot|"
    r"wanderung\w*|wandert|segelt|klettert|lauft (?:marathon\w*|halbmarathon\w*)|spielt|singt|"
    r"chor|kinder|tochter|sohn|garten|fahrt rennrad|sammelt|urlaub|modell\w*|karte von|"
    r"affiches?|tableaux?|maquettes?|chien\w*|chat|velo|coupe|medaille|enfants|fille|fils|joue|"
    r"chante|"
    r"chorale|jardin\w*|collection\w*|vacances|tasse|plante\w*|"
    r"cuadro|cartel|perro\w*|gato\w*|taza|trofeo\w*|medalla\w*|maqueta|guitarra|hij[oa]s?|toca|"
    r"canta|coro|jardin|colecciona|vacaciones|bufanda|camiseta|bicicleta|planta\w*)\b"
)


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters without accents: what is compared here."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+(?:'(?:d|ve|ll|s|m)\b)?", plain)


def section_of(heading: str) -> Section | None:
    """Return which section a heading opens, by the meaning of its words; None: they say nothing."""
    words = plain_words(_BRACKETS.sub(" ", heading)) or plain_words(heading)
    words = _before_their(words)
    scores = _scores(words)
    best = max(scores, key=lambda section: scores[section])  # the first of equals
    if scores[best] < TELLING and _PLACE.match(" ".join(words)):
        return "office"
    return best if scores[best] else None


def _before_their(words: list[str]) -> list[str]:
    """Leave out what is theirs at the end: "my answer to their problems" is an answer."""
    ends = (n for n in range(1, len(words)) if words[n - 1 : n + 1] and words[n] in _THEIRS)
    end = next((n for n in ends if words[n - 1] in _FOR), len(words))
    return words[: end - 1] if end < len(words) and end > 1 else words


def is_of_oneself(heading: str) -> bool:
    """Return whether all that a heading says is that it is about its writer: "Me", "Moi"."""
    words = plain_words(heading)
    return bool(words) and _ME.issuperset(words)


def is_telling(heading: str) -> bool:
    """Return whether every word of a line speaks of one of the sections, and one says so aloud."""
    words = plain_words(heading)
    weights = [max(_weights(word).values(), default=0) for word in words]
    spoken = "_".join(phrase for phrase, _, _ in _phrases_in(words)).split("_")
    told = [
        bool(weight or word in spoken)
        for word, weight in zip(words, weights, strict=True)
        if weight or not _mute(word)
    ]
    strongest = max((*weights, *(weight for _, _, weight in _phrases_in(words))), default=0)
    is_mine = all(_weights(word) == {"angle": 1} for word in words if not _mute(word))  # "my bit"
    return bool(told) and all(told) and (strongest >= TELLING or is_mine)


def is_question(line: str) -> bool:
    """Return whether a line begins as a heading clause does: "What I saw", "Was mir auffiel"."""
    words = plain_words(line)
    return (
        bool(words) and line[:1].isupper() and (words[0] in _ASKING or words[:2] in _ASKING_PAIRS)
    )


def strength_of(heading: str) -> int:
    """Return how plainly a heading's words speak of the section that they name; 0: not at all."""
    return max(_scores(plain_words(heading)).values())


def label_of(label: str) -> Section | None:
    """Return the section that a few words before a colon name, if they name nothing else."""
    words = plain_words(label)
    if not words or len(words) > LONGEST_LABEL:
        return None
    if words[-1] in _ME and len(words) == 1:
        return "angle"
    return section_of(label) if is_telling(label) else None


def section_of_lines(lines: Iterable[str]) -> Section:
    """Return the section of lines under a heading that says nothing: what most of them tell."""
    told = [section_of_line(line) for line in lines]
    others: tuple[Section, ...] = ("angle", "office", "other")
    for section in others:
        if 2 * told.count(section) > len(told):
            return section
    return "discussed"


def section_of_line(line: str) -> Section:
    """Return what one line tells: what its writer did, what was to be seen, or what was said."""
    plain = " ".join(plain_words(line))
    if _CLAIMED.search(plain) and not _OTHERS_FIRST.match(plain):
        return "angle"
    if _LEISURE.match(plain):
        return "office"
    if _NOT_DOING.match(plain):
        return "office" if _SEEN.search(plain) else "discussed"
    if not _OF_OTHERS.search(plain) and (_DOING.search(plain) or _is_doing(line.casefold())):
        return "angle"
    if _SEEN.search(plain):
        return "office"
    return "other" if section_of(line) == "other" else "discussed"


def is_own(line: str) -> bool:
    """Return whether a line says that its writer did it: "ran a café for years, told Joan"."""
    plain = " ".join(plain_words(line))
    return bool(_FIRST_PERSON.search(plain) or _CLAIMED.search(plain))


def _is_doing(line: str) -> bool:
    return bool(_FRENCH_OR_SPANISH_DOING.match(line)) and not _NOUN.match(line)


_BRACKETS = compiled_later(r"\([^()]*\)|\[[^\[\]]*\]")
_ASKING = frozenset(
    "what why how where things was womit wie wo warum woruber worum wovon weshalb "
    "comment pourquoi que quoi como por donde cosas".split()
)
_ASKING_PAIRS: tuple[list[str], ...] = (
    ["ce", "que"],
    ["ce", "qui"],
    ["lo", "que"],
    ["de", "quoi"],
    ["en", "quoi"],
)
_ASKING_PAIRS += (["ce", "dont"], ["de", "lo"], ["de", "que"])
_ME = frozenset("i me mine myself ich je moi yo".split())


def _mute(word: str) -> bool:
    return word in _SILENT or word.isdigit() or (len(word) == 1 and word not in _ME)


def _scores(words: list[str]) -> dict[Section, int]:
    scores: dict[Section, int] = dict.fromkeys(SECTIONS, 0)
    has_subject = not _SUBJECT.isdisjoint(words)
    general = 0
    for word in words:
        if has_subject and word in _OTHERS:
            continue  # "what I tell them" is the writer's
        for section, weight in _weights(word).items():
            scores[section] += weight
            general += weight if section == "discussed" and word in _GENERAL else 0
    for _, section, weight in _phrases_in(words):
        scores[section] += weight
    if scores["office"] >= TELLING or not _OWN.isdisjoint(words):
        scores["discussed"] -= general  # "personal topics", "my stuff"
        words = [word for word in words if word not in _GENERAL]
    last = next((word for word in reversed(words) if not _mute(word)), "")
    for section in _weights(last):  # "desk talk" is a talk, "talk at the desk" was at the desk
        scores[section] += 1
    return scores


def _phrases_in(words: list[str]) -> list[tuple[str, Section, int]]:
    joined = f"_{'_'.join(words)}_"
    return [found for found in _phrases() if found[0] in joined]


@cache
def _phrases() -> tuple[tuple[str, Section, int], ...]:
    """Return the entries of several words, each so that it can be looked for."""
    return tuple(
        (f"_{entry}_".replace("-_", ""), section, weight)
        for entry, said in _entries().items()
        for section, weight in said.items()
        if "_" in entry
    )


@cache
def _entries() -> dict[str, dict[Section, int]]:
    """Return for each word or phrase how much it says for which section."""
    found: dict[str, dict[Section, int]] = {}
    for part in WORDS.read_text("utf-8").split("\n[")[1:]:
        head, _, entries = part.partition("]")
        name, weight = head.split()
        section = next(section for section in SECTIONS if section == name)
        for entry in entries.split():
            found.setdefault(entry, {}).setdefault(section, int(weight))
    return found


def _weights(word: str) -> dict[Section, int]:
    """Return what a word says for each section; its longest beginning counts."""
    entries = _entries()
    word = word.removesuffix("'s")
    if word in entries:
        return entries[word]
    ends = range(len(word), 2, -1)
    return next((entries[key] for end in ends if (key := f"{word[:end]}-") in entries), {})
