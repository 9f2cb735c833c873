"""Gold for voices: short articles with their attributions and speakers, checked as they are read.

A file holds `style` and articles; an article holds its text, its speakers and its attributions:

    style = "agency"

    [[article]]
    id = "ferries"
    published = "2031-05-06"
    text = '''
    Ferries lose riders: harbour master

    "We lost 43,000 riders," harbour master Ruth Okelund said on Tuesday. She said that was new.
    '''

    [article.speakers]
    okelund = {name = "Ruth Okelund", kind = "person", roles = [["harbour master"]]}

    [[article.attribution]]
    source = "harbour master Ruth Okelund"
    cue = "Okelund {said} on"
    content = "We lost 43,000 riders"
    manner = "direct"
    speaker = "okelund"
    said_when = "2031-05-06"

A mark is words that stand just once in the text. In braces: the words marked, among others that
make the place plain. `first words ... last words`: all from the first to the nearest last words in
the same line. A list of marks is one stretch in several pieces. Marks leave out quotation marks
and full stops at their ends.

Of an attribution, `source` is left out if the text names nobody, `cue` if there is none (a label,
a quotation alone). `speaker` is a key of the article's speakers, or "?" where a careful reader
cannot tell. `id` names it for the `parent` of those that it cites. `stance` is "denied", "unsaid"
("did not say") or "doubtful" ("is said to"), and "stated" if left out. `optional = true` is for a
wish, plan or act that may be read as reported speech or not: it is neither asked for nor wrong.

Of a speaker, `aliases` are other full names that are as good, `roles` pairs of title and
organisation, `identity` a name for the same person in several articles, and `differs` identities
that a reader might take for this one, wrongly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.attribution.base import MANNERS
from corpus.edtf import bounds
from corpus.findings import SPEAKER_KINDS
from corpus.score import GoldError
from corpus.spans import Span

HALVES = ("tuned", "held_out")
STYLES = ("agency", "broadsheet", "tabloid", "transcript", "party paper", "british")
STANCES = ("stated", "denied", "unsaid", "doubtful")
UNDETERMINED = "?"
GAP = " ... "


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of one article: `names` are its full name and others as good; `roles` are pairs."""

    key: str
    names: tuple[str, ...]
    kind: str
    roles: tuple[tuple[str, str], ...]
    identity: str | None
    differs: frozenset[str]

    @property
    def name(self) -> str:
        """The full name, or the words for a voice without a name."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """What is marked of one attribution; `parent` is the place of another in the article's list.

    `speaker` is None where the text leaves open who is meant.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    manner: str
    speaker: Speaker | None
    parent: int | None
    said_when: str | None
    stance: str
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One text with what is marked in it; `where` names file and article."""

    where: str
    style: str
    text: str
    published: str | None
    speakers: tuple[Speaker, ...]
    attributions: tuple[GoldAttribution, ...]


def load_voices(folder: Path) -> Iterator[GoldArticle]:
    """Yield every article of the folder's files, in the order of their names.

    Raises:
        GoldError: naming file, article and mark, if anything in it does not fit.
    """
    for path in sorted(folder.glob("*.toml")):
        given = _Table(
            tomllib.loads(path.read_text(encoding="utf-8")), f"{folder.name}/{path.name}"
        )
        style = given.one_of("style", STYLES)
        articles = given.take("article")
        given.finish()
        for article in articles:
            yield _article(_Table(article, given.where), style)


class _Table:
    """A TOML table whose keys are taken one by one, so that what nobody asked for is refused."""

    def __init__(self, given: dict[str, Any], where: str) -> None:
        self.given = dict(given)
        self.where = where

    def take(self, key: str) -> Any:
        if key not in self.given:
            raise GoldError(f"{self.where}: {key} is missing")
        return self.given.pop(key)

    def maybe(self, key: str, otherwise: Any = None) -> Any:
        return self.given.pop(key, otherwise)

    def one_of(self, key: str, words: tuple[str, ...], otherwise: str | None = None) -> str:
        word: str = self.take(key) if otherwise is None else self.maybe(key, otherwise)
        if word not in words:
            raise GoldError(f"{self.where}: {key} is {word!r}, not one of {', '.join(words)}")
        return word

    def date(self, key: str) -> str | None:
        edtf: str | None = self.maybe(key)
        try:
            bounds(edtf or "2031")
        except ValueError as error:
            raise GoldError(f"{self.where}: {key}: {error}") from None
        return edtf

    def finish(self) -> None:
        if self.given:
            raise GoldError(f"{self.where}: {', '.join(self.given)}: no such key")


def _article(table: _Table, style: str) -> GoldArticle:
    table.where += f": {table.take('id')}"
    text: str = table.take("text")
    speakers = {
        key: _speaker(key, _Table(given, f"{table.where}: speaker {key}"))
        for key, given in table.maybe("speakers", {}).items()
    }
    marks = [
        _Table(given, f"{table.where}: attribution {n}")
        for n, given in enumerate(table.take("attribution"), 1)
    ]
    places = {id: n for n, mark in enumerate(marks) if (id := mark.maybe("id"))}
    article = GoldArticle(
        where=table.where,
        style=style,
        text=text,
        published=table.date("published"),
        speakers=tuple(speakers.values()),
        attributions=tuple(_attribution(mark, text, speakers, places) for mark in marks),
    )
    table.finish()
    return article


def _speaker(key: str, table: _Table) -> Speaker:
    speaker = Speaker(
        key=key,
        names=(table.take("name"), *table.maybe("aliases", ())),
        kind=table.one_of("kind", SPEAKER_KINDS),
        roles=tuple((role[0], role[1] if role[1:] else "") for role in table.maybe("roles", ())),
        identity=table.maybe("identity"),
        differs=frozenset(table.maybe("differs", ())),
    )
    table.finish()
    return speaker


def _attribution(
    table: _Table, text: str, speakers: dict[str, Speaker], places: dict[str, int]
) -> GoldAttribution:
    who, parent = table.take("speaker"), table.maybe("parent")
    if who != UNDETERMINED and who not in speakers:
        raise GoldError(f"{table.where}: no speaker {who!r} in this article")
    if parent is not None and parent not in places:
        raise GoldError(f"{table.where}: no attribution has the id {parent!r}")
    found = GoldAttribution(
        source=_marks(table, "source", text),
        cue=_marks(table, "cue", text),
        content=_marks(table, "content", text),
        manner=table.one_of("manner", MANNERS),
        speaker=speakers.get(who),
        parent=None if parent is None else places[parent],
        said_when=table.date("said_when"),
        stance=table.one_of("stance", STANCES, "stated"),
        optional=table.maybe("optional", False),
    )
    if not found.content:
        raise GoldError(f"{table.where}: content is missing")
    table.finish()
    return found


def _marks(table: _Table, key: str, text: str) -> tuple[Span, ...]:
    given = table.maybe(key, [])
    marks = [given] if isinstance(given, str) else given
    return tuple(_place(f"{table.where}: {key}", text, mark) for mark in marks)


def _place(where: str, text: str, mark: str) -> Span:
    """Return the span that the mark stands for."""
    if "{" not in mark and "}" not in mark:
        mark = f"{{{mark}}}"
    head, gap, tail = mark.partition(GAP)
    last = tail if gap else head
    if mark.count("{") != 1 or mark.count("}") != 1 or "{" not in head or "}" not in last:
        raise GoldError(f"{where}: {mark!r}: braces do not open once and close once at the end")
    start = _only(where, text, head)
    opening = start + head.index("{")
    if not gap:
        return Span(opening, start + head.index("}") - 1)
    end = text.find(tail.replace("}", ""), start + len(head) - 1)
    if end < 0 or "\n" in text[start:end]:
        raise GoldError(f"{where}: {mark!r}: the last words do not follow in the same line")
    return Span(opening, end + tail.index("}"))


def _only(where: str, text: str, words: str) -> int:
    """Return where the words stand, braces left out; they stand nowhere else."""
    words = words.replace("{", "").replace("}", "")
    times = text.count(words)
    if times != 1:
        raise GoldError(f"{where}: {words!r} stands {times} times in the text, not once")
    return text.find(words)
