"""What takes long to count: figures about the data as they were last counted."""

from django.db import models


class Measurement(models.Model):
    """One set of figures, counted by a command and shown until it is counted again.

    It holds numbers and ids, never words of a text or names: those are looked up when it is
    shown, so that a rename or a removal for legal reasons is seen at once.
    """

    class What(models.TextChoices):
        FACETS = "facets", "what public claims there are"
        GOLD = "gold", "the engine on gold marks"
        RULINGS = "rulings", "the engine on editors' rulings"
        SAMPLE = "sample", "a random sample judged by editors"

    what = models.CharField(max_length=10, choices=What)
    engine = models.CharField(max_length=40, blank=True, help_text="Version of the engine, if any.")
    subject = models.CharField(
        max_length=20, blank=True, help_text="The tier that read voices, or the id of a sample."
    )
    data = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["what", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["what", "engine", "subject"], name="measured_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.engine}".strip()
