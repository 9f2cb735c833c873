"""The views of the API: lists with their questions, and single rows."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims import export, feed
from claims.api import (
    bodies,
    choosing,
    describing,
    facets,
    listing,
    rows,
    rulings,
    shapes,
    versions,
)
from claims.api.problems import Gone, Superseded
from claims.api.rows import Row
from claims.api.throttles import WriteThrottle
from claims.api.tokens import SafeTokens
from claims.filters import paging
from claims.filters.base import Answer, BadQuestion, StrictFilterSet
from claims.filters.claims import ClaimFilter
from claims.filters.readers import (
    Reader,
    articles_for,
    attributions_for,
    claims_for,
    outlets_for,
    reader_of,
    speakers_for,
    topics,
)
from claims.filters.records import (
    ArticleFilter,
    AttributionFilter,
    OutletFilter,
    RunFilter,
    SpeakerFilter,
    TopicFilter,
)
from claims.models import Run
from claims.versions import at

BESIDE = (*paging.PARAMETERS, *choosing.PARAMETERS)
"""Parameters of a list that are no question about its rows."""


class ReadView(APIView):
    """What all views share: tokens or a session, JSON, no body, no surprises."""

    authentication_classes: list[type[BaseAuthentication]] = [SafeTokens, SessionAuthentication]
    content_negotiation_class = bodies.OnlyJson
    metadata_class = None
    parser_classes = []

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Tell caches between us and the reader that others may be answered otherwise."""
        final = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(final, ["Authorization", "Cookie"])
        return final

    def reader(self) -> Reader:
        """Return what kind of reader asks."""
        return reader_of(self.request.user)

    def refuse_parameters(self, *, but: Collection[str] = ()) -> None:
        """Refuse any parameter, where there are none but these."""
        if names := sorted(set(self.request.query_params) - set(but)):
            raise BadQuestion({name[:60]: "is no parameter here" for name in names})


class ListView(ReadView):
    """A list: where it begins, what can be asked of it, what is sent of its rows."""

    shape: Any

    start: Callable[[Reader], QuerySet]
    questions: type[StrictFilterSet]
    rows: Callable[[Any, Reader], Iterable[rows.Row]]
    beside: Collection[str] = BESIDE

    def get(self, request: Request) -> Response:
        """Return a page of rows."""
        reader = self.reader()
        params, first = request.query_params, self.start(reader)
        chosen = choosing.Chosen.of(params, self.shape)
        asked = self.questions(params, first, reader, beside=self.beside).ask()

        def read(page: paging.Page) -> list[Row]:
            return chosen.sent(self.read(page, reader), reader)

        return listing.page(request, asked, first.model, read, self.telling(asked, reader))

    def read(self, page: paging.Page, reader: Reader) -> list[Row]:
        """Return what is sent of the rows of a page, in its order."""
        return list(self.rows(page.of(self.start(reader)), reader))

    def telling(self, asked: Answer, reader: Reader) -> listing.Beside:
        """Return what is told beside the rows of an answer: here nothing."""
        return lambda count: {}


class DetailView(ReadView):
    """One row by its uid, with an ETag; what a reader may not see is not there."""

    shape: Any
    start: Callable[[Reader], QuerySet]
    row: Callable[[Any, Reader], rows.Row | None]
    name: str
    key: str = "uid"
    now: Callable[[str, Reader], list[str]] = staticmethod(lambda uid, reader: [])
    """The uids of the rows that took the place of one that is no longer there."""

    def get(self, request: Request, uid: str) -> Response:
        """Return the row, or that the caller has it; one that was superseded leads on."""
        self.refuse_parameters(but=choosing.PARAMETERS)
        chosen = choosing.Chosen.of(request.query_params, self.shape)
        reader = self.reader()
        found = self.row(self.start(reader).filter(**{self.key: uid}), reader)
        if found is None:
            now = self.now(uid, reader)
            if not now and (why := feed.gone(self.name, uid, reader)):
                raise Gone(why)
            return self.elsewhere(now)
        (sent,) = chosen.sent([found], reader)
        tag = {"ETag": versions.tag_of(sent)}
        if versions.is_known(request, tag["ETag"]):
            return Response(status=304, headers=tag)
        return Response(sent, headers=tag)

    def elsewhere(self, uids: list[str]) -> Response:
        """Lead to the one row that took the place; of several, say which they are."""
        found = (reverse(self.name, args=[uid]) for uid in uids)
        addresses = [self.request.build_absolute_uri(address) for address in found]
        if not addresses:
            raise Http404
        if len(addresses) > 1:
            raise Superseded(addresses)
        return Response(status=301, headers={"Location": addresses[0]})


@describing.listing("articles", shapes.ArticleRow, ArticleFilter)
class ArticleList(ListView):
    """News texts, without their words."""

    start = staticmethod(articles_for)
    questions = ArticleFilter
    rows = staticmethod(rows.articles)


@describing.detail("articles", shapes.ArticleDetail)
class ArticleDetail(DetailView):
    """One news text."""

    name = "article"
    start = staticmethod(articles_for)
    row = staticmethod(rows.article)
    now = staticmethod(rows.articles_now)


@describing.listing("speakers", shapes.SpeakerRow, SpeakerFilter)
class SpeakerList(ListView):
    """Speakers with a voice that an editor confirmed; private persons are not listed."""

    start = staticmethod(speakers_for)
    questions = SpeakerFilter
    rows = staticmethod(rows.speakers)


@describing.detail("speakers", shapes.SpeakerDetail)
class SpeakerDetail(DetailView):
    """One speaker with other names and roles."""

    name = "speaker"
    start = staticmethod(speakers_for)
    row = staticmethod(rows.speaker)

    def get(self, request: Request, uid: str) -> Response:
        """Return the speaker; a uid merged into another leads there."""
        if uid_now := rows.canonical_uid(uid, self.reader()):
            self.refuse_parameters(but=choosing.PARAMETERS)
            return self.elsewhere([uid_now])
        return super().get(request, uid)


@describing.listing("attributions", shapes.AttributionRow, AttributionFilter)
class AttributionList(ListView):
    """Who is given which words, where in the text."""

    start = staticmethod(attributions_for)
    questions = AttributionFilter
    rows = staticmethod(rows.attributions)


@describing.detail("attributions", shapes.AttributionRow)
class AttributionDetail(DetailView):
    """One attribution."""

    name = "attribution"
    start = staticmethod(attributions_for)
    row = staticmethod(lambda found, reader: next(rows.attributions(found, reader), None))


@describing.listing(
    "claims",
    shapes.Claim,
    ClaimFilter,
    facets.PARAMETER,
    examples=[facets.EXAMPLE],
    facets=facets.Facets(allow_null=True, help_text="Null unless asked for."),
)
class ClaimList(ListView):
    """Figures and dates stated in articles: the reading is checked, truth is not assessed."""

    start = staticmethod(claims_for)
    questions = ClaimFilter
    beside = (*BESIDE, facets.NAME)

    def read(self, page: paging.Page, reader: Reader) -> list[Row]:
        """Return the rows of a page by their ids alone."""
        return export.page(page.ids, reader)

    def telling(self, asked: Answer, reader: Reader) -> listing.Beside:
        """Tell the facets of the whole answer, if they are asked for."""
        params = self.request.query_params
        wanted = facets.asked(params)
        return lambda count: {
            facets.NAME: facets.told(params, asked, count, reader) if wanted else None
        }


@bodies.correction(bodies.Correcting)
@describing.detail("claims", shapes.ClaimDetail)
class ClaimDetail(DetailView):
    """One claim. To change it send the ETag that it has without `fields` and `expand`."""

    name = "claim"
    start = staticmethod(claims_for)
    now = staticmethod(rows.claims_now)
    row = staticmethod(rows.claim)
    parser_classes = [bodies.BoundedJson]

    def get_throttles(self) -> Any:
        """Count writes apart."""
        return [WriteThrottle()] if self.request.method == "PATCH" else super().get_throttles()

    def patch(self, request: Request, uid: str) -> Response:
        """Correct fields of the claim."""
        act, prepared = rulings.correct, rulings.words_read
        return rulings.rule(self, request, uid, bodies.Correcting, act, prepared=prepared)


@describing.detail("claims_version", shapes.Claim)
class ClaimVersion(DetailView):
    """A claim as everybody saw it in one of its versions, which is what citations name."""

    name = "claim"
    start = staticmethod(claims_for)
    now = staticmethod(rows.claims_now)

    def get(self, request: Request, uid: str, number: str) -> Response:  # type: ignore[override]
        """Return the version, if the claim had it in public and the reader may see the claim."""
        self.number = int(number)
        return super().get(request, uid)

    def row(self, found: Any, reader: Reader) -> rows.Row | None:
        """Return the row of the version."""
        claim = found.first()
        if claim is None:
            return None
        row = at(claim, self.number, reader)
        if row is None:
            raise Http404
        return row


@describing.listing("topics", shapes.TopicRow, TopicFilter)
class TopicList(ListView):
    """Subject labels."""

    start = staticmethod(lambda reader: topics())
    questions = TopicFilter
    rows = staticmethod(rows.topics)


@describing.detail("topics", shapes.TopicRow, moves=False)
class TopicDetail(DetailView):
    """One subject label."""

    name, key = "topic", "pk"
    start = staticmethod(lambda reader: topics())
    row = staticmethod(lambda found, reader: next(rows.topics(found, reader), None))


@describing.listing("outlets", shapes.OutletRow, OutletFilter)
class OutletList(ListView):
    """Who publishes articles that the reader may see."""

    start = staticmethod(outlets_for)
    questions = OutletFilter
    rows = staticmethod(rows.outlets)


@describing.detail("outlets", shapes.OutletRow, moves=False)
class OutletDetail(DetailView):
    """One outlet."""

    name, key = "outlet", "pk"
    start = staticmethod(outlets_for)
    row = staticmethod(lambda found, reader: next(rows.outlets(found, reader), None))


@describing.listing("runs", shapes.RunRow, RunFilter)
class RunList(ListView):
    """What the engine did, for signed-in readers."""

    permission_classes = [IsAuthenticated]
    start = staticmethod(lambda reader: Run.objects.all())
    questions = RunFilter
    rows = staticmethod(rows.runs)


class Index(ReadView):
    """Where things are."""

    @extend_schema(operation_id="index", responses=shapes.Index)
    def get(self, request: Request) -> Response:
        """Return the address of each list, and the number that following changes goes on from."""
        self.refuse_parameters()
        lists = {name: request.build_absolute_uri(reverse(name)) for name in shapes.LISTS}
        return Response({"as_of": feed.as_of(self.reader()), **lists})


class NotFound(ReadView):
    """What every other address of the API answers."""

    @extend_schema(exclude=True)
    def get(self, request: Request, **rest: str) -> Response:
        """Say that nothing is there."""
        raise Http404

    post = put = patch = delete = get
