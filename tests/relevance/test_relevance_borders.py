"""The numbers that decide what fits, each at its border: every case states its number itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pipeline.records import (
    Company,
    CompanyProfile,
    Evidence,
    Feed,
    Feedback,
    Fit,
    Frequencies,
    LearnedWeight,
    Mention,
    NameUsage,
    Part,
    Preferences,
    RelevanceSettings,
    Term,
)
from pipeline.relevance import (
    clustering,
    companies,
    company_profiles,
    feedback,
    fingerprints,
    genre,
    headlines,
    meaning,
    model,
    news_kinds,
    reasons,
    refit,
    story_features,
    terms,
    usefulness,
    vectors,
    verdict,
)
from pipeline.relevance.freshness import aged
from tests.relevance.world import MERRIN, NOW, article, line, matcher, portrait_of, ranked, story

# ------------------------------------------------------------------------------------- companies

ZORBIX = Company("zorbix", "Zorbix", industry=("battery storage grid",))
FULL = Company("zorbix", "Zorbix Data", industry=("battery storage grid",))
USUAL = NameUsage("Zorbix", total=100)
ORDINARY = NameUsage("Zorbix", total=100, lower=5)
SHARED = NameUsage("Zorbix", total=100, other=41)


def log_odds(
    title: str,
    text: str,
    *,
    company: Company = ZORBIX,
    used: NameUsage = USUAL,
    words: str = "",
    listed: float = 0.0,
    raised: float = 0.0,
) -> float:
    """Return what speaks for the company; `raised` lifts what would be below 0 into view."""
    found = companies.find(
        companies.prepare(company, [used]),
        story(title, text),
        frozenset(terms.words_of(words)),
        listed=listed,
        own=False,
        likeness=lambda: raised,
    )
    assert found.about != "none"
    return math.log(found.confidence / (1 - found.confidence)) - raised


@pytest.mark.parametrize(
    ("title", "text", "options", "total"),
    [
        ("a note", "A word on Zorbix yesterday", {}, 1.6),
        ("a note on Zorbix", "", {}, 1.6 + 0.3),
        ("a note", "Zorbix yesterday", {"used": ORDINARY, "raised": 2}, -1.2),
        ("a note", "A word on Zorbix yesterday", {"used": ORDINARY, "raised": 2}, -1.2 + 0.8),
        ("a note", "A word on Zorbix yesterday", {"used": SHARED}, 0.2),
        ("a note", "A word on American yesterday", {"company": "American", "raised": 3}, -2.0),
        ("a note", "A word on ZBX yesterday", {"company": "ZBX"}, 1.5),
        ("a note", "A word on Zorbix Data", {"company": "Zorbix Data"}, 4.0),
        ("a note", "A word on Zorbix yesterday", {"listed": 1.0}, 1.6 + 1.0),
        ("New Hopes for Zorbix", "", {"used": ORDINARY, "raised": 3}, -1.2 + 0.3 - 1.0),
        ("a note", "It sold Sony, Zorbix and Matsushita", {}, 1.6 + 0.6),
        ("a note", "A word: Zorbix said so", {}, 1.6 + 1.6),
        ("a note", "A word on Zorbix Inc", {"raised": -2.5}, 1.6 + 3.0),
        ("a note", "At Manchester Zorbix yesterday", {"raised": 8}, 1.6 - 5.0 - 2.5),
        ("a note", "At Manchester Zorbix. Zorbix yesterday", {"raised": 3}, 1.6 - 2.5),
        ("a note", "It fell, according to Zorbix", {"raised": 6}, 1.6 - 6.0),
        ("a note", "A word on Zorbix", {"words": "battery"}, 1.6 + 1.2),
        (
            "a note",
            "A word on Zorbix",
            {"words": "battery storage grid", "raised": -2},
            1.6 + 2 * 1.2,
        ),
        ("a note", "A word on Zorbix", {"words": "profit"}, 1.6 + 0.35),
        ("a note", "A word on Zorbix", {"words": "profit share deal unit"}, 1.6 + 3 * 0.35),
        ("a note", "A word on Zorbix", {"words": "goal"}, 1.6 - 0.9),
        ("a note", "A word on Zorbix", {"words": "goal season coach", "raised": 2}, 1.6 - 1.8),
        ("a note", "A word on Zorbix Data", {"company": FULL, "words": "battery storage"}, 6.0),
    ],
)
def test_each_sign_of_a_company_has_its_weight(
    title: str, text: str, options: dict[str, Any], total: float
) -> None:
    """The words around a name add up to the log-odds that the company is meant."""
    company = options.pop("company", ZORBIX)
    company = Company("it", company) if isinstance(company, str) else company
    assert log_odds(title, text, company=company, **options) == pytest.approx(total, abs=0.03)


@pytest.mark.parametrize(
    ("used", "total"),
    [
        (NameUsage("Zorbix", total=100, lower=4), 1.6),
        (NameUsage("Zorbix", total=100, lower=5), -1.2),
        (NameUsage("Zorbix", total=100, other=40), 1.6),
        (NameUsage("Zorbix", total=100, other=41), 0.2),
    ],
)
def test_what_kind_of_word_a_name_is_depends_on_its_uses(used: NameUsage, total: float) -> None:
    """Above 4 in 100 in small letters a name is an ordinary word, above 40 in others a shared."""
    assert log_odds("a note", "Zorbix yesterday", used=used, raised=2) == pytest.approx(
        total, abs=0.01
    )


@pytest.mark.parametrize(("stories", "before"), [(1, ()), (2, ("vicente",))])
def test_a_longer_name_is_learnt_from_two_stories(stories: int, before: tuple[str, ...]) -> None:
    """One story may have a neighbour by chance."""
    usage = companies.Usage(ZORBIX)
    for _ in range(stories):
        usage.see("Then Vicente Zorbix spoke.")
    assert usage.counted()[0].before == before


@pytest.mark.parametrize(("place", "about"), [(118, "about"), (119, "mentioned")])
def test_a_story_is_about_what_it_names_in_120_characters(place: int, about: str) -> None:
    """A name farther down is named in passing."""
    names = companies.prepare(FULL, [])
    told = story("a note", f"{'a ' * (place // 2)}{' ' * (place % 2)}Zorbix Data")
    assert companies.find(names, told, frozenset(), listed=0.0, own=False).about == about


@pytest.mark.parametrize(
    ("title", "total"),
    [
        ("Alpha Bravo Carbon Delta Echo Foxtrot gone Zorbix nobody slept", -1.2 + 0.3 - 1.0),
        ("Alpha Bravo Carbon Delta Echo foxtrot gone Zorbix nobody slept", -1.2 + 0.3),
    ],
)
def test_seven_words_of_ten_make_a_title_of_capitals(title: str, total: float) -> None:
    """In such a title the capital of an ordinary word is no evidence."""
    assert log_odds(title, "", used=ORDINARY, raised=3) == pytest.approx(total, abs=0.01)


@pytest.mark.parametrize(("confidence", "is_sure"), [(0.85, True), (0.8499, False)])
def test_a_company_is_surely_meant_from_85_percent(confidence: float, is_sure: bool) -> None:
    """Below that its news are not shown as the company's."""
    found = Mention("about", confidence, ("Zorbix",))
    assert (not reasons.against_company("Zorbix", found, sensitive=False)) == is_sure


# ----------------------------------------------------------------------------------------- score

# The words of these notes are in no stored news: each weighs 1.
KNOWN = Frequencies(100_000, {"the": 90_000}, NOW)
OWN_FEED = {"https://news.example/rss": (Feed("https://news.example/rss", "merrin", own=True),)}
TWO = line("alloy for the furnace")


def parts_of(title: str, text: str, *lines: Any, **options: Any) -> dict[str, float]:
    """Return the parts of a story's score, and the sum of its weights that two notes share."""
    made, background = matcher(*lines, frequencies=KNOWN, **options)
    prepared = vectors.prepare(story(title, text), KNOWN, background.embedding)
    parts = {part.name: part.amount for part in made.match(prepared).parts}
    shared = [prepared.weights.get(word, 0.0) for word in ("alloy", "furnace")]
    return {**parts, "score": sum(parts.values()), "shared": sum(shared)}


def test_a_line_counts_half_beside_what_all_notes_share() -> None:
    """The share of a line's own words in the part that its strength gives is a half to one."""
    found = parts_of("Alloy", "the furnace", TWO)
    assert found["your note"] / found["all your notes"] == pytest.approx(0.5)


def test_strength_counts_by_log_1_plus_10() -> None:
    """The first words in common count most."""
    found = parts_of("Alloy", "the furnace", TWO)
    strength = (0.5 + 1.0) * found["shared"]
    expected = usefulness.model_of("topic").coefficients["strength"] * math.log1p(10 * strength)
    assert found["your note"] + found["all your notes"] == pytest.approx(expected)


def test_a_story_a_day_makes_a_company_no_rarity() -> None:
    """The rarer a company is in the news, the more its name alone says."""
    parts = [
        parts_of("Merrin Labs spoke", "", company_profile=_news(size)).get(
            "seldom in the news", 0.0
        )
        for size in (0.0, 0.5, 0.99, 1.0, 2.0)
    ]
    assert parts[0] > parts[1] > parts[2] > parts[3] == parts[4] == 0.0


def _news(a_day: float) -> CompanyProfile:
    return CompanyProfile("merrin", ("Merrin Labs", "Merrin"), news_a_day=a_day)


def test_a_word_of_the_industry_counts_twice() -> None:
    """It counts as two words of the notes in what all of them share."""
    found = parts_of("Alloy with a hot furnace with a big battery", "", TWO)
    assert found["all your notes"] / found["your note"] == pytest.approx((1 + 1 + 2.0) / (2 * 0.5))


def test_likeness_with_the_company_s_own_news_counts_twice() -> None:
    """A word of its news counts as two words of the notes."""
    profile = CompanyProfile(
        "merrin", ("Merrin",), centroid=(Term("alloy", 1.0), Term("furnace", 1.0))
    )
    found = parts_of("Alloy with a hot furnace", "", TWO, company_profile=profile)
    assert found["like its other news"] / found["all your notes"] == pytest.approx(2.0)


class Alike:
    """An embedding for which everything has the same meaning."""

    def of(self, texts: list[str]) -> Any:
        """Return the same vector for each text."""
        return pytest.importorskip("numpy").ones((len(texts), 1))

    def of_line(self, text: str, *, leans: bool, meant: str = "") -> Any:
        """Return the same vector."""
        return self.of([text])[0]


def test_meaning_counts_as_much_as_words() -> None:
    """Of the same meaning, a line counts .5 beside its words' .5."""
    found = parts_of("Alloy with a hot furnace", "", TWO, embedding=Alike())
    assert found["near in meaning"] / found["your note"] == pytest.approx(1 / found["shared"])


# --------------------------------------------------------------------------------- note lines


@pytest.mark.parametrize(
    ("note", "term", "weight"),
    [
        (line("alloy furnace"), "alloy", 1.0),
        (line("alloy furnace"), "alloy furnace", 0.7),
        (line("a model from Norway", "office"), "norway", 0.3),
    ],
)
def test_terms_of_a_line_have_their_weight(note: Any, term: str, weight: float) -> None:
    """A pair counts .7 of a word; a country in an office line .3."""
    assert vectors.line_of(note, frozenset(), KNOWN).weights[term] == pytest.approx(weight)


@pytest.mark.parametrize(
    ("note", "shared", "factor"),
    [
        (line("alloy furnace"), {"alloy": 0.75, "furnace": 0.25}, 1.0),
        (line("alloy furnace"), {"alloy": 0.76, "furnace": 0.24}, 0.35),
        (line("alloy furnace"), {"alloy": 1.0}, 0.35),
        (line("alloy furnace", "office"), {"alloy": 1.0}, 0.7),
        (line("the Alloy cup", "office"), {"alloy": 1.0}, 0.8),
    ],
)
def test_one_word_alone_counts_for_little(
    note: Any, shared: dict[str, float], factor: float
) -> None:
    """Where more than three quarters come from one term, a single word made the match."""
    found = vectors.evidence(vectors.line_of(note, frozenset(), KNOWN), shared)
    assert found is not None
    assert found.score == pytest.approx(factor)


def test_a_word_of_the_title_counts_as_two() -> None:
    """Its weight grows with the logarithm of the count."""
    weights = vectors.prepare(story("Alloy", "the furnace"), KNOWN).weights
    assert weights["alloy"] / weights["furnace"] == pytest.approx(1 + math.log(2))


# --------------------------------------------------------------------------------------- reasons


def evidence(score: float, *shared: str, office: bool = False) -> Evidence:
    """Return what a line shares with a story."""
    note = line("the Alloy of the Furnace", "office" if office else "discussed")
    return Evidence(note, "", tuple(Term(word, score) for word in shared), score, 1.0)


@pytest.mark.parametrize(
    ("found", "is_enough"),
    [
        (evidence(0.14, "alloy", "furnace"), True),
        (evidence(0.139, "alloy", "furnace"), False),
        (evidence(0.9, "alloy"), False),
        (evidence(0.1, "alloy", office=True), True),
        (evidence(0.099, "alloy", office=True), False),
        (evidence(0.139, "alloy", "furnace", office=True), False),
    ],
)
def test_a_line_carries_a_story_from_a_number_on(found: Evidence, is_enough: bool) -> None:
    """Two words need .14, one name of the office .1, and one other word is never enough."""
    assert reasons.is_enough(found) == is_enough


# ------------------------------------------------------------------------------------- freshness


@pytest.mark.parametrize(("days", "is_shown"), [(30.0, True), (30.01, False)])
def test_news_are_shown_for_30_days(days: float, is_shown: bool) -> None:
    """Anything older is news to nobody."""
    (match,) = ranked([story("Merrin Labs opens a plant")])
    lead = article("Merrin Labs opens a plant", days=days)
    old = aged(_with_lead(match, lead), RelevanceSettings(half_life_days=3650), NOW)
    assert old.shown == is_shown


def test_age_takes_06_log_odds() -> None:
    """Half of them at the half-life."""
    made, _ = matcher(TWO)
    match = made.match(vectors.prepare(story("Merrin Labs opens a plant", days=14), KNOWN))
    lost = aged(match, RelevanceSettings(), NOW).parts[-1]
    assert (lost.name, lost.amount) == ("age", pytest.approx(-0.3))


def _with_lead(match: Any, lead: Any) -> Any:
    return replace(match, story=replace(match.story, lead=lead), shown=True)


# -------------------------------------------------------------------------------------- feedback


UNSURE = (Part("your note", 0.0),)


def answered(titles: Iterable[str], liked: bool = True) -> Mapping[str, LearnedWeight]:
    """Return what answers about such titles teach, each of even odds."""
    given = [Feedback(liked, NOW, "merrin", title, "topic", UNSURE) for title in titles]
    return feedback.preferences(given, {}).weights


@pytest.mark.parametrize(("count", "teaches"), [(5, False), (6, True)])
def test_six_answers_teach(count: int, teaches: bool) -> None:
    """A handful may be one day's mood."""
    assert bool(answered(f"Steel {number}" for number in range(count))) == teaches


def test_a_word_in_two_titles_is_a_lesson() -> None:
    """In one title it may be chance."""
    titles = ["Rare twice", "Rare", "Once", *(f"Other {number}" for number in range(3))]
    learned = {key.split(":")[-1] for key in answered(titles)}
    assert {"rare"} == learned & {"rare", "once", "twice"}


def likeliest(spread: float, answers: int) -> float:
    """Return b where the slope of -b²/2spread² + answers × log(sigmoid(b)) is nought."""
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        rises = answers / (1 + math.exp(middle)) > middle / spread**2
        low, high = (middle, high) if rises else (low, middle)
    return low


def test_a_word_has_a_prior_of_a_third_of_a_log_odds() -> None:
    """Liked six times, where each was as likely as not."""
    steel = answered(f"Steel{number} steel" for number in range(6))["word:merrin:steel"]
    assert steel.bias == pytest.approx(likeliest(0.35, 6), abs=2e-4)


def test_a_part_has_a_prior_of_seven_hundredths_of_its_coefficient() -> None:
    """Liked six times, where its log-odd of 1 was made up for by what all stories have."""
    parts = (Part("any story", -1.0), Part("your note", 1.0))
    given = [Feedback(True, NOW, "merrin", "", "topic", parts)] * 6
    learned = feedback.preferences(given, {}).weights["part:topic:your-note"]
    assert learned.bias == pytest.approx(likeliest(0.07, 6), abs=2e-4)


@pytest.mark.parametrize(
    ("bias", "said"), [(0.09, "a little more"), (0.11, "more"), (0.29, "more"), (0.31, "much more")]
)
def test_a_lesson_is_small_up_to_a_tenth_and_large_from_three(bias: float, said: str) -> None:
    """In words: "a little", nothing, "much"."""
    answer = Feedback(True, NOW, "merrin", "", "topic", UNSURE)
    learned = feedback._weight("part:topic:your-note", bias / 0.07, [answer])
    assert learned.about == f"stories with words of a note count {said} for topics"


def test_answers_move_one_log_odds_at_most() -> None:
    """What adds up to more is cut, and the cut is said."""
    (match,) = ranked([story("Alloy")], TWO, feeds=OWN_FEED)
    for bias, moved in ((0.5, 0.5), (-0.99, -0.99), (1.5, 1.0), (-1.5, -1.0)):
        lesson = LearnedWeight("word:merrin:alloy", "word", "", 1, 0, bias)
        part = feedback.adjusted(match, Preferences({lesson.key: lesson}, 6)).parts[-1]
        assert part.amount == pytest.approx(moved)
        assert (f"no more than {moved:+.2f} together" in part.words) == (abs(bias) > 1)


# ------------------------------------------------------------------------ model, meaning, terms


@pytest.mark.parametrize(("documents", "is_due"), [(1100, False), (1101, True)])
def test_a_tenth_more_articles_make_a_fit_due(documents: int, is_due: bool) -> None:
    """A thousand and a hundred are not yet more than a tenth more."""
    assert refit.is_due(Fit(NOW - timedelta(hours=1), 1000), documents, NOW) == is_due


def test_a_small_corpus_counts_as_one_of_a_thousand_articles() -> None:
    """In the first days not every word looks rare."""
    assert model.idf_of(10, 1) == pytest.approx(math.log(1001 / 2) + 1)


@pytest.mark.parametrize(("cosine", "counts"), [(0.15, 0.0), (0.575, 0.5), (1.0, 1.0)])
def test_a_cosine_counts_from_chance_on(cosine: float, counts: float) -> None:
    """Two texts with nothing in common have .15."""
    assert meaning.likeness(cosine) == pytest.approx(counts)


@pytest.mark.parametrize(
    ("word", "singular"), [("canoes", "canoe"), ("potatoes", "potato"), ("torsoes", "torso")]
)
def test_oes_is_a_plural_from_seven_letters_on(word: str, singular: str) -> None:
    """Volcanoes and potatoes lose two letters, shoes and canoes one."""
    assert terms.normalize(word) == singular


# ------------------------------------------------------------------------------------ news kinds


@pytest.mark.parametrize(("between", "is_bad"), [(160, True), (161, False)])
def test_a_bad_word_concerns_the_company_within_160_characters(between: int, is_bad: bool) -> None:
    """In a longer sentence it is about something else."""
    gap = " " + "x" * (between - 2) + " "
    told = story("a note", f"News of Zorbix{gap}bankruptcy")
    assert _is_affected(told) == is_bad


def _is_affected(told: Any) -> bool:
    names = companies.prepare(ZORBIX, []).any_name
    return news_kinds.affects(
        told, news_kinds.find(told), Mention("about", 1.0, ("Zorbix",)), names
    )


@pytest.mark.parametrize(("between", "is_bad"), [(60, True), (59, False)])
def test_who_is_named_60_characters_before_a_bad_word_is_its_subject(
    between: int, is_bad: bool
) -> None:
    """Farther away somebody else is not."""
    gap = " " + "x" * (between - 2) + " "
    assert (
        _is_affected(story("a note", f"a word about news of Zorbix and Corvin{gap}bankruptcy"))
        == is_bad
    )


@pytest.mark.parametrize(("word", "kinds"), [("DEATHS", 1), ("FRAUD", 0)])
def test_five_capitals_are_an_acronym(word: str, kinds: int) -> None:
    """RAID is no raid; six capitals are a shouted word."""
    assert len(news_kinds.find(story("a note", f"A word on {word} today"))) == kinds


# --------------------------------------------------------------------------- what the models read


@pytest.mark.parametrize(
    ("unknown", "kind"), [("vurx zlorq kleph", "live"), ("vu zl kl tr", "news")]
)
def test_a_title_is_read_from_two_known_words_in_five(unknown: str, kind: str) -> None:
    """With two in six it may be in another language, and stays news."""
    assert genre.genre_of(f"live these {unknown}", "", "").kind == kind


@pytest.mark.parametrize(("begins", "kind"), [(290, "deal"), (291, "news")])
def test_a_title_is_read_for_300_characters(begins: int, kind: str) -> None:
    """What a promo code is for is said before."""
    told = f"{'x' * (begins - 1)} promo code"
    assert len(told) == begins + 10
    assert genre.genre_of(told, "", "").kind == kind


@pytest.mark.parametrize(
    ("unknown", "tone"), [("vurx zlorq", "good"), ("vurx zlorq kleph", "unsure")]
)
def test_a_verdict_needs_half_of_the_words(unknown: str, tone: str) -> None:
    """With two known words in five nobody can say what it tells."""
    told = story(f"Zorbix expands {unknown}")
    names = companies.prepare(ZORBIX, []).any_name
    assert verdict.judge(told, (), Mention("about", 1.0, ("Zorbix",)), names).tone == tone


@pytest.mark.parametrize(("begins", "is_read"), [(155, True), (156, False)])
def test_a_lead_has_160_characters(begins: int, is_read: bool) -> None:
    """So much of it the labelled stories had."""
    names = companies.prepare(ZORBIX, []).any_name
    lead = headlines.features("a note", f"{'x' * (begins - 1)} plant", names)["lead"]
    assert ("s:plant" in lead) == is_read


def test_four_words_after_the_name_and_three_before_it_count_by_their_place() -> None:
    """Farther ones count as words."""
    names = companies.prepare(ZORBIX, []).any_name
    words = headlines.features("a b c d Zorbix e f g h i", "", names)["words"]
    placed = [word for word in words if word.startswith(("after:", "before:"))]
    assert placed == [f"after:{word}" for word in "efgh"] + [f"before:{word}" for word in "bcd"]


def test_letters_are_read_by_three_four_and_five() -> None:
    """A word's beginning and end are letters as well."""
    found = headlines.headline_features("plant")["letters"]
    assert {len(gram) for gram in found} == {3, 4, 5}


# ---------------------------------------------------------------------------------- same stories


def clustered(*articles: Any) -> int:
    """Return how many stories these articles are."""
    return len(clustering.cluster(articles, {}))


def words(count: int, prefix: str = "w") -> list[str]:
    """Return different words in small letters."""
    digits = "abcdefghij"
    return [prefix + "".join(digits[int(d)] for d in f"{n:03}") for n in range(count)]


@pytest.mark.parametrize(("shared", "stories"), [(10, 1), (9, 2)])
def test_texts_that_share_half_their_words_are_one_story(shared: int, stories: int) -> None:
    """Of 20 words of both, 10 must be in each."""
    common, rest = words(shared), 20 - shared
    one = [*common, *words(rest // 2, "x")]
    other = [*common, *words(rest - rest // 2, "y")]
    assert clustered(article("one", " ".join(one)), article("other", " ".join(other))) == stories


@pytest.mark.parametrize(("own", "stories"), [(2, 1), (3, 2)])
def test_titles_that_share_three_quarters_are_one_story(own: int, stories: int) -> None:
    """Of eight words of both six must be in each, where there is no text."""
    common = words(6 if own == 2 else 5)
    one, other = [*common, *words(own - 1, "x")], [*common, *words(1, "y")]
    assert clustered(article(" ".join(one)), article(" ".join(other))) == stories


@pytest.mark.parametrize(("count", "stories"), [(4, 1), (3, 2)])
def test_a_title_of_four_words_is_one_story(count: int, stories: int) -> None:
    """Shorter ones are titles of many stories."""
    title = " ".join(words(count))
    pair = [article(title, id=name, feed=f"https://{name}.example/rss") for name in ("a", "b")]
    assert clustered(*pair) == stories


@pytest.mark.parametrize(("shared", "is_pattern"), [(4, True), (3, False)])
def test_half_a_title_is_a_pattern(shared: int, is_pattern: bool) -> None:
    """Titles that begin with different subjects and share half their words are two stories."""
    common = words(shared, "c")
    one = story_features.read(" ".join(["Alphar", *words(7 - shared, "x"), *common]), "")
    other = story_features.read(" ".join(["Bravor", *words(7 - shared, "y"), *common]), "")
    assert story_features.exclude(one, other) == is_pattern


@pytest.mark.parametrize(
    ("count", "days", "stories"), [(40, 10, 1), (40, 60, 1), (40, 61, 2), (39, 10, 2), (39, 4, 1)]
)
def test_a_text_of_40_words_is_found_again_after_weeks(count: int, days: int, stories: int) -> None:
    """For 60 days; a shorter one is a teaser, which is the same story for five days."""
    text = " ".join(words(count))
    assert clustered(article("one", text, days=1), article("other", text, days=1 + days)) == stories


@pytest.mark.parametrize(("count", "stories"), [(10, 1), (9, 2)])
def test_a_text_of_ten_words_is_compared_without_its_title(count: int, stories: int) -> None:
    """Under a shorter one the title is part of what is compared."""
    one, other = (" ".join(words(9, prefix)) for prefix in "xy")
    text = " ".join(words(count))
    assert clustered(article(one, text), article(other, text)) == stories


@pytest.mark.parametrize(
    ("short", "full", "shared", "stories"),
    [
        (32, 80, 24, 1),  # 24 of 40 words of both are .6
        (32, 80, 23, 2),
        (20, 30, 15, 1),  # 20 of 30 words are fewer than .67
        (20, 29, 15, 2),
    ],
)
def test_a_teaser_is_compared_with_a_part_of_the_text(
    short: int, full: int, shared: int, stories: int
) -> None:
    """It must have at most .67 of its words and share .6 with its beginning."""
    common = words(shared)
    teaser = " ".join([*common, *words(short - shared, "x")])
    text = " ".join([*common, *words(full - shared, "y")])
    assert clustered(article("one", teaser), article("other", text)) == stories


@pytest.mark.parametrize(("telling", "stories"), [(6, 1), (5, 2)])
def test_a_teaser_shares_six_words(telling: int, stories: int) -> None:
    """A word that is repeated counts once."""
    beginning = [*words(telling), *words(10 - telling)]
    text = " ".join([*beginning, *words(2 * telling - 4, "z")])
    assert clustered(article("one", " ".join(beginning)), article("other", text)) == stories


@pytest.mark.parametrize(
    ("shared", "stories"),
    [(6, 1), (5, 2)],  # of 20 words of both
)
def test_texts_of_one_title_in_one_feed_share_three_words_in_ten(shared: int, stories: int) -> None:
    """Below that the title is a rubric."""
    common, title = words(shared), " ".join(words(5, "t"))
    one = " ".join([*common, *words(10 - shared // 2, "x")][:13])
    other = " ".join([*common, *words(20 - len(one.split()), "y")])
    pair = [article(title, text, id=text) for text in (one, other)]
    assert clustered(*pair) == stories


@pytest.mark.parametrize(("telling", "stories"), [(4, 1), (3, 2)])
def test_a_title_with_four_telling_words_is_enough_for_other_texts(
    telling: int, stories: int
) -> None:
    """In two feeds the same title without so many is a rubric."""
    title = " ".join([*words(telling, "t"), *["the", "of"][: 5 - telling]])
    pair = [
        article(title, " ".join(words(12, name)), id=name, feed=f"https://{name}.example/rss")
        for name in "xy"
    ]
    assert clustered(*pair) == stories


@pytest.mark.parametrize(("titles", "is_boilerplate"), [(2, False), (3, True)])
def test_a_text_under_three_titles_is_boilerplate(titles: int, is_boilerplate: bool) -> None:
    """Two may be an update."""
    found = fingerprints.hashes([article(name, "Subscribe to us") for name in words(titles)])
    assert bool(fingerprints.boilerplate(found)) == is_boilerplate


# -------------------------------------------------------------------------------- story features


def test_the_first_30_words_are_the_lead() -> None:
    """Who, what, where and when are in a first sentence."""
    text = words(31)
    weighty = story_features.read("title", " ".join(text)).weighty
    assert (text[29] in weighty, text[30] in weighty) == (True, False)


@pytest.mark.parametrize(("shared", "excluded"), [(3, True), (4, False)])
def test_three_facts_in_ten_may_be_exchanged_beyond_the_lead(shared: int, excluded: bool) -> None:
    """One number in four that differs makes two stories; one in five does not."""
    numbers = [str(100 + number) for number in range(shared)]
    one, other = (
        story_features.read("a title", " ".join([*words(30), *numbers, own]))
        for own in ("901", "902")
    )
    assert story_features.exclude(one, other) == excluded


@pytest.mark.parametrize(("articles", "names"), [(5, {"alphar"}), (6, set())])
def test_five_german_words_in_a_hundred_are_not_yet_german(articles: int, names: set[str]) -> None:
    """In German every noun has a capital, so that none is a name."""
    text = ["der"] * articles + words(99 - articles) + ["Alphar"]
    assert story_features.read("title", " ".join(text)).names == names


# --------------------------------------------------------------------- profiles, learned meaning


def test_a_profile_of_three_stories_counts_half() -> None:
    """Two may be of one event."""
    stories = [story(f"Merrin Labs {word} plant") for word in ("opens", "sells", "moves")]
    centroid = company_profiles.centroid_of(portrait_of(MERRIN, *stories))
    assert vectors.length(centroid) == pytest.approx(3 / (3 + 3.0))


def test_an_office_line_takes_four_tenths_from_the_stories_nearest_to_it() -> None:
    """The rest is its own."""
    np = pytest.importorskip("numpy")
    learned = meaning.learn(lambda: ["a tremor shook", "a late goal", "shares fell"], [], no_words)
    own = meaning.Embedding(learned).of(["quakes"])[0]
    apart = np.zeros_like(own)
    apart[0], apart[1] = own[1], -own[0]
    apart /= np.linalg.norm(apart)
    near = replace(learned, nearest={"quakes": apart.astype("<f4").tobytes()})
    leaning = meaning.Embedding(near).of_line("quakes", leans=True)
    assert leaning @ apart / (leaning @ own) == pytest.approx(0.4 / 0.6, abs=1e-3)


def no_words(line: str, text: str) -> float:
    """Return that they share no words."""
    return 0.0
