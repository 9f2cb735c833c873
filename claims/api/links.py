"""Where answers lead, for the OpenAPI document: requests that are made from what an answer says."""

from collections.abc import Mapping
from typing import Any, Final

_FIRST: Final = "$response.body#/results/0"
_UID: Final = {"uid": "$response.body#/uid"}
_SEEN: Final = _UID | {"If-Match": "$response.header.ETag"}
_RULINGS: Final = tuple(
    f"claims_{name}"
    for name in (
        *("correct", "accept", "reject", "confirm_voice", "confirm", "restore", "add_topic"),
        *("remove_topic", "undo"),
    )
)

Parameters = Mapping[str, str]
"""Parameters of a request as OpenAPI's expressions for what stands in an answer."""

FROM: Final[Mapping[str, Mapping[str, Parameters]]] = {
    **{
        f"{name}_list": {f"{name}_one": {"uid": f"{_FIRST}/{key}"}}
        for name, key in {
            **dict.fromkeys(("articles", "attributions", "claims", "speakers"), "uid"),
            **dict.fromkeys(("outlets", "topics"), "id"),
        }.items()
    },
    "index": {"changes_list": {"since": "$response.body#/as_of"}},
    "changes_list": {
        "changes_list": {"since": "$response.body#/seq"},
        **{f"{name}_one": {"uid": f"{_FIRST}/uid"} for name in ("articles", "claims", "speakers")},
    },
    "articles_one": {
        "claims_list": {"article": "$response.body#/uid"},
        "attributions_list": {"article": "$response.body#/uid"},
    },
    "speakers_one": {"claims_list": {"speaker": "$response.body#/uid"}},
    "outlets_one": {"claims_list": {"outlet": "$response.body#/name"}},
    "topics_one": {"claims_list": {"topic": "$response.body#/key"}},
    "claims_one": {
        "articles_one": {"uid": "$response.body#/article"},
        "attributions_one": {"uid": "$response.body#/attribution"},
        "speakers_one": {"uid": "$response.body#/speaker_uid"},
        "claims_version_one": {
            **_UID,
            "number": "$response.body#/expanded/history/versions/0/number",
        },
        **dict.fromkeys(_RULINGS, _SEEN),
    },
    **{name: {"claims_one": _UID, **dict.fromkeys(_RULINGS, _SEEN)} for name in _RULINGS},
}
"""By the operation whose answer leads on: operations, and how they are asked."""


def lead_on(result: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Put the links into a document; drf-spectacular calls it when it has made one."""
    for methods in result["paths"].values():
        for operation in methods.values():
            if found := FROM.get(operation["operationId"]):
                operation["responses"]["200"]["links"] = {
                    target: {"operationId": target, "parameters": dict(parameters)}
                    for target, parameters in found.items()
                }
    return result
