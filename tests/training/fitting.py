"""Fits a classifier of `pipeline.relevance.classifier` and measures it on groups left out.

Takes samples; gives weights. scikit-learn fits one logistic regression for each class against the
rest, over TF-IDF of each view at length 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.relevance.classifier import Classifier, Names, View
from pipeline.relevance.headlines import MEANING, Features
from pipeline.relevance.meaning import DIMENSIONS, plain_vector

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
        found = [sample.features[name] for sample in samples]
        if name == MEANING:
            known, idf, matrix = [], np.ones(DIMENSIONS), _vectors(found) * weight
        else:
            names, ones = _ones(found)
            kept, idf, matrix = _weighted(ones, range(len(samples)), weight)
            known = [names[n] for n in kept]
        views.append((name, weight, Names("\n".join(known).encode()), idf))
        parts.append(matrix)
    models = _models(hstack(parts).tocsr(), samples, recipe)
    columns = np.stack([model.coef_[0] for model in models], axis=1)
    made, at, scales = [], 0, np.ones(len(recipe.classes))
    for name, weight, known, idf in views:
        made.append(View(name, weight, known, idf, columns[at : at + len(idf)], scales))
        at += len(idf)
    intercepts = np.array([float(model.intercept_[0]) for model in models])
    return Classifier(recipe.classes, intercepts, tuple(made), {})


def left_out(
    samples: Sequence[Sample], recipe: Recipe, folds: int = FOLDS
) -> list[dict[str, float]]:
    """Return the log-odds of each sample with a group, by a model that did not see its group."""
    measured = [number for number, sample in enumerate(samples) if sample.group]
    always = [number for number, sample in enumerate(samples) if not sample.group]
    features = {name: [s.features[name] for s in samples] for name in recipe.views}
    words = {name: _ones(found)[1] for name, found in features.items() if name != MEANING}
    meaning = _vectors(features[MEANING]) if MEANING in features else None
    found: dict[int, dict[str, float]] = {}
    groups = [samples[number].group for number in measured]
    for others, one in GroupKFold(folds).split(measured, groups=groups):
        train, test = [*(measured[n] for n in others), *always], [measured[n] for n in one]
        parts = [_weighted(words[n], train, w)[2] for n, w in recipe.views.items() if n in words]
        if meaning is not None:
            parts.append(meaning * recipe.views[MEANING])
        matrix = hstack(parts).tocsr()
        models = _models(matrix[train], [samples[n] for n in train], recipe)
        told = np.stack([model.decision_function(matrix[test]) for model in models], axis=1)
        for number, odds in zip(test, told.tolist(), strict=True):
            found[number] = dict(zip(recipe.classes, odds, strict=True))
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
            f"{view.name}.features": np.frombuffer(view.names.text, dtype=np.uint8),
            f"{view.name}.idf": view.idf.astype(np.float16),
            f"{view.name}.scales": scales.astype(np.float32),
            f"{view.name}.weights": np.round(view.weights / scales).astype(np.int8),
        }
    np.savez_compressed(path, **arrays)


def _models(
    matrix: csr_matrix, samples: Sequence[Sample], recipe: Recipe
) -> list[LogisticRegression]:
    labels = np.array([sample.label for sample in samples])
    weights = np.array([sample.weight for sample in samples])
    return [
        LogisticRegression(C=recipe.strength, solver="liblinear", dual=True).fit(
            matrix, labels == label, sample_weight=weights
        )
        for label in recipe.classes
    ]


def _vectors(texts: Sequence[Sequence[str]]) -> csr_matrix:
    """Return the vector of each text, the only one of its list."""
    return csr_matrix(np.stack([plain_vector(text) for (text,) in texts]).astype(np.float64))


def _ones(lists: Sequence[Sequence[str]]) -> tuple[list[str], csr_matrix]:
    """Return the names of all features, and a one for each that is in a list."""
    names = sorted({feature for found in lists for feature in found})
    at = {feature: column for column, feature in enumerate(names)}
    pairs = [(n, at[feature]) for n, found in enumerate(lists) for feature in found]
    rows, columns = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    return names, csr_matrix((np.ones(len(pairs)), (rows, columns)), (len(lists), len(names)))


def _weighted(
    ones: csr_matrix, train: Sequence[int], weight: float
) -> tuple[Numbers, Numbers, csr_matrix]:
    """Return which features those rows teach, their idf, and all rows by it at one length."""
    counts = np.asarray(ones[train].sum(axis=0)).ravel()
    kept = np.flatnonzero(counts >= LEAST_SEEN)
    idf = np.log((1 + len(train)) / (1 + counts[kept])) + 1
    matrix = ones[:, kept] @ diags(idf)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return kept, idf, diags(weight / np.where(lengths > 0, lengths, 1.0)) @ matrix
