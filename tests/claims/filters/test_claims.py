"""Questions about claims: what each filter keeps, what is refused, who may ask what."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from claims.filters.base import COUNTED, BadQuestion, counted
from claims.filters.claims import ClaimFilter, _among
from claims.filters.readers import Reader, claims_for, reader_of, speakers_for
from claims.models import Article, Claim, Outlet, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = (
    "Counts\n\n"
    "Between 40 and 55 trucks crossed in 2024, said the harbour office, citing Lena Ortiz.\n"
    "At least 1,200 people and a third of the crews watched.\n"
    "It cost €412 million on 9 March 2031.\n"
    "Hundreds of workers left next week.\n"
)


def ask(question="", reader=Reader.EVERYBODY, **options):
    """Return the answer to a query string."""
    return ClaimFilter(QueryDict(question), claims_for(reader), reader, **options).ask()


def surfaces(question="", reader=Reader.EVERYBODY, **options):
    """Return the words of the claims that fit, in text order."""
    return [claim.surface for claim in ask(question, reader, **options).rows.order_by("start")]


@pytest.fixture
def article():
    outlet = make.outlet("Smith, Jones & Co", text_policy=Outlet.TextPolicy.PASSAGE)
    return make.article(TEXT, outlet=outlet, published="2025-04")


@pytest.fixture
def claims(article):
    office = make.speaker("the harbour office", kind=Speaker.Kind.ORGANISATION)
    ortiz = make.speaker("Lena Ortiz", privacy=Speaker.Privacy.PUBLIC)
    voices = [make.attribution(article, office), make.attribution(article, ortiz, cue="citing")]
    trucks = make.accepted(
        article,
        "40 and 55",
        low="40",
        high="55",
        concept="trucks",
        voices=voices,
        voice_status="confirmed",
        scope={"edtf": "2024", "place": None, "span": None},
    )
    make.tag(trucks, make.topic("transport"))
    make.accepted(article, "At least 1,200", value="1200", comparator=">=", concept="people")
    make.accepted(article, "a third", kind="share", value="1/3", concept="crews")
    make.accepted(article, "€412 million", kind="money", value="412000000", unit="EUR")
    make.accepted(article, "9 March 2031", kind="date", edtf="2031-03-09")
    make.accepted(article, "next week", kind="date", unresolved="no publication day")
    make.accepted(article, "Hundreds", value=None, low="100", vague=True, modality="planned")


KEPT = [
    # question, surfaces
    ("kind=money", ["€412 million"]),
    ("kind=money&kind=share", ["a third", "€412 million"]),
    ("unit=EUR", ["€412 million"]),
    ("unit=USD", []),
    ("modality=planned", ["Hundreds"]),
    ("topic=on-record:transport", ["40 and 55"]),
    ("outlet=Smith,+Jones+%26+Co&kind=share", ["a third"]),
    ("text=watched+-crews", []),
    ("text=watched", ["At least 1,200", "a third"]),
    ("text=crews", ["At least 1,200", "a third"]),
    ("text=crews&kind=share", ["a third"]),
    ("text=crews&kind=money", []),
    ("text=crews&kind=share&kind=count", ["At least 1,200", "a third"]),
    ("text=-trucks+crews&kind=count", ["At least 1,200"]),
    ("text=count&kind=count", []),
    ("text=፩&kind=count", []),
    ("kind=count&value_min=56", ["At least 1,200", "Hundreds"]),
    ("kind=count&value_min=55&value_max=60", ["40 and 55"]),
    ("kind=count&value_min=10&value_max=40", ["40 and 55"]),
    ("kind=count&value_min=41&value_max=42", ["40 and 55"]),
    ("kind=count&value_min=1201", []),
    ("kind=count&value_min=100&value_max=100", ["Hundreds"]),
    ("kind=share&value_min=0.33&value_max=0.34", ["a third"]),
    ("unit=EUR&value_max=412000000", ["€412 million"]),
    ("unit=EUR&value_max=411999999.99", []),
    ("scope_from=2024-06&scope_to=2024-06", ["40 and 55"]),
    ("scope_from=2025", []),
    ("date_from=2031-03-09&date_to=2031-03-09", ["9 March 2031"]),
    ("date_to=2031-03-08", []),
    ("published_from=2025-04-30&kind=money", ["€412 million"]),
    ("published_to=2025-03&kind=money", []),
    ("status=accepted&visibility=public&kind=money", ["€412 million"]),
    ("voice=attributed", ["40 and 55"]),
    ("voice=own", []),
    ("voice_status=confirmed", ["40 and 55"]),
]


@pytest.mark.parametrize(("question", "expected"), KEPT)
def test_a_filter_keeps_what_fits(claims, question, expected):
    assert surfaces(question) == expected


@pytest.mark.parametrize("start", [Claim.objects.public, Claim.objects.all])
def test_everybody_is_answered_with_public_claims_whatever_a_question_begins_with(claims, start):
    make.claim()
    found = ClaimFilter(QueryDict(""), start(), Reader.EVERYBODY).ask().rows
    assert set(found) == set(Claim.objects.public()) != set(Claim.objects.all())
    assert str(found.query).partition("WHERE")[2].count("is_public") == 1


def test_a_speaker_is_found_anywhere_in_the_chain_or_at_one_end_of_it(claims):
    office, ortiz = (Speaker.objects.get(name=n).uid for n in ("the harbour office", "Lena Ortiz"))
    for question in (f"speaker={office}", f"speaker={ortiz}", f"said_by={office}"):
        assert surfaces(question) == ["40 and 55"]
    assert surfaces(f"ultimate={ortiz}") == ["40 and 55"]
    assert surfaces(f"said_by={ortiz}") == surfaces(f"ultimate={office}") == []


def test_an_article_is_asked_for_by_uid(claims, article):
    other = make.accepted(make.article())
    assert surfaces(f"article={other.article.uid}") == ["3.74 million"]
    assert len(surfaces(f"article={other.article.uid}&article={article.uid}")) == 8


LEFT_OUT = [
    ("kind=money", {}),
    ("published_from=2025", {"published": 1}),
    ("scope_from=2024", {"scope": 7}),
    ("scope_from=2024&kind=share", {"scope": 1}),
    ("date_from=1990", {"date": 1}),
    ("date_from=1990&published_to=2025", {"date": 1, "published": 0}),
]


@pytest.mark.parametrize(("question", "expected"), LEFT_OUT)
def test_an_answer_says_how_many_rows_have_no_known_date(claims, question, expected):
    make.accepted(make.article())
    assert ask(question).left_out() == expected


def test_intervals_with_an_open_end_reach_any_later_day():
    make.accepted(make.article(published="2025-07-07/.."))
    assert surfaces("published_from=2090") == surfaces("published_to=2025-07-07") != []
    assert surfaces("published_to=2025-07-06") == []


REFUSED = [
    # question, parameter, part of what is said
    ("speeker=x", "speeker", "is no parameter here"),
    ("voice=all", "voice", "all is none of attributed, own, undetermined"),
    ("kind=money&kind__regex=(", "kind__regex", "is no parameter here"),
    ("kind=", "kind", "is empty"),
    ("kind=weight", "kind", "weight"),
    ("text=a&text=b", "text", "given 2 times; at most 1"),
    ("&".join(["unit=EUR"] * 21), "unit", "given 21 times; at most 20"),
    ("text=" + "x" * 501, "text", "501 characters; at most 500"),
    ("text=" + "x+" * 33, "text", "33 words"),
    ("text=%22%22", "text", "no word"),
    ("text=a%00", "text", "NUL"),
    ("outlet=a%00", "outlet", "NUL"),
    ("speaker=nobody", "speaker", "nothing is known of 'nobody'"),
    ("topic=transport", "topic", "nothing is known"),
    ("outlet=Nowhere", "outlet", "nothing is known"),
    ("article=000000000000", "article", "nothing is known"),
    ("value_min=1", "value_min", "needs one unit"),
    ("value_max=1&kind=money", "value_max", "needs one unit"),
    ("value_max=1&unit=EUR&unit=USD", "value_max", "needs one unit"),
    ("value_max=1&kind=count&kind=share", "value_max", "needs one unit"),
    ("unit=EUR&value_min=2&value_max=1", "value_min", "comes after value_max"),
    ("unit=EUR&value_min=NaN", "value_min", "out of range"),
    ("unit=EUR&value_min=1e400", "value_min", "out of range"),
    ("unit=EUR&value_min=many", "value_min", "is not a number"),
    ("date_from=yesterday", "date_from", "is no date"),
    ("date_from=2025-02-30", "date_from", "is no date"),
    ("date_from=2025/2026", "date_from", "is no single date"),
    ("date_from=2026&date_to=2025", "date_from", "comes after date_to"),
    ("status=proposed", "status", "you may ask for accepted only"),
    ("visibility=draft", "visibility", "you may ask for public only"),
]


@pytest.mark.parametrize(("question", "name", "why"), REFUSED)
def test_a_bad_question_is_refused_by_name(question, name, why):
    with pytest.raises(BadQuestion) as refused:
        ask(question)
    assert list(refused.value.errors) == [name]
    assert why in refused.value.errors[name]


def test_every_unknown_parameter_is_named_but_none_at_length():
    with pytest.raises(BadQuestion) as refused:
        ask(f"a=1&{'b' * 500}=2")
    assert list(refused.value.errors) == ["a", "b" * 60]


def test_readers_are_told_apart():
    staff = make.user("clerk", is_staff=True)
    readers = [AnonymousUser(), make.user("reader"), staff, make.editor()]
    assert [reader_of(user) for user in readers] == [0, 1, 1, 2]


@pytest.fixture
def kinds_of_claims():
    public = make.article()
    make.accepted(public, "3.74 million")
    make.claim(public, "At least 1,200", value="1200")
    make.claim(public, "€412 million", status="rejected", kind="money", unit="EUR", value="412")
    gone = make.claim(public, "2030", kind="date", edtf="2030")
    Claim.objects.filter(pk=gone.pk).update(gone=True)
    make.accepted(make.article("Draft 7 cats.\n", visibility=Article.Visibility.DRAFT), "7")


ASKED = [
    # reader, question, everything, surfaces
    (Reader.EVERYBODY, "", False, {"3.74 million"}),
    (Reader.EVERYBODY, "", True, {"3.74 million"}),
    (Reader.RESEARCHER, "", False, {"3.74 million"}),
    (Reader.RESEARCHER, "status=proposed", False, {"At least 1,200"}),
    (Reader.RESEARCHER, "", True, {"3.74 million", "At least 1,200"}),
    (Reader.EDITOR, "", False, {"3.74 million"}),
    (Reader.EDITOR, "status=rejected&status=proposed", False, {"€412 million", "At least 1,200"}),
    (Reader.EDITOR, "visibility=draft", False, {"7"}),
    (Reader.EDITOR, "", True, {"3.74 million", "At least 1,200", "€412 million", "7"}),
]


@pytest.mark.parametrize(("reader", "question", "everything", "expected"), ASKED)
def test_a_reader_gets_public_claims_unless_entitled_to_ask_for_others(
    kinds_of_claims, reader, question, everything, expected
):
    assert set(surfaces(question, reader, everything=everything)) == expected


@pytest.mark.parametrize("question", ["status=rejected", "visibility=draft"])
def test_a_researcher_may_not_ask_for_what_is_the_editors(question):
    with pytest.raises(BadQuestion, match="you may ask for"):
        ask(question, Reader.RESEARCHER)


def test_a_voice_counts_for_everybody_only_when_confirmed():
    article = make.article()
    speaker = make.speaker(privacy=Speaker.Privacy.PUBLIC)
    claim = make.accepted(article, voices=[make.attribution(article, speaker)])
    questions = [f"{name}={speaker.uid}" for name in ("speaker", "said_by", "ultimate")]
    assert surfaces("voice=attributed") == []
    for question in questions:
        with pytest.raises(BadQuestion, match="nothing is known"):
            ask(question)
        assert surfaces(question, Reader.RESEARCHER) == ["3.74 million"]
    make.rule(claim, {"voice_status": "confirmed"})
    for question in (*questions, "voice=attributed"):
        assert surfaces(question) == ["3.74 million"]


PRIVATE = [
    # kind, privacy, is it a speaker for everybody?
    (Speaker.Kind.PERSON, Speaker.Privacy.PUBLIC, True),
    (Speaker.Kind.PERSON, Speaker.Privacy.PRIVATE, False),
    (Speaker.Kind.PERSON, Speaker.Privacy.UNKNOWN, False),
    (Speaker.Kind.ORGANISATION, Speaker.Privacy.UNKNOWN, True),
]


@pytest.mark.parametrize(("kind", "privacy", "known"), PRIVATE)
def test_a_private_person_is_unknown_to_all_but_editors(kind, privacy, known):
    article = make.article()
    speaker = make.speaker(kind=kind, privacy=privacy)
    voices = [make.attribution(article, speaker)]
    make.accepted(article, voices=voices, voice_status="confirmed")
    assert speakers_for(Reader.EVERYBODY).exists() == known
    assert speakers_for(Reader.RESEARCHER).exists() == known
    assert speakers_for(Reader.EDITOR).get() == speaker


POLICIES = [
    (Outlet.TextPolicy.FULL, 1),
    (Outlet.TextPolicy.PASSAGE, 1),
    (Outlet.TextPolicy.NONE, 0),
]


@pytest.mark.parametrize(("policy", "found"), POLICIES)
def test_words_are_not_searched_where_they_are_not_shown(policy, found):
    make.accepted(make.article(outlet=make.outlet(text_policy=policy)))
    assert len(surfaces("text=harbour")) == found
    assert len(surfaces("text=harbour", Reader.RESEARCHER)) == found
    assert len(surfaces("text=harbour", Reader.EDITOR)) == 1


def test_a_topic_taken_away_by_an_editor_no_longer_counts(claims):
    claim = ask("topic=on-record:transport").rows.get()
    claim.topic_links.update(removed=True)
    assert surfaces("topic=on-record:transport") == []


@pytest.mark.parametrize("looked_at", [1, 2])
def test_a_topic_of_many_claims_keeps_what_one_of_few_does(claims, looked_at, monkeypatch):
    """One claim has the topic: as the newest one alone it lies densely, of two it does not."""
    monkeypatch.setattr("claims.filters.claims._LOOKED_AT", looked_at)
    rows = ask("topic=on-record:transport").rows
    assert ("EXISTS" in str(rows.query)) == (looked_at == 1)
    assert [claim.surface for claim in rows] == ["40 and 55"]


ANY = "&".join(
    [
        *(f"status={one}" for one in Claim.Status),
        *(f"visibility={one}" for one in Article.Visibility),
    ]
)


@pytest.mark.parametrize(
    ("question", "walked"),
    [
        ("", True),
        ("&kind=count", True),
        ("&kind=count&published_from=2025&value_min=50", True),
        ("&kind=count&kind=money", False),
        ("&published_from=2025", False),
        ("&kind=count&unit=EUR", False),
        ("&kind=count&voice=attributed", False),
    ],
)
@pytest.mark.parametrize("looked_at", [1, 2])
def test_an_editor_finds_the_same_under_a_topic_whichever_way(
    claims, question, walked, looked_at, monkeypatch
):
    """Only where an index by id holds all that is asked are claims walked instead of links."""
    monkeypatch.setattr("claims.filters.claims._LOOKED_AT", looked_at)
    asked = f"topic=on-record:transport{question}&{ANY}"
    rows = ask(asked, Reader.EDITOR).rows
    assert ("EXISTS" in str(rows.query)) == (walked and looked_at == 1)
    assert [claim.surface for claim in rows] == ([] if "unit" in question else ["40 and 55"])


def test_counting_stops_at_the_cap(monkeypatch, claims):
    monkeypatch.setattr("claims.filters.base.COUNTED", 3)
    assert counted(Claim.objects.all()) == 4
    assert COUNTED == 10_000


def test_no_ids_at_all_match_nothing(claims):
    assert not Claim.objects.filter(_among(Claim.objects.none().values("pk"))).exists()
    assert not Claim.objects.filter(_among(Claim.objects.filter(pk__in=[]).values("pk"))).exists()
