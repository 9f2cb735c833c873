"""What a reading does to the claims of its article: nothing that a person ruled is lost."""

import pytest

from claims import matching, verify
from claims.curation import records, review
from claims.models import Article, Attribution, Change, Claim, Reading, Role, Speaker
from claims.runs import Counts, apply, start_load, store_reading
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = make.TEXT
BICYCLES = {"value": None, "low": "1200", "comparator": ">=", "concept": "bicycles"}


def read(article, *claims, engine="1.0", attributions=(), **fields):
    """Store and apply a reading of the article by a given engine version."""
    data = make.reading_of(article.body.text, claims, attributions, engine=engine, **fields)
    run = start_load(engine, "light", f"{engine:0<64}")
    return apply(store_reading(run, article, data))


def on(words, nth=0, **fields):
    return make.finding_on(TEXT, words, nth=nth, **fields)


def told(name="Lena Ortiz", **fields):
    return make.attribution_on(TEXT, name, **fields)


def voiced(words="3.74 million", names=("Lena Ortiz",)):
    numbers = list(range(len(names)))
    voice = {"voice": "attributed", "attribution": 0, "voices": numbers}
    return on(words, **voice, speaker=names[0], chain=list(names))


def clean():
    return not [fault for fault in verify.faults() if not fault.row.startswith("source")]


def test_findings_become_proposals_of_the_article():
    article = make.article(TEXT)
    assert read(article, on("3.74 million"), on("1,200", **BICYCLES)) == Counts(new=2)
    first, second = Claim.objects.order_by("start")
    assert (first.value, first.status, first.version) == ("3740000", "proposed", 1)
    assert (second.low, second.number_low, second.number_high) == ("1200", 1200.0, 1200.0)
    assert second.passage == "At least 1,200 of them travelled with a bicycle, she said."
    article.refresh_from_db()
    assert article.claim_count == 2
    assert clean()


def test_the_same_findings_again_change_nothing():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    before = Claim.objects.values().get()
    assert read(article, on("3.74 million"), engine="1.1") == Counts(same=1)
    assert Claim.objects.values().get() | {"last_run_id": 0} == before | {"last_run_id": 0}


def test_an_applied_reading_is_not_applied_twice():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    assert apply(Reading.objects.get()) == Counts()


def test_an_untouched_claim_follows_the_engine():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    assert read(article, on("3.74 million", value="3.74"), engine="1.1") == Counts(changed=1)
    claim = Claim.objects.get()
    assert (claim.value, claim.version) == ("3.74", 2)


def test_a_claim_moves_with_its_words_and_keeps_its_identity():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    uid = Claim.objects.get().uid
    assert read(article, on("3.74 million passengers"), engine="1.1") == Counts(changed=1)
    claim = Claim.objects.get()
    assert (claim.uid, claim.surface) == (uid, "3.74 million passengers")
    assert clean()


def test_the_sentence_moves_too():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    start, end = on("3.74 million")["sentence"]
    read(article, on("3.74 million", sentence=[start, end - 1]), engine="1.1")
    assert Claim.objects.get().passage == TEXT[start : end - 1]
    assert clean()


def test_what_is_not_found_again_is_gone_if_untouched_and_orphaned_if_ruled_on():
    article = make.article(TEXT)
    read(article, on("3.74 million"), on("1,200", **BICYCLES))
    kept = Claim.objects.get(surface="1,200")
    review.accept(Claim.objects.filter(pk=kept.pk), actor=make.editor())
    assert read(article, engine="1.1") == Counts(gone=1, orphaned=1)
    kept.refresh_from_db()
    assert (kept.status, kept.orphaned, kept.gone) == ("accepted", True, False)
    article.refresh_from_db()
    assert article.claim_count == 1
    assert read(article, on("3.74 million"), on("1,200", **BICYCLES), engine="1.2") == Counts(
        changed=2
    )
    assert not Claim.objects.filter(missing=True).exists()
    assert clean()


def test_a_rejected_claim_never_returns():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    review.reject(Claim.objects.all(), actor=make.editor())
    assert read(article, on("3.74 million", value="374"), engine="1.1") == Counts(same=1)
    assert read(article, on("3.74 million passengers"), engine="1.2") == Counts(changed=1)
    assert not Claim.objects.filter(status="proposed").exists()
    assert not Claim.objects.queue().exists()


def test_an_accepted_claim_keeps_what_it_says_and_asks():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    review.accept(Claim.objects.all(), actor=make.editor())
    assert read(article, on("3.74 million passengers", value="3.74"), engine="1.1") == Counts(
        to_confirm=1
    )
    claim = Claim.objects.get()
    assert (claim.value, claim.surface, claim.status) == ("3740000", "3.74 million", "accepted")
    assert claim.to_confirm
    review.take_newer(Claim.objects.all(), actor=make.editor())
    claim.refresh_from_db()
    assert (claim.value, claim.surface) == ("3.74", "3.74 million passengers")
    assert clean()


def test_a_corrected_value_holds():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    claim = Claim.objects.get()
    review.correct(claim, {"value": "3700000"}, actor=make.editor(), version=claim.version)
    read(article, on("3.74 million", concept="riders"), engine="1.1")
    claim.refresh_from_db()
    assert (claim.value, claim.concept, claim.to_confirm) == ("3700000", "passengers", True)


def test_a_change_of_family_on_the_same_words_is_the_same_claim():
    article = make.article(TEXT)
    read(article, on("9", kind="ordinal", value="9"))
    read(article, on("9", kind="duration", value="9", unit="day"), engine="1.1")
    assert Claim.objects.get().kind == "duration"


def test_voices_become_speakers_and_a_chain():
    article = make.article(TEXT)
    office = told("The harbour office", kind="organisation", n=1, source="The harbour office")
    names = ("Lena Ortiz", "The harbour office")
    read(article, voiced(names=names), attributions=[told() | {"parent": 1}, office])
    claim = Claim.objects.get()
    assert (claim.speaker.name, claim.ultimate.name) == names
    assert claim.attribution.parent.speaker.kind == "organisation"
    assert claim.machine_chain == [claim.attribution_id, claim.attribution.parent_id]
    assert clean()


def test_an_undetermined_claim_remembers_its_attribution():
    article = make.article(TEXT)
    finding = on("1,200", voice="undetermined", attribution=0, candidates=["Lena Ortiz", "A. Rao"])
    nobody = told() | {"speaker": None, "speaker_kind": None, "candidates": ["Lena Ortiz"]}
    read(article, finding, attributions=[nobody])
    claim = Claim.objects.get()
    assert (claim.voice, claim.speaker, claim.voices.count()) == ("undetermined", None, 0)
    assert claim.attribution.candidates == ["Lena Ortiz"]


SPEAKERS = [
    # name, kind, one voice in all articles
    ("Lena Ortiz", "person", True),
    ("Saltmere Harbour Office", "organisation", True),
    ("Saltmere Tide Ledger", "document", True),
    ("the harbour office", "organisation", False),
    ("Ortiz", "person", False),
    ("some experts", "group", False),
    ("a spokesman", "role", False),
    ("somebody", None, False),
]


@pytest.mark.parametrize(("name", "kind", "shared"), SPEAKERS)
def test_speakers_belong_to_their_article_and_full_names_are_one_voice(name, kind, shared):
    for text in (TEXT, TEXT + "More.\n"):
        read(make.article(text), attributions=[told(name, kind=kind)])
    sum(matching.match_new(), matching.Matched())
    rows = Speaker.objects.filter(name=name, read_as=name, article__isnull=False)
    assert rows.count() == 2
    assert rows.canonical().count() == (1 if shared else 2)
    assert not Speaker.objects.filter(compared=False).exists()
    assert clean()


def test_a_speaker_that_an_editor_renamed_is_known_again():
    article = make.article(TEXT)
    read(article, voiced(), attributions=[told()])
    ortiz = Speaker.objects.get()
    records.edit(ortiz, {"name": "Magdalena Ortiz"}, actor=make.editor(), version=1)
    read(article, voiced(), attributions=[told()], engine="1.1")
    assert Attribution.objects.get().speaker == ortiz == Speaker.objects.get()


def test_a_new_person_gets_the_roles_that_the_article_tells():
    text = TEXT.replace("Lena Ortiz said", "Lena Ortiz, head of the Lantern Institute, said")
    article = make.article(text, published="2030-01-08")
    data = make.attribution_on(text, "Lena Ortiz")
    read(article, attributions=[data])
    (role,) = Role.objects.all()
    assert (role.title, role.organisation) == ("head", "Lantern Institute")
    assert (role.origin, role.article, role.held) == ("machine", article, "")
    assert text[role.start : role.end] == "head of the Lantern Institute"


def test_a_ruling_on_a_speaker_holds():
    article = make.article(TEXT)
    read(article, voiced(), attributions=[told()])
    row, other = Attribution.objects.get(), make.speaker("Ada Rao")
    review.set_speaker_of_attribution(row, other, actor=make.editor(), version=row.version)
    read(article, voiced(), attributions=[told()], engine="1.2")
    assert Attribution.objects.get().speaker == other
    assert Claim.objects.get().speaker == other


def test_a_confirmed_voice_does_not_change_with_the_engine():
    article = make.article(TEXT)
    read(article, voiced(), attributions=[told()])
    review.accept(Claim.objects.all(), actor=make.editor(), voice=True)
    read(article, voiced(names=("Ada Rao",)), attributions=[told("Ada Rao")], engine="1.1")
    claim = Claim.objects.get()
    assert (claim.speaker.name, claim.to_confirm) == ("Lena Ortiz", True)
    review.take_newer(Claim.objects.all(), actor=make.editor())
    claim.refresh_from_db()
    assert claim.speaker.name == "Ada Rao"
    assert clean()


def test_an_attribution_not_found_again_is_marked_gone():
    article = make.article(TEXT)
    read(article, voiced(), attributions=[told()])
    read(article, on("3.74 million"), engine="1.1")
    assert Attribution.objects.get().gone
    read(article, voiced(), attributions=[told() | {"score": 0.5}], engine="1.2")
    row = Attribution.objects.get()
    assert (row.gone, row.score, row.version) == (False, 0.5, 2)


DAY = {"edtf": "2031-05-08", "earliest": 20310508, "latest": 20310508, "confidence": 0.9}
DATES = [
    # basis and date stored, basis of the reading, the reading's date is taken
    ("none", "", "inferred", True),
    ("inferred", "2031-05-07", "metadata", True),
    ("metadata", "2031-05-07", "metadata", True),
    ("metadata", "2031-05-07", "inferred", False),
    ("given", "2031-05-07", "metadata", False),
    ("editor", "2031-05-07", "metadata", False),
    ("editor", "", "inferred", False),
]


@pytest.mark.parametrize(("basis", "stored", "offered", "taken"), DATES)
def test_a_date_gives_way_to_one_as_firm_and_never_a_stated_one(basis, stored, offered, taken):
    article = make.article(TEXT, published=stored, published_basis=basis)
    read(article, published=DAY | {"basis": offered, "evidence": [0, 5]})
    article.refresh_from_db()
    assert article.published == ("2031-05-08" if taken else stored)
    assert article.version == (2 if taken else 1)


def test_relative_dates_are_resolved_against_the_articles_own_date():
    article = make.article(TEXT, published="2031-05-08")
    weekday = {"form": "weekday", "number": 2, "direction": "past"}
    read(article, on("Tuesday", kind="date", calendar=weekday, unresolved="not known"))
    assert Claim.objects.get().edtf == "2031-05-06"


def test_a_saved_query_tags_new_claims_only():
    topic = make.topic("transport", query="bicycle OR tram")
    article = make.article(TEXT)
    read(article, on("3.74 million"), on("1,200", **BICYCLES))
    (link,) = topic.claim_links.all()
    assert (link.claim.surface, link.origin) == ("1,200", "rule")
    link.removed = True
    link.save()
    read(article, on("3.74 million"), on("1,200", **BICYCLES), engine="1.1")
    assert topic.claim_links.get().removed


def test_a_saved_query_looks_at_the_headline_too():
    topic = make.topic("port", query='"ferry counts" -bicycle')
    read(make.article(TEXT), on("3.74 million"), on("1,200", **BICYCLES))
    assert [link.claim.surface for link in topic.claim_links.all()] == ["3.74 million"]


def test_each_article_and_run_has_one_entry_in_the_log():
    article = make.article(TEXT)
    read(article, on("3.74 million"))
    read(article, on("3.74 million", value="3.74"), engine="1.1")
    change, _ = Change.objects.of(article)
    claim = str(Claim.objects.get().pk)
    assert (change.action, change.actor_name, change.after["changed"]) == ("read", "engine", 1)
    assert change.before["claims"][claim]["value"] == "3740000"
    assert change.after["claims"][claim]["value"] == "3.74"


def test_a_text_that_was_not_read_says_why():
    article = make.article(TEXT)
    read(article, unread="language")
    assert Article.objects.get().unread == "language"
