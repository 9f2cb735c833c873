"""Findings against gold marks: precision, recall and voices by kind; what two engines change.

python -m corpus.score [--gold corpus/gold] [--seeds seeds] [--errors]
python -m corpus.score --compare OLD.jsonl NEW.jsonl

The second form reads what two versions of the engine wrote of the same texts (`python -m corpus
FILE… > OLD.jsonl`) and lists every mention gained (+) and lost (-), in text order.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.extract import extract
from corpus.findings import Claim, Reading
from corpus.quantities.base import KINDS
from corpus.readers import read
from corpus.spans import Span
from corpus.split import FoundArticle, as_article, split

ARTICLES = ("a ", "an ", "the ")


class GoldError(ValueError):
    """A gold file does not fit its text; the message names the file, the article and the words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a gold file says of one place: a claim, with all its keys, or a designator."""

    span: Span
    words: str
    given: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.given.get(key)


@dataclass(frozen=True, slots=True)
class Marked:
    """One article with its gold marks."""

    where: str
    article: FoundArticle
    meta: dict[str, Any]
    published: str | None
    claims: tuple[Mark, ...]
    designators: tuple[Mark, ...]


@dataclass(slots=True)
class Tally:
    """Counts of one kind: found and right, found, marked."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 if nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is marked that was found; 0 if nothing is marked."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(slots=True)
class Score:
    """The figures of a scoring, and the lines that explain them."""

    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    voices_right: int = 0
    chains_right: int = 0
    matched: int = 0
    designators_claimed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """All kinds together."""
        tallies = self.kinds.values()
        return Tally(
            sum(t.right for t in tallies),
            sum(t.found for t in tallies),
            sum(t.gold for t in tallies),
        )

    @property
    def voice_share(self) -> float:
        """Share of matched claims with the right voice: its state, and the nearest speaker."""
        return self.voices_right / self.matched if self.matched else 0.0


def load_gold(gold: Path, seeds: Path) -> Iterator[Marked]:
    """Yield every marked article of the gold files, in the order of their names.

    Raises:
        GoldError: if an article or words of a mark are not in the text, or not just once.
    """
    for path in sorted(gold.glob("*.toml")):
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        articles = list(_articles(seeds / given["file"]))
        for marks in given["article"]:
            yield _marked(path.name, marks, articles)


def _articles(path: Path) -> Iterator[tuple[FoundArticle, dict[str, Any]]]:
    source = read(path.read_bytes(), path.name)
    for record in source.records:
        if record.line is not None:
            yield as_article(record), record.meta
        else:
            for article in split(record.text).articles:
                yield article, {}


def _marked(
    name: str, marks: dict[str, Any], articles: Sequence[tuple[FoundArticle, dict[str, Any]]]
) -> Marked:
    title, starts = marks["headline"], marks.get("starts", "")
    where = f"{name}: {title}"
    fitting = [
        (article, meta)
        for article, meta in articles
        if article.headline == title and starts in article.text
    ]
    if len(fitting) != 1:
        raise GoldError(f"{where}: {len(fitting)} articles with this headline and beginning")
    article, meta = fitting[0]
    return Marked(
        where=where,
        article=article,
        meta=meta,
        published=marks.get("published") or None,
        claims=tuple(_mark(where, article.text, given) for given in marks.get("claim", [])),
        designators=tuple(_mark(where, article.text, one) for one in marks.get("designator", [])),
    )


def _mark(where: str, text: str, given: dict[str, Any]) -> Mark:
    words = given["words"]
    within = given.get("within", words)
    start = text.find(within)
    if start < 0 or within.count(words) != 1 or text.find(within, start + 1) >= 0:
        raise GoldError(f"{where}: {within!r} with {words!r} must stand in the text just once")
    start += within.index(words)
    return Mark(Span(start, start + len(words)), words, given)


def score(marked: Iterable[Marked], read_article: Callable[[Marked], Reading]) -> Score:
    """Compare what `read_article` returns for each article with its marks."""
    result = Score()
    for article in marked:
        _score_article(result, article, read_article(article))
    return result


def read_marked(marked: Marked) -> Reading:
    """Read a marked article the way it is imported: its own metadata, not the gold's date."""
    meta = {key: marked.meta[key] for key in ("published", "url", "language") if key in marked.meta}
    return extract(marked.article.text, parts=marked.article.parts, **meta)


def _score_article(result: Score, marked: Marked, reading: Reading) -> None:
    pairs = list(pair(marked.claims, reading.claims))
    for claim in reading.claims:
        result.kinds[claim.kind].found += 1
        if any(claim.span.overlaps(mark.span) for mark in marked.designators) and not any(
            claim.span.overlaps(mark.span) for mark in marked.claims
        ):
            result.designators_claimed += 1
            result.errors.append(f"{marked.where}: designator claimed: {_shown(claim)}")
    for mark in marked.claims:
        result.kinds[mark["kind"]].gold += 1
    for mark, claim in pairs:
        result.kinds[claim.kind].right += 1
        _score_voice(result, marked, mark, claim)
    _explain(result, marked, reading, pairs)


def pair(marks: Sequence[Mark], claims: Sequence[Claim]) -> Iterator[tuple[Mark, Claim]]:
    """Yield marks with the claim that overlaps and agrees in kind and value, one to one."""
    taken: set[int] = set()
    for mark in marks:
        fitting = [
            (claim.span.iou(mark.span), -n)
            for n, claim in enumerate(claims)
            if n not in taken and claim.span.overlaps(mark.span) and agrees(mark, claim)
        ]
        if fitting:
            n = -max(fitting)[1]
            taken.add(n)
            yield mark, claims[n]


def agrees(mark: Mark, claim: Claim) -> bool:
    """Tell whether kind and exact value are the same: value, both bounds, or EDTF."""
    if mark["kind"] != claim.kind:
        return False
    if claim.kind == "date":
        return (mark["edtf"] or None) == claim.edtf
    return all(number(mark[key]) == number(getattr(claim, key)) for key in ("value", "low", "high"))


def number(exact: str | None) -> tuple[Decimal, Decimal] | None:
    """Return an exact value for comparison: 2.50 equals 2.5, but 42/70 is not 3/5."""
    if exact is None:
        return None
    above, _, below = exact.partition("/")
    return Decimal(above), Decimal(below or 1)


def same_voice(mark: Mark, claim: Claim) -> bool:
    """Tell whether the voice has the same state and, if attributed, the same nearest speaker."""
    if mark["voice"] != claim.voice:
        return False
    return not claim.chain or folded(mark["chain"][0]) == folded(claim.chain[0])


def same_chain(mark: Mark, claim: Claim) -> bool:
    """Tell whether all voices are the same, from the nearest to the last."""
    return [folded(name) for name in mark["chain"] or ()] == [folded(name) for name in claim.chain]


def folded(name: str) -> str:
    """Return a name for comparison: no case, no article, one blank between words."""
    name = " ".join(name.casefold().replace("’", "'").split())
    return next((name[len(word) :] for word in ARTICLES if name.startswith(word)), name)


def _score_voice(result: Score, marked: Marked, mark: Mark, claim: Claim) -> None:
    result.matched += 1
    if same_voice(mark, claim):
        result.voices_right += 1
        result.chains_right += same_chain(mark, claim)
    else:
        wanted = " < ".join(mark["chain"] or ()) or mark["voice"]
        got = " < ".join(claim.chain) or claim.voice
        result.errors.append(f"{marked.where}: voice of {claim.surface!r}: {got}, not {wanted}")


def _explain(
    result: Score, marked: Marked, reading: Reading, pairs: Sequence[tuple[Mark, Claim]]
) -> None:
    found = {id(claim) for _, claim in pairs}
    met = {id(mark) for mark, _ in pairs}
    for mark in marked.claims:
        if id(mark) not in met:
            near = [_shown(c) for c in reading.claims if c.span.overlaps(mark.span)]
            wanted = {k: v for k, v in mark.given.items() if k not in ("within", "chain", "voice")}
            result.errors.append(f"{marked.where}: missed {wanted}, has {near}")
    for claim in reading.claims:
        if id(claim) not in found and not any(claim.span.overlaps(m.span) for m in marked.claims):
            result.errors.append(f"{marked.where}: not in gold: {_shown(claim)}")


def _shown(claim: Claim) -> str:
    value = claim.edtf or claim.value or f"{claim.low}-{claim.high}"
    return f"{claim.surface!r} {claim.kind} {value} ({claim.rule})"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One claim or designator of a reading as a reviewer sees it; equal if nothing changed."""

    article: str
    start: int
    end: int
    kind: str
    says: str
    within: str = field(compare=False)

    def __str__(self) -> str:
        within = f" in {self.within!r}" if self.within else ""
        return f"{self.article} {self.start}-{self.end} {self.kind} {self.says}{within}"


def compare(
    old: Iterable[dict[str, Any]], new: Iterable[dict[str, Any]]
) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions gained and lost from one set of readings (JSON) to another.

    A mention that is read differently is both. Readings that carry their `text` are shown with
    the sentence of each.
    """
    before, after = (set(_mentions(readings)) for readings in (old, new))
    return sorted(after - before), sorted(before - after)


def _mentions(readings: Iterable[dict[str, Any]]) -> Iterator[Mention]:
    for reading in readings:
        article, text = reading["text_sha256"][:12], reading.get("text", "")
        for claim in reading["claims"]:
            place = article, claim["start"], claim["end"]
            yield Mention(*place, claim["kind"], _says(claim), text[slice(*claim["sentence"])])
        for name in reading["designators"]:
            says = f"{name['surface']!r}: {name['reason']}"
            yield Mention(article, name["start"], name["end"], "designator", says, "")


def _says(claim: dict[str, Any]) -> str:
    """Return words, value, unit, what is counted, change and voice of a claim, in one line."""
    change = claim["change"] and claim["change"]["direction"]
    value = claim["edtf"] or claim["value"] or f"{claim['low'] or ''}..{claim['high'] or ''}"
    unit = " per ".join(part for part in (claim["unit"], claim["per"]) if part)
    parts = (
        *(repr(claim["surface"]), claim["comparator"], value, unit, claim["concept_head"]),
        *(change, claim["scope"] and claim["scope"]["edtf"], claim["unresolved"]),
        f"({' < '.join(claim['chain']) or claim['voice']})",
    )
    return " ".join(part for part in parts if part and part != "=")


def differences(gained: Sequence[Mention], lost: Sequence[Mention]) -> list[str]:
    """Return what is gained and lost as lines: in text order, then counted by kind."""
    signed = [(one, "+") for one in gained] + [(one, "-") for one in lost]
    signed.sort(key=lambda pair: (pair[0].article, pair[0].start, pair[1] == "+", pair[0]))
    lines = [f"{sign} {one}" for one, sign in signed]
    for kind in (*KINDS, "designator"):
        more, fewer = (sum(one.kind == kind for one in side) for side in (gained, lost))
        if more or fewer:
            lines.append(f"{kind:10} {more:5} gained {fewer:5} lost")
    return [*lines, f"{'all':10} {len(gained):5} gained {len(lost):5} lost"]


def table(result: Score) -> str:
    """Return the figures as lines of text."""
    rows = [f"{'kind':10} {'gold':>5} {'found':>6} {'right':>6} {'P':>6} {'R':>6} {'F1':>6}"]
    for name, tally in [*result.kinds.items(), ("all", result.total)]:
        rows.append(
            f"{name:10} {tally.gold:5} {tally.found:6} {tally.right:6} "
            f"{tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"
        )
    rows.append(
        f"voices right: {result.voices_right} of {result.matched} ({result.voice_share:.3f}), "
        f"whole chain: {result.chains_right}; "
        f"designators emitted as claims: {result.designators_claimed}"
    )
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print scores or differences; 2 for unreadable input."""
    parser = argparse.ArgumentParser(prog="corpus.score", description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold"))
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--errors", action="store_true", help="list what is missed or wrong")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("OLD", "NEW"))
    options = parser.parse_args(arguments)
    try:
        if options.compare:
            lines = differences(*compare(*(_readings(path) for path in options.compare)))
        else:
            result = score(load_gold(options.gold, options.seeds), read_marked)
            lines = [*(result.errors if options.errors else []), table(result)]
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"corpus.score: {error}\n")
        return 2
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _readings(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
