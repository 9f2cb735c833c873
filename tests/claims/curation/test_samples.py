"""Random samples: the same draw for the same seed, blind judges, a third who settles."""

import pytest

from claims import gate
from claims.curation import review, samples
from claims.curation.samples import code, disputed, draw, next_item, report, settle
from claims.models import Claim, SampleItem
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = "".join(f"The office counted {n} boats on pier {n}.\n" for n in range(101, 141))


@pytest.fixture
def claims():
    """Return forty claims: thirty counts and ten of money."""
    article = make.article(TEXT)
    return [
        make.claim(article, f"{n} boats", kind="count" if n < 131 else "money", value=str(n))
        for n in range(101, 141)
    ]


@pytest.fixture
def judges():
    return make.editor("first"), make.editor("second"), make.editor("chief")


def drawn(**asked):
    return draw(**{"name": "May", "size": 10, "seed": 7, "actor": make.editor(), **asked})


def surfaces(sample):
    return [item.claim.surface for item in sample.items.select_related("claim")]


def judged(item, judges, first, second):
    for judge, judgement in zip(judges, (first, second), strict=False):
        code(item, figure=judgement[0], voice=judgement[1], actor=judge)


def test_a_sample_is_drawn_at_random_and_again_by_its_seed(claims):
    first, again = drawn(), drawn(name="June")
    assert (first.drawn_from, len(surfaces(first))) == (40, 10)
    assert surfaces(first) == surfaces(again)
    assert surfaces(drawn(name="July", seed=8)) != surfaces(first)


def test_every_claim_is_drawn_about_as_often_as_any_other(claims):
    times = dict.fromkeys((claim.surface for claim in claims), 0)
    for seed in range(120):
        for surface in surfaces(drawn(name=str(seed), seed=seed, size=20)):
            times[surface] += 1
    assert sum(times.values()) == 120 * 20
    assert 35 < min(times.values()) <= max(times.values()) < 85  # 60 expected, 5.5 to one sigma


def test_what_is_drawn_can_be_narrowed(claims):
    outlet = make.outlet()
    other = make.claim(make.article("It cost 5 euros.", outlet=outlet), "5", kind="money")
    assert drawn(kind="money", size=50).drawn_from == 11
    assert surfaces(drawn(name="June", outlet=outlet)) == [other.surface]
    assert drawn(name="July", engine="1.0").drawn_from == 41


def test_a_kind_is_the_machines_and_not_an_editors(claims):
    wrong, other = claims[0], claims[-1]
    for claim, kind in ((wrong, "money"), (other, "count")):
        review.correct(claim, {"kind": kind}, actor=make.editor(), version=claim.version)
    money = drawn(kind="money", size=50)
    assert (money.drawn_from, other.surface in surfaces(money)) == (10, True)
    count = drawn(name="June", kind="count", size=50)
    assert (count.drawn_from, wrong.surface in surfaces(count)) == (30, True)
    assert set(count.items.values_list("kind", flat=True)) == {"count"}


@pytest.mark.parametrize("dismissed", [False, True])
def test_a_later_reading_that_waits_is_what_the_machine_says_now(claims, dismissed):
    later = claims[0].machine | {"kind": "percent", "value": "7"}
    newer = {"finding": later, "chain": [], "dismissed": dismissed}
    Claim.objects.filter(pk=claims[0].pk).update(newer=newer)
    item = drawn(kind="percent").items.get()
    assert (item.claim, item.kind, item.machine) == (claims[0], "percent", later)
    assert drawn(name="June", kind="count", size=50).drawn_from == 29


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"name": " "}, "name: give one"),
        ({"size": 0}, "size: from 1 to 5,000"),
        ({"size": 5001}, "size: from 1 to 5,000"),
        ({"kind": "percent"}, "nothing was drawn"),
        ({"engine": "9"}, "nothing was drawn"),
    ],
)
def test_what_cannot_be_drawn_is_refused(claims, asked, message):
    with pytest.raises(gate.Refused, match=message):
        drawn(**asked)


def test_two_samples_never_have_one_name(claims):
    drawn()
    with pytest.raises(gate.Refused, match="no other sample"):
        drawn()


def test_what_is_judged_is_the_reading_of_the_day_it_was_drawn(claims):
    sample = drawn()
    item = sample.items.first()
    Claim.objects.filter(pk=item.claim_id).update(machine={"kind": "date"})
    assert SampleItem.objects.get(pk=item.pk).machine["kind"] == item.kind != "date"


def test_judges_get_what_they_have_not_judged_and_two_are_enough(claims, judges):
    sample = drawn(size=2)
    first, second, third = judges
    item = next_item(sample, first)
    code(item, figure="right", voice="right", actor=first)
    assert samples.left_for(sample, first) == 1
    assert next_item(sample, first) != item
    assert next_item(sample, second) == item
    code(item, figure="right", voice="wrong", actor=second)
    assert next_item(sample, third) != item
    with pytest.raises(gate.Refused, match="you judged this one before"):
        code(item, figure="right", voice="right", actor=first)
    with pytest.raises(gate.Refused, match="2 editors judged this one before you"):
        code(item, figure="right", voice="right", actor=third)
    with pytest.raises(gate.Refused, match="'good' is not one of right, wrong, unclear"):
        code(next_item(sample, first), figure="good", voice="right", actor=first)


def test_where_judges_differ_a_third_settles(claims, judges):
    sample = drawn(size=2)
    one, other = sample.items.all()
    judged(one, judges, ("right", "right"), ("wrong", "right"))
    judged(other, judges, ("right", "right"), ("right", "right"))
    assert disputed(sample) == [one]
    with pytest.raises(gate.Refused, match="one of the two judges"):
        settle(one, figure="wrong", voice="right", actor=judges[0])
    settle(one, figure="wrong", voice="right", note="a street number", actor=judges[2])
    assert disputed(sample) == []
    for item in (one, other):
        with pytest.raises(gate.Refused, match="nothing to settle"):
            settle(item, figure="wrong", voice="right", actor=judges[2])


def test_the_report_counts_agreement_and_errors_by_kind(claims, judges):
    sample = drawn(size=40)
    items = list(sample.items.all())
    counts = [item for item in items if item.kind == "count"]
    money = [item for item in items if item.kind == "money"]
    for item in counts[:8]:
        judged(item, judges, ("right", "right"), ("right", "unclear"))
    judged(counts[8], judges, ("wrong", "right"), ("wrong", "right"))
    judged(counts[9], judges, ("right", "right"), ("wrong", "right"))
    judged(money[0], judges, ("unclear", "right"), ("unclear", "right"))
    code(money[1], figure="right", voice="right", actor=judges[0])
    found = report(sample)
    assert (found.items, found.judged, found.open) == (40, 11, 9)
    everything, count, _ = found.figures
    assert (everything.kind, everything.items) == ("all", 11)
    assert (count.agreed.count, count.agreed.of) == (9, 10)
    assert (count.wrong.count, count.wrong.of) == (1, 9)
    settle(counts[9], figure="wrong", voice="right", actor=judges[2])
    again = report(sample)
    assert (again.figures[1].wrong.count, again.figures[1].wrong.of) == (2, 10)
    assert again.figures[2].wrong.of == 0
    assert again.voices[1].wrong.of == 2
    assert count.kappa.value == pytest.approx(0.615, abs=1e-3)
