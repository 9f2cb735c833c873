"""Backups: the whole database and the bytes of every file as one moment saw them, in one archive.

`make` writes one while others go on writing, and reads it back; `restore` puts one in the place of
an empty installation, or of one that it is told to replace, whole or not at all. An archive holds
the words of every article and the hashes of passwords and tokens: keep it as you keep those.
"""

from claims.backup.archive import BadArchive, check
from claims.backup.making import Made, keep_last, make
from claims.backup.restoring import NotRestored, restore

__all__ = ["BadArchive", "Made", "NotRestored", "check", "keep_last", "make", "restore"]
