import io
from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd
import pytest
from foreign import ACLED_ROW, ACLED_SINCE_2023, GTD_HEADER, GTD_ROW, UCDP_HEADER, UCDP_ROW, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from storing import GAZETTEER

from geodata.commands.convert import WRITERS, to_table
from geodata.errors import InvalidTableError, Problem
from geodata.formats.acled_codes import SUB_EVENTS
from geodata.formats.gtd_codes import ATTACKS
from geodata.formats.mapping import FIELDS, ColumnMapping
from geodata.formats.opening import OpenTable, open_table
from geodata.gazetteer.locate import locate
from geodata.incidents.read import Reading
from geodata.incidents.schema import COLUMNS, GIVEN

SCHEMA = [column.name for column in (*COLUMNS, *GIVEN)]
MAPPING = ColumnMapping(columns={name: f"Their {name}" for name in FIELDS})
MAPPED_ROW = dict.fromkeys(MAPPING.columns.values(), "") | {"Their incident_id": "1", "Their place": "Tower 22"}
TABLES = {
    "ucdp": (UCDP_HEADER, UCDP_ROW, "id"),
    "acled": (ACLED_SINCE_2023, ACLED_ROW, "event_id_cnty"),
    "gtd": (GTD_HEADER, GTD_ROW, "eventid"),
    "columns": (list(MAPPED_ROW), MAPPED_ROW, "Their incident_id"),
}
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "0", "1", "2.0", "3", "-9", "-99", "7", "12", "999999999", "1e3", "5-7", "dozens", "at least 3"]
    ),
    st.sampled_from(["2024-02-02", "2016-02-30", "31 January 2023", "03/04/2024", "1753-01-01", "2101-01-01", "soon"]),
    st.sampled_from(["Syria", "Tower 22", "البرج 22", "Mafraq", "IS", "Civilians", "Unknown", "33.5", "-181"]),
    st.sampled_from(['"', ",", ";", "a; b", "\n", "a\r\nb", "=1+1", "'x", "é", "\\x", "{{ 1 }}"]),
    st.sampled_from([*(name.capitalize() for name in SUB_EVENTS), *ATTACKS, "drone attack", "claimed", "kinetic"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufdd0"), max_size=6),
)
FORMATS = st.sampled_from(sorted(TABLES))


def rows_of(form: str) -> st.SearchStrategy[list[dict[str, str]]]:
    header, row, own_id = TABLES[form]
    changed = st.dictionaries(st.sampled_from(header), CELLS, max_size=8)
    return st.lists(changed, max_size=5).map(
        lambda rows: [row | cells | {own_id: str(number)} for number, cells in enumerate(rows, start=1)]
    )


tables = FORMATS.flatmap(lambda form: st.tuples(st.just(form), rows_of(form)))


def opened(form: str, rows: Iterable[Mapping[str, str]], **dialect: object) -> OpenTable:
    content = text_of(TABLES[form][0], list(rows), **dialect).encode()
    table = open_table(io.BytesIO(content), name="table.csv", mapping=MAPPING if form == "columns" else None)
    assert table.format.key == form
    return table


def same(one: Reading, other: Reading) -> None:
    pd.testing.assert_frame_equal(one.incidents, other.incidents)
    pd.testing.assert_frame_equal(one.rejected, other.rejected)
    assert one.problems == other.problems


def by_id(reading: Reading) -> dict[str, object]:
    """Return what is known of each row but for its line, with what is told of it."""
    told = Counter((p.line, p.column, p.value, p.reason) for p in reading.problems if p.line > 1)
    records = [*reading.incidents.astype("str").to_dict("records"), *reading.rejected.to_dict("records")]
    return {
        row["incident_id"]: (
            {name: cell for name, cell in row.items() if name != "line"},
            sorted(problem[1:] for problem in told.elements() if problem[0] == row["line"]),
        )
        for row in records
    }


@settings(max_examples=40)
@given(tables)
def test_every_row_is_exact_or_approximate_or_unplaced_or_rejected(table):
    form, rows = table
    reading = opened(form, rows).read()
    located = Counter(locate(reading.incidents, GAZETTEER)["location"])
    assert reading.rows == len(rows)
    assert sum(located.values()) + len(reading.rejected) == reading.rows
    assert {problem.line for problem in reading.problems} >= set(reading.rejected["line"])


@settings(max_examples=20)
@given(tables)
def test_reading_twice_gives_the_same(table):
    opened_once = opened(*table)
    same(opened_once.read(), opened_once.read())
    same(opened_once.read(), opened(*table).read())


@settings(max_examples=20)
@given(tables)
def test_no_row_leaks_into_another(table):
    form, rows = table
    together = by_id(opened(form, rows).read())
    alone: dict[str, object] = {}
    for row in rows:
        alone |= by_id(opened(form, [row]).read())
    assert together == alone


@settings(max_examples=20)
@given(tables, st.sampled_from([";", "\t", "|"]))
def test_delimiter_and_quoting_make_no_difference(table, delimiter):
    plain = opened(*table).read()
    same(plain, opened(*table, delimiter=delimiter, quoting=1).read())


@settings(max_examples=20)
@given(tables)
def test_what_was_read_is_a_table_of_ours_and_reads_back_to_the_same(table):
    once = opened(*table).read().incidents
    located = pd.DataFrame(locate(once, GAZETTEER)).assign(
        **dict.fromkeys(("actor_id", "actor_name", "side", "presumed_actor_id", "presumed_actor_name"), "")
    )
    content = io.BytesIO()
    with WRITERS["csv"](content) as write:
        write(to_table(located))
    again = open_table(content, name="again.csv").read()
    assert (len(again.problems), len(again.rejected)) == (once.empty, 0)  # a table without rows is told to have none
    pd.testing.assert_frame_equal(again.incidents[SCHEMA], once[SCHEMA])


def read_or_refuse(content: bytes) -> Reading | tuple[Problem, ...]:
    """Return what is read, or the problems for which the file is refused; anything else is an error."""
    try:
        return open_table(io.BytesIO(content), name="any").read()
    except InvalidTableError as refusal:
        return refusal.problems


@settings(max_examples=60)
@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5)))
def test_any_table_opens_and_adds_up_or_is_refused_in_words(lines):
    reading = read_or_refuse(text_of(lines[0], [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]).encode())
    assert reading.rows == len(reading.incidents) + len(reading.rejected) if isinstance(reading, Reading) else reading


@given(st.binary(max_size=300))
def test_any_bytes_open_or_are_refused_in_words(content):
    reading = read_or_refuse(content)
    assert reading.rows == len(reading.incidents) + len(reading.rejected) if isinstance(reading, Reading) else reading


@pytest.mark.parametrize(
    "signature",
    [b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0", b"{", b"[", b"\xff\xfe"],
)
@settings(max_examples=10)
@given(st.binary(max_size=120))
def test_bytes_that_only_begin_like_a_known_file_are_refused_in_words(signature, content):
    assert not isinstance(read_or_refuse(signature + content), Reading)


@given(
    st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(min_size=1, max_size=10)),
    st.sampled_from(["", "day first", "month first"]),
)
def test_a_mapping_comes_back_from_its_file(columns, order):
    mapping = ColumnMapping(columns=columns, date_order=order)
    assert ColumnMapping.from_text(mapping.to_text()) == mapping
