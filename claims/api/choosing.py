"""What a program wants of a row: only some fields of it, and other rows along with it.

`fields=uid,value,unit` sends these alone. `expand=article,speaker` sends those rows in full,
under `expanded`, each as far as the reader may see it; it costs one statement more for each kind
of row, however many there are.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final

from django.http import QueryDict

from claims import versions
from claims.api import rows, shapes
from claims.api.rows import Row
from claims.filters.base import BadQuestion
from claims.filters.readers import (
    Reader,
    articles_for,
    attributions_for,
    claims_for,
    outlets_for,
    speakers_for,
    topics,
)

PARAMETERS: Final = ("fields", "expand")
_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Expansion:
    """Rows that another row names: in which column, how they are read and by what they are known.

    `shape` is theirs; with `many` the column holds a list of names.
    """

    column: str
    read: Callable[[Reader, Collection[Any]], Iterable[Row]]
    shape: Any
    by: str = "uid"
    many: bool = False

    def names(self, row: Row) -> list[Any]:
        """Return the names in a row."""
        found = row[self.column]
        if isinstance(found, dict):
            found = found[self.by]
        return found if self.many else [found] if found else []


def _articles(reader: Reader, uids: Collection[str]) -> Iterable[Row]:
    return rows.articles(articles_for(reader).filter(uid__in=uids), reader)


def _attributions(reader: Reader, uids: Collection[str]) -> Iterable[Row]:
    return rows.attributions(attributions_for(reader).filter(uid__in=uids), reader)


def _outlets(reader: Reader, names: Collection[str]) -> Iterable[Row]:
    return rows.outlets(outlets_for(reader).filter(name__in=names), reader)


def _speakers(reader: Reader, uids: Collection[str]) -> Iterable[Row]:
    return rows.speakers(speakers_for(reader).filter(uid__in=uids), reader)


def _topics(reader: Reader, keys: Collection[str]) -> Iterable[Row]:
    keyed: Any = topics()
    return rows.topics(keyed.filter(key__in=keys), reader)


def _versions(reader: Reader, uids: Collection[str]) -> Iterable[Row]:
    """Versions are for those who rule: they rise with changes that readers do not see."""
    if reader < Reader.EDITOR:
        return ()
    rows_of = claims_for(reader).filter(uid__in=uids)
    return ({"uid": uid, "version": n} for uid, n in rows_of.values_list("uid", "version"))


def _histories(reader: Reader, uids: Collection[str]) -> Iterable[Row]:
    for claim in claims_for(reader).filter(uid__in=uids):
        told = versions.history(claim, reader)
        yield {"uid": claim.uid, "versions": [asdict(version) for version in told]}


_ARTICLE = Expansion("article", _articles, shapes.ArticleRow)
_OUTLET = Expansion("outlet", _outlets, shapes.OutletRow, by="name")
_OF_CLAIMS = {
    "article": _ARTICLE,
    "outlet": _OUTLET,
    "speaker": Expansion("speaker_uid", _speakers, shapes.SpeakerRow),
    "ultimate": Expansion("ultimate_uid", _speakers, shapes.SpeakerRow),
    "attribution": Expansion("attribution", _attributions, shapes.AttributionRow),
    "topics": Expansion("topics", _topics, shapes.TopicRow, by="key", many=True),
    "version": Expansion("uid", _versions, shapes.Seen),
}
EXPANSIONS: Final[Mapping[Any, Mapping[str, Expansion]]] = {
    shapes.Claim: _OF_CLAIMS,
    shapes.ClaimDetail: _OF_CLAIMS | {"history": Expansion("uid", _histories, shapes.History)},
    shapes.ArticleRow: {"outlet": _OUTLET},
    shapes.ArticleDetail: {"outlet": _OUTLET},
    shapes.SpeakerRow: {"article": _ARTICLE},
    shapes.SpeakerDetail: {"article": _ARTICLE},
    shapes.AttributionRow: {
        "article": _ARTICLE,
        "speaker": Expansion("speaker", _speakers, shapes.SpeakerRow),
        "parent": Expansion("parent", _attributions, shapes.AttributionRow),
    },
    shapes.TopicRow: {"parent": Expansion("parent", _topics, shapes.TopicRow, by="key")},
}
"""For each shape of a row what can be sent along with it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked of each row; no fields means all of them."""

    fields: Collection[str]
    expand: Mapping[str, Expansion]

    @classmethod
    def of(cls, params: QueryDict, shape: Any) -> "Chosen":
        """Read what is asked of rows of a shape.

        Raises:
            BadQuestion: for what such rows do not have.
        """
        known = EXPANSIONS.get(shape, {})
        fields = _listed(params, "fields", _names_of(shape))
        expand = _listed(params, "expand", known)
        return cls(frozenset(fields), {name: known[name] for name in known if name in expand})

    def sent(self, found: Sequence[Row], reader: Reader) -> list[Row]:
        """Return what is sent of rows, in their order."""
        along = {name: self._found(one, found, reader) for name, one in self.expand.items()}
        shown = [self._cut(row) for row in found]
        if along:
            for row, full in zip(shown, found, strict=True):
                row["expanded"] = {
                    name: _placed(self.expand[name], full, beside) for name, beside in along.items()
                }
        return shown

    def _cut(self, row: Row) -> Row:
        return {name: row[name] for name in row if name in self.fields} if self.fields else {**row}

    def _found(self, one: Expansion, found: Sequence[Row], reader: Reader) -> dict[Any, Row]:
        names = {name for row in found for name in one.names(row)}
        return {row[one.by]: row for row in one.read(reader, names)} if names else {}


def _placed(one: Expansion, row: Row, beside: Mapping[Any, Row]) -> Any:
    known = [beside[name] for name in one.names(row) if name in beside]
    return known if one.many else next(iter(known), None)


@cache
def _names_of(shape: Any) -> Collection[str]:
    """Return the names of what rows of a shape have."""
    return tuple(shape().fields)


def _listed(params: QueryDict, name: str, known: Collection[str]) -> list[str]:
    if name not in params:
        return []
    given = str(params[name])
    if len(params.getlist(name)) > 1:
        raise BadQuestion({name: "given twice; separate names with commas"})
    if len(given) > _LONGEST:
        raise BadQuestion({name: f"is longer than {_LONGEST} characters"})
    names = given.split(",")
    if unknown := [one for one in names if one not in known]:
        has = f"there is {', '.join(known)}" if known else "nothing can be asked for here"
        raise BadQuestion({name: f"there is no {unknown[0][:60]!r} here: {has}"})
    return names
