"""Reports of errors and replies: taken in, kept private, dealt with, shown where approved."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims import gate, history
from claims.curation import reports, undo
from claims.models import Article, Change, Report, Tombstone
from claims.redaction import redact_name, redact_text
from tests.claims import make

pytestmark = pytest.mark.django_db

State = Report.State
SENT = {"kind": "error", "text": "It is 3.47, not 3.74.", "name": "", "contact": "", "website": ""}


@pytest.fixture
def claim():
    article = make.article(outlet=make.outlet())
    voice = make.attribution(article, make.speaker(privacy="public"))
    shown = {"status": "accepted", "voice_status": "confirmed"}
    return make.claim(article, voices=[voice], **shown)


@pytest.fixture
def chief(client):
    """Return a client signed in as an editor with every right."""
    client.force_login(make.editor())
    return client


def member(role):
    """Return an account with the rights of a role and no more."""
    return make.member(role, f"some {role}")


def send(client, claim, **fields):
    return client.post(f"/report/claim/{claim.uid}", SENT | fields)


def received(target, kind="reply", text="We count otherwise.", name="The port", **fields):
    fields = {"address": "192.0.2.1", "account": None} | fields
    return reports.receive(target, kind, text, name=name, **fields)


def settled(report, state, note="seen", by=None):
    report.refresh_from_db()
    reports.settle(report, state, note=note, actor=by or make.editor(), version=report.version)
    report.refresh_from_db()


TARGETS = ["claim", "speaker", "article"]


@pytest.mark.parametrize("about", TARGETS)
def test_anybody_reports_on_a_claim_a_speaker_or_an_article(client, claim, about):
    target = {"claim": claim, "speaker": claim.speaker, "article": claim.article}[about]
    address = f"/report/{about}/{target.uid}"
    page = client.get(f"/{about}s/{target.uid}").content.decode()
    assert f'href="{address}"' in page
    assert "Send it to the editors" in client.get(address).content.decode()
    answer = client.post(address, SENT)
    assert answer["Location"] == f"{address}?sent=yes"
    assert "Thank you" in client.get(answer["Location"]).content.decode()
    row = Report.objects.get()
    assert (row.target, row.kind, row.text, row.state) == (target, "error", SENT["text"], "new")
    assert row.account is None


def test_a_report_is_private_and_keeps_no_address_of_who_sent_it(client, claim):
    user = make.user("rita")
    client.force_login(user)
    send(client, claim, kind="reply", name="Plantedname", contact="planted@x.example", text="Plant")
    row = Report.objects.get()
    assert row.account == user
    assert "127.0.0.1" not in str(vars(row))
    for path in (f"/claims/{claim.uid}", f"/articles/{claim.article.uid}", "/corrections", "/"):
        assert "plant" not in Client().get(path).content.decode().lower()
    api = Client().get(f"/api/v1/claims/{claim.uid}/").content.decode().lower()
    assert "plant" not in api


REFUSED = [
    # what is sent, what the page says
    ({"text": ""}, "This field is required"),
    ({"text": " \n "}, "This field is required"),
    ({"text": "x" * 4001}, "at most 4000 characters"),
    ({"text": "a\x00b"}, "Null characters are not allowed"),
    ({"kind": "praise"}, "Select a valid choice"),
    ({"kind": "reply"}, "A reply needs the name"),
    ({"kind": "reply", "name": "  "}, "A reply needs the name"),
    ({"name": "x" * 101}, "at most 100 characters"),
    ({"name": "a\x1bb"}, "control character"),
    ({"contact": "x" * 201}, "at most 200 characters"),
]


@pytest.mark.parametrize(("fields", "says"), REFUSED)
def test_what_makes_no_report_comes_back_with_the_reason(client, claim, fields, says):
    answer = send(client, claim, **fields)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Report.objects.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client, claim):
    assert send(client, claim, website="http://x.example").status_code == 302
    assert not Report.objects.exists()


def test_the_form_is_guarded_against_forgery(claim):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, claim).status_code == 403
    page = strict.get(f"/report/claim/{claim.uid}")
    assert page["Cache-Control"].startswith("max-age=0")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    assert send(strict, claim, csrfmiddlewaretoken=token).status_code == 302


def test_few_reports_come_from_one_address_within_the_hour(client, claim):
    codes = [send(client, claim).status_code for _ in range(reports.MOST + 1)]
    assert codes == [302] * reports.MOST + [429]
    last = send(client, claim)
    assert last["Retry-After"] == "3600"
    assert "Nothing was stored" in last.content.decode()
    assert send(Client(REMOTE_ADDR="192.0.2.9"), claim).status_code == 302
    hour = timezone.now() - timedelta(hours=1, minutes=1)
    Report.objects.update(created=hour)
    assert send(client, claim).status_code == 302


def test_few_reports_come_from_one_account_whatever_its_address(claim):
    user = make.user("rita")
    for number in range(reports.MOST + 1):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        client.force_login(user)
        answer = send(client, claim)
    assert answer.status_code == 429


HIDDEN = ["draft", "withdrawn"]


@pytest.mark.parametrize("visibility", HIDDEN)
def test_nobody_reports_on_what_he_may_not_see(client, claim, visibility):
    article = make.article("Planted.\n", visibility=visibility)
    assert client.get(f"/report/article/{article.uid}").status_code == 404
    assert client.post(f"/report/article/{article.uid}", SENT).status_code == 404
    assert client.get(f"/report/claim/{claim.uid}?x=1").status_code == 400


def test_the_form_names_a_claim_without_words_that_are_not_shown(client, claim):
    claim.outlet.text_policy = "none"
    claim.outlet.save()
    page = client.get(f"/report/claim/{claim.uid}").content.decode()
    assert "3,740,000 passengers</a>" in page
    assert "3.74 million" not in page


# What editors do with them


def test_a_reply_that_was_published_stands_beside_what_it_is_about(client, claim):
    for target, path in (
        (claim, f"/claims/{claim.uid}"),
        (claim.speaker, f"/speakers/{claim.speaker.uid}"),
        (claim.article, f"/articles/{claim.article.uid}"),
    ):
        report = received(target, text=f"Reply <b>on</b> {path}", contact="planted@port.example")
        assert "Replies" not in client.get(path).content.decode()
        settled(report, State.PUBLISHED)
        page = client.get(path).content.decode()
        assert f"Reply &lt;b&gt;on&lt;/b&gt; {path}" in page
        assert "The port, <time" in page
        assert "planted" not in page
        settled(report, State.ANSWERED)
        assert "Replies" not in client.get(path).content.decode()


def test_what_is_done_is_in_the_log_and_can_be_undone(claim):
    report = received(claim)
    settled(report, State.PUBLISHED)
    entry = Change.objects.of(report).first()
    assert (entry.action, entry.before["state"], entry.after["state"]) == (
        "report published",
        "new",
        "published",
    )
    assert report.handled_by == make.editor()
    undo.undo(entry.batch, actor=make.editor())
    report.refresh_from_db()
    assert (report.state, report.handled_by) == ("new", None)


WRONG = [
    # kind, name, role, state, note, what is refused
    ("reply", "The port", "editor", State.PUBLISHED, "", "only chief editors publish"),
    ("reply", "The port", "researcher", State.ANSWERED, "", "only editors deal"),
    ("reply", "", "chief editor", State.PUBLISHED, "", "without a name"),
    ("error", "The port", "chief editor", State.PUBLISHED, "", "only a reply"),
    ("error", "", "editor", State.DISMISSED, "", "say why"),
    ("error", "", "editor", "burnt", "", "none of them"),
    ("error", "", "editor", State.ANSWERED, "a\x1bb", "control character"),
]


@pytest.mark.parametrize(("kind", "name", "role", "state", "note", "why"), WRONG)
def test_what_makes_no_sense_or_is_not_allowed_is_refused(
    claim, kind, name, role, state, note, why
):
    report = received(claim, kind, name=name)
    with pytest.raises(gate.Refused, match=why):
        settled(report, state, note, by=member(role))
    assert not Change.objects.of(report).exists()


def test_a_published_reply_is_taken_back_by_chief_editors_only(claim):
    report = received(claim)
    settled(report, State.PUBLISHED)
    with pytest.raises(gate.Refused, match="or take them back"):
        settled(report, State.DISMISSED, by=member("editor"))
    settled(report, State.DISMISSED, by=member("chief editor"))
    assert report.state == "dismissed"


def test_nobody_overwrites_what_another_editor_decided(claim):
    report = received(claim)
    settled(report, State.ANSWERED)
    with pytest.raises(history.Stale):
        reports.settle(report, State.DISMISSED, note="x", actor=make.editor(), version=1)


@pytest.mark.parametrize(
    ("kind", "text"), [("praise", "x"), ("error", " "), ("error", "a\x00"), ("error", "x" * 4001)]
)
def test_the_function_itself_refuses_what_is_no_report(claim, kind, text):
    with pytest.raises(gate.Refused):
        received(claim, kind, text)


# The queue at the admin


def test_the_admin_counts_new_ones_and_leads_from_each_to_what_to_do(chief, claim):
    report = received(claim, text="<i>Odd</i> words", contact="a@port.example")
    index = chief.get("/admin/").content.decode()
    assert "<strong>1 new</strong>" in index
    found = chief.get("/admin/claims/report/?state=new&kind=reply").content.decode()
    assert "&lt;i&gt;Odd&lt;/i&gt; words" in found
    page = chief.get(f"/admin/claims/report/{report.pk}/change/").content.decode()
    for words in ("a@port.example", "Publish the reply", "Dismiss", f"/claims/{claim.uid}"):
        assert words in page
    sent = {"state": "published", "note": "right", "version": str(report.version)}
    answer = chief.post(f"/admin/claims/report/{report.pk}/settle/", sent, follow=True)
    assert "Dealt with: 1 row" in answer.content.decode()
    report.refresh_from_db()
    assert (report.state, report.note) == ("published", "right")
    assert "<strong>1 new</strong>" not in chief.get("/admin/").content.decode()
    again = chief.post(f"/admin/claims/report/{report.pk}/settle/", sent, follow=True)
    assert "was changed by somebody else" in again.content.decode()
    page = chief.get(f"/admin/claims/report/{report.pk}/change/").content.decode()
    assert "Publish the reply" not in page
    assert "Open again" in page


BUTTONS = [
    # kind, role, state, buttons
    ("reply", "chief editor", "new", {"published", "answered", "dismissed"}),
    ("reply", "editor", "new", {"answered", "dismissed"}),
    ("error", "chief editor", "new", {"answered", "dismissed"}),
    ("error", "editor", "answered", {"dismissed", "new"}),
    ("reply", "editor", "published", set()),
]


@pytest.mark.parametrize(("kind", "role", "state", "buttons"), BUTTONS)
def test_an_editor_is_offered_what_he_may_do(client, claim, kind, role, state, buttons):
    report = received(claim, kind)
    if state != "new":
        settled(report, state)
    client.force_login(member(role))
    page = client.get(f"/admin/claims/report/{report.pk}/change/").content.decode()
    assert set(re.findall(r'name="state" value="(\w+)"', page)) == buttons


def test_the_address_that_settles_is_for_editors_and_by_post(client, claim):
    report = received(claim)
    address = f"/admin/claims/report/{report.pk}/settle/"
    client.force_login(make.member("admin"))
    assert client.post(address, {"state": "answered", "version": "1"}).status_code == 403
    assert client.get("/admin/claims/report/").status_code == 403
    client.force_login(make.member("editor"))
    assert client.get(address).status_code == 405
    assert client.post("/admin/claims/report/999/settle/", {}).status_code == 404
    answer = client.post(address, {"state": "answered", "version": "x"}, follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert client.get("/admin/claims/report/?state=burnt").status_code == 400


def test_the_queue_takes_as_many_statements_for_fifty_rows_as_for_one(
    chief, claim, django_assert_max_num_queries
):
    for number in range(50):
        target = (claim, claim.speaker, claim.article)[number % 3]
        received(target, address=f"192.0.2.{number}")
    with django_assert_max_num_queries(12):
        assert chief.get("/admin/claims/report/").status_code == 200


# Words removed for legal reasons


def test_a_private_name_is_found_and_removed_in_reports(claim):
    report = received(claim, text="I am Quentin Marsh.", name="Quentin Marsh")
    settled(report, State.PUBLISHED, note="Quentin Marsh wrote")
    received(claim, contact="Quentin  MARSH, pier 4")
    redact_name(["Quentin Marsh"], reason="asked for", actor=make.editor())
    told = [(row.text, row.name, row.contact, row.note) for row in Report.objects.all()]
    assert "quentin" not in str(told).lower()
    logged = [(one.before, one.after, one.object_name) for one in Change.objects.all()]
    assert "quentin" not in str(logged).lower()
    assert Tombstone.objects.get().counts["report"] == 2


def test_with_a_text_what_was_reported_on_it_goes(claim):
    one, other = received(claim, text="It says 3.74 million."), received(claim.article)
    kept = received(claim.speaker)
    article = Article.objects.get()
    redact_text(article, reason="asked for", actor=make.editor(), version=article.version)
    for report in (one, other, kept):
        report.refresh_from_db()
    assert "3" not in one.text
    assert "count" not in other.text
    assert kept.text == "We count otherwise."
