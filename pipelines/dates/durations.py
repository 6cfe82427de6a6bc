"""Lengths of time, dates counted from a length, and what is repeated."""

from collections.abc import Sequence

from pipelines.dates import numbers
from pipelines.dates.absolute import Readings
from pipelines.dates.direction import UNITS
from pipelines.dates.meaning import Fixed, Meaning, Reading, Shifted
from pipelines.dates.time_expression import Granularity
from pipelines.dates.tokens import Token
from pipelines.dates.words import word_list

_YEARS_IN = {"DE": 10, "CE": 100, "ML": 1000}
#: An amount as TIMEX3 writes it (`3`, `X`), and the index after it.
Amount = tuple[str, int]


def counted(tokens: Sequence[Token], i: int) -> Readings:
    """A length, or what is that far off: three weeks · two years ago · four days later."""
    found = _length(tokens, i)
    if found is None:
        return _range(tokens, i)
    amount, unit, j = found
    if _is_title(tokens, i, j):
        return ()
    if _is_some_day(tokens, i, j):
        return (Reading(i, j, "DATE", Fixed("FUTURE_REF"), confidence=0.85),)
    return _distance(tokens, i, amount, unit, j) or _duration(tokens, i, amount, unit, j)


def _is_some_day(tokens: Sequence[Token], i: int, end: int) -> bool:
    """“Will one day be”: a day to come, not a length."""
    words = [token.word for token in tokens[i - 1 : end]]
    return words[1:] == ["one", "day"] and words[0] in word_list("before_some_day")


def _is_title(tokens: Sequence[Token], i: int, end: int) -> bool:
    """“7 Days”, “30 Minutes” in quotation marks and with a capital: a programme, a film."""
    is_marked = tokens[i - 1].word in ('"', "“", "'")
    return is_marked and tokens[i].number >= 0 and tokens[end - 1].is_capital


def _range(tokens: Sequence[Token], i: int) -> Readings:
    """A length between two: two to three weeks · 12-18 months · between two and four days."""
    one = _amount(tokens, i)
    if one is None or not one[0].isdigit() or tokens[i].word in ("a", "an"):
        return ()
    if tokens[i - 1].word in word_list("before_no_lengths"):
        return ()
    j = one[1]
    has_dash = tokens[j].word == "-"
    k = j + 1 if has_dash else j
    is_between = tokens[i - 1].word == "between" and tokens[k].word == "and"
    if tokens[k].word == "to" or is_between:
        k += 1
    elif not has_dash:
        return ()
    two = _length(tokens, k)
    if two is None or not two[0].isdigit() or int(two[0]) <= int(one[0]):
        return ()
    amount, unit, end = two
    if _is_age(tokens, end) or tokens[end].word in ("ago", "earlier", "later"):
        return ()
    first = Fixed(duration_value(one[0], unit))
    return (
        Reading(i, j, "DURATION", first, confidence=0.9, joins=True),
        Reading(k, end, "DURATION", Fixed(duration_value(amount, unit)), confidence=0.92),
    )


def long_unit(tokens: Sequence[Token], i: int) -> Readings:
    """A unit made an adjective: a day-long meeting · a weeklong trip."""
    if unit := tokens[i].classes.get("long"):
        return (Reading(i, i + 1, "DURATION", Fixed(duration_value("1", unit)), confidence=0.85),)
    words = [token.word for token in tokens[i + 1 : i + 3]]
    unit = tokens[i].classes.get("unit")
    if unit is None or unit in ("WE", "S", "H", "TS") or words != ["-", "long"]:
        return ()
    return (Reading(i, i + 3, "DURATION", Fixed(duration_value("1", unit)), confidence=0.85),)


def recent_span(tokens: Sequence[Token], i: int) -> Readings:
    """A length up to now, or from now: the past three weeks · the next two years."""
    j = i + 1 if tokens[i].word == "the" else i
    if tokens[j].word not in word_list("before_lengths"):
        return ()
    if unit := tokens[j + 1].classes.get("unit"):
        return _one_unit(tokens, i, j, unit)
    found = _length(tokens, j + 1)
    if found is None or ("article" in tokens[j + 1].classes and tokens[j + 1].word != "one"):
        return ()
    amount, unit, end = found
    if tokens[end].word == "ago":
        return ()
    return (Reading(i, end, "DURATION", Fixed(duration_value(amount, unit))),)


def _one_unit(tokens: Sequence[Token], i: int, j: int, unit: str) -> Readings:
    """One unit up to now or from now: the past year · over the next week · the last decade."""
    is_span = tokens[j].word == "past" or (
        j > i and (unit in ("DE", "CE") or tokens[i - 1].word in word_list("before_spans"))
    )
    if unit not in ("Y", "M", "W", "DE", "CE") or not is_span or tokens[j + 2].word == "of":
        return ()
    return (Reading(i, j + 2, "DURATION", Fixed(duration_value("1", unit)), confidence=0.9),)


def the_length(tokens: Sequence[Token], i: int) -> Readings:
    """A length with its article: the nine months · the four days."""
    if tokens[i].word != "the" or "article" in tokens[i + 1].classes:
        return ()
    found = _length(tokens, i + 1)
    if found is None or found[0] in ("1", "X"):
        return ()
    amount, unit, end = found
    if tokens[end].word == "-" or _is_age(tokens, end) or tokens[end - 2].word == "-":
        return ()
    return (Reading(i, end, "DURATION", Fixed(duration_value(amount, unit)), confidence=0.9),)


def bare_length(tokens: Sequence[Token], i: int) -> Readings:
    """A length without a number: for years · decades ago · years-long · in the weeks before."""
    token, after = tokens[i], tokens[i + 1]
    unit = token.classes.get("units")
    if unit is None or "unit" in token.classes or unit in ("WE", "S", "H"):
        return ()
    value = duration_value("X", unit)
    if after.word == "ago":
        return (Reading(i, i + 2, "DATE", Fixed("PAST_REF")),)
    if after.word == "from" and tokens[i + 2].word == "now":
        return (Reading(i, i + 3, "DATE", Fixed("FUTURE_REF")),)
    if tokens[i - 1].word == "-":
        return ()
    if after.word == "-" and tokens[i + 2].word in ("long", "old"):
        return (Reading(i, i + 3, "DURATION", Fixed(value), confidence=0.85),)
    is_counted = after.word in word_list("after_lengths")
    words = [t.word for t in (*tokens[i - 2 : i], *tokens[i + 1 : i + 3])]
    if words[1] == "the" and (words[2:] == ["that", "followed"] or words[0] == "over"):
        is_counted = words[2] != "of"
    if is_counted or tokens[i - 1].word in word_list("before_bare_lengths"):
        return (Reading(i, i + 1, "DURATION", Fixed(value), confidence=0.8),)
    return ()


def repeated(tokens: Sequence[Token], i: int) -> Readings:
    """What comes again: every Monday · each July · every two weeks · Tuesdays · annually."""
    token = tokens[i]
    if value := token.classes.get("frequency"):
        return (Reading(i, i + 1, "SET", Fixed(value), confidence=0.85),)
    if (weekday := token.value("weekdays")) is not None and token.is_capital:
        return (Reading(i, i + 1, "SET", Fixed(f"XXXX-WXX-{weekday}"), confidence=0.9),)
    if "each" not in token.classes:
        return ()
    j = i + 2 if tokens[i + 1].word in ("single", "other", "few") else i + 1
    after = tokens[j]
    if unit := after.classes.get("unit"):
        amount = {"other": "2", "few": "X"}.get(tokens[i + 1].word, "1")
        return (Reading(i, j + 1, "SET", Fixed(duration_value(amount, unit))),)
    if (weekday := after.value("weekday")) is not None and after.is_capital:
        return (Reading(i, j + 1, "SET", Fixed(f"XXXX-WXX-{weekday}")),)
    if (month := after.value("month")) is not None and after.is_capital:
        return (Reading(i, j + 1, "SET", Fixed(f"XXXX-{month:02d}")),)
    if season := after.classes.get("season"):
        return (Reading(i, j + 1, "SET", Fixed(f"XXXX-{season}")),)
    if part := after.classes.get("part"):
        return (Reading(i, j + 1, "SET", Fixed(f"XXXX-XX-XXT{part}")),)
    found = _length(tokens, j)
    if found is None:
        return ()
    return (Reading(i, found[2], "SET", Fixed(duration_value(found[0], found[1]))),)


def rate(tokens: Sequence[Token], i: int) -> Readings:
    """How often, in a length: $5 a year · twice a week · 40 hours per month."""
    token, unit = tokens[i], tokens[i + 1].classes.get("unit")
    if unit is None or token.word not in ("a", "an", "per") or tokens[i + 2].word == "-":
        return ()
    if tokens[i + 2].word in word_list("after_lengths"):
        return ()
    before = tokens[i - 1]
    is_rate = before.word in word_list("before_rates") or before.number >= 0
    if not is_rate and "scale" not in before.classes and token.word != "per":
        return ()
    if token.word in ("per", "an") and _is_speed(tokens, i, unit):
        return ()
    first = i + 1 if token.word == "per" else i
    return (Reading(first, i + 2, "SET", Fixed(duration_value("1", unit)), confidence=0.85),)


def _is_speed(tokens: Sequence[Token], i: int, unit: str) -> bool:
    """“190 kilometres per hour”, “15 million instructions per second”: a measure, not how often."""
    return unit == "TS" or tokens[i - 1].word in word_list("distances")


def duration_value(amount: str, unit: str) -> str:
    """A TIMEX3 duration: `P3W`, `PT5H30M`, `PXY`. A fortnight is two weeks, a weekend two days."""
    if unit == "F":
        return f"P{2 * int(amount)}W" if amount.isdigit() else "PXW"
    if unit == "WE":
        return f"P{2 * int(amount)}D" if amount.isdigit() else "PXD"
    if amount != "X" and unit in _YEARS_IN:
        return f"P{int(float(amount) * _YEARS_IN[unit])}Y"
    whole, _, half = amount.partition(".")
    if half == "5" and (
        finer := {"TH": ("M", 30), "TM": ("S", 30), "Y": ("M", 6), "D": ("T", 12)}.get(unit)
    ):
        name, count = finer
        if unit == "D":
            return f"P{whole}DT{count}H"
        head = "" if whole == "0" else whole + unit.lstrip("T")
        return f"P{'T' if unit.startswith('T') else ''}{head}{count}{name}"
    return f"P{'T' if unit.startswith('T') else ''}{amount}{unit.lstrip('T')}"


def _length(tokens: Sequence[Token], i: int) -> tuple[str, str, int] | None:
    """Amount, unit code and the index after a length."""
    amount = _amount(tokens, i)
    if amount is None:
        return None
    count, j = amount
    for _ in range(2):
        if tokens[j].word in word_list("within_lengths"):
            j += 1
    classes = tokens[j].classes
    unit = classes.get("unit") or classes.get("units")
    if unit is None or unit in ("S", "H"):
        return None
    if "units" in classes and count == "1" and tokens[i].word in ("a", "an"):
        return None
    if count == "X" and "units" not in classes and tokens[j - 1].word != "-":
        return None  # several weekend rallies
    if unit == "TS" and "units" not in classes and tokens[i].word == "a":
        return None
    if unit == "Q" and _is_fraction(tokens, i, j):
        return None
    j += 1
    words = [token.word for token in tokens[j : j + 3]]
    if words == ["and", "a", "half"]:
        return f"{count}.5", unit, j + 3
    if words[:2] == ["or", "so"] or (words[:2] == ["or", "two"] and count == "1"):
        return count, unit, j + 2
    return count, unit, j


def _is_fraction(tokens: Sequence[Token], i: int, j: int) -> bool:
    """“A quarter of”, “three-quarters”: parts of a whole rather than of a year."""
    if tokens[i].word in ("a", "one") or tokens[j - 1].word == "-":
        return True
    return tokens[i].word == "three" and tokens[j + 1].word == "of" and j == i + 1


def _amount(tokens: Sequence[Token], i: int) -> Amount | None:
    token, after = tokens[i], tokens[i + 1]
    if token.word == "half" and after.word in ("a", "an"):
        return "0.5", i + 2
    if "article" in token.classes and after.word == "half" and tokens[i + 2].word == "-":
        return "0.5", i + 3
    if token.word == "a" and after.word in ("few", "couple", "number"):
        j = i + 3 if tokens[i + 2].word == "of" else i + 2
        return after.classes.get("vague", "X"), j
    if token.classes.get("vague"):
        j = i + 2 if after.word == "of" else i + 1
        return token.classes["vague"], j
    if number := numbers.cardinal(tokens, i):
        value, j = number
        return (str(int(value)) if value == int(value) else str(value)), j
    if token.word in ("a", "an") and after.word == "additional":
        return "1", i + 2
    if token.word in ("a", "an", "another", "single"):
        return "1", i + 1
    return None


def _distance(tokens: Sequence[Token], i: int, amount: str, unit: str, j: int) -> Readings:
    """What lies a length from the day of speaking (ago, from now) or from the story (later)."""
    after = tokens[j]
    if after.word == "ago" or (after.word == "from" and tokens[j + 1].word == "now"):
        way = -1 if after.word == "ago" else 1
        end = j + 1 if way < 0 else j + 2
        return (Reading(i, end, "DATE", _away(amount, unit, way, "published")),)
    if after.word in ("earlier", "later") and amount.isdigit() and unit in UNITS:
        way = -1 if after.word == "earlier" else 1
        meaning = _away(amount, unit, way, "story")
        return (Reading(i, j + 1, "DATE", meaning, confidence=0.8),)
    return ()


def _away(amount: str, unit: str, way: int, anchor: str) -> Meaning:
    if unit == "F" and amount.isdigit():
        amount, unit = str(2 * int(amount)), "W"
    if unit == "TH" and amount.isdigit() and int(amount) % 24 == 0:
        amount, unit = str(int(amount) // 24), "D"
    if not amount.isdigit() or unit not in UNITS or len(amount) > 4:
        return Fixed("PAST_REF" if way < 0 else "FUTURE_REF")
    grain: Granularity | None = "year" if unit in ("DE", "CE") else None
    if anchor == "published":
        return Shifted(UNITS[unit], way * int(amount), "published", grain)
    return Shifted(UNITS[unit], way * int(amount), "story", grain)


def _duration(tokens: Sequence[Token], i: int, amount: str, unit: str, j: int) -> Readings:
    is_ages = tokens[i - 1].word in ("to", "-") and tokens[i - 3].word in ("aged", "ages")
    if _is_age(tokens, j) or tokens[i - 1].word == "aged" or (is_ages and i > 3):
        return ()
    is_article = tokens[i].word in ("a", "an", "another") and amount == "1"
    if is_article and tokens[i - 1].word == "of" and tokens[i - 2].word in word_list("fractions"):
        return ()
    if is_article and tokens[j - 1].word not in word_list("long_units"):
        is_length = tokens[i - 1].word in word_list("before_a_length")
        is_length = is_length or tokens[j].word in word_list("after_lengths")
        if tokens[j].word == "-" or not is_length:
            return ()
    end = j
    if tokens[j].word == "-" and tokens[j + 1].word == "long":
        end = j + 2
    return (Reading(i, end, "DURATION", Fixed(duration_value(amount, unit)), confidence=0.92),)


def _is_age(tokens: Sequence[Token], i: int) -> bool:
    """“-year-old”, “years old”, “years of age”: how old someone is."""
    words = [token.word for token in tokens[i : i + 2]]
    return words in (["-", "old"], ["of", "age"], ["-", "olds"]) or words[0] == "old"
