"""Names: the capitalised stretches of a text that may stand for somebody who speaks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.spelling import fold
from corpus.speakers.tokens import Token

_TITLES = load("titles")
HONORIFICS = frozenset(_TITLES["honorifics"])
ROLES = frozenset(_TITLES["roles"])
GROUPS = frozenset(_TITLES["groups"])
ORGANISATIONS = frozenset(_TITLES["organisations"])
OUTLETS = frozenset(_TITLES["outlets"])
DOCUMENTS = frozenset(_TITLES["documents"])
KEPT_AT_THE_TIME = frozenset(_TITLES["kept_at_the_time"])
CALENDAR = frozenset(_TITLES["calendar"])
NOT_PEOPLE = frozenset(_TITLES["things"]) | CALENDAR
OPENERS = frozenset(_TITLES["openers"])
LETTERS = frozenset(_TITLES["letters"])
FIELDS = frozenset(_TITLES["fields"])
MONTH_NAMES = frozenset(_TITLES["month_names"])
GIVEN_NAMES = {
    name: sex[0] for sex, listed in load("given_names").items() for name in listed.split()
}
"""Whether a folded given name is nearly always a man's (m) or a woman's (f)."""
PARTICLES = frozenset(("of", "for", "and", "the", "on", "to", "&"))
NAME_PARTICLES = frozenset(
    ("de", "del", "della", "van", "von", "der", "den", "al", "bin", "la", "da", "das", "dos", "di",
     "du", "ibn", "bint", "abu", "zu", "zum", "af", "av", "y", "und", "ten", "ter", "le", "ni")
)  # fmt: skip
AFTER_TITLE = frozenset(("general", "extraordinary", "plenipotentiary", "designate", "emeritus"))
SURNAMES = frozenset(_TITLES["surnames"])
LOCATING = frozenset(("in", "at", "on", "near", "to", "from", "through", "across", "along", "the"))
DETERMINERS = frozenset(
    ("a", "an", "the", "one", "some", "another", "its", "his", "her", "their", "this", "that",
     "these", "those", "many", "several", "other", "two", "three", "most", "our", "my", "both")
)  # fmt: skip
WORKING = ("er", "or", "ist", "man", "woman", "ian", "smith", "wright", "herd", "maid", "eer")
"""Ends of nouns for people, where a noun that nobody listed speaks or stands before a name."""
_DASHES = frozenset("-–—")
_MAKES = frozenset(word for word in _TITLES["makers"] if word.endswith("er"))
NO_WORK = frozenset(_TITLES["no_work"])
INITIALS_RE = re.compile(r"[A-Z](?:[.-][A-Z]){0,3}")
QUOTES = frozenset("'\"‘’“”")
_TITLE = 5
"""Letters from which an unknown capitalised word may be a title."""
_WORK = 5
"""Letters from which the end of a noun tells what it is for."""
LONGEST = 14
"""Number of tokens a name may have; bounds the work on a text of capitals only."""


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised name: `kind` is person, organisation, document, or "name" if unclear.

    `span` holds the title as well, `core` only the name and `words` its folded words; `roles`
    are the folded words of the title ("foreign", "ministry", "spokeswoman"). A nickname in
    quotation marks stands in `core` but not in `words`; `nickname` has it.
    """

    span: Span
    core: Span
    kind: str
    words: tuple[str, ...]
    roles: tuple[str, ...] = ()
    nickname: tuple[str, ...] = ()


def singular(word: str) -> str:
    """Return the role noun that `word` is a form of, or `word` itself."""
    if word in ROLES:
        return word
    if "-" in word:
        first, _, last = word.partition("-")
        return first if last.startswith("of-") else singular(word.rpartition("-")[2])
    if word.endswith("s") and word[:-1] in ROLES:
        return word[:-1]
    if word.endswith("men") and word[:-3] + "man" in ROLES:
        return word[:-3] + "man"
    return word


def does_work(word: str) -> bool:
    """Tell whether the form of a noun is one of nouns for people: "lamplighter", "tinsmith"."""
    made = word.endswith(WORKING) and len(word) >= _WORK
    return made and word not in DOCUMENTS | ORGANISATIONS | OUTLETS | NOT_PEOPLE | NO_WORK


def given(word: str) -> str:
    """Return m or f for a given name that tells the sex, else the empty text."""
    return GIVEN_NAMES.get(fold(word), "")


def names(words: Sequence[Token], surnames: Collection[str] = ()) -> Iterator[Name]:
    """Yield the capitalised names in one sentence, left to right, with titles read off.

    `surnames` are words for a role that somebody in the article has as a surname: "Baker".
    """
    at = 0
    while at < len(words):
        if not (_begins_name(words, at) or _surname(words, at, surnames)):
            at += 1
            continue
        end = _name_end(words, at)
        yield from _split(words, at, end, surnames)
        at = end


def _surname(words: Sequence[Token], at: int, surnames: Collection[str]) -> bool:
    """Tell whether a word that might begin any sentence is a surname here: "Reilly said"."""
    return at == 0 and words[at].capital and words[at].lower in surnames


def _begins_name(words: Sequence[Token], at: int) -> bool:
    token = words[at]
    if not token.capital or token.lower == "i" or len(token.word) > 60:
        return False
    opener = token.lower in OPENERS or token.lower.endswith("ly")
    inside = at > 0 and (words[at - 1].is_word or words[at - 1].word == ",")
    return not opener or (inside and token.lower not in DETERMINERS)


def _name_end(words: Sequence[Token], at: int) -> int:
    """Return where the capitalised run ends: a title, its owner and a body may all be in it."""
    end, joined = at + 1, False
    limit = min(len(words), at + LONGEST)
    while end < limit:
        if words[end].capital and words[end].lower != "i":
            end += 1
        elif _links(words, end) and end + 1 < limit and words[end + 1].capital:
            end += 2
        elif step := _nickname(words, end, limit) or _field(words, at, end, limit):
            end = step
        elif step := _joint(words, end, limit, joined):
            joined, end = joined or words[end].lower == "of", step
        else:
            break
    return end


def _links(words: Sequence[Token], at: int) -> bool:
    """Tell whether a mark stands inside a name: "Dr. Dell", "Workers' League"."""
    before, mark = words[at - 1], words[at]
    if mark.word == ".":
        return before.lower in HONORIFICS or INITIALS_RE.fullmatch(before.word) is not None
    plural = before.lower.endswith(("people", "men", "women", "children"))
    return mark.word in "'’" or (plural and mark.lower[1:] == "s")


def _nickname(words: Sequence[Token], at: int, limit: int) -> int | None:
    """Return where "‘Red’ Roe" in "Tom ‘Red’ Roe" ends, or None if no nickname begins."""
    if words[at].word not in QUOTES or not words[at - 1].is_word:
        return None
    after = at + 1
    while after < min(limit, at + 4) and words[after].capital:
        after += 1
    closed = after > at + 1 and after + 1 < limit and words[after].word in QUOTES
    return after + 2 if closed and words[after + 1].capital else None


def _field(words: Sequence[Token], start: int, at: int, limit: int) -> int | None:
    """Return where "and Science University" in "Language and Science University" ends."""
    if words[at].lower not in ("and", "&", ",") or words[at - 1].lower not in FIELDS:
        return None
    end = at + 1
    while end < min(limit, at + 5) and words[end].capital:
        end += 1
    inside = any(token.lower in ORGANISATIONS for token in words[start:at])
    body = any(token.lower in ORGANISATIONS for token in words[at:end])
    return end if end > at + 1 and body != inside else None


def _institutional(token: Token) -> bool:
    lower = token.lower
    if lower in ORGANISATIONS or lower in DOCUMENTS or lower in AFTER_TITLE:
        return True
    return singular(lower) in ROLES


def _joint(words: Sequence[Token], at: int, limit: int, joined: bool) -> int | None:
    """Return where a name goes on after `of the`, `de` and the like, or None if it ends."""
    allowed = NAME_PARTICLES | {"&"}
    if joined or _institutional(words[at - 1]):
        allowed = PARTICLES | NAME_PARTICLES
    after = at
    while after < limit and after < at + 3 and words[after].lower in allowed:
        after += 1
    if after == at or after >= limit or not words[after].capital:
        return None
    if words[after].lower in CALENDAR:
        return None
    return after + 1


def _split(
    words: Sequence[Token], start: int, end: int, surnames: Collection[str]
) -> Iterator[Name]:
    """Yield the body and the person, less their titles, that one capitalised run may hold."""
    run = words[start:end]
    while len(run) > 1 and run[0].lower.endswith("day") and run[0].lower in CALENDAR:
        run = run[1:]  # "On Monday Ann Lee"
    while len(run) > 2 and run[-1].lower in LETTERS and run[-1].word[-1].isupper():
        run = run[:-1]  # "Ann Lee KC"
    before = words[start - 1].lower if start else ""
    full = before not in LOCATING and _full_name(run)
    if _document_head([token.lower for token in run]) and not full:
        yield _name(run, "document", ())
        return
    plain = _plain(run, start, before, surnames)
    if plain is not None:
        yield from plain
        return
    body = _title_end(run, surnames)
    if 0 < body < len(run) and run[body].word == ".":
        body += 1
    if 0 < body < len(run) and run[body].lower == "and" and len(run) - body > 2:
        body += 1 + (run[body + 1].lower in AFTER_TITLE)
    if 0 < body < len(run) - 1 and run[body].lower == "for" and given(run[body + 1].lower):
        yield _name(run[body + 1 :], "person", ())  # "Counsel for Ann Lee"
        return
    if 0 < body < len(run) and run[body].lower in PARTICLES:
        body = _after_office(run, body)
    elif body == 0 and start > 1 and words[start - 1].lower == "to" and len(run) > 2:
        body = 1 if words[start - 2].lower in ROLES else 0  # "ambassador to China Ana Cruz"
    if body == 0:
        body = _shouted(run) or _unknown_title(words, start, run)
    title, rest = run[:body], run[body:]
    if not rest:
        if len(run) > 1 and run[-1].lower in OUTLETS:
            yield _name(run, "organisation", ())  # "the Oss Observer"
        return
    full = before not in LOCATING and _full_name(rest)
    kind = "person" if full else _kind(rest, bool(title))
    cut = _person_at_end(rest) if kind == "organisation" else None
    if cut:
        yield _name(rest[:cut], "organisation", ())
        yield _name(rest[cut:], "person", title, start=rest[cut].start)
    elif kind == "organisation":
        yield _name(run, kind, ())
    else:
        yield _name(rest, kind, title, start=run[0].start)


def _plain(
    run: Sequence[Token], start: int, before: str, surnames: Collection[str]
) -> Sequence[Name] | None:
    """Return the name, or none, of a run that is one noun or begins with one; else None."""
    noun = run[0].lower
    if len(run) > 1:
        opens = start == 0 or before in _DASHES
        body = noun in _MAKES and opens
        return [_name(run[1:], "organisation", ())] if body else None  # "Drugmaker Oss"
    if start == 0 and noun in DOCUMENTS - SURNAMES:
        return []  # "Data from the bureau"
    if singular(noun) not in ROLES and noun not in GROUPS:
        return None
    if noun in surnames and before not in DETERMINERS:
        return [_name(run, "name", ())]  # "King said", of Ida King
    if noun in OUTLETS and before == "the":
        return [_name(run, "organisation", ())]  # "the Courier"
    return []  # "Officials" at the beginning of a sentence


def _title_end(run: Sequence[Token], surnames: Collection[str]) -> int:
    """Return how many words of a run are titles; a surname such as King is none."""
    end = 0
    for n, token in enumerate(run):
        last = n == len(run) - 1
        surname = n > 0 and last and (token.lower in surnames or _named_before(run, n))
        dean = n == 0 and len(run) == 2 and given(token.lower) and run[1].lower not in ROLES
        title = token.lower in ROLES or (token.lower in HONORIFICS and token.lower != "st")
        title = title or (token.lower in AFTER_TITLE and end == n and (n > 0 or _army(run)))
        if title and not surname and not dean:
            end = n + 1
    return end


def _army(run: Sequence[Token]) -> bool:
    """Tell whether "General" begins a run that names a person and no body or thing."""
    known = any(token.lower in ORGANISATIONS | NOT_PEOPLE | FIELDS for token in run)
    return len(run) > 2 and run[0].lower == "general" and not known


def _named_before(run: Sequence[Token], at: int) -> bool:
    """Tell whether a given name, perhaps with an initial, stands right before a word."""
    back = at - 1
    while back > 0 and (run[back].word == "." or len(run[back].word) == 1):
        back -= 1
    return bool(given(run[back].lower)) and run[back].lower not in ROLES


def _full_name(run: Sequence[Token]) -> bool:
    """Tell whether a run is a given name and a surname that means something else as well."""
    return len(run) == 2 and run[1].lower in SURNAMES and bool(given(run[0].lower))


def _unknown_title(words: Sequence[Token], start: int, run: Sequence[Token]) -> int:
    """Return 1 if a sentence begins with a word before a given name: "Bellmaker Ann Lee"."""
    begins = start == 0 or words[start - 1].word in QUOTES
    named = 3 <= len(run) <= 4 and given(run[1].lower) and not given(run[0].lower)
    return int(bool(begins and named and len(run[0].word) >= _TITLE))


def _shouted(run: Sequence[Token]) -> int:
    """Return how many words in capitals stand before a name that is not: "GAFFER Tom Roe"."""
    loud = 0
    while loud < len(run) and run[loud].word.isupper() and len(run[loud].word) > 2:
        loud += 1
    return loud if len(run) - loud in (2, 3) and given(run[loud].lower) else 0


def _after_office(run: Sequence[Token], body: int) -> int:
    """Return where the holder's name begins after an office "to China" or "of Finance"."""
    last = max((n for n, token in enumerate(run) if token.lower in ORGANISATIONS), default=-1)
    if last + 1 < len(run) and last > body and run[last + 1].lower not in PARTICLES:
        return last + 1
    after = max(last, body) + 1
    while after < len(run) and run[after].lower in PARTICLES:
        after += 1
    after += 1
    while len(run) - after > 1 and run[after].lower in FIELDS | PARTICLES:
        after += 1 + (run[after].lower in PARTICLES)
    return after if len(run) - after >= 1 else len(run)


def _kind(run: Sequence[Token], titled: bool) -> str:
    lowers = [token.lower for token in run if token.is_word]
    if any(word in ORGANISATIONS or word in OUTLETS for word in lowers):
        return "organisation"
    if any(token.word == "&" for token in run) or lowers[0] == "statistics":
        return "organisation"  # "Brant & Mole", "Statistics Norr"
    if len(lowers) > 1 and lowers[0] in MONTH_NAMES and lowers[1] not in CALENDAR:
        lowers = lowers[1:]  # "Jan Roe"
        titled = titled or (len(lowers) == 1 and lowers[0] not in FIELDS)
    if any(word in NOT_PEOPLE or word in PARTICLES for word in lowers):
        return "name"
    if titled:
        return "person"
    if lowers[-1] in FIELDS and not given(lowers[0]):
        return "name"
    if 2 <= len(lowers) <= 5 and not any(word[0].isdigit() for word in lowers):
        acronym = all(token.word.isupper() and len(token.word) > 1 for token in run)
        return "name" if acronym else "person"
    return "name"


def _document_head(lowers: Sequence[str]) -> bool:
    """Tell whether the noun before `of`, or the last one, is a written thing."""
    for n, word in enumerate(lowers):
        if word in ("of", "on", "for"):
            return n > 0 and lowers[n - 1] in DOCUMENTS - OUTLETS
    return len(lowers) > 1 and lowers[-1] in DOCUMENTS and lowers[-1] not in OUTLETS


def _person_at_end(run: Sequence[Token]) -> int | None:
    """Return where a person's name begins right after a body's: "Central Committee To Lam"."""
    last = max((n for n, token in enumerate(run) if token.lower in ORGANISATIONS), default=-1)
    left = len(run) - last - 1
    if last > 0 and left in (2, 3) and not any(t.lower in PARTICLES for t in run[last + 1 :]):
        return last + 1
    return None


def _name(
    run: Sequence[Token], kind: str, title: Sequence[Token], start: int | None = None
) -> Name:
    marks = [n for n, token in enumerate(run) if token.word in QUOTES]
    first, last = (marks[0], marks[-1]) if len(marks) == 2 else (len(run), len(run))
    return Name(
        span=Span(run[0].start if start is None else start, run[-1].end),
        core=Span(run[0].start, run[-1].end),
        kind=kind,
        words=tuple(t.lower for n, t in enumerate(run) if t.is_word and not first <= n <= last),
        roles=tuple(singular(token.lower) for token in title if token.is_word),
        nickname=tuple(token.lower for token in run[first + 1 : last]),
    )
