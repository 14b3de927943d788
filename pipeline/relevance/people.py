"""Which people in the notes a story names, and what became of them.

Takes the people of an interview, its company and a story; gives a `PersonNews` for each of them who
is named in the title or the first sentence. A name counts as a whole, in the forms that news use:
"Renata Kowalczyk", "Renata M. Kowalczyk", "Kowalczyk, Renata", in capitals, without its accents. An
initial or a title ("R. Kowalczyk", "Frau Kowalczyk") counts only in a sentence that names the
company, too. The words beside a name give another person of that name away; where nothing says
who it is, the candidate is asked. `person_rules` works out what became of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.records import Article, Person, PersonNews, Story
from pipeline.records.record import dataclass
from pipeline.relevance.companies import Names
from pipeline.relevance.story_features import body
from pipeline.relevance.terms import words_of
from pipeline.text import person_patterns
from pipeline.text.names import parts_of
from pipeline.text.person_patterns import COMPANY, PERSON, plain
from pipeline.text.sentences import first_sentence, sentences

# ------------------------------------------------------------ every number, and where it is from
# Set by judgement on the tests' headlines: a company named further down belongs to another matter.
NEAR_LETTERS = 600  # characters of the text in which the company's name says who the person is
# no border test: for speed; a first sentence is shorter
LONGEST_SENTENCE = 400

# Words beside a name whose bearer is not somebody at a company.
_OTHER = (
    r"\b(?:striker|midfielder|goalkeeper|defender|footballer|player|athlete|coach|cyclist|runner|"
    r"skier|singer|actor|actress|drummer|novelist|poet|painter|mayor|senator|congress\w*|minister|"
    r"governor|lawmaker|bishop|judge|sheriff|mp|cup|league|goals?|scores?|match|"
    r"torhuter\w*|sturmer\w*|spieler\w*|trainer\w*|fussball\w*|sanger\w*|schauspieler\w*|"
    r"burgermeister\w*|abgeordnete\w*|pokal|liga|verein|tor|"
    r"gardien|attaquante?|joueu\w+|entraineu\w+|chanteu\w+|act(?:eur|rice)|maire|depute\w*|"
    r"ministre|"
    r"senat\w+|coupe|ligue|porter[oa]|delanter[oa]|jugador\w*|entrenador\w*|cantante|act(?:or|riz)|"
    r"alcalde\w*|diputad\w+|ministr[oa]|copa|futbol\w*)\b"
)
_BESIDE = rf"{_OTHER} {PERSON}|{PERSON}, [^,.;]{{0,40}}{_OTHER}"
# "§, 19, needed four minutes", "der 16-jährige §", "§ (14)", "§ sacré champion. Le Lédonien de
# 22 ans": nobody of that age leads interviews.
_AGE = r"(?:1\d|2[0-3])"  # one figure may be a place or a number on a shirt
_YOUNG = re.compile(
    rf"\b{_AGE}[- ](?:year-old|jahrige\w*)\b[^.;]{{0,40}}{PERSON}|"
    rf"{PERSON},? \(?(?:aged? |de )?{_AGE}(?: ans| anos)?[,)](?! \d)|"
    rf"\. (?:the|der|die|le|la|l'|el)\s?(?:[\w-]+ de )?{_AGE}(?:[- ](?:year-old|jahrige)|"
    r" ans| anos)",
    re.IGNORECASE,
)
_GENERIC_POST = frozenset(
    """head chief officer president vice vp svp evp director manager senior junior lead leader
    principal global regional deputy assistant associate executive team leiter leiterin chef chefin
    directrice directeur responsable directora jefe jefa consultant engineer analyst specialist
    expert berater beraterin ingenieur consultante""".split()
)
_SMALL = frozenset(  # words between a post and its company
    "the a of for at bei im in der die das den dem des zum zur chez a au la le les du de d en el "
    "los las al von".split()
)
_NO_MARKS = str.maketrans({PERSON: " ", COMPANY: " "})


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody in the notes, ready to be looked for."""

    person: Person
    whole: re.Pattern[str]  # enough on its own
    short: re.Pattern[str]  # only next to the company
    post: frozenset[str]  # the words that set their post apart from others


@dataclass(frozen=True, slots=True)
class People:
    """The people of an interview, ready to be looked for."""

    known: tuple[_Known, ...]
    glance: re.Pattern[str]  # any of their last names


def prepare(wanted: Iterable[Person]) -> People:
    """Return people ready to be looked for, without those who have only one name.

    What has a word without a letter, or of one at its end, or begins as it ends, is no name as news
    would write it.
    """
    named = [(person, parts_of(person.name)) for person in wanted]
    known = tuple(
        _Known(
            person, person_patterns.whole(name), person_patterns.short(name), _post(person.title)
        )
        for person, name in named
        if " " in name.full and name.last != name.full and _is_a_name(name.full)
    )
    return People(known, person_patterns.glance(name for _, name in named))


def _is_a_name(full: str) -> bool:
    words = full.casefold().split()
    is_long = min(len(words[0]), len(words[-1])) > 1  # an initial has its dot
    return is_long and words[0] != words[-1] and all(any(map(str.isalpha, w)) for w in words)


@dataclass(frozen=True, slots=True)
class ReadFor:
    """For whose sake one reads the feeds that brought a story."""

    company: bool = False  # the company's
    people: frozenset[str] = frozenset()  # theirs, by a line of the notes about them


FOR_NOBODY = ReadFor()


def may_be_named(people: People, article: Article) -> bool:
    """Return whether the title or the beginning has one of their last names: a quick look."""
    return bool(people.known) and bool(
        people.glance.search(plain(f"{article.title}\n{article.text[: 2 * LONGEST_SENTENCE]}"))
    )


def find(
    people: People,
    names: Names,
    story: Story,
    *,
    own: bool,
    read_for: ReadFor = FOR_NOBODY,
    is_fine: Callable[[], bool] = lambda: False,
) -> tuple[PersonNews, ...]:
    """Return which of the people a story names in its title or first sentence.

    `own` says that the company itself published it; of those for whose sake its feed is read an
    initial is enough. Where `is_fine` says that it sounds like good news, who is named anywhere in
    its beginning is "named", whatever it says of them.
    """
    lead = story.lead
    if not may_be_named(people, lead):
        return ()
    told = body(lead.text)[:NEAR_LETTERS]
    written = (lead.title, first_sentence(told[:LONGEST_SENTENCE]))
    told_of = _Told(
        written,
        tuple(_with_company(names, text) for text in written),
        COMPANY in _with_company(names, told),
        f"{lead.title} . {plain(told)}",
        plain(lead.author),
        own,
    )
    found = []
    for known in people.known:
        news = _news(known, told_of)
        if news is None or news.part == "unclear":
            is_expected = known.person.name in read_for.people
            is_near = read_for.company or told_of.is_near or told_of.own
            marked = [_with_company(names, text) for text in (lead.title, *sentences(told))]
            other = None if is_expected else _BESIDE if told_of.is_near or told_of.own else _OTHER
            better = _named(known, marked, other) if is_near or is_expected else None
            news = better if better and is_fine() else news
        found += [news] if news else []
    return tuple(found)


def _named(known: _Known, sentences: Sequence[str], other: str | None) -> PersonNews | None:
    """Return that good news name a person in one of these sentences, if nothing is against it.

    `other` finds what gives another person of that name away.
    """
    from pipeline.relevance import person_rules

    marked = [known.short.sub(_mark, known.whole.sub(_mark, text)) for text in sentences]
    naming = next((n for n, text in enumerate(marked) if PERSON in text), None)
    told = " . ".join(marked)
    is_other = _YOUNG.search(told) or (other and re.search(other, told, re.IGNORECASE))
    if naming is None or is_other or any(map(person_rules.is_against, marked)):
        return None
    return PersonNews(known.person.name, "named", True, (), sentences[naming])


@dataclass(frozen=True, slots=True)
class _Told:
    """The parts of a story that are read: its title and its first sentence."""

    written: tuple[str, ...]
    marked: tuple[str, ...]  # the same without accents, with a mark for the company
    is_near: bool  # the company is named soon afterwards
    lead: str  # title and what follows, as far as it says who somebody is
    author: str
    own: bool


def _news(known: _Known, told: _Told) -> PersonNews | None:
    """Return what a story says of one person, or None where it does not name them."""
    name = known.person.name
    marked = tuple(_with_person(known, text) for text in told.marked)
    around = " . ".join(marked)
    if PERSON not in around:
        is_author = told.own and bool(told.author) and known.whole.search(told.author)
        return PersonNews(name, "article", True, (told.author,)) if is_author else None
    from pipeline.relevance import person_rules  # many patterns; on most days nobody is named

    here = COMPANY in around or told.own
    is_other = bool(re.search(_BESIDE if here else _OTHER, around, re.IGNORECASE))
    if _YOUNG.search(around):
        return None
    if is_other and not here:
        return None
    has_post = bool(known.post) and known.post <= frozenset(words_of(told.lead))
    sure = (here or told.is_near or has_post) and not is_other
    (part, words), sentence = min(
        (
            (person_rules.part_of(sentence, around, own=told.own), text)
            for sentence, text in zip(marked, told.written, strict=True)
            if PERSON in sentence
        ),
        key=lambda found: person_rules.ORDER.index(found[0][0]),
    )
    return PersonNews(name, part, sure, words, sentence)


def own_field(role: str, names: Names, story: Story) -> tuple[str, ...]:
    """Return the words of the role that the company has just filled, as the title or lead says.

    Only the words that tell the role from others: "pricing" of "Senior Pricing Manager".
    """
    main = re.split(r"[,(/|–—]", plain(role), maxsplit=1)[0]
    wanted = frozenset(words_of(main)) - _GENERIC_POST
    if not wanted:
        return ()
    for text in (story.lead.title, first_sentence(story.lead.text[:LONGEST_SENTENCE])):
        sentence = _with_company(names, text)
        if not wanted <= frozenset(words_of(sentence)):
            continue
        from pipeline.relevance import person_rules

        charge = frozenset(words_of(person_rules.in_charge_of(sentence)))
        is_theirs = wanted <= charge and not charge - wanted - _GENERIC_POST - _SMALL
        if is_theirs or person_rules.is_appointment(sentence) or person_rules.is_filled(sentence):
            return tuple(sorted(wanted))
    return ()


# ----------------------------------------------------------------------------------------- names


def _with_company(names: Names, text: str) -> str:
    """Return a text without accents, with a mark in place of each of the company's names."""
    return plain(names.any_name.sub(COMPANY, text.translate(_NO_MARKS)))


def _with_person(known: _Known, text: str) -> str:
    """Return a text with a mark in place of the person; a short form counts next to the company."""
    text = known.whole.sub(_mark, text)
    return known.short.sub(_mark, text) if COMPANY in text else text


def _mark(found: re.Match[str]) -> str:
    return f"{PERSON}'s" if found["genitive"] else PERSON


def _post(title: str) -> frozenset[str]:
    return frozenset(words_of(plain(title))) - _GENERIC_POST
