"""Bylines: no two alike, and kept on what was approved under them."""

import unicodedata

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

BYLINE = {"blank": True, "editable": False, "max_length": 100}
BYLINE["help_text"] = "The author's public byline when it was approved; it stays when that changes."
KEY = {"editable": False, "max_length": 400}
KEY["help_text"] = "The name without case: no two editors sign alike."


def keep(apps, schema_editor):
    """Keep the bylines of what is approved; of two alike the later account's is taken away."""
    bylines = apps.get_model("claims", "Byline").objects
    for name in ("Evidence", "Note"):
        rows = apps.get_model("claims", name).objects.filter(approved_by__isnull=False)
        signed = bylines.filter(user=OuterRef("author")).values("name")
        rows.filter(author__byline__isnull=False).update(byline=Subquery(signed))
    seen = set()
    for row in bylines.order_by("pk"):
        key = unicodedata.normalize("NFKC", row.name).casefold()[:400]
        if key in seen:
            row.delete()
        else:
            bylines.filter(pk=row.pk).update(name_key=key)
        seen.add(key)


class Migration(migrations.Migration):
    dependencies = [("claims", "0016_searchable_log")]

    operations = [
        migrations.AddField("evidence", "byline", models.CharField(default="", **BYLINE), False),
        migrations.AddField("note", "byline", models.CharField(default="", **BYLINE), False),
        migrations.AddField("byline", "name_key", models.CharField(null=True, **KEY)),
        migrations.RunPython(keep, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("byline", "name_key", models.CharField(unique=True, **KEY)),
    ]
