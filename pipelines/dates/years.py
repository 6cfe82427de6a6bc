"""Years, decades and centuries, and the numbers that look like years and are none."""

from collections.abc import Sequence

from pipelines.dates import numbers
from pipelines.dates.meaning import Fixed, Reading
from pipelines.dates.tokens import Token
from pipelines.dates.words import word_list

YEAR_RANGE = range(1000, 2200)
#: Bare numbers are read as years only within these: nearly all years that news speaks of.
_BARE_YEARS = range(1500, 2060)
_NEAR_YEARS = range(1900, 2040)
#: Older ones only after “in” or “since” and before what ends the phrase: in 1066, William landed.
_OLD_YEARS = range(1000, 1500)


def is_year(token: Token) -> bool:
    """Whether the token is four figures that can be a year."""
    return token.number in YEAR_RANGE and token.end - token.start == 4


def year(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A year in figures or words, and the index after it, where a date asks for one."""
    token = tokens[i]
    if is_year(token):
        return None if _is_broken(tokens, i + 1) else (token.number, i + 1)
    if token.word == "'" and _is_two_figures(tokens[i + 1]) and not _is_broken(tokens, i + 2):
        return _century_of(tokens[i + 1].number) + tokens[i + 1].number, i + 2
    return numbers.year_in_words(tokens, i)


def bare_year(tokens: Sequence[Token], i: int) -> tuple[Reading, ...]:
    """A year by itself: in 2014 · the year 1994 · ’82 · fiscal 1989 · FY2012; 2014–2016 is two."""
    j = i
    if tokens[j].word == "the":
        j += 1
    is_named = False
    while tokens[j].word in ("year", "fiscal", "fy", "calendar") and j < i + 3:
        is_named = True
        j += 1
    told = year(tokens, j)
    if told is None or (j > i and not is_named):
        return ()
    number, end = told
    if not is_named and not _may_be_year(tokens, j, end):
        return ()
    first = Reading(i, end, "DATE", Fixed(f"{number:04d}"), confidence=0.95)
    return _year_range(tokens, first) or (first,)


def decade(tokens: Sequence[Token], i: int) -> tuple[Reading, ...]:
    """A decade: the 1980s · ’80s · the nineties · the nineteen sixties."""
    j = i + 1 if tokens[i].word == "the" else i
    has_mark = tokens[j].word == "'"
    j += has_mark
    token = tokens[j]
    if (tens := token.value("decades")) is not None and j > i:
        return (_decade(i, j + 1, 190 + tens),)
    head = token.value("number")
    if head in (18, 19) and (tens := tokens[j + 1].value("decades")) is not None:
        return (_decade(i, j + 2, head * 10 + tens),)
    end = _plural_end(tokens, j + 1)
    if end is None or token.number < 0 or token.number % 10:
        return ()
    if is_year(token):
        return (_decade(i, end, token.number // 10),)
    is_short = _is_two_figures(token) and token.number >= 20
    if is_short and (has_mark or tokens[j - 1].word in ("the", "and", "or")):
        if tokens[i - 1].word in word_list("possessives"):
            return ()
        return (_decade(i, end, 190 + token.number // 10),)
    return ()


def century(tokens: Sequence[Token], i: int) -> tuple[Reading, ...]:
    """A century: the 20th century · 19th-century · the 18th and 19th centuries, which are two."""
    j = i + 1 if tokens[i].word == "the" else i
    place = numbers.ordinal(tokens, j)
    if place is None or not 1 <= place[0] <= 22:
        return ()
    n, end = place
    if tokens[end].word in ("and", "to", "or"):
        later = century(tokens, end + 1) if tokens[end + 1].word != "the" else ()
        joins = tokens[end].word == "to"
        return (_century(i, end, n, joins=joins), *later) if len(later) == 1 else ()
    if tokens[end].word == "-":
        end += 1
    if tokens[end].word not in ("century", "centuries") or era(tokens, end + 1):
        return ()
    return (_century(i, end + 1, n),)


def year_of_era(tokens: Sequence[Token], i: int) -> tuple[Reading, ...]:
    """A year with its era: 44 BC · 480 B.C. · 1200 BCE · AD 79 · 79 CE."""
    before = era(tokens, i)
    if before and before[0] == "AD":
        number, end = tokens[before[1]], before[1] + 1
        mark = "AD"
    else:
        after = era(tokens, i + 1)
        if after is None:
            return ()
        number, (mark, end) = tokens[i], after
    if not 1 <= number.number <= 9999:
        return ()
    value = f"{'BC' if mark == 'BC' else ''}{number.number:04d}"
    return (Reading(i, end, "DATE", Fixed(value)),)


def era(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """`BC` or `AD` and the index after “BC”, “B.C.”, “BCE”, “AD”, “A.D.”, “CE”."""
    if mark := tokens[i].classes.get("era"):
        return (mark, i + 1) if tokens[i].is_all_capital else None
    letters = "".join(token.word for token in tokens[i : i + 4])
    mark = {"b.c.": "BC", "a.d.": "AD"}.get(letters)
    return (mark, i + 4) if mark and tokens[i].is_capital else None


def _century(first: int, last: int, n: int, *, joins: bool = False) -> Reading:
    return Reading(first, last, "DATE", Fixed(f"{n - 1:02d}"), joins=joins)


def _decade(first: int, last: int, tens: int) -> Reading:
    return Reading(first, last, "DATE", Fixed(f"{tens:03d}"))


def _year_range(tokens: Sequence[Token], first: Reading) -> tuple[Reading, ...]:
    """“2014–2016”, “1914–18”: the second year of a range joined by a dash."""
    j = first.last
    other = tokens[j + 1]
    is_slash = tokens[j].word == "/" and _is_next_year(tokens, j)
    if (
        not (tokens[j].word == "-" or is_slash)
        or other.is_apart != tokens[j].is_apart
        or other.number < 0
    ):
        return ()
    start = tokens[first.last - 1].number
    end = other.number
    if _is_two_figures(other) and not other.is_apart:
        end += start // 100 * 100
        end += 100 if end < start and is_slash else 0
    elif not is_year(other):
        return ()
    if not start < end < start + 150 or _is_broken(tokens, j + 2):
        return ()
    head = Reading(first.first, j, "DATE", first.meaning, confidence=0.93, joins=True)
    return head, Reading(j + 1, j + 2, "DATE", Fixed(f"{end:04d}"), confidence=0.93)


def _may_be_year(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a number alone is a year by what stands beside it."""
    token, before, after = tokens[i], tokens[i - 1], tokens[end]
    if token.word == "'":  # which may also open a quotation: ’27 companies …
        return before.word in word_list("before_years") or before.word in ("and", "to", "-")
    if token.number < 0:
        return True
    if token.number in _OLD_YEARS:
        is_alone = not tokens[end].word.isalnum() or tokens[end].word in word_list(
            "after_old_years"
        )
        return before.word in ("in", "since") and is_alone and token.is_apart
    if token.number not in _BARE_YEARS or before.word in word_list("before_numbers"):
        return False
    if before.word == "." and tokens[i - 2].word == "no":
        return False
    if not before.is_apart and before.word in ("-", "/") and tokens[i - 2].number >= 0:
        return False
    if not token.is_apart and before.word in word_list("glued_before_numbers"):
        return False
    if after.word in word_list("after_numbers"):
        return False
    is_near = token.number in _NEAR_YEARS
    if before.word in word_list("before_years"):
        return is_near or not _is_plural(after)
    if _is_name(tokens, i, end) or (before.is_capital and token.number % 1000 == 0):
        return False
    return is_near


def _is_name(tokens: Sequence[Token], i: int, end: int) -> bool:
    """“The Harbour 2030 agenda”, “Vision 2040”: a year in the name of a plan."""
    programmes = word_list("programmes")
    return tokens[end].word in programmes or (
        tokens[i - 1].word in programmes and tokens[i - 1].is_capital
    )


def _is_plural(token: Token) -> bool:
    return token.word.endswith(("s", "ren")) and not token.is_capital and token.is_apart


def _is_broken(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number goes on past its last figure: 2014.5 · 2,014 · 1990s · 2000kg."""
    mark, after = tokens[i], tokens[i + 1]
    if mark.is_apart:
        return False
    if mark.word in (".", ",", ":") and after.number >= 0 and not after.is_apart:
        return True
    if mark.word == "/" and _is_next_year(tokens, i):
        return False
    return mark.word in ("s", "%", "/", "km", "kg", "m", "cc", "th", "nd", "st", "rd")


def _is_next_year(tokens: Sequence[Token], i: int) -> bool:
    """“2014/15”: a mark and the last two figures of the year after."""
    figures, after = tokens[i + 1], tokens[i + 2]
    if (
        not _is_two_figures(figures)
        or figures.is_apart
        or (after.word == "/" and not after.is_apart)
    ):
        return False
    return is_year(tokens[i - 1]) and figures.number == (tokens[i - 1].number + 1) % 100


def _plural_end(tokens: Sequence[Token], i: int) -> int | None:
    if tokens[i].word == "s" and not tokens[i].is_apart:
        return i + 1
    marks = tokens[i : i + 2]
    if [mark.word for mark in marks] == ["'", "s"] and not any(mark.is_apart for mark in marks):
        return i + 2
    return None


def _is_two_figures(token: Token) -> bool:
    return token.number >= 0 and token.end - token.start == 2


def _century_of(two_figures: int) -> int:
    return 2000 if two_figures < 40 else 1900
