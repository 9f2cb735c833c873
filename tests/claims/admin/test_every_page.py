"""Every page of the admin in a browser: each shows itself, and none breaks the content policy."""

import pytest

from claims import rights
from tests.claims import chromium
from tests.claims.chromium import complaints
from tests.claims.test_rights import ADDRESSES, asked, path_of, rows  # noqa: F401

pytestmark = chromium.needed

NO_PAGES = {"admin:jsi18n", "admin:autocomplete", "admin:logout"}
FILES = {f"admin:claims_{model}_rows" for model in ("outlet", "speaker", "topic")}
PAGES = [
    name
    for name, row in rights.TABLE.items()
    if row.get("GET", rights.NOBODY) & rights.SIGNED_IN
    and ADDRESSES[name].startswith(("admin/", "account/"))
    and name not in NO_PAGES | FILES
]


@pytest.fixture
def browser(tmp_path):
    with chromium.started(tmp_path) as driver:
        yield driver


def test_no_page_of_the_admin_breaks_the_content_security_policy(browser, live_server, rows):  # noqa: F811
    user = chromium.sign_in(browser, live_server)
    user.is_superuser = True
    user.save()
    said = {}
    for name in PAGES:
        browser.get(f"{live_server.url}{path_of(name, rows)}?{asked(name, rows)}")
        if lines := complaints(browser):
            said[name] = lines
        browser.execute_script("sessionStorage.clear()")
    assert not said, "\n".join(f"{name}: {lines}" for name, lines in said.items())
    assert len(PAGES) > 90
