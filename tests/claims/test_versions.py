"""The public history of a claim: what everybody saw, as they saw it, and nothing else."""

import json

import pytest

from claims import bylines, corrections, export, versions
from claims.curation import articles, review, topics, undo
from claims.curation.bulk import rule_on
from claims.filters.readers import Reader, claims_for
from claims.models import Article, Claim, Outlet, PublicChange, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db

EVERYBODY, RESEARCHER, EDITOR = Reader


def of(claim):
    return Claim.objects.filter(pk=claim.pk)


def correct(claim, by="editor", **fields):
    claim.refresh_from_db()
    review.correct(claim, fields, actor=make.editor(by), version=claim.version)
    claim.refresh_from_db()


def kinds(claim):
    return [one.kind for one in versions.history(claim, EDITOR)][::-1]


def told(claim, reader=EVERYBODY):
    """Return the newest change of a claim as field → (before, after)."""
    newest = versions.history(claim, reader)[0]
    return {one.field: (one.before, one.after) for one in newest.differences}


def row(claim, reader=EVERYBODY):
    return next(export.rows(claims_for(reader).filter(pk=claim.pk), reader), None)


def spoken(*, privacy=Speaker.Privacy.PUBLIC, status="accepted", **fields):
    """Return a claim that Lena Ortiz states, her voice unreviewed unless said otherwise."""
    article = make.article()
    ortiz = make.speaker("Lena Ortiz", article=article, privacy=privacy)
    return make.claim(article, voices=[make.attribution(article, ortiz)], status=status, **fields)


def test_a_claim_is_published_corrected_withdrawn_and_shown_again():
    claim, editor = make.claim(), make.editor()
    assert kinds(claim) == []
    review.accept(of(claim), actor=editor)
    correct(claim, value="3750000")
    correct(claim, concept="travellers")
    topics.add_topic(of(claim), make.topic(), actor=editor)
    review.reject(of(claim), actor=editor)
    review.accept(of(claim), actor=editor)
    assert kinds(claim) == ["published", "corrected", "revised", "withdrawn", "restored"]
    assert [one.number for one in versions.history(claim, EVERYBODY)] == [7, 6, 4, 3, 2]


def test_every_version_that_was_public_comes_back_as_it_was():
    claim, editor = make.accepted(), make.editor()
    seen = {1: row(claim)}
    correct(claim, value="3750000", unit="")
    seen[claim.version] = row(claim)
    correct(claim, value="", low="3.7", high="4", comparator="~", scope_edtf="2030")
    seen[claim.version] = row(claim)
    review.reject(of(claim), actor=editor)
    correct(claim, kind="measure")
    review.accept(of(claim), actor=editor)
    claim.refresh_from_db()
    seen[claim.version] = row(claim)
    assert sorted(seen) == [1, 2, 3, 6]
    for number in range(9):
        assert versions.at(claim, number, EVERYBODY) == seen.get(number), number


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"value": "1"}, "corrected"),
        ({"value": "", "low": "1", "high": "2"}, "corrected"),
        ({"comparator": ">="}, "corrected"),
        ({"unit": "t"}, "corrected"),
        ({"per": "week"}, "corrected"),
        ({"kind": "measure"}, "corrected"),
        ({"change": {"direction": "increase"}}, "corrected"),
        ({"vague": True}, "corrected"),
        ({"concept": "travellers"}, "revised"),
        ({"modality": "planned"}, "revised"),
        ({"scope_place": "Saltmere"}, "revised"),
        ({"voice": "undetermined"}, None),
        ({"voice_status": "confirmed"}, "revised"),
    ],
)
def test_a_change_of_value_is_a_correction_and_of_what_nobody_sees_is_none(fields, kind):
    claim = make.accepted()
    correct(claim, **fields)
    assert kinds(claim) == ["published", *([kind] if kind else [])]


def test_differences_are_told_in_the_names_and_values_of_the_rows():
    claim = make.accepted()
    correct(claim, value="", low="40", high="55")
    assert told(claim) == {
        "value": ("3740000", None),
        "low": (None, "40"),
        "high": (None, "55"),
    }


def test_an_unconfirmed_voice_does_not_come_out_of_the_past():
    claim = spoken()
    correct(claim, voice_status="confirmed")
    past, now = (versions.at(claim, number, EVERYBODY) for number in (1, 2))
    assert (past["speaker"], past["voice"], past["chain"], past["voice_label"]) == (
        *(None, None, []),
        None,
    )
    assert now["speaker"] == "Lena Ortiz"
    assert now == row(claim)
    assert told(claim)["speaker"] == (None, "Lena Ortiz")
    assert kinds(claim) == ["published", "revised"]


def test_a_corrected_voice_names_both_and_nobody_whom_an_editor_took_back_before_it_was_seen():
    claim = spoken(voice_status="confirmed")
    rao, hidden = make.speaker("Ada Rao", privacy="public"), make.speaker("Tom Hidden")
    correct(claim, chain=[rao.pk])
    assert kinds(claim)[-1] == "corrected"
    assert told(claim)["speaker"] == ("Lena Ortiz", "Ada Rao")
    assert versions.at(claim, 1, EVERYBODY)["speaker"] == "Lena Ortiz"
    correct(claim, voice_status="unreviewed")
    correct(claim, chain=[hidden.pk])
    correct(claim, chain=[rao.pk])
    assert kinds(claim)[-1] == "corrected", "only the voice that was taken back is told of"
    everything = [versions.history(claim, EVERYBODY)]
    everything += [versions.at(claim, n, EVERYBODY) for n in range(1, claim.version + 1)]
    assert "Hidden" not in repr(everything)


def test_who_is_private_now_has_no_identity_in_the_past_either():
    claim = spoken(voice_status="confirmed")
    ortiz = claim.speaker
    correct(claim, chain=[make.speaker("Ada Rao", privacy="public").pk])
    assert told(claim)["speaker_uid"][0] == ortiz.uid
    Speaker.objects.filter(pk=ortiz.pk).update(is_public=False)
    assert "speaker_uid" in told(claim)
    assert told(claim)["speaker_uid"][0] is None
    assert versions.at(claim, 1, EVERYBODY)["chain"][0]["uid"] is None
    assert versions.at(claim, 1, EDITOR)["chain"][0]["uid"] == ortiz.uid


def test_of_a_claim_that_is_hidden_now_nothing_is_told_but_that_it_was_there():
    claim, editor = make.accepted(), make.editor()
    correct(claim, value="424242")
    review.reject(of(claim), actor=editor)
    past = versions.history(claim, EVERYBODY)
    assert [(one.kind, one.differences) for one in past] == [
        ("withdrawn", []),
        ("corrected", []),
        ("published", []),
    ]
    assert versions.at(claim, 2, EVERYBODY) is None
    assert "424242" in repr(versions.history(claim, EDITOR))
    assert versions.at(claim, 2, EDITOR)["value"] == "424242"


def test_words_of_the_past_are_cut_as_far_as_the_outlet_lets_them_be_read():
    outlet = make.outlet(text_policy=Outlet.TextPolicy.PASSAGE)
    claim = make.accepted(make.article(outlet=outlet))
    place = {"start": claim.start, "end": claim.start + 4, "surface": "3.74", "key": "k"}
    place["sentence"] = [claim.sentence_start, claim.sentence_end]
    make.rule(claim, {"span": place})
    assert row(claim)["surface"] == "3.74"
    assert versions.at(claim, 1, EVERYBODY)["surface"] == "3.74 million"
    Outlet.objects.update(text_policy=Outlet.TextPolicy.NONE)
    assert versions.at(claim, 1, EVERYBODY)["surface"] is None
    assert versions.at(claim, 1, EDITOR)["surface"] == "3.74 million"


def test_a_change_is_signed_with_the_byline_its_editor_had_and_never_with_an_account():
    claim = make.accepted()
    correct(claim, by="ivan.petrov", value="1")
    bylines.choose(make.editor("ivan.petrov"), "Ivan P.")
    correct(claim, by="ivan.petrov", value="2")
    bylines.choose(make.editor("ivan.petrov"), "")
    newest, before, _ = versions.history(claim, EVERYBODY)
    assert (newest.by, before.by) == ("Ivan P.", "an editor")
    assert "petrov" not in repr(versions.history(claim, EVERYBODY))


@pytest.mark.parametrize("by_one", [False, True])
def test_a_bulk_ruling_records_what_single_ones_would(by_one):
    editor = make.editor()
    claims = [make.claim(make.article(f"{n}. {make.TEXT}")) for n in range(4)]
    review.accept(of(claims[0]), actor=editor)
    first = PublicChange.objects.get()
    undo.undo(claims[0].rulings.get().batch, actor=editor)
    every = Claim.objects.filter(pk__in=[one.pk for one in claims])
    seen = dict(every.values_list("pk", "version"))
    if by_one:
        for pk in seen:
            review.accept(Claim.objects.filter(pk=pk), actor=editor)
    else:
        rule_on(lambda rows: review.accept(rows, actor=editor), seen)
    assert kinds(claims[0]) == ["published", "withdrawn", "restored"]
    assert [kinds(one) for one in claims[1:]] == [["published"]] * 3
    for claim in every:
        newest = versions.history(claim, EVERYBODY)[0]
        assert (newest.number, newest.by) == (claim.version, "an editor")
        assert versions.at(claim, claim.version, EVERYBODY) == row(claim)
    assert first.version == 2


def test_an_article_that_is_withdrawn_takes_its_claims_along_and_brings_them_back():
    claim, editor = make.accepted(), make.editor()
    for visibility in (Article.Visibility.WITHDRAWN, Article.Visibility.PUBLIC):
        article = Article.objects.get()
        fields = {"visibility": visibility.value}
        articles.correct(article, fields, actor=editor, version=article.version)
    assert kinds(claim) == ["published", "withdrawn", "restored"]


def test_corrections_are_listed_newest_first_and_hidden_ones_without_words():
    kept, gone = make.accepted(), make.accepted(make.article(f"1. {make.TEXT}"), concept="secrets")
    make.claim(make.article(f"2. {make.TEXT}"))
    correct(kept, value="1")
    correct(gone, value="77777")
    correct(kept, concept="travellers")
    review.reject(of(gone), actor=make.editor())
    found = corrections.read(corrections.listed(), EVERYBODY)
    assert [(one.uid, one.version.kind) for one in found] == [
        (gone.uid, "withdrawn"),
        (gone.uid, "corrected"),
        (kept.uid, "corrected"),
    ]
    assert [one.row and one.row["uid"] for one in found] == [None, None, kept.uid]
    assert found[2].version.differences == [versions.Difference("value", "3740000", "1")]
    assert not any(words in repr(found) for words in ("77777", "secrets"))
    assert [one.row is None for one in corrections.read(corrections.listed(), EDITOR)] == [
        False
    ] * 3


def test_a_record_that_does_not_reach_back_gives_no_version():
    claim = make.accepted()
    correct(claim, value="1")
    claim.public_changes.filter(kind="published").delete()
    assert versions.at(claim, 1, EVERYBODY) is None
    assert versions.at(claim, 2, EVERYBODY) == row(claim)


@pytest.mark.parametrize("number", [1, 10])
def test_corrections_take_a_fixed_number_of_statements(number, django_assert_max_num_queries):
    for n in range(number):
        claim = spoken_in(n)
        correct(claim, value="1")
    with django_assert_max_num_queries(5):
        assert len(corrections.read(corrections.listed()[:50], EVERYBODY)) == number
    with django_assert_max_num_queries(3):
        versions.history(claim, EVERYBODY)


def spoken_in(n):
    article = make.article(f"{n}. {make.TEXT}")
    ortiz = make.speaker("Lena Ortiz", article=article, privacy="public")
    voices = [make.attribution(article, ortiz)]
    return make.accepted(article, voices=voices, voice_status="confirmed")


def test_what_is_stored_holds_no_words_of_the_article():
    claim = make.accepted()
    correct(claim, value="1")
    review.reject(of(claim), actor=make.editor())
    stored = json.dumps([[one.before, one.after] for one in PublicChange.objects.all()])
    assert claim.surface not in stored
    assert claim.passage not in stored
