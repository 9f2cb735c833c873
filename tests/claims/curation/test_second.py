"""The second pair of eyes: one editor accepts, another confirms, a chief editor settles."""

import pytest
from django.urls import reverse

from claims import columns
from claims.curation import bulk, review, topics, undo
from claims.export import AWAITED_LABEL
from claims.filters.readers import Reader, claims_for
from claims.gate import Refused
from claims.models import Change, Claim, Ruling
from tests.claims import make

pytestmark = pytest.mark.django_db

AWAITED, DISPUTED, CONFIRMED = "awaited", "disputed", "confirmed"


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.SECOND_EDITOR = ["all"]


@pytest.fixture
def ada():
    return make.member("editor", "ada")


@pytest.fixture
def bert():
    return make.member("editor", "bert")


@pytest.fixture
def chief():
    return make.member("chief editor", "chief")


@pytest.fixture
def claim():
    article = make.article()
    return make.claim(article, voices=[make.attribution(article, make.speaker())])


def of(*claims):
    return Claim.objects.filter(pk__in=[claim.pk for claim in claims])


def state(claim):
    claim.refresh_from_db()
    assert columns.stale([claim]) == []
    return claim.status, claim.second, claim.is_public


def correct(claim, actor, **fields):
    claim.refresh_from_db()
    return review.correct(claim, fields, actor=actor, version=claim.version)


def test_what_one_editor_accepts_waits_for_another_and_is_not_public(claim, ada, bert):
    review.accept(of(claim), actor=ada)
    assert state(claim) == ("accepted", AWAITED, False)
    assert not claims_for(Reader.EVERYBODY).exists()
    review.accept(of(claim), actor=bert)
    assert state(claim) == ("accepted", CONFIRMED, True)


@pytest.mark.parametrize("again", [review.accept, review.confirm])
def test_nobody_confirms_his_own(claim, ada, again):
    review.accept(of(claim), actor=ada)
    if again is review.confirm:
        with pytest.raises(Refused, match="nobody confirms"):
            again(of(claim), actor=ada)
    else:
        assert again(of(claim), actor=ada).changed == 0
    assert state(claim) == ("accepted", AWAITED, False)


def test_a_chief_editor_confirms_no_more_of_his_own_than_others(claim, chief):
    review.accept(of(claim), actor=chief)
    with pytest.raises(Refused):
        review.confirm(of(claim), actor=chief)
    assert state(claim)[1] == AWAITED


def test_confirming_takes_the_voice_along_and_accepting_the_figure_does_not(claim, ada, bert):
    review.accept(of(claim), actor=ada, voice=True)
    assert review.accept(of(claim), actor=bert).changed == 0
    assert state(claim)[1] == AWAITED
    review.confirm(of(claim), actor=bert)
    assert state(claim) == ("accepted", CONFIRMED, True)


def test_a_voice_added_by_the_second_editor_waits_for_the_first(claim, ada, bert):
    review.accept(of(claim), actor=ada)
    review.accept(of(claim), actor=bert, voice=True)
    assert state(claim) == ("accepted", AWAITED, False)
    with pytest.raises(Refused):
        review.confirm(of(claim), actor=bert)
    review.confirm(of(claim), actor=ada)
    assert state(claim) == ("accepted", CONFIRMED, True)


def test_who_only_confirms_the_voice_leaves_the_figure_to_its_author(claim, ada, bert):
    review.accept(of(claim), actor=ada)
    review.confirm_voice(of(claim), actor=bert)
    assert state(claim) == ("accepted", AWAITED, False)
    with pytest.raises(Refused, match="nobody confirms"):
        review.confirm(of(claim), actor=ada)
    review.confirm(of(claim), actor=make.member("editor", "cleo"))
    assert state(claim) == ("accepted", CONFIRMED, True)


def test_nobody_confirms_a_voice_that_he_confirmed_himself(claim, ada, bert):
    review.accept(of(claim), actor=ada)
    review.confirm_voice(of(claim), actor=bert)
    review.confirm(of(claim), actor=bert)
    assert state(claim) == ("accepted", AWAITED, False)
    with pytest.raises(Refused, match="nobody confirms"):
        review.confirm(of(claim), actor=bert)
    review.confirm(of(claim), actor=ada)
    assert state(claim) == ("accepted", CONFIRMED, True)


def test_a_voice_confirmed_before_the_figure_needs_another_too(claim, ada, bert):
    review.confirm_voice(of(claim), actor=ada)
    review.accept(of(claim), actor=bert)
    review.confirm(of(claim), actor=ada)
    assert state(claim) == ("accepted", AWAITED, False)
    review.confirm(of(claim), actor=bert)
    assert state(claim) == ("accepted", CONFIRMED, True)


DIFFERS = [
    (lambda claim, actor: review.reject(of(claim), actor=actor), "rejected"),
    (lambda claim, actor: correct(claim, actor, value="3750000"), "accepted"),
]


@pytest.mark.parametrize(("differ", "status"), DIFFERS)
def test_where_two_differ_only_a_chief_editor_who_is_neither_decides(
    claim, ada, bert, chief, differ, status
):
    review.accept(of(claim), actor=ada)
    differ(claim, bert)
    assert state(claim) == (status, DISPUTED, False)
    for party in (ada, bert, make.member("editor", "cleo")):
        for act in (review.accept, review.reject, review.confirm):
            with pytest.raises(Refused, match=r"differ|nobody confirms"):
                act(of(claim), actor=party)
    review.accept(of(claim), actor=chief)
    assert state(claim) == ("accepted", CONFIRMED, True)


def test_a_chief_editor_settles_by_rejecting_too(claim, ada, bert, chief):
    review.accept(of(claim), actor=ada)
    review.reject(of(claim), actor=bert)
    review.reject(of(claim), actor=chief)
    assert state(claim) == ("rejected", CONFIRMED, False)


def test_a_chief_editor_who_differs_does_not_decide_for_himself(claim, ada, chief):
    review.accept(of(claim), actor=ada)
    review.reject(of(claim), actor=chief)
    with pytest.raises(Refused):
        review.accept(of(claim), actor=chief)
    assert state(claim) == ("rejected", DISPUTED, False)


def test_rejecting_needs_nobody_else(claim, ada):
    review.reject(of(claim), actor=ada)
    assert state(claim) == ("rejected", "", False)


def test_who_corrects_his_own_is_still_the_first(claim, ada, bert):
    review.accept(of(claim), actor=ada)
    correct(claim, ada, value="3750000")
    assert state(claim) == ("accepted", AWAITED, False)
    review.confirm(of(claim), actor=bert)
    assert state(claim)[1] == CONFIRMED


def test_back_in_the_queue_nothing_is_awaited(claim, ada, bert):
    review.accept(of(claim), actor=ada)
    review.reopen(of(claim), actor=bert)
    assert state(claim) == ("proposed", "", False)


CHANGES = {
    "value": lambda claim, actor: correct(claim, actor, value="3750000"),
    "concept": lambda claim, actor: correct(claim, actor, concept="travellers"),
    "voice": lambda claim, actor: correct(claim, actor, voice="own", chain=[]),
    "voice confirmed": lambda claim, actor: review.confirm_voice(of(claim), actor=actor),
    "speaker": lambda claim, actor: review.set_speaker_of_attribution(
        claim.attribution, make.speaker("Mara Voss"), actor=actor, version=1
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whoever_changes_a_confirmed_claim_starts_anew(claim, ada, bert, change):
    review.accept(of(claim), actor=ada)
    review.confirm(of(claim), actor=bert)
    change(claim, bert)
    assert state(claim) == ("accepted", AWAITED, False)
    with pytest.raises(Refused):
        review.confirm(of(claim), actor=bert)
    review.confirm(of(claim), actor=ada)
    assert state(claim) == ("accepted", CONFIRMED, True)


def test_a_topic_needs_no_second_look(claim, ada, bert):
    review.accept(of(claim), actor=ada)
    review.confirm(of(claim), actor=bert)
    topics.add_topic(of(claim), make.topic(), actor=ada)
    assert state(claim)[1] == CONFIRMED


POLICIES = [
    # setting, kind of figure, who says it, is another editor asked for?
    ([], "count", "person", False),
    (["all"], "count", "organisation", True),
    (["money"], "count", "person", False),
    (["money", "count"], "count", "organisation", True),
    (["persons"], "money", "organisation", False),
    (["persons"], "money", "role", False),
    (["persons"], "money", "person", True),
    (["money", "persons"], "count", "person", True),
]


@pytest.mark.parametrize(("policy", "kind", "who", "asked"), POLICIES)
def test_the_setting_says_for_which_claims(settings, ada, policy, kind, who, asked):
    settings.SECOND_EDITOR = policy
    article = make.article()
    said = make.attribution(article, make.speaker("Lena Ortiz", kind=who))
    claim = make.claim(article, kind=kind, unit="EUR", voices=[said])
    review.accept(of(claim), actor=ada)
    assert state(claim) == ("accepted", AWAITED if asked else "", not asked)


def test_a_voice_ruled_to_be_a_person_counts_at_once(settings, ada):
    settings.SECOND_EDITOR = ["persons"]
    claim = make.accepted()
    chain = [make.speaker("Mara Voss").pk]
    correct(claim, ada, voice="attributed", chain=chain)
    assert state(claim) == ("accepted", AWAITED, False)


def test_when_it_is_asked_for_no_more_whoever_looks_next_ends_the_waiting(claim, settings, ada):
    review.accept(of(claim), actor=ada)
    settings.SECOND_EDITOR = []
    assert state(claim) == ("accepted", AWAITED, False)
    review.accept(of(claim), actor=ada)
    assert state(claim) == ("accepted", "", True)


def test_off_it_costs_no_query(claim, settings, ada, django_assert_num_queries):
    settings.SECOND_EDITOR = []
    with django_assert_num_queries(13):
        review.accept(of(claim), actor=ada)
    assert not Ruling.objects.filter(field="second").exists()


def test_undo_puts_the_second_look_back(claim, ada, bert):
    review.accept(of(claim), actor=ada)
    confirmed = review.confirm(of(claim), actor=bert)
    corrected = correct(claim, ada, value="1")
    assert state(claim)[1:] == (AWAITED, False)
    undo.undo(corrected.batch, actor=ada)
    assert state(claim) == ("accepted", CONFIRMED, True)
    undo.undo(confirmed.batch, actor=bert)
    assert state(claim) == ("accepted", AWAITED, False)


def test_a_confirmation_taken_back_is_given_again_by_its_maker_only(claim, ada, bert, chief):
    review.accept(of(claim), actor=ada)
    confirmed = review.confirm(of(claim), actor=bert)
    back = undo.undo(confirmed.batch, actor=bert)
    for other in (ada, chief):
        with pytest.raises(undo.CannotUndo):
            undo.undo(back.batch, actor=other)
    undo.undo(back.batch, actor=bert)
    assert state(claim)[1] == CONFIRMED


def test_everybody_undoes_his_own_and_chief_editors_what_others_did(claim, ada, bert, chief):
    first = review.accept(of(claim), actor=ada)
    with pytest.raises(undo.CannotUndo, match="ada's; only a chief editor"):
        undo.undo(first.batch, actor=bert)
    undo.undo(first.batch, actor=chief)
    assert state(claim) == ("proposed", "", False)


def test_many_are_confirmed_at_once_without_ones_own(ada, bert, django_assert_max_num_queries):
    article = make.article()
    claims = [make.claim(article, words) for words in ("3.74 million", "1,200", "2030")]
    review.accept(of(*claims[:2]), actor=ada)
    review.accept(of(claims[2]), actor=bert)
    with django_assert_max_num_queries(20):
        outcome = review.confirm(of(*claims), actor=bert)
    assert (outcome.changed, outcome.unchanged) == (2, 1)
    assert [state(claim)[1] for claim in claims] == [CONFIRMED, CONFIRMED, AWAITED]


def test_it_holds_for_whole_filters_as_for_one_claim(ada, bert):
    article = make.article()
    claims = [make.claim(article, words) for words in ("3.74 million", "1,200", "2030")]

    def all_at_once(act, actor):
        seen = bulk.chosen(Claim.objects.all())
        return bulk.rule_on(lambda rows: act(rows, actor=actor), seen).outcome

    assert all_at_once(review.accept, ada).changed == 3
    assert [state(claim) for claim in claims] == [("accepted", AWAITED, False)] * 3
    assert all_at_once(review.accept, ada).changed == 0
    undone = all_at_once(review.confirm, bert)
    assert [state(claim) for claim in claims] == [("accepted", CONFIRMED, True)] * 3
    undo.undo(undone.batch, actor=bert)
    assert [state(claim) for claim in claims] == [("accepted", AWAITED, False)] * 3


def test_it_holds_on_the_desk(client, claim, ada):
    client.force_login(ada)
    sent = {"ruling": "accept", "version": f"{claim.pk}:{claim.version}"}
    client.post(reverse("desk_rule", args=[claim.pk]), sent)
    assert state(claim) == ("accepted", AWAITED, False)
    assert Change.objects.of(claim).first().origin == "desk"


# In the admin, and what readers are told


def test_the_lists_show_each_editor_what_waits_for_him(client, claim, ada, bert, chief):
    review.accept(of(claim), actor=ada)
    address = reverse("admin:claims_claim_changelist")

    def shown(user, work):
        client.force_login(user)
        return claim.surface in client.get(f"{address}?work={work}").content.decode()

    assert [shown(user, "second") for user in (ada, bert)] == [False, True]
    assert not shown(chief, "disputed")
    review.reject(of(claim), actor=bert)
    assert shown(chief, "disputed")


def test_the_page_and_the_list_confirm(client, claim, ada, bert):
    review.accept(of(claim), actor=ada)
    claim.refresh_from_db()
    client.force_login(bert)
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    assert "awaits another" in page
    sent = {"ruling": "confirm", "version": f"{claim.pk}:{claim.version}"}
    client.post(reverse("admin:claims_claim_rule", args=[claim.pk]), sent)
    assert state(claim)[1] == CONFIRMED
    correct(claim, ada, value="1")
    claim.refresh_from_db()
    sent = {"action": "confirm", "_selected_action": [claim.pk]}
    sent["version"] = f"{claim.pk}:{claim.version}"
    client.post(f"{reverse('admin:claims_claim_changelist')}?work=second", sent)
    assert state(claim)[1] == CONFIRMED


def test_researchers_are_told_what_it_waits_for_and_nobody_else_anything(client, claim, ada):
    review.accept(of(claim), actor=ada)
    address = f"/api/v1/claims/{claim.uid}/"
    assert client.get(address).status_code == 404
    client.force_login(make.user("reader"))
    assert client.get(address).json()["label"] == AWAITED_LABEL
    assert Ruling.objects.standing().get(field="second").actor == ada
