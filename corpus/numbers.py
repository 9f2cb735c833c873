"""Figures written in digits or words: where they stand and what they are worth, exactly.

"2.5 million", "half a million", "one and a half", "three dozen", "12,34,567", "5 1/2", "one-third",
"21st", "1.3e6". A run of digits that is not one well-formed number is refused whole, never
half-read.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from corpus.numerals import (
    BIG_SCALES,
    CARDINALS,
    CROWD,
    CROWDED,
    CROWDED_WHY,
    LETTERS,
    NOUGHTS,
    ORDINALS,
    PARTS,
    SCALES,
    SIGNS,
    SMALL_ORDINALS,
    TEENS,
    TENS,
    UNITS,
    Figure,
    exact,
    why_refused,
)
from corpus.patterns import GAP, HYPHEN, any_of
from corpus.spans import Span

__all__ = [
    "CARDINALS", "LETTERS", "ORDINALS", "TEENS", "TENS", "UNITS", "Figure", "exact", "figures",
]  # fmt: skip

_DIGITS = r"[0-9](?:[0-9]|[.,](?=[0-9]))*"
_GROUPS = (
    r"(?<![\w.,-])(?:[1-9][0-9]{0,2}(?:[\u00a0\u2009\u202f][0-9]{3}){1,4}"
    r"|(?<=[a-z$€£][ R(])[1-9][0-9]{0,2}(?: [0-9]{3}){1,2}|\A[1-9][0-9]{0,2}(?: [0-9]{3}){1,2})"
    r"(?:\.[0-9]+)?(?![\w,]|[ .][0-9])"
)
_SCALE = rf"(?:{any_of(SCALES)})\b"
_PART = rf"(?:{any_of(PARTS)})s?\b"
_WORD = rf"(?:{any_of(CARDINALS | ORDINALS)})\b"
_FIRSTS = "".join(sorted({word[0] for word in (*CARDINALS, *ORDINALS, "a", "half")}))
_GATE = rf"(?=[0-9.{''.join(SIGNS)}{_FIRSTS}])(?:(?<![A-Za-z])|(?=[0-9{''.join(SIGNS)}]))"
"""What any figure begins with: few letters get past it, which is where the time goes."""

_STARTS = re.compile(
    rf"{_GATE}(?:(?P<groups>{_GROUPS})|(?P<digits>(?<![\w.])\.[0-9]+|{_DIGITS})|(?P<sign>[{''.join(SIGNS)}])"
    rf"|(?<![\w.])(?:(?P<half>half{GAP}(?:an?{GAP})?{_SCALE})|(?P<article>an?{GAP}(?:half{GAP}"
    rf")?{_SCALE})"
    rf"|(?P<one>an?{GAP}{_PART})|(?P<point>{any_of(NOUGHTS)}(?={GAP}point\b))"
    rf"|(?P<scale>hundred(?={GAP}(?:thousand|million|billion)))|(?P<bare>half|{_WORD}))(?!\w))",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(
    rf"(?:(?P<dash> {HYPHEN} )|{GAP}|{HYPHEN})(?:(?P<and>and){GAP})?(?P<word>[A-Za-z]{{2,12}})\b"
)
_HUNDREDS = re.compile(rf"{GAP}(?:hundred|thousand)\b", re.IGNORECASE)
_AND_PART = re.compile(
    rf"{GAP}and{GAP}(?P<top>an?|{any_of(UNITS)})(?:{GAP}|{HYPHEN})(?P<part>half|{_PART})"
    rf"(?:{GAP}(?P<scale>{_SCALE}))?",
    re.IGNORECASE,
)
_OF_A_SCALE = re.compile(
    rf"(?:{GAP}of{GAP}an?)?{GAP}(?P<scale>{any_of(BIG_SCALES)})\b", re.IGNORECASE
)
_COMPOUND_PART = re.compile(
    rf"{GAP}(?P<tens>{any_of(TENS)})(?:{GAP}|{HYPHEN})(?P<unit>{any_of(SMALL_ORDINALS)})s\b",
    re.IGNORECASE,
)
_THEN_SCALE = re.compile(rf"(?:{GAP}|{HYPHEN})(?P<scale>{_SCALE})", re.IGNORECASE)
_THEN_PART = re.compile(rf"(?P<join> {HYPHEN} |{GAP}|{HYPHEN})(?P<part>{_PART})", re.IGNORECASE)
_THEN_FRACTION = re.compile(
    rf"(?:{GAP}|{HYPHEN})?(?:(?P<sign>[{''.join(SIGNS)}])|(?P<top>[0-9]{{1,2}})/"
    rf"(?P<bottom>[0-9]{{1,2}})(?![0-9/]))"
)
_OVER = re.compile(r"/([0-9]{1,3})(?![0-9/.,]|\w)")
_POINT = re.compile(
    rf"{GAP}point(?:(?P<digits>(?:{GAP}(?:{any_of((*UNITS, *NOUGHTS))})){{1,8}})"
    rf"|{GAP}(?P<whole>{any_of(CARDINALS)}))\b",
    re.IGNORECASE,
)
_POWER = re.compile(r"\^(?P<power>[+-]?[0-9]{1,2})(?![\w^])|[eE](?P<e>[+-]?[0-9]{1,2})(?!\w)")
_TIMES_TEN = re.compile(r" ?[x×*] ?10\^(?P<ten>[+-]?[0-9]{1,2})(?![\w^])")
_HUNDRED_AND = re.compile(
    rf"{GAP}and{GAP}(?:(?P<digits>[1-9][0-9]?)(?![\w.,%/-]|{GAP}{_SCALE})|(?P<word>{any_of(CARDINALS)})\b)",
    re.IGNORECASE,
)
_LETTERS_AFTER = re.compile(r"[A-Za-zµ]{1,6}")
_LETTERS_BEFORE = re.compile(r"[A-Za-zµ]{1,6}\Z")
_OF = re.compile(
    rf"{GAP}of\b|[.,;:)]|{GAP}(?:more|less|in|from|to|since|by|on|and|or|this|last|compared"
    rf"|after)\b|\s*\Z",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"[A-Z][a-z]+\.? \Z")
_MINUS_BEFORE = re.compile(
    r"(?:(?<![\w)\]])(?<![0-9] )[-\u2212]|\b(?:minus|negative)[\s-])\Z", re.IGNORECASE
)


def figures(text: str) -> list[Figure]:
    """Return every figure of `text`, left to right; they never overlap."""
    return list(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    place = 0
    last: deque[int] = deque(maxlen=CROWD)
    while start := _STARTS.search(text, place):
        if len(last) == CROWD and start.start() - last[0] < CROWDED:
            figure: Figure | None = _unread(start)
        else:
            figure = _read(text, start)
        last.append(start.start())
        if figure is not None:
            yield figure
        place = figure.span.end if figure is not None else start.end()


def _unread(start: re.Match[str]) -> Figure:
    """Return what stands in a table or in noise: refused, and not looked at any further."""
    return Figure(Span(*start.span()), "cardinal", Fraction(0), refused=CROWDED_WHY)


def _read(text: str, start: re.Match[str]) -> Figure | None:
    if start["digits"] or start["groups"]:
        return _read_digits(text, start)
    if start["sign"]:
        return _cardinal(text, start.start(), start.end(), SIGNS[start["sign"]], spelled=False)
    if start["half"] or start["article"]:
        return _read_article(text, start)
    if start["one"]:
        return _read_one_part(text, start)
    if start["point"] or start["scale"]:
        return _run(text, *start.span(), 1 if start["scale"] else 0, 100 if start["scale"] else 1)
    return _read_words(text, start)


def _read_digits(text: str, start: re.Match[str]) -> Figure:
    first, end = start.span()
    written = start["digits"] or "".join(start["groups"].split())
    if " " in (start["groups"] or "") and _NAME_BEFORE.search(text[max(0, first - 12) : first]):
        written = start["groups"].split()[0]  # "on May 5 300 people came"
        end = first + len(written)
    before = _LETTERS_BEFORE.search(text[max(0, first - 6) : first])
    after = _LETTERS_AFTER.match(text, end)
    prefix, suffix = before[0] if before else "", after[0] if after else ""
    refused = why_refused(text, first, end, written)
    if refused:
        return Figure(
            Span(first, end), "cardinal", Fraction(0), prefix=prefix, suffix=suffix, refused=refused
        )
    value = Fraction(written.replace(",", ""))
    if power := _power(text, end, written, value):
        return _cardinal(text, first, power[1], power[0])
    if suffix.lower() in ("st", "nd", "rd", "th") and value.denominator == 1 and not prefix:
        return Figure(Span(first, end + 2), "ordinal", value)
    over = _OVER.match(text, end)
    if over and _is_fraction(text, first, written, over):
        return Figure(Span(first, over.end()), "fraction", value / int(over[1]), prefix=prefix)
    if prefix:
        return replace(_cardinal(text, first, end, value, suffix=suffix), prefix=prefix)
    if suffix.lower() in LETTERS and len(suffix) > 1:
        return _cardinal(text, first, end + len(suffix), value, LETTERS[suffix.lower()])
    if not suffix and (more := _THEN_FRACTION.match(text, end)) and value.denominator == 1:
        part = SIGNS[more["sign"]] if more["sign"] else _ratio(more["top"], more["bottom"])
        if part < 1:
            return _cardinal(text, first, more.end(), value + part)
    return _cardinal(text, first, end, value, suffix=suffix)


def _power(text: str, end: int, written: str, value: Fraction) -> tuple[Fraction, int] | None:
    """Read "1.3e6", "6.2 x 10^-4" and "2.5^3", and say where they end; "2e6" may be a code."""
    if match := _TIMES_TEN.match(text, end):
        return value * Fraction(10) ** int(match["ten"]), match.end()
    match = _POWER.match(text, end)
    if match is None or not value:
        return None
    if match["power"]:
        return value ** int(match["power"]), match.end()
    if "." in written or text[end + 1] in "+-":
        return value * Fraction(10) ** int(match["e"]), match.end()
    return None


def _is_fraction(text: str, first: int, written: str, over: re.Match[str]) -> bool:
    """Tell "7/10" from a date and from a division by zero."""
    return (
        written.isdigit()
        and len(written) <= 3
        and int(over[1]) > 0
        and text[first - 1 : first] != "/"
    )


def _ratio(top: str, bottom: str) -> Fraction:
    return Fraction(int(top), int(bottom) or 1)


def _cardinal(
    text: str,
    first: int,
    end: int,
    value: Fraction,
    scale: int = 1,
    *,
    suffix: str = "",
    spelled: bool = False,
) -> Figure:
    """Finish a cardinal: a half after it, scale words, a sign before it."""
    mantissa = value
    if not suffix:
        value, end = _and_part(text, end, value)
        mantissa = value
        if scale == 1 and value < 1000 and (word := _THEN_SCALE.match(text, end)):
            scale, end = SCALES[word["scale"].lower()], word.end()
            if scale < 10**6 and (more := _THEN_SCALE.match(text, end)):
                scale, end = scale * SCALES[more["scale"].lower()], more.end()
            value, end = _and_rest(text, end, value, scale)
    value *= scale
    if minus := _MINUS_BEFORE.search(text[max(0, first - 10) : first]):
        value, mantissa, first = -value, -mantissa, first - len(minus[0])
    return Figure(Span(first, end), "cardinal", value, mantissa, spelled=spelled, suffix=suffix)


def _and_part(text: str, end: int, value: Fraction, last: int = 1) -> tuple[Fraction, int]:
    """Read on over "and a half", "and three quarters million", and say where it ends.

    After a scale `last` of a thousand or more, "and a half" is half of that scale.
    """
    match = _AND_PART.match(text, end)
    if match is None:
        return value, end
    part = match["part"].lower().removesuffix("s")
    part = "half" if part == "halve" else part
    top = UNITS.get(match["top"].lower(), 1)
    plain = part in ("half", "quarter") or top > 1 or bool(_OF.match(text, match.end()))
    if not plain or (top > 1) != match["part"].lower().endswith("s"):
        return value, end
    more = Fraction(top, PARTS[part])
    scale = SCALES[match["scale"].lower()] if match["scale"] else 1
    if last >= 1000 > scale:
        return value + more * last, match.end()
    if scale > 1 and last == 1:
        return value + more, match.start("scale") - 1
    return value + more * scale, match.end()


def _and_rest(text: str, end: int, value: Fraction, scale: int) -> tuple[Fraction, int]:
    """Read "3 hundred and 21", "3 million and a half" and "6 crore and two hundred"."""
    whole, after = _and_part(text, end, value * scale, scale)
    if after == end and (more := _HUNDRED_AND.match(text, end)):
        if scale == 100:
            whole += int(more["digits"] or CARDINALS[more["word"].lower()])
            after = more.end()
        elif more["word"] and _HUNDREDS.match(text, more.end()):
            rest = _run(text, more.start("word"), more.end(), CARDINALS[more["word"].lower()])
            whole, after = whole + rest.value, rest.span.end
    return whole / scale, after


def _read_article(text: str, start: re.Match[str]) -> Figure:
    """Read "a hundred and five", "half a million", "a half million"."""
    first, end = start.span()
    if "half" not in start[0].lower():
        return _run(text, first, first + len(start[0].split()[0]), 1)
    scale = start[0].lower().split()[-1]
    return _cardinal(text, first, end, Fraction(1, 2), SCALES[scale], spelled=True)


def _scaled_part(text: str, first: int, end: int, part: Fraction) -> Figure:
    """Return a fraction, or a number where a scale follows: "a quarter million"."""
    if scale := _OF_A_SCALE.match(text, end):
        return _cardinal(
            text, first, scale.end(), part, SCALES[scale["scale"].lower()], spelled=True
        )
    return Figure(Span(first, end), "fraction", part, spelled=True)


def _read_one_part(text: str, start: re.Match[str]) -> Figure | None:
    """Read "a third" as 1/3 where "of" or the like follows; else "third" is an ordinal."""
    part = re.split(r"\s+", start["one"].lower())[-1]
    first, end = start.span()
    if part in PARTS and (_OF.match(text, end) or _OF_A_SCALE.match(text, end)):
        return _scaled_part(text, first, end, Fraction(1, PARTS[part]))
    if part in ORDINALS:
        return Figure(Span(end - len(part), end), "ordinal", Fraction(ORDINALS[part]), spelled=True)
    return None


def _read_words(text: str, start: re.Match[str]) -> Figure | None:
    """Read a run of number words: as far as they make one number, no further."""
    first, end = start.span()
    word = start["bare"].lower()
    if word == "half":
        return Figure(Span(first, end), "fraction", Fraction(1, 2), spelled=True)
    if word in ORDINALS:
        return Figure(Span(first, end), "ordinal", Fraction(ORDINALS[word]), spelled=True)
    return _run(text, first, end, CARDINALS[word])


def _run(text: str, first: int, end: int, current: int, scale: int = 1) -> Figure:
    """Read on from a first number word that ends at `end` and is worth `current` times `scale`."""
    total, current, last = 0, current * scale, current * scale
    while (more := _NEXT_WORD.match(text, end)) and not _COMPOUND_PART.match(text, end):
        word = more["word"].lower()
        if more["and"] and not _may_join(text, more, last):
            break
        if more["dash"] and (last not in TENS.values() or UNITS.get(word, 0) == 0):
            break
        if word in CARDINALS and _may_follow(last, CARDINALS[word]):
            current, last = current + CARDINALS[word], CARDINALS[word]
        elif word in ORDINALS and ORDINALS[word] < 100 and _may_follow(last, ORDINALS[word]):
            return _ordinal(first, more.end(), total + current + ORDINALS[word])
        elif word in ORDINALS and ORDINALS[word] >= 100 and current:
            return _ordinal(first, more.end(), total + current * ORDINALS[word])
        elif word in SCALES and not more["and"] and _may_scale(total, current, last, SCALES[word]):
            last = SCALES[word]
            if last == 100 or last == 12:
                current *= last
            else:
                total, current = total + current * last, 0
        else:
            break
        end = more.end()
    value = Fraction(total + current)
    if compound := _COMPOUND_PART.match(text, end):
        bottom = TENS[compound["tens"].lower()] + ORDINALS[compound["unit"].lower()]
        return Figure(Span(first, compound.end()), "fraction", value / bottom, spelled=True)
    part = _THEN_PART.match(text, end)
    if part and value and (fraction := _fraction(text, value, part)):
        return _scaled_part(text, first, part.end(), fraction)
    if point := _POINT.match(text, end):
        digits = (point["digits"] or "").lower().split()
        decimals = "".join(str(UNITS.get(digit, 0)) for digit in digits)
        decimals = decimals or str(CARDINALS[point["whole"].lower()])
        return _cardinal(text, first, point.end(), Fraction(f"{value}.{decimals}"), spelled=True)
    if last >= 1000:
        value, end = _and_part(text, end, value, last)
    return _cardinal(text, first, end, value, spelled=True)


def _may_join(text: str, more: re.Match[str], last: int) -> bool:
    """Tell whether "and" goes on with the number: "a hundred and five", no "two and three".

    Nor does it before a part: "one hundred and three quarters" is 100.75.
    """
    if _AND_PART.match(text, more.start()):
        return False
    return last in (100, 1000) or (last > 1000 and bool(_HUNDREDS.match(text, more.end())))


def _may_follow(last: int, value: int) -> bool:
    """Tell whether a number word of `value` may follow one of `last`: "twenty" then "one"."""
    if value < 10:
        return last in TENS.values() or last >= 100
    return last >= 100


def _may_scale(total: int, current: int, last: int, scale: int) -> bool:
    """Tell whether a scale word may follow: scales fall, and something stands before each."""
    if scale == 100:
        return 0 < current < 20
    if scale == 12:
        return total == 0 and current < 100
    return current > 0 and (total == 0 or last < scale < total)


def _ordinal(first: int, end: int, value: int) -> Figure:
    return Figure(Span(first, end), "ordinal", Fraction(value), spelled=True)


def _fraction(text: str, top: Fraction, part: re.Match[str]) -> Fraction | None:
    """Return "two thirds" as 2/3; None for "two quarters" (of a year) and "one second"."""
    word = part["part"].lower()
    name = word.removesuffix("s") if word != "half" else word
    name = "half" if word == "halves" else name
    if name not in PARTS or (top != 1) != word.endswith("s") or top.denominator != 1:
        return None
    hyphened = not part["join"].isspace()
    if not hyphened and name == "quarter":
        of_what = text.startswith(" of ", part.end()) or _OF_A_SCALE.match(text, part.end())
        return top / 4 if of_what else None
    return top / PARTS[name]
