"""Names are matched again when the next run ends: they are looked for under further keys."""

from django.db import migrations


def ask_again(apps, schema_editor):
    """Let matching look at everybody who can be known elsewhere; nothing linked is undone."""
    speakers = apps.get_model("claims", "Speaker").objects
    speakers.filter(kind="person").update(compared=False)
    speakers.exclude(name_key="").update(compared=False)


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_tiers")]

    operations = [migrations.RunPython(ask_again, migrations.RunPython.noop)]
