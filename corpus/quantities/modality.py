"""Modality: whether a figure is asserted, planned, forecast, conditional, presupposed or denied.

The trigger stands in the clause of the figure: before it ("will sell 40 boats") or, where the
figure is the subject, right after it ("40 boats will be sold").
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus import lexicon
from corpus.patterns import any_of, ending, small, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page

WORDS = lexicon.mapping("modality", "words")
_FAR = 120
_TOKEN = re.compile("[a-z]+")
_COMMON = {"is", "are", "was", "were", "has", "have", "had", "did", "does", "do", "no", "may"}
_TRIGGERS = frozenset(max(_TOKEN.findall(words), key=len) for words in WORDS) - _COMMON
_MAY = re.compile(r"\b(?:may|MAY|(?:is|are|was|were) to)\b")
"""Triggers that few of their words are; "May" is a month."""
_DENIALS = lexicon.folded("modality", "denials")
_ALL = _TRIGGERS | _DENIALS
_FIRST = frozenset(_TOKEN.findall(words)[0] for words in WORDS)
_MODAL = starting(
    rf"(?<![\w-])(?!not (?:only|just|least)\b|if not\b|going to (?:an?|the|his|her|its|their)\b)"
    rf"(?<!\bif )(?:{any_of(WORDS)})(?!\w)",
    flags=0,
)
_CLAUSE = re.compile(
    r"[;:()—]|\s[-–]\s|[,.?!][\"”’']{1,2}\s|,\s(?:which|who|and|but|while|with|whereas|as|after|where"
    r"|because|though|although|worth|valued|including)\b|\b(?:(?:because|although|after|since|which|who"
    r"|whose|said|says|told|that|(?:up|down)\sfrom|compared\s(?:with|to)|rather\sthan)\b)"
)
"""What a clause ends with, in small letters."""
_FACT = re.compile(
    r"\b(?:was|were|had|has|have|is|are|did|rose|fell|grew|took|held|made|came|went|won|lost"
    r"|paid|sent|said|became|began|cost|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"(?:\s(?:not|also|still|only|soon|then|now|\w{2,12}ly|have|has|be|been|being|get|to|and)\b){0,4}"
    r"\s\w+"
)
_LATER_FACT = re.compile(
    r"\b(?:was|were|had|did|rose|fell|grew|took|held|came|went|won|lost|paid|became|began|cost|is|are)"
    r"\b|(?:,|\b(?:he|she|it|they|we))\s[a-z]{3,}ed\b"
)
_NEXT_CLAUSE = re.compile(
    r"[.;:!?()—,]|\s[-–]\s|\b(?:that|which|who|and|but|because|if|when|while|as|than|they|he|she|it|we"
    r"|you|say|says|think|believe|want|support|oppose|favou?r|approve|prefer)\b",
    re.IGNORECASE,
)
_DENIED_THAT = ending(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:e|es|ed|ing)|no\sevidence|not\strue"
    r"|untrue|false)(?:\s[a-z]+){0,3}\s"
)
_SAID = re.compile(r"\b(?:said|announced|told|pledged|promised|stated|confirmed|that)\b")
_WILL = re.compile(r"\b(?:will|plans? to|aims? to|pledged to|intends? to)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|rose|fell|grew|took|held|made|came|won|lost|[a-z]{3,}ed)\b"
)
_COMING = re.compile(r"(?:the\s)?(?:next|coming)\s", re.IGNORECASE)
_COMING_BEFORE = ending(r"\b(?:next|coming)\s")
_QUOTES = "\"'”’) \t\r\n"
_SUBJECTS = ("count", "money", "percent", "share", "measure")


def mark(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with their modality, read from the words of their own clause."""
    return [
        replace(item, modality=how) if (how := _modality(page, item)) else item for item in found
    ]


def _modality(page: Page, item: Quantity) -> str | None:
    sentence = page.sentence(item.span.start)
    if page.text[max(sentence.start, sentence.end - 12) : sentence.end].rstrip(_QUOTES)[-1:] == "?":
        return "presupposed"
    start = item.span.start
    if item.hedge_span and item.hedge_span.start < start:
        start = item.hedge_span.start
    before = page.before(start, _FAR)
    if _has_any(page, _ALL, start - len(before), start):
        clause, denied = _clause(before)
        if denied:
            return "denied"
        modals = _modals(clause)
        if modals:
            return _of(modals[-1], clause, before)
    if item.kind == "duration" and item.concept != "age":
        return _coming(page, item, _clause(before)[0])
    return _after(page, item, before) if item.kind in _SUBJECTS else None


def _has_any(page: Page, words: frozenset[str], start: int, end: int) -> bool:
    """Tell by single words, before any pattern is tried, whether there is something to find."""
    return page.first(words, start, end) is not None or bool(_MAY.search(page.text, start, end))


def _clause(before: str) -> tuple[str, bool]:
    """Return what stands before a figure in its clause, and whether a denial governs that."""
    cut = 0
    denied = False
    for match in _CLAUSE.finditer(small(before)):
        cut = match.end()
        denied = match[0] == "that" and bool(_DENIED_THAT.search(before[: match.start()]))
    return before[cut:], denied


def _modals(words: str) -> list[re.Match[str]]:
    """Return the triggers in some words, in small letters; "May" is a month."""
    words = small(words.replace("May", "___"))
    found: list[re.Match[str]] = []
    for token in _TOKEN.finditer(words):
        if token[0] in _FIRST and not (found and token.start() < found[-1].end()):
            match = _MODAL.match(words, token.start())
            found += [match] if match else []
    return found


def _kind(modal: re.Match[str]) -> str:
    return WORDS[" ".join(modal[0].split()).replace("’", "'")]


def _of(modal: re.Match[str], clause: str, before: str) -> str | None:
    """Return what a trigger says of the figure; nothing where another verb comes between."""
    kind = _kind(modal)
    if kind == "denied" and len(clause) - modal.end() > 30:
        return None
    if modal[0] == "would" and _SAID.search(before):
        kind = "planned"
    chain = _CHAIN.match(clause, modal.end())
    later = _LATER_FACT.search(clause, chain.end() if chain else modal.end())
    return None if later and modal[0] not in ("if", "unless", "whether") else kind


def _after(page: Page, item: Quantity, before: str) -> str | None:
    """Read "40 boats will be sold", where the figure is the subject of its clause."""
    end = item.concept_span.end if item.concept_span else item.span.end
    start = max(end, item.span.end)
    after = page.after(start, 60)
    if not _has_any(page, _TRIGGERS, start, start + len(after)) or _FACT.search(_clause(before)[0]):
        return None
    stop = _NEXT_CLAUSE.search(after)
    after = after[: stop.start()] if stop else after
    modals, fact = _modals(after), _FACT.search(after)
    if not modals or (fact and fact.start() < modals[0].start()):
        return None
    return _kind(modals[0])


def _coming(page: Page, item: Quantity, clause: str) -> str | None:
    """Read "over the next three years" and "Within the coming two years, it will …"."""
    if _PAST.search(clause):
        return None
    if _COMING.match(item.span.cut(page.text)) or _COMING_BEFORE.search(clause):
        return "planned"
    if _FACT.search(clause):
        return None
    after = re.split(r"[;:.]", page.after(item.span.end, 50))[0]
    return "planned" if len(clause.strip()) < 24 and _WILL.search(after) else None
