"""The desk in a real browser: thirty proposals by keyboard alone, words selected, undo."""

from collections import Counter
from math import ceil

import pytest
from django.core.management import call_command
from django.urls import reverse
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from claims.models import Article, Claim
from tests.claims import chromium, make
from tests.claims.chromium import complaints, next_page, press

pytestmark = chromium.needed

TEXT = "🛳 Boats at Saltmere 🛳\n\n" + "".join(
    f"The office counted {1000 + n} boats, Lena Ortiz said.\n" for n in range(30)
)
MISSED = "Then 4,321 crates stayed ashore.\n"


@pytest.fixture
def browser(tmp_path):
    with chromium.started(tmp_path) as driver:
        yield driver


@pytest.fixture
def article():
    """Return an article with thirty proposals; the voice of every third one is not certain."""
    article = make.article(TEXT + MISSED)
    lena = make.speaker("Lena Ortiz")
    for n in range(30):
        words = str(1000 + n)
        start, end = make.sentence_around(TEXT, *make.span_of(TEXT, words))
        said = make.attribution(article, lena, source="Lena Ortiz")
        source, cue = TEXT.index("Lena", start), TEXT.index("said", start)
        said.source, said.mention = [[source, source + 10]], [source, source + 10]
        said.cue, said.content = [[cue, cue + 4]], [[start, end]]
        said.score = 0.4 if n % 3 == 0 else 0.95
        said.machine |= {"source": said.source, "cue": said.cue, "content": said.content}
        said.save()
        make.claim(article, words, value=words, concept="boats", voices=[said])
    Article.objects.update(claim_count=30)
    return article


def key(browser, *keys):
    """Press keys where the focus is, and wait for the next page."""
    with next_page(browser):
        for one in keys:
            browser.switch_to.active_element.send_keys(one)


def focused(browser):
    return browser.switch_to.active_element.get_attribute("id")


def select(browser, words):
    """Drag the mouse over words of the article that stand in no mark."""
    place = browser.execute_script(
        """
        const text = document.querySelector("[data-text]");
        const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const at = walk.currentNode.data.indexOf(arguments[0]);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(walk.currentNode, at);
          range.setEnd(walk.currentNode, at + arguments[0].length);
          text.style.scrollBehavior = "auto";
          walk.currentNode.parentElement.scrollTop = text.scrollHeight;
          const box = range.getBoundingClientRect();
          return [box.left, box.right, box.top + box.height / 2];
        }
        """,
        words,
    )
    left, right, middle = place
    mouse = ActionBuilder(browser)
    mouse.pointer_action.move_to_location(round(left), round(middle)).pointer_down()
    mouse.pointer_action.move_to_location(round((left + right) / 2), round(middle))
    mouse.pointer_action.move_to_location(ceil(right), round(middle)).pointer_up()
    mouse.perform()
    said = browser.find_element(By.CSS_SELECTOR, "[data-selected]")
    WebDriverWait(browser, 10).until(lambda _: said.text == f"“{words}”")


def test_an_editor_clears_thirty_proposals_by_keyboard_alone(browser, article, live_server):
    chromium.sign_in(browser, live_server)
    press(browser, "#work a[href$='/desk/']")
    key(browser, "n")
    pressed = Counter()
    for n in range(30):
        assert focused(browser) == "card"
        assert browser.find_element(By.CSS_SELECTOR, "#card .surface").text == str(1000 + n)
        if n == 12:  # corrects one value
            browser.switch_to.active_element.send_keys("e")
            assert browser.switch_to.active_element.get_attribute("name") == "card-value"
            key(browser, Keys.CONTROL + "a", "999" + Keys.ENTER)
            continue
        offered = bool(browser.execute_script("return document.querySelector('[data-key=b]')"))
        assert offered == (n % 3 != 0)
        pressed["b" if offered else "a"] += 1
        key(browser, "b" if offered else "a")
    assert pressed == {"a": 9, "b": 20}
    assert "Nothing in this article waits" in browser.page_source
    assert "30 of 30" in browser.find_element(By.CSS_SELECTOR, ".progress").text
    assert Claim.objects.filter(status="accepted").count() == 30
    assert Claim.objects.filter(voice_status="confirmed").count() == 20
    assert Claim.objects.get(surface="1012").value == "999"

    # Marks a claim that was missed, behind characters that browsers count twice.
    select(browser, "4,321")
    key(browser, "m")
    value = browser.find_element(By.NAME, "mark-value")
    assert (focused(browser), value.get_attribute("value")) == ("card", "4321")
    key(browser, Keys.ENTER)
    marked = Claim.objects.get(surface="4,321")
    text = article.body.text
    assert (marked.start, marked.end) == tuple(make.span_of(text, "4,321"))
    assert (marked.status, marked.value) == ("accepted", "4321")
    assert "marked by an editor" in browser.page_source

    # Takes it back, and the ruling before it.
    key(browser, "u")
    marked.refresh_from_db()
    assert marked.gone
    key(browser, "u")
    assert Claim.objects.get(surface="1029").status == "proposed"
    call_command("verify")
    assert complaints(browser) == []


def test_every_key_has_its_way_and_the_focus_is_where_it_belongs(browser, article, live_server):
    chromium.sign_in(browser, live_server)
    topic = make.topic()
    browser.get(live_server.url + reverse("desk_article", args=[article.pk]))
    key(browser, "j")
    key(browser, "x")
    key(browser, "k")
    assert browser.find_element(By.CSS_SELECTOR, "#card .surface").text == "1001"
    browser.switch_to.active_element.send_keys("r")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert focused(browser) == "card"
    browser.switch_to.active_element.send_keys("r")
    key(browser, "a name", Keys.ENTER)
    rejected = Claim.objects.get(surface="1001")
    assert (rejected.status, rejected.rulings.get().reason) == ("rejected", "a name")
    said = browser.find_element(By.CSS_SELECTOR, "[data-said]")
    WebDriverWait(browser, 10).until(lambda _: "Rejected" in said.get_attribute("textContent"))
    for name, choice in (("v", "the article"), ("t", topic.label), ("s", "Lena")):
        browser.switch_to.active_element.send_keys(name)
        key(browser, choice, Keys.ENTER)
    ruled = Claim.objects.get(surface="1002")
    assert (ruled.voice, ruled.speaker.name, ruled.voice_status) == (
        *("attributed", "Lena Ortiz"),
        "confirmed",
    )
    assert ruled.topics.get() == topic
    browser.switch_to.active_element.send_keys("?")
    assert browser.find_element(By.ID, "keys").is_displayed()
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    browser.find_element(By.LINK_TEXT, "1009").click()
    assert complaints(browser) == []
