"""Rulings on claims: accept, reject, correct, and what a later finding may not overwrite."""

import pytest

from claims import gate
from claims.columns import offer, refresh, standing_rulings
from claims.curation import review, undo
from claims.history import Stale
from claims.models import Article, Change, Claim
from tests.claims import make

pytestmark = pytest.mark.django_db


def claims(*rows):
    return Claim.objects.filter(pk__in=[row.pk for row in rows])


def again(claim):
    return Claim.objects.get(pk=claim.pk)


def find(claim, **said):
    """Let a later run find the claim with other values, as a run does."""
    row = again(claim)
    finding = {**row.machine, **said}
    offer(row, finding, row.machine_chain, ruled=row.pk in standing_rulings([row]))
    row.save()
    refresh([row])
    return again(claim)


def test_accepting_a_figure_says_nothing_of_its_voice():
    """Figure and voice are judged apart."""
    claim = make.claim()
    outcome = review.accept(claims(claim), actor=make.editor())
    row = again(claim)
    assert (row.status, row.voice_status, row.is_public) == ("accepted", "unreviewed", True)
    assert (outcome.changed, outcome.unchanged) == (1, 0)


def test_accepting_figure_and_voice_is_one_action():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor(), voice=True)
    assert (again(claim).status, again(claim).voice_status) == ("accepted", "confirmed")


def test_accepting_twice_changes_nothing_the_second_time():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor())
    outcome = review.accept(claims(claim), actor=make.editor())
    assert (outcome.changed, outcome.unchanged) == (0, 1)
    assert again(claim).version == 2


def test_a_claim_of_a_draft_article_is_not_public_when_accepted():
    claim = make.claim(make.article(visibility="draft"))
    review.accept(claims(claim), actor=make.editor())
    assert not again(claim).is_public


def test_every_ruled_claim_has_its_log_entry_with_before_and_after():
    one, two = make.claim(), make.claim(make.article("Nine boats left on Monday.\n"), "Nine")
    outcome = review.reject(claims(one, two), actor=make.editor(), reason="a misreading")
    entries = Change.objects.filter(batch=outcome.batch)
    assert {entry.object_id for entry in entries} == {one.pk, two.pk}
    assert entries[0].before["status"] == "proposed"
    assert entries[0].after["status"] == "rejected"
    assert entries[0].actor_name == "editor"


def test_the_reason_of_a_rejection_is_kept_with_the_ruling():
    claim = make.claim()
    review.reject(claims(claim), actor=make.editor(), reason="  a  misreading ")
    assert claim.rulings.standing().get(field="status").reason == "a misreading"


def test_reopening_puts_a_claim_back_into_the_queue():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor(), voice=True)
    review.reopen(claims(claim), actor=make.editor())
    assert (again(claim).status, again(claim).voice_status) == ("proposed", "unreviewed")
    assert list(Claim.objects.queue()) == [claim]


def test_confirming_a_voice_leaves_the_figure_proposed():
    claim = make.claim()
    review.confirm_voice(claims(claim), actor=make.editor())
    assert (again(claim).status, again(claim).voice_status) == ("proposed", "confirmed")


def test_a_stale_bulk_action_changes_nothing_at_all():
    one, two = make.claim(), make.claim(make.article("Nine boats left on Monday.\n"), "Nine")
    with pytest.raises(Stale, match="Nothing was saved"):
        review.accept(
            claims(one, two), actor=make.editor(), versions={one.pk: one.version, two.pk: 99}
        )
    assert set(Claim.objects.values_list("status", flat=True)) == {"proposed"}


def test_a_stale_correction_shows_both_values():
    claim = make.claim()
    review.correct(claim, {"value": "5"}, actor=make.editor(), version=1)
    with pytest.raises(Stale) as caught:
        review.correct(claim, {"value": "6"}, actor=make.editor(), version=1)
    assert caught.value.fields == {"value": ("6", "5")}
    assert again(claim).value == "5"


CORRECTIONS = [
    ({"value": "3740001"}, {"value": "3740001", "number_low": 3740001.0}),
    ({"value": "1/3", "kind": "share"}, {"value": "1/3", "kind": "share", "number_low": 1 / 3}),
    ({"value": "", "low": "3", "high": "4"}, {"low": "3", "high": "4", "number_high": 4.0}),
    ({"value": "", "low": "100", "vague": True}, {"number_low": 100.0, "number_high": 100.0}),
    ({"comparator": "~<"}, {"comparator": "~<"}),
    ({"unit": " USD "}, {"unit": "USD"}),
    ({"edtf": "2030"}, {"date_earliest": 20300101, "date_latest": 20301231}),
    ({"scope_edtf": "2030-01/2030-03"}, {"scope_earliest": 20300101, "scope_latest": 20300331}),
    ({"change": {"direction": "increase"}}, {"change": {"direction": "increase"}}),
    ({"voice": "own"}, {"voice": "own", "speaker_id": None}),
]


@pytest.mark.parametrize(("fields", "columns"), CORRECTIONS)
def test_a_correction_is_what_the_columns_hold(fields, columns):
    claim = make.claim()
    review.correct(claim, fields, actor=make.editor(), version=1)
    row = again(claim)
    assert {name: getattr(row, name) for name in columns} == columns


def test_a_change_that_is_none_can_be_taken_away():
    claim = make.claim(change={"direction": "increase"})
    review.correct(claim, {"change": None}, actor=make.editor(), version=1)
    assert again(claim).change is None


REFUSED = [
    ({"value": "1e5"}, "neither a decimal"),
    ({"value": "NaN"}, "neither a decimal"),
    ({"value": "1/0"}, "divides by zero"),
    ({"value": "9" * 41}, "more than 40 digits"),
    ({"value": "٣"}, "neither a decimal"),
    ({"low": "3"}, "either one value or low and high"),
    ({"value": "", "low": "5", "high": "4"}, "above high"),
    ({"value": "", "low": "9007199254740993", "high": "9007199254740992"}, "above high"),
    ({"kind": "verdict"}, "not one of count"),
    ({"comparator": "!="}, "not one of"),
    ({"edtf": "last Tuesday"}, "no EDTF"),
    ({"concept": "a\x00b"}, "NUL"),
    ({"unit": "x" * 41}, "at most 40"),
    ({"change": "up"}, "direction"),
    ({"chain": ["1"]}, "list of speaker ids"),
    ({"chain": [2**63]}, "list of speaker ids"),
    ({"voice": "attributed", "chain": [404]}, "known to this article"),
    ({"chain": [404]}, "only a claim whose voice is attributed"),
    ({"surface": "other words"}, "not a field"),
    ({"is_public": True}, "not a field"),
]


@pytest.mark.parametrize(("fields", "words"), REFUSED)
def test_a_value_that_makes_no_sense_is_refused_and_nothing_is_stored(fields, words):
    claim = make.claim()
    with pytest.raises(gate.Refused, match=words):
        review.correct(claim, fields, actor=make.editor(), version=1)
    assert again(claim).version == 1


def test_setting_the_chain_names_nearest_and_ultimate_voice():
    article = make.article()
    claim = make.claim(article)
    near, far = make.speaker("Lena Ortiz"), make.speaker("Ivo Brandt")
    review.correct(
        claim, {"voice": "attributed", "chain": [near.pk, far.pk]}, actor=make.editor(), version=1
    )
    row = again(claim)
    assert (row.speaker, row.ultimate) == (near, far)
    assert [voice.speaker for voice in row.voices.all()] == [near, far]


def test_a_voice_of_another_article_cannot_be_set():
    other = make.article("Some experts spoke of nine boats.\n")
    stranger = make.speaker("some experts", kind="group", article=other)
    with pytest.raises(gate.Refused, match="known to this article"):
        review.correct(
            make.claim(),
            {"voice": "attributed", "chain": [stranger.pk]},
            actor=make.editor(),
            version=1,
        )


def test_an_attribution_is_not_given_to_a_voice_of_another_article():
    other = make.article("Some experts spoke of nine boats.\n")
    stranger = make.speaker("some experts", kind="group", article=other)
    said = make.attribution(make.article(), make.speaker("Lena Ortiz"))
    with pytest.raises(gate.Refused, match="another article"):
        review.set_speaker_of_attribution(said, stranger, actor=make.editor(), version=1)


def test_setting_the_same_speaker_again_changes_nothing():
    said = make.attribution(make.article(), make.speaker("Lena Ortiz"))
    new = make.speaker("Mara Ortiz")
    review.set_speaker_of_attribution(said, new, actor=make.editor(), version=1)
    outcome = review.set_speaker_of_attribution(said, new, actor=make.editor(), version=2)
    assert (outcome.changed, outcome.unchanged) == (0, 1)
    assert said.rulings.count() == 1


def test_a_claim_ruled_the_articles_own_stays_so_when_its_attribution_gets_a_speaker():
    article = make.article()
    said = make.attribution(article, make.speaker("Lena Ortiz"))
    claim = make.claim(article, voices=[said])
    review.correct(claim, {"voice": "own"}, actor=make.editor(), version=1)
    new = make.speaker("Mara Ortiz")
    review.set_speaker_of_attribution(said, new, actor=make.editor(), version=1)
    assert (again(claim).voice, again(claim).speaker, again(claim).version) == ("own", None, 2)


def test_a_corrected_concept_has_no_head_of_the_machines():
    claim = make.claim()
    review.correct(claim, {"concept": "bicycles"}, actor=make.editor(), version=1)
    assert (again(claim).concept, again(claim).concept_head) == ("bicycles", "")


def test_an_attributions_speaker_changes_all_its_claims():
    article = make.article()
    said = make.attribution(article, make.speaker("Lena Ortiz"))
    one = make.claim(article, "3.74 million", voices=[said])
    two = make.claim(article, "1,200", voices=[said])
    untouched = make.claim(article, "412")
    new = make.speaker("Mara Ortiz")
    outcome = review.set_speaker_of_attribution(said, new, actor=make.editor(), version=1)
    assert [again(row).speaker for row in (one, two, untouched)] == [new, new, None]
    assert outcome.changed == 3
    with pytest.raises(Stale):
        review.set_speaker_of_attribution(said, None, actor=make.editor(), version=1)


def test_what_an_editor_accepted_is_not_overwritten_by_a_later_finding():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor())
    row = find(claim, value="4000000")
    assert (row.value, row.to_confirm, row.status) == ("3740000", True, "accepted")
    assert list(Claim.objects.queue()) == [claim]


def test_an_untouched_claim_follows_the_engine():
    row = find(make.claim(), value="4000000")
    assert (row.value, row.to_confirm) == ("4000000", False)


def test_a_later_finding_that_says_the_same_asks_nothing():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor())
    assert not find(claim, score=0.1, rule="another").to_confirm


def test_a_rejected_claim_never_asks_again():
    claim = make.claim()
    review.reject(claims(claim), actor=make.editor())
    row = find(claim, value="4000000")
    assert (row.status, row.to_confirm) == ("rejected", False)


def test_keeping_the_reading_silences_the_same_finding_but_not_another():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor())
    find(claim, value="4000000")
    review.keep(claims(claim), actor=make.editor())
    assert not find(claim, value="4000000").to_confirm
    assert find(claim, value="5000000").to_confirm


def test_taking_the_later_finding_replaces_the_value_but_no_other_ruling():
    claim = make.claim()
    review.correct(claim, {"unit": "passenger"}, actor=make.editor(), version=1)
    review.accept(claims(claim), actor=make.editor())
    find(claim, value="4000000")
    review.take_newer(claims(claim), actor=make.editor())
    row = again(claim)
    assert (row.value, row.unit, row.status, row.to_confirm) == (
        "4000000",
        "passenger",
        "accepted",
        False,
    )


def test_a_later_finding_that_contradicts_a_ruling_cannot_be_taken():
    claim = make.claim(value=None, low="2", high="9")
    review.correct(claim, {"low": "3"}, actor=make.editor(), version=1)
    find(claim, value="7", low=None, high=None)
    with pytest.raises(gate.Refused, match="either one value or low and high"):
        review.take_newer(claims(claim), actor=make.editor())
    row = again(claim)
    assert (row.low, row.high, row.to_confirm) == ("3", "9", True)


def test_there_is_nothing_to_take_or_keep_where_no_later_finding_waits():
    claim = make.claim()
    for act in (review.take_newer, review.keep):
        outcome = act(claims(claim), actor=make.editor())
        assert (outcome.changed, outcome.unchanged) == (0, 1)


def test_reopening_brings_a_finding_dismissed_by_a_rejection_back():
    claim = make.claim()
    review.reject(claims(claim), actor=make.editor())
    find(claim, value="4000000")
    outcome = review.reopen(claims(claim), actor=make.editor())
    assert (again(claim).status, again(claim).to_confirm) == ("proposed", True)
    undo.undo(outcome.batch, actor=make.editor())
    assert (again(claim).status, again(claim).to_confirm) == ("rejected", False)


def test_a_missing_claim_is_gone_unless_somebody_ruled_on_it():
    untouched, ruled = make.claim(), make.claim(make.article("Nine boats.\n"), "Nine")
    review.accept(claims(ruled), actor=make.editor())
    for claim in (untouched, ruled):
        row = again(claim)
        row.missing = True
        row.save()
        refresh([row])
    assert (again(untouched).gone, again(untouched).orphaned) == (True, False)
    assert (again(ruled).gone, again(ruled).orphaned) == (False, True)


def test_a_ruling_on_a_claim_that_was_gone_counts_it_again():
    article = make.article()
    claim = make.claim(article)
    claim.missing = True
    claim.save()
    refresh([claim])
    outcome = review.accept(claims(claim), actor=make.editor())
    assert Article.objects.get().claim_count == 1
    undo.undo(outcome.batch, actor=make.editor())
    assert Article.objects.get().claim_count == 0


def test_the_later_finding_that_waits_is_always_the_last_one():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor())
    find(claim, value="4000000")
    review.keep(claims(claim), actor=make.editor())
    row = find(claim, value="4000000", rule="another")
    assert (row.newer["finding"]["rule"], row.to_confirm) == ("another", False)


def test_many_moved_sentences_are_cut_from_one_text(django_assert_max_num_queries):
    article = make.article("".join(f"Dock {n} handled {n} crates.\n" for n in range(100, 110)))
    for n in range(100, 110):
        make.claim(article, f"{n} crates")
    rows = list(Claim.objects.select_related("article").order_by("start"))
    for claim in rows:
        claim.machine["sentence"][0] += 1
    with django_assert_max_num_queries(7):
        refresh(rows)
    assert again(rows[0]).passage == "ock 100 handled 100 crates."


def test_ten_claims_cost_as_many_queries_as_two(django_assert_max_num_queries):
    def numbers(count, first):
        text = "".join(f"Dock {n} handled {n + 100} crates.\n" for n in range(first, first + count))
        article = make.article(text)
        return [make.claim(article, str(n + 100)) for n in range(first, first + count)]

    actor, few, many = make.editor(), numbers(2, 100), numbers(10, 300)
    for rows in (few, many):
        with django_assert_max_num_queries(13):
            review.accept(claims(*rows), actor=actor, voice=True)
