"""manage.py work: does what the admin asked for in the background."""

import os
import signal
import socket
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandParser

from claims import jobs
from claims.management.resumable import ResumableCommand, plural


class Command(ResumableCommand):
    """Goes on with open jobs until it is told to stop; several may run beside each other."""

    help = (
        "Do the background work that the admin asked for: imports, runs. Runs until Ctrl-C or "
        "SIGTERM, which end it after the article it is at; after kill -9 another one goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-done", action="store_true", help="end when there is nothing left to do"
        )
        parser.add_argument(
            "--lease",
            type=int,
            default=60,
            metavar="SECONDS",
            help="after how long without a step forward another worker may take a job over "
            "(default: 60)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = jobs.Stop()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop.ask)
        name = f"{socket.gethostname()[:80]}:{os.getpid()}"
        self.stdout.write(f"Worker {name} waits for work.")
        ended = jobs.work(
            name,
            stop,
            lease=timedelta(seconds=options["lease"]),
            idle=not options["until_done"],
        )
        self.stdout.write(f"Worker {name} ends; {plural(ended, 'job')} brought to an end.")
