"""Whose a jotted line is: which interviewer a line, a label or a heading names or means.

Takes a line as plain text, and the interviewers; gives the name of one of them, or "" where it is
nobody's or may be several people's. Where a line stands is told in `jottings`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Person
from pipeline.text.comparable import plain_text
from pipeline.text.given_names import is_woman
from pipeline.text.names import key_of, parts_of, plain_letters
from pipeline.text.patterns import compiled_later
from pipeline.workspace.sections import plain_words

_SUBJECT = compiled_later(
    r"^(?P<name>[A-ZÀ-Þ][\w'’.-]*(?: (?:von|van|de|del|le|la|der)?\s?[A-ZÀ-Þ][\w'’.-]*){0,3})"
    r"(?:\s*\([^()]*\))?,? (?P<next>[a-zà-ÿ]\w*)"
)
_ASKED_BY = compiled_later(r"(?:q|question|frage|f|pregunta|p)\s?\d*\s?\(([^()]+)\)", re.IGNORECASE)
_INITIALS = compiled_later(r"[A-ZÀ-Þ]\.?(?:[ -]?[A-ZÀ-Þ]\.?){0,2}")
# "M laughed at it", "HW told me that GK leaves": no word of one letter, as "A walk" and "Y luego".
_FIRST_INITIALS = compiled_later(r"(?![AÀEIOUY]\s)[A-ZÀ-Þ]{1,3}(?=\s[a-zà-ÿ]{2})")
# "MO umpires", "OB knits": without a mark behind them.
_BARE_INITIALS = compiled_later(r"(?<![\w.])[A-ZÀ-Þ]{2,3}(?![\w.-])")
_DOTTED = compiled_later(  # "Dr. L. spielt", "P.-V. zählt"
    r"(?:(?:Dr|Prof|Hr|Fr|Mr|Mrs|Ms|M|Mme|Sr|Sra)\.?\s)?([A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)*)\s(?=[a-zà-ÿ])"
)
_NO_INITIALS = frozenset("AI BA EU HR IT OR PM PR QA UK US".split())  # whoever is called so
_JOINED = frozenset("and und et y e or oder ou o from at of the von".split())
_VERBS = frozenset(
    "is was has had does did likes loves says said wants asked told knows hat ist war macht mag "
    "sagt sagte will fragt fragte est dit veut aime tiene dice quiere dijo hizo puso vino quiso "
    "trajo tuvo pudo supo".split()
)
# Given names that are words, too: "Will they …", "Grant money", "Max throughput".
_WORDS_TOO = frozenset(
    "will mark grant bill may hope art rose sue pat rich max faith grace joy june april dawn rob "
    "chase drew skip chip cliff dale rusty sandy sunny guy ray van jack page price case long "
    "young day cash major stark wolf lang kurz gross pierre rosa".split()
)
# Who is meant by a word before a colon: "lui: vient de Lille".
PRONOUN = compiled_later(
    r"(?:(?P<her>elle|sie|ihr|she|her|ella)|lui|il|er|ihm|he|him|él)\s*[:：]\s+(?=\S)",
    re.IGNORECASE,
)
_TITLES = frozenset(
    "mr mrs ms miss madam dr prof professor sir herr herrn hr hrn frau fr mme mlle m monsieur "
    "madame sr sra srta senor senora don dona".split()
)
_TOKEN = compiled_later(r"[^\s/,;:&+|()]+")
# What stands beside a name in a heading or a label, and is no part of it: when, how long, again.
_BESIDE = compiled_later(
    r"\([^()]*\)|^\s*(?:\w+ ){0,2}(?:with|w/|mit|avec|con|bei|chez|lo de|about|zu|von)\s|"
    r"^\s*\d{1,2}[.)]\s|"
    r"(?<!\w)\d{1,2}[:.h]\d\d(?: ?h| Uhr|\s?[ap]m)?(?!\w)|"
    r"(?<!\w)(?:ca\.? |~)?\d{1,3}\s?(?:min\w*|'|h|hrs?|std|stunden?|[ap]m)?"
    r"(?![\w%€£$])|"
    r"(?<!\w)(?:also|again|too|first|then|next|later|auch|nochmal|wieder|zuerst|dann|danach|aussi|"
    r"encore|d'abord|ensuite|puis|(?-i:tb)|también|otra vez|primero|luego|después|allein|alone|"
    r"sola?|seule?)(?!\w)",
    re.IGNORECASE,
)
_SEVERAL = compiled_later(
    r"(?<!\w)(?:both|all (?:three|four|of them)|everyone|everybody|beide[nrs]?|alle drei|alle vier|"
    r"tou(?:te)?s les (?:deux|trois)|les (?:deux|trois)|l[oa]s (?:dos|tres)|amb[oa]s)(?!\w)",
    re.IGNORECASE,
)
FIRST_WORDS = 3  # among which is whom a sentence is about; no border test: a habit
_NAME_WORDS = 5  # of a line that is only a name: "Mme la Directrice Claire Vasseur"
SHORTEST_NICKNAME = 3  # letters with which a longer name begins: "Inma"
LONG_NICKNAME = 4  # in a sentence, where "Con", "Ana" and "Max" may be words or others
_OPENINGS = frozenset(
    "then so and also later afterwards next first but luego después entonces primero y pero "
    "también dann danach zuerst später und aber auch also puis ensuite après d'abord et mais "
    "aussi enfin finally zuletzt schließlich".split()
)
# Short forms that are no beginnings of the name; general knowledge.
_NICKNAMES = {
    "kasia": "katarzyna", "gosia": "malgorzata", "basia": "barbara", "asia": "joanna",
    "paco": "francisco", "curro": "francisco", "pepe": "jose", "pepa": "josefa", "nacho": "ignacio",
    "lola": "dolores", "concha": "concepcion", "quique": "enrique", "kike": "enrique",
    "chema": "jose", "charo": "rosario", "toño": "antonio", "toni": "antonio", "manolo": "manuel",
    "bill": "william", "bob": "robert", "dick": "richard", "jack": "john", "liz": "elizabeth",
    "beth": "elizabeth", "betty": "elizabeth", "peggy": "margaret", "meg": "margaret",
    "harry": "henry", "ted": "edward", "ned": "edward", "polly": "mary", "molly": "mary",
    "jim": "james", "kate": "katherine", "tony": "anthony", "mike": "michael", "dave": "david",
    "steve": "stephen", "sandy": "alexander", "sascha": "alexander", "hannes": "johannes",
    "hans": "johannes", "jupp": "josef", "sepp": "josef", "uli": "ulrich", "uschi": "ursula",
    "lisl": "elisabeth", "lisa": "elisabeth", "bernd": "bernhard", "fritz": "friedrich",
    "manu": "emmanuel", "mimi": "marie", "jeannot": "jean", "titi": "thierry",
}  # fmt: skip
# Small words that are a line's own, and letters that people put before one: no initials.
_NO_LABELS = frozenset("ps nb re pb eg ie cf tb pd nr vs na ok tbd tbc PS NB OK TBD TBC".split())
# Words for a post, and what stands in the titles or before the names of those who may be meant;
# of two rows with the same words the first that somebody fits counts.
_BOSS = "boss chef chefin jefe jefa patron patronne"
_ROLES = tuple(
    (said, re.compile(roles))
    for said, roles in (
        ("doctor doctora doc docteur doktor arzt arztin", r"\bdra?\b|doctor|arzt|medecin|medic"),
        ("engineer ingenieur ingeniero ingeniera inge", r"\b(?:ing|eng)\b|ingen|engineer"),
        ("hr rh rrhh drh", r"\b(?:hr|d?rh|rrhh|human\w*|people|personal\w*|talent)\b"),
        (_BOSS, r"\b(?:chef|ceo|owner|general|managing)\b|founder|inhaber|gerant|gerente|fuhrer"),
        (_BOSS, r"dire[ck]t(?:or|eu|ri)|\bhead\b|\bchief\b"),
        (_BOSS, r"leiter|manager|\bjef[ea]\b|foreman|meister"),
    )
)
# How words for somebody who does something end.
_AGENT = compiled_later(
    r"(?:[eo]ra?|er[oa]|eur|euse|rice|in|ee|[ae]nte?|ista?|rat|ron|aire|hef|chefe|man|rzt|ord)$"
)
_WOMEN = frozenset("chefin jefa patronne arztin doctora ingeniera".split())
_ROLE_FIRST = compiled_later(
    r"(?:(?:con|mit|with|avec|bei|chez) )?("
    r"(?:the|der|die|dem|le|la|el|l['’])\s?[A-Za-zà-ÿ-]+(?:or|er|ora|ero|era|eur|rice|in|tee|rzt|ef)"
    r"|Boss|Chef(?:in)?|Jef[ea]|Patron(?:ne)?|HR|RH|RRHH)(?=,? [a-zà-ÿ])",
    re.IGNORECASE,
)
# "Mme le Maire", "the director": an article before what the head of the note says they are.
_LEAD = compiled_later(r"([A-ZÀ-Þ][\w'’-]+),? ([a-zà-ÿ][\w'-]+)")
# How nouns end where a verb after "he" or "she" never does; English and German leave it open.
_NOUN_ENDS = {
    "Spanish": re.compile(r"(?:[lrzsd]|(?<!d)o|[cst]ión)$"),
    "French": re.compile(r"(?:[sxlr]|té|ion|age|ment|isme|oire)$"),
}
# What one person is said to do, where a line begins with it and leaves out who does.
_DOES = compiled_later(
    r"(?:also |then |auch |aussi |también |luego |dann )?(?:"
    r"asks?|asked|wants?|wanted|says?|said|tells?|told|thinks|thought|likes|liked|loves|loved|"
    r"hates|hated|knows|knew|needs|needed|keeps|kept|has|had|is|was|wears|wore|worries|worried|"
    r"hopes|hoped|plans|planned|reckons|reckoned|mentioned|explained|showed|talked|talks|spoke|"
    r"speaks|laughed|nodded|smiled|runs|ran|does|did|plays|collects|used to|seems|seemed|came|"
    r"comes|went|goes|looked|looks|lives|grew|studied|worked|works|sounds|sounded|thinking|"
    r"hat|hatte|will|wollte|ist|war|fragte?|sagte?|meinte?|möchte|mag|mochte|suchte?|kennt|kommt|"
    r"kam|geht|ging|findet|fand|glaubte?|denkt|dachte|hoffte?|erzählte?|zeigte?|spricht|sprach|"
    r"redete?|kann|konnte|brauchte?|machte?|hielt|hält|wohnt|lebt|spielt|sammelt|trägt|trug|"
    r"lachte?|nickte?|wirkte?|liest|fährt|fuhr|plant|plante|klagte?|erwähnte?|erklärte?|wünscht|"
    r"dit|disait|veut|voulait|demande|demandait|m'a|m’a|a|avait|est|était|pense|pensait|aime|"
    r"parle|parlait|cherche|fait|faisait|joue|croit|trouve|raconte|explique|insiste|vient|vit|"
    r"s'est|s’est|s'inquiète|s’inquiète|se plaint|rêve|espère|déteste|adore|connaît|collectionne|"
    r"dice|dijo|quiere|quería|quiso|tiene|tenía|tuvo|está|estaba|es|era|fue|busca|buscaba|cree|"
    r"preguntó|pregunta|habla|habló|piensa|lleva|llevaba|viene|vino|pide|pidió|explicó|explica|"
    r"contó|cuenta|comentó|comenta|sabe|odia|ama|necesita|mostró|insistió|insiste|toca|canta|"
    r"colecciona|"
    r"(?:me|se|le|nos) (?:preguntó|contó|dijo|pidió|enseñó|explicó|mostró|habló|quejó|rió|ríe|"
    r"queja|lleva|nota|gusta|preocupa|encanta|duele|fastidia|interesa|importa|recibió|hizo|puso|"
    r"ve|veía|emocionó)"
    r")(?![\w'’-])",
    re.IGNORECASE,
)
_ARTICLES = frozenset("the der die das le la l el los las our unser unsere notre".split())


def without_genitive(word: str, people: Sequence[Person]) -> str:
    """Return an interviewer's name for "Renates", and any other word as it is."""
    bare = word.rstrip("'’")
    given = {part for person in people for part in _names_of(person)}
    is_own = bare[-1:] == "s" and _letters(bare[:-1]) in given and _letters(bare) not in given
    return bare[:-1] if is_own else bare


def without_titles(name: str) -> str:
    """Return a name without "Dr." and the like."""
    return " ".join(word for word in name.split() if word.strip(".").casefold() not in _TITLES)


def named(text: str, people: Sequence[Person]) -> str:
    """Return the full name of the one interviewer of whom a text has a name, or ""."""
    words = set(_letters(text).split())
    found = [p.name for p in people if words & _names_of(p)]
    return found[0] if len(set(found)) == 1 else ""


def _letters(text: str) -> str:
    return plain_letters(plain_text(text).replace("'s", "").replace("'S", ""))


def _names_of(person: Person) -> set[str]:
    return {part for part in key_of(person.name).split() if len(part) > 2}


def whole_name(text: str, people: Sequence[Person]) -> str:
    """Return the interviewer of whom a text is the name and nothing else; "" where it is not.

    "AF", "victor s.", "Ms Stokes.", "lenz", "RUTH (50 min)", "Mme le Maire", "Inma".
    """
    bare = _BESIDE.sub(" ", text).strip(" \t.,;:–—-!*_#>[]")
    tokens = [token.strip("'’\"") for token in _TOKEN.findall(bare)]
    if not 0 < len(tokens) <= _NAME_WORDS:
        return ""
    if len(tokens) == 1 and (found := _of_letters(tokens[0], people)):
        return found
    found_all = [one.name for one in people if _is_all_name(tokens, one)]
    return found_all[0] if len(found_all) == 1 else "" if found_all else _of_post(tokens, people)


def is_legend(text: str, people: Sequence[Person]) -> bool:
    """Return whether a line only says how people are called below it: "SL = Simon, TL = Boss"."""
    sides = [part.partition("=") for part in text.split(",")]
    whose = [whole_name(short, people) for short, _, _ in sides]
    return all(whose) and any(
        whole_name(long, people) == one for one, (_, _, long) in zip(whose, sides, strict=True)
    )


def _of_letters(word: str, people: Sequence[Person]) -> str:
    """Return whose initials a word of two or three letters is, in capitals or not."""
    letters = word.replace(".", "").replace("-", "")
    is_small = letters.islower() and 2 <= len(letters) <= 3
    if letters in _NO_LABELS or (is_small and letters.upper() in _NO_INITIALS):
        return ""
    return _of_initial(letters.upper() if is_small else word, people)


def _is_all_name(tokens: Sequence[str], person: Person) -> bool:
    parts = [part for part in key_of(person.name).split() if part not in _TITLES]
    said = [_letters(token) for token in tokens]
    said = [part for word in said if word not in _TITLES for part in word.split()]
    whole = [word for word in said if word in parts or _is_nickname(word, parts)]
    rest = [word for word in said if word not in whole]
    posts = set(_letters(person.title).split())  # "Beatrice, HR"
    is_known = (word in posts or word in [part[: len(word)][:1] for part in parts] for word in rest)
    return bool(whole) and all(is_known)


def _is_nickname(word: str, parts: Sequence[str]) -> bool:
    """Return whether a word is short for a name: "Inma", "Matu", "Paco"."""
    if _NICKNAMES.get(word) in parts[:1]:
        return True
    is_long = len(word) >= SHORTEST_NICKNAME
    return is_long and any(part.startswith(word) and part != word for part in parts)


def _of_post(tokens: Sequence[str], people: Sequence[Person]) -> str:
    """Return the one whom words name by a post: "Mme le Maire", "Matron", "GM", "the doctor"."""
    words = [_letters(token) for token in tokens]
    said = [word for word in words if word not in _TITLES | _ARTICLES] or words  # HR, or Herr
    posts = [(person.name, _letters(person.title).split()) for person in people]
    is_post = any(map(_AGENT.search, said))  # of a title "Design" or "Office" a heading says more
    is_short = tokens[0].isupper() and len(tokens[0]) > 1
    found = []
    for name, post in posts:
        is_whole = is_post and (set(post).issuperset(said) if said != words else post == said)
        if is_whole or (is_short and said == ["".join(word[0] for word in post)]):
            found.append(name)
    if found:
        return found[0] if len(found) == 1 else ""
    return _of_role(said[0], people) if len(said) == 1 else ""


def _of_role(word: str, people: Sequence[Person]) -> str:
    """Return the one whom a word for a post means that is not the one of the note's head."""
    is_her = word in _WOMEN
    for said, roles in _ROLES:
        if word not in said.split():
            continue
        found = [
            one.name
            for one in people
            if roles.search(_letters(f"{one.title} {one.name}"))
            and (not is_her or is_woman(parts_of(one.name)) is not False)
        ]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _by_role(text: str, people: Sequence[Person]) -> str:
    """Return whom a sentence begins with by a post: "Con la doctora poco rato", "Chefin fragt"."""
    opening = _ROLE_FIRST.match(text)
    return whole_name(opening[1], people) if opening else ""


def without_names(heading: str, people: Sequence[Person]) -> list[str]:
    """Return a heading's words but for the interviewers' names: "Wes - private" is private."""
    if not named(heading, people):
        return plain_words(heading)
    names = _TITLES.union(*map(_names_of, people))
    return [
        word
        for token in _TOKEN.findall(heading)
        if not names.issuperset(_letters(token).split())
        for word in plain_words(token)
    ]


def person_in(text: str, people: Sequence[Person]) -> tuple[str, str]:
    """Return whom a line is about, and the rest: "Renata: big photo", "Imran's mug: …"."""
    if said := PRONOUN.match(text):
        person = _of_gender(people, is_her=bool(said["her"]))
        return person, text[said.end() :] if person else text
    opening = re.match(
        r"^(?:\d{1,2}[:.h]\d\d\s+)?([^:=–—]{1,60}?)\s*(:|=|-+>|→|=>|\s[-–—])\s+(?=\S)", text
    )
    if not opening:
        return _possessive(text, people), text
    name = re.sub(r"^[A-Z][a-z]{1,3}\.?\s(?=[A-Z]\.)", "", opening.group(1))  # "Dr. L."
    if asked := _ASKED_BY.match(name):  # "Q (Kasia): …"
        name = asked[1]
    if (person := whole_name(name, people)) and _is_plain_name(name, opening[2], people):
        return person, text[opening.end() :]
    return _possessive(text, people), text


def without_lead(text: str, person: str, language: str) -> str:
    """Return a line without the first name that stands before it in place of a label.

    "Inma patio sin móviles" is about the yard; "Inma habla" and "Petzold swims" are sentences.
    """
    found = _LEAD.match(text)
    noun = _NOUN_ENDS.get(language)
    if not (found and noun and whole_name(found[1], (Person(person),))):
        return text
    is_noun = noun.search(found[2]) and found[2].casefold() not in _VERBS | _JOINED
    return text[found.start(2) :] if is_noun else text


def _is_plain_name(label: str, mark: str, people: Sequence[Person]) -> bool:
    """Return whether a label in small letters is a name, as "laia:" and "kb:" are, and no word."""
    bare = _BESIDE.sub(" ", label).strip()
    if bare[:1].isupper() or not bare[:1].isalpha():
        return True
    first = _TOKEN.findall(bare)[0]
    is_name = any(_letters(first) in key_of(person.name).split() for person in people)
    return is_name or (mark == ":" and bool(_of_letters(first, people)))


def begins_with(text: str, name: str) -> bool:
    """Return whether a sentence begins with an interviewer's name: "Then Derek took me round"."""
    words = set(key_of(name).split())
    return bool(words.intersection(_letters(" ".join(text.split()[:FIRST_WORDS])).split()))


def begun_by(text: str, people: Sequence[Person]) -> str:
    """Return the interviewer whose name or initials a sentence begins with: "OC d'abord, …"."""
    first = _without_opening(text).split(" ", 1)[0].strip(",.;:!?")
    return whole_name(first, people) if first[:1].isupper() else ""


def is_of_several(text: str) -> bool:
    """Return whether a sentence is about more than one of them: "I like both"."""
    return bool(_SEVERAL.search(text))


def tells_of_one(text: str) -> bool:
    """Return whether a line begins with what one person does: "wants a depot", "Fragt nach …"."""
    return bool(_DOES.match(text))


def begins_with_pronoun(text: str) -> bool:
    """Return whether a line begins with a pronoun and a colon: somebody else is meant."""
    return bool(PRONOUN.match(text))


def _of_gender(people: Sequence[Person], *, is_her: bool) -> str:
    """Return the one person who is known to be a woman, or a man; "" where it may be several."""
    found = [one.name for one in people if is_woman(parts_of(one.name)) is is_her]
    return found[0] if len(found) == 1 else ""


# Words for one person inside a line; of "sie" and "il" only where no "they" or "it" is likelier,
# and of "ihr" and "le" nothing but that somebody is meant: the last who was named.
_SHE = compiled_later(
    r"(?<!\w)(?:she|her|hers|herself|elle|ella|bei ihr|von ihr|"
    r"sie (?:will|hat|ist|mag|möchte|sagt|findet|war|"
    r"hätte|kennt|glaubt|denkt|fragt|sucht|braucht|kommt|spielt|macht))(?!\w)",
    re.IGNORECASE,
)
_HE = compiled_later(
    r"(?<!\w)(?:he|his|him|himself|er|ihm|ihn|seine?[rnms]?|él|"
    r"il(?! (?:y\b|faut|manque|reste|fait|est (?:question|possible|prévu|clair)|s'agit)))(?!\w)",
    re.IGNORECASE,
)
_ONE_OF_THEM = compiled_later(
    r"(?<!\w)(?:ihre?[rnms]?|le (?:interes|gust|preocup|encant|import)\w+|lui)(?!\w)",
    re.IGNORECASE,
)


def mentioned(text: str, people: Sequence[Person]) -> str:
    """Return the one interviewer whose name a line has anywhere: "…; Tom wants it in six weeks"."""
    first = re.match(r"[a-zà-ÿ]{4,}(?=\s)", text)  # "priya COO. v. quick"
    if first and _is_name(first.group(), "", people):
        return named(first.group(), people)
    begun = _FIRST_INITIALS.match(text)
    if begun and (person := _of_letters(begun.group(), people)):
        return person
    bare = _BARE_INITIALS.findall(text)
    bare = [w for w in bare if w not in _NO_INITIALS and w not in _NO_LABELS]
    found = {person for word in bare if (person := _of_initial(word, people))}
    if len(found) == 1:
        return found.pop()
    if person := _short_form(text, people) or _by_role(text, people):
        return person
    names = [_without_opening(found.group()) for found in _NAME.finditer(text)]
    alone = [name for name in names if " " not in name and name.casefold() not in _WORDS_TOO]
    whole = [name for name in names if " " in name and not without_names(name, people)]
    if not names:
        small = _SMALL_NAME.findall(text)
        alone = [word for word, following in small if _is_name(word, following, people)]
    return named(" ".join((*alone, *whole)), people)


def _short_form(text: str, people: Sequence[Person]) -> str:
    """Return the one interviewer with whose short form a sentence begins: "Inma fue directora"."""
    word, _, after = _without_opening(text).partition(" ")
    plain = _letters(word)
    is_one = word[:1].isupper() and plain not in _WORDS_TOO and after[:1].islower()
    if not is_one or not (plain in _NICKNAMES or len(plain) >= LONG_NICKNAME):
        return ""
    given = ((one.name, key_of(one.name).split()) for one in people)
    found = [name for name, parts in given if _is_nickname(plain, parts[:1])]
    return found[0] if len(found) == 1 else ""


def _without_opening(text: str) -> str:
    """Return a sentence, or a name, without the word that joins it to the one before."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.rstrip(",").casefold() in _OPENINGS else text


def _is_name(word: str, following: str, people: Sequence[Person]) -> bool:
    """Return whether a word in small letters is a name: "dana contributes", "petzold hat"."""
    parts = ([part for part in key_of(one.name).split() if part not in _TITLES] for one in people)
    given = {names[0] for names in parts if names}
    return word not in _WORDS_TOO | _TITLES and (word in given or following in _VERBS)


def meant(text: str, people: Sequence[Person], before: str) -> str:
    """Return who is meant by "she" or "he" in a line: the last named who may be, or the only one.

    "" where a line has no such word, or may mean any of several.
    """
    if begins_with_pronoun(text):  # it has been asked whose that is
        return ""
    is_her, is_him = bool(_SHE.search(text)), bool(_HE.search(text))
    if (is_her and is_him) or not (is_her or is_him or _ONE_OF_THEM.search(text)):
        return ""
    may_be = people if not (is_her or is_him) else _may_be(people, is_her=is_her)
    names = [person.name for person in may_be]
    may_be_before = bool(before) and is_woman(parts_of(before)) in (is_her, None)
    if before in names or (may_be_before and (is_her or is_him)):
        return before
    return names[0] if len(names) == 1 and (is_her or is_him) else ""


def _may_be(people: Sequence[Person], *, is_her: bool) -> list[Person]:
    """Return who is known to be a woman, or a man; where nobody is, who is not known not to be."""
    told = [(person, is_woman(parts_of(person.name))) for person in people]
    return [one for one, known in told if known is is_her] or [
        one for one, known in told if known is None
    ]


# A name with what else has a capital beside it: "Thomas Cook" is no Thomas.
_NAME = compiled_later(r"(?<!\w)[A-ZÀ-Þ][\w-]+(?:\.?\s[A-ZÀ-Þ][\w-]+)*")


_SMALL_NAME = compiled_later(r"(?:^|[,;.]\s)([a-zà-ÿ]{3,})\s([a-zà-ÿ]+)")


def _of_initial(written: str, people: Sequence[Person]) -> str:
    """Return the one interviewer whose initials these are: "R.:" for Anneliese Rothgerber."""
    if not _INITIALS.fullmatch(written):
        return ""
    letters = [letter.casefold() for letter in written if letter.isalpha()]
    found = [(0, "")]
    for person in people:
        initials = [part[0] for part in key_of(person.name).split() if part not in _TITLES]
        found.append((_likeness(letters, initials), person.name))
    best = max(likeness for likeness, _ in found)
    whose = [name for likeness, name in found if likeness == best]
    return whose[0] if best and len(whose) == 1 else ""


def _likeness(letters: Sequence[str], initials: Sequence[str]) -> int:
    """Return how surely letters are somebody's: all their initials, the first of them, the last.

    "GK" is Grace Koh Li Ting, "TP" Thuy-Linh Pham, "P.-V." somebody Petersen-Voss.
    """
    if letters == initials:
        return 3
    if letters[:1] == initials[:1]:
        rest = iter(initials)
        return 2 if all(letter in rest for letter in letters) else 0
    is_last = letters == initials[1:] or (len(letters) == 1 and letters[0] in initials)
    return 1 if is_last else 0


def _possessive(text: str, people: Sequence[Person]) -> str:
    if dotted := _DOTTED.match(text):
        return _of_initial(dotted[1], people)
    first = text.split(" ", 1)[0]
    owner = without_genitive(first, people)
    if owner != first and owner.casefold() not in _WORDS_TOO:  # "Dilaras Katze"
        return named(owner, people)
    opening = re.match(r"^(\S+(?:\s\S+)?)['’]s\b", text)
    return named(opening.group(1), people) if opening else subject_of(text, people)[0]


def subject_of(text: str, people: Sequence[Person]) -> tuple[str, str]:
    """Return whom a line is about that begins with a name, and the rest: "Petzold swims".

    A small letter follows ("Grant money runs out" is about none), and no "and Imran".
    """
    opening = _SUBJECT.match(text)
    if opening is None or opening["next"].casefold() in _JOINED:
        return "", text
    name = opening["name"]
    is_name = name.split()[0].rstrip(".").casefold() in _TITLES or " " in name
    if not is_name and (name.casefold() in _WORDS_TOO and opening["next"] not in _VERBS):
        return "", text
    person = named(name, people)
    if not person or any(len(word) > 2 for word in without_names(name, people)):
        return "", text
    return person, text[opening.start("next") :]
