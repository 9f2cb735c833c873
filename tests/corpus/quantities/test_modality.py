"""Modality: how firmly a figure is stated."""

from __future__ import annotations

import pytest

MARKED = [
    # text, modality of the first figure
    ("It will sell 40 boats.", "planned"),
    ("They'll sell 40 boats.", "planned"),
    ("It plans to sell 40 boats.", "planned"),
    ("It wants to take in up to 40 boats.", "planned"),
    ("The pier is to receive 40 boats.", "planned"),
    ("She announced that it would sell 40 boats.", "planned"),
    ("Within the coming two years, it will invite guests.", "planned"),
    ("It is ready to invite them over the next three years.", "planned"),
    ("About 40 boats will be sold.", "planned"),
    ("In Oss about 40 of the boats are to be sold.", "planned"),
    ("It is expected to sell 40 boats.", "forecast"),
    ("Sales of 40 boats are likely to follow.", "forecast"),
    ("It could sell 40 boats.", "conditional"),
    ("It may sell 40 boats.", "conditional"),
    ("It could be made to sell 40 boats.", "conditional"),
    ("If it sells 40 boats, it stays.", "conditional"),
    ("Unless it sells 40 boats, it goes.", "conditional"),
    ("If they lost 40 boats, they would stay.", "conditional"),
    ("Some 40 boats could be sold.", "conditional"),
    ("Did it sell 40 boats?", "presupposed"),
    ("“Did it sell 40 boats?”", "presupposed"),
    ("He asked whether 40 boats sank.", "presupposed"),
    ("It did not sell 40 boats.", "denied"),
    ("Sales did not reach 40 boats.", "denied"),
    ("None of the 40 boats sank.", "denied"),
    ("He denied that 40 boats sank.", "denied"),
    ("She rejected the claim that 40 boats sank.", "denied"),
    ("It hasn’t sold 40 boats.", "denied"),
    ("It failed to sell 40 boats.", "denied"),
    ("40 boats were not sold.", "denied"),
]
ASSERTED = [
    "It sold 40 boats.",
    "It sold no more than 40 boats.",
    "It sold not more than 40 boats.",
    "It sold not only 40 boats.",
    "He will see it was sold for 40 euros.",
    "The mill, which will close in spring, employed 40 men.",
    "The mill, expected to close soon, employed 40 men.",
    "It never, in all those long and hard years here, sold 40 boats.",
    "It will have shown what it did: it sold 40 boats.",
    "In May 40 boats left.",
    "The fifth visit will follow.",
    "It will pay the 50 euros it owes, up from 40 euros.",
    "“It will sink,” wrote 40 men.",
    "The boat is going to the top 40 ports.",
    "He said that 40 boats sank.",
    "About 40 percent say they would stay.",
    "Some 40 boats that will sail were sold.",
    "40 boats were sold so that none would sink.",
    "He served two years and will stay.",
    "Thousands if not 40 boats sank.",
    "It took over the next 40 boats.",
    "He ran for two years.",
    "It is here for two years and will stay.",
    "They sought to restore the deal, worth 40 euros.",
    "Renner, 74, will not run.",
]


@pytest.mark.parametrize(("text", "modality"), MARKED)
def test_reads_the_clause(found, text, modality):
    item = next(item for item in found(text).quantities if item.kind != "date")
    assert item.modality == modality


@pytest.mark.xfail(strict=True, reason="a poll asserts its share, whatever the voters would do")
def test_a_share_of_a_poll_is_asserted(found):
    item = found("In the poll 27 percent would vote for Renner.").quantities[0]
    assert item.modality == "asserted"


@pytest.mark.parametrize("text", ASSERTED)
def test_leaves_what_is_simply_told(found, text):
    item = [item for item in found(text).quantities if item.kind != "date"][-1]
    assert item.modality == "asserted"
