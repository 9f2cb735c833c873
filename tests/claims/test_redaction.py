"""Redaction: the words are nowhere any more, and everything else still stands and verifies."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse

from claims import gate, search, verify
from claims.curation import articles, review, samples
from claims.ingest import Options, import_bytes
from claims.models import Article, ArticleText, Change, Claim, SourceFile, Speaker, Tombstone
from claims.redaction import preview_name, redact_name, redact_text
from claims.runs import run_engine
from tests.claims import make

pytestmark = pytest.mark.django_db

PRIVATE = (
    "Ferry counts rise at Saltmere\n\n"
    "The harbour office counted 3.74 million passengers in 2030, Zoë Plantedsen said on Tuesday.\n"
    "At least 1,200 of them travelled with a bicycle, Plantedsen said, and the city was glad.\n"
)
OTHER = (
    "Choir of 60 sings for the pilots\n\n"
    "The choir sang for 60 minutes, and ZOË\u00a0PLANTEDSEN led 200 singers through old songs.\n"
    "Its treasurer, Ada Rao, said that 14 more concerts would follow before the end of the year.\n"
)


@pytest.fixture(autouse=True)
def _committed(request, monkeypatch):
    """Let what waits for a commit happen at once: the transaction of most tests never ends."""
    if not request.node.get_closest_marker("django_db").kwargs.get("transaction"):
        monkeypatch.setattr(transaction, "on_commit", lambda then: then())


@pytest.fixture
def chief():
    return make.editor("chief")


@pytest.fixture
def stored(chief):
    """Return an article about somebody, ruled on, logged, sampled and mentioned elsewhere."""
    import_bytes(PRIVATE.encode(), "one.txt", Options(outlet="The Saltmere Courier"))
    line = {"text": OTHER, "byline": "By Zoë Plantedsen", "extra note": "Zoë Plantedsen"}
    import_bytes(json.dumps(line).encode(), "two.jsonl", Options())
    assert not [step for step in run_engine(Article.objects.all()) if step.error]
    review.reject(
        Claim.objects.filter(surface="60"), actor=chief, reason="as Zoë Plantedsen wrote to us"
    )
    claim = Claim.objects.get(surface="3.74 million")
    review.correct(
        claim, {"concept": "guests of Zoë Plantedsen"}, actor=chief, version=claim.version
    )
    samples.draw("May", size=50, seed=1, actor=chief)
    return Article.objects.get(headline__startswith="Ferry")


def everything():
    """Return all that the database and the files hold, as one text in lower case."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith(("claims_", "django_admin"))
        ]
        said = []
        for name in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            said += [repr(row) for row in cursor.fetchall()]
    for file in SourceFile.objects.all():
        with file.file.open("rb") as bytes_of:
            said.append(bytes_of.read().decode())
    return " ".join(said).encode().decode("unicode_escape", "replace").lower()


def faults():
    return list(verify.faults())


def test_a_name_is_nowhere_any_more_and_everything_else_stands(stored, chief):
    assert "plantedsen" in everything()
    seen = preview_name(["Zoë Plantedsen", "Plantedsen"])
    assert seen.counts["articletext"] == 2
    assert set(seen.articles) == set(Article.objects.all())
    before = Claim.objects.get(surface="3.74 million")
    redact_name(["Zoë Plantedsen", "Plantedsen"], reason="court order 1", actor=chief)
    assert "plantedsen" not in everything()
    assert faults() == []
    after = Claim.objects.get(pk=before.pk)
    assert (after.value, after.start, after.status) == (before.value, before.start, before.status)
    assert "█" in after.concept
    assert ArticleText.objects.get(pk=stored.pk).text == PRIVATE.strip().replace(
        "Zoë Plantedsen", "███ ██████████"
    ).replace("Plantedsen", "██████████")
    assert not search.articles_matching("plantedsen", Article.objects.all()).exists()


def test_a_tombstone_says_that_and_why_but_not_what(stored, chief):
    redact_name(["Plantedsen"], reason="court order 1", actor=chief, subject="x")
    stone = Tombstone.objects.get()
    assert (stone.what, stone.reason, stone.actor) == ("name", "court order 1", chief)
    assert stone.counts["articletext"] == 2
    entry = Change.objects.get(action="redact")
    assert (entry.object_type, entry.actor) == ("tombstone", chief)
    assert len(stone.digest) == 64


def test_the_same_file_again_brings_nothing_back(stored, chief):
    redact_name(["Zoë Plantedsen", "Plantedsen"], reason="court order 1", actor=chief)
    report = import_bytes(PRIVATE.encode(), "one.txt", Options(outlet="The Saltmere Courier"))
    assert (report.count("known"), report.count("new")) == (1, 0)
    list(run_engine(Article.objects.all()))
    assert "plantedsen" not in everything()
    assert faults() == []


def test_two_forms_of_one_article_stay_two_speakers(chief):
    article = make.article("Ada Planted said it. Ada Plantes said it.\n")
    for name in ("Ada Planted", "Ada Plantes"):
        make.speaker(name, article=article)
    redact_name(["Ada Planted", "Ada Plantes"], reason="order", actor=chief)
    assert Speaker.objects.filter(article=article, name="███ ███████").count() == 2
    assert faults() == []


def test_only_whole_words_go(chief):
    article = make.article("Ann counted 12 annexes. ANN left.\n")
    redact_name(["Ann"], reason="order", actor=chief)
    assert ArticleText.objects.get(pk=article.pk).text == "███ counted 12 annexes. ███ left.\n"


@pytest.mark.parametrize("forms", [[], [" "], ["Al"], ["Ada Rao", "."]])
def test_a_name_too_short_is_refused(forms, chief):
    with pytest.raises(gate.Refused, match="too short"):
        redact_name(forms, reason="order", actor=chief)
    with pytest.raises(gate.Refused, match="too short"):
        preview_name(forms)


def test_without_a_reason_nothing_is_removed(stored, chief):
    with pytest.raises(gate.Refused, match="reason"):
        redact_name(["Plantedsen"], reason=" ", actor=chief)
    with pytest.raises(gate.Refused, match="changed since"):
        redact_text(stored, reason="order", actor=chief, version=99)
    assert "plantedsen" in everything()


def test_a_text_is_nowhere_any_more_and_its_figures_stay(stored, chief):
    articles.correct(
        stored,
        {"headline": "Ferry counts plantedly rise"},
        actor=chief,
        version=Article.objects.get(pk=stored.pk).version,
    )
    values = set(stored.claims.values_list("pk", "value", "edtf", "status"))
    version = Article.objects.get(pk=stored.pk).version
    redact_text(stored, reason="a claim of copyright", actor=chief, version=version)
    left = everything()
    for words in ("harbour office", "travelled with", "guests of", "passengers", "plantedly"):
        assert words not in left
    assert "treasurer" in left  # the other article keeps its words
    assert set(stored.claims.values_list("pk", "value", "edtf", "status")) == values
    stored.refresh_from_db()
    assert (stored.visibility, stored.unread) == ("withdrawn", "redacted")
    assert faults() == []
    list(run_engine(Article.objects.all()))
    assert not stored.claims.filter(missing=True).exists()


def test_a_text_in_json_lines_goes_from_its_line(stored, chief):
    other = Article.objects.exclude(pk=stored.pk).get()
    redact_text(other, reason="order", actor=chief, version=other.version)
    assert "treasurer" not in everything()
    assert "harbour office" in everything()
    assert faults() == []


def test_the_command_shows_first_and_removes_with_yes(stored, chief):
    out = io.StringIO()
    call_command("redact", "--name", "Plantedsen", stdout=out)
    assert "articletext: 2 rows" in out.getvalue()
    assert "Nothing was changed" in out.getvalue()
    call_command("redact", "--article", stored.uid, stdout=out)
    assert Tombstone.objects.count() == 0
    with pytest.raises(CommandError, match="--by: name an account"):
        call_command("redact", "--name", "Plantedsen", "--yes", "--reason", "order")
    with pytest.raises(CommandError, match="reason: say on what ground"):
        call_command("redact", "--name", "Plantedsen", "--yes", "--by", "chief")
    with pytest.raises(CommandError, match="No article has the uid"):
        call_command("redact", "--article", "nothing")
    given = ("--yes", "--by", "chief", "--reason", "order")
    call_command("redact", "--name", "Plantedsen", *given, stdout=out)
    call_command("redact", "--article", stored.uid, *given, stdout=out)
    assert Tombstone.objects.count() == 2
    assert "plantedsen" not in everything()


def test_a_chief_editor_removes_a_text_in_two_steps(client, stored, chief):
    client.force_login(chief)
    address = reverse("admin:claims_tombstone_text", args=[stored.pk])
    assert stored.uid in client.get(address).content.decode()
    stored.refresh_from_db()
    data = {"reason": "order", "uid": "wrong", "version": stored.version}
    assert "another article" in client.post(address, data).content.decode()
    client.post(address, data | {"uid": stored.uid})
    assert Tombstone.objects.get().what == "text"
    page = client.get(reverse("admin:claims_article_change", args=[stored.pk])).content.decode()
    assert "Remove the text" not in page
    assert client.get(reverse("admin:claims_tombstone_text", args=[10**6])).status_code == 404


def test_a_chief_editor_removes_a_name_in_two_steps(client, stored, chief):
    client.force_login(chief)
    address = reverse("admin:claims_tombstone_name")
    speaker = Speaker.objects.filter(name__contains="Plantedsen").first()
    assert speaker.name in client.get(f"{address}?speaker={speaker.pk}").content.decode()
    data = {"forms_of_name": "Plantedsen\n\n", "reason": "order"}
    assert "articletext" in client.post(address, data).content.decode()
    assert "too short" in client.post(address, data | {"forms_of_name": "A"}).content.decode()
    assert Tombstone.objects.count() == 0
    client.post(address, data | {"confirmed": "yes"})
    assert Tombstone.objects.get().what == "name"
    assert "Remove a name" in client.get("/admin/claims/tombstone/").content.decode()


def test_editors_without_the_right_come_nowhere_near(client, stored):
    client.force_login(make.user("visitor", is_staff=True))
    for address in (
        reverse("admin:claims_tombstone_name"),
        reverse("admin:claims_tombstone_text", args=[stored.pk]),
    ):
        assert client.get(address).status_code == 403
