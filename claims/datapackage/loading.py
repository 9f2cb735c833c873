"""A package on its way into a database: what was stored so far, and the tables without claims."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, TypeVar

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from claims import gate, identity
from claims.datapackage.check import Package, Row
from claims.datapackage.tables import BY_NAME
from claims.history import Batch
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Attribution,
    Evidence,
    IdentityJudgement,
    Note,
    Outlet,
    Role,
    Run,
    Speaker,
    Topic,
)
from claims.models.article import make_uid
from claims.redaction.black import BLANK
from corpus.edtf import bounds
from corpus.findings import text_digest
from corpus.speakers.compare import stated_name

AT_ONCE: Final = 500
LONGEST_ARTICLE: Final = 1_000_000

T = TypeVar("T")


@dataclass(slots=True)
class Loading:
    """A package on its way in: what was stored so far, by the names the package has for it."""

    package: Package
    actor: User
    batch: Batch
    outlets: dict[str, int] = field(default_factory=dict)
    articles: dict[str, tuple[int, int]] = field(default_factory=dict)
    """uid → id and length of the text."""
    whole: set[int] = field(default_factory=set)
    """Articles whose words are all in the package."""
    review: dict[int, str] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    written: dict[tuple[int, str, str, str], int] = field(default_factory=dict)
    """Article, uid or nothing, name as written and kind → the row an article has for a voice."""
    named: set[tuple[int | None, str, str]] = field(default_factory=set)
    members: list[tuple[int, int]] = field(default_factory=list)
    """Canonical row and the row that is the same voice."""
    attributions: dict[str, int] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """What is noted beside everything that rests on the package."""
        return f"as in the data package {self.package.sha256[:16]}"

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a table."""
        return self.package.rows(BY_NAME[name])

    def run(self, engine: str) -> Run:
        """Return the run that stands for what an engine read elsewhere."""
        if engine not in self.runs:
            self.runs[engine] = Run.objects.create(
                origin=Run.Origin.FILE,
                engine=gate.text("engine", engine, longest=40),
                config_hash=self.package.sha256,
                tier="package",
                state=Run.State.APPLIED,
                ended=timezone.now(),
            )
        return self.runs[engine]

    def place(self, article: str, start: int, end: int) -> int:
        """Return the id of an article after a look at a span of it."""
        pk, length = self.articles[article]
        if not 0 <= start < end <= length:
            raise gate.Refused(f"span: [{start}, {end}) is none of the article {article}")
        return pk

    def blank(self, length: int) -> str:
        """Return words of a length that are not known.

        Raises:
            Refused: if nothing has that length.
        """
        if not 0 < length <= LONGEST_ARTICLE:
            raise gate.Refused(f"sentence: {length} characters")
        return BLANK * length

    def speaker(self, article: int, uid: str | None, name: str, kind: str) -> int:
        """Return the row that an article has for a voice, made if there is none yet.

        A voice without a uid has a row of its own in the article, and means nothing elsewhere.
        """
        head = self.speakers[uid] if uid else None
        if head is not None and head.name == name:
            return head.pk
        key = (article, uid or "", name, kind)
        if key not in self.written:
            row = self._made(head.article_id if head else article, name, kind, head)
            self.written[key] = row.pk
            if head is not None:
                self.members.append((head.pk, row.pk))
        return self.written[key]

    def _made(self, article: int | None, name: str, kind: str, head: Speaker | None) -> Speaker:
        privacy = head.privacy if head else Speaker.Privacy.UNKNOWN
        return Speaker.objects.create(**voice(self, article, name, kind, privacy))


def parts(rows: Iterable[T]) -> Iterator[list[T]]:
    """Yield rows in lists."""
    left = iter(rows)
    while found := list(islice(left, AT_ONCE)):
        yield found


def fitting(model: type[models.Model], row: Row, *names: str) -> dict[str, Any]:
    """Return the text columns of a row as the table takes them; nothing is the empty text."""
    found = {}
    for name in names:
        longest = getattr(model._meta.get_field(name), "max_length", None)
        found[name] = gate.text(name, row[name] or "", longest=longest)
    return found


def outlets(loading: Loading) -> None:
    """Store the outlets."""
    names = ("name", "domain", "kind", "country", "text_policy")
    for row in loading.rows("outlets"):
        made = Outlet.objects.create(**fitting(Outlet, row, *names))
        loading.outlets[made.name] = made.pk


def articles(loading: Loading) -> None:
    """Store the articles and their texts, blank ones for those whose words are not there."""
    for rows in parts(loading.rows("articles")):
        made = Article.objects.bulk_create(_article(loading, row) for row in rows)
        for article, row in zip(made, rows, strict=True):
            loading.articles[article.uid] = (article.pk, row["characters"])
            loading.review[article.pk] = row["review"]
    for rows in parts(loading.rows("texts")):
        ArticleText.objects.bulk_create(_text(loading, row) for row in rows)
    blank = (one for one in loading.articles.values() if one[0] not in loading.whole)
    for some in parts(blank):
        ArticleText.objects.bulk_create(
            ArticleText(article_id=pk, text=BLANK * length) for pk, length in some
        )


def _article(loading: Loading, row: Row) -> Article:
    names = ("uid", "outlet_basis", "headline", "byline", "section", "url", "language")
    more = ("published", "published_basis", "visibility", "text_sha256")
    if not 0 < row["characters"] <= LONGEST_ARTICLE:
        raise gate.Refused(f"characters: {row['characters']} are no text")
    first, last = bounds(row["published"]) if row["published"] else (None, None)
    return Article(
        **fitting(Article, row, *names, *more),
        outlet_id=row["outlet"] and loading.outlets[row["outlet"]],
        published_earliest=first,
        published_latest=last,
        published_confidence=row["published_confidence"] or 0.0,
        parts=row["parts"] or [],
    )


def _text(loading: Loading, row: Row) -> ArticleText:
    pk, length = loading.articles[row["article"]]
    if len(row["text"]) != length:
        raise gate.Refused(f"text: that of {row['article']} has not its length")
    loading.whole.add(pk)
    return ArticleText(article_id=pk, text=row["text"])


def topics(loading: Loading) -> None:
    """Store the topics, and then what is above each."""
    above = {}
    for row in loading.rows("topics"):
        if row["key"] != f"{row['scheme']}:{row['code']}":
            raise gate.Refused(f"key: {row['key']} is not scheme:code")
        made = Topic.objects.create(**fitting(Topic, row, "scheme", "code", "label"))
        loading.topics[row["key"]] = made.pk
        above[made.pk] = row["parent"]
    for pk, key in above.items():
        if key is not None:
            Topic.objects.filter(pk=pk).update(parent=loading.topics[key])


def voice(
    loading: Loading, article: int | None, name: str, kind: str, privacy: str
) -> dict[str, Any]:
    """Return the columns of a new row of a speaker."""
    name = gate.text("name", name, longest=200)
    read_as = name if article else ""
    if (article, read_as, kind) in loading.named and article:
        read_as = make_uid()  # two voices of one name in one article
    loading.named.add((article, read_as, kind))
    columns = identity.columns_of(name, kind, privacy)
    return columns | {
        "name": name,
        "kind": kind,
        "article_id": article,
        "read_as": read_as,
        "privacy": privacy,
    }


def speakers(loading: Loading) -> None:
    """Store the voices that have an identity, with their other names and what they were."""
    for row in loading.rows("speakers"):
        article = loading.articles[row["article"]][0] if row["article"] else None
        privacy = Speaker.Privacy.PUBLIC if row["is_public"] else Speaker.Privacy.UNKNOWN
        made = voice(loading, article, row["name"], row["kind"], privacy)
        loading.speakers[row["uid"]] = Speaker.objects.create(
            **fitting(Speaker, row, "uid"), **made
        )
    for row in loading.rows("aliases"):
        of = loading.speakers[row["speaker"]]
        key = stated_name(row["form"], of.kind)[:400]
        Alias.objects.create(speaker=of, name_key=key, **fitting(Alias, row, "form", "kind"))
    for row in loading.rows("roles"):
        spans = {name: row[name] for name in ("start", "end")}
        place = loading.place(row["article"], **spans) if row["article"] else None
        names = fitting(Role, row, "title", "organisation", "held", "origin")
        of = loading.speakers[row["speaker"]]
        Role.objects.create(speaker=of, article_id=place, **names, **spans)


def attributions(loading: Loading) -> None:
    """Store where articles give words to voices; their anchors come with the texts."""
    for rows in parts(loading.rows("attributions")):
        made = [_attribution(loading, row, loading.run("")) for row in rows]
        Attribution.objects.bulk_create(made)
        loading.attributions |= {one.uid: one.pk for one in made}


def _attribution(loading: Loading, row: Row, run: Run) -> Attribution:
    spans = {name: row[name] or [] for name in ("source", "cue", "content")}
    mention = [row["mention"]] if row["mention"] else []
    for start, end in (*spans["source"], *spans["cue"], *spans["content"], *mention):
        loading.place(row["article"], start, end)
    names = fitting(Attribution, row, "uid", "manner", "said_when", "tier")
    machine = {"n": 0, "speaker": None} | {name: row[name] for name in ("manner", "score")} | spans
    speaker = loading.speakers[row["speaker"]] if row["speaker"] else None
    return Attribution(
        article_id=loading.articles[row["article"]][0],
        speaker=speaker,
        mention=row["mention"],
        score=row["score"],
        anchor_key=text_digest(row["uid"]),
        machine=machine | {"mention": row["mention"], "said_when": row["said_when"]},
        first_run=run,
        last_run=run,
        **names,
        **spans,
    )


def stated(loading: Loading) -> None:
    """Store evidence and notes, approved by whoever imports, under their own bylines."""
    mine: dict[str, Any] = {"author": loading.actor, "approved_by": loading.actor}
    for row in loading.rows("evidence"):
        spans = {name: row[name] for name in ("start", "end")}
        Evidence.objects.create(
            claim_id=loading.claims[row["claim"]],
            article_id=loading.place(row["article"], **spans) if row["article"] else None,
            retrieved=row["retrieved"],
            **fitting(Evidence, row, "uid", "relation", "url", "quotation", "byline"),
            **spans,
            **mine,
        )
    for row in loading.rows("notes"):
        names = fitting(Note, row, "uid", "text", "byline")
        Note.objects.create(claim_id=loading.claims[row["claim"]], **names, **mine)


def same_voices(loading: Loading) -> None:
    """Judge rows to be the same voice where the package shows them as one; index all names."""
    rows = Speaker.objects.order_by("pk")
    reasons = [loading.reason]
    same = {"verdict": identity.SAME, "origin": IdentityJudgement.Origin.EDITOR}
    for pairs in parts(loading.members):
        IdentityJudgement.objects.bulk_create(
            IdentityJudgement(
                one_id=one, other_id=other, **same, reasons=reasons, actor=loading.actor
            )
            for one, other in pairs
        )
        identity.refresh([pk for pair in pairs for pk in pair])
    for some in parts(rows.iterator()):
        identity.index_names(some)
