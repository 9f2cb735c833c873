"""One row for each name and kind that the engine reads in an article."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_speakers_of_articles")]

    operations = [
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(
                fields=("article", "read_as", "kind"), name="speaker_once_per_article"
            ),
        ),
    ]
