"""What becomes of a good text in an editor, on a disk, on the way: a strategy for property tests.

Random text hardly ever gets past a reader's first line. Here pieces are cut out, doubled, moved and
put in, so that what is read is nearly right.
"""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    *("\x00", "\x1b[2J", "\u202e", "\u2028", "\ufeff", "\ud800", "\x85", "é", "🙂", "\t", "\r\n"),
    *("\n", "---", "- ", "# ", "> ", ": ", "|", "&a", "*a", "<<: *a", "!!python/object:os.system"),
    *("{", "}", "[", "]", ",", '"', "'", "\\", "null", "true", "-1", "1e999", "NaN", "9" * 40),
    *("0x1F", "2026-02-30", "0000-00-00", "9999-12-31T23:59:59-23:59", "[x] sent (no. 1)"),
    *("[x] later (no. 1), on: 7d", "<", ">", "&", "<![CDATA[", "]]>", "<!--", "&a;", "&#0;"),
    *("<!DOCTYPE x [<!ENTITY a 'b'>]>", "&#xD800;", "</item>", "<item>", "<entry>", "</channel>"),
    *("<link/>", "xmlns:a='b'", "javascript:alert(1)", "http://[::1", "file:///etc/passwd", "//"),
    *("{{", "}}", "{% if %}", "a" * 5_000, "(" * 500, " " * 500),
]

_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["put", "cut", "double", "move", "end", "replace"]),
        st.floats(0, 1),
        st.floats(0, 1),
        st.sampled_from(PIECES),
    ),
    min_size=1,
    max_size=6,
)


def texts(*good: str) -> st.SearchStrategy[str]:
    """Return texts that were good, but for some edits."""
    return st.builds(_edited, st.sampled_from(good), _EDITS)


def bytes_like(*good: str) -> st.SearchStrategy[bytes]:
    """Return the same as bytes, some of them of another encoding or with a bit turned over."""
    return st.builds(
        _encoded,
        texts(*good),
        st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "latin-1", "cp1252", "utf-7"]),
        st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=3),
    )


def _edited(text: str, edits: list[tuple[str, float, float, str]]) -> str:
    for what, one, other, piece in edits:
        at, length = int(one * len(text)), int(other * other * 200) + 1
        some = text[at : at + length]
        if what == "put":
            text = text[:at] + piece + text[at:]
        elif what == "cut":
            text = text[:at] + text[at + length :]
        elif what == "double":
            text = text[:at] + some + text[at:]
        elif what == "move":
            rest = text[:at] + text[at + length :]
            to = int(other * len(rest))
            text = rest[:to] + some + rest[to:]
        elif what == "replace":
            text = text[:at] + piece + text[at + length :]
        else:
            text = text[:at]
    return text


def _encoded(text: str, encoding: str, turned: list[tuple[float, int]]) -> bytes:
    body = bytearray(text.encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass"))
    for where, value in turned:
        if body:
            body[min(int(where * len(body)), len(body) - 1)] = value
    return bytes(body)
