"""Whether a company is the subject of a story that names it: is it what the story is about?

Takes a story, the company's names and the mention that `companies` found; gives the mention with
`about` decided by a fitted classifier. A story is about a company that acts in it or to which
something is done; not about the platform, the shop, the sponsor, the make of a car, the source of
a figure, or one of several. Besides the words of headline and lead the classifier reads where the
name is and how sure it is meant.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.records import About, Mention, Story
from pipeline.relevance import classifier, companies
from pipeline.relevance.headlines import COMPANY, LEAD_LETTERS, Features, features, masked
from pipeline.relevance.usefulness import of_log_odds
from pipeline.text.sentences import first_sentence

# ------------------------------------------------------------ every number, and where it is from
# Steps of the features: coarse, so that each is seen often in fitting.
MOST_TIMES = 3  # no border test: the classifier was fitted with it
SURER, SUREST = 0.95, 0.99  # no border test: the same
MOST_WORDS = 6  # before the name, counted one by one; no border test: the same

# Words of a text before the name that is its subject: "The bakers of", "HUSUM -". Of well-known
# companies 18 of 32 texts that began so were about it; so it is asked of the others alone.
MOST_BEFORE = 2

_OF_IT = re.compile(r"['’]s?\s")  # the subject is something of the company's, or somebody


def decided(story: Story, names: companies.Names, mention: Mention) -> Mention:
    """Return the mention with how likely the company is the subject, as the classifier sees it.

    What is not meant stays as it is; the company's own news are about it. The likelihood is 1/2
    where the line between "about" and "mentioned" was drawn.
    """
    if mention.about == "none":
        return mention
    if mention.words == companies.OWN_NEWS:
        return replace(mention, subject=1.0)
    model = classifier.load("subject")
    odds = model.log_odds(features_of(story, names, mention))["about"] - model.limits["about"]
    about: About = "about" if odds >= 0 else "mentioned"
    return replace(mention, about=about, subject=of_log_odds(odds))


def opens(text: str, names: companies.Names) -> bool:
    """Return whether a name is the subject of a text's first sentence: it begins with it.

    The headline of a town's paper says "Bakery in Yate to close", and the text whose.
    """
    first = first_sentence(text)
    found = next(iter(names.any_name.findall(first)), None)
    if found is None or len(first[: found.begin].split()) > MOST_BEFORE:
        return False
    return not _OF_IT.match(first, found.end)


def features_of(story: Story, names: companies.Names, mention: Mention) -> Features:
    """Return what the classifier reads."""
    found = features(story.lead.title, story.lead.text, names.any_name)
    return {**found, "place": _place(story, names, mention)}


def _place(story: Story, names: companies.Names, mention: Mention) -> list[str]:
    title, text, name = story.lead.title, story.lead.text, names.any_name
    trust = max((one.trust for one in names.names), default=0.0)
    known = (trust >= companies.FULL_FORM, trust >= companies.UNUSUAL, trust > 0)
    times = min(MOST_TIMES, len(name.findall(f"{title} {text[: companies.LONGEST_TEXT]}")))
    words = masked(title, name).split()
    found = [
        f"p:about {mention.about}",
        f"p:sure {int(mention.confidence * 10)}",
        f"p:surer {mention.confidence > SURER} {mention.confidence > SUREST}",
        f"p:trust {'-'.join(map(str, known))}",
        f"p:times {times}",
        f"p:title {COMPANY in words}",
    ]
    if COMPANY in words:
        at = words.index(COMPANY)
        found += [f"p:before {min(at, MOST_WORDS)}", f"p:quarter {4 * at // len(words)}"]
    if text.strip():
        found.append(f"p:lead {name.is_in(text[:LEAD_LETTERS])}")
        found.append(f"p:later {name.is_in(text[LEAD_LETTERS:])}")
    else:
        found.append("p:no text")
    return found
