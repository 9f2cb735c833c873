"""Training data from rulings: only what somebody looked at, and all of it."""

import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from claims import gold
from claims.curation import review
from claims.models import Claim
from corpus.training.data import documents as training_documents
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = (
    "Piers of Saltmere\n\n"
    "The city has 12 piers, Lena Ortiz said.\n"
    "Some 40 boats lie there, Ada Brandt told us.\n\n"
    "There are 7 lamps.\n"
    "Nobody counts.\n"
)
FIRST, SECOND, THIRD = TEXT.split("\n")[2], TEXT.split("\n")[3], TEXT.split("\n")[5]


@pytest.fixture
def rows():
    """Make an article with two attributed figures and one of its own, none of them ruled on."""
    article = make.article(TEXT)
    ortiz = make.attribution(article, make.speaker("Lena Ortiz"))
    brandt = make.attribution(article, make.speaker("Ada Brandt"), cue="told us")
    make.claim(article, "12", voices=[ortiz])
    make.claim(article, "40", voices=[brandt])
    make.claim(article, "7")
    return {"article": article, "ortiz": ortiz, "brandt": brandt}


def confirm(*words):
    review.confirm_voice(Claim.objects.filter(surface__in=words), actor=make.editor())


def correct(words, **fields):
    claim = Claim.objects.get(surface=words)
    review.correct(claim, fields, actor=make.editor(), version=claim.version)


def set_speaker(attribution, speaker):
    attribution.refresh_from_db()
    version = attribution.version
    review.set_speaker_of_attribution(attribution, speaker, actor=make.editor(), version=version)


def passages(**options):
    found = [one for row in gold.articles_ruled_on() for one in gold.documents(row, **options)]
    return [(one["text"], [cue_of(one, voice) for voice in one["attributions"]]) for one in found]


def cue_of(document, attribution):
    return " ".join(document["text"][start:end] for start, end in attribution["cue"])


CONFIRMED = [
    # confirmed, passages with their cues
    ((), []),
    (("12",), [(FIRST, ["said"])]),
    (("40",), [(SECOND, ["told us"])]),
    (("12", "40"), [(f"{FIRST}\n{SECOND}", ["said", "told us"])]),
    (("7",), [(THIRD, [])]),
    (("12", "7"), [(FIRST, ["said"]), (THIRD, [])]),
    (("12", "40", "7"), [(f"{FIRST}\n{SECOND}\n\n{THIRD}", ["said", "told us"])]),
]


@pytest.mark.parametrize(("words", "expected"), CONFIRMED)
def test_paragraphs_count_where_every_voice_was_confirmed(rows, words, expected):
    confirm(*words)
    assert passages() == expected


def test_whole_articles_count_when_all_in_them_was_ruled_on(rows):
    confirm("12", "40")
    assert passages(whole=True) == []
    confirm("7")
    assert passages(whole=True) == [(TEXT, ["said", "told us"])]


def test_a_voice_given_to_somebody_else_teaches_nothing(rows):
    confirm("12", "40", "7")
    correct("12", chain=[make.speaker("Ines Roth").pk])
    correct("7", voice="undetermined")
    assert passages() == [(SECOND, ["told us"])]
    correct("40", voice="own")
    assert passages() == []


def test_a_speaker_set_in_the_attribution_is_right_and_keeps_its_spans(rows):
    confirm("12")
    set_speaker(rows["ortiz"], make.speaker("Ines Roth"))
    assert passages() == [(FIRST, ["said"])]
    set_speaker(rows["ortiz"], None)
    assert passages() == []


def test_an_attribution_without_figures_counts_once_its_speaker_was_set(rows):
    review.reject(Claim.objects.filter(surface="40"), actor=make.editor())
    set_speaker(rows["brandt"], make.speaker("Ines Roth"))
    assert passages() == [(SECOND, ["told us"])]


def test_what_is_gone_or_rejected_as_a_figure_stands_in_no_bodys_words(rows):
    confirm("12")
    make.attribution(rows["article"], make.speaker("Lena Ortiz"), gone=True)
    assert passages() == [(FIRST, ["said"])]
    rows["ortiz"].gone = True
    rows["ortiz"].save()
    assert passages() == []


def test_an_attribution_over_several_paragraphs_takes_or_leaves_them_all(rows):
    second, third = make.span_of(TEXT, SECOND), make.span_of(TEXT, THIRD)
    rows["brandt"].content = [second, third]
    rows["brandt"].save()
    confirm("12", "40")
    assert passages() == [(FIRST, ["said"])]
    confirm("7")
    assert passages() == [(f"{FIRST}\n{SECOND}\n\n{THIRD}", ["said", "told us"])]


def test_the_training_scripts_read_what_the_command_writes(rows, tmp_path, capsys):
    confirm("40", "7")
    target = tmp_path / "gold.jsonl.gz"
    call_command("export_gold", str(target))
    out = capsys.readouterr().out
    assert out == f"{target}: 1 passage of 1 article, 1 attribution.\n"
    (document,) = training_documents(target)
    (one,) = document.attributions
    assert document.text == f"{SECOND}\n\n{THIRD}"
    words = [
        span.cut(document.text) for part in (one.source, one.cue, one.content) for span in part
    ]
    assert words == ["Ada Brandt", "told us", SECOND]
    before = target.read_bytes()
    call_command("export_gold", str(target))
    assert target.read_bytes() == before
    (line,) = gzip.decompress(before).decode().splitlines()
    assert json.loads(line)["id"] == f"{rows['article'].uid}:{TEXT.index(SECOND)}"


def test_what_has_no_passage_is_counted(rows, tmp_path, capsys):
    confirm("12")
    call_command("export_gold", str(tmp_path / "gold.jsonl.gz"), "--whole")
    assert (
        "0 passages of 0 articles, 0 attributions.\nWithout a passage in which everything was "
        in (capsys.readouterr().out)
    )


REFUSED = [
    ("gold.jsonl", "name a file that ends in .gz. Nothing was written."),
    ("nowhere/gold.jsonl.gz", "No such file or directory. Nothing was written."),
]


@pytest.mark.parametrize(("name", "message"), REFUSED)
def test_a_file_that_cannot_be_written_is_named(rows, tmp_path, name, message):
    target = tmp_path / name
    with pytest.raises(CommandError) as refused:
        call_command("export_gold", str(target))
    assert str(refused.value) == f"{target}: {message}"
    assert list(tmp_path.iterdir()) == []


def test_statements_grow_with_the_articles_only(rows, django_assert_num_queries):
    confirm("12", "40", "7")
    for row in gold.articles_ruled_on():
        with django_assert_num_queries(6):
            gold.documents(row)
