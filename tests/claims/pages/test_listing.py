"""Pages of outlets and topics, lists, and addresses that make no sense."""

import re

import pytest

from claims.models import Article
from tests.claims import make
from tests.claims.pages.rows import LISTS, SHOWN, spoken, words

pytestmark = pytest.mark.django_db


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
    on = leafed(client, "/speakers", "next")
    assert [name for _, found in on for name in found] == names
    assert len(on) == 3
    last, _ = on[-1]
    assert [found for _, found in leafed(client, last, "prev")] == [found for _, found in on[::-1]]


def leafed(client, address, way):
    """Return the addresses of a walk in one way, each with the names that stand there."""
    pages = []
    while address:
        page = client.get(address).content.decode()
        pages.append((address, re.findall(r">(Body \w)<", page)))
        following = re.search(rf'rel="{way}" href="([^"]+)"', page)
        address = following and following[1]
    return pages


def test_where_all_rows_of_one_side_are_gone_a_list_ends_there(client, monkeypatch):
    monkeypatch.setattr("claims.pages.leafing.USUAL_ROWS", 2)
    made = [make.article(f"Boats {n}\n\nThree came.\n") for n in range(5)]

    def hide(*numbers):
        for number, article in enumerate(made):
            hidden = "draft" if number in numbers else "public"
            Article.objects.filter(pk=article.pk).update(visibility=hidden)

    def there(address):
        page = client.get(address).content.decode()
        beside = dict(re.findall(r'rel="(\w+)" href="([^"]+)"', page))
        numbers = [int(number) for number in re.findall(r">Boats ([0-9])<", page)]
        return numbers, beside.get("prev"), beside.get("next")

    _, _, address = there("/articles")
    numbers, before, beyond = there(address)
    assert numbers == [2, 1]
    hide(3, 4)
    assert there(before)[:2] == ([2, 1], None)
    hide(0)
    numbers, last, end = there(beyond)
    assert (numbers, end) == ([], None)
    assert there(last) == ([2, 1], there(address)[1], None)
    hide(*range(5))
    assert there(last) == ([], None, None)


def test_a_cursor_is_of_its_own_list_and_nobody_makes_one(client, monkeypatch):
    monkeypatch.setattr("claims.pages.leafing.USUAL_ROWS", 1)
    for name in ("Courier", "Evening Post"):
        make.article(outlet=make.outlet(name))
    hidden = make.outlet("Hidden")
    page = client.get("/outlets").content.decode()
    (cursor,) = re.findall(r'href="/outlets\?cursor=([^"]+)"', page)
    assert client.get(f"/outlets?cursor={cursor}").status_code == 200
    for address in (f"/corrections?cursor={cursor}", f"/outlets?cursor={hidden.pk}"):
        assert client.get(address).status_code == 400


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_is_wrong_with_its_address(client, name):
    spoken()
    for question in (
        "x=1",
        "cursor=",
        "cursor=%00",
        "cursor=zzz",
        "cursor=-z",
        "cursor=1&cursor=2",
    ):
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
