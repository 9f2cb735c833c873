"""The engine as a command: what it writes, what it says of bad input, and how it exits."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus import __main__ as command
from corpus.__main__ import main
from corpus.tagging import best_tier

ROOT = Path(__file__).parents[2]
HEAD = "Ferry leaves the pier at dawn"
BODY = 'The ferry carried 212 people on Tuesday. "It is licensed for 250," said Ruth Okelund.'


def run(*arguments: str, source: bytes = b"") -> tuple[int, list[dict[str, Any]]]:
    target = io.BytesIO()
    code = main(arguments, io.BytesIO(source), target)
    return code, [json.loads(line) for line in target.getvalue().splitlines()]


def lines(*records: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def test_each_line_gives_one_reading() -> None:
    source = lines(
        {"id": "a", "text": BODY, "published": "2031-05-14", "mood": "calm"},
        {"text": "", "url": "https://wire.example/2031/05/06/x"},
    )
    code, (first, second) = run(source=source)
    assert code == 0
    assert (first["id"], first["schema"], first["tier"]) == ("a", 1, best_tier())
    assert first["published"]["edtf"] == "2031-05-14"
    assert first["extra"] == {"mood": "calm"}
    assert {"212", "250"} <= {claim["value"] for claim in first["claims"]}
    assert all(BODY[one["start"] : one["end"]] == one["surface"] for one in first["claims"])
    assert (second["claims"], second["published"]["basis"]) == ([], "url")
    assert "extra" not in second


def test_a_tier_that_cannot_run_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.tagging.installed", lambda: False)
    for tier, told in (("main", 1), ("light", 0)):
        code, (found,) = run("--tier", tier, source=lines({"text": BODY}))
        assert (code, found["tier"]) == (0, "light")
        assert len(capsys.readouterr().err.splitlines()) == told


def test_a_bad_line_is_named_and_the_others_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    source = lines({"text": BODY}, {"text": 5}, {"text": BODY, "published": "May"}, {"text": BODY})
    code, found = run(source=source)
    assert (code, len(found)) == (1, 2)
    first, second = capsys.readouterr().err.splitlines()
    assert first == "line 2: key text: missing, or not a string"
    assert second.startswith("line 3: published: 'May' is no EDTF date")


def test_a_file_is_split_and_each_article_says_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    text = f"China\r\n\r\n{HEAD}\r\n\r\n{BODY}\r\n\r\nPhoto: The ferry\r\n\r\nThe end, he said.\r\n"
    path.write_bytes(text.encode())
    code, (found,) = run(str(path))
    assert (code, found["file"], found["headline"]) == (0, str(path), HEAD)
    assert "".join(text[start:end] for start, end in found["ranges"]) == found["text"]
    assert "Photo" not in found["text"]


def test_a_file_of_json_lines_is_read_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(
        lines({"text": BODY, "headline": HEAD}, {"text": None}, {"text": BODY, "published": "x"})
    )
    code, (found,) = run(str(path))
    assert (code, found["line"], found["headline"], found["text"]) == (1, 1, HEAD, BODY)
    first, second = capsys.readouterr().err.splitlines()
    assert first == f"{path}, line 2: key text: missing, or not a string"
    assert second.startswith(f"{path}, line 3: published: ")


def test_an_unreadable_file_is_named_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "MAX_BYTES", 200)
    names = ["none.txt", ".", "page.txt", "large.txt", "good.txt", "empty.txt"]
    (tmp_path / "page.txt").write_text("<html>")
    (tmp_path / "large.txt").write_text("x" * 300)
    (tmp_path / "good.txt").write_text(BODY)
    (tmp_path / "empty.txt").write_text("")
    code, found = run(*(str(tmp_path / name) for name in names))
    assert (code, [Path(one["file"]).name for one in found]) == (1, ["good.txt"])
    messages = capsys.readouterr().err.splitlines()
    assert [message.partition(": ")[0] for message in messages] == [
        str(tmp_path / name) for name in names[:4]
    ]
    assert messages[0].endswith("No such file or directory")
    assert messages[3].endswith("larger than 200 bytes")


def test_numbers_have_the_shape_of_the_public_sets() -> None:
    text = (
        "It carried nearly 90 passengers, rose 12 percent to 5 km, cost $1.4 billion, "
        "and sailed between 40 and 55 times with a third of the crew in 2031. Ada Renner, 44, left."
    )
    _, (found,) = run("--as", "numbers", source=lines({"id": "n", "text": text, "more": 1}))
    assert set(found) == {"id", "text", "mentions"}
    by_words = {text[one["start"] : one["end"]]: one for one in found["mentions"]}
    expected = {
        "90": ("cardinal", 90.0, "passenger", "~"),
        "12 percent": ("percent", 12.0, "percentage", "="),
        "5 km": ("measure", 5.0, "kilometre", "="),
        "$1.4 billion": ("money", 1.4e9, "dollar", "="),
        "44": ("age", 44.0, "year", "="),
    }
    for words, wanted in expected.items():
        one = by_words[words]
        assert (one["kind"], one["value"], one["unit"], one["comparator"]) == wanted
    assert by_words["12 percent"]["change"] == "up"
    assert by_words["a third"]["value"] == pytest.approx(1 / 3)
    assert any(
        (one["kind"], one["low"], one["high"]) == ("range", 40.0, 55.0) for one in found["mentions"]
    )
    assert "2031" not in by_words


def test_a_rise_from_one_value_to_another_has_two_ends() -> None:
    text = "The rate fell from 3.6 to 3.1 percent, and 52,000 barrels a day were sold."
    _, (found,) = run("--as", "numbers", source=lines({"text": text}))
    rate, barrels = found["mentions"]
    assert (rate["value"], rate["low"], rate["high"], rate["change"]) == (None, 3.6, 3.1, None)
    assert barrels["unit"].endswith(" per day")


def test_times_have_the_shape_of_timex3() -> None:
    text = "It sailed on Tuesday, after three years."
    source = lines({"id": "t", "text": text, "published": "2031-05-14"})
    _, (found,) = run("--as", "timex", source=source)
    assert (found["id"], found["text"], found["published"]) == ("t", text, "2031-05-14")
    marks = {
        text[one["start"] : one["end"]]: (one["type"], one["value"]) for one in found["timexes"]
    }
    assert marks == {"Tuesday": ("DATE", "2031-05-13"), "three years": ("DURATION", "P3Y")}


def test_quotations_have_the_shape_of_attribution_spans() -> None:
    _, (found,) = run("--as", "quotes", source=lines({"id": "q", "text": BODY}))
    cut = [
        {role: [BODY[start:end] for start, end in spans] for role, spans in one.items()}
        for one in found["attributions"]
    ]
    assert found["id"] == "q"
    assert any("Ruth Okelund" in one["source"] and "said" in one["cue"] for one in cut)


WRONG_USE = [
    (["--tier", "best"], "invalid choice: 'best'"),
    (["--as", "poem"], "invalid choice: 'poem'"),
    (["--colour"], "unrecognized arguments: --colour"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG_USE)
def test_wrong_use_exits_with_2_and_says_why(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == 2
    assert message in capsys.readouterr().err


def test_a_terminal_with_no_file_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["corpus"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as exited:
        main()
    assert exited.value.code == 2
    assert "no FILE given" in capsys.readouterr().err


def test_lines_are_answered_one_at_a_time() -> None:
    target = io.BytesIO()

    class Slow(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            asked.append(target.getvalue().count(b"\n"))
            return super().readline(size)

    asked: list[int] = []
    assert main([], Slow(lines(*[{"text": BODY}] * 4)), target) == 0
    assert asked == [0, 1, 2, 3, 4]


def test_an_answer_waits_in_no_buffer() -> None:
    class Held(io.BytesIO):
        def flush(self) -> None:
            seen.append(self.getvalue().count(b"\n"))

    seen: list[int] = []
    assert main([], io.BytesIO(lines(*[{"text": BODY}] * 3)), Held()) == 0
    assert seen == [1, 2, 3]


def test_a_file_name_that_is_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/ferry\xff.txt"
    with open(path, "wb") as file:
        file.write(BODY.encode())
    code, (found,) = run(os.fsdecode(path))
    assert (code, Path(found["file"]).name) == (0, "ferry\ufffd.txt")


def test_a_broken_pipe_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.BytesIO):
        def write(self, data: Any) -> int:
            raise BrokenPipeError

    closed: list[int] = []
    monkeypatch.setattr(command.os, "dup2", lambda old, new: closed.append(new))
    monkeypatch.setattr(sys, "stdout", open(Path(__file__)))  # noqa: SIM115
    with sys.stdout as out:
        assert main([], io.BytesIO(lines({"text": BODY})), Closed()) == 1
        assert closed == [out.fileno()]


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "corpus"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        try:
            process.stdin.write(lines(*[{"text": BODY}] * 200))
            process.stdin.close()
        except BrokenPipeError:
            process.stdin = None
        errors = process.stderr.read()
    assert (process.returncode, errors) == (1, b"")
