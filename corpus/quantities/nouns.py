"""A light reader of noun phrases: what a figure counts, without a parser.

English says the figure first, the head noun last and in the plural: the phrase ends at the first
plural. Where there is none it ends before the first word that no noun phrase contains.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus import lexicon
from corpus.patterns import GAP, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.spans import Span

_STOPS = lexicon.folded("nouns", "stops")
_LEADS = lexicon.folded("nouns", "leads")
_SINGULARS = lexicon.folded("nouns", "singulars")
_PLURALS: dict[str, str] = lexicon.load("nouns")["plurals"]
_MOST_WORDS = 6

_WORD = starting(
    rf"(?:{GAP}|{GAP}?[\"“‘]|-)(?P<word>[^\W\d_](?:[^\W_]|[-‐‑'’.&](?=[^\W_]))*)(?P<tail>['’]|)"
)
_DETERMINER = "the|these|those|its|his|her|their|our|all|such"
_OF_THEM = starting(rf"{GAP}of{GAP}(?:{_DETERMINER})(?:{GAP}(?:the|its))?(?!\w)")
_OF = starting(
    rf"{GAP}of(?:{GAP}(?:{_DETERMINER})(?!\w)){{0,2}}(?={GAP})|{GAP}(?:{_DETERMINER})(?={GAP})"
)


@dataclass(frozen=True, slots=True)
class Concept:
    """What is counted: the phrase as written, its head noun in the singular, its place."""

    words: str
    head: str
    span: Span


def concept_after(page: Page, place: int, *, single: bool = False) -> Concept | None:
    """Return the noun phrase that begins at `place`, after a figure; None if there is none.

    `single` says that the figure is one, so that no plural is to be waited for.
    """
    if partitive := _OF_THEM.match(page.text, place):
        place, single = partitive.end(), False
    stop = page.sentence(max(0, place - 1)).end
    start = end = head = None
    for number in range(_MOST_WORDS):
        match = _WORD.match(page.text, place)
        if match is None or match.end("word") > stop:
            break
        word = match["word"]
        folded = word.lower()
        if folded in _LEADS and start is None:
            place = match.end()
            continue
        if folded in _STOPS or (number and single and folded.endswith("ed")):
            break
        if word.endswith(("'s", "’s")):
            start = match.start("word") if start is None else start
            place = match.end("word")
            continue
        start = match.start("word") if start is None else start
        end, head, place = match.start("word") + len(word), folded, match.end()
        if match["tail"] or (not single and is_plural(folded) and not word[0].isupper()):
            break
    if start is None or end is None or head is None:
        return None
    span = Span(start, end)
    return Concept(span.cut(page.text), singular(head), span)


def concept_of(page: Page, place: int) -> Concept | None:
    """Return the noun phrase after "of", "of the" or "the" at `place`; None if there is none."""
    match = _OF.match(page.text, place)
    return concept_after(page, match.end()) if match else None


def counting(concept: Concept | None, quantity: Quantity) -> Quantity:
    """Return `quantity` as one of `concept`; unchanged if there is none."""
    if concept is None:
        return quantity
    return replace(
        quantity,
        concept=concept.words,
        concept_head=concept.head,
        concept_span=concept.span,
    )


def plural_follows(page: Page, place: int) -> bool:
    """Tell whether one of the next two words is a plural noun in lower case: 2,019 mill
    workers".
    """
    for _ in range(2):
        match = _WORD.match(page.text, place)
        if match is None or match["word"].lower() in _STOPS or not match["word"][0].islower():
            return False
        if is_plural(match["word"].lower()):
            return True
        place = match.end()
    return False


def is_plural(word: str) -> bool:
    """Tell whether a lower-case `word` looks like a plural noun."""
    if word in _PLURALS:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s", "’s"))
        and word not in _SINGULARS
        and word not in _STOPS
    )


def singular(word: str) -> str:
    """Return the singular of a lower-case noun, as far as spelling tells."""
    word = word.rsplit("-", 1)[-1] if word.rsplit("-", 1)[-1] in _PLURALS else word
    if word in _PLURALS:
        return _PLURALS[word]
    if not is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]
