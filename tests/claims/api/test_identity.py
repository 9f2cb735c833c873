"""One voice under many uids: what readers are shown of speakers that were merged."""

import json

import pytest
from django.db import connection

from claims import export, matching
from claims.curation import identities
from claims.files import formats
from claims.filters.readers import Reader, claims_for
from claims.models import Article, IdentityJudgement, Role, Speaker
from tests.claims import make
from tests.claims.api.test_lists import results

pytestmark = pytest.mark.django_db


@pytest.fixture
def voices():
    """Return a public speaker, read in three articles, the third a draft, each with a figure."""
    rows = []
    for n, name in enumerate(("Lena Ortiz", "Lena Ortis", "L. Ortiz")):
        text = f"{name} said 3.74 million passengers came in {2030 + n}.\n"
        seen = Article.Visibility.DRAFT if n == 2 else Article.Visibility.PUBLIC
        article = make.article(text, visibility=seen, published=f"{2030 + n}-05-01")
        rows.append(make.speaker(name, article=article, privacy="public"))
        told = [make.attribution(article, rows[-1])]
        make.accepted(article, voices=told, voice_status="confirmed")
    for row in rows[1:]:
        make.same(rows[0], row)
    return rows


def test_a_merged_uid_leads_to_the_speaker(client, voices):
    first, second, _ = voices
    found = client.get(f"/api/v1/speakers/{second.uid}/")
    assert (found.status_code, found["Location"]) == (
        301,
        f"http://testserver/api/v1/speakers/{first.uid}",
    )
    shown = client.get(found["Location"]).json()
    assert (shown["uid"], shown["name"], shown["article"]) == (first.uid, "Lena Ortiz", None)
    assert client.get(f"/api/v1/speakers/{second.uid}/?a=1").status_code == 400
    assert client.get("/api/v1/speakers/000000000000/").status_code == 404


def test_a_hidden_speaker_is_not_led_to(client, voices):
    connection.check_constraints()  # who could see it when is noted at commit
    Speaker.objects.update(privacy="private", is_public=False)
    answer = client.get(f"/api/v1/speakers/{voices[0].uid}/")
    assert (answer.status_code, "Ortiz" in answer.content.decode()) == (410, False)
    merged = client.get(f"/api/v1/speakers/{voices[1].uid}/")  # seen by itself, or never before
    assert merged.status_code in {404, 410}


def test_merged_uids_of_drafts_are_for_editors(client, editor, voices):
    first, second, third = voices
    address = f"/api/v1/speakers/{first.uid}/"
    shown = client.get(address).json()
    assert (shown["merged"], shown["merged_count"]) == ([second.uid], 1)
    assert shown["also_written"] == ["Lena Ortis"]
    assert shown["candidates"] is None
    shown = editor.get(address).json()
    assert (shown["merged"], shown["merged_count"]) == ([second.uid, third.uid], 2)
    assert shown["also_written"] == ["L. Ortiz", "Lena Ortis"]
    assert shown["candidates"] == []


def test_lists_show_one_row_for_each_voice(client, editor, voices):
    assert [row["uid"] for row in results(client, "speakers")] == [voices[0].uid]
    assert client.get("/api/v1/speakers/?count=true").json()["count"]["value"] == 1
    assert [row["uid"] for row in results(client, "speakers", "name=Lena Ortis")] == [voices[0].uid]
    assert results(client, "speakers", "name=L. O") == [], "only a draft writes it so"
    assert len(results(editor, "speakers", "name=L. O")) == 1


def test_a_voice_is_heard_by_a_merged_row_alone(client, voices):
    first = voices[0].article
    Article.objects.filter(pk=first.pk).update(visibility=Article.Visibility.WITHDRAWN)
    first.refresh_from_db()
    for claim in first.claims.all():
        claim.article.refresh_from_db()
        make.rule(claim, {})
    assert [row["uid"] for row in results(client, "speakers")] == [voices[0].uid]


@pytest.mark.parametrize("question", ["speaker", "said_by", "ultimate"])
def test_questions_after_any_uid_find_the_whole_voice(client, voices, question):
    for row in voices:
        assert len(results(client, "claims", f"{question}={row.uid}")) == 2
    assert len(results(client, "attributions", f"speaker={voices[2].uid}")) == 2


def test_questions_after_what_nobody_knows_are_refused(client, voices):
    found = client.get("/api/v1/claims/?speaker=000000000000")
    assert found.json()["errors"] == {"speaker": "nothing is known of '000000000000'"}


def test_rows_name_the_canonical_speaker_and_what_is_written(client, voices):
    newest = results(client, "claims")[0]
    uid = voices[0].uid
    assert (newest["speaker"], newest["speaker_uid"]) == ("Lena Ortiz", uid)
    told = {"uid": uid, "name": "Lena Ortiz", "kind": "person", "written": "Lena Ortis"}
    assert newest["chain"] == [told]
    assert results(client, "attributions")[0]["speaker"] == told


def test_exports_name_the_canonical_speaker(voices):
    claims = claims_for(Reader.EVERYBODY).order_by("id")
    found = [formats.tuples(export.COLUMNS, export.rows(claims, Reader.EVERYBODY))]
    lines = b"".join(formats.json_lines(export.COLUMNS, found)).splitlines()
    rows = [json.loads(line) for line in lines[:-1]]
    assert {(row["speaker"], row["speaker_uid"]) for row in rows} == {("Lena Ortiz", voices[0].uid)}
    text = b"".join(formats.csv_lines(export.COLUMNS, found)).decode()
    assert text.count(voices[0].uid) == 6
    assert voices[1].uid not in text


def test_who_has_no_public_identity_is_named_as_the_article_does(client, voices):
    identities.take_out(voices[2], actor=make.editor())
    Speaker.objects.update(privacy="unknown", is_public=False)
    names = {row["speaker"] for row in results(client, "claims")}
    assert names == {"Lena Ortiz", "Lena Ortis"}
    assert {row["speaker"]["uid"] for row in results(client, "attributions")} == {None}


def test_a_ruling_that_names_the_canonical_row_keeps_the_attribution(client, voices):
    claim = voices[1].article.claims.get()
    make.rule(claim, {"chain": [voices[0].pk]})
    shown = results(client, "claims")[0]
    assert shown["attribution"] == claim.attribution.uid
    assert len(results(client, "attributions")) == 2
    make.rule(claim, {"chain": [make.speaker("Ada Rao").pk]})
    assert results(client, "claims")[0]["attribution"] is None
    assert len(results(client, "attributions")) == 1


def test_an_undone_merge_shows_two_again(client, voices):
    row = IdentityJudgement.objects.order_by("pk").first()
    identities.revoke(row, actor=make.editor(), version=row.version)
    assert len(results(client, "speakers")) == 2
    assert client.get(f"/api/v1/speakers/{voices[1].uid}/").status_code == 200
    assert {row["speaker"] for row in results(client, "claims")} == {"Lena Ortiz", "Lena Ortis"}


def test_roles_of_all_rows_are_shown_to_those_who_may_see_them(client, researcher, editor, voices):
    Role.objects.create(speaker=voices[0], title="mayor", held="2029/2031")
    for row in voices:
        place = {"article": row.article, "start": 0, "end": 4, "origin": "machine"}
        Role.objects.create(speaker=row, title="pilot", **place)
    address = f"/api/v1/speakers/{voices[0].uid}/"
    assert [role["title"] for role in client.get(address).json()["roles"]] == ["mayor"]
    seen = [(role["origin"], role["seen"]) for role in researcher.get(address).json()["roles"]]
    assert sorted(seen, key=str) == [
        ("editor", None),
        ("machine", "2030-05-01/2031-05-01"),
    ]
    seen = [(role["origin"], role["seen"]) for role in editor.get(address).json()["roles"]]
    assert ("machine", "2030-05-01/2032-05-01") in seen


def test_editors_are_shown_candidates_with_reasons(editor):
    first = make.speaker("Lena Ortiz", article=make.article("Lena Ortiz spoke."))
    second = make.speaker("Lena Ortis", article=make.article("Lena Ortis spoke."))
    list(matching.match_new())
    shown = editor.get(f"/api/v1/speakers/{first.uid}/").json()
    assert shown["candidates"] == [
        {
            "uid": second.uid,
            "name": "Lena Ortis",
            "score": 0.7,
            "reasons": ["spelled alike: ortiz / ortis"],
        }
    ]


def test_a_speaker_is_shown_in_a_fixed_number_of_statements(
    client, voices, django_assert_num_queries
):
    with django_assert_num_queries(7):
        client.get(f"/api/v1/speakers/{voices[0].uid}/")
