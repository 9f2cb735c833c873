"""Resplit: boundaries put right; nothing that people ruled is lost, and one step takes it back."""

import json

import pytest

from claims import gate
from claims.curation import articles, pointing, review, undo
from claims.history import Stale
from claims.ingest import Options, import_bytes
from claims.models import (
    Article,
    Attribution,
    Claim,
    Evidence,
    Note,
    Ruling,
    SourceFile,
    Succession,
)
from claims.runs.pointing import marking_run, read_marked
from claims.succession import plan, resplit, stretches
from tests.claims import make
from tests.claims.succession.files import (
    CHOIR,
    FERRY,
    claim,
    current,
    cut_at,
    faults,
    run,
    split_up,
    versions,
)

pytestmark = pytest.mark.django_db


def test_a_plan_tells_what_would_become_of_the_lines_and_stores_nothing(glued):
    planned = plan(glued, 0, cut_at(glued, "The choir"))
    assert [one.text.split()[0] for one in planned.new] == ["Ferry", "The"]
    assert planned.old == [Article.objects.get()]
    assert Article.objects.count() == 1


def test_an_article_is_split_and_its_claims_go_with_their_words(glued):
    old = Article.objects.get()
    found = set(old.claims.values_list("surface", flat=True))
    _, carried, (ferry, choir) = split_up(glued)
    old.refresh_from_db()
    assert (old.superseded, old.visibility) == (True, "withdrawn")
    assert current() == [ferry, choir]
    assert choir.body.text == CHOIR.strip()
    assert {*ferry.claims.values_list("surface", flat=True)} | {
        *choir.claims.values_list("surface", flat=True)
    } == found
    assert "200 people" not in {claim.surface for claim in ferry.claims.all()}
    assert carried.claims == len(found)
    assert not old.claims.current().exists()
    assert faults() == []


def test_rulings_of_people_stand_on_the_same_words(glued):
    somebody = make.editor("somebody")
    passengers = claim("3.74 million")
    review.accept(Claim.objects.filter(pk=passengers.pk), actor=somebody, voice=True)
    review.correct(claim("14"), {"value": "15"}, actor=somebody, version=claim("14").version)
    review.reject(
        Claim.objects.filter(pk=claim("60 minutes").pk), actor=somebody, reason="not a figure"
    )
    _, carried, (ferry, choir) = split_up(glued)
    assert (carried.ruled, carried.left) == (3, [])
    kept = claim("3.74 million", article=ferry)
    assert (kept.status, kept.voice_status) == ("accepted", "confirmed")
    assert kept.speaker.name == "Lena Ortiz"
    assert claim("14", article=choir).value == "15"
    no = claim("60 minutes", article=choir)
    ruling = no.rulings.standing().get(field="status")
    assert (no.status, ruling.reason, ruling.actor) == ("rejected", "not a figure", somebody)
    run()
    assert claim("3.74 million").status == "accepted"
    assert claim("14").value == "15"
    assert not Claim.objects.filter(orphaned=True).exists()
    assert faults() == []


def test_the_engine_reads_the_new_articles_and_proposes_nothing_twice(glued):
    split_up(glued)
    before = Claim.objects.current().count()
    run()
    assert Claim.objects.current().count() == before
    assert not Claim.objects.current().filter(article__superseded=True).exists()


def test_old_uids_lead_to_their_successors(glued):
    old = claim("14")
    _, _, (ferry, choir) = split_up(glued)
    old.refresh_from_db()
    assert old.successor == claim("14", article=choir)
    assert set(Succession.objects.filter(old=old.article).values_list("new", flat=True)) == {
        ferry.pk,
        choir.pk,
    }


def test_a_person_named_in_both_is_the_same_voice_as_before(glued):
    split_up(glued)
    rows = make.Speaker.objects.filter(name="Lena Ortiz")
    assert rows.count() == 2
    assert len({row.head for row in rows}) == 1


def test_who_was_ruled_to_be_speaking_speaks_in_the_successor_too(glued):
    attribution = Attribution.objects.get(speaker__name="Ada Rao")
    other = make.speaker("Ivo Rao")
    review.set_speaker_of_attribution(
        attribution, other, actor=make.editor(), version=attribution.version
    )
    _, _, (_, choir) = split_up(glued)
    assert claim("14", article=choir).speaker == other
    run()
    assert claim("14", article=choir).speaker == other


def test_an_unnamed_voice_is_the_new_articles_own(glued):
    attribution = Attribution.objects.get(speaker__name="Ada Rao")
    article = attribution.article
    role = make.speaker("choir leader", kind="role", article=article)
    review.set_speaker_of_attribution(
        attribution, role, actor=make.editor(), version=attribution.version
    )
    review.correct(
        claim("60 minutes"),
        {"voice": "attributed", "chain": [role.pk]},
        actor=make.editor(),
        version=claim("60 minutes").version,
    )
    _, _, (_, choir) = split_up(glued)
    speaker = claim("14", article=choir).speaker
    assert (speaker.name, speaker.article) == ("choir leader", choir)
    assert claim("60 minutes", article=choir).speaker == speaker


def test_undo_brings_the_old_article_back(glued):
    old = Article.objects.get()
    before = set(Claim.objects.current().values_list("pk", "surface", "status"))
    outcome, _, made = split_up(glued)
    run()
    undo.undo(outcome.batch, actor=make.editor())
    assert current() == [old]
    old.refresh_from_db()
    assert old.visibility == "draft"
    assert set(Claim.objects.current().values_list("pk", "surface", "status")) == before
    assert all(Article.objects.get(pk=one.pk).visibility == "withdrawn" for one in made)
    assert faults() == []


def test_undo_is_refused_where_people_ruled_since(glued):
    outcome, _, (ferry, _) = split_up(glued)
    review.accept(ferry.claims.current(), actor=make.editor())
    with pytest.raises(undo.CannotUndo, match="Ferry counts rise"):
        undo.undo(outcome.batch, actor=make.editor())
    assert claim("3.74 million").status == "accepted"


def test_two_articles_are_joined(glued):
    split_up(glued)
    run()
    review.accept(Claim.objects.filter(surface="14").current(), actor=make.editor())
    first, second = current()
    one = {part.start: first.pk for part in stretches(glued, 0) if part.article == second.pk}
    _, carried, (joined,) = resplit(glued, 0, one, actor=make.editor(), versions=versions())
    assert joined == Article.objects.order_by("pk").first()  # the very text there was before
    assert current() == [joined]
    assert claim("14", article=joined).status == "accepted"
    assert carried.left == []
    assert faults() == []


def test_a_line_may_go_to_no_article_and_come_back(glued):
    old = Article.objects.get()
    last = stretches(glued, 0)[-1]
    review.accept(Claim.objects.filter(surface="14"), actor=make.editor())
    _, carried, (without,) = resplit(
        glued, 0, {last.start: None}, actor=make.editor(), versions=versions()
    )
    assert [one.surface for one in carried.left] == ["14"]
    assert last.words not in without.body.text
    assert stretches(glued, 0)[-1].article is None
    back = {last.start: without.pk}
    _, _, (again,) = resplit(glued, 0, back, actor=make.editor(), versions=versions())
    assert again == old
    assert claim("14", article=again).status == "accepted"
    assert faults() == []


def test_a_line_is_cut_in_two():
    words = FERRY.rstrip("\n") + " New pier opens in Oss The pier has 4 berths, Ada Rao said.\n"
    import_bytes(words.encode(), "file.txt", Options())
    file = SourceFile.objects.get()
    cuts = [words.index("New pier"), words.index("The pier has")]
    owners = {one.start: "pier" for one in stretches(file, 0, cuts) if one.start >= cuts[0]}
    _, _, (ferry, pier) = resplit(file, 0, owners, cuts, actor=make.editor(), versions=versions())
    assert pier.headline == "New pier opens in Oss"
    assert ferry.body.text.endswith("glad of it.")
    assert faults() == []


def test_a_line_of_json_lines_is_taken_apart_too():
    one = {"text": FERRY + CHOIR, "headline": "Ferry counts rise at Saltmere"}
    import_bytes(json.dumps(one).encode(), "file.jsonl", Options())
    run()
    file = SourceFile.objects.get()
    owners = {
        part.start: "choir" for part in stretches(file, 1) if part.start >= FERRY.index("At least")
    }
    resplit(file, 1, owners, actor=make.editor(), versions=versions())
    assert [article.headline for article in current()] == ["Ferry counts rise at Saltmere", ""]
    with pytest.raises(gate.Refused, match="no record in line 7"):
        stretches(file, 7)
    assert faults() == []


def test_what_the_import_and_editors_said_of_the_article_goes_on(glued):
    old = Article.objects.get()
    articles.correct(
        old,
        {"published": "2031-05-06", "visibility": "public", "url": "https://courier.example/1"},
        actor=make.editor(),
        version=old.version,
    )
    _, _, made = split_up(glued)
    for article in made:
        article.refresh_from_db()
        assert (article.published, article.published_basis) == ("2031-05-06", "editor")
        assert (article.visibility, article.url) == ("public", "https://courier.example/1")
        assert article.outlet.name == "The Saltmere Courier"
        assert article.rulings.standing().get(field="published").value == "2031-05-06"


def test_a_stale_page_changes_nothing(glued):
    seen = {pk: version - 1 for pk, version in versions().items()}
    with pytest.raises(Stale):
        resplit(glued, 0, cut_at(glued, "The choir"), actor=make.editor(), versions=seen)
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("owners", "message"),
    [({}, "each is in the article it was in"), ({3: None}, "no line .* begins at character 3")],
)
def test_what_makes_no_sense_is_refused(glued, owners, message):
    with pytest.raises(gate.Refused, match=message):
        resplit(glued, 0, owners, actor=make.editor(), versions=versions())


def test_an_article_that_has_the_new_text_already_is_in_the_way(glued):
    import_bytes(CHOIR.strip().encode(), "choir.txt", Options(outlet="The Saltmere Courier"))
    with pytest.raises(gate.Refused, match="there is an article with this text already"):
        split_up(glued)
    assert not Article.objects.filter(superseded=True).exists()
    assert not Ruling.objects.exists()


def test_evidence_and_notes_stand_beside_the_new_claims(glued):
    editor = make.editor()
    old = claim("14")
    Evidence.objects.create(claim=old, author=editor, relation="supports", url="https://a.example")
    Note.objects.create(claim=old, author=editor, text="Counted twice.", approved_by=editor)
    _, _, (_, choir) = split_up(glued)
    new = claim("14", article=choir)
    assert new.evidence_rows.get().url == "https://a.example"
    assert new.note_rows.get().approved_by == editor
    assert Note.objects.get(claim=old).uid != new.note_rows.get().uid


def test_what_editors_marked_by_pointing_goes_on(glued):
    editor = make.editor()
    article = Article.objects.get()
    text = article.body.text
    at = text.index("the old songs") if "the old songs" in text else text.index("concerts")
    marked, _ = pointing.mark_claim(
        article,
        read_marked(article, at, at + 8),
        {"value": "7"},
        run=marking_run(),
        actor=editor,
    )
    leader = make.speaker("Ivo Lark")
    start = text.index("Its leader")
    marked.refresh_from_db()
    pointing.mark_voice(
        marked,
        leader,
        {"source": [start, start + 10]},
        manner="indirect",
        run=marking_run(),
        actor=editor,
        version=marked.version,
    )
    songs = claim("60 minutes")
    first = text.index("60 minutes")
    place = read_marked(article, first, first + 2).place
    pointing.move_claim(songs, place, {}, actor=editor, version=songs.version)
    _, carried, (_, choir) = split_up(glued)
    assert carried.left == []
    new = Claim.objects.current().get(article=choir, surface="concerts")
    assert (new.value, new.speaker, new.attribution.article) == ("7", leader, choir)
    assert claim("60", article=choir).end - claim("60", article=choir).start == 2
    run()
    assert Claim.objects.current().get(article=choir, surface="concerts").speaker == leader
    assert claim("60", article=choir).status == "proposed"
    assert faults() == []
