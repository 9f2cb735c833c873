"""Rows from before each article had speakers of its own: carried over, nothing lost."""

import uuid

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from claims import verify
from claims.curation import identities
from claims.models import (
    Attribution,
    Byline,
    Claim,
    ClaimVoice,
    FeedEntry,
    IdentityJudgement,
    Note,
    PublicChange,
    Speaker,
)
from tests.claims import make

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("claims", "0002_search")]


def migrated(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def before(request):
    """Return the tables as they were; whatever happens, the database ends as it began."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrated(getattr(request, "param", BEFORE))
    migrated(latest)


class Past:
    """Builders of rows in the tables as they were."""

    def __init__(self, apps):
        self.get = apps.get_model
        self.user = User.objects.create(username="past")
        self.run = self.of("Run", engine="1.0", config_hash="0" * 64, tier="light")

    def of(self, table, /, **fields):
        return self.get("claims", table).objects.create(**fields)

    def article(self, n):
        text = f"{n}. {make.TEXT}"
        found = self.of("Article", text_sha256=f"{n:064}", uid=f"article{n:05}", language="en")
        self.of("ArticleText", article=found, text=text)
        return found, text

    def told(self, n, *chain, ruled=None):
        """Return a claim of a new article and its attributions, given to shared speakers."""
        article, text = self.article(n)
        rows, runs = [], {"first_run": self.run, "last_run": self.run}
        for number, (name, speaker) in enumerate(chain):
            machine = make.attribution_on(text, name, kind=speaker.kind, n=number)
            kept = {key: machine[key] for key in ("manner", "source", "cue", "content", "mention")}
            one = {"article": article, "speaker": speaker, "tier": "light", "machine": machine}
            key = f"{n}-{number}"
            rows.append(
                self.of(
                    "Attribution",
                    **one,
                    **kept,
                    **runs,
                    anchor_key=key,
                    uid=f"attr{n:04}{number:04}",
                )
            )
        machine = make.finding_on(text, "3.74 million") | {
            "voice": "attributed",
            "chain": [name for name, _ in chain],
            "speaker": chain[0][0],
        }
        start, end = machine["sentence"]
        claim = self.of(
            "Claim",
            **{
                name: machine[name] for name in ("kind", "start", "end", "surface", "value", "rule")
            },
            **{"article": article, "machine": machine, "concept": "passengers", "score": 0.9},
            **{"machine_chain": [row.pk for row in rows], "voice": "attributed"},
            **{"sentence_start": start, "sentence_end": end, "passage": text[start:end]},
            **{"concept_head": "passenger", "number_low": 3.74e6, "number_high": 3.74e6},
            **{"attribution": rows[0], "speaker": chain[0][1], "ultimate": chain[-1][1]},
            **{"anchor_key": str(n), "uid": f"claim{n:07}"},
            **runs,
        )
        for position, (_, speaker) in enumerate(chain):
            self.of("ClaimVoice", claim=claim, position=position, speaker=speaker)
        return claim, rows

    def rule(self, **target):
        self.of("Ruling", actor_id=self.user.pk, batch=uuid.uuid4(), **target)


def test_shared_rows_become_clusters_and_nothing_is_lost(before):
    past = Past(before)
    ortiz = past.of(
        "Speaker", name="Lena Ortiz", kind="person", privacy="public", uid="ortiz0000000"
    )
    office = past.of("Speaker", name="Lantern Institute", kind="organisation", uid="office000000")
    own = past.of("Speaker", name="Ada Rao", kind="person", uid="rao000000000")
    past.of("Alias", speaker=ortiz, form="L. M. Ortiz")
    past.of("Role", speaker=ortiz, title="mayor", held="2019/2024")
    entry = {"actor_id": past.user.pk, "actor_name": "past", "object_type": "speaker"}
    past.of("Change", **entry, action="create", object_id=own.pk, after={"name": "Ada Rao"})
    past.of("Change", **entry, action="edit", object_id=ortiz.pk, before={"privacy": "unknown"})
    first, _ = past.told(1, ("Lena Ortiz", ortiz), ("Lantern Institute", office))
    second, _ = past.told(2, ("Lena Ortiz", ortiz))
    third, _ = past.told(3, ("L. M. Ortiz", ortiz))
    ruled, told = past.told(4, ("Lena Ortiz", ortiz))
    past.rule(attribution=told[0], field="speaker", value=ortiz.pk)
    chained, _ = past.told(5, ("Lena Ortiz", ortiz))
    past.rule(claim=chained, field="chain", value=[ortiz.pk])
    fourth, _ = past.told(6, ("Ada Rao", own))
    article, _ = past.article(7)
    for n in range(2):
        past.of("Speaker", name="some experts", kind="group", article=article, uid=f"some{n:08}")
    migrated(MigrationExecutor(connection).loader.graph.leaf_nodes())

    now = Speaker.objects.get(pk=ortiz.pk)
    assert (now.uid, now.privacy, now.article_id) == (ortiz.uid, "public", first.article_id)
    assert now.aliases.get().name_key == "l m ortiz"
    assert now.roles.get().origin == "editor"
    assert Speaker.objects.under([ortiz.pk]).filter(is_public=True).count() == 4
    said_by = dict(Claim.objects.values_list("pk", "speaker__article"))
    assert said_by[first.pk] == said_by[ruled.pk] == said_by[chained.pk] == first.article_id
    assert said_by[second.pk] == second.article_id
    assert Claim.objects.get(pk=third.pk).speaker.name == "L. M. Ortiz"
    assert Claim.objects.get(pk=third.pk).speaker.canonical_id == ortiz.pk
    assert Claim.objects.get(pk=first.pk).ultimate_id == office.pk
    rao = Claim.objects.get(pk=fourth.pk).speaker
    assert (rao.canonical_id, rao.head.article_id) == (own.pk, None), "an editor's own row"
    assert Attribution.objects.get(article=ruled.article_id).speaker_id == ortiz.pk
    assert ClaimVoice.objects.count() == 7
    rows = IdentityJudgement.objects.filter(origin="rule", verdict="same", actor=None)
    assert rows.count() == IdentityJudgement.objects.count() == 4
    faults = [fault for fault in verify.faults() if not fault.row.startswith("article")]
    assert [fault for fault in faults if "is stored" in fault.message] == []
    taken = Claim.objects.get(pk=second.pk).speaker
    identities.take_out(taken, actor=make.editor())
    taken.refresh_from_db()
    assert taken.canonical is None, "what was one row can be taken apart now"


@pytest.mark.parametrize("before", [[("claims", "0016_searchable_log")]], indirect=True)
def test_what_was_approved_keeps_its_byline_and_no_two_are_alike(before):
    past = Past(before)
    other = User.objects.create(username="other")
    article, text = past.article(1)
    ferry, runs = text.index("3.74"), {"first_run": past.run, "last_run": past.run}
    span = {"start": ferry, "end": ferry + 4, "sentence_start": ferry, "sentence_end": ferry + 4}
    claim = past.of("Claim", article=article, surface="3.74", machine={}, **span, **runs)
    for user, approved in ((past.user, past.user), (other, other), (other, None)):
        given = {"author_id": user.pk, "approved_by_id": approved and approved.pk}
        past.of("Note", claim=claim, text="Words.", uid=f"note{Note.objects.count():08}", **given)
    for user, name in ((past.user, "Ann Author"), (other, "ANN author")):
        past.of("Byline", user_id=user.pk, name=name)
    migrated(MigrationExecutor(connection).loader.graph.leaf_nodes())
    rows = Note.objects.order_by("uid").values_list("byline", flat=True)
    assert list(rows) == ["Ann Author", "ANN author", ""]
    assert [row.user_id for row in Byline.objects.all()] == [past.user.pk]
    assert Byline.objects.get().name_key == "ann author"


@pytest.mark.parametrize("before", [[("claims", "0017_bylines")]], indirect=True)
def test_what_was_public_before_has_a_record_and_everything_a_number(before):
    past = Past(before)
    speaker = past.of(
        "Speaker", name="Lena Ortiz", kind="person", uid="ortiz0000000", is_public=True
    )
    shown, _ = past.told(1, ("Lena Ortiz", speaker))
    hidden, _ = past.told(2, ("Lena Ortiz", speaker))
    public = {"status": "accepted", "voice_status": "confirmed", "is_public": True, "version": 7}
    before.get_model("claims", "Claim").objects.filter(pk=shown.pk).update(**public)
    migrated(MigrationExecutor(connection).loader.graph.leaf_nodes())
    kept = PublicChange.objects.get()
    assert (kept.claim_id, kept.version, kept.kind, kept.at) == (shown.pk, 7, "published", None)
    numbers = {entry.uid: entry for entry in FeedEntry.objects.all()}
    assert len(numbers) == 5
    seen = {uid for uid, entry in numbers.items() if entry.everybody}
    assert seen == {shown.uid, speaker.uid}
    assert hidden.uid in numbers
