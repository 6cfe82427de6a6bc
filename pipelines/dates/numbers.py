"""Numbers as the text writes them: digits, words, ordinals, fractions, years in words."""

from collections.abc import Sequence

from pipelines.dates.tokens import Token

#: A value and the index of the token after it.
Number = tuple[float, int]


def cardinal(tokens: Sequence[Token], i: int) -> Number | None:
    """A whole or broken number: 12 · 1,000 · 5 1/2 · 1.5 · twenty-five · two hundred."""
    if tokens[i].number >= 0:
        return _digits(tokens, i)
    return _words(tokens, i)


def ordinal(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A number of order: third, 3rd, twenty-first. “Last” and “final” are -1."""
    token, after = tokens[i], tokens[i + 1]
    if token.number >= 0:
        if after.word in ("st", "nd", "rd", "th") and not after.is_apart:
            return token.number, i + 2
        return None
    if (tens := token.value("tens")) is not None:
        j = i + 2 if after.word == "-" else i + 1
        unit = tokens[j].value("ordinal")
        return (tens + unit, j + 1) if unit is not None and 0 < unit < 10 else None
    value = token.value("ordinal")
    return None if value is None else (value, i + 1)


def year_in_words(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A year said aloud: nineteen ninety-six, twenty fourteen, two thousand (and) five."""
    first = tokens[i].value("number") or tokens[i].value("tens")
    if first is None:
        return None
    if first == 2 and tokens[i + 1].word == "thousand":
        j = i + 3 if tokens[i + 2].word == "and" else i + 2
        rest = _below_hundred(tokens, j)
        return (2000 + rest[0], rest[1]) if rest else (2000, i + 2)
    if first not in (18, 19, 20):
        return None
    rest = _below_hundred(tokens, i + 1)
    return (first * 100 + rest[0], rest[1]) if rest and rest[0] > 9 else None


def _digits(tokens: Sequence[Token], i: int) -> Number | None:
    value: float = tokens[i].number
    j = i + 1
    while _is_glued(tokens, j, ",") and _is_glued_number(tokens, j + 1, 3) and j < i + 4:
        value = value * 1000 + tokens[j + 1].number
        j += 2
    if _is_glued(tokens, j, ".") and _is_glued_number(tokens, j + 1, None):
        decimals = tokens[j + 1]
        return value + decimals.number / 10 ** (decimals.end - decimals.start), j + 2
    one, slash, two = tokens[j : j + 3]
    if one.number == 1 and slash.word == "/" and two.number == 2 and j == i + 1:
        return value + 0.5, j + 3
    if end := _and_a_half(tokens, j):
        return value + 0.5, end
    if tokens[j].value("scale") and tokens[j].word != "dozen":
        return value * int(tokens[j].classes["scale"]), j + 1
    return value, j


def _words(tokens: Sequence[Token], i: int) -> Number | None:
    """Number words; “a hundred”, “a dozen” too, but no bare article."""
    head: Number | None = _below_hundred(tokens, i)
    if tokens[i].word in ("a", "an") and tokens[i + 1].value("scale"):
        head = 1, i + 1
    elif head is None:
        return None
    value, j = head
    for _ in range(2):
        if not (scale := tokens[j].value("scale")):
            break
        value, j = value * scale, j + 1
        if rest := _below_hundred(tokens, j):
            value, j = value + rest[0], rest[1]
    if end := _and_a_half(tokens, j):
        return value + 0.5, end
    return value, j


def _and_a_half(tokens: Sequence[Token], i: int) -> int | None:
    """The index after “and a half”, “-and-a-half”."""
    words = [token.word for token in tokens[i : i + 6]]
    if words[:3] == ["and", "a", "half"]:
        return i + 3
    return i + 6 if words == ["-", "and", "-", "a", "-", "half"] else None


def _below_hundred(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    number = tokens[i].value("number")
    if number is not None:
        return number, i + 1
    tens = tokens[i].value("tens")
    if tens is None:
        return None
    j = i + 2 if tokens[i + 1].word == "-" else i + 1
    unit = tokens[j].value("number")
    return (tens + unit, j + 1) if unit is not None and 0 < unit < 10 else (tens, i + 1)


def _is_glued(tokens: Sequence[Token], i: int, mark: str) -> bool:
    return tokens[i].word == mark and not tokens[i].is_apart


def _is_glued_number(tokens: Sequence[Token], i: int, n_digits: int | None) -> bool:
    token = tokens[i]
    if token.number < 0 or token.is_apart:
        return False
    return n_digits is None or token.end - token.start == n_digits
