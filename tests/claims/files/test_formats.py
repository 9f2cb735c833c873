"""Files of rows: the bytes that row by row, the standard library's writers give."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.export import Column, guarded
from claims.files import formats, parquet

HOLDS = ("text", "exact", "integer", "double", "flag", "voices", "topics", "object")
COLUMNS = tuple(Column(f"the_{holds}", holds, "") for holds in HOLDS)
LISTS = ("voices", "topics")  # only claims have them: see `claims.files.joined`
BLANK = (None,) * len(COLUMNS)


def row(**given):
    return tuple(given.get(holds) for holds in HOLDS)


def csv_row_by_row(rows):
    """Write CSV as `csv.writer` does, a cell at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(column.name for column in COLUMNS)
    for one in rows:
        text, exact, integer, double, flag, voices, topics, held = one
        nested = [
            "" if listed in (None, "[]") else formats.as_json(json.loads(listed))
            for listed in (voices, topics)
        ]
        told = json.loads(held) if held else None
        sorted_keys = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
        writer.writerow(
            [
                None if text is None else guarded(text),
                *(exact, integer, double),
                "" if flag is None else "true" if flag else "false",
                *nested,
                json.dumps(told, **sorted_keys) if told else "",
            ]
        )
    return buffer.getvalue().encode()


def json_row_by_row(rows):
    """Write each row by itself as `json.dumps` does."""
    lines = []
    for one in rows:
        told = dict(zip((column.name for column in COLUMNS), one, strict=True))
        told["the_flag"] = None if one[4] is None else bool(one[4])
        told["the_voices"] = json.loads(one[5] or "[]")
        told["the_topics"] = json.loads(one[6] or "[]")
        told["the_object"] = json.loads(one[7] or "null")
        lines.append(formats.as_json(told) + "\n")
    return "".join(lines).encode()


def both(batches):
    """Return the CSV file and the lines of the JSON file of rows, written some at a time."""
    *lines, _ = b"".join(formats.json_lines(COLUMNS, batches)).splitlines(keepends=True)
    return b"".join(formats.csv_lines(COLUMNS, batches)), b"".join(lines)


HOSTILE = [
    *("", "plain", "a,b", 'say "so"', '"', '""', "two\nlines", "two\r\nlines", "end\r", "a\tb"),
    *("=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"),
    *("'=1", "''-x", "'tis", "'", "''", "',=", '"=1"', "=1,2", '=HYPERLINK("x")', "1-2", "a=b"),
    *(
        " x",
        "x ",
        "\\",
        "\\n",
        "\x01\x1f\x7f",
        "\u2028",
        "\ufeff",
        "é",
        "€ 5",
        "漢字",
        "😀",
        "NULL",
    ),
    *("<script>", "null", "true", "%s", "{}", ";", "#"),
]
NUMBERS = [0.0, -0.0, 5.0, -5.5, 0.1 + 0.2, 1e15, 1e16, 123456789012345.6, 1e22, 1e-4, 1e-5]
NUMBERS += [5e-324, 1.7976931348623157e308, 2**53 + 0.0, 1 / 3]
ROWS = [
    *(row(text=text) for text in HOSTILE),
    *(row(double=number, integer=int(min(number, 2.0**60))) for number in NUMBERS),
    *(row(exact=exact) for exact in ("-5.50", "1/3", "=1", "1,5", "")),
    *(row(flag=flag) for flag in (True, False, 1, 0)),
    row(integer=-440315, topics='["a:b","c:d"]', voices="[]", object="{}"),
    row(voices=formats.as_json([{"uid": None, "name": 'Lena "the, one"', "written": "a: b, c"}])),
    row(topics="[]", object='{"b": {"d": 1, "c": [1, 2]}, "a": ", "}'),
    BLANK,
]


def test_hostile_values_give_the_bytes_of_the_standard_writers():
    assert both([ROWS])[0] == csv_row_by_row(ROWS)
    plain = [(*one[:7], None) for one in ROWS]  # objects keep the blanks they came with
    assert both([plain])[1] == json_row_by_row(plain)


@pytest.mark.parametrize("one", ROWS, ids=repr)
def test_a_row_alone_gives_the_bytes_of_the_standard_writers(one):
    """Columns are looked at as a whole: what one row asks for must not need another."""
    found, lines = both([[one]])
    assert found == csv_row_by_row([one])
    assert json.loads(lines) == json.loads(json_row_by_row([one]))


TEXTS = st.none() | st.text(alphabet="'=-+@＝\t\r\n,\"\\ab é1\x01", max_size=8)
MANY = st.lists(
    st.builds(
        row,
        text=TEXTS,
        exact=TEXTS,
        integer=st.none() | st.integers(-(10**17), 10**17),
        double=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        flag=st.none() | st.booleans(),
        topics=st.lists(st.text(max_size=5)).map(formats.as_json),
    ),
    max_size=6,
)


@given(MANY, st.integers(1, 7))
def test_any_rows_give_those_bytes_however_many_come_at_once(rows, size):
    batches = [rows[place : place + size] for place in range(0, len(rows), size)]
    assert both(batches) == (csv_row_by_row(rows), json_row_by_row(rows))


def test_a_parquet_file_has_hostile_values_as_they_are():
    files = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    plain = [place for place, column in enumerate(COLUMNS) if column.holds not in LISTS]
    columns = [COLUMNS[place] for place in plain]
    rows = [tuple(one[place] for place in plain) for one in ROWS]
    data = b"".join(parquet.parquet(columns, [rows[:9], rows[9:]], {}))
    found = files.read_table(io.BytesIO(data))
    assert [tuple(row.values()) for row in found.to_pylist()] == rows
