"""Long texts become messages that Telegram takes, and nothing of them is lost."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.reply import escape
from bot.chat.split import LIMIT, split, units


class Seen(HTMLParser):
    """An independent reader: text, and each character's open tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.marked = "", list[str](), list[tuple[str, tuple[str, ...]]]()
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.open.append(f"{tag}{attrs}")

    def handle_endtag(self, tag):
        assert self.open, f"closed without opening: {tag}"
        assert self.open.pop().startswith(tag)

    def handle_data(self, data):
        self.text += data
        self.marked += [(c, tuple(self.open)) for c in data if not c.isspace()]


WORDS = st.text(st.sampled_from("가나 ab\n\n<>&;\"'😀x"), max_size=30).map(escape)
TAGS = st.sampled_from(["b", "i", 'a href="https://x.example/?a=1&amp;b=2"'])
HTML = st.recursive(
    WORDS,
    lambda inner: (
        st.tuples(TAGS, inner).map(lambda t: f"<{t[0]}>{t[1]}</{t[0].split()[0]}>")
        | st.lists(inner, max_size=6).map("".join)
    ),
    max_leaves=25,
)


@given(HTML, st.integers(2, 60))
def test_parts_fit_are_whole_and_lose_nothing(html, limit):
    parts = [Seen(part) for part in split(html, limit)]
    assert all(0 < units(part.text) <= limit for part in parts)
    assert [mark for part in parts for mark in part.marked] == Seen(html).marked
    assert all(part.text.strip() for part in parts)


@given(HTML)
def test_what_fits_stays_one(html):
    assert len(split(html)) == bool(Seen(html).text.strip())


@given(st.text("&<>a", min_size=1, max_size=40))
def test_entities_stay_whole(text):
    for part in split(escape(text), 2):
        assert not re.search(r"&(?!amp;|lt;|gt;)", part)
        assert units(unescape(part)) <= 2


def test_length_is_counted_as_telegram_does():
    assert units("가😀a") == 4
    assert [units(part) for part in split("😀" * 2049)] == [4096, 2]
    assert split("&amp;" * LIMIT) == ["&amp;" * LIMIT]
    link = '<a href="https://x.example/' + "y" * 5000 + '">z</a>'
    assert split(link) == [link]


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("one one\n\ntwo two", ["one one", "two two"]),
        ("one one\ntwo two", ["one one", "two two"]),
        ("one two three", ["one two", "three"]),
        ("abcdefghijklmn", ["abcdefghij", "klmn"]),
        ("<b>one two three</b> four", ["<b>one two</b>", "<b>three</b> four"]),
        ('<a href="x">one <i>two three</i></a>', ['<a href="x">one <i>two</i></a>', '<a href="x"><i>three</i></a>']),
        ("  \n ", []),
        ("", []),
    ],
)
def test_cuts_where_a_reader_would(html, parts):
    assert split(html, 10) == parts
