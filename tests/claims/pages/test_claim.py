"""The page of a claim and of its versions: words, voices, reading, history, citation."""

import pytest

from claims.curation import evidence, review
from claims.models import Claim, ClaimTopic, Evidence, Note
from tests.claims import make
from tests.claims.pages.rows import spoken, words

pytestmark = pytest.mark.django_db


POLICIES = [
    # policy, reader, shown, not shown
    ("passage", "everybody", "The harbour office counted 3.74 million", "Crews were not"),
    ("full", "everybody", "Crews were not counted.", "The town hopes"),
    ("none", "everybody", "the outlet's text policy does not allow it", "harbour office counted"),
    ("none", "researcher", "the outlet's text policy does not allow it", "harbour office counted"),
    ("none", "editor", "Crews were not counted.", "The town hopes"),
]


@pytest.mark.parametrize(("policy", "reader", "shown", "hidden"), POLICIES)
def test_words_stand_in_context_as_far_as_the_outlet_allows(readers, policy, reader, shown, hidden):
    page = readers[reader].get(f"/claims/{spoken(policy).uid}")
    assert shown in words(page)
    assert hidden not in words(page)
    assert ('<mark class="mark-claim">3.74 million</mark>' in page.content.decode()) == (
        "does not allow" not in shown
    )


def test_voices_stand_nearest_first_with_the_words_that_name_them(client):
    page = words(client.get(f"/claims/{spoken().uid}"))
    assert "Lena Ortiz stated this, citing in the text: “Lena Ortiz”, with the word “said”" in page
    assert "Saltmere Harbour Office stated this in the text: “harbour office”" in page
    assert page.index("Lena Ortiz stated this") < page.index("Saltmere Harbour Office stated")
    assert "admitted" not in page


def test_a_voice_that_nobody_confirmed_is_not_shown_to_everybody(readers):
    claim = spoken(voice_status=None)
    page = readers["everybody"].get(f"/claims/{claim.uid}").content.decode()
    assert "No editor has confirmed yet whose words these are" in page
    assert "mark-source" not in page
    assert "/speakers/" not in page.partition("<main")[2].partition("</main>")[0]
    seen = words(readers["researcher"].get(f"/claims/{claim.uid}"))
    assert "machine reading, unverified" in seen


def test_the_reading_is_told_field_by_field(client):
    claim = spoken(
        value=None,
        low="3700000",
        high="3800000",
        comparator="~",
        scope={"edtf": "2030~", "place": "Saltmere", "span": None},
        modality="forecast",
    )
    page = words(client.get(f"/claims/{claim.uid}"))
    for said in (
        "Lower bound, exact 3700000 Upper bound, exact 3800000",
        "Stated as about",
        "Period circa 2030 (2030~) Place Saltmere",
        "Put as forecast",
        "Published 11 March 2031 ( given with the import )".replace("( ", "(").replace(" )", ")"),
    ):
        assert said in page
    assert (
        "about 3,700,000 to 3,800,000 passengers – On Record"
        in client.get(f"/claims/{claim.uid}").content.decode()
    )


def test_topics_evidence_and_notes_that_were_approved_stand_there(client):
    claim, ada = spoken(), make.editor()
    make.tag(claim, make.topic())
    gone = make.topic("removed", label="Plantedtopic")
    ClaimTopic.objects.create(claim=claim, topic=gone, origin="editor", removed=True)
    for text in ("Seen note", "Planted note"):
        evidence.add(Note(claim=claim, text=text), actor=ada)
    page_elsewhere = Evidence(claim=claim, relation="contradicts", url="https://port.example/a")
    evidence.add(page_elsewhere, actor=ada)
    Note.objects.filter(text="Seen note").update(approved_by=ada, byline="A. Lovelock")
    Evidence.objects.update(approved_by=ada, byline="A. Lovelock")
    page = words(client.get(f"/claims/{claim.uid}"))
    assert "Topics Transport" in page
    assert "Contradicts https://port.example/a" in page
    assert "Seen note signed A. Lovelock" in page
    assert "Planted" not in page


STATUSES = [
    # status, answers for everybody, researcher, editor
    ("accepted", 200, 200, 200),
    (None, 404, 200, 200),
    ("rejected", 404, 404, 200),
]


@pytest.mark.parametrize(("status", "everybody", "researcher", "editor"), STATUSES)
def test_a_page_is_there_for_whom_the_claim_is(readers, status, everybody, researcher, editor):
    claim = spoken(status=status, voice_status=None)
    asked = {name: reader.get(f"/claims/{claim.uid}") for name, reader in readers.items()}
    found = {name: answer.status_code for name, answer in asked.items()}
    assert found == {"everybody": everybody, "researcher": researcher, "editor": editor}
    if status is None:
        assert "machine reading, unverified" in words(asked["researcher"])


def test_a_claim_that_was_public_and_is_not_any_more_is_gone(client):
    claim = spoken()
    address = f"/claims/{claim.uid}"
    review.reject(Claim.objects.filter(pk=claim.pk), actor=make.editor(), reason="no")
    for path in ("", "/v1", "/cite.bib"):
        answer = client.get(address + path)
        assert answer.status_code == 410
        assert "3.74" not in answer.content.decode()


# Versions


def test_a_cited_version_stands_beside_todays_with_the_differences_marked(client):
    claim = spoken()
    number = claim.version
    review.correct(claim, {"value": "3470000"}, actor=make.editor(), version=number)
    page = client.get(f"/claims/{claim.uid}/v{number}")
    assert "This claim was changed since version" in words(page)
    assert "<del>3740000</del>" in page.content.decode()
    assert "<ins>3470000</ins>" in page.content.decode()
    claim.refresh_from_db()
    today = words(client.get(f"/claims/{claim.uid}/v{claim.version}"))
    assert "holds today" in today
    assert "changed" not in today.partition("Public history")[0]
    history = words(client.get(f"/claims/{claim.uid}"))
    assert "value or voice corrected" in history
    assert "value 3,740,000 3,470,000" in history


@pytest.mark.parametrize("number", ["0", "99", "01", "1e3", "-1", "99999999999999999999"])
def test_a_version_that_never_was_is_not_there(client, number):
    assert client.get(f"/claims/{spoken().uid}/v{number}").status_code == 404


def test_citations_name_the_version_and_come_as_files(client):
    claim = spoken()
    for path in (f"/claims/{claim.uid}", f"/claims/{claim.uid}/v{claim.version}"):
        bib = client.get(f"{path}/cite.bib")
        assert bib["Content-Type"].startswith("application/x-bibtex")
        assert bib["Content-Disposition"].endswith(f'-v{claim.version}.bib"')
        address = f"http://testserver/claims/{claim.uid}/v{claim.version}"
        assert f"url = {{{address}}}" in bib.content.decode()
        (item,) = client.get(f"{path}/cite.json").json()
        assert item["URL"] == address
        assert item["note"].startswith("3,740,000 passengers, stated by Lena Ortiz")
    assert address in words(client.get(f"/claims/{claim.uid}"))


def test_a_citation_tells_no_voice_that_is_not_shown_and_no_hidden_words(readers):
    claim = spoken("none", voice_status=None)
    bib = readers["everybody"].get(f"/claims/{claim.uid}/cite.bib").content.decode()
    assert "Ortiz" not in bib
    assert "3.74" not in bib
    named = readers["researcher"].get(f"/claims/{claim.uid}/cite.bib").content.decode()
    assert "stated by Lena Ortiz" in named
    assert "voice: machine reading, unverified" in named
