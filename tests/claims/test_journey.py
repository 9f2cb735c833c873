"""The journey of one claim: from raw bytes to an accepted claim in admin, API and CSV."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from claims.models import Article, Change, Claim, SourceFile
from tests.claims import make

pytestmark = pytest.mark.django_db

BYTES = (
    "\ufeffHarbour reopens after repairs\r\n\r\n"
    "SALTMERE, May 6, 2031 (Harbour Wire) \u2014 Nearly 2.5\u00a0million passengers used the "
    "harbour in 2030, Lena Ortiz, the harbour master, said on Tuesday.\r\n"
).encode()


def find(kind):
    return Claim.objects.get(kind=kind, value="2500000")


def test_one_sentence_goes_all_the_way(tmp_path, client, capsys):
    """Every stop is checked by what its own reader sees there."""
    path = tmp_path / "page.txt"
    path.write_bytes(BYTES)

    call_command("import_texts", str(path), outlet="Harbour Wire", visibility="public")
    source, article = SourceFile.objects.get(), Article.objects.get()
    with source.file.open() as kept:
        assert kept.read() == BYTES
    assert article.headline == "Harbour reopens after repairs"

    call_command("extract_claims")
    claim = find("count")
    text = article.body.text
    assert text[claim.start : claim.end] == claim.surface == "2.5\u00a0million"
    assert (claim.comparator, claim.concept_head, claim.status) == ("~<", "passenger", "proposed")
    assert claim.speaker is not None
    assert claim.speaker.name == "Lena Ortiz"
    article.refresh_from_db()
    assert (article.published, article.published_basis) == ("2031-05-06", "dateline")

    api = reverse("claims")
    assert client.get(api).json()["results"] == []

    client.force_login(make.editor())
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk]))
    assert "2.5\u00a0million" in page.content.decode()
    client.post(
        reverse("admin:claims_claim_rule", args=[claim.pk]),
        {"ruling": "accept_both", "version": f"{claim.pk}:{claim.version}"},
    )
    claim.refresh_from_db()
    assert (claim.status, claim.voice_status) == ("accepted", "confirmed")
    assert Change.objects.filter(actor__username="editor", object_id=claim.pk).exists()

    client.logout()
    (row,) = client.get(api).json()["results"]
    assert (row["uid"], row["value"], row["comparator"]) == (claim.uid, "2500000", "~<")
    assert "truth not assessed" in json.dumps(row)

    answer = client.get(reverse("claims_file", args=["csv"]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig")
    (exported,) = csv.DictReader(io.StringIO(lines))
    assert (exported["uid"], exported["value"]) == (claim.uid, "2500000")

    call_command("verify")
