"""A cache in files, which the processes of one machine share without another server."""

import random
from typing import Final

from django.core.cache.backends.filebased import FileBasedCache

SELDOM: Final = 1_000
"""Of so many things that are stored, one is followed by a look for room."""


class SharedFiles(FileBasedCache):
    """Django's cache in files, which stays as quick when there are many.

    Django's own lists the whole folder each time that something is stored.
    """

    def _cull(self) -> None:
        if random.randrange(SELDOM) == 0:
            super()._cull()  # type: ignore[misc]  # its stubs have only what is public
