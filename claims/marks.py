"""Marks in a text: overlapping spans turned into safe, properly nested HTML.

The words are never changed: the text content of the HTML is the text, and the text inside the
elements of one mark is that mark's surface. Spans count code points and need no order; where
two cross, the later one is closed and opened again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_ATTRIBUTES = {"anchor": "id", "label": "title"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span `[start, end)` to show, in code points.

    `role` says of what and becomes the class of its elements ("claim", "cue"), `label` is shown
    on hover, `anchor` becomes the id of its first element, `href` makes its words a link. Where
    linked marks overlap, the words belong to the shortest.
    """

    start: int
    end: int
    role: str
    label: str = ""
    anchor: str = ""
    href: str = ""


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> SafeString:
    """Return `text[start:end]` as HTML with its marks.

    Marks are cut at the ends of the stretch; empty ones and those outside it are left out.
    """
    end = len(text) if end is None else min(end, len(text))
    inside = [mark for mark in marks if max(mark.start, start) < min(mark.end, end)]
    opening: dict[int, list[Mark]] = defaultdict(list)
    for mark in inside:
        opening[max(mark.start, start)].append(mark)
    edges = {start, end, *opening, *(min(mark.end, end) for mark in inside)}
    return mark_safe("".join(_pieces(text, sorted(edges), opening)))  # every piece is escaped


def flat(text: str, marks: Iterable[Mark]) -> SafeString:
    """Return the whole text as HTML in pieces that stand side by side, cut at every border.

    Each piece has the roles of all marks over it as classes, and a role that stands over it
    twice or more also with a 2 behind it, so that a style can tell every overlap apart; a mark
    may have several roles, with blanks between. Label and anchor stand at a mark's first piece;
    where two marks begin, the shorter one's.
    """
    opening: dict[int, list[Mark]] = defaultdict(list)
    edges = {0, len(text)}
    for mark in marks:
        opening[mark.start].append(mark)
        edges |= {mark.start, mark.end}
    standing: list[Mark] = []
    html: list[str] = []
    places = sorted(edges)
    for place, following in pairwise(places):
        standing = [mark for mark in standing if mark.end > place]
        new = sorted(opening.get(place, []), key=lambda mark: mark.end)
        standing += new
        words = _linked(_escaped(text[place:following]), standing)
        html.append(f"<mark{_flat_attributes(standing, new)}>{words}</mark>" if standing else words)
    return mark_safe("".join(html))  # every piece is escaped


def _flat_attributes(standing: Iterable[Mark], new: Iterable[Mark]) -> str:
    roles = [role for mark in standing for role in mark.role.split()]
    counts = Counter(roles)
    twice = [f"{role}2" for role, number in counts.items() if number > 1]
    attributes = f' class="{escape(" ".join([*counts, *twice]))}"'
    for name in ("anchor", "label"):
        if value := next(filter(None, (getattr(mark, name) for mark in new)), ""):
            attributes += f' {_ATTRIBUTES[name]}="{escape(value)}"'
    return attributes


def _pieces(text: str, edges: list[int], opening: dict[int, list[Mark]]) -> Iterator[str]:
    """Yield the HTML between and at the edges; no mark begins or ends between two of them."""
    standing: list[Mark] = []
    for place, following in zip(edges, [*edges[1:], edges[-1]], strict=True):
        kept = next(
            (n for n, mark in enumerate(standing) if mark.end <= place or place == edges[-1]),
            len(standing),
        )
        yield "</mark>" * (len(standing) - kept)
        again = [mark for mark in standing[kept:] if mark.end > place]
        del standing[kept:]
        if place == following:
            return
        new = opening.get(place, [])
        for mark in sorted([*again, *new], key=lambda mark: (-mark.end, mark.start)):
            standing.append(mark)
            yield _opened(mark, again=mark in again)
        yield _linked(_escaped(text[place:following]), standing)


def _opened(mark: Mark, *, again: bool) -> str:
    names = f"mark-{mark.role} again" if again else f"mark-{mark.role}"
    attributes = f' class="{escape(names)}"'
    if mark.anchor and not again:
        attributes += f' id="{escape(mark.anchor)}"'
    if mark.label:
        attributes += f' title="{escape(mark.label)}"'
    return f"<mark{attributes}>"


def _linked(words: str, standing: Iterable[Mark]) -> str:
    linked = [mark for mark in standing if mark.href]
    if not linked:
        return words
    shortest = min(linked, key=lambda mark: mark.end - mark.start)
    return f'<a href="{escape(shortest.href)}">{words}</a>'


def _escaped(words: str) -> str:
    """Return words as HTML text; a carriage return would be turned into a line feed otherwise."""
    return escape(words).replace("\r", "&#13;")
