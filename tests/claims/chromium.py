"""A real browser for tests: started, signed in, and what it complains about."""

import shutil
from contextlib import contextmanager

import pytest
from django.urls import reverse
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.claims import make

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")

needed = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver not installed"),
]
"""Marks of every test in a browser."""

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--window-size=1280,900",
)
_PASSWORD = "a long password for one test"

_KEEP_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  const before = sessionStorage.getItem("violations") || "";
  const now = `${event.documentURI}: ${event.violatedDirective} ${event.blockedURI}`;
  sessionStorage.setItem("violations", before + now + "\\n");
});
"""


@contextmanager
def started(folder):
    """Give a browser that keeps its profile in `folder`, and end it."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    driver.implicitly_wait(10)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _KEEP_VIOLATIONS})
    try:
        yield driver
    finally:
        driver.quit()


def sign_in(driver, live_server):
    """Sign an editor in by the sign-in page; return the account."""
    user = make.editor()
    user.set_password(_PASSWORD)
    user.save()
    driver.get(live_server.url + reverse("admin:login"))
    driver.find_element(By.NAME, "username").send_keys(user.username)
    driver.find_element(By.NAME, "password").send_keys(_PASSWORD)
    press(driver, "[type=submit]")
    return user


def press(driver, selector):
    """Click what `selector` names and wait until the next page is there."""
    with next_page(driver):
        driver.find_element(By.CSS_SELECTOR, selector).click()


@contextmanager
def next_page(driver):
    """Wait until what is done inside has brought another page."""
    before = driver.find_element(By.TAG_NAME, "html")
    yield
    wait = WebDriverWait(driver, 20)
    wait.until(lambda seen: seen.find_element(By.TAG_NAME, "html") != before)
    wait.until(lambda seen: seen.execute_script("return document.readyState") == "complete")


def complaints(driver):
    """Return what the browser logged, and every breach of the content security policy so far.

    What it would advise on forms (`[DOM]`), and which of two fields it put the focus in, is no
    complaint.
    """
    kept = driver.execute_script("return sessionStorage.getItem('violations') || ''")
    logged = [entry["message"] for entry in driver.get_log("browser")]
    advice = (" - [DOM] ", "Autofocus processing was blocked")
    heard = [line for line in logged if not any(words in line for words in advice)]
    return heard + kept.splitlines()
