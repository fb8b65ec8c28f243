import pytest

from geodata.gazetteer.reading import read_name, read_phrase
from geodata.gazetteer.words import Sort


@pytest.mark.parametrize(
    ("text", "sorts", "words", "numbers"),
    [
        ("Ain al-Asad Air Base", {Sort.BASE, Sort.AIR}, ("ain", "asad"), ()),
        ("قاعدة عين الأسد الجوية", {Sort.BASE, Sort.AIR}, ("عين", "اسد"), ()),
        ("Base aérienne d'Aïn al-Assad", {Sort.BASE, Sort.AIR}, ("ain", "assad"), ()),
        ("Al-Qaim border crossing", {Sort.CROSSING}, ("qaim",), ()),
        ("منفذ القائم الحدودي", {Sort.CROSSING}, ("قايم",), ()),
        ("محافظة الأنبار", {Sort.PROVINCE}, ("انبار",), ()),
        ("Diyarbakır Havalimanı", {Sort.AIRPORT}, ("diyarbakir",), ()),
        ("Al Omar oil field", {Sort.FIELD}, ("omar",), ()),
        ("Tower 22", set(), ("tower",), ("22",)),
        ("Tower Twenty-Two", set(), ("tower",), ("22",)),
        ("Union III", set(), ("union",), ("3",)),
        ("Camp 007", {Sort.CAMP}, (), ("7",)),
        ("T-4", set(), ("t",), ("4",)),
        ("US embassy", {Sort.EMBASSY, Sort.AMERICAN}, (), ()),
        ("US military base", {Sort.BASE}, (), ()),
        ("military", set(), ("military",), ()),
    ],
)
def test_a_name_says_sort_name_proper_and_numbers(text, sorts, words, numbers):
    phrase = read_phrase(text)
    assert (phrase.sorts, phrase.words, phrase.numbers) == (sorts, words, numbers)


@pytest.mark.parametrize("text", ["North of Baghdad", "northern Iraq", "Syria border", "Erbil and Kirkuk"])
def test_compass_and_country_words_are_part_of_the_name(text):
    assert len(read_phrase(text).words) > 1


def around(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    return [(reading.head.words, reading.around, reading.described) for reading in read_name(text)]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("K-1 base, Kirkuk", (("k",), ("Kirkuk",), False)),
        ("Camp Victory near Baghdad airport", (("victory",), ("Baghdad airport",), False)),
        ("Kirkuk's K-1 base", (("k",), ("Kirkuk",), False)),
        ("Syrian T4 airbase", (("t",), ("Syria",), False)),
        ("Taji base 20 km north of Baghdad", (("taji",), ("Baghdad",), False)),
        ("قاعدة عين الأسد بالأنبار", (("عين", "اسد"), ("الأنبار",), False)),
        ("US base in Erbil", (("erbil",), (), True)),
        ("near Baghdad airport", (("baghdad",), (), False)),
        ("Besmaya Range Complex (BRC)", (("besmaya", "range", "complex"), (), False)),
        ("Tower 22, near the Syrian border", (("tower",), (), False)),
    ],
)
def test_what_it_lies_in_or_by_is_read_apart(text, reading):
    assert reading in around(text)


def test_a_direction_from_a_place_is_not_that_place():
    assert all(words != ("baghdad",) for words, *_ in around("north of Baghdad"))
