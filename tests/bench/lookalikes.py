"""Articles that have much in common and tell different stories, drawn by a seed."""

import random
from collections.abc import Callable, Mapping, Sequence

from tests.bench.versions import paragraphs

#: Makes texts, no two of which are versions of each other, from the bodies that are published too,
#: and from bodies that are not.
Lookalikes = Callable[[random.Random, Sequence[str], Sequence[str]], list[str]]

_SHARED_BY_A_SITE = (
    "The Tellwick Courier has reported on the region since 1871. It belongs to its readers, and a "
    "board elected by them watches over the newsroom. Write to the desk at Harbour Street 4, or "
    "call between nine and five. Complaints go to the ombudsman, Petra Lindqvist."
)
_NAMES = (
    *("Abara", "Brandt", "Castellan", "Diallo", "Eriksen", "Fontaine", "Galvez", "Halvorsen"),
    *("Ivanova", "Jansen", "Kowalski", "Lund", "Marchetti", "Nakamura", "Osei", "Petrov"),
    *("Quiroga", "Rahman", "Sorensen", "Tanaka", "Ueda", "Verhoeven", "Weiss", "Yilmaz"),
)
_TOWNS = (
    *("Ashcombe", "Brackwater", "Carrow", "Dunmere", "Eastholm", "Farrow", "Greywell"),
    *("Hollin", "Inverlea", "Kestwick", "Larkmoor", "Millbrae", "Northam", "Oxley"),
    *("Penhallow", "Quarrick", "Rushden", "Stonehaven", "Tellwick", "Underhay"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_RESULT = (
    "{home} beat {away} {n1}-{n2} at home on {day} to move up to {n3}th in the table. {a} "
    "opened the scoring in the {n4}th minute after a corner by {b}, and {c} doubled the lead "
    "shortly before the break. {d} pulled one back for {away} in the {n5}th minute, but the "
    "visitors could not find a second goal. “We worked hard for the three points and deserved "
    "to win,” coach {e} told reporters after the match. {away}, who have now lost {n6} of their"
    " last {n7} games, play {town} next, while {home} travel to {town2}."
)
_WEATHER = (
    "Weather for {home}: {day} will start cloudy with rain from the west and highs of {n1} "
    "degrees. In the afternoon the sun comes through around {town}, with gusts of up to {n4} "
    "kilometres an hour on the coast. The night stays dry with lows of {n3} degrees. On {day2} "
    "temperatures rise to {n2} degrees, and the chance of showers is {n5} percent. The sun "
    "rises at 7:{n8} and sets at 19:{n9}. The pollen count for {away} is moderate. The next "
    "report comes on {day3} evening."
)
_STOCK = (
    "Shares of {a} {b} Corp. opened at ${n4}.{n8} on {day}. The company has a market "
    "capitalization of ${n1}.{n2} billion, a price-to-earnings ratio of {n5}.{n3} and a beta of"
    " 1.{n9}. The stock has a fifty-day moving average of ${n6}.{n8} and a two-hundred-day "
    "moving average of ${n7}.{n9}. {a} {b} last announced its quarterly earnings on {day2}. The"
    " company reported earnings of ${n3}.{n4} per share, beating the estimate of analysts by "
    "${n2}.{n1}. {c} {d} Capital raised its stake by {n5} percent in the last quarter, and {e} "
    "Partners set a price target of ${n7}."
)
_POLICE = (
    "Police in {home} are asking witnesses to come forward after a man was injured in a "
    "collision on {day} evening. It happened at about {n3}:{n8} pm on the road to {town} near "
    "the {away} junction. A {n4}-year-old driver, named locally as {a} {b}, was taken to "
    "hospital with injuries that are not thought to be life-threatening. The road was closed "
    "for {n2} hours. Anyone who saw the crash or has footage is asked to call Sergeant {c} {d},"
    " quoting reference {n5}{n6}{n7}."
)
_TEMPLATES = (_RESULT, _WEATHER, _STOCK, _POLICE)
_QUOTES = (
    "“This was a decision that nobody in the chamber took lightly, and those who now pretend that "
    "there was an easy way out were sitting next to us when the figures were laid on the table. We "
    "will answer for it in the spring, in front of the people who sent us here,” Mayor Ida Brandt "
    "of Tellwick said.",
    "“The inquiry found no single cause. It found a hundred small habits, each of them "
    "reasonable on the day it began, which together left thirty thousand people without "
    "water for a week, and it found that everybody who might have stopped it believed that "
    "somebody else would,” the chairman, Omar Diallo, said in a statement.",
)
_IN_EACH_TEMPLATE = 15
_MOST_ROUND_UPS, _ITEMS = 40, 6


def templates(draw: random.Random, _: Sequence[str], __: Sequence[str]) -> list[str]:
    """Results, forecasts, market and police notes: the same words each week, other facts."""
    return [_filled(draw, t) for t in _TEMPLATES for _ in range(_IN_EACH_TEMPLATE)]


def _filled(draw: random.Random, template: str) -> str:
    home, away, town, town2 = draw.sample(_TOWNS, 4)
    names = dict(zip("abcde", draw.sample(_NAMES, 5), strict=True))
    days = dict(zip(("day", "day2", "day3"), draw.sample(_DAYS, 3), strict=True))
    numbers = {f"n{n}": draw.randint(2, 60) for n in range(1, 8)}
    minutes = {f"n{n}": draw.randint(10, 59) for n in (8, 9)}
    places = {"home": home, "away": away, "town": town, "town2": town2}
    return template.format(**places, **names, **days, **numbers, **minutes)


def around_one_quote(
    draw: random.Random, _: Sequence[str], unpublished: Sequence[str]
) -> list[str]:
    """Different articles that hold the same long statement."""
    found = []
    for number, body in enumerate(unpublished):
        words = _halves(body)[0][: draw.randint(90, 250)]
        half = len(words) // 2
        quote = _QUOTES[number % len(_QUOTES)]
        found.append(" ".join(words[:half]) + f"\n\n{quote}\n\n" + " ".join(words[half:]))
    return found


def of_one_site(draw: random.Random, _: Sequence[str], unpublished: Sequence[str]) -> list[str]:
    """Short reports, each with the site's paragraph about itself."""
    shorts = (" ".join(_halves(body)[1][: draw.randint(60, 120)]) for body in unpublished)
    return [f"{short}\n\n{_SHARED_BY_A_SITE}" for short in shorts]


def round_ups(draw: random.Random, published: Sequence[str], _: Sequence[str]) -> list[str]:
    """The day in short: six openings of articles, the shortest one as a whole."""
    bodies = sorted(published, key=len)
    n_found = min(_MOST_ROUND_UPS, len(bodies) // _ITEMS)
    shorts, longer = bodies[:n_found], bodies[n_found:]
    draw.shuffle(longer)
    found = []
    for number, short in enumerate(shorts):
        others = longer[number :: len(shorts)][: _ITEMS - 1]
        items = [short, *(_opening(draw, body, 70, 110) for body in others)]
        draw.shuffle(items)
        found.append("\n\n".join(items))
    return found


def _halves(body: str) -> tuple[list[str], list[str]]:
    words = body.split()
    return words[: len(words) // 2], words[len(words) // 2 :]


def _opening(draw: random.Random, body: str, least: int, most: int) -> str:
    text = " ".join(" ".join(paragraphs(body)).split()[: draw.randint(least, most)])
    return text.rstrip(",;") + "."


LOOKALIKES: Mapping[str, Lookalikes] = {
    "templates with other facts": templates,
    "the same quotation": around_one_quote,
    "the same paragraph of a site": of_one_site,
    "round-ups": round_ups,
}
