"""Which articles hold the words of another: forebears, heirs, and others of its file."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from claims.models import Article, ArticleText, Placement, Succession

Spans = list[tuple[int, int]]
Line = tuple[int, int]
"""A file's id and a line of it, 0 in plain text."""


def covered(article: Article) -> tuple[dict[int, Spans], dict[Line, Spans]]:
    """Return where the words of an article stand: in texts by article, in files by line.

    Of articles in the same file these are the characters they share. Earlier and later versions
    are covered as a whole, and so are earlier versions of what is covered in part.
    """
    whole, parts = {article.pk}, dict[int, Spans]()
    while True:
        gone = _slices(whole)
        beside = Placement.objects.filter(source_file__in={file for file, _ in gone})
        places = [row for row in beside.order_by("pk") if (row.source_file_id, row.line) in gone]
        parts = {row.article_id: _overlap(row, gone) for row in places}
        parts = {pk: spans for pk, spans in parts.items() if spans}
        near = _earlier({*whole, *parts}) | _later(whole)
        more = near - whole - {row.article_id for row in places}
        if not more:
            break
        whole |= more
    lengths = ArticleText.objects.filter(pk__in=whole).values_list("pk", "text")
    return parts | {pk: [(0, len(text))] for pk, text in lengths}, gone


def _slices(articles: Collection[int]) -> dict[Line, Spans]:
    found: dict[Line, Spans] = defaultdict(list)
    for row in Placement.objects.filter(article__in=articles):
        found[row.source_file_id, row.line] += [(start, end) for start, end in row.slices]
    return found


def _earlier(articles: Collection[int]) -> set[int]:
    return set(Succession.objects.filter(new__in=articles).values_list("old", flat=True))


def _later(articles: Collection[int]) -> set[int]:
    return set(Succession.objects.filter(old__in=articles).values_list("new", flat=True))


def _overlap(place: Placement, gone: Mapping[Line, Sequence[tuple[int, int]]]) -> Spans:
    """Return the spans of an article's text that stand in stretches of its file."""
    base, found = 0, []
    for start, end in place.slices:
        for first, last in gone[place.source_file_id, place.line]:
            if (begin := max(start, first)) < (stop := min(end, last)):
                found.append((base + begin - start, base + stop - start))
        base += end - start
    return found
