"""What a reading must be before it is stored, whoever made it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from claims import gate
from claims.columns import finding_columns
from claims.models import Article, Attribution, Claim, Run
from corpus.edtf import bounds
from corpus.findings import from_json


def checked(data: object, text: str) -> dict[str, Any]:
    """Return a reading of `text` as it is stored: known keys only, every value within bounds.

    Raises:
        FindingsError: if it is no reading of this text, naming the place, `claims[3].start`.
        gate.Refused: for a value that a column cannot hold, naming the place too.
    """
    reading: dict[str, Any] = gate.data("reading", from_json(data, text).to_json())
    for name in ("engine", "tier"):
        _fits(name, reading[name], Run, name)
    _published(reading["published"])
    _fits("unread", reading["unread"] or "", Article, "unread")
    for place, finding in enumerate(reading["claims"]):
        _claim(f"claims[{place}]", finding)
    for place, attribution in enumerate(reading["attributions"]):
        _attribution(f"attributions[{place}]", attribution)
    return reading


def _published(published: Mapping[str, Any]) -> None:
    edtf = published["edtf"]
    _date("published.edtf", edtf)
    days = bounds(edtf) if edtf else (None, None)
    if (published["earliest"], published["latest"]) != days:
        raise gate.Refused(f"published: earliest and latest are not the days of {edtf!r}")


def _claim(path: str, finding: Mapping[str, Any]) -> None:
    for name in ("value", "low", "high"):
        if finding[name]:
            gate.exact(f"{path}.{name}", finding[name])
    columns = finding_columns(finding) | {"surface": finding["surface"]}
    for name, value in columns.items():
        if isinstance(value, str):
            _fits(f"{path}.{name}", value, Claim, name)
    _date(f"{path}.edtf", columns["edtf"])
    _date(f"{path}.scope.edtf", columns["scope_edtf"])


def _attribution(path: str, attribution: Mapping[str, Any]) -> None:
    gate.line(f"{path}.speaker", attribution["speaker"] or "", longest=200)
    for name in ("said_when", "resolved_by", "tier"):
        _fits(f"{path}.{name}", attribution[name] or "", Attribution, name)
    _date(f"{path}.said_when", attribution["said_when"])


def _date(path: str, edtf: str | None) -> None:
    try:
        bounds(edtf) if edtf else None
    except ValueError as error:
        raise gate.Refused(f"{path}: {error}") from error


def _fits(path: str, value: str, table: type[Model], name: str) -> None:
    gate.text(path, value, longest=getattr(table._meta.get_field(name), "max_length", None))
