"""Articles as a person arranges them: lines cut in two, left out, given to another article."""

import pytest

from corpus.split import gathered
from corpus.split.arrange import LEFT_OUT, arranged, cut_lines

TEXT = (
    "\ufeffFerry counts rise at Saltmere\n\n"
    "2031-05-06 17:40\n"
    "The office counted 12 boats. New pier opens in Oss The pier has 4 berths.\n"
    "City\n"
    "More words follow here, she said.\n"
)


def words(lines):
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("before", "pieces"),
    [
        ([], 5),
        (["New pier"], 6),
        (["New pier", "The pier has"], 7),
        (["The office"], 5),  # the edge of a line
        (["\nMore words"], 5),  # between lines
    ],
)
def test_a_line_is_cut_before_the_words_that_are_named(before, pieces):
    lines = cut_lines(TEXT, [TEXT.index(one) for one in before])
    assert len(lines) == pieces
    assert [line.span.cut(TEXT) for line in lines] == words(lines)


def test_each_article_has_its_headline_and_what_is_left_out_a_reason():
    cuts = [TEXT.index("New pier"), TEXT.index("The pier has")]
    lines = cut_lines(TEXT, cuts)
    numbers = [0, 0, 0, 1, 1, 1, None]
    layout = gathered(TEXT, lines, arranged(lines, numbers))
    first, second = layout.articles
    assert first.headline == "Ferry counts rise at Saltmere"
    assert [part.role for part in first.parts] == ["headline", "metadata", "body"]
    assert second.headline == "New pier opens in Oss"
    assert second.text == "New pier opens in Oss The pier has 4 berths.\nCity"
    (left,) = layout.ranges
    assert (left.span.cut(TEXT), left.reason) == ("More words follow here, she said.", LEFT_OUT)


def test_a_section_label_may_stand_above_the_headline():
    lines = cut_lines("City\n\nNew pier opens in Oss\n\nThe pier has 4 berths, she said.\n")
    placed = arranged(lines, [3, 3, 3])
    assert [place.role for place in placed] == ["section", "headline", "body"]
