"""The examples of the documents run as they stand, where the tool is there to run them."""

import importlib.util
import re
import shutil
import subprocess
import sys

import pytest
from django.core.cache import cache

from claims.api.guide import EXAMPLES, GUIDE, SERVER
from tests.claims import make

pytestmark = pytest.mark.django_db(transaction=True)

DUCKDB = "import duckdb, sys; duckdb.sql(sys.stdin.read()).show()"
TOOLS = {
    "curl": ("curl", ["sh", "-e"]),
    "python": ("pandas", [sys.executable, "-"]),
    "r": ("Rscript", ["Rscript", "-"]),
    "duckdb": ("duckdb", [sys.executable, "-c", DUCKDB]),
}


def is_there(tool):
    return bool(shutil.which(tool) or importlib.util.find_spec(tool))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs_as_it_stands(name, live_server, tmp_path):
    tool, command = TOOLS[name]
    if not is_there(tool):
        pytest.skip(f"{tool} is not installed")
    cache.clear()
    article = make.article(published="2031-03-10")
    make.accepted(article, concept="passengers")
    make.accepted(article, "1,200", value="1200", concept="bicycles")
    code = EXAMPLES[name].replace(SERVER, live_server.url)
    for before in re.findall(r"(?m)^-- (curl .*)$", code):
        subprocess.run(["sh", "-ec", before], cwd=tmp_path, check=True, timeout=60)
    ran = subprocess.run(
        command, input=code, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "bicycles" in ran.stdout
    assert "passengers" in ran.stdout


def test_the_documents_show_every_example(client):
    document = client.get("/api/schema/?format=json").json()
    assert document["info"]["description"].strip() == GUIDE.strip()
    assert all(example in GUIDE for example in EXAMPLES.values())
    assert set(TOOLS) == set(EXAMPLES)
