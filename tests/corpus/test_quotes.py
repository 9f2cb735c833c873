"""Which words stand in quotation marks."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quotes import quotations

# text, then the quotations found: [closed], (open: to the end of the sentence or paragraph)
FOUND = [
    ('She said, "We won."', ['"We won."']),
    ("She said, “We won.”", ["“We won.”"]),
    ("She said, ``We won.''", ["``We won.''"]),
    ("Elle a dit « oui » hier", ["« oui »"]),
    ('"One," he said. "Two."', ['"One,"', '"Two."']),
    ('the "red tours" of ("the club")', ['"red tours"', '"the club"']),
    ('said,"We won."', ['"We won."']),
    ('He said "no"—"never" was meant', ['"no"', '"never"']),
    ("'Red tours' open", ["'Red tours'"]),
    ("‘Red tours’ open", ["‘Red tours’"]),
    ("He said: ‘It’s the ’90s again,’ and left", ["‘It’s the ’90s again,’"]),
    ("He told 'the workers' union' so", ["'the workers' union'"]),
    ("'It was the workers' fault,' he said", ["'It was the workers' fault,'"]),
    ("He told 'the workers' all", ["'the workers'"]),
    ("She called it 'the boys' best, and 'mine' too", ["'the boys'", "'mine'"]),
    ("“He said ‘no’ twice,” she said", ["“He said ‘no’ twice,”", "‘no’"]),
    ("‘He said “no” twice,’ she said", ["‘He said “no” twice,’", "“no”"]),
    ('"Wrong marks,” she said', ['"Wrong marks,”']),
    ('said "we go. "We stay," he said', ['"we go.', '"We stay,"']),
    ('said "we go on. Then nothing closed it', ['"we go on.']),
    ('"We go on. Nothing closes it.', ['"We go on. Nothing closes it.']),
    ("“We “really” won,” she said", ["“We", "“really”"]),
]
NOT_FOUND = [
    'a 6" pipe and a 12" one',
    "it's the crew's boat, isn't it",
    "the workers' union",
    "back in the '90s and '80s, 'twas so",
    "rock 'n' roll",
    '""',
    '"',
    "' '",
    "it closed” by mistake",
    "‘never closed",
    "",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds_the_quotations(text: str, expected: list[str]) -> None:
    assert [quotation.span.cut(text) for quotation in quotations(text)] == expected


@pytest.mark.parametrize("text", NOT_FOUND)
def test_other_marks_quote_nothing(text: str) -> None:
    assert quotations(text) == []


def test_a_quotation_knows_its_inner_words_and_depth() -> None:
    text = "She said: “He told us ‘no’ twice.”"
    outer, inner = quotations(text)
    assert (outer.inner.cut(text), outer.depth, outer.open) == ("He told us ‘no’ twice.", 0, False)
    assert (inner.inner.cut(text), inner.depth, inner.open) == ("no", 1, False)


@pytest.mark.parametrize(("first", "last"), ["““", '""'], ids=["curly", "straight"])
def test_a_speech_runs_on_over_paragraphs(first: str, last: str) -> None:
    text = f"He said: {first}One. Two.\n\n{last}Three.”\n\nThe end."
    one, two = quotations(text)
    assert (one.span.cut(text), one.open, one.continues) == (f"{first}One. Two.", True, False)
    assert (two.span.cut(text), two.open, two.continues) == (f"{last}Three.”", False, True)


def test_of_two_quotations_that_cross_the_first_is_kept() -> None:
    text = 'He said "one ‘two" three’ four.'
    assert [one.span.cut(text) for one in quotations(text)] == ['"one ‘two"']


def test_a_new_speech_is_no_continuation() -> None:
    text = '"One," he said.\n\n"Two," she said.'
    assert [quotation.continues for quotation in quotations(text)] == [False, False]


def test_an_open_speech_ends_when_the_next_paragraph_has_no_mark() -> None:
    text = '"One.\n\nTwo.\n\n"Three."'
    assert [(one.open, one.continues) for one in quotations(text)] == [
        (True, False),
        (False, False),
    ]


@given(st.text(alphabet="as .,?\n\"'“”‘’", max_size=60))
def test_quotations_cut_back_and_nest(text: str) -> None:
    found = quotations(text)
    assert found == sorted(found, key=lambda one: (one.span.start, -one.span.end))
    for one in found:
        assert one.span.holds(one.inner)
        assert "\n" not in one.span.cut(text)
        around = sum(other is not one and other.span.holds(one.span) for other in found)
        assert one.depth == around


HOSTILE = ['"', "'", "“", "”", "‘s’ a", '"a ', "“a. ", '"Why?" ', "''``", " 's", "a’ ", "\n“a"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_its_size(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begun = process_time()
    found = quotations(text)
    assert process_time() - begun < 5
    assert len(found) <= len(text)
