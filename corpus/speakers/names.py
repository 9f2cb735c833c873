"""Names: the capitalised stretches of a text that may stand for somebody who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.lexicon import load
from corpus.spans import Span
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
PARTICLES = frozenset(("of", "for", "and", "the", "on", "to", "&"))
NAME_PARTICLES = frozenset(("de", "del", "della", "van", "von", "der", "den", "al", "bin", "la"))
DETERMINERS = frozenset(
    ("a", "an", "the", "one", "some", "another", "its", "his", "her", "their", "this", "that",
     "these", "those", "many", "several", "other", "two", "three", "most", "our", "my", "both")
)  # fmt: skip
LONGEST = 14
"""Number of tokens a name may have; bounds the work on a text of capitals only."""


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised name: `kind` is person, organisation, document, or "name" if unclear.

    `span` holds the title as well, `core` only the name and `words` its folded words; `roles`
    are the folded words of the title ("foreign", "ministry", "spokeswoman").
    """

    span: Span
    core: Span
    kind: str
    words: tuple[str, ...]
    roles: tuple[str, ...] = ()


def singular(word: str) -> str:
    """Return the role noun that `word` is a form of, or `word` itself."""
    if word in ROLES:
        return word
    if word.endswith("s") and word[:-1] in ROLES:
        return word[:-1]
    if word.endswith("men") and word[:-3] + "man" in ROLES:
        return word[:-3] + "man"
    return word


def names(words: Sequence[Token]) -> Iterator[Name]:
    """Yield the capitalised names in one sentence, left to right, with titles read off."""
    at = 0
    while at < len(words):
        if not _begins_name(words, at):
            at += 1
            continue
        end = _name_end(words, at)
        yield from _split(words, at, end)
        at = end


def _begins_name(words: Sequence[Token], at: int) -> bool:
    token = words[at]
    if not token.capital or token.lower == "i" or len(token.word) > 60:
        return False
    opener = token.lower in OPENERS or token.lower.endswith("ly")
    return not (opener and (at == 0 or not words[at - 1].is_word or token.lower in DETERMINERS))


def _name_end(words: Sequence[Token], at: int) -> int:
    """Return where the capitalised run ends: a title, its owner and a body may all be in it."""
    end, joined = at + 1, False
    limit = min(len(words), at + LONGEST)
    while end < limit:
        if words[end].capital and words[end].lower != "i":
            end += 1
        elif _links(words, end) and end + 1 < limit and words[end + 1].capital:
            end += 2
        elif step := _joint(words, end, limit, joined):
            joined, end = joined or words[end].lower == "of", step
        else:
            break
    return end


def _links(words: Sequence[Token], at: int) -> bool:
    """Tell whether a mark stands inside a name: "Dr. Dell", "Workers' League"."""
    before, mark = words[at - 1], words[at]
    if mark.word == ".":
        return before.lower in HONORIFICS or len(before.word) == 1
    plural = before.lower.endswith(("people", "men", "women", "children"))
    return mark.word in "'’" or (plural and mark.lower[1:] == "s")


def _institutional(token: Token) -> bool:
    lower = token.lower
    return lower in ORGANISATIONS or lower in DOCUMENTS or singular(lower) in ROLES


def _joint(words: Sequence[Token], at: int, limit: int, joined: bool) -> int | None:
    """Return where a name goes on after `of the`, `de` and the like, or None if it ends."""
    allowed = NAME_PARTICLES
    if joined or _institutional(words[at - 1]):
        allowed = PARTICLES | NAME_PARTICLES
    after = at
    while after < limit and after < at + 2 and words[after].lower in allowed:
        after += 1
    if after == at or after >= limit or not words[after].capital:
        return None
    if words[after].lower in CALENDAR:
        return None
    return after + 1


def _split(words: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    """Yield the body and the person, less their titles, that one capitalised run may hold."""
    run = words[start:end]
    while len(run) > 1 and run[0].lower.endswith("day") and run[0].lower in CALENDAR:
        run = run[1:]  # "On Monday Ann Lee"
    if _document_head([token.lower for token in run]):
        yield _name(run, "document", ())
        return
    if len(run) == 1 and (singular(run[0].lower) in ROLES or run[0].lower in GROUPS):
        return  # "Officials" at the beginning of a sentence
    body = 0
    for n, token in enumerate(run):
        if token.lower in HONORIFICS or token.lower in ROLES:
            body = n + 1
    if 0 < body < len(run) and run[body].word == ".":
        body += 1
    if 0 < body < len(run) and run[body].lower in PARTICLES:
        body = _after_office(run, body)
    elif body == 0 and start > 1 and words[start - 1].lower == "to" and len(run) > 2:
        body = 1 if words[start - 2].lower in ROLES else 0  # "ambassador to China Ana Cruz"
    title, rest = run[:body], run[body:]
    if not rest:
        return
    kind = _kind(rest, bool(title))
    cut = _person_at_end(rest) if kind == "organisation" else None
    if cut:
        yield _name(rest[:cut], "organisation", ())
        yield _name(rest[cut:], "person", title, start=rest[cut].start)
    elif kind == "organisation":
        yield _name(run, kind, ())
    else:
        yield _name(rest, kind, title, start=run[0].start)


def _after_office(run: Sequence[Token], body: int) -> int:
    """Return where the holder's name begins after an office "to China" or "of Finance"."""
    last = max((n for n, token in enumerate(run) if token.lower in ORGANISATIONS), default=-1)
    if last > body:
        return last + 1
    after = body + 1
    while after < len(run) and run[after].lower in PARTICLES:
        after += 1
    return after + 1 if len(run) - after >= 2 else len(run)


def _kind(run: Sequence[Token], titled: bool) -> str:
    lowers = [token.lower for token in run]
    if any(word in ORGANISATIONS or word in OUTLETS for word in lowers):
        return "organisation"
    if any(word in NOT_PEOPLE or word in PARTICLES for word in lowers):
        return "name"
    if titled:
        return "person"
    if 2 <= len(run) <= 4 and not any(word[0].isdigit() for word in lowers):
        acronym = all(token.word.isupper() and len(token.word) > 1 for token in run)
        return "name" if acronym else "person"
    return "name"


def _document_head(lowers: Sequence[str]) -> bool:
    """Tell whether the noun before `of`, or the last one, is a written thing."""
    for n, word in enumerate(lowers):
        if word in ("of", "on", "for"):
            return n > 0 and lowers[n - 1] in DOCUMENTS
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
    return Name(
        span=Span(run[0].start if start is None else start, run[-1].end),
        core=Span(run[0].start, run[-1].end),
        kind=kind,
        words=tuple(token.lower for token in run if token.is_word),
        roles=tuple(singular(token.lower) for token in title if token.is_word),
    )
