"""Han characters, of those that words of today are written with."""


def is_han(character: str) -> bool:
    """Whether a character is Han."""
    return "\u3400" <= character <= "\u9fff"


def are_han(text: str) -> bool:
    """Whether all characters are Han; an empty text is."""
    return all(map(is_han, text))
