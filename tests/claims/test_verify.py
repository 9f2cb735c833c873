"""The self-check finds every kind of damage and names the row."""

import pytest
from django.db import connection

from claims import verify
from claims.curation import articles, review
from claims.ingest import Options, import_bytes
from claims.models import (
    Article,
    ArticleText,
    Attribution,
    Claim,
    ClaimVoice,
    IdentityJudgement,
    Placement,
    Run,
    SourceFile,
    Speaker,
)
from claims.runs import run_engine
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(media):
    """Store one article with claims, in good order."""
    import_bytes(make.TEXT.encode(), "ferries.txt", Options(published="2031-05-08"))
    (step,) = run_engine(Article.objects.all())
    assert step.counts.new > 0
    assert not list(verify.faults())
    return media


def update(table, **fields):
    row = table.objects.order_by("pk").first()
    table.objects.filter(pk=row.pk).update(**fields)
    return row


DAMAGE = [
    # table, what is written past every rule, what the check says
    (ArticleText, {"text": "x" * 400}, "its text does not have the digest"),
    (Article, {"claim_count": 99}, "claim_count: 99"),
    (Article, {"published_latest": 20400101}, "published: the days stored"),
    (Article, {"published": "last Tuesday"}, "published: 'last Tuesday' is no EDTF"),
    (Claim, {"machine": {"edtf": "junk"}}, "machine and rulings give no columns"),
    (Article, {"parts": [{"role": "body", "start": 5, "end": 9999}]}, "parts: [5, 9999)"),
    (Article, {"published_evidence": [3, 3]}, "published_evidence: [3, 3)"),
    (Attribution, {"cue": [[0, 9999]]}, "cue: [0, 9999)"),
    (Attribution, {"mention": [9, 2]}, "mention: [9, 2)"),
    (Claim, {"passage": "Something else."}, "sentence: "),
    (Claim, {"value": "1e400"}, "value: '1e400' is neither"),
    (Claim, {"number_low": 5.0}, "number_low: 5.0 is stored"),
    (Claim, {"status": "accepted"}, "status: 'accepted' is stored"),
    (Claim, {"is_public": True}, "is_public: True is stored"),
    (Claim, {"published_earliest": 20400101}, "published_earliest: 20400101 is stored"),
    (Placement, {"slices": [[0, 5]]}, "do not give the article's text"),
    (Run, {"counts": {}}, "counts: 0 articles, but 1 readings applied"),
    (SourceFile, {"sha256": "0" * 64}, "its bytes do not have the digest"),
    (SourceFile, {"file": "sources/nowhere"}, "cannot be read: No such file"),
]


@pytest.mark.parametrize(("table", "fields", "message"), DAMAGE)
def test_damage_is_found_and_its_row_is_named(stored, table, fields, message):
    row = update(table, **fields)
    owner = {ArticleText: "article", Placement: "source file"}.get(table, row._meta.verbose_name)
    pk = row.source_file_id if table is Placement else row.pk
    assert f"{owner} {pk}" in [fault.row for fault in verify.faults() if message in fault.message]


def test_a_moved_span_is_found(stored):
    row = Claim.objects.order_by("pk").first()
    Claim.objects.filter(pk=row.pk).update(start=row.start + 1, end=row.end + 1)
    messages = [fault.message for fault in verify.faults() if fault.row == f"claim {row.pk}"]
    assert any(message.startswith("span: ") for message in messages)


def test_a_voice_that_was_dropped_is_found(stored):
    assert ClaimVoice.objects.exists()
    claim = ClaimVoice.objects.order_by("pk").first().claim
    ClaimVoice.objects.filter(claim=claim).delete()
    (fault,) = verify.faults()
    assert fault.row == f"claim {claim.pk}"
    assert fault.message.startswith("chain: [] is stored")


def test_an_article_without_text_and_a_file_without_articles_are_found(stored):
    Placement.objects.all().delete()
    ArticleText.objects.all().delete()
    messages = {fault.message for fault in verify.faults()}
    assert {"no article of it is stored", "it has no text"} <= messages


def test_a_file_whose_every_article_was_refused_is_in_order(stored, monkeypatch):
    monkeypatch.setattr("claims.ingest.LONGEST_ARTICLE", 20)
    report = import_bytes(b"Harbour news\n\nForty boats left the harbour.\n", "long.txt", Options())
    assert report.count("refused") == 1
    assert SourceFile.objects.count() == 2
    assert not list(verify.faults())


def test_an_attribution_whose_parent_is_elsewhere_is_found(stored):
    other = make.attribution(make.article(make.TEXT + "More.\n"), make.speaker())
    update(Attribution, parent=other)
    (fault,) = verify.faults()
    assert "is in another article" in fault.message


def test_numbers_that_are_none_are_found(stored):
    row = update(Claim, number_high=float("inf"))
    messages = {fault.message for fault in verify.faults() if fault.row == f"claim {row.pk}"}
    assert "number_high: inf is no finite number" in messages


def test_text_that_is_none_inside_json_is_found(stored):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL refuses it")
    row = update(Article, extra={"key": "a\ud800"})
    (fault,) = verify.faults()
    assert fault.row == f"article {row.pk}"
    assert fault.message.startswith("extra.key: lone surrogate")


def test_bytes_that_are_no_longer_read_are_found(stored, monkeypatch):
    def unread(data):
        raise verify.UnreadableError("too old")

    monkeypatch.setattr(verify, "decode", unread)
    (fault,) = verify.faults()
    assert fault.message == "its bytes are no longer read: too old"


def test_an_index_out_of_step_is_found(stored):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE claims_articletext SET words = ''")
        else:
            cursor.execute("INSERT INTO claims_claim_search (claims_claim_search) "
                           "VALUES ('delete-all')")  # fmt: skip
    (fault,) = verify.faults()
    assert fault.row == "search index"


def test_a_link_to_nowhere_is_found(stored):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps foreign keys at all times")
    update(Claim, speaker=987654)
    assert any("987654" in fault.message for fault in verify.faults() if fault.row == "database")
    Claim.objects.update(speaker=None)


def test_what_waits_is_noted_and_no_fault(stored):
    Run.objects.update(ended=None)
    SourceFile.objects.update(complete=False)
    assert list(verify.notes()) == [
        "files stored in part; import them again (1)",
        "runs not finished; start them again (1)",
    ]
    assert not list(verify.faults())


def test_rows_that_do_not_hold_what_was_ruled_are_found(stored):
    article, voice = Article.objects.get(), Attribution.objects.order_by("pk").first()
    fields = {"headline": "Ferries", "outlet": make.outlet().pk}
    articles.correct(article, fields, actor=make.editor(), version=article.version)
    speaker = make.speaker("Mara Voss")
    version = voice.version
    review.set_speaker_of_attribution(voice, speaker, actor=make.editor(), version=version)
    assert not list(verify.faults())
    update(Article, headline="Other", outlet=None)
    update(Attribution, speaker=None)
    found = [fault.message for fault in verify.faults()]
    assert "headline: 'Other' is stored; ruled is 'Ferries'" in found
    assert f"outlet: None is stored; ruled is {fields['outlet']}" in found
    assert f"speaker: None is stored; ruled is {speaker.pk}" in found


def test_an_attribution_of_another_article_is_found(stored):
    other = make.attribution(make.article("Elsewhere Lena Ortiz said so.\n"), make.speaker())
    claim = update(Claim, attribution=other)
    found = [fault for fault in verify.faults() if fault.row == f"claim {claim.pk}"]
    assert f"attribution: {other.pk} is in another article" in [fault.message for fault in found]


def messages_of(row):
    name = f"{row._meta.verbose_name} {row.pk}"
    return [fault.message for fault in verify.faults() if fault.row == name]


@pytest.fixture
def voices():
    """Return three speakers; an editor ruled that the first two are one and the third is not."""
    rows = [make.speaker(name) for name in ("Lena Ortiz", "Lena Ortis", "L. Ortiz")]
    make.same(rows[0], rows[1])
    make.same(rows[0], rows[2], verdict="different")
    assert not any(map(messages_of, rows))
    return rows


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"canonical": None}, "Placed(canonical=None"),
        ({"is_public": True}, "is_public=True) is stored"),
        ({"name_key": "ada"}, "name_key: 'ada' is stored; its name gives 'lena ortis'"),
    ],
)
def test_a_speaker_that_is_not_where_the_judgements_put_it_is_found(voices, fields, said):
    Speaker.objects.filter(pk=voices[1].pk).update(**fields)
    assert any(said in message for message in messages_of(voices[1]))


def test_a_cluster_that_holds_two_ruled_different_is_found(voices):
    first, second, third = voices
    made = {"one": second, "other": third, "verdict": "same", "origin": "rule"}
    IdentityJudgement.objects.create(**made)
    Speaker.objects.filter(pk=third.pk).update(canonical=first)
    row = IdentityJudgement.objects.get(verdict="different")
    path = [first.pk, second.pk, third.pk]
    assert messages_of(row) == [
        f"speakers {path} are one voice, though its ends were ruled not to be the same"
    ]


def test_an_alias_and_a_role_that_are_no_longer_true_are_found(voices):
    alias = voices[0].aliases.create(form="Magdalena Ortiz")
    article = make.article("Short.\n")
    role = voices[0].roles.create(title="mayor", article=article, start=3, end=90)
    assert "its form gives 'magdalena ortiz'" in messages_of(alias)[0]
    assert messages_of(role) == ["span: [3, 90) is no span of its text"]
