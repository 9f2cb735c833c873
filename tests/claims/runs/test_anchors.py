"""How findings are known again."""

import pytest

from claims.runs.anchors import Anchored, Places, attribution_keys, claim_keys, match
from corpus.sentences import sentences
from corpus.spans import Span
from tests.claims import make

TEXT = "A ferry took 40 people.\nAnother took 40 and 40 more.\nA ferry took 40 people.\n"


def keys(text, *findings):
    return claim_keys(Places(text, sentences(text)), findings)


def on(text, words, nth=0, **fields):
    return make.finding_on(text, words, nth=nth, **fields)


def test_each_place_of_the_same_words_has_its_own_key():
    found = keys(TEXT, *(on(TEXT, "40", nth=nth) for nth in range(4)))
    assert len(set(found)) == 4


def test_a_key_does_not_depend_on_what_else_was_found():
    alone = keys(TEXT, on(TEXT, "40", nth=2))
    assert keys(TEXT, on(TEXT, "40", nth=1), on(TEXT, "40", nth=2))[1:] == alone


def test_a_key_holds_no_value_and_no_speaker():
    assert keys(TEXT, on(TEXT, "40", value="40")) == keys(TEXT, on(TEXT, "40", value="41"))


def test_white_space_is_folded_and_digits_are_not():
    wrapped = TEXT.replace(" people", "\u00a0 people")
    other = TEXT.replace("40", "41")
    assert keys(wrapped, on(wrapped, "40")) == keys(TEXT, on(TEXT, "40"))
    assert keys(other, on(other, "41")) != keys(TEXT, on(TEXT, "40"))


def test_amounts_and_dates_on_one_place_are_two_things():
    assert keys(TEXT, on(TEXT, "40", kind="count")) == keys(TEXT, on(TEXT, "40", kind="share"))
    assert keys(TEXT, on(TEXT, "40", kind="count")) != keys(TEXT, on(TEXT, "40", kind="duration"))


def test_two_findings_on_one_place_differ_by_their_order():
    first, second = keys(TEXT, on(TEXT, "40"), on(TEXT, "40"))
    assert first != second


def test_an_attribution_is_known_by_its_sentence_and_cue():
    text = "Lena Ortiz said so.\nShe said no.\nShe said no.\n"
    lines = sentences(text)
    cues = [make.attribution_on(text, "Lena Ortiz") | {"cue": [make.span_of(text, "said", nth=n)]}
            for n in range(3)]  # fmt: skip
    found = attribution_keys(Places(text, lines), lines, text, cues)
    assert len(set(found)) == 3
    assert attribution_keys(Places(text, lines), lines, text, cues[2:]) == found[2:]


def test_an_attribution_outside_every_sentence_still_has_a_key():
    bare = make.attribution_on(TEXT, "nobody", cue="A ferry") | {"cue": [], "content": []}
    assert len(attribution_keys(Places(TEXT, []), [], TEXT, [bare])) == 1


ROWS = [
    # stored (key, family, start, end), found, pairs: found → stored
    ([("a", "amount", 0, 4)], [("a", "amount", 50, 54)], {0: 0}),
    ([("a", "amount", 0, 4)], [("b", "amount", 0, 8)], {0: 0}),
    ([("a", "amount", 0, 4)], [("b", "amount", 0, 9)], {}),
    ([("a", "amount", 0, 4)], [("b", "calendar", 0, 5)], {}),
    ([("a", "amount", 0, 4)], [("b", "calendar", 0, 4)], {0: 0}),
    ([("a", "amount", 0, 4)], [("b", "amount", 4, 8)], {}),
    ([("a", "amount", 0, 6)], [("b", "amount", 0, 4), ("c", "amount", 0, 5)], {1: 0}),
    ([("a", "amount", 0, 6)], [("b", "amount", 0, 6), ("a", "amount", 9, 12)], {1: 0}),
    ([("a", "amount", 0, 4)], [("a", "amount", 0, 4), ("a", "amount", 9, 12)], {0: 0}),
]


@pytest.mark.parametrize(("stored", "found", "pairs"), ROWS)
def test_findings_meet_by_key_then_by_overlap_best_first(stored, found, pairs):
    def rows(given):
        return [Anchored((key,), family, Span(start, end)) for key, family, start, end in given]

    assert match(rows(stored), rows(found)) == pairs
