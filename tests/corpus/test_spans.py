"""Spans: half open, in code points, never empty."""

from __future__ import annotations

import pytest

from corpus.spans import Span, joined


def test_cuts_the_words_it_marks():
    assert Span(4, 9).cut("The ferry left") == "ferry"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 4)])
def test_refuses_what_is_no_span(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_has_a_length_and_shifts():
    assert len(Span(2, 7)) == 5
    assert Span(2, 7).shift(3) == Span(5, 10)


@pytest.mark.parametrize(
    ("other", "overlaps", "holds", "iou"),
    [
        (Span(2, 7), True, True, 1.0),
        (Span(3, 5), True, True, 0.4),
        (Span(6, 9), True, False, 1 / 7),
        (Span(7, 9), False, False, 0.0),
    ],
)
def test_compares_itself_with_others(other, overlaps, holds, iou):
    span = Span(2, 7)
    assert span.overlaps(other) is overlaps
    assert span.holds(other) is holds
    assert span.iou(other) == pytest.approx(iou)


def test_overlapping_spans_are_joined_and_neighbours_are_not() -> None:
    spans = [Span(8, 9), Span(0, 3), Span(1, 2), Span(3, 5), Span(4, 8)]
    assert joined(spans) == [Span(0, 3), Span(3, 8), Span(8, 9)]
    assert joined([]) == []
