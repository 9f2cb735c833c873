"""Index the words of claims and articles for full-text search."""

from django.db import migrations

from claims.migrations import _batch, _search


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_tables")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, _batch.drop),
        migrations.RunPython(_search.create, _search.drop),
    ]
