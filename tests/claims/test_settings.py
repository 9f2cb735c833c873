"""How the project starts: modes, secrets and databases, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "ON_RECORD_MODE": "production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "record.example",
}


def start(code, tmp_path, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "ON_RECORD_DATA": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


SHOW = "from claims import settings as s; print(s.{})"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(missing, tmp_path):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    answer = start(SHOW.format("DEBUG"), tmp_path, **environment)
    assert answer.returncode == 1
    assert f"Production mode needs {missing}" in answer.stderr


def test_an_unknown_mode_is_refused_by_name(tmp_path):
    answer = start(SHOW.format("DEBUG"), tmp_path, ON_RECORD_MODE="prod")
    assert "ON_RECORD_MODE is 'prod'" in answer.stderr


def test_production_is_closed_and_development_is_on_loopback_only(tmp_path):
    live = start(
        SHOW.format("DEBUG, s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS"), tmp_path, **PRODUCTION
    )
    assert live.stdout.strip() == "False True ['record.example']"
    local = start(SHOW.format("DEBUG, s.ALLOWED_HOSTS"), tmp_path)
    assert local.stdout.strip() == "True ['127.0.0.1', 'localhost', '[::1]']"


CACHES = [
    # settings, where requests are counted
    (PRODUCTION, "claims.shared_cache.SharedFiles"),
    (
        PRODUCTION | {"CACHE_URL": "redis://host:6379/0"},
        "django.core.cache.backends.redis.RedisCache",
    ),
    ({}, "django.core.cache.backends.locmem.LocMemCache"),
]


@pytest.mark.parametrize(("environment", "backend"), CACHES)
def test_processes_of_a_site_share_a_cache(environment, backend, tmp_path):
    shown = start(SHOW.format("CACHES['default']['BACKEND']"), tmp_path, **environment)
    assert shown.stdout.strip() == backend


def test_cookies_are_sent_by_https_only_and_no_error_is_mailed(tmp_path):
    code = (
        "import django; django.setup(); import logging; from django.conf import settings as s; "
        "from django.utils.log import AdminEmailHandler as mail; "
        "loggers = [logging.getLogger(name) for name in ('', 'django', 'django.request')]; "
        "print(s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, "
        "s.CSRF_COOKIE_SECURE, s.ADMINS, "
        "[one for logger in loggers for one in logger.handlers if isinstance(one, mail)])"
    )
    environment = PRODUCTION | {"DJANGO_SETTINGS_MODULE": "claims.settings"}
    answer = start(code, tmp_path, **environment)
    assert answer.stdout.strip() == "True True Lax True [] []", answer.stderr


@pytest.mark.parametrize(("given", "believed"), [({}, False), ({"BEHIND_PROXY": "1"}, True)])
def test_a_proxys_word_counts_only_where_there_is_one(given, believed, tmp_path):
    code = "from claims import settings as s; print(hasattr(s, 'SECURE_PROXY_SSL_HEADER'))"
    assert start(code, tmp_path, **PRODUCTION, **given).stdout.strip() == str(believed)


def test_an_empty_place_is_made_ready_by_starting(tmp_path):
    data = tmp_path / "not" / "there"
    assert start("import claims.settings", data, **PRODUCTION).returncode == 0
    assert data.is_dir()


def test_development_keeps_one_secret_of_its_own(tmp_path):
    first, second = (start(SHOW.format("SECRET_KEY"), tmp_path).stdout for _ in range(2))
    assert first == second != "\n"
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_the_database_is_sqlite_in_the_data_folder_unless_an_address_says_otherwise(tmp_path):
    local = start(SHOW.format("DATABASES['default']['NAME']"), tmp_path)
    assert local.stdout.strip() == str(tmp_path / "on_record.sqlite3")
    address = "postgres://reader:secret@db.example:5432/record"
    other = start(SHOW.format("DATABASES['default']['ENGINE']"), tmp_path, DATABASE_URL=address)
    assert other.stdout.strip() == "django.db.backends.postgresql"


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ("", "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0"),
        ("?options=-c%20random_page_cost%3D4", "-c random_page_cost=4"),
    ],
)
def test_what_postgresql_is_told_may_be_said_in_the_address(asked, options, tmp_path):
    address = f"postgres://reader:secret@db.example:5432/record{asked}"
    told = SHOW.format("DATABASES['default']['OPTIONS']['options']")
    assert start(told, tmp_path, DATABASE_URL=address).stdout.strip() == options


def test_a_command_says_in_one_line_what_is_wrong_with_the_settings(tmp_path):
    run = "import runpy, sys; sys.argv = ['manage.py', 'check']; "
    run += "runpy.run_path('manage.py', run_name='__main__')"
    for environment, words in [
        ({"DATABASE_URL": "mysql://a:b@c/d"}, "only sqlite:// and postgres://"),
        ({"ON_RECORD_MODE": "production"}, "Production mode needs SECRET_KEY"),
        ({"SECOND_EDITOR": "money,everyone"}, "SECOND_EDITOR: everyone? Give all, persons"),
    ]:
        answer = start(run, tmp_path, **environment)
        assert answer.returncode == 1
        assert answer.stderr.startswith("The settings do not fit: ")
        assert words in answer.stderr
        assert "Traceback" not in answer.stderr


def test_postgresql_without_its_driver_names_the_extra(tmp_path):
    hidden = "import sys; sys.modules['psycopg'] = None; import claims.settings"
    answer = start(hidden, tmp_path, DATABASE_URL="postgres://a:b@c/d")
    assert "pip install -e '.[postgres]'" in answer.stderr


@pytest.mark.parametrize("door", ["wsgi", "asgi"])
def test_a_server_runs_in_production_mode_unless_told_otherwise(door, tmp_path):
    refused = start(f"import claims.{door}", tmp_path)
    assert "Production mode needs SECRET_KEY" in refused.stderr
    started = start(f"import claims.{door} as d; print(d.application)", tmp_path, **PRODUCTION)
    assert started.returncode == 0, started.stderr
