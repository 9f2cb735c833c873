"""Readings made elsewhere: stored as if made here, or refused line by line."""

import io
import json

import pytest

from claims.models import Claim, Run
from claims.runs import Counts, load, start_load
from corpus.extract import extract
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = make.TEXT
DIGEST = "d" * 64
PUBLISHED = {"edtf": "2031-05", "earliest": 20310501, "latest": 20310531, "basis": "dateline"}
PUBLISHED |= {"evidence": None, "confidence": 0.9}


def loaded(*lines, digest=DIGEST):
    data = b"".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines
    )
    return list(load(io.BytesIO(data), digest))


def reading(*claims, text=TEXT, **fields):
    return make.reading_of(text, claims, **fields)


def on(words="3.74 million", **fields):
    return make.finding_on(TEXT, words, **fields)


def test_a_reading_belongs_to_every_article_with_its_text():
    for name in ("Courier", "Lantern"):
        make.article(TEXT, outlet=make.outlet(name))
    (line,) = loaded(reading(on()))
    assert (line.number, line.counts, line.error) == (1, Counts(new=2), "")
    assert {claim.article.outlet.name for claim in Claim.objects.all()} == {"Courier", "Lantern"}


def test_what_the_engine_writes_can_be_loaded():
    make.article(TEXT)
    (line,) = loaded(extract(TEXT).to_json())
    assert line.error == ""
    assert line.counts.new == Claim.objects.count() > 2


def test_a_file_has_a_run_for_each_engine_and_loading_it_again_changes_nothing():
    make.article(TEXT)
    make.article(TEXT + "More.\n")
    lines = (reading(on()), reading(on(), text=TEXT + "More.\n", engine="other 2"))
    loaded(*lines)
    runs = Run.objects.order_by("id")
    assert [(run.engine, run.origin) for run in runs] == [("1.0", "file"), ("other 2", "file")]
    assert all(run.ended for run in runs)
    assert sum((line.counts for line in loaded(*lines)), Counts()) == Counts(same=2)


def test_a_stopped_load_goes_on_where_it_stood():
    make.article(TEXT)
    steps = load(io.BytesIO(json.dumps(reading(on())).encode()), DIGEST)
    next(steps)
    steps.close()
    assert start_load("1.0", "light", DIGEST) == Run.objects.get()
    assert loaded(reading(on()))[0].counts == Counts()
    assert Run.objects.get().ended


def test_a_second_reading_of_an_article_in_one_file_is_refused():
    make.article(TEXT)
    first, twin, other = loaded(reading(on()), reading(on()), reading(on(value="4")))
    assert (first.counts, twin.counts) == (Counts(new=1), Counts())
    assert other.error.startswith("another reading of article")
    assert Claim.objects.get().value == "3740000"


REFUSED = [
    # what the reading is, what the line's error says
    (reading(text="Other.\n"), "no article with text_sha256"),
    (reading(text_sha256=7), "text_sha256: missing"),
    (reading(engine=""), "engine: missing"),
    (reading(engine="x" * 41), "engine: 41 characters"),
    (reading(tier="x" * 11), "tier: 11 characters"),
    (reading(schema=2), "schema"),
    (reading(unread="x" * 41), "unread: 41 characters"),
    (reading(published=PUBLISHED | {"latest": 20311231}), "not the days of '2031-05'"),
    (reading(published=PUBLISHED | {"edtf": None}), "not the days of None"),
    (reading(published=PUBLISHED | {"edtf": "soon"}), "published.edtf: 'soon'"),
    (reading(on(start=5)), "claims[0].surface"),
    (reading(on(start=-1)), "claims[0].start"),
    (reading(on(end=10**6)), "claims[0].end"),
    (reading(on(kind="guess")), "claims[0].kind"),
    (reading(on(value="1e400")), "claims[0].value"),
    (reading(on(value="9" * 41)), "claims[0].value: more than 40 digits"),
    (reading(on(value="1/0")), "claims[0].value"),
    (reading(on(score=7)), "claims[0].score"),
    (reading(on(unit="x" * 41)), "claims[0].unit"),
    (reading(on(rule="x" * 61)), "claims[0].rule"),
    (reading(on(kind="date") | {"edtf": "2031-02-30"}), "claims[0].edtf"),
    (reading(on(calendar={"form": "\x00"})), "claims[0].calendar"),
    (reading(on(concept="a\ud800")), "claims[0].concept"),
    (reading(attributions=[make.attribution_on(TEXT, "x" * 201)]), "attributions[0].speaker"),
    (reading(attributions=[make.attribution_on(TEXT, "a\x1bb")]), "control character"),
    (
        reading(attributions=[make.attribution_on(TEXT, "Lena Ortiz") | {"said_when": "soon"}]),
        "attributions[0].said_when",
    ),
    (b'{"text_sha256": 1e400}\n', "not finite"),
    (b"[" * 100_000 + b"\n", "nested"),
    (b"[1]\n", "not a JSON object"),
    (b"\xff\n", "not UTF-8"),
]


@pytest.mark.parametrize(("line", "message"), REFUSED)
def test_a_line_that_is_no_reading_is_refused_and_the_others_are_stored(line, message):
    make.article(TEXT)
    refused, stored = loaded(line, reading(on("1,200")))
    assert message in refused.error
    assert refused.number == 1
    assert (stored.number, stored.counts) == (2, Counts(new=1))
    assert Claim.objects.get().surface == "1,200"
