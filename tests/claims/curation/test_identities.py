"""Who is the same as whom: judged, remembered, taken back, undone; nothing is rewritten."""

import pytest

from claims import gate, history, identity, matching, verify
from claims.curation import identities, records, undo
from claims.models import Attribution, Change, Claim, ClaimVoice, IdentityJudgement, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db

ORTIZ, ORTIS, OTHER = "Lena Ortiz", "Lena Ortis", "L. Ortiz"


def read_in(name, n, **fields):
    """Return a speaker read in an article of its own, who stated a figure there."""
    text = f"{name} said 3.74 million passengers came in {2000 + n}.\n"
    article = make.article(text, published=f"20{n:02}-03-01")
    speaker = make.speaker(name, article=article, **fields)
    make.claim(article, voices=[make.attribution(article, speaker)])
    return speaker


@pytest.fixture
def three():
    return [read_in(name, n) for n, name in enumerate((ORTIZ, ORTIS, OTHER))]


def heads():
    rows = Speaker.objects.order_by("pk")
    return [row.head.pk for row in rows.select_related("canonical")]


def judge(one, other, verdict="same", **fields):
    return identities.judge(one, other, verdict, actor=make.editor(), **fields)


def clean():
    about = ("speaker", "identity", "alias", "role")
    return not [fault for fault in verify.faults() if fault.row.startswith(about)]


def test_the_same_voice_is_shown_as_its_oldest_row(three):
    first, second, third = three
    judge(second, third)
    assert heads() == [first.pk, second.pk, second.pk]
    judge(third, first)
    assert heads() == [first.pk] * 3
    assert clean()


def test_an_editors_row_stands_for_those_read_in_articles(three):
    own = make.speaker("Magdalena Ortiz", privacy="public")
    judge(three[0], own)
    judge(three[0], three[1])
    assert heads() == [own.pk, own.pk, three[2].pk, own.pk]
    assert set(Speaker.objects.filter(is_public=True)) == {own, *three[:2]}


def test_a_merge_rewrites_no_claim_and_no_attribution(three):
    tables = (Attribution, Claim, ClaimVoice)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    judge(*three[:2])
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_a_judgement_taken_back_leaves_everything_as_it_was(three):
    outcome = judge(*three[:2])
    assert outcome.changed == 1
    row = IdentityJudgement.objects.get()
    assert (row.origin, row.actor, row.version) == ("editor", make.editor(), 1)
    identities.revoke(row, actor=make.editor(), version=1)
    assert heads() == [row.pk for row in three]
    row.refresh_from_db()
    assert row.revoked
    assert identities.revoke(row, actor=make.editor(), version=2).changed == 0
    assert clean()


def test_the_same_judgement_again_changes_nothing(three):
    judge(*three[:2])
    assert judge(*three[:2]).changed == 0
    assert Change.objects.filter(object_type="identityjudgement").count() == 1


def test_a_private_row_hides_the_whole_voice(three):
    first, second, _ = three
    judge(first, second)
    records.edit(first, {"privacy": "public"}, actor=make.editor(), version=1)
    assert Speaker.objects.filter(is_public=True).count() == 2
    records.edit(second, {"privacy": "private"}, actor=make.editor(), version=1)
    assert not Speaker.objects.filter(is_public=True).exists()
    assert clean()


def test_different_is_remembered_and_bars_a_merge_through_others(three):
    first, second, third = three
    judge(first, third, "different")
    judge(first, second)
    with pytest.raises(identities.Contradiction) as refused:
        judge(second, third)
    assert [row.pk for row in refused.value.path] == [first.pk, second.pk, third.pk]
    for row in three:
        assert f"“{row}” ({row.uid})" in str(refused.value)
    assert heads() == [first.pk, first.pk, third.pk], "nothing was changed"
    assert IdentityJudgement.objects.count() == 2
    assert clean()


def test_those_who_are_one_voice_by_others_cannot_be_told_apart(three):
    first, second, third = three
    judge(first, second)
    judge(second, third)
    for verdict in ("different", "unsure"):
        with pytest.raises(identities.Contradiction, match="take these apart first"):
            judge(first, third, verdict)
    judge(second, third, "different")
    assert heads() == [first.pk, first.pk, third.pk]


def test_unsure_is_remembered_and_proposes_no_more(three):
    first, second, _ = three
    list(matching.match_new())
    assert [row.pk for row, _ in identities.candidates_of(first)][:1] != []
    proposed = {row.pk for row, _ in identities.candidates_of(first)}
    assert second.pk in proposed
    judge(first, second, "unsure")
    assert {row.pk for row, _ in identities.candidates_of(first)} == proposed - {second.pk}
    assert heads() == [row.pk for row in three]


def test_a_proposal_is_shown_once_for_each_voice(three):
    list(matching.match_new())
    judge(three[1], three[2])
    (proposal,) = identities.candidates_of(three[0])
    assert (proposal[0], proposal[1].score) == (three[1], 0.7)


def test_a_voice_of_one_article_is_never_merged(three):
    experts = make.speaker("some experts", kind="group", article=three[0].article)
    with pytest.raises(gate.Refused, match="a voice of its article only"):
        judge(three[0], experts)
    judge(three[0], experts, "different")


@pytest.mark.parametrize(
    ("change", "why"),
    [({"verdict": "perhaps"}, "is not one of"), ({"other": 0}, "with itself")],
)
def test_senseless_judgements_are_refused(three, change, why):
    other = three[change.get("other", 1)]
    with pytest.raises(gate.Refused, match=why):
        judge(three[0], other, change.get("verdict", "same"))


def test_a_stale_judgement_is_refused(three):
    first, second, _ = three
    with pytest.raises(history.Stale):
        judge(first, second, version=3)
    judge(first, second, version=0)
    with pytest.raises(history.Stale):
        judge(first, second, "different", version=0)
    with pytest.raises(history.Stale):
        identities.revoke(IdentityJudgement.objects.get(), actor=make.editor(), version=7)
    assert identities.version_of(second, first) == 1


def test_a_row_taken_out_leaves_the_others_one_voice():
    rows = [read_in(ORTIZ, n) for n in range(5)]
    list(matching.match_new())
    assert heads() == [rows[0].pk] * 5
    outcome = identities.take_out(rows[0], actor=make.editor())
    assert heads() == [rows[0].pk, *[rows[1].pk] * 4]
    assert clean()
    list(matching.match_new())
    assert heads() == [rows[0].pk, *[rows[1].pk] * 4], "no rule makes it the same again"
    undo.undo(outcome.batch, actor=make.editor())
    assert heads() == [rows[0].pk] * 5
    assert clean()


def test_a_row_that_is_alone_is_not_taken_out(three):
    assert identities.take_out(three[0], actor=make.editor()).changed == 0


def test_rows_that_others_held_apart_stay_apart(three):
    first, second, third = three
    judge(first, second)
    judge(first, third)
    judge(second, third)
    row = IdentityJudgement.objects.get(one=second, other=third)
    identities.revoke(row, actor=make.editor(), version=1)
    identities.take_out(first, actor=make.editor())
    assert heads() == [row.pk for row in three], "an editor took that pair back before"


def test_every_judgement_is_undone_in_one_step_and_done_again(three):
    merged = judge(*three[:2])
    undone = undo.undo(merged.batch, actor=make.editor())
    assert heads() == [row.pk for row in three]
    undo.undo(undone.batch, actor=make.editor())
    assert heads()[:2] == [three[0].pk] * 2
    assert clean()


def test_an_undo_that_would_contradict_is_refused(three):
    first, second, third = three
    judge(first, second)
    merged = judge(second, third)
    undone = undo.undo(merged.batch, actor=make.editor())
    judge(first, third, "different")
    with pytest.raises(undo.CannotUndo, match="ruled not to be the same"):
        undo.undo(undone.batch, actor=make.editor())
    assert clean()


def test_an_undo_of_a_judgement_changed_since_is_refused(three):
    merged = judge(*three[:2])
    judge(*three[:2], "different")
    with pytest.raises(undo.CannotUndo):
        undo.undo(merged.batch, actor=make.editor())


def test_what_a_rule_linked_an_editor_takes_back_for_good(three):
    twin = read_in(ORTIZ, 9)
    list(matching.match_new())
    row = IdentityJudgement.objects.get(verdict="same")
    assert (row.origin, row.actor, row.reasons) == ("rule", None, ["identical full name"])
    identities.revoke(row, actor=make.editor(), version=row.version)
    Speaker.objects.update(compared=False)
    list(matching.match_new())
    row.refresh_from_db()
    assert row.revoked
    twin.refresh_from_db()
    assert twin.canonical is None
    judge(three[0], twin)
    row.refresh_from_db()
    assert (row.origin, row.revoked) == ("editor", False)


def test_a_rules_link_can_be_ruled_different_at_once(three):
    twin = read_in(ORTIZ, 9)
    list(matching.match_new())
    judge(three[0], twin, "different")
    assert len(set(heads())) == 4


def test_a_preview_counts_what_comes_together(three):
    found = identities.preview(three[:2])
    assert (found.speakers, found.articles, found.attributions, found.claims) == (2, 2, 2, 2)
    assert found.names == [ORTIS, ORTIZ]
    assert identities.preview_of_row(three[2]).claims == 1


def test_a_path_is_empty_between_two_voices(three):
    assert identity.path(three[0].pk, three[1].pk) == []
