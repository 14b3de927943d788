"""What kind of news a story is, with the words that decided; the sensitive kinds first of all.

Takes a story; gives events. The words are general English news language (and a few of the
commonest in German, French and Spanish); a word after "averts", "no" or "denies" does not count.
Whether bad news is bad news *about this company* is `strikes`, which looks at where its name is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.records import Event, Story


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    sensitive: bool
    words: re.Pattern[str]


def _kind(name: str, words: str, *, sensitive: bool = False) -> _Kind:
    return _Kind(name, sensitive, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))


_STAFF = r"(?:jobs?|staff|workers?|employees?|positions?|posts|workforce|headcount|people|pilots?)"
_GAP = r"(?:\W+\w+){0,5}?\W+"

KINDS: tuple[_Kind, ...] = (
    _kind(
        "layoffs",
        rf"lay-?offs?|lay(?:s|ing)? off|laid off|redundanc(?:y|ies)|job (?:cuts?|losses)|"
        rf"furloughs?|furloughed|pink slips|downsiz\w+|"
        rf"(?:cuts?|cutting|slash\w*|shed\w*|axe[sd]?|axing|eliminat\w+|trim\w*){_GAP}{_STAFF}|"
        rf"{_STAFF} (?:cuts?|reductions?)|plant closures?|clos(?:es?|ing|ure of) (?:its |the |a )?"
        r"(?:\w+ )?(?:plant|factory|site|office|store|shop)s?|Stellenabbau|Entlassungen|"
        r"licenciements?|suppressions? d'emplois|despidos",
        sensitive=True,
    ),
    _kind(
        "death",
        r"dies|died|dead|deaths?|killed|kills|fatal(?:ly|ity|ities)?|obituary|passes away|"
        r"passed away|mourns?|funeral|suicide|murder\w*|gestorben|décès|fallec\w+",
        sensitive=True,
    ),
    _kind(
        "accident",
        r"accidents?|crash(?:e[sd])?|explosions?|explodes?|exploded|blaze|derail\w*|collision|"
        r"injur(?:ed|ies|es)|spills?|collaps(?:e[sd]?|ing)|catches fire|caught fire|unfall|"
        r"accidente",
        sensitive=True,
    ),
    _kind(
        "lawsuit",
        r"lawsuits?|sues|sued|suing|sue|litigation|class[- ]action|in court|antitrust|"
        r"(?:court|judge|jury) (?:\w+ ){0,3}(?:orders?|rules?|rul(?:ed|ing)|finds|found|fines?)|"
        r"infring\w+|damages|settles? (?:\w+ ){0,4}(?:suit|case|claims?|charges)|legal battle|"
        r"plaintiffs?|accus(?:es|ed)|klage|verklagt|procès|demanda judicial",
        sensitive=True,
    ),
    _kind(
        "breach",
        r"(?:data|security|privacy) (?:breach(?:es)?|leaks?|flaws?|holes?|vulnerabilit\w+)|hack"
        r"(?:ed|ers?|ing)?|vulnerabilit\w+|ransomware|stolen data|worms?|viruse?s?|exploits?|"
        r"phishing|critical flaws?|security hole|unpatched|datenleck|piratage",
        sensitive=True,
    ),
    _kind(
        "recall",
        r"recalls?|recalled|recalling|defects?|defective|safety warning|withdrawn from sale|"
        r"rückruf|rappel de produits?",
        sensitive=True,
    ),
    _kind(
        "investigation",
        r"investigat\w+|probes?|probed|inquir(?:y|ies)|raid(?:s|ed)?|scandals?|fraud\w*|brib\w+|"
        r"corruption|indict\w*|subpoena\w*|SEC charges|regulators? (?:\w+ ){0,2}(?:fine|charge)\w*|"
        r"fined|charged with|convicted|guilty|whistleblowers?|cartel|price[- ]fixing|misconduct|"
        r"doping|allegations?|alleged|ermittl\w+|enquête",
        sensitive=True,
    ),
    _kind(
        "bankruptcy",
        r"bankrupt(?:cy)?|insolven\w+|chapter 11|administration|liquidat\w+|creditors?|"
        r"default(?:s|ed)? on|faillite|quiebra",
        sensitive=True,
    ),
    _kind(
        "strike",
        r"(?:on|goes? on|threaten\w*) strike|strikers?|walk-?outs?|lock-?outs?|work stoppage|"
        r"strikes? (?:vote|threat|over|at|by)|grève|huelga",
        sensitive=True,
    ),
    _kind("outage", r"outages?|goes down|went down|offline|disruptions?", sensitive=True),
    _kind(
        "bad results",
        r"profit warnings?|warns? (?:\w+ ){0,3}(?:profit|sales|earnings|revenue|results)|"
        r"(?:profits?|sales|earnings|revenues?|shares?|stock|results|income|orders|traffic|"
        r"margins?) (?:\w+ ){0,3}(?:fall|fell|falls|drop(?:s|ped)?|plung\w+|tumbl\w+|slump\w*|"
        r"slid(?:e|es)?|sank|sink\w*|declin\w+|shrink\w*|shrank|decreas\w+|down)|"
        r"(?:loss|losses|lost money|net loss|in the red|misses? (?:\w+ ){0,3}(?:estimates|"
        r"expectations|forecasts|targets?))|(?:falls|drops?|plunges|tumbles|slumps) "
        r"(?:\w+ ){0,3}(?:profit|sales)|(?:cuts?|lowers?) (?:its )?(?:\w+ )?(?:forecast|outlook|"
        r"guidance)|disappoint\w*|downgrad\w+|writedowns?|write-offs?|struggling|troubled|ailing",
        sensitive=True,
    ),
    _kind(
        "departure",
        r"(?:CEO|chief executive|chairman|president|founder|director) (?:\w+ ){0,4}(?:resigns?|"
        r"resigned|quits?|ousted|fired|steps? down|sacked|leaves)|(?:ousts?|sacks?|fires) (?:\w+ )"
        r"{0,4}(?:CEO|chief|chairman|president|manager)",
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

# Words before a bad one that turn it round, up to four words away; "no" and "denies" with them.
_TURNED = re.compile(
    r"\b(?:averts?|averted|avoids?|avoided|no|not|without|denies|denied|rules? out|ruled out|ends?|"
    r"ended|cleared of|clears|acquitted of|drops?|dropped|dismiss(?:es|ed)|rejects?|settled|"
    r"survives?|escapes?|recovers? from|despite|instead of|prevents?|protects? against|fights?|"
    r"anti|help(?:s|ed)? (?:stop|prevent)|calls? off|called off)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_TURNED_AFTER = re.compile(
    r"^\W+(?:\w+\W+){0,2}(?:averted|avoided|called off|ends|ended|lifted|dismissed|dropped|"
    r"resolved|suspended|cancelled|denied|fixed|over|rejected|protection|software|prevention)\b",
    re.IGNORECASE,
)
# Sayings in which a bad word is none.
_HARMLESS = re.compile(
    r"\b(?:killer app\w*|to die for|dead heat|deadline|strikes? (?:a )?(?:deal|gold|chord)|"
    r"crash course|market crash course|death of distance|recall(?:s|ed)? (?:how|that|his|her|the "
    r"day)|stock offering|oil prices? (?:fall|fell|drop)\w*)\b",
    re.IGNORECASE,
)
NEAR_LETTERS = 140  # between a company's name and the bad word, in the same sentence
MOST_TEXT = 1_500  # characters: what a story is about stands at its beginning


def find(story: Story) -> tuple[Event, ...]:
    """Return the kinds of news that a story is, the sensitive ones first."""
    text = _text_of(story)
    found = ((kind, _hits(kind, text)) for kind in KINDS)
    return tuple(
        Event(kind.name, kind.sensitive, tuple(dict.fromkeys(m.group().casefold() for m in hits)))
        for kind, hits in found
        if hits
    )


def strikes(story: Story, names: re.Pattern[str]) -> bool:
    """Tell whether bad news in a story is about the one that `names` finds.

    It is where the name and the bad word stand in the same sentence, near to each other.
    """
    text = _text_of(story)
    sensitive = (kind for kind in KINDS if kind.sensitive)
    hits = [hit for kind in sensitive for hit in _hits(kind, text)]
    if not hits:
        return False
    places = [
        f.span()
        for f in names.finditer(text)
        if not _AS_A_PLACE.search(text[max(0, f.start() - 8) : f.start()])
    ]
    return any(
        _is_near(text, hit.span(), place) and not _is_doing(text, hit.span(), place)
        for hit in hits
        for place in places
    )


# "sentenced for a post on Facebook": where it happened, not to whom.
_AS_A_PLACE = re.compile(r"\b(?:on|via|using) $", re.IGNORECASE)
# "Amazon sues counterfeiters": who does such a thing is not the one to whom it is done.
_DOING = re.compile(
    r"^\W{1,3}(?:to |has |is |will )?(?:su(?:es?|ed|ing)|fights?|accuses|probes?)\b"
)


def _is_doing(text: str, hit: tuple[int, int], place: tuple[int, int]) -> bool:
    return place[1] <= hit[0] and bool(_DOING.match(text[place[1] : hit[1]]))


def _is_near(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    begin, end = min(one[1], other[1]), max(one[0], other[0])
    between = text[begin:end]
    return len(between) <= NEAR_LETTERS and not re.search(r"[.!?]\s+[A-Z]|\n", between)


def _hits(kind: _Kind, text: str) -> list[re.Match[str]]:
    hits = list(kind.words.finditer(text))
    if not kind.sensitive:
        return hits
    return [hit for hit in hits if not _is_turned(text, hit)]


def _is_turned(text: str, hit: re.Match[str]) -> bool:
    before = text[max(0, hit.start() - 50) : hit.start()]
    before = re.split(r"[.;!?\n]", before)[-1]
    after = text[hit.end() : hit.end() + 40]
    around = text[max(0, hit.start() - 20) : hit.end() + 20]
    return bool(_TURNED.search(before) or _TURNED_AFTER.search(after) or _HARMLESS.search(around))


def _text_of(story: Story) -> str:
    return f"{story.lead.title}.\n{story.lead.text[:MOST_TEXT]}"
