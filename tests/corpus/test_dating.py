"""When an article was published and when its events took place, and what proves it."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.dating import EVENTS, Published, events, from_given, published
from corpus.lexicon import load
from corpus.quantities import Found, read
from corpus.readers import decode
from corpus.readers import read as read_file
from corpus.sentences import sentences
from corpus.split import FoundArticle, as_article, split

ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "seeds"
HEAD = "Ferry leaves the pier at dawn"
BODY = "The ferry left the pier, and nobody on the quay could say where it was bound."


def reading(text: str) -> tuple[FoundArticle, Found]:
    (article,) = split(text).articles
    return article, read(article.text, sentences(article.text, article.parts))


def dated(text: str, **known: str) -> Published:
    article, found = reading(text)
    return published(article.text, article.parts, found, **known)


@pytest.mark.parametrize(
    ("above", "known", "edtf", "conflicts"),
    [
        # an address, or a printed line, that says another day than the best source
        ("", {"given": "2031-05-10", "url": "https://x.test/2031/05/06/a"}, "2031-05-10",
         ("2031-05-06",)),
        ("Published 8 May 2031\n\n", {"url": "https://x.test/2030/05/08/a"}, "2031-05-08",
         ("2030-05-08",)),
        ("Published 8 May 2031\n\n", {"given": "2031-06-08"}, "2031-06-08", ("2031-05-08",)),
        # the day before or after, the month alone, an open interval: no conflict
        ("Published 8 May 2031\n\n", {"url": "https://x.test/2031/05/09/a"}, "2031-05-08", ()),
        ("Published 8 May 2031\n\n", {"url": "https://x.test/2031/05/a"}, "2031-05-08", ()),
        ("Last updated: 9 May 2031\n\n", {"given": "2031-05-01"}, "2031-05-01", ()),
        ("Last updated: 9 May 2031\n\n", {"given": "2031-06-01"}, "2031-06-01",
         ("../2031-05-09",)),
        ("", {"given": "-0043/2031-05-10", "url": "https://x.test/2031/05/06/a"},
         "-0043/2031-05-10", ()),
        ("", {"given": "-0043", "url": "https://x.test/2031/05/06/a"}, "-0043", ("2031-05-06",)),
    ],
)  # fmt: skip
def test_sources_that_contradict_each_other_are_told(
    above: str, known: dict[str, str], edtf: str, conflicts: tuple[str, ...]
) -> None:
    answer = dated(f"{HEAD}\n\n{above}{BODY}", **known)
    assert (answer.edtf, answer.conflicts) == (edtf, conflicts)


PRINTED = [
    # lines above and below the body, EDTF, basis, evidence
    ("2031-05-06 17:40 Last Updated At:19:05", "2031-05-06", "metadata", "2031-05-06 17:40"),
    ("Tuesday 13 May 2031, 22:41", "2031-05-13", "metadata", "Tuesday 13 May 2031"),
    ("Published 8 May 2031, 06:30 | Updated 9 May 2031", "2031-05-08", "metadata", "8 May 2031"),
    ("Last updated: 9 May 2031", "../2031-05-09", "metadata", "9 May 2031"),
    ("Updated 9 May 2031\n\nPosted May 8, 2031", "2031-05-08", "metadata", "May 8, 2031"),
    ("Updated 9 May 2031\n\nUpdated 10 May 2031", "../2031-05-09", "metadata", "9 May 2031"),
    ("From the issue dated 10 May 2031", "2031-05-10", "metadata", "10 May 2031"),
    ("05/06/2031", None, "none", None),
    ("31 June 2031", None, "none", None),
    ("6 May, 17:40", None, "none", None),
]


@pytest.mark.parametrize(("line", "edtf", "basis", "evidence"), PRINTED)
def test_a_printed_date_dates_the_article(
    line: str, edtf: str | None, basis: str, evidence: str | None
) -> None:
    article, found = reading(f"{HEAD}\n\n{line}\n\n{BODY}")
    answer = published(article.text, article.parts, found)
    assert (answer.edtf, answer.basis) == (edtf, basis)
    words = answer.evidence.cut(article.text) if answer.evidence else ""
    assert words.startswith(evidence or "")
    assert bool(words) == bool(evidence)


def test_a_date_between_paragraphs_is_not_the_articles() -> None:
    timeline = f"{HEAD}\n\n{BODY}\n\n6 May 2031\n\n{BODY}\n\n7 May 2031\n\n{BODY}"
    assert dated(timeline) == Published()
    assert dated(f"{timeline}\n\nPublished 9 May 2031").edtf == "2031-05-09"


DATELINES = [
    ("SALTMERE, May 12, 2031 (Harbour Wire) -- ", "2031-05-12", "dateline"),
    ("SALTMERE, 9 May 2031 — ", "2031-05-09", "dateline"),
    ("SALTMERE, May 12 (Harbour Wire) -- ", None, "none"),
    ("SALTMERE — ", None, "none"),
    ("On May 12, 2031 ", None, "none"),
]


@pytest.mark.parametrize(("words", "edtf", "basis"), DATELINES)
def test_a_dateline_with_its_year_dates_the_article(
    words: str, edtf: str | None, basis: str
) -> None:
    answer = dated(f"{HEAD}\n\n{words}{BODY}")
    assert (answer.edtf, answer.basis) == (edtf, basis)


ADDRESSES = [
    ("https://wire.example/2031/05/20/heart-ward", "2031-05-20"),
    ("https://wire.example/news/2031-05-20-heart.html", "2031-05-20"),
    ("https://wire.example/20310520/", "2031-05-20"),
    ("https://wire.example/2031/05/heart-ward", "2031-05"),
    ("https://wire.example/2031/02/31/2031/03/02", "2031-03-02"),
    ("https://wire.example/2031/13/20/heart", None),
    ("https://wire.example/story-20310520123/", None),
    ("https://wire.example/heart-ward-2031", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "edtf"), ADDRESSES)
def test_an_address_may_hold_the_date(url: str, edtf: str | None) -> None:
    answer = dated(f"{HEAD}\n\n{BODY}", url=url)
    assert (answer.edtf, answer.basis) == (edtf, "url" if edtf else "none")


def test_what_is_given_wins_then_metadata_then_dateline_then_address() -> None:
    line, dateline, url = "9 May 2031", "SALTMERE, 8 May 2031 — ", "https://w.example/2031/05/07/"
    whole = f"{HEAD}\n\n{line}\n\n{dateline}{BODY}"
    assert dated(whole, given="2031-05-10", url=url).basis == "given"
    assert dated(whole, url=url).edtf == "2031-05-09"
    assert dated(f"{HEAD}\n\n{dateline}{BODY}", url=url).edtf == "2031-05-08"


GIVEN = [
    ("2031-05-06", "2031-05-06", 20310506, 20310506),
    ("2031-05-06T17:40:00+02:00", "2031-05-06", 20310506, 20310506),
    (" 2031-05-06 17:40Z", "2031-05-06", 20310506, 20310506),
    ("2031-05", "2031-05", 20310501, 20310531),
    ("2025-07-07/..", "2025-07-07/..", 20250707, None),
]


@pytest.mark.parametrize(("given", "edtf", "earliest", "latest"), GIVEN)
def test_a_given_date_is_edtf_or_an_iso_time(
    given: str, edtf: str, earliest: int, latest: int | None
) -> None:
    answer = from_given(given)
    assert (answer.edtf, answer.earliest, answer.latest) == (edtf, earliest, latest)
    assert answer.interval is not None
    assert (answer.interval.earliest, answer.interval.latest) == (earliest, latest)


@pytest.mark.parametrize("given", ["yesterday", "06/05/2031", "2031-02-30", "2031-13-01T10:00", ""])
def test_another_given_date_is_refused_by_name(given: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|no day|no month"):
        from_given(given)


INFERRED = [
    # body, EDTF of publication, evidence
    ("The hall showed the film on Monday, the 88th anniversary of the July 7 Incident, it said.",
     "2025-07-07/..", "Monday, the 88th anniversary of the July 7 Incident"),
    ("It was shown on Monday, which was the 88th anniversary of the Marco Polo Bridge Incident.",
     "2025-07-07/..", "Monday, which was the 88th anniversary of the Marco Polo Bridge Incident"),
    ("The hall marked the 80th anniversary of the liberation of Auschwitz on Monday with a film.",
     "2025-01-27/..", "80th anniversary of the liberation of Auschwitz on Monday"),
    ("On Thursday, 15 May 2031, the lamp at the point reached a great age, and rain fell.",
     "2031-05-15/..", "Thursday, 15 May 2031"),
    ("The film was shown on Thursday 15 May 2031. It was gone on Friday 16 May 2031.",
     "2031-05-16/..", "Friday 16 May 2031"),
    # of another weekday, planned, unknown, or not said to be the day
    ("It was shown on Friday, the 88th anniversary of the July 7 Incident, it said.", None, ""),
    ("The film will be shown on Monday, the 88th anniversary of the July 7 Incident.", None, ""),
    ("The film was shown on Monday, the 88th anniversary of the old ferry's sinking.", None, ""),
    ("It was shown on Monday, weeks before the 88th anniversary of the July 7 Incident.", None, ""),
    ("The film was shown on Monday, the second anniversary of the July 7 Incident.", None, ""),
    ("The film was shown in Orla, the 88th anniversary of the July 7 Incident.", None, ""),
    ("The lamp will be lit on Thursday, 15 May 2031, and rain will fall on the point.", None, ""),
    ("The lamp was lit on Friday, 15 May 2031, and rain fell on the point all night.", None, ""),
    ("The lamp was lit on Thursday and on 15 May 2031, and rain fell all night.", None, ""),
    ("The lamp was lit on Thursday, May 15, and rain fell on the point all night.", None, ""),
    ("Keepers were born on 15 May 1913, and the 13th forum has met since 2012.", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "edtf", "evidence"), INFERRED)
def test_a_date_is_inferred_only_from_proof(body: str, edtf: str | None, evidence: str) -> None:
    answer = dated(f"{HEAD}\n\n{body}")
    assert (answer.edtf, answer.basis) == (edtf, "inferred" if edtf else "none")
    if answer.evidence:
        assert answer.evidence.cut(f"{HEAD}\n\n{body}") == evidence


CLOSING = "Its service will end on Tuesday, which is the 28th anniversary of Hong Kong's return."
EVENT_DAYS = [
    # headline, body, the expressions bound to the event's day
    ("Harbour radio ends its service on July 1",
     f"Harbour radio will end its service from Tuesday. {CLOSING}",
     ["July 1", "Tuesday", "Tuesday"]),
    (HEAD, CLOSING, ["Tuesday"]),
    (HEAD, f"It will close on Tuesday. It did so last Tuesday. On Friday it failed. {CLOSING}",
     ["Tuesday", "Tuesday"]),
    (HEAD, f"It closed on July 1, 2019, and July 2 to 3, and will on July 2. {CLOSING}",
     ["Tuesday"]),
    (HEAD, "It will end on Tuesday, a day before the 28th anniversary of Hong Kong's return.",
     []),
]  # fmt: skip


@pytest.mark.parametrize(("headline", "body", "bound"), EVENT_DAYS)
def test_an_anniversary_dates_the_event_and_not_the_article(
    headline: str, body: str, bound: list[str]
) -> None:
    article, found = reading(f"{headline}\n\n{body}")
    known = published(article.text, article.parts, found)
    days = events(article.text, found, known)
    assert known == Published()
    assert known.interval is None
    assert [span.cut(article.text) for span in sorted(days)] == bound
    assert {day.edtf for day in days.values()} <= {"2025-07-01"}


def test_with_the_articles_day_known_only_the_anniversary_itself_is_bound() -> None:
    article, found = reading(f"{HEAD}\n\nIt will close on Tuesday and then rest. {CLOSING}")
    days = events(article.text, found, from_given("2025-06-20"))
    (span,) = days
    assert span.start > article.text.index("rest")


def test_the_name_of_an_incident_is_no_event_day() -> None:
    article, found = reading(f"{HEAD}\n\n{INFERRED[0][0]}")
    days = events(article.text, found, Published())
    assert [span.cut(article.text) for span in days] == ["Monday"]


def test_every_anniversary_has_a_source_and_a_day() -> None:
    table = load("anniversaries")["event"]
    assert all(event["source"] and date.fromisoformat(event["date"]) for event in table)
    assert len(EVENTS) == sum(len(event["names"]) for event in table)


# The visit "earlier this month" is the one "from April 14 to 15": nobody but a reader knows.
BEYOND = {("retold_2.toml", 9)}


def gold() -> Iterator[Any]:
    for path in sorted((ROOT / "corpus" / "gold").glob("*.toml")):
        marked = tomllib.loads(path.read_text(encoding="utf-8"))
        for at, article in enumerate(marked["article"]):
            gap = pytest.mark.xfail(strict=True) if (path.name, at) in BEYOND else ()
            given = (marked["file"], at, article["published"], article["published_basis"])
            yield pytest.param(*given, marks=gap, id=f"{path.stem}-{at}")


@pytest.mark.parametrize(("name", "at", "edtf", "basis"), list(gold()))
def test_the_sample_texts_are_dated_as_marked(name: str, at: int, edtf: str, basis: str) -> None:
    source = read_file((ROOT / "seeds" / name).read_bytes(), name)
    if source.text:
        article, given = split(source.text).articles[at], None
    else:
        article, given = as_article(source.records[at]), source.records[at].meta["published"]
    found = read(article.text, sentences(article.text, article.parts))
    answer = published(article.text, article.parts, found, given)
    assert (answer.edtf or "", answer.basis) == (edtf, "given" if given else basis)


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw sample files are not beside the project")
def test_the_raw_sample_articles_are_dated_as_far_as_they_can_be() -> None:
    answers = []
    for path in sorted(RAW.glob("*.txt")):
        for article in split(decode(path.read_bytes()).text).articles:
            found = read(article.text, sentences(article.text, article.parts))
            known = published(article.text, article.parts, found)
            days = events(article.text, found, known)
            answers.append((known.edtf, sorted(day.edtf for day in days.values())))
            if known.evidence:
                assert known.evidence.end <= len(article.text)
    unknown: tuple[str | None, list[str]] = (None, [])
    assert answers == [
        ("2024-07-04", []),
        unknown,
        ("2025-07-07/..", ["2025-07-07"] * 3),
        (None, ["2025-07-01"] * 3),
        *[unknown] * 8,
    ]
