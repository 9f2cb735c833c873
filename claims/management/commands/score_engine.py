"""manage.py score_engine: the engine on gold marks, on editors' rulings, against its readings."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from claims import scorecard
from claims.management.resumable import ResumableCommand
from claims.runs import compare_readings, score_rulings
from claims.runs.identities import score_matching
from corpus import extract, score
from corpus.tagging import best_tier
from corpus.voices_gold import HALVES, load_voices


class Command(ResumableCommand):
    """Prints precision, recall and F1 by kind, and what changed; `--keep` stores figures."""

    help = (
        "Score the engine on the gold marks and on editors' rulings: a rejected claim that it "
        "finds again is wrong, one that an editor accepted, corrected or added and that it does "
        "not find is missed, what nobody ruled on does not count."
    )

    resume = "Nothing was changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--gold", type=Path, default=settings.ROOT / "corpus" / "gold")
        parser.add_argument("--seeds", type=Path, default=settings.ROOT / "seeds")
        parser.add_argument(
            "--errors", action="store_true", help="list what is missed and what is wrong"
        )
        parser.add_argument(
            "--compare",
            action="store_true",
            help="instead, list what this engine finds (+) and no longer finds (-) in all stored "
            "articles, compared with their latest readings",
        )

        parser.add_argument(
            "--identities",
            action="store_true",
            help="instead, match the speakers of the marked voices and tell who was found to be "
            "whom, next to the speakers stored here",
        )

        parser.add_argument(
            "--keep",
            action="store_true",
            help="store the figures, and those of samples that are judged to the end, for the "
            "public scorecard",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["identities"]:
            self._show_identities(options["gold"] / "voices", options["errors"])
            return
        if options["compare"]:
            self.stdout.write("\n".join(score.differences(*compare_readings())))
            return
        try:
            marked = list(score.load_gold(options["gold"], options["seeds"]))
        except (OSError, score.GoldError) as error:
            raise CommandError(f"The gold marks cannot be read: {error}") from error
        gold, rulings = score.score(marked, score.read_marked), score_rulings()
        self._show("Gold marks", gold, options["errors"])
        self._show("Editors' rulings", rulings, options["errors"])
        if options["keep"]:
            self._keep(gold, rulings, len(marked))

    def _keep(self, gold: score.Score, rulings: score.Score, articles: int) -> None:
        engine = {"engine": extract.ENGINE, "tier": best_tier(None)}
        scorecard.keep_score(scorecard.What.GOLD, gold, articles=articles, **engine)
        scorecard.keep_score(scorecard.What.RULINGS, rulings, articles=None, **engine)
        kept = scorecard.keep_samples()
        self.stdout.write(f"Stored for the scorecard, with {kept} samples.")

    def _show_identities(self, gold: Path, errors: bool) -> None:
        """Show both halves; errors are listed of the half that rules are made on only."""
        for half in HALVES:
            try:
                result = score_matching(list(load_voices(gold / half)))
            except (OSError, ValueError) as error:
                raise CommandError(f"The marked voices cannot be read: {error}") from error
            self.stdout.write(f"{half}: {result}")
            for line in result.errors if errors and half == HALVES[0] else ():
                self.stdout.write(f"  {line}")

    def _show(self, title: str, result: score.Score, errors: bool) -> None:
        self.stdout.write(f"{title}\n{score.table(result)}")
        for line in result.errors if errors else ():
            self.stdout.write(f"  {line}")
