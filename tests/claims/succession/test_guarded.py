"""What resplitting never does: show hidden words, lose work, decide a dispute."""

import pytest

from claims import gate
from claims.api import rows
from claims.curation import articles, review, topics, undo
from claims.filters.readers import Reader
from claims.models import (
    Article,
    Claim,
)
from claims.succession import resplit, stretches
from tests.claims import make
from tests.claims.succession.files import (
    claim,
    current,
    faults,
    split_up,
    versions,
)

pytestmark = pytest.mark.django_db


def test_what_was_undone_is_done_again_and_leads_where_it_stands(glued):
    old = Article.objects.get()
    outcome, _, (ferry, choir) = split_up(glued)
    undo.undo(outcome.batch, actor=make.editor())
    assert rows.articles_now(old.uid, Reader.EDITOR) == []
    assert rows.claims_now(claim("14").uid, Reader.EDITOR) == []
    outcome, _, again = split_up(glued)
    assert again == [ferry, choir]
    assert rows.articles_now(old.uid, Reader.EDITOR) == [ferry.uid, choir.uid]
    assert faults() == []


def test_undo_is_refused_where_people_added_topics_or_notes_since(glued):
    outcome, _, (_, choir) = split_up(glued)
    topics.add_topic(choir.claims.current(), make.topic(), actor=make.editor())
    with pytest.raises(undo.CannotUndo):
        undo.undo(outcome.batch, actor=make.editor())


def test_hidden_words_stay_hidden_wherever_they_go(glued):
    Article.objects.update(visibility="public")
    _, _, (ferry, choir) = split_up(glued)
    Article.objects.filter(pk=choir.pk).update(visibility="withdrawn")
    into = {one.start: ferry.pk for one in stretches(glued, 0) if one.article == choir.pk}
    with pytest.raises(gate.Refused, match="only chief editors withdraw"):
        resplit(glued, 0, into, actor=make.member("editor", "plain"), versions=versions())
    chief = make.member("chief editor", "chief")
    _, _, (joined,) = resplit(glued, 0, into, actor=chief, versions=versions())
    assert joined.visibility == "withdrawn"


def test_only_who_may_withdraw_leaves_all_lines_of_a_public_article_out(glued):
    Article.objects.update(visibility="public")
    nowhere = {one.start: None for one in stretches(glued, 0)}
    with pytest.raises(gate.Refused, match="only chief editors withdraw"):
        resplit(glued, 0, nowhere, actor=make.member("editor", "plain"), versions=versions())
    assert current()[0].visibility == "public"


def test_an_article_that_comes_back_keeps_what_was_ruled_on_it(glued):
    whole = Article.objects.get()
    articles.correct(
        whole, {"headline": "Ours", "byline": "By us"}, actor=make.editor(), version=whole.version
    )
    split_up(glued)
    together = {one.start: "one" for one in stretches(glued, 0)}
    _, _, (back,) = resplit(glued, 0, together, actor=make.editor(), versions=versions())
    assert (back, back.headline, back.byline) == (whole, "Ours", "By us")
    assert faults() == []


def test_neither_editor_of_a_dispute_decides_it_after_a_resplit(glued, settings):
    settings.SECOND_EDITOR = ["all"]
    ada, bert = make.member("editor", "ada"), make.member("editor", "bert")
    fourteen = Claim.objects.filter(surface="14")
    review.accept(fourteen, actor=ada)
    review.reject(fourteen, actor=bert)
    assert claim("14").second == "disputed"
    split_up(glued)
    now = Claim.objects.current().filter(surface="14")
    for party in (ada, bert):
        with pytest.raises(gate.Refused, match="differ"):
            review.accept(now, actor=party)
    review.accept(now, actor=make.member("chief editor", "chief"))
    assert claim("14").second == "confirmed"
