"""How gunicorn serves On Record: `gunicorn -c python:claims.serving claims.wsgi`.

Threads in a few processes: a process of its own for each request has no kept-alive connections and
answered half as much, asynchronous workers far less. `WEB_CONCURRENCY` and `WEB_THREADS` change
the numbers, `BIND` the address. Whether a request came by HTTPS is said by `BEHIND_PROXY` alone.
"""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = (
    60  # after so many seconds without a sign of life a worker is ended; an answer may be long
)
graceful_timeout = 30  # on SIGTERM no new request is taken, and those begun have so long to end
keepalive = 75  # longer than a proxy keeps a connection, so that it is never closed in its hands
control_socket_disable = True  # nobody asks it, and it would lie in the user's home
secure_scheme_headers: dict[str, str] = {}
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "claims.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}
