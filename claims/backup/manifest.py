"""What a backup says of itself: which release and database made it, and what is in it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Self

FORMAT: Final = "On Record backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database.sqlite3"


class BadManifest(Exception):
    """A manifest is not one of ours, or one that this release cannot read."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the archive: its size in bytes, unpacked, and its digest."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an installation at one moment.

    `migrations` are those applied ("claims.0002_search"), `counts` the rows of each table. Where
    each table is a member of its own, `columns` has the columns in it and `sequences` the last
    number that each sequence gave.
    """

    made: str
    release: str
    engine: str
    migrations: tuple[str, ...]
    counts: Mapping[str, int]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sequences: Mapping[str, int] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)

    def of(self, members: Mapping[str, Member]) -> Self:
        """Return the manifest with these members."""
        return replace(self, members=members)

    def as_json(self) -> dict[str, Any]:
        """Return what `read` reads."""
        return {"format": FORMAT, "version": VERSION, **asdict(self)}

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Return the manifest that stands in these bytes.

        Raises:
            BadManifest: if there is none, or one of another or a newer form.
        """
        try:
            said = json.loads(data)
            if said["format"] != FORMAT:
                raise BadManifest("it is no backup of On Record")
            if said["version"] > VERSION:
                raise BadManifest("a newer release made it; install that one first")
            return cls(
                made=str(said["made"]),
                release=str(said["release"]),
                engine=str(said["engine"]),
                migrations=tuple(map(str, said["migrations"])),
                counts={str(name): int(number) for name, number in said["counts"].items()},
                columns={name: tuple(map(str, row)) for name, row in said["columns"].items()},
                sequences={str(name): int(last) for name, last in said["sequences"].items()},
                members={
                    str(name): Member(int(one["size"]), str(one["sha256"]))
                    for name, one in said["members"].items()
                },
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise BadManifest("its manifest cannot be read") from error
