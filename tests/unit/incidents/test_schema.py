from pathlib import Path

from geodata.dictionary import data_dictionary
from geodata.incidents.schema import COLUMNS, DERIVED, EVENT_TYPES, GIVEN, EventType

ROOT = Path(__file__).parents[3]


def test_every_event_type_belongs_to_exactly_one_category():
    assert sorted(word for words in EVENT_TYPES.values() for word in words) == sorted(EventType)


def test_no_two_columns_have_the_same_name():
    names = [column.name for column in (*COLUMNS, *GIVEN, *DERIVED)]
    assert len(names) == len(set(names))


def test_the_data_dictionary_in_docs_is_that_of_the_schema():
    assert (ROOT / "docs" / "data.md").read_text(encoding="utf-8") == data_dictionary(), (
        "run: python -m geodata dictionary > docs/data.md"
    )


def test_the_data_dictionary_has_a_row_for_each_column():
    dictionary = data_dictionary()
    missing = [column.name for column in (*COLUMNS, *GIVEN, *DERIVED) if f"`{column.name}`" not in dictionary]
    assert missing == []
