"""The site in a real browser: no page breaks its content security policy, and rulings work."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from claims import jobs
from claims.curation import review
from claims.models import Article, Candidate, Claim
from claims.runs import run_engine
from tests.claims import chromium, make
from tests.claims.chromium import complaints, press

pytestmark = chromium.needed


@pytest.fixture
def browser(tmp_path):
    with chromium.started(tmp_path) as driver:
        yield driver


@pytest.fixture
def editor(browser, live_server):
    """Sign an editor in by the sign-in page."""
    return chromium.sign_in(browser, live_server)


def test_an_editor_rules_on_a_claim_and_everybody_can_read_it(browser, editor, live_server):
    article = make.article()
    said = make.attribution(article, make.speaker())
    claim = make.claim(article, voices=[said])
    browser.get(live_server.url + reverse("admin:claims_claim_changelist"))
    press(browser, "#result_list tbody th a")
    assert browser.find_element(By.CSS_SELECTOR, ".text mark.mark-claim").text == "3.74 million"
    press(browser, "button[value=accept_both]")
    row = Claim.objects.get(pk=claim.pk)
    assert (row.status, row.voice_status, row.is_public) == ("accepted", "confirmed", True)
    browser.get(live_server.url + reverse("claims"))
    assert "Lena Ortiz" in browser.page_source
    assert complaints(browser) == []


def test_saving_the_article_form_in_a_browser_moves_no_span(browser, editor, live_server, tmp_path):
    """Browsers send CRLF and forms strip blanks: neither may reach the article's text."""
    path = tmp_path / "port.txt"
    path.write_bytes("Port news\n\n\u00a0Nine boats left\r\n  in 2030, not 10.\n ".encode())
    call_command("import_texts", str(path))
    call_command("extract_claims")
    article = Article.objects.get()
    browser.get(live_server.url + reverse("admin:claims_article_change", args=[article.pk]))
    browser.find_element(By.NAME, "section").send_keys("Port")
    press(browser, "[name=_save]")
    assert Article.objects.get().section == "Port"
    text = Article.objects.get().body.text
    found = [(text[row.start : row.end], row.surface) for row in Claim.objects.all()]
    assert ("2030", "2030") in found
    assert all(words == surface for words, surface in found)
    call_command("verify")


def test_no_page_breaks_the_content_security_policy(browser, editor, live_server):
    article = make.article(outlet=make.outlet())
    claim = make.claim(article, voices=[make.attribution(article, make.speaker())])
    make.tag(claim, make.topic())
    names = ("article", "attribution", "change", "claim", "outlet", "reading", "run")
    lists = [reverse(f"admin:claims_{name}_changelist") for name in (*names, "speaker", "topic")]
    forms = [
        reverse("admin:claims_claim_change", args=[claim.pk]),
        reverse("admin:claims_article_change", args=[article.pk]),
        reverse("admin:claims_speaker_change", args=[claim.speaker_id]),
        reverse("admin:claims_outlet_add"),
        reverse("admin:claims_topic_add"),
        reverse("desk"),
        reverse("desk_article", args=[article.pk]),
        reverse("desk_mark", args=[article.pk]) + "?what=claim&start=30&end=40",
    ]
    own = [reverse(name) for name in ("account", "admin_password_reset")]
    said = {}
    for address in ("/", reverse("docs"), reverse("admin:index"), *own, *lists, *forms):
        browser.get(live_server.url + address)
        said[address] = complaints(browser)
    assert {address: lines for address, lines in said.items() if lines} == {}


def test_the_page_of_a_job_keeps_itself_up_to_date(browser, editor, live_server):
    make.article()
    job = jobs.to_read(actor=editor, staging=True)
    browser.get(live_server.url + reverse("admin:claims_job_change", args=[job.pk]))
    assert "waiting for a worker" in browser.find_element(By.ID, "progress").text
    jobs.work("tester", jobs.Stop(), idle=False)
    WebDriverWait(browser, 30, ignored_exceptions=[StaleElementReferenceException]).until(
        lambda seen: "1 of 1" in seen.find_element(By.ID, "progress").text
    )
    pages = [
        reverse("admin:claims_run_diff", args=[job.run_id]),
        reverse("admin:claims_run_decide", args=[job.run_id, "apply"]),
        reverse("admin:claims_job_changelist"),
        reverse("admin:claims_job_start"),
        reverse("admin:claims_claim_bulk"),
        reverse("admin:claims_outlet_sheet", args=["outlet"]),
    ]
    for address in pages:
        browser.get(live_server.url + address)
    assert complaints(browser) == []


def test_weekdays_resolve_when_an_editor_fixes_the_articles_date(browser, editor, live_server):
    article = make.article("The port closed on Tuesday. It opened again on Friday.\n")
    list(run_engine(Article.objects.all()))
    tuesday, friday = Claim.objects.filter(kind="date").order_by("start")
    review.accept(Claim.objects.filter(pk=friday.pk), actor=editor)
    browser.get(live_server.url + reverse("desk_article", args=[article.pk]))
    assert "date unknown" in browser.find_element(By.CSS_SELECTOR, ".head").text
    press(browser, ".head h1 a")
    browser.find_element(By.NAME, "published").send_keys("2031-05-10")
    press(browser, "[name=_save]")
    browser.get(live_server.url + reverse("desk_article", args=[article.pk]))
    assert "2031-05-10" in browser.find_element(By.CSS_SELECTOR, ".head").text
    assert "2031-05-06" in browser.find_element(By.ID, f"c{tuesday.pk}").text
    press(browser, f"#c{friday.pk} > a")
    assert "to confirm" in browser.find_element(By.ID, "card").text
    assert "2031-05-09" in browser.find_element(By.CSS_SELECTOR, ".newer").text
    press(browser, "button[value=take_newer]")
    friday.refresh_from_db()
    assert (friday.edtf, friday.status) == ("2031-05-09", "accepted")
    assert complaints(browser) == []


def test_a_chief_editor_merges_two_speakers_and_undoes_it(browser, editor, live_server):
    """The right to merge is the chief editor's; the editor of these tests has every right."""
    one, other = make.speaker("Lena Ortiz"), make.speaker("L. Ortiz")
    for row in (one, other):
        article = make.article(f"{row.name} said 3.74 million passengers came.\n")
        make.claim(article, voices=[make.attribution(article, row)])
    Candidate.objects.create(one=one, other=other, score=0.9, reasons=["spelled alike"])
    browser.get(live_server.url + reverse("admin:claims_speaker_change", args=[one.pk]))
    press(browser, f"a[href$='?other={other.pk}']")
    assert browser.find_element(By.CSS_SELECTOR, ".module:nth-of-type(3) .counts").is_displayed()
    press(browser, "button[value=same]")
    other.refresh_from_db()
    assert other.canonical == one
    assert "1 other row" in browser.find_element(By.CSS_SELECTOR, "#members-heading").text
    press(browser, ".messagelist a")
    press(browser, "button[formaction$='/undo/']")
    other.refresh_from_db()
    assert other.canonical is None
    assert set(Claim.objects.values_list("speaker", flat=True)) == {one.pk, other.pk}
    assert complaints(browser) == []
