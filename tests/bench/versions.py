"""Versions of articles as sites and agencies make them, and articles that only look like versions.

Everything is drawn by a seed from the articles given.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence

#: Makes a version of a body. The sequence holds the bodies of other articles, to borrow from.
Change = Callable[[random.Random, str, Sequence[str]], str]

_BOILERPLATE = (
    "Subscribe to our morning newsletter and never miss a story from your region.",
    "This article may contain links to partners; the newsroom decides what it writes.",
    "Follow our live coverage and download the app for alerts on the stories that matter to you.",
    "More on this story: what we know so far, how it came to this, and what happens next.",
    "Copyright of the publisher. All rights reserved. No part may be reproduced without consent.",
    "Support independent local journalism with a monthly gift of any size.",
    "Our standards: how we check what we publish, and how to tell us about a mistake.",
)
_AGENCIES = ("Reuters", "AP", "AFP", "dpa", "PA Media", "Bloomberg")
_PLACES = ("LONDON", "NEW YORK", "BRUSSELS", "SINGAPORE", "OTTAWA")
_NUMBER = re.compile(r"\d+")


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a body; a body of one is cut into its sentences."""
    parts = [p for p in re.split(r"\n+", body) if p.strip()]
    return parts if len(parts) > 3 else re.split(r"(?<=[.!?”]) +(?=[A-Z“])", " ".join(parts))


def edited(share: float) -> Change:
    """Change this share of the words: a third replaced, a third left out, a third put in."""

    def change(draw: random.Random, body: str, others: Sequence[str]) -> str:
        pool = draw.choice(others).split()
        words = []
        for word in re.findall(r"\S+\s*", body):
            how = draw.random() / share
            if how >= 1 / 3:
                words.append(word)
            if how < 2 / 3:
                words.append(draw.choice(pool) + " ")
        return "".join(words)

    return change


def cut_from_the_end(draw: random.Random, body: str, _: Sequence[str]) -> str:
    """As wire stories are cut, by whole paragraphs, to 40 to 60 % of the words."""
    return "\n\n".join(_kept(paragraphs(body), draw.uniform(0.4, 0.6)))


def cut_from_the_middle(draw: random.Random, body: str, _: Sequence[str]) -> str:
    """The first paragraph and the last ones stay, 40 to 60 % of the words."""
    first, *rest = paragraphs(body)
    share = draw.uniform(0.4, 0.6)
    left = share - len(first) / len(body)
    last = _kept(rest[::-1], left * len(body) / max(1, sum(map(len, rest)))) if left > 0 else []
    return "\n\n".join([first, *last[::-1]])


def _kept(parts: Sequence[str], share: float) -> list[str]:
    """The first parts, as many as come nearest to a share of the characters."""
    wanted, n_chars, kept = share * sum(map(len, parts)), 0, list[str]()
    for part in parts:
        if kept and n_chars + len(part) / 2 > wanted:
            break
        kept.append(part)
        n_chars += len(part)
    return kept


def retitled(draw: random.Random, body: str, others: Sequence[str]) -> str:
    """Another title above the text, and the marks of another house's typesetting."""
    title = " ".join(draw.choice(others).split()[: draw.randint(5, 12)])
    flat = body.replace("“", '"').replace("”", '"').replace("’", "'").replace(" – ", " - ")
    return f"{title.title()}\n\n{flat}"


def with_boilerplate(draw: random.Random, body: str, _: Sequence[str]) -> str:
    """Lines of the site between the paragraphs, at most a fifth of what the text has."""
    parts, room = paragraphs(body), len(body) / 5
    for line in draw.sample(_BOILERPLATE, len(_BOILERPLATE)):
        if len(line) <= room:
            parts.insert(draw.randint(0, len(parts)), line)
            room -= len(line)
    return "\n\n".join(parts)


def updated(draw: random.Random, body: str, others: Sequence[str]) -> str:
    """New paragraphs at the top, of a third of the length at most, and half of the figures new."""
    news = "\n\n".join(_kept(paragraphs(draw.choice(others)), 1))
    top = " ".join(news.split()[: min(80, len(body.split()) // 3)])

    def figure(found: re.Match[str]) -> str:
        return str(draw.randint(2, 900)) if draw.random() < 0.5 else found[0]

    return f"{top}\n\n{_NUMBER.sub(figure, body)}"


def of_another_agency(draw: random.Random, body: str, _: Sequence[str]) -> str:
    """Another dateline before the text and another credit after it."""
    agency, place = draw.choice(_AGENCIES), draw.choice(_PLACES)
    return f"{place} ({agency}) - {body}\n\nReporting by {agency} staff; editing by the desk."


def _one_after_another(*changes: Change) -> Change:
    def change(draw: random.Random, body: str, others: Sequence[str]) -> str:
        for step in changes:
            body = step(draw, body, others)
        return body

    return change


VERSIONS: Mapping[str, Change] = {
    "5 % of words edited": edited(0.05),
    "10 % of words edited": edited(0.10),
    "15 % of words edited": edited(0.15),
    "cut from the end": cut_from_the_end,
    "cut from the middle": cut_from_the_middle,
    "re-titled": retitled,
    "boilerplate added": with_boilerplate,
    "updated": updated,
    "another agency": of_another_agency,
    "cut and re-titled, 5 % edited": _one_after_another(cut_from_the_end, retitled, edited(0.05)),
    "cut, boilerplate, 10 % edited": _one_after_another(
        cut_from_the_end, edited(0.10), with_boilerplate
    ),
    "cut, re-titled, 10 % edited, another agency": _one_after_another(
        cut_from_the_end, retitled, edited(0.10), with_boilerplate, of_another_agency
    ),
    "updated, boilerplate added": _one_after_another(updated, with_boilerplate),
    "cut, of another agency": _one_after_another(cut_from_the_middle, of_another_agency),
}
