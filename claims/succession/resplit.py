"""Resplit: the boundaries of articles in a file put right, as an editor arranges its lines."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims import gate
from claims.curation.rulings import Outcome, locked_articles
from claims.history import Batch, record
from claims.models import Article, ArticleText, Placement, SourceFile
from claims.succession.carry import Carried, carry
from claims.succession.heir import Heir
from claims.succession.places import Shift
from claims.succession.supersede import check_current, retire
from corpus.findings import text_digest
from corpus.readers import PLAIN, decode, read
from corpus.spans import Span
from corpus.split import FoundArticle, gathered
from corpus.split.arrange import arranged, cut_lines

Owner = int | str | None
"""Whose a line is: an article's, by id; a new one's, by any name; or none's."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line of a file, or a piece of one: its place, its words, and the article it is in."""

    start: int
    end: int
    words: str
    article: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an arrangement would do: articles it takes apart, and those it makes of their words."""

    old: Sequence[Article]
    new: Sequence[FoundArticle]


def stretches(file: SourceFile, line: int, cuts: Iterable[int] = ()) -> list[Stretch]:
    """Return the lines of a file (of the record in `line` of JSON Lines), cut where asked.

    Raises:
        gate.Refused: if the file has no such line, or its bytes cannot be read.
    """
    whole = _text(file, line)
    places = _places(file, line)
    return [
        Stretch(one.span.start, one.span.end, one.text, _article_at(places, one.span.start))
        for one in cut_lines(whole, cuts)
    ]


def plan(
    file: SourceFile, line: int, owners: Mapping[int, Owner], cuts: Collection[int] = ()
) -> Plan:
    """Return what follows if lines go to other articles; nothing is stored.

    `owners` says for the start of each line that is asked about whose it is; all other lines
    stay where they are. An article whose lines stay the same is left alone.

    Raises:
        gate.Refused: if nothing would change, or a start is not that of a line.
    """
    whole = _text(file, line)
    places = _places(file, line)
    lines = cut_lines(whole, cuts)
    starts = [one.span.start for one in lines]
    if unknown := sorted(owners.keys() - set(starts)):
        raise gate.Refused(f"start: no line of the file begins at character {unknown[0]}")
    now = [_article_at(places, start) for start in starts]
    wanted = [owners.get(start, pk) for start, pk in zip(starts, now, strict=True)]
    before, after = _grouped(starts, now), _grouped(starts, wanted)
    kept = [members for members in before.values() if members in after.values()]
    touched = [pk for pk, members in before.items() if members not in kept]
    new = [owner for owner, members in after.items() if members not in kept]
    if not new and not touched:
        raise gate.Refused("lines: each is in the article it was in")
    numbers = [new.index(owner) if owner in new else None for owner in wanted]
    old = Article.objects.filter(pk__in=touched).order_by("pk")
    return Plan(list(old), gathered(whole, lines, arranged(lines, numbers)).articles)


@transaction.atomic
def resplit(
    file: SourceFile,
    line: int,
    owners: Mapping[int, Owner],
    cuts: Collection[int] = (),
    *,
    actor: User,
    versions: Mapping[int, int],
) -> tuple[Outcome, Carried, list[Article]]:
    """Make the articles that an arrangement asks for, and retire those it takes apart.

    Claims, attributions and rulings go to where the same characters of the file are now; the
    engine has not read the new articles. `versions` are those that the caller saw, by id.

    Raises:
        Stale: if an article has another version now.
        gate.Refused: as `plan`; or if there is an article with the text of a new one.
    """
    planned = plan(file, line, owners, cuts)
    rows = locked_articles(Article.objects.filter(pk__in=[old.pk for old in planned.old]))
    check_current(rows.values(), versions)
    batch = Batch.begin("resplit", actor)
    olds = list(rows.values())
    made = [_make(batch, file, line, found, olds) for found in planned.new]
    places = {row.article_id: row for row in _placements(file, line)}
    total = Carried()
    for old in olds:
        slices = [Span(*one) for one in places[old.pk].slices]
        heirs = [
            Heir(article, found.text, _through(slices, found.slices))
            for article, found in zip(made, planned.new, strict=True)
            if any(one.overlaps(other) for one in slices for other in found.slices)
        ]
        total.add(carry(batch, old, heirs))
        retire(batch, old, [heir.article for heir in heirs])
    return Outcome(batch.uid, len(olds) + len(made), 0), total, made


def _make(
    batch: Batch, file: SourceFile, line: int, found: FoundArticle, olds: Sequence[Article]
) -> Article:
    """Store a new article, or bring back one with this text that was superseded before."""
    old = _closest(file, line, found, olds)
    digest = text_digest(found.text)
    seen = _seen_by(file, line, found, olds) or (old.visibility if old else None)
    outlet = old.outlet if old else None
    article = Article.objects.filter(text_sha256=digest, outlet=outlet).first()
    if article and not article.superseded:
        raise gate.Refused(f"text: there is an article with this text already, {article.uid}")
    if article is None:
        article = Article(text_sha256=digest, **_fields(found, old))
    article.superseded = False
    article.visibility = seen or Article.Visibility.DRAFT
    article.save()
    ArticleText.objects.get_or_create(article=article, defaults={"text": found.text})
    slices = [[one.start, one.end] for one in found.slices]
    Placement.objects.get_or_create(
        source_file=file,
        line=line,
        start=slices[0][0],
        article=article,
        defaults={"slices": slices},
    )
    hidden = {"superseded": True, "visibility": Article.Visibility.WITHDRAWN.value}
    shown = {"superseded": False, "visibility": article.visibility}
    record([batch.entry(article, hidden, shown)])
    return article


def _fields(found: FoundArticle, old: Article | None) -> dict[str, Any]:
    """Return the columns of a new article: what its words say, and what the old one's import did.

    A date that rests on words of the old article is left to the engine to read again.
    """
    printed = {part.role: part.span.cut(found.text) for part in reversed(found.parts)}
    fields: dict[str, Any] = {
        "headline": _line(found.headline, 500),
        "byline": _line(printed.get("byline", ""), 300),
        "section": _line(printed.get("section", ""), 100),
        "parts": [
            {"role": part.role, "start": part.span.start, "end": part.span.end}
            for part in found.parts
        ],
    }
    if old is None:
        return fields
    names = ["outlet", "outlet_basis", "url", "language"]
    if old.published_basis in (Article.Basis.GIVEN, Article.Basis.EDITOR):
        names += ["published", "published_earliest", "published_latest"]
        names += ["published_basis", "published_confidence"]
    return fields | {name: getattr(old, name) for name in names}


def _line(words: str, longest: int) -> str:
    return " ".join(words.split())[:longest]


def _seen_by(
    file: SourceFile, line: int, found: FoundArticle, olds: Sequence[Article]
) -> str | None:
    """Return who may see a new article: nobody sees words that were hidden before."""
    places = {row.article_id: row.slices for row in _placements(file, line)}
    gave = {
        old.visibility
        for old in olds
        if any(one.overlaps(Span(*piece)) for one in found.slices for piece in places[old.pk])
    }
    strict = (Article.Visibility.WITHDRAWN, Article.Visibility.DRAFT, Article.Visibility.PUBLIC)
    return next((one.value for one in strict if one in gave), None)


def _closest(
    file: SourceFile, line: int, found: FoundArticle, olds: Sequence[Article]
) -> Article | None:
    """Return the old article that gives the new one most of its words, else one of the file."""
    places = {row.article_id: row for row in _placements(file, line)}

    def shared(old: Article) -> int:
        return sum(
            max(0, min(one.end, end) - max(one.start, start))
            for one in found.slices
            for start, end in places[old.pk].slices
        )

    others = (place.article for place in places.values())
    return max(olds, key=shared, default=None) or next(others, None)


def _through(old: Sequence[Span], new: Sequence[Span]) -> Shift:
    """Return where spans of an article stand in another one of the same file."""
    out, into = _based(old), _based(new)

    def move(at: int) -> int | None:
        for one, base in out:
            if base <= at < base + len(one):
                place = one.start + at - base
                homes = (
                    other + place - new.start for new, other in into if new.start <= place < new.end
                )
                return next(homes, None)
        return None

    def shift(span: Span) -> Span | None:
        first, last = move(span.start), move(span.end - 1)
        if first is None or last is None or last - first != len(span) - 1:
            return None
        return Span(first, last + 1)

    return shift


def _based(slices: Sequence[Span]) -> list[tuple[Span, int]]:
    """Return slices with the place in the article's text at which each begins."""
    base, found = 0, []
    for one in slices:
        found.append((one, base))
        base += len(one)
    return found


def _text(file: SourceFile, line: int) -> str:
    with file.file.open("rb") as stored:
        data = stored.read()
    if file.media_type == PLAIN:
        return decode(data).text
    for record_ in read(data, file.name).records:
        if record_.line == line:
            return record_.text
    raise gate.Refused(f"line: the file has no record in line {line}")


def _placements(file: SourceFile, line: int) -> Sequence[Placement]:
    rows = file.placements.filter(line=line, article__superseded=False)
    return list(rows.select_related("article").order_by("start"))


def _places(file: SourceFile, line: int) -> list[tuple[int, int, int]]:
    """Return the slices of the articles in the file, in order: start, end, article."""
    rows = _placements(file, line)
    return sorted((start, end, row.article_id) for row in rows for start, end in row.slices)


def _article_at(places: Sequence[tuple[int, int, int]], at: int) -> int | None:
    index = bisect_right(places, at, key=_start) - 1
    if index >= 0 and at < places[index][1]:
        return places[index][2]
    return None


def _start(place: tuple[int, int, int]) -> int:
    return place[0]


def _grouped(starts: Sequence[int], owners: Sequence[Owner]) -> dict[int | str, list[int]]:
    groups: dict[int | str, list[int]] = {}
    for start, owner in zip(starts, owners, strict=True):
        if owner is not None:
            groups.setdefault(owner, []).append(start)
    return groups
