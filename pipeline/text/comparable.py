"""The one form in which texts are compared: names, aliases, word lists, headlines, headings.

Takes any text; gives it composed (NFC), in ordinary width, with one kind of apostrophe, hyphen and
space, and without what nobody sees; and where each of its characters stood, so that evidence shows
what was written. Case and accents stay: they tell names apart. Which spellings of a name are one
is left to `name_spellings`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from pipeline.records.record import dataclass
from pipeline.text.patterns import compiled_later

# Whoever is searched for many names is asked for again and again with the same text.
_KEPT = 64  # no border test: for speed

_ALIKE = {
    "'": "\u2018\u2019\u201b\u02bc\u02bb\u2032\u00b4\uff07",
    "-": "\u2010\u2011\ufe63\uff0d",
    " ": "\u00a0\u2000-\u200a\u202f\u205f\u3000",
}
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
_UNSEEN += "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f"
)
_JAMO = "\u1100-\u115e\u1161-\u11ff"
_HALF_KANA = "\uff61-\uff9f"
_LIGATURES = "\ufb00-\ufb06\u0132\u0133\u01c4-\u01cc"

_ONE_BY_ONE = {
    ord(other): plain
    for plain, others in _ALIKE.items()
    for other in chain.from_iterable(
        map(chr, range(ord(part[0]), ord(part[-1]) + 1)) for part in re.findall(r".-.|.", others)
    )
} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in (0xFF07, 0xFF0D)}
_ODD = compiled_later(f"[{_UNSEEN}{_MARKS}{_JAMO}{_HALF_KANA}{_LIGATURES}]")
# With what an ordinary letter may not be seen as itself; an apostrophe hides none.
_HIDING = compiled_later(
    f"[\uff01-\uff5e{_UNSEEN}{_MARKS}{_JAMO}{_HALF_KANA}{_LIGATURES}\u00a0\u2000-\u200a\u202f]"
)
# What belongs together: a letter with its marks, a Korean syllable in pieces, a half-width letter.
_CLUSTER = compiled_later(
    f"[{_UNSEEN}]+|[\u1100-\u115e][\u1161-\u11a7]?[\u11a8-\u11ff]?|"
    f"[{_HALF_KANA}][\uff9e\uff9f]?|.(?:[{_UNSEEN}]*[{_MARKS}])*",
    re.DOTALL,
)
_ONLY_UNSEEN = compiled_later(f"[{_UNSEEN}]+")


@dataclass(frozen=True, slots=True)
class Comparable:
    """A text in the form that is compared, with the way back to what was written."""

    text: str
    small: str  # the same in small letters, for a quick look
    places: tuple[int, ...] = ()  # of each character, and of the end; empty where nothing moved

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Return where a part of `text` stands in what was written."""
        return (self.places[begin], self.places[end]) if self.places else (begin, end)


@lru_cache(maxsize=_KEPT)
def comparable(written: str) -> Comparable:
    """Return a text in the form in which it is compared."""
    if written.isascii():
        return Comparable(written, written.lower())
    if not _ODD.search(written):
        text = written.translate(_ONE_BY_ONE)
        return Comparable(text, text.casefold())
    parts: list[str] = []
    places: list[int] = []
    for found in _CLUSTER.finditer(written):
        part = _composed(found.group())
        parts.append(part)
        places += [found.start()] * len(part)
    text = "".join(parts)
    return Comparable(text, text.casefold(), (*places, len(written)))


def glanced(written: str) -> str:
    """Return a text in small letters, good enough to see that letters are not in it: quickly."""
    if written.isascii() or not _HIDING.search(written):
        return written.casefold()
    return comparable(written).small


def plain_text(written: str) -> str:
    """Return a text in the form in which it is compared, where its places don't matter."""
    return comparable(written).text


def same_text(written: str) -> str:
    """Return what is equal for two texts that say the same: any case, single spaces."""
    return " ".join(comparable(written).small.split())


def _composed(cluster: str) -> str:
    """Return one character with its marks as it is compared; nothing for what nobody sees."""
    seen = _ONLY_UNSEEN.sub("", cluster)
    return unicodedata.normalize("NFKC", seen) if _ODD.search(seen) else seen.translate(_ONE_BY_ONE)
