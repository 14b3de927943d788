"""Whether a story about a company could be cited in a friendly message to somebody there.

Takes a story about a company and a pattern of its names; gives a `Verdict`. The odds are those of a
fitted classifier:

    good       log P(good) - log (P(bad) + P(unsure)): above its line, a message may cite it
    bad        log P(bad) - log (P(good) + P(neutral)): above its line, it holds messages back
    harmless   log (P(good) + P(neutral)) - log (P(bad) + P(unsure)): a contribution may cite it

What reaches no line is unsure, and so is what the model cannot read: another language, a headline
of which it knows too few words, one that is a whole text. The lines are in the model's file, drawn
where 3 % of bad and doubtful stories of companies that it had not seen would come in as good
(`tests/training`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pipeline.records import Event, Mention, Story, Tone, Verdict
from pipeline.relevance import classifier, news_kinds
from pipeline.relevance.headlines import features
from pipeline.relevance.terms import language_of
from pipeline.text.name_spellings import AnyOf

# ------------------------------------------------------------ every number, and where it is from
LEAST_KNOWN = 0.5  # of a headline's words: below are other languages, and headlines of one name

# Of what hobbies' and topics' feeds brought in seven invented seasons eleven bad stories that met
# a line had .8 to 2.7, and all but two others less; what is left are words in `suitability`.
SOUNDS_BAD = 0.75  # log-odds of bad against good and neutral

# Of the company's own feeds, without its name, on what was talked about: below it was a delay,
# above it a rule that they had waited for. By judgement.
DOUBTFUL_ON_NOTES = -0.3  # log-odds of good and neutral against bad and unsure; 0 for the rest

# Of 60 stories of eight invented seasons with an interviewer's name 35 had more: 31 good news of
# theirs, and four of others of that name; below were ten good ones, and all 14 that were bad.
SOUNDS_FINE = 0.2  # log-odds of good and neutral against bad and unsure

# Added to the odds of good, and taken from those of bad, where a story is on the very thing that
# was talked about. Of 45 such stories in five invented seasons 39 were welcome, of labelled ones
# one of three is: in log-odds that is 2.5 more, of which less than half is used. That it holds for
# what the candidate noted to offer, too, is judgement.
ON_NOTES = 1.0

LONGEST_HEADLINE = 400  # characters; of 2,726 labelled headlines the longest has 274

LANGUAGES = frozenset(("", "german", "french", "spanish"))  # "" is English, or too short to tell


# The kinds of news: as the labels call them, and as the candidate reads them.
_GOOD = {
    "launch": "launch",
    "award": "award",
    "order": "order",
    "opening": "opening",
    "investment": "investment",
    "hiring": "hiring",
    "partnership": "partnership",
    "results-good": "good results",
    "acquisition": "acquisition",
    "people-good": "people",
    "csr": "social engagement",
    "praise": "praise",
    "agreement-reached": "agreement",
}
_BAD = {
    "hiring-freeze": "hiring freeze",
    "layoffs": "layoffs",
    "closure": "closure",
    "cost-cutting": "cost cutting",
    "reorganisation": "reorganisation",
    "taken-over": "takeover",
    "leader-leaves": "leader leaves",
    "death": "death",
    "accident": "accident",
    "crime": "crime",
    "lawsuit": "lawsuit",
    "investigation": "investigation",
    "breach": "breach",
    "recall": "recall",
    "outage": "outage",
    "strike": "strike",
    "results-bad": "bad results",
    "share-fall": "share fall",
    "scandal": "scandal",
    "criticism": "criticism",
    "boycott": "boycott",
    "politics": "politics",
    "product-failure": "product failure",
    "delay": "delay",
    "lost-contract": "lost contract",
    "bankruptcy": "bankruptcy",
    "warning": "warning",
    "rumour": "rumour",
}
_PLAIN = {
    "product": "product",
    "review": "review",
    "market": "market",
    "interview": "interview",
    "industry": "industry",
    "deal-of-the-day": "shop deal",
    "other": "other",
}
KINDS: Mapping[str, str] = {**_GOOD, **_BAD, **_PLAIN}
_POSSIBLE: Mapping[str, frozenset[str]] = {
    "good": frozenset(_GOOD.values()),
    "neutral": frozenset({**_PLAIN, **_GOOD}.values()),
    "bad": frozenset(_BAD.values()),
    "unsure": frozenset(KINDS.values()),
}


def judge(
    story: Story,
    events: tuple[Event, ...],
    mention: Mention,
    names: AnyOf,
    *,
    is_on_notes: bool = False,
) -> Verdict:
    """Return the verdict on a story about the company that `names` finds.

    With `is_on_notes` it is on the very thing that was talked about, or that the candidate noted to
    offer, which is more often good.
    The model reads headline and lead, the lists (`news_kinds`) the text as well and who is struck.
    """
    title, text = story.lead.title, story.lead.text
    model = classifier.load("verdict")
    found = features(title, text, names)
    log_odds = model.log_odds(found)
    known = odds(log_odds)
    if is_on_notes:
        known = {
            name: value - ON_NOTES if name == "bad" else value + ON_NOTES
            for name, value in known.items()
        }
    tone = tone_of(known, model.limits)
    if model.share_known(found) < LEAST_KNOWN or language_of(f"{title} {text}") not in LANGUAGES:
        tone = "unsure"
    if len(title) > LONGEST_HEADLINE and tone != "bad":
        tone = "unsure"  # a whole text, of which a few words decide nothing
    struck = news_kinds.affects(story, events, mention, names)
    tone = _sharpened(tone, struck=struck, bad_words=news_kinds.is_sensitive(title))
    towards = "bad" if tone == "bad" or (tone == "unsure" and known["bad"] > 0) else "good"
    against = "good" if towards == "bad" else "bad"
    kind = kind_of(classifier.load("kind").log_odds(found), tone)
    return Verdict(tone, kind, round(known["good"], 3), model.words_for(found, towards, against))


def sounds_bad(story: Story, names: AnyOf, *, doubtful: float) -> bool:
    """Return whether a story about no company sounds bad: a theft, a death in somebody's hobby.

    What has less than `doubtful` as the log-odds of good and neutral against the rest, does, too.
    """
    title, text = story.lead.title, story.lead.text
    if language_of(f"{title} {text}") not in LANGUAGES:
        return False
    model = classifier.load("verdict")
    found = odds(model.log_odds(features(title, text, names)))
    return found["bad"] >= SOUNDS_BAD or found["harmless"] < doubtful


def sounds_fine(story: Story, names: AnyOf) -> bool:
    """Return whether a story is rather good or neutral than bad or unsure, by some distance."""
    title, text = story.lead.title, story.lead.text
    if language_of(f"{title} {text}") not in LANGUAGES:
        return False
    log_odds = classifier.load("verdict").log_odds(features(title, text, names))
    return odds(log_odds)["harmless"] >= SOUNDS_FINE


def _sharpened(tone: Tone, *, struck: bool, bad_words: bool) -> Tone:
    """Return the tone after the lists had their say: 71 % of the bad are found instead of 69 %.

    Bad news of the company in the lists' words makes what seemed good unsure, and what was unsure
    bad. Where their words are in the headline but strike another, bad is unsure: "as its rival goes
    bust". A bad word further down takes nothing from a headline that is bad by itself.
    """
    if struck:
        return "unsure" if tone in ("good", "neutral") else "bad"
    return "unsure" if tone == "bad" and bad_words else tone


def kind_of(log_odds: Mapping[str, float], tone: str) -> str:
    """Return the likeliest kind of news among those that a story of that tone may be."""
    return max(sorted(_POSSIBLE[tone]), key=lambda kind: log_odds[kind])


def odds(log_odds: Mapping[str, float]) -> dict[str, float]:
    """Return the odds on which the lines are drawn, of the log-odds of each tone."""
    chance = {tone: 1 / (1 + math.exp(-value)) for tone, value in log_odds.items()}
    doubtful, fine = chance["bad"] + chance["unsure"], chance["good"] + chance["neutral"]
    return {
        "good": math.log(chance["good"]) - math.log(doubtful),
        "bad": math.log(chance["bad"]) - math.log(fine),
        "harmless": math.log(fine) - math.log(doubtful),
    }


def tone_of(odds: Mapping[str, float], limits: Mapping[str, float]) -> Tone:
    """Return which line is reached: bad before good, good before neutral."""
    if odds["bad"] >= limits["bad"]:
        return "bad"
    if odds["good"] >= limits["good"]:
        return "good"
    return "neutral" if odds["harmless"] >= limits["harmless"] else "unsure"
