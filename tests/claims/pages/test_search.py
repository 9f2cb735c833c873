"""The search page: any text is answered, and the whole question stands in the address."""

import html
import random
import re
import string

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape, strip_tags
from django.utils.http import urlencode

from claims.filters import paging
from claims.models import Article, Claim, Outlet, Speaker
from claims.pages.asked import Asked
from claims.pages.search import ORDERINGS
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = (
    "Counts\n\n"
    "At least 1,200 people came, Lena Ortiz said.\n"
    "It cost €412 million in all.\n"
    "Then €7 million more were asked for on 9 March 2031.\n"
)


@pytest.fixture
def claims():
    outlet = make.outlet("Smith, Jones & Co")
    article = make.article(TEXT, outlet=outlet, published="2031-03")
    ortiz = make.speaker("Lena Ortiz", privacy=Speaker.Privacy.PUBLIC)
    people = make.accepted(
        article, "At least 1,200", value="1200", comparator=">=", concept="people",
        voices=[make.attribution(article, ortiz)], voice_status="confirmed",
    )  # fmt: skip
    make.tag(people, make.topic("transport"))
    make.accepted(article, "€412 million", kind="money", value="412000000", unit="EUR")
    make.claim(article, "€7 million", kind="money", value="7000000", unit="EUR")
    make.accepted(article, "9 March 2031", kind="date", edtf="2031-03-09")
    undated = make.article("Undated.\n\nSome 90 people came.\n")
    make.accepted(undated, "90", value="90", concept="people")


def search(client, question="", **more):
    """Return the page that answers a question, following the address made tidy."""
    return client.get(f"/claims/?{question}", follow=True, **more)


def words(page):
    """Return the words of a page with single blanks."""
    return " ".join(strip_tags(page.content.decode()).split())


def shown(page):
    """Return the figures of the claims on a page."""
    return [row["surface"] for row in page.context["claims"]]


ANSWERS = [
    ("", ["90", "9 March 2031", "€412 million", "At least 1,200"]),
    ("ordering=oldest", ["At least 1,200", "€412 million", "9 March 2031", "90"]),
    ("ordering=published", ["9 March 2031", "€412 million", "At least 1,200", "90"]),
    ("kind=count&ordering=value", ["90", "At least 1,200"]),
    ("kind=count&ordering=-value", ["At least 1,200", "90"]),
    ("text=people&ordering=relevance", ["90", "At least 1,200"]),
    ("text=people+-ortiz", ["90"]),
    ('text="came,+Lena"', ["At least 1,200"]),
    ("text=cost+OR+some", ["90", "€412 million"]),
    ("unit=EUR&value_min=1&value_max=412000000", ["€412 million"]),
    ("topic=on-record:transport", ["At least 1,200"]),
    ("outlet=Smith, Jones %26 Co&kind=date", ["9 March 2031"]),
    ("published_from=2031", ["9 March 2031", "€412 million", "At least 1,200"]),
    ("date_to=2030", []),
    ("text=%20%20people%20&kind=&unit=", ["90", "At least 1,200"]),
]


@pytest.mark.parametrize(("question", "figures"), ANSWERS)
def test_a_question_has_its_answer(client, claims, question, figures):
    page = search(client, question)
    assert page.status_code == 200
    assert shown(page) == figures


REFUSED = [
    ("value_min=3", "Value from: needs one unit, or one kind among count, share, ordinal."),
    ("ordering=value", "ordering: value needs one unit"),
    ("ordering=relevance", "ordering: relevance needs words"),
    ("ordering=best", "ordering: is none of newest"),
    ("published_from=yesterday", "Published from: is no date; write 2025, 2025-04 or 2025-04-28."),
    ("scope_from=2031&scope_to=2030", "About a period from: comes after scope_to."),
    ("text=-people", "Words: no word to look for."),
    ("text=%22", "Words: no word to look for."),
    ("text=" + "a+" * 33, "Words: 33 words; at most 32 are looked for."),
    ("kind=colour", "Kind: colour is none of"),
    ("speaker=000000000000", "Voice: nothing is known of '000000000000'."),
    ("status=proposed", "Reading: you may ask for accepted only."),
    ("cursor=xyz", "cursor: is no cursor"),
    ("unknown=1", "unknown: is no parameter here."),
]


@pytest.mark.parametrize(("question", "sentence"), REFUSED)
def test_what_cannot_be_answered_is_told_in_a_sentence_beside_the_form(
    client, claims, question, sentence
):
    page = search(client, question)
    assert page.status_code == 400
    assert sentence in words(page).replace("&#x27;", "'")
    assert 'name="text"' in page.content.decode()


def strange():
    """Return 200 texts that a careless program stumbles over; the same ones each time."""
    chance = random.Random(6)
    signs = string.punctuation + "\"'“”„()*:^-+ \t\n\x00\x07\x7f\u200f\ufeff\ud7ff\U0001f40b€İß語"
    written = [
        *('"', '""', '"a', 'a"', "(", ")", "a AND", "OR", "OR OR a", "NOT a", "-", "--a", "*"),
        *("NEAR(a b)", "a:b", "passage:a", "^a", "{a b}: c", "a + b", "'; DROP TABLE claims; --"),
        *("%", "%s", "%(a)s", "{0}", "{{ 7 }}", "<script>alert(1)</script>", "\\", "\\'", "a\\"),
        *("a" * 501, "é" * 400, "ａｂｃ", "1/3", "3.74", "€", "&amp;", "a & !b", "a <-> b", "a:*"),
    ]
    while len(written) < 200:
        written.append("".join(chance.choices(signs + "ab12", k=chance.randint(1, 30))))
    return written


def test_no_text_whatever_is_an_error(client, claims):
    for text in strange():
        page = client.get("/claims/", {"text": text}, follow=True)
        assert page.status_code in {200, 400}, text
        feed = client.get("/claims.atom", {"text": text})
        assert feed.status_code in {200, 400}, text
        assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("name", ["unit", "outlet", "topic", "value_min", "scope_from", "cursor"])
def test_no_value_of_another_parameter_is_an_error(client, claims, name):
    for text in strange()[::4]:
        assert client.get("/claims/", {name: text}, follow=True).status_code in {200, 400}, text


def test_blanks_are_taken_out_of_the_address(client, claims):
    page = client.get("/claims/?text=+people+&kind=&kind=count&unit=")
    assert page.url == "/claims?text=people&kind=count"
    assert client.get("/claims/?text=").url == "/claims"


LIT = [
    ("came", "people <mark", ">came</mark>,"),
    ("PEOPLE", "", ">people</mark>"),
    ('"came, Lena"', "", ">came, Lena</mark>"),
    ("peop*", "", ">people</mark>"),
    ("zeppelin OR ortiz", "Lena <mark", ">Ortiz</mark>"),
    ("1,200 -boat", "", ">1,200</mark>"),
]


@pytest.mark.parametrize(("text", "before", "word"), LIT)
def test_the_words_of_a_search_are_lit_in_the_sentence(client, claims, text, before, word):
    html = search(client, urlencode({"text": text})).content.decode()
    assert f'{before} class="mark-word"{word}' in html.replace(" again", "")


def test_how_many_rows_an_unknown_date_left_out_is_told(client, claims):
    page = search(client, "published_from=2031&kind=count")
    assert "1 more would fit, but the day of publication is not known." in words(page)
    assert "would fit" not in words(search(client, "kind=count"))


def test_the_count_stops_at_the_cap_until_all_are_asked_for(client, claims, monkeypatch):
    monkeypatch.setattr("claims.filters.paging.COUNTED", 2)
    monkeypatch.setattr("claims.filters.base.COUNTED", 2)
    page = search(client, "page_size=3")
    assert "2+ claims count them all" in words(page)
    exact = re.search(r'href="([^"]+)"[^>]*>count them all', page.content.decode())
    assert exact[1] == "/claims?page_size=3&amp;count=exact"
    assert "4 claims" in words(search(client, "count=exact"))


def test_a_list_is_walked_to_its_end_and_back_to_the_beginning(client, claims):
    page = search(client, "page_size=3&ordering=oldest")
    assert page.context["first"] == ""
    following = client.get(page.context["next"])
    assert shown(page) == ["At least 1,200", "€412 million", "9 March 2031"]
    assert shown(following) == ["90"]
    assert following.context["next"] == ""
    assert following.context["first"] == "/claims?page_size=3&ordering=oldest"


@pytest.mark.parametrize(
    "question",
    ["", "&ordering=published", "&kind=count&ordering=-value", "&text=came&ordering=relevance"],
)
def test_a_page_leads_back_to_the_one_before(client, question):
    for number in "abcde":
        make.accepted(make.article(f"Pier {number}\n\nThey came in 3 boats.\n"), "3 boats")
    first = search(client, f"page_size=2{question}")
    assert 'rel="prev"' not in first.content.decode()
    second = client.get(first.context["next"])
    third = client.get(second.context["next"])
    back = rel_prev(client, third)
    assert shown_ids(back) == shown_ids(second)
    assert shown_ids(rel_prev(client, back)) == shown_ids(first)
    assert 'rel="prev"' not in rel_prev(client, back).content.decode()


def test_where_nothing_is_left_before_a_page_the_list_begins(client):
    for number in "abcde":
        make.accepted(make.article(f"Pier {number}\n\nThey came in 3 boats.\n"), "3 boats")
    first = search(client, "page_size=2")
    second = client.get(first.context["next"])
    Claim.objects.filter(uid__in=shown_ids(first)).update(is_public=False)
    begin = rel_prev(client, second)
    assert shown_ids(begin) == shown_ids(second)
    assert (begin.context["first"], begin.context["previous"]) == ("", "")


def rel_prev(client, page):
    """Return the page that one names as the previous one."""
    (address,) = re.findall(
        r'<a rel="prev" href="([^"]+)">Previous page</a>', page.content.decode()
    )
    return client.get(html.unescape(address))


def shown_ids(page):
    return [row["uid"] for row in page.context["claims"]]


def test_chips_name_what_is_asked_and_take_it_out(client, claims):
    ortiz = Speaker.objects.get()
    article = Article.objects.exclude(published="").get()
    question = f"text=came&kind=count&speaker={ortiz.uid}&article={article.uid}"
    page = search(client, f"{question}&topic=on-record:transport")
    chips = {chip.name: (chip.value, chip.address) for chip in page.context["chips"]}
    assert [chip.name for chip in page.context["chips"]] == [
        *("Words", "Kind", "Topic", "Voice", "Article"),
    ]
    assert chips["Voice"][0] == "Lena Ortiz"
    assert chips["Topic"] == ("Transport", f"/claims?{question}")
    assert chips["Article"][0] == "Counts"
    for _, address in chips.values():
        assert client.get(address).status_code == 200


def test_a_merged_uid_is_named_by_the_voice_it_stands_for(client, claims):
    ortiz = Speaker.objects.get()
    other = make.speaker("L. Ortiz", privacy=Speaker.Privacy.PUBLIC)
    make.same(ortiz, other)
    page = search(client, f"said_by={other.uid}")
    assert [chip.value for chip in page.context["chips"]] == ["Lena Ortiz"]
    assert shown(page) == ["At least 1,200"]


def facet(page, name):
    """Return the values of a facet on a page by their labels."""
    (found,) = [one for one in page.context["facets"]["shown"] if one["name"] == name]
    return {value["label"]: value for value in found["values"]}


@pytest.mark.parametrize("name", ["kind", "unit", "topic", "speaker", "outlet", "year", "voice"])
def test_a_facet_narrows_the_answer_and_its_link_takes_it_off_again(client, claims, name):
    page = search(client, "ordering=oldest")
    value = next(iter(facet(page, name).values()))
    narrowed = client.get(value["address"])
    assert len(shown(narrowed)) == int(value["count"])
    again = facet(narrowed, name)[value["label"]]
    assert again["on"]
    assert again["address"] == "/claims?ordering=oldest"


def test_other_forms_of_the_answer_ask_the_same(client, claims):
    page = search(client, "kind=count&ordering=value&page_size=1")
    links = {name: address for address, name in page.context["links"]}
    assert links["API"] == "/api/v1/claims?kind=count"
    assert links["Atom feed"] == "/claims.atom?kind=count"
    for address in links.values():
        assert address.endswith("?kind=count")
        assert client.get(address).status_code == 200


def test_the_form_keeps_what_it_has_no_field_for(client, claims):
    page = search(client, "topic=on-record:transport&unit=EUR&unit=km&kind=count&kind=money")
    html = page.content.decode()
    assert '<input type="hidden" name="topic" value="on-record:transport">' in html
    assert '<input type="hidden" name="unit" value="EUR">' in html
    assert re.search(r'name="unit" value="km"', html)
    assert html.count("checked") == 2


def test_an_empty_answer_says_what_may_help(client, claims):
    page = search(client, "text=zeppelin&kind=count")
    assert "0 claims" in words(page)
    assert "use fewer words" in words(page)
    assert "No claim matches" in words(page)


def test_an_empty_database_says_so(client):
    page = search(client)
    assert page.status_code == 200
    assert "There is no public claim yet." in words(page)


def test_researchers_may_ask_for_machine_readings_each_marked_so(client, claims):
    assert 'name="status"' not in search(client).content.decode()
    client.force_login(make.user())
    assert "machine reading, unverified" in words(search(client))  # the choice in the form
    page = search(client, "status=proposed")
    assert shown(page) == ["€7 million"]
    assert page.content.decode().count('class="label proposed">machine reading, unverified') == 1
    assert "were checked by nobody" in words(page)
    assert "€7 million" not in shown(search(client))
    assert "Readings are checked by editors" in words(search(client))


def test_the_order_on_the_page_is_one_of_the_list(client):
    usual, *others = ORDERINGS
    assert usual == ""
    assert {"newest", *others} == set(paging.orderings(Claim))


def test_the_page_takes_as_many_statements_however_many_rows(client, claims):
    with CaptureQueriesContext(connection) as few:
        search(client, "page_size=2")
    for n in range(10):
        article = make.article(f"More {n}.\n", outlet=make.outlet(f"Outlet {n}"))
        voice = make.attribution(article, make.speaker(f"Speaker {n}"), cue="More")
        more = make.accepted(article, f"More {n}", voices=[voice], voice_status="confirmed")
        make.tag(more, make.topic(f"topic{n}"))
    with CaptureQueriesContext(connection) as many:
        search(client, "page_size=2")
    assert len(many) == len(few) == 7  # ids, rows, count, facets and their three kinds of names


def test_an_outlets_words_are_not_shown_against_its_policy(client):
    mute = make.outlet("Mute", text_policy=Outlet.TextPolicy.NONE)
    make.accepted(make.article("Head\n\nPlantedword 17 came.\n", outlet=mute), "17", value="17")
    page = search(client)
    assert "Plantedword" not in words(page)
    assert "The outlet's words are not shown here." in words(page).replace("&#x27;", "'")
    assert "0 claims" in words(search(client, "text=plantedword"))


def test_whatever_an_address_holds_is_escaped(client):
    evil = '"><img src=x onerror=alert(1)>'
    html = search(client, urlencode({"text": evil, "unit": evil})).content.decode()
    assert evil not in html
    assert escape(evil) in html


def test_addresses_leave_out_what_only_leafs_through_the_list():
    asked = Asked(QueryDict("kind=count&cursor=abc&ordering=oldest"), beside=paging.PARAMETERS)
    assert asked.address("search") == "/claims?kind=count"
    assert asked.address("search", whole=True) == "/claims?kind=count&ordering=oldest"
    assert asked.file("csv") == "/api/v1/claims.csv?kind=count"
    assert not asked.bare
    assert Asked(QueryDict("cursor=abc"), beside=paging.PARAMETERS).bare
