"""Attributions and speakers against gold: who said what, by style and manner, and who is who.

python -m corpus.voices_score [--gold corpus/gold/voices] [--errors]
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from corpus.attribution.base import MANNERS, Attribution
from corpus.extract import extract
from corpus.score import Tally, folded
from corpus.spans import Span
from corpus.speakers.names import DETERMINERS
from corpus.speakers.phrase import AFTER_HEAD
from corpus.speakers.tokens import Token, tokens
from corpus.tagging import TIERS
from corpus.voices_gold import HALVES, STYLES, GoldArticle, GoldAttribution, Speaker, load_voices

ENOUGH = 0.5
"""Share of words that two contents, or two sources, have in common to be the same."""
OUTCOMES = ("right", "wrong", "unresolved")

Words = frozenset[int]
Judge = Callable[[Speaker, Speaker], str]


@dataclass(slots=True)
class VoiceScore:
    """The figures of a scoring, and the lines that explain them.

    A *link* ties the mention of a voice, in an attribution that was found, to a speaker. A
    *cited* voice is one within another's words: right if both were found and are tied.
    """

    styles: dict[str, Tally] = field(default_factory=lambda: {s: Tally() for s in STYLES})
    manners: dict[str, Tally] = field(default_factory=lambda: {m: Tally() for m in MANNERS})
    links: Counter[str] = field(default_factory=Counter)
    cited: Tally = field(default_factory=Tally)
    said_when: Tally = field(default_factory=Tally)
    identities: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def joint(self) -> Tally:
        """All styles together: content and source right."""
        tallies = self.styles.values()
        return Tally(
            sum(t.right for t in tallies),
            sum(t.found for t in tallies),
            sum(t.gold for t in tallies),
        )


class Page:
    """The words of a text, to compare spans by: marks and blanks at their ends never count."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text, Span(0, len(text)))
        self.words = [token for token in self.tokens if token.is_word]

    def within(self, spans: Iterable[Span]) -> Words:
        """Return the numbers of the words that `spans` touch."""
        found: set[int] = set()
        for span in spans:
            first = bisect_right(self.words, span.start, key=lambda word: word.end)
            last = bisect_left(self.words, span.end, key=lambda word: word.start)
            found.update(range(first, last))
        return frozenset(found)

    def head(self, spans: Sequence[Span]) -> Token | None:
        """Return the noun of a phrase, roughly: the last word before "of", a comma or "who"."""
        found = None
        for token in tokens(self.text, spans[0]) if spans else ():
            if found and (not token.is_word or token.lower in AFTER_HEAD):
                break
            if token.is_word and (found is None or token.lower not in DETERMINERS):
                found = token
        return found

    def same_source(self, one: Sequence[Span], other: Sequence[Span]) -> bool:
        """Tell whether two sources have the same noun or half of their words; or neither any."""
        if not one or not other:
            return not one and not other
        same = self.head(one) == self.head(other)
        return same or _shared(self.within(one), self.within(other)) >= ENOUGH


def _shared(one: Words, other: Words) -> float:
    """Return intersection over union; 0 if either is empty."""
    return len(one & other) / len(one | other) if one and other else 0.0


def pair(
    page: Page, gold: Sequence[GoldAttribution], found: Sequence[Attribution]
) -> dict[int, int]:
    """Return, for the place of each marked attribution that was found, the place of the finding.

    Content must overlap by half of the words, and the source be the same; best first, one to one,
    and what is optional last of those that overlap as well.
    """
    marked = [page.within(one.content) for one in gold]
    read = [page.within(one.content) for one in found]
    fitting = [
        (_shared(marked[m], read[n]), m, n)
        for m in range(len(gold))
        for n in range(len(found))
        if _shared(marked[m], read[n]) >= ENOUGH
        and page.same_source(gold[m].source, found[n].source)
    ]
    pairs: dict[int, int] = {}
    for _, m, n in sorted(fitting, key=lambda one: (-one[0], gold[one[1]].optional, one[1:])):
        if m not in pairs and n not in pairs.values():
            pairs[m] = n
    return pairs


def score_voices(
    articles: Iterable[GoldArticle], read: Callable[[GoldArticle], Sequence[Attribution]]
) -> VoiceScore:
    """Compare the attributions that `read` returns for each article with its marks."""
    result = VoiceScore()
    for article in articles:
        found = read(article)
        pairs = pair(Page(article.text), article.attributions, found)
        _score_joint(result, article, found, pairs)
        for m, n in pairs.items():
            _score_link(result, article, article.attributions[m], found[n])
        _score_cited(result, article, found, pairs)
        _score_dates(result, article, found, pairs)
    return result


def _score_joint(
    result: VoiceScore,
    article: GoldArticle,
    found: Sequence[Attribution],
    pairs: dict[int, int],
) -> None:
    """Count by style and manner; what is marked as optional counts on neither side."""
    style, manners = result.styles[article.style], result.manners
    for m, mark in enumerate(article.attributions):
        if not mark.optional:
            for tally in (style, manners[mark.manner]):
                tally.gold += 1
                tally.found += m in pairs
                tally.right += m in pairs
            if m not in pairs:
                result.errors.append(f"{article.where}: missed {_shown(article.text, mark)}")
    for n, one in enumerate(found):
        if n not in pairs.values() and one.content:
            style.found += 1
            manners[one.manner].found += 1
            result.errors.append(f"{article.where}: not in gold: {_shown(article.text, one)}")


def _score_link(
    result: VoiceScore, article: GoldArticle, mark: GoldAttribution, found: Attribution
) -> None:
    """Tell whether the mention of a voice was tied to its speaker; an open one must stay open."""
    if mark.optional or not mark.source:
        return
    if found.speaker is None:
        outcome = "right" if mark.speaker is None else "unresolved"
    else:
        outcome = "right" if mark.speaker and means(found.speaker, mark.speaker) else "wrong"
    result.links[outcome] += 1
    if outcome != "right":
        wanted = mark.speaker.name if mark.speaker else "nobody"
        mention = mark.source[0].cut(article.text)
        result.errors.append(f"{article.where}: {mention!r} is {found.speaker}, not {wanted}")


def means(name: str, speaker: Speaker) -> bool:
    """Tell whether `name` stands for the speaker.

    A person's is one of the full names, perhaps after a title. Any other voice's holds all words
    of one of the names, or is held in it, or has half of the words in common.
    """
    given = folded(name)
    for full in map(folded, speaker.names):
        if given == full or given.endswith(f" {full}"):
            return True
        one, other = set(given.split()), set(full.split())
        alike = one <= other or other <= one or len(one & other) >= ENOUGH * len(one | other)
        if speaker.kind != "person" and alike:
            return True
    return False


def _score_cited(
    result: VoiceScore,
    article: GoldArticle,
    found: Sequence[Attribution],
    pairs: dict[int, int],
) -> None:
    for m, mark in enumerate(article.attributions):
        if mark.optional:
            continue
        parent = found[pairs[m]].parent if m in pairs else None
        wanted = None if mark.parent is None else pairs.get(mark.parent, -1)
        result.cited.gold += wanted is not None
        result.cited.found += parent is not None
        result.cited.right += parent is not None and parent == wanted
        if m in pairs and parent != wanted:
            shown = _shown(article.text, mark)
            result.errors.append(f"{article.where}: cited in {parent}, not {wanted}: {shown}")


def _score_dates(
    result: VoiceScore,
    article: GoldArticle,
    found: Sequence[Attribution],
    pairs: dict[int, int],
) -> None:
    for m, n in pairs.items():
        wanted, said_when = article.attributions[m].said_when, found[n].said_when
        result.said_when.gold += wanted is not None
        result.said_when.found += said_when is not None
        result.said_when.right += said_when is not None and said_when == wanted
        if wanted != said_when:
            shown = _shown(article.text, article.attributions[m])
            result.errors.append(f"{article.where}: said {said_when}, not {wanted}: {shown}")


def identity_pairs(articles: Sequence[GoldArticle]) -> Iterator[tuple[Speaker, Speaker, bool]]:
    """Yield speakers of two articles with whether they are the same, if the gold says so."""
    for one, other in combinations(articles, 2):
        for a in one.speakers:
            for b in other.speakers:
                if a.identity and a.identity == b.identity:
                    yield a, b, True
                elif a.identity in b.differs or b.identity in a.differs:
                    yield a, b, False


def same_name(one: Speaker, other: Speaker) -> str:
    """Judge by the full name alone: "same", or "apart" if it is written otherwise."""
    return "same" if folded(one.name) == folded(other.name) else "apart"


def score_identities(
    result: VoiceScore, articles: Sequence[GoldArticle], judge: Judge = same_name
) -> None:
    """Add how `judge` ties speakers of different articles: "same", "propose" or "apart".

    A proposal is left to an editor, so it is unresolved, as is one person left apart.
    """
    for one, other, same in identity_pairs(articles):
        verdict = judge(one, other)
        if verdict == "same":
            outcome = "right" if same else "wrong"
        else:
            outcome = "right" if verdict == "apart" and not same else "unresolved"
        result.identities[outcome] += 1
        if outcome != "right":
            relation = "is" if same else "is not"
            result.errors.append(f"{one.name} {relation} {other.name}: {verdict}")


def _shown(text: str, one: GoldAttribution | Attribution) -> str:
    parts = (" ~ ".join(s.cut(text) for s in spans) for spans in (one.source, one.cue, one.content))
    return " | ".join(part if len(part) <= 60 else f"{part[:40]} … {part[-17:]}" for part in parts)


def table(result: VoiceScore) -> str:
    """Return the figures as lines of text."""
    rows = [f"{'':12} {'gold':>5} {'found':>6} {'right':>6} {'P':>6} {'R':>6} {'F1':>6}"]
    named = [
        *result.styles.items(),
        *result.manners.items(),
        ("all", result.joint),
        ("cited", result.cited),
        ("said when", result.said_when),
    ]
    for name, tally in named:
        rows.append(
            f"{name:12} {tally.gold:5} {tally.found:6} {tally.right:6} "
            f"{tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"
        )
    for name, counts in (("mentions", result.links), ("identities", result.identities)):
        total = max(1, counts.total())
        shares = (f"{one} {counts[one]} ({counts[one] / total:.3f})" for one in OUTCOMES)
        rows.append(f"{name:12} {', '.join(shares)}")
    return "\n".join(rows)


def reader(tier: str | None) -> Callable[[GoldArticle], Sequence[Attribution]]:
    """Return what reads an article of the gold with a tier the way any text is read."""

    def read(article: GoldArticle) -> Sequence[Attribution]:
        return extract(article.text, article.published, tier=tier).attributions

    return read


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of both halves; 2 for gold that cannot be read."""
    parser = argparse.ArgumentParser(prog="corpus.voices_score", description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold/voices"))
    parser.add_argument("--errors", action="store_true", help="list them, of the tuned half only")
    parser.add_argument("--tier", choices=TIERS, help="default: the best that can run")
    options = parser.parse_args(arguments)
    lines = []
    try:
        for half in HALVES:
            articles = list(load_voices(options.gold / half))
            result = score_voices(articles, reader(options.tier))
            score_identities(result, articles)
            lines += result.errors if options.errors and half == "tuned" else []
            lines += [f"\n{half}: {len(articles)} articles", table(result)]
    except (OSError, ValueError) as error:
        sys.stderr.write(f"corpus.voices_score: {error}\n")
        return 2
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
