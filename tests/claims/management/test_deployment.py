"""Deployment: files for a server, with this installation filled in, as their readers read them."""

import configparser
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.urls import reverse

from claims.management.commands.deployment import FILES
from tests.claims.management.test_commands import fails, run

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(tmp_path):
    """Write the files for a server; return their folder."""
    out, _ = run("deployment", str(tmp_path / "deploy"), host="record.example", port=8123)
    assert out.startswith("7 files written to ")
    return tmp_path / "deploy"


def unit(path):
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read(path)
    return {name: dict(parser[name]) for name in parser.sections()}


def test_every_file_is_filled_in_and_its_owners_alone(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    for path in folder.iterdir():
        assert not re.search(r"\{\{|\{%|&(amp|lt|gt|quot);", path.read_text())
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_settings_start_the_site_as_they_stand(folder, tmp_path):
    lines = (folder / "environment").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert given["ALLOWED_HOSTS"] == "record.example"
    assert len(given["SECRET_KEY"]) >= 50
    given["ON_RECORD_DATA"] = str(tmp_path / "data")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    answer = subprocess.run(
        check, cwd=ROOT, env=kept | given, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


def test_units_name_commands_that_are_there(folder):
    for name, command in [
        ("on-record.service", "-m gunicorn -c python:claims.serving claims.wsgi"),
        ("on-record-worker.service", "manage.py work"),
        ("on-record-backup.service", "manage.py backup /var/backups/on-record --keep 14"),
    ]:
        service = unit(folder / name)["Service"]
        assert service["ExecStart"] == f"{sys.executable} {command}"
        assert (service["WorkingDirectory"], service["User"]) == (str(ROOT), "on-record")
        assert service["EnvironmentFile"] == "/etc/on-record/environment"
    assert unit(folder / "on-record-backup.timer")["Timer"]["Persistent"] == "true"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("on-record")])
def test_systemd_takes_the_units(name, folder):
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", folder / name],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in answer.stderr.splitlines() if name in line]
    assert told == []


def test_the_proxy_says_what_the_site_believes_and_visitors_cannot(folder):
    lines = (folder / "nginx.conf").read_text()
    assert lines.count("{") == lines.count("}")
    statements = re.sub(r"#.*", "", lines)
    assert all(
        line.strip().endswith((";", "{", "}")) for line in statements.splitlines() if line.strip()
    )
    assert "server 127.0.0.1:8123;" in statements
    assert statements.count("server_name record.example;") == 2
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in statements
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in statements
    assert "client_max_body_size 21m;" in statements


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_takes_the_site(folder, tmp_path):
    site = re.sub(
        r"\n *ssl_certificate.*|listen.*443 ssl;", "", (folder / "nginx.conf").read_text()
    )
    whole = tmp_path / "whole.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{site}\n}}\n")
    answer = subprocess.run(
        ["nginx", "-t", "-c", whole], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


@pytest.fixture
def container(folder):
    """Return the instructions of the container file, in order: word and what follows it."""
    lines = (folder / "Containerfile").read_text().replace("\\\n", "").splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line and not line.startswith("#")]


def said(container, word):
    """Return what follows the only instruction of a kind."""
    (rest,) = [rest for instruction, rest in container if instruction == word]
    return rest


def test_the_container_has_a_user_a_place_for_data_and_the_port(container):
    words = [word for word, _ in container]
    assert words[0] == "FROM"
    assert words[-1] == "CMD"
    assert words.index("VOLUME") > words.index("USER") > words.index("RUN")
    given = dict(pair.split("=", 1) for pair in said(container, "ENV").split())
    assert said(container, "USER") == "on-record"
    assert said(container, "VOLUME") == given["ON_RECORD_DATA"] == "/var/lib/on-record"
    assert given["BIND"] == f"0.0.0.0:{said(container, 'EXPOSE')}" == "0.0.0.0:8123"
    made = next(rest for word, rest in container if word == "RUN")
    assert "useradd" in made
    assert "install -d -o on-record -m 750 /var/lib/on-record" in made
    readme = (ROOT / "README.md").read_text()
    assert not [name for name in given if f"`{name}`" not in readme]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (asked,) = [re.findall(r"\[(.*)\]", rest) for word, rest in container if "pip" in rest]
    assert set(asked[0].split(",")) <= extras["optional-dependencies"].keys()


def test_its_commands_run_with_nothing_but_what_is_copied(container, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    for names in (rest.split() for word, rest in container if word == "COPY"):
        *sources, target = names
        for source in sources:
            if target == "./":
                shutil.copy(ROOT / source, there)
            else:
                shutil.copytree(ROOT / source, there / target)
    given = dict(pair.split("=", 1) for pair in said(container, "ENV").split())
    given |= {"ON_RECORD_DATA": str(tmp_path / "data"), "SECRET_KEY": "x" * 60}
    given |= {"PATH": f"{Path(sys.executable).parent}:{os.defpath}", "PYTHONPATH": str(there)}
    shell, option, command = json.loads(said(container, "CMD"))
    checked = command.replace("exec gunicorn", "exec gunicorn --check-config")
    assert checked != command
    ran = subprocess.run(
        [shell, option, checked], cwd=there, env=given, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert (
        str(there)
        in subprocess.run(
            ["python", "-c", "import claims; print(claims.__file__)"],
            cwd=there,
            env=given,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    assert (tmp_path / "data" / "on_record.sqlite3").exists()
    assert (tmp_path / "data" / "static" / "staticfiles.json").exists()


@pytest.mark.parametrize(("status", "well"), [(200, True), (503, False)])
def test_its_health_check_asks_the_health_address(container, status, well):
    asked = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args):
            """Say nothing."""

    _, program, option, code = json.loads(f'["", {said(container, "HEALTHCHECK").split("[", 1)[1]}')
    assert (program, option) == ("python", "-c")
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever).start()
        code = code.replace(":8123/", f":{site.server_port}/")
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        site.shutdown()
    assert asked == [(reverse("healthz"), "record.example")]
    assert (ran.returncode == 0) is well


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("host", "record.example; return 200"),
        ("host", "record example"),
        ("host", ""),
        ("user", "root\nExecStart=/bin/true"),
        ("data", "relative"),
        ("data", "/var/a b"),
        ("backups", "/var/%h"),
    ],
)
def test_what_would_mean_something_else_in_a_file_is_refused(option, value, tmp_path):
    given = {"host": "record.example"} | {option: value}
    message, _, _ = fails("deployment", str(tmp_path / "deploy"), **given)
    assert message.startswith(f"{option}: ")
    assert not (tmp_path / "deploy").exists()


def test_files_that_are_there_are_not_written_over(folder):
    before = (folder / "environment").read_text()
    message, _, _ = fails("deployment", str(folder), host="record.example")
    assert message.endswith("is there already. Nothing was written.")
    assert (folder / "environment").read_text() == before
