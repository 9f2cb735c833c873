"""Hedges turn the comparator; their words have a span of their own."""

from __future__ import annotations

import pytest

FOUND = [
    # text, comparator, the hedge's words
    ("at least 1,200 people", ">=", "at least"),
    ("nearly 90 flights", "~<", "nearly"),
    ("about 40 boats", "~", "about"),
    ("averaging 40 boats", "~", "averaging"),
    ("more than 40 boats", ">", "more than"),
    ("more\u00a0than 40 boats", ">", "more\u00a0than"),
    ("trade exceeded 260 deals", ">", "exceeded"),
    ("up to 40 boats", "<=", "up to"),
    ("as many as 40 boats", "<=", "as many as"),
    ("fewer than 40 boats", "<", "fewer than"),
    ("40 or more boats", ">=", "or more"),
    ("40 boats or more", ">=", "or more"),
    ("40+ boats", ">=", "+"),
    ("≥40 boats", ">=", "≥"),
    ("over 40 boats", ">", "over"),
    ("an estimated 40 boats", "~", "an estimated"),
    ("~1.2mm of it", "~", "~"),
    ("a sub-500 kg boat", "<", "sub-"),
    ("nearly a record 40 boats", "~<", "nearly"),
    ("more than a whopping 40 boats", ">", "more than"),
    ("as few as 40 boats", ">=", "as few as"),
    ("no fewer than 40 boats", ">=", "no fewer than"),
    ("barely 40 boats", "~", "barely"),
    ("just under 40 boats", "<", "just under"),
    ("(about 40 boats)", "~", "about"),
    ("40-odd boats", "~", "odd"),
    ("40-plus boats", ">", "plus"),
    ("children under the age of 5", "<", "under"),
]
NOT_HEDGED = [
    "exactly 40 boats",
    "a total of 40 boats",
    "They add up to 40 boats.",
    "the boats moved. 40 boats",
    "an average of 40 boats",
    "a submarine 40 metres long",
    "a record 40 boats",
    "It stood within the third row.",
    "a 40-strong crew",
    "the 40 boats",
]


@pytest.mark.parametrize(("text", "comparator", "words"), FOUND)
def test_reads_the_hedge(found, text, comparator, words):
    (item,) = found(text).quantities
    assert (item.comparator, item.hedge_span.cut(text)) == (comparator, words)


@pytest.mark.parametrize("text", NOT_HEDGED)
def test_leaves_plain_figures_exact(found, text):
    (item,) = found(text).quantities
    assert (item.comparator, item.hedge_span) == ("=", None)


@pytest.mark.parametrize(
    "text",
    [
        "It will come over the next three years.",
        "a rise of 7 per cent over two years",
        "He sang over the two years he served.",
    ],
)
def test_a_period_is_no_bound(found, text):
    assert found(text).quantities[-1].comparator == "="
