"""HTML to text: what a reader would read, nothing else, in time that grows with the length."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.news import clean
from tests.environment import at_most


@pytest.mark.parametrize(
    ("served", "read"),
    [
        ("plain words here", "plain words here"),
        ("<p>Oracle opens</p><p>a plant &amp; more</p>", "Oracle opens\na plant & more"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("a <b>bold</b><i>er</i> word", "a bolder word"),
        ("&lt;p&gt;escaped &lt;b&gt;twice&lt;/b&gt; here&lt;/p&gt;", "escaped twice here"),
        ("AT&amp;amp;T and Johnson &amp; Johnson", "AT&T and Johnson & Johnson"),
        ("if a < b and c > d then", "if a < b and c > d then"),
        ("if a &lt; b and <b>c</b> > d", "if a < b and c > d"),
        ("a List<T> is <em>not</em> a tag, I <3 it", "a List<T> is not a tag, I <3 it"),
        ("<script>alert(1)</script>What stays is text", "What stays is text"),
        ("<style>p{}</style>What <svg><text>no</text></svg>stays is text", "What stays is text"),
        ("<form>Subscribe! <input></form>What stays is text", "What stays is text"),
        ("before <iframe src='x'/> and after it", "before and after it"),
        ("before <!-- a <b>comment --> and after it", "before and after it"),
        ("before <!-- no end, and after it", "before no end, and after it"),
        ("<img alt='a > b' src=x>Only this stays here", "Only this stays here"),
        ("<![CDATA[some <b>more</b> words]]>", "some more words"),
        ("weâ€™re back with news", "we’re back with news"),
        ("un po\x92 di più", "un po’ di più"),
        ("costs Â£30 million", "costs £30 million"),
        ("Why Ã© stands for é", "Why Ã© stands for é"),
        ("<p title='a <b>b</b> c' class=x>Only this</p>", "Only this"),
        ("<form>Not read, and not ended", "Not read, and not ended"),
        ("Read\u2028and\xa0read\t again", "Read\nand read again"),
        ("zero\u200bwidth \u202eturned\u202c and bell\x07", "zerowidth turned and bell"),
    ],
)
def test_text_is_what_a_reader_would_read(served: str, read: str) -> None:
    """Markup goes, words stay, a paragraph is a line."""
    assert clean.body_text(served) == read


@pytest.mark.parametrize(
    "served",
    [
        "<a href='x'>Comments</a>",
        '<ol><li><a href="x">Oracle to buy</a> <font>CNN</font></li></ol>',
        "<p><a href=x>One</a> | <a href=y>Two</a></p>",
        '<img src="pixel.gif">',
        "<a href=x>One</a> | <a href=y>Two</a> | <a href=z>Three</a> | <a href=w>Four</a>",
        "",
    ],
)
def test_a_list_of_links_is_no_text(served: str) -> None:
    """What has next to no word beside its links counts as no text."""
    assert clean.body_text(served) == ""


@pytest.mark.parametrize(
    "end",
    [
        "<p>The post A title appeared first on <a href=x>A site</a>.</p>",
        " Read more",
        "<a href=x>Continue reading<span> A title</span> →</a>",
        "<p>Share this on Facebook</p>",
        "<p>View Full Coverage on Google News</p>",
        "<p>Der Beitrag Ein Titel erschien zuerst auf Eine Seite.</p>",
        "<p>L’article Un titre est apparu en premier sur Un site.</p>",
        "<p>La entrada Un título se publicó primero en Un sitio.</p>",
        "<p>L'articolo Un titolo proviene da Un sito.</p>",
        "<p>O post Um título apareceu primeiro em Um site.</p>",
        "<p>Het bericht Een titel verscheen eerst op Een site.</p>",
        "<p>Сообщение Заголовок появились сначала на Сайт.</p>",
        "<p><a href=x>Weiterlesen</a></p>",
        "<p><a href=x>Czytaj dalej →</a></p>",
        "<p><a href=x>続きを読む</a></p>",
        "<p><a>Lire la suite…</a></p><p>The post A title first appeared on A site.</p>",
    ],
)
def test_the_lines_of_every_entry_are_dropped(end: str) -> None:
    """The last line says nothing about the entry."""
    assert clean.body_text(f"<p>Oracle opens a plant.</p>{end}") == "Oracle opens a plant."


def test_a_text_beside_links_is_a_text() -> None:
    """Also in a script that knows no blanks."""
    assert clean.body_text("<a href=x>Reuters</a> Oracle opens a plant.").startswith("Reuters")
    chinese = "甲骨文公司星期二宣布，将在俄亥俄州开设新的数据中心，投资数十亿美元。"
    assert clean.body_text(f"<a href=x>路透社</a>{chinese}").endswith(chinese)


def test_read_more_inside_a_text_stays() -> None:
    """Only the end of a text is looked at."""
    assert clean.body_text("Read more books. They help a lot with this.").startswith("Read more")


def test_a_title_is_one_line_of_at_most_500_characters() -> None:
    """Line breaks, tags and tabs become one blank."""
    assert clean.title_text(" A\n<b>bold</b>\ttitle &#38; more ") == "A bold title & more"
    assert len(clean.title_text("word " * 1000)) <= 500


@pytest.mark.parametrize(
    "unit",
    ["<", "<!--", "<a ", "<a href=\"", "<a b='", "<a>", "<div>", "<p></div>", "<form>", "</", "&",
     "&lt;", "<![CDATA[", "<script>", "<a><form>x<svg>y", "Read more ", "The post "],
)  # fmt: skip
def test_no_shape_takes_long(unit: str) -> None:
    """200,000 hostile characters take seconds at most, where html.parser alone takes minutes."""
    with at_most(seconds=10):
        clean.body_text("<p>" + unit * (200_000 // len(unit)))


@pytest.mark.parametrize(
    "unit", ["<!--", "<", "&", '<a href="', "<div>", "<form>x", '="<a"', "&lt;"]
)
def test_twice_the_text_takes_no_more_than_twice_the_time(unit: str) -> None:
    """And a little, for other programs on the computer."""

    def seconds(length: int) -> float:
        fragment = "<p>" + unit * (length // len(unit))
        taken = []
        for _ in range(3):
            begun = time.process_time()
            clean.body_text(fragment)
            taken.append(time.process_time() - begun)
        return min(taken)

    assert seconds(200_000) < 2.5 * seconds(200_000 // 2) + 0.05


_PIECES = st.sampled_from(
    ["<", ">", "&", "lt;", "amp;", "#60;", "#x3c;", "script", "<script>", "</script>", "<b>", "<a ",
     "href='", '"', "<!--", "-->", "]]>", "<![CDATA[", "word ", "\u202e", "\u200b", "\x00", "\n",
     "\ud800", "on", "=", "/", "<svg/>", "%3C", "ﬁ", "Ã©", "<x:y>", "<T>"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join)))
def test_nothing_dangerous_gets_through(served: str) -> None:
    """Whatever the feed says, no tag, control, direction or half character is left."""
    for text in (clean.title_text(served), clean.body_text(served)):
        assert not clean._TAG.search(text)
        assert "<script" not in text.casefold()
        kinds = {unicodedata.category(letter) for letter in text if letter != "\n"}
        assert not kinds & {"Cc", "Cf", "Cs"}
    assert "\n" not in clean.title_text(served)
