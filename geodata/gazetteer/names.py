"""When two spellings are one name."""

import re
import unicodedata
from functools import lru_cache

_REMEMBERED = 1 << 16
# Marks that writers put in, leave out or exchange within a word: apostrophes, ʿayn and hamza in Latin letters.
_WITHIN_WORD = dict.fromkeys(map(ord, "'`´‘’‛ʹʻʼʽʾʿˈ′"), None)
# Arabic short vowels, the dagger alif and the stretching line.
_UNWRITTEN = dict.fromkeys([*range(0x064B, 0x0660), 0x0670, 0x0640], None)
_ARABIC_LETTERS = str.maketrans("أإآٱىیئةؤکھہە", "ااااييي" + "هوكههه")
_LATIN_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
_FOLDED_LETTERS = _WITHIN_WORD | _UNWRITTEN | _ARABIC_LETTERS | _LATIN_LETTERS
_ARTICLES = frozenset({"al", "el", "ul", "the"})
# Before one of these letters the Arabic article is spoken and often written with it: ash-Shaddadi, Deir ez-Zor.
_ASSIMILATED = re.compile(r"\b[aeu](th|sh|dh|[tdrzsnl])[\s]+(?=\1)")
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")
_LETTER_AND_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=_REMEMBERED)
def name_key(text: str) -> str:
    """Return the form in which two spellings of one name are equal.

    Case, Latin accents, apostrophes, punctuation, hyphens, articles, the variants of Arabic letters and digits, and
    the gap before a number make no difference. Digits themselves do: T-4 is not T-2. The key of a key is itself.
    """
    key = _fold(text)
    while (again := _fold(key)) != key:
        key = again
    return key


def _fold(text: str) -> str:
    folded = _strip_latin_accents(unicodedata.normalize("NFKC", text).casefold())
    folded = unicodedata.normalize("NFC", folded).translate(_FOLDED_LETTERS)
    folded = _LETTER_AND_DIGIT.sub(" ", _western_digits(folded))
    folded = _ARABIC_ARTICLE.sub("", _BETWEEN_WORDS.sub(" ", folded).strip())
    folded = _ASSIMILATED.sub("", folded)
    words = folded.split()
    return " ".join([word for word in words if word not in _ARTICLES] or words)


def _strip_latin_accents(text: str) -> str:
    """Return the text without the accents of Latin letters; in other scripts the marks are letters."""
    if text.isascii():
        return text
    kept: list[str] = []
    latin = False
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            if not latin:
                kept.append(character)
        else:
            latin = unicodedata.name(character, "").startswith("LATIN")
            kept.append(character)
    return "".join(kept)


def _western_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
