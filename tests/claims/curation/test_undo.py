"""Undo: one action taken back as a whole, or refused with the rows in the way."""

import uuid

import pytest

from claims import columns
from claims.curation import articles, records, review, undo
from claims.history import Batch, record
from claims.models import Article, Change, Claim, Outlet, Ruling
from claims.runs import run_engine
from tests.claims import make
from tests.claims.curation.test_review import again, claims, find

pytestmark = pytest.mark.django_db


def test_undoing_an_acceptance_leaves_the_claim_as_it_was():
    claim = make.claim()
    outcome = review.accept(claims(claim), actor=make.editor(), voice=True)
    undo.undo(outcome.batch, actor=make.editor())
    row = again(claim)
    assert (row.status, row.voice_status, row.is_public) == ("proposed", "unreviewed", False)
    assert not Ruling.objects.standing().exists()


def test_undoing_a_correction_brings_the_earlier_ruling_back():
    claim = make.claim()
    review.correct(claim, {"value": "5"}, actor=make.editor(), version=1)
    outcome = review.correct(claim, {"value": "6"}, actor=make.editor(), version=2)
    undo.undo(outcome.batch, actor=make.editor())
    assert again(claim).value == "5"


def test_undo_is_itself_in_the_log_and_marks_what_it_undid():
    claim = make.claim()
    outcome = review.accept(claims(claim), actor=make.editor())
    step = undo.undo(outcome.batch, actor=make.editor())
    assert Change.objects.get(batch=outcome.batch).undone_by == step.batch
    entry = Change.objects.get(batch=step.batch)
    assert (entry.action, entry.after["status"]) == ("undo", "proposed")


def test_rows_changed_since_are_listed_and_nothing_is_undone():
    one, two = make.claim(), make.claim(make.article("Nine boats left.\n"), "Nine")
    outcome = review.accept(claims(one, two), actor=make.editor())
    review.correct(again(two), {"value": "10"}, actor=make.editor(), version=2)
    with pytest.raises(undo.CannotUndo, match="“Nine”") as caught:
        undo.undo(outcome.batch, actor=make.editor())
    assert [row.object_id for row in caught.value.rows] == [two.pk]
    assert set(Claim.objects.values_list("status", flat=True)) == {"accepted"}


def test_an_action_is_undone_once():
    outcome = review.accept(claims(make.claim()), actor=make.editor())
    undo.undo(outcome.batch, actor=make.editor())
    with pytest.raises(undo.CannotUndo, match="undone already"):
        undo.undo(outcome.batch, actor=make.editor())


def test_an_undo_can_be_undone_and_so_on():
    claim = make.claim()
    outcome = review.correct(claim, {"value": "5"}, actor=make.editor(), version=1)
    batch = outcome.batch
    for value in ("3740000", "5", "3740000", "5"):
        batch = undo.undo(batch, actor=make.editor()).batch
        assert again(claim).value == value


def test_an_unknown_batch_is_refused():
    with pytest.raises(undo.CannotUndo, match="no such action"):
        undo.undo(uuid.uuid4(), actor=make.editor())


def test_the_engines_work_is_not_undone_by_hand():
    batch = uuid.uuid4()
    Change.objects.create(batch=batch, actor_name="engine", action="apply", object_id=1)
    with pytest.raises(undo.CannotUndo, match="engine"):
        undo.undo(batch, actor=make.editor())


def test_undoing_a_choice_between_readings_brings_the_question_back():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor())
    find(claim, value="4000000")
    outcome = review.take_newer(claims(claim), actor=make.editor())
    undo.undo(outcome.batch, actor=make.editor())
    row = again(claim)
    assert (row.value, row.to_confirm) == ("3740000", True)


def test_accepting_over_a_later_finding_and_undoing_it_asks_again():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor())
    find(claim, value="4000000")
    outcome = review.accept(claims(claim), actor=make.editor())
    assert not again(claim).to_confirm
    undo.undo(outcome.batch, actor=make.editor())
    assert again(claim).to_confirm


def test_a_speaker_set_on_an_attribution_is_undone_with_its_claims():
    article = make.article()
    old, new = make.speaker("Lena Ortiz"), make.speaker("Mara Ortiz")
    said = make.attribution(article, old)
    claim = make.claim(article, voices=[said])
    outcome = review.set_speaker_of_attribution(said, new, actor=make.editor(), version=1)
    undo.undo(outcome.batch, actor=make.editor())
    said.refresh_from_db()
    assert (said.speaker, again(claim).speaker) == (old, old)


def test_an_articles_correction_is_undone_with_what_followed_from_it():
    article = make.article(visibility="draft")
    claim = make.claim(article)
    review.accept(claims(claim), actor=make.editor())
    fields = {"visibility": "public", "published": "2031-05-06"}
    outcome = articles.correct(article, fields, actor=make.editor(), version=1)
    assert again(claim).is_public
    undo.undo(outcome.batch, actor=make.editor())
    row = Article.objects.get()
    assert (row.visibility, row.published, row.published_basis) == ("draft", "", "none")
    assert not again(claim).is_public
    assert again(claim).published_earliest is None


def test_undoing_a_date_resolves_claims_found_since_against_the_old_one():
    article = make.article("The port closed on Tuesday. It opened again on Friday.\n")
    list(run_engine(Article.objects.all()))
    tuesday, friday = article.claims.filter(kind="date").order_by("start")
    stored = Claim.objects.filter(pk=friday.pk)
    found_later, _ = again(friday), stored.delete()
    outcome = articles.correct(
        article, {"published": "2031-05-10"}, actor=make.editor(), version=article.version
    )
    dated = Claim.objects.get(pk=tuesday.pk).machine
    found_later.pk, found_later.article = None, Article.objects.get()
    found_later.machine = found_later.machine | {"edtf": "2031-05-09"}
    columns.create([found_later])
    assert (dated["edtf"], again(found_later).edtf) == ("2031-05-06", "2031-05-09")
    undo.undo(outcome.batch, actor=make.editor())
    assert again(tuesday).edtf == again(found_later).edtf == ""


def test_undoing_a_speaker_takes_along_claims_that_came_under_it_since():
    article = make.article()
    old, new = make.speaker("Lena Ortiz"), make.speaker("Mara Ortiz")
    said = make.attribution(article, old)
    claim = make.claim(article, voices=[said])
    hidden = review.correct(claim, {"voice": "own"}, actor=make.editor(), version=1)
    outcome = review.set_speaker_of_attribution(said, new, actor=make.editor(), version=1)
    undo.undo(hidden.batch, actor=make.editor())
    assert again(claim).speaker == new
    undo.undo(outcome.batch, actor=make.editor())
    assert again(claim).speaker == old
    assert Change.objects.of(claim).first().after["speaker_id"] == old.pk


def test_what_a_reading_changed_behind_the_columns_is_not_put_back():
    claim = make.claim()
    review.accept(claims(claim), actor=make.editor())
    find(claim, value="4000000")
    outcome = review.accept(claims(claim), actor=make.editor())
    version = again(claim).version
    row = find(claim, value="3740000", concept_span=[1, 2])
    assert (row.newer, row.version) == (None, version)
    with pytest.raises(undo.CannotUndo, match="changed since"):
        undo.undo(outcome.batch, actor=make.editor())
    assert again(claim).machine["concept_span"] == [1, 2]


def test_an_acceptance_is_undone_after_a_reading_that_says_the_same():
    article = make.article("Nine boats left the port in 2030.\n")
    list(run_engine(Article.objects.all()))
    outcome = review.accept(Claim.objects.all(), actor=make.editor())
    list(run_engine(Article.objects.all(), make.run(config_hash="1" * 64)))
    undo.undo(outcome.batch, actor=make.editor())
    assert set(article.claims.values_list("status", flat=True)) == {"proposed"}


def test_an_articles_correction_is_not_undone_when_a_claim_it_changed_was_ruled_on_since():
    article = make.article()
    claim = make.claim(article)
    outcome = articles.correct(article, {"published": "2031-05-06"}, actor=make.editor(), version=1)
    review.accept(claims(claim), actor=make.editor())
    with pytest.raises(undo.CannotUndo, match=r"“3[.]74 million”"):
        undo.undo(outcome.batch, actor=make.editor())
    assert Article.objects.get().published == "2031-05-06"


def test_an_import_is_not_undone():
    batch = Batch.begin("import", make.editor())
    record([batch.entry(make.article(), {}, {"source_file": 1, "outlet": ""})])
    with pytest.raises(undo.CannotUndo, match="not undone"):
        undo.undo(batch.uid, actor=make.editor())


def test_a_name_that_another_row_took_since_is_not_put_back():
    outlet = make.outlet("The Lantern")
    outcome = records.edit(outlet, {"name": "The Beacon"}, actor=make.editor(), version=1)
    records.create(Outlet(name="The Lantern"), actor=make.editor())
    with pytest.raises(undo.CannotUndo, match="in its place"):
        undo.undo(outcome.batch, actor=make.editor())
    assert Outlet.objects.filter(name="The Beacon").exists()


def test_an_edited_outlet_is_undone_and_done_again():
    outlet = make.outlet()
    outcome = records.edit(outlet, {"text_policy": "none"}, actor=make.editor(), version=1)
    undo.undo(outcome.batch, actor=make.editor())
    assert Outlet.objects.get().text_policy == "passage"
    entry = Change.objects.first()
    assert entry.before == {"text_policy": "none", "version": 2}
    assert entry.after == {"text_policy": "passage", "version": 3}
    undo.undo(entry.batch, actor=make.editor())
    assert Outlet.objects.get().text_policy == "none"


def test_an_edited_topic_is_undone_unless_it_was_edited_since():
    topic = make.topic()
    outcome = records.edit(topic, {"label": "Ships"}, actor=make.editor(), version=1)
    undo.undo(outcome.batch, actor=make.editor())
    topic.refresh_from_db()
    assert (topic.label, topic.version) == ("Transport", 3)

    outcome = records.edit(topic, {"label": "Ships"}, actor=make.editor(), version=3)
    records.edit(topic, {"label": "Boats"}, actor=make.editor(), version=4)
    with pytest.raises(undo.CannotUndo, match="changed since"):
        undo.undo(outcome.batch, actor=make.editor())


def test_a_new_row_is_not_taken_away_by_undo():
    outcome = records.create(Outlet(name="The Lantern"), actor=make.editor())
    with pytest.raises(undo.CannotUndo, match="not undone"):
        undo.undo(outcome.batch, actor=make.editor())


def test_an_edit_of_a_row_deleted_since_is_not_undone():
    speaker = make.speaker()
    alias = speaker.aliases.create(form="L. Ortiz")
    outcome = records.edit(alias, {"form": "Lena O."}, actor=make.editor(), version=1)
    records.remove(alias, actor=make.editor())
    with pytest.raises(undo.CannotUndo, match="changed since"):
        undo.undo(outcome.batch, actor=make.editor())


def test_an_articles_correction_is_undone_and_done_again_with_its_rulings():
    article, outlet = make.article(), make.outlet()
    claim = make.claim(article)
    fields = {"visibility": "withdrawn", "outlet": outlet.pk}
    first = articles.correct(article, fields, actor=make.editor(), version=1)
    step = undo.undo(first.batch, actor=make.editor())
    assert (again(claim).outlet, article.rulings.standing().count()) == (None, 0)
    undo.undo(step.batch, actor=make.editor())
    assert (again(claim).outlet, article.rulings.standing().count()) == (outlet, 2)
    assert Article.objects.get().visibility == "withdrawn"


# Step by step


def test_what_was_done_and_taken_back_since_is_not_in_the_way():
    claim, editor = make.claim(), make.editor()
    first = review.accept(claims(claim), actor=editor)
    second = review.correct(again(claim), {"value": "6"}, actor=editor, version=2)
    with pytest.raises(undo.CannotUndo, match="changed since"):
        undo.undo(first.batch, actor=editor)
    undo.undo(second.batch, actor=editor)
    undo.undo(first.batch, actor=editor)
    row = again(claim)
    assert (row.status, row.value, row.version) == ("proposed", "3740000", 5)
    assert not Ruling.objects.standing().exists()
    assert not columns.stale([row])


def test_what_was_done_again_since_is_in_the_way():
    claim, editor = make.claim(), make.editor()
    first = review.accept(claims(claim), actor=editor)
    second = review.correct(again(claim), {"value": "6"}, actor=editor, version=2)
    back = undo.undo(second.batch, actor=editor)
    undo.undo(back.batch, actor=editor)
    assert again(claim).value == "6"
    with pytest.raises(undo.CannotUndo, match="changed since"):
        undo.undo(first.batch, actor=editor)


def test_what_changed_without_a_log_entry_of_its_own_is_in_the_way():
    claim, editor = make.claim(), make.editor()
    first = review.accept(claims(claim), actor=editor)
    second = review.correct(again(claim), {"value": "6"}, actor=editor, version=2)
    undo.undo(second.batch, actor=editor)
    Claim.objects.filter(pk=claim.pk).update(version=5)  # as a run does, logged with its article
    with pytest.raises(undo.CannotUndo, match="changed since"):
        undo.undo(first.batch, actor=editor)


def test_a_claim_taken_back_in_many_rows_is_undone_row_by_row_in_the_log():
    one, two = make.claim(), make.claim(make.article("Nine boats left.\n"), "Nine")
    editor = make.editor()
    both = review.accept(claims(one, two), actor=editor)
    later = review.correct(again(two), {"value": "10"}, actor=editor, version=2)
    undo.undo(later.batch, actor=editor)
    undo.undo(both.batch, actor=editor)
    assert set(Claim.objects.values_list("status", flat=True)) == {"proposed"}
