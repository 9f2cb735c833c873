"""Numbers in words, and what may follow any number: "and a half", a scale word, a sign before."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from corpus.numbers.numerals import (
    BIG_SCALES,
    CARDINALS,
    MOST,
    NOUGHTS,
    ORDINALS,
    PARTS,
    SCALES,
    SMALL_ORDINALS,
    TENS,
    UNITS,
    Figure,
)
from corpus.patterns import GAP, HYPHEN, any_of
from corpus.spans import Span

SCALE = rf"(?:{any_of(SCALES)})\b"
_PART = rf"(?:{any_of(PARTS)})s?\b"
_SPELLED = re.compile(
    rf"(?<![\w.])(?:(?P<half>half{GAP}(?:an?{GAP})?{SCALE})|(?P<article>an?{GAP}(?:half{GAP})?{SCALE})"
    rf"|(?P<nth>an?{GAP}(?P<tens>{any_of(TENS)})(?:{GAP}|{HYPHEN})(?P<unit>{any_of(SMALL_ORDINALS)}))"
    rf"|(?P<one>an?{GAP}{_PART})|(?P<point>{any_of(NOUGHTS)}(?={GAP}point\b))"
    rf"|(?P<hundred>hundred(?={GAP}(?:thousand|million|billion)))"
    rf"|(?P<bare>half|{any_of(CARDINALS | ORDINALS)}))(?!\w)",
    re.IGNORECASE,
)
_ARTICLE_BEFORE = re.compile(
    rf"(?<![\w.])(?:an?{GAP}(?:half{GAP})?|half{GAP}(?:an?{GAP})?)\Z", re.IGNORECASE
)
_NEXT_WORD = re.compile(
    rf"(?:(?P<dash> {HYPHEN} )|{GAP}|{HYPHEN})(?:(?P<and>and){GAP})?(?P<word>[A-Za-z]{{2,12}})\b"
)
_HUNDREDS = re.compile(rf"{GAP}(?:hundred|thousand)\b", re.IGNORECASE)
_AND_PART = re.compile(
    rf"{GAP}and{GAP}(?P<top>an?|{any_of(UNITS)})(?:{GAP}|(?P<hyphen>{HYPHEN}))(?P<part>half|{_PART})"
    rf"(?:{GAP}(?P<scale>{SCALE}))?",
    re.IGNORECASE,
)
_OF_A_SCALE = re.compile(
    rf"(?:{GAP}of{GAP}an?)?{GAP}(?P<scale>{any_of(BIG_SCALES)})\b", re.IGNORECASE
)
_COMPOUND_PART = re.compile(
    rf"{GAP}(?P<tens>{any_of(TENS)})(?:{GAP}|{HYPHEN})(?P<unit>{any_of(SMALL_ORDINALS)})s\b",
    re.IGNORECASE,
)
_THEN_SCALE = re.compile(rf"(?:{GAP}|{HYPHEN})(?P<scale>{SCALE})", re.IGNORECASE)
_THEN_PART = re.compile(rf"(?P<join> {HYPHEN} |{GAP}|{HYPHEN})(?P<part>{_PART})", re.IGNORECASE)
_POINT = re.compile(
    rf"{GAP}point(?:(?P<digits>(?:{GAP}(?:{any_of((*UNITS, *NOUGHTS))})){{1,8}})"
    rf"|{GAP}(?P<whole>{any_of(CARDINALS)}))\b",
    re.IGNORECASE,
)
_HUNDRED_AND = re.compile(
    rf"{GAP}and{GAP}(?:(?P<digits>[1-9][0-9]?)(?![\w.,%/-]|{GAP}{SCALE})|(?P<word>{any_of(CARDINALS)})\b)",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"{GAP}of\b|[.,;:)]|{GAP}(?:more|less|in|from|to|since|by|on|and|or|this|last|compared"
    rf"|after)\b|\s*\Z",
    re.IGNORECASE,
)
_SIGN_BEFORE = re.compile(
    r"(?:(?<![\w)\]])(?<![0-9][ \u00a0\u202f])[-\u2212]"
    r"|(?:(?<=\bat )|(?<=\bof )|(?<=\bto )|(?<=\bfrom )|(?<=\bbelow )|(?<=\bbetween )|(?<=\bthan )"
    r"|(?<=[=(:] )|(?<=[0-9] and )|(?<=, or ))[-\u2212] "
    r"|\b(?:minus|negative)[\s-])\Z",
    re.IGNORECASE,
)
"""A dash is a sign where it is glued to the number, or where no dash could stand: "at - 5"."""

_EITHER_WAY = re.compile(
    r"(?:\bplus|\+)(?: or |[ /-]| / )?(?:minus|[-\u2212])[\s-]?\Z", re.IGNORECASE
)
"""The end of "plus or minus" and "+/-", which say how far off, and make nothing negative."""

_FIRST_LINE = re.compile(r"\s{0,4}([-\u2212]) ")


def sign_before(text: str, first: int) -> int | None:
    """Return where the minus of the number at `first` begins; None if it has none.

    A dash at the start of a text of one line is a sign; of many lines it may head a list.
    """
    if text[first - 1 : first] not in ("-", "\u2212", " ", "\n", "\t"):
        return None
    if match := _SIGN_BEFORE.search(text[max(0, first - 12) : first]):
        either_way = _EITHER_WAY.search(text[max(0, first - 16) : first])
        return None if either_way else first - len(match[0])
    if first < 7 and (opens := _FIRST_LINE.fullmatch(text[:first])) and "\n" not in text.strip():
        return opens.start(1)
    return None


def cardinal(
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
        if scale == 1 and _may_be_scaled(text, first, end, value):
            scale, end = _scales(text, end)
            value, end = _and_rest(text, end, value, scale) if scale > 1 else (value, end)
    if scale > 1:
        value *= scale
    if value >= MOST:
        end = _scales(text, end)[1]
        return Figure(Span(first, end), "cardinal", Fraction(0), refused="too large")
    if (minus := sign_before(text, first)) is not None:
        value, mantissa, first = -value, -mantissa, minus
    elif _in_table_brackets(text, first, end):
        value, mantissa, first, end = -value, -mantissa, first - 1, end + 1
    return Figure(Span(first, end), "cardinal", value, mantissa, spelled=spelled, suffix=suffix)


def _may_be_scaled(text: str, first: int, end: int, value: Fraction) -> bool:
    """Tell "1,500 million" from "in 2019 million-euro deals"."""
    return value < 1000 or (value < 10**6 and "," in text[first:end])


def _scales(text: str, end: int) -> tuple[int, int]:
    """Return what the scale words at `end` multiply by, and where they end: "lakh crore"."""
    scale = 1
    while scale < MOST and (word := _THEN_SCALE.match(text, end)):
        scale, end = scale * SCALES[word["scale"].lower()], word.end()
    return scale, end


def _in_table_brackets(text: str, first: int, end: int) -> bool:
    """Tell "(1,204)" in a cell of a table, which is less than nothing, from a number in brackets.

    A cell stands after a tab, a bar or two blanks.
    """
    return text.startswith(")", end) and text[max(0, first - 3) : first].endswith(
        ("\t(", "|(", "| (", "  (")
    )


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
    single = not match["part"].lower().endswith("s")
    if not plain or (single and top > 1 and not match["hyphen"]) or (top == 1 and not single):
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


def read_spelled(text: str, place: int, done: int = 0) -> Figure | None:
    """Read the number whose word stands at `place`; its article stands before, from `done` on."""
    article = _ARTICLE_BEFORE.search(text[max(done, place - 12) : place])
    start = article and _SPELLED.match(text, place - len(article[0]))
    start = start or _SPELLED.match(text, place)
    if start is None or start.end() <= place:
        return None
    first, end = start.span()
    if start["half"] or start["article"]:
        return _article(text, start)
    if start["nth"]:
        return _nth(text, start)
    if start["one"]:
        return _one_part(text, start)
    if start["point"] or start["hundred"]:
        return _run(text, first, end, 1 if start["hundred"] else 0, 100 if start["hundred"] else 1)
    return _one_word(text, first, end, start["bare"].lower())


def _one_word(text: str, first: int, end: int, word: str) -> Figure:
    """Read a run of number words: as far as they make one number, no further."""
    if word == "half":
        return scaled_part(text, first, end, Fraction(1, 2), spelled=True)
    if word in ORDINALS:
        return _ordinal(first, end, ORDINALS[word])
    return _run(text, first, end, CARDINALS[word])


def _article(text: str, start: re.Match[str]) -> Figure:
    """Read "a hundred and five", "half a million", "a half million"."""
    first, end = start.span()
    if "half" not in start[0].lower():
        return _run(text, first, first + len(start[0].split()[0]), 1)
    scale = start[0].lower().split()[-1]
    return cardinal(text, first, end, Fraction(1, 2), SCALES[scale], spelled=True)


def scaled_part(
    text: str, first: int, end: int, part: Fraction, *, prefix: str = "", spelled: bool = False
) -> Figure:
    """Return a fraction, or a number where a scale follows: "a quarter million", "1/2 million"."""
    if scale := _OF_A_SCALE.match(text, end):
        value = SCALES[scale["scale"].lower()]
        return replace(
            cardinal(text, first, scale.end(), part, value, spelled=spelled), prefix=prefix
        )
    if (minus := sign_before(text, first)) is not None:
        part, first = -part, minus
    return Figure(Span(first, end), "fraction", part, prefix=prefix, spelled=spelled)


def _nth(text: str, start: re.Match[str]) -> Figure:
    """Read "a twenty-first" as 1/21 where "of" or the like follows; else it is an ordinal."""
    value = TENS[start["tens"].lower()] + ORDINALS[start["unit"].lower()]
    if _OF.match(text, start.end()):
        return scaled_part(text, *start.span(), Fraction(1, value), spelled=True)
    return _ordinal(start.start("tens"), start.end(), value)


def _one_part(text: str, start: re.Match[str]) -> Figure | None:
    """Read "a third" as 1/3 where "of" or the like follows; else "third" is an ordinal."""
    part = re.split(r"\s+", start["one"].lower())[-1]
    first, end = start.span()
    if part in PARTS and (_OF.match(text, end) or _OF_A_SCALE.match(text, end)):
        return scaled_part(text, first, end, Fraction(1, PARTS[part]), spelled=True)
    if part in ORDINALS:
        return _ordinal(end - len(part), end, ORDINALS[part])
    return None


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
        elif word in SCALES and current == 0 < total < MOST and SCALES[word] >= 10**6:
            total, last = total * SCALES[word], SCALES[word]  # "a million million"
        else:
            break
        end = more.end()
    value = Fraction(total + current)
    if compound := _COMPOUND_PART.match(text, end):
        bottom = TENS[compound["tens"].lower()] + ORDINALS[compound["unit"].lower()]
        return scaled_part(text, first, compound.end(), value / bottom, spelled=True)
    part = _THEN_PART.match(text, end)
    if part and value and (share := _parts(text, value, part)):
        return scaled_part(text, first, part.end(), share, spelled=True)
    if point := _POINT.match(text, end):
        digits = (point["digits"] or "").lower().split()
        decimals = "".join(str(UNITS.get(digit, 0)) for digit in digits)
        decimals = decimals or str(CARDINALS[point["whole"].lower()])
        return cardinal(text, first, point.end(), Fraction(f"{value}.{decimals}"), spelled=True)
    if last >= 1000:
        value, end = _and_part(text, end, value, last)
    return cardinal(text, first, end, value, spelled=True)


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


def _parts(text: str, top: Fraction, part: re.Match[str]) -> Fraction | None:
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
