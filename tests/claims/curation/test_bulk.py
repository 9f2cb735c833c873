"""Rulings on thousands of claims: what single rulings would have done, no more and no less."""

import pytest
from django.db import transaction

from claims import columns, verify
from claims.curation import bulk, review, topics, undo
from claims.curation.review import correct
from claims.models import Article, Change, Claim, Ruling
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = "Port notes {n}\n\n" + "".join(
    f"The port counted {n} boats and spent €{n} million on piers, Lena Ortiz said.\n"
    for n in range(1, 6)
)


@pytest.fixture
def editor():
    return make.editor()


@pytest.fixture
def claims(editor):
    """Claims of every sort that a ruling may treat apart: voices, rulings, later findings."""
    for n, visibility in enumerate(("public", "draft")):
        article = make.article(TEXT.format(n=n), visibility=visibility)
        lena = make.attribution(article, make.speaker("Lena Ortiz", article=article))
        role = make.speaker("an official", kind="role", article=article)
        other = make.attribution(article, role, cue="counted")
        for nth in range(5):
            voices = ((), [lena], [other], [lena, other])[nth % 4]
            make.claim(article, "boats", nth=nth, voices=voices)
            make.claim(article, "million", nth=nth, kind="money", unit="EUR", voices=voices)
    rows = list(Claim.objects.order_by("pk"))
    make.rule(rows[0], {"status": "accepted"})
    make.rule(rows[1], {"status": "rejected"})
    make.rule(rows[2], {"concept": "vessels"})
    make.rule(rows[3], {"voice_status": "confirmed"})
    newer = {"finding": rows[4].machine | {"concept": "ferries"}, "chain": [], "dismissed": False}
    Claim.objects.filter(pk=rows[4].pk).update(newer=newer, to_confirm=True)
    Claim.objects.filter(pk=rows[5].pk).update(missing=True, gone=True)
    make.rule(rows[6], {"concept": "crates"})
    Claim.objects.filter(pk=rows[6].pk).update(missing=True, orphaned=True)
    for article in Article.objects.all():
        count = article.claims.current().count()
        Article.objects.filter(pk=article.pk).update(claim_count=count)
    return Claim.objects.all()


ACTS = {
    "accept": lambda actor: lambda rows: review.accept(rows, actor=actor),
    "accept_both": lambda actor: lambda rows: review.accept(rows, actor=actor, voice=True),
    "reject": lambda actor: lambda rows: review.reject(rows, actor=actor, reason="not read"),
    "reopen": lambda actor: lambda rows: review.reopen(rows, actor=actor),
    "confirm_voice": lambda actor: lambda rows: review.confirm_voice(rows, actor=actor),
}

CASES = [
    # the ruling, for which claims a second editor is asked
    *((name, ()) for name in ACTS),
    *((name, asked) for name in ("accept", "accept_both") for asked in (["money"], ["persons"])),
    ("reject", ["all"]),
]


def rows_of(batch):
    """Return everything an action wrote, without ids and times."""
    apart = {"id", "at", "batch", "replaced_id"}
    names = [f.attname for f in Claim._meta.concrete_fields if f.attname not in {"created"}]
    entries = Change.objects.filter(batch=batch).order_by("object_type", "object_id")
    rulings = Ruling.objects.filter(batch=batch).order_by("claim", "field", "pk")
    return (
        list(Claim.objects.order_by("pk").values(*names)),
        [{k: v for k, v in row.items() if k not in apart} for row in entries.values()],
        [
            {k: v for k, v in row.items() if k not in {*apart, "replaced_id"}}
            for row in rulings.values()
        ],
        sorted(Ruling.objects.standing().values_list("claim", "field", "value"), key=str),
        list(Article.objects.order_by("pk").values_list("claim_count", flat=True)),
    )


@pytest.mark.parametrize(("name", "asked"), CASES)
def test_it_writes_what_single_rulings_would_have_written(claims, editor, settings, name, asked):
    settings.SECOND_EDITOR = asked
    act, seen = ACTS[name](editor), bulk.chosen(claims)
    with transaction.atomic():
        outcome = act(Claim.objects.filter(pk__in=seen))
        single, told = rows_of(outcome.batch), (outcome.changed, outcome.unchanged)
        transaction.set_rollback(True)
    done = bulk.rule_on(act, seen)
    assert rows_of(done.outcome.batch) == single
    assert (done.outcome.changed, done.outcome.unchanged) == told
    assert done.skipped == []
    assert columns.stale(Claim.objects.select_related("article")) == []


def test_few_claims_stand_for_many(claims, editor):
    ruled_on = []

    def act(rows):
        ruled_on.extend(rows.values_list("pk", flat=True))
        return review.accept(rows, actor=editor)

    bulk.rule_on(act, bulk.chosen(claims))
    assert len(ruled_on) < claims.count()


def test_it_is_undone_in_one_step(claims, editor):
    fields = ("status", "is_public", "to_confirm", "gone", "orphaned", "newer")
    before = list(claims.order_by("pk").values(*fields))
    done = bulk.rule_on(ACTS["accept"](editor), bulk.chosen(claims))
    assert not claims.exclude(status="accepted").exists()
    undo.undo(done.outcome.batch, actor=editor)
    assert list(claims.order_by("pk").values(*fields)) == before
    assert columns.stale(Claim.objects.select_related("article")) == []


def test_claims_changed_or_gone_meanwhile_are_left_and_listed(claims, editor):
    seen = bulk.chosen(claims)
    first, second = claims.order_by("-pk")[:2]
    correct(first, {"concept": "canoes"}, actor=editor, version=first.version)
    done = bulk.rule_on(ACTS["reject"](editor), seen | {10**9: 1})
    assert done.skipped == [first.pk, 10**9]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("proposed", "rejected")
    assert Ruling.objects.filter(claim=second, field="status").get().reason == "not read"


def test_claims_that_came_into_the_filter_since_are_not_ruled_on(claims, editor):
    seen = bulk.chosen(claims.filter(kind="money"))
    bulk.rule_on(ACTS["accept"](editor), seen)
    assert not claims.filter(kind="count", status="accepted").exclude(rulings__field="status")


def test_other_rulings_are_made_one_by_one_with_the_same_care(claims, editor):
    seen, topic = bulk.chosen(claims), make.topic()
    first = claims.order_by("pk").last()
    correct(first, {"concept": "canoes"}, actor=editor, version=first.version)
    done = bulk.one_by_one(lambda rows: topics.add_topic(rows, topic, actor=editor), seen)
    assert done.skipped == [first.pk]
    assert topic.claim_links.count() == len(seen) - 1


def test_refused_is_refused_for_all(claims, editor):
    seen = bulk.chosen(claims)
    with pytest.raises(ValueError, match="NUL"):
        bulk.rule_on(lambda rows: review.reject(rows, actor=editor, reason="\0"), seen)
    assert not Change.objects.filter(action="reject").exists()


def test_a_great_many_are_taken_in_few_statements(claims, editor, django_assert_max_num_queries):
    claims.filter(rulings__isnull=False).delete()
    seen = bulk.chosen(claims)
    with django_assert_max_num_queries(110):
        bulk.rule_on(ACTS["accept"](editor), seen)
    assert not [f for f in verify.faults() if f.row.startswith("claim")]


def test_no_more_are_chosen_than_can_be_told_to_be_too_many(claims, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 3)
    assert len(bulk.chosen(claims)) == 4
