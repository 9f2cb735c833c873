"""Indexes by which the log is searched."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0015_redaction"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["actor_name", "id"], name="change_actor"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["object_name", "id"], name="change_name"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["origin", "id"], name="change_origin"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["at"], name="change_at"),
        ),
    ]
