"""A package taken into an empty database, whole or not at all.

What comes back: the tables of the package, byte for byte, for the same audience. What a package
does not have is not made up. Articles whose words are not in it get a text of the right length
that is blacked out but for the passages that are, beside the digest of the real one; no engine
reads them. What people ruled comes back as rulings of whoever imports, on findings that say what
the package says; versions, the log, other readings, and uids merged into others do not come back.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from claims import history, identity
from claims.datapackage import loading as tables
from claims.datapackage.check import Damaged, Package, check
from claims.datapackage.claims import claims
from claims.datapackage.loading import Loading
from claims.datapackage.texts import states, texts
from claims.history import Batch
from claims.models import Article, Outlet, Run, Speaker, Topic

HELD: Final = (Outlet, Article, Topic, Speaker, Run)
"""Tables that must be empty."""

_STEPS: Final[Mapping[str, Callable[[Loading], None]]] = {
    "outlets": tables.outlets,
    "articles": tables.articles,
    "topics": tables.topics,
    "speakers": tables.speakers,
    "attributions": tables.attributions,
    "claims": claims,
    "evidence and notes": tables.stated,
    "voices": tables.same_voices,
    "texts": texts,
    "states": states,
}


class NotEmpty(ValueError):
    """The database holds something already."""


def load(
    package: Package, actor: User, told: Callable[[str], None] = lambda name: None
) -> dict[str, int]:
    """Take a package in, in one transaction; return how many rows each table of it has.

    `told` is called before each step.

    Raises:
        NotEmpty: if the database holds rows already.
        Damaged: if the package is not what it says, or a value is none the database takes.
    """
    for model in HELD:
        if model._default_manager.exists():
            raise NotEmpty(f"The database holds {model._meta.verbose_name_plural} already")
    numbers = check(package, lambda name: told(f"checking {name}"))
    with transaction.atomic(), history.through("import"):
        identity.lock()
        loading = Loading(package, actor, Batch.begin("import package", actor))
        for name, step in _STEPS.items():
            told(name)
            try:
                step(loading)
            except (ValueError, TypeError, LookupError, DatabaseError) as error:
                raise Damaged(f"{name}: {error}") from error
    return numbers
