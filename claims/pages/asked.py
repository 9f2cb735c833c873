"""The question in an address: put into words, changed by one value, taken over into other forms."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse

from claims.filters.readers import Reader, articles_for, speakers_for, topics
from claims.models import Speaker

NAMES: Final[Mapping[str, str]] = {
    "text": "Words",
    "kind": "Kind",
    "unit": "Unit",
    "value_min": "Value from",
    "value_max": "Value to",
    "topic": "Topic",
    "speaker": "Voice",
    "said_by": "Stated by",
    "ultimate": "Going back to",
    "outlet": "Outlet",
    "article": "Article",
    "published_from": "Published from",
    "published_to": "Published to",
    "scope_from": "About a period from",
    "scope_to": "About a period to",
    "date_from": "Naming a date from",
    "date_to": "Naming a date to",
    "modality": "How it is put",
    "voice": "Whose words",
    "voice_status": "Voice",
    "status": "Reading",
    "visibility": "Article is",
}
"""The questions of `ClaimFilter` as they are called on pages, in the order they are shown."""

VOICES: Final = ("speaker", "said_by", "ultimate")
"""Questions that hold uids of speakers."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the question: its words, and the address of the question without it."""

    name: str
    value: str
    address: str


class Asked:
    """A question: the parameters of an address without those that only leaf through its answer."""

    def __init__(self, params: QueryDict, *, beside: Collection[str]) -> None:
        """Take `params`; `beside` names those of the list itself, kept in its own addresses."""
        self.params = params
        self.beside = frozenset(beside)

    @property
    def bare(self) -> bool:
        """Whether nothing is asked."""
        return not any(True for _ in self.parts())

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield the parts of the question in the order they are shown."""
        for name in NAMES:
            for value in self.params.getlist(name):
                yield name, value

    def address(self, page: str, *, whole: bool = False, **changed: str) -> str:
        """Return the address of `page`, by its name, with the question.

        With `whole` the parameters of the list stay too, apart from the place in it; `changed`
        puts others in, or takes them out by an empty text.
        """
        return self._written(reverse(page), self._copy(whole=whole), changed)

    def file(self, form: str) -> str:
        """Return the address of the file of all rows, `csv`, `jsonl` or `parquet`."""
        return self._written(reverse("claims_file", args=[form]), self._copy(whole=False), {})

    def holds(self, name: str, value: str) -> bool:
        """Tell whether a value of a facet is asked for; a year is a range of one year."""
        if name == "year":
            return self._year() == value
        return value in self.params.getlist(name)

    def turned(self, name: str, value: str) -> str:
        """Return the address of the question with a value of a facet put on, or taken off."""
        params = self._copy(whole=True)
        on = self.holds(name, value)
        if name == "year":
            for end in ("published_from", "published_to"):
                params.setlist(end, [] if on else [value])
        else:
            kept = [one for one in params.getlist(name) if one != value]
            params.setlist(name, kept if on else [*kept, value])
        return self._written(reverse("search"), params, {})

    def chips(self, reader: Reader) -> list[Chip]:
        """Return the parts of the question in words, each with the address without it."""
        words = self._words(reader)
        return [
            Chip(NAMES[name], words.get((name, value), value), self._without(name, value))
            for name, value in self.parts()
        ]

    def _without(self, name: str, value: str) -> str:
        params = self._copy(whole=True)
        params.setlist(name, [one for one in params.getlist(name) if one != value])
        return self._written(reverse("search"), params, {})

    def _year(self) -> str | None:
        first, last = (self.params.getlist(f"published_{end}") for end in ("from", "to"))
        return first[0] if len(first) == 1 and first == last else None

    def _words(self, reader: Reader) -> dict[tuple[str, str], str]:
        """Return the names of what is asked for by uid or key, as far as the reader may know."""
        found: dict[tuple[str, str], str] = {}
        if uids := {uid for name in VOICES for uid in self.params.getlist(name)}:
            rows = Speaker.objects.filter(uid__in=uids)
            known = dict(rows.values_list("uid", Coalesce("canonical", "pk")))
            heads = speakers_for(reader).filter(pk__in=known.values())
            seen = dict(heads.values_list("pk", "name"))
            for name in VOICES:
                found |= {(name, uid): seen[pk] for uid, pk in known.items() if pk in seen}
        if keys := self.params.getlist("topic"):
            found_topics: Any = topics()
            labels = found_topics.filter(key__in=keys).values_list("key", "label")
            found |= {("topic", key): label for key, label in labels}
        if uids := set(self.params.getlist("article")):
            headlines = articles_for(reader).filter(uid__in=uids).values_list("uid", "headline")
            found |= {("article", uid): headline or uid for uid, headline in headlines}
        return found

    def _copy(self, *, whole: bool) -> QueryDict:
        params = QueryDict(mutable=True)
        for name, values in self.params.lists():
            if name in NAMES or (whole and name in self.beside and name != "cursor"):
                params.setlist(name, values)
        return params

    def _written(self, path: str, params: QueryDict, changed: Mapping[str, str]) -> str:
        for name, value in changed.items():
            params.setlist(name, [value] if value else [])
        query = params.urlencode()
        return f"{path}?{query}" if query else path
