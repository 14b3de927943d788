"""Text that ends a line, a value, a header or a property somewhere, or turns what is read."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    *("\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\x1b[2J"),
    *("\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\ud800", "\udc80", "ü", "🙂", " ", "\t"),
    *("Bcc: eve@example.com", "\r\nBcc: eve@example.com", "\n\nX", "eve@example.com", "<e@f.gh>"),
    *(",", ";", ":", '"', "\\", "(", ")", "<", ">", "@", "[", "]", "?", "&", "=", "%0A", "=0A"),
    *(
        "=?utf-8?q?=0D=0ABcc:_eve=40example.com?=",
        "=?utf-8?b?DQpCY2M6?=",
        ";VALUE=URI:",
        "\\n",
        "^n",
    ),
    *("\r\nEND:VEVENT", "BEGIN:VALARM", "ATTACH:file:///etc/passwd", "DTSTART:19700101T000000Z"),
    *("<script>alert(1)</script>", "<a href='javascript:alert(1)'>", "w" * 10_000, "é" * 200),
]
HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)
