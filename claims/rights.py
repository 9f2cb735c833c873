"""Who may do what: the four roles, their permissions, and the table of every address.

A role is a group of accounts. Whoever needs two kinds of rights is in two groups; nobody needs to
be a superuser but the first account, which makes the others. `KEPT` says what each group may do,
and is put in force after every migrate: rights are read here, not looked up in a database. `TABLE`
says what that comes to, address by address; a test calls each of them as every role.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, Final

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions

RESEARCHER: Final = "researcher"
EDITOR: Final = "editor"
CHIEF: Final = "chief editor"
ADMIN: Final = "admin"

ON_STAFF: Final = frozenset({EDITOR, CHIEF, ADMIN})
"""Roles that work in the admin: their accounts need the staff flag."""

_SEEN = (
    *("alias", "article", "attribution", "candidate", "change", "claim", "evidence"),
    *("identityjudgement", "job", "note", "outlet", "reading", "role", "run", "sourcefile"),
    *("sample", "speaker", "tombstone", "topic"),
)
_EVERYTHING = tuple(f"claims.view_{model}" for model in _SEEN)

_EDITING = (
    *(f"claims.change_{name}" for name in ("article", "attribution", "claim")),
    *(
        f"claims.{verb}_{name}"
        for name in ("alias", "evidence", "note", "outlet", "role", "speaker", "topic")
        for verb in ("add", "change")
    ),
    *("claims.add_coding", "claims.delete_alias", "claims.delete_role"),
)
_DECIDING = (
    *("claims.publish_article", "claims.redact_article", "claims.merge_speaker"),
    *("claims.bulk_claim", "claims.adjudicate_claim", "claims.restore_change"),
    *("claims.approve_evidence", "claims.approve_note", "claims.add_sample"),
    "claims.change_coding",
)
_BRINGING_IN = ("claims.add_article", "claims.run_engine")
_ACCOUNTS = (
    *("auth.view_user", "auth.add_user", "auth.change_user"),
    *("knox.view_authtoken", "knox.delete_authtoken"),
    *("claims.view_signintry", "claims.delete_signintry"),
)

KEPT: Final = MappingProxyType(
    {
        RESEARCHER: (),  # whoever is signed in may read more, make tokens, and take larger exports
        EDITOR: (*_EVERYTHING, *_EDITING),
        CHIEF: (*_EVERYTHING, *_EDITING, *_DECIDING, *_BRINGING_IN),
        ADMIN: (*_EVERYTHING, *_BRINGING_IN, *_ACCOUNTS),
    }
)
"""What each group may do, as `app.codename`."""


def keep_groups(sender: AppConfig, **kwargs: Any) -> None:
    """Make the groups and give each exactly the permissions of `KEPT`.

    Called by Django after every migrate: a permission exists only once the tables of its app
    do, and a right given to a group by hand does not outlast the next release.
    """
    for label in ("auth", "claims", "knox"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    named = {
        f"{one.content_type.app_label}.{one.codename}": one
        for one in permission.objects.select_related("content_type")
    }
    for role, codes in KEPT.items():
        kept, _ = group.objects.get_or_create(name=role)
        kept.permissions.set(named[code] for code in codes)


def works_in_admin(groups: Iterable[Any]) -> bool:
    """Tell whether an account in these groups needs the staff flag."""
    return any(group.name in ON_STAFF for group in groups)
