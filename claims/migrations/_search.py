"""The word indexes of claims and articles, in the SQL of each database.

Both databases answer alike: words are runs of letters and digits, case and the accents of Latin
letters do not count, nothing is stemmed, a phrase stays inside one field, and only the first
100,000 characters of a field are indexed (PostgreSQL keeps no word positions beyond about that).
They differ only in what few texts hold: numbers of rare scripts, combining marks outside Latin, and
signs that came into Unicode of late.

SQLite has FTS5 tables kept in step by triggers (one for all claims of a batch, see `_batch`),
PostgreSQL `tsvector` columns: a generated one for claims, and for articles one kept by triggers,
because headline and text stand in two tables and a generated column sees only its own.

On SQLite Django alters a table by making it anew, which fails while a view or another table's
trigger names it, and drops its own triggers. So a migration that alters claims_claim,
claims_article or claims_articletext begins with `RunPython(drop, create)` and ends with
`RunPython(create, drop)`. `create` indexes the rows already there.
"""

from itertools import chain

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.migrations import _batch

LONGEST = 100_000

# FTS5 knows the signs of an older Unicode and takes younger ones, and those nobody has assigned,
# for parts of a word: marks of direction, currencies, arrows, pictures.
_SIGNS = (
    *(range(0x061C, 0x061D), range(0x2066, 0x206A), range(0x20BA, 0x20D0), range(0x2190, 0x2460)),
    *(range(0x2500, 0x2776), range(0x2794, 0x2C00), range(0x1F10D, 0x1F300)),
    range(0x1F300, 0x1FB00),
)
SQLITE_WORDS = "unicode61 remove_diacritics 2 categories ''L* N*'' separators ''{}''".format(
    "".join(map(chr, chain.from_iterable(_SIGNS)))
)

SQLITE_BATCH = f"""
{_batch.TABLE};

DROP TRIGGER IF EXISTS claims_claim_search_insert;

CREATE TRIGGER claims_claim_search_insert AFTER INSERT ON claims_claim
WHEN {_batch.ALONE} BEGIN
    INSERT INTO claims_claim_search (rowid, passage, concept)
    VALUES (new.id, substr(new.passage, 1, {LONGEST}), new.concept);
END;

CREATE TRIGGER claims_claim_search_batch {_batch.DONE.format("claims_claim")} BEGIN
    INSERT INTO claims_claim_search (rowid, passage, concept)
    SELECT id, passage, concept FROM claims_claim_words WHERE {_batch.TOGETHER};
END;
"""

SQLITE_CREATE = f"""
CREATE VIEW claims_claim_words AS
    SELECT id, substr(passage, 1, {LONGEST}) AS passage, concept FROM claims_claim;

CREATE VIRTUAL TABLE claims_claim_search USING fts5(
    passage, concept, content='claims_claim_words', content_rowid='id',
    tokenize='{SQLITE_WORDS}');

{SQLITE_BATCH}

CREATE TRIGGER claims_claim_search_update AFTER UPDATE OF id, passage, concept ON claims_claim
WHEN old.id <> new.id OR old.passage <> new.passage OR old.concept <> new.concept BEGIN
    INSERT INTO claims_claim_search (claims_claim_search, rowid, passage, concept)
    VALUES ('delete', old.id, substr(old.passage, 1, {LONGEST}), old.concept);
    INSERT INTO claims_claim_search (rowid, passage, concept)
    VALUES (new.id, substr(new.passage, 1, {LONGEST}), new.concept);
END;

CREATE TRIGGER claims_claim_search_delete AFTER DELETE ON claims_claim BEGIN
    INSERT INTO claims_claim_search (claims_claim_search, rowid, passage, concept)
    VALUES ('delete', old.id, substr(old.passage, 1, {LONGEST}), old.concept);
END;

INSERT INTO claims_claim_search (claims_claim_search) VALUES ('rebuild');

CREATE VIEW claims_article_words AS
    SELECT claims_article.id AS id, headline, substr(text, 1, {LONGEST}) AS text
    FROM claims_article JOIN claims_articletext ON article_id = claims_article.id;

CREATE VIRTUAL TABLE claims_article_search USING fts5(
    headline, text, content='claims_article_words', content_rowid='id',
    tokenize='{SQLITE_WORDS}');

CREATE TRIGGER claims_articletext_search_insert AFTER INSERT ON claims_articletext BEGIN
    INSERT INTO claims_article_search (rowid, headline, text)
    SELECT id, headline, text FROM claims_article_words WHERE id = new.article_id;
END;

CREATE TRIGGER claims_articletext_search_delete BEFORE DELETE ON claims_articletext BEGIN
    INSERT INTO claims_article_search (claims_article_search, rowid, headline, text)
    SELECT 'delete', id, headline, text FROM claims_article_words WHERE id = old.article_id;
END;

CREATE TRIGGER claims_articletext_search_before BEFORE UPDATE ON claims_articletext BEGIN
    INSERT INTO claims_article_search (claims_article_search, rowid, headline, text)
    SELECT 'delete', id, headline, text FROM claims_article_words WHERE id = old.article_id;
END;

CREATE TRIGGER claims_articletext_search_after AFTER UPDATE ON claims_articletext BEGIN
    INSERT INTO claims_article_search (rowid, headline, text)
    SELECT id, headline, text FROM claims_article_words WHERE id = new.article_id;
END;

CREATE TRIGGER claims_article_search_insert AFTER INSERT ON claims_article BEGIN
    INSERT INTO claims_article_search (rowid, headline, text)
    SELECT id, headline, text FROM claims_article_words WHERE id = new.id;
END;

CREATE TRIGGER claims_article_search_delete BEFORE DELETE ON claims_article BEGIN
    INSERT INTO claims_article_search (claims_article_search, rowid, headline, text)
    SELECT 'delete', id, headline, text FROM claims_article_words WHERE id = old.id;
END;

CREATE TRIGGER claims_article_search_before BEFORE UPDATE OF id, headline ON claims_article
WHEN old.id <> new.id OR old.headline <> new.headline BEGIN
    INSERT INTO claims_article_search (claims_article_search, rowid, headline, text)
    SELECT 'delete', id, headline, text FROM claims_article_words WHERE id = old.id;
END;

CREATE TRIGGER claims_article_search_after AFTER UPDATE OF id, headline ON claims_article
WHEN old.id <> new.id OR old.headline <> new.headline BEGIN
    INSERT INTO claims_article_search (rowid, headline, text)
    SELECT id, headline, text FROM claims_article_words WHERE id = new.id;
END;

INSERT INTO claims_article_search (claims_article_search) VALUES ('rebuild');
"""

SQLITE_DROP = """
DROP TRIGGER claims_claim_search_insert;
DROP TRIGGER IF EXISTS claims_claim_search_batch;
DROP TRIGGER claims_claim_search_update;
DROP TRIGGER claims_claim_search_delete;
DROP TRIGGER claims_articletext_search_insert;
DROP TRIGGER claims_articletext_search_delete;
DROP TRIGGER claims_articletext_search_before;
DROP TRIGGER claims_articletext_search_after;
DROP TRIGGER claims_article_search_insert;
DROP TRIGGER claims_article_search_delete;
DROP TRIGGER claims_article_search_before;
DROP TRIGGER claims_article_search_after;
DROP TABLE claims_claim_search;
DROP TABLE claims_article_search;
DROP VIEW claims_claim_words;
DROP VIEW claims_article_words;
"""

# Raised, lowered and circled figures and fractions are parts of words, but blanks to PostgreSQL's
# parser: "3¼" would be found by 3. Each becomes a letter of its own, a Chinese one out of use.
NUMBERS = "".join(
    (
        *("²³¹¼½¾", "⁰⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟↉"),
        *(map(chr, (*range(0x2460, 0x249C), *range(0x24EA, 0x2500), *range(0x2776, 0x2794)))),
        *(map(chr, (*range(0x3192, 0x3196), *range(0x3220, 0x322A), *range(0x3248, 0x3250)))),
        *(map(chr, (*range(0x3251, 0x3260), *range(0x3280, 0x328A), *range(0x32B1, 0x32C0)))),
    )
)
AS_LETTERS = "".join(chr(0x20000 + ord(number)) for number in NUMBERS)

# Accents fall from Latin letters only, as in FTS5. Punctuation and symbols become blanks before
# PostgreSQL's parser sees them: left alone it takes "3.74" for one word, splits "U.S." as a host
# name and reads addresses and hyphens in ways of its own. Plain words with typographic quotes and
# dashes have no accents, no such numbers and are composed in one way only: to look for that is
# quicker than to do it.
POSTGRESQL_WORDS = rf"""
CREATE OR REPLACE FUNCTION claims_words(given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple', regexp_replace(
        CASE WHEN left(given, {LONGEST}) ~ '[^\u0001-\u00b1\u00b4-\u00b8\u00ba\u00bb\u00bf'
            '\u2002-\u206f\u20a0-\u20cf]' THEN
            normalize(regexp_replace(normalize(CASE WHEN left(given, {LONGEST}) ~ '[{NUMBERS}]'
                THEN translate(left(given, {LONGEST}), '{NUMBERS}', '{AS_LETTERS}')
                ELSE left(given, {LONGEST}) END, NFD),
                '([A-Za-z])[\u0300-\u036f]+', '\1', 'g'), NFC)
        ELSE left(given, {LONGEST}) END,
        '[\u0001-\u001f\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4'
        '\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u02c2-\u02c5\u2000-\u206f\u20a0-\u20cf\u2190-\u245f'
        '\u249c-\u24e9\u2500-\u2775\u2794-\u2bff\u3000-\u3004\u3008-\u3020\u3030\ufe10-\ufe6f'
        '\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff9-\uffff'
        '\U0001f000-\U0001f0ff\U0001f10d-\U0001f2ff\U0001f300-\U0001faff]+', ' ', 'g'))
$$;

CREATE OR REPLACE FUNCTION claims_query(given text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsquery('simple', translate(given, '{NUMBERS}', '{AS_LETTERS}'))
$$;
"""

# The lexeme ' ' between two fields, which nobody can type, keeps a phrase from running over the
# border. Nor can they type ' count', which says the kind: with it the index finds claims of one
# kind that have a word, perhaps a tenth of those that have it. Everybody asks for public claims
# only: their index spares looking at all the others.
POSTGRESQL_CREATE = rf"""
{POSTGRESQL_WORDS}

ALTER TABLE claims_claim ADD COLUMN words tsvector GENERATED ALWAYS AS
    (claims_words(passage) || ''' '':1'::tsvector || claims_words(concept)
        || array_to_tsvector(ARRAY[' ' || kind])) STORED;
CREATE INDEX claims_claim_words ON claims_claim USING gin (words);
CREATE INDEX claims_claim_words_public ON claims_claim USING gin (words) WHERE is_public;

ALTER TABLE claims_articletext ADD COLUMN words tsvector;
CREATE INDEX claims_articletext_words ON claims_articletext USING gin (words);

CREATE FUNCTION claims_article_words(headline text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(claims_words(headline), 'A') || ''' '':1'::tsvector || claims_words(body)
$$;

CREATE FUNCTION claims_articletext_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.words := claims_article_words(
        (SELECT headline FROM claims_article WHERE id = new.article_id), new.text);
    RETURN new;
END
$$;
CREATE TRIGGER claims_articletext_search BEFORE INSERT OR UPDATE OF article_id, text
    ON claims_articletext FOR EACH ROW EXECUTE FUNCTION claims_articletext_search();

CREATE FUNCTION claims_article_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE claims_articletext SET words = claims_article_words(new.headline, text)
    WHERE article_id = new.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER claims_article_search AFTER INSERT OR UPDATE OF headline
    ON claims_article FOR EACH ROW EXECUTE FUNCTION claims_article_search();

UPDATE claims_articletext SET words = claims_article_words(headline, text)
    FROM claims_article WHERE claims_article.id = article_id;
"""

POSTGRESQL_DROP = """
DROP TRIGGER claims_article_search ON claims_article;
DROP TRIGGER claims_articletext_search ON claims_articletext;
DROP FUNCTION claims_article_search();
DROP FUNCTION claims_articletext_search();
DROP FUNCTION claims_article_words(text, text);
ALTER TABLE claims_articletext DROP COLUMN words;
ALTER TABLE claims_claim DROP COLUMN words;
DROP FUNCTION claims_words(text);
DROP FUNCTION IF EXISTS claims_query(text);
"""


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the indexes and fill them from the rows already there."""
    _run(editor, SQLITE_CREATE, POSTGRESQL_CREATE)


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the indexes away; no row of a table changes."""
    _run(editor, SQLITE_DROP, POSTGRESQL_DROP)


def learn(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Bring triggers and functions of claims up to date; what they made stays as it is."""
    _run(editor, SQLITE_BATCH, POSTGRESQL_WORDS)


def _run(editor: BaseDatabaseSchemaEditor, sqlite: str, postgresql: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql, params=None)
        return
    for statement in sqlite.strip().split(";\n\n" if "BEGIN" in sqlite else ";\n"):
        editor.execute(statement, params=None)
