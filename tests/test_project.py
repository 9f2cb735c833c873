"""The rules of this project's layout and documents, in a form that fails."""

import ast
import doctest
import re
import subprocess
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import get_commands, load_command_class

from claims import starters

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    *("manage.py", "pyproject.toml", "README.md", "LICENSE"),
    *("claims", "corpus", "seeds", "templates", "tests"),
}
MODULES = sorted(
    path
    for package in ("claims", "corpus", "tests")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
SHIPPED = [path for path in MODULES if "tests" not in path.relative_to(ROOT).parts]
COMMANDS = sorted(name for name, app in get_commands().items() if app == "claims")
README = (ROOT / "README.md").read_text()


def name_of(path):
    return str(path.relative_to(ROOT))


def test_the_top_level_holds_these_and_nothing_else():
    kept = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if kept.returncode:
        pytest.skip("not a git checkout, so there is no list of the project's files")
    tops = {line.split("/")[0] for line in kept.stdout.splitlines()}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_has_a_telling_name_and_a_natural_size(module):
    assert module.stem not in {"utils", "util", "helpers", "common", "misc", "lib"}
    assert len(module.read_text().splitlines()) <= 400


@pytest.mark.parametrize("module", SHIPPED, ids=name_of)
def test_a_module_says_what_it_is_and_hides_no_import(module):
    tree = ast.parse(module.read_text())
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert ast.get_docstring(tree) or not tree.body
    hidden = [
        function.name
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 50]
    assert long == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_says_what_it_does(command):
    assert f"manage.py {command}" in README
    assert load_command_class("claims", command).help


def test_the_readmes_python_runs_as_shown():
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert (failed, tried > 0) == (0, True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", re.findall(r"'http://127\.0\.0\.1:8000(/api[^']+)'", README))
def test_the_readmes_addresses_answer(address, client):
    starters.load(ROOT / "seeds", actor=User.objects.create(username="starter"))
    assert client.get(address).status_code == 200


def test_the_readme_names_no_command_that_is_not_there():
    named = set(re.findall(r"manage\.py ([a-z_]+)", README))
    assert named <= set(get_commands())


def test_every_setting_read_from_the_environment_is_in_the_readme():
    settings = (ROOT / "claims" / "settings.py").read_text()
    names = set(re.findall(r'env\.[a-z_]+\(\s*"([A-Z_]+)"', settings))
    assert names
    assert {name for name in names if f"`{name}`" not in README} == set()
