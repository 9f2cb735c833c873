"""PostgreSQL finds the members of a voice in an index alone, and claims apart of which one end only
of the time of publication is known: few, while among the others an index tells both ends.

It also learns that a kind says much about the unit: else it would expect few figures of money in
dollars where there are many, and sort them all for one page.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from claims.migrations import _feed
from claims.statistics import ROWS_OF_AN_INDEX

STATISTICS = "claims_claim_kind_unit"
HALF_DATED = Q(published_earliest=None, published_latest__isnull=False) | Q(
    published_earliest__isnull=False, published_latest=None
)


def learn(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Have measured what is new, and on PostgreSQL the words, which 0026 made anew.

    Not where there is nothing yet: PostgreSQL would believe that it stays so.
    """
    filled = apps.get_model("claims", "Claim").objects.exists()
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE STATISTICS {STATISTICS} (dependencies) ON kind, unit FROM claims_claim"
        )
        if filled:
            editor.execute("ANALYZE claims_claim, claims_articletext, claims_speaker")
    elif filled:
        editor.execute(f"PRAGMA analysis_limit={ROWS_OF_AN_INDEX}")
        editor.execute("ANALYZE claims_speaker")


def forget(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP STATISTICS {STATISTICS}")


class Migration(migrations.Migration):
    dependencies = [("claims", "0026_words")]

    operations = [
        migrations.RunPython(_feed.drop, _feed.create),
        migrations.AlterField(
            "speaker",
            "canonical",
            models.ForeignKey(
                "claims.speaker",
                blank=True,
                db_index=False,
                editable=False,
                help_text="The row that stands for this voice; empty if it is this one.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="members",
            ),
        ),
        migrations.AddIndex(
            "speaker", models.Index(fields=["canonical", "id"], name="speaker_members")
        ),
        migrations.RunPython(_feed.create, _feed.drop),
        migrations.AddIndex(
            "claim", models.Index(fields=["id"], name="claim_half_dated", condition=HALF_DATED)
        ),
        migrations.RunPython(learn, forget),
    ]
