"""Pages of claims, speakers, articles, outlets and topics: what each kind of reader sees there."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.curation import evidence, review
from claims.models import Article, Claim, ClaimTopic, Evidence, Note, Outlet, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = (
    "Ferry counts rise at Saltmere\n\n"
    "The quay was full. The harbour office counted 3.74 million passengers in 2030, "
    "Lena Ortiz said.\nCrews were not counted.\n\n"
    "The town hopes for more.\n"
)
SHOWN = {"status": "accepted", "voice_status": "confirmed"}


def spoken(policy="passage", *, published="2031-03-11", outlet="The Saltmere Courier", **fields):
    """Return a public claim of Lena Ortiz, who cites the harbour office, in a new article."""
    paper = make.outlet(outlet, text_policy=policy)
    article = make.article(TEXT + published, outlet=paper, published=published)
    lena = make.speaker("Lena Ortiz", privacy="public")
    office = make.speaker("Saltmere Harbour Office", kind="organisation")
    near = make.attribution(article, lena)
    far = make.attribution(article, office, source="harbour office", cue="counted", parent=near)
    return make.claim(article, voices=[near, far], **(SHOWN | fields))


@pytest.fixture
def readers(client):
    """Return a client for each kind of reader."""
    found = {"everybody": client}
    for name, user in (("researcher", make.user("researcher")), ("editor", make.editor())):
        found[name] = Client()
        found[name].force_login(user)
    return found


def words(answer):
    """Return the text of a page, without tags, blanks put together."""
    body = answer.content.decode()
    body = body[body.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


# The claim


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


# The speaker


def test_a_speakers_page_shows_names_roles_and_who_cites_whom(client):
    claim = spoken()
    lena = claim.speaker
    lena.aliases.create(form="L. M. Ortiz")
    lena.roles.create(title="harbour master", held="2028/..", evidence="Port minutes")
    lena.roles.create(title="Plantedrole", origin="machine")
    page = words(client.get(f"/speakers/{lena.uid}"))
    assert "Also written “L. M. Ortiz”" in page
    assert "harbour master (2028 or later) Port minutes" in page
    assert "Plantedrole" not in page
    assert "Cites Saltmere Harbour Office in 1 claim" in page
    office = Speaker.objects.get(name="Saltmere Harbour Office")
    assert "Cited by Lena Ortiz in 1 claim" in words(client.get(f"/speakers/{office.uid}"))


def test_figures_over_time_are_drawn_and_listed(client):
    for number, year in enumerate(("2029", "2030", "2031")):
        spoken(published=f"{year}-05-01", value=str(3_000_000 + number))
    page = client.get(f"/speakers/{Speaker.objects.get(name='Lena Ortiz').uid}").content.decode()
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert len(re.findall("<circle", svg)) == 3
    assert "<title id=" in svg
    assert "<desc id=" in svg
    assert "style=" not in page
    table = page[page.index('class="figures"') :].partition("</table>")[0]
    assert re.findall(r">([0-9,]+)</a>", table) == ["3,000,000", "3,000,001", "3,000,002"]


def test_an_editor_of_the_address_may_choose_the_series_and_no_other(client):
    for year in ("2029", "2030"):
        spoken(published=f"{year}-05-01")
        spoken(published=f"{year}-06-01", concept="riders")
    lena = Speaker.objects.get(name="Lena Ortiz")
    page = client.get(f"/speakers/{lena.uid}").content.decode()
    keys = re.findall(r"\?figure=([0-9a-f]+)", page)
    assert len(keys) == 2
    for key in keys:
        assert client.get(f"/speakers/{lena.uid}?figure={key}").status_code == 200
    assert client.get(f"/speakers/{lena.uid}?figure=0000").status_code == 400


def test_a_private_person_and_nobody_are_answered_alike(readers):
    claim = spoken()
    Speaker.objects.filter(pk=claim.speaker_id).update(privacy="private", is_public=False)
    for name in ("everybody", "researcher"):
        one = readers[name].get(f"/speakers/{claim.speaker.uid}")
        other = readers[name].get("/speakers/000000000000")
        assert (one.status_code, one.content) == (other.status_code, other.content)
        assert one.status_code == 404
    assert readers["editor"].get(f"/speakers/{claim.speaker.uid}").status_code == 200
    office = Speaker.objects.get(name="Saltmere Harbour Office")
    page = words(readers["everybody"].get(f"/speakers/{office.uid}"))
    assert "Cited by 1 voice without a page" in page


def test_a_merged_speaker_leads_to_the_one_that_stands_for_it(client):
    claim = spoken()
    other = make.speaker("L. Ortiz", article=claim.article, privacy="public")
    make.same(claim.speaker, other)
    answer = client.get(f"/speakers/{other.uid}")
    assert answer.status_code == 301  # nobody heard it, but everybody knows whose row it is now
    make.claim(
        claim.article,
        "2030",
        kind="date",
        edtf="2030",
        **SHOWN,
        voices=[make.attribution(claim.article, other, source="Lena Ortiz")],
    )
    answer = client.get(f"/speakers/{other.uid}")
    assert (answer.status_code, answer["Location"]) == (301, f"/speakers/{claim.speaker.uid}")


# The article


def test_the_whole_text_is_marked_where_the_outlet_allows_it(client):
    claim = spoken("full")
    page = client.get(f"/articles/{claim.article.uid}").content.decode()
    assert f'<a href="/claims/{claim.uid}">3.74 million</a></mark>' in page
    assert "The town hopes for more." in page
    assert "The headline is the outlet" in page
    closed = spoken("passage", outlet="Northport Wire", published="2031-04-01")
    page = words(client.get(f"/articles/{closed.article.uid}"))
    assert "The harbour office counted" in page
    assert "The town hopes" not in page


def test_machine_readings_are_shown_to_whom_may_ask_for_them_and_marked(readers):
    claim = spoken("full")
    make.claim(claim.article, "2030", kind="date", edtf="2030")
    address = f"/articles/{claim.article.uid}?status=accepted&status=proposed"
    page = readers["researcher"].get(address)
    assert 'class="mark-unchecked"' in page.content.decode()
    assert "machine reading, unverified" in words(page)
    answer = readers["everybody"].get(address)
    assert answer.status_code == 400
    assert "mark-unchecked" not in answer.content.decode()
    plain = readers["everybody"].get(f"/articles/{claim.article.uid}").content.decode()
    assert "machine reading" not in plain
    assert "status=" not in plain


@pytest.mark.parametrize("visibility", ["draft", "withdrawn"])
def test_an_article_that_is_not_public_is_for_editors(readers, visibility):
    article = make.article("Plantedhead\n\nPlanted 12 words.\n", visibility=visibility)
    codes = [reader.get(f"/articles/{article.uid}").status_code for reader in readers.values()]
    assert codes == [404, 404, 200]


# Outlets, topics, lists


def test_outlets_and_topics_show_their_claims(client):
    claim = spoken()
    topic = make.topic("ferries", parent=make.topic())
    make.tag(claim, topic)
    page = words(client.get(f"/outlets/{claim.outlet_id}"))
    assert "Shown of its words the claim's sentence only" in page
    assert "3.74 million" in page
    page = words(client.get("/topics/on-record/ferries"))
    assert "Part of Transport" in page
    assert "3.74 million" in page
    assert "Parts of it: Ferries" in words(client.get("/topics/on-record/transport"))
    assert client.get("/topics/on-record/none").status_code == 404
    assert client.get("/outlets/999999999999999999").status_code == 404


@pytest.mark.parametrize("code", ["a/b", "50% off", "ü", "a b"])
def test_a_topic_with_an_odd_code_has_a_page_that_its_list_leads_to(client, code):
    make.topic(code, label="Odd one")
    page = client.get("/topics").content.decode()
    (address,) = re.findall(r'href="(/topics/[^"]+)"', page)
    assert "Odd one" in words(client.get(address))


def test_lists_leaf_from_row_to_row(client, monkeypatch):
    monkeypatch.setattr("claims.pages.leafing.USUAL_ROWS", 2)
    names = [f"Body {letter}" for letter in "ABCDE"]
    article = make.article(outlet=make.outlet())
    for name in names:
        body = make.speaker(name, kind="organisation")
        voice = make.attribution(article, body, source="Lena Ortiz")
        make.claim(article, voices=[voice], **SHOWN)
    found, address, pages = [], "/speakers", 0
    while address:
        page = client.get(address).content.decode()
        found += re.findall(r">(Body \w)<", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following and following[1]
        pages += 1
    assert (found, pages) == (names, 3)


LISTS = ("speakers", "articles", "outlets", "topics")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_is_wrong_with_its_address(client, name):
    spoken()
    for question in ("x=1", "cursor=", "cursor=%00", "cursor=zzz", "cursor=1&cursor=2"):
        answer = client.get(f"/{name}?{question}")
        assert answer.status_code == 400, question
        assert f"<code>{question.partition('=')[0]}</code>" in answer.content.decode()


HOSTILE = [
    "/claims/'; DROP",
    "/claims/000000000000%00",
    "/claims/0000000000000",
    "/claims/<script>",
    "/speakers/..%2f..%2fetc",
    "/articles/000000000000/",
    "/outlets/-1",
    "/outlets/9999999999999999999999",
    "/topics/a",
    "/topics/%00/b",
    "/report/claim/000000000000",
    "/report/user/000000000000",
    "/claims/000000000000/cite.exe",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_finds_nothing(client, address):
    assert client.get(address).status_code == 404


def test_pages_take_no_other_method(client):
    claim = spoken()
    for path in (f"/claims/{claim.uid}", f"/speakers/{claim.speaker.uid}", "/topics"):
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200


# All of them


def addresses(claim):
    return [
        f"/claims/{claim.uid}",
        f"/claims/{claim.uid}/v{claim.version}",
        f"/speakers/{claim.speaker.uid}",
        f"/articles/{claim.article.uid}",
        f"/outlets/{claim.outlet_id}",
        "/topics/on-record/transport",
        *(f"/{name}" for name in LISTS),
        "/corrections",
        f"/report/claim/{claim.uid}",
    ]


def test_pages_need_no_script_and_no_style_of_their_own(client):
    claim = spoken("full", value="3740000")
    spoken(published="2032-01-01")
    make.tag(claim, make.topic())
    for address in addresses(claim):
        answer = client.get(address)
        body = answer.content.decode()
        assert answer.status_code == 200, address
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", body), address


MOST_STATEMENTS = 26
"""Of the page with most parts, the speaker's; none grows with its rows."""


def test_the_number_of_statements_does_not_grow_with_the_rows(client):
    def counts():
        claim = Claim.objects.order_by("pk").first()
        found = {}
        for address in addresses(claim):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found[address] = len(captured)
        return found

    def more(numbers):
        for number in numbers:
            one = spoken(published=f"20{30 + number}-02-01", outlet=f"Paper {number}")
            make.tag(one, make.topic())
            review.correct(one, {"value": "1"}, actor=make.editor(), version=one.version)
            make.topic(f"topic{number}")

    more(range(2))
    few = counts()
    more(range(2, 50))
    many = counts()
    assert {name: (few[name], n) for name, n in many.items() if n > few[name]} == {}
    assert max(many.values()) <= MOST_STATEMENTS


# Hidden is hidden


def test_nothing_hidden_is_on_any_page_for_everybody(client):
    """Planted words are in rows of every kind that everybody may not see."""
    claim = spoken("full")
    article, topic = claim.article, make.topic()
    make.tag(claim, topic)
    hidden = []
    text = TEXT + "Planted 11 plantedwords, Planted Speaker said. Planted 12. Planted 13.\n"
    quiet = make.article(text, outlet=make.outlet("Mute", text_policy="none"), headline="Open")
    person = make.speaker("Planted Speaker", privacy="private", article=quiet)
    voice = make.attribution(quiet, person, source="Planted Speaker")
    hidden += [make.claim(quiet, "11", voices=[voice], concept="planted proposed")]
    hidden += [make.claim(quiet, "12", status="rejected", concept="planted rejected")]
    make.claim(quiet, "13", voices=[voice], status="accepted", value="13", concept="open")
    for visibility in ("draft", "withdrawn"):
        house = make.outlet(f"Planted Outlet {visibility}", text_policy="full")
        unseen = make.article(text, outlet=house, visibility=visibility, headline="Plantedhead")
        body = make.speaker(f"Planted {visibility}", kind="organisation")
        said = make.attribution(unseen, body, source="Planted Speaker")
        hidden += [make.claim(unseen, "11", voices=[said], concept="planted", **SHOWN)]
        hidden[-1].article.refresh_from_db()
    for row in hidden:
        make.tag(row, topic)
    asked = [*addresses(claim), f"/articles/{quiet.uid}", "/corrections.atom", "/"]
    asked += [f"/outlets/{pk}" for pk in Outlet.objects.values_list("pk", flat=True)]
    asked += [f"/speakers/{uid}" for uid in Speaker.objects.values_list("uid", flat=True)]
    asked += [f"/articles/{uid}" for uid in Article.objects.values_list("uid", flat=True)]
    for uid in Claim.objects.values_list("uid", flat=True):
        asked += [f"/claims/{uid}{end}" for end in ("", "/v1", "/v2", "/cite.bib", "/cite.json")]
    uids = {row.uid for row in hidden}
    for address in asked:
        answer = client.get(address)
        body = answer.content.decode().replace(address, "").lower()
        assert "planted" not in body, address
        assert not [uid for uid in uids if uid in body], address
    assert article.headline in client.get(f"/articles/{article.uid}").content.decode()
