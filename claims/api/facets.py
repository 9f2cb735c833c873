"""Facets of a list of claims: the counts of the search page, for programs that ask for them."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

from claims import facets
from claims.api.shapes import shape
from claims.filters import paging
from claims.filters.base import COUNTED, Answer, BadQuestion
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader

NAME: Final = "facets"
"""The parameter, and the key of the answer."""

PARAMETER: Final = OpenApiParameter(
    NAME,
    enum=["false", "true"],
    description="Also count the claims that fit by kind, unit, topic, speaker, outlet, year, "
    "modality and voice. The page at `next` does not count them again.",
)

_Value = shape(
    "FacetValue",
    "One value of a facet.",
    value=serializers.CharField(
        help_text="What the parameter of the facet's name takes; a year goes into "
        "`published_from` and `published_to`."
    ),
    label=serializers.CharField(help_text="What to show for it."),
    count=serializers.IntegerField(help_text="Claims of this answer that have it."),
)
_Facet = shape(
    "Facet",
    "How many claims have which value.",
    title=serializers.CharField(help_text="What the search page calls it."),
    values=_Value(many=True, help_text="The most frequent first; years newest first."),
    more=serializers.BooleanField(
        help_text=f"There are others; {facets.SHOWN} of a facet are sent."
    ),
)
_By = shape("FacetsBy", "Each facet by its name.", **{name: _Facet() for name in facets.TITLES})
Facets = shape(
    "Facets",
    "How many claims of an answer there are of each kind, unit, topic …",
    whole=serializers.BooleanField(
        help_text=f"Whether all claims that fit were counted, or their newest {COUNTED:,}."
    ),
    by=_By(),
)

EXAMPLE: Final = OpenApiExample(
    "With facets",
    summary="`?facets=true&page_size=1&fields=uid,unit`, shortened to two of the facets",
    response_only=True,
    status_codes=["200"],
    value={
        "results": [{"uid": "2zk8q0v5m1xd", "unit": "EUR"}],
        "next": None,
        "previous": None,
        "count": None,
        "left_out": {},
        "facets": {
            "whole": True,
            "by": {
                "unit": {
                    "title": facets.TITLES["unit"],
                    "values": [{"value": "EUR", "label": "EUR", "count": 1}],
                    "more": False,
                },
                "topic": {"title": facets.TITLES["topic"], "values": [], "more": False},
            },
        },
    },
)


def asked(params: QueryDict) -> bool:
    """Tell whether facets are asked for.

    Raises:
        BadQuestion: if that is neither true nor false, or said twice.
    """
    given = params.getlist(NAME)
    if len(given) > 1:
        raise BadQuestion({NAME: "given twice"})
    if given and given[0] not in {"false", "true"}:
        raise BadQuestion({NAME: "is true or false"})
    return given == ["true"]


def told(
    params: QueryDict, answer: Answer, count: paging.Count | None, reader: Reader
) -> Mapping[str, Any]:
    """Return the facets of the answer to a question; `count` is its number, if known."""
    number = count or paging.capped(answer.rows)
    hits = COUNTED + 1 if number.more else number.value
    bare = ClaimFilter.known().keys().isdisjoint(params)
    found = facets.facets(answer.rows, reader, hits, unfiltered=bare)
    return {
        "whole": found.whole,
        "by": {
            facet.name: {
                "title": facet.title,
                "values": [
                    {"value": one.key, "label": one.label, "count": one.count}
                    for one in facet.values
                ],
                "more": bool(facet.more),
            }
            for facet in found.facets
        },
    }
