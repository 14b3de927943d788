"""Fits a classifier of `pipeline.relevance.classifier` and measures it on groups left out.

Takes samples; gives weights. scikit-learn fits one logistic regression for each class against the
rest, over TF-IDF of each view at length 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.relevance.classifier import Classifier, View
from pipeline.relevance.headlines import Features

Numbers = npt.NDArray[np.float64]

FOLDS = 8
LEAST_SEEN = 2  # samples in which a feature must be, to be learnt


@dataclass(frozen=True, slots=True)
class Sample:
    """A story with its label."""

    features: Features
    label: str
    group: str  # left out together; "" is never left out, and never measured
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is fitted, and how."""

    classes: tuple[str, ...]
    views: Mapping[str, float]  # each view's weight
    strength: float  # inverse of the regularisation (scikit-learn's C)


def fit(samples: Sequence[Sample], recipe: Recipe) -> Classifier:
    """Return the classifier fitted on the samples."""
    views, parts = [], []
    for name, weight in recipe.views.items():
        rows, idf = _vocabulary([sample.features[name] for sample in samples])
        views.append((name, weight, rows, idf))
        parts.append(_matrix([s.features[name] for s in samples], rows, idf, weight))
    matrix = hstack(parts).tocsr()
    labels = np.array([sample.label for sample in samples])
    weights = np.array([sample.weight for sample in samples])
    found = []
    for label in recipe.classes:
        model = LogisticRegression(C=recipe.strength, solver="liblinear")
        model.fit(matrix, labels == label, sample_weight=weights)
        found.append((model.coef_[0], float(model.intercept_[0])))
    columns = np.stack([coefficients for coefficients, _ in found], axis=1)
    made, at, ones = [], 0, np.ones(len(recipe.classes))
    for name, weight, rows, idf in views:
        made.append(View(name, weight, rows, idf, columns[at : at + len(rows)], ones))
        at += len(rows)
    return Classifier(recipe.classes, np.array([own for _, own in found]), tuple(made), {})


def left_out(
    samples: Sequence[Sample], recipe: Recipe, folds: int = FOLDS
) -> list[dict[str, float]]:
    """Return the log-odds of each sample with a group, by a model that did not see its group."""
    measured = [number for number, sample in enumerate(samples) if sample.group]
    always = [sample for sample in samples if not sample.group]
    found: dict[int, dict[str, float]] = {}
    groups = [samples[number].group for number in measured]
    for train, test in GroupKFold(folds).split(measured, groups=groups):
        model = fit([*(samples[measured[n]] for n in train), *always], recipe)
        for number in test:
            found[measured[number]] = model.log_odds(samples[measured[number]].features)
    return [found[number] for number in measured]


def write(path: Path, model: Classifier, limits: Mapping[str, float]) -> None:
    """Write a model with a byte for each weight."""
    arrays: dict[str, npt.ArrayLike] = {
        "classes": np.array(model.classes),
        "intercepts": model.intercepts.astype(np.float32),
        "views": np.array([view.name for view in model.views]),
        "limit_names": np.array(list(limits)),
        "limits": np.array(list(limits.values()), dtype=np.float32),
    }
    for view in model.views:
        scales = np.maximum(np.abs(view.weights).max(axis=0), 1e-9) / 127
        arrays |= {
            f"{view.name}.weight": np.float32(view.weight),
            f"{view.name}.features": np.frombuffer("\n".join(view.rows).encode(), dtype=np.uint8),
            f"{view.name}.idf": view.idf.astype(np.float16),
            f"{view.name}.scales": scales.astype(np.float32),
            f"{view.name}.weights": np.round(view.weights / scales).astype(np.int8),
        }
    np.savez_compressed(path, **arrays)


def _vocabulary(lists: Sequence[Sequence[str]]) -> tuple[dict[str, int], Numbers]:
    counts = Counter(feature for found in lists for feature in found)
    kept = sorted(feature for feature, count in counts.items() if count >= LEAST_SEEN)
    idf = np.log((1 + len(lists)) / (1 + np.array([counts[feature] for feature in kept]))) + 1
    return {feature: row for row, feature in enumerate(kept)}, idf


def _matrix(
    lists: Sequence[Sequence[str]], rows: Mapping[str, int], idf: Numbers, weight: float
) -> csr_matrix:
    pairs = [(n, rows[f]) for n, found in enumerate(lists) for f in found if f in rows]
    at, columns = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    matrix = csr_matrix((idf[columns], (at, columns)), shape=(len(lists), len(rows)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags(weight / np.where(lengths > 0, lengths, 1.0)) @ matrix
