"""The benchmarks run, on invented texts: what they measure on real ones is read by hand."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client

from claims import search, verify
from claims.filters.readers import Reader, claims_for
from claims.models import Claim
from tests.benchmarks import (
    bulk,
    figures_growth,
    figures_speed,
    lists,
    public_sets,
    rulings,
    synthetic,
    voices_growth,
    voices_sets,
    voices_speed,
)
from tests.claims import make

ONE_TEXT = "At least 1,200 people came on 9 March 2031."
SCORER = """
import json, sys
gold, found = ([json.loads(line) for line in open(name)] for name in sys.argv[1:3])
assert [set(one) for one in found] == [{"id", "text", "published", "timexes"}]
right = [[t["start"], t["end"]] for t in found[0]["timexes"]] == gold[0]["marks"]
print(json.dumps({"value_f1": 0.5, "relaxed": [1, 1, 1.0], "strict": [1, 1, float(right)]}))
"""


QUOTES_SCORER = """
import gzip, json, sys
gold = [json.loads(line) for line in gzip.open(sys.argv[1], "rt")]
found = [json.loads(line) for line in open(sys.argv[2])]
right = [one["attributions"] for one in found] == [one["attributions"] for one in gold]
keys = "joint", "joint speech cue", "joint direct", "joint mixed", "joint indirect", "numbers"
with open(sys.argv[sys.argv.index("--json") + 1], "w") as file:
    json.dump({key: {"f1": float(right)} for key in keys}, file)
"""


SYNTH = """
class Synth:
    speaker_names = ["Lena Ortiz"]

    def __init__(self, claims, articles, speakers):
        self.claims = claims

    def tables(self):
        said = '"boats reached 40 boats, and crews reached at least 1,200 crews," said Lena Ortiz.'
        text = "Boats at Saltmere\\n\\n" + said
        start = text.index('"')
        places = [(text.index(words), text.index(words) + len(words)) for words in
                  ("40 boats", "at least 1,200 crews")]
        when = "2031-03-09 08:00:00"
        yield "outlet", [(1, "The Saltmere Courier")]
        yield "topic", [(1, "Harbours", "harbours")]
        yield "speaker", [(1, "Lena Ortiz", "mayor")]
        yield "article", [(2, 1, when, "Boats at Saltmere", "https://courier.example/2", text)]
        yield "attribution", [(1, 2, 1, start, len(text), "said")]
        yield "claim", [
            (n + 1, 2, 1, 1, "count", value, value, high, unit, sign, unit, None, None, *places[n],
             "accepted", when, when)
            for n, (value, high, unit, sign) in enumerate(
                [(40.0, 40.0, "boats", "eq"), (1200.0, None, "crews", "ge")])
        ][:self.claims]
        yield "claim_topic", [(1, 1, 1)]
"""


README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_readmes_table_has_the_metrics_and_peers_of_the_public_sets() -> None:
    shown = re.findall(r"^\| (.+: .+) \| (.+) \| [0-9]+\.[0-9] \|$", README, re.MULTILINE)
    metrics = [metric for _, metrics in public_sets.SETS.values() for metric in metrics]
    assert shown == [(metric.name, metric.peer or "–") for metric in metrics]


def test_every_benchmark_is_in_the_readme_and_no_other() -> None:
    modules = Path(__file__).parent.glob("*.py")
    there = {path.stem for path in modules if re.search("^def main", path.read_text("utf-8"), re.M)}
    assert set(re.findall(r"tests\.benchmarks\.([a-z_]+)", README)) == there


def test_the_readmes_table_of_voices_has_the_metrics_peers_and_humans() -> None:
    shown = re.findall(r"^\| (PolNeAR, .+) \| (.+) \| (.+) \| .+ \| .+ \|$", README, re.MULTILINE)
    metrics = voices_sets.METRICS
    assert shown == [(metric.name, metric.peer, metric.humans) for metric in metrics]


def test_a_line_through_squares_has_slope_two() -> None:
    assert figures_growth.slope([1, 10, 100], [3, 300, 30_000]) == pytest.approx(2)
    assert figures_growth.slope([1, 10, 100], [5, 50, 500]) == pytest.approx(1)


def test_growth_is_shown_for_a_shape(capsys: pytest.CaptureFixture[str]) -> None:
    figures_growth.main(["--sizes", "200", "400", "--shape", "digits", "--runs", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["shape", "digits", "above"]


def test_growth_of_voices_is_shown_for_a_shape_and_a_tier(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["--sizes", "200", "400", "--shape", "she", "--runs", "1", "--tier", "light"]
    voices_growth.main(arguments)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["light", "shape", "she", "above"]


@pytest.mark.parametrize("growth", [figures_growth, voices_growth])
def test_growth_needs_two_sizes(growth: ModuleType) -> None:
    with pytest.raises(SystemExit):
        growth.main(["--sizes", "200"])


@pytest.mark.django_db
def test_the_bulk_action_is_measured_against_a_loop(capsys: pytest.CaptureFixture[str]) -> None:
    bulk.main(["--claims", "50", "--looped", "3", "--runs", "1"])
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "loop",
        "bulk",
        "undo",
    ]


@pytest.mark.django_db
def test_a_page_deep_in_a_list_begins_at_the_row_it_is_named_after(client: Client) -> None:
    newest = [make.accepted(make.article(f"Day {n}\n\n{make.TEXT}")).uid for n in range(5)][::-1]
    cursor = lists.deep(claims_for(Reader.EVERYBODY), 4)
    page = client.get(f"{lists.LIST}?cursor={cursor}").json()
    assert [row["uid"] for row in page["results"]] == newest[3:]


@pytest.mark.django_db
def test_one_ruling_over_http_is_measured_against_stock_views(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rulings.main(["--claims", "5", "--runs", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["desk", "api"]


def test_texts_are_taken_until_there_are_enough_characters(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(ONE_TEXT)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "One."}) + "\n")
    assert list(figures_speed.texts([tmp_path], 5)) == ["One.", ONE_TEXT]
    assert list(figures_speed.texts([tmp_path], 4)) == ["One."]


def test_speed_import_and_memory_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(ONE_TEXT)
    assert figures_speed.main([str(tmp_path), "--runs", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"1 texts, {len(ONE_TEXT)} characters, 2 figures, dates and designators"
    assert "characters per CPU second" in lines[1]
    assert lines[-1].startswith("import and one sentence: ")


def test_speed_of_voices_is_shown_by_tier_for_all_text_and_for_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(ONE_TEXT)
    assert voices_speed.main([str(tmp_path), "--runs", "1", "--tier", "light"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 texts, 9 words"
    named = ["light, all text", "light, figures only", "light, import and one sentence", "import"]
    assert [line.split(":")[0] for line in lines[1:5]] == named


def test_voices_are_scored_by_tier_without_their_marks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "polnear").mkdir(parents=True)
    (tmp_path / "score_quotes.py").write_text(QUOTES_SCORER)
    text = "The harbour office said on Monday that 1,200 people came."
    marks = [{"source": [[0, 18]], "cue": [[19, 23]], "content": [[24, 56]]}]
    line = json.dumps({"id": "a", "text": text, "attributions": marks}) + "\n"
    (tmp_path / "data" / "polnear" / "dev.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    assert voices_sets.main([str(tmp_path), "--tier", "light", "--markdown"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "| PolNeAR, joint | 44.1 | 75.1 | 0.0 |"


def test_a_set_is_read_without_its_marks_and_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "score_timex.py").write_text(SCORER)
    marked = {"id": "a", "text": ONE_TEXT, "published": "2031-03-10", "marks": [[30, 42]]}
    (tmp_path / "data" / "te3platinum.dev.jsonl").write_text(json.dumps(marked) + "\n")
    assert public_sets.main([str(tmp_path), "--markdown"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "| TempEval-3 platinum: value | HeidelTime 78.1 | 50.0 |",
        "| TempEval-3 platinum: relaxed span | HeidelTime 90.7 | 100.0 |",
        "| TempEval-3 platinum: strict span | HeidelTime 81.8 | 100.0 |",
    ]


@pytest.mark.parametrize(
    ("sets", "told"),
    [(public_sets, "no set called *.test.jsonl"), (voices_sets, "no file ")],
)
def test_a_folder_without_sets_is_told(
    sets: ModuleType, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sets.main([str(tmp_path), "--half", "test"]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_invented_data_in_our_tables_has_no_fault(tmp_path: Path) -> None:
    generator = tmp_path / "made.py"
    generator.write_text(SYNTH)
    written = synthetic.fill(synthetic.generated(str(generator), 2))
    assert written["claims_claim"] == Claim.objects.public().count() == 2
    assert Claim.objects.get(value="1200", comparator=">=").surface == "at least 1,200 crews"
    assert Claim.objects.filter(speaker__canonical__name="Lena Ortiz").count() == 2
    assert search.claims_matching("crews", Claim.objects.all()).count() == 2
    assert [str(fault) for fault in verify.faults()] == []
