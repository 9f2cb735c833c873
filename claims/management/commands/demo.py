"""manage.py demo: the sample texts, an editor, and a server on this machine."""

import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from claims import demo, runs
from claims.management.resumable import ResumableCommand, plural
from claims.models import Article
from corpus.score import GoldError

HOST = "127.0.0.1"


class Command(ResumableCommand):
    """Prepares everything a first look needs; what is there already stays as it is."""

    help = (
        "Import and read the sample texts, accept what matches their gold marks, make an editor "
        "for the demonstration, and serve on this machine only. Safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")
        parser.add_argument("--port", type=int, default=8000, help="default: 8000")

    def handle(self, *args: Any, **options: Any) -> None:
        seeds, gold = settings.ROOT / "seeds", settings.ROOT / "corpus" / "gold"
        if settings.PRODUCTION:
            raise CommandError("The demonstration does not run in production mode.")
        if not seeds.is_dir():
            raise CommandError(f"No sample texts in {seeds}: run this from a checkout.")
        if not options["no_serve"]:
            self._check_port(options["port"])
        call_command("migrate", verbosity=0)
        editor, password = demo.editor()
        reports = list(demo.import_samples(seeds, actor=editor))
        run = runs.start_run()
        articles = runs.to_read(run, Article.objects.all())
        total = articles.count()
        for step in self.bar(runs.run_engine(articles, run), total=total, unit="article"):
            if step.error:
                self.problem(f"{step.article}: {step.error}")
        try:
            accepted = demo.accept_marked(gold, seeds, actor=editor)
        except GoldError as error:
            raise CommandError(f"{error}. The texts are imported and read.") from error
        new = sum(report.count("new") for report in reports)
        known = sum(report.count("known") for report in reports)
        self.stdout.write(
            f"{plural(new, 'new article')}, {known} already known; "
            f"{plural(accepted, 'claim')} accepted as they match the gold marks."
        )
        self._show(editor.get_username(), password, options["port"])
        if not options["no_serve"]:
            call_command("runserver", f"{HOST}:{options['port']}", use_reloader=False)

    def _show(self, name: str, password: str, port: int) -> None:
        self.stdout.write(f"\n{'kind':10}{'found':>8}{'accepted':>10}{'voice known':>13}")
        for kind, total, accepted, voiced in demo.summary():
            self.stdout.write(f"{kind:10}{total:8}{accepted:10}{voiced:13}")
        address = f"http://{HOST}:{port}"
        secret = password or "as shown the first time; manage.py changepassword demo sets a new one"
        self.stdout.write(
            f"\nStart page        {address}/\n"
            f"Editors           {address}/admin/\n"
            f"  user            {name}\n"
            f"  password        {secret}\n"
            f"API               {address}/api/v1/claims/\n"
            f"API documents     {address}/api/docs/\n"
        )

    def _check_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError) as error:
                raise CommandError(
                    f"Port {port} on {HOST} cannot be used ({error}). Nothing was changed; "
                    "choose another with --port."
                ) from error
