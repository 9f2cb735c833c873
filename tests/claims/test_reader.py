"""A researcher in a real browser: finds figures, reads a passage, cites it, reports an error."""

import csv
import time

import pytest
from django.urls import reverse
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from claims.curation import review
from claims.models import Report
from tests.claims import axe, chromium, make
from tests.claims.chromium import complaints, press

pytestmark = chromium.needed

SHOWN = {"status": "accepted", "voice_status": "confirmed"}


@pytest.fixture
def browser(tmp_path):
    with chromium.started(tmp_path / "profile") as driver:
        driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior",
            {"behavior": "allow", "downloadPath": str(tmp_path / "files")},
        )
        yield driver


@pytest.fixture
def figures():
    """Return public figures of Lena Ortiz on transport: one in 2030, two in 2031; and others."""
    topic, lena = make.topic(), make.speaker("Lena Ortiz", privacy="public")
    found = []
    for number, day in enumerate(("2030-02-01", "2031-03-11", "2031-06-02")):
        article = make.article(make.TEXT + day, outlet=make.outlet(), published=day)
        voice = make.attribution(article, lena)
        claim = make.claim(article, voices=[voice], value=str(3_740_000 + number), **SHOWN)
        make.tag(claim, topic)
        found.append(claim)
        make.accepted(article, "€412 million", kind="money", value="412000000", unit="EUR")
    return found


def follow(driver, words):
    """Follow the first link with these words."""
    with chromium.next_page(driver):
        driver.find_element(By.PARTIAL_LINK_TEXT, words).click()


def file_in(folder, ending):
    """Return a file that the browser has finished to fetch: it begins with an empty one."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        fetching = list(folder.glob("*.crdownload"))
        found = [one for one in folder.glob(f"*{ending}") if one.stat().st_size]
        if found and not fetching:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no file {ending} in {folder}")


def test_a_researcher_finds_cites_downloads_and_reports(browser, live_server, figures, tmp_path):
    browser.get(live_server.url)
    browser.find_element(By.NAME, "text").send_keys("passengers")
    with chromium.next_page(browser):
        browser.find_element(By.NAME, "text").send_keys(Keys.ENTER)
    follow(browser, "Lena Ortiz")
    assert browser.find_element(By.CSS_SELECTOR, "svg.timeline circle").is_displayed()
    follow(browser, "Search in them")
    follow(browser, "Transport")
    for end, day in (("from", "2031-01"), ("to", "2031-04")):
        fields = browser.find_elements(By.NAME, f"published_{end}")
        for summary in browser.find_elements(By.CSS_SELECTOR, "details:not([open]) > summary"):
            summary.click()
        fields[0].send_keys(day)
    with chromium.next_page(browser):
        browser.find_element(By.NAME, "published_to").submit()
    claims = browser.find_elements(By.CSS_SELECTOR, "article.claim")
    assert len(claims) == 1
    browser.find_element(By.PARTIAL_LINK_TEXT, "CSV").click()
    with file_in(tmp_path / "files", ".csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["uid"] for row in rows] == [figures[1].uid]
    follow(browser, "3.74 million")
    assert browser.find_element(By.CSS_SELECTOR, ".passage .mark-claim").text == "3.74 million"
    cited = browser.find_element(By.CSS_SELECTOR, ".cite .plain").text
    assert f"/claims/{figures[1].uid}/v{figures[1].version} (accessed" in cited
    browser.find_element(By.LINK_TEXT, "BibTeX").click()
    assert figures[1].uid in file_in(tmp_path / "files", ".bib").read_text()
    follow(browser, "Report an error")
    browser.find_element(By.NAME, "text").send_keys("It counts crews too.")
    press(browser, "main form button")
    assert "Thank you" in browser.find_element(By.CSS_SELECTOR, "[role=status]").text
    assert Report.objects.get().claim == figures[1]
    assert complaints(browser) == []


def pages(figures):
    """Return the addresses of the pages of rows, each with something on it."""
    claim = figures[1]
    number = claim.version
    review.correct(claim, {"value": "3740009"}, actor=make.editor(), version=number)
    return [
        reverse("claim_page", args=[claim.uid]),
        reverse("claim_version", args=[claim.uid, number]),
        reverse("speaker_page", args=[claim.speaker.uid]),
        reverse("article_page", args=[claim.article.uid]),
        reverse("outlet_page", args=[claim.outlet_id]),
        reverse("topic_page", args=["on-record", "transport"]),
        *map(reverse, ("speaker_list", "article_list", "outlet_list", "topic_list", "corrections")),
        reverse("report", args=["claim", claim.uid]),
        reverse("claim_page", args=["000000000000"]),
    ]


def test_nothing_serious_is_found_on_the_pages_of_rows(browser, live_server, figures):
    axe.bring(browser)
    found = {}
    for address in pages(figures):
        for width, scheme in axe.looks(browser):
            browser.get(live_server.url + address)
            assert browser.execute_script("return document.querySelector('main')")
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} wide at {width}"
            for fault in axe.faults(browser):
                found.setdefault(fault, []).append(f"{address} {width} {scheme}")
    assert not found, "\n".join(f"{fault} ({', '.join(on)})" for fault, on in found.items())
