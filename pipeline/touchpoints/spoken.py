"""What the candidate's own words lend to a message: a topic, "I ran the pilot", a lesson learnt.

Takes a note line and the language of the notes; gives a phrase that can stand in a sentence of
ours, or "". Which line and which wording is `drafts`' business.

A topic may follow "about": words in bold, a phrase before a colon, or a line whose first clause is
a noun phrase ("the takeover of the rival vendor") or an indirect question ("how to keep the lab
open at night"). All is told by its form. In doubt there is no topic, and the draft has a gap: a gap
costs the candidate a minute, "I have kept thinking about the team of 12" costs more.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.records import NoteLine
from pipeline.records.record import dataclass
from pipeline.text import phrasing
from pipeline.text.characters import one_line
from pipeline.text.patterns import compiled_later
from pipeline.touchpoints.articles import KEYWORD, said_of
from pipeline.touchpoints.doubts import is_doubtful, is_of_their_own
from pipeline.touchpoints.matters import matters_of
from pipeline.touchpoints.note_words import FORMS, PLURALS, TO_DO, Forms, words_of
from pipeline.touchpoints.raised import raised_in
from pipeline.touchpoints.suitability import is_private
from pipeline.touchpoints.templates import worn_out

# ------------------------------------------------------------ every number, and where it is from
MOST_TOPIC_WORDS = 12  # a longer phrase reads as a jotting, not as part of a sentence
LEAST_THOUGHT_WORDS = 3  # of a topic that nothing marks: two words ("the team") say nothing
LEAST_QUESTION_WORDS = 4  # "what they want" says as little
MOST_BARE_WORDS = 4  # of a topic without an article, "supplier onboarding"
MOST_HEAD_WORDS = 5  # before the first preposition: more are a sentence
MOST_SKILL_WORDS = 16  # with "I" before it, a sentence that one takes in at a glance
MOST_HANGING_WORDS = 8  # of a second clause that hangs on it
MOST_FIGURE_WORDS = (
    11  # of one in brackets: "a card is blocked in 90 seconds instead of eleven minutes"
)
MOST_USEFUL_WORDS = 24
LEAST_EXPERIENCE_WORDS = 3  # of what one did, without a verb: "sixty surveys" is a jotting
LEAST_USEFUL_WORDS = 4  # of a lesson: less is a remark
LEAST_QUOTED_WORDS, MOST_QUOTED_WORDS = 4, 9  # of their own words: a thought, not a remark
LEAST_LISTED = 3  # parts of a line that are a list, rather than a thought and what follows
STEM = 4  # letters that a topic and a story have in common where one is about the other
LONGEST_WORD = 40  # characters; what is longer was pasted

# How clearly the candidate said that this is worth a message: the clearest line is taken first.
BOLD, EXCLAIMED, NAMED, THOUGHT = 4, 3, 2, 1
# no border test: less clear than all that are marked
LABEL = 0  # that only the first words of its line name


# Ends of words that name an action or a field: "supplier onboarding", "SAP migration".
_NOMINAL = compiled_later(
    r"(?:\w{2,}(?:tion|sion|ment|ance|ence|ity|ship|ics|ism|ure|ogy)|\w{3,}(?:ing|over|(?<!gro)ups?|work)|"
    r"\w{2,}(?:tions|ments))",
    re.IGNORECASE,
)
_VAGUE = words_of("new big more many lots some any few several much")
_ORDINALS = words_of("first second third fourth fifth")  # "third generation": of what?
_TIMES = words_of("now soon again today yesterday tomorrow too yet already anymore though later")
_NO_VERB_ENDS = ("ss", "us", "is", "'s", "’s")

# "migration of the tills" is "the migration of the tills"; "supplier onboarding" needs nothing.
_NEEDS_THE = compiled_later(
    r"(?!the\b|an?\b|your\b|their\b|\w+ing\b)[\w-]+(?:\s[\w-]+){0,2}?\soff?\s", re.I
)
_INFINITIVE = compiled_later(r"(?:er|ir|re|ar)$|ment$|mente$")
# When it is to be is no part of a topic: "a field team in the Netherlands next year".
_WHEN = compiled_later(
    r",?\s(?:(?:next|this|last|by|from|until)\s(?:the\s)?(?:next\s)?(?:year|month|week|"
    r"spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|q[1-4]|20\d\d)(?:\s20\d\d)?|"
    r"(?:nächste[sn]|dieses|ab|im|bis)\s(?:jahr|frühjahr|sommer|herbst|winter|januar|februar|märz|"
    r"april|mai|juni|juli|august|september|oktober|november|dezember))$",
    re.IGNORECASE,
)
# "she worries about the cut-over": what follows is the topic.
_RAISED = compiled_later(
    r"^(?:she|he|they|[A-ZÀ-Þ][\w'’-]+)\s(?:really\s|also\s|clearly\s|both\s|all\s)?"
    r"(?:(?:is|was|are|were|seems|seemed)\s(?:very\s|most\s|really\s)?(?:worried|proud|excited|"
    r"curious|nervous|passionate|enthusiastic|thinking|talking)|worr(?:y|ies|ied)|car(?:es?|ed)|"
    r"talk(?:s|ed)?(?:\sa\slot)?|sp[eo]a?ke?s?|think(?:s)?(?:\sa\slot)?|thought(?:\sa\slot)?|"
    r"told\sme|asked(?:\sme)?|asks|wonder(?:s|ed)?|laughed|raved?|explained|described|mentioned|"
    r"showed\sme|brought\sup|came\sback\sto|c[oa]mes?\sback\sto|lights?\sup|lit\sup)\s"
    r"(?:about\s|of\s|over\s|on\s|at\s|by\s)?(?=(?:the|an?|their|her|his|our|how|what|why|whether)\s)",
)
# "The migration: she worries about …". With its article, the phrase fits as it is.
_LEAD = compiled_later(r"((?:the|our|your|their|her|his)\s[^:;,.?!()]{2,80}):\s", re.IGNORECASE)
_CLAUSE_END = compiled_later(
    r"(?<!\b(?:Fr|Hr|Dr|Nr|Mr|Ms|St|ca|Bj))(?<!\b(?:Mrs|Mme|Sra|Hrn|bzw))(?<!\bProf)"
    r"[;:,.!(](?=\s|$)|\s[-–—+=]\s|\s\(|\s(?:->|=>|→)\s?|…"
)
_PLAIN = compiled_later(r"(?:[\w\s'’%$€£&/,-]|(?<=\d)\.(?=\d))+")  # "80.000" is one number

# ---------------------------------------------------------------------------------------- topics


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that may follow "about", and how clearly they were marked."""

    text: str
    clear: int  # BOLD, EXCLAIMED, NAMED or THOUGHT
    is_quoted: bool = False  # a whole sentence of the notes: "the point “nobody tastes it”"


@lru_cache(maxsize=1024)  # asked of each line for each draft
def topic_of(line: NoteLine, language: str = "English") -> Topic | None:
    """Return the topic of a line of the notes; None where its form gives none.

    Bold wins, whatever else the line says, but for a mere label in bold ("**Pay:** …"). Of what is
    not bold only the first clause is looked at.
    """
    forms = FORMS.get(language)
    text = one_line(line.text)
    if forms is None or is_private(text) or line.avoided or is_of_their_own(line):
        return None
    capital = _with_capitals if language == "English" else str
    text = capital(text)
    marked = (
        _marked(_placed(one_line(capital(words)), text, forms), forms, language)
        for words in line.marked
    )
    is_label = any(text.startswith((f"{words}:", f"{words} :")) for words in line.marked)
    if (topic := next(filter(None, marked), None)) and not is_label:
        return topic
    if "?" in text:
        return None
    topic = _unmarked(text, line.person, forms, language)
    if topic is None or is_doubtful(topic.text, line, language):
        return None if line.marked else _guessed(text, line, forms, language)
    return replace(topic, clear=BOLD) if is_label and topic.clear >= NAMED else topic


def _guessed(text: str, line: NoteLine, forms: Forms, language: str) -> Topic | None:
    """Return what a line seems to be about, where its form leaves some doubt."""
    for matter in matters_of(text, language, forms):
        said = _to_them(matter.text, forms)
        if _can_be_said(said, forms) and not is_doubtful(said, line, language):
            return Topic(said, THOUGHT if matter.is_told else LABEL)
    return None


def _unmarked(text: str, person: str, forms: Forms, language: str) -> Topic | None:
    """Return the topic of a line in which nothing is marked."""
    if language == "English" and (topic := _named(text, person, forms)):
        return topic
    behind = raised_in(text, language, forms)
    if behind and _can_be_said(behind, forms):
        return Topic(_to_them(behind, forms), NAMED)
    raised = _RAISED.match(text)
    said = _thought(text[raised.end() if raised else 0 :], forms, language)
    said = said or (_listed(text, forms) if language == "English" else "")
    if not said:
        return None
    is_exclaimed = text.endswith("!") or text.startswith("!")
    return Topic(said, EXCLAIMED if is_exclaimed else NAMED if raised else THOUGHT)


def _placed(words: str, text: str, forms: Forms) -> str:
    """Return marked words with the article of a place, "fibre to **Skerry peninsula**"."""
    before = text.partition(words)[0].split() if words else []
    is_name = bool(before) and before[-1].casefold() in forms.prepositions
    return f"the {words}" if is_name and _PLACE.fullmatch(words) else words


_PLACE = compiled_later(
    r"(?:[A-Z][a-zà-ÿ]+\s){1,2}(?:peninsula|islands?|isles?|valley|estate|district|river|bridge|harbour|"
    r"harbor|coast|region|plant|works|depot|line|railway|mill|quay|yard|terminal|campus|site)"
)


def _marked(words: str, forms: Forms, language: str) -> Topic | None:
    """Return the topic that words in bold are; None where they tell of somebody, or say little."""
    if quoted := _quoted(words, forms, language):
        return Topic(quoted, BOLD, is_quoted=True)
    if language == "English" and (wish := _wish(words, forms)):
        return Topic(f"the point “{wish}”", BOLD, is_quoted=True)
    if _JOTTED.search(words) or words.partition(" ")[0].casefold() in _SUBORDINATE:
        return None
    words = words if is_sayable(words, MOST_TOPIC_WORDS) else _DATED.sub("", words)
    said = _to_them(words, forms)
    if _tells_of_them(words, forms) or not _can_be_said(said, forms):
        return None
    if _TARGET.match(words):
        return None
    if language == "English" and _COUNTED_THINGS.fullmatch(words):
        said = f"the {said}"
    if language == "English" and _is_sentence(said, forms):
        return Topic(f"the point “{said}”", BOLD, is_quoted=True)
    first = said.split()[0].casefold()
    if first in forms.prepositions or first in _NOBODY:  # "by the children, not by suits"
        return Topic(QUOTED_AS[language].format(said), BOLD, is_quoted=True)
    return Topic(_with_article(said, forms, language) or said, BOLD)


def _named(text: str, person: str, forms: Forms) -> Topic | None:
    """Return what an English line names as its topic: before a colon, quoted, or dwelt on."""
    if lead := _LEAD.match(text):
        said = _to_them(phrasing.lower_first(lead.group(1)), forms)
        if _can_be_said(said, forms):
            return Topic(said, NAMED)
    if said := _own_words(text, forms):
        return Topic(f"the phrase “{said}”", NAMED, is_quoted=True)
    # Of a line about nobody "she" may be anybody.
    said = _unknown_there(text, forms) or (_dwelt_on(text, forms) if person else "")
    return Topic(said, NAMED) if said else None


# "may", "march" and "sat" are words, too: the first two are months behind a preposition.
_DAYS_AND_MONTHS = compiled_later(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|"
    r"september|october|november|december|(?<=\bin )(?:may|march)|(?<=\bby )(?:may|march))\b"
)


def _with_capitals(text: str) -> str:
    return _DAYS_AND_MONTHS.sub(lambda found: phrasing.upper_first(found.group()), text)


# What is wanted by when is a topic without its day: "nouveau logiciel avant sept. 27".
_DATED = compiled_later(
    r",?\s(?:by|before|until|avant|d['’]ici|bis|antes\sde)\s(?:\S+\s){0,2}['’]?\d[\d./]*$",
    re.IGNORECASE,
)
# A sum, a share or a bare target is none: "£6-7m, board meets early Nov", "Under 5 %".
_TARGET = compiled_later(
    r"[£€$~<>≤≥]|\d[\d.,–-]*\s?(?:[%€£$km]|mi?o\b|mrd\b)|"
    r"(?:under|below|over|above|about|approx|unter|über|moins\sde|plus\sde|menos\sde|más\sde)\s\d",
    re.IGNORECASE,
)
_COUNTED_THINGS = compiled_later(r"\d[\d.,]*\s(?:[a-z-]+\s){0,2}[a-z-]{3,}(?<!s)s")
# "heat pumps in before winter 2027", "talks w/ the county": nobody speaks like that.
_JOTTED = compiled_later(
    r"\b(?:in|out|up|off|on|down)\s(?:before|by|after|until|till)\b|\bw/", re.I
)
_THEY = words_of("he she they it er sie es il elle ils elles él ella ellos ellas")
_NOBODY = words_of("nobody nothing niemand keiner nichts personne rien nadie nada bis ab ohne")
# "as soon as it rains" is half of a sentence.
_SUBORDINATE = words_of(
    "as if when because since unless until while although once wenn weil falls sobald obwohl seit "
    "quand lorsque si parce dès puisque cuando si porque mientras aunque"
)
_SUBJECTS = words_of("he she they er sie il elle ils elles él ella ellos ellas")
_RELATIVES = words_of("that which que qui dont où")
_OBJECTS = words_of("la lo le les los las se lui leur y en")


def _tells_of_them(text: str, forms: Forms) -> bool:
    """Return whether words say what somebody does: "she wants a scheme", "hopes for a signature".

    Whoever reads that is the one of whom it tells.
    """
    plain = [word.strip(",") for word in text.casefold().split()]
    first, second, *_ = (*plain, "", "")
    is_done = first in forms.verbs and first not in _AUXILIARIES
    # "abends um sieben gehen sie ran"; "a dashboard that they use" is a phrase, though.
    is_phrase = bool((forms.questions - forms.prepositions | _RELATIVES) & set(plain))
    is_phrase = is_phrase or (first in forms.articles and bool({"they", "sie"} & set(plain)))
    is_theirs = not is_phrase and bool(_SUBJECTS & set(plain))
    is_theirs = is_theirs or first in _THEY or (first in _OBJECTS and second in forms.verbs)
    return is_done or is_theirs


def _quoted(words: str, forms: Forms, language: str) -> str:
    """Return marked words that stand in quotation marks as a sentence of theirs."""
    found = _IN_QUOTES.fullmatch(words)
    said = found.group(1).strip() if found else ""
    is_long = LEAST_QUOTED_WORDS <= len(said.split()) <= MOST_TOPIC_WORDS
    plain = said.rstrip(".!")
    if not is_long or _TO_ME.search(plain) or not _can_be_said(plain, forms):
        return ""
    return QUOTED_AS[language].format(plain)


def _wish(words: str, forms: Forms) -> str:
    """Return what they want, where the line says that they want it: "a scheme, not sympathy"."""
    found = _WANTED.match(words)
    said = words[found.end() :] if found else ""
    is_long = LEAST_QUOTED_WORDS <= len(said.split()) <= MOST_QUOTED_WORDS
    is_said = is_long and _can_be_said(said, forms, MOST_QUOTED_WORDS)
    return said if is_said and not (forms.verbs | forms.persons) & set(said.split()) else ""


# A half promise ("wenn das kommt, brauch ich Sie") is not held against anybody.
_TO_ME = compiled_later(r"\bSie\b|\bI(?:hnen|hre?[rnms]?)\b|(?i:\b(?:you|your|vous|votre|usted)\b)")
_IN_QUOTES = compiled_later(r"[\"“„«‚]\s?([^\"“”„«»]{8,90}?)\s?[\"”“»]")
_WANTED = compiled_later(r"(?:she|he|they)\s(?:just\s|only\s)?wants?\s(?=(?:the|an?|one)\s)")
# How a sentence of theirs is spoken of; to who said it, it is theirs.
QUOTED_AS = {
    "English": "the line “{}”",
    "German": "der Satz „{}“",
    "French": "la phrase «\u00a0{}\u00a0»",
    "Spanish": "la frase «{}»",
}
_TO_THEM = compiled_later(
    r"^(?:the (?=(?:phrase|point|line) “)|der (?=Satz „)|la (?=phrase «|frase «))"
)
_YOUR = {"the ": "your ", "der ": "Ihr "}


def said_to_them(topic: str, language: str) -> str:
    """Return a topic as one says it to who raised it: "your line “nobody tests on a Friday”"."""
    la = {"French": "votre ", "Spanish": "su "}.get(language, "la ")
    return _TO_THEM.sub(lambda found: _YOUR.get(found.group(), la), topic)


def object_of(topic: str, language: str) -> str:
    """Return a topic as it follows "about" in a language: "über den neuen Standort".

    "" for an indirect question, which no preposition goes before.
    """
    forms = FORMS.get(language)
    first = topic.split()[0].casefold() if topic else ""
    if forms is None or not topic or (first in forms.questions and language != "Spanish"):
        return ""
    if language != "German":
        return topic
    bare = topic.removeprefix(KEYWORD)
    if bare != topic and not _SEVERAL_GERMAN.match(bare):
        return topic  # "über Bescheid" lacks its article
    article, *rest = bare.split()
    at = next((n for n, word in enumerate(rest) if word[:1].isupper()), 0)
    adjectives, noun = rest[:at], rest[at:]
    if article == "der":
        return " ".join(["den", *(re.sub(r"e$", "en", word) for word in adjectives), *noun])
    if article == "Ihr" and any(word.endswith("er") for word in adjectives):
        return " ".join(["Ihren", *(re.sub(r"er$", "en", word) for word in adjectives), *noun])
    return bare


# "über Wartelisten", "über Hopfen": several things, or stuff, need no article.
_SEVERAL_GERMAN = compiled_later(r"[A-ZÄÖÜ][\wäöüß-]{3,}(?:en|fälle|pläne|stoffe)\b")


def is_of_the_day(line: NoteLine, language: str = "English") -> bool:
    """Return whether a line of nobody's is of the way there and the lunch: no talk was on that."""
    forms, text = FORMS.get(language), one_line(line.text)
    if forms is None or line.person or line.marked:
        return False
    topic = topic_of(line, language)
    return _is_unsaid(text, forms) and (topic is None or topic.clear <= LABEL)


def tells_of_somebody(text: str) -> bool:
    """Return whether a line about nobody tells of one of several: "he hates it"."""
    return bool(_SOMEBODY.search(text))


_SOMEBODY = compiled_later(
    r"(?<!\w)(?:he|she|his|her|him|hers|himself|herself|er|ihm|ihn|sein(?:e[rnms]?)?|"
    r"sie (?:will|hat|ist|mag|möchte|sagt|findet|war)|il|elle|él|ella)(?!\w)",
    re.IGNORECASE,
)


def _listed(text: str, forms: Forms) -> str:
    """Return the first phrase of a list of three things or more, of which the first is none.

    "chips, die-to-die links, power integrity on the board": the last of them.
    """
    parts = text.rstrip(".").split(", ")
    plain = {word.casefold() for part in parts for word in part.split()}
    is_list = len(parts) >= LEAST_LISTED and not plain & (
        forms.verbs | forms.persons | {"they", "it"}
    )
    if not is_list or any(map(_CLAUSE_END.search, parts)):
        return ""
    return next(filter(None, (_thought(part, forms, "English") for part in parts)), "")


def _is_sentence(text: str, forms: Forms) -> bool:
    """Return whether words cannot follow "about": a verb or a pronoun makes them a sentence."""
    words = [word.casefold().strip(",") for word in text.split()]
    if words[0] in forms.questions:
        return not _is_question(words, forms, "English")
    if words[0] in _ANYBODY:
        return True
    relative = next((at for at, word in enumerate(words) if word in ("that", "which")), len(words))
    return bool((forms.verbs | forms.persons) & set(words[:relative]))


def _own_words(text: str, forms: Forms) -> str:
    """Return a phrase of theirs that the line quotes: “one calendar that everybody believes”."""
    found = _QUOTED.search(text)
    words = found.group(1).split() if found else []
    is_long = LEAST_QUOTED_WORDS <= len(words) <= MOST_QUOTED_WORDS
    if not found or not is_long or words[0].casefold() not in forms.articles | {"one"}:
        return ""
    said = " ".join(words)
    return said if _can_be_said(said, forms, MOST_QUOTED_WORDS) else ""


def _unknown_there(text: str, forms: Forms) -> str:
    """Return what a line says that nobody knows, or that is still as it was.

    "the question of which pump is on which ward"; "planning", which is still spreadsheets.
    """
    if (still := _STILL.match(text)) and not _is_unsaid(still.group(), forms):
        return still.group(1).lower()
    found = _NOBODY_KNOWS.search(text)
    said = found.group(1).strip() if found else ""
    plain = set(said.casefold().split())
    is_said = said and not plain & (forms.persons | _UNSURE_QUESTION) and _can_be_said(said, forms)
    return f"the question of {said}" if is_said else ""


def _dwelt_on(text: str, forms: Forms) -> str:
    """Return a first clause of which the line goes on to say that somebody dwelt on it.

    "open-source place and route, she reads about it at the weekend".
    """
    found = _ABOUT_IT.match(text)
    if not found:
        return ""
    clause = found.group(1)
    plain = set(clause.casefold().split())
    is_phrase = len(plain) > 1 and not plain & (forms.verbs | forms.persons)
    if not is_phrase or not _can_be_said(clause, forms, MOST_QUOTED_WORDS):
        return ""
    return _to_them(
        clause if _is_a_name(clause.split()[0]) else phrasing.lower_first(clause), forms
    )


_STILL = compiled_later(
    r"([a-z]{4,}(?:ing|tion|sion|ment|ance|ence|ics))\s(?:is|are)\sstill\s[^,;.]+", re.IGNORECASE
)
_NOBODY_KNOWS = compiled_later(
    r"\b(?:nobody|no one) (?:really |quite |there )?knows "
    r"((?:which|who|whose|how|what|when|where|why)\s[^,;:.?!()]{8,70})",
    re.IGNORECASE,
)
_QUOTED = compiled_later(r"[\"“]([^\"“”]{8,80})[\"”]")
_ABOUT_IT = compiled_later(
    r"([^,;:.?!()\"]{6,70}),\s(?:he|she|they)\s[^.;]*\b(?:about|of|with|on|over|to)\s(?:it|them|that)\b"
)


def _thought(text: str, forms: Forms, language: str) -> str:
    """Return the first clause of a line as one says it, if it is a phrase or a question."""
    clause, is_label, is_subject = _first_clause(text, language)
    words = clause.split()
    if language == "German" and is_label and _ONE_NOUN.fullmatch(clause):
        return "" if _is_unsaid(clause, forms) else said_of(clause, language)
    if not words or not _can_be_said(clause, forms) or _NUMBERED.fullmatch(words[0]):
        return ""
    first = words[0].casefold()
    article = next((a for a in forms.articles if a.endswith("'") and first.startswith(a)), first)
    theirs, is_question = dict(forms.theirs).get(first), first in forms.questions
    least = LEAST_THOUGHT_WORDS - (language in ("German", "French") and is_subject)
    if len(words) < least - (first not in forms.articles and theirs is None):
        return ""
    if is_question:
        is_good = _is_question([w.casefold() for w in words], forms, language)
    elif article in forms.articles or theirs not in (None, "you", "Sie"):
        is_good = _is_phrase(words[1:] if article == first else words, forms, language)
    elif language == "English":
        is_good = _is_bare(words, forms) or (is_label and _is_of_something(words, forms))
    else:
        is_good = _is_bare_abroad(words, forms)
    if not is_good:
        return ""
    is_bare = not is_question and theirs is None and article not in forms.articles
    if is_bare and language != "English":
        return said_of(clause, language)
    keeps_case = language == "German" or _is_a_name(words[0])
    starts = words[0] if keeps_case else phrasing.lower_first(words[0])
    is_definite = is_subject and is_bare and not words[0].endswith("ing")
    is_definite = is_definite or (not is_question and bool(_NEEDS_THE.match(clause)))
    if is_definite and language == "English":
        starts = f"the {starts}"
    return _to_them(" ".join([starts, *words[1:]]), forms)


def _first_clause(text: str, language: str) -> tuple[str, bool, bool]:
    """Return a line's first clause; whether a colon or "is" follows; whether it is "is".

    Of "gas boilers at Oswestry are from 1987" that is its subject.
    """
    end = _CLAUSE_END.search(text)
    clause = (text[: end.start()] if end else text).strip(' .;:,-!*"“”„«»')
    clause = _WHEN.sub("", _QUOTATION_MARKS.sub("", clause))
    if language == "French" and (subject := _BEFORE_VERB.match(clause)):
        return subject.group(1), True, True
    of_german = (_BEFORE_IST, _BEFORE_DONE) if language == "German" else ()
    for form in (_BEFORE_BEING, *of_german):
        if subject := form.match(clause):
            return subject.group(1), True, True
    return clause, end is not None and end.group().strip() in (":", "="), False


_QUOTATION_MARKS = compiled_later(r"[\"“”„«»]")
# "gas boilers at Oswestry are from 1987": what it tells of, where a place stands with it.
_BEFORE_BEING = compiled_later(
    r"((?!(?:the|an?|our|your|their|her|his)\s(?:\w+\s)?\w+\s(?:is|are))[^,;]{6,60}?)"
    r"\s(?:is|are|was|were)\s(?!that\b)",
)
# "die Kalibrierung ist der Engpass": of things alone, which their endings tell from people.
_BEFORE_IST = compiled_later(
    r"((?:der|die|das)\s(?:[a-zäöü]+e\s)?[A-ZÄÖÜ][\w-]*(?:ung|[hk]eit|schaft|ion|ität|system|lager|"
    r"linie|anlage|projekt|werk|plan|norm|vertrag|ausgabe|daten|software|technik|netz))"
    r"\s(?:ist|sind|war|waren|muss|müssen|soll|sollen|läuft|dauert|fehlt)\s"
)
# "Sprachausgabe selbst gebaut", "Angebot beim Verkehrsverbund liegt".
_BEFORE_DONE = compiled_later(
    r"([A-ZÄÖÜ][\w-]{4,}(?:\s(?:bei|beim|für|in|im|zu|zur|zum|von|vom|mit|an|am)\s[A-ZÄÖÜ][\w-]+"
    r"(?:\s[A-ZÄÖÜ][\w-]+)?)?)\s(?:(?:liegt|läuft|steht|hängt|fehlt)$|"
    r"(?:selbst|neu|endlich|gerade|schon)\s(?:\w*ge\w+(?:t|en)|\w+iert)$)"
)
# "la billetterie plante chaque année": what follows the verb tells that it is one.
_BEFORE_VERB = compiled_later(
    r"((?:l['’]|(?:la|le|les)\s(?!(?:petite?|grande?|nouvelle|même|jeune|autre|seule?)s?\s))"
    r"(?!\w*(?:eur|rice|euse|ier|ière|iste|ient|chef|équipe|collègue)s?\s)[\w-]{4,})\s[\w-]{2,}(?:e|ent)\s(?:chaque|tous|toute?s?|tout|toujours|encore|souvent|jamais|"
    r"pas|mal|la|le|les|un|une|deux|trois)\b"
)
_ONE_NOUN = compiled_later(r"[A-ZÄÖÜ][a-zäöüß-]{4,}")


def _is_of_something(words: list[str], forms: Forms) -> bool:
    """Return whether words are a noun or two and what they are of: "people on prepayment meters".

    Such words are a topic only before a colon, or before "is": else they may be a sentence.
    """
    plain = [word.casefold() for word in words]
    at = next((n for n, word in enumerate(plain) if word in forms.prepositions), 0)
    is_free = not (forms.verbs | forms.persons | TO_DO | _VAGUE) & set(plain)
    is_named = not any(word[:1].isupper() and not _is_a_name(word) for word in words[:at])
    return (
        is_free and is_named and 0 < at <= MOST_BARE_WORDS and _is_phrase(words, forms, "English")
    )


def _with_article(said: str, forms: Forms, language: str) -> str:
    """Return marked words as one says them; "" where they have their article, or tell none."""
    words = said.casefold().split()
    is_bare = words[0] not in forms.articles | forms.questions | {"ihr", "ihre", "votre", "vos"}
    is_bare = is_bare and not words[0].startswith(("l'", "l’"))
    is_phrase = language != "English" and is_bare and not forms.verbs & set(words)
    return said_of(said, language) if is_phrase and _is_bare_abroad(said.split(), forms) else ""


def _is_a_name(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:])


def _is_phrase(words: list[str], forms: Forms, language: str) -> bool:
    """Return whether words after an article are a noun phrase: no verb, no person, short chunks."""
    plain = [word.casefold().strip(",") for word in words]
    if not plain or forms.verbs & set(plain) or forms.persons & set(plain):
        return False
    if any(word in dict(forms.theirs) and word in ("they", "sie") for word in plain):
        return False
    if language == "German":  # it ends with its noun, which has a capital
        return words[-1][:1].isupper()
    if language == "French" and (_THEY_DO.search(plain[-1]) or "se" in plain):
        return False
    if language == "Spanish" and _THEY_ASK.match(" ".join(plain)):
        return False
    if language != "English":
        return True
    if plain[-1] in forms.prepositions or plain[-1] in _TIMES or plain[-1] in ("last", "next"):
        return False
    chunks: list[list[str]] = [[]]
    for word in plain:
        if word in forms.prepositions or word in forms.articles or word in dict(forms.theirs):
            chunks.append([])
        else:
            chunks[-1].append(word)
    return len(chunks[0]) <= MOST_HEAD_WORDS and bool(chunks[0]) and not any(map(_has_verb, chunks))


# "los prácticos piden turno", without its article; "colas sin fin" is a phrase.
_THEY_ASK = compiled_later(r"\w+s\s(?!bien|tan|sin|en\b)\w{2,}[ae]n\b")
_THEY_DO = compiled_later(
    r"(?<!m)(?<!souv)(?<!cli)(?<!ag)(?<!réc)(?<!urg)(?<!fréqu)(?<!pati)(?<!prés)ent$"
)


def _has_verb(chunk: list[str]) -> bool:
    """Return whether one of these words may be a verb in -s: it stands before another word."""
    return any(
        word.endswith("s") and not word.endswith(_NO_VERB_ENDS) and word not in PLURALS
        for word in chunk[:-1]
    )


def _is_question(words: list[str], forms: Forms, language: str) -> bool:
    """Return whether it is an indirect question that can be said to them.

    "how do you …" asks directly; "how she runs" would have to change its verb.
    """
    if len(words) < LEAST_QUESTION_WORDS or _UNSURE_QUESTION & set(words):
        return False
    if forms.persons & set(words):
        return False
    if language == "English":
        inverted = words[1] in _AUXILIARIES or (words[0] == "what" and words[1] == "about")
        return not inverted and words[-1] not in forms.prepositions - {"in", "on", "with", "for"}
    if language == "German":  # the verb at its end; "sie" is said as "Sie" where it has the plural
        return words[-1].endswith("en") or ("sie" not in words and words[-1].endswith("t"))
    at = 2 if words[0] == "por" else 1
    return words[at].endswith(("er", "ir", "re", "ar")) and (words[0] != "por" or words[1] == "qué")


_NUMBERED = compiled_later(r"[A-Za-z]{1,2}\d+[a-z]?")  # "Q3 data-driven decision": of their list
_AUXILIARIES = words_of(
    "do does did is are was were can could will would should has have had must may might"
)
_ANYBODY = words_of("nobody everybody everyone anyone someone")
_UNSURE_QUESTION = words_of("said told asked meant she he ihr son sa ses leur")


def _is_bare(words: list[str], forms: Forms) -> bool:
    """Return whether words without an article name a field, or begin with a gerund.

    "supplier onboarding"; "moving the billing to the cloud".
    """
    plain = [word.casefold() for word in words]
    if forms.verbs & set(plain) or (forms.persons | TO_DO) & set(plain):
        return False
    if plain[0].endswith("ing") and len(plain[0]) > 5 and len(plain) >= LEAST_THOUGHT_WORDS:
        return _is_phrase(words[1:], forms, "English") or (
            plain[1] in forms.articles and _is_phrase(words[2:], forms, "English")
        )
    at = next((n for n, word in enumerate(plain) if word in forms.prepositions), len(plain))
    head = plain[:at]
    least = 1 if len(plain) >= LEAST_THOUGHT_WORDS and at < len(plain) else 2
    return (
        least <= len(head) <= MOST_BARE_WORDS
        and bool(_NOMINAL.fullmatch(head[-1]))
        and not _has_verb(head)
        and head[0] not in _VAGUE
        and (at < len(plain) or head[0] not in _ORDINALS)
        and (at == len(plain) or _is_phrase(words, forms, "English"))
    )


def _is_bare_abroad(words: list[str], forms: Forms) -> bool:
    """Return whether words of another language without an article are a noun phrase.

    It stands behind a colon, so it needs none: "neues Lager in Bremen", "montée en cadence de
    l'atelier". In German its first word is a noun or an adjective, and its last a noun; in French
    and Spanish a preposition follows the first word or two.
    """
    plain = [word.casefold() for word in words]
    if forms.verbs & set(plain) or (forms.persons | TO_DO) & set(plain):
        return False
    if plain[0] in forms.prepositions or not words[0][:1].isalpha():
        return False
    if forms is FORMS["German"]:
        is_noun = words[0][:1].isupper()
        return (is_noun or plain[0].endswith(("e", "er", "es", "en"))) and (
            words[-1][:1].isupper()
            and all(
                w[:1].isupper() or w in forms.prepositions or w.endswith("e") for w in words[1:]
            )
        )
    linking = ("de", "du", "des", "del", "para", "pour", "vers", "en", "sur", "sobre", "hacia")
    has_link = any(word in linking or word.startswith(("d'", "d’")) for word in plain[1:3])
    if len(words) == 2 and (said_of(" ".join(words), "French") and _NEW_FRENCH.match(plain[0])):
        return forms is FORMS["French"]
    if len(words) == 2 and _TWO_PLURALS.fullmatch(" ".join(plain)):
        return True
    is_verb = _INFINITIVE.search(plain[0]) and plain[0] not in _NO_INFINITIVES
    return len(words) >= LEAST_THOUGHT_WORDS and has_link and not is_verb


_NEW_FRENCH = compiled_later(r"(?:nouveau|nouvelle|premi[eè]re?|ancien|ancienne)$")
# "etiquetas electrónicas", "bacs électriques": a noun and an adjective that agrees with it.
_TWO_PLURALS = compiled_later(r"\w{4,}(?:as\s\w{4,}as|os\s\w{4,}os|[^aoiu\W]s\s\w{4,}ques)")
_NO_INFINITIVES = words_of("offre centre cadre lettre titre chiffre nombre ordre")


def _to_them(text: str, forms: Forms) -> str:
    """Return what the notes say of them as one says it to them: "their lab" is "your lab"."""
    own = dict(forms.theirs)
    return " ".join(own.get(word.casefold(), word) for word in text.split())


def _is_unsaid(text: str, forms: Forms) -> bool:
    return bool(forms.unsaid().search(text))


def _can_be_said(text: str, forms: Forms, most: int = MOST_TOPIC_WORDS) -> bool:
    """Return whether words may stand in a message: sayable, and not what one keeps to oneself."""
    return is_sayable(text, most) and not _is_unsaid(text, forms)


def is_sayable(text: str, most: int) -> bool:
    """Return whether words of the candidate's can go into one of our sentences."""
    parts = text.split()
    return (
        0 < len(parts) <= most
        and max(map(len, parts)) <= LONGEST_WORD
        and bool(_PLAIN.fullmatch(text))
        and not worn_out(text)
    )


# ------------------------------------------------------------------------- what the candidate did

_NUMBERS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"eighteen|twenty|thirty|forty|fifty|sixty|eighty|hundreds?|thousands?|both|several|all|\d+"
)
# "ran the pilot", "launched two handsets": one word and then an article or a number is a verb,
# but for the small words that may come before an article, too.
_VERB = compiled_later(
    rf"(?!(?:in|on|at|of|for|with|by|from|to|as|over|under|after|before|during|since|across|into|"
    rf"about|than|and|or|but|not|all|both|half|how|what|why|who|when|where|which|if|about|like|"
    rf"until|around|between|behind|through|without|against|nearly|almost|only|some|every|each)\b|"
    rf"\w+ing\b)[a-z]{{2,}}\s(?:the|an?|our|its|{_NUMBERS})\s",
    re.IGNORECASE,
)
# Pasts that are no other word as the first of a line.
_PASTS = compiled_later(
    r"(?:ran|built|rebuilt|brought|wrote|rewrote|made|grew|took|taught|drove|won|sold|held|did|found|"
    r"began|got|bought|oversaw|dealt|chose|kept|led|set\sup|went|gave|stood|undertook|cut|put|"
    r"(?:start|open|clos|roll|scal|clean)ed\s(?:up|down|out)|launched|started|moved|opened|"
    r"negotiated|replaced|replanned|introduced|migrated|halved|doubled|tripled|managed|organi[sz]ed|"
    r"delivered|developed|installed|rebuilt|merged|audited|recruited|hired|coached|converted|"
    r"planned|tested|founded|shipped|raised|wired|answered\sfor)\s\w",
    re.IGNORECASE,
)
# Pasts that stand before one noun, too ("trained nurse"): what they did it to is several.
_PASTS_OF_SEVERAL = compiled_later(
    r"(?:trained|qualified|designed|published|reduced|improved)\s"
    r"(?:[\w-]+\s){0,2}[\w-]{3,}(?<!s)s\b",
    re.IGNORECASE,
)
_YEARS = compiled_later(
    r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)\+?\s"
    r"years?\s(?=(?:in|at|as|with|on|running|of)\s)",
    re.IGNORECASE,
)
# First words of a line in another language that say "I": the sentence is there already.
# "zwei Lager in Betrieb genommen": with "Ich habe" before it, a sentence.
_PARTICIPLE = compiled_later(
    r"^(?!ich\b|habe\b|bin\b).+\s(?!gegangen|gekommen|gewesen|geworden|geblieben|gereist)"
    r"(?:\w*ge\w+(?:t|en)|\w+iert|(?:be|ver|er|ent|über|unter)\w+(?:t|en))$",
    re.IGNORECASE,
)
_GERMAN_SMALL = words_of(
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig mehrere viele alle "
    "beide erste zweite dritte neue neues neuen eigene eigenes meine mein"
)
_FIRST_PERSON = {
    "German": (
        "Ich ",
        compiled_later(r"(?:ich\s)?(?:habe|war|kann|kenne|leite|leitete)\s", re.IGNORECASE),
    ),
    "French": ("", compiled_later(r"j['’]\w+\s", re.IGNORECASE)),
    "Spanish": ("", compiled_later(r"(?:yo\s)?(?:he\s\w+|\w{3,}[éí])\s", re.IGNORECASE)),
}


def skill_of(line: NoteLine, language: str = "English", *, is_whole: bool = False) -> str:
    """Return "I ran the pilot" where a line begins so, cut at its first clause; else "".

    With `is_whole` a second clause that hangs on the first stays: "…, one of them at night".
    """
    text = _as_written(one_line(line.text), language)
    if is_private(text):
        return ""
    clause, rest = _divided(text.removeprefix("I ") if language == "English" else text)
    if is_whole and len(clause.split()) > MOST_SKILL_WORDS and (means := _MEANS.match(clause)):
        clause, rest = means.group(1), ""
    more = (_HANGING.match(rest) or _RESULT.match(rest)) if is_whole else None
    hanging = more.group().strip() if more else ""
    if hanging and _is_unsaid(hanging, FORMS.get(language, FORMS["English"])):
        hanging = ""
    if hanging and language == "English" and not _HANGING.match(rest):
        hanging = f"with {hanging}"
    if is_whole and not hanging and (figure := _figure_of(rest, language)):
        hanging = f"({figure})"
    if not is_sayable(clause, MOST_SKILL_WORDS):
        return ""
    if language in _FIRST_PERSON:
        subject, form = _FIRST_PERSON[language]
        if language == "German" and _PARTICIPLE.search(clause):
            is_bare = _ONE_THING.match(clause)
            return _with(hanging, "" if is_bare else f"Ich habe {_lower_first_german(clause)}")
        if not form.match(f"{clause} "):
            return ""
        said = re.sub(r"^(?:ich|yo)\s+", "", clause, flags=re.IGNORECASE)
        said = f"{subject}{phrasing.lower_first(said)}" if subject else said
        return _with(hanging, phrasing.upper_first(said))
    if language != "English":
        return ""
    if years := _YEARS.match(clause):
        how_long, at_what = years.group().strip(), clause[years.end() :]
        gerund = re.match(r"of\s(?=\w+ing\b)", at_what)
        at_what = at_what[gerund.end() :] if gerund else at_what
        verb = "have" if at_what.startswith("of ") else "spent"
        return f"I {verb} {phrasing.lower_first(how_long)} {at_what}"
    is_said = (
        _VERB.match(f"{clause} ")
        or _PASTS.match(f"{clause} ")
        or _PASTS_OF_SEVERAL.match(f"{clause} ")
        or text.startswith("I ")
    )
    if not is_said:
        return ""
    first, _, others = clause.partition(" ")
    return _with(hanging, f"I {first.lower()} {others}")


# "Webshop für Pumpenteile aufgebaut": one thing, whose article is not written.
_ONE_THING = compiled_later(r"[A-ZÄÖÜ][\wäöüß-]*(?<![ens])\s(?:für|in|im|mit|von|bei|zu|zur|zum)\s")
# What came of it, "unplanned stops down by a third": it hangs on the deed by a "with".
_RESULT = compiled_later(
    r"(?:[\w'’-]+\s){1,7}(?:down|up)\s(?:by\s|from\s|to\s)?(?:an?\s|\d)[^;:.?!()]{1,30}$|"
    r"\d[\d.,]*\s?%\s(?:fewer|less|more)\s[^;:.?!()]{3,40}$"
)
# "one of them at night", "the second live in week seven": no sentence of its own.
_HANGING = compiled_later(
    r"(?:(?:the|an?) (?:first|second|third|last|other|biggest|latest)|one|two|three|both|all|most|"
    r"half|including|among them|eines|einer|eine|zwei|drei|beide|alle|davon|darunter|"
    r"dont|une|un|deux|toutes?|tous|una|uno|dos|todas?|todos|incluid[oa]s?|"
    r"\d[\d.,]*(?=\s[a-zäöü]{4,}\s(?:to|into|in|of|from|bis|in|auf|en|de|a)\s))\s[^;:.?!()]{3,60}$",
    re.IGNORECASE,
)


def _with(hanging: str, said: str) -> str:
    """Return a sentence with the second clause that hangs on it, where both can be said."""
    most = MOST_SKILL_WORDS + MOST_HANGING_WORDS
    is_said = said and hanging and is_sayable(f"{said} {hanging.strip('()')}", most)
    joint = " " if hanging.startswith("(") else ", "
    return f"{said}{joint}{hanging}" if is_said else said


def _figure_of(rest: str, language: str) -> str:
    """Return the figure that a deed's second half has: "average turn from 74 to 31 minutes"."""
    parts = [part.strip() for part in re.split(r",\s", rest)]
    told = [part for part in parts if _CHANGED.search(part)] or parts
    said = next((part for part in told if _CHANGED.search(part) or _SHARE_OF.match(part)), "")
    forms = FORMS.get(language, FORMS["English"])
    is_fit = said and not (forms.persons & set(said.casefold().split()))
    is_fit = is_fit and len(said.split()) <= MOST_FIGURE_WORDS
    return said if is_fit and not _is_unsaid(_HOW_LONG.sub("", said), forms) else ""


# What came of it as one can see: "18 days instead of 60", "from 74 to 31"; "99.6 % accuracy".
_CHANGED = compiled_later(
    rf"\b(?:{_NUMBERS})\b.*\b(?:instead of|rather than|statt|au lieu de|en vez de)\b|"
    r"\b(?:from|von|de)\s\d[\d.,]*\s?%?\s(?:\w+\s)?(?:to|auf|à|a)\s\d"
)
_HOW_LONG = compiled_later(
    r"\b(?:minutes?|hours?|minuten|stunden?|heures?|horas?|minutos?)\b", re.I
)
_SHARE_OF = compiled_later(r"\d[\d.,]*\s?%\s\w{4,}")
# By what it came is left out where a line is long: "… from 19 % to 4 % by weekly reviews".
_MEANS = compiled_later(r"((?:\S+\s){7,15}?\S+)\s(?:by|with|using|through|durch|mithilfe)\s")


def _as_written(text: str, language: str) -> str:
    """Return a jotting with its signs as words: "deaf + blind users", "complaints -70 %".

    What stands in brackets within it is left out.
    """
    text = re.sub(r"\s\([^()]{1,30}\)(?=[\s;,.])", "", text)
    text = re.sub(r"\s[+&]\s", f" {_AND.get(language, 'and')} ", text)
    text = re.sub(r"\s/\s", ", ", text)
    if language in _FROM_TO:
        start, to = _FROM_TO[language]
        text = re.sub(
            r"(?<!\S)(\d[\d.,]*(?:\s[a-zà-ÿ]+)?)\s?(?:->|→|=>)\s?(?=\d)", rf"{start} \1 {to} ", text
        )
    text = re.sub(r"\s[-–−]\s?(?=\d[\d.,]*\s?%)", f" {_DOWN.get(language, 'minus')} ", text)
    if language != "English":
        return text
    text = re.sub(r"(?<!\w)w/(?=\s)", "with", text)
    return re.sub(r"(?<=\d)k\b", ",000", text)


_FROM_TO = {"English": ("from", "to"), "German": ("von", "auf"), "French": ("de", "à")}
_DOWN = {"English": "down", "French": "moins", "Spanish": "menos"}


# What a line of mere nouns begins with: "two suite consolidations", "contrat de maintenance".
_COUNTED = compiled_later(rf"(?:an?|the|{_NUMBERS}|\d[\d.,]*)\s(?!years?\b)", re.IGNORECASE)
_NOUN_OF = compiled_later(r"\w{4,}\s(?:de|du|des|pour|para|con|en|del|d['’]\w+)\s")
_AND = {"English": "and", "German": "und", "French": "et", "Spanish": "y"}


def experience_of(line: NoteLine, language: str = "English") -> str:
    """Return "two suite consolidations" where a line names what one did without a verb; else ""."""
    text = one_line(line.text)
    is_talent = bool(_SPEAKS.match(text))
    if is_talent or is_private(text) or language not in FORMS or skill_of(line, language):
        return ""
    clause, _ = _divided(_as_written(text, language))
    words = clause.split()
    if (
        len(words) < LEAST_EXPERIENCE_WORDS
        or "/" in clause
        or not is_sayable(clause, MOST_SKILL_WORDS)
    ):
        return ""
    first, last = words[0], words[-1]
    if language == "German":
        is_named = last[:1].isupper() or last[:1].isdigit()
        is_noun = first[:1].isupper() or bool(_COUNTED.match(clause))
        return clause if is_named and is_noun and ":" not in text[: len(clause) + 1] else ""
    if language == "English":
        is_of = _is_of_something(words, FORMS["English"])
        return clause if is_of or _COUNTED.match(clause) or _is_a_name(first) else ""
    is_counted = bool(_COUNTED.match(clause)) or first.casefold() in FORMS[language].articles
    is_noun = bool(_NOUN_OF.match(f"{clause} ")) and not _is_infinitive(first)
    return phrasing.lower_first(clause) if is_counted or is_noun else ""


def jotted_work(line: NoteLine, language: str = "English") -> str:
    """Return a jotting on what one did as it stands, to follow a colon; "" for what is none.

    "3,800 titles to accessible EPUB, 14 months": no sentence, but one understands it.
    """
    text = _as_written(one_line(line.text), language).strip(" .;,-!")
    text = re.sub(r"(\b(?:from|von|de)\s\d[^,;]*),\s[^\d,;]+$", r"\1", text)  # ", auditors happy"
    text = re.sub(r"^([^:,;]{4,25}):\s(.{8,})$", r"\2 (\1)", text)  # "Dairy: steam out, …"
    plain = [word.casefold().strip(",;()") for word in text.split()]
    forms = FORMS.get(language)
    if forms is None or is_private(text) or line.avoided or "?" in text:
        return ""
    first, *_ = (*plain, "")
    is_plan = first in TO_DO or bool(_SPEAKS.match(text) or _IF.search(text))
    is_plan = is_plan or bool(_OF_OTHERS.search(text))
    is_plan = is_plan or (language in ("French", "Spanish") and _is_infinitive(first))
    is_plan = is_plan or (language == "German" and bool(_TO_DO_GERMAN.search(_divided(text)[0])))
    shorter = (text, text.partition("; ")[0], _divided(text)[0])
    text = next((said for said in shorter if not is_plan and _is_jotting(said, forms)), "")
    if not text:
        return ""
    is_name = _is_a_name(text.split()[0]) or not text[0].isalpha()
    keeps = language == "German" or is_name
    return text if keeps else phrasing.lower_first(text)


def _is_jotting(text: str, forms: Forms) -> bool:
    plain = [word.casefold().strip(",;()") for word in text.split()]
    is_fit = len(plain) >= LEAST_EXPERIENCE_WORDS
    is_fit = is_fit and is_sayable(re.sub(r"[();]", "", text), MOST_SKILL_WORDS)
    return is_fit and not forms.persons & set(plain) and not _is_unsaid(text, forms)


def _is_infinitive(word: str) -> bool:
    """Return whether a French or Spanish word says what is to be done: "réparer", "revisar"."""
    plain = word.casefold()
    is_noun = plain in _NO_INFINITIVES or _TRADE.search(plain)
    return plain.endswith(("er", "ir", "re", "ar")) and not is_noun


# "dossier", "atelier", "taller": nouns that end as infinitives do.
_TRADE = compiled_later(r"(?:ssier|elier|[ht]ier|rrier|taller|alquiler|lugar)$")
# What one can, speaks or would do is no work done.
_SPEAKS = compiled_later(
    r"(?:speaks?|works? in|fluent|native|knows?|can|could|would|happy to|ready to|available|"
    r"spreche|kann|könnte|würde|parle|sais|peux|pourrais|hablo|puedo|podría)\b",
    re.IGNORECASE,
)
# Of a deed in the third person, or one that is a question: no part of a letter of one's own.
_OF_OTHERS = compiled_later(
    r"\b(?:themselves|himself|herself|why)\b|[;,]\s(?:also\s)?"
    r"(?:knows|has|does|speaks|holds|likes|writes|teaches|mentors|leads)\s",
    re.IGNORECASE,
)
_IF = compiled_later(
    r"\b(?:if|should|wenn|falls|bevor|sollte|si|avant de|antes de)\b", re.IGNORECASE
)
_TO_DO_GERMAN = compiled_later(r"\s[a-zäöüß]+(?:en|ern|eln)$")


def _lower_first_german(clause: str) -> str:
    """Return a German clause as it goes on in a sentence: its nouns keep their capitals."""
    first = clause.split()[0].casefold()
    small = FORMS["German"].prepositions | FORMS["German"].articles | _GERMAN_SMALL
    return phrasing.lower_first(clause) if first in small else clause


def useful_of(line: NoteLine, skill: str, language: str = "English") -> str:
    """Return what they can use straight away: words in bold, else the line's second half.

    The second half is what follows the first clause: "customs papers were the bottleneck". What
    is said of oneself, an offer and a question are no lesson.
    """
    for words in map(one_line, line.marked):
        if words not in skill and is_sayable(words, MOST_USEFUL_WORDS):
            return words
    text = one_line(line.text)
    _, rest = _divided(text)
    plain = [word.casefold() for word in rest.split()]
    if not skill or "?" in text or len(plain) < LEAST_USEFUL_WORDS:
        return ""
    if (
        _FIGURE.search(rest)  # "gas use down by 38 %" is a result, and no lesson
        or plain[0] in _NO_LESSON
        or _NO_LESSON_IN & set(plain)
        or not is_sayable(rest, MOST_USEFUL_WORDS)
    ):
        return ""
    starts = (
        rest if _is_a_name(rest.split()[0]) or language == "German" else phrasing.lower_first(rest)
    )
    return "" if _is_unsaid(rest, FORMS.get(language, FORMS["English"])) else starts


_FIGURE = compiled_later(r"\d")
_NO_LESSON = words_of(
    "i my we could can would happy glad also and but so or then later now still ask send see which "
    "who mostly about with in at for from on by as ich wir mein meine könnte kann auch und aber "
    "je j'ai mon ma et mais aussi yo mi puedo y pero también"
)
_NO_LESSON_IN = words_of(
    "i my me we our they she he you their her his ich mich mir mein meine je mon ma mes moi yo mi "
    "mis me"
)


def _divided(text: str) -> tuple[str, str]:
    """Return a line's first clause and what follows it, without the mark between."""
    end = _CLAUSE_END.search(text)
    if not end:
        return text.strip(" .;:,-"), ""
    rest = text[end.end() :]
    stop = re.search(r"[.;!…]\s|\s\(|\s[-–—]\s|[.;!…]$", rest)
    return text[: end.start()].strip(" .;:,-"), (rest[: stop.start()] if stop else rest).strip(
        " .;:,-)"
    )
