"""Identity: judgements on pairs of speakers, proposals, keys; where names and roles were read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.FloatField()),
                ("reasons", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-score", "id"],
            },
        ),
        migrations.CreateModel(
            name="IdentityJudgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("same", "the same"),
                            ("different", "not the same"),
                            ("unsure", "cannot tell"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("rule", "a rule"), ("editor", "Editor")], max_length=10
                    ),
                ),
                (
                    "score",
                    models.FloatField(
                        help_text="How alike they looked when it was judged.", null=True
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("at", models.DateTimeField(auto_now=True)),
                ("revoked", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="NameKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=250)),
            ],
        ),
        migrations.AddField(
            model_name="alias",
            name="name_key",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="The folded form, if it is a full name.",
                max_length=400,
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="article",
            field=models.ForeignKey(
                editable=False,
                help_text="Where the engine read it: held at least when this was published.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="roles_read",
                to="claims.article",
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="end",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="origin",
            field=models.CharField(
                choices=[("machine", "read by the engine, unverified"), ("editor", "Editor")],
                default="editor",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="start",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="speaker",
            name="canonical",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The row that stands for this voice; empty if it is this one.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="members",
                to="claims.speaker",
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="compared",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Matching has looked for the same voice elsewhere.",
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="is_public",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Has an identity of its own for everybody: no person, or one that an editor called public; computed for all rows of a voice together.",
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="name_key",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="The folded full name, if it is one.",
                max_length=400,
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="read_as",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="The name as the engine read it, whatever an editor made of it.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="uncompared",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="With whom it was not compared, why.",
                max_length=200,
            ),
        ),
        migrations.AlterField(
            model_name="speaker",
            name="article",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="Where the engine read the name; empty for rows that editors made.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="speakers_read",
                to="claims.article",
            ),
        ),
        migrations.AddIndex(
            model_name="alias",
            index=models.Index(fields=["name_key"], name="alias_name_key"),
        ),
        migrations.AddIndex(
            model_name="speaker",
            index=models.Index(fields=["name_key", "kind"], name="speaker_name_key"),
        ),
        migrations.AddIndex(
            model_name="speaker",
            index=models.Index(
                condition=models.Q(("compared", False)),
                fields=["name_key", "kind", "id"],
                name="speaker_to_compare",
            ),
        ),
        migrations.AddIndex(
            model_name="speaker",
            index=models.Index(
                condition=models.Q(("canonical__isnull", True)),
                fields=["name", "id"],
                name="speaker_canonical_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("article__isnull", True), ("end__isnull", True), ("start__isnull", True)
                    ),
                    models.Q(
                        ("article__isnull", False),
                        ("end__gt", models.F("start")),
                        ("start__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="role_span_in_an_article",
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(
                condition=models.Q(("canonical", models.F("id")), _negated=True),
                name="speaker_canonical_is_another",
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="one",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposed_first",
                to="claims.speaker",
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposed_second",
                to="claims.speaker",
            ),
        ),
        migrations.AddField(
            model_name="identityjudgement",
            name="actor",
            field=models.ForeignKey(
                help_text="Who judged, or took it back; empty for a rule.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identity_judgements",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="identityjudgement",
            name="one",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="judged_first",
                to="claims.speaker",
            ),
        ),
        migrations.AddField(
            model_name="identityjudgement",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="judged_second",
                to="claims.speaker",
            ),
        ),
        migrations.AddField(
            model_name="namekey",
            name="speaker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="name_keys",
                to="claims.speaker",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["score", "id"], name="candidate_score"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                fields=("one", "other"), name="candidate_once_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("other__gt", models.F("one"))), name="candidate_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="identityjudgement",
            index=models.Index(fields=["verdict", "id"], name="identity_verdict"),
        ),
        migrations.AddConstraint(
            model_name="identityjudgement",
            constraint=models.UniqueConstraint(
                fields=("one", "other"), name="identity_once_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="identityjudgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("other__gt", models.F("one"))), name="identity_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="namekey",
            constraint=models.UniqueConstraint(
                fields=("key", "speaker"), name="name_key_once_per_speaker"
            ),
        ),
    ]
