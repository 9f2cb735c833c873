"""From bytes to text: nothing lost, nothing repaired in silence, errors in plain words."""

import io
import json
import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import readers
from corpus.readers import LineError, Record, UnreadableError, decode, json_lines, read
from corpus.spans import Span

DECODED = [
    # bytes, text, encoding
    (b"", "", "utf-8"),
    ("Café €5\r\n\xa0e\u0301".encode(), "Café €5\r\n\xa0e\u0301", "utf-8"),
    ("\ufeffThe ferry".encode(), "\ufeffThe ferry", "utf-8"),
    (b"it\x92s \x80 5", "it’s € 5", "cp1252"),
    ("The ferry".encode("utf-16"), "\ufeffThe ferry", "utf-16-le"),
    (b"\xfe\xff" + "The ferry".encode("utf-16-be"), "\ufeffThe ferry", "utf-16-be"),
    (
        "これは新聞の記事です。船は沈みました。".encode("shift_jis"),
        "これは新聞の記事です。船は沈みました。",
        "cp932",
    ),
]


@pytest.mark.parametrize(("data", "text", "encoding"), DECODED)
def test_text_is_decoded_and_stays_as_it_is(data: bytes, text: str, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.notes) == (text, encoding, ())


@pytest.mark.parametrize("data", [b"a\x00\x00b", b"a\xed\xa0\x80\x00b"])
def test_what_no_database_can_store_is_replaced_one_for_one_and_noted(data: bytes) -> None:
    decoded = decode(data)
    (note,) = decoded.notes
    assert decoded.text == "a\ufffd\ufffdb"
    assert (note.span, note.reason) == (Span(1, 3), "unreadable character replaced")


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, bytes(range(128, 256)) * 3, b"%PDF\x00\x01\x02" * 30]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^ferry.bin: binary data, not text$"):
        read(data, "ferry.bin")


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE html><p>", b"\n <HTML lang=en>", b"\xef\xbb\xbf<?xml version='1.0'?>"]
)
def test_markup_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"page.txt: HTML or XML"):
        read(data, "page.txt")


@pytest.mark.parametrize("data", [b"<3 the ferry", b"a < b", b"htmlx"])
def test_text_with_angle_brackets_is_read(data: bytes) -> None:
    assert read(data, "note.txt").text == data.decode()


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 3)
    with pytest.raises(UnreadableError, match=r"a.txt: 4 bytes; at most 3 are read"):
        read(b"1234", "a.txt")


def test_a_plain_file_is_one_record() -> None:
    source = read(b"The ferry\x00 sank.", "a.txt")
    (record,) = source.records
    assert (record.line, record.text, record.notes) == (None, source.text, source.notes)
    assert (source.media_type, source.size, source.errors) == ("text/plain", 16, ())
    assert source.sha256 == sha256(b"The ferry\x00 sank.").hexdigest()


@pytest.mark.parametrize("name", ["a.jsonl", "a.NDJSON", "a.txt", "a.json"])
def test_json_lines_are_known_by_name_or_content(name: str) -> None:
    source = read('\ufeff{"text": "The ferry"}\r\n\n{"text": "sank"}'.encode(), name)
    assert source.media_type == "application/x-ndjson"
    assert [(record.line, record.text) for record in source.records] == [
        (1, "The ferry"),
        (3, "sank"),
    ]


def test_a_broken_line_does_not_spoil_the_others() -> None:
    source = read(b'{"text": 1}\n{"text": "sank"}\n{"text"\n', "a.jsonl")
    assert [record.text for record in source.records] == ["sank"]
    assert [error.line for error in source.errors] == [1, 3]
    assert [error.message[:9] for error in source.errors] == ["key text:", "not JSON:"]


@pytest.mark.parametrize("data", [b'{\n"text": "The ferry"}', b"[1]"])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a.json: not JSON Lines"):
        read(data, "a.json")


def test_text_that_begins_with_a_brace_is_plain() -> None:
    assert read(b"{sic} the ferry", "a.txt").media_type == "text/plain"


KEYS = [
    # line, meta
    ({"text": "a", "id": 7, "url": None}, {"id": "7"}),
    ({"text": "a", "id": "x", "published": "2031"}, {"id": "x", "published": "2031"}),
    ({"text": "a", "mood": 1.5, "tags": ["\ud800"]}, {"extra": {"mood": 1.5, "tags": ["\ufffd"]}}),
    ({"text": "a", "more": {"\x00": None}}, {"extra": {"more": {"\ufffd": None}}}),
]


@pytest.mark.parametrize(("line", "meta"), KEYS)
def test_known_keys_are_checked_and_others_kept(line: dict[str, object], meta: object) -> None:
    (record,) = json_lines(io.BytesIO(json.dumps(line).encode()))
    assert record == Record(1, "a", meta)  # type: ignore[arg-type]


REFUSED = [
    (b"[1]", "not a JSON object"),
    (b"{", "not JSON: .*column 2"),
    (b"\xff", "not UTF-8 .byte 0"),
    (b'{"id": "a"}', "key text: missing"),
    (b'{"text": "a", "id": true}', "key id: not a string"),
    (b'{"text": "a", "url": 5}', "key url: not a string"),
    (b'{"text": "a", "x": 1e400}', "the number 1e400 is not finite"),
    (b'{"text": "a", "x": -Infinity}', "the number -Infinity is not finite"),
    (b'{"text": "a", "x": NaN}', "the number NaN is not finite"),
    (b'{"text": "a", "x": ' + b"9" * 5000 + b"}", "a number of more than 100 digits"),
    (b'{"text": "a", "x": ' + b"[" * 40 + b"]" * 40 + b"}", "nested more than 32 deep"),
    (b"[" * 100_000, "nested more than 32 deep"),
]


@pytest.mark.parametrize(("line", "message"), REFUSED)
def test_a_bad_line_says_what_is_wrong(line: bytes, message: str) -> None:
    first, second = json_lines(io.BytesIO(b'{"text": ""}\n' + line))
    assert isinstance(first, Record)
    assert isinstance(second, LineError)
    assert second.line == 2
    assert re.match(message, second.message)


def test_a_line_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_LINE_BYTES", 20)
    data = b'{"text": "%s"}\n{"text": "sank"}\n{"text": "%s"}' % (b"x" * 50, b"x" * 50)
    first, second, third = json_lines(io.BytesIO(data))
    assert first == LineError(1, "longer than 20 bytes")
    assert second == Record(2, "sank")
    assert third == LineError(3, "longer than 20 bytes")


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except UnreadableError:
        return
    assert "\x00" not in text
    assert text.encode().decode() == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50))
def test_utf8_text_comes_back_whole(text: str) -> None:
    assert decode(text.encode()).text == text
