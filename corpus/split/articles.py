"""Which article each line of a file belongs to: headlines before, after and within bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.split.lines import (
    BYLINE,
    FURNITURE,
    LIST,
    METADATA,
    PROSE,
    SECTION,
    SHORT,
    Line,
)

LISTED, REPEATED, LABEL, MASTHEAD, ALONE = (
    "list of other articles", "repeated headline", "section label", "masthead",
    "no article beside it",
)  # fmt: skip
MANY_SHORTS = 3  # so many different short lines in a row are a list, not headlines


@dataclass(frozen=True, slots=True)
class Placed:
    """The article a line belongs to, by number in file order, and what it is there."""

    article: int
    role: str


@dataclass(slots=True)
class _Article:
    """An article while its lines are gathered.

    `key` is its headline's, once known; `kept` the one copy of it that the article keeps.
    """

    number: int
    key: str | None = None
    kept: int | None = None
    dated: bool = False


def place(lines: Sequence[Line]) -> list[Placed | str]:
    """Return for each line its place in an article, or the reason why it is in none."""
    headlines = _headlines(lines)
    return _Placing(lines, headlines, _listed(lines, headlines)).place()


def _headlines(lines: Sequence[Line]) -> frozenset[int]:
    """Return which lines are headlines, copies of headlines included."""
    prose = [at for at, line in enumerate(lines) if line.kind == PROSE]
    if not prose:
        return frozenset()
    shorts = [at for at, line in enumerate(lines) if line.kind == SHORT]
    found = {at for at in shorts if _is_repeated_headline(lines, at)}
    if len(shorts) <= 2 * len(prose):
        found |= set(_single_headlines(lines, shorts, prose))
    if not any(at < prose[0] for at in found):
        found |= _at_the_edges(lines, shorts, prose, found)
    return frozenset(found)


def _is_repeated_headline(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line stands several times in the file as only headlines do."""
    line = lines[at]
    if line.copies < 2:
        return False
    if line.strong:
        return True
    # Shorter ones may be a heading used in several articles: a copy must be near.
    near = [*lines[max(0, at - MANY_SHORTS) : at], *lines[at + 1 : at + 1 + MANY_SHORTS]]
    return len(line.text.split()) >= 3 and any(one.key == line.key for one in near)


def _single_headlines(
    lines: Sequence[Line], shorts: Sequence[int], prose: Sequence[int]
) -> Iterator[int]:
    """Yield the lines that stand once, between articles, and look like headlines."""
    gapless = not any(line.gap_before for line in lines[1:])
    able = [
        at
        for at in shorts
        if at < prose[-1]
        and (lines[at].strong or _introduces(lines, at))
        and (gapless or _stands_alone(lines, at))
        and not lines[at + 1].text[0].islower()  # the second line of a broken paragraph
        and not (at and lines[at - 1].kind == PROSE and lines[at - 1].text.endswith(":"))
    ]
    # A question alone in its paragraph is mostly prose; amid other headlines it may be one too.
    asking = {at for at in able if at > prose[0] and lines[at].text.endswith(("?", "!"))}
    passed_over = _in_lists(lines, shorts)
    if 2 * len(asking) > len(able) - len(asking):
        passed_over |= asking
    yield from (at for at in able if at not in passed_over)


def _introduces(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a date or a byline follows: the shortest headline is one then."""
    return lines[at + 1].kind in (METADATA, BYLINE) and len(lines[at].text.split()) >= 2


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """Tell whether neither neighbour is prose that belongs to the same paragraph."""
    before = lines[at].gap_before or lines[at - 1].kind != PROSE
    after = lines[at].gap_after or lines[at + 1].kind != PROSE
    return before and after


def _in_lists(lines: Sequence[Line], shorts: Sequence[int]) -> set[int]:
    """Return the short lines that stand three or more in a row, none twice, amid prose."""
    found: set[int] = set()
    row: list[int] = []
    for at in [*shorts, len(lines) + 1]:
        if row and at != row[-1] + 1:
            if len(row) >= MANY_SHORTS and row[0] and lines[row[0] - 1].kind == PROSE:
                found.update(one for one in row if lines[one].copies == 1)
            row = []
        row.append(at)
    return found


def _at_the_edges(
    lines: Sequence[Line], shorts: Sequence[int], prose: Sequence[int], found: set[int]
) -> set[int]:
    """Return the headline of a first article that has none yet: just before it, or at the end."""
    early = [at for at in shorts if at < prose[0] and _stands_alone(lines, at)]
    if early:
        return {early[-1]}
    late = [at for at in shorts if at > prose[-1] and lines[at].strong and lines[at].gap_before]
    if late and not any(at > prose[-1] for at in found) and lines[late[0] - 1].kind != LIST:
        return {late[0]}
    return set()


def _listed(lines: Sequence[Line], headlines: frozenset[int]) -> frozenset[int]:
    """Return the short lines below the label of a list of links to other articles."""
    found = set()
    below = False
    for at, line in enumerate(lines):
        if line.kind == SHORT and below and at not in headlines:
            found.add(at)
        elif line.kind != FURNITURE:
            below = line.kind == LIST
    return frozenset(found)


class _Placing:
    """One pass over the lines, article by article.

    The file is seen as blocks of lines around headlines, and the runs of body between them.
    """

    def __init__(
        self, lines: Sequence[Line], headlines: frozenset[int], listed: frozenset[int]
    ) -> None:
        self.lines, self.headlines, self.listed = lines, headlines, listed
        self.placed: list[Placed | str] = [""] * len(lines)
        self.blocks = self._blocks()
        self.keys = [
            list(dict.fromkeys(lines[at].key for at in block if at in headlines))
            for block in self.blocks
        ]
        self.count = 0

    def place(self) -> list[Placed | str]:
        last = len(self.blocks) - 1
        article = self._new(0, self.keys[0])
        self._place_block(0, None, article)
        late = self._late()
        for run in range(last):
            self._place_run(run, article)
            after = run + 1
            others = [key for key in self.keys[after] if key != article.key]
            if article.key is None and others and late[run]:
                article.key = others.pop(0)
            following: _Article | None = article
            if after == last:
                following = None
            elif others:
                following = self._new(after, others)
            elif self._headline_comes_late(after, article.key, late):
                following = self._new(after, [])
            self._place_block(after, article, following)
            article = following or article
        if not any(isinstance(where, Placed) and where.role == "body" for where in self.placed):
            return [where if isinstance(where, str) else ALONE for where in self.placed]
        return self.placed

    def _blocks(self) -> list[range]:
        """Return the stretches without body that hold a headline, with one at each end.

        Those at the ends may be empty.
        """
        found: list[range] = []
        start = 0
        for at in range(len(self.lines) + 1):
            if at == len(self.lines) or self._is_body(at):
                if any(one in self.headlines for one in range(start, at)):
                    found.append(range(start, at))
                start = at + 1
        if not found or found[0].start > 0:
            found.insert(0, range(0))
        if len(found) == 1 or found[-1].stop < len(self.lines):
            found.append(range(len(self.lines), len(self.lines)))
        return found

    def _is_body(self, at: int) -> bool:
        line = self.lines[at]
        if line.kind == SHORT and line.strong:
            return at not in self.headlines and at not in self.listed
        return line.kind == PROSE

    def _late(self) -> list[bool]:
        """Tell for each run whether, lacking a headline before it, it has one after it.

        It has if more headlines follow than the next run needs, counted from the end.
        """
        last = len(self.blocks) - 1
        late = [False] * last
        for run in reversed(range(last)):
            late[run] = self._headline_comes_late(run, None, late)
        return late

    def _headline_comes_late(self, run: int, known: str | None, late: Sequence[bool]) -> bool:
        after = run + 1
        others = sum(key != known for key in self.keys[after])
        if after == len(self.blocks) - 1 or others != 1:
            return others > 0
        return late[after]

    def _new(self, block: int, keys: Sequence[str]) -> _Article:
        """Begin an article below a block, under the likeliest of the headlines `keys`."""
        article = _Article(self.count)
        self.count += 1
        if not keys:
            return article
        members = [at for at in self.blocks[block] if at in self.headlines]
        copies = Counter(self.lines[at].key for at in members)
        strong = {self.lines[at].key for at in members if self.lines[at].strong}
        below_list = any(self.lines[at].kind == LIST for at in self.blocks[block])
        likeliest = (
            [key for key in keys if copies[key] > 1]
            or [key for key in keys if key in strong]
            or keys
        )
        article.key = likeliest[-1 if below_list else 0]
        article.kept = max(self._copies(block, article.key))
        return article

    def _copies(self, block: int, key: str | None) -> list[int]:
        return [
            at for at in self.blocks[block] if at in self.headlines and self.lines[at].key == key
        ]

    def _place_block(self, block: int, above: _Article | None, below: _Article | None) -> None:
        """Place the lines between the body of one article and that of the next."""
        if above and above.key and above.kept is None:
            above.kept = min(self._copies(block, above.key), default=None)
        kept = below.kept if below and below.kept in self.blocks[block] else None
        begins = min(self._copies(block, below.key)) if below and kept is not None else None
        for at in self.blocks[block]:
            if at in self.headlines:
                self.placed[at] = self._place_headline(at, above, below)
            elif self.lines[at].kind in (METADATA, BYLINE):
                both = [article for article in (above, below) if article]
                begun = begins is not None and at > begins
                self.placed[at] = self._own(at, both[-1 if begun or both[0].dated else 0])
            elif below and kept is not None and at > kept:
                self.placed[at] = self._under_headline(at, below)
            else:
                self.placed[at] = self._left_out(at, above)

    def _under_headline(self, at: int, article: _Article) -> Placed | str:
        line = self.lines[at]
        if at in self.listed:
            return LISTED
        if line.kind == SECTION or (line.kind == SHORT and line.copies > 1):
            return Placed(article.number, "section")
        return Placed(article.number, "body") if line.kind == SHORT else line.reason

    def _left_out(self, at: int, above: _Article | None) -> str:
        if at in self.listed:
            return LISTED
        if self.lines[at].kind == SHORT:
            return LABEL if above else MASTHEAD
        return self.lines[at].reason

    def _place_headline(
        self, at: int, above: _Article | None, below: _Article | None
    ) -> Placed | str:
        key = self.lines[at].key
        for article in (above, below):
            if article and article.key == key:
                return Placed(article.number, "headline") if at == article.kept else REPEATED
        if below and below.kept is not None and at > below.kept:
            return Placed(below.number, "body")
        return MASTHEAD if above is None and not self.lines[at].strong else LISTED

    def _own(self, at: int, article: _Article) -> Placed:
        """Place a date line or byline in an article."""
        kind = self.lines[at].kind
        article.dated = article.dated or kind == METADATA
        return Placed(article.number, kind)

    def _place_run(self, run: int, article: _Article) -> None:
        first, stop = self.blocks[run].stop, self.blocks[run + 1].start
        for at in range(first, stop):
            line = self.lines[at]
            if at in self.listed:
                self.placed[at] = LISTED
            elif line.kind in (METADATA, BYLINE):
                self.placed[at] = self._own(at, article)
            elif line.kind == SECTION and (line.copies > 1 or at in (first, stop - 1)):
                self.placed[at] = LABEL
            elif line.kind in (PROSE, SHORT, SECTION):
                self.placed[at] = Placed(article.number, "body")
            else:
                self.placed[at] = line.reason
