"""A text is nowhere any more, nor in articles that share its words; its figures stay."""

import json

import pytest

from claims import gate, versions
from claims.curation import articles, pointing, review
from claims.filters.readers import Reader
from claims.ingest import Options, import_bytes
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Claim,
    Role,
    SourceFile,
    Speaker,
)
from claims.redaction import redact_name, redact_text
from claims.runs import run_engine
from claims.runs.pointing import read_marked
from claims.succession import resplit, stretches, supersede
from tests.claims import make
from tests.claims.redaction.removals import (
    CHOIR,
    PRIVATE,
    everything,
    faults,
    glued,
    read,
    text_gone,
)

pytestmark = pytest.mark.django_db


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


def test_claims_of_a_removed_text_are_public_no_more(stored, chief):
    Article.objects.update(visibility="public")
    review.accept(stored.claims.all(), actor=chief)
    assert stored.claims.public().exists()
    version = Article.objects.get(pk=stored.pk).version
    redact_text(stored, reason="an order", actor=chief, version=version)
    assert not stored.claims.public().exists()
    assert faults() == []


def test_a_text_in_json_lines_goes_from_its_line(stored, chief):
    other = Article.objects.exclude(pk=stored.pk).get()
    redact_text(other, reason="order", actor=chief, version=other.version)
    assert "treasurer" not in everything()
    assert "harbour office" in everything()
    assert faults() == []


def test_the_text_goes_from_what_it_came_from_but_not_its_neighbours(chief):
    old, ferry, choir = glued(chief)
    text_gone(ferry, chief)
    left = everything()
    assert "harbour office" not in left
    assert "bicycle" not in left
    assert "treasurer" in left
    assert CHOIR.strip() in ArticleText.objects.get(pk=old.pk).text
    assert "█" not in ArticleText.objects.get(pk=choir.pk).text
    assert Article.objects.get(pk=choir.pk).unread == ""


def test_the_text_goes_from_what_came_of_it(chief):
    old, *_ = glued(chief)
    text_gone(old, chief)
    assert "harbour office" not in everything()
    assert "treasurer" not in everything()
    states = Article.objects.values_list("visibility", "unread")
    assert set(states) == {("withdrawn", "redacted")}


def test_the_text_goes_from_earlier_and_later_versions(chief):
    first = make.article(PRIVATE)
    second = make.article(PRIVATE.replace("2030", "2031"))
    third = make.article(PRIVATE.replace("2030", "2032"))
    read()
    for one, other in ((first, second), (second, third)):
        versions = dict(Article.objects.values_list("pk", "version"))
        supersede(one, other, actor=chief, versions=versions)
    text_gone(second, chief)
    assert "harbour office" not in everything()


def test_a_record_of_json_lines_keeps_what_is_another_articles(chief):
    data = json.dumps({"text": PRIVATE + CHOIR, "byline": "By Zoë Plantedsen"}).encode()
    import_bytes(data, "two.jsonl", Options())
    read()
    file, old = SourceFile.objects.get(), Article.objects.get()
    first = old.body.text.index("The choir")
    owners = {one.start: "b" for one in stretches(file, 1) if one.start >= first}
    *_, made = resplit(file, 1, owners, actor=chief, versions={old.pk: old.version})
    text_gone(made[0], chief)
    assert "plantedsen" not in everything()
    assert "treasurer" in everything()


def test_an_article_that_changed_what_it_shares_is_not_removed(chief, monkeypatch):
    article = make.article()
    answers = iter([({article.pk: []}, {}), ({}, {})])
    monkeypatch.setattr("claims.redaction.texts.covered", lambda _: next(answers))
    with pytest.raises(gate.Refused, match="changed since"):
        redact_text(article, reason="order", actor=chief, version=article.version)


def test_words_that_editors_pointed_at_never_come_back(stored, chief):
    claim = Claim.objects.get(surface="3.74 million")
    start = stored.body.text.index("3.74 million passengers")
    marked = read_marked(stored, start, start + len("3.74 million passengers"))
    pointing.move_claim(claim, marked.place, {}, actor=chief, version=claim.version)
    text_gone(stored, chief)
    assert "passengers" not in everything()
    review.accept(Claim.objects.filter(pk=claim.pk), actor=chief)
    assert Claim.objects.get(pk=claim.pk).surface == "█.██ ███████ ██████████"
    assert faults() == []


def test_voices_known_from_elsewhere_keep_their_names(stored, chief):
    known = make.speaker("The harbour office", kind="organisation")
    named = Speaker.objects.get(article=stored, name="Zoë Plantedsen")
    role = Role.objects.create(speaker=named, title="head", evidence="a letter")
    Alias.objects.create(speaker=named, form="Zoë", name_key="")
    make.same(known, Speaker.objects.get(article=stored, kind="organisation"))
    text_gone(stored, chief)
    assert Speaker.objects.get(pk=known.pk).name == "The harbour office"
    assert not Speaker.objects.filter(article=stored, name__contains="Plantedsen").exists()
    assert not Alias.objects.exists()
    role.refresh_from_db()
    assert (role.title, role.evidence, role.version) == ("████", "█ ██████", 2)


def test_a_claim_that_was_public_is_withdrawn_and_its_past_has_no_words(stored, chief):
    fields = {"visibility": "public"}
    articles.correct(stored, fields, actor=chief, version=stored.version)
    claim = stored.claims.get(surface="3.74 million")
    review.accept(stored.claims.filter(pk=claim.pk), actor=chief)
    claim.refresh_from_db()
    review.correct(claim, {"concept": "clandestine"}, actor=chief, version=claim.version)
    text_gone(stored, chief)
    assert "clandestine" not in everything()
    assert not Claim.objects.get(pk=claim.pk).is_public
    past = [one.kind for one in versions.history(claim, Reader.EVERYBODY)]
    assert past[-1] == "published"
    assert past[0] == "withdrawn"


def test_a_name_goes_from_what_everybody_saw(stored, chief):
    articles.correct(stored, {"visibility": "public"}, actor=chief, version=stored.version)
    claim = stored.claims.get(surface="3.74 million")
    review.accept(stored.claims.filter(pk=claim.pk), actor=chief)
    review.reject(stored.claims.filter(pk=claim.pk), actor=chief)
    assert "Plantedsen" in repr(claim.public_changes.values_list("before"))
    redact_name(["Plantedsen"], reason="order", actor=chief)
    assert "plantedsen" not in everything()
