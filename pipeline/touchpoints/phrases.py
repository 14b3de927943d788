"""Small pieces of English: days as people say them, jotted lines as parts of a sentence.

Takes dates and note lines; gives phrases. A note line is the candidate's own jotting, so it may
be taken into a sentence only where that is safe: short, a noun phrase, in English, nothing that
was said in confidence. Else the answer is "" and the template leaves a gap. What the rules do not
know they refuse: a gap costs the candidate ten seconds, a wrong phrase the interviewer's goodwill.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from pipeline.text.language import is_english
from pipeline.text.phrasing import count_of, lower_first

MOST_TOPIC_WORDS = 12  # a longer clause reads as a jotting, not as part of a sentence
MOST_SKILL_WORDS = 24  # the longest sentence that one takes in at a glance (plain-language guides)
LEAST_USEFUL_WORDS = 4  # "it worked" helps nobody
LONGEST_WORD = 40  # letters; what is longer was pasted

# What every recipient has read too often; our templates are tested against it, and a phrase of
# the candidate's that holds one becomes a gap. From career-ops' and recruiters' lists.
WORN_OUT = (
    "just checking in",
    "touching base",
    "touch base",
    "circle back",
    "circling back",
    "hope this finds you well",
    "hope this email finds",
    "hope you are doing well",
    "hope all is well",
    "follow up on my application",
    "following up on",
    "just following up",
    "as per my last",
    "per my last email",
    "pick your brain",
    "reach out",
    "reaching out",
    "at your earliest convenience",
    "low-hanging fruit",
    "synergy",
    "synergies",
    "move the needle",
    "quick question",
    "think outside the box",
    "passionate about",
    "hit the ground running",
    "value-add",
    "perfect fit",
    "great fit",
    "look forward to hearing from you",
    "do not hesitate to contact",
    "don't hesitate to contact",
    "thank you in advance",
    "thanks in advance",
    "bumping this",
    "deep dive",
    "excited about the opportunity",
    "dream job",
)


def worn_out(text: str) -> tuple[str, ...]:
    """Return the phrases in a text that everybody has read too often."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    return tuple(item for item in WORN_OUT if re.search(rf"\b{re.escape(item)}\b", plain))


# ------------------------------------------------------------------------------------------ days


def day_in_a_letter(day: date, today: date) -> str:
    """Return a day as a letter names it, true on whichever day it is read: "on Monday"."""
    return f"on {day:%A}" if 0 <= (today - day).days < 7 else f"on {day.day} {day:%B}"


def weeks_since(day: date, today: date) -> str:
    """Return "a week", "three weeks", or "" when it is less than six days."""
    weeks = round((today - day).days / 7)
    if (today - day).days < 6:
        return ""
    return "a week" if weeks == 1 else count_of(weeks, "week")


# ---------------------------------------------------------------------------------------- topics

_SHORTHAND = (
    (re.compile(r"\s+\+\s+"), " and "),
    (re.compile(r"\bw/o\s+"), "without "),
    (re.compile(r"\bw/\s*"), "with "),
    (re.compile(r"\s&\s"), " and "),
    (re.compile(r"(?<!\w)>\s?(?=\d)"), "more than "),
    (re.compile(r"(?<!\w)<\s?(?=\d)"), "less than "),
    (re.compile(r"(?<!\w)~\s?(?=\d)"), "about "),
    (re.compile(r"(?<=\d years )(?=\w+ (?:management|marketing|engineering|design)\b)"), "of "),
    (
        re.compile(
            r"(?<=\d years )(?=(?:\w+ ){0,2}(?:manager|coordinator|consultant|analyst|engineer|"
            r"designer|developer|lead)\b)"
        ),
        "as ",
    ),
    (re.compile(r"\bno\.\s(?=\d)", re.IGNORECASE), "number "),
    (re.compile(r"\s(?:->|=>|→|–|—)\s"), " - "),
)
_CLAUSE_END = re.compile(r"\s*(?:[;?!…]|[.:,](?=\s|$)|[()]|\.{2,}|\s-\s)\s*")
_PREPOSITIONS = (
    "of|in|on|for|with|without|from|to|at|by|between|after|before|about|over|under|against|instead|"
    "into|onto|during|through|across|inside|outside|per|as|vs|versus|and|or|that|who|which|where|"
    "like|because|behind|around|upon"
)
_PREPOSITION = re.compile(rf"(?:{_PREPOSITIONS})", re.IGNORECASE)
_NO_TOPIC = re.compile(
    r"(?:i|he|she|they|we|you|it|his|her|own|how|what|why|when|where|who|which|is|are|was|were|"
    r"do|does|did|can|could|would|should|asked|said|wants?|wanted|told|spent|talked|must|no|not|"
    r"yes|maybe|probably|half|also|same|ditto|todo|ask|send|bring|remember|reminder|need|needs|"
    r"my|me|them|everybody|everyone|nobody|nearly|all|still|only|too|very|licen[cs]e|keep|get|"
    r"happy|free)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|wants?|said|says|asked|asks|spent|told|has|have|had|must|should|will|"
    r"would|can|could|cannot|hates?|loves?|goes|went|gets?|got|decides?|ask|needs?|complains?|"
    r"fits?|feels?|jams?|carry|carries|expires?|stays?|keeps|makes?|thinks?|likes|does|do|did|"
    r"won't|don't|doesn't|isn't|aren't|didn't|can't|takes?|took|came|comes?|sold|shut|shows?|"
    r"showed|gives?|gave|mentioned|promised|admitted|all over|out a|too|serve[sd]?)\b",
    re.IGNORECASE,
)
_BAD_END = re.compile(
    r"\b(?:slowing|falling|shrinking|failing|growing|rising|poor|good|bad|fine|thin|unclear|low|"
    r"high|weak|ok|okay|etc|ever|soon|yet|again|here|there|now|later|early|a|an|the|first|next|"
    rf"own|{_PREPOSITIONS})$",
    re.IGNORECASE,
)
# What stands before a colon and says nothing itself: the topic is what follows.
_META = re.compile(
    r"(?:(?:the |her |his |their |my |our )?(?:biggest|main|big|first|second|other|top|next|key|"
    r"last)? ?(?:worry|worries|goal|aim|questions?|problems?|topics?|tasks?|challenges?|ideas?|"
    r"issues?|points?|priority|priorities|concerns?|plans?|subjects?|themes?))",
    re.IGNORECASE,
)
# Logistics, money of one's own, food: nobody wants to be thanked for that.
_LOGISTICS = re.compile(
    r"\b(?:parking|parked|garage|car park|lot|badge|visitor|shuttle|bus|train home|lunch|coffee|"
    r"dinner|sandwich\w*|dumplings?|salary|salaries|bonus\w*|pension|mileage|band [a-z]|notice|"
    r"relocation|holidays|benefits|perks?|compensation|equity|visa|401k|start date|"
    r"HR (?:person|lady|man|team)|"
    r"recruiter|expires|directions|coat|shoes|address)\b",
    re.IGNORECASE,
)
# Said in confidence, or a matter of law, health or somebody's post: never in a friendly note.
_PRIVATE = re.compile(
    r"\b(?:rumou?rs?|awkward|confidential\w*|confided|secrets?|secretly|off the record|"
    r"(?:could|can|would|did)(?:n't| not) (?:say|tell|talk|comment)|between us|dodged|smiled|"
    r"winked|gossip|not public|unannounced|under embargo|don't mention|NDA)\b",
    re.IGNORECASE,
)
_DELICATE = re.compile(
    r"\b(?:courts?|lawsuits?|lawyers?|sued|sues|liable|trial|drugs?|doping|stabb\w+|naked|nude|"
    r"rac\w*ist|racism|monkey|sack\w*|fired|firing|lay-?offs?|laid off|redundanc\w+|redundant|"
    r"death|dead|died|dies|scandal\w*|parachute|resign\w*|divorce\w*|ill|illness|sick|cancer|"
    r"pregnan\w+|burn-?out|depress\w+|furious|angry|fraud\w*|brib\w+|harass\w+|bullying|fines?|"
    r"bankrupt\w*|fail\w*|incompetent|stupid|idiots?|useless|ugly|old man|old woman|girls|"
    r"ladies|sex\w*|salary|wages?)\b",
    re.IGNORECASE,
)
_SPENT_ON = re.compile(
    r"^[^.;:,?!]{0,60}?\b(?:spent|talked|spoke|told me|asked me|explained|went on|lots?|a lot|"
    r"chatted|discussed)\b[^.;:,?!]{0,40}?\b(?:on|about|of) (?=(?:the|their|our|a|an|its)\b)",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:the|a|an|our|your|their|its|these|those|this|that|some|any|every|each|more|most|many|"
    r"much|both|several|few|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
# Heads that take no article, though they look singular.
_MASS = frozenset(
    "data support security memory piracy software hardware research training growth demand video "  # noqa: SIM905
    "mail e-mail email content news money work trust quality capacity pricing people media music "
    "logistics maintenance onboarding retention compliance governance infrastructure traffic "
    "sailing chess bonsai feedback equipment staff information knowledge advice storage safety "
    "tourism childcare healthcare energy power water code sync integration automation analytics "
    "planning marketing procurement licensing hiring recruitment churn innovation".split()
)
_PLURAL_MODIFIERS = frozenset(
    "sales sports news business goods operations systems services savings logistics electronics "  # noqa: SIM905
    "economics graphics access process express customs previous various serious gas bus".split()
)


def topic_of(line: str) -> str:
    """Return a noun phrase out of a jotted line that can follow "about", or ""."""
    if is_private(line) or worn_out(line) or not is_english([line]):
        return ""
    text = _written_out(line)
    spent = _SPENT_ON.match(text)
    if spent:
        text = text[spent.end() :]
    clause, rest = _first_clause(text)
    if _META.fullmatch(clause) and rest:
        clause, rest = _first_clause(rest.lstrip(" :;,.-()…"))
    if not _is_noun_phrase(clause) or _is_list(rest):
        return ""
    return _with_article(_lower_first(clause))


def is_private(line: str) -> bool:
    """Tell whether a line was said in confidence: no message may be built on it."""
    return bool(_PRIVATE.search(line))


def _written_out(line: str) -> str:
    for shorthand, words in _SHORTHAND:
        line = shorthand.sub(words, line)
    return " ".join(line.split())


def _first_clause(text: str) -> tuple[str, str]:
    """Return the first clause, "" for a question, and what follows with the mark before it."""
    end = _CLAUSE_END.search(text)
    if not end:
        return text.strip(), ""
    if "?" in end.group():
        return "", ""
    return text[: end.start()].strip(), text[end.start() :].strip()


def _is_noun_phrase(clause: str) -> bool:
    words = clause.split()
    return (
        2 <= len(words) <= MOST_TOPIC_WORDS
        and max(map(len, words)) <= LONGEST_WORD
        and not re.search(r"[=\[\]<>{}|\"“”*#@_\\^]|^\W*\d|https?:", clause)
        and sum(letter.isalpha() for letter in clause) * 2 > len(clause)
        and not re.search(r"(?:^|\s)[A-Z]$", clause)
        and not any(
            bad.match(clause) if bad is _NO_TOPIC else bad.search(clause)
            for bad in (_NO_TOPIC, _VERB, _BAD_END, _DELICATE, _LOGISTICS)
        )
        and not _has_hidden_verb(words)
    )


def _has_hidden_verb(words: list[str]) -> bool:
    """Tell "helpers print everything" and "a person mentioned money" from noun phrases.

    A plural is followed by a preposition, a participle or nothing; a word in -ed after two others
    is followed by a preposition, or it is a verb.
    """
    for place, (word, after) in enumerate(pairwise(words)):
        if _PREPOSITION.fullmatch(after) or after.endswith("ing"):
            continue
        plural = word.endswith("s") and not word.endswith(("ss", "'s", "’s", "us", "ics", "is"))
        if plural and word.casefold() not in _PLURAL_MODIFIERS and not after.endswith("ed"):
            return True
        if place >= 2 and word.endswith("ed"):
            return True
    return False


def _is_list(rest: str) -> bool:
    """Tell whether the clause was the beginning of a list: "planes, trains, phones"."""
    items = re.split(r",\s", rest)
    return len(items) > 2 and not items[0] and len(items[1].split()) == 1


def _with_article(topic: str) -> str:
    """Put "the" before a single thing: "disc format fight" was talked about by both."""
    if _DETERMINER.match(topic):
        return topic
    words = topic.split()
    head: list[str] = []
    for word, after in zip(words, [*words[1:], "of"], strict=True):
        joins = bool(_PREPOSITION.fullmatch(after))
        if _PREPOSITION.fullmatch(word) or (head and word.endswith(("ing", "ed")) and joins):
            break
        if head and word.endswith("ing") and head[-1].endswith("s"):
            break
        head.append(word)
    last = (head or words)[-1].casefold()
    if last in _MASS or last.endswith(("ing", "ness", "ism")) or topic[:1].isupper():
        return topic
    if last.endswith("s") and not last.endswith(("ss", "us", "is")):
        return topic
    joined = len(head) < len(words) and words[len(head)] == "and"
    return topic if joined else f"the {topic}"


# ---------------------------------------------------------------------------------------- skills

SkillKind = Literal["done", "can", "field"]


@dataclass(frozen=True, slots=True)
class Skill:
    """What a line of "my angle" or of the profile says, ready to be said."""

    kind: SkillKind
    said: str  # "I ran the supplier ramp-up for two plants", "eleven years in software"
    useful: str = ""  # "customs papers were the bottleneck": what the reader can use at once


_PAST = (
    r"(?!(?:embedded|advanced|applied|based|dedicated|distributed|integrated|shared|hundred|speed|"
    r"need|seed|feed|unified|automated|certified|skilled|experienced|connected|united|limited|"
    r"hosted|guided|paid|red|med)\b)(?:\w+ed|ran|led|built|wrote|rewrote|sold|bought|grew|made|took|brought|set|cut|won|held|"
    r"kept|taught|drove|began|did|gave|found|got|had|knew|met|put|saw|shrank|spoke|spent|stood|"
    r"thought|understood)"
)
_STARTS_PAST = re.compile(rf"{_PAST}\b(?!-)", re.IGNORECASE)
_STARTS_PRESENT = re.compile(
    r"(?:can|could|know|speak|have|am|like|love|would|understand|write)\b", re.IGNORECASE
)
_STARTS_WILLING = re.compile(r"(?:happy|glad|able|ready|willing|used|fluent)\b", re.IGNORECASE)
_I_DID = re.compile(rf":\s+(?=I {_PAST}\b)")
_SECOND = re.compile(r"\s*(?:;|(?<=\w)[.!](?=\s)|\s-\s)\s*")
_FINITE = re.compile(
    r"\b(?:was|were|is|are|matters?|mattered|did|does|works?|worked|helps?|helped|comes?|came|takes|"
    r"took|makes?|made|turned|saves?|saved|beats?|breaks?|broke|costs?|decides?|decided)\b",
    re.IGNORECASE,
)
_NOT_USEFUL = re.compile(
    r"(?:i|happy|glad|can|could|want|would|ask|know|did|my|maybe|perhaps|not sure|todo)\b",
    re.IGNORECASE,
)


def skill_of(line: str) -> Skill | None:
    """Return what a skill line says in the first person, or None where that is not safe.

    A line that begins with what one did or can becomes a sentence, the rest a field of work. A
    second clause that states something ("...; customs papers were the bottleneck") is what the
    reader can use. What is too long is cut at a clause.
    """
    text = _written_out(line).strip(" .;,:-")
    if not text or worn_out(text) or is_private(text) or not is_english([text]):
        return None
    did = _I_DID.search(text)
    if did:
        text = text[did.end() :].removeprefix("I ")
    main, rest = _halves(re.sub(r"^I\s+(?=\w)", "", text))
    kind, start = _kind_of(main)
    said = _cut(_in_one(main, kind))
    if not said or not _is_sayable(said) or (kind == "field" and _is_bare(said)):
        return None
    return Skill(kind, f"{start}{_lower_first(said)}", _useful(rest))


def _kind_of(text: str) -> tuple[SkillKind, str]:
    if _STARTS_PAST.match(text):
        return "done", "I "
    if _STARTS_PRESENT.match(text):
        return "can", "I "
    return ("can", "I am ") if _STARTS_WILLING.match(text) else ("field", "")


def _halves(text: str) -> tuple[str, str]:
    cut = _SECOND.search(text)
    return (text[: cut.start()], text[cut.end() :]) if cut else (text, "")


def _in_one(text: str, kind: SkillKind) -> str:
    """Return a jotted clause as one that can be read aloud.

    "paid search: bidding rules, keyword lists" gets brackets; "ran two mergers, kept all" an
    "and"; "built forecasts, error down by a third" brackets again.
    """
    if kind == "field":
        head, colon, rest = text.partition(": ")
        return f"{head} ({rest.replace('(', '').replace(')', '')})" if colon and rest else text
    head, comma, rest = text.partition(", ")
    if not comma or ", " in rest or "(" in text:
        return text
    if _STARTS_PAST.match(rest) or _STARTS_PRESENT.match(rest):
        return f"{head} and {rest}" if kind == "done" else f"{head}; I {rest}"
    joins = rf"(?:{_PREPOSITIONS}|but|mostly|mainly|then|so|using|once|while|when|plus)\b"
    if re.match(joins, rest, re.IGNORECASE) or kind == "can":
        return text
    return f"{head} ({rest})"


def _cut(text: str) -> str:
    """Leave as many whole clauses as can be said in one breath; "" if the first is too long."""
    if len(text.split()) <= MOST_SKILL_WORDS:
        return text
    kept = ""
    for clause in re.split(r"(?=, | \()", text):
        if len((kept + clause).split()) > MOST_SKILL_WORDS:
            break
        kept += clause
    return kept.rstrip(" ,(") if kept.count("(") == kept.count(")") else ""


def _useful(rest: str) -> str:
    clause = _SECOND.split(rest, maxsplit=1)[0].strip(" .;,:-")
    count = len(clause.split())
    if not LEAST_USEFUL_WORDS <= count <= MOST_SKILL_WORDS or not _is_sayable(clause):
        return ""
    if not _FINITE.search(clause) or _DELICATE.search(clause) or worn_out(clause):
        return ""
    if _NOT_USEFUL.match(clause) or _STARTS_PAST.match(clause):
        return ""
    return _lower_first(clause)


def _is_bare(text: str) -> bool:
    """Tell a mere list of tools or languages, which meets no news: "SQL, R, Python"."""
    return all(len(item.split()) == 1 for item in re.split(r", | and |/", text))


def _is_sayable(text: str) -> bool:
    words = text.split()
    return (
        bool(words)
        and max(map(len, words)) <= LONGEST_WORD
        and sum(letter.isalpha() for letter in text) * 2 > len(text)
        and not re.search(r"[\[\]{}<>|*#\\^]|https?:|\?", text)
    )


def _lower_first(text: str) -> str:
    """Lower the first letter, unless the word is a name or an acronym as far as one can see."""
    first = text.split(maxsplit=1)[0] if text else ""
    plain = first.casefold()
    if first[1:] != first[1:].lower() or plain in ("i", "i'm", "i've"):
        return text
    return text if first[:1].isupper() and not _is_common(plain) else lower_first(text)


_COMMON_STARTS = frozenset(
    """a an the our their my your this that these those some many much more most new old cheap big
    small how what why when where who which support security customer customers master data post
    pricing broadcast contract in on at for with from by to of ran led built wrote sold made set
    cut won held kept can could own all every each no other two three four five box home market
    theme paid television enterprise usability joint demand brand mobile wash linen duty missing
    short long early late first second decency overseas valuation county digital""".split()  # noqa: SIM905
)


def _is_common(word: str) -> bool:
    return word in _COMMON_STARTS or word.endswith(
        ("ed", "ing", "tion", "ment", "ity", "ers", "sis", "ness")
    )
