"""Starter outlets, topics and speakers from TOML files, added where they are not there yet."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims import gate
from claims.curation import records
from claims.models import Alias, Outlet, Role, Speaker, Topic


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of texts and the outlet that published them."""

    outlet: str
    path: Path


@transaction.atomic
def load(seeds: Path, *, actor: User) -> list[Folder]:
    """Add the outlets, topics and speakers of `seeds` that are missing; change none that exist.

    Returns the folders of texts that `outlets.toml` names.

    Raises:
        OSError, tomllib.TOMLDecodeError, KeyError: if a file is missing or not as expected.
        gate.Refused: if a value does not pass the gate.
    """
    folders = []
    for given in _rows(seeds, "outlet"):
        folders.append(Folder(given["name"], seeds / given.pop("folder")))
        if not Outlet.objects.filter(name=given["name"]).exists():
            records.create(Outlet(**given), actor=actor)
    for given in _rows(seeds, "topic"):
        _add_topic(given, actor)
    for given in _rows(seeds, "speaker"):
        stored = Speaker.objects.filter(article=None, name=given["name"], kind=given["kind"])
        if not stored.exists():
            _add_speaker(given, actor)
    return folders


def _rows(seeds: Path, name: str) -> list[dict[str, Any]]:
    with (seeds / f"{name}s.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[name]
    gate.data(name, rows)
    return rows


def _add_topic(given: Mapping[str, Any], actor: User) -> None:
    if Topic.objects.filter(scheme=given["scheme"], code=given["code"]).exists():
        return
    parent = given.get("parent")
    row = Topic(
        scheme=given["scheme"],
        code=given["code"],
        label=given["label"],
        query=given.get("query", ""),
        parent=Topic.objects.get(scheme=given["scheme"], code=parent) if parent else None,
    )
    records.create(row, actor=actor)


def _add_speaker(given: Mapping[str, Any], actor: User) -> None:
    privacy = Speaker.Privacy.PUBLIC if given["public"] else Speaker.Privacy.PRIVATE
    speaker = Speaker(name=given["name"], kind=given["kind"], privacy=privacy)
    records.create(speaker, actor=actor)
    for form in given.get("aliases", []):
        records.create(Alias(speaker=speaker, form=form), actor=actor)
    for role in given.get("role", []):
        records.create(Role(speaker=speaker, **role), actor=actor)
