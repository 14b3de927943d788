"""The noun that a line of the talk is about, where its form gives no topic.

Takes a line of the notes and their language; gives "the new store at Gannet Park", "das Thema
Funkzähler", or "". It says less than a topic (`spoken.topic_of`), and is asked for only before a
thank-you is left with a gap. Told by form: a number, a date, a verb and what follows it are cut
off, and what people there are, what day it was and what one drank is no noun of a talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records import NoteLine
from pipeline.text.characters import one_line
from pipeline.touchpoints.articles import KEYWORD, said_of
from pipeline.touchpoints.doubts import is_doubtful
from pipeline.touchpoints.note_words import FORMS, Forms, words_of
from pipeline.touchpoints.suitability import is_private
from pipeline.touchpoints.templates import worn_out

# no border test: a phrase that one takes in without a second look
MOST_WORDS = 7

# Who somebody is: "wheelchair users interested me most".
PEOPLE = words_of(
    "users passengers customers patients clients people staff drivers nurses pupils students "
    "visitors victims residents members tenants workers doctors teachers guests dealers airlines "
    "colleagues engineers managers suppliers kids children parents owners readers inspectors "
    "auditors regulators ministers councillors"
)
_SAYS_NOTHING = words_of(
    "once twice day time week month year hour night morning "
    "things stuff ways lots times days weeks months years hours minutes numbers others this "
    "news plus always refs heads points bits notes details reasons issues problems troubles"
)
_UNSURE = words_of("some half any no all only most few worst best late early last more less back")
# What several things do, beside the verbs that the tables of a language have.
_DO = words_of(
    "die break fail slip crash stop leak jam wait pile drop rise fall grow cost vanish burn leave "
    "arrive hang freeze explode double triple depend stay stand sit rust rot tear lie run pass"
)
_STOP = re.compile(r"[.!?;:,()=\"“”„«»…]+(?=\s|$)|\s[-–—+]\s|\s(?:->|=>|→)\s|[\"“”„«»(]")
_IN_QUOTES = re.compile(r"[\"“„]([^\W\d][\w\s-]{3,30})[\"“”]\s(?:in|für|im|bei|an|auf)\s")
_SHARE = re.compile(
    r"(?:only\s|about\s)?\d[\d.,]*\s?%\sof\s(?:all\s|the\s|their\s)?"
    r"(?P<noun>(?:[a-z-]+\s)?[a-z-]{3,}s)\s(?P<verb>[a-z]+)(?P<rest>(?:\s[a-z-]+){0,3})$"
)
_NEW = re.compile(
    r"(?<!\bno\s)(?<!\bnot\s)\b(?P<said>(?:new|first)\s"
    r"(?:(?!(?:to|in|at|for|on|and|with|of)\b)[a-z][a-z-]+(?:\sand\s|\s|$)){1,4}?)"
    r"(?P<where>(?:at|in|for)\s(?:[A-Z]\w+\s?){1,2})?"
    r"(?=$|\b(?:at|in|for|on|by|to|with|of|is|are)\b)"
)
_MONTHS = re.compile(
    r"\s(?:at|in|for)\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q\d|spring|summer|"
    r"autumn|winter|xmas|mon|tue|wed|thu|fri)\w*\s*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?P<whose>(?:his|her|their|our|the)\s)?(?P<number>\d[\d.,]*\d[km]?\s|\d+[km]\s)?"
    r"(?P<noun>(?:[a-z-]{3,}\s){0,2}[a-z-]{4,}(?<!s)s)"
    r"(?P<where>\s(?:on|in|at|of|for|from)\s(?:the\s)?(?:[a-z-]{3,}\s){0,2}?[a-z-]{3,}(?<!s)s)?"
    r"(?:\s(?P<next>[a-z]+)(?:\s.*)?)?$"
)
# "60,000 queries a year"; "7 % of beds nobody wants".
_EACH_YEAR = re.compile(
    r"(?P<said>\d[\d.,]*[km]?\s(?:[a-z-]{3,}\s)?(?P<noun>[a-z-]{4,}(?<!s)s)\s(?:a|per)\s"
    r"(?:year|month|week|day|night))$"
)
_OF_NOBODY = re.compile(
    r"\d[\d.,]*\s?%\sof\s(?:all\s|the\s|their\s)?(?P<said>(?:[a-z-]+\s)?(?P<noun>[a-z-]{3,}s))\s"
    r"(?:nobody|no-one)\s"
)
_FEW = re.compile(r"(?:not\senough|too\s(?:few|many|little)|hardly\sany)\s", re.IGNORECASE)
_OF_SOMETHING = re.compile(
    r"(?P<noun>[a-z-]{3,}(?:\s[a-z-]{3,})?)\s(?P<how>in|for|on|of|at)\s"
    r"(?P<what>(?:the\s)?[a-z-]{3,}(?:\s(?!from|in|on|at|to|with|by|of|for\b)[a-z-]{3,}|\s\d{1,3})?"
    r"|[A-Z][a-z]{2,})"
    r"(?P<rest>\s(?:from|in|on|at|to|with|by)\s.+|\sonly)?$"
)
# "last two for the Nordby signal boxes"; "getting a depot running takes a year".
_NAMED = re.compile(r"\b(?:for|on|with|about|at)\s(?P<said>the\s[A-Z]\w{3,}(?:\s[a-z-]{3,}){1,3})$")
_DOING = re.compile(
    r"(?P<said>[a-z]{3,}ing\s(?:(?:an?|the|new|their|our|her|his)\s)[a-z-]+(?:\s[a-z-]+){0,3}?)\s"
    r"(?:takes|costs|lasts|drags|is|was|needs)\s"
)
_BEFORE_NUMBER = re.compile(r"(?P<noun>[A-Z]?[a-z-]{3,}(?:\s[a-z-]{3,}){1,2})\s\d")
_GERMAN = re.compile(r"(?:[a-zäöü]+(?:es|er|e)\s)?[A-ZÄÖÜ][\wäöüß-]{3,}")
_GERMAN_END = re.compile(r"\s(?:\d|ihr\w?\b|sein\w?\b|noch\b|ist\b|sind\b).*$")


def noun_of(line: NoteLine, language: str = "English", *, is_own: bool = True) -> str:
    """Return the noun that a line is about; "" where it gives none.

    A line of nobody's may be of the train and the coffee: of it only what is called new, or is a
    share of something, is taken.
    """
    forms, text = FORMS.get(language), one_line(line.text)
    if forms is None or line.avoided or is_private(text) or is_of_their_own(line):
        return ""
    found = {"English": _english, "German": _german}.get(language)
    if found is None:
        return ""
    for said in found(text, forms, is_own=is_own):
        plain = said.removeprefix(KEYWORD)
        is_fit = 0 < len(plain.split()) <= MOST_WORDS and not worn_out(plain)
        if is_fit and not forms.unsaid().search(plain) and not is_doubtful(said, line, language):
            return said
    return ""


def is_of_money(topic: str) -> bool:
    """Return whether a topic is who is to pay: of that one speaks where nothing else is left."""
    return bool(_MONEY.search(topic))


_MONEY = re.compile(
    r"\b(?:funds?|funding|grants?|loans?|budgets?|\w*(?:förderung|fonds|budget|kredit)|"
    r"subventions?|subvención|presupuesto)$",
    re.IGNORECASE,
)


def is_of_their_own(line: NoteLine) -> bool:
    """Return whether a line begins with its person's initials: "ST pipe and rosin"."""
    parts = [part for part in re.split(r"[\s-]+", line.person) if not part.endswith(".")]
    first, *_ = (*line.text.split(), "")
    return len(first) > 1 and first == "".join(part[:1] for part in parts)


def _english(text: str, forms: Forms, *, is_own: bool) -> Iterator[str]:
    written = re.sub(r"(?<!\w)w/\s?(?!o)", "with ", text)
    clauses = _clauses(re.sub(r"(?<=\w)\s[+&]\s(?=\w)", " and ", written))
    if not clauses or forms.unsaid().search(clauses[0]):
        return
    for clause in clauses:
        if share := _SHARE.fullmatch(clause):
            noun, verb = share["noun"], share["verb"]
            is_verb = verb in forms.verbs and not verb.endswith("s") and verb not in ("have", "are")
            if is_verb or verb.endswith("ed"):
                yield f"the {noun} that {'' if is_verb else 'are '}{verb}{share['rest']}"
    for clause in clauses:
        new = _NEW.search(clause)
        if new and (is_own or new["where"] or new.start() == 0):
            said = f"{new['said']} {new['where'] or ''}"
            said = _MONTHS.sub("", " ".join(said.split()))
            is_thing = new["said"].split()[-1] not in PEOPLE | _SAYS_NOTHING
            if is_thing and len(said.split()) > 1 and not forms.verbs & set(said.split()):
                yield f"the {said}"
    if not is_own:
        return
    for number, clause in enumerate(clauses):
        yield from _of_many(clause)
        if doing := _DOING.match(clause):
            yield " ".join(dict(forms.theirs).get(word, word) for word in doing["said"].split())
        several = _SEVERAL.fullmatch(clause)
        if several and (number == 0 or " " in several["noun"] or several["number"]):
            yield from _of_several(several, forms)
        if not (forms.verbs | forms.persons) & set(clause.casefold().split()):
            yield from _of_something(clause, forms)
        if named := _NAMED.search(clause):
            yield named["said"]


def _of_many(clause: str) -> Iterator[str]:
    """Yield what a share or a yearly number is of: "the 60,000 queries a year"."""
    for form in (_EACH_YEAR, _OF_NOBODY):
        found = form.match(clause)
        if found and found["noun"] not in PEOPLE | _SAYS_NOTHING:
            yield f"the {found['said']}"


def _of_something(clause: str, forms: Forms) -> Iterator[str]:
    """Yield what a clause without a verb names: "cards for hardship money", "the harvest fund"."""
    few = _FEW.match(clause)
    begun = clause[few.end() :] if few else f"{clause[:1].lower()}{clause[1:]}"
    if of := _OF_SOMETHING.fullmatch(begun):
        last = of["noun"].split()[-1]
        is_several = last.endswith("s") and not last.endswith("ss")
        is_thing = last not in PEOPLE | _SAYS_NOTHING and of["noun"].split()[0] not in _UNSURE
        is_thing = is_thing and not last.endswith("ly")
        said = begun[: of.start("rest")] if of["rest"] else begun
        if is_thing and of["what"].split()[0] not in forms.prepositions - forms.articles:
            yield said if is_several and not few and not of["rest"] else f"the {said}"
    if before := _BEFORE_NUMBER.match(clause):
        noun = before["noun"]
        if not noun.endswith("s") and not set(noun.split()) & forms.prepositions:
            yield f"the {noun}"


def _of_several(found: re.Match[str], forms: Forms) -> Iterator[str]:
    """Yield what several things are called, before their verb: "spares take 23 days"."""
    noun, following = found["noun"], found["next"] or ""
    is_subject = not following or following in forms.verbs | _DO
    last = noun.split()[-1]
    is_thing = (
        last not in PEOPLE | _SAYS_NOTHING
        and not last.endswith("ous")
        and not ((forms.verbs | forms.persons | forms.prepositions) & set(noun.split()))
    )
    if is_subject and is_thing:
        whose = "the" if found["whose"] in (None, "the ") else "your"
        yield f"{whose} {found['number'] or ''}{noun}{found['where'] or ''}"


def _german(text: str, forms: Forms, *, is_own: bool) -> Iterator[str]:
    if not is_own:
        return
    if quoted := _IN_QUOTES.match(text):
        yield f"{KEYWORD}„{quoted[1]}“"
    for clause in _clauses(text):
        said = _GERMAN_END.sub("", clause)
        words = said.split()
        is_phrase = bool(_GERMAN.match(said)) and not forms.verbs & {w.casefold() for w in words}
        is_phrase = is_phrase and words[-1][:1].isupper() and len(words[-1]) > 3
        is_phrase = is_phrase and all(
            word[:1].isupper()
            or word in forms.prepositions
            or word.endswith(("e", "en", "es", "er"))
            for word in words
        )
        if is_phrase and len(words[0]) > 4:
            yield said_of(said, "German")
            return


def _clauses(text: str) -> list[str]:
    """Return the parts of a line between its marks; a number's own are none."""
    parts = (part.strip(" .,;:!-*'") for part in _STOP.split(text))
    return [part for part in parts if part]
