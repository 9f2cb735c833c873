"""Full-text search: words, “exact phrases”, beginnings*, OR and -minus, alike on both databases.

Words are runs of letters and digits; case and the accents of Latin letters do not count, nothing
is stemmed. All clauses must match; OR joins the two beside it (`ferry OR boat sank` is a ferry or
a boat, and sank). Figures and hyphenated words are phrases of their parts: `3.74` is "3 74".
"""

import heapq
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from claims import gate
from claims.models.article import ArticleQuerySet
from claims.models.claim import ClaimQuerySet

LONGEST_QUERY: Final = 500
MOST_WORDS: Final = 32
SHORTEST_BEGINNING: Final = 3
MOST_RANKED: Final = 10_000
"""So many rows, the newest, are ranked; a word that stands everywhere ranks nothing."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_TOKEN = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("([A-Za-z])[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side; `open` means the last may go on (`tour*`)."""

    words: tuple[str, ...]
    open: bool = False

    def stands_in(self, words: Sequence[str]) -> bool:
        """Tell whether the phrase stands in a field's words, as `words_of` returns them."""
        *whole, last = (word.lower() for word in self.words)
        return any(
            list(words[end - len(whole) : end]) == whole
            and (words[end] == last or (self.open and words[end].startswith(last)))
            for end in range(len(whole), len(words))
        )


@dataclass(frozen=True, slots=True)
class Query:
    """What must be there (every clause, in each clause any phrase) and what must not."""

    clauses: tuple[tuple[Phrase, ...], ...]
    without: tuple[Phrase, ...] = ()

    def fits(self, fields: Sequence[Sequence[str]]) -> bool:
        """Tell what the database would: do these fields' words answer the query?

        A clause may be met in any of the fields; no phrase crosses from one into the next.
        """

        def there(phrase: Phrase) -> bool:
            return any(phrase.stands_in(words) for words in fields)

        return all(any(map(there, clause)) for clause in self.clauses) and not any(
            map(there, self.without)
        )


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case and Latin accents."""
    return [word.lower() for word in _WORD.findall(_fold(text))]


def parse(query: str) -> Query:
    """Read a reader's words into a query; no text whatever is a syntax error.

    Raises:
        gate.Refused: if there is no word to look for, for more than `LONGEST_QUERY` characters
            or `MOST_WORDS` words, and for what is no text.
    """
    gate.text("text", query, longest=LONGEST_QUERY)
    clauses: list[tuple[Phrase, ...]] = []
    without: list[Phrase] = []
    joining = False
    for minus, quoted, plain in _TOKEN.findall(_fold(query).translate(_QUOTES)):
        if plain == "OR" and not minus:
            joining = True
            continue
        phrase = _phrase(quoted or plain)
        if not phrase.words:
            continue
        if minus:
            without.append(phrase)
        elif joining and clauses:
            clauses[-1] += (phrase,)
        else:
            clauses.append((phrase,))
        joining = False
    if not clauses:
        raise gate.Refused("text: no word to look for")
    read = Query(tuple(clauses), tuple(without))
    words = sum(len(phrase.words) for clause in (*clauses, read.without) for phrase in clause)
    if words > MOST_WORDS:
        raise gate.Refused(f"text: {words} words; at most {MOST_WORDS} are looked for")
    return read


def claims_matching(query: str, claims: ClaimQuerySet, kinds: Sequence[str] = ()) -> ClaimQuerySet:
    """Keep claims whose passage or concept has the words of `query`, of any of `kinds` if given.

    Raises:
        gate.Refused: as `parse`.
    """
    if connections[claims.db].vendor == "postgresql":
        return claims.filter(_Fits(_tsquery(parse(query)), _kinds(kinds)))
    if kinds:
        claims = claims.filter(kind__in=kinds)
    return claims.filter(pk__in=_rowids(parse(query), "claims_claim_search"))


def articles_matching(
    query: str, articles: ArticleQuerySet, *, headline_only: bool = False
) -> ArticleQuerySet:
    """Keep articles whose headline or text has the words of `query`.

    `headline_only` does not look into the text: for readers who may not see its words.

    Raises:
        gate.Refused: as `parse`.
    """
    words = parse(query)
    if connections[articles.db].vendor == "postgresql":
        sql = "SELECT article_id FROM claims_articletext WHERE words @@ claims_query(%s)"
        found = RawSQL(sql, [_tsquery(words, "A" if headline_only else "")])
    else:
        found = _rowids(words, "claims_article_search", "headline" if headline_only else "")
    return articles.filter(pk__in=found)


def best(query: str, claims: ClaimQuerySet, *, most: int) -> list[tuple[float, int]]:
    """Return rank and id of the claims that fit `query` best, best first, in two statements.

    A rank rests on the claim's own words alone: the usual measures weigh a word by how rare it
    is among all rows, so that rows come and go in the order, and hidden ones show in it.

    Raises:
        gate.Refused: as `parse`.
    """
    ids = list(claims.order_by("-id").values_list("id", flat=True)[:MOST_RANKED])
    if not ids:
        return []
    words = parse(query)
    if connections[claims.db].vendor == "postgresql":
        ranks = _ranks_postgresql(words, ids)
    else:
        ranks = _ranks_sqlite(words, ids)
    fitting = set(ids)
    return heapq.nlargest(most, ((rank, pk) for pk, rank in ranks if pk in fitting))


def forget() -> None:
    """Merge the word indexes, so that no trace of words that are gone is left in them.

    PostgreSQL keeps no such trace.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            for index in ("claims_claim_search", "claims_article_search"):
                cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def out_of_step() -> Iterator[str]:
    """Yield which of the word indexes does not hold the words of its rows, and what to do."""
    if connection.vendor == "postgresql":
        wrong = (
            "SELECT article_id FROM claims_articletext JOIN claims_article ON id = article_id "
            "WHERE words IS DISTINCT FROM claims_article_words(headline, text)"
        )
        with connection.cursor() as cursor:
            cursor.execute(wrong)
            yield from (f"the words of article {pk} are not indexed" for (pk,) in cursor)
        return
    for index in ("claims_claim_search", "claims_article_search"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            yield f"{index} does not fit its rows; mend it with INSERT INTO {index} ({index}) " + (
                "VALUES ('rebuild')"
            )


def _ranks_postgresql(query: Query, ids: Sequence[int]) -> Iterator[tuple[int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, ts_rank(words, claims_query(%s), 1) FROM claims_claim WHERE id = ANY(%s)",
            [_tsquery(query), list(ids)],
        )
        yield from cursor


def _ranks_sqlite(query: Query, ids: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Yield how often the words stand in passage and concept, the longer the less it counts.

    What FTS5 would mark is counted: it has no function for the number of hits in a row.
    """
    marks = (
        f"length(highlight(claims_claim_search, {n}, char(1), '')) - length({name})"
        for n, name in enumerate(("passage", "concept"))
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, length(passage), {', '.join(marks)} FROM claims_claim_search "
            "WHERE claims_claim_search MATCH %s AND rowid BETWEEN %s AND %s",
            [_fts5(query), ids[-1], ids[0]],
        )
        for pk, length, in_passage, in_concept in cursor:
            yield pk, (in_passage + in_concept) / (1 + math.log1p(length))


class _Fits(Func):
    """Tells whether a claim's words answer two queries, as PostgreSQL writes them.

    The first is in letters as people write them, the second in those of the index.

    Asked of the row itself: from a list of ids of all that fit, it would not see that most of
    them are not wanted, nor use the index of those that are public.
    """

    output_field = BooleanField()

    def __init__(self, query: str, kinds: str) -> None:
        super().__init__(F("pk"))
        self.query = query
        self.kinds = kinds

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Write the condition on the column of words, which no model knows."""
        (key,) = self.get_source_expressions()
        column, _ = compiler.compile(key)
        words = f"{column.rpartition('.')[0]}.words"
        if not self.kinds:
            return f"{words} @@ claims_query(%s)", (self.query,)
        # Two conditions: joined to one that PostgreSQL finds no word in, kinds would stand alone.
        return f"({words} @@ claims_query(%s) AND {words} @@ %s::tsquery)", (self.query, self.kinds)


def _rowids(query: Query, index: str, field: str = "") -> RawSQL:
    """Return the ids of rows whose words answer a query; `index` is a constant of this module."""
    column = f"{field} : " if field else ""
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH %s"
    return RawSQL(sql, [f"{column}({_fts5(query)})"])


def _fts5(query: Query) -> str:
    def written(phrase: Phrase) -> str:
        return f'"{" ".join(phrase.words)}"' + ("*" if phrase.open else "")

    wanted = " AND ".join(f"({' OR '.join(map(written, clause))})" for clause in query.clauses)
    return " NOT ".join((f"({wanted})", *map(written, query.without)))


def _tsquery(query: Query, weight: str = "") -> str:
    def written(phrase: Phrase) -> str:
        *whole, last = (f"'{word}':{weight}".removesuffix(":") for word in phrase.words)
        if phrase.open:
            last = f"'{phrase.words[-1]}':*{weight}"
        return f"({' <-> '.join((*whole, last))})"

    wanted = " & ".join(f"({' | '.join(map(written, clause))})" for clause in query.clauses)
    return " & !".join((wanted, *map(written, query.without)))


def _kinds(kinds: Sequence[str]) -> str:
    return " | ".join(f"' {kind}'" for kind in kinds)


def _phrase(words: str) -> Phrase:
    found = tuple(_WORD.findall(words))
    beginning = words.endswith("*") and bool(found) and len(found[-1]) >= SHORTEST_BEGINNING
    return Phrase(found, open=beginning)


def _fold(text: str) -> str:
    """Return `text` with the accents of Latin letters gone, however they were written."""
    return unicodedata.normalize("NFC", _ACCENTS.sub(r"\1", unicodedata.normalize("NFD", text)))
