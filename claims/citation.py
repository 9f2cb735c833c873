"""A claim as others cite it: BibTeX, CSL-JSON and a plain sentence.

What is cited is the article's words as On Record reads them, at one version: the address names it,
so that whoever follows it sees what was cited, whatever became of it. The outlet is the corporate
author; who stated the figure, and by whom he is cited there, is said in a note, as none of the
three has a field for it. A date that is not a plain day stays EDTF in `date`, which biblatex reads;
it is words elsewhere, and left out where nothing is known.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from claims.when import in_words
from corpus.edtf import bounds

SITE: Final = "On Record"

_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    # Backslashed braces would still count for BibTeX, and one alone would end the entry early.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Cited:
    """One version of a claim, as far as a citation goes; texts may be empty.

    `figure` is the reading in words, `published` EDTF, `url` the address of the version. `voices`
    are those that a reader may know, from the one nearest to the article to the first to say so.
    """

    uid: str
    version: int
    url: str
    figure: str
    label: str
    headline: str
    outlet: str
    published: str
    voices: Sequence[str]
    accessed: date

    @property
    def note(self) -> str:
        """What is cited in the article, by whom it goes back to whom, how far it was checked."""
        said = ", as cited by ".join(reversed(self.voices))
        return f"{self.figure}{said and f', stated by {said}'} ({self.label})"

    @property
    def title(self) -> str:
        """The headline, or what stands for one."""
        return self.headline or f"Article without a headline: {self.figure}"


def plain(cited: Cited) -> str:
    """Return the citation as one line of words."""
    parts = [
        cited.outlet,
        f"“{cited.title}”",
        in_words(cited.published) or "date unknown",
    ]
    record = f"{SITE}, claim {cited.uid}, version {cited.version}"
    accessed = in_words(cited.accessed.isoformat())
    words = f"{', '.join(filter(None, parts))}: {cited.note}. {record}. {cited.url}"
    return _one_line(f"{words} (accessed {accessed})")


def bibtex(cited: Cited) -> str:
    """Return the citation as one BibTeX entry, in ASCII signs and whatever letters names have.

    Outlets are corporate authors and titles stay as written: both stand in braces of their own.
    """
    fields = {
        "author": cited.outlet and f"{{{_latex(cited.outlet)}}}",
        "title": f"{{{_latex(cited.title)}}}",
        "date": cited.published,
        "year": _year(cited.published),
        "howpublished": _latex(f"{SITE}, claim {cited.uid}"),
        "version": str(cited.version),
        "note": _latex(cited.note),
        "url": cited.url,
        "urldate": cited.accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{onrecord-{cited.uid}-v{cited.version},\n{''.join(lines)}}}\n"


def csl(cited: Cited) -> dict[str, Any]:
    """Return the citation as an item of CSL-JSON; what is not known is left out."""
    item = {
        "id": f"onrecord-{cited.uid}-v{cited.version}",
        "type": "article-newspaper",
        "title": _one_line(cited.title),
        "author": cited.outlet and [{"literal": _one_line(cited.outlet)}],
        "issued": _csl_date(cited.published),
        "accessed": _csl_date(cited.accessed.isoformat()),
        "archive": SITE,
        "archive_location": cited.uid,
        "version": str(cited.version),
        "note": _one_line(cited.note),
        "URL": cited.url,
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(edtf: str) -> dict[str, Any]:
    """Return a date as CSL has it: its parts, “circa” where it is rough, else words."""
    if not edtf:
        return {}
    first, slash, last = edtf.partition("/")
    parts = [_date_parts(end) for end in ((first, last) if slash else (first,))]
    if not all(parts):
        return {"literal": in_words(edtf)}
    rough = {"circa": True} if re.search("[?~%]", edtf) else {}
    return {"date-parts": parts, **rough}


def _date_parts(edtf: str) -> list[int]:
    match = re.match(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)?[?~%]?\Z", edtf)
    return [int(part) for part in match.groups() if part] if match else []


def _year(edtf: str) -> str:
    """Return the year of a date for readers of BibTeX that know no `date`; empty if not one."""
    days = bounds(edtf) if edtf else (None, None)
    years = {None if day is None else day // 10_000 for day in days}
    year = years.pop()
    return str(year) if not years and year is not None and year > 0 else ""


def _latex(words: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], _one_line(words))


def _one_line(words: str) -> str:
    """Return words without line ends, control characters and marks that turn the direction."""
    return " ".join(_UNPRINTABLE.sub(" ", words).split())
