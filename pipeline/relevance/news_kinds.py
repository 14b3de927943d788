"""What kind of news a story is, with the words that decided; the sensitive kinds first of all.

Takes a story; gives events. The words are general English news language (and a few of the
commonest in German, French and Spanish); a word after "averts", "no" or "denies" does not count.
Whether it is bad news *about this company* is for `affects`, which looks at where its name is. It
would rather hold back one cheerful message too many than send one into bad news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.records import Event, Mention, Story
from pipeline.records.record import dataclass
from pipeline.relevance.beginnings import Finder
from pipeline.text import sentences
from pipeline.text.headlines import is_title_case
from pipeline.text.name_spellings import AnyOf
from pipeline.text.patterns import compiled_later


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    sensitive: bool
    words: re.Pattern[str]
    subject_only: bool  # it is bad news only for the one it happens to: "Palm's rival cuts jobs"
    letters: str  # in all of its words that may begin with any letter, as a `Finder` takes them


def _kind(
    name: str,
    words: str,
    *,
    sensitive: bool = False,
    subject_only: bool = False,
    letters: str = "",
) -> _Kind:
    pattern = compiled_later(rf"\b(?:{words})\b", re.IGNORECASE)
    return _Kind(name, sensitive, pattern, subject_only, letters)


_STAFF = r"(?:jobs?|staff|workers?|employees?|positions?|posts|workforce|headcount|pilots?)"
_GAP = r"(?:\W+\w+){0,5}?\W+"
_FEW = r"(?:\w+ ){0,3}"
_FALL = (
    r"(?:fall(?:s|ing|en)?|fell|drop(?:s|ped|ping)?|plung\w+|tumbl\w+|slump\w*|slid(?:e|es|ing)?|"
    r"slip(?:s|ped|ping)?|sank|sinks?|sinking|declin\w+|shrink\w*|shrank|decreas\w+|down|weaken\w*|"
    r"slow(?:s|ed|ing)?|dips?|dipped|sags?|sagged|eas(?:es|ed)|crash\w*|nosediv\w+|halv\w+)"
)
_FIGURE = (
    r"(?:profits?|sales|earnings|revenues?|shares?|stock|results|income|orders|traffic|margins?|"
    r"growth|subscribers?|attendance|bookings|market share)"
)

KINDS: tuple[_Kind, ...] = (
    _kind(
        "layoffs",
        r"lay-?offs?|lay(?:s|ing)? off|laid off|redundanc(?:y|ies)|job (?:cuts?|losses)|"
        r"furloughs?|furloughed|pink slips|downsiz\w+|"
        rf"(?:cuts?|cutting|slash\w*|shed\w*|axe[sd]?|axing|eliminat\w+|trim\w*){_GAP}{_STAFF}|"
        rf"{_STAFF} (?:cuts?|reductions?)|plant closures?|(?:clos(?:es?|ing|ure of)|shuts?|"
        r"shutting) (?:its |the |a |down )*(?:\w+ )?(?:plant|factory|site|office|store|shop|branch)"
        r"(?:s|es)?|Stellenabbau|Entlassungen|licenciements?|suppressions? d['’]emplois|despidos|"
        r"(?:colleagues|employees|staff)(?: \w+){0,8} (?:explore what|leave us|new adventures?)",
        sensitive=True,
        subject_only=True,
    ),
    _kind(
        "death",
        r"dies|died|dead|deaths?|killed|kills|fatal(?:ly|ity|ities)?|obituary|passes away|"
        r"passed away|mourns?|mourning|funeral|suicide|murder\w*|gestorben|stirbt|"
        r"lost (?:his|her|their) (?:life|lives)|ums leben|perdu la vie|perdió la vida|"
        r"tödlich\w*|getötet\w*|beerdigung|beigesetzt|obsèques|funérailles|funeral(?:es)?|tuée?s?|décès|décédée?s?|mortel(?:le)?s?|meurt|meurent|fallec\w+|muere[n]?|mortal",
        sensitive=True,
    ),
    _kind(
        "accident",
        r"accidents?(?! (?:cover|insurance|prevention|free|protection))|crash(?:e[sd])?|"
        r"explosions?|explodes?|exploded|blaze|derail\w*|collision|"
        r"injur(?:ed|ies|es)|spills?|collaps(?:e[sd]?|ing)|catch(?:es)? fire|caught fire|diverted|"
        r"emergency landing|evacuat\w+|\w*unfall|verletzt\w*|verunglückt\w*|verbrüht\w*|scalded|"
        r"incendie|blessée?s?|écrasée?s?|accidente|incendio|heridos?|heridas?",
        sensitive=True,
        letters="unfall",
    ),
    _kind("attack", r"bomb\w*|firebomb\w*|terror\w*|hijack\w*|shootings?", sensitive=True),
    _kind(
        "lawsuit",
        r"lawsuits?|sues|sued|suing|litigation|class[- ]action|(?:copyright|patent|trademark|"
        r"shareholder|antitrust|legal) (?:suits?|disputes?|battles?|fights?|cases?)|(?:files?|"
        rf"filed) {_FEW}suits?|(?:in|tells?|told|to|goes to|takes? to|before (?:the|a)) "
        r"court|courtroom|"
        r"testif\w+|testimon\w+|on trial|trial (?:over|of|is|opens|begins|starts|hears)|"
        r"stands? trial|infring\w+|sued for damages|criminal damage|settles? (?:\w+ ){0,4}(?:suit|"
        r"case|claims?|charges)|plaintiffs?|accus(?:es|ed|ations?)|rul(?:es|ed) against|injunction|"
        r"klage|verklagt|procès|demanda judicial",
        sensitive=True,
    ),
    _kind(
        "breach",
        r"leak(?:s|ed) (?:on(?:line)?|to|onto)|leaked|pirated (?:cop|version)\w*|"
        r"(?:data|security|privacy) (?:breach(?:es)?|leaks?|flaws?|holes?|vulnerabilit\w+|risks?|"
        r"concerns?|fears?|worr\w+|problems?|scares?|threats?)|(?:poses?|posing) (?:\w+ )?risks?|"
        r"hack(?:ed|ers?|ing)|vulnerabilit\w+|ransomware|stolen data|(?:computer )?(?:worms?|"
        r"virus(?:es)?)|phishing|(?:critical|serious) flaws?|unpatched|datenleck|piratage",
        sensitive=True,
    ),
    _kind(
        "recall",
        r"recalls?|recalled|recalling|defects?|defective|faulty|safety warning|withdrawn from sale|"
        r"rückruf|rappel de produits?",
        sensitive=True,
    ),
    _kind(
        "investigation",
        r"investigat\w+|probes?|probed|inquir(?:y|ies)|police raids?|offices raided|scandals?|"
        r"fraud\w*|brib\w+|corruption|indict\w*|subpoena\w*|SEC charges|"
        r"(?:fine[sd]?|fining)(?= (?:of|for|over|by|\$|£|€))|(?:pays?|paid|agreed to) (?:\S+ ){0,3}"
        r"fines?|(?:record|huge|heavy|million) fine|charged(?: with)?|faces? charges|convicted|"
        r"guilty|whistleblowers?|cartel|price[- ]fixing|misconduct|doping|steroids?|allegations?|"
        r"banned (?:for|from|after)|suspended (?:for|from|after)|conspir\w+|sentenced|jail(?:ed)?|"
        r"prison|embezzl\w+|insider trading|over-?charg\w+|deceptive|misleading|misled|"
        r"anti-?competitive|bugging|(?:drug|dope) tests?|(?:used|took|banned|illegal) drugs?|"
        r"(?:\w+ )?suspension(?: \w+){0,2} (?:appeal|upheld|extended)\w*|"
        r"tests? positive|tested positive|"
        r"alleged|alleges|alleging|violat\w+|"
        r"regulators? (?:\w+ ){0,2}(?:fine|charge|object|block)\w*|regulatory (?:eyebrows|"
        r"concerns?|problems?|hurdles?|scrutiny)|ermittl\w+|enquête",
        sensitive=True,
        letters="suspension",
    ),
    _kind(
        "bankruptcy",
        r"bankrupt(?:cy)?|insolven\w+|chapter 11|in(?:to)? administration|liquidat\w+|"
        r"default(?:s|ed)? on|faillite|quiebra",
        sensitive=True,
        subject_only=True,
    ),
    _kind(
        "strike",
        r"(?:on|goes? on|threaten\w*) strike|walk-?outs?|lock-?outs?|work stoppage|"
        r"strikes? (?:vote|threat|over|looms?|hits?|continues?|action)|"
        r"(?:workers?|pilots?|union|staff|crews?)['’]? strikes?|grève|huelga",
        sensitive=True,
    ),
    _kind(
        "outage",
        r"outages?|goes down|went down|knocked offline|disrupt(?:s|ed|ions?)",
        sensitive=True,
    ),
    _kind(
        "bad results",
        r"profit warnings?|warn(?:s|ed|ing)? (?:\w+ ){0,6}(?:profit|sales|earnings|revenue|results|"
        rf"growth)|{_FIGURE} (?:prospects? |price )?(?:{_FEW}){_FALL}|"
        rf"(?:loss|losses|lost money|in the red|misses? {_FEW}(?:estimates|expectations|forecasts|"
        rf"targets?))|below (?:\w+ )?(?:expectations|forecasts?|estimates)|{_FALL} {_FEW}(?:profit|"
        r"sales|shares)|(?:cuts?|lowers?|lowered) (?:its )?(?:\w+ )?(?:forecast|outlook|guidance)|"
        r"disappoint\w*|downgrad\w+|write-?downs?|write-?offs?|struggling|troubled|ailing|woes|"
        r"slowdown|Gewinnwarnung|Verlust|pertes",
        sensitive=True,
        subject_only=True,
    ),
    _kind(
        "departure",
        r"(?:CEO|chief executive|chairman|president|founder|director)s? (?:\w+ ){0,4}(?:resigns?|"
        r"resigned|quits?|ousted|fired|steps? down|sacked|leaves)|(?:ousts?|sacks?|fires) (?:\w+ )"
        r"{0,4}(?:CEO|chief|chairman|president|manager)|wants? (?:\w+ )?out|ouster|"
        r"(?:executives?|managers?|bosses|heads?|officers?|engineers?) (?:\w+ ){0,3}"
        r"(?:resign(?:s|ed)?|quit|leave|left|depart(?:s|ed)?|step down)|resignations?|exodus",
        sensitive=True,
        subject_only=True,
    ),
    _kind(
        "controversy",
        r"controvers\w+|feuds?|dust-?ups?|disputes?|disgruntled|backlash|outrage\w*|outcry|furore?|"
        r"furious|angry|anger|protests?|boycott\w*|criticis\w+|criticiz\w+|critics|under fire|"
        r"(?:defends?|defended|defending) (?:\w+ ){0,2}(?:tenure|record|pay|policy|decision|"
        r"handling|himself|herself|itself)|bias|foes|embattled|beleaguered|racis[mt]\w*|brawl|"
        r"crisis|turmoil|under attack|launch(?:es|ed|ing)? (?:an )?attacks? on|attacks on|hobbled|"
        r"stifl\w+|(?:go(?:es)?|went) bust|(?:fell|falls?) through|"
        r"set(?:s|ting)?[- ]?backs?|set (?:it |them )?back|blow to|hurts?|halted|"
        r"balks?|balked|slam(?:s|med)?|blasts? (?=\w)|complaints?|complain(?:s|ed)?|"
        r"delay(?:s|ed) (?:\w+ ){0,3}(?:launch|release|delivery|shipments?|product|plane|game)|"
        r"shortages?|glitch(?:es)?|botched|flop(?:s|ped)?|snub(?:s|bed)?|(?:terminat|abandon|scrap|cancel|suspend)"
        r"\w* (?:\w+ ){0,2}(?:talks|deal|plans?|merger|project|contract|launch)|(?:talks|deal|"
        r"merger|takeover) (?:collaps\w+|fails?|failed|ends?|break down|falls? through)|rules? out "
        rf"{_FEW}(?:deal|merger|talks)|loses {_FEW}(?:contract|customer|deal|case|appeal|suit)",
        sensitive=True,
    ),
    _kind("launch", r"launch\w*|unveil\w*|introduc\w+|rolls? out|releas(?:es?|ed)|debuts?|lance"),
    _kind("funding", r"funding|raises? (?:\w+ ){0,3}million|venture|invest(?:s|ed|ment)|IPO"),
    _kind(
        "acquisition",
        r"acqui(?:res?|red|ring|sitions?)|takeover|merg(?:e|es|er|ers|ed|ing)|buys|bought|bids?|"
        r"to buy|agrees to buy|übernahme|rachat|adquiere",
    ),
    _kind(
        "leadership",
        r"(?:names|named|appoints?|appointed|hires|promotes?|promoted) (?:\w+ ){0,5}(?:CEO|chief|"
        r"president|chairman|head|director|manager|officer)|new (?:CEO|chief executive|president)",
    ),
    _kind("hiring", rf"hiring|recruit\w*|(?:creat\w+|add\w*|take on){_GAP}{_STAFF}|new jobs"),
    _kind(
        "expansion",
        r"expan(?:ds?|ded|ding|sion)|opens?|opening|new (?:plant|factory|terminal|office|store|"
        r"headquarters|route|region)s?|enters? (?:\w+ )?market",
    ),
    _kind("partnership", r"partner(?:s|ed|ship|ships)?|teams? up|joint venture|alliance|deal with"),
    _kind("award", r"awards?|awarded|wins? (?:\w+ ){0,3}(?:prize|contract|order)|honou?red"),
    _kind(
        "results",
        r"quarterly|earnings|profits?|revenues?|results|sales (?:rise|rose|jump|grow|grew)\w*",
    ),
    _kind("price", r"price (?:cut|increase|rise)s?|cuts? prices?|raises? prices?"),
)

# Words before a bad one that turn it round, up to three words away; "no" and "denies" with them.
_NEGATED = compiled_later(
    r"\b(?:averts?|averted|avoids?|avoided|no|not|without|denies|denied|rules? out|ruled out|ends?|"
    r"ended|cleared of|clears|acquitted of|drops?|dropped|dismiss(?:es|ed)|rejects?|settled|"
    r"survives?|escapes?|recovers? from|despite|instead of|prevents?|protects? against|fights?|"
    r"anti|help(?:s|ed)? (?:stop|prevent)|calls? off|called off|wins?|won|victory in|reverses?|"
    r"kein|keine|pas de|sin)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
# A company that fights to avoid bankruptcy, or thrives despite a scandal, has the trouble still.
_LASTING = ("bankruptcy", "investigation")
_STILL_THERE = compiled_later(
    r"\b(?:avoid(?:s|ed)?|despite|fights?|survives?|escapes?)\W+(?:\w+\W+){0,3}$", re.IGNORECASE
)
_NEGATED_AFTER = compiled_later(
    r"^\W+(?:\w+\W+){0,2}(?:averted|avoided|called off|ends|ended|lifted|dismissed|dropped|"
    r"resolved|suspended|cancelled|denied|fixed|over(?=[.,;]|$)|rejected|protection|software|prevention|"
    r"victory|abates?|thrown out)\b",
    re.IGNORECASE,
)
_WON = compiled_later(
    r"\b(?:wins|won|victory|victories|prevails?|prevailed|cleared)\b", re.IGNORECASE
)
# Phrases in which a bad word is harmless.
_HARMLESS = compiled_later(
    r"\b(?:killer app\w*|to die for|dead (?:heat|end|in the water|line|ringer)|deadline|"
    r"batter(?:y|ies) (?:dies|died|dead)|strikes? (?:a )?(?:deal|gold|chord)|crash course|"
    r"recall(?:s|ed)? (?:how|that|his|her|the day|when)|stock offering|oil prices? (?:fall|fell|"
    r"drop)\w*|cost (?:down|cuts?)|prices? (?:fall|fell|drop\w*|down)|down (?:under|the line)|"
    r"(?:anti-?virus|death star|trial (?:version|period|offer|run)|free trial|clinical trial)\w*)",
    re.IGNORECASE,
)
NEAR_LETTERS = 160  # between a company's name and the bad word, in the same sentence
OPENING_LETTERS = 20  # from the title to the name that the text begins with; set by judgement
SUBJECT_LETTERS = 60  # before the bad word: whoever is named there is the one it happens to
# no border test: for speed; a story begins with what it is about
MOST_TEXT = 1_500  # characters
LONGEST_ACRONYM = 5  # capitals: RAID is no raid, SARS no disease of a company

_SUBJECT = compiled_later(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w&’'-]+|^[A-Z]\w*[a-z][A-Z]\w*")


def find(story: Story) -> tuple[Event, ...]:
    """Return the kinds of news in a story, the sensitive ones first."""
    return tuple(
        Event(kind.name, kind.sensitive, tuple(dict.fromkeys(m.group().casefold() for m in hits)))
        for kind, hits in _found(_text_of(story))
    )


def kinds_in(text: str) -> tuple[str, ...]:
    """Return the names of the kinds whose words are in a text."""
    return tuple(kind.name for kind, _ in _found(text))


def is_sensitive(text: str) -> bool:
    """Return whether the words of a sensitive kind are in a text."""
    return any(kind.sensitive for kind, _ in _found(text))


def affects(story: Story, found: tuple[Event, ...], mention: Mention, names: AnyOf) -> bool:
    """Return whether bad news in a story is about the company that `names` finds.

    It is where the bad word is in the title of a story about the company, or in one sentence
    with its name; and, for what happens to a single company, where nobody else is the subject. What
    the company itself tells of people who go is its own.
    """
    kinds = {event.kind for event in found if event.sensitive}
    if mention.about == "none" or not kinds:
        return False
    if mention.own and "layoffs" in kinds:  # of whom else does a company tell that?
        return True
    text = _text_of(story)
    return any(
        _concerns(text, hit.span(), kind, names, is_about=mention.about == "about")
        for kind in KINDS
        if kind.name in kinds
        for hit in _not_negated(kind, text, kind.words.finditer(text))
    )


def _concerns(
    text: str, hit: tuple[int, int], kind: _Kind, names: AnyOf, *, is_about: bool
) -> bool:
    begin, end = _sentence(text, hit)
    named = names.findall(text)
    places = [(one.begin, one.end) for one in named if begin <= one.begin and one.end <= end]
    near = any(max(one, hit[0]) - min(other, hit[1]) <= NEAR_LETTERS for one, other in places)
    in_title = begin == 0 and is_about
    if not near and not in_title:
        return False
    if in_title and not places and named and named[0].begin - end <= OPENING_LETTERS:
        return True  # "Bakery in Yate to close. Acme said": whose it is, is said at once
    return not (kind.subject_only and _is_of_another(text[begin : hit[0]], names))


def _sentence(text: str, hit: tuple[int, int]) -> tuple[int, int]:
    ends = list(sentences.ends(text))
    begin = max((end for end in ends if end <= hit[0]), default=0)
    return begin, min((end for end in ends if end >= hit[1]), default=len(text))


def _is_of_another(before: str, names: AnyOf) -> bool:
    """Return whether the last one named before the bad word is somebody else."""
    if before.strip() and is_title_case(before):
        return False
    nearby = before[-SUBJECT_LETTERS:]
    last = max((found.end for found in names.findall(before)), default=-1)
    others = [found.end() for found in _SUBJECT.finditer(before) if not names.is_in(found.group())]
    return max(others, default=-1) > max(last, len(before) - len(nearby))


@cache
def _finder() -> Finder:
    return Finder([kind.words for kind in KINDS], [kind.letters for kind in KINDS])


def _found(text: str) -> Iterator[tuple[_Kind, list[re.Match[str]]]]:
    """Yield the kinds of news in a text, each with the words that say so."""
    for kind, hits in zip(KINDS, _finder().find(text), strict=True):
        if kept := _not_negated(kind, text, hits):
            yield kind, kept


def _not_negated(kind: _Kind, text: str, hits: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    return [hit for hit in hits if not (kind.sensitive and _is_negated(kind, text, hit))]


def _is_negated(kind: _Kind, text: str, hit: re.Match[str]) -> bool:
    word = hit.group()
    if word.isupper() and len(word) <= LONGEST_ACRONYM and not text[: hit.start()].isupper():
        return True
    if kind.name == "lawsuit" and _WON.search(text[slice(*_sentence(text, hit.span()))]):
        return True
    before = re.split(r"[.;!?\n]", text[max(0, hit.start() - 50) : hit.start()])[-1]
    after = text[hit.end() : hit.end() + 40]
    around = text[max(0, hit.start() - 20) : hit.end() + 20]
    if kind.name in _LASTING and _STILL_THERE.search(before):
        return False
    return bool(_NEGATED.search(before) or _NEGATED_AFTER.search(after) or _HARMLESS.search(around))


def _text_of(story: Story) -> str:
    return f"{story.lead.title}.\n{story.lead.text[:MOST_TEXT]}"
