"""Characters and letter case as Terraform has them: grapheme clusters, and Unicode's one-to-one case mappings."""

from __future__ import annotations

SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""The characters that are white space."""


def graphemes(text: str) -> list[str]:
    """The grapheme clusters of the text (https://unicode.org/reports/tr29/)."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    import regex

    return list(regex.findall(r"\X", text))


def upper(text: str) -> str:
    """The text in upper case; a letter without a single upper-case letter stays (``ß``)."""
    return "".join(_single(letter.upper(), letter) for letter in text)


def lower(text: str) -> str:
    """The text in lower case, letter by letter."""
    return "".join(letter.lower()[:1] for letter in text)


def title(text: str) -> str:
    """The text with the first letter of each word in title case."""
    result: list[str] = []
    previous = " "
    for letter in text:
        result.append(_single(letter.title(), letter) if _separates(previous) else letter)
        previous = letter
    return "".join(result)


def _single(mapped: str, letter: str) -> str:
    return mapped if len(mapped) == 1 else letter


def _separates(letter: str) -> bool:
    if letter.isascii():
        return not (letter.isalnum() or letter == "_")
    return not letter.isalpha() and not letter.isdigit() and letter in SPACE
