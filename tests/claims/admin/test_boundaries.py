"""The pages on which editors put boundaries right and let later versions take their place."""

import re

import pytest
from django.urls import reverse

from claims.curation import review
from claims.ingest import Options, import_bytes
from claims.models import Article, Claim, SourceFile
from claims.runs import run_engine
from tests.claims import make

pytestmark = pytest.mark.django_db

FIRST = "The harbour office counted 40 ferries and 300 crews on the piers of the city in 2030.\n"
SECOND = "The choir of Saltmere sang 12 songs for the 80 pilots who had come to the town hall.\n"
HEADLINE = "Ferry counts rise at Saltmere\n\n"


@pytest.fixture
def desk(client):
    client.force_login(make.editor())
    return client


@pytest.fixture
def article():
    import_bytes((HEADLINE + FIRST + SECOND).encode(), "file.txt", Options())
    list(run_engine(Article.objects.all()))
    return Article.objects.get()


def address(name, article):
    return reverse(f"admin:claims_article_{name}", args=[article.pk])


def hidden(page, name):
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def choices(page):
    """Return what is chosen on the page for each line."""
    found = {}
    for name, options in re.findall(r'<select name="(line-\d+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def say(response):
    return [str(message) for message in response.context["messages"]]


def test_an_article_is_split_by_choosing_lines(desk, article):
    review.accept(Claim.objects.filter(surface="12"), actor=make.editor())
    page = desk.get(address("boundaries", article)).content.decode()
    chosen = choices(page)
    assert list(chosen.values()) == [str(article.pk)] * 3
    last = list(chosen)[-1]
    data = chosen | {last: "A", "version": hidden(page, "version")}
    shown = desk.post(address("boundaries", article), data).content.decode()
    assert "Takes apart" in shown
    assert re.search(r"6 claims, 1 with rulings|[0-9]+ claims, 1 with rulings", shown)
    assert Article.objects.count() == 1
    done = desk.post(
        address("boundaries", article),
        choices(shown) | {"version": hidden(shown, "version"), "confirmed": "yes"},
        follow=True,
    )
    assert "2 articles made" in say(done)[0]
    assert Article.objects.filter(superseded=False).count() == 2
    assert Claim.objects.current().get(surface="12").status == "accepted"
    old = desk.get(reverse("admin:claims_article_change", args=[article.pk])).content.decode()
    assert "Other articles hold its words now" in old
    assert "Boundaries" not in old


def test_a_line_is_cut_before_words(desk):
    import_bytes((HEADLINE + FIRST.strip() + " " + SECOND).encode(), "file.txt", Options())
    article = Article.objects.get()
    page = desk.get(address("boundaries", article), {"before": "The choir"}).content.decode()
    assert len(choices(page)) == 3
    assert hidden(page, "cut") == [str((HEADLINE + FIRST).__len__())] * 2
    twice = desk.get(address("boundaries", article), {"before": "The"})
    assert "does not stand exactly once" in say(twice)[0]


def test_a_line_may_be_left_out(desk, article):
    page = desk.get(address("boundaries", article)).content.decode()
    chosen = choices(page)
    chosen[list(chosen)[-1]] = ""
    data = chosen | {"version": hidden(page, "version"), "confirmed": "yes"}
    desk.post(address("boundaries", article), data)
    (left,) = Article.objects.filter(superseded=False)
    assert left.body.text == (HEADLINE + FIRST).strip()


def test_a_stale_page_and_one_without_a_change_do_nothing(desk, article):
    page = desk.get(address("boundaries", article)).content.decode()
    chosen = choices(page)
    same = desk.post(address("boundaries", article), chosen)
    assert say(same) == ["lines: each is in the article it was in. Nothing was changed."]
    data = chosen | {list(chosen)[-1]: "A", "version": f"{article.pk}:99", "confirmed": "yes"}
    stale = desk.post(address("boundaries", article), data)
    assert "changed by somebody else" in say(stale)[0]
    assert Article.objects.count() == 1


def test_neighbours_are_shown_and_lines_move_to_them(desk):
    words = (HEADLINE + FIRST + "\n") + ("Choir sings for the pilots of Oss\n\n" + SECOND)
    import_bytes(words.encode(), "file.txt", Options())
    ferry, choir = Article.objects.order_by("pk")
    page = desk.get(address("boundaries", ferry)).content.decode()
    chosen = choices(page)
    assert set(chosen.values()) == {str(ferry.pk), str(choir.pk)}
    joined = dict.fromkeys(chosen, str(ferry.pk))
    data = joined | {"version": hidden(page, "version"), "confirmed": "yes"}
    desk.post(address("boundaries", ferry), data)
    (left,) = Article.objects.filter(superseded=False)
    assert "sang 12 songs" in left.body.text


def test_long_articles_are_left_to_a_worker(desk, article, monkeypatch):
    monkeypatch.setattr("claims.admin.boundaries._HELP", 0)
    page = desk.get(address("boundaries", article)).content.decode()
    chosen = choices(page)
    data = chosen | {list(chosen)[-1]: "A", "version": hidden(page, "version"), "confirmed": "yes"}
    done = desk.post(address("boundaries", article), data, follow=True)
    assert any("Reading goes on" in message for message in say(done))


def test_too_many_lines_are_refused(desk, article, monkeypatch):
    monkeypatch.setattr("claims.admin.boundaries._MOST_LINES", 2)
    assert "at most 2 are shown" in say(desk.get(address("boundaries", article)))[0]


def test_a_later_version_is_compared_and_takes_the_place(desk, article):
    later = make.article(HEADLINE + FIRST.replace("40", "41") + SECOND)
    review.accept(Claim.objects.filter(surface__in=["40", "12"]), actor=make.editor())
    page = desk.get(address("later", article)).content.decode()
    assert later.uid in page
    wrong = desk.post(address("later", article), {"later": article.uid}).content.decode()
    assert "There is no other article with the uid" in wrong
    shown = desk.post(address("later", article), {"later": later.uid}).content.decode()
    assert "<del>" in shown
    assert "41 ferries" in shown
    data = {"later": later.uid, "version": hidden(shown, "version"), "confirmed": "yes"}
    done = desk.post(address("later", article), data, follow=True)
    assert [message.split(":")[0] for message in say(done)] == [
        "The later version stands now",
        "1 claims with rulings found no place there",
    ]
    assert Claim.objects.current().get(surface="12").status == "accepted"
    assert desk.get(address("later", article)).status_code == 404


def test_a_version_changed_meanwhile_does_not_take_the_place(desk, article):
    later = make.article(HEADLINE + SECOND)
    data = {"later": later.uid, "version": f"{later.pk}:9", "confirmed": "yes"}
    assert "changed by somebody else" in say(desk.post(address("later", article), data))[0]
    assert not Article.objects.filter(superseded=True).exists()


@pytest.mark.parametrize("name", ["boundaries", "later"])
def test_who_may_not_change_articles_may_not_come_here(client, article, name):
    client.force_login(make.user("visitor", is_staff=True))
    assert client.get(address(name, article)).status_code == 403


def test_an_article_in_no_file_has_no_boundaries(desk):
    assert desk.get(address("boundaries", make.article())).status_code == 404
    assert SourceFile.objects.count() == 0
