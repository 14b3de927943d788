"""Near-duplicates: ours beside datasketch's MinHash LSH, on the same made-up articles.

    .venv/bin/python -m tests.benchmarks.duplicates [N]      N articles, 100,000 unless told

A fifth of the articles repeats an earlier one: word for word; under another title with two or
three words changed; or with one word in twelve changed and a sentence dropped. Another fifth are
press releases from a few templates, each with other facts, so each a story of its own; a tenth of
them is repeated, too. Prints CPU seconds, articles per second, and precision and recall over pairs,
for all articles and for the releases alone. Each method runs in a process of its own.

The peer is no dependency of the package: `pip install datasketch`.
"""

from __future__ import annotations

import importlib.util
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from pipeline.records import Article

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FEEDS = 300
SYLLABLES = """ba co di fe gu ha in jo ka lu me no or pa qui ra se ti un vo we xi yo za ster ment
pre con tra""".split()
ENDINGS = ("tech", "labs", " Energy", " Foods", " Group", " Systems", "works", " Trust")
TEMPLATES = (  # a title, and a text
    "{who} to report {which}-quarter results on {month} {day}\n"
    "{who} will report its {which}-quarter results before the market opens on {month} {day}. "
    "Management will host a conference call at {hour} a.m. Eastern Time to discuss the "
    "results and the outlook for the year. The call can be followed on the investor relations "
    "website of the company, where a replay will be available for ninety days. Analysts who "
    "wish to ask questions are asked to register in advance. {who} is traded on the main "
    "exchange and employs people in many countries.",
    "{who} declares quarterly dividend of ${money}\n"
    "The board of directors of {who} has declared a quarterly cash dividend of ${money} per "
    "share, payable on {month} {day} to shareholders of record at the close of business. It "
    "is the company's policy to pay out about half of its earnings over the cycle. The board "
    "reviews the policy every year and takes into account the needs of the business, the "
    "state of the balance sheet and the interests of all shareholders. Future dividends of "
    "{who} are subject to its approval.",
    "{who} appoints {person} as chief financial officer\n"
    "{who} today announced that {person} will join the company as chief financial officer, "
    "effective {month} {day}. In this role the new officer will lead finance, accounting, "
    "treasury and investor relations and report to the chief executive. We are delighted to "
    "welcome such an experienced leader to our team at this exciting time, the chief "
    "executive said. {person} brings more than {years} years of experience in finance, most "
    "lately at a listed company of the same industry.",
    "Magnitude {size} quake hits {place}\n"
    "A magnitude {size} earthquake hit the province of {place} on {month} {day}, the "
    "seismological institute said. Its centre lay {hour} kilometres below the ground. There "
    "were no immediate reports of casualties or damage. People in several towns ran out of "
    "their houses, a reporter said, and schools were closed as a precaution. The region is "
    "often hit by earthquakes because several plates meet there. The institute warned of "
    "weaker shocks in the coming days and asked people to stay away from old buildings.",
)
MONTHS = ("January", "March", "April", "June", "August", "October", "December")


class World:
    """Makes articles from a seed: the same ones every time."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._words = [self._word() for _ in range(20_000)]
        self._sums = self._shares(len(self._words))
        self._topics = [self._random.sample(self._words, 300) for _ in range(200)]
        self._topic_sums = self._shares(300)

    @staticmethod
    def _shares(count: int) -> list[float]:
        total, sums = 0.0, []
        for rank in range(count):
            total += 1 / (rank + 3)
            sums.append(total)
        return sums

    def _word(self) -> str:
        return "".join(self._random.choices(SYLLABLES, k=self._random.randint(1, 4)))

    def _proper(self) -> str:
        """Return a name that hardly anybody else has."""
        return "".join(self._random.choices(SYLLABLES, k=4)).capitalize()

    def _name(self) -> str:
        return self._proper() + self._random.choice(ENDINGS)

    def _some(self, count: int, topic: list[str] | None = None) -> list[str]:
        words, sums = (topic, self._topic_sums) if topic else (self._words, self._sums)
        return self._random.choices(words, cum_weights=sums, k=count)

    def news(self) -> tuple[str, list[str]]:
        """Return a title and sentences about one company."""
        topic, who = self._random.choice(self._topics), self._name()
        sentences = []
        for _ in range(self._random.randint(5, 8)):
            words = self._some(6, topic) + self._some(6)
            self._random.shuffle(words)
            sentences.append(" ".join(words))
        sentences[0] = f"{sentences[0]} {who}"
        sentences[-2] = f"the firm {who} {sentences[-2]}"
        return f"{who} {' '.join(self._some(6, topic))}", sentences

    def jotting(self, count: int) -> str:
        """Return some words of one topic."""
        return " ".join(self._some(count, self._random.choice(self._topics)))

    def release(self) -> tuple[str, list[str]]:
        """Return a press release or a bulletin with its own facts."""
        draw = self._random
        filled = draw.choice(TEMPLATES).format(
            who=self._name(),
            which=draw.choice(("first", "second", "third", "fourth")),
            month=draw.choice(MONTHS),
            day=draw.randint(1, 28),
            hour=draw.randint(5, 11),
            money=f"{draw.uniform(0.05, 3):.2f}",
            person=f"{self._proper()} {self._proper()}",
            years=draw.randint(11, 35),
            size=f"{draw.uniform(4, 7):.1f}",
            place=self._proper(),
        )
        title, text = filled.split("\n")
        return title, text.rstrip(".").split(". ")

    def copy(self, title: str, sentences: list[str]) -> tuple[str, list[str]]:
        """Return a repeat: the same, lightly edited, or heavily."""
        kind, sentences = self._random.choice(("same", "light", "heavy")), list(sentences)
        if kind == "light":
            title = f"Update: {title}"
            self._edit(sentences, 3)
        elif kind == "heavy":
            title = f"{title} in brief"
            self._edit(sentences, sum(len(s.split()) for s in sentences) // 12)
            del sentences[self._random.randrange(1, len(sentences))]
        return title, sentences

    def _edit(self, sentences: list[str], times: int) -> None:
        """Swap common words; what carries a fact is left as it is."""
        for _ in range(times):
            at = self._random.randrange(len(sentences))
            words = sentences[at].split()
            place = self._random.randrange(len(words))
            if words[place].isalpha() and words[place].islower():
                words[place] = self._some(1)[0]
            sentences[at] = " ".join(words)

    def articles(self, count: int) -> Iterator[tuple[Article, int, bool]]:
        """Yield articles with the number of their story and whether they are releases."""
        pool: list[tuple[int, bool, str, list[str]]] = []
        for number in range(count):
            chance = self._random.random()
            if pool and chance < 0.2:
                story, release, title, sentences = self._random.choice(pool)
                title, sentences = self.copy(title, sentences)
            else:
                story, release = number, chance > 0.8
                title, sentences = self.release() if release else self.news()
                pool.append((story, release, title, sentences))
            text = ". ".join(s[:1].upper() + s[1:] for s in sentences) + "."
            when = NOW - timedelta(minutes=self._random.randrange(5 * 1440))
            feed = f"https://feed-{self._random.randrange(FEEDS)}.example/rss"
            yield (
                Article(str(number), feed, title, "", "", text, when, "feed", when),
                story,
                release,
            )


def ours(articles: list[Article]) -> list[int]:
    """Return for each article the number of its group."""
    from pipeline.relevance.clustering import cluster

    found = {}
    for number, story in enumerate(cluster(articles, {})):
        for article in (story.lead, *story.others):
            found[article.id] = number
    return [found[article.id] for article in articles]


def minhash_lsh(articles: list[Article]) -> list[int]:
    """The same with datasketch: 64 permutations, three-word shingles, threshold 0.5."""
    from datasketch import MinHash, MinHashLSH

    groups, index = list(range(len(articles))), MinHashLSH(threshold=0.5, num_perm=64)

    def find(number: int) -> int:
        while groups[number] != number:
            groups[number] = groups[groups[number]]
            number = groups[number]
        return number

    shingled = (_shingles(article.text) for article in articles)
    for number, sketch in enumerate(MinHash.generator(shingled, num_perm=64)):
        for other in index.query(sketch):
            groups[find(number)] = find(other)
        index.insert(number, sketch, check_duplication=False)
    return [find(number) for number in range(len(articles))]


def _shingles(text: str) -> set[bytes]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[n : n + 3]).encode() for n in range(len(words) - 2)}


def quality(stories: list[int], groups: list[int]) -> tuple[float, float]:
    """Return precision and recall over pairs of articles."""
    hit, said, true = (
        sum(count * (count - 1) // 2 for count in Counter(what).values())
        for what in (zip(stories, groups, strict=True), groups, stories)
    )
    return hit / said if said else 1.0, hit / true if true else 1.0


METHODS: dict[str, Callable[[list[Article]], list[int]]] = {
    "ours": ours,
    "minhash-lsh": minhash_lsh,
}


def measure(name: str, count: int) -> None:
    """Run one method and print its line; the CPU seconds are printed last."""
    articles, stories, releases = zip(*World().articles(count), strict=True)
    before = time.process_time()
    groups = METHODS[name](list(articles))
    seconds = time.process_time() - before
    chosen = [n for n, release in enumerate(releases) if release]
    precision, recall = quality(list(stories), groups)
    of_releases = quality([stories[n] for n in chosen], [groups[n] for n in chosen])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:12} {seconds:8.2f} s {count / seconds:8.0f}/s {peak:6} MiB"
        f"   precision {precision:.4f} recall {recall:.4f}"
        f"   releases {of_releases[0]:.4f} {of_releases[1]:.4f}",
        seconds,
        sep="\t",
    )


def main() -> None:
    """Run each method in a process of its own and print the ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        measure(sys.argv[2], count)
        return
    seconds = {}
    for name in METHODS:
        if name == "minhash-lsh" and not importlib.util.find_spec("datasketch"):
            print("The peer is missing: pip install datasketch")
            continue
        command = [sys.executable, "-m", "tests.benchmarks.duplicates", str(count), name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        line, cpu = done.stdout.strip().split("\t")
        print(line)
        seconds[name] = float(cpu)
    if len(seconds) == 2:
        print(f"ours is {seconds['minhash-lsh'] / seconds['ours']:.2f} times as fast")


if __name__ == "__main__":
    main()
