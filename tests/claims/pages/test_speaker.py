"""The page of a speaker: names, roles, figures over time, who cites whom."""

import re

import pytest

from claims.models import Speaker
from tests.claims import make
from tests.claims.pages.rows import SHOWN, spoken, words

pytestmark = pytest.mark.django_db


def test_a_speakers_page_shows_names_roles_and_who_cites_whom(client):
    claim = spoken()
    lena = claim.speaker
    lena.aliases.create(form="L. M. Ortiz")
    lena.roles.create(title="harbour master", held="2028/..", evidence="Port minutes")
    lena.roles.create(title="Plantedrole", origin="machine")
    page = words(client.get(f"/speakers/{lena.uid}"))
    assert "Also written “L. M. Ortiz”" in page
    assert "harbour master (2028 or later) Port minutes" in page
    assert "Plantedrole" not in page
    assert "Cites Saltmere Harbour Office in 1 claim" in page
    office = Speaker.objects.get(name="Saltmere Harbour Office")
    assert "Cited by Lena Ortiz in 1 claim" in words(client.get(f"/speakers/{office.uid}"))


def test_figures_over_time_are_drawn_and_listed(client):
    for number, year in enumerate(("2029", "2030", "2031")):
        spoken(published=f"{year}-05-01", value=str(3_000_000 + number))
    page = client.get(f"/speakers/{Speaker.objects.get(name='Lena Ortiz').uid}").content.decode()
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert len(re.findall("<circle", svg)) == 3
    assert "<title id=" in svg
    assert "<desc id=" in svg
    assert "style=" not in page
    table = page[page.index('class="figures"') :].partition("</table>")[0]
    assert re.findall(r">([0-9,]+)</a>", table) == ["3,000,000", "3,000,001", "3,000,002"]


def test_an_editor_of_the_address_may_choose_the_series_and_no_other(client):
    for year in ("2029", "2030"):
        spoken(published=f"{year}-05-01")
        spoken(published=f"{year}-06-01", concept="riders")
    lena = Speaker.objects.get(name="Lena Ortiz")
    page = client.get(f"/speakers/{lena.uid}").content.decode()
    keys = re.findall(r"\?figure=([0-9a-f]+)", page)
    assert len(keys) == 2
    for key in keys:
        assert client.get(f"/speakers/{lena.uid}?figure={key}").status_code == 200
    assert client.get(f"/speakers/{lena.uid}?figure=0000").status_code == 400


def test_a_private_person_and_nobody_are_answered_alike(readers):
    claim = spoken()
    Speaker.objects.filter(pk=claim.speaker_id).update(privacy="private", is_public=False)
    for name in ("everybody", "researcher"):
        one = readers[name].get(f"/speakers/{claim.speaker.uid}")
        other = readers[name].get("/speakers/000000000000")
        assert (one.status_code, one.content) == (other.status_code, other.content)
        assert one.status_code == 404
    assert readers["editor"].get(f"/speakers/{claim.speaker.uid}").status_code == 200
    office = Speaker.objects.get(name="Saltmere Harbour Office")
    page = words(readers["everybody"].get(f"/speakers/{office.uid}"))
    assert "Cited by 1 voice without a page" in page


def test_a_merged_speaker_leads_to_the_one_that_stands_for_it(client):
    claim = spoken()
    other = make.speaker("L. Ortiz", article=claim.article, privacy="public")
    make.same(claim.speaker, other)
    answer = client.get(f"/speakers/{other.uid}")
    assert answer.status_code == 301  # nobody heard it, but everybody knows whose row it is now
    make.claim(
        claim.article,
        "2030",
        kind="date",
        edtf="2030",
        **SHOWN,
        voices=[make.attribution(claim.article, other, source="Lena Ortiz")],
    )
    answer = client.get(f"/speakers/{other.uid}")
    assert (answer.status_code, answer["Location"]) == (301, f"/speakers/{claim.speaker.uid}")


BOUNDS = [
    # finding, what is drawn, whether it is hollow
    ({"value": "3740000"}, "point", False),
    ({"value": "3740000", "comparator": "~"}, "point", True),
    ({"value": "3740000", "comparator": ">="}, "above", False),
    ({"value": "3740000", "comparator": "<"}, "below", False),
    ({"value": "3740000", "comparator": "~<"}, "below", True),
    ({"value": None, "low": "100", "vague": True}, "above", True),
    ({"value": None, "high": "4000000"}, "below", False),
    ({"value": None, "low": "3700000", "high": "3800000"}, "range", False),
]


@pytest.mark.parametrize(("finding", "kind", "rough"), BOUNDS)
def test_open_bounds_are_arrows_and_what_is_rough_is_hollow(client, finding, kind, rough):
    spoken(published="2029-01-01", value="3000000")
    claim = spoken(published="2030-01-01", **finding)
    page = client.get(f"/speakers/{claim.speaker.uid}").content.decode()
    drawn = re.findall(r'class="figure (\w+)( rough)?"', page)
    assert drawn == [("point", ""), (kind, " rough" if rough else "")]


def test_a_figure_without_a_date_is_in_the_table_only(client):
    for day in ("2029-01-01", "2030-01-01", ""):
        claim = spoken(published=day)
    page = words(client.get(f"/speakers/{claim.speaker.uid}"))
    assert "1 without a date of publication is in the table only" in page
    assert "not known 3,740,000" in page


def test_a_voice_of_one_article_says_so(client):
    claim = spoken()
    some = make.speaker("some experts", kind="group", article=claim.article)
    voice = make.attribution(claim.article, some, source="The harbour office", cue="counted")
    make.claim(claim.article, "2030", kind="date", edtf="2030", voices=[voice], **SHOWN)
    page = words(client.get(f"/speakers/{some.uid}"))
    assert "A voice of one article only: Ferry counts rise at Saltmere" in page
