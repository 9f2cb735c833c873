"""Where the articles of a file begin and end, and why every other line is in none."""

import tomllib
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import Record, decode, read
from corpus.spans import Span
from corpus.split import FoundArticle, Layout, as_article, split

ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "seeds"

LONG = "The ferry left the pier at dawn, and nobody on the quay could say where it was bound."
MORE = "Its captain told the harbour office nothing, and the harbour office asked for nothing."
THIRD = "A pilot said later that he had seen its lamps go out one by one beyond the lighthouse."
HEAD = "Ferry leaves the pier at dawn"
NEXT = "Council votes for a longer pier"

# Lines joined by blank lines ("\n" at the end of one: none after it), then what is expected: for
# each article its headline and the first word of its body and the last, and the reasons of ranges.
FILES = [
    # one article
    ([LONG, MORE], [("", "The", "nothing.")], []),
    ([HEAD, LONG, MORE], [(HEAD, "The", "nothing.")], []),
    (["Ferry sinks", LONG], [("Ferry sinks", "The", "bound.")], []),
    ([HEAD, HEAD, LONG], [(HEAD, "The", "bound.")], ["repeated headline"]),
    ([LONG, MORE, HEAD], [(HEAD, "The", "nothing.")], []),
    ([LONG, MORE, HEAD, HEAD], [(HEAD, "The", "nothing.")], ["repeated headline"]),
    (["Ferry sinks, 40 saved"], [("", "Ferry", "saved")], []),
    (["Ferry sinks fast", "Ferry sinks fast", LONG], [("Ferry sinks fast", "The", "bound.")],
     ["repeated headline"]),
    # glued
    ([HEAD, LONG, NEXT, MORE], [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")], []),
    ([HEAD + "\n", LONG + "\n", NEXT + "\n", MORE],
     [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")], []),
    ([LONG, NEXT, MORE], [("", "The", "bound."), (NEXT, "Its", "nothing.")], []),
    ([LONG, HEAD, MORE, NEXT], [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")], []),
    ([HEAD, LONG, HEAD, HEAD, MORE, NEXT, NEXT],
     [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")],
     ["repeated headline"] * 3),
    ([LONG, HEAD, HEAD, NEXT, NEXT, MORE],
     [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")], ["repeated headline"] * 2),
    ([HEAD, LONG, HEAD, MORE, HEAD], [(HEAD, "The", "nothing.")], ["repeated headline"] * 2),
    ([HEAD, LONG, HEAD, MORE, NEXT, THIRD, *["Pilot sees the lamps go out"] * 2],
     [(HEAD, "The", "bound."), (NEXT, "Its", "nothing."),
      ("Pilot sees the lamps go out", "A", "lighthouse.")], ["repeated headline"] * 2),
    ([HEAD, LONG, "Will the council pay for the pier?", MORE, NEXT, THIRD],
     [(HEAD, "The", "bound."), ("Will the council pay for the pier?", "Its", "nothing."),
      (NEXT, "A", "lighthouse.")], []),
    ([HEAD, LONG, "Pier closes", "By Ada Renner", MORE],
     [(HEAD, "The", "bound."), ("Pier closes", "Its", "nothing.")], []),
    ([HEAD, LONG, "‘Red’ pier: council says “no” again", MORE],
     [(HEAD, "The", "bound."), ("‘Red’ pier: council says “no” again", "Its", "nothing.")], []),
    # not headlines
    ([HEAD, LONG, "Will the council pay for the pier?", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "Nobody asks the pilots. Who will pay them?", MORE, NEXT, THIRD],
     [(HEAD, "The", "nothing."), (NEXT, "A", "lighthouse.")], []),
    ([HEAD, LONG, "Their pilots had trained in the U.S.", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "''We will not pay for this pier.''", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "What happens next", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "What happens next", MORE, NEXT, THIRD, "What happens next", LONG],
     [(HEAD, "The", "nothing."), (NEXT, "A", "bound.")], []),
    ([HEAD, LONG, "“We will not pay for this pier!”", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "It passed by 9 votes to 4.", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "- the pier and the old harbour wall", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "and nobody came to the old harbour", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "The winners this year are:", "Ada Renner of the Pilots' Choir", MORE],
     [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "Ada Renner for her new song", "Osric Thane for his old boat",
      "Dora Finch for her loud drums", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, "A second line that explains the first", LONG], [(HEAD, "A", "bound.")], []),
    ([HEAD, "Who paid for the longer pier?", LONG, "Why did the council agree to it?", MORE,
      "When will the pier be built?", THIRD], [(HEAD, "Who", "lighthouse.")], []),
    (["Ferry leaves the pier\n", "at dawn, says the crew\n", "and nobody knows why"],
     [("", "Ferry", "why")], []),
    ([LONG + "\n", "Ferry leaves the pier once more\n", "and then the captain said\n", MORE],
     [("", "The", "nothing.")], []),
    # transcripts
    ([HEAD, "Q: Who paid for the pier?", "A: Nobody did", "Q: And who built it?", "A: We did"],
     [(HEAD, "Q:", "did")], []),
    ([HEAD, "REITH: Who paid for the longer pier?", "RENNER: From which side of the purse",
      "REITH: Will you resign over it now?", "RENNER: From which of the two jobs"],
     [(HEAD, "REITH:", "jobs")], []),
    # scraped pages
    (["Skip to Content Share Image", HEAD, "China", HEAD + "\n", "China", LONG],
     [(HEAD, "The", "bound.")],
     ["navigation", "repeated headline", "section label"]),
    (["THE LANTERN\n", "NEWS", HEAD, LONG], [(HEAD, "The", "bound.")],
     ["masthead", "section label"]),
    (["The Lantern Weekly\n", "From the issue dated 10 May 2031", HEAD, LONG],
     [(HEAD, "The", "bound.")], ["masthead"]),
    (["Home > City > Harbour", HEAD, LONG, "Photo: The ferry, as it left", MORE],
     [(HEAD, "The", "nothing.")], ["navigation", "caption"]),
    ([HEAD, LONG, "The pier at dawn (Photo: Ada Renner/Wire)", "Advertisement", "Share", MORE],
     [(HEAD, "The", "nothing.")], ["caption", "advertisement", "sharing link"]),
    ([HEAD, LONG, "Recommended Articles", "What the fair means for parking", "Fog lifts"],
     [(HEAD, "The", "bound.")], ["list of other articles"] * 3),
    ([HEAD, LONG, "Recommended ArticlesWhat the fair means for parking"],
     [(HEAD, "The", "bound.")], ["list of other articles"] * 2),
    ([HEAD, LONG, "Recommended Articles" + NEXT, MORE, NEXT],
     [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")],
     ["list of other articles", "repeated headline"]),
    ([HEAD, LONG, "More from the Lantern", "Fog lifts over the old harbour",
      "Choir sings in the square today", NEXT, MORE],
     [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")], ["list of other articles"] * 3),
    ([HEAD, LONG, "Recommended Articles", "Fog lifts", NEXT, MORE],
     [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")], ["list of other articles"] * 2),
    ([HEAD, LONG, "Read more: Fog lifts over the old harbour", MORE],
     [(HEAD, "The", "nothing.")], ["list of other articles"]),
    ([HEAD, LONG, "More from the harbour office is expected on Monday.", MORE],
     [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "Sport", NEXT, MORE], [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")],
     ["section label"]),
    ([HEAD, LONG, "Night Desk", NEXT, MORE], [(HEAD, "The", "bound."), (NEXT, "Its", "nothing.")],
     ["section label"]),
    ([HEAD, HEAD, "Recommended Articles", "Fog lifts", LONG], [(HEAD, "The", "bound.")],
     ["repeated headline", "list of other articles", "list of other articles"]),
    ([HEAD, LONG, "Analysis", MORE], [(HEAD, "The", "nothing.")], []),
    ([HEAD, LONG, "Analysis", MORE, "Analysis", THIRD], [(HEAD, "The", "lighthouse.")],
     ["section label"] * 2),
    ([HEAD, LONG, NEXT, NEXT], [(HEAD, "The", "bound.")], ["list of other articles"] * 2),
    ([HEAD, LONG, "© 2031 The Lantern. All rights reserved.", "Editor on duty: Ada Renner"],
     [(HEAD, "The", "bound.")], ["copyright notice", "credit line"]),
    ([HEAD, "Compiled by the port, the list names 40 ships.", "Advertisement revenue fell by half.",
      "Copyright law was changed on Monday."], [(HEAD, "Compiled", "Monday.")], []),
    ([HEAD, LONG, "Reporting by Ada Renner in Orla; editing by Dora Finch.",
      "Edited by Ada Renner."], [(HEAD, "The", "bound.")], ["credit line"] * 2),
    (["Opinion", LONG], [("", "The", "bound.")], ["section label"]),
    # nothing to read
    ([], [], []),
    (["", "  ", "\xa0"], [], []),
    (["Share", "Recommended Articles"], [], ["sharing link", "list of other articles"]),
    (["6 May 2031"], [], ["no article beside it"]),
]  # fmt: skip


def joined(lines: list[str]) -> str:
    return "".join(line if line.endswith("\n") else f"{line}\n\n" for line in lines)


def body(article: FoundArticle) -> str:
    return " ".join(part.span.cut(article.text) for part in article.parts if part.role == "body")


@pytest.mark.parametrize(("lines", "articles", "reasons"), FILES)
def test_a_file_falls_into_its_articles(
    lines: list[str], articles: list[tuple[str, str, str]], reasons: list[str]
) -> None:
    layout = split(joined(lines))
    found = [(one.headline, body(one).split()[0], body(one).split()[-1]) for one in layout.articles]
    assert found == articles
    assert [one.reason for one in layout.ranges] == reasons


PARTS = [
    ([HEAD, "2031-05-06 17:40 Last Updated At:19:05", LONG], ["headline", "metadata", "body"]),
    (["18 May 2031 21:05 Updated At 21:50", HEAD, LONG], ["metadata", "headline", "body"]),
    ([HEAD, "Tuesday 13 May 2031, 22:41 | Last updated 23:10", LONG],
     ["headline", "metadata", "body"]),
    ([HEAD, "Published at 7.30 p.m.", LONG], ["headline", "metadata", "body"]),
    ([HEAD, "Broadcast 14 May 2031, 08:05.", LONG, "Last Updated: 15 May 2031"],
     ["headline", "metadata", "body", "metadata"]),
    ([HEAD, "By Ada Renner and Osric Thane, City Desk", LONG], ["headline", "byline", "body"]),
    ([HEAD, HEAD + "\n", "Essay", LONG], ["headline", "section", "body"]),
    ([HEAD, HEAD + "\n", "Night Desk", LONG, MORE], ["headline", "body"]),
    ([HEAD, "SALTMERE, May 6 (Wire) — " + LONG, MORE], ["headline", "dateline", "body"]),
    ([HEAD, LONG, "SALTMERE — " + MORE], ["headline", "body"]),
    ([LONG, HEAD], ["body", "headline"]),
    ([HEAD, LONG, "By Ada Renner", MORE], ["headline", "body", "byline", "body"]),
    # not dates of publication
    ([HEAD, "12.50", LONG], ["headline", "body"]),
    ([HEAD, "From 6 May 2031 for 9 days", LONG], ["headline", "body"]),
    ([HEAD, "The pier opens on 6 May 2031", LONG], ["headline", "body"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "roles"), PARTS)
def test_an_article_knows_its_parts(lines: list[str], roles: list[str]) -> None:
    (article,) = split(joined(lines)).articles
    assert [part.role for part in article.parts] == roles


DATELINES = [
    ("SALTMERE, May 12, 2031 (Harbour Wire) -- ", "SALTMERE, May 12, 2031 (Harbour Wire) --"),
    ("SALTMERE, 9 May 2031 — ", "SALTMERE, 9 May 2031 —"),
    ("PORT ORLA (HW) – ", "PORT ORLA (HW) –"),
    ("Saltmere, May 6 (Wire) — ", "Saltmere, May 6 (Wire) —"),
    ("KESTRIA CITY, Kestria, May 6 — ", "KESTRIA CITY, Kestria, May 6 —"),
    ("CANBERRA, Australia (AP)_ ", "CANBERRA, Australia (AP)_"),
    ("SALTMERE - ", "SALTMERE -"),
    ("Harbour officials — ", None),
    ("EU — ", None),
    ("SALTMERE: ", None),
    ("The Saltmere council, May 6 — ", None),
]


@pytest.mark.parametrize(("words", "dateline"), DATELINES)
def test_a_dateline_opens_the_body(words: str, dateline: str | None) -> None:
    (article,) = split(f"{HEAD}\n\n{words}{LONG}\n").articles
    found = [part.span.cut(article.text) for part in article.parts if part.role == "dateline"]
    assert found == ([dateline] if dateline else [])
    assert body(article) == (LONG if dateline else words + LONG)


def test_a_dateline_alone_is_body() -> None:
    (article,) = split("SALTMERE, May 6 (Wire) — \n").articles
    assert [part.role for part in article.parts] == ["body"]


def test_two_bylines_and_dates_go_to_the_articles_they_stand_with() -> None:
    text = joined(
        [HEAD, "6 May 2031", LONG, "7 May 2031", NEXT, "By Ada Renner", MORE, "8 May 2031"]
    )
    one, two = split(text).articles
    assert one.text == f"{HEAD}\n\n6 May 2031\n\n{LONG}"
    assert two.text == f"7 May 2031\n\n{NEXT}\n\nBy Ada Renner\n\n{MORE}\n\n8 May 2031"


def test_slices_cut_around_what_is_left_out_and_keep_lines_apart() -> None:
    text = f"{HEAD}\r\n\r\n{LONG}\r\n\r\nPhoto: The ferry\r\n\r\n{MORE}\xa0\r\n\r\n"
    (article,) = split(text).articles
    assert len(article.slices) == 2
    assert article.text == f"{HEAD}\r\n\r\n{LONG}\r\n\r\n{MORE}"


def test_a_byte_order_mark_is_a_range_and_in_no_article() -> None:
    layout = split(f"\ufeff{HEAD}\n\n{LONG}")
    assert [(one.span, one.reason) for one in layout.ranges] == [(Span(0, 1), "byte order mark")]
    assert layout.articles[0].headline == HEAD


def test_the_same_articles_in_another_order_are_the_same_texts() -> None:
    one, two = [HEAD, "6 May 2031", LONG], [NEXT, MORE, "Photo: The pier", THIRD]
    texts = {article.text for article in split(joined(one + two)).articles}
    assert texts == {article.text for article in split("\n\n" + joined(two + one)).articles}
    assert len(texts) == 2


RECORDS = [
    # text, headline given, roles
    (f"{HEAD}\n\n{LONG}", HEAD, ["headline", "body"]),
    (f"{HEAD.upper()}\n{LONG}\n", HEAD, ["headline", "body"]),
    (f"{LONG}\n\n{NEXT}\n\n{MORE}", HEAD, ["body"]),
    (f"\nBy Ada Renner\n\n6 May 2031\n\nSALTMERE — {LONG}", "",
     ["byline", "metadata", "dateline", "body"]),
    ("", HEAD, []),
    (" \n", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "headline", "roles"), RECORDS)
def test_a_record_is_one_article_and_stays_whole(
    text: str, headline: str, roles: list[str]
) -> None:
    article = as_article(Record(1, text, {"headline": headline} if headline else {}))
    assert "".join(span.cut(text) for span in article.slices) == article.text == text
    assert article.headline == headline
    assert [part.role for part in article.parts] == roles


def check(text: str, layout: Layout) -> None:
    """Assert that every letter is placed once, and texts are concatenations."""
    places = [0] * len(text)
    spans = [one for article in layout.articles for one in article.slices]
    for span in [*spans, *(one.span for one in layout.ranges)]:
        for place in range(span.start, span.end):
            places[place] += 1
    assert all(count == 1 for count, letter in zip(places, text, strict=True) if letter.strip())
    assert max(places, default=0) <= 1
    for article in layout.articles:
        assert article.text == "".join(one.cut(text) for one in article.slices)
        assert article.text == article.text.strip()
        assert any(part.role == "body" for part in article.parts)
        ends = [0, *(edge for part in article.parts for edge in (part.span.start, part.span.end))]
        assert ends == sorted(ends)
        held = {place for part in article.parts for place in range(part.span.start, part.span.end)}
        assert all(at in held for at, letter in enumerate(article.text) if letter.strip())


LINES = st.sampled_from([
    HEAD, NEXT, LONG, MORE, HEAD, "China", "Sport", "6 May 2031", "By Ada Renner", "Share",
    "Recommended Articles", "Recommended Articles" + NEXT, "Photo: The pier", "Night Desk", "A: No",
    "", "", "", "  ",
    "SALTMERE — " + LONG, "Will the council pay for it?", "The winners are:", "\ufeff",
])  # fmt: skip


@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
def test_every_line_is_placed_once(lines: list[str], end: str) -> None:
    text = end.join(lines)
    check(text, split(text))


@given(st.text(alphabet="Aa.: \n\r\xa0\ufeff—(", max_size=60))
def test_every_letter_is_placed_once(text: str) -> None:
    check(text, split(text))


HOSTILE = {
    "blank lines": "\n" * 100_000,
    "carriage returns": "\r" * 100_000,
    "one long line": "The ferry " * 10_000,
    "one headline": f"{HEAD}\n\n" * 3_300,
    "many headlines": "".join(f"{HEAD} {at}\n\n" for at in range(2_800)),
    "late headlines": "".join(f"Ends here.\n\n{HEAD} {at}\n\n" for at in range(2_200)),
    "copies around": f"{HEAD}\n\nEnds here.\n\n" * 2_300,
    "dates": "6 May 2031 " * 9_000,
    "date lines": "6 May 2031\n\n" * 8_000,
    "breadcrumbs": "City > " * 14_000,
    "glued labels": "Recommended ArticlesX\n" * 4_500,
    "capitals": "A" * 100_000 + ":",
    "places": "Orla. " * 16_000 + "— The end.",
    "bylines": "By Ada, " * 12_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_takes_no_longer_than_its_size(text: str) -> None:
    begun = process_time()
    layout = split(text)
    assert process_time() - begun < 5
    assert sum(len(one.text) for one in layout.articles) <= len(text)


def gold() -> list[tuple[str, dict[str, object]]]:
    files = sorted((ROOT / "corpus" / "gold").glob("*.toml"))
    marked = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return [(one["file"], one) for one in marked]


@pytest.mark.parametrize(("name", "marked"), gold(), ids=[one[0] for one in gold()])
def test_the_sample_texts_split_as_marked(
    name: str, marked: dict[str, list[dict[str, str]]]
) -> None:
    source = read((ROOT / "seeds" / name).read_bytes(), name)
    if source.text:
        layout = split(source.text)
        check(source.text, layout)
        articles = list(layout.articles)
    else:
        articles = [as_article(record) for record in source.records]
    expected = marked["article"]
    assert [one.headline for one in articles] == [one["headline"] for one in expected]
    for article, one in zip(articles, expected, strict=True):
        opening = next(part for part in article.parts if part.role in ("dateline", "body"))
        assert article.text[opening.span.start :].startswith(one.get("starts", ""))


# File, number, SHA-256 and length of the headline, first and last offset: none of their words.
RAW_ARTICLES = [
    ("000", 0, "4e8a2b2e1496", 65, 194, 3118),
    ("000", 1, "5761683915bb", 85, 3254, 6318),
    ("004", 0, "723b79329bb6", 67, 0, 5673),
    ("004", 1, "b1663e8c6205", 92, 5675, 7657),
    ("004", 2, "6d77f11dec46", 72, 7659, 11572),
    ("004", 3, "136e92af0175", 105, 11574, 13832),
    ("004", 4, "e0a16c489870", 60, 13835, 15539),
    ("004", 5, "8d747fb1ba99", 86, 15541, 16417),
    ("004", 6, "98cfc5d7a988", 47, 16419, 19180),
    ("004", 7, "8ec13fb68875", 113, 19182, 24911),
    ("004", 8, "e751318f9746", 109, 24913, 30149),
    ("004", 9, "8220a10710e0", 105, 30151, 35383),
]  # fmt: skip


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw sample files are not beside the project")
@pytest.mark.parametrize("file", ["000", "004"])
def test_the_raw_sample_files_split_right(file: str) -> None:
    (path,) = RAW.glob(f"{file}_*.txt")
    text = decode(path.read_bytes()).text
    layout = split(text)
    check(text, layout)
    assert [
        (file, at, digest(one.headline), len(one.headline), one.slices[0].start, one.slices[-1].end)
        for at, one in enumerate(layout.articles)
    ] == [row for row in RAW_ARTICLES if row[0] == file]


def digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:12]
