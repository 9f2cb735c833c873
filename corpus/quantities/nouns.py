"""A light reader of noun phrases: what a figure counts, without a parser.

English says the figure first, the head noun last and in the plural: the phrase ends at the first
plural. Where there is none it ends before the first word that no noun phrase contains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus import lexicon
from corpus.numbers import CARDINALS
from corpus.patterns import GAP, HYPHEN, any_of, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.spans import Span

_STOPS = lexicon.folded("nouns", "stops")
_VERBS_TOO = lexicon.folded("nouns", "verbs_too")
_CONTAINERS = lexicon.folded("nouns", "containers")
_LEADS = lexicon.folded("nouns", "leads")
_SINGULARS = lexicon.folded("nouns", "singulars")
_ATTRIBUTIVES = lexicon.folded("nouns", "attributives")
_PLURAL_ATTRIBUTIVES = lexicon.folded("nouns", "plural_attributives")
_PLURALS: dict[str, str] = lexicon.load("nouns")["plurals"]
_MOST_WORDS = 7

_LETTERS = r"[^\W\d_](?:[^\W_]|[\u0300-\u036f]|[-‐‑'’.&](?=[^\W_]))*"
_WORD = starting(rf"(?:{GAP}|{GAP}?[\"“‘])(?P<word>{_LETTERS})(?P<tail>['’]|)")
_GLUED = starting(rf"{HYPHEN}(?P<word>[^\W\d_]+)")
_ODD = starting(rf"{HYPHEN}(?:odd|plus|ish|strong)(?={GAP})")
_NUMBER_OF_A_NAME = starting(rf"{GAP}[0-9]{{1,3}}(?={GAP}[a-z]{{3}})")
_NUMBERED = starting(rf"{GAP}[0-9]{{1,4}}{HYPHEN}[a-z]{{2,12}}(?={GAP}[a-z])", flags=0)
_HOW_MANY = starting(
    rf"(?:{GAP}[a-z]{{3,12}})?{GAP}[0-9][0-9,.]{{0,12}}(?:[mk]|{GAP}?(?:million|billion))?(?={GAP}"
    rf"[^\W\d_])"
)
_DETERMINER = "the|these|those|its|his|her|their|our|all|such"
_OF_THEM = starting(rf"[\"”’]?{GAP}of(?:{GAP}(?:{_DETERMINER})(?!\w)){{0,2}}(?={GAP}[^\W\d_])")
_NUMBER_OF_ALL = starting(
    rf"(?:{GAP}(?:last|first|other|remaining))?{GAP}(?:[0-9][0-9,]{{0,9}}|{any_of(CARDINALS)})(?={GAP}[^\W\d_])"
)
_OF = starting(
    rf"{GAP}of(?:{GAP}(?:{_DETERMINER})(?!\w)){{0,2}}(?={GAP})|{GAP}(?:{_DETERMINER})(?={GAP})"
)
_MEN = re.compile(r"(?<!ci)(?<!gi)(?<!\bye)(?<!do)(?<!tu)(?<!cu)(?<!\bo)(?<!\bhy)men\Z")
_OF_WHAT = starting(rf"{GAP}of(?={GAP}[a-z])", flags=0)
_INITIALS = re.compile(r"[A-Z]{2,5}s\Z")
_PARTICIPLE = re.compile(r"[a-z-]{2,}(?:[^e\W]ed|ing)\Z")
_PAST = re.compile(r"[a-z-]{2,}[^e\W]ed\Z")


@dataclass(frozen=True, slots=True)
class Concept:
    """What is counted: the phrase as written, its head noun in the singular, its place."""

    words: str
    head: str
    span: Span


def concept_after(page: Page, place: int, *, single: bool = False) -> Concept | None:
    """Return the noun phrase that begins at `place`, after a figure; None if there is none.

    `single` says that the figure is one, so that no plural is to be waited for. What is joined to
    the figure by a hyphen is counted ("a 12-member panel": members), and so is what is known to
    stand for its plural ("a 12 page paper": pages).
    """
    if partitive := _OF_THEM.match(page.text, place):
        place, single = partitive.end(), False
        if whole := _NUMBER_OF_ALL.match(page.text, place):
            place = whole.end()
    elif odd := _ODD.match(page.text, place):
        place = odd.end()
    elif glued := _GLUED.match(page.text, place):
        if glued["word"].lower() in _STOPS:
            return None
        return _concept(page, glued.start("word"), glued.end(), glued["word"])
    found = _words(page, place, single)
    if not found:
        return None
    last = found[-1]["word"].lower()
    if found[0]["word"] in _ATTRIBUTIVES and not is_plural(last):
        found = found[:1]
    end = found[-1].end("word")
    if last in _CONTAINERS and (more := _OF_WHAT.match(page.text, end)):
        end = (_words(page, more.end(), single=False) or found)[-1].end("word")
    return _concept(page, found[0].start("word"), end, found[-1]["word"])


def _concept(page: Page, start: int, end: int, head: str) -> Concept:
    span = Span(start, end)
    return Concept(span.cut(page.text), singular(head.lower()), span)


def _words(page: Page, place: int, single: bool) -> list[re.Match[str]]:
    """Return the words of a noun phrase from `place` on: to its first plural, if it has one."""
    stop = page.sentence(max(0, place - 1)).end
    found: list[re.Match[str]] = []
    while len(found) < _MOST_WORDS:
        place = _past_a_number(page, place, found)
        match = _WORD.match(page.text, place)
        if match is None or match.end("word") > stop:
            break
        folded = match["word"].lower()
        place = match.end()
        if not found and folded in _LEADS:
            continue
        if found and not single and folded in ("and", "or") and _plural_soon(page, place):
            continue
        if found and match["word"] in CARDINALS:
            break  # another figure: "five points two days ago", but "40 Formula One drivers"
        noun = not found and not single and folded in _VERBS_TOO
        if (folded in _STOPS and not noun) or (found and single and _is_verb(folded)):
            break
        found.append(match)
        if noun or match["tail"] or (not single and _ends_phrase(page, match)):
            break
    return _trimmed(found, single)


def _past_a_number(page: Page, place: int, found: list[re.Match[str]]) -> int:
    """Return where a phrase goes on after a number in it: "40 18-hole courses"."""
    number = _NUMBERED.match(page.text, place)
    if number is None and found and found[-1]["word"][0].isupper():
        number = _NUMBER_OF_A_NAME.match(page.text, place)
    return number.end() if number else place


def _ends_phrase(page: Page, match: re.Match[str]) -> bool:
    """Tell whether a word is the plural that ends a phrase: not "police" in "five police officers",
    not "sales" in "40 sales managers".
    """
    word = match["word"]
    if not (_INITIALS.match(word) or (word[0].islower() and is_plural(word))):
        return False
    if word not in _PLURAL_ATTRIBUTIVES and word not in _PLURALS:
        return True
    after = _WORD.match(page.text, match.end())
    return after is None or not is_plural(after["word"].lower())


def _trimmed(found: list[re.Match[str]], single: bool) -> list[re.Match[str]]:
    """Return a phrase without what follows its head: "Kestrians oppose", "boats' owner's"."""
    if found and not single and not is_plural(found[-1]["word"].lower()):
        names = [n for n, word in enumerate(found) if _is_plural_name(word["word"])]
        found = found[: names[-1] + 1] if names else found
    verb = _PAST if single else _PARTICIPLE
    while found and (found[-1]["word"].endswith(("'s", "’s")) or verb.match(found[-1]["word"])):
        found.pop()
    return found


def _is_plural_name(word: str) -> bool:
    return word[0].isupper() and is_plural(word.lower())


def _is_verb(word: str) -> bool:
    """Tell whether a word after "one proposal" is its verb ("asks", "died") and no noun."""
    return word.endswith("ed") or is_plural(word)


def _plural_soon(page: Page, place: int) -> bool:
    """Tell whether a plural ends the phrase after "and": "digital and physical sales"."""
    for _ in range(3):
        match = _WORD.match(page.text, place)
        if match is None or match["word"].lower() in _STOPS or match["word"].lower() in CARDINALS:
            return False
        if is_plural(match["word"].lower()):
            return True
        place = match.end()
    return False


def concept_of(page: Page, place: int) -> Concept | None:
    """Return the noun phrase after "of", "of the" or "the" at `place`; None if there is none."""
    match = _OF.match(page.text, place)
    if match is None:
        return None
    number = _HOW_MANY.match(page.text, match.end())
    return concept_after(page, number.end() if number else match.end())


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


def noun_follows(page: Page, place: int) -> bool:
    """Tell whether the next word may be part of a noun phrase: "the 35 percent rate"."""
    match = _WORD.match(page.text, place)
    return match is not None and match["word"].lower() not in _STOPS


def is_plural(word: str) -> bool:
    """Tell whether a lower-case `word` looks like a plural noun."""
    if word in _PLURALS or _MEN.search(word):
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
    if word.endswith("men"):
        return f"{word[:-3]}man"
    if word.endswith("es") and word[:-2] in _SINGULARS:
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]
