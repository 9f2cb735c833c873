"""The rows of a package's tables, each by one statement, as far as its reader may see them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Length, RowNumber

from claims.datapackage.scope import Scope
from claims.datapackage.tables import BY_NAME
from claims.files import flat
from claims.files.reading import Rows, batches
from claims.filters.readers import Reader, roles_for, topics
from claims.filters.reviewed import with_review
from claims.models import (
    Alias,
    ArticleText,
    Attribution,
    Claim,
    ClaimTopic,
    ClaimVoice,
    Evidence,
    Note,
    Outlet,
    Speaker,
)

_TEXT: Final = TextField()
_HEAD: Final = Coalesce("speaker__canonical", "speaker")
_HEAD_UID: Final = Coalesce("speaker__canonical__uid", "speaker__uid")


def rows_of(name: str, scope: Scope) -> Iterator[Rows]:
    """Yield the rows of a table, in the order of its columns."""
    yield from batches(_READ[name](scope))


def _filled(*names: str) -> list[Any]:
    """Return columns whose empty text stands for nothing."""
    return [flat.Filled(name) for name in names]


def _json(name: str) -> Any:
    return Cast(F(name), _TEXT)


def _outlets(scope: Scope) -> QuerySet:
    found = Outlet.objects.filter(pk__in=scope.articles.order_by().values("outlet"))
    plain = _filled("name", "domain", "kind", "country", "text_policy")
    return found.order_by("pk").values_list(*plain)


def _articles(scope: Scope) -> QuerySet:
    text = ("headline", "byline", "section", "url", "language", "published")
    return with_review(scope.articles.order_by("pk")).values_list(
        *("uid", "outlet__name", "outlet_basis"),
        *_filled(*text),
        *("published_earliest", "published_latest", "published_basis", "published_confidence"),
        *("visibility", "text_sha256"),
        Length("body__text"),
        _json("parts"),
        "review",
    )


def _texts(scope: Scope) -> QuerySet:
    found = ArticleText.objects.filter(article__in=scope.article_ids).order_by("pk")
    if scope.reader < Reader.EDITOR:
        found = found.filter(article__outlet__text_policy=Outlet.TextPolicy.FULL)
    return found.values_list("article__uid", "text")


def _topics(scope: Scope) -> QuerySet:
    above = _joined(F("parent__scheme"), F("parent__code"))
    return topics().order_by("pk").values_list("key", "scheme", "code", "label", above)


def _joined(scheme: Any, code: Any) -> Any:
    return Func(
        scheme,
        Value(":"),
        code,
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=_TEXT,
    )


def _heard(scope: Scope) -> QuerySet[ClaimVoice]:
    """Return the voices of the claims, as far as the reader may hear them."""
    found = ClaimVoice.objects.filter(claim__in=scope.claim_ids)
    if scope.reader == Reader.EVERYBODY:
        found = found.filter(claim__voice_status=Claim.VoiceStatus.CONFIRMED)
    return found


def _given(scope: Scope) -> QuerySet[Attribution]:
    """Return the attributions that the claims name."""
    shown = flat.expressions(scope.reader)["attribution"]
    named = scope.claims.annotate(named=shown).values("named")
    return Attribution.objects.filter(uid__in=named)


def _known(scope: Scope) -> QuerySet[Speaker]:
    """Return the canonical rows of the voices that have an identity for the reader."""
    heads = _heard(scope).order_by().values(head=_HEAD)
    wanted = Q(pk__in=heads)
    if scope.reader == Reader.EDITOR:
        given = _given(scope).filter(speaker__isnull=False)
        return Speaker.objects.filter(wanted | Q(pk__in=given.values(head=_HEAD)))
    return Speaker.objects.filter(wanted, is_public=True)


def _speakers(scope: Scope) -> QuerySet:
    local = Case(When(kind__in=Speaker.UNNAMED, then=F("article__uid")), output_field=_TEXT)
    plain = ("uid", "name", "kind", "is_public")
    return _known(scope).order_by("pk").values_list(*plain, local)


def _aliases(scope: Scope) -> QuerySet:
    of = Alias.objects.annotate(head=_HEAD)
    found = of.filter(head__in=_known(scope).values("pk")).order_by()
    # One row for each name of a voice, whichever of its rows have it.
    return (
        found.values("head", "form")
        .annotate(
            of=Min(_HEAD_UID),
            what=Min("kind"),
            first=Min("pk"),
        )
        .order_by("first")
        .values_list("of", "form", "what")
    )


def _roles(scope: Scope) -> QuerySet:
    inside = Q(article__isnull=True) | Q(article__in=scope.article_ids)
    found = roles_for(scope.reader).annotate(head=_HEAD)
    kept = found.filter(inside, head__in=_known(scope).values("pk")).order_by("pk")
    return kept.values_list(
        Window(RowNumber(), order_by=F("pk").asc()),
        _HEAD_UID,
        "title",
        *_filled("organisation", "held"),
        *("origin", "article__uid", "start", "end"),
    )


def _attributions(scope: Scope) -> QuerySet:
    return (
        _given(scope)
        .order_by("pk")
        .values_list(
            "uid",
            "article__uid",
            _identity(scope.reader),
            "manner",
            *(_json(name) for name in ("source", "cue", "content", "mention")),
            *_filled("said_when"),
            *("score", "tier"),
        )
    )


def _identity(reader: Reader) -> Any:
    return flat.known("speaker__", reader)["uid"]


def _claims(scope: Scope) -> QuerySet:
    found = flat.expressions(scope.reader)
    names = (column.name for column in BY_NAME["claims"].columns)
    return scope.claims.order_by("pk").values_list(*(found[name] for name in names))


def _voices(scope: Scope) -> QuerySet:
    speaker = flat.known("speaker__", scope.reader)
    nearest = Case(When(claim__speaker=F("speaker"), then=Value(1)), default=Value(0))
    return (
        _heard(scope)
        .order_by("claim_id", "position")
        .values_list(
            *("claim__uid", "position"),
            *(speaker[name] for name in ("uid", "name", "kind", "written")),
            nearest,
        )
    )


def _claim_topics(scope: Scope) -> QuerySet:
    found = ClaimTopic.objects.filter(claim__in=scope.claim_ids, removed=False)
    key = _joined(F("topic__scheme"), F("topic__code"))
    return found.order_by("claim_id", "topic_id").values_list("claim__uid", key, "origin")


def _evidence(scope: Scope) -> QuerySet:
    inside = Q(article__isnull=True) | Q(article__in=scope.article_ids)
    found = Evidence.objects.approved().filter(inside, claim__in=scope.claim_ids)
    return found.order_by("claim_id", "pk").values_list(
        *("uid", "claim__uid", "relation"),
        *_filled("url"),
        *("article__uid", "start", "end"),
        _quotation(scope),
        Cast("retrieved", CharField()),
        "byline",
    )


def _quotation(scope: Scope) -> Any:
    """Return the words of evidence, where the policy of their outlet lets the reader see them."""
    words = flat.Filled("quotation")
    if scope.reader == Reader.EDITOR:
        return words
    shown = Claim.objects.public().filter(
        article=OuterRef("article"),
        sentence_start__lte=OuterRef("start"),
        sentence_end__gte=OuterRef("end"),
    )
    policy = "article__outlet__text_policy"
    hidden = Q(**{policy: Outlet.TextPolicy.NONE})
    open_to_all = Q(article__isnull=True) | Q(**{policy: Outlet.TextPolicy.FULL})
    return Case(
        When(open_to_all | (Exists(shown) & (~hidden | Q(article__outlet=None))), then=words),
        output_field=_TEXT,
    )


def _notes(scope: Scope) -> QuerySet:
    found = Note.objects.approved().filter(claim__in=scope.claim_ids)
    return found.order_by("claim_id", "pk").values_list("uid", "claim__uid", "text", "byline")


_READ: Final[Mapping[str, Callable[[Scope], QuerySet]]] = {
    "outlets": _outlets,
    "articles": _articles,
    "texts": _texts,
    "topics": _topics,
    "speakers": _speakers,
    "aliases": _aliases,
    "roles": _roles,
    "attributions": _attributions,
    "claims": _claims,
    "voices": _voices,
    "claim_topics": _claim_topics,
    "evidence": _evidence,
    "notes": _notes,
}
