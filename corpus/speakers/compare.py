"""Two names and what is known of their bearers: the same one, perhaps the same, or two.

Plain comparison, without a database. Only the identical full name makes two speakers the same,
and only where nothing known of them is in conflict; all else is at most a proposal for people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.lexicon import folded, load
from corpus.speakers.spelling import LONGEST, fold, likeness, sounds

SAME: Final = "same"
PERHAPS: Final = "perhaps"
DIFFERENT: Final = "different"

PROPOSED_FROM: Final = 0.45
"""Score from which two speakers are proposed as perhaps the same."""
LONGEST_NAME: Final = 12
"""Words of a name that are compared."""
FEW: Final = 3
"""Voices with one name in their full names that it may stand for, as far as nothing else tells."""
NAMED: Final = "named "
"""How the keys of full names begin that only lone names look for."""
LONGEST_VOICE: Final = 70
"""Years between two articles beyond which one person does not speak in both."""

_TITLES: Final = load("titles")
HONORIFICS: Final = frozenset(_TITLES["honorifics"])
PARTICLES: Final = frozenset(
    ("de", "del", "della", "di", "da", "van", "von", "der", "den", "ter", "al", "el", "bin", "ibn")
) | {"la", "le", "los", "las", "dos", "y", "e", "du", "zu", "af", "av"}
_SUFFIXES: Final = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))
_LINKS: Final = frozenset(("the", "of", "for", "and", "on", "in", "at", "a", "an", "to", "by", "s"))
_COMMON: Final = folded("bodies", "common").union(
    *(_TITLES[table] for table in ("organisations", "documents", "roles", "calendar"))
)
"""Words of bodies and documents that many have: a name made of them alone names no one body."""

_SOUNDS_ALIKE, _SPELLED_ALIKE, _FAINTLY_ALIKE, _INITIAL = 0.1, 0.2, 0.3, 0.25
_FURTHER = 0.05  # each further initial
_LONG, _MUCH_ALIKE = 7, 0.65  # letters of a single name, and how alike to an end of a full one
_CAPITALISED_RE: Final = re.compile(r"\b[A-Z][\w-]*(?: [A-Z][\w-]*)*")
_NO_NAMES: Final = folded("places", "none")
_HOLDS_IT: Final = "a single name, and a full name with it"
_MIDDLE_LEFT_OUT, _END_LEFT_OUT, _REORDERED = 0.15, 0.2, 0.05


@dataclass(frozen=True, slots=True)
class Known:
    """One speaker as far as knowing him again goes.

    `features` are what titles and bodies tell (see `corpus.speakers.offices`), `gender` is m, f
    or empty, `years` the first and last year he was read in, `articles` where he was read. Of a
    single name `namesakes` tells how many voices have it in their full names, 0 if nobody counted.
    """

    name: str
    kind: str = "person"
    features: frozenset[str] = frozenset()
    gender: str = ""
    years: tuple[int, int] | None = None
    articles: frozenset[int] = frozenset()
    namesakes: int = 0


@dataclass(frozen=True, slots=True)
class Likeness:
    """What comparing two speakers gives: a verdict, a score from 0 to 1, reasons in words."""

    verdict: str
    score: float
    reasons: tuple[str, ...]


def compare(one: Known, other: Known) -> Likeness:
    """Return whether two speakers are the same one: `SAME`, `PERHAPS` or `DIFFERENT`."""
    if one.kind != other.kind:
        return Likeness(DIFFERENT, 0.0, (f"{one.kind} and {other.kind}",))
    names = _persons if one.kind == "person" else _bodies
    score, reason = names(one.name, other.name)
    if not score:
        return Likeness(DIFFERENT, 0.0, (reason,))
    against = tuple(conflicts(one, other))
    reasons = [reason, *against]
    if (few := one.namesakes or other.namesakes) and few <= FEW and reason == _HOLDS_IT:
        score += 0.1
        reasons.append("one of few with it" if few > 1 else "the only one with it")
    if agreed := sorted(one.features & other.features):
        reasons.append(f"both {', '.join(words_of(feature) for feature in agreed[:3])}")
    same = score == 1.0 and not against
    score = min(0.99, score) + 0.15 * bool(agreed) - 0.25 * len(against)
    score = 1.0 if same else round(max(0.0, min(0.99, score)), 2)
    verdict = SAME if same else PERHAPS if score >= PROPOSED_FROM else DIFFERENT
    return Likeness(verdict, score, tuple(reasons))


def conflicts(one: Known, other: Known) -> Iterator[str]:
    """Yield what speaks against two bearers of alike names being one."""
    if one.gender and other.gender and one.gender != other.gender:
        yield "a man and a woman"
    titles = [{f for f in known.features if f.startswith("title:")} for known in (one, other)]
    if all(titles) and not one.features & other.features:
        said = (", ".join(sorted(map(words_of, found))[:2]) for found in titles)
        yield f"roles differ: {' / '.join(said)}"
    if one.years and other.years and one.kind == "person":
        apart = max(one.years[0] - other.years[1], other.years[0] - one.years[1])
        if apart > LONGEST_VOICE:
            yield f"{apart} years apart"
    if one.articles & other.articles and not (_lone(one) or _lone(other)):
        yield "named apart in one article"


def words_of(feature: str) -> str:
    """Return what a feature says, without its kind: "title:mayor" says "mayor"."""
    return feature.partition(":")[2]


def full_name(name: str, kind: str) -> str:
    """Return the folded name if it is one by which a speaker can be known anywhere, else "".

    A person's has two words or more that are no initials or honorifics; a body's or document's
    has capitalised words only, one of which not every such body has ("US media outlet" is a
    description). Groups and unnamed roles have none.
    """
    if kind == "person":
        words = _words(name)
        return " ".join(words) if sum(len(word) > 1 for word in words) > 1 else ""
    written = [word for word in name.split() if fold(word) not in _LINKS]
    proper = kind in ("organisation", "document") and not any(w[0].islower() for w in written)
    known = proper and set(_significant(name)) - _COMMON
    return " ".join(_significant(name)) if known else ""


def misspelled(text: str, persons: Iterable[str]) -> list[str]:
    """Return single names in `text` that are spelled much like an end of a person's full name.

    "Kurimiwa" beside "Masakuni Kurumizawa": perhaps a slip, perhaps somebody else.
    """
    full = [_words(name) for name in persons if full_name(name, "person")]
    ends = {word for words in full for word in _ends(words) if len(word) >= _LONG}
    if not ends:
        return []
    written = dict.fromkeys(match[0] for match in _CAPITALISED_RE.finditer(text))
    single = (word for word in written if _LONG <= len(word) <= LONGEST and word.isalpha())
    return [word for word in single if word.lower() not in _NO_NAMES and _much_alike(word, ends)]


def _much_alike(name: str, ends: Collection[str]) -> bool:
    word = fold(name)
    near = (likeness(word, end) for end in ends if word[0] == end[0])
    return word not in ends and any(one >= _MUCH_ALIKE for one in near)


def stated_name(name: str, kind: str) -> str:
    """Return the folded name if, once an editor states it as one, it can be known anywhere.

    Two words or more of a person, initials too; else as `full_name`.
    """
    words = _words(name) if kind == "person" else []
    return " ".join(words) if len(words) > 1 else full_name(name, kind)


def keys(name: str, kind: str) -> frozenset[str]:
    """Return keys under which speakers are looked for: who shares none is not compared.

    Whole name by its sorted sounds and by its letters; of persons each outer word with the
    other's first letter; of bodies their initials and how their own words begin. A lone name has
    its own word; full names have keys that it answers to.
    """
    words = _words(name) if kind == "person" else _significant(name)
    outer = [word for word in words if word not in PARTICLES] or words
    if not outer:
        return frozenset()
    if len(outer) == 1 and kind == "person":
        return frozenset((f"lone {outer[0]}",))
    first, last = outer[0], outer[-1]
    found = {f"sounds {' '.join(sorted(said))}" for said in zip(*map(sounds, outer), strict=True)}
    found.add(f"joined {_joined(words)}")
    if kind == "person":
        found |= {NAMED + word for word in _ends(words)} if full_name(name, kind) else set()
        found |= {f"{one}|{two[0]}" for one, two in ((first, last), (last, first)) if len(one) > 1}
        found |= {f"{word}|{first[0]}" for word in outer[1:-1] if len(word) > 1}
    else:
        found |= {f"of {word[:5]}" for word in [w for w in words if w not in _COMMON][:3]}
        found.add(f"initials {''.join(word[0] for word in words)}")
        found |= {f"initials {first}"} if len(words) == 1 else set()
    return frozenset(found)


def answers(name: str, kind: str) -> frozenset[str]:
    """Return the keys of the full names that a person's lone name may stand for, or of lone
    names that may stand for a full one.
    """
    words = _words(name) if kind == "person" else []
    if len(words) == 1:
        return frozenset((named(name),))
    return frozenset(f"lone {word}" for word in _ends(words) if full_name(name, kind))


def named(lone: str) -> str:
    """Return the key of full names that begin or end with a lone name."""
    return NAMED + " ".join(_words(lone))


def is_lone(name: str, kind: str) -> bool:
    """Tell whether a name is a person's single one."""
    return kind == "person" and len(_words(name)) == 1


def _ends(words: Sequence[str]) -> list[str]:
    return [word for word in (*words[:1], *words[-1:]) if len(word) > 1]


def _lone(known: Known) -> bool:
    return is_lone(known.name, known.kind)


def _words(name: str) -> list[str]:
    """Return the folded words of a person's name, less honorifics."""
    words = fold(name).split()
    while len(words) > 1 and words[0] in HONORIFICS:
        words = words[1:]
    return words


def _significant(name: str) -> list[str]:
    return [word for word in fold(name).split() if word not in _LINKS]


def _joined(words: Sequence[str]) -> str:
    """Return the letters of all words in one, whatever word the name begins with."""
    letters = "".join(words)[:LONGEST]
    return min(letters[n:] + letters[:n] for n in range(len(letters)))


def _persons(one: str, other: str) -> tuple[float, str]:
    """Return how far two names may be one person's, and why."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return 0.0, "no name"
    if left == right:
        if full_name(one, "person"):
            return 1.0, "identical full name"
        lone = len(left) == 1
        return (0.35, "identical single name") if lone else (0.65, "identical, with initials")
    if suffixes := (set(left) ^ set(right)) & _SUFFIXES:
        bare = [[word for word in words if word not in _SUFFIXES] for words in (left, right)]
        alone = len(suffixes) == 1 and bare[0] == bare[1]
        return (0.5, "with and without a suffix") if alone else (0.0, "suffixes differ")
    if len(left) == len(right) == 1:
        return _both_lone(left[0], right[0])
    if min(len(left), len(right)) == 1:
        return _lone_and_full(left, right)
    if sorted(left) == sorted(right):
        return 0.85, "same words in another order"
    if _joined(left) == _joined(right):
        return 0.85, "same letters, parted in other places"
    plain = [[w for w in words if w not in PARTICLES] for words in (left, right)]
    if plain[0] == plain[1] and len(plain[0]) > 1:
        return 0.85, "with and without a particle"
    return _aligned(*plain) if min(map(len, plain)) > 1 else (0.0, "names differ")


def _lone_and_full(left: Sequence[str], right: Sequence[str]) -> tuple[float, str]:
    lone, full = (left[0], right) if len(left) == 1 else (right[0], left)
    if lone in (full[0], full[-1]):
        return 0.35, _HOLDS_IT
    near = max(likeness(lone, word) for word in (full[0], full[-1]))
    if len(lone) >= _LONG and near >= _MUCH_ALIKE:
        return 0.45, "a single name, and a full name spelled much like it"
    return 0.0, "names differ"


def _both_lone(one: str, other: str) -> tuple[float, str]:
    alike = len(one) >= 6 and likeness(one, other) >= 0.8
    return (0.3, "single names spelled alike") if alike else (0.0, "names differ")


def _aligned(left: Sequence[str], right: Sequence[str]) -> tuple[float, str]:
    """Match each word of the shorter name with one of the longer's; all must match."""
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    short, long = short[:LONGEST_NAME], long[:LONGEST_NAME]
    score, reasons, places, firm, faint = 0.9, list[str](), list[int](), 0, 0
    for word in short:
        free = (n for n in range(len(long)) if n not in places)
        found = [(*_cost(word, long[n]), n) for n in free]
        cost, reason, place = min(found, default=(1.0, "", 0), key=lambda one: (one[0], one[2]))
        if cost >= 1:
            return 0.0, "names differ"
        firm += cost <= _SOUNDS_ALIKE and len(word) > 1
        faint += cost in (_SPELLED_ALIKE, _FAINTLY_ALIKE)
        again = reason in reasons  # a further initial
        score -= _FURTHER if again else cost
        places.append(place)
        reasons += [reason] if reason and not again else []
    if not firm or faint > 1:
        return 0.0, "names differ"
    cost, left_out = _left_out(len(long), places)
    if places != sorted(places):
        cost, left_out = cost + _REORDERED, [*left_out, "words in another order"]
    return score - cost, "; ".join([*reasons, *left_out])


def _left_out(length: int, places: Sequence[int]) -> tuple[float, list[str]]:
    """Return what the words that only the longer name has cost, and how that is said."""
    missing = [n for n in range(length) if n not in places]
    ends = [n for n in missing if n in (0, length - 1)]
    middle = len(missing) - len(ends)
    cost = _MIDDLE_LEFT_OUT * min(1, middle) + _END_LEFT_OUT * len(ends) + 0.1 * max(0, middle - 1)
    said = ["a name in the middle left out"] * bool(middle)
    return cost, said + ["a name at the end left out"] * bool(ends)


def _cost(one: str, other: str) -> tuple[float, str]:
    """Return what it costs to take two words for one, 1 if they are two, and why."""
    if one == other:
        return 0.0, ""
    if any(word.isdigit() for word in (one, other)):
        return 1.0, ""
    if min(len(one), len(other)) == 1:
        return (_INITIAL, "an initial") if one[0] == other[0] else (1.0, "")
    near = likeness(one, other)
    said = f"{one} / {other}"
    if near > 0.5 and set(sounds(one)) & set(sounds(other)):
        return _SOUNDS_ALIKE, f"other spelling of one sound: {said}"
    if near >= 0.8 and min(len(one), len(other)) >= 5:
        return _SPELLED_ALIKE, f"spelled alike: {said}"
    if near >= 0.65 and min(len(one), len(other)) >= 7 and one[0] == other[0]:
        return _FAINTLY_ALIKE, f"spelled somewhat alike: {said}"
    return 1.0, ""


def _bodies(one: str, other: str) -> tuple[float, str]:
    """Return how far two names may be one body's or document's, and why."""
    left, right = _significant(one), _significant(other)
    if not left or not right:
        return 0.0, "no name"
    if left == right:
        named = bool(full_name(one, "organisation") and full_name(other, "organisation"))
        return (1.0, "identical name") if named else (0.5, "identical, but no name of one body")
    if sorted(left) == sorted(right):
        return 0.85, "same words in another order"
    if "".join(left) == "".join(right):
        return 0.85, "same letters, parted in other places"
    for short, long in ((one, right), (other, left)):
        if short.isupper() and fold(short) == "".join(word[0] for word in long) and len(long) > 1:
            return 0.65, "an acronym and its words"
    short_words, long_words = sorted((left, right), key=len)
    if set(short_words) < set(long_words):
        firm = len(short_words) > 1 and set(short_words) - _COMMON
        return (0.55, "one name holds the other") if firm else (0.3, "one name holds the other")
    if len(left) == len(right):
        return _aligned(left, right)
    return 0.0, "names differ"
