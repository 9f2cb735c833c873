"""An index of what editors ask most often of the claims of one kind.

Making it rebuilds no table, so the triggers of the feed stay.
"""

from django.db import migrations, models
from django.db.models import Q

ASKED = ("published_earliest", "published_latest", "unit", "number_low", "number_high")


class Migration(migrations.Migration):
    dependencies = [("claims", "0024_batches")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["kind", "id", "gone", *ASKED],
                name="claim_current_of_kind",
                condition=Q(gone=False),
            ),
        ),
    ]
