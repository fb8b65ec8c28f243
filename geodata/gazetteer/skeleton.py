"""A word as it sounds, whoever transliterated it."""

import re
from functools import lru_cache

_GLUED_ARTICLE = re.compile(r"^(?:[ae]l(?=[bcdfghjkmnpqrstvwxyz]\w{2})|[aeu](?=zz\w{2}))")
_FATHER = re.compile(r"^(?:abou|abu|abo|albu|albo|ebu|bou|bu|ابو|البو|بو)$")
_CONSONANTS = (
    ("tsch", "ts"),
    ("dsch", "g"),
    ("sch", "s"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("sh", "s"),
    ("ch", "s"),
    ("zh", "g"),
    ("dj", "g"),
    ("dg", "g"),
    ("ck", "k"),
    ("x", "h"),
    ("ee", "i"),
    ("oo", "u"),
)
_LETTERS = str.maketrans({"j": "g", "q": "k", "c": "k", "v": "w"})
_VOWELS = ((r"[aou]+w+(?![aeiou])|[aou]*[ou]+|w+", "u"), (r"[ae]*[iy]+e?(?![ao])|[iy]+", "i"), (r"[ae]+", "a"))
_VOWEL_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in _VOWELS)
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=[aeiou])h$")
_ARABIC = str.maketrans(
    {"ء": "", "ى": "ي", "پ": "ب", "چ": "ج", "ژ": "ز", "گ": "ك", "ڤ": "و", "ۆ": "و", "ێ": "ي", "ڕ": "ر", "ڵ": "ل"}
)
_ARABIC_FINAL = re.compile(r"(?<=\w\w)[اه]+$")
_ARABIC_TO_LATIN = str.maketrans(dict(zip("بتثجحخدذرزسشصضطظغفقكلمنه", "bttghhddrzsssdtdgfkklmnh", strict=True)))
_UNSPOKEN = re.compile(r"[aiuاويع]")
_REMEMBERED = 1 << 16


@lru_cache(maxsize=_REMEMBERED)
def sound(word: str) -> str:
    """Return the word of a `name_key` so that what transliteration habits exchange is equal: Qayyarah, Kaiyara."""
    word = _FATHER.sub("bu", word)
    if not word.isascii():
        return _ARABIC_FINAL.sub("", word.translate(_ARABIC))
    word = _GLUED_ARTICLE.sub("", word)
    for written, spoken in _CONSONANTS:
        word = word.replace(written, spoken)
    word = _FINAL_H.sub("", _DOUBLED.sub(r"\1", word.translate(_LETTERS)))
    for vowels, vowel in _VOWEL_SOUNDS:
        word = vowels.sub(vowel, word)
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=_REMEMBERED)
def consonants(sounded: str) -> str:
    """Return what is left of a sounded word without its vowels, in Latin letters whatever its script."""
    latin = sounded if sounded.isascii() else sounded.translate(_ARABIC_TO_LATIN)
    return _UNSPOKEN.sub("", latin).replace(" ", "")
