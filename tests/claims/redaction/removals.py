"""Articles about somebody, their removal, and a look for what is left of them."""

from django.db import connection

from claims import jobs, verify
from claims.ingest import Options, import_bytes
from claims.models import (
    Article,
    SourceFile,
)
from claims.redaction import redact_name, redact_text
from claims.runs import run_engine
from claims.succession import resplit, stretches

PRIVATE = (
    "Ferry counts rise at Saltmere\n\n"
    "The harbour office counted 3.74 million passengers in 2030, Zoë Plantedsen said on Tuesday.\n"
    "At least 1,200 of them travelled with a bicycle, Plantedsen said, and the city was glad.\n"
)

OTHER = (
    "Choir of 60 sings for the pilots\n\n"
    "The choir sang for 60 minutes, and ZOË\u00a0PLANTEDSEN led 200 singers through old songs.\n"
    "Its treasurer, Ada Rao, said that 14 more concerts would follow before the end of the year.\n"
)

CHOIR = (
    "The choir of Saltmere sang for 60 minutes on Friday, and 200 people came to listen to it.\n"
    "Its treasurer, Ada Rao, said that 14 more concerts would follow before the year ended.\n"
)


def everything():
    """Return all that the database and the files hold, as one text in lower case."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith(("claims_", "django_admin"))
        ]
        said = []
        for name in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            said += [repr(row) for row in cursor.fetchall()]
    for file in SourceFile.objects.all():
        with file.file.open("rb") as bytes_of:
            said.append(bytes_of.read().decode())
    return " ".join(said).encode().decode("unicode_escape", "replace").lower()


def faults():
    return list(verify.faults())


def read():
    """Let the engine read every article there is to read."""
    assert not [step.error for step in run_engine(Article.objects.all()) if step.error]


def name_gone(chief, *names):
    """Black names out, and look that everything else still fits."""
    stone = redact_name(names, reason="court order 1", actor=chief)
    assert faults() == []
    return stone


def text_gone(article, chief):
    """Remove a text, and look that everything else still fits."""
    article.refresh_from_db()
    redact_text(article, reason="court order 1", actor=chief, version=article.version)
    assert faults() == []


def to_import(chief, name="one.txt", text=PRIVATE):
    given = {"outlet": "The Saltmere Courier", "visibility": "public", "published": ""}
    return jobs.to_import(text.encode(), name, given, extract=False, actor=chief)


def work():
    jobs.work("worker", jobs.Stop(), idle=False)


def jobs_options(job):
    job.refresh_from_db()
    return job.options


def glued(chief):
    """Return an article of two reports, and the two that an editor made of it."""
    import_bytes((PRIVATE + CHOIR).encode(), "one.txt", Options(outlet="The Saltmere Courier"))
    read()
    file, old = SourceFile.objects.get(), Article.objects.get()
    starts = [one.start for one in stretches(file, 0)]
    first = old.body.text.index("The choir")
    owners = {start: "second" for start in starts if start >= first}
    *_, made = resplit(file, 0, owners, actor=chief, versions={old.pk: old.version})
    read()
    return old, *made
