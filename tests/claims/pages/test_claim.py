"""The page of a claim and of its versions: words, voices, reading, history, citation."""

import re

import pytest
from django.db import connection

from claims.curation import evidence, review
from claims.ingest import Options, import_bytes
from claims.models import Article, Claim, ClaimTopic, Evidence, Note, SourceFile
from claims.runs import run_engine
from claims.succession import resplit, stretches
from tests.claims import make
from tests.claims.pages.rows import SHOWN, spoken, words

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
    make.tag(spoken(published="2032"), gone)
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
    ("rejected", 404, 410, 200),  # researchers could see it while it was proposed
]


@pytest.mark.parametrize(("status", "everybody", "researcher", "editor"), STATUSES)
def test_a_page_is_there_for_whom_the_claim_is(readers, status, everybody, researcher, editor):
    claim = spoken(status=None, voice_status=None)
    connection.check_constraints()  # who could see it when is noted at commit
    make.rule(claim, {"status": status} if status else {})
    connection.check_constraints()
    asked = {name: reader.get(f"/claims/{claim.uid}") for name, reader in readers.items()}
    found = {name: answer.status_code for name, answer in asked.items()}
    assert found == {"everybody": everybody, "researcher": researcher, "editor": editor}
    if status is None:
        assert "machine reading, unverified" in words(asked["researcher"])
        assert "only what was public can be cited for good" in words(asked["researcher"])


def test_a_claim_that_was_public_and_is_not_any_more_is_gone(client):
    claim = spoken()
    address = f"/claims/{claim.uid}"
    connection.check_constraints()  # who could see it when is noted at commit
    review.reject(Claim.objects.filter(pk=claim.pk), actor=make.editor(), reason="no")
    for path in ("", "/v1", "/cite.bib"):
        answer = client.get(address + path)
        assert answer.status_code == 410
        assert "3.74" not in answer.content.decode()


LONG = "Word after word went by. " * 60


def test_of_a_long_paragraph_whole_words_around_the_sentence_are_shown(client):
    said = "\nThe office counted 3.74 million passengers.\n"
    for around in (LONG, LONG.replace(" ", "_")):
        text = around + said + around
        article = make.article(text, outlet=make.outlet("Long", text_policy="full"))
        claim = make.accepted(article)
        page = client.get(f"/claims/{claim.uid}").content.decode()
        quoted = words_in_passage(page)
        assert "The office counted 3.74 million passengers." in quoted
        assert len(quoted) < 2000
        assert quoted.split()[0] in {"Word", "after", "word", "went", "by.", "The"}


def words_in_passage(page):
    """Return the words that the passage of a page shows."""
    shown = page[page.index("<blockquote><p>") : page.index("</p></blockquote>")]
    return re.sub(r"<[^>]+>", "", shown).strip()


def test_a_voice_named_outside_the_passage_is_not_quoted(client):
    text = "Lena Ortiz spoke.\nThe town counted 3.74 million passengers, she said.\n"
    article = make.article(text, outlet=make.outlet())
    lena = make.speaker("Lena Ortiz", privacy="public")
    claim = make.claim(article, voices=[make.attribution(article, lena)], **SHOWN)
    page = words(client.get(f"/claims/{claim.uid}"))
    assert "Lena Ortiz stated this" in page
    assert "in the text" not in page


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


def test_a_version_that_never_was_has_no_citation(client):
    assert client.get(f"/claims/{spoken().uid}/v99/cite.bib").status_code == 404


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
        assert item["note"].startswith(
            "3,740,000 passengers, stated by Saltmere Harbour Office, as cited by Lena Ortiz ("
        )
    assert address in words(client.get(f"/claims/{claim.uid}"))


def test_a_citation_tells_no_voice_that_is_not_shown_and_no_hidden_words(readers):
    claim = spoken("none", voice_status=None)
    bib = readers["everybody"].get(f"/claims/{claim.uid}/cite.bib").content.decode()
    assert "Ortiz" not in bib
    assert "3.74" not in bib
    named = readers["researcher"].get(f"/claims/{claim.uid}/cite.bib").content.decode()
    assert "stated by Saltmere Harbour Office, as cited by Lena Ortiz" in named
    assert "voice: machine reading, unverified" in named


# What became of it


FIRST = "The harbour office counted 40 ferries and 300 crews on the piers of the city in 2030.\n"
SECOND = "The choir of Saltmere sang 12 songs for the 80 pilots who had come to the town hall.\n"


@pytest.fixture
def split_up():
    """Return an article with public claims that was found to be two, each with one of them."""
    data = ("Ferry counts rise at Saltmere\n\n" + FIRST + SECOND).encode()
    import_bytes(data, "file.txt", Options(visibility="public"))
    list(run_engine(Article.objects.all()))
    article, file = Article.objects.get(), SourceFile.objects.get()
    review.accept(Claim.objects.filter(surface__in=["40", "12"]), actor=make.editor())
    versions = dict(Article.objects.values_list("pk", "version"))
    last = stretches(file, 0)[-1]
    resplit(file, 0, {last.start: "B"}, actor=make.editor(), versions=versions)
    return article


def test_an_old_uid_leads_to_the_claim_that_took_its_place(client, split_up):
    old = Claim.objects.get(surface="12", article=split_up)
    now = Claim.objects.current().get(surface="12")
    for end in ("", "/v1", "/cite.bib"):
        answer = client.get(f"/claims/{old.uid}{end}")
        assert (answer.status_code, answer["Location"]) == (301, f"/claims/{now.uid}")
    assert "12 songs" in words(client.get(answer["Location"]))


def test_an_article_in_two_parts_is_gone_and_names_them(client, split_up):
    answer = client.get(f"/articles/{split_up.uid}")
    assert answer.status_code == 410
    for part in Article.objects.filter(superseded=False):
        assert f'href="/articles/{part.uid}"' in answer.content.decode()
