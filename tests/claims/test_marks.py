"""Marked text: the words stay what they are, whatever overlaps."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.marks import Mark, flat, marked


class Page(HTMLParser):
    """Reads HTML as a browser does: its text, and the text inside each mark, by role."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.inside, self.ids, self.links = "", {}, [], {}
        self.standing, self.href = [], None
        self.feed(html.replace("\r\n", "\n").replace("\r", "\n"))  # line ends as a browser has them
        self.close()
        assert self.standing == []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a":
            self.href = attributes["href"]
        else:
            self.standing.append(attributes["class"].split()[0].removeprefix("mark-"))
            self.ids += filter(None, [attributes.get("id")])

    def handle_endtag(self, tag):
        if tag == "a":
            self.href = None
        else:
            self.standing.pop()

    def handle_data(self, data):
        self.text += data
        for role in self.standing:
            self.inside[role] = self.inside.get(role, "") + data
        if self.href:
            self.links[self.href] = self.links.get(self.href, "") + data


TEXTS = st.text(
    alphabet=st.sampled_from(
        "ab <>&\"'\r\n\t\u00a0\u202e\u2066\u0301\u05d0\u0627\U0001f468\U0001d7d8"
    ),
    min_size=1,
    max_size=40,
)


@st.composite
def texts_and_spans(draw):
    text = draw(TEXTS)
    place = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(place, place).map(sorted), max_size=8))
    return text, [(start, end) for start, end in spans if start < end]


@given(texts_and_spans())
def test_the_text_of_the_page_is_the_text_and_each_mark_holds_its_surface(case):
    text, spans = case
    marks = [Mark(start, end, f"r{n}", 'a "label"') for n, (start, end) in enumerate(spans)]
    page = Page(marked(text, marks))
    assert page.text == text
    assert page.inside == {f"r{n}": text[start:end] for n, (start, end) in enumerate(spans)}


@given(texts_and_spans(), st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_of_the_text_shows_only_its_words(case, one, other):
    text, spans = case
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    page = Page(marked(text, [Mark(*span, "r") for span in spans[:1]], start, end))
    assert page.text == text[start:end]
    for left, right in spans[:1]:
        assert page.inside.get("r", "") == text[max(left, start) : max(start, min(right, end))]


ROWS = [
    # text, marks, HTML
    ("84 of 140", [], "84 of 140"),
    ("84 of", [Mark(0, 2, "claim")], '<mark class="mark-claim">84</mark> of'),
    (
        "abcd",
        [Mark(0, 3, "x"), Mark(2, 4, "y")],
        '<mark class="mark-x">ab<mark class="mark-y">c</mark></mark>'
        '<mark class="mark-y again">d</mark>',
    ),
    (
        "84 of 140",
        [Mark(0, 2, "claim", href="/2"), Mark(0, 9, "claim", href="/1")],
        '<mark class="mark-claim"><mark class="mark-claim"><a href="/2">84</a></mark>'
        '<a href="/1"> of 140</a></mark>',
    ),
    ("<b>\r\n", [Mark(0, 3, "cue")], '<mark class="mark-cue">&lt;b&gt;</mark>&#13;\n'),
    ("9", [Mark(0, 1, "x", anchor="c-1", label="<9>")],
     '<mark class="mark-x" id="c-1" title="&lt;9&gt;">9</mark>'),
    ("short", [Mark(9, 12, "x"), Mark(2, 2, "y")], "short"),
    ("", [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks", "html"), ROWS)
def test_marks_become_nested_elements(text, marks, html):
    assert marked(text, marks) == html


def test_an_anchor_stands_once_though_its_mark_is_cut_in_two():
    page = Page(marked("abcdef", [Mark(0, 4, "x", anchor="c-1"), Mark(2, 6, "y", anchor="c-2")]))
    assert page.ids == ["c-1", "c-2"]


def test_words_of_two_linked_marks_lead_to_the_shorter():
    page = Page(marked("84 of 140", [Mark(0, 9, "x", href="/1"), Mark(6, 9, "y", href="/2")]))
    assert page.links == {"/1": "84 of ", "/2": "140"}


# Flat pieces

FLAT = [
    ([], "Nine boats left"),
    ([Mark(0, 4, "c")], '<mark class="c">Nine</mark> boats left'),
    (
        [Mark(0, 10, "k"), Mark(5, 15, "s")],
        '<mark class="k">Nine </mark><mark class="k s">boats</mark><mark class="s"> left</mark>',
    ),
    (
        [Mark(0, 10, "k"), Mark(5, 10, "k")],
        '<mark class="k">Nine </mark><mark class="k k2">boats</mark> left',
    ),
    (
        [Mark(0, 10, "c cp", anchor="w1", href="#c1"), Mark(0, 4, "c ca", anchor="w2", href="#c2")],
        '<mark class="c ca cp c2" id="w2"><a href="#c2">Nine</a></mark>'
        '<mark class="c cp"><a href="#c1"> boats</a></mark> left',
    ),
    ([Mark(5, 10, "q", label='a "cue"')], "Nine <mark "
     'class="q" title="a &quot;cue&quot;">boats</mark> left'),
]  # fmt: skip


@pytest.mark.parametrize(("marks", "html"), FLAT)
def test_flat_pieces_tell_every_overlap(marks, html):
    assert flat("Nine boats left", marks) == html


def test_the_words_of_flat_pieces_are_the_text():
    text = "a\r\n<b>&\U0001f6f3 c d e"
    marks = [Mark(0, 5, "c"), Mark(3, 9, "s"), Mark(4, 10, "k"), Mark(4, 10, "k")]
    assert Page(flat(text, marks)).text == text
