"""Figures written in digits or words: where they stand and what they are worth, exactly.

"2.5 million", "half a million", "one and a half", "three dozen", "12,34,567", "5 1/2", "one-third",
"21st". A run of digits that is not one well-formed number is refused whole, never half-read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from corpus import lexicon
from corpus.patterns import GAP, HYPHEN, any_of
from corpus.spans import Span

_LISTS = lexicon.load("numbers")
UNITS: dict[str, int] = _LISTS["units"]
TEENS: dict[str, int] = _LISTS["teens"]
TENS: dict[str, int] = _LISTS["tens"]
SCALES: dict[str, int] = _LISTS["scales"]
LETTERS: dict[str, int] = _LISTS["letters"]
ORDINALS: dict[str, int] = _LISTS["ordinals"]
PARTS: dict[str, int] = _LISTS["parts"]
SIGNS = {sign: Fraction(value) for sign, value in _LISTS["signs"].items()}

CARDINALS = UNITS | TEENS | TENS
MOST_DIGITS = 24
"""A figure of more digits before its point is refused: no newspaper means it as a number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, before anything is known of what it counts.

    `form` is cardinal, ordinal or fraction. A figure that is `refused` says why, and its value is
    0 and means nothing. `mantissa` is the value before its scale word ("2.5" of "2.5 million"): a
    range hands the scale down to its first end. `prefix` and `suffix` are letters glued to digits
    ("RM79", "5G"); they stand outside the span. `spelled` tells words from digits.
    """

    span: Span
    form: str
    value: Fraction
    mantissa: Fraction | None = None
    spelled: bool = False
    prefix: str = ""
    suffix: str = ""
    refused: str | None = None

    @property
    def scale(self) -> Fraction:
        """What the scale word multiplied by; 1 if there was none."""
        if not self.value or not self.mantissa:
            return Fraction(1)
        return self.value / self.mantissa


def exact(value: Fraction) -> str:
    """Return `value` as plain digits where they are finite, else as a rational ("1/3").

    >>> exact(Fraction(5, 2)), exact(Fraction(1, 3)), exact(Fraction(2_500_000))
    ('2.5', '1/3', '2500000')
    """
    rest, places = value.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


_DIGITS = r"[0-9](?:[0-9]|[.,](?=[0-9]))*"
_SCALE = rf"(?:{any_of(SCALES)})\b"
_PART = rf"(?:{any_of(PARTS)})s?\b"
_WORD = rf"(?:{any_of(CARDINALS | ORDINALS)})\b"
_STARTS = re.compile(
    rf"(?P<digits>(?<![\w.])\.[0-9]+|{_DIGITS})|(?P<sign>[{''.join(SIGNS)}])"
    rf"|(?<![\w.])(?:(?P<half>half{GAP}an?{GAP}{_SCALE})|(?P<article>an?{GAP}(?:half{GAP}"
    rf")?{_SCALE})"
    rf"|(?P<one>an?{GAP}{_PART})|(?P<bare>half|{_WORD}))(?!\w)",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(rf"(?:{GAP}|{HYPHEN})(?:(?P<and>and){GAP})?(?P<word>[A-Za-z]{{2,12}})\b")
_AND_A_HALF = re.compile(
    rf"{GAP}and{GAP}(?:an?|one|three)(?:{GAP}|{HYPHEN})(?P<part>half|quarters?|third)\b",
    re.IGNORECASE,
)
_THEN_SCALE = re.compile(rf"(?:{GAP}|{HYPHEN})(?P<scale>{_SCALE})", re.IGNORECASE)
_THEN_PART = re.compile(rf"(?P<join>{GAP}|{HYPHEN})(?P<part>{_PART})", re.IGNORECASE)
_THEN_FRACTION = re.compile(
    rf"(?:{GAP}|{HYPHEN})?(?:(?P<sign>[{''.join(SIGNS)}])|(?P<top>[0-9]{{1,2}})/"
    rf"(?P<bottom>[0-9]{{1,2}})(?![0-9/]))"
)
_OVER = re.compile(r"/([0-9]{1,3})(?![0-9/.,]|\w)")
_POINT = re.compile(rf"{GAP}point((?:{GAP}(?:{any_of(UNITS)})){{1,8}})\b", re.IGNORECASE)
_LETTERS_AFTER = re.compile(r"[A-Za-zµ]{1,6}")
_LETTERS_BEFORE = re.compile(r"[A-Za-zµ]{1,6}\Z")
_OF = re.compile(
    rf"{GAP}of\b|[.,;:)]|{GAP}(?:more|less|in|from|to|since|by|on|and|or|this|last|compared"
    rf"|after)\b|\s*\Z",
    re.IGNORECASE,
)
_MINUS_BEFORE = re.compile(r"(?:(?<![\w)\]])[-\u2212]|\b(?:minus|negative)[\s-])\Z", re.IGNORECASE)
_WESTERN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]*(?:\.[0-9]+)?")


def figures(text: str) -> list[Figure]:
    """Return every figure of `text`, left to right; they never overlap."""
    return list(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    place = 0
    while start := _STARTS.search(text, place):
        figure = _read(text, start)
        if figure is not None:
            yield figure
        place = figure.span.end if figure is not None else start.end()


def _read(text: str, start: re.Match[str]) -> Figure | None:
    if start["digits"]:
        return _read_digits(text, start)
    if start["sign"]:
        return _cardinal(text, start.start(), start.end(), SIGNS[start["sign"]], spelled=False)
    if start["half"] or start["article"]:
        return _read_article(text, start)
    if start["one"]:
        return _read_one_part(text, start)
    return _read_words(text, start)


def _read_digits(text: str, start: re.Match[str]) -> Figure:
    first, end = start.span()
    written = start["digits"]
    before = _LETTERS_BEFORE.search(text[max(0, first - 6) : first])
    after = _LETTERS_AFTER.match(text, end)
    prefix, suffix = before[0] if before else "", after[0] if after else ""
    refused = _why_refused(text, first, end, written)
    if refused:
        return Figure(
            Span(first, end), "cardinal", Fraction(0), prefix=prefix, suffix=suffix, refused=refused
        )
    value = Fraction(written.replace(",", ""))
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


def _why_refused(text: str, first: int, end: int, written: str) -> str | None:
    """Say why a run of digits is no number that can be relied on; None if it is one."""
    whole = written.split(".")[0]
    if len(whole.replace(",", "")) > MOST_DIGITS or len(written) > 2 * MOST_DIGITS:
        return "too many digits"
    neighbours = text[first - 1 : first] + text[end : end + 1]
    if any(sign.isdigit() and not sign.isascii() for sign in neighbours):
        return "digits of another script"
    if not any(form.fullmatch(written) for form in (_PLAIN, _WESTERN, _INDIAN)):
        return "not one number"
    if len(whole) > 1 and whole[0] == "0":
        return "leading zero"
    return None


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
    if not suffix:
        if half := _AND_A_HALF.match(text, end):
            value, end = value + _part_named(half), half.end()
        if scale == 1 and value < 1000 and (word := _THEN_SCALE.match(text, end)):
            scale, end = SCALES[word["scale"].lower()], word.end()
            if scale < 10**6 and (more := _THEN_SCALE.match(text, end)):
                scale, end = scale * SCALES[more["scale"].lower()], more.end()
    if minus := _MINUS_BEFORE.search(text[max(0, first - 10) : first]):
        value, first = -value, first - len(minus[0])
    return Figure(
        Span(first, end), "cardinal", value * scale, value, spelled=spelled, suffix=suffix
    )


def _part_named(match: re.Match[str]) -> Fraction:
    part = match["part"].lower()
    top = 3 if "three" in match[0].lower() else 1
    return Fraction(top, PARTS[part.removesuffix("s")])


def _read_article(text: str, start: re.Match[str]) -> Figure:
    """Read "a hundred and five", "half a million", "a half million"."""
    first, end = start.span()
    if "half" not in start[0].lower():
        return _run(text, first, first + len(start[0].split()[0]), 1)
    scale = start[0].lower().split()[-1]
    return _cardinal(text, first, end, Fraction(1, 2), SCALES[scale], spelled=True)


def _read_one_part(text: str, start: re.Match[str]) -> Figure | None:
    """Read "a third" as 1/3 where "of" or the like follows; else "third" is an ordinal."""
    part = re.split(r"\s+", start["one"].lower())[-1]
    first, end = start.span()
    if _OF.match(text, end) and part in PARTS:
        return Figure(Span(first, end), "fraction", Fraction(1, PARTS[part]), spelled=True)
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


def _run(text: str, first: int, end: int, current: int) -> Figure:
    """Read on from a first number word that ends at `end` and is worth `current`."""
    total, last = 0, current
    while more := _NEXT_WORD.match(text, end):
        word = more["word"].lower()
        if more["and"] and last not in (100, 1000):
            break
        if word in CARDINALS and _may_follow(last, CARDINALS[word]):
            current, last = current + CARDINALS[word], CARDINALS[word]
        elif word in ORDINALS and ORDINALS[word] < 100 and _may_follow(last, ORDINALS[word]):
            return _ordinal_or_part(text, first, more.end(), total + current, word)
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
    part = _THEN_PART.match(text, end)
    if part and value and (fraction := _fraction(text, value, part)):
        return Figure(Span(first, part.end()), "fraction", fraction, spelled=True)
    if point := _POINT.match(text, end):
        decimals = "".join(str(UNITS[digit]) for digit in point[1].lower().split())
        return _cardinal(text, first, point.end(), Fraction(f"{value}.{decimals}"), spelled=True)
    return _cardinal(text, first, end, value, spelled=True)


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


def _ordinal_or_part(text: str, first: int, end: int, base: int, word: str) -> Figure:
    return Figure(Span(first, end), "ordinal", Fraction(base + ORDINALS[word]), spelled=True)


def _fraction(text: str, top: Fraction, part: re.Match[str]) -> Fraction | None:
    """Return "two thirds" as 2/3; None for "two quarters" (of a year) and "one second"."""
    word = part["part"].lower()
    name = word.removesuffix("s") if word != "half" else word
    name = "half" if word == "halves" else name
    if name not in PARTS or (top != 1) != word.endswith("s") or top.denominator != 1:
        return None
    hyphened = not part["join"].isspace()
    if not hyphened and name == "quarter" and " of " not in text[part.end() : part.end() + 5]:
        return None
    return top / PARTS[name]
