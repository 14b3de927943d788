"""A linear classifier of stories: its weights, how they add up, and the words that decided.

    Classifier   one model, read from its file
    load         the model of that name, once per process

Takes the features of a story by view (see `headlines`); gives the log-odds of each class against
the rest. For a class c, with the features f of each view v that the model knows,

    log-odds(c) = intercept(c) + sum over v of  weight(v) / |v| * sum over f of  idf(f) * w(f, c)
    |v|         = root of the sum of idf(f)²

where the view of the meaning has the 256 numbers of the headline's vector in the place of its idf,
at length 1. The weights were fitted beforehand with scikit-learn (`make train`); it isn't imported
here. A file holds them in a byte each, with a scale for each class.
"""

from __future__ import annotations

import math
import zipfile
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelDamaged
from pipeline.records import Term
from pipeline.relevance.headlines import MEANING, Features, Letters, grams_of, word_of
from pipeline.relevance.meaning import plain_vector

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

FOLDER = Path(__file__).parent / "fitted"
TELLS = {
    "verdict": "good news from bad",
    "kind": "layoffs from launches",
    "subject": "news about a company from news that only name it",
    "genre": "news from shop deals and lists",
}
MOST_WORDS = 5  # shown as what decided; no border test: what fits into a line
# no border test: speed only; 12,000 items have 36,000 words
MOST_WORDS_KNOWN = 1 << 16  # whose letters' rows are remembered
FEW_NAMES = 2_000  # are looked for one by one, as a day's news take; for more a dict is made


class Names:
    """The names of a view's features in order, each with its row.

    A daily run asks for hundreds of the 270,000 that the models have: to make dicts of all of them
    took a twentieth of it, and 30 MB.
    """

    def __init__(self, text: bytes) -> None:
        """Take the names, a line each."""
        import numpy as np

        self.text = text
        breaks = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
        self._bounds = [-1, *breaks.tolist(), len(text)]
        self._asked = 0
        self._rows: dict[str, int] = {}

    def rows_of(self, names: Iterable[str]) -> list[int]:
        """Return the rows of those names that are known."""
        asked = list(names)
        self._asked += len(asked)
        if self._asked <= FEW_NAMES:
            return [row for name in asked if (row := self._found(name)) is not None]
        if not self._rows:
            self._rows = {name: row for row, name in enumerate(self.text.decode().split("\n"))}
        return [row for name in asked if (row := self._rows.get(name)) is not None]

    def _found(self, name: str) -> int | None:
        rows, wanted = range(len(self._bounds) - 1), name.encode("utf-8", "surrogatepass")
        row = bisect_left(rows, wanted, key=self._at)
        return row if row in rows and self._at(row) == wanted else None

    def _at(self, row: int) -> bytes:
        return self.text[self._bounds[row] + 1 : self._bounds[row + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The features of one kind that a model knows."""

    name: str
    weight: float
    names: Names
    idf: Numbers  # a number for each row
    weights: npt.NDArray[Any]  # a row for each feature, a column for each class,
    scales: Numbers  # in units of these: of a class what one counts

    def weights_of(self, rows: Any) -> Numbers:
        """Return the weights of these rows; all of them would take 20 MB."""
        weights: Numbers = self.weights.take(rows, axis=0) * self.scales
        return weights

    def weight_of(self, row: int, column: int) -> float:
        """Return the weight of one feature for one class."""
        return float(self.weights[row, column] * self.scales[column])


@dataclass(frozen=True, slots=True)
class Classifier:
    """One fitted model."""

    classes: tuple[str, ...]
    intercepts: Numbers
    views: tuple[View, ...]
    limits: Mapping[str, float]  # where the lines between answers are drawn

    def log_odds(self, features: Features) -> dict[str, float]:
        """Return the log-odds of each class against the rest."""
        found = self.intercepts.copy()
        for view in self.views:
            rows, idf, scale = _known(view, features)
            if scale:
                found += scale * (idf @ view.weights_of(rows))
        return dict(zip(self.classes, found.tolist(), strict=True))

    def share_known(self, features: Features) -> float:
        """Return which share of the words of a headline the model has ever seen, from 0 to 1."""
        words = [word for word in features["words"] if word.startswith("w:")]
        known = next(view.names for view in self.views if view.name == "words")
        return len(known.rows_of(words)) / len(words) if words else 0.0

    def words_for(self, features: Features, wanted: str, against: str = "") -> tuple[Term, ...]:
        """Return the words that spoke most for a class, with their shares of its log-odds.

        With `against` what counts is the difference to that class.
        """
        column, other = self.classes.index(wanted), self.classes.index(against or wanted)
        shares: dict[str, float] = {}
        for view in self.views:
            if view.name in ("letters", MEANING):
                continue
            _, _, scale = _known(view, features)
            for feature in features[view.name]:
                if (rows := view.names.rows_of([feature])) and (word := word_of(feature)):
                    told = view.weight_of(rows[0], column)
                    told -= view.weight_of(rows[0], other) if against else 0.0
                    share = scale * (float(view.idf[rows[0]]) * told)
                    shares[word] = shares.get(word, 0.0) + share
        ordered = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Term(word, round(share, 3)) for word, share in ordered if share > 0)[
            :MOST_WORDS
        ]


def _known(view: View, features: Features) -> tuple[Any, Numbers, float]:
    """Return the rows of the features that a view knows, their idf, and what scales their sum."""
    import numpy as np

    found = features[view.name]
    if view.name == MEANING:
        vector = plain_vector(found[0]).astype(np.float64)
        return np.arange(len(vector)), vector, view.weight
    if isinstance(found, Letters):
        known = [*dict.fromkeys(chain.from_iterable(_rows_of(view, word) for word in found.words))]
    else:
        known = view.names.rows_of(found)
    rows = np.array(known, np.intp)
    idf = view.idf.take(rows)
    length = math.sqrt(float((idf**2).sum()))
    return rows, idf, view.weight / length if length else 0.0


@lru_cache(maxsize=MOST_WORDS_KNOWN)
def _rows_of(view: View, word: str) -> tuple[int, ...]:
    """Return the rows of a word's letters: the same words are in headline after headline."""
    return tuple(view.names.rows_of(grams_of(word)))


@cache
def load(name: str, folder: Path = FOLDER) -> Classifier:
    """Return the model of that name.

    Raises ModelDamaged where its file is missing or cannot be read: without it nothing is known to
    be good news, and no cheerful message may be suggested.
    """
    path = folder / f"{name}.npz"
    try:
        return _read(path)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ModelDamaged(
            f"{path.name}, which tells {TELLS.get(name, name)}, is missing or damaged ({path}). "
            "Without it no message can be suggested: install Touchpoints again."
        ) from error


def _read(path: Path) -> Classifier:
    import numpy as np

    with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as found:
        classes = tuple(map(str, found["classes"]))
        views = tuple(_view(str(name), found) for name in found["views"])
        limits = dict(zip(map(str, found["limit_names"]), found["limits"].tolist(), strict=True))
        return Classifier(classes, found["intercepts"].astype(np.float64), views, limits)


def _view(name: str, found: Any) -> View:
    return View(
        name,
        float(found[f"{name}.weight"]),
        Names(bytes(found[f"{name}.features"])),
        found[f"{name}.idf"].astype("float64"),
        found[f"{name}.weights"],
        found[f"{name}.scales"].astype("float64"),
    )
