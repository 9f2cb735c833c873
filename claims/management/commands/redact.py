"""manage.py redact: removes a text or a name for legal reasons, in two steps."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError, CommandParser

from claims import gate
from claims.management.resumable import ResumableCommand, plural
from claims.models import Article
from claims.redaction import finish, preview_name, redact_name, redact_text


class Command(ResumableCommand):
    """Shows what would be blacked out; with --yes does it. Nothing brings the words back."""

    help = (
        "Remove the text of an article, or a name in every text, file, claim, reading, ruling and "
        "log entry, for legal reasons. Without --yes it only shows what would be removed."
    )
    resume = "Nothing was changed."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--article", metavar="UID", help="the article whose text goes")
        what.add_argument(
            "--name", action="append", metavar="NAME", help="a form of the name; may be repeated"
        )
        what.add_argument(
            "--finish", action="store_true", help="end what was removed but for the files"
        )
        parser.add_argument("--reason", default="", help="on what ground; it is kept")
        parser.add_argument("--by", metavar="USER", help="the account of the chief editor")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["finish"]:
            finish()
            self.stdout.write("What was removed is gone from the files too.")
            return
        try:
            if options["article"]:
                self._text(options)
            else:
                self._name(options)
        except gate.Refused as problem:
            raise CommandError(f"{problem}. Nothing was changed.") from problem
        self.stdout.write(
            "The words are gone from the database and its files. Backups, and free pages of the "
            "database until it is vacuumed, still hold them."
            if options["yes"]
            else "Nothing was changed. With --yes these words are removed for ever."
        )

    def _text(self, options: dict[str, Any]) -> None:
        article = Article.objects.filter(uid=options["article"]).first()
        if article is None:
            raise CommandError(f"No article has the uid {options['article']}.")
        self.stdout.write(f"Article {article.uid}, “{article}”: {article.claim_count} claims.")
        if options["yes"]:
            redact_text(
                article,
                reason=options["reason"],
                actor=_account(options["by"]),
                version=article.version,
            )

    def _name(self, options: dict[str, Any]) -> None:
        found = preview_name(options["name"])
        for table, number in sorted(found.counts.items()):
            self.stdout.write(f"{table}: {plural(number, 'row')}")
        for article in found.articles[:100]:
            self.stdout.write(f"Article {article.uid}: “{article}”")
        if options["yes"]:
            redact_name(options["name"], reason=options["reason"], actor=_account(options["by"]))


def _account(name: str | None) -> User:
    user = User.objects.filter(username=name).first() if name else None
    if user is None or not user.has_perm("claims.redact_article"):
        raise CommandError(
            "--by: name an account that has the right to redact. Nothing was changed."
        )
    return user
