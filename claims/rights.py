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

EVERYBODY: Final = "everybody"
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
    *("claims.view_report", "claims.change_report"),
)
_DECIDING = (
    *("claims.publish_article", "claims.redact_article", "claims.merge_speaker"),
    *("claims.bulk_claim", "claims.adjudicate_claim", "claims.restore_change"),
    *("claims.approve_evidence", "claims.approve_note", "claims.add_sample"),
    *("claims.change_coding", "claims.publish_report"),
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


# The table of addresses: name, method, roles that are let in. Whoever is not named is refused, and
# so is every method of the API that is not named. Pages take PUT, PATCH and DELETE for GET or POST.

Row = dict[str, frozenset[str]]

NOBODY: Final[frozenset[str]] = frozenset()
SIGNED_IN: Final = frozenset(KEPT)
ALL: Final = SIGNED_IN | {EVERYBODY}
EDITORS: Final = frozenset({EDITOR, CHIEF})
CHIEFS: Final = frozenset({CHIEF})
ADMINS: Final = frozenset({ADMIN})
BRINGERS: Final = frozenset({CHIEF, ADMIN})
NOT_STAFF: Final = ALL - ON_STAFF


def _seen(roles: frozenset[str]) -> Row:
    return {"GET": roles}


def _sent(roles: frozenset[str]) -> Row:
    return {"POST": roles}


def _form(roles: frozenset[str]) -> Row:
    return {"GET": roles, "POST": roles}


def _rows(
    model: str,
    *,
    look: frozenset[str] = ON_STAFF,
    add: frozenset[str] = NOBODY,
    change: frozenset[str] = NOBODY,
    remove: frozenset[str] = NOBODY,
) -> dict[str, Row]:
    """Return the addresses that the admin has for a model, named as `app/model`.

    A list and a history take POST as GET; what a list's actions do is offered by right. The last
    address only leads to the row's page.
    """
    name = f"admin:{model.replace('/', '_')}"
    return {
        f"{name}_changelist": _form(look),
        f"{name}_add": _form(add),
        f"{name}_change": {"GET": look, "POST": change},
        f"{name}_history": _form(look),
        f"{name}_delete": _form(remove),
        f"admin:admin/{model}/<path:object_id>/": _form(ON_STAFF),
    }


_PAGES = {
    "home": _seen(ALL),
    "files": _seen(ALL),  # leads to the API's files
    "favicon": _seen(ALL),
    "healthz": _seen(ALL),
    "readyz": _seen(ALL),
    **{name: _seen(ALL) for name in ("search", "atom", "scorecard", "about", "method", "contact")},
    **{
        name: _seen(ALL)
        for name in (
            *("claim_page", "claim_version", "claim_cite", "claim_version_cite", "speaker_page"),
            *("speaker_list", "article_page", "article_list", "outlet_page", "outlet_list"),
            *("topic_page", "topic_list", "corrections", "corrections_atom"),
        )
    },
    "report": _form(ALL),
    "account": _seen(SIGNED_IN),
    "byline": _sent(SIGNED_IN),
    "token_make": _sent(SIGNED_IN),
    "token_revoke": _sent(SIGNED_IN),
    "sign_in": _form(ALL),
    "sign_out": _sent(ALL),
    "password_change": _form(SIGNED_IN),
    "password_change_done": _seen(SIGNED_IN),
    "admin_password_reset": _form(ALL),
    "password_reset_done": _seen(ALL),
    "password_reset_confirm": _form(ALL),  # whoever has the link
    "password_reset_complete": _seen(ALL),
}

_DESK = {
    "admin/": _form(ON_STAFF),
    "guide": _form(ON_STAFF),
    "desk": _seen(ON_STAFF),
    "desk_next": _sent(EDITORS),
    "desk_save": _sent(EDITORS),
    "desk_article": _seen(ON_STAFF),
    "desk_take": _sent(EDITORS),
    "desk_repair": _sent(EDITORS),
    "desk_undo": _sent(EDITORS),
    "desk_mark": _form(EDITORS),
    "desk_rule": _sent(EDITORS),
    "desk_edit": _sent(EDITORS),
}


def _sheets(model: str) -> dict[str, Row]:
    """Return the addresses of a model's sheets: out, and back in."""
    return {f"{model}_rows": _form(ON_STAFF), f"{model}_sheet": _form(EDITORS)}


_ADMIN = {
    "admin:index": _form(ON_STAFF),
    "admin:app_list": _form(ON_STAFF),
    "admin:login": _form(ALL),
    "admin:logout": {"GET": NOT_STAFF, "POST": ALL},  # GET only leads away
    "admin:password_change": _form(ON_STAFF),
    "admin:password_change_done": _seen(ON_STAFF),
    "admin:autocomplete": _seen(ON_STAFF),
    "admin:jsi18n": _seen(ON_STAFF),
    "admin:view_on_site": _seen(NOBODY),
    "admin:admin/(?P<url>.*)$": _seen(NOBODY),
    **_rows("auth/user", look=ADMINS, add=ADMINS, change=ADMINS),
    "admin:auth_user_password_change": _form(ADMINS),
    **_rows("claims/signintry", look=ADMINS, remove=ADMINS),
    **_rows("knox/authtoken", look=ADMINS, remove=ADMINS),
    **_rows("claims/article", change=EDITORS),
    "admin:claims_article_boundaries": _form(EDITORS),
    "admin:claims_article_import": _form(BRINGERS),
    "admin:claims_article_later": _form(EDITORS),
    **_rows("claims/attribution", change=EDITORS),
    **_rows("claims/candidate"),
    **_rows("claims/change"),
    "admin:claims_change_undo": _sent(EDITORS),  # one's own; chief editors: anybody's
    **_rows("claims/claim", change=EDITORS),
    "admin:claims_claim_bulk": _form(CHIEFS),
    "admin:claims_claim_rule": _sent(EDITORS),
    **_rows("claims/identityjudgement"),
    "admin:claims_identityjudgement_revoke": _sent(CHIEFS),
    **_rows("claims/job"),
    "admin:claims_job_start": _form(BRINGERS),
    "admin:claims_job_turn": _sent(BRINGERS),
    **_rows("claims/outlet", add=EDITORS, change=EDITORS),
    **_sheets("admin:claims_outlet"),
    **_rows("claims/reading"),
    **_rows("claims/report", look=EDITORS),
    "admin:claims_report_settle": _sent(EDITORS),
    **_rows("claims/run"),
    "admin:claims_run_diff": _form(ON_STAFF),
    "admin:claims_run_decide": _form(BRINGERS),
    **_rows("claims/sample", add=CHIEFS),
    "admin:claims_sample_code": _form(EDITORS),
    "admin:claims_sample_settle": _form(CHIEFS),
    **_rows("claims/sourcefile"),
    **_rows("claims/speaker", add=EDITORS, change=EDITORS),
    **_sheets("admin:claims_speaker"),
    "admin:claims_speaker_judge": {"GET": EDITORS, "POST": CHIEFS},
    "admin:claims_speaker_take_out": {"GET": EDITORS, "POST": CHIEFS},
    **_rows("claims/tombstone"),
    "admin:claims_tombstone_name": _form(CHIEFS),
    "admin:claims_tombstone_text": _form(CHIEFS),
    **_rows("claims/topic", add=EDITORS, change=EDITORS),
    **_sheets("admin:claims_topic"),
}

_API = {
    **{
        name: _seen(ALL)
        for name in (
            *("schema", "docs", "api", "articles", "article", "speakers", "speaker", "export"),
            *("attributions", "attribution", "changes", "claims", "topics", "topic"),
            *("outlets", "outlet"),
            *("articles_file", "attributions_file", "claims_file", "outlets_file"),
            *("speakers_file", "topics_file", "package"),
            "claim_at",
        )
    },
    "runs": _seen(SIGNED_IN),
    "extract": _sent(SIGNED_IN),  # everybody, if a setting says so
    "claims_rulings": _sent(EDITORS),
    "tokens": {"POST": SIGNED_IN, "DELETE": SIGNED_IN},  # with name and password
    "claim": {"GET": ALL, "PATCH": EDITORS},
    **{
        f"claim_{ruling}": _sent(EDITORS)
        for ruling in (
            *("accept", "reject", "confirm-voice", "confirm", "restore", "undo"),
            *("add-topic", "remove-topic"),
        )
    },
    "api/": _seen(NOBODY),
    "nothing": _seen(NOBODY),
}

TABLE: Final = MappingProxyType(_PAGES | _DESK | _ADMIN | _API)
"""Who is let in where: name of the address → method → roles."""
