"""The dates of named days in a year."""

from datetime import date, timedelta


def holiday_in(year: int, rule: str, argument: str) -> date | None:
    """The date in a year of a named day, by its rule (as the list of holidays explains them).

    None for an Easter outside the Gregorian years 1583–9999, or a year that is no date's.
    """
    if not 1 <= year <= 9999:
        return None
    if rule == "easter":
        return easter(year) + timedelta(days=int(argument)) if year > 1582 else None
    month, rest = int(argument[:2]), argument[3:]
    if rule == "fixed":
        return date(year, month, int(rest))
    number, weekday = rest.rsplit("-", 1)
    if rule == "after":
        return _on_or_after(date(year, month, int(number)), int(weekday))
    if int(number) < 0:
        following = _on_or_after(_first_of_next(year, month), int(weekday))
        return following - timedelta(weeks=1)
    return _on_or_after(date(year, month, 1), int(weekday)) + timedelta(weeks=int(number) - 1)


def easter(year: int) -> date:
    """Western Easter Sunday (Meeus's, Jones's and Butcher's rule: Meeus 1991, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * ell) // 433
    month = (h + ell - 7 * m + 90) // 25
    return date(year, month, (h + ell - 7 * m + 33 * month + 19) % 32)


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def _first_of_next(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)
