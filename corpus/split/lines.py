"""What each line of a file looks like by itself: prose, a short line, a caption, a date line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lexicon import load
from corpus.spans import Span

PROSE, SHORT, METADATA, BYLINE, SECTION, LIST, FURNITURE = (
    "prose", "short", "metadata", "byline", "section", "list", "furniture",
)  # fmt: skip
REASONS = {
    "navigation": "navigation",
    "sharing": "sharing link",
    "advertisement": "advertisement",
    "copyright": "copyright notice",
    "credit": "credit line",
    "caption": "caption",
}

LINE = re.compile(r"[^\r\n]+")
SENTENCE_END = re.compile(r"""[.:;,…]\s?["'“”‘’)\]]{0,3}$|[.?!]\s?["'“”‘’]{1,3}$""")
SENTENCES = re.compile(r"""[.?!]["'”’]{0,2}\s(?=.{0,160}[?!]$)""")
LIST_ITEM = re.compile(r"(?:[-•*▪●–—]|[0-9]{1,3}[.)])\s")
OPENING = re.compile(r"""["'“‘«(\[#$€£¥]{0,3}[A-Z0-9À-ÖØ-Þ]""")
BREADCRUMB = re.compile(r"[^.?!]{1,40}(?: [>»›] [^.?!>»›]{1,40}){1,6}$")
TURN = re.compile(r"(?:[QA][:.]|(?P<name>[A-Z][A-Z.'’ -]{1,30}):)\s")
BYLINE_LINE = re.compile(
    r"(?:By|BY|Words by|Text by|Story by) [A-Z][^\s,]*"
    r"(?:,? (?:and|in|of|for|the|at|with|&|[A-Z][^\s,]*)){1,11}$"
)
CREDITED = re.compile(
    r"(?:\((?:Photo|Image|Picture)s?\b[^()]{0,60}\)|/ ?Getty Images\)?|\[Photo[^\]]{0,60}\])$"
)

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
DATE = re.compile(
    r"\b[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|\b[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}\b"
    rf"|\b[0-9]{{1,2}}(?:st|nd|rd|th)? {MONTH},?(?: [0-9]{{4}})?\b"
    rf"|\b{MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?:,? [0-9]{{4}})?\b",
    re.IGNORECASE,
)
TIME = re.compile(
    r"(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9](?::[0-5][0-9])?(?:\s?[ap]\.?m\b\.?)?"
    r"|\b[01]?[0-9]\s?[ap]\.?m\b\.?",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b", re.IGNORECASE
)
FIGURE = re.compile(r"[0-9%$€£]")
WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")

SHORT_LIMIT = 160
METADATA_LIMIT = 120
FURNITURE_WORDS, CREDIT_WORDS = 14, 6
STRONG_WORDS, STRONG_LENGTH = 5, 25

LEXICON = load("boilerplate")
METADATA_WORDS = frozenset(LEXICON["metadata"]["words"])
STARTS = {name: tuple(table.get("starts", ())) for name, table in LEXICON.items()}
WHOLE = {name: frozenset(table.get("whole", ())) for name, table in LEXICON.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, or a piece of one, without the white space at its ends.

    `gap_before`, `gap_after`: a blank line or the file's edge is next to it. `copies` counts the
    short lines of the file with the same words.
    """

    span: Span
    text: str
    kind: str
    reason: str = ""
    gap_before: bool = True
    gap_after: bool = True
    copies: int = 1

    @property
    def key(self) -> str:
        """The words, for comparing headlines: case and blanks do not count."""
        return " ".join(self.text.casefold().split())

    @property
    def strong(self) -> bool:
        """Long enough to be a headline on its looks alone."""
        return len(self.text) >= STRONG_LENGTH and len(self.text.split()) >= STRONG_WORDS


def lines_of(text: str, start: int) -> list[Line]:
    """Return the lines of `text` that are not blank, from `start` on, each with its kind."""
    pieces = list(_pieces(text, start))
    turns = _turns(text, pieces)
    kinds = [_kind(span.cut(text), turns) for span in pieces]
    keys = [" ".join(span.cut(text).casefold().split()) for span in pieces]
    copies = Counter(
        key for key, (kind, _) in zip(keys, kinds, strict=True) if kind in (SHORT, SECTION)
    )
    found = []
    for at, (span, (kind, reason)) in enumerate(zip(pieces, kinds, strict=True)):
        before = at == 0 or _blank_line_in(text, pieces[at - 1].end, span.start)
        after = at + 1 == len(pieces) or _blank_line_in(text, span.end, pieces[at + 1].start)
        found.append(Line(span, span.cut(text), kind, reason, before, after, copies[keys[at]]))
    return found


def _pieces(text: str, start: int) -> Iterator[Span]:
    """Yield the lines; a list's label that runs into its first entry is a piece of its own."""
    for line in LINE.finditer(text, start):
        words = line[0].strip()
        if not words:
            continue
        begin = line.start() + len(line[0]) - len(line[0].lstrip())
        label = _glued_label(words)
        if label:
            yield Span(begin, begin + label)
        yield Span(begin + label, begin + len(words))


def _glued_label(words: str) -> int:
    """Return the length of a label like "Recommended Articles" when a word is glued to its end."""
    for label in STARTS["list"]:
        if words[: len(label)].lower() == label:
            rest = words[len(label) :]
            if rest[:1].isupper() and label[-1].isalpha():
                return len(label)
    return 0


def _blank_line_in(text: str, start: int, end: int) -> bool:
    between = text[start:end].replace("\r\n", "\n").replace("\r", "\n")
    return between.count("\n") > 1


def _turns(text: str, pieces: list[Span]) -> frozenset[str]:
    """Return the names in capitals that open at least two lines: the speakers of a transcript."""
    names = (TURN.match(text, span.start, span.end) for span in pieces)
    counted = Counter(match["name"] for match in names if match and match["name"])
    return frozenset(name for name, count in counted.items() if count > 1)


def _kind(words: str, turns: frozenset[str]) -> tuple[str, str]:
    """Return the kind of a line, and for furniture the reason it is left out for."""
    if (turn := TURN.match(words)) and (turn["name"] is None or turn["name"] in turns):
        return PROSE, ""
    if is_metadata(words):
        return METADATA, ""
    lowered = words.lower().replace("’", "'")
    if lowered.rstrip(":") in WHOLE["list"] or _listed(words, lowered):
        return LIST, "list of other articles"
    if lowered in WHOLE["sections"]:
        return SECTION, "section label"
    if reason := _furniture(words, lowered):
        return FURNITURE, reason
    if len(words) <= 100 and BYLINE_LINE.match(words):
        return BYLINE, ""
    return (SHORT, "") if _headline_shaped(words) else (PROSE, "")


def _listed(words: str, lowered: str) -> bool:
    """Tell whether a line is a link to another article, or the label above such links."""
    if len(words) > SHORT_LIMIT or words.endswith("."):
        return False
    return lowered.startswith(STARTS["list"])


def _furniture(words: str, lowered: str) -> str:
    if BREADCRUMB.match(words):
        return "navigation"
    if len(words) <= 300 and (lowered.startswith(STARTS["caption"]) or CREDITED.search(words)):
        return "caption"
    for name, reason in REASONS.items():
        if lowered in WHOLE[name]:
            return reason
        if lowered.startswith(STARTS[name]) and len(words.split()) <= FURNITURE_WORDS:
            return "" if name == "credit" and _is_sentence(words) else reason
    return ""


def _is_sentence(words: str) -> bool:
    """Tell "Compiled by the port, the list names 40 ships." from "Reporting by Ada Renner."."""
    return words.endswith(".") and ";" not in words and len(words.split()) > CREDIT_WORDS


def is_metadata(words: str) -> bool:
    """Tell whether a line gives a date or time of publication and nothing else."""
    if len(words) > METADATA_LIMIT:
        return False
    dateless = DATE.sub(" ", words)
    left = WEEKDAY.sub(" ", TIME.sub(" ", dateless))
    others = [word.lower().rstrip(".") for word in WORD.findall(left)]
    if dateless == words and (left == words or not others):
        return False  # no date, and no time that words explain
    return METADATA_WORDS.issuperset(others) and not FIGURE.search(left)


def _headline_shaped(words: str) -> bool:
    """Tell whether a line might be a headline: short, no full stop, no question after another."""
    if len(words) > SHORT_LIMIT or not OPENING.match(words) or LIST_ITEM.match(words):
        return False
    return not SENTENCE_END.search(words) and not SENTENCES.search(words)
