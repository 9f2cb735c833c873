"""Changes: "rose 12 percent from 2019", "a 114 percent increase", "down 3 percentage points".

The figure keeps its positive value; the direction, the baseline and their words stand beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from corpus import lexicon
from corpus.patterns import GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Change, Quantity
from corpus.quantities.nouns import is_plural, noun_follows
from corpus.quantities.page import Page
from corpus.spans import Span

VERBS = lexicon.mapping("changes", "verbs")
NOUNS = lexicon.mapping("changes", "nouns")
AFTER = lexicon.mapping("changes", "after")
_KINDS = ("count", "money", "percent", "measure", "share")

_ADVERB = (
    rf"(?:[a-z]{{2,14}}ly|sharply|further|another|an{GAP}additional|a{GAP}further|again|back"
    rf"|in{GAP}total|only|just|some|slightly|even{GAP}more|the|a|an|(?:by{GAP})?an{GAP}average{GAP}"
    rf"of|its|their|prices|as{GAP}much{GAP}as|an?{GAP}[a-z]{{4,12}})"
)
_VERB = ending(
    rf"(?<![\w-])(?P<word>{any_of(VERBS)})(?:{GAP}{_ADVERB}){{0,2}}(?P<by>{GAP}by(?:{GAP}(?:an?"
    rf"|some|another|a{GAP}further))?)?{GAP}"
)
_BY = ending(
    rf"{GAP}by(?:{GAP}(?:an?|some|another|just|only|a{GAP}further|an{GAP}average{GAP}of|a{GAP}total"
    rf"{GAP}of))?{GAP}"
)
_VERB_AND_OBJECT = ending(
    rf"(?<![\w-])(?P<word>{any_of(VERBS.keys() - {'up', 'down', 'off'})})"
    rf"(?:{GAP}(?!(?:from|to|but)\b)[\w$%&'’.-]{{1,16}}){{1,6}}"
)
_NOUN_OF = ending(rf"(?<![\w-])(?P<word>{any_of(NOUNS)}){GAP}of(?:{GAP}(?:an?|some|the))?{GAP}")
_DIRECTION = ending(
    rf"(?<![\w-])(?P<word>{any_of(VERBS | NOUNS)})(?:{GAP}[a-z]{{2,14}}){{0,2}}{GAP}"
)
_WORDS = re.compile("[a-z]+")
_FIRST_WORDS = frozenset(words.split()[0] for words in VERBS | NOUNS)
_TOO_COMMON = {"up", "down", "off", "added", "adding", "lost", "gain"}
_ANY = re.compile(
    rf"(?<![\w-])(?:{any_of((VERBS | NOUNS).keys() - _TOO_COMMON)})(?!\w)",
    re.IGNORECASE,
)
_NOUN = starting(
    rf"(?P<of>{GAP}of)?(?:{GAP}(?:year{HYPHEN}on{HYPHEN}year|yearly|annual|annualised"
    rf"|annualized|monthly|sharp|further|net|average|overall|real|wage|pay|price"
    rf"|(?P<kind>(?!and\b|but\b|for\b)[a-z]{{3,12}})))?{GAP}(?P<word>{any_of(NOUNS)})(?!\w)"
)
_BY_AGAIN = re.compile(rf"(?:,|{GAP}and)?{GAP}[^.;:!?\n]{{1,30}}{GAP}by{GAP}", re.IGNORECASE)
_LISTED = re.compile(
    rf"{GAP}(?:at|in|for|on){GAP}(?:the{GAP})?[A-Z][^.;:!?,\n]{{1,30}}(?:,|,?{GAP}and){GAP}"
)
_UP_FROM = re.compile(
    rf"[^.;:!?\n]{{0,60}}?,?{GAP}(?P<word>up|down|higher|lower|increased|reduced|rising|falling)"
    rf"{GAP}from{GAP}(?:(?:about|around|just|only|nearly|almost|some){GAP})?"
)
_FIRM = ending(
    rf"(?:^|[,;:(—–-]{GAP}?|\b(?:is|are|was|were|be|been|being|now|still|already|ended|finished|closed"
    rf"|closing|opened|traded|settled|settling|ending|finishing|trading|shares|stocks|futures|points?|percent)|['’](?:s|re)){GAP}(?:also{GAP})?"
)
_MULTIPLIERS = frozenset(
    stem + end
    for stem in ("doubl", "tripl", "trebl", "quadrupl", "halv")
    for end in ("e", "es", "ed", "ing")
)
_MULTIPLIED = ending(
    rf"(?<![\w-])(?P<word>{any_of(_MULTIPLIERS)}){GAP}to"
    rf"(?:{GAP}(?:an?|some|its|record|the)){{0,2}}{GAP}"
)
_EITHER = re.compile(
    rf"(?:{GAP}(?:an?|per){GAP}[a-z]{{3,12}})?(?:,?{GAP}or|{GAP}?\((?:or{GAP})?)"
    rf"(?:{GAP}?(?:about|nearly|almost|around|some|roughly))?{GAP}?"
)
_THAN = starting(rf"{GAP}than\b")
_LEVEL = ("above", "below", "beyond")
_ARTICLE_BEFORE = ending(rf"\b(?:an?|the|its|their|his|her){GAP}")
_OF = starting(rf"{GAP}of\b")
_THEN = starting(
    rf"{GAP}(?P<word>{any_of(AFTER)})(?!\w)(?!{GAP}(?:of|to|and|or|people|for|in{GAP}the)\b)"
)
_BASELINE = starting(
    rf"(?:,?{GAP}(?P<by>year{HYPHEN}on{HYPHEN}year|compared{GAP}(?:with|to)|from|than|over|on"
    rf"|versus|against|since|relative{GAP}to)(?:{GAP}(?:in|on|at|that{GAP}of|for|with|its))?){GAP}"
    rf"(?:this{GAP}(?:time|point|stage){GAP})?(?P<the>(?:the|an?){GAP})?"
)
_YEAR_ON_YEAR = starting(
    rf",?{GAP}(?P<words>year{HYPHEN}(?:on|over){HYPHEN}year|year{GAP}on{GAP}year|from{GAP}"
    rf"a{GAP}year{GAP}(?:earlier|ago|before))(?!\w)"
)


def direction_before(page: Page, place: int) -> str | None:
    """Return the direction of a word of movement that ends within two words before `place`."""
    match = _DIRECTION.search(page.before(place, 48))
    if match is None:
        return None
    return _direction(" ".join(match["word"].lower().split()))


def direction_in(page: Page, place: int) -> str | None:
    """Return the direction of the last word of movement before `place` in its sentence."""
    words = [match[0].lower() for match in _ANY.finditer(page.before(place, 90))]
    return VERBS.get(words[-1]) or NOUNS.get(words[-1]) if words else None


def apply(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with their changes; the baseline is the date or words compared with."""
    dates = {item.span.start: item for item in found if item.kind == "date"}
    changed: list[Quantity] = []
    last = -1
    for item in found:
        if item.kind == "duration":
            item = _compared(page, item, dates)
        if item.kind in _KINDS:
            item = _compared(page, item, dates) if item.kind == "count" else item
            item = _changed(page, item, dates)
            if last >= 0:
                item = _like_the_last(page, changed[last], item, dates)
                _mark_up_from(page, changed, last, item)
            last = len(changed)
        changed.append(item)
    return changed


def _like_the_last(
    page: Page, last: Quantity, item: Quantity, dates: dict[int, Quantity]
) -> Quantity:
    """Read on where a movement is not said again: "Oss was down 2 percent, Brill by 3 percent",
    "rose 38 cents, or 2 percent".
    """
    if item.change or not last.change:
        return item
    between = page.text[last.end : min(item.span.start, last.end + 40)]
    if (item.kind, item.unit) != (last.kind, last.unit) and _EITHER.fullmatch(between):
        change = replace(last.change, start=None)
        return replace(item, change=replace(change, baseline=_baseline(page, item, change, dates)))
    between = page.text[last.span.end : min(item.span.start, last.span.end + 48)]
    listed = item.kind == "percent" and not _OF.match(page.text, item.span.end)
    if last.kind == item.kind and (
        (len(between) < 40 and _BY_AGAIN.fullmatch(between))
        or (listed and _LISTED.fullmatch(between))
    ):
        return replace(item, change=replace(last.change, start=None, baseline=None))
    return item


def _mark_up_from(page: Page, changed: list[Quantity], last: int, item: Quantity) -> None:
    """Give the change of "42 of 60 seats, up from 11" to the part, not to the whole."""
    whole = changed[last]
    read = _up_from(page, whole, item)
    share = changed[last - 2] if last > 1 else whole
    if share.rule == "part of" and share.span.end == whole.span.end:
        changed[last - 1] = replace(
            changed[last - 1], change=read.change or changed[last - 1].change
        )
    else:
        changed[last] = read


def _up_from(page: Page, last: Quantity, item: Quantity) -> Quantity:
    """Read "$40 million, up from $35 million": a level with the figure it is compared with."""
    end = last.end
    between = page.text[end : min(item.span.start, end + 90)]
    if last.change or last.kind != item.kind or "from" not in between:
        return last
    match = _UP_FROM.fullmatch(between)
    if match is None:
        return last
    word = match["word"]
    direction = "decrease" if word in ("down", "lower", "reduced", "falling") else "increase"
    span = Span(end + match.start("word"), end + match.end("word"))
    return replace(last, change=Change(direction, baseline=item.span.cut(page.text), span=span))


def _changed(page: Page, item: Quantity, dates: dict[int, Quantity]) -> Quantity:
    change = item.change or _change(page, item)
    if change is None:
        return item
    change = replace(change, baseline=_baseline(page, item, change, dates))
    item = replace(item, change=change)
    if change.ambiguous:
        return replace(item, concept=None, concept_head=None, concept_span=None)
    return item


def _baseline(page: Page, item: Quantity, change: Change, dates: dict[int, Quantity]) -> str | None:
    """Return the date, or the words, that a changed figure is compared with."""
    end = max(item.end, change.span.end if change.span else 0)
    if words := _YEAR_ON_YEAR.match(page.text, end):
        return words["words"]
    match = _BASELINE.match(page.text, end)
    if match is None:
        return None
    date = dates.get(match.end()) or dates.get(match.start("the"))
    if date is None or (date.rule == "weekday" and match["by"].lower() == "on"):
        return None
    return date.span.cut(page.text)


def _compared(page: Page, item: Quantity, dates: dict[int, Quantity]) -> Quantity:
    """Read "40 more than in 2019" and "two weeks longer than a year ago": those need the date."""
    match = _THEN.match(page.text, item.span.end)
    if match is None or item.change or not _THAN.match(page.text, match.end()):
        return item
    change = Change(AFTER[match["word"].lower()], span=Span(match.start("word"), match.end()))
    baseline = _baseline(page, item, change, dates)
    return replace(item, change=replace(change, baseline=baseline)) if baseline else item


def _change(page: Page, item: Quantity) -> Change | None:
    start = item.hedge_span.start if item.hedge_span else item.span.start
    start = min(start, item.span.start)
    return _told_before(page, item, start) or _told_after(page, item)


def _told_before(page: Page, item: Quantity, start: int) -> Change | None:
    """Read "rose 12 percent", "an increase of 12 percent", "cut the price of it by 12 percent"."""
    before = page.before(start, 72)
    words = _WORDS.findall(before.lower())
    if _FIRST_WORDS.isdisjoint(words) and _MULTIPLIERS.isdisjoint(words):
        return None
    before = before[-60:]
    match = _VERB.search(before) or _NOUN_OF.search(before)
    by = match is not None and bool(match.groupdict().get("by"))
    if match is None and (found := _MULTIPLIED.search(before)):
        place = start - len(before) + found.start("word")
        direction = "decrease" if found["word"].lower().startswith("h") else "increase"
        return Change(direction, span=Span(place, place + len(found["word"])))
    if match is None and (found := _BY.search(before)):
        before = page.before(start - len(found[0]), 72)
        match = _VERB_AND_OBJECT.search(before)
        start -= len(found[0])
        by = True
    if match is None:
        return None
    word = " ".join(match["word"].lower().split())
    ahead = before[: match.start("word")]
    if not by and (
        _is_phrasal(word, ahead, item)
        or _is_object(word, match[0], item)
        or _is_level(page, match[0], item)
    ):
        return None
    if _is_booked(page, word, item) or _is_place(page, word, item):
        return None
    place = start - len(before) + match.start("word")
    return Change(_direction(word), span=Span(place, place + len(match["word"])))


def _told_after(page: Page, item: Quantity) -> Change | None:
    """Read "a 12 percent increase", "12 percent higher"; "300 job cuts" are counted themselves."""
    for pattern in (_NOUN, _THEN):
        match = pattern.match(page.text, item.span.end)
        if match is None or match.end() > page.sentence(item.span.start).end:
            continue
        word = match["word"].lower()
        if item.kind == "count" and (
            pattern is _THEN or is_plural(word) or item.value == "1" or not match["kind"]
        ):
            continue
        if (word == "off" and item.kind == "measure") or _is_booked(page, word, item):
            continue
        direction = NOUNS.get(word) or AFTER[word]
        ambiguous = pattern is _NOUN and bool(match["of"])
        return Change(direction, span=Span(match.start("word"), match.end()), ambiguous=ambiguous)
    return None


def _direction(word: str) -> str:
    return VERBS.get(word) or NOUNS[word]


_PHRASAL = re.compile(
    r"(?:pick|set(?!tl)|shot|shoot|gun|struck|tak|mad|made|make|sign|line|back|hold|break|cut|shut|slow|step|turn|track"
    r"|show|com|came|laid|lay|kick|call|pay|paid|put|start|gave|giv)[a-z]{0,5}\s\Z",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:end|clos)[a-z]{0,5}\s\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"\s(?:an?|the|its|their|his|her)\s(?!average\b)", re.IGNORECASE)


def _is_phrasal(word: str, before: str, item: Quantity) -> bool:
    """Tell "laid off 300" and "freed up $2" from a movement ("is up $2", "closed down 2 percent").

    Before a percentage only verbs that are known for it are no movement.
    """
    if word not in ("up", "down", "off"):
        return False
    if item.kind in ("count", "money") and not _FIRM.search(before[-16:]):
        return True
    return bool(
        _PHRASAL.search(before[-14:]) or (item.kind == "count" and _CLOSED.search(before[-14:]))
    )


def _is_object(word: str, words: str, item: Quantity) -> bool:
    """Tell "added a 30-metre wing", "raised $2 million", things, from "added 30 percent"."""
    if item.concept_head == "time" or item.kind == "percent":
        return item.concept_head == "time"
    if word.startswith(("rais", "rall")):
        return item.kind == "count" or (word.startswith("rais") and item.kind == "money")
    return word.startswith(("add", "los")) and bool(_ARTICLE.search(words))


_OF_VALUE = starting(
    rf"{GAP}(?:in|of|off|from){GAP}(?:(?:its|their|the|total){GAP})?(?:[a-z]{{4,8}}{GAP})?(?:value|worth"
    rf"|capitali[sz]ation)\b"
)
_HUGE = 100_000
_SINKS = re.compile(r"(?:s[aiu]nk|fell|fall|drop|crash|div|dip)[a-z]{0,5}\Z", re.IGNORECASE)
_WHERE = starting(
    rf"{GAP}(?:off|offshore|inland|away|outside|out{GAP}(?:to|at){GAP}sea|(?:to{GAP}the{GAP})?(?:north|south"
    rf"|east|west)[a-z]{{0,4}}|down{HYPHEN}?stream|up{HYPHEN}?stream|short{GAP}of)\b"
)


def _is_booked(page: Page, word: str, item: Quantity) -> bool:
    """Tell "a net loss of $3 million" and "lost $3 million", sums that are booked, from a price
    that lost $3; a loss of value is a movement.
    """
    if item.kind != "money" or not word.startswith("los"):
        return False
    if _OF_VALUE.match(page.text, item.span.end):
        return False
    amount = Fraction(item.value or item.low or 0)
    return word.startswith("loss") or amount >= _HUGE


def _is_place(page: Page, word: str, item: Quantity) -> bool:
    """Tell "sank 3 km off Brill", where it sank, from a level that sank."""
    return item.kind == "measure" and bool(
        _SINKS.match(word) and _WHERE.match(page.text, item.span.end)
    )


def _is_level(page: Page, words: str, item: Quantity) -> bool:
    """Tell "rose above 50 percent" and "cut the 35 percent rate", levels, from changes."""
    if item.hedge_span and item.hedge_span.cut(page.text).lower() in _LEVEL:
        return True
    return (
        item.kind in ("percent", "money")
        and bool(_ARTICLE_BEFORE.search(words))
        and noun_follows(page, item.span.end)
    )
