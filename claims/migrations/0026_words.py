"""Words are the same on both databases where figures are fractions, raised, lowered or circled.

Those are parts of words on PostgreSQL too; on SQLite younger signs of currencies and marks of
direction no longer are. PostgreSQL has the words of public claims in an index of their own. All
words are looked for anew: expect some minutes a million claims.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.migrations import _search


def anew(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the word indexes again from all rows."""
    _search.drop(apps, editor)
    _search.create(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("claims", "0025_current_of_kind")]

    operations = [migrations.RunPython(anew, migrations.RunPython.noop)]
