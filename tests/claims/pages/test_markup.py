"""What every public page keeps to: its HTML, its security policy, its fit on a telephone, axe."""

from collections import Counter
from html.parser import HTMLParser

import pytest

from claims import scorecard
from claims.models import Speaker
from corpus.score import Score, Tally
from tests.claims import axe, chromium, make

ADDRESSES = (
    *("/", "/claims", "/claims?text=passengers&kind=count&published_from=2031", "/scorecard"),
    *("/claims?text=nowhere", "/claims?kind=colour", "/about", "/method", "/contact"),
)
VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})


class Page(HTMLParser):
    """What tests ask of a page: its elements in order, and what is wrong with their nesting."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.standing, self.faults, self.labelled = [], [], [], []
        self.feed(html)
        self.faults += [f"<{name}> is never closed" for name in self.standing]

    def handle_starttag(self, name, pairs):
        given = dict(pairs)
        self.elements.append((name, given))
        if name in {"input", "select", "textarea"} and given.get("type") != "hidden":
            self.labelled.append("label" in self.standing or "aria-label" in given)
        if name not in VOID:
            self.standing.append(name)

    def handle_endtag(self, name):
        if not self.standing or self.standing.pop() != name:
            self.faults.append(f"</{name}> closes nothing")


@pytest.fixture
def rows():
    """Make something for every page to show, with long words in it."""
    article = make.article(
        make.TEXT + "A" * 120 + " 7 things.\n",
        outlet=make.outlet("The " + "Long" * 30),
        published="2031-03-11",
        headline="Ferry" * 40,
    )
    ortiz = make.speaker("Lena Ortiz", privacy=Speaker.Privacy.PUBLIC)
    voices = [make.attribution(article, ortiz)]
    make.accepted(article, voices=voices, voice_status="confirmed")
    make.accepted(article, "7", value="7", concept="things" * 40)
    make.tag(make.accepted(article, "1,200", value="1200"), make.topic(label="Topic" * 30))
    score = Score()
    score.kinds["count"] = Tally(90, 100, 120)
    scorecard.keep_score(scorecard.What.GOLD, score, engine="1.0", tier="light", articles=3)


@pytest.fixture(params=ADDRESSES)
def page(request, client, rows):
    """Return each public page."""
    answer = client.get(request.param)
    answer.read = Page(answer.content.decode())
    return answer


@pytest.mark.django_db
def test_a_page_is_well_formed_and_has_one_heading_and_one_main_part(page):
    assert page.read.faults == []
    counts = Counter(name for name, _ in page.read.elements)
    assert (counts["h1"], counts["main"], counts["title"]) == (1, 1, 1)
    assert page.content.decode().startswith("<!doctype html>")
    assert ("html", {"lang": "en"}) in page.read.elements


@pytest.mark.django_db
def test_ids_are_unique_and_what_is_referred_to_is_there(page):
    ids = Counter(given["id"] for _, given in page.read.elements if "id" in given)
    assert not [name for name, number in ids.items() if number > 1]
    for _, given in page.read.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert given.get(name) is None or given[name] in ids
        if given.get("href", "").startswith("#"):
            assert given["href"][1:] in ids


@pytest.mark.django_db
def test_every_field_has_a_label(page):
    assert all(page.read.labelled)


@pytest.mark.django_db
def test_nothing_in_a_page_needs_a_laxer_security_policy(page):
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for name, given in page.read.elements:
        assert name not in {"script", "style"}
        assert not [key for key in given if key == "style" or key.startswith("on")]


@pytest.fixture
def browser(tmp_path):
    """Return a browser that has axe-core on every page."""
    with chromium.started(tmp_path) as driver:
        axe.bring(driver)
        yield driver


def seen(driver, live_server):
    """Yield every page at every width, light and dark, as words that say which."""
    for address in ADDRESSES:
        for width, scheme in axe.looks(driver):
            driver.get(live_server.url + address)
            yield f"{address} {width} {scheme}", width


class TestInABrowser:
    """Pages as they are seen."""

    pytestmark = chromium.needed

    def test_axe_finds_nothing_serious(self, browser, live_server, rows):
        found = {}
        for where, _ in seen(browser, live_server):
            for fault in axe.faults(browser):
                found.setdefault(fault, []).append(where)
        assert not found, "\n".join(f"{fault} ({', '.join(on)})" for fault, on in found.items())

    def test_no_page_scrolls_sideways(self, tmp_path, live_server, rows):
        wide = "return document.documentElement.scrollWidth"
        with chromium.started(tmp_path) as driver:
            for where, width in seen(driver, live_server):
                assert driver.execute_script(wide) <= width, where
            heard = chromium.complaints(driver)
        assert not [line for line in heard if "400 (Bad Request)" not in line]
