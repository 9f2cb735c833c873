"""What everybody saw of claims, and the order in which everything changed."""

import django.db.models.deletion
from django.db import migrations, models

from claims.migrations import _feed


# Claims that are public already have been shown at least from their present version on.
SHOWN = """
INSERT INTO claims_publicchange (claim_id, version, kind, before, after, origin, byline, at)
SELECT id, version, 'published', '{}', '{}', 'editor', '', NULL FROM claims_claim WHERE is_public
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0017_bylines"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claim", "Claim"),
                            ("article", "Article"),
                            ("speaker", "Speaker"),
                        ],
                        max_length=10,
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("uid", models.CharField(help_text="Kept when the row is gone.", max_length=12)),
                (
                    "everybody",
                    models.BigIntegerField(
                        help_text="The first number under which everybody could see it.", null=True
                    ),
                ),
                (
                    "researcher",
                    models.BigIntegerField(help_text="The same, for researchers.", null=True),
                ),
                ("editor", models.BigIntegerField(help_text="The same, for editors.", null=True)),
                (
                    "corrected",
                    models.BigIntegerField(
                        help_text="The number under which its value or voice was last corrected.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["seq"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("everybody__isnull", False)),
                        fields=["seq"],
                        name="feed_everybody",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="feed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(help_text="The claim's version since the change."),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "first shown"),
                            ("revised", "revised; value and voice stayed"),
                            ("corrected", "value or voice corrected"),
                            ("withdrawn", "withdrawn"),
                            ("restored", "shown again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "origin",
                    models.CharField(
                        choices=[("editor", "an editor"), ("engine", "the engine")], max_length=10
                    ),
                ),
                (
                    "byline",
                    models.CharField(
                        blank=True,
                        help_text="The editor's public byline at the time, if any.",
                        max_length=100,
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        auto_now_add=True,
                        help_text="Empty where it was shown before this was kept.",
                        null=True,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_changes",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["claim", "version"], name="public_change_claim"),
                    models.Index(
                        condition=models.Q(("kind__in", ["corrected", "withdrawn", "restored"])),
                        fields=["id"],
                        name="public_change_told",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SHOWN, migrations.RunSQL.noop, elidable=True),
        migrations.RunPython(_feed.create, _feed.drop),
    ]
