"""The form of a backup: a zip archive with a manifest, closed by the digest of all its bytes.

Any zip program opens one. Its last 64 bytes are the SHA-256 of all before them, so that no
changed, missing or added byte goes unseen; each member has a digest of its own in the manifest,
which is looked at again when the member is taken out. Digests find accidents. Against somebody who
makes an archive on purpose stand the narrow list of names and the limits of size.
"""

import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from claims.backup.manifest import DATABASE, MANIFEST, BadManifest, Manifest, Member

CHUNK: Final = 1 << 20
_COMPRESSION: Final = 3  # level 6 takes twice as long for a tenth less
_MARK: Final = b"sha256:"
_DIGITS: Final = 64
_CLOSING = re.compile(rb"sha256:([0-9a-f]{64})\Z")
_BEGINNING: Final = b"PK\x03\x04"
_LARGEST_MANIFEST: Final = 200_000_000
_MOST_PACKED: Final = 1100
"""How many times larger than its bytes an archive may say it is: deflate cannot do 1,032."""
_NAME = re.compile(
    rf"{re.escape(DATABASE)}|tables/[a-z_0-9]{{1,63}}\.copy|files/sources/[0-9a-f]{{2}}/[0-9a-f]{{64}}"
)


class BadArchive(Exception):
    """A file is no backup, or not a whole one; the text says which."""


Pieces = Iterable[bytes]


def write(path: Path, members: Iterable[tuple[str, Pieces]], manifest: Manifest) -> Manifest:
    """Write an archive that its owner alone can read, and read it back.

    Returns the manifest with its members.

    Raises:
        OSError: if the disk refuses, or there is a file of that name.
        BadArchive: if what was written does not read back as it was meant.
    """
    with (
        os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as whole,
    ):
        found = manifest.of({name: _add(whole, name, pieces) for name, pieces in members})
        whole.writestr(MANIFEST, json.dumps(found.as_json(), indent=1))
        whole.comment = _MARK + b"0" * _DIGITS
    _seal(path)
    check(path)
    return found


def check(path: Path) -> Manifest:
    """Read an archive from beginning to end; return its manifest.

    Raises:
        BadArchive: if it is damaged, cut, or none of ours.
        OSError: if it cannot be read.
    """
    with opened(path) as (whole, manifest):
        for name in manifest.members:
            for _ in contents(whole, manifest, name):
                pass
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Open an archive whose bytes have their digest and whose list of members is in order.

    Raises:
        BadArchive, OSError: as `check`, but for what only reading a member shows.
    """
    _check_digest(path)
    try:
        with ZipFile(path) as whole:
            manifest = _manifest(whole)
            _check_sizes(path, whole.infolist(), manifest)
            yield whole, manifest
    except (BadZipFile, BadManifest, zlib.error, EOFError, NotImplementedError) as error:
        raise BadArchive(f"{path}: {error}") from error


def contents(whole: ZipFile, manifest: Manifest, name: str) -> Iterator[bytes]:
    """Yield the bytes of a member, piece by piece.

    Raises:
        BadArchive: at the end, if they are not those that were put in: use none before that.
    """
    digest, size, wanted = hashlib.sha256(), 0, manifest.members[name]
    with whole.open(name) as member:
        while piece := member.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            yield piece
    if (size, digest.hexdigest()) != (wanted.size, wanted.sha256):
        raise BadArchive(f"{name} is not what was put into the archive")


def _add(whole: ZipFile, name: str, pieces: Pieces) -> Member:
    digest, size = hashlib.sha256(), 0
    with whole.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return Member(size, digest.hexdigest())


def _seal(path: Path) -> None:
    """Write the digest of all bytes before the last 64 into those."""
    with path.open("r+b") as file:
        digest = _digest(file, path.stat().st_size - _DIGITS)
        file.seek(-_DIGITS, os.SEEK_END)
        file.write(digest.encode())
        file.flush()
        os.fsync(file.fileno())


def _check_digest(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        begins = file.read(len(_BEGINNING)) == _BEGINNING
        file.seek(max(0, size - len(_MARK) - _DIGITS))
        closing = _CLOSING.fullmatch(file.read())
        if not begins and not closing:
            raise BadArchive(f"{path} is no backup of On Record.")
        if not closing:
            raise BadArchive(f"{path} is no backup of On Record, or its end is missing.")
        file.seek(0)
        if _digest(file, size - _DIGITS) != closing[1].decode():
            raise BadArchive(f"{path} is damaged: its bytes are not those that were written.")


def _digest(file: Any, size: int) -> str:
    digest = hashlib.sha256()
    while size > 0 and (piece := file.read(min(CHUNK, size))):
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest()


def _manifest(whole: ZipFile) -> Manifest:
    names = [one.filename for one in whole.infolist()]
    if len(set(names)) != len(names) or MANIFEST not in names:
        raise BadManifest("it has no manifest, or two members of one name")
    for name in names:
        if name != MANIFEST and not _NAME.fullmatch(name):
            raise BadManifest(f"{name[:200]!r} is no name of a member")
    if whole.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise BadManifest("its manifest is too large")
    return Manifest.read(whole.read(MANIFEST))


def _check_sizes(path: Path, listed: Iterable[ZipInfo], manifest: Manifest) -> None:
    """Compare what the archive and its manifest say of sizes, before anything is unpacked."""
    said: Mapping[str, int] = {one.filename: one.file_size for one in listed}
    wanted = {name: member.size for name, member in manifest.members.items()}
    if {name: size for name, size in said.items() if name != MANIFEST} != wanted:
        raise BadManifest("its members are not those of its manifest")
    if any(one.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for one in listed):
        raise BadManifest("it is packed in a way that no backup is")
    if sum(said.values()) > _MOST_PACKED * path.stat().st_size:
        raise BadManifest("it says that it holds more than its bytes can")
