import pytest

from geodata.gazetteer.names import name_key
from geodata.gazetteer.skeleton import consonants, sound


@pytest.mark.parametrize(
    "spellings",
    [
        ("Qayara", "Kayyara", "Qayyarah"),
        ("Hareer", "Harir"),
        ("Falluja", "Fallouja", "Falloudja", "Falludscha"),
        ("Shaddadi", "Chaddadi", "Sheddadi"),
        ("Zour", "Zor", "Zawr", "Zaur", "Ezzor"),
        ("Hawl", "Houl", "Hol"),
        ("Abu", "Abou", "Albu", "Bou"),
        ("سامراء", "سامرا"),
    ],
)
def test_what_transliteration_habits_exchange_sounds_alike(spellings):
    assert len({sound(name_key(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Harir", "Hariri"), ("Asad", "Assur"), ("Hit", "Hut"), ("Aleppo", "Lebbo")]
)
def test_other_names_sound_differently(one, other):
    assert sound(name_key(one)) != sound(name_key(other))


def test_consonants_are_the_same_in_both_scripts():
    assert consonants(sound(name_key("Taqaddum"))) == "tkdm"
    assert consonants(sound(name_key("القيارة"))) == consonants(sound(name_key("Qayyarah"))) == "kr"
