"""The form of a backup: whole or refused, whatever became of its bytes or was made up."""

import hashlib
import json
import os
import stat
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from claims.backup import archive
from claims.backup.manifest import MANIFEST, Manifest

DIGEST = hashlib.sha256(b"").hexdigest()
FILE = f"files/sources/{DIGEST[:2]}/{DIGEST}"
SAID = Manifest(
    made="2031-05-08T10:00:00+00:00",
    release="0.1.0",
    engine="sqlite",
    migrations=("claims.0001_tables",),
    counts={"claims_claim": 3},
)
ROWS = b"Nearly 40 ferries\n" * 40


@pytest.fixture
def whole(tmp_path):
    """Return a backup that is in order."""
    path = tmp_path / "whole.zip"
    archive.write(path, [("tables/claims_claim.copy", [ROWS, ROWS]), (FILE, [b"words"])], SAID)
    return path


def forged(path, members, *, said=None, packing=ZIP_DEFLATED):
    """Write an archive that somebody made up, with a digest that is right."""
    listed = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in members
    }
    with ZipFile(path, "w", packing) as file:
        for name, data in members:
            file.writestr(name, data)
        file.writestr(MANIFEST, json.dumps(SAID.as_json() | {"members": listed} | (said or {})))
        file.comment = b"sha256:" + b"0" * 64
    return sealed(path)


def sealed(path):
    data = path.read_bytes()[:-64]
    path.write_bytes(data + hashlib.sha256(data).hexdigest().encode())
    return path


def test_what_was_put_in_comes_out_and_only_its_owner_may_read_it(whole):
    with archive.opened(whole) as (file, manifest):
        taken = {
            name: b"".join(archive.contents(file, manifest, name)) for name in manifest.members
        }
    assert taken == {"tables/claims_claim.copy": ROWS * 2, FILE: b"words"}
    assert (manifest.counts, manifest.migrations) == (SAID.counts, SAID.migrations)
    assert stat.S_IMODE(os.stat(whole).st_mode) == 0o600
    assert ZipFile(whole).testzip() is None, "any zip program opens it"


def test_a_file_that_is_there_is_not_written_over(whole):
    before = whole.read_bytes()
    with pytest.raises(FileExistsError):
        archive.write(whole, [], SAID)
    assert whole.read_bytes() == before


def test_one_bit_flipped_anywhere_is_seen(whole, tmp_path):
    data = whole.read_bytes()
    bad = tmp_path / "bad.zip"
    for place in range(len(data)):
        bad.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        with pytest.raises(archive.BadArchive, match=r"damaged|no backup"):
            archive.check(bad)


def test_an_archive_cut_anywhere_is_seen_and_so_is_one_with_more(whole, tmp_path):
    data = whole.read_bytes()
    bad = tmp_path / "bad.zip"
    for kept in [data[:length] for length in range(len(data))] + [data + b"\n", data + data]:
        bad.write_bytes(kept)
        with pytest.raises(archive.BadArchive, match=r"damaged|its end is missing|no backup"):
            archive.check(bad)


@pytest.mark.parametrize("data", [b"", b"PK", b"SQLite format 3\x00" * 99, b"words\n" * 99])
def test_another_kind_of_file_is_said_to_be_none_of_ours(data, tmp_path):
    path = tmp_path / "other"
    path.write_bytes(data)
    with pytest.raises(archive.BadArchive, match="is no backup of On Record"):
        archive.check(path)


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/passwd",
        "files/../../outside",
        "files/sources/ab/../../outside",
        f"files/sources/{DIGEST[:2]}/{DIGEST}x",
        "files\\sources\\ab",
        "tables/x.copy/../../y",
        "tables/Claims.copy",
        "database.sqlite3\n",
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(name, tmp_path):
    with pytest.raises(archive.BadArchive, match="no name of a member"):
        archive.check(forged(tmp_path / "bad.zip", [(name, b"words")]))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"format": "Another backup"}, "it is no backup of On Record"),
        ({"version": 2}, "a newer release made it"),
        ({"version": "1"}, "its manifest cannot be read"),
        ({"counts": 3}, "its manifest cannot be read"),
        ({"migrations": None}, "its manifest cannot be read"),
        ({"members": {}}, "its members are not those of its manifest"),
        ({"members": {FILE: {"size": 4, "sha256": DIGEST}}}, "its members are not those"),
        ({"members": {FILE: {"size": 5, "sha256": DIGEST}}}, "is not what was put into"),
        ({"members": {FILE: {"size": 5}}}, "its manifest cannot be read"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(said, why, tmp_path):
    with pytest.raises(archive.BadArchive, match=why):
        archive.check(forged(tmp_path / "bad.zip", [(FILE, b"words")], said=said))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("manifests", [0, 2])
def test_an_archive_without_a_manifest_or_with_two_is_refused(manifests, tmp_path):
    path = tmp_path / "bad.zip"
    with ZipFile(path, "w") as file:
        file.writestr("tables/x.copy", b"")
        for _ in range(manifests):
            file.writestr(MANIFEST, json.dumps(SAID.as_json()))
        file.comment = b"sha256:" + b"0" * 64
    with pytest.raises(archive.BadArchive, match="no manifest, or two"):
        archive.check(sealed(path))


def test_an_archive_that_says_it_holds_more_than_it_can_is_refused_unread(tmp_path):
    honest, huge = b"a" * 48_611, 0xF000_0000
    said = {"members": {FILE: {"size": huge, "sha256": DIGEST}}}
    path = forged(tmp_path / "bomb.zip", [(FILE, honest)], said=said)
    sizes = [size.to_bytes(4, "little") for size in (len(honest), huge)]
    path.write_bytes(path.read_bytes().replace(*sizes))
    with pytest.raises(archive.BadArchive, match="more than its bytes can"):
        archive.check(sealed(path))


def test_a_member_longer_than_it_is_said_to_be_is_read_no_further(tmp_path):
    honest, less = b"a" * 48_611, 5
    said = {"members": {FILE: {"size": less, "sha256": hashlib.sha256(b"aaaaa").hexdigest()}}}
    path = forged(tmp_path / "bomb.zip", [(FILE, honest)], said=said)
    sizes = [size.to_bytes(4, "little") for size in (len(honest), less)]
    path.write_bytes(path.read_bytes().replace(*sizes))
    with pytest.raises(archive.BadArchive, match="Bad CRC-32"):
        archive.check(sealed(path))


def test_a_way_of_packing_that_we_never_use_is_refused(tmp_path):
    path = forged(tmp_path / "bad.zip", [(FILE, b"words")], packing=ZIP_BZIP2)
    with pytest.raises(archive.BadArchive, match="packed in a way"):
        archive.check(path)
