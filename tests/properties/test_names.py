from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer.names import name_key

WORDS = st.sampled_from(
    [
        "al-",
        "Al ",
        "el",
        "the ",
        "ash-",
        "ez-",
        "Sh",
        "Zor",
        "'",
        "ʿ",
        "ال",
        "الأسد",
        "ى",
        "ة",
        "ـ",
        "ُ",
        "٢",
        "22",
        "T",
        "é",
        "İ",
        "ı",
        "ﷺ",
        "ﬁ",
        "Ⅳ",
        "½",
        "  ",
        "-",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=10).map("".join))


@given(TEXTS)
def test_the_key_of_a_key_is_itself(text):
    assert name_key(name_key(text)) == name_key(text)


@given(TEXTS)
def test_case_and_spaces_make_no_difference(text):
    assert name_key(f"  {text} ") == name_key(text)
    assert name_key(text.casefold()) == name_key(text)


@given(st.integers(0, 999), st.integers(0, 999))
def test_numbers_are_told_apart(one, other):
    assert (name_key(f"T{one}") == name_key(f"t-{other}")) == (one == other)
