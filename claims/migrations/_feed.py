"""The order of all changes: triggers that number what lists show, whoever changes it.

From `WATCHES` both databases get their triggers, and each object that is touched gets the next
number in claims_feedentry, in such a way that nobody commits a smaller number after a larger one:

SQLite has one writer at a time, so numbers are given at once, to the rows of a batch when all of
them are there (see `_batch`); what could be seen for a moment inside a transaction counts as seen.
PostgreSQL notes what is touched, statement by statement, in claims_feedpending, and gives numbers
when the transaction commits: after all other deferred checks, under one lock that is held until
others see the commit.

On SQLite Django alters a table by making it anew, which drops its triggers and fails while
another table's trigger names it. So a migration that alters one of the tables in `WATCHES` begins
with `RunPython(drop, create)` and ends with `RunPython(create, drop)`, as for `_search`. Rows that
it changes in between are not numbered anew: change rows before or after. `create` numbers rows
that have no number yet.
"""

from typing import Final, NamedTuple

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.migrations._batch import ALONE, DONE, TABLE, TOGETHER
from claims.migrations._watches import DELETE, INSERT, MEMBER, UPDATE, WATCHES, Watch, touch

LOCK: Final = 0x6F72_6665  # any number of this project's own


class Shown(NamedTuple):
    """Who sees an object of one kind, as SQL over `tables`, and its id and uid there.

    A speaker is seen by those who hear him in what touched him, or did so before.
    """

    tables: str
    key: str
    uid: str
    everybody: str
    researcher: str
    editor: str


SHOWN: Final = {
    "claim": Shown(
        tables="claims_claim c JOIN claims_article a ON a.id = c.article_id",
        key="c.id",
        uid="c.uid",
        everybody="c.is_public",
        researcher="NOT c.gone AND c.status <> 'rejected' AND a.visibility = 'public'",
        editor="NOT c.gone",
    ),
    "article": Shown(
        tables="claims_article a",
        key="a.id",
        uid="a.uid",
        everybody="a.visibility = 'public'",
        researcher="a.visibility = 'public'",
        editor="true",
    ),
    "speaker": Shown(
        tables="claims_speaker s",
        key="s.id",
        uid="s.uid",
        everybody="{touched}.everybody AND s.is_public AND s.canonical_id IS NULL",
        researcher="{touched}.researcher AND s.is_public AND s.canonical_id IS NULL",
        editor="s.canonical_id IS NULL",
    ),
}

MAIN: Final = {f"claims_{kind}": kind for kind in SHOWN}

FILL: Final = (
    touch("article", "key").replace("{these}", "(SELECT id AS key FROM claims_article)"),
    MEMBER.replace("{these}", "(SELECT id AS key FROM claims_speaker)"),
    touch("speaker", "key").replace("{these}", "(SELECT id AS key FROM claims_speaker)"),
    touch("claim", "key").replace("{these}", "(SELECT id AS key FROM claims_claim)"),
)
_TAKEN: Final = """
    ON CONFLICT (kind, object_id) DO UPDATE SET seq = excluded.seq,
        everybody = coalesce(claims_feedentry.everybody, excluded.everybody),
        researcher = coalesce(claims_feedentry.researcher, excluded.researcher),
        editor = coalesce(claims_feedentry.editor, excluded.editor),
        corrected = coalesce(excluded.corrected, claims_feedentry.corrected)"""
_COLUMNS: Final = "seq, kind, object_id, uid, everybody, researcher, editor, corrected"
_SEEN: Final = (
    "seq, kind, object_id, uid, CASE WHEN everybody THEN seq END, "
    "CASE WHEN researcher THEN seq END, CASE WHEN editor THEN seq END, "
    "CASE WHEN corrected THEN seq END"
)


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers, and number the rows that have no number."""
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql_create(), params=None)
        return
    for statement in sqlite_create():
        editor.execute(statement, params=None)


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away; numbers stay."""
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql_drop(), params=None)
        return
    for number, watch in enumerate(WATCHES):
        for event in watch.events:
            editor.execute(f"DROP TRIGGER claims_feed_{number}_{event.lower()}", params=None)
        editor.execute(f"DROP TRIGGER IF EXISTS claims_feed_{number}_batch", params=None)
    editor.execute("DROP TRIGGER claims_feed_corrected", params=None)
    editor.execute("DROP VIEW claims_feed_touch", params=None)


def sqlite_create() -> list[str]:
    """Return the statements that make the triggers: whatever is put in the view is numbered."""
    return [
        TABLE,
        "CREATE VIEW claims_feed_touch (kind, object_id, everybody, researcher, corrected) AS "
        "SELECT '', 0, 0, 0, 0 WHERE false",
        *(_sqlite_number(kind) for kind in SHOWN),
        *(
            _sqlite_watch(number, watch, event)
            for number, watch in enumerate(WATCHES)
            for event in watch.events
        ),
        *(
            _sqlite_batch(number, watch)
            for number, watch in enumerate(WATCHES)
            if INSERT in watch.events
        ),
        "CREATE TRIGGER claims_feed_corrected AFTER INSERT ON claims_publicchange "
        "WHEN new.kind = 'corrected' BEGIN "
        "INSERT INTO claims_feed_touch VALUES ('claim', new.claim_id, false, false, true); END",
        *(f"INSERT INTO claims_feed_touch {_unnumbered(rows)}" for rows in FILL),
    ]


def postgresql_create() -> str:
    """Return the statements that make the triggers and what they work with."""
    events: dict[tuple[str, str], list[Watch]] = {}
    for watch in WATCHES:
        for event in watch.events:
            events.setdefault((watch.table, event), []).append(watch)
    fill = "\n".join(
        f"INSERT INTO claims_feedpending SELECT found.*, false FROM ({_unnumbered(rows)}) AS found;"
        for rows in FILL
    )
    return "\n".join(
        [
            _POSTGRESQL_NUMBERS.format(lock=LOCK, columns=_COLUMNS, seen=_SEEN, taken=_TAKEN,
                                       shown=" UNION ALL ".join(map(_postgresql_shown, SHOWN))),
            *(_postgresql_watch(*at, watches) for at, watches in events.items()),
            f"{fill} SELECT claims_feed_number();",
        ]
    )  # fmt: skip


def postgresql_drop() -> str:
    """Return the statements that take all of it away."""
    found = {(watch.table, event) for watch in WATCHES for event in watch.events}
    names = [(table, f"claims_feed_{table}_{event.lower()}") for table, event in sorted(found)]
    return "\n".join(
        [
            *(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();" for table, name in names),
            "DROP TRIGGER claims_feed_corrected ON claims_publicchange;",
            "DROP FUNCTION claims_feed_corrected();",
            "DROP TABLE claims_feedbell; DROP TABLE claims_feedpending;",
            "DROP FUNCTION claims_feed_bell(); DROP FUNCTION claims_feed_number();",
        ]
    )


def _unnumbered(rows: str) -> str:
    """Return the touches of `rows` that have no number, none of them corrected."""
    return (
        f"SELECT found.*, false FROM ({rows}) AS found WHERE NOT EXISTS (SELECT 1 "
        "FROM claims_feedentry e WHERE e.kind = found.kind AND e.object_id = found.object_id)"
    )


def _shown(kind: str, touched: str, seq: str) -> str:
    """Return SQL for one kind of what is touched: its number and who sees it."""
    one = SHOWN[kind]
    return (
        f"SELECT {seq} AS seq, '{kind}' AS kind, {one.key} AS object_id, {one.uid} AS uid, "
        f"{one.everybody} AS everybody, {one.researcher} AS researcher, {one.editor} AS editor, "
        f"{touched}.corrected AS corrected FROM {one.tables}"
    ).format(touched=touched)


def _sqlite_number(kind: str) -> str:
    seq = "(SELECT coalesce(max(seq), 0) + 1 FROM claims_feedentry)"
    return (
        f"CREATE TRIGGER claims_feed_number_{kind} INSTEAD OF INSERT ON claims_feed_touch "
        f"WHEN new.kind = '{kind}' BEGIN INSERT INTO claims_feedentry ({_COLUMNS}) "
        f"SELECT {_SEEN} FROM ({_shown(kind, 'new', seq)} WHERE {SHOWN[kind].key} = new.object_id) "
        f"WHERE true {_TAKEN}; END"
    )


def _sqlite_watch(number: int, watch: Watch, event: str) -> str:
    sides = {INSERT: ["new"], DELETE: ["old"], UPDATE: ["new", "old"]}[event]
    keys = [f"{side}.{watch.key}" for side in sides[: 1 if watch.key == "id" else 2]]
    these = f"(SELECT {' AS key UNION SELECT '.join(keys)} AS key)"
    when = of = ""
    if event == INSERT:
        when = f" WHEN {ALONE}"
    if event == UPDATE:
        names = [f'"{name}"' for name in watch.columns]
        of = f" OF {', '.join(names)}"
        when = f" WHEN {' OR '.join(f'old.{name} IS NOT new.{name}' for name in names)}"
    body = f"INSERT INTO claims_feed_touch SELECT *, false FROM ({watch.touches})"
    if _deletes(watch, event):
        body = (
            "UPDATE claims_feedentry SET seq = (SELECT max(seq) + 1 FROM claims_feedentry) "
            f"WHERE kind = '{MAIN[watch.table]}' AND object_id = old.id"
        )
    name = f"claims_feed_{number}_{event.lower()}"
    return (
        f"CREATE TRIGGER {name} AFTER {event}{of} ON {watch.table}{when} "
        f"BEGIN {body.replace('{these}', these)}; END"
    )


def _sqlite_batch(number: int, watch: Watch) -> str:
    """Return the trigger that looks at the new rows of a batch as a whole."""
    these = f"(SELECT {watch.key} AS key FROM {watch.table} WHERE {TOGETHER})"
    return (
        f"CREATE TRIGGER claims_feed_{number}_batch {DONE.format(watch.table)} BEGIN "
        "INSERT INTO claims_feed_touch SELECT DISTINCT *, false "
        f"FROM ({watch.touches.replace('{these}', these)}); END"
    )


def _deletes(watch: Watch, event: str) -> bool:
    """Tell whether an event takes the objects away that the watch is about."""
    return event == DELETE and watch.table in MAIN and watch.key == "id"


_POSTGRESQL_NUMBERS: Final = """
CREATE UNLOGGED TABLE claims_feedpending (
    kind text NOT NULL, object_id bigint NOT NULL, everybody boolean NOT NULL,
    researcher boolean NOT NULL, corrected boolean NOT NULL, deleted boolean NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id());
CREATE INDEX claims_feedpending_xid ON claims_feedpending (xid);
CREATE UNLOGGED TABLE claims_feedbell (
    xid xid8 PRIMARY KEY DEFAULT pg_current_xact_id(), last boolean NOT NULL DEFAULT false);

CREATE FUNCTION claims_feed_number() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine xid8 := pg_current_xact_id();
    newest bigint;
BEGIN
    PERFORM pg_advisory_xact_lock({lock});
    SELECT coalesce(max(seq), 0) INTO newest FROM claims_feedentry;
    WITH touched AS (
        SELECT kind, object_id, bool_or(everybody) AS everybody,
            bool_or(researcher) AS researcher, bool_or(corrected) AS corrected
        FROM claims_feedpending WHERE xid = mine GROUP BY kind, object_id)
    INSERT INTO claims_feedentry ({columns})
    SELECT {seen} FROM (
        SELECT newest + row_number() OVER () AS seq, kind, object_id, uid, everybody, researcher,
            editor, corrected FROM ({shown}) AS shown) AS numbered
    {taken};
    UPDATE claims_feedentry SET seq = moved.seq FROM (
        SELECT e.kind, e.object_id, row_number() OVER ()
            + (SELECT coalesce(max(seq), 0) FROM claims_feedentry) AS seq
        FROM (SELECT DISTINCT kind, object_id FROM claims_feedpending
            WHERE xid = mine AND deleted) AS p
        JOIN claims_feedentry e ON e.kind = p.kind AND e.object_id = p.object_id) AS moved
    WHERE claims_feedentry.kind = moved.kind AND claims_feedentry.object_id = moved.object_id;
    DELETE FROM claims_feedpending WHERE xid = mine;
    DELETE FROM claims_feedbell WHERE xid = mine;
END
$$;

-- The bell rings when the transaction commits, and once more when all that was deferred before
-- is done: nobody waits for a row of another transaction while he holds the lock.
CREATE FUNCTION claims_feed_bell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.last THEN
        PERFORM claims_feed_number();
    ELSE
        UPDATE claims_feedbell SET last = true WHERE xid = new.xid;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER claims_feed_bell AFTER INSERT OR UPDATE ON claims_feedbell
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims_feed_bell();

CREATE FUNCTION claims_feed_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claims_feedpending
    SELECT 'claim', claim_id, false, false, true, false FROM new_rows WHERE kind = 'corrected';
    IF FOUND THEN
        INSERT INTO claims_feedbell DEFAULT VALUES ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER claims_feed_corrected AFTER INSERT ON claims_publicchange
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION claims_feed_corrected();
"""


def _postgresql_shown(kind: str) -> str:
    found, key = _shown(kind, "touched", "0"), SHOWN[kind].key
    return f"{found} JOIN touched ON touched.kind = '{kind}' AND touched.object_id = {key}"


def _postgresql_watch(table: str, event: str, watches: list[Watch]) -> str:
    """Return the trigger of one table and event: it looks at each statement as a whole."""
    rows = {INSERT: ("NEW",), DELETE: ("OLD",), UPDATE: ("OLD", "NEW")}[event]
    referencing = " ".join(f"{side} TABLE AS {side.lower()}_rows" for side in rows)
    name = f"claims_feed_{table}_{event.lower()}"
    body = "\n    ".join(
        f"INSERT INTO claims_feedpending SELECT found.*, false, {_deletes(watch, event)} "
        f"FROM ({_from(watch, event)}) AS found; any_found := any_found OR FOUND;"
        for watch in watches
    )
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE any_found boolean := false;
BEGIN
    {body}
    IF any_found THEN
        INSERT INTO claims_feedbell DEFAULT VALUES ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {referencing}
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def _from(watch: Watch, event: str) -> str:
    """Return the touches of a watch from what a statement changed."""
    if event != UPDATE:
        side = "new_rows" if event == INSERT else "old_rows"
        return watch.touches.replace("{these}", f"(SELECT {watch.key} AS key FROM {side})")
    differ = " OR ".join(f'o."{name}" IS DISTINCT FROM n."{name}"' for name in watch.columns)
    changed = f"FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE {differ}"
    sides = ["n"] if watch.key == "id" else ["n", "o"]
    these = " UNION ".join(f"SELECT {side}.{watch.key} AS key {changed}" for side in sides)
    return watch.touches.replace("{these}", f"({these})")
