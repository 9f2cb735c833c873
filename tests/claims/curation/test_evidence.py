"""Evidence and notes: checked at the gate, approved for readers, withdrawn and brought back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims import bylines, verify
from claims.curation import evidence, undo
from claims.gate import Refused
from claims.history import Stale
from claims.models import Byline, Change, Evidence, Note
from tests.claims import make

pytestmark = pytest.mark.django_db

PAGE = {"relation": "supports", "url": "https://example.org/figures"}


@pytest.fixture
def ada():
    user = make.member("editor", "ada")
    Byline.objects.create(user=user, name="A. Lovelock")
    return user


@pytest.fixture
def chief():
    return make.member("chief editor", "chief")


@pytest.fixture
def claim(db):
    return make.accepted(make.article())


@pytest.fixture
def note(claim, ada):
    row = Note(claim=claim, text="The port counts crews too.\n\nSee its yearbook.")
    evidence.add(row, actor=ada)
    return row


def shown(client, claim):
    answer = client.get(f"/api/v1/claims/{claim.uid}/").json()
    return answer["evidence"], answer["notes"]


def test_readers_see_what_was_approved_under_the_authors_byline(client, claim, note, chief):
    assert shown(client, claim) == ([], [])
    evidence.approve(note, actor=chief, version=1)
    assert shown(client, claim)[1] == [
        {"uid": note.uid, "text": note.text, "byline": "A. Lovelock"}
    ]
    assert "ada" not in client.get(f"/api/v1/claims/{claim.uid}/").content.decode()


def test_an_edit_takes_the_approval_away(client, claim, note, ada, chief):
    evidence.approve(note, actor=chief, version=1)
    changed = evidence.edit(note, {"text": "The port counts no crews."}, actor=ada, version=2)
    assert shown(client, claim)[1] == []
    undo.undo(changed.batch, actor=ada)
    assert shown(client, claim)[1][0]["text"] == note.text


def test_only_its_author_changes_what_is_signed(note, ada, chief):
    for other in (chief, make.member("editor", "bert")):
        with pytest.raises(Refused, match="text: only its author"):
            evidence.edit(note, {"text": "The mayor counts nobody."}, actor=other, version=1)
    assert evidence.withdraw(note, actor=chief, version=1).changed == 1


def test_what_was_approved_keeps_the_byline_it_was_approved_under(client, claim, note, ada, chief):
    evidence.approve(note, actor=chief, version=1)
    for byline in ("Ada L.", ""):
        bylines.choose(ada, byline)
        assert shown(client, claim)[1][0]["byline"] == "A. Lovelock"
    bylines.choose(ada, "Ada L.")
    evidence.approve(note, actor=chief, version=2)
    assert shown(client, claim)[1][0]["byline"] == "Ada L."


def test_what_was_approved_can_be_hidden_and_withdrawn(client, claim, note, ada, chief):
    evidence.approve(note, actor=chief, version=1)
    evidence.approve(note, actor=chief, version=2, approved=False)
    assert shown(client, claim)[1] == []
    evidence.approve(note, actor=chief, version=3)
    gone = evidence.withdraw(note, actor=ada, version=4)
    assert shown(client, claim)[1] == []
    undo.undo(gone.batch, actor=ada)
    assert len(shown(client, claim)[1]) == 1


def test_adding_is_undone_by_withdrawing(claim, ada):
    row = Note(claim=claim, text="Words.")
    outcome = evidence.add(row, actor=ada)
    undo.undo(outcome.batch, actor=ada)
    assert list(Note.objects.current()) == []
    assert [entry.action for entry in Change.objects.of(row)] == ["undo", "add note"]


def test_nothing_is_approved_without_the_right_or_a_byline(note, ada, chief, settings):
    with pytest.raises(Refused, match="only chief editors"):
        evidence.approve(note, actor=ada, version=1)
    ada.byline.delete()
    with pytest.raises(Refused, match="no public byline"):
        evidence.approve(note, actor=chief, version=1)


@pytest.mark.parametrize(("asked_for", "refused"), [(["all"], True), ([], False)])
def test_nobody_approves_his_own_where_a_second_editor_is_asked_for(
    claim, chief, settings, asked_for, refused
):
    settings.SECOND_EDITOR = asked_for
    Byline.objects.create(user=chief, name="C. Hief")
    row = Note(claim=claim, text="Words.")
    evidence.add(row, actor=chief)
    if refused:
        with pytest.raises(Refused, match="brought himself"):
            evidence.approve(row, actor=chief, version=1)
    else:
        assert evidence.approve(row, actor=chief, version=1).changed == 1


def test_a_stale_edit_shows_both_values(note, ada, chief):
    evidence.edit(note, {"text": "One."}, actor=ada, version=1)
    for act in (
        lambda: evidence.edit(note, {"text": "Two."}, actor=chief, version=1),
        lambda: evidence.approve(note, actor=chief, version=1),
        lambda: evidence.withdraw(note, actor=chief, version=1),
    ):
        with pytest.raises(Stale) as caught:
            act()
    with pytest.raises(Stale) as caught:
        evidence.edit(note, {"text": "Two."}, actor=chief, version=1)
    assert caught.value.fields == {"text": ("Two.", "One.")}


def test_saying_the_same_changes_nothing(note, ada):
    assert evidence.edit(note, {"text": note.text}, actor=ada, version=1).changed == 0


REFUSED = [
    # fields of evidence, what the refusal says
    ({"relation": "proves", "url": "https://example.org/"}, "relation"),
    ({"relation": "supports"}, "url: give"),
    ({"relation": "supports", "url": "javascript:alert(1)"}, "url"),
    ({"relation": "supports", "url": "https://"}, "url"),
    ({**PAGE, "retrieved": date(9999, 1, 1)}, "retrieved"),
    ({**PAGE, "quotation": "a\x00b"}, "quotation: NUL"),
    ({**PAGE, "quotation": "x" * 2001}, "quotation: 2001"),
    ({"relation": "supports", "article_id": 99, "start": 0, "end": 4}, "no such article"),
    ({"relation": "supports", "article_id": 1, "start": 4, "end": 4}, "start"),
    ({"relation": "supports", "article_id": 1, "start": 0, "end": 9999}, "start"),
    (
        {"relation": "supports", "article_id": 1, "start": 0, "end": 5, "quotation": "x"},
        "quotation",
    ),
    ({**PAGE, "article_id": 1, "start": 0, "end": 5}, "url: give"),
]


@pytest.mark.parametrize(("fields", "said"), REFUSED)
def test_evidence_that_makes_no_sense_is_refused(claim, ada, fields, said):
    fields = {k: claim.article_id if v == 1 and k == "article_id" else v for k, v in fields.items()}
    with pytest.raises(Refused, match=said):
        evidence.add(Evidence(claim=claim, **fields), actor=ada)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n", "a\x00b", "x" * 4001])
def test_a_note_is_text_of_a_reasonable_length(claim, ada, text):
    with pytest.raises(Refused, match="text"):
        evidence.add(Note(claim=claim, text=text), actor=ada)


def test_only_what_is_said_can_be_edited(note, ada):
    with pytest.raises(Refused, match="author_id: not a field"):
        evidence.edit(note, {"author_id": 1}, actor=ada, version=1)


def test_a_page_was_read_today_unless_it_says_when(claim, ada):
    row = Evidence(claim=claim, **PAGE)
    evidence.add(row, actor=ada)
    assert (row.retrieved, row.start) == (timezone.localdate(), None)
    earlier = timezone.localdate() - timedelta(days=3)
    outcome = evidence.edit(row, {"retrieved": earlier}, actor=ada, version=1)
    row.refresh_from_db()
    assert row.retrieved == earlier
    undo.undo(outcome.batch, actor=ada)
    row.refresh_from_db()
    assert row.retrieved == timezone.localdate()


def test_words_of_an_article_are_cut_out_of_it_and_verified(client, claim, ada, chief):
    other = make.article("Ferries carried 3.8 million people, the port says.\n")
    make.accepted(other, "3.8 million")
    start = other.body.text.index("3.8")
    row = Evidence(claim=claim, relation="contradicts", article=other, start=start, end=start + 11)
    evidence.add(row, actor=ada)
    evidence.approve(row, actor=chief, version=1)
    (told,) = shown(client, claim)[0]
    assert told == {
        "uid": row.uid,
        "relation": "contradicts",
        "url": None,
        "article": other.uid,
        "start": start,
        "end": start + 11,
        "quotation": "3.8 million",
        "retrieved": None,
        "byline": "A. Lovelock",
    }
    assert [fault for fault in verify.faults() if "evidence" in fault.row] == []
    Evidence.objects.update(quotation="3.9 million")
    assert [fault.row for fault in verify.faults()].count(f"evidence {row.pk}") == 1


HIDDEN = [
    # policy of the outlet, visibility, words, is the place told, are the words?
    ("full", "public", "Many ferries sailed", True, True),
    ("passage", "public", "12 ferries", True, True),
    ("passage", "public", "There were 12 ferries on Monday.", True, True),
    ("passage", "public", "Many ferries sailed", True, False),
    ("passage", "public", "on Monday.\nMany", True, False),
    ("passage", "public", "30 sailors", True, False),
    (None, "public", "12 ferries", True, True),
    (None, "public", "Many ferries sailed", True, False),
    ("none", "public", "12 ferries", True, False),
    ("full", "draft", "12 ferries", False, False),
    ("full", "withdrawn", "12 ferries", False, False),
]


@pytest.mark.parametrize(("policy", "visibility", "words", "place", "told"), HIDDEN)
def test_words_that_readers_may_not_see_are_not_shown_as_evidence(
    client, claim, ada, chief, policy, visibility, words, place, told
):
    outlet = make.outlet("The Other", text_policy=policy) if policy else None
    text = "There were 12 ferries on Monday.\nMany ferries sailed.\nThey had 30 sailors.\n"
    other = make.article(text, outlet=outlet, visibility=visibility)
    make.accepted(other, "12 ferries")
    make.claim(other, "30 sailors")
    start = text.index(words)
    place_of = {"article": other, "start": start, "end": start + len(words)}
    row = Evidence(claim=claim, relation="context", **place_of)
    evidence.add(row, actor=ada)
    evidence.approve(row, actor=chief, version=1)
    (seen,) = shown(client, claim)[0]
    assert (seen["article"] == other.uid, seen["quotation"] == words) == (place, told)
    assert place or other.uid not in str(seen)
    client.force_login(make.editor())
    assert shown(client, claim)[0][0]["quotation"] == words
