"""Meaning beyond the words, with the real table of word pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.records import Company, EmbeddingStatistics, NoteLine, Story
from pipeline.relevance import fitting, meaning, usefulness
from pipeline.relevance.meaning import Embedding
from tests.relevance.world import BACKGROUND, MERRIN, NOW, article, line, ranked, story

np = pytest.importorskip("numpy")

QUAKE = story(
    "Tremor of magnitude 7 shakes the coast",
    "Seismologists measured the tremor; the aftershocks went on for hours.",
)
FOOTBALL = story(
    "Late goal wins the derby", "The striker scored in the last minute of the football match."
)
MAP = line("a map of quakes", "office")


def text_of(told: Story) -> str:
    return f"{told.lead.title}\n{told.lead.text}"


def learned(*stories: Story, lines: Sequence[str] = ()) -> EmbeddingStatistics:
    """Return what the background and these stories teach the real embedding."""
    texts = [*BACKGROUND[:6], *map(text_of, stories)]
    return meaning.learn(lambda: texts, lines, lambda note, told: 0.0)


def test_what_means_the_same_is_near_whatever_the_words() -> None:
    """Notes say "quakes", the headline "tremor": no shared word, and yet nearer than football."""
    embedding = Embedding(learned(QUAKE, FOOTBALL))
    note, quake, football = embedding.of(["quakes", text_of(QUAKE), text_of(FOOTBALL)])
    assert note @ quake > max(2 * (note @ football), 0.15)


def test_an_office_line_leans_to_the_stories_nearest_to_it() -> None:
    """What the news say near a hobby is taken into it; a line that is not of the office stays."""
    embedding = Embedding(learned(QUAKE, FOOTBALL, lines=[MAP.text]))
    quake = embedding.of([text_of(QUAKE)])[0]
    own, leaning = (embedding.of_line(MAP.text, leans=leans) for leans in (False, True))
    assert leaning @ quake > own @ quake
    assert np.linalg.norm(leaning) == pytest.approx(1.0, abs=1e-5)
    unknown = embedding.of_line("a model of a tram", leans=True)
    assert (unknown == embedding.of(["a model of a tram"])[0]).all()


def test_the_same_texts_teach_the_same_bytes() -> None:
    """Nothing is left to chance, nor to the order of the texts in a batch."""
    assert learned(QUAKE, FOOTBALL, lines=[MAP.text]) == learned(QUAKE, FOOTBALL, lines=[MAP.text])


def test_a_text_means_the_same_alone_and_among_others() -> None:
    """The other texts in a batch, however long, change nothing."""
    embedding = Embedding(learned(QUAKE, FOOTBALL))
    (alone,) = embedding.of(["quakes"])
    among = embedding.of([text_of(QUAKE) * 5, "quakes", text_of(FOOTBALL)])[1]
    assert (alone == among).all()


@pytest.mark.parametrize("beside", [[], ["a much longer text about the weather in the hills"]])
def test_a_text_without_a_token_is_near_to_nothing(beside: list[str]) -> None:
    """An empty text has a vector of noughts, alone or in a batch."""
    embedding = Embedding(learned(QUAKE))
    assert not embedding.of(["", *beside])[0].any()


@pytest.mark.parametrize(
    "text", ["\ue000\U0010ffff", "\x00", "日本の地震", "زلزال", "Erdbeben 😀", "\ud800"]
)
def test_no_script_is_an_error(text: str) -> None:
    """A character that the embedding doesn't know is spelt in bytes: a vector of length 1 or 0."""
    vector = Embedding(learned(QUAKE)).of([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5) or not vector.any()


def test_no_news_teach_nothing() -> None:
    """On the first day everything is near to nothing, and nothing fails."""
    found = meaning.learn(list, [MAP.text], lambda note, told: 0.0)
    assert not Embedding(found).of_line(MAP.text, leans=True).any()


@pytest.mark.parametrize(("cosine", "counts"), [(-1.0, 0.0), (0.0, 0.0), (0.15, 0.0), (1.0, 1.0)])
def test_likeness_begins_where_chance_ends(cosine: float, counts: float) -> None:
    """Two texts that have nothing in common are not a little alike."""
    assert meaning.likeness(cosine) == pytest.approx(counts)


def test_meaning_is_a_part_of_the_score() -> None:
    """The part is named; the parts add up."""
    embedding = Embedding(learned(QUAKE, FOOTBALL, lines=[MAP.text]))
    quake, football = (ranked([told], MAP, embedding=embedding)[0] for told in (QUAKE, FOOTBALL))
    assert quake.score > football.score
    assert "near in meaning" in [part.name for part in quake.parts]
    assert usefulness.probability(quake.parts) == pytest.approx(quake.score)


def test_a_reason_names_what_decided_not_a_line_without_words() -> None:
    """News about the company that only means what a note means is shown for the company."""
    told = story("Merrin Labs wins a prize for quakes", "It felt a tremor with seismologists.")
    embedding = Embedding(learned(QUAKE, FOOTBALL))
    (match,) = ranked([told], line("earthquake drill"), embedding=embedding)
    assert match.best is not None
    assert match.best.terms == ()
    assert match.shown
    assert match.reason == "about the company: Merrin Labs in its title"


def test_the_industry_s_meaning_tells_an_ordinary_name_apart() -> None:
    """A likeness with the industry speaks for the company, where words alone leave it open."""
    pioneer = Company("pioneer", "Pioneer", industry=("seismology",))
    told = [story(f"{t.lead.title}: Pioneer, too", t.lead.text) for t in (QUAKE, FOOTBALL)]
    embedding = Embedding(learned(*told))
    quake, football = (ranked([one], company=pioneer, embedding=embedding)[0] for one in told)
    assert quake.mention.confidence > football.mention.confidence


@pytest.mark.parametrize(
    ("note", "title", "text"),
    [
        ("電池工場の再利用", "新しい電池工場が開く", "再利用の電池工場です。"),
        ("إعادة تدوير البطاريات", "مصنع جديد", "إعادة تدوير البطاريات في المصنع."),
        ("Batteriefabrik und Lieferkette", "Neue Batteriefabrik", "Die Lieferkette ist kurz."),
    ],
    ids=["Japanese", "Arabic", "German"],
)
def test_with_the_embedding_every_language_still_fits_itself(
    note: str, title: str, text: str
) -> None:
    """An embedding made for English doesn't take away what the words have in common."""
    told = story(title, text)
    embedding = Embedding(learned(told, QUAKE, lines=[note]))
    match, other = ranked([told, FOOTBALL], line(note, "office"), embedding=embedding)
    assert match.story is told
    assert match.score > max(other.score, 0.2)
    assert match.best is not None
    assert len(match.best.terms) > 1


def test_a_note_line_is_not_sent_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is loaded with every socket shut, a name look-up included."""
    import socket

    def shut(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, shut)
    monkeypatch.setattr(socket, "getaddrinfo", shut)
    meaning._table.cache_clear()
    assert Embedding(learned(QUAKE)).of([NoteLine("n", 1, "office", "quakes").text]).any()


# ----------------------------------------------------------------------------------- word pieces


def spelt(text: str) -> list[str]:
    """Return the word pieces of a text, spelt."""
    known, _ = meaning._table()
    names = {row: piece for piece, row in known.items()}
    return [names[row] for row in meaning.word_pieces(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Embeddings", ["em", "##bed", "##ding", "##s"]),
        ("RÉSUMÉ, Zürich's", ["resume", "zurich", "s"]),
        ("re\u0301sume\u0301", ["resume"]),
        ("東京 5G_net!", ["東", "京", "5", "##g", "net"]),
        ("日本\U0001f600 ok", ["日", "本", "ok"]),
        ("a\ue000b", ["a", "b"]),
    ],
    ids=["pieces", "accents", "decomposed", "Han", "signs", "private"],
)
def test_words_are_cut_as_bert_cuts_them(text: str, pieces: list[str]) -> None:
    """The longest known piece first; small letters, no accents; signs and unknown words go."""
    assert spelt(text) == pieces


def test_a_word_of_which_a_part_is_unknown_has_no_pieces() -> None:
    """Half of it would mean something else."""
    assert spelt("tremorꙮ") == []


@pytest.mark.parametrize("length", [100, 100_000])
def test_a_word_without_an_end_takes_no_longer_than_its_beginning(length: int) -> None:
    """A key or a spoilt text of one word: the first 2,000 letters are read."""
    assert len(spelt("ab" * length)) <= 2_000


def test_the_table_is_what_its_description_says() -> None:
    """29,156 pieces of 256 dimensions in less than 10 MB, with the licence beside it."""
    known, rows = meaning._table()
    assert (len(known), rows["vector"].shape) == (29_156, (29_156, 256))
    folder = Path(meaning.__file__).parent
    assert (folder / "word_pieces.npy").stat().st_size < 10_000_000
    assert "29,156" in (folder / "word_pieces.md").read_text("utf-8")
    assert "Apache License" in (folder / "word_pieces_licence.txt").read_text("utf-8")


def test_what_another_table_taught_is_learnt_anew() -> None:
    """A workspace of an older version: its rarities belong to other word pieces."""
    articles = [article(text, id=str(n)) for n, text in enumerate(BACKGROUND)]
    now = fitting.fit_knowledge(lambda: articles, [MERRIN], [MAP], NOW)
    assert now.embeddings is not None
    before = replace(now, embeddings=replace(now.embeddings, idf=now.embeddings.idf + b"\0" * 4))
    assert fitting.is_complete(now, [MERRIN], [MAP])
    assert not fitting.is_complete(before, [MERRIN], [MAP])
    assert fitting.fit_knowledge(lambda: articles, [MERRIN], [MAP], NOW, before) == now
