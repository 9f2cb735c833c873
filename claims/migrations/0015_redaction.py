"""What was removed for legal reasons, and digests of what is left."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from claims.migrations import _search


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_samples"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(_search.drop, _search.create),
        migrations.AddField(
            model_name="article",
            name="redacted_sha256",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Of the text now, if words were removed for legal reasons.",
                max_length=64,
            ),
        ),
        migrations.AddField(
            model_name="sourcefile",
            name="redacted_sha256",
            field=models.CharField(
                blank=True, help_text="Of the bytes now, if words were removed.", max_length=64
            ),
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("text", "the text of an article"),
                            ("name", "a name, everywhere"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        help_text="uid of the article or speaker, if any.", max_length=60
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="HMAC-SHA-256 of what was removed, under the site's secret key.",
                        max_length=64,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "counts",
                    models.JSONField(default=dict, help_text="Rows that held it, by table."),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.RunPython(_search.create, _search.drop),
    ]
