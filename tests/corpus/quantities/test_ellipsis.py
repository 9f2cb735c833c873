"""What is not said again."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, kind, unit, head
    ("It has 6 million homes, including 1.5 million in Oss.", "1.5 million", "count", None, "home"),
    ("They had 22 calls, compared with 20 in May.", "20", "count", None, "call"),
    ("There are 60 men and 90 who work.", "90", "count", None, "man"),
    ("It grew 2 percent but Oss shrank by 1.", "1", "percent", "%", None),
    ("It rose 2 km to 9.", "9", "measure", "km", None),
    ("It killed 49 men and wounded 53.", "53", "count", None, "man"),
    ("Oss named five men, while Brill named six.", "six", "count", None, "man"),
    ("Oss got 40 votes, Brill got 12 and Odd left.", "12", "count", None, "vote"),
    ("Out of the 140 members, 84 were new.", "84", "count", None, "member"),
    ("The 40 and 55 trucks came.", "40", "count", None, "truck"),
    ("It saw hundreds if not thousands of gulls.", "hundreds", "count", None, "gull"),
    ("It names 19 men, 11 of whom left.", "11", "count", None, "man"),
    ("It has 212 shops, 40 more than Oss.", "40", "count", None, "shop"),
    ("Four men died and nine injured.", "nine", "count", None, "man"),
    ("It has 300 men, a third of whom left.", "a third", "share", None, "man"),
    ("Of the 214 men, 37 remain.", "37", "count", None, "man"),
    ("It is 81.4 years for women and 76.9 for men.", "76.9", "duration", "year", None),
    ("It was 12 percent in Oss against 9 in Brill.", "9", "percent", "%", None),
    ("One fell to 300 points, the other 2 percent to 90.", "90", "count", None, "point"),
]
NOT_FOUND = [
    # text, the words found
    ("The index rose 2 percent to 300.", "300"),
    ("It has 6 homes. Including 15 in Oss.", "15"),
    ("It has 6 homes, tells 300 in Oss.", "300"),
    ("It has 6 homes" + " by the sea in the north" * 8 + " and 15 in Oss.", "15"),
    ("It paid 5 euros and 15 in May.", "15"),
    ("It rose 2 km and 9.", "9"),
    ("Oss named five men, while Brill met six.", "six"),
    ("The 40 by 55 trucks came.", "40"),
    ("It saw 140 members, 84 were new.", "84"),
    ("A 40 and a crowd of 55 came.", "40"),
    ("It cut off 6 homes and killed 23.", "23"),
    ("It took two towns, with 17 dead and 60 wounded.", "60"),
    ("It took 12 percent in Oss and 9 for Brill.", "9"),
    ("It was 12 percent in Oss, 9 in Brill.", "9"),
    ("He is 44 in May and 9 in June.", "9"),
]


@pytest.mark.parametrize(("text", "words", "kind", "unit", "head"), FOUND)
def test_a_bare_figure_takes_over_what_was_said(found, text, words, kind, unit, head):
    item = next(one for one in found(text).quantities if one.span.cut(text) == words)
    assert (item.kind, item.unit, item.concept_head) == (kind, unit, head)


@pytest.mark.parametrize(("text", "words"), NOT_FOUND)
def test_leaves_other_figures_alone(found, text, words):
    item = next(one for one in found(text).quantities if one.span.cut(text) == words)
    assert (item.kind, item.unit, item.concept) == ("count", None, None)


@pytest.mark.parametrize(
    "text", ["It has 300 men. A third of them left.", "Half of them left 300 men."]
)
def test_a_share_of_nothing_said_before_counts_nothing(found, text):
    (share,) = [one for one in found(text).quantities if one.kind == "share"]
    assert share.concept is None


def test_a_hedge_of_the_first_is_not_that_of_the_second(found):
    text = "It has 6 homes or more, including 15 in Oss."
    assert [one.comparator for one in found(text).quantities] == [">=", "="]
